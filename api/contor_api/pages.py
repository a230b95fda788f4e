"""The desk as one request sees it: who is there, which books, which language, and pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from contor.invoicing.wording import unit_text
from contor.ports.store import UnitOfWork
from contor.ports.store_people import Tenant, User
from contor.ports.workplace import Workplace
from contor_api import figures, static_files
from contor_api.attempts import Attempts
from contor_api.page_pictures import PagePictures
from contor_api.session import COOKIE, FLASH_COOKIE, Session, SessionSigner
from contor_api.vocabulary import Vocabulary
from contor_api.wording import LANGUAGES, Wording, best_language, wording


@cache
def _environment(language: str) -> Environment:
    said = wording(language)
    environment = Environment(
        loader=PackageLoader("contor_api"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(said.translations, newstyle=True)  # type: ignore[attr-defined]
    locale = said.locale
    environment.filters |= {
        "money": lambda money: figures.write_money(money, locale),
        "plain": lambda text: figures.write_plain(text, locale),
        "count": lambda text: figures.write_count(text, locale),
        "unit": lambda code: unit_text(code, locale.language),
        "share": lambda share: figures.write_share(share, locale),
        "rate": lambda share: figures.write_rate(share, locale),
        "day": lambda day: figures.write_date(day, locale),
        "whole": lambda number: figures.write_whole(number, locale),
        "tenths": lambda number: figures.write_tenths(number, locale),
        "filled": said.filled,
        "told": said.finding,
    }
    environment.globals |= {
        "static": static_files.address,
        "languages": LANGUAGES,
        "language": said.language,
        "words": Vocabulary(said),
    }
    return environment


@dataclass(frozen=True)
class Door:
    """What every request shares."""

    work: Workplace
    signer: SessionSigner
    attempts: Attempts = field(default_factory=Attempts)
    pictures: PagePictures = field(default_factory=PagePictures)
    environments: Mapping[str, Environment] = field(
        default_factory=lambda: {language: _environment(language) for language in LANGUAGES}
    )


@dataclass(frozen=True)
class Desk:
    """One request. Without a ``user`` somebody looks at the sign-in page."""

    door: Door
    request: Request
    session: Session
    wording: Wording
    user: User | None = None
    tenant: Tenant | None = None

    @property
    def tenant_id(self) -> int:
        """The books that are open."""
        assert self.tenant is not None
        return self.tenant.id

    @property
    def actor(self) -> str:
        """Who acts, as it is kept with entries and decisions."""
        assert self.user is not None
        return self.user.email

    @property
    def may_decide(self) -> bool:
        """Whether the person may change the books; a reader only looks."""
        return self.user is not None and self.user.role in {"owner", "bookkeeper"}

    @property
    def owns(self) -> bool:
        """Whether the person may decide what leaves the company."""
        return self.user is not None and self.user.role == "owner"

    def unit(self) -> AbstractContextManager[UnitOfWork]:
        """A unit of this tenant that only looks: what changes the books are workflows."""
        return self.door.work.store.reading(self.tenant_id)

    def page(self, template: str, *, status: int = 200, **context: Any) -> Response:
        """A rendered page; the message left by the page before is shown once."""
        zone = self.door.work.clock().tzinfo
        flash = self.door.signer.unseal_flash(self.request.cookies.get(FLASH_COOKIE))
        said = {
            "desk": self,
            "flash": flash,
            "path": self.request.url.path,
            "instant": lambda at: figures.write_instant(at, self.wording.locale, zone),
        }
        environment = self.door.environments[self.wording.language]
        html = environment.get_template(template).render(said | context)
        response = HTMLResponse(html, status, headers={"Cache-Control": "no-store"})
        if flash is not None:
            response.delete_cookie(FLASH_COOKIE)
        return self.keep(response)

    def redirect(self, target: str, **flash: str) -> Response:
        """Go to another page of the desk, leaving a message for it."""
        response = RedirectResponse(target, 303)
        if flash:
            self._set_cookie(response, FLASH_COOKIE, self.door.signer.seal_flash(flash))
        return self.keep(response)

    def remembering(self, put_off: Iterable[int]) -> Desk:
        """The same desk, with items put off for later."""
        return replace(self, session=self.session.putting_off(put_off))

    def keep(self, response: Response) -> Response:
        """Renew the session's cookie."""
        self._set_cookie(response, COOKIE, self.door.signer.seal(self.session))
        return response

    def _set_cookie(self, response: Response, name: str, value: str) -> None:
        secure = self.request.url.scheme == "https"
        response.set_cookie(name, value, httponly=True, samesite="lax", secure=secure, path="/")


def door_of(request: Request) -> Door:
    """What every request of the app shares."""
    door: Door = request.app.state.door
    return door


def visitor(request: Request) -> Desk:
    """The desk before anybody has signed in."""
    door = door_of(request)
    session = door.signer.unseal(request.cookies.get(COOKIE)) or Session()
    language = session.language or best_language(request.headers.get("accept-language", ""))
    return Desk(door, request, session, wording(language))
