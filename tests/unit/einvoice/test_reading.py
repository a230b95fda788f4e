"""Reading: what is recognised, what is refused, and that nothing hostile gets through."""

from __future__ import annotations

import dataclasses

import pytest

from contor import einvoice
from contor.einvoice import xml_input
from contor.einvoice.embedded import choose_invoice
from contor.errors import Refusal
from tests.unit.einvoice.invoices import sample_invoice

BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>"""
OUTSIDE = (
    b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>"""
)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "xml_empty"),
        (b" \n\t ", "xml_empty"),
        (b"Hello", "xml_missing"),
        (b"PK\x03\x04", "xml_missing"),
        (b"<a><b></a>", "xml_broken"),
        (b"<a>", "xml_broken"),
        (b"<a/>", "einvoice_unknown"),
        (BOMB, "xml_doctype"),
        (OUTSIDE, "xml_doctype"),
        (OUTSIDE.decode().encode("utf-16"), "xml_doctype"),
        (b"<!-- " + b"x" * 70000 + b"-->" + BOMB[21:], "xml_doctype"),
        (b"<a>" + b"<b>" * 5000, "xml_too_large"),
        (b"<SCRDMCCBDACIOMessageStructure/>", "einvoice_order"),
        (b"0\x82\x01\x00 no envelope", "einvoice_envelope"),
    ],
)
def test_refusals(content: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        einvoice.read(content)
    assert refused.value.code == code
    assert refused.value.advice


def test_huge_files_are_refused_before_they_are_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_input, "LARGEST", 1000)
    with pytest.raises(Refusal, match="xml_too_large"):
        einvoice.read(einvoice.write_cii(sample_invoice()))


def test_a_value_over_ten_megabytes_is_refused() -> None:
    xml = einvoice.write_cii(sample_invoice()).replace(b"RE-2026-0815", b"9" * 11_000_000, 1)
    with pytest.raises(Refusal, match="xml_too_large"):
        einvoice.read(xml)


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "utf-8"])
def test_encodings(encoding: str) -> None:
    invoice = sample_invoice()
    text = einvoice.write_cii(invoice).decode()
    declared = text.replace("encoding='UTF-8'", f"encoding='{encoding}'")
    assert einvoice.read(declared.encode(encoding)).invoice == invoice


def test_white_space_and_marks_before_the_declaration_do_no_harm() -> None:
    xml = einvoice.write_ubl(sample_invoice())
    assert einvoice.read(b"\n  " + xml).invoice == sample_invoice()
    assert einvoice.read(b"\xef\xbb\xbf" + xml).invoice == sample_invoice()


def test_comments_do_not_cut_values() -> None:
    xml = einvoice.write_ubl(sample_invoice()).replace(b"RE-2026", b"RE<!-- x -->-2026")
    assert einvoice.read(xml).invoice == sample_invoice()


def test_unreadable_values_are_kept_with_their_place() -> None:
    xml = einvoice.write_cii(sample_invoice()).replace(b"20261102", b"tomorrow")
    invoice = einvoice.read(xml).invoice
    assert invoice.issue_date is None
    assert [(value.term, value.text) for value in invoice.unreadable] == [("BT-2", "tomorrow")]
    assert "IssueDateTime" in invoice.unreadable[0].location


def test_numbers_follow_the_schema_not_python() -> None:
    for text in (b"1e5", b"NaN", b"Infinity", b"1_0", b"\xd9\xa1", b"1,5"):
        xml = einvoice.write_cii(sample_invoice()).replace(b">100.34<", b">" + text + b"<")
        assert einvoice.read(xml).invoice.totals.payable is None


def test_a_batch_is_read_as_several() -> None:
    xml = einvoice.write_fatturapa(sample_invoice())
    start, end = xml.index(b"<FatturaElettronicaBody>"), xml.index(b"</p:Fattura")
    batch = xml[:end] + xml[start:end].replace(b"0815", b"0816") + xml[end:]
    numbers = [reading.invoice.number for reading in einvoice.read_all(batch)]
    assert numbers == ["RE-2026-0815", "RE-2026-0816"]
    with pytest.raises(Refusal, match="einvoice_several"):
        einvoice.read(batch)


def test_a_month_of_supply_is_the_invoicing_period() -> None:
    """ZUGFeRD 1.0 writes a month with format 610; § 31 (4) UStDV lets a month do."""
    invoice = dataclasses.replace(sample_invoice(), period=None)
    head, mark, tail = einvoice.write_cii(invoice).partition(b"<ram:OccurrenceDateTime>")
    month = tail.replace(b'format="102">20261031', b'format="610">202602', 1)
    read = einvoice.read(head + mark + month).invoice
    assert read.unreadable == ()
    assert read.period is not None
    assert (str(read.period.start), str(read.period.end)) == ("2026-02-01", "2026-02-28")


def test_a_peppol_envelope_is_opened() -> None:
    xml = einvoice.write_ubl(sample_invoice()).partition(b"?>")[2]
    space = b"http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader"
    wrapped = (
        b'<s:StandardBusinessDocument xmlns:s="'
        + space
        + b'"><s:StandardBusinessDocumentHeader/>'
        + xml
        + b"</s:StandardBusinessDocument>"
    )
    assert einvoice.read(wrapped).invoice == sample_invoice()
    with pytest.raises(Refusal, match="einvoice_unknown"):
        einvoice.read(b'<s:StandardBusinessDocument xmlns:s="' + space + b'"/>')


def _der(tag: int, *parts: bytes) -> bytes:
    body = b"".join(parts)
    size = len(body)
    if size < 0x80:
        return bytes([tag, size]) + body
    digits = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(digits)]) + digits + body


SIGNED = bytes.fromhex("06092a864886f70d010702")
DATA = bytes.fromhex("06092a864886f70d010701")


def _envelope(octets: bytes) -> bytes:
    inner = _der(0x30, DATA, _der(0xA0, octets))
    signed = _der(0x30, b"\x02\x01\x01", b"\x31\x00", inner)
    return _der(0x30, SIGNED, _der(0xA0, signed))


def test_signed_files_are_unwrapped() -> None:
    xml = einvoice.write_fatturapa(sample_invoice())
    whole = _envelope(_der(0x04, xml))
    pieces = [_der(0x04, xml[at : at + 1000]) for at in range(0, len(xml), 1000)]
    chunked = _envelope(_der(0x24, *pieces))
    open_ended = _envelope(b"\x24\x80" + b"".join(pieces) + b"\0\0")
    for content in (whole, chunked, open_ended):
        assert einvoice.read(content).invoice.number == "RE-2026-0815"


@pytest.mark.parametrize("cut", [20, 40, 60, 100])
def test_damaged_envelopes_are_refused(cut: int) -> None:
    content = _envelope(_der(0x04, einvoice.write_fatturapa(sample_invoice())))
    with pytest.raises(Refusal):
        einvoice.read(content[:cut])


def test_zugferd_1_is_read_by_the_same_tables() -> None:
    xml = b"""<r:CrossIndustryDocument xmlns:r="urn:ferd:CrossIndustryDocument:invoice:1p0"
     xmlns:a="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:12"
     xmlns:u="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:15">
     <r:SpecifiedExchangedDocumentContext><a:GuidelineSpecifiedDocumentContextParameter>
     <a:ID>urn:ferd:CrossIndustryDocument:invoice:1p0:comfort</a:ID>
     </a:GuidelineSpecifiedDocumentContextParameter></r:SpecifiedExchangedDocumentContext>
     <r:HeaderExchangedDocument><a:ID>471102</a:ID><a:TypeCode>380</a:TypeCode><a:IssueDateTime>
     <u:DateTimeString format="102">20130305</u:DateTimeString></a:IssueDateTime>
     </r:HeaderExchangedDocument><r:SpecifiedSupplyChainTradeTransaction>
     <a:ApplicableSupplyChainTradeSettlement><a:InvoiceCurrencyCode>EUR</a:InvoiceCurrencyCode>
     <a:SpecifiedTradeSettlementMonetarySummation>
     <a:GrandTotalAmount currencyID="EUR">235.62</a:GrandTotalAmount>
     </a:SpecifiedTradeSettlementMonetarySummation></a:ApplicableSupplyChainTradeSettlement>
     </r:SpecifiedSupplyChainTradeTransaction></r:CrossIndustryDocument>"""
    reading = einvoice.read(xml)
    assert (reading.syntax, reading.profile) == ("zugferd1", "comfort")
    assert reading.invoice.number == "471102"
    assert str(reading.invoice.totals.gross) == "235.62"
    again = einvoice.read(einvoice.write_cii(reading.invoice))
    assert again.syntax == "cii"
    assert dataclasses.replace(again.invoice, specification=None) == dataclasses.replace(
        reading.invoice, specification=None
    )


def test_the_invoice_among_attachments() -> None:
    xml = einvoice.write_cii(sample_invoice())
    assert choose_invoice({"a.txt": b"x", "Factur-X.xml": xml}) == "Factur-X.xml"
    assert choose_invoice({"b.xml": xml, "a.xml": b"<other/>"}) == "b.xml"
    assert (
        choose_invoice({"b.xml": xml, "zugferd-invoice.xml": b"<broken"}) == "zugferd-invoice.xml"
    )
    assert choose_invoice({"a.bin": b"\x00\x01"}) is None
    assert choose_invoice({}) is None
