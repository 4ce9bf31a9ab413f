"""`payment …`: money at payment providers that is neither in a sale nor back with its customer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from pos.application.outside_partners.reconcile_provider import ProviderReconciliation
from pos.application.outside_partners.settle_attempts import UnsettledMoney
from pos.application.text.json_amounts import amount
from pos.application.text.json_fields import read_day
from pos.cli.runtime import Run, print_json
from pos.domain.errors import BadField
from pos.domain.money import Money
from pos.domain.outside_partners.answers import Declined, Lost
from pos.domain.outside_partners.attempt import PartnerAttempt
from pos.domain.outside_partners.reconciliation import Difference, StatementRow

_Number = Annotated[str, typer.Argument(metavar="NUMBER", help="The number of the payment or refund; see `list`.")]
_DONE, _NOT_DONE = "done", "not_done"


def add_to(program: typer.Typer, run: Run) -> None:
    group = typer.Typer(help="Money at payment providers: what is open, and what becomes of it.")
    program.add_typer(group, name="payment")

    @group.command("list")
    def list_open() -> None:
        """Print what is open at all tills: payments without a sale, refunds that are not done."""
        run.person().check("sell")
        print_json([_open(one) for one in run.shop.open_attempts(everywhere=True)])

    @group.command()
    def ask() -> None:
        """Ask the providers of this till about all that is open, and send the refunds that are owed."""
        run.person().check("sell")
        worker = run.shop.partner_worker
        worker.line_is_back()
        worker.turn()
        print_json([_open(one) for one in run.shop.open_attempts()])

    @group.command()
    def undo(number: _Number) -> None:
        """Ask that a payment does not happen; what was paid goes back."""
        print_json(_attempt(run.shop.undo_charge(number, run.person())))

    @group.command()
    def refund(
        number: _Number,
        by_hand: Annotated[bool, typer.Option("--by-hand", help="It went back in another way; ask nobody.")] = False,
    ) -> None:
        """Ask once more for a refund that the provider has declined."""
        give_back, person = run.shop.give_back_charge, run.person()
        if by_hand:
            give_back.by_hand(number, person)
            found = run.shop.open_attempts.with_number(number)
            print_json(None if found is None else _attempt(found))
        else:
            print_json(_attempt(give_back.again(number, person)))

    @group.command()
    def decide(
        number: _Number,
        outcome: Annotated[str, typer.Argument(metavar="done|not_done", help="What the device or the portal says.")],
        reference: Annotated[str, typer.Option(help="The number on the slip.")] = "",
    ) -> None:
        """Note what a person saw at the device or in the provider's portal, where the program cannot learn it."""
        if outcome not in (_DONE, _NOT_DONE):
            raise BadField("outcome", "unknown", outcome[:20])
        decided = run.shop.decide_attempt(number, run.person(), done=outcome == _DONE, reference=reference)
        print_json(_attempt(decided))

    @group.command()
    def check(
        provider: Annotated[str, typer.Argument(metavar="PROVIDER", help="wechat, alipay, kaspi or terminal.")],
    ) -> None:
        """Try the line and the credentials of a provider at this till. Nothing is changed."""
        run.person().check("settings")
        print_json({"provider": provider, **_tried(run.shop.offered_providers.check(provider))})

    @group.command()
    def reconcile(
        provider: Annotated[str, typer.Argument(metavar="PROVIDER", help="wechat, alipay or kaspi.")],
        file: Annotated[Path, typer.Argument(metavar="FILE", help="The provider's file of a day.")],
        first: Annotated[
            str | None, typer.Option("--from", metavar="DAY", help="The first day; else that of the file.")
        ] = None,
        last: Annotated[str | None, typer.Option("--to", metavar="DAY", help="The last day.")] = None,
    ) -> None:
        """Lay a provider's file of a day beside the payments and refunds of all tills. Nothing is changed."""
        days = read_day(first, "from"), read_day(last, "to")
        print_json(_reconciled(run.shop.reconcile_provider(run.person(), provider, file, *days)))


def _reconciled(found: ProviderReconciliation) -> dict[str, Any]:
    return {
        "provider": found.provider,
        "from": found.first.isoformat(),
        "to": found.last.isoformat(),
        "over": found.is_over,
        "verdict": found.verdict.value,
        "taken": [_both(*pair) for pair in found.sums(refunds=False)],
        "refunded": [_both(*pair) for pair in found.sums(refunds=True)],
        "rows": {"there": len(found.there), "here": len(found.here)},
        "differences": [_difference(one, found.known_of(one)) for one in found.differences],
        "unsettled": [_attempt(one) for one in found.unsettled],
    }


def _difference(one: Difference, known: PartnerAttempt | None) -> dict[str, Any]:
    return {
        "kind": one.kind.value,
        "there": [_row(row) for row in one.there],
        "here": [_row(row) | {"receipt": row.receipt or None} for row in one.here],
        "known": None if known is None else _attempt(known),
    }


def _both(there: Money, here: Money) -> dict[str, str]:
    codes = {"currency": there.currency.code, "there": str(there), "here": str(here)}
    return codes | {"difference": str(there - here)}


def _row(row: StatementRow) -> dict[str, Any]:
    return {
        "what": "refund" if row.is_refund else "charge",
        "number": row.number or None,
        "reference": row.reference or None,
        **amount(row.amount),
        "at": None if row.at is None else row.at.isoformat(),
    }


def _tried(answer: Declined | Lost | None) -> dict[str, Any]:
    if answer is None:
        return {"works": True, "problem": None, "detail": None}
    return {
        "works": False,
        "problem": answer.reason if isinstance(answer, Declined) else answer.what,
        "detail": answer.detail or None,
    }


def _open(one: UnsettledMoney) -> dict[str, Any]:
    refunds = [_attempt(refund) for refund in one.refunds]
    return _attempt(one.attempt) | {"owed": None if one.owed is None else amount(one.owed), "refunds": refunds}


def _attempt(one: PartnerAttempt) -> dict[str, Any]:
    decision = one.decision
    return {
        "number": one.number,
        "what": one.kind.value,
        "provider": one.partner,
        "till": one.till,
        "key": one.about,
        "state": one.state.value,
        **amount(one.amount),
        "paid": None if one.paid is None else amount(one.paid),
        "reference": one.reference or None,
        "reason": one.reason or None,
        "original": one.original or None,
        "at": one.begun_at.isoformat(),
        "undo_asked": one.is_undo_asked,
        "receipt": one.document or None,
        "decided_by": None if decision is None else decision.person,
    }
