"""``contor preview``, ``contor render``, ``contor schema``: billing from file to file."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from typing import cast

import click

from contor.cli.manners import Report, shared_options, text_in, text_out, write_bytes
from contor.errors import Refusal

FORMATS = ("pdf", "zugferd", "xrechnung-cii", "xrechnung-ubl", "fatturapa", "json")


@click.command(
    epilog="Example: contor preview contract.yaml --usage usage.csv --until 2026-11-30 -o out.json"
)
@click.argument("contracts", nargs=-1, required=True, metavar="CONTRACT.yaml...")
@click.option("--usage", metavar="USAGE.csv", help="id, timestamp, contract, meter, quantity.")
@click.option(
    "--until", required=True, type=click.DateTime(["%Y-%m-%d"]), help="Last day that is due."
)
@click.option("-o", "--output", metavar="OUT.json", help="Instead of standard output.")
@shared_options
def preview(
    contracts: tuple[str, ...],
    usage: str | None,
    until: datetime,
    output: str | None,
    report: Report,
) -> None:
    """Show what contracts would be invoiced until a day; nothing is issued.

    Contract files may stand beside catalogue files that carry the seller and the price plans.
    """
    from contor.bootstrap.billing import preview_documents

    texts: list[tuple[str, str]] = []
    unread: list[tuple[str, Refusal]] = []
    for path in contracts:
        try:
            with text_in(path) as stream:
                texts.append((path, stream.read()))
        except Refusal as unreadable:
            unread.append((path, unreadable))
    if usage is None:
        result = preview_documents(texts, "", "", until.date())
    else:
        with text_in(usage) as stream:
            result = preview_documents(texts, usage, stream.read() or "\n", until.date())
    result = replace(result, refusals=(*unread, *result.refusals))
    for where, refusal in result.refusals:
        report.refuse(where, refusal)
    with text_out(output) as stream:
        stream.write(json.dumps(result.value(), ensure_ascii=False, indent=2) + "\n")
    report.summary = result.summary()
    report.note(
        f"{len(result.documents)} documents of {result.contracts} contracts until {until.date()}"
    )


@click.command(epilog="Example: contor render invoice.json --format zugferd -o invoice.pdf")
@click.argument("invoice", metavar="INVOICE.json")
@click.option("--format", "form", required=True, type=click.Choice(FORMATS))
@click.option("-o", "--output", required=True, metavar="FILE", help="- is standard output.")
@click.option(
    "--document", type=click.IntRange(1), help="Which document of a preview (1 is the first)."
)
@click.option("--number", help="Issue a draft under this number before rendering it.")
@click.option("--date", "issued", type=click.DateTime(["%Y-%m-%d"]), help="Day of issue.")
@shared_options
def render(
    invoice: str,
    form: str,
    output: str,
    document: int | None,
    number: str | None,
    issued: datetime | None,
    report: Report,
) -> None:
    """Render an invoice file as PDF, ZUGFeRD, XRechnung, FatturaPA or JSON.

    A draft is rendered as a draft; with --number it passes the issue gate first.
    """
    from contor.bootstrap.billing import RenderFormat, load_document
    from contor.bootstrap.billing import render as render_invoice

    day: date | None = issued.date() if issued else None
    with text_in(invoice) as stream:
        chosen = load_document(stream.read(), document, number, day)
        content = render_invoice(chosen, cast("RenderFormat", form))
    write_bytes(output, content)
    report.summary = {
        "number": chosen.number,
        "status": chosen.status,
        "format": form,
        "bytes": len(content),
        "payable": str(chosen.totals.payable.amount),
        "currency": chosen.currency,
    }
    report.note(f"{form}: {len(content)} bytes, {chosen.totals.payable}")


@click.command(epilog="Example: contor schema contract > contract.schema.json")
@click.argument("name", type=click.Choice(["contract", "invoice"]))
@shared_options
def schema(name: str, report: Report) -> None:
    """Print the JSON Schema of contract (and catalogue) files or of the invoice file."""
    from contor.bootstrap.billing import file_schema

    del report
    with text_out(None) as stream:
        stream.write(json.dumps(file_schema(name), ensure_ascii=False, indent=2) + "\n")
