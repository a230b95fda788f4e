from __future__ import annotations

import pytest

from contor_api.desk.sign_in import local_path
from tests.api.conftest import Browser
from tests.support.desk import PASSWORD, Office


def test_pages_ask_a_stranger_to_sign_in(browser: Browser) -> None:
    answer = browser.get("/queue?kind=document", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in?next=%2Fqueue")


def test_signing_in_opens_the_page_that_was_wanted(browser: Browser) -> None:
    answer = browser.post(
        "/sign-in", {"email": "ANNA@example.org", "password": PASSWORD, "next": "/journal"}
    )
    assert answer.status_code == 200
    assert answer.url.path == "/journal"
    assert "Musterhosting GmbH" in answer.text


def test_the_cookie_is_out_of_reach_of_scripts(anna: Browser) -> None:
    cookie = anna.get("/").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie


@pytest.mark.parametrize("email", ["anna@example.org", "nobody@example.org"])
def test_a_wrong_password_says_so_without_saying_who_exists(browser: Browser, email: str) -> None:
    answer = browser.sign_in(email, "wrong")
    assert answer.status_code == 401
    assert "E-mail or password is wrong." in answer.text


def test_the_door_stays_shut_after_five_failed_tries_and_opens_later(
    browser: Browser, office: Office
) -> None:
    assert [browser.sign_in(password="wrong").status_code for _ in range(6)] == [401] * 5 + [429]
    assert browser.sign_in().status_code == 429
    office.clock.tick(minutes=16)
    assert browser.sign_in().status_code == 200


def test_a_form_without_the_token_changes_nothing(anna: Browser) -> None:
    answer = anna.client.post("/language", data={"language": "it", "csrf": "guess"})
    assert answer.status_code == 403
    assert 'lang="en"' in anna.get("/").text


def test_a_form_from_another_site_changes_nothing(anna: Browser) -> None:
    answer = anna.post("/language", {"language": "it"}, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403


def test_signing_out_ends_the_session(anna: Browser) -> None:
    anna.post("/sign-out")
    assert anna.get("/queue", follow_redirects=False).status_code == 303


def test_a_new_password_ends_every_session(anna: Browser, office: Office) -> None:
    with office.work.store.unit_of_work(office.tenant_id) as uow:
        user = uow.users.by_email("anna@example.org")
        assert user is not None
        uow.users.change(user.id, password_hash="something else")
    assert anna.get("/queue", follow_redirects=False).status_code == 303


def test_an_altered_cookie_is_nobody(anna: Browser) -> None:
    cookie = anna.client.cookies["contor_session"]
    anna.client.cookies.clear()
    anna.client.cookies.set("contor_session", cookie[:-3] + "abc")
    assert anna.get("/queue", follow_redirects=False).status_code == 303


def test_the_language_follows_the_person(anna: Browser, office: Office) -> None:
    answer = anna.post("/language", {"language": "it", "next": "/queue"})
    assert answer.url.path == "/queue"
    assert 'lang="it"' in answer.text
    with office.work.store.unit_of_work(office.tenant_id) as uow:
        user = uow.users.by_email("anna@example.org")
        assert user is not None
        assert user.language == "it"


@pytest.mark.parametrize(
    "wish", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:1", "\n/x"]
)
def test_nobody_is_sent_to_another_site(wish: str) -> None:
    assert local_path(wish) == "/"
