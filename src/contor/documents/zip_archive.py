"""What a zip archive holds: the documents in it, and a note on everything left aside.

Nothing is written anywhere and no name is followed: members are read into memory one by one, within
limits that are checked against what the archive says of itself and hold while it is read. Archives
and mails in an archive are named, not opened: one level is what people send, more is a trap.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass

from contor.documents.file_name import safe_file_name
from contor.documents.mail.attachment_kind import attachment_kind
from contor.documents.mail.parts import MailPart
from contor.errors import Finding, Refusal

MOST_MEMBERS = 200
MOST_BYTES = 100_000_000
MOST_MEMBER_BYTES = 50_000_000
MOST_RATIO = 200
"""Bytes out of one byte in; XML of many equal lines comes to fifty."""
_SMALL = 1_000_000
_ENCRYPTED = 0x1
_SYSTEM = ("__macosx/", "__macosx\\")
_SYSTEM_FILES = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_OFFICE = frozenset({"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"})
_ZIP = b"PK\x03\x04"
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError,
)  # fmt: skip
"""What the standard library raises for damage, methods it lacks and lies about sizes."""


@dataclass(frozen=True, slots=True)
class ArchiveContent:
    """The documents of an archive, and findings on what was left aside; one that warns asks a person."""

    parts: tuple[MailPart, ...]
    findings: tuple[Finding, ...]


def is_archive(content: bytes) -> bool:
    r"""Whether bytes are a zip archive that people packed, and no office document or program.

    >>> is_archive(b"%PDF-1.7"), is_archive(b"PK\x03\x04 cut off")
    (False, True)
    """
    if not content.startswith(_ZIP):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _OFFICE.isdisjoint(archive.namelist())
    except _UNREADABLE:
        return True


def open_archive(content: bytes) -> ArchiveContent:
    """Take the documents out of a zip archive.

    Raises:
        Refusal: ``archive_broken``, ``archive_too_many``, ``archive_too_large``, ``archive_bomb``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [one for one in archive.infolist() if not one.filename.endswith("/")]
            _check_limits(members, len(content))
            parts, findings = _taken(archive, members)
    except _UNREADABLE:
        raise Refusal(
            "archive_broken", "The archive is damaged or cut off.", "Ask for it again."
        ) from None
    if not parts:
        text = "The archive holds no document that can be read."
        findings.append(Finding("archive_empty", "warning", text))
    return ArchiveContent(tuple(parts), tuple(findings))


def _check_limits(members: list[zipfile.ZipInfo], packed: int) -> None:
    if len(members) > MOST_MEMBERS:
        raise Refusal(
            "archive_too_many",
            "The archive holds {files} files; at most {limit} are taken.",
            "Send them in several archives.",
            files=len(members),
            limit=MOST_MEMBERS,
        )
    size = sum(member.file_size for member in members)
    # Of the whole, as well: members that share their packed bytes each look harmless.
    ratios = [(member.file_size, member.compress_size) for member in members]
    if any(out > _SMALL and out > MOST_RATIO * put_in for out, put_in in [*ratios, (size, packed)]):
        raise Refusal(
            "archive_bomb",
            "The archive would grow more than {limit} times when it is unpacked.",
            "Ask the sender for the files one by one.",
            limit=MOST_RATIO,
        )
    if size > MOST_BYTES:
        raise Refusal(
            "archive_too_large",
            "The files in the archive have {size} bytes; at most {limit} are unpacked.",
            "Send them in several archives.",
            size=size,
            limit=MOST_BYTES,
        )


def _taken(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]
) -> tuple[list[MailPart], list[Finding]]:
    parts: list[MailPart] = []
    findings: list[Finding] = []
    names = Counter(safe_file_name(member.filename) for member in members)
    for member in members:
        name = safe_file_name(member.filename)
        if names[name] > 1:  # "a/invoice.pdf" and "b/invoice.pdf"
            name = safe_file_name(member.filename.replace("\\", "/").replace("/", ", "))
        found = _member(archive, member, name)
        if isinstance(found, MailPart):
            parts.append(found)
        elif found is not None:
            findings.append(found)
    return parts, findings


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str
) -> MailPart | Finding | None:
    """The document, or why it is left aside; None for what systems put beside people's files."""
    plain = member.filename.lower()
    if plain.startswith(_SYSTEM) or plain.rsplit("/", 1)[-1] in _SYSTEM_FILES:
        return None
    if member.flag_bits & _ENCRYPTED:
        text = f"{name} in the archive is locked with a password; ask for it without."
        return Finding("archive_encrypted", "warning", text)
    size = member.file_size
    if size > MOST_MEMBER_BYTES:
        return Finding("attachment_too_large", "warning", f"{name} has {size} bytes.")
    try:
        with archive.open(member) as stream:
            content = stream.read(size)  # never more, whatever is packed behind it
            stream.read(1)  # past the end the check sum is compared
    except _UNREADABLE:
        return Finding("archive_broken", "warning", f"{name} in the archive is damaged.")
    judged = attachment_kind(name, "", content)
    if judged.verdict == "mail" or judged.suffix == ".zip":
        text = f"{name} in the archive holds files itself; ask for them one by one."
        return Finding("archive_nested", "warning", text)
    if judged.verdict == "ignored":
        return Finding(judged.code, "info", judged.why.format(name=name))
    if judged.verdict == "refused":
        return Finding(judged.code, "warning", judged.why.format(name=name))
    return MailPart(name if "." in name else name + judged.suffix, content)
