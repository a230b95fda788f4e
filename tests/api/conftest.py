"""An office and a signed-in browser for every test of the web door."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from contor_api.app import create_app
from tests.support.desk import PASSWORD, SECRET, Office, open_office


@dataclass
class Browser:
    """A client that fills the CSRF token in, as the pages do."""

    client: TestClient

    def csrf(self, path: str = "/sign-in") -> str:
        found = re.search(r'name="csrf" value="([^"]+)"', self.client.get(path).text)
        assert found is not None
        return found[1]

    def get(self, path: str, **more: Any) -> Any:
        return self.client.get(path, **more)

    def post(self, path: str, data: dict[str, Any] | None = None, **more: Any) -> Any:
        token = self.csrf(more.pop("page", "/sign-in"))
        return self.client.post(path, data={"csrf": token, **(data or {})}, **more)

    def sign_in(self, email: str = "anna@example.org", password: str = PASSWORD) -> Any:
        return self.post("/sign-in", {"email": email, "password": password, "next": "/"})


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = open_office(tmp_path)
    yield made
    made.work.store.dispose()


@pytest.fixture
def browser(office: Office) -> Iterator[Browser]:
    app = create_app(office.work, SECRET)
    with TestClient(app, base_url="http://localhost", follow_redirects=True) as client:
        yield Browser(client)


@pytest.fixture
def anna(browser: Browser) -> Browser:
    assert browser.sign_in().status_code == 200
    return browser
