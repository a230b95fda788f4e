"""``contor read`` and ``contor read-text``: documents in, one JSON object each out."""

from __future__ import annotations

import os
import time
from collections import Counter

import click

from contor.cli.manners import FiniteRange, Report, json_line, shared_options, text_in, text_out
from contor.documents.reading import Reading
from contor.errors import Refusal


@click.command(
    epilog="Example: contor read inbox/ invoice.pdf --workers 4 -o readings.jsonl",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(allow_dash=True))
@click.option("-o", "output", default=None, help="Where to write; standard output otherwise.")
@click.option(
    "--no-xml", is_flag=True, help="Read the page as a person would, ignore embedded XML."
)
@click.option(
    "--ocr",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    help="When to recognise text from the picture.",
)
@click.option("--lang", default="deu+eng+ita", help="Languages of recognition (Tesseract's names).")
@click.option("--workers", type=click.IntRange(1), default=None, help="Processes side by side.")
@click.option("--max-pages", type=click.IntRange(1), default=50, help="Pages read per document.")
@click.option(
    "--max-ocr-pages", type=click.IntRange(0), default=20, help="Scans read per document."
)
@click.option("--timeout", type=FiniteRange(1), default=300.0, help="Seconds per document.")
@shared_options
def read(
    paths: tuple[str, ...],
    output: str | None,
    no_xml: bool,
    ocr: str,
    lang: str,
    workers: int | None,
    max_pages: int,
    max_ocr_pages: int,
    timeout: float,
    report: Report,
) -> None:
    """Read documents (PDF, PNG, JPEG, TIFF, WebP, HEIC, BMP, GIF, e-invoices in XML) to facts, one JSON object each.

    A folder stands for the documents in it, ``-`` for standard input; ``.gz`` is unpacked. A file with
    several invoices gives an object for each, which says its ``part``.
    """
    from contor.bootstrap.document_bytes import files_of
    from contor.bootstrap.documents import read_files, reading_options

    files, aside = files_of(paths)
    options = reading_options(
        use_xml=not no_xml,
        ocr=ocr,
        languages=lang,
        max_pages=max_pages,
        max_ocr_pages=max_ocr_pages,
    )
    count = workers or len(os.sched_getaffinity(0))
    started = time.monotonic()
    routes: Counter[str] = Counter()
    with text_out(output) as stream:
        readings = read_files(files, options, count, timeout)
        for reading in report.progress(readings, "Reading", len(files)):
            stream.write(json_line(reading.to_json()))
            routes[_outcome(reading, report)] += 1
    if aside:
        report.note(f"{aside} files in folders left aside: no documents by their names.")
    _summarise(routes, started, report)


@click.command(
    "read-text",
    epilog="Example: contor read-text words.jsonl -o readings.jsonl",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.argument("words", type=click.Path(allow_dash=True))
@click.option("-o", "output", default=None, help="Where to write; standard output otherwise.")
@shared_options
def read_text(words: str, output: str | None, report: Report) -> None:
    """Facts from somebody else's words and boxes: JSON Lines of {"id", "pages"}."""
    from contor.bootstrap.documents import read_words

    started = time.monotonic()
    routes: Counter[str] = Counter()
    with text_in(words) as lines, text_out(output) as stream:
        for row, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            reading = read_words(line, f"{words}:{row}")
            record = reading.to_json()
            record = {"id": reading.file, **record}
            stream.write(json_line(record))
            routes[_outcome(reading, report)] += 1
    _summarise(routes, started, report)


def _outcome(reading: Reading, report: Report) -> str:
    if reading.refusal:
        code, message = reading.refusal
        report.refuse(reading.file, Refusal(code, "{text}", text=message))
        return "refused"
    return reading.route or "other"


def _summarise(routes: Counter[str], started: float, report: Report) -> None:
    seconds = time.monotonic() - started
    total = sum(routes.values())
    report.note(
        f"{total} documents in {seconds:.1f} s: "
        + ", ".join(f"{count} {route}" for route, count in sorted(routes.items()))
    )
    report.summary = {
        "documents": total,
        **dict(sorted(routes.items())),
        "seconds": round(seconds, 2),
    }


__all__ = ["read", "read_text"]
