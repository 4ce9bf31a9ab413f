"""A delivery is counted from zero by scanning: nothing is lost, and each count says how it compares with the order."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos.application.purchasing.delivery_note import DeliveryNote
from pos.application.purchasing.purchase_orders import OrderDraftLine
from pos.domain.catalogue.barcode import BadCheckDigit
from pos.domain.errors import BadField
from pos.domain.purchasing.goods_receipt import (
    Charge,
    DeliveryHeld,
    DeliveryOutcome,
    DeliveryOver,
    NoSuchDelivery,
    NothingLeftToUndo,
    NotOnThisOrder,
    TooManyCounted,
)
from pos.domain.sales.goods_for_sale import UnknownCode
from pos.domain.staff.staff import NotAllowed
from pos.domain.stock.stock import LotConflict
from tests.builders import money
from tests.receiving import CASHIER, CLERK, a_carton_code, an_order, kept_by_lot, posting, product_id, receiving
from tests.shops import BAG, CHOCOLATE, COGNAC, SWEETS, DemoShop

CARTON = "14870204320067"


def test_counting_begins_at_zero_and_each_scan_says_what_it_has_come_to(shop: DemoShop) -> None:
    an_order(shop)
    receive = receiving(shop)

    view = receive.begin(CLERK, 1)
    assert [(row.expected, row.counted, row.outcome) for row in view.rows] == [
        (24, 0, DeliveryOutcome.WAITING),
        (6, 0, DeliveryOutcome.WAITING),
    ]
    assert receive.scan(1, COGNAC, CLERK).outcome is DeliveryOutcome.COUNTING
    assert receive.scan(1, COGNAC, CLERK, 5).outcome is DeliveryOutcome.COMPLETE
    over = receive.scan(1, COGNAC, CLERK)
    assert (over.outcome, over.rows[0].to_go) == (DeliveryOutcome.OVER, -1)
    wrong = receive.scan(1, BAG, CLERK, 3)
    assert (wrong.outcome, wrong.tally.counted, wrong.tally.expected) == (DeliveryOutcome.WRONG, 7, 30)
    short = receive.close_short(1, product_id(shop, SWEETS), CLERK)
    assert (short.outcome, short.tally.of(DeliveryOutcome.SHORT)) == (DeliveryOutcome.SHORT, 1)
    assert receive.close_short(1, product_id(shop, SWEETS), CLERK, closed=False).outcome is DeliveryOutcome.WAITING
    with pytest.raises(NotOnThisOrder):
        receive.close_short(1, product_id(shop, BAG), CLERK)


def test_a_carton_counts_its_pieces_and_five_times_five_cartons(shop: DemoShop) -> None:
    a_carton_code(shop, SWEETS, CARTON, 8)
    an_order(shop)
    receive = receiving(shop)
    receive.begin(CLERK, 1)

    assert receive.scan(1, CARTON, CLERK).rows[0].together == 8
    counted = receive.scan(1, CARTON, CLERK, 2)
    assert (counted.rows[0].together, counted.outcome) == (24, DeliveryOutcome.COMPLETE)
    assert counted.last is not None
    assert (counted.last.pieces, counted.last.code) == (16, CARTON)


def test_every_scan_is_kept_through_a_crash_and_goes_on_at_another_till(shop: DemoShop) -> None:
    an_order(shop)
    at_one = receiving(shop, "T1")
    at_one.begin(CLERK, 1)
    at_one.scan(1, SWEETS, CLERK, 7)
    shop.close()  # the program is gone without having said good-bye
    again = DemoShop(shop.folder)
    at_two = receiving(again, "T2")

    with pytest.raises(DeliveryHeld) as elsewhere:
        at_two.open(1, CLERK)
    assert (elsewhere.value.person, elsewhere.value.till) == ("clerk", "T1")
    with pytest.raises(DeliveryHeld):
        at_two.scan(1, SWEETS, CLERK)
    assert receiving(again, "T1").open(1, CLERK).rows[0].counted == 7

    assert at_two.open(1, CLERK, take_over=True).rows[0].counted == 7
    assert at_two.scan(1, SWEETS, CLERK).rows[0].counted == 8
    with pytest.raises(DeliveryHeld):
        receiving(again, "T1").scan(1, SWEETS, CLERK)
    at_two.leave(1, CLERK)
    assert receiving(again, "T1").begin(CLERK, 1).rows[0].counted == 8
    again.close()


def test_the_last_scan_is_undone_wherever_it_was_made(shop: DemoShop) -> None:
    an_order(shop)
    receive = receiving(shop)
    receive.begin(CLERK, 1)
    receive.scan(1, SWEETS, CLERK, 5)
    line = receive.scan(1, BAG, CLERK).rows[0].line
    assert line is not None
    receive.correct(1, line.no, 3, CLERK)

    assert receive.undo(1, CLERK).rows[0].counted == 1
    assert receive.undo(1, CLERK).rows == ()
    undone = receive.undo(1, CLERK)
    assert (undone.rows[0].counted, undone.outcome, undone.last) == (0, DeliveryOutcome.WAITING, None)
    with pytest.raises(NothingLeftToUndo):
        receive.undo(1, CLERK)


def test_goods_that_were_not_ordered_are_set_aside_or_kept_for_a_reason(shop: DemoShop) -> None:
    an_order(shop)
    receive, bag = receiving(shop), product_id(shop, BAG)
    receive.begin(CLERK, 1)
    receive.scan(1, BAG, CLERK, 3)

    kept = receive.keep(1, bag, "a gift of the supplier", CLERK)
    assert (kept.outcome, kept.tally.counted) == (DeliveryOutcome.ADDED, 3)
    assert receive.scan(1, BAG, CLERK).outcome is DeliveryOutcome.ADDED
    assert receive.keep(1, bag, "", CLERK).outcome is DeliveryOutcome.WRONG
    with pytest.raises(NotOnThisOrder):
        receive.keep(1, product_id(shop, SWEETS), "no", CLERK)


def test_two_lots_are_two_lines_and_one_lot_has_one_day(shop: DemoShop) -> None:
    an_order(shop)
    receive, sweets = receiving(shop), product_id(shop, SWEETS)
    receive.begin(CLERK, 1)
    first = receive.scan(1, SWEETS, CLERK, 10).rows[0].line
    assert first is not None
    receive.set_lot(1, first.no, "A1", date(2027, 5, 31), CLERK)
    receive.another_lot(1, sweets, CLERK)
    counted = receive.scan(1, SWEETS, CLERK, 4)
    second = counted.rows[1].line
    assert second is not None
    assert [(row.counted, row.is_first, row.together) for row in counted.rows] == [(10, True, 14), (4, False, 14)]

    with pytest.raises(LotConflict):
        receive.set_lot(1, second.no, "A1", date(2027, 6, 1), CLERK)
    receive.set_lot(1, second.no, "B2", None, CLERK)
    by_code = receive.scan(1, f"]C1010{SWEETS}1727053110A1", CLERK)
    assert [row.counted for row in by_code.rows] == [11, 4]
    joined = receive.set_lot(1, second.no, "A1", None, CLERK)
    assert [(row.counted, row.line and row.line.lot) for row in joined.rows] == [(15, "A1")]
    assert [receive.undo(1, CLERK).rows[0].together for _ in range(3)] == [14, 10, 0]


def test_a_lot_that_is_missing_is_named_until_it_is_typed(shop: DemoShop) -> None:
    kept_by_lot(shop, SWEETS)
    an_order(shop)
    receive = receiving(shop)
    receive.begin(CLERK, 1)

    row = receive.scan(1, SWEETS, CLERK).rows[0]
    assert row.lacks_lot
    assert row.line is not None
    assert not receive.set_lot(1, row.line.no, "A1", None, CLERK).rows[0].lacks_lot


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1999, 1, 1), date(2062, 3, 9), date.max])
def test_a_last_day_that_no_carton_bears_is_a_slip_whether_typed_or_scanned(shop: DemoShop, day: date) -> None:
    receive = receiving(shop)
    receive.begin(CLERK)
    line = receive.scan(1, SWEETS, CLERK).rows[0].line
    assert line is not None

    with pytest.raises(BadField) as typed:
        receive.set_lot(1, line.no, "A1", day, CLERK)
    assert (typed.value.field, typed.value.value) == ("expiry", day.isoformat())
    if day.year in range(1980, 2070):  # a carton has two digits of it
        with pytest.raises(BadField):
            receive.scan(1, f"]C1010{SWEETS}17{day:%y%m%d}10A1", CLERK)
    assert [(row.counted, row.line and row.line.lot) for row in receive.open(1, CLERK).rows] == [(1, "")]


def test_nothing_more_of_an_order_will_come_and_then_it_may(shop: DemoShop) -> None:
    an_order(shop)
    receive = receiving(shop)
    receive.begin(CLERK, 1)
    receive.scan(1, SWEETS, CLERK, 24)

    closed = receive.close_rest(1, CLERK)
    assert [row.outcome for row in closed.rows] == [DeliveryOutcome.COMPLETE, DeliveryOutcome.SHORT]
    assert [row.outcome for row in receive.close_rest(1, CLERK).rows] == [
        DeliveryOutcome.COMPLETE,
        DeliveryOutcome.SHORT,
    ]
    opened = receive.close_rest(1, CLERK, closed=False)
    assert [(row.outcome, row.line is None) for row in opened.rows][1] == (DeliveryOutcome.WAITING, True)
    free = receive.begin(CLERK).receipt.number
    receive.scan(free, SWEETS, CLERK)
    assert [row.outcome for row in receive.close_rest(free, CLERK).rows] == [DeliveryOutcome.COUNTED]


def test_what_was_not_understood_counts_nothing(shop: DemoShop) -> None:
    an_order(shop)
    receive = receiving(shop)
    receive.begin(CLERK, 1)
    line = receive.scan(1, SWEETS, CLERK).rows[0].line
    assert line is not None

    with pytest.raises(UnknownCode):
        receive.scan(1, "6900000000014", CLERK)
    with pytest.raises(BadCheckDigit):
        receive.scan(1, "6900000000015", CLERK)
    with pytest.raises(TooManyCounted):
        receive.correct(1, line.no, -2, CLERK)
    with pytest.raises(TooManyCounted):
        receive.scan(1, SWEETS, CLERK, 1_000_000)
    with pytest.raises(NotAllowed):
        receive.scan(1, SWEETS, CASHIER)
    with pytest.raises(NoSuchDelivery):
        receive.scan(9, SWEETS, CLERK)
    assert receive.open(1, CLERK).tally.counted == 1


def test_documents_are_written_down_and_what_they_cannot_say_is_refused(shop: DemoShop) -> None:
    receive = receiving(shop)
    receive.begin(CLERK)

    delivery_note = DeliveryNote("Almaty Sweets", "store", "4471", "5510/26/01", (Charge("freight", money("80.00")),))
    view = receive.set_delivery_note(1, delivery_note, CLERK)
    assert (view.supplier, view.receipt.location, view.receipt.charges) == (
        "Almaty Sweets",
        "store",
        delivery_note.charges,
    )
    for wrong in (
        DeliveryNote(location="roof"),
        DeliveryNote(delivery_note="x" * 41),
        DeliveryNote(entry="x" * 41),
        DeliveryNote(charges=(Charge("bribe", money("1.00")),)),
        DeliveryNote(charges=(Charge("duty", money("0.00")),)),
    ):
        with pytest.raises(BadField):
            receive.set_delivery_note(1, wrong, CLERK)


def test_a_discarded_delivery_brings_nothing_and_its_order_can_be_received_again(shop: DemoShop) -> None:
    an_order(shop)
    receive = receiving(shop)
    receive.begin(CLERK, 1)
    receive.scan(1, SWEETS, CLERK, 5)

    receive.drop(1, CLERK)

    with pytest.raises(DeliveryOver):
        receive.scan(1, SWEETS, CLERK)
    start = receive.start(CLERK)
    assert (start.counting, [order.outstanding for order in start.orders]) == ([], [30])
    assert receive.begin(CLERK, 1).receipt.number == 2


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(1, 9)), min_size=1, max_size=12))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_comes_in_how_many_deliveries_the_order_has_received_what_they_brought(
    shop: DemoShop, scans: list[tuple[int, int]]
) -> None:
    codes = (SWEETS, COGNAC, CHOCOLATE)
    order = an_order(shop, *(OrderDraftLine(code, 40) for code in codes)).order
    receive, post = receiving(shop), posting(shop)
    before = {code: _on_hand(shop, code) for code in codes}
    for kind, pieces in scans:  # each a delivery of its own
        with shop.store.reading() as work:
            current = work.orders.by_number(order.number)
            assert current is not None
        if current.state != "open":
            break
        delivery = receive.begin(CLERK, order.number).receipt.number
        receive.scan(delivery, codes[kind], CLERK, pieces)
        post(delivery, CLERK)
        before[codes[kind]] += pieces

    with shop.store.reading() as work:
        after = work.orders.by_number(order.number)
        assert after is not None
        mismatches = work.reports.mismatches()
    assert {code: _on_hand(shop, code) for code in codes} == before
    assert sum(line.received for line in after.lines) == sum(line.ordered - line.outstanding for line in after.lines)
    assert mismatches == []


def _on_hand(shop: DemoShop, code: str) -> int:
    with shop.store.reading() as work:
        return work.stock.on_hand(product_id(shop, code))


def test_a_delivery_given_up_before_anything_was_counted_does_not_stay(shop: DemoShop) -> None:
    an_order(shop)
    receive = receiving(shop)
    receive.begin(CLERK, 1)
    receive.leave(1, CLERK)
    left = [one.number for one in receive.start(CLERK).counting]
    receive.begin(CLERK, 1)
    receive.leave(1, CLERK, given_up=True)
    given_up = receive.start(CLERK).counting
    receive.begin(CLERK, 1)
    receive.scan(2, SWEETS, CLERK)
    receive.leave(2, CLERK, given_up=True)

    assert (left, list(given_up)) == ([1], [])
    assert [one.number for one in receive.start(CLERK).counting] == [2]
