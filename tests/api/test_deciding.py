from __future__ import annotations

import re
from typing import Any

from tests.api.conftest import Browser
from tests.support.desk import XML, Office


def form_of(html: str) -> dict[str, Any]:
    """What a browser would post for the item's form as it stands."""
    form = html.split("data-item", 1)[1]
    outside = re.sub(r"<template.*?</template>", "", form, flags=re.DOTALL)
    data: dict[str, Any] = {}
    for name, value in re.findall(r'<input[^>]*name="([^"]+)"[^>]*?value="([^"]*)"', outside):
        data.setdefault(name, []).append(value)
    for name, options in re.findall(r'<select name="([^"]+)">(.*?)</select>', outside, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        data.setdefault(name, []).append(chosen[1] if chosen else "")
    return data


def test_accepting_posts_the_suggested_entry_and_opens_the_next_item(
    anna: Browser, office: Office
) -> None:
    document = office.document("A.pdf")
    line = office.bank_line()
    item = office.item_of("document", document)
    page = anna.get(f"/items/{item}")
    assert "R-4711" in page.text
    assert "4980" in page.text

    answer = anna.post(f"/items/{item}", form_of(page.text) | {"verdict": "accept"})

    assert answer.url.path == f"/items/{office.item_of('bank_line', line)}"
    assert "Accepted and posted as entry" in answer.text
    assert "2026-000001" in answer.text
    entry = anna.get("/journal/2026-000001")
    assert "anna@example.org" in entry.text
    assert f'href="/documents/{document}"' in entry.text
    assert "R-4711" in anna.get("/open-items").text


def test_a_changed_account_is_a_correction_and_is_learnt(anna: Browser, office: Office) -> None:
    item = office.item_of("document", office.document("A.pdf"))
    form = form_of(anna.get(f"/items/{item}").text)
    answer = anna.post(
        f"/items/{item}",
        form | {"posting.account": "4930", "posting.cost_centre": "110", "verdict": "accept"},
    )
    assert "Corrected and posted as entry" in answer.text
    assert "4930" in anna.get("/journal/2026-000001").text
    with office.work.store.unit_of_work(office.tenant_id) as uow:
        (decision,) = uow.decisions.about(item)
        (label,) = uow.labels.all()
    assert (decision.verdict, decision.actor) == ("correct", "anna@example.org")
    assert (label.account, label.cost_centre) == ("4930", "110")


def test_what_we_sell_by_is_not_offered_for_what_we_buy(anna: Browser, office: Office) -> None:
    with office.work.store.unit_of_work(office.tenant_id) as uow:
        sales = {code.code for code in uow.tax_codes.all() if code.direction == "output"}
        owed = {code.code for code in uow.tax_codes.all() if code.counter_account}
    item = office.item_of("document", office.document("A.pdf"))
    page = anna.get(f"/items/{item}").text
    offered = set(re.findall(r'<option value="([^"]+)"', page.split('name="posting.tax_code"')[1]))
    assert sales
    assert owed
    assert owed <= offered
    assert not sales & offered
    answer = anna.post(
        f"/items/{item}",
        form_of(page) | {"posting.tax_code": min(sales), "verdict": "correct"},
    )
    assert answer.status_code == 422
    assert "is for what we sell" in answer.text


def offered_tax_codes(page: str) -> set[str]:
    """What the first line of the entry can be taxed by."""
    select = page.split('name="posting.tax_code"')[1].split("</select>", maxsplit=1)[0]
    return set(re.findall(r'<option value="([^"]+)"', select))


def test_only_tax_codes_that_hold_on_the_day_of_supply_are_offered(
    anna: Browser, office: Office
) -> None:
    today = office.item_of("document", office.document("A.pdf"))
    assert {"V19", "V7", "VEU"} <= offered_tax_codes(anna.get(f"/items/{today}").text)
    assert not {"V16", "V5"} & offered_tax_codes(anna.get(f"/items/{today}").text)
    item = office.item_of("document", office.document("supplied 2020-09-15.pdf"))
    page = anna.get(f"/items/{item}").text
    assert offered_tax_codes(page) == {"V16", "V5", "V0", "VEU", "V13B", "V13D"}
    assert form_of(page)["posting.tax_code"] == ["V16"], "V19 of habit gave way"
    assert "V19 does not hold on 2020-09-15; V16 took its place." in page


def test_a_typed_day_of_supply_brings_its_tax_codes(anna: Browser, office: Office) -> None:
    item = office.item_of("document", office.document("A.pdf"))
    form = form_of(anna.get(f"/items/{item}").text)
    form |= {"field.delivery_date": "15.09.2020", "posting.tax_code": "V19", "verdict": "correct"}
    answer = anna.post(f"/items/{item}", form)
    assert answer.status_code == 422
    assert "tax_code_not_valid" in answer.text
    assert offered_tax_codes(answer.text) == {"V16", "V5", "V0", "VEU", "V13B", "V13D"}


def test_rules_and_bank_lines_are_offered_the_tax_codes_of_their_day(
    anna: Browser, office: Office
) -> None:
    line = office.item_of("bank_line", office.bank_line())
    bank = anna.get(f"/items/{line}").text
    assert {"V19", "U19"} <= offered_tax_codes(bank)
    assert not {"V16", "U16"} & offered_tax_codes(bank)
    rules = anna.get("/rules").text.split('name="tax_code"')[1].split("</select>")[0]
    assert 'value="V19"' in rules
    assert 'value="V16"' not in rules


def test_what_cannot_be_posted_yet_is_not_offered_for_acceptance(
    anna: Browser, office: Office
) -> None:
    item = office.item_of("document", office.document("reminder.pdf"))
    page = anna.get(f"/items/{item}").text
    assert "data-accept" not in page
    assert "No entry yet." in page
    assert "The total of the document is not known." in page
    whole = office.item_of("document", office.document("A.pdf"))
    assert "data-accept" in anna.get(f"/items/{whole}").text
    posted = anna.post(
        f"/items/{item}",
        form_of(page)
        | {
            "posting.account": "4980",
            "posting.cost_centre": "100",
            "posting.tax_code": "V19",
            "posting.net": "100.00",
            "field.gross_total": "119.00",
            "verdict": "correct",
        },
    )
    assert "Corrected and posted" in posted.text


def test_a_line_can_be_split(anna: Browser, office: Office) -> None:
    item = office.item_of("document", office.document("A.pdf"))
    form = form_of(anna.get(f"/items/{item}").text)
    form |= {
        "posting.account": ["4980", "4930"],
        "posting.cost_centre": ["100", "110"],
        "posting.tax_code": ["V19", "V19"],
        "posting.net": ["60.00", "40.00"],
        "posting.text": ["rack", "cable"],
        "posting.suggestion": ["0", ""],
        "verdict": "correct",
    }
    assert "Corrected and posted" in anna.post(f"/items/{item}", form).text
    entry = anna.get("/journal/2026-000001").text
    assert "€60.00" in entry
    assert "€40.00" in entry


def test_a_corrected_field_and_its_place_are_kept(anna: Browser, office: Office) -> None:
    document = office.document("A.pdf")
    item = office.item_of("document", document)
    form = form_of(anna.get(f"/items/{item}").text)
    form |= {
        "field.due_date": "2026-11-30",
        "box.due_date": "1 10.0 20.0 60.0 32.0",
        "verdict": "correct",
    }
    anna.post(f"/items/{item}", form)
    with office.work.store.unit_of_work(office.tenant_id) as uow:
        (decision,) = uow.decisions.about(item)
        reading = uow.readings.latest(document)
    assert decision.after is not None
    assert decision.after["fields"] == {"due_date": "2026-11-30"}
    assert decision.after["boxes"] == {"due_date": [1, 10.0, 20.0, 60.0, 32.0]}
    assert reading is not None
    assert reading.content["fields"]["due_date"]["value"] == "2026-11-30"


def test_a_refused_verdict_keeps_what_was_typed(anna: Browser, office: Office) -> None:
    item = office.item_of("document", office.document("A.pdf"))
    form = form_of(anna.get(f"/items/{item}").text)
    form |= {"posting.account": "9999", "field.order_reference": "PO 77", "verdict": "correct"}
    answer = anna.post(f"/items/{item}", form)
    assert answer.status_code == 422
    assert "There is no account 9999" in answer.text
    assert 'value="9999"' in answer.text
    assert 'value="PO 77"' in answer.text
    assert anna.get("/journal").text.count("row-link") == 0


def test_an_unreadable_amount_is_never_guessed(anna: Browser, office: Office) -> None:
    item = office.item_of("document", office.document("A.pdf"))
    form = form_of(anna.get(f"/items/{item}").text)
    answer = anna.post(
        f"/items/{item}", form | {"field.gross_total": "1,19.00", "verdict": "accept"}
    )
    assert answer.status_code == 422
    assert "is no amount" in answer.text


def test_taking_every_line_away_posts_nothing(anna: Browser, office: Office) -> None:
    item = office.item_of("document", office.document("A.pdf"))
    form = form_of(anna.get(f"/items/{item}").text)
    bare = {name: value for name, value in form.items() if not name.startswith("posting.")}
    answer = anna.post(f"/items/{item}", bare | {"verdict": "accept"})
    assert answer.status_code == 422
    assert "Every line of the entry was taken away." in answer.text


def test_rejecting_needs_a_reason(anna: Browser, office: Office) -> None:
    item = office.item_of("document", office.document("A.pdf"))
    form = form_of(anna.get(f"/items/{item}").text) | {"verdict": "reject"}
    assert anna.post(f"/items/{item}", form).status_code == 422
    answer = anna.post(f"/items/{item}", form | {"reason": "not ours"})
    assert answer.url.path == "/queue"
    assert "Rejected; nothing was posted." in answer.text
    assert "not ours" in anna.get(f"/items/{item}").text


def test_an_item_is_decided_once(anna: Browser, office: Office) -> None:
    item = office.item_of("document", office.document("A.pdf"))
    form = form_of(anna.get(f"/items/{item}").text) | {"verdict": "accept"}
    anna.post(f"/items/{item}", form)
    answer = anna.post(f"/items/{item}", form)
    assert answer.status_code == 409
    assert "already_decided" in answer.text


def test_a_document_that_cannot_be_read_is_filed_away(anna: Browser, office: Office) -> None:
    document = office.document("broken.pdf")
    item = office.item_of("document", document)
    page = anna.get(f"/items/{item}")
    assert "The PDF is damaged or cut off." in page.text
    assert 'value="accept"' not in page.text
    original = anna.get(f"/documents/{document}/original")
    assert original.content.endswith(b"broken.pdf")
    assert "attachment" in original.headers["content-disposition"]
    anna.post(f"/items/{item}", {"verdict": "reject", "reason": "new copy requested"})
    assert "Nothing waits" in anna.get("/queue").text


def test_an_einvoice_is_shown_as_a_table(anna: Browser, office: Office) -> None:
    document = office.document("B.xml", XML.read_bytes())
    page = anna.get(f"/documents/{document}").text
    assert "The data is the document" in page or "the data is the document" in page
    assert "Colocation rack, November" in page


def test_a_bank_line_is_settled_as_proposed(anna: Browser, office: Office) -> None:
    line = office.bank_line()
    item = office.item_of("bank_line", line)
    form = form_of(anna.get(f"/items/{item}").text)
    assert form["allocation.amount"] == ["119.00"]
    assert "Accepted and posted" in anna.post(f"/items/{item}", form | {"verdict": "accept"}).text
    assert "Nothing is open." in anna.get("/open-items").text


def test_a_part_of_a_bank_line_goes_to_an_account(anna: Browser, office: Office) -> None:
    item = office.item_of("bank_line", office.bank_line())
    form = form_of(anna.get(f"/items/{item}").text)
    form |= {"allocation.amount": "100.00", "verdict": "correct"}
    form |= {
        "posting.account": "4970",
        "posting.cost_centre": "",
        "posting.tax_code": "",
        "posting.net": "19.00",
        "posting.text": "fees",
        "posting.suggestion": "",
    }
    assert "Corrected and posted" in anna.post(f"/items/{item}", form).text
    assert "4970" in anna.get("/journal/2026-000001").text
    assert "€19.00" in anna.get("/open-items").text


def test_a_bank_line_with_nothing_chosen_is_not_booked(anna: Browser, office: Office) -> None:
    item = office.item_of("bank_line", office.bank_line())
    answer = anna.post(f"/items/{item}", {"verdict": "accept"})
    assert answer.status_code == 422
    assert "Neither an open item nor an account is chosen." in answer.text


def test_a_reader_looks_and_changes_nothing(browser: Browser, office: Office) -> None:
    item = office.item_of("document", office.document("A.pdf"))
    browser.sign_in("rita@example.org")
    page = browser.get(f"/items/{item}")
    assert page.status_code == 200
    assert "data-verdict" not in page.text
    assert browser.post(f"/items/{item}", {"verdict": "accept"}).status_code == 403


def test_several_are_accepted_at_once_and_a_refused_one_stays(
    anna: Browser, office: Office
) -> None:
    good = [office.item_of("document", office.document(f"{name}.pdf")) for name in "AB"]
    bad = office.item_of("document", office.document("broken.pdf"))
    answer = anna.post("/queue/accept", {"item": [*map(str, good), str(bad)]}, page="/queue")
    assert answer.text.count("posted as entry 2026-00000") == 2
    assert f'href="/items/{bad}"' in answer.text
    assert anna.get("/journal").text.count("row-link") == 2
    assert "broken.pdf" in anna.get("/queue").text


def test_a_reminder_is_named_and_put_aside(anna: Browser, office: Office) -> None:
    item = office.item_of("document", office.document("reminder.pdf"))
    page = anna.get(f"/items/{item}").text
    assert "This is a payment reminder, no invoice" in page
    assert "no invoice" in anna.get("/queue").text
    rejected = anna.post(f"/items/{item}", {"verdict": "reject", "reason": "paid already"})
    assert "Rejected; nothing was posted." in rejected.text


def test_the_tax_codes_of_a_date_are_told_before_it_is_sent(anna: Browser, office: Office) -> None:
    document = office.document("A.pdf")
    told = anna.get(f"/documents/{document}/tax-codes?delivery_date=15/09/2020").json()
    assert told["day"] == "2020-09-15"
    codes = dict(told["offered"])
    assert "V16" in codes
    assert "V19" not in codes
    assert told["instead"]["V19"] == "V16"
    plain = anna.get(f"/documents/{document}/tax-codes?delivery_date=soon").json()
    assert "V19" in dict(plain["offered"]), "what is no date is told when the form is sent"
    assert anna.get("/documents/999/tax-codes").status_code == 404
