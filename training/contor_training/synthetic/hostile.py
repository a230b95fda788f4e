"""Damaged and hostile documents, each with what is expected of the reader.

``python -m contor_training.synthetic.hostile --out data/samples/documents/hostile`` writes them.
The twin of each file, ``NAME.expected.json``, names the refusal codes that are right answers
(``refusal``: a list), or says that the file is read and nothing outside it is touched.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from contor_training.synthetic import hostile_images, hostile_pdf, hostile_xml


@dataclass(frozen=True, slots=True)
class Hostile:
    """One file: its content, the refusal codes that are right, and why.

    Without codes the file is read. With a ``finding`` it may also be read if that finding is given.
    """

    content: bytes
    refusal: tuple[str, ...]
    note: str
    finding: str = ""


def garbage() -> bytes:
    """A PDF head, then noise."""
    return b"%PDF-1.7\n" + random.Random(2).randbytes(4000)


def files() -> Mapping[str, Hostile]:
    """Every hostile file by name, in the order of the alphabet."""
    table = {
        "attachment-path.pdf": Hostile(
            hostile_pdf.attachment_path(), (), "An attachment asks to be written outside."
        ),
        "blank.png": Hostile(
            hostile_images.blank(), ("no_text", "nothing_found"), "A picture with no text."
        ),
        "broken.xml": Hostile(
            hostile_xml.broken(), ("xml_broken",), "Ends in the middle of a tag."
        ),
        "content-bomb.pdf": Hostile(
            hostile_pdf.content_bomb(),
            ("too_large", "took_too_long", "reader_crashed", "no_text", "nothing_found"),
            "A page of a few hundred bytes that unpacks to 128 megabytes.",
        ),
        "empty.pdf": Hostile(b"", ("empty_file",), "No bytes at all."),
        "encrypted.pdf": Hostile(
            hostile_pdf.encrypted(), ("encrypted_pdf",), "Locked with a password."
        ),
        "entity-bomb.xml": Hostile(
            hostile_xml.entity_bomb(), ("xml_doctype",), "Entities that grow to a billion words."
        ),
        "external-entity.xml": Hostile(
            hostile_xml.external_entity(), ("xml_doctype",), "Asks for a file of this machine."
        ),
        "foreign.xml": Hostile(
            hostile_xml.foreign(), ("einvoice_unknown",), "XML, but no invoice in any known syntax."
        ),
        "garbage.pdf": Hostile(garbage(), ("broken_pdf",), "Noise behind a PDF head."),
        "pages-200.pdf": Hostile(
            hostile_pdf.many_pages(),
            ("too_many_pages",),
            "Two hundred pages with nothing that belongs to an invoice.",
        ),
        "pixel-bomb.png": Hostile(
            hostile_images.pixel_bomb(), ("too_large",), "Claims 900 million pixels."
        ),
        "truncated.pdf": Hostile(
            hostile_pdf.truncated(), ("broken_pdf",), "The second half is gone."
        ),
        "zip-called.pdf": Hostile(
            hostile_pdf.zip_archive(), ("unknown_type",), "A zip archive under another name."
        ),
    }
    return dict(sorted(table.items()))


def main() -> None:
    """Write the files and their twins to the folder named."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--out", required=True, type=Path)
    folder: Path = parser.parse_args().out
    folder.mkdir(parents=True, exist_ok=True)
    for name, hostile in files().items():
        (folder / name).write_bytes(hostile.content)
        twin: dict[str, object] = {"refusal": list(hostile.refusal), "note": hostile.note}
        if hostile.finding:
            twin["finding"] = hostile.finding
        text = json.dumps(twin, ensure_ascii=False, indent=2) + "\n"
        (folder / f"{name}.expected.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
