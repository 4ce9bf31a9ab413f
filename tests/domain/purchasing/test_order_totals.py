"""What an order comes to: each currency on its own, and what is not known is said."""

from __future__ import annotations

from pos.domain.purchasing.order_totals import OrderTotals
from pos.domain.purchasing.purchase_order import OrderLine, PurchaseOrder
from tests.builders import MONDAY, money
from tests.horgos import CNY, USD


def test_totals_of_two_currencies_are_never_mixed() -> None:
    totals = OrderTotals.of([(24, money("3.20", USD)), (6, money("250.00")), (2, money("0.05"))])

    assert totals.amounts == (money("1500.10", CNY), money("76.80", USD))
    assert totals.in_currency("USD") == money("76.80", USD)
    assert totals.in_currency("KZT") is None
    assert (totals.is_known, totals.is_complete, totals.without_cost) == (True, True, 0)


def test_a_line_of_unknown_cost_is_counted_and_adds_nothing() -> None:
    totals = OrderTotals.of([(24, money("30.00")), (6, None)])

    assert (totals.amounts, totals.without_cost, totals.is_complete) == ((money("720.00"),), 1, False)


def test_goods_that_cost_nothing_have_a_known_cost() -> None:
    assert OrderTotals.of([(24, money("0.00"))]) == OrderTotals((money("0.00"),), 0)
    assert not OrderTotals.of([(24, None)]).is_known


def test_what_came_without_having_been_ordered_is_no_part_of_the_order() -> None:
    lines = (OrderLine(1, 24, cost=money("30.00")), OrderLine(2, 0, 5, reason="instead"))
    order = PurchaseOrder(1, 12, "open", "hand", MONDAY, "clerk", lines=lines)

    assert order.totals == OrderTotals((money("720.00"),), 0)
    assert [line.total for line in lines] == [money("720.00"), None]
