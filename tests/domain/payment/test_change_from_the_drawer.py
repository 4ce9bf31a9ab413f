"""Change is proposed from the notes in the drawer; what they do not make goes back in another currency."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.money import CURRENCIES, Currency, Money
from pos.domain.payment.banknotes import added, best_notes
from pos.domain.payment.tender import CashRules, Settlement, Tender, fewest_notes, notes_total, settle
from tests.builders import a_rate_table, card, cash, money, qr
from tests.horgos import CNY, KZT, USD

SHOP = CashRules()
PLENTY = {
    code: dict.fromkeys(values, 500) for code, values in ((one.code, one.denominations) for one in CURRENCIES.values())
}


def change_of(settled: Settlement) -> list[tuple[str, str, dict[int, int]]]:
    return [(part.amount.currency.code, str(part.amount), dict(part.notes)) for part in settled.change]


def test_a_full_drawer_gives_what_the_fewest_notes_make() -> None:
    tenders = [cash("50000", KZT), card("120"), qr("80")]

    settled = settle(money("837.40"), tenders, a_rate_table(), SHOP, KZT, PLENTY)

    assert settled == settle(money("837.40"), tenders, a_rate_table(), SHOP, KZT)
    assert change_of(settled) == [("KZT", "3150.00", {200_000: 1, 100_000: 1, 10_000: 1, 5_000: 1})]


def test_a_lacking_note_is_given_in_smaller_ones() -> None:
    drawer = {"CNY": {1_000: 3, 500: 9, 100: 9}}

    settled = settle(money("60"), [cash("100")], a_rate_table(), SHOP, None, drawer)

    assert change_of(settled) == [("CNY", "40.00", {1_000: 3, 500: 2})]


def test_the_notes_just_tendered_go_back_too() -> None:
    named = Tender("cash", money("140"), notes={10_000: 1, 2_000: 2})

    assert change_of(settle(money("120"), [named], a_rate_table(), SHOP, None, {"CNY": {}})) == [
        ("CNY", "20.00", {2_000: 1})
    ]


def test_what_the_notes_do_not_make_goes_back_in_tenge() -> None:
    drawer = {"CNY": {1_000: 2, 500: 1}, "KZT": {10_000: 9, 2_000: 9, 1_000: 9, 500: 9}}

    settled = settle(money("72.60"), [cash("100")], a_rate_table(), SHOP, None, drawer)

    # 27.40 wanted, 25 made; 2.40 × 73.50 = 176.4 → 175 tenge
    assert change_of(settled) == [
        ("CNY", "25.00", {1_000: 2, 500: 1}),
        ("KZT", "175.00", {10_000: 1, 2_000: 3, 1_000: 1, 500: 1}),
    ]
    paid = sum(p.value.minor for p in settled.paid)
    assert paid == 7260 + sum(c.value.minor for c in settled.change) + settled.rounding.minor


def test_dollars_without_small_notes_go_back_in_yuan() -> None:
    drawer = {"USD": {2_000: 1, 1_000: 0}, "CNY": dict.fromkeys(CURRENCIES["CNY"].denominations, 20)}

    settled = settle(money("100"), [cash("50", USD)], a_rate_table(), SHOP, USD, drawer)

    assert [(code, amount) for code, amount, _ in change_of(settled)] == [("USD", "20.00"), ("CNY", "104.50")]


def test_an_empty_unknown_or_hopeless_drawer_never_blocks_a_sale() -> None:
    as_today = settle(money("72.60"), [cash("100")], a_rate_table(), SHOP)

    for drawer in ({}, {"CNY": {1_000: -2}}, {"CNY": {1_000: 1}}, {"CNY": {1_000: 1}, "KZT": {20_000: 1}}):
        assert settle(money("72.60"), [cash("100")], a_rate_table(), SHOP, None, drawer) == as_today
    assert (
        settle(money("72.60"), [cash("100")], a_rate_table("KZT", "CNY"), SHOP, None, {"CNY": {5_000: 1}}) == as_today
    )


@given(
    st.integers(1, 200_000),
    st.lists(st.tuples(st.sampled_from([CNY, KZT, USD]), st.integers(1, 300)), min_size=1, max_size=3),
    st.sampled_from([None, CNY, KZT, USD]),
    st.dictionaries(st.sampled_from(["CNY", "KZT", "USD"]), st.randoms(use_true_random=False), max_size=3),
)
def test_whatever_lies_there_the_sale_adds_up(
    due: int, tendered: list[tuple[Currency, int]], preferred: Currency | None, dice: dict[str, object]
) -> None:
    drawer = {
        code: {value: d.randint(0, 3) for value in CURRENCIES[code].denominations}  # type: ignore[attr-defined] # a Random
        for code, d in dice.items()
    }
    rates = a_rate_table()
    tenders = [Tender("cash", Money(c.denominations[n % 4] * n, c)) for c, n in tendered]

    settled = settle(Money(due, CNY), tenders, rates, SHOP, preferred, drawer)
    today = settle(Money(due, CNY), tenders, rates, SHOP, preferred)

    given_back = sum(part.value.minor for part in settled.change)
    if not settled.left:
        assert sum(p.value.minor for p in settled.paid) == due + given_back + settled.rounding.minor
    assert settled.left == today.left
    assert all(notes_total(part.notes, part.amount.currency) == part.amount for part in settled.change)
    assert len({part.amount.currency for part in settled.change}) == len(settled.change) <= 2
    # One yuan step, one tenge step and the part below a note's half: nothing is kept beyond them.
    assert abs(settled.rounding.minor - today.rounding.minor) <= 20
    for part in settled.change:
        code = part.amount.currency.code
        here = added(drawer.get(code, {}), *(fewest_notes(t.amount) for t in tenders if t.amount.currency.code == code))
        if settled != today and part.notes != fewest_notes(part.amount):
            assert all(count <= here.get(value, 0) for value, count in part.notes.items())
            assert best_notes(part.amount.minor, here)


@pytest.mark.parametrize("notes", [{1: 750}, {1_000: 1, 500: -1, 50: 5}, {500: 1, 100: 3}])
def test_notes_that_no_one_can_hand_out_are_not_taken_for_the_change(notes: dict[int, int]) -> None:
    settled = settle(money("12.50"), [cash("20")], a_rate_table(), SHOP, None, {}, {"CNY": notes})
    assert [part.notes for part in settled.change] == [fewest_notes(money("7.50"))]
