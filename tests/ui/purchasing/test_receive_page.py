"""A delivery is received by the scanner alone: each scan is heard, shown and kept, and posted at the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import main
from pos.application.purchasing.landed_cost_adjustments import AdjustLandedCost
from pos.application.purchasing.purchase_orders import OrderDraft, OrderDraftLine
from pos.domain.errors import Collided
from pos.domain.money import CNY, Money
from pos.domain.staff.staff import Person
from pos.ui.look.sounds import Sound
from pos.ui.purchasing.receive.screen import ReceiveScreen
from pos.ui.shell.application import TillWindow
from tests.ui.at_the_counter import VOLUME_UNKNOWN, Hand, a_demo_shop
from tests.ui.slow_store import SlowStore

SWEETS, CHOCOLATE, COGNAC, BAG = "4870204320060", "4870204320145", "4870204321111", "6901204300016"
CARTON = "14870204320067"
"""A carton of sweets of the demo shop."""
NOBODYS = "6900000000014"


class Clerk(Hand):
    """The stock clerk on the page of deliveries."""

    @property
    def page(self) -> ReceiveScreen:
        page = self.till.window.page
        assert isinstance(page, ReceiveScreen)
        return page

    def rows(self) -> list[str]:
        """Code, lot, expected, counted and result of each row."""
        rows = self.page.count_page.rows
        texts = [rows.text(index) for index in range(rows.rowCount())]
        return [" | ".join((text.code, text.expected, text.counted, text.result)) for text in texts]

    def last_sound(self) -> Sound:
        """What was heard last."""
        return self.heard.sounds[-1]

    def late(self) -> list[str]:
        """The charges that came late to the receipt on show."""
        view = self.page.posted.view
        assert view is not None
        return [f"{charge.kind} {charge.amount}" for charge in view.late]

    @property
    def ruslan(self) -> Person:
        return next(person for person in self.shop.sign_in.people() if person.name == "clerk")

    def order(self, *lines: tuple[str, int]) -> None:
        """Goods are ordered from Almaty Sweets at 30.00 a piece."""
        wanted = [OrderDraftLine(code, pieces, Money(3000, CNY)) for code, pieces in lines]
        self.shop.deliveries.orders.make(OrderDraft(wanted, "Almaty Sweets"), self.ruslan)

    def begin(self) -> None:
        """Come to the page and count the first of what there is."""
        self.till.window.show_screen("receive")
        self.wait()
        self.press(Qt.Key.Key_Return)
        self.wait()


@pytest.fixture
def clerk(qapp: QApplication, qtbot: QtBot, state: Path, tmp_path: Path) -> Iterator[Clerk]:
    """The clerk, signed in."""
    shop = a_demo_shop(tmp_path / "shop")
    till = TillWindow(
        qapp, shop, main.RESOURCES, state, tmp_path / "border-pos.log", lambda session: [ReceiveScreen(session)]
    )
    till.show()
    hand = Clerk(till, shop, qtbot)
    qtbot.waitUntil(lambda: till.window.screen_at("receive") is not None, timeout=30_000)
    till.window.activateWindow()
    till.session.take_settings(shop.settings())
    till.session.take_person(hand.ruslan)
    hand.wait()
    yield hand
    till.close()
    till.window.deleteLater()
    till.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    shop.close()


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
    shown = clerk.shop.deliveries.orders.show(1, clerk.ruslan)
    assert shown.order.state == "closed"
    assert [line.received for line in shown.order.lines] == [24, 3, 1]
    assert (clerk.shop.folder / "goods").exists()
    clerk.press(Qt.Key.Key_F12)
    clerk.wait()
    assert clerk.page.start_page.rows.rowCount() == 0


def test_a_code_that_no_one_knows_is_made_a_product_while_the_delivery_waits(clerk: Clerk) -> None:
    wanted: list[str] = []
    clerk.order((SWEETS, 24))
    clerk.begin()
    clerk.page.product_requested.connect(wanted.append)

    clerk.scan(NOBODYS)
    clerk.till.window.work.notices.action_pressed.emit()

    assert wanted == [NOBODYS]


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


def test_lot_and_last_day_are_typed_and_one_that_is_missing_is_asked_for_at_posting(clerk: Clerk) -> None:
    clerk.order((SWEETS, 1))
    clerk.begin()
    clerk.scan(SWEETS)
    panel = clerk.page.count_page.panel

    panel.lot.setFocus()
    clerk.type("A1126")
    clerk.press(Qt.Key.Key_Return)
    clerk.type("31.05.2027")
    clerk.press(Qt.Key.Key_Return)
    clerk.wait()

    line = clerk.page.count_page.rows.rows[0].line
    assert line is not None
    assert (line.lot, str(line.expiry)) == ("A1126", "2027-05-31")


def test_a_lot_that_is_typed_and_not_entered_is_kept_by_a_scan_a_tap_and_the_posting(clerk: Clerk) -> None:
    clerk.order((SWEETS, 2), (CHOCOLATE, 1))
    clerk.begin()
    clerk.scan(SWEETS)
    clerk.scan(SWEETS)
    page = clerk.page.count_page

    def lots() -> list[str]:
        return [row.line.lot for row in page.rows.rows if row.line is not None]

    page.panel.lot.setFocus()
    clerk.type("A1")
    clerk.scan(CHOCOLATE)
    clerk.wait()
    assert lots() == ["A1", ""]
    page.panel.lot.setFocus()
    clerk.type("B2")
    page.table.choose(0)
    clerk.wait()
    assert (lots(), page.table.current_row) == (["A1", "B2"], 0)
    page.panel.lot.setFocus()
    page.panel.lot.setText("C3")
    clerk.press(Qt.Key.Key_F12)
    clerk.wait()
    view = clerk.page.posted.view
    assert view is not None
    assert sorted(line.lot for line in view.posted.lines) == ["B2", "C3"]


def test_a_quantity_typed_before_a_scan_counts_for_it(clerk: Clerk) -> None:
    clerk.order((SWEETS, 9))
    clerk.begin()
    clerk.type("5*")
    clerk.scan(SWEETS)
    clerk.wait()
    clerk.scan(SWEETS)
    clerk.wait()
    assert clerk.rows() == [f"{SWEETS} | 9 | 6 | counting, 3 to go"]


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

    assert clerk.shop.deliveries.orders.show(1, clerk.ruslan).order.state == "closed"
    assert not clerk.page.posted_page.rest_button.isVisible()
    clerk.press(Qt.Key.Key_F7)
    assert clerk.page.posted.view is not None


def test_a_bill_that_came_late_is_booked_on_a_receipt_of_the_past_by_keys_alone(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24))
    clerk.begin()
    clerk.scan(SWEETS)
    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_Right)
    assert clerk.page.start_page.rows.texts() == ["R-000001 | 1 piece"]
    clerk.press(Qt.Key.Key_Return)
    with clerk.shop.issue_receipt.store.reading() as work:
        before = work.stock.worth(clerk.shop.find.show(SWEETS).product.id).value

    clerk.press(Qt.Key.Key_F9)
    clerk.type("x")
    clerk.press(Qt.Key.Key_Return)
    assert clerk.last_sound() is Sound.REFUSE
    clerk.press(Qt.Key.Key_Backspace)
    clerk.type("12.50")
    clerk.press(Qt.Key.Key_Return)
    assert clerk.late() == []
    clerk.press(Qt.Key.Key_Return)

    assert clerk.late() == ["freight 12.50"]
    with clerk.shop.issue_receipt.store.reading() as work:
        after = work.stock.worth(clerk.shop.find.show(SWEETS).product.id).value
    assert before is not None
    assert after == before + 1250
    assert "12.50 on goods in stock" in clerk.till.window.work.notices.accessibleName()
    clerk.press(Qt.Key.Key_F9)
    clerk.press(Qt.Key.Key_Escape)
    assert clerk.page.posted_page.isVisible()
    clerk.press(Qt.Key.Key_Escape)
    assert clerk.page.start_page.isVisible()


def test_the_room_of_the_lots_is_the_names_while_there_are_none(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24))
    clerk.begin()
    clerk.scan(SWEETS)
    table = clerk.page.count_page.table

    def widths() -> list[int]:
        return [wide for _, wide in table.columns.spans(900)][:2]

    name, lot = widths()
    clerk.page.line_actions.say_lot("A1126", "2027-05-31")
    clerk.wait()
    assert lot == 0
    assert widths()[1] > 0
    assert name > widths()[0] + 100


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


def test_a_lot_that_is_typed_and_dropped_is_not_posted(clerk: Clerk) -> None:
    clerk.order((SWEETS, 1))
    clerk.begin()
    clerk.scan(SWEETS)
    panel = clerk.page.count_page.panel
    panel.lot.setFocus()
    clerk.type("A1126")
    clerk.press(Qt.Key.Key_Escape)
    clerk.wait()
    assert (panel.lot.text(), clerk.rows()) == ("", [f"{SWEETS} | 1 | 1 | complete"])
    clerk.press(Qt.Key.Key_F12)
    clerk.wait()
    assert clerk.page.posted.view is not None


def counts(clerk: Clerk) -> list[int]:
    return [0 if row.line is None else row.line.counted for row in clerk.page.count_page.rows.rows]


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


def test_charges_that_are_typed_and_not_saved_are_not_posted_away(clerk: Clerk) -> None:
    clerk.order((SWEETS, 1))
    clerk.begin()
    clerk.scan(SWEETS)
    clerk.press(Qt.Key.Key_F9)
    delivery_note = clerk.page.count_page.delivery_note
    freight, _ = delivery_note.charges["freight"]
    freight.setFocus()
    clerk.type("100")
    clerk.press(Qt.Key.Key_F9)
    again = freight.text()
    clerk.press(Qt.Key.Key_F12)
    clerk.wait()
    posted = clerk.page.posted.view
    clerk.press(Qt.Key.Key_Return)
    clerk.wait()
    clerk.press(Qt.Key.Key_F12)
    clerk.wait()

    assert (again, posted) == ("100", None)
    view = clerk.page.posted.view
    assert view is not None
    assert [str(charge.amount) for charge, _ in view.posted.charges] == ["100.00"]


def test_no_delivery_is_called_expected_by_none_while_the_orders_are_still_read(clerk: Clerk) -> None:
    start = clerk.page.start_page
    assert start.empty.isVisible()
    clerk.order((SWEETS, 24))
    with SlowStore(clerk):
        clerk.page.entered()
        assert not start.empty.isVisible()

    assert start.rows.rowCount() == 1


def test_a_late_bill_for_goods_of_unknown_cost_is_said_to_raise_nothing(clerk: Clerk) -> None:
    clerk.scan(VOLUME_UNKNOWN)
    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_F9)
    clerk.type("12.50")
    clerk.press(Qt.Key.Key_Return)
    clerk.press(Qt.Key.Key_Return)

    said = clerk.till.window.work.notices.accessibleName()
    assert "0.00 on goods sold" in said
    assert "12.50 is on goods in stock of unknown cost" in said


def test_a_late_charge_that_is_typed_is_not_left_behind_by_the_next_delivery(clerk: Clerk) -> None:
    clerk.order((SWEETS, 1))
    clerk.begin()
    clerk.scan(SWEETS)
    clerk.press(Qt.Key.Key_F12)
    clerk.wait()
    clerk.press(Qt.Key.Key_F9)
    clerk.type("100")
    clerk.press(Qt.Key.Key_F9)
    clerk.press(Qt.Key.Key_F12)
    clerk.wait()
    clerk.order((CHOCOLATE, 1))
    clerk.page.begin(2)  # from the page of the orders
    clerk.wait()
    assert clerk.page.posted.page.form.amount.text() == "100"
    assert clerk.page.posted.view is not None
    for _ in range(2):
        clerk.press(Qt.Key.Key_Return)
    clerk.wait()

    assert [text.split()[-1] for text in clerk.late()] == ["100.00"]


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
    clerk.type("0.5")
    page.table.choose(1)
    clerk.wait()

    known = clerk.shop.find.show(SWEETS).product.attributes.gross_kg
    assert str(known) == "0.5"
    assert page.table.current_row == 1
    assert panel.weight.text() == ""


def test_two_quick_scans_and_the_key_pressed_twice_begin_one_delivery(clerk: Clerk) -> None:
    clerk.till.window.show_screen("receive")
    clerk.wait()
    clerk.page.scanned(SWEETS)
    clerk.page.scanned(SWEETS)  # before the store has answered
    clerk.page.key_handlers["without_order"]()
    clerk.wait()

    assert counts(clerk) == [2]
    assert len(clerk.shop.deliveries.receive.start(clerk.ruslan).counting) == 1


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


def test_a_typed_count_reckons_with_a_scan_that_is_counted_meanwhile(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24))
    clerk.begin()
    clerk.scan(SWEETS)
    with SlowStore(clerk) as slow:
        slow.scan(SWEETS)
        slow.press(Qt.Key.Key_F4)
        slow.type("5")
        slow.press(Qt.Key.Key_Return)

    assert clerk.rows()[0].startswith(f"{SWEETS} | 24 | 5 | ")


def test_a_charge_typed_while_another_is_being_booked_stays(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24))
    clerk.begin()
    clerk.scan(SWEETS)
    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_F9)
    form = clerk.page.posted_page.form
    clerk.type("30")
    clerk.press(Qt.Key.Key_Return)
    with SlowStore(clerk) as slow:
        slow.press(Qt.Key.Key_Return)
        slow.fill(form.amount, "40")

    assert (form.isVisible(), form.amount.text()) == (True, "40")
    assert len(clerk.late()) == 1


@pytest.mark.parametrize("day", ["270531", "1127", "31.05.2077"])
def test_a_lot_with_a_day_that_cannot_be_is_neither_posted_away_nor_scanned_away(clerk: Clerk, day: str) -> None:
    clerk.order((SWEETS, 1), (CHOCOLATE, 1))
    clerk.begin()
    clerk.scan(SWEETS)
    panel = clerk.page.count_page.panel
    panel.lot.setFocus()
    clerk.type("A1126")
    clerk.press(Qt.Key.Key_Return)
    clerk.type(day)
    for _ in range(2):
        clerk.press(Qt.Key.Key_Return)
        clerk.scan(CHOCOLATE)
        clerk.press(Qt.Key.Key_F12)
    assert (panel.lot.text(), panel.expiry.text(), clerk.page.posted.view) == ("A1126", day, None)
    assert clerk.rows()[0] == f"{SWEETS} | 1 | 1 | complete"
    notice = clerk.till.window.work.notices.notice
    assert notice is not None
    assert notice.text.startswith("Expiry date: ")


def test_a_lot_that_is_on_file_with_another_last_day_is_not_posted_away(clerk: Clerk) -> None:
    for day in ("31.05.2027", "30.06.2027"):
        clerk.order((SWEETS, 1))
        clerk.begin()
        clerk.scan(SWEETS)
        clerk.page.count_page.panel.lot.setFocus()
        clerk.type("A1126")
        clerk.press(Qt.Key.Key_Return)
        clerk.type(day)
        clerk.press(Qt.Key.Key_F12)
        if clerk.page.posted.view is not None:
            clerk.press(Qt.Key.Key_F12)
    for _ in range(2):
        clerk.press(Qt.Key.Key_F12)
    assert clerk.page.posted.view is None
    notice = clerk.till.window.work.notices.notice
    assert notice is not None
    assert "A1126" in notice.text
    panel = clerk.page.count_page.panel
    assert (panel.lot.text(), panel.expiry.text()) == ("A1126", "30.06.2027")


def test_a_late_charge_that_is_typed_is_not_scanned_away_by_the_next_delivery(clerk: Clerk) -> None:
    clerk.order((SWEETS, 1))
    clerk.begin()
    clerk.scan(SWEETS)
    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_F9)
    clerk.type("100")
    clerk.scan(CHOCOLATE)
    clerk.press(Qt.Key.Key_F3)
    form = clerk.page.posted.page.form
    assert (form.isVisible(), form.amount.text(), clerk.last_sound()) == (True, "100", Sound.REFUSE)
    assert clerk.page.delivery.number is None


def test_a_lot_typed_for_a_delivery_that_was_discarded_does_not_hold_the_next_one(clerk: Clerk) -> None:
    clerk.order((SWEETS, 1))
    clerk.begin()
    clerk.scan(SWEETS)
    clerk.page.count_page.panel.lot.setFocus()
    clerk.type("A1126")
    clerk.press(Qt.Key.Key_Return)
    clerk.type("1127")
    for _ in range(2):
        clerk.press(Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert clerk.page.delivery.number is None
    clerk.scan(CHOCOLATE)
    assert clerk.rows() == [f"{CHOCOLATE} | – | 1 | counted"]
    assert clerk.page.count_page.panel.expiry.text() == ""


def test_a_late_charge_that_is_not_booked_is_reported_though_its_form_was_closed_meanwhile(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_charge: object) -> None:
        raise Collided("10.0.0.5")

    clerk.order((SWEETS, 24))
    clerk.begin()
    clerk.scan(SWEETS)
    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_F9)
    clerk.type("30")
    clerk.press(Qt.Key.Key_Return)
    monkeypatch.setattr(AdjustLandedCost, "__call__", busy)
    with SlowStore(clerk) as slow:
        slow.press(Qt.Key.Key_Return)
        slow.press(Qt.Key.Key_Escape)
    notice = clerk.till.window.work.notices.notice

    assert clerk.late() == []
    assert notice is not None
    assert notice.text.endswith("The database is busy with another till. Try again.")


def test_a_line_is_closed_for_the_goods_that_were_scanned_last(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24), (CHOCOLATE, 24))
    clerk.begin()
    clerk.scan(SWEETS)
    with SlowStore(clerk) as slow:
        slow.scan(CHOCOLATE)
        slow.press(Qt.Key.Key_F7)
    closed = {row.split(" | ")[0]: row.split(" | ")[3] for row in clerk.rows()}

    assert (closed[SWEETS], closed[CHOCOLATE]) == ("counting, 23 to go", "23 short, closed")


def test_a_count_is_typed_for_the_goods_that_were_scanned_last(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24), (CHOCOLATE, 24))
    clerk.begin()
    clerk.scan(SWEETS)
    with SlowStore(clerk) as slow:
        slow.scan(CHOCOLATE)
        slow.press(Qt.Key.Key_F4)
        slow.type("24")
        slow.press(Qt.Key.Key_Return)
    with SlowStore(clerk) as slow:
        slow.scan(SWEETS)
        slow.press(Qt.Key.Key_F4)
        slow.type("1")
    clerk.type("2")
    clerk.press(Qt.Key.Key_Return)
    with SlowStore(clerk) as slow:
        slow.scan(CHOCOLATE)
        slow.press(Qt.Key.Key_F4)
        slow.press(Qt.Key.Key_Escape)
    asked = clerk.page.count_page.panel.ask.isVisible()
    counted = {row.split(" | ")[0]: row.split(" | ")[2] for row in clerk.rows()}

    assert (counted, asked) == ({SWEETS: "12", CHOCOLATE: "25"}, False)


def test_a_count_typed_behind_a_code_that_no_one_knows_is_of_no_other_goods(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24))
    clerk.begin()
    clerk.scan(SWEETS)
    with SlowStore(clerk) as slow:
        slow.scan("4006381333931")
        slow.press(Qt.Key.Key_F4)
        slow.type("24")
        slow.press(Qt.Key.Key_Return)
    for key in (Qt.Key.Key_F7, Qt.Key.Key_F12):
        with SlowStore(clerk) as slow:
            slow.scan("4006381333931")
            slow.press(key)

    assert clerk.rows() == [f"{SWEETS} | 24 | 1 | counting, 23 to go"]
    assert clerk.page.posted.view is None


def test_the_cost_behind_a_scan_and_a_piece_more_are_of_the_goods_that_were_scanned(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24), (CHOCOLATE, 24))
    clerk.begin()
    clerk.scan(SWEETS)
    with SlowStore(clerk) as slow:
        slow.scan(CHOCOLATE)
        clerk.page.count_page.panel.more.click()
        slow.press(Qt.Key.Key_F5)
    asked = clerk.page.count_page.panel.ask.field.accessibleName()
    clerk.type("3")
    clerk.press(Qt.Key.Key_Return)
    counted = {row.split(" | ")[0]: row.split(" | ")[2] for row in clerk.rows()}

    assert counted == {SWEETS: "1", CHOCOLATE: "2"}
    assert asked.startswith(clerk.shop.find.show(CHOCOLATE).product.name)


def test_a_piece_more_and_an_undo_are_of_the_scan_before_them(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24), (CHOCOLATE, 24))
    clerk.begin()
    control = Qt.KeyboardModifier.ControlModifier
    with SlowStore(clerk) as slow:
        slow.scan(SWEETS)
        clerk.page.count_page.panel.corrected.emit(1)
        slow.scan(CHOCOLATE)
        slow.press(Qt.Key.Key_Z, control)
        slow.scan(CHOCOLATE)
    with SlowStore(clerk) as slow:
        slow.scan("4006381333931")
        slow.press(Qt.Key.Key_Z, control)

    assert {row.split(" | ")[0]: row.split(" | ")[2] for row in clerk.rows()} == {SWEETS: "2", CHOCOLATE: "1"}


def test_no_line_of_before_is_closed_or_divided_for_a_code_that_no_one_knows(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24), (CHOCOLATE, 24))
    clerk.begin()
    clerk.scan(SWEETS)
    for key in (Qt.Key.Key_F7, Qt.Key.Key_F8):
        with SlowStore(clerk) as slow:
            slow.scan(NOBODYS)
            slow.press(key)

    assert [row.split(" | ")[3] for row in clerk.rows()] == ["counting, 23 to go", "waiting"]


def test_the_line_that_is_chosen_behind_a_scan_is_the_one_that_is_closed(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24), (CHOCOLATE, 24))
    clerk.begin()
    clerk.scan(SWEETS)
    with SlowStore(clerk) as slow:
        slow.scan(SWEETS)
        slow.press(Qt.Key.Key_Down)
        slow.press(Qt.Key.Key_F7)
    closed = {row.split(" | ")[0]: row.split(" | ")[3] for row in clerk.rows()}

    assert (closed[SWEETS], closed[CHOCOLATE]) == ("counting, 22 to go", "24 short, closed")


def test_a_count_and_a_cost_are_of_the_line_that_is_chosen_behind_a_scan(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24), (CHOCOLATE, 24))
    clerk.begin()
    clerk.scan(CHOCOLATE)
    chocolate = clerk.shop.find.show(CHOCOLATE).product.name
    asked = []
    for key, figure in ((Qt.Key.Key_F4, "24"), (Qt.Key.Key_F5, "3")):
        clerk.scan(SWEETS)
        with SlowStore(clerk) as slow:
            slow.scan(SWEETS)
            slow.press(Qt.Key.Key_Down)
            slow.press(key)
            asked.append(clerk.page.count_page.panel.ask.field.accessibleName())
            slow.type(figure)
        clerk.press(Qt.Key.Key_Return)
    clerk.scan(SWEETS)
    with SlowStore(clerk) as slow:
        slow.scan(SWEETS)
        slow.press(Qt.Key.Key_Down)
        clerk.page.count_page.panel.more.click()
    clerk.scan(SWEETS)
    with SlowStore(clerk) as slow:
        slow.scan(SWEETS)
        slow.press(Qt.Key.Key_Down)
        slow.press(Qt.Key.Key_F4)
    clerk.type("12")
    clerk.press(Qt.Key.Key_Return)
    costs = [str(row.cost) for row in clerk.page.count_page.rows.rows]

    assert [one.startswith(chocolate) for one in asked] == [True, True]
    assert counts(clerk) == [8, 12]
    assert [cost == "3.00" for cost in costs] == [False, True]


def test_a_question_behind_a_scan_does_not_take_what_is_typed_behind_the_next_one(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24), (CHOCOLATE, 24))
    clerk.begin()
    clerk.scan(SWEETS)
    field, seen = clerk.page.count_page.panel.ask.field, []
    field.textChanged.connect(lambda text: seen.append((field.accessibleName(), text)))
    with SlowStore(clerk) as slow:
        slow.scan(CHOCOLATE)
        slow.press(Qt.Key.Key_F4)
        slow.press(Qt.Key.Key_Escape)
        slow.scan(SWEETS)
        slow.press(Qt.Key.Key_F4)
        slow.type("7")
    clerk.press(Qt.Key.Key_Return)

    assert counts(clerk) == [7, 1]
    assert not [text for name, text in seen if name.startswith(clerk.shop.find.show(CHOCOLATE).product.name)]


def test_a_lot_typed_behind_a_key_whose_line_is_not_there_yet_counts_no_goods(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24), (CHOCOLATE, 24))
    clerk.begin()
    clerk.scan(SWEETS)
    before = clerk.rows()
    with SlowStore(clerk) as slow:
        slow.scan(NOBODYS)
        slow.press(Qt.Key.Key_F8)
        slow.type("20")
    clerk.wait(60)
    clerk.press(Qt.Key.Key_Return)
    clerk.wait(60)

    assert clerk.rows() == before
