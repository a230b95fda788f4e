"""The message catalogues: collect every text, keep the translations, compile.

``python -m contor_api.catalogue`` renews ``locale/*/LC_MESSAGES/contor.po`` and ``.mo`` from the
sources and says what still lacks a translation. Collected are the texts of the templates, texts
that the desk says or marks, and what the house says to people: refusals, failures, findings, and
the reasons of suggestions and matches. What only the command line says stays English.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import contor
import contor_api
from contor.account_assignment.tax_rules import tax_notes
from contor_api.wording import PLACE

HOUSE = Path(contor.__file__).parent
DESK = Path(contor_api.__file__).parent
LOCALE = DESK / "locale"
TRANSLATED = ("de", "it")
_COMMAND_LINE = {"cli", "bootstrap"}
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
# Calls whose text is shown to people: which of their arguments carry it.
_SPEAKING = {"Refusal": (1, 2), "Failure": (1, 2), "Finding": (2,), "say": (0,), "mark": (0,)}
_SPEAKING |= {"Evidence": (1,), "Alarm": (3,), "_page_finding": (2,), "nothing": (3,)}
_SPEAKING |= {"note": (2,), "AttachmentKind": (2,), "_error": (1,), "_warning": (1,)}
_SPEAKING |= {"_compare": (2,)}
# Texts that reasons are put together from: calls and tables of one module.
_REASONS = {
    "account_assignment/challenge.py": ("append", "reason"),
    "account_assignment/cold_start.py": ("append", "said"),
    "account_assignment/shared_prior.py": ("", "reason"),
    "account_assignment/ladder.py": ("append", "reason"),
    "account_assignment/open_accounts.py": ("", "reason"),
    "account_assignment/reasons.py": ("append", "_WHAT _UNMARKED _NOBODY"),
    "adapters/pdf/workers.py": ("", "_ENDED"),
    "documents/comparison.py": ("", "_COMPARED"),
    "documents/facts.py": ("", "message by"),
    "documents/filetype.py": ("", "_FOREIGN"),
    "documents/mail/parts.py": ("", "text"),
    "documents/other_papers.py": ("", "_SAID"),
    "documents/zip_archive.py": ("", "text"),
    "einvoice/cent_checks.py": ("", "message text"),
    "review/splitting.py": ("", "reason"),
    "review/consistency.py": ("", "reason following"),
    "parties/changes.py": ("", "text"),
    "parties/identity_check.py": ("", "_IBAN_TEXT text"),
    "reconciliation/presentation.py": ("", "_WORDS"),
    "workflows/duplicates.py": ("", "text"),
    "workflows/retraining.py": ("append", "ASKED BROKEN_OFF _DRIFTED"),
    "workflows/receive_mail.py": ("", "text"),
    "workflows/unpack_document.py": ("", "text"),
}

_FEWEST_LETTERS = 2  # fewer are no words

MessageId = str | tuple[str, str]


def desk_messages() -> Iterator[MessageId]:
    """Texts of the templates, and of our own modules."""
    options = {"newstyle_gettext": "true", "trimmed": "false"}
    for template in sorted((DESK / "templates").glob("*.html")):
        with template.open("rb") as stream:
            for _, message, _, _ in extract("jinja2.ext:babel_extract", stream, options=options):
                yield message if isinstance(message, str) else (message[0], message[1])
    for path in sorted(DESK.rglob("*.py")):
        yield from spoken(path.read_text(encoding="utf-8"))


def house_messages() -> Iterator[str]:
    """What the house says to people."""
    yield from tax_notes()
    for path in sorted(HOUSE.rglob("*.py")):
        name = path.relative_to(HOUSE)
        if name.parts[0] not in _COMMAND_LINE:
            source = path.read_text(encoding="utf-8")
            yield from spoken(source)
            yield from _reasons(source, *_REASONS.get(name.as_posix(), ("", "")))


def spoken(source: str) -> Iterator[str]:
    r"""Texts a module says; the places of an f-string become ``{name}``.

    >>> list(spoken('raise Refusal("code", "No {thing}.", "Take " "another.", thing=x)'))
    ['No {thing}.', 'Take another.']
    >>> list(spoken('Finding("code", "error", f"{a.b} differs from {total()}.")'))
    ['{b} differs from {total}.']
    >>> list(spoken('_ADVICE = "Ask again."\nRefusal("code", "No.", _ADVICE)'))
    ['No.', 'Ask again.']
    """
    module = ast.parse(source)
    named = {
        _name(line.targets[0]): line.value for line in module.body if isinstance(line, ast.Assign)
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            for place in _SPEAKING.get(_name(node.func), ()):
                if place < len(node.args):
                    text = node.args[place]
                    said = named.get(text.id, text) if isinstance(text, ast.Name) else text
                    yield from filter(None, _texts(said))


def _reasons(source: str, call: str, table: str) -> Iterator[str]:
    """Sentences that a call puts together, and the words of a table."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and call and _name(node.func) == call and node.args:
            yield from filter(None, _texts(node.args[0]))
        if isinstance(node, ast.Call):
            for keyword in node.keywords:
                if keyword.arg == "reason" and table:
                    yield from filter(None, _texts(keyword.value))
        if isinstance(node, ast.Assign | ast.AnnAssign) and _bound(node) in table.split():
            for word in _words(node.value):
                yield from _texts(word)


def _bound(node: ast.Assign | ast.AnnAssign) -> str:
    """The name that a line gives a value."""
    return _name(node.targets[0] if isinstance(node, ast.Assign) else node.target)


def _words(table: ast.expr | None) -> list[ast.expr]:
    """The values of a table, the members of a list, a text itself."""
    if isinstance(table, ast.Dict):
        return table.values
    if isinstance(table, ast.Tuple | ast.List):
        return [word for member in table.elts for word in _words(member)]
    return [table] if table else []


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)
        return
    if isinstance(node, ast.BinOp):  # sentences put together
        yield from (text.strip() for side in (node.left, node.right) for text in _texts(side))
        return
    text = ""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        text = node.value
    elif isinstance(node, ast.JoinedStr):
        text = _template(node)
    if sum(letter.isalpha() for letter in PLACE.sub("", text)) >= _FEWEST_LETTERS:
        yield text


def _template(node: ast.JoinedStr) -> str:
    parts: list[str] = []
    used: list[str] = []
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            name = _name(part.value) or "value"
            used.append(name)
            again = used.count(name)
            parts.append(f"{{{name}{again if again > 1 else ''}}}")
        elif isinstance(part, ast.Constant):
            parts.append(str(part.value))
    return "".join(parts)


def _name(node: ast.expr) -> str:
    """The last name of an expression: ``total`` of ``line.total()`` and ``totals["total"]``."""
    match node:
        case ast.Name():
            return node.id
        case ast.Attribute():
            return node.attr
        case ast.Call():
            return _name(node.func)
        case ast.Subscript(slice=ast.Constant(value=str() as key)):
            return key
        case ast.Subscript():
            return _name(node.value)
    return ""


def messages() -> list[MessageId]:
    """Every text once, in order."""
    found = dict.fromkeys((*desk_messages(), *house_messages()))
    return sorted(found, key=str)


def _path(language: str, ending: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / f"contor.{ending}"


def read_catalogue(language: str) -> Catalog:
    """The translations of a language as they are kept."""
    path = _path(language, "po")
    if not path.exists():
        return Catalog(locale=language, domain="contor")
    with path.open("rb") as stream:
        return read_po(stream, locale=language, domain="contor")


def renewed(language: str, wanted: list[MessageId]) -> Catalog:
    """A catalogue of exactly the wanted texts, with the translations known so far."""
    known = read_catalogue(language)
    catalogue = Catalog(
        locale=language,
        domain="contor",
        project="Contor",
        creation_date=_EPOCH,
        revision_date=_EPOCH,
        fuzzy=False,
    )
    for message in wanted:
        key = message if isinstance(message, str) else message[0]
        kept = known.get(key)
        flags = {"python-brace-format"} if "{" in key else set()
        catalogue.add(message, kept.string if kept else None, flags=flags)
    return catalogue


def untranslated(catalogue: Catalog) -> list[str]:
    """Texts without a translation."""
    return [
        message.id if isinstance(message.id, str) else message.id[0]
        for message in catalogue
        if message.id and not (message.string and all(message.string))
    ]


def compiled(catalogue: Catalog) -> bytes:
    """The ``.mo`` of a catalogue."""
    stream = io.BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def written(catalogue: Catalog) -> bytes:
    """The ``.po`` of a catalogue, the same bytes for the same content."""
    stream = io.BytesIO()
    write_po(stream, catalogue, sort_output=True, width=100, ignore_obsolete=True)
    return stream.getvalue()


def main() -> int:
    """Renew and compile; status 1 where a translation is missing."""
    wanted = messages()
    lacking = 0
    for language in TRANSLATED:
        catalogue = renewed(language, wanted)
        _path(language, "po").parent.mkdir(parents=True, exist_ok=True)
        _path(language, "po").write_bytes(written(catalogue))
        _path(language, "mo").write_bytes(compiled(catalogue))
        missing = untranslated(catalogue)
        lacking += len(missing)
        report = [f"{language}: {len(wanted)} texts, {len(missing)} without translation", *missing]
        sys.stderr.write("\n  ".join(report) + "\n")
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
