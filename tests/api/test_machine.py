from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

import pytest

from contor.errors import Finding
from contor.ports.store_documents import StoredFinding, SuggestionRecord
from contor.review.corrected_fields import check_fields
from contor_api.machine.queue import ItemAnswer
from contor_api.vocabulary import FIELDS
from tests.api.conftest import Browser
from tests.support.desk import PASSWORD, PDF, WHAT, LastCode, Office
from tests.support.shared import SAMPLES

Headers = dict[str, str]


@pytest.fixture
def program(browser: Browser) -> Headers:
    return signed_in(browser, "anna@example.org")


def signed_in(browser: Browser, email: str) -> Headers:
    answer = browser.client.post("/api/v1/token", json={"email": email, "password": PASSWORD})
    assert answer.status_code == 200
    return {"authorization": f"Bearer {answer.json()['token']}"}


def test_without_a_token_nothing_is_told(browser: Browser) -> None:
    browser.sign_in()
    answer = browser.get("/api/v1/queue")
    assert answer.status_code == 401
    assert answer.json()["refusal"]["code"] == "sign_in_needed"


def test_a_wrong_password_gives_no_token(browser: Browser) -> None:
    credentials = {"email": "anna@example.org", "password": "wrong"}
    answer = browser.client.post("/api/v1/token", json=credentials)
    assert answer.status_code == 401
    assert answer.json()["refusal"]["code"] == "sign_in_wrong"


def test_a_document_is_received_once(browser: Browser, program: Headers) -> None:
    files = {"file": ("../../Rechnung.pdf", PDF.read_bytes(), "application/pdf")}
    first = browser.client.post("/api/v1/documents", files=files, headers=program)
    assert first.status_code == 201
    document = first.json()["document"]
    assert (document["filename"], document["state"]) == ("Rechnung.pdf", "received")
    again = browser.client.post("/api/v1/documents", files=files, headers=program)
    assert again.status_code == 409
    assert again.json()["refusal"]["code"] == "duplicate_document"
    original = browser.get(f"/api/v1/documents/{document['id']}/original", headers=program)
    assert original.content == PDF.read_bytes()


def test_the_queue_is_worked_through(browser: Browser, office: Office, program: Headers) -> None:
    document = office.document("A.pdf")
    (row,) = browser.get("/api/v1/queue", headers=program).json()["rows"]
    assert row["subject_id"] == document
    details = browser.get(f"/api/v1/documents/{document}", headers=program).json()
    assert details["suggestion"]["lines"][0]["account"]["value"] == "4980"

    posting = {"account": "4930", "cost_centre": "110", "tax_code": "V19", "net": "100.00"}
    answer = browser.client.post(
        f"/api/v1/queue/{row['item_id']}/verdict",
        json={"verdict": "correct", "postings": [posting]},
        headers=program,
    )
    assert answer.json()["decided"]["entry_number"] == "2026-000001"
    entry = browser.get("/api/v1/journal/2026-000001", headers=program).json()["entry"]
    lines = entry["posted"]["entry"]["lines"]
    assert {"amount": "100.00", "currency": "EUR"} in [line["amount"] for line in lines]
    assert browser.get("/api/v1/journal", headers=program).json()["total"] == 1
    assert browser.get("/api/v1/open-items", headers=program).json()["total"] == 1
    balance = browser.get("/api/v1/trial-balance", headers=program).json()["rows"]
    assert {"4930"} <= {line["account"] for line in balance}


def test_whoever_goes_through_the_queue_sees_what_was_suggested_and_why(
    browser: Browser, office: Office, program: Headers
) -> None:
    document = office.document("A.pdf")
    line = office.bank_line(remittance="Colocation November")
    said = {"lines": [{"text": "Colocation November", "net": "119.00", "currency": "EUR",
                       **LastCode({}).suggest([{"supplier": ""}])[0]}]}  # fmt: skip
    with office.work.store.unit_of_work(office.tenant_id) as uow:
        made = SuggestionRecord("bank_line", line, said, LastCode.version, office.clock())
        uow.suggestions.add(made)
    for kind, subject in (("document", document), ("bank_line", line)):
        found = browser.get(f"/api/v1/queue/{office.item_of(kind, subject)}", headers=program)
        answer = ItemAnswer.model_validate(found.json())
        assert answer.suggestion is not None
        (suggested,) = answer.suggestion.lines
        account, centre, tax = suggested.account, suggested.cost_centre, suggested.tax_code
        assert account is not None
        assert centre is not None
        assert tax is not None
        assert (account.value, centre.value, tax.value) == ("4980", "100", "V19")
        assert (account.confidence, account.rung) == (0.62, "model")
        assert account.reason == "Words: colocation, rack."
        assert [other.value for other in account.alternatives] == ["4930"]
    item = browser.get(f"/api/v1/queue/{office.item_of('document', document)}", headers=program)
    page = browser.get(f"/api/v1/documents/{document}", headers=program)
    assert item.json()["suggestion"] == page.json()["suggestion"]


def test_programs_are_told_only_of_tax_codes_that_hold_on_the_day_of_supply(
    browser: Browser, office: Office, program: Headers
) -> None:
    document = office.document("supplied 2020-09-15.pdf")
    answer = browser.get(f"/api/v1/documents/{document}", headers=program).json()
    tax = answer["suggestion"]["lines"][0]["tax_code"]
    assert (tax["value"], tax["alternatives"]) == ("V16", [])


REASON = (
    "Nearest past booking: Rack & Co. KG, “Server AX41”, 2025-06-19, 1100.21 (same supplier and "
    "text). 38 of this supplier's last 40 lines were booked so. "
    "Runner-up 4965 fits less: 2 of the last 40 lines."
)
FOUND = Finding("vat_id_invalid", "warning", "The check digit of the VAT-ID DE123 fails.")
IN_WORDS = {
    "de, en;q=0.5": (
        "de",
        "Nächste frühere Buchung: Rack & Co. KG, „Server AX41“, 19.06.2025, 1.100,21",
        "Die Prüfziffer der USt-IdNr. DE123 stimmt nicht.",
        "das Geld ist auf den Cent der offene Betrag",
    ),
    "it-IT": (
        "it",
        "Registrazione passata più vicina: Rack & Co. KG, «Server AX41», 19/06/2025, 1.100,21",
        "La cifra di controllo della partita IVA DE123 non torna.",
        "il denaro è l'importo aperto al centesimo",
    ),
    "fr, *;q=0.1": (
        "en",
        "Nearest past booking: Rack & Co. KG, “Server AX41”, 19/06/2025, 1,100.21",
        FOUND.message,
        WHAT,
    ),
}


@pytest.mark.parametrize("accepted", IN_WORDS)
def test_programs_are_told_reasons_findings_and_evidence_in_the_language_they_ask_for(
    browser: Browser, office: Office, program: Headers, accepted: str
) -> None:
    language, reason, finding, evidence = IN_WORDS[accepted]
    document, line = office.document("A.pdf"), office.bank_line()
    with office.work.store.unit_of_work(office.tenant_id) as uow:
        kept = uow.suggestions.latest("document", document)
        assert kept is not None
        (first,) = kept.content["lines"]
        told = {**first, "account": {**first["account"], "reason": REASON}}
        uow.suggestions.add(replace(kept, content={**kept.content, "lines": [told]}))
        read = uow.readings.latest(document)
        assert read is not None
        content = {**read.content, "findings": [asdict(FOUND)]}
        uow.readings.add(replace(read, content=content))
        uow.findings.add([StoredFinding("document", document, FOUND, office.clock())])
    headers = program | {"accept-language": accepted}
    plain = browser.get(f"/api/v1/documents/{document}", headers=program).json()
    answer = browser.get(f"/api/v1/documents/{document}", headers=headers)
    assert answer.headers["content-language"] == language
    said = answer.json()
    told = said["suggestion"]["lines"][0]["account"]
    assert told["reason"].startswith(reason)
    assert said["findings"][-1]["message"] == finding
    assert said["reading"]["findings"][0]["message"] == finding
    about_line = f"/api/v1/queue/{office.item_of('bank_line', line)}"
    proposal = browser.get(about_line, headers=headers).json()["proposal"]
    assert proposal["evidence"][0]["what"] == evidence

    for one in (plain, said):  # nothing else depends on the language
        for target in ("account", "cost_centre", "tax_code"):
            one["suggestion"]["lines"][0][target].pop("reason")
        for found in (*one["findings"], *one["reading"]["findings"]):
            found.pop("message")
    assert plain == said


def test_whoever_has_no_token_is_told_so_in_their_language(browser: Browser) -> None:
    answer = browser.get("/api/v1/queue", headers={"accept-language": "de"})
    assert answer.json()["refusal"]["message"] == "Melden Sie sich zuerst an: POST /api/v1/token."


def test_an_item_tells_programs_no_more_than_people(
    browser: Browser, office: Office, program: Headers
) -> None:
    document = office.document("A.pdf")
    with office.work.store.unit_of_work(office.tenant_id) as uow:
        kept = uow.suggestions.latest("document", document)
        assert kept is not None
        uow.suggestions.add(replace(kept, content={**kept.content, "sampled": True, "claim": []}))
    item = office.item_of("document", document)
    waiting = browser.get(f"/api/v1/queue/{item}", headers=program).json()["suggestion"]
    assert not {"sampled", "claim", "confidence"} & set(waiting)
    assert "auto" not in waiting["lines"][0]["account"]
    verdict = {"verdict": "accept"}
    browser.client.post(f"/api/v1/queue/{item}/verdict", json=verdict, headers=program)
    decided = browser.get(f"/api/v1/queue/{item}", headers=program).json()
    assert decided["suggestion"]["sampled"] is True
    assert len(decided["decisions"]) == 1


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("issue_date", "2026-02-30", "date_unreadable"),
        ("delivery_date", "soon", "date_unreadable"),
        ("delivery_date", "9999-12-31", "date_far_off"),
        ("issue_date", "0001-01-01", "date_far_off"),
        ("due_date", "2062-10-31", "date_far_off"),
        ("gross_total", "nan", "amount_unreadable"),
        ("gross_total", "1.234,56", "amount_unreadable"),
        ("gross_total", "1e999999", "amount_too_large"),
        ("currency", "€", "currency_unknown"),
        ("colour", "red", "field_unknown"),
        ("number", "R\0", "request_unreadable"),
    ],
)
def test_what_a_program_corrects_has_to_be_readable(
    browser: Browser, office: Office, program: Headers, field: str, value: str, code: str
) -> None:
    document = office.document("A.pdf")
    item = office.item_of("document", document)
    verdict = {"verdict": "correct", "fields": {field: value}}
    path = f"/api/v1/queue/{item}"
    answer = browser.client.post(f"{path}/verdict", json=verdict, headers=program)
    assert answer.status_code == 422
    assert answer.json()["refusal"]["code"] == code
    assert browser.get(path, headers=program).json()["item"]["state"] == "open", "nothing is lost"


def test_every_field_of_the_desk_can_be_corrected_by_programs() -> None:
    check_fields(dict.fromkeys(FIELDS, ""))


def test_a_verdict_twice_is_a_conflict(browser: Browser, office: Office, program: Headers) -> None:
    item = office.item_of("document", office.document("A.pdf"))
    path = f"/api/v1/queue/{item}/verdict"
    assert browser.client.post(path, json={"verdict": "accept"}, headers=program).status_code == 200
    answer = browser.client.post(path, json={"verdict": "accept"}, headers=program)
    assert answer.status_code == 409
    assert answer.json()["refusal"]["code"] == "already_decided"


@pytest.mark.parametrize(
    "body",
    [
        {"verdict": "perhaps"},
        {"verdict": "correct", "postings": [{"account": "4930", "net": 1.5}]},
        {"verdict": "correct", "postings": [{"account": "4930", "net": "1e9"}]},
        {"verdict": "correct", "unknown": 1},
        {"verdict": "correct", "currency": "euro"},
        [],
    ],
)
def test_an_unreadable_verdict_says_where(
    browser: Browser, office: Office, program: Headers, body: Any
) -> None:
    item = office.item_of("document", office.document("A.pdf"))
    answer = browser.client.post(f"/api/v1/queue/{item}/verdict", json=body, headers=program)
    assert answer.status_code == 422
    assert answer.json()["refusal"]["code"] == "request_unreadable"


def test_statements_are_imported_once(browser: Browser, program: Headers) -> None:
    path = SAMPLES / "statements" / "camt053-2026-10.xml"
    files = {"file": (path.name, path.read_bytes(), "text/xml")}
    first = browser.client.post("/api/v1/bank-statements", files=files, headers=program).json()
    again = browser.client.post("/api/v1/bank-statements", files=files, headers=program).json()
    assert first["import"]["new_lines"] > 100
    assert (again["import"]["new_lines"], again["import"]["known_lines"]) == (
        0,
        first["import"]["new_lines"],
    )
    lines = browser.get("/api/v1/bank-lines?size=5", headers=program).json()
    assert (len(lines["rows"]), lines["total"]) == (5, first["import"]["new_lines"])


def test_no_bank_statement_is_a_refusal(browser: Browser, program: Headers) -> None:
    files = {"file": ("x.csv", b"hello", "text/csv")}
    answer = browser.client.post("/api/v1/bank-statements", files=files, headers=program)
    assert answer.status_code == 422
    assert answer.json()["refusal"]["advice"]


def test_refusals_speak_the_language_that_is_asked_for(browser: Browser, program: Headers) -> None:
    answer = browser.get("/api/v1/journal/2026-999999", headers=program | {"accept-language": "de"})
    assert answer.status_code == 404
    assert answer.json()["refusal"]["message"] == "Eine Buchung 2026-999999 gibt es nicht."


def test_a_reader_hands_nothing_over(browser: Browser) -> None:
    reader = signed_in(browser, "rita@example.org")
    files = {"file": ("a.pdf", b"%PDF", "application/pdf")}
    answer = browser.client.post("/api/v1/documents", files=files, headers=reader)
    assert answer.status_code == 403
    assert answer.json()["refusal"]["code"] == "not_allowed"


def test_the_door_is_described(browser: Browser) -> None:
    told = browser.get("/api/v1/openapi.json").json()
    runner_up = told["components"]["schemas"]["RunnerUp"]["properties"]["confidence"]
    assert "The probability that this code is the right one" in runner_up["description"]
    paths = told["paths"]
    assert "/api/v1/queue/{item_id}/verdict" in paths
    answer = paths["/api/v1/queue/{item_id}"]["get"]["responses"]["200"]
    assert answer["content"]["application/json"]["schema"]["$ref"].endswith("/ItemAnswer")
    assert all(path.startswith("/api/v1/") for path in paths)
