"""``contor check-einvoice``: e-invoices against the official rules and to the cent."""

from __future__ import annotations

import time

import click

from contor.bootstrap.einvoice import CheckedFile, check_files, files_of
from contor.cli.manners import Report, json_line, shared_options, text_out


@click.command(
    "check-einvoice",
    epilog="Example: contor check-einvoice invoice.xml zugferd.pdf inbox/ -o verdicts.jsonl",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.argument("files", nargs=-1, required=True)
@click.option("-o", "output", default=None, help="Where to write; standard output otherwise.")
@click.option(
    "--workers",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help="Processes side by side.",
)
@shared_options
def check_einvoice(
    files: tuple[str, ...], output: str | None, workers: int, report: Report
) -> None:
    """Check e-invoices: XML schema, EN 16931, XRechnung or Factur-X rules, and every cent.

    XML (UBL, CII, FatturaPA), hybrid PDFs, signed .p7m and folders of them; one JSON object per
    file. "valid" is the verdict of the official rules; our own findings (CONTOR-...) stand beside.
    """
    started = time.monotonic()
    paths = files_of(files)
    counts = {"files": len(paths), "valid": 0, "invalid": 0, "off_by_cents": 0}
    with text_out(output) as stream:
        checked_files = check_files(paths, workers)
        for checked in report.progress(checked_files, "Checking", len(paths)):
            stream.write(json_line(_record(checked)))
            _count(checked, counts, report)
    seconds = time.monotonic() - started
    report.summary = {**counts, "refused": report.refusals, "seconds": round(seconds, 3)}
    report.note(
        f"{counts['valid']} valid, {counts['invalid']} invalid, {report.refusals} refused; "
        f"{counts['off_by_cents']} do not add up to the cent."
    )


def _record(checked: CheckedFile) -> dict[str, object]:
    """The JSON object of one file."""
    verdict, refusal = checked.verdict, checked.refusal
    findings = () if verdict is None else verdict.findings
    record: dict[str, object] = {
        "file": checked.file,
        "syntax": None if verdict is None else verdict.syntax,
        "profile": None if verdict is None else verdict.profile,
        "valid": False if verdict is None else verdict.valid,
        "findings": [
            {
                "rule": finding.rule,
                "severity": finding.severity,
                "location": finding.location,
                "message": finding.message,
            }
            for finding in findings
        ],
        "refusal": None
        if refusal is None
        else {"code": refusal.code, "message": refusal.message, "advice": refusal.advice},
    }
    if checked.embedded is not None:
        record["embedded"] = checked.embedded
    return record


def _count(checked: CheckedFile, counts: dict[str, int], report: Report) -> None:
    if checked.refusal is not None:
        report.refuse(checked.file, checked.refusal)
        return
    assert checked.verdict is not None
    counts["valid" if checked.verdict.valid else "invalid"] += 1
    counts["off_by_cents"] += any(
        finding.rule.startswith("CONTOR-CENT") for finding in checked.verdict.findings
    )
