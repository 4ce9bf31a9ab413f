"""A provider's day is laid beside ours, and each difference is named once."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.money import CURRENCIES, Money
from pos.domain.outside_partners.reconciliation import DifferenceKind, StatementRow, differences

CNY, HKD = CURRENCIES["CNY"], CURRENCIES["USD"]


def row(number: str, amount: str = "12.50", reference: str = "", *, refund: bool = False) -> StatementRow:
    return StatementRow(number, reference or f"P{number}", Money.parse(amount, CNY), refund)


def kinds(there: list[StatementRow], here: list[StatementRow]) -> list[DifferenceKind]:
    return [one.kind for one in differences(there, here)]


rows = st.builds(
    StatementRow,
    st.sampled_from(["A", "B", "C", "D", ""]),
    st.sampled_from(["1", "2", "3", ""]),
    st.integers(1, 3).map(lambda minor: Money(minor, CNY)),
    st.booleans(),
)


def test_a_day_that_agrees_has_no_difference() -> None:
    day = [row("A"), row("B", "3.00"), row("C", "1.00", refund=True)]
    assert differences(reversed(day), day) == ()


def test_what_one_side_alone_has_is_named() -> None:
    there, here = [row("A"), row("B")], [row("B"), row("C")]
    assert kinds(there, here) == [DifferenceKind.ONLY_THERE, DifferenceKind.ONLY_HERE]
    assert differences(there, here)[0].there == (row("A"),)


def test_another_sum_and_another_currency_are_named_with_both() -> None:
    (one,) = differences([row("A", "12.50")], [row("A", "12.49")])
    assert (one.kind, one.there[0].amount.minor, one.here[0].amount.minor) == (DifferenceKind.OTHER_SUM, 1250, 1249)
    foreign = StatementRow("A", "PA", Money(1250, HKD))
    assert kinds([foreign], [row("A")]) == [DifferenceKind.OTHER_SUM]


def test_what_a_provider_took_twice_is_named_once() -> None:
    (one,) = differences([row("A"), row("A", reference="P2")], [row("A")])
    assert one.kind is DifferenceKind.TWICE
    assert (len(one.there), len(one.here)) == (2, 1)


def test_a_file_without_our_numbers_is_laid_beside_by_the_providers() -> None:
    there = [StatementRow("", "5047", Money(100, CNY)), StatementRow("", "5048", Money(100, CNY))]
    assert kinds(there, [row("A", "1.00", "5047")]) == [DifferenceKind.ONLY_THERE]


def test_a_refund_is_not_the_payment_of_its_number() -> None:
    assert kinds([row("A", refund=True)], [row("A")]) == [DifferenceKind.ONLY_THERE, DifferenceKind.ONLY_HERE]


@settings(max_examples=60)
@given(st.lists(rows, max_size=6), st.lists(rows, max_size=6))
def test_every_row_is_agreed_or_in_one_difference(there: list[StatementRow], here: list[StatementRow]) -> None:
    found = differences(there, here)
    named_there = [row for one in found for row in one.there]
    named_here = [row for one in found for row in one.here]
    agreed_there, agreed_here = list(there), list(here)
    for each in named_there:
        agreed_there.remove(each)
    for each in named_here:
        agreed_here.remove(each)
    assert sum(row.amount.minor for row in agreed_there) == sum(row.amount.minor for row in agreed_here)
    assert len(agreed_there) == len(agreed_here)


@settings(max_examples=30)
@given(
    st.lists(
        rows.filter(lambda one: bool(one.number and one.reference)),
        max_size=6,
        unique_by=lambda one: (one.number, one.is_refund),
    )
)
def test_a_day_laid_beside_itself_agrees(day: list[StatementRow]) -> None:
    assert differences(day, day) == ()
    assert len(differences(day, [])) == len(day) == len(differences([], day))
