"""The money of orders: proposed from the last delivery, changed while the order is open, added up by currency."""

from __future__ import annotations

from typing import Any

import pytest

from pos.application.purchasing.delivery_note import DeliveryNote
from pos.application.purchasing.order_message import order_message
from pos.application.purchasing.order_text import read_order
from pos.application.purchasing.purchase_orders import OrderDraft, OrderDraftLine, order_json
from pos.application.purchasing.tables import orders as listed_orders
from pos.application.stock.low_stock import LowStock
from pos.application.stock.tables import gathered
from pos.application.tables.listing import Listing, ListReader
from pos.domain.errors import BadField, MovedMeanwhile
from pos.domain.money import Money
from pos.domain.purchasing.goods_receipt import NotOnThisOrder
from pos.domain.purchasing.order_totals import OrderTotals
from pos.domain.purchasing.purchase_order import OrderBeingReceived, OrderOver
from pos.domain.sales.goods_for_sale import UnknownCode
from pos.domain.staff.staff import NotAllowed
from tests.builders import money
from tests.horgos import CNY, KZT, USD
from tests.printing.sales import the_translators
from tests.receiving import CASHIER, CLERK, an_order, orders, posting, receiving
from tests.shops import CHOCOLATE, COGNAC, SWEETS, DemoShop


def counted(shop: DemoShop, code: str, cost: Money | None, supplier: str = "Almaty Sweets") -> int:
    """The number of a delivery that is not posted yet: six pieces of a supplier, without freight."""
    receive = receiving(shop)
    number = receive.begin(CLERK).receipt.number
    line = receive.scan(number, code, CLERK, 6).rows[0].line
    assert line is not None
    receive.set_delivery_note(number, DeliveryNote(supplier=supplier), CLERK)
    receive.set_cost(number, line.no, cost, CLERK)
    return number


def a_delivery(shop: DemoShop, code: str, cost: Money | None, supplier: str = "Almaty Sweets") -> None:
    """It is counted and posted."""
    posting(shop)(counted(shop, code, cost, supplier), CLERK)


def proposed(shop: DemoShop, code: str, supplier: str) -> Money | None:
    """The cost that an order proposes for a line whose cost is left to it."""
    made = orders(shop).make(OrderDraft([OrderDraftLine(code, 1, takes_last_cost=True)], supplier), CLERK)
    return made.order.lines[0].cost


def test_the_list_of_orders_has_a_total_of_each_currency_and_counts_lines_without_a_cost(shop: DemoShop) -> None:
    an_order(shop)
    an_order(shop, OrderDraftLine(SWEETS, 3, money("3.20", USD)), OrderDraftLine(COGNAC, 2, money("9.99")))
    an_order(shop, OrderDraftLine(SWEETS, 3, money("1.00")), OrderDraftLine(COGNAC, 2))
    an_order(shop, OrderDraftLine(SWEETS, 3))

    assert [one.totals for one in reversed(orders(shop).listed(CLERK))] == [
        OrderTotals((money("2220.00"),), 0),
        OrderTotals((money("19.98", CNY), money("9.60", USD)), 0),
        OrderTotals((money("3.00"),), 1),
        OrderTotals((), 1),
    ]
    assert orders(shop).currencies(CLERK) == ["CNY", "USD"]


def test_a_million_pieces_at_the_dearest_cost_are_added_up_to_the_fen(shop: DemoShop) -> None:
    dearest = money("999999999999.99")
    an_order(shop, OrderDraftLine(SWEETS, 1_000_000, dearest), OrderDraftLine(COGNAC, 999_999, dearest))

    (listed,) = orders(shop).listed(CLERK)
    assert listed.totals == orders(shop).show(1, CLERK).order.totals
    assert listed.totals.amounts == (Money(dearest.minor * 1_999_999, CNY),)


def test_the_answer_of_a_command_has_line_totals_and_totals_and_says_what_has_no_cost(shop: DemoShop) -> None:
    made = an_order(shop, OrderDraftLine(SWEETS, 24, money("30.00")), OrderDraftLine(COGNAC, 6))

    answer = order_json(made)

    assert (answer["totals"], answer["without_cost"]) == ([{"amount": "720.00", "currency": "CNY"}], 1)
    assert [line["total"] for line in answer["lines"]] == [{"amount": "720.00", "currency": "CNY"}, None]


def test_the_supplier_s_last_delivery_proposes_the_cost_and_another_supplier_s_does_not(shop: DemoShop) -> None:
    assert proposed(shop, SWEETS, "Almaty Sweets") is None
    a_delivery(shop, SWEETS, money("29.00"))
    a_delivery(shop, SWEETS, money("4.10", USD))
    a_delivery(shop, SWEETS, money("31.00"), "Another")
    a_delivery(shop, SWEETS, None)

    assert proposed(shop, SWEETS, "Almaty Sweets") == money("4.10", USD)
    assert proposed(shop, SWEETS, "Another") == money("31.00")
    assert proposed(shop, SWEETS, "A new one") is None
    assert proposed(shop, SWEETS, "") == money("31.00")
    assert proposed(shop, COGNAC, "Almaty Sweets") is None


def test_of_two_deliveries_the_one_that_was_posted_later_proposes_the_cost(shop: DemoShop) -> None:
    first, second = counted(shop, SWEETS, money("28.00")), counted(shop, SWEETS, money("31.00"))
    for number in (second, first):
        shop.now.move(minutes=5)
        posting(shop)(number, CLERK)

    assert proposed(shop, SWEETS, "Almaty Sweets") == money("28.00")


def test_a_cost_that_is_given_or_left_unknown_on_purpose_is_not_replaced_by_a_proposal(shop: DemoShop) -> None:
    a_delivery(shop, SWEETS, money("29.00"))
    lines = [OrderDraftLine(SWEETS, 1, money("0.00"), takes_last_cost=True)]

    assert orders(shop).make(OrderDraft(lines, "Almaty Sweets"), CLERK).order.lines[0].cost == money("0.00")
    assert an_order(shop, OrderDraftLine(SWEETS, 1)).order.lines[0].cost is None


def test_goods_that_came_for_nothing_propose_no_cost(shop: DemoShop) -> None:
    a_delivery(shop, SWEETS, money("0.00"))

    assert proposed(shop, SWEETS, "Almaty Sweets") is None


def test_what_is_changed_on_an_order_afterwards_does_not_change_what_its_delivery_cost(shop: DemoShop) -> None:
    an_order(shop)
    receiving(shop).begin(CLERK, 1)
    receiving(shop).scan(1, SWEETS, CLERK, 10)
    posting(shop)(1, CLERK)
    orders(shop).set_cost(1, SWEETS, money("99.00"), CLERK)

    assert proposed(shop, SWEETS, "Almaty Sweets") == money("30.00")


def test_a_delivery_that_is_still_counted_and_goods_that_were_set_aside_propose_nothing(shop: DemoShop) -> None:
    an_order(shop)
    receiving(shop).begin(CLERK, 1)
    receiving(shop).scan(1, SWEETS, CLERK, 10)
    row = receiving(shop).scan(1, CHOCOLATE, CLERK, 2).rows[0]
    assert row.line is not None
    receiving(shop).set_cost(1, row.line.no, money("7.00"), CLERK)
    assert proposed(shop, SWEETS, "Almaty Sweets") is None
    posting(shop)(1, CLERK)

    assert proposed(shop, SWEETS, "Almaty Sweets") == money("30.00")
    assert proposed(shop, CHOCOLATE, "Almaty Sweets") is None


def test_low_stock_says_what_goods_cost_last_and_in_which_delivery(shop: DemoShop) -> None:
    assert LowStock(shop.context).of_code(SWEETS, CLERK).cost is None
    a_delivery(shop, SWEETS, money("29.00"), supplier_of(shop, SWEETS))

    last = LowStock(shop.context).of_code(SWEETS, CLERK).last

    assert last is not None
    assert (last.cost, last.receipt, last.at) == (money("29.00"), "R-000001", shop.now())


def supplier_of(shop: DemoShop, code: str) -> str:
    with shop.store.reading() as work:
        product = work.products.by_code(code, shop.now())
        assert product is not None
        names = {one.id: one.name for one in work.suppliers.all()}
        return names.get(product.supplier or 0, "Almaty Sweets")


def test_a_file_proposes_what_it_leaves_out_and_null_stays_unknown(shop: DemoShop) -> None:
    a_delivery(shop, SWEETS, money("29.00"))
    a_delivery(shop, COGNAC, money("200.00"))
    lines: list[dict[str, Any]] = [{"code": SWEETS, "pieces": 2}, {"code": COGNAC, "pieces": 1, "cost": None}]

    made = orders(shop).make(read_order({"supplier": "Almaty Sweets", "lines": lines}, CNY), CLERK)

    assert [line.cost for line in made.order.lines] == [money("29.00"), None]


def changes_of(shop: DemoShop) -> int:
    """How many entries of the journal say that an order was changed."""
    return len(shop.rows("SELECT id FROM journal WHERE act = 'change_order'"))


def test_the_cost_of_a_line_is_changed_while_the_order_is_open_and_stands_in_the_journal(shop: DemoShop) -> None:
    an_order(shop)
    seen = orders(shop).show(1, CLERK).order.lines[0]

    dollars = orders(shop).set_cost(1, SWEETS, money("4.00", USD), CLERK, seen=seen)
    with pytest.raises(MovedMeanwhile):
        orders(shop).set_cost(1, SWEETS, money("5.00"), CLERK, seen=seen)
    unknown = orders(shop).set_cost(1, COGNAC, None, CLERK)

    assert dollars.order.totals == OrderTotals((money("1500.00"), money("96.00", USD)), 0)
    assert unknown.order == orders(shop).show(1, CLERK).order
    assert unknown.order.totals == OrderTotals((money("96.00", USD),), 1)
    assert changes_of(shop) == 2
    orders(shop).set_cost(1, COGNAC, None, CLERK)
    assert changes_of(shop) == 2


def test_what_cannot_be_changed_is_refused(shop: DemoShop) -> None:
    an_order(shop)
    change = orders(shop).set_cost
    for code, cost, refusal in (
        (SWEETS, money("-1.00"), BadField),
        ("6900000000014", money("1.00"), UnknownCode),
        (CHOCOLATE, money("1.00"), NotOnThisOrder),
    ):
        with pytest.raises(refusal):
            change(1, code, cost, CLERK)
    with pytest.raises(NotAllowed):
        change(1, SWEETS, money("1.00"), CASHIER)
    receiving(shop).begin(CLERK, 1)
    with pytest.raises(OrderBeingReceived):
        change(1, SWEETS, money("1.00"), CLERK)
    receiving(shop).leave(1, CLERK, given_up=True)
    orders(shop).close(1, CLERK)
    with pytest.raises(OrderOver):
        change(1, SWEETS, money("1.00"), CLERK)


def test_the_text_to_send_has_each_line_its_cost_and_the_least_total(shop: DemoShop) -> None:
    made = an_order(shop, OrderDraftLine(SWEETS, 24, money("30.00")), OrderDraftLine(COGNAC, 6), note="by lorry")

    text = order_message(made, shop.settings(), the_translators()["en"]).replace("\u00a0", " ")

    assert "Purchase order O-000001 · " in text
    assert "Supplier: Almaty Sweets" in text
    assert f"({SWEETS}): 24 × ¥ 30.00 = ¥ 720.00" in text
    assert f"({COGNAC}): 6 pieces, cost unknown" in text
    assert text.endswith("Total pieces: 30\nTotal: at least ¥ 720.00 (1 line without a cost)\n")
    assert "TRAINING" in order_message(made, shop.settings(), the_translators()["en"], training=True)


def test_the_text_of_an_order_without_costs_speaks_of_no_money(shop: DemoShop) -> None:
    made = an_order(shop, OrderDraftLine(SWEETS, 24))

    text = order_message(made, shop.settings(), the_translators()["en"])

    assert f"({SWEETS}): 24 pieces\n" in text
    assert "cost" not in text


def table(shop: DemoShop, listing: Listing) -> list[dict[str, object]]:
    """The rows of a list as a file has them, by the names of their columns and the currencies of these."""
    reader = ListReader(CLERK, the_translators()["en"], shop.settings(), shop.now())
    (made,) = listing.make(reader)
    names = [f"{column.name} {column.unit}".strip() for column in made.columns]
    return [dict(zip(names, row, strict=True)) for row in made.rows]


def test_the_table_of_orders_has_a_total_for_each_currency_in_use(shop: DemoShop) -> None:
    an_order(shop, OrderDraftLine(SWEETS, 3, money("3.20", USD)), OrderDraftLine(COGNAC, 2))
    an_order(shop, OrderDraftLine(SWEETS, 3, money("1.00")))
    closed = an_order(shop, OrderDraftLine(SWEETS, 3, money("700.00", KZT)))
    orders(shop).close(closed.order.number, CLERK)

    newest, oldest = table(shop, listed_orders(orders(shop)))

    assert (newest["Total CNY"], newest["Total USD"], newest["Lines without a cost"]) == (money("3.00"), None, 0)
    assert (oldest["Total CNY"], oldest["Total USD"], oldest["Lines without a cost"]) == (None, money("9.60", USD), 1)
    assert "Total KZT" not in newest
    assert table(shop, listed_orders(orders(shop), None))[0]["Total KZT"] == money("2100.00", KZT)


def test_the_table_of_what_is_to_be_ordered_has_costs_as_they_stand_in_the_list(shop: DemoShop) -> None:
    a_delivery(shop, SWEETS, money("29.00"), supplier_of(shop, SWEETS))
    goods = [LowStock(shop.context).of_code(code, CLERK) for code in (SWEETS, COGNAC, CHOCOLATE)]
    sweets, cognac, chocolate = (one.product.id for one in goods)

    rows = table(shop, gathered(goods, {sweets: 2, cognac: 3, chocolate: 4}, {cognac: money("4.00", USD)}))

    assert [(row["To order"], row["Unit cost"], row["Total"]) for row in rows] == [
        (2, money("29.00"), money("58.00")),
        (3, money("4.00", USD), money("12.00", USD)),
        (4, None, None),
    ]
