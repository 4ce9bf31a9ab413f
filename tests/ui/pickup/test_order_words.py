"""What the card of an order says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from pos.application.text.translator import Translator
from pos.domain.money import Money
from pos.domain.pickup.customer_order import OrderState
from pos.domain.pickup.deposit import GIVE_BACK, KEEP, Deposit, DepositEntry, EntryKind
from pos.ui.pickup.order_words import deposit_text, facts_of, row_of
from tests.domain.pickup.test_customer_order import an_order
from tests.horgos import CNY

NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)


def deposit_with(*steps: tuple[EntryKind, int]) -> Deposit:
    whole = Money(145_000, CNY)
    entries = [DepositEntry(kind, Money(minor, CNY), Money(minor, CNY), NOON, "T1", "amina") for kind, minor in steps]
    return replace(Deposit("card", whole, whole, Fraction(1), GIVE_BACK), entries=tuple(entries))


def test_of_a_deposit_each_part_is_named_with_what_became_of_it() -> None:
    taken = (EntryKind.TAKEN, 145_000)
    used = (EntryKind.USED, 68_000)
    returned = (EntryKind.RETURNED, 77_000)
    voided = (EntryKind.RESTORED, 68_000)

    said = [
        deposit_text(deposit_with(*steps), Translator.english()).replace("\N{NO-BREAK SPACE}", " ")
        for steps in (
            (taken, used, returned),
            (taken, (EntryKind.RETURNED, 145_000)),
            (taken, used, voided, (EntryKind.KEPT, 145_000)),
        )
    ]

    assert said == [
        "Deposit used: ¥ 680.00 · Deposit returned: ¥ 770.00",
        "Deposit returned: ¥ 1,450.00",
        "Deposit kept: ¥ 1,450.00",
    ]


def test_an_open_deposit_is_named_with_terms_by_which_it_is_not_given_back() -> None:
    said = "If the order is not picked up in time, the shop keeps the deposit."
    taken = deposit_with((EntryKind.TAKEN, 145_000))
    for terms, state, is_named in (
        (GIVE_BACK, OrderState.CONFIRMED, False),
        (KEEP, OrderState.CONFIRMED, True),
        (KEEP, OrderState.EXPIRED, True),
        (KEEP, OrderState.CANCELLED, False),  # it goes back, whatever they were
    ):
        order = an_order(state=state, deposit=replace(taken, no_show=terms))
        *_, deposit, last = facts_of(order, NOON, UTC, Translator.english())
        assert (last == said, deposit.startswith("Deposit: ")) == (is_named, is_named)


def test_an_order_whose_time_is_over_says_so_before_a_step_has_noted_it() -> None:
    order, tr = an_order(state=OrderState.CONFIRMED, hold_until=NOON), Translator.english()
    claim = an_order(hold_until=NOON)
    assert any(fact.startswith("Waits until") for fact in facts_of(claim, NOON, UTC, tr)), "it holds nothing"
    for now, is_over in ((NOON - timedelta(seconds=1), False), (NOON, True)):
        state = row_of(order, now, UTC, CNY, tr).cells[1]
        assert (state.second == "its time is over") == is_over
        [held] = [one for one in facts_of(order, now, UTC, tr) if one.startswith("Held until")]
        assert held.endswith("(its time is over)") == is_over
