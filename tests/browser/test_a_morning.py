"""The desk in Debian's Chromium: a bookkeeper works by keyboard alone."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Page, expect, sync_playwright

from contor_api.app import create_app
from tests.api.test_learning_pages import unexplained_line
from tests.support.desk import PASSWORD, SECRET, Office, open_office

CHROMIUM = shutil.which("chromium") or ""
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PATHS = (
    "/", "/queue", "/items/1", "/items/2", "/journal", "/upload", "/open-items", "/rules",
    "/autopilot", "/contradictions", "/sharing",
)  # fmt: skip
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="no chromium: apt-get install chromium"),
    pytest.mark.xdist_group("browser"),
]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = open_office(tmp_path)
    yield made
    made.work.store.dispose()


@pytest.fixture
def address(office: Office) -> Iterator[str]:
    config = uvicorn.Config(
        create_app(office.work, SECRET), host="127.0.0.1", port=0, log_level="error", ws="none"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        thread.join(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture
def page(address: str) -> Iterator[Page]:
    complaints: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1280, "height": 800}, base_url=address)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda said: (
                complaints.append(said.text)
                if said.type == "error" and "the server responded" not in said.text
                else None
            ),
        )
        page.goto("/")
        page.keyboard.type("anna@example.org")
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Musterhosting GmbH")).to_be_visible()
        yield page
        browser.close()
    assert complaints == []


def test_correct_one_item_and_see_it_in_the_journal(page: Page, office: Office) -> None:
    document = office.document("A.pdf")
    office.document("B.pdf")
    item = office.item_of("document", document)
    page.keyboard.press("g")
    page.keyboard.press("q")
    expect(page.locator("[data-rows] tr:focus-within")).to_contain_text("A")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/items/{item}")
    picture = page.locator(".page img")
    expect(picture).to_be_visible()
    assert picture.evaluate("node => node.complete && node.naturalWidth > 500")

    page.keyboard.press("c")
    expect(page.locator("[data-account]").first).to_be_focused()
    page.keyboard.type("4930")
    expect(page.locator(".account-name").first).to_contain_text("Bürobedarf")
    expect(page.locator("[data-dirty]")).to_be_visible()
    page.keyboard.press("Control+Enter")

    flash = page.locator(".flash")
    expect(flash).to_contain_text("Corrected and posted as entry 2026-000001")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Musterrechen GmbH B")
    page.keyboard.press("a")
    expect(page.locator(".flash")).to_contain_text("Accepted and posted as entry 2026-000002")
    page.keyboard.press("g")
    page.keyboard.press("j")
    expect(page.locator("[data-rows]")).to_contain_text("R-4711")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Entry 2026-000001")
    expect(page.locator("table")).to_contain_text("4930")


def test_marks_and_fields_point_at_each_other(page: Page, office: Office) -> None:
    item = office.item_of("document", office.document("A.pdf"))
    page.goto(f"/items/{item}")
    field = page.locator("[name='field.gross_total']")
    field.focus()
    mark = page.locator(".mark[data-field=gross_total]")
    assert "lit" in (mark.get_attribute("class") or "")
    sheet, box = page.locator(".page").bounding_box(), mark.bounding_box()
    assert sheet is not None
    assert box is not None
    assert abs((box["x"] - sheet["x"]) / sheet["width"] - 478 / 595) < 0.02
    page.locator("[name='field.order_reference']").evaluate(
        "node => { node.closest('details').open = true; node.focus(); }"
    )
    page.mouse.move(sheet["x"] + 100, sheet["y"] + 150)
    page.mouse.down()
    page.mouse.move(sheet["x"] + 180, sheet["y"] + 170, steps=4)
    page.mouse.up()
    drawn = page.locator("[name='box.order_reference']").input_value().split()
    assert drawn[0] == "1"
    assert float(drawn[3]) - float(drawn[1]) == pytest.approx(80 / sheet["width"] * 595, abs=2)


def test_split_a_line_and_take_a_runner_up(page: Page, office: Office) -> None:
    item = office.item_of("document", office.document("A.pdf"))
    page.goto(f"/items/{item}")
    page.locator("[data-take=account]").first.click()
    assert page.locator("[data-account]").first.input_value() == "4930"
    page.locator("[data-net]").first.fill("60.00")
    page.get_by_role("button", name="Add line").click()
    page.keyboard.type("4980")
    page.locator("[data-net]").nth(1).fill("40.00")
    page.locator("[name='posting.tax_code']").nth(1).select_option("V19")
    expect(page.locator("[data-net-sum]")).to_contain_text("100.00")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".flash")).to_contain_text("2026-000001")
    page.locator(".flash").get_by_role("link").click()
    expect(page.locator("table")).to_contain_text("€40.00")


def test_what_is_missing_is_filled_in_by_keyboard(page: Page, office: Office) -> None:
    item = office.item_of("document", office.document("reminder.pdf"))
    page.goto(f"/items/{item}")
    expect(page.locator(".missing-for-entry")).to_contain_text("The total of the document")
    page.keyboard.press("c")
    expect(page.locator("[name='field.gross_total']")).to_be_focused()
    page.keyboard.type("119.00")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#refused")).to_be_focused()
    page.keyboard.press("c")
    expect(page.locator("[data-account]").first).to_be_focused()
    expect(page.locator("[name='field.gross_total']")).to_have_value("119.00")
    page.keyboard.type("4930")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".flash")).to_contain_text("2026-000001")


def test_a_tax_code_of_another_day_is_put_right_by_keyboard(page: Page, office: Office) -> None:
    item = office.item_of("document", office.document("A.pdf"))
    page.goto(f"/items/{item}")
    page.locator("[name='field.delivery_date']").evaluate(
        "node => { node.closest('details').open = true; node.focus(); }"
    )
    page.keyboard.type("15/09/2020")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#refused")).to_contain_text("tax_code_not_valid")
    page.keyboard.press("c")
    tax = page.locator("[name='posting.tax_code']").first
    expect(tax).to_be_focused()
    assert tax.locator("option[value=V16]").count() == 1
    assert tax.locator("option[value=V7]").count() == 0


def test_tax_codes_follow_a_changed_date_before_it_is_sent(page: Page, office: Office) -> None:
    item = office.item_of("document", office.document("A.pdf"))
    page.goto(f"/items/{item}")
    tax = page.locator("[name='posting.tax_code']").first
    offered = tax.locator("option")
    expect(tax).to_have_value("V19")
    expect(tax.locator("option[value=V16]")).to_have_count(0)
    supplied = page.locator("[name='field.delivery_date']")
    supplied.evaluate("node => { node.closest('details').open = true; node.focus(); }")
    page.keyboard.type("15/09/2020")
    page.keyboard.press("Tab")
    expect(tax).to_have_value("V16")
    expect(tax.locator("option[value=V19]")).to_have_count(0)
    assert page.evaluate("document.activeElement.name") != "field.delivery_date"
    page.get_by_role("button", name="Add line").click()
    fresh = page.locator("[name='posting.tax_code']").last
    assert fresh.locator("option").all_inner_texts() == offered.all_inner_texts()
    supplied.fill("")
    supplied.blur()
    expect(tax).to_have_value("V19")
    supplied.fill("15/09/2020")
    page.keyboard.press("Tab")
    expect(tax).to_have_value("V16")
    page.locator(".posting").last.get_by_role("button", name="Remove line").click()
    page.locator("[name='field.number']").press("Control+Enter")
    refused = page.locator("#refused")
    expect(refused).to_contain_text("The lines come to €116.00, the document says €119.00.")
    expect(page.locator("[name='posting.tax_code']").first).to_have_value("V16")


def test_reject_with_a_reason_by_keyboard(page: Page, office: Office) -> None:
    item = office.item_of("document", office.document("broken.pdf"))
    page.goto(f"/items/{item}")
    expect(page.locator(".unreadable")).to_contain_text("damaged or cut off")
    page.keyboard.press("r")
    page.keyboard.type("new copy requested")
    page.keyboard.press("Enter")
    expect(page.locator(".flash")).to_contain_text("Rejected")


def test_a_rule_is_made_from_a_bank_line_by_keyboard(page: Page, office: Office) -> None:
    item = unexplained_line(office, "Miete Stellplatz November")
    page.goto(f"/items/{item}")
    page.keyboard.press("l")
    page.wait_for_url("**/rules?bank_line=**")
    name = page.get_by_label("Name on document or bank line")
    expect(name).to_have_value("Rack AG")
    name.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/items/{item}")
    expect(page.locator(".flash")).to_contain_text("Rule 1 is in force.")
    page.goto("/rules")
    expect(page.locator("table")).to_contain_text("Rack AG")


def test_a_bank_line_gets_another_open_item(page: Page, office: Office) -> None:
    office.bank_line("50.00", "other")
    line = office.bank_line()
    page.goto(f"/bank-lines/{line}")
    page.locator(".allocations [data-remove]").click()
    expect(page.locator("[data-rest]")).to_contain_text("119.00")
    page.keyboard.press("/")
    page.keyboard.type("R-100")
    expect(page.locator("#found tr")).to_have_count(1)
    page.locator("#found").get_by_role("button", name="Add").click()
    expect(page.locator("[data-rest]")).to_contain_text("69.00")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".flash")).to_contain_text("Corrected and posted as entry 2026-000001")


def test_mark_several_and_accept_them(page: Page, office: Office) -> None:
    office.document("A.pdf")
    office.document("B.pdf")
    page.goto("/queue")
    for key in ("x", "j", "x"):
        page.keyboard.press(key)
    expect(page.locator("[data-marked-count]")).to_have_text("2")
    page.get_by_role("button", name="Accept the marked items").click()
    expect(page.locator(".handed li.good")).to_have_count(2)
    expect(page.locator(".empty")).to_contain_text("Nothing waits")


def test_always_book_like_this_by_keyboard(page: Page, office: Office) -> None:
    item = office.item_of("document", office.document("A.pdf"))
    page.goto(f"/items/{item}")
    page.keyboard.press("l")
    page.wait_for_url("**/rules?document=*")
    expect(page.locator("[name=account]")).to_have_value("4980 Betriebsbedarf")
    page.locator("[name=words]").focus()
    page.keyboard.type("colocation")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/items/{item}")
    expect(page.locator(".flash")).to_contain_text("Rule 1 is in force")
    page.goto("/rules")
    expect(page.locator("tbody tr")).to_contain_text("colocation")
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("a")
    page.wait_for_url("**/autopilot")
    expect(page.get_by_role("heading", level=1)).to_have_text("Autopilot")
    page.keyboard.press("g")
    page.keyboard.press("r")
    page.wait_for_url("**/rules")
    page.get_by_role("button", name="Withdraw 1").click()
    expect(page.locator(".flash")).to_contain_text("Rule 1 was withdrawn")


def test_every_control_has_a_name_and_nothing_overflows(page: Page, office: Office) -> None:
    office.document("A.pdf")
    office.bank_line()
    nameless = """() => [...document.querySelectorAll(
        'input:not([type=hidden]), select, textarea, button, a[href]')]
      .filter(node => !(node.labels?.length || node.ariaLabel || node.title
        || node.textContent.trim() || node.querySelector('img[alt]')))
      .map(node => node.outerHTML.slice(0, 120))"""
    hidden = """() => [...document.querySelectorAll('.bar nav, main > .table, form > .table')]
      .filter(node => node.scrollWidth > node.clientWidth + 1).map(node => node.className)"""
    for width in (800, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        for path in PATHS:
            page.goto(path)
            assert page.evaluate(nameless) == [], path
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            assert page.evaluate(hidden) == [], (path, width)
        page.locator(".menu summary").click()
        menu = page.locator(".menu-body").bounding_box()
        assert menu is not None
        assert menu["x"] >= 0
        assert menu["x"] + menu["width"] <= width
        expect(page.get_by_role("button", name="Sign out")).to_be_in_viewport()


def test_the_desk_speaks_italian(page: Page) -> None:
    page.locator(".menu summary").click()
    page.get_by_role("button", name="Italiano").click()
    expect(page.locator(".bar nav")).to_contain_text("Partite aperte")
    assert page.locator("html").get_attribute("lang") == "it"
