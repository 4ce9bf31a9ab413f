"""A delivery as it is counted, and how it compares with what was ordered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.domain.purchasing.goods_receipt import (
    COUNTING,
    POSTED,
    DeliveryHeld,
    DeliveryOutcome,
    DeliveryOver,
    GoodsReceipt,
    GoodsReceiptLine,
    NoSuchDelivery,
    by_product,
    expected_of,
    outcome_of,
    read_receipt_name,
    tally,
)
from pos.domain.purchasing.purchase_order import OPEN, OrderLine, PurchaseOrder
from tests.builders import MONDAY

DELIVERY = GoodsReceipt(1, 12, COUNTING, MONDAY, "clerk", held_by="Aigul", held_till="T1")


def line(product: int, counted: int, *, no: int = 1, aside: bool = False, short: bool = False) -> GoodsReceiptLine:
    return GoodsReceiptLine(no, product, counted=counted, set_aside=aside, closed_short=short)


def order(*lines: OrderLine) -> PurchaseOrder:
    return PurchaseOrder(1, 3, OPEN, "hand", MONDAY, "clerk", lines=lines)


@pytest.mark.parametrize(
    ("expected", "lines", "outcome"),
    [
        (5, (), DeliveryOutcome.WAITING),
        (5, (line(7, 0),), DeliveryOutcome.WAITING),
        (5, (line(7, 1),), DeliveryOutcome.COUNTING),
        (5, (line(7, 2), line(7, 2)), DeliveryOutcome.COUNTING),
        (5, (line(7, 2), line(7, 3)), DeliveryOutcome.COMPLETE),
        (5, (line(7, 6),), DeliveryOutcome.OVER),
        (5, (line(7, 4, short=True),), DeliveryOutcome.SHORT),
        (5, (line(7, 5, short=True),), DeliveryOutcome.COMPLETE),
        (0, (line(7, 1),), DeliveryOutcome.OVER),
        (None, (line(7, 1),), DeliveryOutcome.ADDED),
        (None, (line(7, 0),), DeliveryOutcome.NOTHING),
        (None, (line(7, 0, aside=True),), DeliveryOutcome.NOTHING),
        (None, (line(7, 1), line(7, 1, aside=True)), DeliveryOutcome.WRONG),
    ],
)
def test_what_counting_a_product_of_an_order_came_to(
    expected: int | None, lines: tuple[GoodsReceiptLine, ...], outcome: DeliveryOutcome
) -> None:
    assert outcome_of(expected, lines, ordered=True) is outcome


def test_without_an_order_goods_are_counted_and_nothing_else() -> None:
    assert outcome_of(None, (line(7, 1, aside=True),), ordered=False) is DeliveryOutcome.COUNTED
    assert outcome_of(None, (line(7, 0),), ordered=False) is DeliveryOutcome.NOTHING


def test_what_is_set_aside_does_not_come_into_the_shop() -> None:
    assert line(7, 3).kept == 3
    assert line(7, 3, aside=True).kept == 0


def test_only_what_is_still_to_come_is_expected() -> None:
    assert expected_of(order(OrderLine(7, 5, 2), OrderLine(8, 4, 4), OrderLine(9, 4, closed_short=True))) == {7: 3}
    assert expected_of(None) == {}


def test_the_lines_of_a_product_stand_in_their_order() -> None:
    first, second, other = line(7, 1, no=1), line(7, 2, no=3), line(8, 1, no=2)

    assert by_product([second, other, first]) == {7: [first, second], 8: [other]}


def test_a_delivery_is_added_up_against_its_order() -> None:
    goods = order(OrderLine(7, 5), OrderLine(8, 4), OrderLine(9, 2, 2))
    counted = [line(7, 5), line(9, 1, no=2), line(10, 2, no=3, aside=True), line(11, 1, no=4)]

    sums = tally(goods, counted)

    assert (sums.counted, sums.expected) == (7, 9)
    assert sums.by_outcome == {
        DeliveryOutcome.COMPLETE: 1,
        DeliveryOutcome.WAITING: 1,
        DeliveryOutcome.OVER: 1,
        DeliveryOutcome.WRONG: 1,
        DeliveryOutcome.ADDED: 1,
    }
    assert sums.of(DeliveryOutcome.COMPLETE, DeliveryOutcome.WRONG, DeliveryOutcome.SHORT) == 2


def test_a_free_delivery_expects_nothing() -> None:
    sums = tally(None, [line(7, 5), line(8, 1, no=2)])

    assert (sums.counted, sums.expected, sums.by_outcome) == (6, None, {DeliveryOutcome.COUNTED: 2})


def test_a_delivery_is_counted_at_one_till_and_until_it_is_posted() -> None:
    DELIVERY.check_counting()
    DELIVERY.check_held("T1")
    replace(DELIVERY, held_by=None, held_till=None).check_held("T2")

    with pytest.raises(DeliveryHeld) as held:
        DELIVERY.check_held("T2")
    assert held.value.facts() == {"receipt": "R-000012", "person": "Aigul", "till": "T1"}
    with pytest.raises(DeliveryOver) as over:
        replace(DELIVERY, state=POSTED).check_counting()
    assert over.value.facts() == {"receipt": "R-000012", "state": "posted"}


@pytest.mark.parametrize(("text", "number"), [("R-000012", 12), (" r-12 ", 12), ("12", 12), ("123456789", 123_456_789)])
def test_the_name_of_a_delivery_may_be_typed_short(text: str, number: int) -> None:
    assert read_receipt_name(text) == number


@pytest.mark.parametrize("text", ["", "R-", "O-12", "1234567890", "12a", "١٢"])
def test_what_names_no_delivery_is_refused(text: str) -> None:
    with pytest.raises(NoSuchDelivery):
        read_receipt_name(text)
