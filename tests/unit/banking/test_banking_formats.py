"""Every format is read into lines that add up; broken input is refused, never guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from contor.banking.reading import parse_statements
from contor.banking.statement import check_balances
from contor.errors import Refusal

CAMT = """<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">
<BkToCstmrStmt><Stmt><Id>S1</Id><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{closing}</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
{entries}</Stmt></BkToCstmrStmt></Document>"""
ENTRY = """<Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd><Sts><Cd>{status}</Cd></Sts>
<BookgDt><Dt>2026-09-01</Dt></BookgDt><NtryDtls>{details}</NtryDtls></Ntry>"""
DETAIL = """<TxDtls><Refs><EndToEndId>{ref}</EndToEndId></Refs><Amt Ccy="EUR">{amount}</Amt>
<RltdPties><Dbtr><Pty><Nm>{name}</Nm></Pty></Dbtr></RltdPties>
<RmtInf><Ustrd>Rechnung {ref}</Ustrd></RmtInf>{more}</TxDtls>"""


def camt(entries: str, closing: str = "219.00") -> bytes:
    return CAMT.format(entries=entries, closing=closing).encode()


def entry(amount: str, details: str = "", sign: str = "CRDT", status: str = "BOOK") -> str:
    return ENTRY.format(amount=amount, details=details, sign=sign, status=status)


def detail(ref: str, amount: str, name: str = "Kunde", more: str = "") -> str:
    return DETAIL.format(ref=ref, amount=amount, name=name, more=more)


def test_camt_batch_is_split_where_its_details_add_up() -> None:
    batch = detail("RE-1", "100.00", "Anna") + detail("RE-2", "19.00", "Bernd")
    statement = parse_statements(camt(entry("119.00", batch))).statements[0]
    assert [(line.amount, line.counterparty_name) for line in statement.lines] == [
        (Decimal("100.00"), "Anna"),
        (Decimal("19.00"), "Bernd"),
    ]
    assert check_balances(statement).balanced is True


def test_camt_batch_that_does_not_add_up_stays_one_line_with_all_texts() -> None:
    batch = detail("RE-1", "100.00") + detail("RE-2", "18.00")
    (line,) = parse_statements(camt(entry("119.00", batch))).lines
    assert line.amount == Decimal("119.00")
    assert "RE-1" in line.remittance
    assert "RE-2" in line.remittance


def test_camt_missing_line_unbalances_the_statement() -> None:
    statement = parse_statements(camt(entry("100.00"))).statements[0]
    assert check_balances(statement).balanced is False


def test_camt_pending_entry_is_shown_and_counts_in_no_balance() -> None:
    both = entry("119.00") + entry("5.00", status="PDNG")
    statement = parse_statements(camt(both)).statements[0]
    assert [line.pending for line in statement.lines] == [False, True]
    assert check_balances(statement).balanced is True


def test_camt_return_carries_its_reason_and_the_debtor() -> None:
    more = "<RtrInf><Rsn><Cd>AM04</Cd></Rsn></RtrInf>"
    back = entry("119.00", detail("RE-1", "119.00", "Kunde", more), sign="DBIT")
    (line,) = parse_statements(camt(back)).lines
    assert (line.amount, line.return_reason, line.counterparty_name) == (
        Decimal("-119.00"),
        "AM04",
        "Kunde",
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "statement_empty"),
        (b"\x00\x01\x02", "statement_unknown"),
        (b"PK\x03\x04rest", "statement_unknown"),
        (b"<Document><unclosed>", "statement_broken"),
        (b"<Other/>", "statement_unknown"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "statement_hostile"),
        (b"just words\nand more", "statement_unknown"),
        (b"OFXHEADER:100\n<!DOCTYPE x><OFX></OFX>", "statement_hostile"),
    ],
)
def test_what_is_no_statement_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        parse_statements(content)
    assert refusal.value.code == code


def test_camt_without_lines_says_so() -> None:
    reading = parse_statements(camt("", "100.00"))
    assert [finding.code for finding in reading.findings] == ["no_lines"]


def test_camt_amount_that_is_none_is_refused_and_the_rest_is_kept() -> None:
    reading = parse_statements(camt(entry("abc") + entry("119.00")))
    assert [refused.refusal.code for refused in reading.refused] == ["amount_unreadable"]
    assert len(reading.lines) == 1


MT940 = """:20:STARTUMS
:25:10020030/1234567
:28C:5/1
:60F:C260901EUR100,00
:61:2609020902CR119,00NTRFNONREF
:86:166?00GUTSCHRIFT?20EREF+RE-2026-00471?21SVWZ+Rechnung n RE-2026-004?2271 vom 1.9.
?30BYLADEM1001?31DE02120300000000202051?32MUELLER UND SOEHNE GMBH ?33UND CO KG
:61:2609030903RCR19,00NTRFNONREF
:86:109?00RUECKLASTSCHRIFT?20SVWZ+zurueck?34906
:62F:C260903EUR200,00
-
"""


def test_mt940_reads_codewords_names_and_the_iban_apart() -> None:
    statement = parse_statements(MT940.encode()).statements[0]
    first, second = statement.lines
    assert first.remittance == "Rechnung n RE-2026-00471 vom 1.9."
    assert first.end_to_end_id == "RE-2026-00471"
    assert first.counterparty_iban == "DE02120300000000202051"
    assert first.counterparty_name == "MUELLER UND SOEHNE GMBH UND CO KG"
    assert (second.amount, second.return_reason) == (Decimal("-19.00"), "AM04")
    assert check_balances(statement).balanced is True


SPARKASSE = (
    '"Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";'
    '"Glaeubiger ID";"Mandatsreferenz";"Kundenreferenz (End-to-End)";"Sammlerreferenz";'
    '"Lastschrift Ursprungsbetrag";"Auslagenersatz Ruecklastschrift";'
    '"Beguenstigter/Zahlungspflichtiger";"Kontonummer/IBAN";"BIC (SWIFT-Code)";"Betrag";'
    '"Waehrung";"Info"\n'
    '"DE02120300000000202051";"05.09.26";"05.09.26";"GUTSCHR. UEBERWEISUNG";"RE 17";"";"";"E1";'
    '"";"999,99";"";"Käufer GmbH";"DE89370400440532013000";"COBADEFFXXX";"1.119,00";"EUR";"ok"\n'
)
VR = (
    "\ufeffBezeichnung Auftragskonto;IBAN Auftragskonto;BIC Auftragskonto;Bankname Auftragskonto;"
    "Buchungstag;Valutadatum;Name Zahlungsbeteiligter;IBAN Zahlungsbeteiligter;"
    "BIC (SWIFT-Code) Zahlungsbeteiligter;Buchungstext;Verwendungszweck;Betrag;Waehrung;"
    "Saldo nach Buchung;Bemerkung;Gekennzeichneter Umsatz;Glaeubiger ID;Mandatsreferenz\n"
    "Konto;DE02120300000000202051;GENO;VR;06.09.2026;06.09.2026;Huber;DE89370400440532013000;X;"
    "Überweisung;RE 18;-50,00;EUR;150,00;;;;\n"
    "Konto;DE02120300000000202051;GENO;VR;05.09.2026;05.09.2026;Huber;DE89370400440532013000;X;"
    "Gutschrift;RE 17;100,00;EUR;200,00;;;;\n"
)
DKB = (
    '\ufeff"Girokonto";"DE02120300000000202051"\n"Zeitraum:";"01.09.2026 - 30.09.2026"\n'
    '"Kontostand vom 30.09.2026:";"100,00 €"\n""\n'
    '"Buchungsdatum";"Wertstellung";"Status";"Zahlungspflichtige*r";"Zahlungsempfänger*in";'
    '"Verwendungszweck";"Umsatztyp";"IBAN";"Betrag (€)";"Gläubiger-ID";"Mandatsreferenz";'
    '"Kundenreferenz"\n'
    '"05.09.26";"05.09.26";"Gebucht";"Käufer GmbH";"Wir";"RE 17";"Eingang";'
    '"DE89370400440532013000";"119,00";"";"";""\n'
)
POSTBANK = (
    "\ufeffUmsätze\n\nKontonummer;DE02120300000000202051\n\n\n\n"
    "Buchungstag;Wert;Umsatzart;Begünstigter / Auftraggeber;Verwendungszweck;"
    "IBAN / Kontonummer;Soll;Haben;Währung\n"
    "5.9.2026;5.9.2026;SEPA;Käufer GmbH;RE 17;DE89370400440532013000;;119,00;EUR\n"
    "6.9.2026;6.9.2026;SEPA;Lieferant;RG 4;DE89370400440532013000;-20,00;;EUR\n"
)
TARGO = "05.09.2026;Gutschrift;Käufer GmbH RE 17;119,00;DE89370400440532013000\n" * 2


@pytest.mark.parametrize(
    ("text", "encoding", "amounts", "name"),
    [
        (SPARKASSE, "latin-1", ["1119.00"], "Käufer GmbH"),
        (VR, "utf-8", ["-50.00", "100.00"], "Huber"),
        (DKB, "utf-8", ["119.00"], "Käufer GmbH"),
        (POSTBANK, "utf-8", ["119.00", "-20.00"], "Käufer GmbH"),
    ],
)
def test_german_csv_dialects(text: str, encoding: str, amounts: list[str], name: str) -> None:
    lines = parse_statements(text.encode(encoding)).lines
    assert [str(line.amount) for line in lines] == amounts
    assert lines[0].counterparty_name == name
    assert lines[0].account_iban == "DE02120300000000202051"
    assert lines[0].counterparty_iban == "DE89370400440532013000"
    assert {line.currency for line in lines} == {"EUR"}


def test_balance_column_proves_the_lines_newest_first() -> None:
    statement = parse_statements(VR.encode()).statements[0]
    assert (statement.opening, statement.closing) == (Decimal(100), Decimal("150.00"))


def test_a_csv_without_header_is_read_by_its_cells_and_twins_are_kept() -> None:
    lines = parse_statements(TARGO.encode()).lines
    assert [str(line.amount) for line in lines] == ["119.00", "119.00"]


def test_csv_row_with_an_unreadable_amount_is_refused_by_its_row() -> None:
    reading = parse_statements(DKB.replace("119,00", "1x9,00").encode())
    assert [(r.row, r.refusal.code) for r in reading.refused] == [(6, "amount_unreadable")]
    assert reading.lines == ()


PAYPAL = (
    '"Datum","Uhrzeit","Zeitzone","Name","Typ","Status","Währung","Brutto","Gebühr","Netto",'
    '"Absender E-Mail-Adresse","Transaktionscode","Rechnungsnummer","Guthaben"\n'
    '"05.09.2026","10:00","CET","Käufer","Zahlung","Abgeschlossen","EUR","119,00","-3,32",'
    '"115,68","a@b.de","T1","RE-17","115,68"\n'
    '"06.09.2026","10:00","CET","","Einbehaltung für offene Autorisierung","Ausstehend","EUR",'
    '"-50,00","0,00","-50,00","","T2","","65,68"\n'
)


def test_paypal_gross_and_fee_are_lines_and_holds_are_not() -> None:
    statement = parse_statements(PAYPAL.encode()).statements[0]
    assert [str(line.amount) for line in statement.lines] == ["119.00", "-3.32"]
    assert statement.skipped == 1
    assert check_balances(statement).balanced is True


def test_qif_and_ofx() -> None:
    qif = b"!Type:Bank\nD9/5'26\nT-1,119.00\nPShop\nMRef\n^\n"
    ofx = (
        b"OFXHEADER:100\n<OFX><STMTRS><CURDEF>EUR<BANKACCTFROM><ACCTID>1</BANKACCTFROM>"
        b"<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260905<TRNAMT>-1119.00<FITID>7<NAME>Shop &amp; Co"
        b"</STMTTRN></STMTRS></OFX>"
    )
    first, second = parse_statements(qif).lines[0], parse_statements(ofx).lines[0]
    assert first.amount == second.amount == Decimal(-1119)
    assert first.booking_date == second.booking_date
    assert second.counterparty_name == "Shop & Co"
