"""The drawer and the Z of a shop whose prices have no, two or three decimals, against sums that the test keeps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import main
from db.seed.goods import FEATURED
from pos.application.sales.complete_sale import Payment
from pos.application.settings.options import Options
from pos.application.shop.shop import Shop
from pos.domain.border import use_border
from pos.domain.money import CURRENCIES, Currency, Money
from pos.domain.payment.tender import Tender, due_in, fewest_notes
from pos.domain.sales.sale import Sale
from pos.domain.visitors.document import read_mrz
from tests.borders import NOTES, write_border
from tests.horgos import HORGOS

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
ESTONIAN = ("P<ESTTAMM<<MARI<<<<<<<<<<<<<<<<<<<<<<<<<<<<<", "K000000011EST8505051F3405042<<<<<<<<<<<<<<00")
AT = {0: {"ISK": 0, "EUR": 2}, 2: {"EUR": 2, "JPY": 0}, 3: {"KWD": 3, "SEK": 2}}
WORTH = {0: "19", 2: "0.13", 3: "0.04"}

sales = st.lists(
    st.tuples(st.sampled_from(FEATURED[:4]), st.integers(0, 3), st.integers(1, 3), st.booleans()),
    min_size=1,
    max_size=3,
)
"""Goods, how many of the smallest notes of the other currency, over how many notes, in which currency the change."""


def sold(shop: Shop, code: str, many: int, over: int, other_change: bool) -> tuple[Sale, tuple[Tender, ...]]:
    """A sale for notes of the other currency and of that of the prices."""
    price, other = tuple(CURRENCIES.values())
    checkout = shop.new_checkout()
    checkout.identify(read_mrz(list(ESTONIAN), NOON.date()))
    checkout.scan(code)
    order = checkout.order(shop.sign_in.check("amina", shop.demo_pins["amina"]))
    tenders: list[Tender] = []
    left = order.cart.total
    foreign = Money(many * other.smallest_note, other)
    value = Money.rounded(foreign.units * order.rates.taking(other), price)
    if foreign and value < left:
        tenders.append(Tender("cash", foreign, notes=fewest_notes(foreign)))
        left = left - value
    asked = due_in(left, price, "cash", order.rates, shop.settings().cash())
    note = price.denominations[over]
    last = Money(-(-asked.minor // note) * note, price)
    tenders.append(Tender("cash", last, notes=fewest_notes(last)))
    payment = Payment(tuple(tenders), other if other_change else price)
    return shop.complete_sale.from_counter(order, payment), tuple(tenders)


def a_float(currency: Currency, digits: int) -> dict[int, int]:
    return {Money.parse(text, currency).minor: 30 for text in NOTES[digits][2:]}


@pytest.mark.parametrize("digits", AT)
def test_the_drawer_holds_the_float_and_what_came_less_what_went(digits: int, tmp_path: Path) -> None:
    write_border(tmp_path, "made-up", AT[digits], list_unit=WORTH[digits], limit="100000000")
    options = Options(data=tmp_path, demo=True, border="made-up", at=NOON)
    shop = main.build(options, quick_pins=True, demo_size=40)
    try:
        amina = shop.sign_in.check("amina", shop.demo_pins["amina"])
        shop.close_shift(amina, drawer_of(shop))

        @settings(max_examples=3)
        @given(sales)
        def holds(plan: list[tuple[str, int, int, bool]]) -> None:
            floats = {code: a_float(CURRENCIES[code], places) for code, places in AT[digits].items()}
            shop.open_shift(amina, floats)
            held = Counter({code: sum(value * many for value, many in notes.items()) for code, notes in floats.items()})
            came, gone, total, rounding = Counter[str](), Counter[str](), 0, 0
            for one in plan:
                sale, tenders = sold(shop, *one)
                came.update(dict.fromkeys(AT[digits], 0))
                for tender in tenders:
                    came[tender.amount.currency.code] += tender.amount.minor
                for back in sale.change:
                    gone[back.amount.currency.code] += back.amount.minor
                paid, given_back = (sum(part.value.minor for part in parts) for parts in (sale.paid, sale.change))
                assert paid - given_back == sale.total.minor + sale.rounding.minor
                total, rounding = total + sale.total.minor, rounding + sale.rounding.minor
            price = next(iter(CURRENCIES.values()))
            note = max(value for value, many in drawer_of(shop)[price.code].items() if many)
            shop.move_cash(amina, "drop", Money(note, price), "evening", {note: 1})
            expected = {
                code: held[code] + came[code] - gone[code] - (note if code == price.code else 0) for code in AT[digits]
            }
            assert {code: worth(notes) for code, notes in drawer_of(shop).items()} == expected

            z = shop.close_shift(amina, drawer_of(shop)).report

            lines = {line.currency.code: line for line in z.cash}
            assert {code: line.counted.minor for code, line in lines.items()} == expected  # type: ignore[union-attr] # it was
            assert all(not line.difference for line in lines.values())
            assert {code: line.tendered.minor for code, line in lines.items()} == dict(came)  # type: ignore[union-attr] # shown
            assert (z.sales.amount.minor, z.sales.count) == (total, len(plan))
            assert z.rounding.minor == rounding

        holds()
        assert shop.verify_books() == []
    finally:
        shop.close()
        use_border(HORGOS)


def worth(notes: Mapping[int, int]) -> int:
    return sum(value * many for value, many in notes.items())


def drawer_of(shop: Shop) -> dict[str, dict[int, int]]:
    """What lies in the drawer, note by note."""
    with shop.context.store.reading() as work:
        shift = work.shifts.open_at(shop.till)
        assert shift is not None
        return {code: dict(notes) for code, notes in work.shifts.drawer(shift).items()}
