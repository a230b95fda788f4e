"""Write invoices: ``--count N --seed S --out DIR [--scan]``."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from random import Random

from contor.einvoice.cii_writing import write_cii
from contor_training.synthetic.invoices.gold import gold
from contor_training.synthetic.invoices.page_data import page_data
from contor_training.synthetic.invoices.rendering import fonts, render
from contor_training.synthetic.invoices.scanning import scan
from contor_training.synthetic.invoices.trading import draw


def write(seed: int, number: int, folder: Path, *, scanned: bool) -> None:
    """The files of the invoice ``number``: PDF, gold, CII XML and, if wanted, pictures.

    The font is drawn apart from everything else, so that a machine with other fonts gets the same
    invoices in other letters.
    """
    trade = draw(seed, number)
    data = page_data(trade, Random(f"{seed}:page:{number}"))
    data["font"] = Random(f"{seed}:font:{number}").choice(fonts())
    pdf, boxes = render(data)
    name = f"{number:06d}"
    record = {"file": f"{name}.pdf", **gold(trade, data, boxes)}
    (folder / f"{name}.pdf").write_bytes(pdf)
    (folder / f"{name}.cii.xml").write_bytes(write_cii(trade.invoice, "en16931"))
    if scanned:
        record["scans"] = []
        for page, picture in enumerate(scan(pdf, seed, number), start=1):
            (folder / f"{name}-{page}.jpg").write_bytes(picture.content)
            record["scans"].append(
                {
                    "file": f"{name}-{page}.jpg",
                    "dpi": picture.dpi,
                    "angle": picture.angle,
                    "quality": picture.quality,
                }
            )
    text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    (folder / f"{name}.json").write_text(text, encoding="utf-8")


def main() -> None:
    """Write the invoices 0 to count - 1 of a series."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--count", required=True, type=int)
    parser.add_argument("--seed", default=1, type=int)
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--scan", action="store_true", help="also pictures as from a scanner")
    arguments = parser.parse_args()
    folder: Path = arguments.out
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(arguments.count):
        write(arguments.seed, number, folder, scanned=arguments.scan)


if __name__ == "__main__":
    main()
