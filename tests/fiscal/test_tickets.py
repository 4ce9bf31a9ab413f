"""Tickets of any sale and any return add up, whatever was paid in whatever money."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.catalogue.product import Attributes
from pos.domain.fiscal.ticket import PaymentKind, Ticket
from pos.domain.fiscal.ticket_making import _shares, ticket_of_return, ticket_of_sale, ticket_without_receipt
from pos.domain.money import CURRENCIES, Currency, Money, total
from pos.domain.payment.tender import EXCHANGE, CashRules, Tender, settle
from pos.domain.pricing.rates import Rate, RateTable
from pos.domain.returns.goods_return import GoodsReturn, Refund, ReturnedLine, worth_of
from pos.domain.sales.sale import Sale, SaleLine
from pos.domain.vat import vat_in
from pos.fiscal.webkassa import _body
from tests.fiscal.fake_webkassa import _wrong_sums

AT = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
KZT, CNY, USD = (CURRENCIES[code] for code in ("KZT", "CNY", "USD"))


def rates(price: Currency) -> RateTable:
    given = {"CNY": ("71.90", "72.84"), "USD": ("518.10", "523.70")}
    table = {code: Rate(CURRENCIES[code], Decimal(buy), Decimal(sell), None, AT) for code, (buy, sell) in given.items()}
    return RateTable(KZT, price, table)


def line(number: int, amount: Money, quantity: int = 1, off: int = 0, **more: Any) -> SaleLine:
    """A line that comes to so much; each piece has a price, and the rest of it is a discount."""
    unit = Money(-(-(amount.minor + off) // quantity), amount.currency)
    vat = more.pop("vat", Decimal(16))
    given: dict[str, Any] = {
        "code": "4870204321111", "names": {"ru": f"Коньяк {number}"}, "carrier": None, "taxed": 0,
        "discount": unit * quantity - amount, "unit_price": unit,
    } | more  # fmt: skip
    return SaleLine(
        line=number, product_id=number + 1, name=f"Goods {number}", category="alcohol.spirit", quantity=quantity,
        amount=amount, attributes=Attributes(), vat=vat, tax=vat_in(amount, vat), **given,
    )  # fmt: skip


def sale(lines: list[SaleLine], tenders: list[Tender], price: Currency, change: Currency | None = None) -> Sale:
    due, table = total((one.amount for one in lines), price), rates(price)
    done = settle(due, tenders, table, CashRules(), change)
    assert done.left.minor <= 0
    return Sale(
        till="T1", number=7, key="k", at=AT, cashier="aigul", shift=1, destination="", regime=None, regime_version=None,
        total=due, lines=tuple(lines), paid=done.paid, change=done.change, rounding=done.rounding, rates=table,
        quota_rates={}, visitors=(), quota={},
    )  # fmt: skip


def returned(sold: Sale, pieces: dict[int, int], before: dict[int, int], methods: tuple[str, ...]) -> GoodsReturn:
    lines = []
    for number, quantity in pieces.items():
        of = sold.lines[number]
        amount = worth_of(of.amount, of.quantity, before.get(number, 0), quantity)
        lines.append(ReturnedLine(
            number, of.product_id, of.code, of.name, of.names, of.category, quantity, amount, "shelf", of.vat,
        ))  # fmt: skip
    worth = total((one.amount for one in lines), sold.total.currency)
    shares = worth.shared(len(methods))
    refunds = tuple(
        Refund(EXCHANGE if method == EXCHANGE else method, part, Fraction(1), part,
               origin="card" if method == EXCHANGE else None)
        for method, part in zip(methods, shares, strict=True) if part
    )  # fmt: skip
    return GoodsReturn(
        till="T1", number=8, key="r", at=AT, cashier="aigul", shift=1, reverses=sold.receipt, reason="other",
        total=worth, lines=tuple(lines), refunds=refunds, rounding=Money.zero(worth.currency), rates=sold.rates,
    )  # fmt: skip


def check(ticket: Ticket) -> None:
    """Everything that the register checks of a ticket."""
    assert ticket.total == ticket.paid
    for one in ticket.positions:
        assert one.gross - one.discount == one.amount
        assert one.discount.minor >= 0
        assert one.amount.minor >= 0
        assert one.tax == vat_in(one.amount, one.vat)
    assert _wrong_sums(json.loads(json.dumps(_body("SWK1", ticket)), parse_float=Decimal)) == ""


@st.composite
def sales(draw: st.DrawFn) -> Sale:
    price = draw(st.sampled_from([CNY, KZT]))
    step = 100 if price == KZT else 1
    lines = []
    for number in range(draw(st.integers(1, 6))):
        quantity = draw(st.integers(1, 9))
        unit = draw(st.integers(1, 500_000)) * step
        off = draw(st.integers(0, unit * quantity)) if draw(st.booleans()) else 0
        vat = draw(st.sampled_from([None, Decimal(16), Decimal(12), Decimal(0)]))
        lines.append(line(number, Money(unit * quantity - off, price), quantity, off, vat=vat))
    due = total((one.amount for one in lines), price)
    if not due:
        return sale(lines, [Tender("cash", Money(100, price))], price)
    tenders = []
    if draw(st.booleans()) and due.minor > 1:
        tenders.append(Tender(draw(st.sampled_from(["card", "qr"])), Money(draw(st.integers(1, due.minor - 1)), price)))
    money = draw(st.sampled_from([CNY, KZT, USD]))
    worth = total((one.amount for one in tenders), price)
    rest = (due - worth).units / rates(price).taking(money)
    units = int(rest) + draw(st.integers(1, 200))
    tenders.append(Tender("cash", Money(units * 100, money)))
    return sale(lines, tenders, price, draw(st.sampled_from([None, CNY, KZT])))


@given(sales())
@settings(max_examples=60)
def test_what_was_paid_less_the_change_is_what_the_goods_come_to(sold: Sale) -> None:
    ticket = ticket_of_sale(sold, "N" * 26, KZT, ("ru",))
    check(ticket)
    assert len(ticket.positions) == len(sold.lines)


@given(sales(), st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_the_returns_of_all_pieces_come_to_the_sale(sold: Sale, chance: random.Random) -> None:
    ticket = ticket_of_sale(sold, "N" * 26, KZT, ("ru",))
    left = {number: int(one.quantity) for number, one in enumerate(sold.lines)}
    before: dict[int, int] = {}
    back = []
    while any(left.values()):
        pieces = {number: chance.randint(1, count) for number, count in left.items() if count and chance.random() < 0.7}
        if not pieces:
            continue
        methods = tuple(chance.sample(["cash", "card", "qr", EXCHANGE], chance.randint(1, 3)))
        made = ticket_of_return(returned(sold, pieces, before, methods), "R" * 26, ticket, before)
        check(made)
        back.append(made)
        for number, count in pieces.items():
            left[number] -= count
            before[number] = before.get(number, 0) + count
    assert total((one.total for one in back), KZT) == ticket.total


def test_tenge_count_as_they_were_handed_over_and_yuan_at_the_frozen_rate() -> None:
    lines = [line(0, Money(45_000, CNY), 1), line(1, Money(2_500, CNY), 2)]
    sold = sale(lines, [Tender("card", Money(10_000, CNY)), Tender("cash", Money(3_000_000, KZT))], CNY, KZT)
    ticket = ticket_of_sale(sold, "N", KZT, ("ru", "kk"))
    by_kind = {one.kind: str(one.amount) for one in ticket.payments}
    assert by_kind == {PaymentKind.CARD: "7284.00", PaymentKind.CASH: "30000.00"}
    assert str(ticket.change) == "2685.00"
    assert str(ticket.total) == "34599.00"
    assert ticket.positions[0].name == "Коньяк 0"


def test_in_its_own_currency_a_price_stays_as_it_is_and_the_largest_row_takes_the_rounding() -> None:
    sold = sale(
        [line(0, Money(100_300, KZT)), line(1, Money(50_000, KZT), 2)], [Tender("cash", Money(160_000, KZT))], KZT
    )
    ticket = ticket_of_sale(sold, "N", KZT, ("ru",))
    assert [str(one.amount) for one in ticket.positions] == ["1005.00", "500.00"]
    assert sold.rounding.minor == 200


def test_a_weighed_piece_is_counted_in_kilograms_and_comes_back_whole() -> None:
    weighed = line(0, Money(1_234, CNY), code="2200110", grams=453, per_kg=Money(2_724, CNY))
    sold = sale([weighed], [Tender("qr", Money(1_234, CNY))], CNY)
    ticket = ticket_of_sale(sold, "N", KZT, ())
    (position,) = ticket.positions
    assert (position.count, position.unit, position.gtin) == (Decimal("0.453"), "kilogram", "")
    back = ticket_of_return(returned(sold, {0: 1}, {}, ("qr",)), "R", ticket, {})
    assert back.positions[0].count == Decimal("0.453")
    assert back.total == ticket.total
    check(back)


def test_a_marking_code_goes_along_with_its_article_and_comes_back_with_the_return() -> None:
    marked = line(0, Money(9_900, CNY), serial="ABC123")
    sold = sale([marked], [Tender("card", Money(9_900, CNY))], CNY)
    ticket = ticket_of_sale(sold, "N", KZT, ())
    assert ticket.positions[0].mark == "010487020432111121ABC123"
    assert ticket.positions[0].gtin == "04870204321111"
    back = ticket_of_return(returned(sold, {0: 1}, {}, ("card",)), "R", ticket, {})
    assert back.positions[0].mark == ticket.positions[0].mark


def test_goods_without_a_receipt_come_back_at_the_rates_of_the_day() -> None:
    sold = sale([line(0, Money(10_000, CNY), 3)], [Tender("card", Money(10_000, CNY))], CNY)
    back = replace(returned(sold, {0: 2}, {}, ("cash",)), reverses=None)
    ticket = ticket_without_receipt(back, "R", KZT, ("ru",))
    check(ticket)
    assert str(ticket.total) == "4856.24"


def test_many_rows_of_half_a_tiyn_never_make_one_fall_below_nothing() -> None:
    parts = _shares([Money(1, CNY)] * 100, Money(50, KZT), Fraction(70))
    assert sum(one.minor for one in parts) == 50
    assert min(one.minor for one in parts) == 0
