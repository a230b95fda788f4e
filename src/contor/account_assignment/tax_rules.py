"""Tax code by rules: where the supplier is, what tax is printed, what the document says of it.

The rules are data with validity dates (``tax_rules.yaml``); the tenant's own tax codes say which
code stands for a kind and rate on the day. No rule, or no code for it: no answer, the model is
asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files

from contor.errors import Refusal
from contor.ledger.rate_change import PURCHASES, holding_on
from contor.ledger.tax_code import TaxCode
from contor.parties.vat_id import EU_PREFIXES
from contor.rules.decision_table import DecisionTable
from contor.rules.vat_rates import is_rate_of
from contor.rules.yaml_text import parse_yaml

_HIGHEST = 100
_HIGHEST_ABROAD = 30
"""No country charges more; a higher rate is a misreading."""


@dataclass(frozen=True, slots=True)
class TaxFacts:
    """What is known of a line: country of the supplier, rate printed (None: not said), category."""

    country: str = ""
    rate: Decimal | None = None
    category: str = ""
    supply: str = "unknown"
    customs: bool = False

    @classmethod
    def from_columns(cls, columns: Mapping[str, str]) -> TaxFacts:
        """Read the columns of a ledger line: vat_id, country, tax_rate, tax_category, supply."""
        prefix = columns.get("vat_id", "").strip()[:2].upper()
        country = columns.get("country", "").strip().upper() or (prefix if prefix.isalpha() else "")
        return cls(
            country=country,
            rate=read_rate(columns.get("tax_rate", "")),
            category=columns.get("tax_category", "").strip().upper(),
            supply=columns.get("supply", "").strip() or "unknown",
        )


@dataclass(frozen=True, slots=True)
class TaxDecision:
    """A tax code with the rule that led to it."""

    code: str
    rule_id: str
    note: str


def read_rate(cell: str) -> Decimal | None:
    """A VAT rate in percent, however it is written; None where it is none.

    >>> [str(read_rate(cell)) for cell in ("19.00", "19 %", "19,0", "0.19", "-1", "1E+9", "none")]
    ['19.00', '19', '19.0', '19.00', 'None', 'None', 'None']
    """
    try:
        rate = Decimal(cell.strip().rstrip("% ").replace(",", "."))
    except InvalidOperation:
        return None
    if not rate.is_finite() or not 0 <= rate <= _HIGHEST:
        return None
    return rate * 100 if 0 < rate < 1 else rate  # no rate is below one percent: that is a share


def region_of(country: str, home: str) -> str:
    """``domestic``, ``eu``, ``third`` or ``unknown``.

    >>> region_of("NL", "DE"), region_of("US", "DE"), region_of("", "DE")
    ('eu', 'third', 'unknown')
    """
    if not country:
        return "unknown"
    if country == home:
        return "domestic"
    return "eu" if country in EU_PREFIXES or country == "GR" else "third"


def decide_tax_code(
    facts: TaxFacts, codes: Sequence[TaxCode], on: date, home: str = "DE"
) -> TaxDecision | None:
    """The tenant's tax code for a line on the day of supply; None where the rules are silent."""
    valid = holding_on(codes, on, PURCHASES)
    charged = {code.rate for code in valid if code.category == "S"}
    ever = {code.rate for code in codes if code.category == "S"}
    taxed = "unknown" if facts.rate is None else ("yes" if facts.rate > 0 else "no")
    if facts.rate is None and facts.category in {"AE", "K", "G", "E", "Z", "O"}:
        taxed = "no"
    try:
        decision = _table().decide(
            {
                "region": region_of(facts.country, home),
                "category": facts.category,
                "taxed": taxed,
                "home_rate": facts.rate in charged,
                "foreign_rate": facts.rate is not None
                and facts.country != home
                and is_rate_of(facts.country, facts.rate, on),
                "once_home": facts.rate in ever or (facts.rate or 0) > _HIGHEST_ABROAD,
                "supply": facts.supply,
                "customs": facts.customs,
            },
            on,
        )
    except Refusal:
        return None
    never = decision.outputs.get("others", ())
    fitting = [
        c for c in valid if c.category == decision.outputs["category"] and c.code not in never
    ]
    if decision.outputs["category"] == "S":
        fitting = [code for code in fitting if code.rate == facts.rate or facts.customs]
    preferred = decision.outputs.get("codes", ())
    fitting.sort(key=lambda code: (code.code not in preferred, code.tax_account == "1588"))
    if not fitting:
        return None
    return TaxDecision(fitting[0].code, decision.rule_id, decision.note)


def tax_notes() -> list[str]:
    """What the rules say to people, one sentence each."""
    source = files("contor.account_assignment").joinpath("tax_rules.yaml")
    rules = parse_yaml(source.read_text(encoding="utf-8"))["rules"]
    return [str(rule["note"]) for rule in rules]


@cache
def _table() -> DecisionTable:
    source = files("contor.account_assignment").joinpath("tax_rules.yaml")
    return DecisionTable.from_data(parse_yaml(source.read_text(encoding="utf-8")))
