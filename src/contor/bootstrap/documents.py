"""Reading documents, wired: files in, readings out, in worker processes with limits."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from contor.bootstrap.document_bytes import STANDARD_INPUT, bytes_at, name_of, unpacked
from contor.documents.reading import Reading, refused
from contor.documents.scans.raster import USUAL_LANGUAGES
from contor.errors import Failure, Refusal

if TYPE_CHECKING:
    from contor.documents.page import Page
    from contor.documents.page_tagger import Tagger
    from contor.workflows.read_document import Options, Tools

SHELF = Path(__file__).resolve().parents[3] / "models"
RECOGNISED = "recognised"
"""Folder of the service's data in which recognised pages are kept for a while."""


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read, in a form that crosses to a worker process."""

    path: str
    options: Options
    content: bytes | None = None


def reading_options(
    *, use_xml: bool = True, ocr: str = "auto", languages: str = USUAL_LANGUAGES, **more: int
) -> Options:
    """Options of reading, for doors."""
    from contor.workflows.read_document import Options

    return Options(use_xml=use_xml, ocr=ocr, languages=languages, **more)  # type: ignore[arg-type]


@cache
def tools() -> Tools:
    """The readers of this process, made once."""
    from contor.adapters.ocr_second_opinion import SecondOpinion
    from contor.adapters.ocr_second_reader import SecondReader
    from contor.adapters.pdf.pictures import PillowImageReader
    from contor.adapters.pdf.reader import PdfiumReader
    from contor.adapters.tesseract import Tesseract
    from contor.workflows.read_document import Tools

    return Tools(
        PdfiumReader(),
        PillowImageReader(),
        Tesseract(SecondOpinion(), SecondReader()),
        tagger=tagger_for("", SHELF),
    )


@cache
def tagger_for(model: str, shelves: Path) -> Tagger | None:
    """A tenant's model (``tenant/version`` on its shelf below ``shelves``), else the shelf's own."""
    from contor.adapters.document_model import load_tagger, load_version

    tenant, _, version = model.partition("/")
    own = load_version(shelves / tenant, version) if version else None
    return own or load_tagger(SHELF)


@cache
def remembering_tools(folder: Path) -> Tools:
    """The readers of the service: what was recognised once is kept in ``folder`` for a while."""
    from contor.adapters.remembered_pages import RememberedPages

    usual = tools()
    return replace(usual, recogniser=RememberedPages(usual.recogniser, folder))


def read_content(content: bytes, filename: str, options: Options | None = None) -> Reading:
    """Read a document in this process."""
    from contor.workflows.read_document import read

    return read(content, filename, tools(), options)


def read_file(job: Job) -> tuple[Reading, ...]:
    """Read the invoices of one file; runs in a worker process."""
    from contor.workflows.read_each_invoice import read_each

    try:
        most = job.options.max_bytes
        given = job.content
        content = bytes_at(job.path, most) if given is None else unpacked(given, most)
    except Refusal as refusal:
        return (refused(job.path, _sha256(job.path), refusal),)
    readings = read_each(content, name_of(job.path), tools(), job.options)
    return tuple(replace(reading, file=job.path) for reading in readings)


def read_files(
    paths: Sequence[str], options: Options, workers: int, seconds: float = 300.0
) -> Iterator[Reading]:
    """Read files side by side, readings in the order of the paths; of a stack one an invoice.

    Raises:
        Failure: the machine lacks something that every scan needs.
    """
    from contor.adapters.pdf.workers import GuardedWorkers, Limits

    if len(paths) < workers:
        options = replace(options, page_workers=max(1, workers // max(1, len(paths))))
    jobs = [_job(path, options) for path in paths]
    pool = GuardedWorkers(read_file, workers, Limits(seconds=seconds))
    for job, outcome in zip(jobs, pool.apply(jobs), strict=True):
        if isinstance(outcome, Failure):
            raise outcome
        if isinstance(outcome, Refusal):
            yield refused(job.path, _sha256(job.path), outcome)
        else:
            yield from outcome


def _job(path: str, options: Options) -> Job:
    """Standard input belongs to this process: its bytes are handed over."""
    if path != STANDARD_INPUT:
        return Job(path, options)
    return Job(path, options, sys.stdin.buffer.read(options.max_bytes + 1))


def _sha256(path: str) -> str:
    """The hash of a file as it lies there; empty where there is none to read."""
    with suppress(OSError), Path(path).open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
    return ""


def read_words(line: str, where: str) -> Reading:
    """Facts from one record of somebody else's words; ``file`` is its id, or where it stands."""
    from contor.documents.facts import facts_from
    from contor.documents.foreign_words import pages_of

    sha256 = hashlib.sha256(line.strip().encode()).hexdigest()
    try:
        name, pages = pages_of(line)
    except Refusal as refusal:
        return refused(where, sha256, refusal)
    if not any(page.words for page in pages):
        empty = Refusal("no_text", "There are no words.", "Check the recognition before this.")
        return refused(name or where, sha256, empty, len(pages))
    facts = facts_from(pages, tools().tagger)
    return Reading(
        name, sha256, len(pages), "ocr", facts.kind, facts.language, facts.fields,
        facts.tax_breakdown, facts.lines, facts.findings,
    )  # fmt: skip


def file_pages(content: bytes, filename: str, options: Options | None = None) -> tuple[Page, ...]:
    """The pages of a document as words and boxes (training and benchmarks start from these)."""
    from contor.workflows.read_document import pages_of

    return pages_of(content, filename, tools(), options)
