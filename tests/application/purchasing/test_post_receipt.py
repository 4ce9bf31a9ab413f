"""Posting brings goods in once, at what they cost landed, of the lots and under the documents that came with them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update

from db.tables.receiving import order_line, receipt_line
from db.tables.stock import stock_move
from pos.application.purchasing.delivery_note import DeliveryNote
from pos.application.purchasing.purchase_orders import OrderDraftLine
from pos.domain.errors import BadField
from pos.domain.money import Money
from pos.domain.pricing.rates import NoRate
from pos.domain.purchasing.goods_receipt import Charge, DeliveryOver, MissingLot, NothingCounted
from pos.domain.stock.stock import LotConflict, Worth
from tests.builders import money
from tests.horgos import CNY, USD
from tests.receiving import CLERK, an_order, kept_by_lot, late_charge, orders, posting, product_id, receiving
from tests.shops import BAG, CHOCOLATE, COGNAC, SWEETS, DemoShop
from tests.stock_documents import under_a_document

FREIGHT = Charge("freight", Money(10_000, USD))


def worth(shop: DemoShop, code: str) -> Worth:
    with shop.store.reading() as work:
        return work.stock.worth(product_id(shop, code))


def forget_stock(shop: DemoShop, *codes: str) -> None:
    """Let nothing of these goods be owned, so that figures are round."""
    from pos.domain.stock.stock import Movement

    with shop.store.begin() as work:
        for code in codes:
            product = product_id(shop, code)
            moves = [Movement(product, -at.on_hand, "waste", at.location) for at in work.stock.everywhere(product)]
            under_a_document(work, moves, code, shop.now())
        work.commit()


def verified(shop: DemoShop) -> list[str]:
    with shop.store.reading() as work:
        return list(work.reports.mismatches())


def moves_of(shop: DemoShop, document: str) -> list[Any]:
    with shop.store.reading() as work:
        query = select(stock_move).where(stock_move.c.document == document).order_by(stock_move.c.product_id)
        return list(work.connection.execute(query))


def test_a_delivery_is_posted_once_at_its_landed_cost(shop: DemoShop) -> None:
    forget_stock(shop, SWEETS, COGNAC)
    an_order(shop)
    receive = receiving(shop)
    receive.begin(CLERK, 1)
    receive.set_delivery_note(1, DeliveryNote("Almaty Sweets", charges=(FREIGHT,)), CLERK)
    receive.scan(1, SWEETS, CLERK, 24)
    receive.scan(1, COGNAC, CLERK, 6)

    posted = posting(shop)(1, CLERK)

    # 24 × 30.00 = 720.00 and 6 × 250.00 = 1500.00; the freight is shared 72 : 150
    values = [(line.value, line.charges, line.landed) for line in posted.lines]
    freight = sum(line.charges.minor for line in posted.lines)
    assert [value for value, _, _ in values] == [money("720.00"), money("1500.00")]
    assert posted.charges[0][1].minor == freight
    assert posted.shared_by == "value"
    assert worth(shop, SWEETS) == Worth(24, values[0][2].minor if values[0][2] else None)
    assert (posted.order, posted.order_closed, posted.pieces) == ("O-000001", True, 30)
    assert orders(shop).show(1, CLERK).order.state == "closed"
    assert [move.quantity for move in moves_of(shop, "R-000001")] == [24, 6]

    assert posting(shop)(1, CLERK) == posted
    assert len(moves_of(shop, "R-000001")) == 2
    with pytest.raises(DeliveryOver):
        receive.scan(1, SWEETS, CLERK)
    assert verified(shop) == []


def test_what_was_paid_in_dollars_is_worth_the_customs_rate_of_the_day(shop: DemoShop) -> None:
    forget_stock(shop, CHOCOLATE)
    receive = receiving(shop)
    receive.begin(CLERK)
    line = receive.scan(1, CHOCOLATE, CLERK, 7).rows[0].line
    assert line is not None
    receive.set_cost(1, line.no, Money(133, USD), CLERK)

    posted = posting(shop)(1, CLERK)

    rate = posted.rates["USD"]
    assert posted.lines[0].value == Money.rounded(7 * Money(133, USD).units * rate, CNY)
    assert posted.lines[0].cost == Money(133, USD)


def test_a_part_of_an_order_comes_and_the_rest_stays_open_or_is_closed_short(shop: DemoShop) -> None:
    an_order(shop)
    receive, post = receiving(shop), posting(shop)
    receive.begin(CLERK, 1)
    receive.scan(1, SWEETS, CLERK, 10)
    first = post(1, CLERK)
    assert (first.order_closed, [(code, left) for code, _, left in first.missing]) == (
        False,
        [(SWEETS, 14), (COGNAC, 6)],
    )

    view = receive.begin(CLERK, 1)
    assert [(row.expected, row.counted) for row in view.rows] == [(14, 0), (6, 0)]
    receive.scan(2, SWEETS, CLERK, 15)
    receive.scan(2, BAG, CLERK, 3)
    receive.scan(2, CHOCOLATE, CLERK, 2)
    receive.keep(2, product_id(shop, CHOCOLATE), "instead of cognac", CLERK)
    receive.close_short(2, product_id(shop, COGNAC), CLERK)
    second = post(2, CLERK)

    assert second.order_closed
    assert [(code, pieces) for code, _, pieces in second.set_aside] == [(BAG, 3)]
    order = orders(shop).show(1, CLERK)
    assert [(line.ordered, line.received, line.closed_short, line.reason) for line in order.order.lines] == [
        (24, 25, False, ""),
        (6, 0, True, ""),
        (0, 2, False, "instead of cognac"),
    ]
    assert order.receipts == ("R-000001", "R-000002")
    assert verified(shop) == []


def test_an_order_is_closed_when_the_person_who_posts_says_that_nothing_more_comes(shop: DemoShop) -> None:
    an_order(shop)
    receive = receiving(shop)
    receive.begin(CLERK, 1)
    receive.scan(1, SWEETS, CLERK)

    assert posting(shop)(1, CLERK, close_order=True).order_closed
    assert orders(shop).listed(CLERK) == []


def test_what_lacks_a_lot_or_contradicts_one_on_file_does_not_come_in(shop: DemoShop) -> None:
    kept_by_lot(shop, SWEETS)
    receive, post = receiving(shop), posting(shop)
    receive.begin(CLERK)
    with pytest.raises(NothingCounted):
        post(1, CLERK)
    line = receive.scan(1, SWEETS, CLERK, 2).rows[0].line
    assert line is not None
    before = worth(shop, SWEETS)
    with pytest.raises(MissingLot):
        post(1, CLERK)
    receive.set_lot(1, line.no, "A1", date(2027, 5, 31), CLERK)
    with shop.store.begin() as work:  # meanwhile another till brought that lot in with another day
        work.stock.lot(product_id(shop, SWEETS), "A1", date(2027, 1, 1), "", shop.now())
        work.commit()

    with pytest.raises(LotConflict):
        post(1, CLERK)
    assert worth(shop, SWEETS) == before
    receive.set_lot(1, line.no, "A1", date(2027, 1, 1), CLERK)
    assert post(1, CLERK).lines[0].lot == "A1"
    assert verified(shop) == []


def test_goods_under_a_customs_document_are_accounted_for_by_lot_in_the_place_they_came_to(shop: DemoShop) -> None:
    receive = receiving(shop)
    receive.begin(CLERK)
    receive.set_delivery_note(1, DeliveryNote(location="store", entry="5510/260302/0001"), CLERK)
    receive.scan(1, COGNAC, CLERK, 6)

    posting(shop)(1, CLERK)

    with shop.store.reading() as work:
        (balance,) = work.stock.lot_balances(product_id(shop, COGNAC), 10)
    assert (balance.lot.code, balance.lot.entry, balance.locations) == ("R-000001", "5510/260302/0001", {"store": 6})


def test_goods_of_no_known_cost_come_in_at_the_average_and_bear_their_freight(shop: DemoShop) -> None:
    forget_stock(shop, SWEETS)
    receive, post = receiving(shop), posting(shop)
    receive.begin(CLERK)
    line = receive.scan(1, SWEETS, CLERK, 10).rows[0].line
    assert line is not None
    receive.set_cost(1, line.no, money("3.00"), CLERK)
    post(1, CLERK)
    receive.begin(CLERK)
    receive.set_delivery_note(2, DeliveryNote(charges=(Charge("duty", money("5.00")),)), CLERK)
    receive.scan(2, SWEETS, CLERK, 10)

    posted = post(2, CLERK)

    assert (posted.lines[0].landed, posted.shared_by in ("weight", "pieces")) == (None, True)
    assert worth(shop, SWEETS) == Worth(20, 6500)
    assert verified(shop) == []


def test_a_bill_that_comes_late_raises_the_cost_of_what_is_still_owned(shop: DemoShop) -> None:
    from pos.domain.stock.stock import Movement

    forget_stock(shop, SWEETS)
    receive = receiving(shop)
    receive.begin(CLERK)
    line = receive.scan(1, SWEETS, CLERK, 10).rows[0].line
    assert line is not None
    receive.set_cost(1, line.no, money("3.00"), CLERK)
    with pytest.raises(DeliveryOver):
        late_charge(shop)(1, Charge("duty", money("1.00")), CLERK)
    posting(shop)(1, CLERK)
    with shop.store.begin() as work:
        under_a_document(work, [Movement(product_id(shop, SWEETS), -6, "waste")], SWEETS, shop.now())
        work.commit()

    done = late_charge(shop)(1, Charge("duty", money("10.00")), CLERK)

    assert (done.on_owned, done.on_sold) == (money("4.00"), money("6.00"))
    assert worth(shop, SWEETS) == Worth(4, 1600)
    with pytest.raises(BadField):
        late_charge(shop)(1, Charge("duty", money("0.00")), CLERK)
    assert verified(shop) == []


def test_a_late_bill_for_goods_in_stock_of_unknown_cost_is_not_called_one_for_goods_sold(shop: DemoShop) -> None:
    forget_stock(shop, SWEETS)
    receive = receiving(shop)
    receive.begin(CLERK)
    receive.scan(1, SWEETS, CLERK, 10)
    posting(shop)(1, CLERK)
    owned = worth(shop, SWEETS)

    done = late_charge(shop)(1, Charge("freight", money("10.00")), CLERK)

    assert owned == Worth(10, None)
    assert (done.on_owned, done.on_sold, done.on_unknown) == (money("0.00"), money("0.00"), money("10.00"))
    assert worth(shop, SWEETS) == owned
    assert verified(shop) == []


def test_a_cost_in_a_currency_without_a_rate_is_refused_before_anything_comes_in(shop: DemoShop) -> None:
    an_order(shop, OrderDraftLine(SWEETS, 2, Money(100, USD)))
    receive = receiving(shop)
    receive.begin(CLERK, 1)
    receive.scan(1, SWEETS, CLERK)
    shop.now.move(days=-4000)  # before the shop had any rate

    with pytest.raises(NoRate):
        posting(shop)(1, CLERK)
    assert moves_of(shop, "R-000001") == []


def test_who_alters_a_posted_delivery_or_its_order_is_found_out(shop: DemoShop) -> None:
    an_order(shop)
    receive = receiving(shop)
    receive.begin(CLERK, 1)
    receive.scan(1, SWEETS, CLERK, 5)
    posting(shop)(1, CLERK)
    assert verified(shop) == []

    with shop.store.begin() as work:
        work.connection.execute(update(order_line).where(order_line.c.received == 5).values(received=6))
        work.connection.execute(update(receipt_line).values(counted=7))
        work.commit()
    with shop.raw(writing=True) as store:
        store.execute("UPDATE stock_move SET quantity = 4 WHERE reason = 'receipt'")

    faults = "\n".join(verified(shop))
    assert f"order O-000001, {SWEETS}: 6 received, its deliveries brought 7" in faults
    assert "goods receipt R-000001: its document is not what was moved in" in faults
    assert "goods receipt R-000001: its document is not what its lines count" in faults


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        ("content = replace(content, 'DN-7', 'DN-8')", "its document is not what was posted"),
        ("content = replace(content, '30.00', '31.00')", "its document is not what was posted"),
        ("entry = 'GTD 2'", "it is not what its document says"),
        ("delivery_note = 'DN-8'", "it is not what its document says"),
        ("place = 'store'", "it is not what its document says"),
        ("posted_by = 'li'", "the journal says that another posted it, or when"),
        ("posted_at = posted_at + 1", "the journal says that another posted it, or when"),
    ],
)
def test_documents_of_a_posted_delivery_that_were_changed_are_named(shop: DemoShop, change: str, finding: str) -> None:
    an_order(shop)
    receive = receiving(shop)
    receive.begin(CLERK, 1)
    receive.scan(1, SWEETS, CLERK, 5)
    receive.set_delivery_note(1, DeliveryNote(supplier="Almaty Sweets", delivery_note="DN-7", entry="GTD 1"), CLERK)
    posting(shop)(1, CLERK)
    assert verified(shop) == []

    with shop.raw(writing=True) as store:
        store.execute(f"UPDATE goods_receipt SET {change}")

    assert verified(shop) == [f"goods receipt R-000001: {finding}"]


@pytest.mark.parametrize("change", ["landed_minor = 1", "line_no = 2"])
def test_a_line_of_a_posted_delivery_that_was_changed_is_named(shop: DemoShop, change: str) -> None:
    an_order(shop)
    receive = receiving(shop)
    receive.begin(CLERK, 1)
    receive.scan(1, SWEETS, CLERK, 5)
    posting(shop)(1, CLERK)

    with shop.raw(writing=True) as store:
        store.execute(f"UPDATE receipt_line SET {change}")

    assert verified(shop) == ["goods receipt R-000001: its document is not what its lines count"]


def test_goods_that_came_in_at_another_cost_than_their_delivery_says_are_named(shop: DemoShop) -> None:
    an_order(shop)
    receive = receiving(shop)
    receive.begin(CLERK, 1)
    receive.scan(1, SWEETS, CLERK, 5)
    posting(shop)(1, CLERK)

    with shop.raw(writing=True) as store:
        store.execute("UPDATE stock_move SET cost_minor = cost_minor - 100 WHERE reason = 'receipt'")
        store.execute(
            "UPDATE stock SET value_minor = value_minor - 100"
            " WHERE product_id = (SELECT product_id FROM stock_move WHERE reason = 'receipt')"
        )

    assert verified(shop) == ["goods receipt R-000001: its document is not what the goods moved in cost"]


def test_a_posted_delivery_that_no_one_has_posted_is_named(shop: DemoShop) -> None:
    an_order(shop)
    receive = receiving(shop)
    receive.begin(CLERK, 1)
    receive.scan(1, SWEETS, CLERK, 5)
    posting(shop)(1, CLERK)

    with shop.raw(writing=True) as store:
        store.execute("UPDATE journal SET act = 'begin_receipt' WHERE act = 'post_receipt'")

    assert "goods receipt R-000001: no journal entry posts it" in verified(shop)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            [
                "UPDATE stock_valuation SET cost_minor = cost_minor - 300",
                "UPDATE stock SET value_minor = value_minor - 300",
            ],
            "goods receipt R-000001: its charges changed the value of goods by 700, the journal says 1000",
        ),
        (
            ["DELETE FROM stock_valuation", "UPDATE stock SET value_minor = value_minor - 1000"],
            "goods receipt R-000001: its charges changed the value of goods by 0, the journal says 1000",
        ),
        (
            ["INSERT INTO stock_valuation SELECT id + 1, product_id, -300, 'learnt', document, at + 1, person FROM"
             " stock_valuation", "UPDATE stock SET value_minor = value_minor - 300"],
            f"stock {SWEETS}: its value was changed by -300 where no goods came in",
        ),
    ],
)  # fmt: skip
def test_a_value_of_stock_that_no_charge_and_no_delivery_changed_is_named(
    shop: DemoShop, changes: list[str], said: str
) -> None:
    an_order(shop)
    receive = receiving(shop)
    receive.begin(CLERK, 1)
    receive.scan(1, SWEETS, CLERK, 5)
    posting(shop)(1, CLERK)
    late_charge(shop)(1, Charge("freight", money("10.00")), CLERK)
    assert verified(shop) == []

    with shop.raw(writing=True) as store:
        for change in changes:
            of_sweets = " WHERE product_id = (SELECT product_id FROM stock_move WHERE reason = 'receipt')"
            store.execute(change + (of_sweets if change.startswith("UPDATE stock SET") else ""))

    assert verified(shop) == [said]


def test_pieces_that_came_for_nothing_cost_nothing_also_where_their_order_has_a_cost(shop: DemoShop) -> None:
    an_order(shop)
    receive = receiving(shop)
    receive.begin(CLERK, 1)
    line = receive.scan(1, SWEETS, CLERK, 24).rows[0].line
    assert line is not None
    shown = receive.set_cost(1, line.no, money("0.00"), CLERK).rows[0].cost

    posted = posting(shop)(1, CLERK)

    assert shown == posted.lines[0].cost == money("0.00")
    assert posted.lines[0].value == money("0.00")
