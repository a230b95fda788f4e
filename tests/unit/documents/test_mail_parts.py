"""Mails as they really come: nested, with odd names, broken, hostile, empty, huge."""

from __future__ import annotations

import base64
import binascii
import random
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contor.documents.file_name import MOST_CHARACTERS
from contor.documents.mail import parts as mail_parts
from contor.documents.mail.attachment_kind import attachment_kind
from contor.documents.mail.parts import is_mail, open_mail
from contor.documents.mail.uuencoded import uuencoded_files
from contor.documents.splitting import Sheet, divide
from contor.errors import Refusal
from tests.support.mails import mail, raw_mail

PDF = b"%PDF-1.7\nan invoice\n%%EOF"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(6000)
BASE64 = b"Content-Transfer-Encoding: base64"
PDF64 = base64.b64encode(PDF)


def names(content: bytes) -> list[str]:
    return [part.filename for part in open_mail(content).parts]


def codes(content: bytes) -> list[str]:
    return [finding.code for finding in open_mail(content).findings]


def test_several_invoices_in_one_mail() -> None:
    opened = open_mail(bytes(mail(("a.pdf", PDF), ("b.pdf", PDF + b"2"))))
    assert [part.filename for part in opened.parts] == ["a.pdf", "b.pdf"]
    assert [part.content for part in opened.parts] == [PDF, PDF + b"2"]
    assert (opened.message_id, opened.subject) == ("1@supplier.example", "Ihre Rechnung")
    assert opened.findings == ()


@pytest.mark.parametrize(
    "header",
    [
        b"Content-Disposition: attachment; filename*=utf-8''Rechnung%20M%C3%A4rz.pdf",
        b"Content-Disposition: attachment; filename*=iso-8859-1''Rechnung%20M%E4rz.pdf",
        b"Content-Disposition: attachment; filename*0*=utf-8''Rechnung%20; filename*1*=M%C3%A4rz.pdf",
        b'Content-Disposition: attachment; filename="=?utf-8?Q?Rechnung_M=C3=A4rz.pdf?="',
        b'Content-Disposition: attachment; filename="=?iso-8859-1?B?UmVjaG51bmcgTeRyei5wZGY=?="',
        b'Content-Type: application/pdf; name="=?utf-8?B?UmVjaG51bmcgTcOkcnoucGRm?="',
    ],
)
def test_german_names_by_rfc_2231_and_2047(header: bytes) -> None:
    kind = b"" if header.startswith(b"Content-Type") else b"Content-Type: application/pdf\r\n"
    assert names(raw_mail((kind + header, BASE64, PDF64))) == ["Rechnung März.pdf"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/cron.d/job.pdf", "job.pdf"),
        ("C:\\Windows\\system32\\a.pdf", "a.pdf"),
        ("/absolute.pdf", "absolute.pdf"),
        ("..", "attachment-1.pdf"),
        ("rechnung\u202efdp.pdf", "rechnungfdp.pdf"),
        ("x" * 400 + ".pdf", "x" * (MOST_CHARACTERS - 4) + ".pdf"),
    ],
)
def test_path_tricks_in_names(name: str, shown: str) -> None:
    assert names(bytes(mail((name, PDF)))) == [shown]


def test_a_mail_in_a_mail_is_opened_too() -> None:
    inner = mail(("inner.pdf", PDF))
    outer = mail(("outer.pdf", PDF))
    outer.add_attachment(inner)
    assert names(bytes(outer)) == ["outer.pdf", "inner.pdf"]
    as_file = mail()
    as_file.add_attachment(
        bytes(inner), maintype="application", subtype="octet-stream", filename="fwd.eml"
    )
    assert names(bytes(as_file)) == ["inner.pdf"]


def test_mails_nested_without_end_are_named_not_followed() -> None:
    content = bytes(mail(("a.pdf", PDF)))
    for depth in range(15):
        kind = b"Content-Type: message/rfc822"
        content = raw_mail((kind, content), boundary=b"Y%d-" % depth)
    assert "mail_nested_too_deep" in codes(content)


def test_a_mail_forwarded_five_times_is_opened() -> None:
    """Only mails count, not the parts that hold them."""
    content = bytes(mail(("a.pdf", PDF)))
    for depth in range(5):
        kind = b"Content-Type: message/rfc822"
        content = raw_mail((kind, content), boundary=b"Y%d-" % depth)
    assert names(content) == ["a.pdf"]


def test_nesting_that_would_break_the_parser_is_refused() -> None:
    with pytest.raises(Refusal, match="mail_nested_too_deep"):
        open_mail(b"Content-Type: message/rfc822\n\n" * 3000)


def test_pictures_of_the_letterhead_are_left_aside_and_photographed_bills_taken() -> None:
    message = mail()
    message.add_alternative('<p>Gruß</p><img src="cid:logo@x">', subtype="html")
    *_, html = message.iter_parts()
    assert isinstance(html, EmailMessage)
    html.add_related(PNG, "image", "png", cid="<logo@x>", filename="logo.png")
    message.add_attachment(PNG + b"bill", maintype="image", subtype="png", filename="bill.png")
    message.add_attachment(PNG[:400], maintype="image", subtype="png", filename="pixel.png")
    opened = open_mail(bytes(message))
    assert [part.filename for part in opened.parts] == ["bill.png"]
    assert [f.code for f in opened.findings] == ["picture_left_aside", "picture_left_aside"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("bills.rar", b"Rar!rest", "attachment_archive"),
        ("winmail.dat", b"\x78\x9f\x3e\x22rest", "attachment_winmail"),
        ("bill.docx", b"PK\x03\x04rest", "attachment_type"),
        ("bill.pdf", b"MZ a program", "attachment_type"),
        ("bill.pdf", b"  \r\n", "attachment_empty"),
        ("smime.p7m", b"\x30\x82 no data in it", "mail_encrypted"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_code(name: str, content: bytes, code: str) -> None:
    assert codes(bytes(mail((name, content)))) == [code, "mail_without_documents"]
    assert codes(bytes(mail((name, content), ("a.pdf", PDF)))) == [code]


def test_signatures_and_appointments_are_no_documents() -> None:
    content = bytes(mail(("a.pdf", PDF), ("smime.p7s", b"\x30\x01"), ("x.ics", b"BEGIN:VCALENDAR")))
    assert [f.severity for f in open_mail(content).findings] == ["info", "info"]


def test_a_mail_of_html_only_is_noted() -> None:
    message = mail()
    message.set_content("<h1>Rechnung 17</h1>", subtype="html")
    (finding,) = open_mail(bytes(message)).findings
    assert finding.code == "mail_without_documents"
    assert "web page" in finding.message


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\r\n\r\n",
        b"no header at all",
        b"\xff\xfe\x00" * 100,
        b"Content-Type: multipart/mixed",
    ],
)
def test_emptiness_and_rubbish_hold_nothing(content: bytes) -> None:
    opened = open_mail(content)
    assert opened.parts == ()
    assert opened.findings[-1].code == "mail_without_documents"


def test_a_mail_cut_off_gives_what_is_there() -> None:
    content = raw_mail(
        (b'Content-Disposition: attachment; filename="a.pdf"', BASE64, PDF64),
        (b'Content-Disposition: attachment; filename="b.pdf"', BASE64, PDF64),
    )
    cut = content[: content.rindex(PDF64) + 20]
    assert names(cut) == ["a.pdf", "b.pdf"]


@pytest.mark.parametrize(
    "header",
    [
        b"Content-Disposition: attachment; filename*=klingon''a.pdf",
        b'Content-Disposition: attachment; filename="=?utf-8?B?####?="',
        b"Content-Disposition: ;;;=;",
        b"Content-Type: ;;\r\nContent-Disposition: attachment; filename*0=",
        b"Content-Disposition: attachment; filename=a\xff\xfe.pdf",
    ],
)
def test_broken_headers_lose_a_name_but_no_document(header: bytes) -> None:
    content = raw_mail((b"Content-Type: application/pdf\r\n" + header, BASE64, PDF64))
    assert [part.content for part in open_mail(content).parts] == [PDF]


def test_limits_on_size_and_number(monkeypatch: pytest.MonkeyPatch) -> None:
    content = bytes(mail(*[(f"{n}.pdf", PDF) for n in range(5)]))
    monkeypatch.setattr(mail_parts, "MOST_ATTACHMENTS", 3)
    assert len(names(content)) == 3
    assert codes(content) == ["attachments_too_many"]
    monkeypatch.setattr(mail_parts, "MOST_ATTACHMENT_BYTES", 10)
    assert codes(content) == ["attachment_too_large"] * 5 + ["mail_without_documents"]
    monkeypatch.setattr(mail_parts, "MOST_PARTS", 2)
    assert "mail_parts_too_many" in codes(content)
    monkeypatch.setattr(mail_parts, "MOST_MAIL_BYTES", 100)
    with pytest.raises(Refusal, match="mail_too_large"):
        open_mail(content)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 40))
def test_bytes_changed_at_random_never_break_it(seed: int, changes: int) -> None:
    chance = random.Random(seed)
    content = bytearray(bytes(mail(("Rechnung März.pdf", PDF), ("b.7z", b"7z\xbc\xaf"))))
    for _ in range(changes):
        content[chance.randrange(len(content))] = chance.randrange(256)
    open_mail(bytes(content))


def test_a_mail_is_known_by_its_head() -> None:
    assert is_mail(bytes(mail(("a.pdf", PDF))))
    assert is_mail(b"From x@y Mon Nov  2\nFrom: a@b\nTo: c@d\nSubject: x\n\ntext")
    for other in (b"", PDF, b"<xml/>", b"a;b;c\n1;2;3\n", b"From: here\nto: there\n\n", PNG):
        assert not is_mail(other)


def test_a_signed_italian_invoice_is_a_document() -> None:
    xml = b"<?xml version='1.0'?><FatturaElettronica/>"
    octets = b"\x04" + bytes([len(xml)]) + xml
    inner = bytes.fromhex("06092a864886f70d010701") + b"\xa0" + bytes([len(octets)]) + octets
    sealed = b"\x30\x80" + bytes.fromhex("06092a864886f70d010702") + inner
    assert attachment_kind("a.xml.p7m", "application/pkcs7-mime", sealed).verdict == "document"


def sheet(number: str, page: int, pages: int, *, total: bool = True) -> Sheet:
    text = f"Rechnung Nr. {number} vom 01.10.2026\nSeite {page} von {pages}"
    return Sheet(text, number, "119.00" if total else None)


@pytest.mark.parametrize(
    ("sheets", "parts"),
    [
        ([sheet("R-1", 1, 2, total=False), sheet("R-1", 2, 2), sheet("R-2", 1, 1)], 2),
        ([sheet("R-1", 1, 2), sheet("R-1", 2, 2)], 0),
        ([sheet("R-1", 1, 1), Sheet("Anlage\nSeite 1 von 1"), sheet("R-2", 1, 1)], 2),
        ([sheet("R-1", 1, 1), sheet("R-2", 1, 1, total=False)], 0),  # no total: not sure
        ([sheet("R-1", 1, 2), sheet("R-2", 1, 1)], 0),  # page 2 of the first is missing
        ([sheet("R-1", 1, 1), sheet("R-2", 1, 1), sheet("R-1", 1, 1)], 0),  # out of order
        ([Sheet("Rechnung R-1 01.10.2026"), Sheet("Rechnung R-2 01.10.2026")], 0),
        ([], 0),
    ],
)
def test_pages_are_divided_only_where_every_sign_agrees(sheets: list[Sheet], parts: int) -> None:
    assert len(divide(sheets).parts) == parts


def test_names_in_bare_bytes_are_read_too() -> None:
    """Some programs write umlauts into headers as they are, in Latin-1 or UTF-8."""
    for coding in ("cp1252", "utf-8"):
        head = (
            b"Content-Type: application/pdf",
            'Content-Disposition: attachment; filename="Rechnung für März.pdf"'.encode(coding),
        )
        assert names(raw_mail((*head, b"%PDF-1.4"))) == ["Rechnung für März.pdf"]


def uuencoded(name: str, content: bytes, *, end: str = "`\nend\n") -> str:
    lines = [
        binascii.b2a_uu(content[place : place + 45], backtick=True).decode()
        for place in range(0, len(content), 45)
    ]
    return f"begin 644 {name}\n{''.join(lines)}{end}"


BILL = PDF + bytes(range(256)) * 3


def test_files_uuencoded_in_the_text_of_a_mail() -> None:
    """An old fax gateway knows no MIME: it writes the files below the greeting."""
    text = f"Guten Tag,\n\n{uuencoded('bill.pdf', BILL)}\n{uuencoded('two.pdf', PDF)}\nGruss"
    opened = open_mail(bytes(mail(text=text)))
    assert [(part.filename, part.content) for part in opened.parts] == [
        ("bill.pdf", BILL),
        ("two.pdf", PDF),
    ]
    assert opened.findings == ()


@pytest.mark.parametrize(
    "kind", [b"application/pdf", b"application/octet-stream"], ids=["as a PDF", "as bytes"]
)
def test_an_attachment_whose_transfer_encoding_is_uuencode(kind: bytes) -> None:
    part = b"Content-Type: " + kind + b'; name="bill.pdf"'
    body = uuencoded("bill.pdf", BILL).encode()
    opened = open_mail(raw_mail((part, b"Content-Transfer-Encoding: x-uuencode", body)))
    assert [(part.filename, part.content) for part in opened.parts] == [("bill.pdf", BILL)]


def test_a_uuencoded_file_that_is_attached_as_text() -> None:
    part = b'Content-Type: text/plain; name="bill.uue"'
    opened = open_mail(raw_mail((part, uuencoded("bill.pdf", BILL).encode())))
    assert [(part.filename, part.content) for part in opened.parts] == [("bill.pdf", BILL)]


def test_of_a_uuencoded_file_cut_off_what_came_is_kept() -> None:
    """Reading then says that the PDF is broken, and nothing is lost."""
    cut = uuencoded("bill.pdf", BILL, end="")[:600]
    (part,) = open_mail(bytes(mail(text=cut))).parts
    assert part.filename == "bill.pdf"
    assert part.content[:360] == BILL[:360]


def test_prose_that_begins_is_no_file() -> None:
    text = "begin 644 invoices a year\nand you will need help\nend\n"
    assert codes(bytes(mail(text=text))) == ["mail_without_documents"]


def test_a_uuencoded_file_is_judged_as_any_other() -> None:
    text = uuencoded("../../run.exe", b"MZ" + bytes(100)) + uuencoded("empty.pdf", b"")
    assert codes(bytes(mail(text=text))) == ["attachment_type", "mail_without_documents"]


@given(st.binary(min_size=46, max_size=400), st.sampled_from(["\n", "\r\n"]))
def test_any_bytes_survive_uuencode(content: bytes, line_end: str) -> None:
    text = uuencoded("a.pdf", content).replace("\n", line_end).encode()
    assert uuencoded_files(b"Hello" + line_end.encode() + text) == (("a.pdf", content),)


@given(st.binary(max_size=300))
def test_whatever_follows_begin_is_read_without_an_error(rest: bytes) -> None:
    for _, content in uuencoded_files(b"begin 644 a.pdf\n" + rest):
        assert content
