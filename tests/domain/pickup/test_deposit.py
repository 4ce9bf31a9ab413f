"""A deposit counts at its own rate, and what is left of it is the sum of its entries."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from pos.domain.money import Money
from pos.domain.payment.cash_amount import in_coins
from pos.domain.payment.tender import CashRules, Settlement, Tender, settle
from pos.domain.pickup.deposit import Deposit, DepositEntry, DepositSum, DepositSums, EntryKind, together
from pos.domain.pricing.rates import RateTable
from tests.builders import MONDAY
from tests.horgos import CNY, KZT, USD

RATE, CASH = Fraction(10, 751), CashRules()


def taken(minor: int, rate: Fraction = RATE) -> Deposit:
    amount = Money(minor, KZT)
    value = Money.rounded(amount.units * rate, CNY)
    return Deposit("cash", amount, value, rate, "give_back").with_entry(entry(EntryKind.TAKEN, amount, value))


def entry(kind: EntryKind, amount: Money, value: Money) -> DepositEntry:
    return DepositEntry(kind, amount, value, MONDAY, "T1", "amina", 1)


def test_a_void_restores_what_its_sale_used() -> None:
    deposit = taken(5000_00)
    used = deposit.with_entry(entry(EntryKind.USED, deposit.open, deposit.open_value))
    assert not used.open
    restored = used.with_entry(entry(EntryKind.RESTORED, deposit.amount, deposit.value))
    assert (restored.open, restored.open_value) == (deposit.open, deposit.open_value)


def paid_with(deposit: Deposit, amount: Money, owed: Money) -> Settlement:
    """A sale that a part of a deposit pays, at a till that has no rate of today."""
    tender = Tender("deposit", amount, "K7QM2N9X", origin=deposit.method, rate=deposit.rate)
    settled = settle(owed, (tender,) if amount else (), RateTable(KZT, CNY, {}), CASH)
    assert amount <= deposit.open
    assert not settled.change
    return settled


@given(st.integers(1, 10**9), st.integers(1, 10**7))
def test_by_card_it_pays_what_is_due_to_the_fen_and_never_more(minor: int, due: int) -> None:
    deposit, owed = replace(taken(minor), method="card"), Money(due, CNY)
    settled = paid_with(deposit, deposit.towards(owed, CASH), owed)
    assert settled.left == (owed - deposit.value if deposit.value < owed else Money.zero(CNY))
    assert abs(settled.rounding.minor) <= 1


@given(st.integers(1, 10**7), st.integers(5, 10**7))
def test_in_cash_it_pays_as_cash_does_and_coins_make_what_is_left_of_it(tenge: int, due: int) -> None:
    deposit, owed = taken(tenge * 100), Money(due, CNY)
    amount = deposit.towards(owed, CASH)
    settled = paid_with(deposit, amount, owed)
    assert in_coins(deposit.open - amount) == deposit.open - amount
    left = owed - deposit.value
    assert settled.left == (left if CASH.asked_of(left).minor > 0 else Money.zero(CNY))
    assert abs(settled.rounding.minor) <= 5  # half of the smallest coin in each of them


@given(st.integers(1, 10**4), st.integers(1, 10**7))
def test_without_coins_notes_make_what_is_left_of_it(dollars: int, due: int) -> None:
    rate, owed = Fraction(714, 100), Money(due, CNY)
    amount = Money(dollars * 100, USD)
    value = Money.rounded(amount.units * rate, CNY)
    deposit = Deposit("cash", amount, value, rate, "give_back").with_entry(entry(EntryKind.TAKEN, amount, value))
    used = deposit.towards(owed, CASH)
    settled = paid_with(deposit, used, owed)
    assert not (deposit.open - used).minor % 100
    if value > owed:
        assert settled.left.units < rate  # less than one dollar is paid beside it


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=5))
def test_its_parts_come_to_the_whole(parts: list[int]) -> None:
    deposit = taken(sum(parts))
    value = Money.zero(CNY)
    for part in parts:
        amount = Money(part, KZT)
        worth = deposit.worth(amount)
        value = value + worth
        deposit = deposit.with_entry(entry(EntryKind.USED, amount, worth))
    assert (deposit.open.minor, deposit.open_value.minor, value) == (0, 0, deposit.value)


def test_sums_of_shifts_are_joined_by_method_and_currency() -> None:
    one = DepositSum("cash", Money(5_00, CNY), Money(5_00, CNY))
    both = together([DepositSums(taken=(one,)), DepositSums(taken=(one,), kept=(one,))])
    assert both.taken == (DepositSum("cash", Money(10_00, CNY), Money(10_00, CNY)),)
    assert both.kept == (one,)
    assert not both.without_cash()
