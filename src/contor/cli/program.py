"""The table of commands and the group that loads each one only when it is called."""

from __future__ import annotations

import importlib

import click

# name -> (module:object, one line of help). Kept as text: importing a command costs what it uses.
COMMANDS: dict[str, tuple[str, str]] = {
    "read": ("contor.cli.documents:read", "Read documents: PDF, scan, e-invoice to facts."),
    "read-text": (
        "contor.cli.documents:read_text",
        "Facts from words and boxes of someone else's OCR.",
    ),
    "check-einvoice": (
        "contor.cli.einvoice:check_einvoice",
        "Check e-invoices by the official rules and to the cent.",
    ),
    "suggest": (
        "contor.cli.assignment:suggest",
        "Suggest ledger account, cost centre and tax code.",
    ),
    "replay": (
        "contor.cli.assignment:replay",
        "Walk a coded ledger through time and measure the suggestions.",
    ),
    "report": (
        "contor.cli.reports:report_group",
        "What people disagree on, what the autopilot risks, how fast it learns.",
    ),
    "bank-lines": (
        "contor.cli.bank:bank_lines",
        "Read bank statements of any format into one table.",
    ),
    "reconcile": ("contor.cli.reconcile:reconcile", "Match bank lines to open items."),
    "screen": ("contor.cli.parties:screen", "Flag addresses, VAT-IDs and IBANs that look wrong."),
    "link": ("contor.cli.parties:link", "Match the records of two tables."),
    "preview": (
        "contor.cli.billing:preview",
        "Show what contracts would be invoiced; issue nothing.",
    ),
    "schema": ("contor.cli.billing:schema", "Print the JSON Schema of a file format."),
    "render": (
        "contor.cli.billing:render",
        "Render an invoice as PDF, ZUGFeRD, XRechnung or FatturaPA.",
    ),
    "init": ("contor.cli.service:init", "Create the database, the archive and the first tenant."),
    "learn": (
        "contor.cli.learn:learn",
        "Learn from what was coded before these books were opened.",
    ),
    "demo": ("contor.cli.demo:demo", "Work through a small hosting company's morning."),
    "serve": ("contor.cli.service:serve", "Open the desk in the browser."),
    "work": ("contor.cli.service:work", "Run the background worker."),
    "inbox": ("contor.cli.service:inbox", "Receive and read every document of a folder."),
    "mail": ("contor.cli.mail:mail", "Receive the invoices that lie in the mailbox."),
    "bank": ("contor.cli.service:bank", "Import bank statements into the books."),
    "billing": ("contor.cli.runs:billing", "Issue the invoices that are due."),
    "outbox": ("contor.cli.runs:outbox", "Send what waits in the outbox."),
    "dunning": ("contor.cli.runs:dunning", "Draft the reminders that are due."),
    "rule": ("contor.cli.rules:rule", "Say what is always booked so."),
    "share": (
        "contor.cli.rules:share",
        "Share with other companies where suppliers are booked to; off by default.",
    ),
    "train": (
        "contor.cli.runs:train",
        "Retrain the models and prove them better before they go live.",
    ),
    "verify": ("contor.cli.service:verify", "Prove that books, archive and numbers are unaltered."),
    "export": ("contor.cli.runs:export", "Export the books: DATEV, GoBD, CSV."),
    "user": ("contor.cli.runs:user", "Manage the people who may sign in."),
}


class LazyGroup(click.Group):
    """A click group that knows its commands by name and imports one on demand."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Commands in the order of the working day, not of the alphabet."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command named, or say that there is none."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module_name, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command = getattr(importlib.import_module(module_name), attribute)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with their help without importing them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="contor")
def program() -> None:
    """Bookkeeping and invoicing for hosting companies, from file to file or as a service.

    Exit status: 0 done; 1 done, some inputs refused; 2 wrong usage; 3 the machine failed.
    """
