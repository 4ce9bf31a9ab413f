"""A delivery is received by the scanner alone: each scan is heard, shown and kept, and posted at the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt

from pos.application.purchasing.purchase_orders import OrderDraft, OrderDraftLine
from pos.domain.money import Money
from pos.ui.look.sounds import Sound
from pos.ui.purchasing.receive.outcome_words import row_text
from pos.ui.purchasing.receive.start_page import DeliveryOpening, start_rows
from pos.ui.widgets.drawing.text_label import TextLabel
from tests.horgos import CNY
from tests.ui.purchasing.receiving_clerk import BAG, CARTON, CHOCOLATE, COGNAC, NOBODYS, SWEETS, Clerk, counts
from tests.ui.slow_store import SlowStore


def test_a_delivery_with_one_wrong_one_short_and_one_over_is_received_by_scanner_alone(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24), (CHOCOLATE, 2), (COGNAC, 6))
    clerk.begin()
    assert clerk.rows()[0] == f"{SWEETS} | 24 | 0 | waiting"

    clerk.scan(CARTON)
    pieces = clerk.page.count_page.rows.rows[0].together
    assert pieces > 1
    clerk.scan(SWEETS)
    assert clerk.last_sound() is Sound.COUNTED
    assert clerk.rows()[0] == f"{SWEETS} | 24 | {pieces + 1} | counting, {23 - pieces} to go"
    clerk.type(f"{23 - pieces}*")
    clerk.press(Qt.Key.Key_Return)
    clerk.scan(SWEETS)
    assert (clerk.last_sound(), clerk.rows()[0]) == (Sound.COMPLETE, f"{SWEETS} | 24 | 24 | complete")

    for _ in range(3):
        clerk.scan(CHOCOLATE)
    assert (clerk.last_sound(), clerk.rows()[1]) == (Sound.TOO_MANY, f"{CHOCOLATE} | 2 | 3 | 1 extra")
    clerk.scan(BAG)
    assert (clerk.last_sound(), clerk.rows()[3]) == (Sound.WRONG, f"{BAG} | – | 1 | not on this order")
    clerk.scan(NOBODYS)
    assert clerk.last_sound() is Sound.NO_SUCH
    assert NOBODYS in clerk.till.window.work.notices.accessibleName()

    clerk.scan(COGNAC)
    clerk.press(Qt.Key.Key_F7)
    clerk.wait()
    assert clerk.rows()[2] == f"{COGNAC} | 6 | 1 | 5 short, closed"
    clerk.press(Qt.Key.Key_F12)
    clerk.wait()

    assert clerk.last_sound() is Sound.PAID
    said = [label.text() for label in clerk.page.posted_page.card.findChildren(TextLabel)]
    assert "Not delivered" in said, "nothing of a closed order is still to come"
    assert "Still missing" not in said
    shown = clerk.shop.deliveries.orders.show(1, clerk.ruslan)
    assert shown.order.state == "closed"
    assert [line.received for line in shown.order.lines] == [24, 3, 1]
    assert (clerk.shop.folder / "goods").exists()
    clerk.press(Qt.Key.Key_F12)
    clerk.wait()
    assert clerk.page.start_page.rows.rowCount() == 0


def test_the_code_on_the_paper_of_an_order_begins_its_delivery(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24))
    clerk.scan("O-000001")
    clerk.wait()
    assert clerk.rows() == [f"{SWEETS} | 24 | 0 | waiting"]
    clerk.press(Qt.Key.Key_Escape)
    clerk.wait()

    clerk.scan("O-000002")
    clerk.wait()
    assert clerk.till.window.work.notices.accessibleName() == "There is no order O-000002."
    assert clerk.page.delivery.number is None


@pytest.mark.parametrize("typed", [CHOCOLATE, "5*", "choc"])
def test_what_is_typed_and_not_entered_is_not_left_out_by_the_posting(clerk: Clerk, typed: str) -> None:
    clerk.order((SWEETS, 1), (CHOCOLATE, 1))
    clerk.begin()
    clerk.scan(SWEETS)
    clerk.type(typed)
    clerk.press(Qt.Key.Key_F12)
    clerk.wait()
    notice, field = clerk.till.window.work.notices.notice, clerk.page.count_page.scan.box
    kept = clerk.page.posted.view is None, field.text()
    for _ in range(3):
        clerk.press(Qt.Key.Key_Escape)
        if not field.text():
            break
    clerk.press(Qt.Key.Key_F12)
    clerk.wait()

    assert notice is not None
    assert notice.text == "Press Enter to accept this entry, or Esc to drop it."
    assert kept == (True, typed)
    assert clerk.page.posted.view is not None


def test_a_code_that_no_one_knows_is_made_a_product_while_the_delivery_waits(clerk: Clerk) -> None:
    wanted: list[str] = []
    clerk.order((SWEETS, 24))
    clerk.begin()
    clerk.page.product_requested.connect(wanted.append)

    clerk.scan(NOBODYS)
    clerk.till.window.work.notices.action_pressed.emit()

    assert wanted == [NOBODYS]


@pytest.mark.parametrize("step", ["scan", "other"])
def test_an_unknown_code_is_not_reported_over_other_goods_nor_over_another_delivery(clerk: Clerk, step: str) -> None:
    """*Unknown code … Set it aside* stood over other deliveries, and over what was posted."""
    clerk.order((SWEETS, 24))
    clerk.begin()
    bar = clerk.till.window.work.notices
    clerk.scan(NOBODYS)
    before = bar.accessibleName()
    if step == "scan":
        clerk.scan(SWEETS)
    else:
        clerk.press(Qt.Key.Key_Escape)
    clerk.wait()

    assert before.startswith("Unknown code")
    assert bar.notice is None


def test_the_last_scan_is_undone_and_a_count_is_typed(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24))
    clerk.begin()
    clerk.scan(SWEETS)
    clerk.scan(SWEETS)

    clerk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    clerk.wait()
    assert clerk.rows() == [f"{SWEETS} | 24 | 1 | counting, 23 to go"]
    clerk.press(Qt.Key.Key_F4)
    clerk.type("24")
    clerk.press(Qt.Key.Key_Return)
    clerk.wait()
    assert clerk.rows() == [f"{SWEETS} | 24 | 24 | complete"]


def test_goods_that_were_not_ordered_are_kept_for_a_typed_reason(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24))
    clerk.begin()
    clerk.scan(BAG)

    clerk.press(Qt.Key.Key_F6)
    clerk.type("a gift")
    clerk.press(Qt.Key.Key_Return)
    clerk.wait()

    assert clerk.rows()[1] == f"{BAG} | – | 1 | added to the order"


def test_a_scan_on_the_first_page_begins_a_delivery_without_an_order(clerk: Clerk) -> None:
    clerk.till.window.show_screen("receive")
    clerk.wait()

    clerk.scan(SWEETS)
    clerk.wait()

    assert clerk.rows() == [f"{SWEETS} | – | 1 | counted"]


def test_enter_on_the_button_of_an_empty_list_begins_a_delivery_without_an_order(clerk: Clerk) -> None:
    clerk.till.window.show_screen("receive")
    clerk.wait()
    clerk.page.start_page.empty._action.setFocus()
    clerk.press(Qt.Key.Key_Return)
    clerk.wait()

    assert clerk.page.delivery.number is not None


def test_a_delivery_that_is_left_is_the_chosen_one_of_the_list(clerk: Clerk) -> None:
    """Enter goes on with it; another one was marked."""
    clerk.order((SWEETS, 24))
    clerk.order((CHOCOLATE, 2))
    clerk.till.window.show_screen("receive")
    clerk.wait()
    start = clerk.page.start_page
    start.table.choose(1)
    clerk.press(Qt.Key.Key_Return)
    clerk.wait()
    clerk.scan(CHOCOLATE)
    number = clerk.page.delivery.number
    clerk.press(Qt.Key.Key_Escape)
    clerk.wait()
    chosen = start.rows.row(start.table.current_row)

    assert number is not None
    assert chosen is not None
    assert chosen.key == DeliveryOpening(number, receipt=True)


def test_a_typed_count_is_no_carton(clerk: Clerk) -> None:
    """After a count of 130 over a carton of 12 the third button offered 118 pieces more."""
    clerk.order((SWEETS, 200))
    clerk.begin()
    clerk.scan(CARTON)
    clerk.wait()
    before = clerk.page.count_page.panel.many.text()
    clerk.press(Qt.Key.Key_F4)
    clerk.type("130")
    clerk.press(Qt.Key.Key_Return)
    clerk.wait()

    assert counts(clerk) == [130]
    assert clerk.page.count_page.panel.many.text() == before


def test_the_third_button_offers_the_carton_of_these_goods_or_is_not_there(clerk: Clerk) -> None:
    """Behind ten pieces typed before a scan it offered +10, and did so for other goods and in the next delivery."""
    clerk.order((SWEETS, 200), (CHOCOLATE, 200))
    clerk.begin()
    many = clerk.page.count_page.panel.many

    def count(times: str, code: str) -> str:
        clerk.type(times)
        clerk.press(Qt.Key.Key_Return)
        clerk.scan(code)
        clerk.wait()
        return many.text() if many.isVisible() else ""

    assert count("10*", SWEETS) == ""
    assert count("2*", CARTON) == "12"
    assert count("3*", CHOCOLATE) == ""
    assert count("1*", SWEETS) == "12"
    many.click()
    clerk.wait()
    assert counts(clerk) == [10 + 24 + 1 + 12, 3]


def test_an_order_that_another_clerk_has_discarded_is_no_more_among_those_to_receive(clerk: Clerk) -> None:
    clerk.order((CHOCOLATE, 3))
    clerk.order((SWEETS, 5))
    clerk.till.window.show_screen("receive")
    clerk.wait()
    clerk.shop.deliveries.orders.drop(2, clerk.ruslan)
    clerk.press(Qt.Key.Key_Return)
    clerk.wait()

    notice = clerk.till.window.work.notices.accessibleName()
    assert notice == "Order O-000002 cannot be changed any more (discarded)."
    assert clerk.page.start_page.rows.rowCount() == 1


def test_what_another_till_counts_is_taken_over_only_with_a_second_enter(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24))
    here = clerk.shop.deliveries.receive
    other = replace(here, context=replace(here.context, till="T2"))
    other.begin(clerk.ruslan, 1)
    other.scan(1, SWEETS, clerk.ruslan)

    clerk.begin()
    assert clerk.rows() == []
    clerk.press(Qt.Key.Key_Return)
    clerk.wait()

    assert clerk.rows() == [f"{SWEETS} | 24 | 1 | counting, 23 to go"]


@pytest.mark.parametrize("step", ["scan", "undo"])
def test_a_delivery_that_another_clerk_has_posted_is_not_counted_on(clerk: Clerk, step: str) -> None:
    clerk.order((SWEETS, 24))
    clerk.begin()
    clerk.scan(SWEETS)
    here = clerk.shop.deliveries
    till = replace(here.receive.context, till="T2")
    replace(here.receive, context=till).open(1, clerk.ruslan, take_over=True)
    replace(here.post, context=till)(1, clerk.ruslan)
    if step == "scan":
        clerk.scan(SWEETS)
    else:
        clerk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    clerk.wait()

    notice = clerk.till.window.work.notices.accessibleName()
    assert notice == "R-000001 cannot be edited (posted). Correct mistakes with an adjustment."
    assert (clerk.page.delivery.number, clerk.page.start_page.isVisible()) == (None, True)


def test_an_enter_pressed_twice_takes_nothing_over(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24))
    here = clerk.shop.deliveries.receive
    other = replace(here, context=replace(here.context, till="T2"))
    other.begin(clerk.ruslan, 1)
    clerk.begin()
    clerk.typing.press_again(Qt.Key.Key_Return)
    clerk.wait()
    at_once = clerk.page.delivery.number
    clerk.press(Qt.Key.Key_Return)
    clerk.wait()

    assert (at_once, clerk.page.delivery.number) == (None, 1)


@pytest.mark.parametrize("after", ["a while", "Esc", "a lock"])
def test_an_enter_takes_nothing_over_once_the_question_is_gone(clerk: Clerk, after: str) -> None:
    clerk.order((SWEETS, 24))
    here = clerk.shop.deliveries.receive
    other = replace(here, context=replace(here.context, till="T2"))
    other.begin(clerk.ruslan, 1)
    clerk.begin()
    if after == "a while":
        clerk.wait(16_000)
    elif after == "Esc":
        clerk.press(Qt.Key.Key_Escape)
    else:
        clerk.till.window.lock()
        clerk.sign_in("manager")
        clerk.till.window.show_screen("receive")
        clerk.wait()
    gone = clerk.till.window.work.notices.notice
    clerk.press(Qt.Key.Key_Return)
    clerk.wait()
    asked, before = clerk.till.window.work.notices.notice, clerk.page.delivery.number
    clerk.press(Qt.Key.Key_Return)
    clerk.wait()

    assert gone is None
    assert asked is not None
    assert asked.text.endswith("Take it over only if they have stopped.")
    assert (before, clerk.page.delivery.number) == (None, 1)
    assert clerk.till.window.work.notices.notice is None


def test_the_rest_of_a_delivery_is_given_up_at_once_and_the_order_ends_with_it(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24), (CHOCOLATE, 2), (COGNAC, 6))
    clerk.begin()
    for _ in range(2):
        clerk.scan(CHOCOLATE)
    clerk.scan(COGNAC)

    clerk.press(Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    assert [row.rpartition(" | ")[2] for row in clerk.rows()] == ["24 short, closed", "complete", "5 short, closed"]
    assert "Shift+F7 again" in clerk.till.window.work.notices.accessibleName()
    clerk.press(Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    assert clerk.rows()[0] == f"{SWEETS} | 24 | 0 | waiting"
    assert clerk.till.window.work.notices.notice is None  # the order does not end with it any more
    clerk.press(Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    clerk.press(Qt.Key.Key_F12)

    assert clerk.shop.deliveries.orders.show(1, clerk.ruslan).order.state == "closed"
    assert clerk.page.posted_page.rest_button.isHidden()


def test_no_key_is_offered_for_the_rest_of_a_delivery_that_is_posted(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24), (CHOCOLATE, 1))
    clerk.begin()
    clerk.scan(CHOCOLATE)
    clerk.press(Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)

    clerk.press(Qt.Key.Key_F12)
    assert not clerk.page.posted_page.isHidden()
    assert clerk.till.window.work.notices.notice is None


def test_who_posts_a_part_may_still_say_that_the_rest_will_not_come(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24))
    clerk.begin()
    clerk.scan(SWEETS)
    clerk.press(Qt.Key.Key_F12)
    assert clerk.page.posted_page.rest_button.isVisible()

    clerk.press(Qt.Key.Key_F7)
    clerk.press(Qt.Key.Key_Escape)
    assert clerk.page.posted.view is not None
    clerk.press(Qt.Key.Key_F7)
    asked = clerk.till.window.work.notices.accessibleName()
    assert clerk.shop.deliveries.orders.show(1, clerk.ruslan).order.state == "open"
    clerk.press(Qt.Key.Key_F7)

    assert "Close O-000001 as short? Press F7 again to confirm." in asked
    assert clerk.shop.deliveries.orders.show(1, clerk.ruslan).order.state == "closed"
    assert not clerk.page.posted_page.rest_button.isVisible()
    clerk.press(Qt.Key.Key_F7)
    assert clerk.page.posted.view is not None


def test_the_question_about_the_rest_of_an_order_goes_with_the_receipt_on_show(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24))
    clerk.begin()
    clerk.scan(SWEETS)
    clerk.press(Qt.Key.Key_F12)
    clerk.wait(450)
    clerk.press(Qt.Key.Key_F7)
    asked = clerk.till.window.work.notices.notice

    clerk.press(Qt.Key.Key_F12)  # the next delivery
    clerk.wait()

    assert asked is not None
    assert clerk.page.posted.view is None
    assert clerk.till.window.work.notices.notice is None


def test_a_count_that_is_typed_and_not_entered_is_not_posted_away(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24))
    clerk.begin()
    clerk.scan(SWEETS)
    clerk.press(Qt.Key.Key_F4)
    clerk.type("24")
    clerk.press(Qt.Key.Key_F12)
    clerk.wait()
    assert clerk.page.posted.view is None
    assert clerk.last_sound() is Sound.REFUSE

    clerk.press(Qt.Key.Key_Return)
    clerk.wait()
    assert clerk.rows() == [f"{SWEETS} | 24 | 24 | complete"]
    clerk.press(Qt.Key.Key_F12)
    clerk.wait()
    assert clerk.page.posted.view is not None


def test_a_count_half_typed_is_of_the_goods_it_was_asked_for_whatever_is_chosen_or_scanned(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24), (CHOCOLATE, 2))
    clerk.begin()
    clerk.scan(CHOCOLATE)
    clerk.scan(SWEETS)
    clerk.press(Qt.Key.Key_F4)
    clerk.type("24")
    clerk.scan(CHOCOLATE)
    clerk.wait()
    refused = (counts(clerk), clerk.last_sound())
    clerk.page.count_page.table.choose(1)  # a tap on the chocolate
    clerk.wait()
    asked = clerk.page.count_page.panel.ask.field.accessibleName()
    clerk.press(Qt.Key.Key_F5)  # and another question
    clerk.wait()
    still = clerk.page.count_page.panel.ask.field.text()
    clerk.page.count_page.panel.ask.save.click()
    clerk.wait()

    assert refused == ([1, 1], Sound.REFUSE)
    assert asked.endswith(": Quantity?")
    assert still == "24"
    assert counts(clerk) == [24, 1]


def test_a_question_that_is_not_answered_ends_with_another_line(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24), (CHOCOLATE, 2))
    clerk.begin()
    clerk.scan(CHOCOLATE)
    clerk.scan(SWEETS)
    clerk.press(Qt.Key.Key_F4)
    clerk.page.count_page.table.choose(1)
    clerk.wait()

    assert clerk.page.count_page.panel.ask.isHidden()


def test_no_delivery_is_called_expected_by_none_while_the_orders_are_still_read(clerk: Clerk) -> None:
    start = clerk.page.start_page
    assert start.empty.isVisible()
    clerk.order((SWEETS, 24))
    with SlowStore(clerk):
        clerk.page.entered()
        assert not start.empty.isVisible()

    assert start.rows.rowCount() == 1


def test_a_weight_that_is_typed_and_not_entered_is_kept_by_another_line(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24), (CHOCOLATE, 2))
    clerk.begin()
    clerk.scan(CHOCOLATE)
    clerk.scan(SWEETS)
    panel, page = clerk.page.count_page.panel, clerk.page.count_page
    row = panel.row
    assert row is not None
    panel._missing.show()
    panel.weight.setFocus()
    clerk.type("1.5")
    page.table.choose(1)
    clerk.wait()

    known = clerk.shop.find.show(SWEETS).product.attributes.gross_kg
    assert str(known) == "1.5"
    assert page.table.current_row == 1
    assert panel.weight.text() == ""


def test_a_weight_that_was_saved_is_not_still_to_be_entered_at_the_next_goods(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24), (CHOCOLATE, 2))
    clerk.begin()
    clerk.scan(SWEETS)
    panel = clerk.page.count_page.panel
    panel._missing.show()
    panel.weight.setFocus()
    clerk.type("0.5")
    clerk.press(Qt.Key.Key_Return)
    clerk.scan(CHOCOLATE)
    panel._missing.show()
    clerk.scan(CHOCOLATE)
    counted = counts(clerk)
    panel._missing.show()
    clerk.press(Qt.Key.Key_Escape)

    assert counted == [1, 2]
    assert panel.weight.text() == ""


def test_documents_changed_while_they_are_saved_stay_and_are_not_saved_yet(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24))
    clerk.begin()
    clerk.press(Qt.Key.Key_F9)
    delivery_note = clerk.page.count_page.delivery_note
    delivery_note.note.setText("DN-1")
    delivery_note.note.setFocus()
    with SlowStore(clerk) as slow:
        slow.press(Qt.Key.Key_Return)
        slow.fill(delivery_note.note, "DN-12")
    kept = (delivery_note.isVisible(), delivery_note.note.text())
    slow.type("3")
    clerk.press(Qt.Key.Key_Return)

    assert kept == (True, "DN-12")
    assert delivery_note.isHidden()
    view = clerk.page.count_page.view
    assert view is not None
    assert view.receipt.delivery_note == "DN-123"


def test_a_delivery_posted_late_does_not_interrupt_the_count_of_another(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24))
    clerk.order((COGNAC, 6))
    clerk.begin()
    first = clerk.page.delivery.number
    clerk.scan(SWEETS if "4870204320060" in clerk.rows()[0] else COGNAC)
    with SlowStore(clerk) as slow:
        slow.press(Qt.Key.Key_F12)
        slow.press(Qt.Key.Key_F12)
        slow.press(Qt.Key.Key_Escape)
        clerk.page.begin(None)
    number = clerk.page.delivery.number

    assert number not in (None, first)
    assert clerk.page.posted.view is None
    assert len(clerk.shop.deliveries.posted.listed(clerk.ruslan, 10)) == 1


def test_who_counts_a_delivery_stands_there_by_their_name(clerk: Clerk) -> None:
    clerk.till.session.names = {"manager": "Zhao Min"}
    manager = next(person for person in clerk.shop.sign_in.people() if person.name == "manager")
    clerk.shop.deliveries.receive.begin(manager, None)
    clerk.till.window.show_screen("receive")
    clerk.wait()

    assert "Zhao Min at till T1" in clerk.page.start_page.rows.text(0).spoken


def test_the_day_an_order_is_expected_and_the_last_day_of_a_lot_stand_as_the_reader_writes_them(clerk: Clerk) -> None:
    draft = OrderDraft([OrderDraftLine(SWEETS, 24, Money(3000, CNY))], "Almaty Sweets", expected_on=date(2026, 12, 1))
    clerk.shop.deliveries.orders.make(draft, clerk.ruslan)
    russian = clerk.shop.translators["ru"]
    [order] = start_rows(clerk.shop.deliveries.receive.start(clerk.ruslan), {}, russian)
    assert "01.12.2026" in order.cells[0].second

    clerk.begin()
    clerk.scan(SWEETS)
    row = clerk.page.count_page.rows.rows[0]
    assert row.line is not None
    of_the_lot = replace(row, line=replace(row.line, lot="L-7", expiry=date(2027, 3, 31)))
    assert row_text(of_the_lot, russian).expiry == "до 31.03.2027"


def test_enter_pressed_twice_behind_a_lot_enters_no_lot_without_its_last_day(clerk: Clerk) -> None:
    """`L-7`, Enter twice: the cursor is in the last day, which is still to be typed."""
    clerk.begin()
    clerk.scan(SWEETS)
    panel = clerk.page.count_page.panel
    said: list[tuple[str, str]] = []
    panel.lot_said.connect(lambda lot, day: said.append((lot, day)))
    panel.ask_lot()
    clerk.type("L-7")
    clerk.press(Qt.Key.Key_Return)
    clerk.typing.press_again(Qt.Key.Key_Return)
    before = list(said)
    clerk.typing.wait(0.5)
    clerk.press(Qt.Key.Key_Return)

    assert (before, said) == ([], [("L-7", "")])


def test_a_delivery_whose_last_scan_is_undone_has_nothing_counted_and_nothing_complete(clerk: Clerk) -> None:
    """The line stays for the cost that was typed."""
    clerk.till.window.show_screen("receive")
    clerk.wait()
    clerk.scan(SWEETS)
    clerk.wait()
    clerk.press(Qt.Key.Key_F5)
    clerk.type("30")
    clerk.press(Qt.Key.Key_Return)
    clerk.wait()
    clerk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    clerk.wait()

    page = clerk.page.count_page
    assert clerk.rows() == [f"{SWEETS} | – | 0 | nothing counted"]
    assert "complete 0" in page.foot._sums.accessibleName()
    assert "to count 0" in page.foot._sums.accessibleName()
    assert not page.foot.button.isEnabled()
    assert [page.panel.hints[name].isEnabled() for name in ("close_short", "close_rest", "keep_unordered")] == [
        False
    ] * 3
