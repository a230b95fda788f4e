"""Rules, autopilot and contradictions at the desk and for programs; invoice lines booked apart."""

from __future__ import annotations

import html
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal

import numpy as np
import pytest

from contor.account_assignment.assigner import AccountAssigner
from contor.account_assignment.challenge import Trial, judge
from contor.account_assignment.lines import Lines
from contor.account_assignment.track import tracks_of
from contor.documents.reading import LineItem
from contor.money import Money
from contor.ports.documents import FileJob, ReadPages
from contor.ports.store_bank import BankLineRecord, StatementRecord
from contor.ports.store_people import PartyRecord
from contor.ports.store_review import LabelRecord
from contor.review.autopilot_state import SETTING, AutopilotState
from contor.workflows.retraining import ASKED, claim, finish
from contor.workflows.run_reconciliation import run_reconciliation
from tests.api.conftest import Browser
from tests.api.test_deciding import form_of
from tests.support.desk import OUR_IBAN, CannedReader, LastCode, Office, reading_of


@dataclass
class ManyLines(CannedReader):
    """Reads an invoice over 100.00 net with so many lines of the same price."""

    count: int

    def read(self, job: FileJob) -> ReadPages:
        made = reading_of(job.filename, str(len(job.content)))
        price = str(Money(100_00 // self.count, "EUR").amount)
        lines = tuple(
            LineItem(f"Item {chr(65 + n % 26) * (1 + n // 26)}", net=price, rate="19")
            for n in range(self.count)
        )
        return ReadPages(replace(made, lines=lines))


def long_document(office: Office, count: int) -> int:
    office.work = replace(office.work, reader=ManyLines(count))
    return office.item_of("document", office.document("A.pdf"))


def test_invoice_lines_go_to_another_account_to_the_cent(anna: Browser, office: Office) -> None:
    item = long_document(office, 4)
    page = anna.get(f"/items/{item}").text
    assert "4 invoice lines in it" in page
    form = form_of(page)
    form["item.account"] = ["", "4930", "", "4930 Bürobedarf"]
    answer = anna.post(f"/items/{item}", form | {"verdict": "accept"})
    assert "Corrected and posted" in answer.text
    with office.work.store.reading(office.tenant_id) as uow:
        entry = uow.journal.get("2026-000001").posted.entry
        labels = uow.labels.all()
    booked = {line.account: str(line.amount.amount) for line in entry.lines}
    assert booked == {"4980": "50.00", "4930": "50.00", "1576": "19.00", "1600": "-119.00"}
    assert {x.description: x.account for x in labels} == {
        "Item A": "4980", "Item B": "4930", "Item C": "4980", "Item D": "4930",
    }  # fmt: skip
    assert {(x.columns or {})["suggested_account"] for x in labels} == {"4980"}


def test_hundreds_of_invoice_lines_are_one_line_of_the_entry(anna: Browser, office: Office) -> None:
    item = long_document(office, 250)
    page = anna.get(f"/items/{item}").text
    assert page.count('name="posting.account"') == 2, "one line, and the template of a new one"
    assert page.count('name="item.account"') == 250
    form = form_of(page)
    form["item.account"] = ["4930"] + [""] * 249
    assert "Corrected and posted" in anna.post(f"/items/{item}", form | {"verdict": "accept"}).text
    with office.work.store.reading(office.tenant_id) as uow:
        entry = uow.journal.get("2026-000001").posted.entry
    booked = {line.account: str(line.amount.amount) for line in entry.lines}
    assert booked == {"4980": "99.60", "4930": "0.40", "1576": "19.00", "1600": "-119.00"}


def test_a_rule_is_made_from_a_document_and_withdrawn(anna: Browser, office: Office) -> None:
    document = office.document("A.pdf")
    page = anna.get(f"/items/{office.item_of('document', document)}").text
    assert f'href="/rules?document={document}&amp;line=0"' in page
    form = anna.get(f"/rules?document={document}&line=0").text
    assert 'name="account" value="4980 ' in form, "numbers are told with their names"
    assert 'name="vat_id" value="DE123456788"' in form
    typed = {"vat_id": "DE123456788", "account": "4964 Racks", "valid_from": "01/11/2026"}
    assert "Rule 1 is in force." in anna.post("/rules", typed).text
    again = anna.post("/rules", {**typed, "account": "4930"})
    assert again.status_code == 409
    assert "Rule 1 says otherwise" in again.text
    assert 'name="account" value="4930 ' in again.text, "what was typed stays"
    assert anna.post("/rules", {"account": "4964"}).status_code == 422
    assert "Rule 1 was withdrawn." in anna.post("/rules/1/withdraw").text
    assert anna.post("/rules/1/withdraw").status_code == 404


def test_rules_call_supplier_account_cost_centre_and_tax_code_by_name(
    anna: Browser, office: Office
) -> None:
    with office.work.store.unit_of_work(office.tenant_id) as uow:
        supplier = uow.parties.save(PartyRecord(number="70111", name="Rack AG", kind="supplier"))
        account = uow.accounts.chart().find("4980")
        centre = next(one for one in uow.cost_centres.all() if one.code == "110")
        code = next(one for one in uow.tax_codes.all() if one.code == "V19")
    chosen = {"supplier_id": "70111 Rack AG", "account": f"4980 {account.name}"}
    answer = anna.post("/rules", {**chosen, "cost_centre": "110", "tax_code": "V19"})
    assert "Rule 1 is in force." in answer.text
    table = html.unescape(anna.get("/rules").text.split("<tbody>")[1])
    assert f"{supplier.number} {supplier.name}" in table
    for told in (f"4980 {account.name}", f"110 {centre.name}", f"V19 {code.name}"):
        assert told in table


def test_programs_make_and_withdraw_rules(browser: Browser, office: Office) -> None:
    credentials = {"email": "anna@example.org", "password": "correct horse battery"}
    answer = browser.client.post("/api/v1/token", json=credentials)
    head = {"Authorization": f"Bearer {answer.json()['token']}"}
    rule = {"supplier": "Rack AG", "account": "4964", "valid_to": "2026-12-31"}
    made = browser.client.post("/api/v1/rules", json=rule, headers=head)
    assert made.status_code == 201
    assert made.json()["rule"]["rule"]["number"] == 1
    bad = browser.client.post("/api/v1/rules", json={**rule, "account": "77"}, headers=head)
    assert bad.json()["refusal"]["code"] == "account_unknown"
    (kept,) = browser.client.get("/api/v1/rules", headers=head).json()["rules"]
    assert kept["actor"] == "anna@example.org"
    told = browser.client.get("/api/v1/autopilot", headers=head).json()
    assert set(told["targets"]) == {"account", "cost_centre", "tax_code"}
    assert told["targets"]["account"]["state"]["suspended"] is False
    assert browser.client.get("/api/v1/contradictions", headers=head).json()["contradictions"] == []
    assert browser.client.post("/api/v1/rules/1/withdraw", headers=head).status_code == 200
    assert browser.client.get("/api/v1/rules", headers=head).json()["rules"] == []


def test_a_reader_sees_the_autopilot_and_steers_nothing(browser: Browser) -> None:
    browser.sign_in("rita@example.org")
    page = browser.get("/autopilot").text
    assert "Autopilot" in page
    assert 'name="promise"' in page
    assert browser.post("/autopilot", {"promise": "5", "autopilot": "on"}).status_code == 403
    assert browser.post("/rules", {"supplier": "A", "account": "4930"}).status_code == 403


@pytest.mark.parametrize("lines", [0, 40])
def test_an_autopilot_that_has_proven_nothing_is_not_called_running(
    anna: Browser, monkeypatch: pytest.MonkeyPatch, lines: int
) -> None:
    """The first days of a company: switched on, and everything comes to a person all the same."""
    past = [
        {"date": f"2026-01-{1 + n // 2:02d}", "supplier": f"Rack {n % 3} AG", "amount": "10.00",
         "account": str(4960 + n % 3)}
        for n in range(lines)
    ]  # fmt: skip
    if past:
        assigner = AccountAssigner(0.05).fit(Lines.from_rows(past))
        monkeypatch.setattr(LastCode, "tracks", lambda _: tracks_of(assigner, 0.05))
    page = anna.get("/autopilot").text
    assert page.count("not proven yet") == 3
    assert "Until they do, nothing that was learnt goes alone." in page
    assert ">running<" not in page
    assert (
        "not proven yet" not in anna.post("/autopilot", {"promise": "5", "autopilot": "off"}).text
    )


def test_the_autopilot_is_steered_and_says_why_it_is_suspended(
    anna: Browser, office: Office
) -> None:
    answer = anna.post("/autopilot", {"promise": "2.5", "autopilot": "off"})
    assert "The autopilot is set." in answer.text
    assert anna.post("/autopilot", {"promise": "60", "autopilot": "on"}).status_code == 422
    with office.work.store.unit_of_work(office.tenant_id) as uow:
        routing = uow.settings.current("routing")
        assert routing == {"autopilot": False, "promise": 0.025}
        at = office.clock()
        uow.runs.start("audit-1", "autopilot_audit", at)
        report = {"code": "autopilot_suspended", "target": "account", "sampled": 40, "wrong": 5.0,
                  "promise": 0.025, "evidence": 44.0}  # fmt: skip
        uow.runs.record("audit-1", "done", at, report)
        state = AutopilotState().changed("account", "suspended", at.isoformat(), "audit-1")
        uow.settings.add(SETTING, state.to_json(), "autopilot", at)
    page = anna.get("/autopilot").text
    assert "Suspended since" in page
    assert page.count("Of 40 sampled documents 5 were wrong; that cannot be") == 2, "and below"
    assert "Let it go on at once" in page
    start = anna.get("/").text
    assert "Autopilot suspended: Account." in start, "told where everybody begins"
    anna.post("/autopilot/account/resume")
    page = anna.get("/autopilot").text
    assert "Suspended since" not in page
    assert "Autopilot goes on: Account" in page
    assert "By anna@example.org" in page, "who took it upon themselves"
    assert "Autopilot suspended" not in anna.get("/").text
    assert anna.post("/autopilot/nothing/resume").status_code == 422


def test_what_a_training_came_to_is_told_in_the_readers_language(
    anna: Browser, office: Office
) -> None:
    with office.work.store.unit_of_work(office.tenant_id) as uow:
        at = office.work.clock()
        run_id = claim(uow, at, [ASKED])
        assert run_id is not None
        champion, challenger = trial(right=90), trial(right=60)
        report = {
            "version": "2",
            "live": False,
            "because": [ASKED, "More suggestions are wrong than before."],
            "objections": list(judge(champion, challenger, 200).objections),
        }
        finish(uow, run_id, at, report)
    anna.post("/language", {"language": "de"})
    page = anna.get("/autopilot").text
    assert "Jemand hat es verlangt. Mehr Vorschläge sind falsch als zuvor." in page
    assert "Konto: 30,0\xa0% weniger richtig, bei 100 Zeilen." in page
    assert "wurden erst 100 Zeilen entschieden; für eine Probe braucht es 200." in page
    anna.post("/language", {"language": "it"})
    assert "Qualcuno lo ha chiesto." in anna.get("/autopilot").text


def trial(right: int) -> Trial:
    hit = np.arange(100) < right
    return Trial({"account": hit}, {"account": {"all": np.ones(100, bool)}})


def test_an_autopilot_held_back_by_its_brake_is_not_called_running(
    anna: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def line(place: int, account: str = "") -> dict[str, str]:
        name, usual = (("Rack", "4964"), ("Netz", "4240"))[place % 2]
        day = date(2025, 1, 1) + timedelta(days=place // 2)
        return {"date": day.isoformat(), "supplier": f"{name} {place % 18} AG", "amount": "10.00",
                "description": "", "account": account or usual}  # fmt: skip

    assigner = AccountAssigner(0.05).fit(Lines.from_rows([line(n) for n in range(900)]))
    monkeypatch.setattr(LastCode, "tracks", lambda _: tracks_of(assigner, 0.05))
    page = anna.get("/autopilot").text
    assert "held back" not in page
    assert ">running<" in page
    assert "Learning curve" in page
    assigner.learn(Lines.from_rows([line(900 + n, "4930") for n in range(9)]))
    page = anna.get("/autopilot").text
    assert "held back" in page
    assert "Nothing goes alone until a dozen were right." in page


def test_contradictions_name_the_people(anna: Browser, office: Office) -> None:
    def label(day: int, account: str, actor: str) -> LabelRecord:
        return LabelRecord(date(2026, 3, day), "Rack AG", Money.of("10.00", "EUR"), account,
                           description="Strom", source="decision", actor=actor)  # fmt: skip

    assert "Nothing contradicts itself." in anna.get("/contradictions").text
    with office.work.store.unit_of_work(office.tenant_id) as uow:
        uow.labels.add([label(d, "4240", "anna@example.org") for d in range(1, 6)])
        uow.labels.add([label(d, "4964", "ben@example.org") for d in range(6, 9)])
    page = anna.get("/contradictions").text
    assert "Rack AG" in page
    assert "ben@example.org" in page
    with office.work.store.unit_of_work(office.tenant_id) as uow:
        uow.labels.add([replace(label(d, "4240", ""), cost_centre="100") for d in (10, 11, 12)])
        uow.labels.add([replace(label(d, "4240", ""), cost_centre="110") for d in (13, 14)])
    page = anna.get("/contradictions").text
    assert "× 100 Shared Hosting" in page, "a number alone tells nobody"
    assert "carried over" in page


def test_nothing_that_waits_tells_whether_it_is_sampled(anna: Browser, office: Office) -> None:
    document = office.document("A.pdf")
    with office.work.store.unit_of_work(office.tenant_id) as uow:
        kept = uow.suggestions.latest("document", document)
        assert kept is not None
        content: dict[str, Any] = {**kept.content, "sampled": True, "claim": []}
        uow.suggestions.add(replace(kept, content=content))
    page = anna.get(f"/items/{office.item_of('document', document)}").text
    assert "sampled" not in page
    assert '"auto"' not in page


def unexplained_line(office: Office, remittance: str) -> int:
    """A bank line that no open item explains, as the reconciliation queues it; its item's id."""
    day = date(2026, 11, 20)
    line = BankLineRecord(OUR_IBAN, day, Money.of("-119.00", "EUR"), day, "Rack AG", "", remittance)
    with office.work.store.unit_of_work(office.tenant_id) as uow:
        statement = StatementRecord(
            OUR_IBAN, remittance, "EUR", day, day, None, None, "0" * 64, office.clock()
        )
        stored = uow.bank.add_statement(statement, [line]).new_lines[0]
    run_reconciliation(office.work, office.tenant_id, date(2026, 11, 21))
    return office.item_of("bank_line", stored.id)


def test_a_bank_line_without_open_item_gets_an_account_suggested(
    anna: Browser, office: Office
) -> None:
    first = unexplained_line(office, "Kontofuehrung")
    page = anna.get(f"/items/{first}").text
    assert 'name="posting.account" value="4980"' in page
    assert "No open item was found for it" in page
    assert "Why it was proposed" not in page, "nothing was"
    form = form_of(page) | {"posting.account": "4970", "posting.tax_code": "", "verdict": "accept"}
    assert "Corrected and posted as entry" in anna.post(f"/items/{first}", form).text
    with office.work.store.reading(office.tenant_id) as uow:
        (label,) = uow.labels.all()
        entry = uow.journal.get("2026-000001").posted.entry
    assert {line.account: str(line.amount.amount) for line in entry.lines} == {
        "1200": "-119.00",
        "4970": "119.00",
    }
    assert (label.account, str(label.amount.amount)) == ("4970", "119.00")
    assert (label.columns or {})["suggested_account"] == "4980"

    second = unexplained_line(office, "Kontofuehrung November")
    page = anna.get(f"/items/{second}").text
    assert 'name="posting.account" value="4970"' in page
    accepted = anna.post(f"/items/{second}", form_of(page) | {"verdict": "accept"})
    assert "Accepted and posted as entry" in accepted.text


@pytest.mark.parametrize("kind", ["document", "bank_line"])
def test_what_waits_is_suggested_anew_whichever_way_its_page_is_reached(
    anna: Browser, office: Office, kind: Literal["document", "bank_line"]
) -> None:
    """Of three papers of one supplier one is corrected; the others are opened from the list."""
    if kind == "bank_line":
        items = [unexplained_line(office, f"Entgelt {month}") for month in ("Mai", "Juni", "Juli")]
    else:
        items = [office.item_of(kind, office.document(f"{name}.pdf")) for name in ("A", "Ab", "Ac")]
    with office.work.store.reading(office.tenant_id) as uow:
        subjects = [uow.review.get(item).subject_id for item in items]
    pages = [f"/{kind.replace('_', '-')}s/{subject}" for subject in subjects[1:]]
    assert all('name="posting.account" value="4980"' in anna.get(page).text for page in pages)
    corrected = form_of(anna.get(f"/items/{items[0]}").text) | {"verdict": "correct"}
    corrected["posting.account"] = ["4970"]
    assert "Corrected and posted" in anna.post(f"/items/{items[0]}", corrected).text
    assert all('name="posting.account" value="4970"' in anna.get(page).text for page in pages)


def test_what_is_accepted_in_one_go_is_booked_as_was_just_corrected(
    anna: Browser, office: Office
) -> None:
    """Nobody looks at the accounts of marked lines: a correction made before must hold for them."""
    months = ("Mai", "Juni", "Juli", "August")
    first, *others = [unexplained_line(office, f"Entgelt {month}") for month in months]
    form = form_of(anna.get(f"/items/{first}").text) | {"verdict": "correct"}
    form["posting.account"] = ["4970"]
    assert "Corrected and posted" in anna.post(f"/items/{first}", form).text
    assert anna.post("/queue/accept", {"item": [str(item) for item in others]}).status_code == 200
    with office.work.store.reading(office.tenant_id) as uow:
        assert [label.account for label in uow.labels.all()] == ["4970"] * 4


def test_a_rule_is_made_from_a_bank_line_and_speaks_for_the_next(
    anna: Browser, office: Office
) -> None:
    item = unexplained_line(office, "Miete Stellplatz November 2026")
    page = anna.get(f"/items/{item}").text
    with office.work.store.reading(office.tenant_id) as uow:
        line = uow.review.get(item).subject_id
    assert f'href="/rules?bank_line={line}&amp;line=0" data-key="l"' in page
    form = anna.get(f"/rules?bank_line={line}&line=0").text
    assert 'name="supplier" value="Rack AG"' in form
    assert 'name="account" value="4980 ' in form, "numbers are told with their names"
    assert (
        "Rule 1 is in force."
        in anna.post("/rules", {"supplier": "Rack AG", "account": "4210"}).text
    )
    assert "1 of 1 lines booked so" not in anna.get("/rules").text
    booked = form_of(page) | {
        "posting.account": "4210",
        "posting.tax_code": "",
        "verdict": "accept",
    }
    assert "posted as entry" in anna.post(f"/items/{item}", booked).text
    assert "1 of 1 lines booked so" in anna.get("/rules").text
    again = anna.get(f"/rules?bank_line={line}").text
    assert 'name="account" value="4210 ' in again, "what was decided, before what was suggested"


def test_who_made_a_rule_is_back_at_the_work_it_came_from(anna: Browser, office: Office) -> None:
    item = unexplained_line(office, "Miete Stellplatz November 2026")
    with office.work.store.reading(office.tenant_id) as uow:
        line = uow.review.get(item).subject_id
    form = anna.get(f"/rules?bank_line={line}&line=0").text
    assert f'name="came_from" value="bank_line:{line}"' in form
    typed = {"supplier": "Rack AG", "account": "77", "came_from": f"bank_line:{line}"}
    refused = anna.post("/rules", typed).text
    assert f'name="came_from" value="bank_line:{line}"' in refused, "a refusal forgets no way back"

    made = anna.post("/rules", typed | {"account": "4210"})
    assert made.url.path == f"/items/{item}"
    assert "Rule 1 is in force." in made.text

    document = office.document("A.pdf")
    waits = office.item_of("document", document)
    came_from = {"came_from": f"document:{document}"}
    made = anna.post("/rules", {"vat_id": "DE123456788", "account": "4964"} | came_from)
    assert made.url.path == f"/items/{waits}"
    page = anna.get(f"/items/{waits}").text
    anna.post(f"/items/{waits}", form_of(page) | {"verdict": "reject", "reason": "not ours"})
    made = anna.post("/rules", {"supplier": "Muster", "account": "4964"} | came_from)
    assert made.url.path == f"/documents/{document}", "what is decided is shown as it is"

    elsewhere = {"supplier": "Else", "account": "4964", "came_from": "https://example.org/"}
    assert anna.post("/rules", elsewhere).url.path == "/rules"


def test_a_reader_is_offered_no_rule(browser: Browser, office: Office) -> None:
    item = unexplained_line(office, "Entgelt 4711")
    browser.sign_in("rita@example.org")
    assert "/rules?bank_line" not in browser.get(f"/items/{item}").text
    assert browser.get("/rules?bank_line=999").status_code == 404


def test_only_the_owner_lets_knowledge_leave_the_company(browser: Browser, office: Office) -> None:
    day = date(2026, 11, 2)
    with office.work.store.unit_of_work(office.tenant_id) as uow:
        labels = [
            LabelRecord(
                day, "Hetzner Online GmbH", Money.of("50.00", "EUR"), "4964", "", "", "secret"
            )
        ] * 3
        uow.labels.add(labels)
    office.user("otto@example.org", role="owner")
    browser.sign_in()
    page = browser.get("/autopilot").text
    assert "Only the owner of these books can change this." in page
    assert 'name="sharing"' in page
    refused = browser.post("/sharing", {"sharing": "on"})
    assert refused.status_code == 403
    assert "Only the owner of these books" in refused.text
    browser.sign_in("otto@example.org")
    shown = browser.get("/sharing").text
    assert "You do not share." in shown
    assert "hetzner online" in shown
    assert "4964" in shown
    assert "secret" not in shown
    assert (
        "You share. Suppliers known from others: 0."
        in browser.post("/sharing", {"sharing": "on"}).text
    )
    with office.work.store.reading(office.tenant_id) as uow:
        assert uow.settings.current("sharing") == {"on": True}
    assert "Stop sharing" in browser.get("/autopilot").text
    assert "You share. This and nothing else" in browser.get("/sharing").text
    assert "Nothing is shared any more." in browser.post("/sharing", {"sharing": "off"}).text
    with office.work.store.reading(office.tenant_id) as uow:
        assert uow.settings.current("sharing") == {"on": False}
