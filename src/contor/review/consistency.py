"""Account, cost centre and tax code that go together: what an account demands, what the law decides.

The account leads, but for the tax code: where law or a rule has decided it, an automatic account
that takes another one stands back for the next best account. A tax code that does not hold on the
day of supply gives way to the one that took over, whoever named it; one for another VAT rate than the
document shows is not suggested by habit. Whatever had to be bent does not go through alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from contor.account_assignment.reverse_charge import NOTHING_KNOWN, OwedTax
from contor.account_assignment.suggestion import behind
from contor.errors import Refusal
from contor.ledger.accounts import Account, Chart
from contor.ledger.rate_change import PURCHASES, holding_on, in_place_of
from contor.ledger.tax_code import Direction, TaxCode
from contor.review.decisions import PostingChoice

Choice = Mapping[str, Any]
_DECIDED = frozenset({"rule", "einvoice"})


def made_consistent(
    choice: Choice,
    chart: Chart,
    codes: Sequence[TaxCode],
    on: date,
    owed: OwedTax = NOTHING_KNOWN,
    directions: Collection[Direction] = PURCHASES,
    rate: str = "",
) -> Choice:
    """A suggestion whose three codes can be posted together, as far as it names them.

    ``on`` is the day whose tax codes apply, ``directions`` those of the codes that do, ``rate`` the
    VAT rate that the document shows (percent; empty: none). ``owed`` says which accounts were only,
    and which never, booked with tax that we owe.
    """
    fixed = dict(choice)
    decided = fixed.get("tax_code", {}).get("rung") in _DECIDED
    holding = holding_on(codes, on, directions)
    valid = frozenset(row.code for row in holding)
    fitting = frozenset(row.code for row in holding if decided or _takes(row, rate))
    if "tax_code" in fixed:
        fixed["tax_code"] = _of_the_day(fixed["tax_code"], codes, on, valid, fitting)
    if "account" in fixed:
        fixed["account"] = _postable(fixed, chart, owed, valid, fitting)
    account = _account(chart, fixed)
    if account and account.only_tax_code in fitting:
        fixed["tax_code"] = _only_tax_code(fixed.get("tax_code"), account)
    if account and account.cost_centre_use:
        fixed["cost_centre"] = _cost_centre(fixed.get("cost_centre"), account)
    return fixed


def check_choices(choices: Sequence[PostingChoice], chart: Chart) -> None:
    """Pass choices that their accounts take.

    Raises:
        Refusal: ``cost_centre_missing``, ``cost_centre_forbidden``, ``tax_code_not_for_account``.
    """
    for choice in choices:
        if choice.account not in chart:
            continue  # the ledger refuses it by itself
        account = chart.find(choice.account)
        if account.cost_centre_use == "required" and not choice.cost_centre:
            raise Refusal(
                "cost_centre_missing",
                "The account {number} {name} demands a cost centre.",
                "Choose one.",
                number=account.number,
                name=account.name,
            )
        if account.cost_centre_use == "forbidden" and choice.cost_centre:
            raise Refusal(
                "cost_centre_forbidden",
                "The account {number} {name} takes no cost centre.",
                "Leave it empty.",
                number=account.number,
                name=account.name,
            )
        if account.only_tax_code and choice.tax_code != account.only_tax_code:
            raise Refusal(
                "tax_code_not_for_account",
                "The automatic account {number} {name} takes the tax code {tax_code} only.",
                "Choose that tax code, or another account.",
                number=account.number,
                name=account.name,
                tax_code=account.only_tax_code,
            )


def _account(chart: Chart, choice: Choice) -> Account | None:
    number = str(choice.get("account", {}).get("value") or "")
    return chart.find(number) if number in chart else None


def _takes(code: TaxCode, rate: str) -> bool:
    """Whether a tax code can be that of a document that shows a VAT rate.

    What is charged is deducted at its rate or not at all, and is not owed by us; where nothing is
    charged there is nothing to deduct.
    """
    if not rate:
        return True
    shown = Decimal(rate)
    if code.category == "S":
        return code.rate == shown
    return not shown or not code.counter_account


def _postable(
    choice: Choice,
    chart: Chart,
    owed: OwedTax,
    valid: Collection[str],
    fitting: Collection[str],
) -> Choice:
    """The account suggested, or the next best one that is open and takes the tax code.

    An automatic account is as good as closed on a day on which its tax code does not hold, and for a
    document that shows another rate.
    """
    said: Choice = choice["account"]
    tax = choice.get("tax_code", {})
    decided = str(tax.get("value") or "") if tax.get("rung") in _DECIDED else ""

    def only_for(number: str) -> str:
        return chart.find(number).only_tax_code if number in chart else ""

    def barred(number: str) -> bool:
        return bool(only_for(number)) and only_for(number) not in fitting

    def fits(number: str) -> bool:
        if number not in chart or not chart.find(number).open or barred(number):
            return False
        only = only_for(number)
        if not decided or only:
            return not decided or only == decided
        return said["rung"] in _DECIDED or not owed.contradicts(number, decided)

    number = str(said["value"] or "")
    if not number or fits(number):
        return said
    others = [str(other["value"]) for other in said.get("alternatives", ())]
    better = next((other for other in others if fits(other)), "")
    confidence = min(float(said["confidence"]), 0.5)
    if number not in chart or not chart.find(number).open:
        reason = f"{number} cannot be booked to any more."
    elif barred(number) and only_for(number) in valid:
        reason = f"{number} takes a tax code for another VAT rate than the document shows."
    elif barred(number):
        reason = f"{number} takes a tax code that does not hold on that day."
    else:
        reason = f"{number} takes another tax code than {decided}."
    if better:
        following = f"It came first; {better} is the next that fits."
        return _instead(said, better, f"{reason} {following}", confidence)
    doubt = {"auto": False, "confidence": confidence, "reason": f"{reason} {said['reason']}"}
    return {**said, **doubt}


def _instead(said: Choice, better: str, reason: str, confidence: float) -> Choice:
    """A runner-up in place of the first; what spoke for the first does not speak for it."""
    left = [other for other in said["alternatives"] if other["value"] != better]
    return {
        **{name: part for name, part in said.items() if name not in {"nearest", "words"}},
        "value": better,
        "auto": False,
        "confidence": confidence,
        "reason": reason,
        "alternatives": left,
    }


def _of_the_day(
    said: Choice,
    codes: Sequence[TaxCode],
    on: date,
    valid: Collection[str],
    fitting: Collection[str],
) -> Choice:
    """The tax code suggested, or the one that holds in its place; runner-ups are such as fit, too."""
    holding = [other for other in said.get("alternatives", ()) if other["value"] in fitting]
    kept = {**said, "alternatives": holding}
    value = str(said["value"] or "")
    if not value or value in fitting:
        return kept
    day, confidence = on.isoformat(), min(float(said["confidence"]), 0.5)
    reason = f"{value} is for another VAT rate than the document shows."
    if value not in valid:
        heir = in_place_of(value, codes, on)
        if heir is not None and heir.code in valid:
            reason = f"{value} does not hold on {day}; {heir.code} took its place."
            left = [other for other in holding if other["value"] != heir.code]
            kept |= {"alternatives": left, "reason": f"{reason} {said['reason']}".strip()}
            return {**kept, "value": heir.code, "auto": False, "confidence": confidence}
        reason = f"{value} is no tax code for {day}."
    if holding:
        better = str(holding[0]["value"])
        following = f"It came first; {better} is the next that fits."
        return _instead(kept, better, f"{reason} {following}", confidence)
    return _instead(kept, "", f"{reason} {said['reason']}", 0.0)


def _only_tax_code(said: Choice | None, account: Account) -> Choice:
    """The tax code that an automatic account takes."""
    only, value = account.only_tax_code, str((said or {}).get("value") or "")
    if said is not None and only == value:
        return said
    if said is not None and said["rung"] in _DECIDED:
        return {**said, "auto": False}
    reason = f"The automatic account {account.number} takes this tax code only."
    confidence = 0.99 if said is None else max(0.9, float(said["confidence"]))
    return _ruled(only, reason, confidence, auto=bool(said and said["auto"]), said=said)


def _cost_centre(said: Choice | None, account: Account) -> Choice:
    value = str((said or {}).get("value") or "")
    if account.cost_centre_use == "forbidden":
        if said is not None and not value:
            return said
        reason = f"The account {account.number} takes no cost centre."
        return _ruled("", reason, 0.99, auto=True, said=said)
    if value and said is not None:
        return said
    others = [str(other["value"]) for other in (said or {}).get("alternatives", ())]
    reason = f"The account {account.number} demands a cost centre."
    return _ruled(next(filter(None, others), ""), reason, 0.3, said=None)


def behind_it(value: str, confidence: float, said: Choice | None) -> list[dict[str, Any]]:
    """What was suggested, as the runner-up of another code that was put in front.

    It is as likely as it was held to be, should the one in front be wrong.
    """
    if said is None:
        return []
    held = [(str(said["value"]), float(said["confidence"]))]
    others, chances = behind(value, confidence, held, 1)
    return [
        {"value": other, "confidence": round(chance, 4)}
        for other, chance in zip(others, chances, strict=True)
    ]


def _ruled(
    value: str, reason: str, confidence: float, *, said: Choice | None, auto: bool = False
) -> dict[str, Any]:
    return {
        "value": value,
        "confidence": confidence,
        "auto": auto,
        "rung": "rule",
        "reason": reason,
        "alternatives": behind_it(value, confidence, said),
    }
