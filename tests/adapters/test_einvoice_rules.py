"""The official rules, run offline: what is valid, what is not, and what if rules are missing."""

from __future__ import annotations

import dataclasses
import json
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from contor import einvoice
from contor.adapters.einvoice_rules import HybridPdf, OfficialRules, rule_files
from contor.cli.einvoice import check_einvoice
from contor.einvoice.model import Invoice
from contor.errors import Failure, Refusal
from tests.unit.einvoice.invoices import sample_invoice

WRITERS = {"cii": einvoice.write_cii, "ubl": einvoice.write_ubl}


@pytest.fixture(scope="module")
def rules() -> OfficialRules:
    return OfficialRules()


def errors(rules: OfficialRules, xml: bytes) -> set[str]:
    return {f.rule for f in rules.check(xml).findings if f.severity == "error"}


@pytest.mark.parametrize("syntax", WRITERS)
@pytest.mark.parametrize("profile", ["xrechnung", "en16931"])
def test_what_we_write_is_valid_and_without_any_finding(
    rules: OfficialRules, syntax: str, profile: str
) -> None:
    verdict = rules.check(WRITERS[syntax](sample_invoice(), profile))
    assert verdict.findings == ()
    assert (verdict.syntax, verdict.profile, verdict.valid) == (syntax, profile, True)


def test_the_factur_x_profiles_we_write_are_valid(rules: OfficialRules) -> None:
    extended = rules.check(einvoice.write_cii(sample_invoice(), "extended"))
    assert [f for f in extended.findings if f.severity == "error"] == []


@pytest.mark.parametrize("syntax", WRITERS)
@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"buyer_reference": None}, "BR-DE-15"),
        ({"type_code": None}, "BR-04"),
        ({"number": None}, "BR-02"),
        ({"currency": "XXQ"}, "BR-CL-04"),
    ],
)
def test_what_is_wrong_is_named(
    rules: OfficialRules, syntax: str, changes: dict[str, object], rule: str
) -> None:
    broken = dataclasses.replace(sample_invoice(), **changes)  # type: ignore[arg-type]
    assert rule in errors(rules, WRITERS[syntax](broken))


def off_by(amount: str) -> Invoice:
    """The sample with VAT, gross and payable off by the same amount: sums still agree."""
    sample, delta = sample_invoice(), Decimal(amount)
    first, second = sample.vat_breakdown
    assert first.tax is not None
    totals = sample.totals
    assert totals.tax is not None
    assert totals.gross is not None
    assert totals.payable is not None
    return dataclasses.replace(
        sample,
        vat_breakdown=(dataclasses.replace(first, tax=first.tax + delta), second),
        totals=dataclasses.replace(
            totals,
            tax=totals.tax + delta,
            gross=totals.gross + delta,
            payable=totals.payable + delta,
        ),
    )


def test_vat_off_by_ninety_cents_passes_officially_and_not_with_us(rules: OfficialRules) -> None:
    verdict = rules.check(einvoice.write_cii(off_by("0.90")))
    assert verdict.valid
    assert {f.rule for f in verdict.findings if f.severity == "error"} == {"CONTOR-CENT-07"}


def test_kosit_levels_for_the_extension(rules: OfficialRules) -> None:
    """BR-CO-16 does not hold with third party payments: the configuration relaxes it."""
    payment = einvoice.model.ThirdPartyPayment("1", Decimal("5.00"), "Maut")
    sample = sample_invoice()
    assert sample.totals.payable is not None
    totals = dataclasses.replace(sample.totals, payable=sample.totals.payable + 5)
    invoice = dataclasses.replace(sample, totals=totals, third_party_payments=(payment,))
    severities = {
        profile: {
            f.rule: f.severity for f in rules.check(einvoice.write_ubl(invoice, profile)).findings
        }
        for profile in ("xrechnung", "xrechnung-extension")
    }
    assert severities["xrechnung"]["BR-CO-16"] == "error"
    assert severities["xrechnung-extension"].get("BR-CO-16", "info") == "info"


def test_schema_violations_are_findings(rules: OfficialRules) -> None:
    xml = einvoice.write_ubl(sample_invoice()).replace(b"cbc:BuyerReference", b"cbc:Buyer")
    assert "XSD" in errors(rules, xml)


def test_a_wrong_hash_is_a_failure_with_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(rule_files.RULE_HASHES, "EN16931-CII-validation.xsl", "0" * 64)
    with pytest.raises(Failure, match="rules_altered") as failed:
        OfficialRules().check(einvoice.write_cii(sample_invoice()))
    assert "pip install" in failed.value.advice


def test_missing_rules_are_a_failure_with_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rule_files, "_RULES", "no_such_package_anywhere")
    monkeypatch.setitem(rule_files._FOLDERS, "no_such_package_anywhere", "rules")
    with pytest.raises(Failure, match="rules_missing"):
        rule_files.stylesheet("EN16931-CII-validation.xsl")


def hybrid(attachments: dict[str, bytes]) -> bytes:
    import io

    import pikepdf

    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        for name, content in attachments.items():
            pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, content, filename=name)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def test_the_invoice_is_taken_out_of_a_pdf() -> None:
    xml = einvoice.write_cii(sample_invoice())
    content = hybrid({"notes.txt": b"x", "factur-x.xml": xml, "../evil.xml": b"<a/>"})
    assert HybridPdf().extract(content) == ("factur-x.xml", xml)
    assert len(HybridPdf().attachments(content)) == 3


def test_decompression_bombs_in_attachments_are_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    from contor.adapters.einvoice_rules import hybrid as adapter

    content = hybrid({"factur-x.xml": b"<a>" + b" " * 5_000_000})
    assert len(content) < 50_000
    monkeypatch.setattr(adapter, "_LARGEST", 1_000_000)
    with pytest.raises(Refusal, match="attachment_too_large"):
        HybridPdf().extract(content)


def test_pdfs_without_invoice_or_broken_are_refused() -> None:
    with pytest.raises(Refusal, match="einvoice_not_embedded"):
        HybridPdf().extract(hybrid({}))
    with pytest.raises(Refusal, match="pdf_broken"):
        HybridPdf().extract(b"%PDF-1.7\n garbage")


def test_the_command_writes_one_object_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(einvoice.write_cii(sample_invoice()))
    (tmp_path / "b.xml").write_bytes(b"<a/>")
    (tmp_path / "c.pdf").write_bytes(hybrid({"xrechnung.xml": einvoice.write_ubl(off_by("2.00"))}))
    out = tmp_path / "out.jsonl"
    done = CliRunner().invoke(
        check_einvoice, [*(str(tmp_path / n) for n in ("a.xml", "b.xml", "c.pdf")), "-o", str(out)]
    )
    assert done.exit_code == 1
    assert "einvoice_unknown" in done.stderr
    good, refused, wrong = (json.loads(line) for line in out.read_text().splitlines())
    assert (good["syntax"], good["profile"], good["valid"]) == ("cii", "xrechnung", True)
    assert good["findings"] == []
    assert good["refusal"] is None
    assert refused["refusal"]["code"] == "einvoice_unknown"
    assert refused["valid"] is False
    assert (wrong["embedded"], wrong["valid"]) == ("xrechnung.xml", False)
    assert {"BR-CO-17", "CONTOR-CENT-07"} & {finding["rule"] for finding in wrong["findings"]}
    assert set(wrong["findings"][0]) == {"rule", "severity", "location", "message"}
