"""The queue for programs: what waits, and verdicts on it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from contor.money import Money
from contor.ports.store_review import ReviewKind
from contor.review.decisions import AllocationChoice, Correction, PostingChoice
from contor.workflows.decide import decide
from contor.workflows.refresh_suggestion import refresh_suggestion
from contor_api.dependencies import Machine, MachineBookkeeper
from contor_api.desk.queue import PageNumber
from contor_api.machine.answers import page_of, plain
from contor_api.machine.paging import WITHOUT_NUL, Size
from contor_api.machine.spoken import proposal_said
from contor_api.machine.suggestions import Suggestion, suggestion_about

router = APIRouter(tags=["queue"])
Amount = Annotated[str, StringConstraints(pattern=r"^-?\d{1,15}(\.\d{1,6})?$")]
Text = Annotated[str, Field(max_length=2000, pattern=WITHOUT_NUL)]
Box = tuple[int, float, float, float, float]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Posting(_Strict):
    """One line of the entry; without ``net`` the proposed amount stays.

    ``line`` is the suggested line (from 0) it came from, ``items`` the invoice lines it stands for.
    """

    account: Text
    cost_centre: Text = ""
    tax_code: Text = ""
    net: Amount | None = None
    text: Text = ""
    line: int | None = None
    items: list[int] = Field(default_factory=list, max_length=5000)


class Allocation(_Strict):
    """Money of a bank line for one open item, signed like the line."""

    open_item: int
    amount: Amount
    discount: Amount | None = None
    fee: Amount | None = None
    write_off: Amount | None = None


class Verdict(_Strict):
    """A verdict; ``correct`` says what holds instead, ``reject`` needs a reason."""

    verdict: Literal["accept", "correct", "reject"]
    reason: Text = ""
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] = "EUR"
    fields: dict[str, Text] = Field(default_factory=dict, max_length=50)
    boxes: dict[str, Box] = Field(default_factory=dict, max_length=50)
    postings: list[Posting] = Field(default_factory=list, max_length=200)
    allocations: list[Allocation] = Field(default_factory=list, max_length=500)

    def correction(self) -> Correction:
        """The correction in the house's values."""
        return Correction(
            fields=self.fields,
            boxes=self.boxes,
            postings=tuple(
                PostingChoice(
                    line.account,
                    line.cost_centre,
                    line.tax_code,
                    self._money(line.net),
                    line.text,
                    tuple(line.items),
                    line.line,
                )
                for line in self.postings
            ),
            allocations=tuple(
                AllocationChoice(
                    part.open_item,
                    Money.of(part.amount, self.currency),
                    self._money(part.discount),
                    self._money(part.fee),
                    self._money(part.write_off),
                )
                for part in self.allocations
            ),
        )

    def _money(self, amount: str | None) -> Money | None:
        return Money.of(amount, self.currency) if amount is not None else None


@router.get("/queue")
def queue(
    desk: Machine, kind: ReviewKind | None = None, page: PageNumber = 1, size: Size = 50
) -> dict[str, Any]:
    """Open items: priority first, then least certain, then oldest."""
    with desk.unit() as uow:
        return page_of(uow.views.queue(kind, page=page, size=size))


class ItemAnswer(BaseModel):
    """An item, the verdicts on it, the open items proposed (bank line), and what was suggested."""

    item: dict[str, Any]
    decisions: list[dict[str, Any]]
    proposal: dict[str, Any] | None
    suggestion: Suggestion | None


@router.get("/queue/{item_id}", response_model=None, responses={200: {"model": ItemAnswer}})
def item(desk: Machine, item_id: int) -> dict[str, Any]:
    """One item with the verdicts on it, what was suggested, and the open items a bank line may settle.

    Account, cost centre and tax code are suggested line by line, with what was learnt since it was
    read, as on the desk's page of the item.
    """
    refresh_suggestion(desk.door.work, desk.tenant_id, item_id)
    with desk.unit() as uow:
        record = uow.review.get(item_id)
        decisions = uow.decisions.about(item_id)
        kept = uow.bank.proposal(record.subject_id) if record.kind == "bank_line" else None
        suggestion = suggestion_about(uow, (record.kind, record.subject_id), record, desk.wording)
    return {
        "item": plain(record),
        "decisions": plain(decisions),
        "proposal": plain(proposal_said(kept.content, desk.wording)) if kept else None,
        "suggestion": suggestion,
    }


@router.post("/queue/{item_id}/verdict")
def give_verdict(desk: MachineBookkeeper, item_id: int, verdict: Verdict) -> dict[str, Any]:
    """Decide an item; refuses ``already_decided`` (409) and whatever the ledger refuses."""
    decided = decide(
        desk.door.work,
        desk.tenant_id,
        item_id,
        verdict.verdict,
        desk.actor,
        verdict.correction() if verdict.verdict == "correct" else None,
        verdict.reason,
    )
    return {"decided": plain(decided)}
