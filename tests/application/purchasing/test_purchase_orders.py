"""Orders to suppliers: made, changed while open, closed, dropped; what is outstanding can be asked for any goods."""

from __future__ import annotations

from datetime import date

import pytest

from pos.application.purchasing.purchase_orders import OrderDraft, OrderDraftLine, order_json
from pos.domain.errors import BadField
from pos.domain.purchasing.purchase_order import AlreadyReceived, NoSuchOrder, OrderBeingReceived, OrderOver
from pos.domain.purchasing.supplier import NoSuchSupplier, SupplierKnown
from pos.domain.sales.goods_for_sale import UnknownCode
from pos.domain.staff.staff import NotAllowed
from tests.builders import money
from tests.receiving import (
    CASHIER,
    CLERK,
    a_carton_code,
    an_order,
    orders,
    posting,
    product_id,
    receiving,
    suppliers,
)
from tests.shops import CHOCOLATE, COGNAC, SWEETS, DemoShop


def test_an_order_is_numbered_listed_and_says_what_is_outstanding(shop: DemoShop) -> None:
    made = an_order(shop, expected_on=date(2026, 3, 9), note="by lorry")
    second = an_order(shop, OrderDraftLine(CHOCOLATE, 40))

    assert (made.order.name, second.order.name) == ("O-000001", "O-000002")
    newest, first = orders(shop).listed(CLERK)
    assert (newest.name, newest.outstanding) == ("O-000002", 40)
    assert (first.supplier, first.lines, first.ordered, first.outstanding) == ("Almaty Sweets", 2, 30, 30)
    shown = orders(shop).show(1, CLERK)
    assert [line.cost for line in shown.order.lines] == [money("30.00"), money("250.00")]
    assert (shown.order.expected_on, shown.order.note, shown.supplier) == (
        date(2026, 3, 9),
        "by lorry",
        "Almaty Sweets",
    )
    with shop.store.reading() as work:
        expected = work.orders.outstanding([product_id(shop, code) for code in (SWEETS, CHOCOLATE)])
    assert sorted(expected.values()) == [24, 40]


def test_of_several_orders_all_are_made_or_none(shop: DemoShop) -> None:
    good, bad = (OrderDraft(lines=(OrderDraftLine(code, 12),)) for code in (SWEETS, "4870204320992"))

    with pytest.raises(UnknownCode):
        orders(shop).make_all((good, bad), CLERK)
    assert orders(shop).listed(CLERK) == []
    assert [view.order.name for view in orders(shop).make_all((good, good), CLERK)] == ["O-000001", "O-000002"]


def test_cartons_count_their_pieces_and_the_same_goods_twice_are_one_line(shop: DemoShop) -> None:
    a_carton_code(shop, SWEETS, "14870204320067", 12)

    made = an_order(shop, OrderDraftLine("14870204320067", cartons=3), OrderDraftLine(SWEETS, 4))

    assert [line.ordered for line in made.order.lines] == [40]
    with pytest.raises(BadField, match="given_twice"):
        an_order(shop, OrderDraftLine(SWEETS, 3, money("1.00")), OrderDraftLine(SWEETS, 4, money("2.00")))


def test_an_open_order_is_changed_but_never_below_what_has_come(shop: DemoShop) -> None:
    an_order(shop)
    receive, post = receiving(shop), posting(shop)
    receive.begin(CLERK, 1)
    receive.scan(1, SWEETS, CLERK, 10)
    with pytest.raises(OrderBeingReceived):
        orders(shop).close(1, CLERK)
    post(1, CLERK)

    with pytest.raises(AlreadyReceived) as few:
        orders(shop).change(1, OrderDraft([OrderDraftLine(SWEETS, 9)]), CLERK)
    assert (few.value.ordered, few.value.received) == (9, 10)
    changed = orders(shop).change(1, OrderDraft([OrderDraftLine(SWEETS, 12), OrderDraftLine(CHOCOLATE, 5)]), CLERK)
    assert [(line.ordered, line.received) for line in changed.order.lines] == [(12, 10), (5, 0)]
    with pytest.raises(AlreadyReceived):
        orders(shop).drop(1, CLERK)
    assert orders(shop).close(1, CLERK).order.state == "closed"
    with pytest.raises(OrderOver):
        orders(shop).change(1, OrderDraft([OrderDraftLine(COGNAC, 1)]), CLERK)
    assert orders(shop).listed(CLERK) == []


def test_a_dropped_order_expects_nothing(shop: DemoShop) -> None:
    an_order(shop)

    assert orders(shop).drop(1, CLERK).order.state == "dropped"
    with shop.store.reading() as work:
        assert work.orders.outstanding([product_id(shop, SWEETS)]) == {}
    with pytest.raises(OrderOver):
        receiving(shop).begin(CLERK, 1)


@pytest.mark.parametrize(
    ("wanted", "refusal"),
    [
        (OrderDraft([]), BadField),
        (OrderDraft([OrderDraftLine(SWEETS, 0)]), BadField),
        (OrderDraft([OrderDraftLine(SWEETS, 1_000_001)]), BadField),
        (OrderDraft([OrderDraftLine(SWEETS)]), BadField),
        (OrderDraft([OrderDraftLine(SWEETS, 1, cartons=1)]), BadField),
        (OrderDraft([OrderDraftLine(SWEETS, 1, money("-1.00"))]), BadField),
        (OrderDraft([OrderDraftLine("6900000000014", 1)]), UnknownCode),
        (OrderDraft([OrderDraftLine(SWEETS, 1)], note="x" * 121), BadField),
        (OrderDraft([OrderDraftLine(SWEETS, 1)], supplier="x" * 81), BadField),
        (OrderDraft([OrderDraftLine(SWEETS, 1)], origin="whim"), BadField),
    ],
)
def test_what_cannot_be_ordered_is_refused_and_takes_no_number(
    shop: DemoShop, wanted: OrderDraft, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        orders(shop).make(wanted, CLERK)

    assert an_order(shop).order.number == 1


def test_orders_are_the_clerks_and_not_the_cashiers(shop: DemoShop) -> None:
    with pytest.raises(NotAllowed):
        orders(shop).make(OrderDraft([OrderDraftLine(SWEETS, 1)]), CASHIER)
    with pytest.raises(NoSuchOrder):
        orders(shop).show(7, CLERK)


def test_a_supplier_is_added_once_and_renamed_on_every_document(shop: DemoShop) -> None:
    before = len(suppliers(shop).all(CLERK))
    added = suppliers(shop).add("Алматы Тәттілері", CLERK, "+7 727 1234567")

    with pytest.raises(SupplierKnown):
        suppliers(shop).add("  алматы   тәттілері ", CLERK)
    an_order(shop, supplier="АЛМАТЫ ТӘТТІЛЕРІ")
    suppliers(shop).rename(added.id, "Almaty Sweets JSC", CLERK)

    known = [(one.name, one.contact) for one in suppliers(shop).all(CLERK)]
    assert ("Almaty Sweets JSC", "+7 727 1234567") in known
    assert len(known) == before + 1
    assert orders(shop).show(1, CLERK).supplier == "Almaty Sweets JSC"
    with pytest.raises(NoSuchSupplier):
        suppliers(shop).rename(99, "Nobody", CLERK)


def test_of_an_order_that_is_closed_or_discarded_nothing_is_outstanding(shop: DemoShop) -> None:
    an_order(shop)
    an_order(shop, OrderDraftLine(CHOCOLATE, 40))
    receiving(shop).begin(CLERK, 1)
    receiving(shop).scan(1, SWEETS, CLERK, 10)
    posting(shop)(1, CLERK)
    assert [one.outstanding for one in orders(shop).listed(CLERK)] == [40, 20]

    closed, dropped = orders(shop).close(1, CLERK), orders(shop).drop(2, CLERK)

    assert [one.outstanding for one in orders(shop).listed(CLERK, None)] == [0, 0]
    assert (closed.outstanding, dropped.outstanding) == (0, 0)
    answer = order_json(orders(shop).show(1, CLERK))
    assert [(one["pieces"], one["received"], one["outstanding"]) for one in answer["lines"]] == [(24, 10, 0), (6, 0, 0)]
