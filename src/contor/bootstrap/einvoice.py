"""Wire the e-invoice checks: the rules, the reader of hybrid PDFs, and files side by side."""

from __future__ import annotations

import functools
import gzip
import multiprocessing
import sys
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from contor.einvoice.verdict import Verdict
from contor.einvoice.xml_input import LARGEST
from contor.errors import Refusal
from contor.ports.einvoice import EInvoiceRules, EmbeddedInvoice


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """What became of one file: a verdict or a refusal; ``embedded`` names the XML in a PDF."""

    file: str
    verdict: Verdict | None = None
    refusal: Refusal | None = None
    embedded: str | None = None


@functools.cache
def official_rules() -> EInvoiceRules:
    """The official rules, run offline; one set per process, compiled as documents need them."""
    from contor.adapters.einvoice_rules.checker import OfficialRules

    return OfficialRules()


@functools.cache
def embedded_invoice() -> EmbeddedInvoice:
    """The reader of e-invoices in PDFs."""
    from contor.adapters.einvoice_rules.hybrid import HybridPdf

    return HybridPdf()


def check_file(path: str) -> CheckedFile:
    """Check one XML, hybrid PDF or signed ``.p7m``; ``-`` is standard input, ``.gz`` is unpacked."""
    embedded = None
    try:
        content = _content_of(path)
        if content[:1024].lstrip().startswith(b"%PDF-"):
            embedded, content = embedded_invoice().extract(content)
        return CheckedFile(path, official_rules().check(content), embedded=embedded)
    except Refusal as refusal:
        return CheckedFile(path, refusal=refusal, embedded=embedded)


def check_files(paths: Sequence[str], workers: int) -> Iterator[CheckedFile]:
    """Check files in their order, ``workers`` processes side by side."""
    if workers == 1 or len(paths) < 2:
        yield from map(check_file, paths)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(workers, len(paths)), mp_context=context) as pool:
        yield from pool.map(check_file, paths, chunksize=4)


def files_of(paths: Sequence[str]) -> list[str]:
    """The files named, and those in the folders named, in the order of their names."""
    found = []
    for path in paths:
        if path != "-" and Path(path).is_dir():
            found += sorted(str(file) for file in Path(path).rglob("*") if file.is_file())
        else:
            found.append(path)
    return found


def _content_of(path: str) -> bytes:
    if path == "-":
        return sys.stdin.buffer.read(LARGEST + 1)
    try:
        if path.endswith(".gz"):
            with gzip.open(path) as packed:
                return packed.read(LARGEST + 1)
        with Path(path).open("rb") as stream:
            return stream.read(4 * LARGEST)
    except FileNotFoundError:
        raise Refusal("file_missing", "There is no such file.", "Check the path.") from None
    except PermissionError:
        raise Refusal("file_closed", "The file may not be read.", "Ask for the right to.") from None
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise Refusal("archive_broken", "The packed file is broken.", "Ask for it again.") from None
