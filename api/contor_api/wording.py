"""What the desk says, in German, English and Italian.

Texts are English in the code and in the templates; the Babel catalogues under ``locale`` carry the
other languages. Refusals are translated by their template and filled in afterwards; a text that
comes filled in already (a stored finding) is recognised by the templates of the catalogue.

>>> Wording("de").say("Sign in")
'Anmelden'
>>> Wording("it").say("A text that no catalogue has")
'A text that no catalogue has'
"""

from __future__ import annotations

import re
from functools import cache, cached_property
from importlib.resources import as_file, files

from babel.core import Locale
from babel.support import NullTranslations, Translations

from contor.documents.reading import AMOUNT_FIELDS
from contor.errors import Finding, Refusal
from contor_api.figures import localised, write_plain, write_rate, write_share

LANGUAGES = {"de": "Deutsch", "en": "English", "it": "Italiano"}
PLACE = re.compile(r"\{(\w*)[^}]*\}")
_DECIMAL = re.compile(r"-?\d+\.\d+")
_SHARE = re.compile(r"(\d{1,3}(\.\d+)?)%")
_AMOUNTS = frozenset(
    [
        "amount",
        "net",
        "tax",
        "gross",
        "total",
        "net_total",
        "stated",
        "computed",
        "left",
        "open",
        "explained",
        "difference",
        "deduction",
    ]
)
"""Places of texts where a bare decimal is an amount; elsewhere it may be a number or a version."""
_MESSAGES = frozenset(["said", "refusal", "reason", "reasons"])
"""Places that hold texts of the house."""


@cache
def _translations(language: str) -> NullTranslations:
    with as_file(files("contor_api") / "locale") as folder:
        found: NullTranslations = Translations.load(folder, [language], domain="contor")
    return found


def mark(text: str) -> str:
    """Mark a text for the catalogues."""
    return text


class Wording:
    """One language."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else "en"
        self.locale = Locale("en", "GB") if self.language == "en" else Locale(self.language)
        self.translations = _translations(self.language)

    def say(self, text: str, **details: object) -> str:
        """The text in this language, with the details filled in."""
        said = str(self.translations.gettext(text)) if text else ""
        return said.format(**details) if details else said

    def refusal(self, refusal: Refusal) -> tuple[str, str]:
        """Message and advice of a refusal in this language."""
        return (
            self._fill(refusal.message_template, refusal),
            self._fill(refusal.advice_template, refusal),
        )

    def _fill(self, template: str, refusal: Refusal) -> str:
        """A template in this language with a refusal's details; words among them are said too."""
        said = {
            name: value if isinstance(value, int | float) else self._detail(name, str(value))
            for name, value in refusal.details.items()
        }
        text = self.say(template)
        try:
            return text.format(**said)
        except (KeyError, IndexError, ValueError):
            return text

    def finding(self, found: Finding) -> str:
        """The message of a finding, its figures as people write them.

        >>> said = "The XML gives 153.77 as tax total, the page 153.78."
        >>> Wording("de").finding(Finding("xml_page_differ", "error", said, ("tax_total",)))
        'Das XML nennt 153,77 als Steuerbetrag, die Seite 153,78.'
        """
        about_money = bool(found.fields) and set(found.fields) <= set(AMOUNT_FIELDS)
        return self.filled(found.message, about_money=about_money)

    def filled(self, text: str, *, about_money: bool = False) -> str:
        """A text whose details are filled in already, such as a stored finding.

        Every bare decimal in a text ``about_money`` is an amount.

        >>> Wording("en").filled("A text that no catalogue has")
        'A text that no catalogue has'
        """
        if not text or text in self._known:
            return self.say(text)
        return (
            self._sentences(text, about_money=about_money)
            or self._pattern(text, about_money=about_money)
            or text
        )

    def _sentences(self, text: str, *, about_money: bool) -> str | None:
        """Several sentences, each known: a message with its advice, a reason with its parts."""
        for match in re.finditer(r"[.!?] ", text):
            first = self._pattern(text[: match.start() + 1], about_money=about_money)
            rest = text[match.end() :]
            second = first and (
                self._sentences(rest, about_money=about_money)
                or self._pattern(rest, about_money=about_money)
            )
            if first and second:
                return f"{first} {second}"
        return None

    def _pattern(self, text: str, *, about_money: bool) -> str | None:
        """One text by its template, as it is or with its places filled."""
        if text in self._known:
            return self.say(text)
        for pattern, places, translated in self._patterns:
            match = pattern.fullmatch(text)
            if match:
                given = {
                    place: self._detail(place, value, about_money=about_money)
                    for place, value in zip(places, match.groups(), strict=True)
                }
                return _put_in(translated, given)
        return None

    def _detail(self, place: str, value: str, *, about_money: bool = False) -> str:
        """What stands in a place: a word or a text of the house, a figure, a name as it is."""
        if place in _MESSAGES:
            return self.filled(value)
        if _DECIMAL.fullmatch(value) and (about_money or place in _AMOUNTS):
            return write_plain(value, self.locale)
        share = _SHARE.fullmatch(value)
        if share:
            write = write_rate if share[2] else write_share
            return write(float(share[1]) / 100, self.locale)
        return localised(self.say(value), self.locale)

    @cached_property
    def _known(self) -> frozenset[str]:
        """Every text the house says; English ones are those that the others translate."""
        spoken = self.translations if self.language != "en" else _translations("de")
        return frozenset(key for key in getattr(spoken, "_catalog", {}) if isinstance(key, str))

    @cached_property
    def _patterns(self) -> list[tuple[re.Pattern[str], list[str], str]]:
        """The templates with places, those of most words first: they say best what a text is."""
        words = {text: len(PLACE.sub("", text)) for text in self._known if "{" in text}
        return [
            _pattern(template, self.say(template))
            for template in sorted(words, key=lambda template: (-words[template], template))
            if words[template] > 8
        ]


@cache
def wording(language: str) -> Wording:
    """The wording of a language, made once."""
    return Wording(language)


def best_language(accepted: str) -> str:
    """The language of ``Accept-Language`` (RFC 9110, 12.5.4) that the desk speaks best.

    >>> best_language("fr-FR,it;q=0.8,de;q=0.5"), best_language("")
    ('it', 'en')
    >>> best_language("de; q=0.5 , IT"), best_language("de;q=0")
    ('it', 'en')
    """
    wishes = []
    for place, wish in enumerate("".join(accepted.split()).split(",")[:20]):
        name, _, weight = wish.partition(";q=")
        if re.fullmatch(r"[01](\.\d{0,3})?", weight or "1") and float(weight or 1):
            wishes.append((-float(weight or 1), place, name.split("-")[0].lower()))
    return next((name for _, _, name in sorted(wishes) if name in LANGUAGES), "en")


def _pattern(template: str, translated: str) -> tuple[re.Pattern[str], list[str], str]:
    places: list[str] = []
    parts: list[str] = []
    end = 0
    for match in PLACE.finditer(template):
        parts += [re.escape(template[end : match.start()]), "(.*?)"]
        places.append(match[1])
        end = match.end()
    parts.append(re.escape(template[end:]))
    return re.compile("".join(parts), re.DOTALL), places, translated


def _put_in(template: str, given: dict[str, str]) -> str:
    return PLACE.sub(lambda place: given.get(place[1], ""), template)
