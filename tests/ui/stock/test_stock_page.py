"""The clerk moves goods by stock documents, and looks at what moved, what expires and what became of each lot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

import main
from pos.application.ports.stock_ports import MovementFilter
from pos.application.purchasing.book_delivery import read_delivery
from pos.application.stock.move_stock import StockDocument, StockDocumentDraft, StockDocumentLine
from pos.application.stock.read_stock import ReadStock
from pos.domain.errors import Collided, OutcomeUnknown
from pos.domain.stock.stock_document import ADJUSTMENT, KINDS, TRANSFER, WASTE
from pos.ui.look.sounds import Sound
from pos.ui.stock.screen import StockScreen
from tests.horgos import CNY
from tests.shops import CHOCOLATE, COGNAC
from tests.ui.at_the_counter import NOON
from tests.ui.at_the_stock import StockHand, at_the_stock
from tests.ui.fakes_shop import with_fakes
from tests.ui.slow_store import SlowStore


@pytest.fixture
def clerk(qapp: QApplication, qtbot: QtBot, state: Path, tmp_path: Path) -> Iterator[StockHand]:
    """The clerk on the page of the stock."""
    yield from at_the_stock(qapp, qtbot, state, tmp_path, lambda session: [StockScreen(session)], "stock")


def page(clerk: StockHand) -> StockScreen:
    page = clerk.till.window.page
    assert isinstance(page, StockScreen)
    return page


def look(clerk: StockHand, which: str) -> StockScreen:
    for _ in range(4):
        if page(clerk).on_show != which:
            clerk.press(Qt.Key.Key_F8)
    assert page(clerk).on_show == which
    return page(clerk)


def test_the_time_of_the_last_scan_stays_that_of_the_scan(
    qapp: QApplication, qtbot: QtBot, state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hours = [0]
    monkeypatch.setattr(main, "_clock", lambda _at: lambda: NOON + timedelta(hours=hours[0]))
    for clerk in at_the_stock(qapp, qtbot, state, tmp_path, lambda session: [StockScreen(session)], "stock"):
        clerk.scan(CHOCOLATE)
        hours[0] = 3
        page(clerk).document.next_kind()
        again = [one.text() for one in page(clerk).document.last.findChildren(QLabel)]
        clerk.scan(COGNAC)
        page(clerk).document.table.choose(0)
        chosen = [one.text() for one in page(clerk).document.last.findChildren(QLabel)]

    assert "Last scan · 12:00" in again
    assert "Last scan · 12:00" in chosen


def test_a_document_with_nothing_on_it_says_what_to_do(clerk: StockHand) -> None:
    nothing = page(clerk).document.nothing
    assert (nothing.accessibleName(), nothing.isVisible()) == ("No goods on this document yet", True)
    assert nothing.accessibleDescription() == "Choose both places, then scan the goods to move."
    clerk.scan(CHOCOLATE)
    assert not nothing.isVisible()


def test_goods_are_scanned_into_one_document_and_moved_with_keys(clerk: StockHand) -> None:
    here = clerk.shop.find.show(CHOCOLATE).on_hand
    for _ in range(2):
        clerk.press(Qt.Key.Key_F5)
    assert (page(clerk).document.location, page(clerk).document.to) == ("floor", "quarantine")
    clerk.press(Qt.Key.Key_F9)
    clerk.type("5 *")
    clerk.scan(CHOCOLATE)
    clerk.scan(COGNAC)
    clerk.type("3")
    clerk.press(Qt.Key.Key_Return)
    assert [row.split(" | ")[2:] for row in page(clerk).document.rows.texts()] == [["5", "ready"], ["3", "ready"]]
    clerk.press(Qt.Key.Key_F12)

    assert clerk.news == "M-000001 recorded. Pieces: 8."
    assert clerk.last_sound is Sound.COMPLETE
    assert clerk.shop.find.show(CHOCOLATE).on_hand == here - 5
    assert page(clerk).document.lines == []
    assert clerk.shop.verify_books() == []


def test_the_place_that_goods_go_to_taken_as_their_source_turns_the_way_round(clerk: StockHand) -> None:
    """From the store room to the floor; chosen the floor as the source, goods were to be set aside."""
    document = page(clerk).document
    index = document.locations.findData("floor")
    document.locations.setCurrentIndex(index)
    document.locations.activated.emit(index)

    assert (document.location, document.to) == ("floor", "store")


def test_more_than_is_there_is_shown_on_the_row_and_refused_in_words(clerk: StockHand) -> None:
    here = clerk.shop.find.show(CHOCOLATE).on_hand
    while page(clerk).document.kind != "waste":
        clerk.press(Qt.Key.Key_F3)
    page(clerk).document.reasons.setCurrentIndex(2)
    clerk.type(f"{here + 1} *")
    clerk.scan(CHOCOLATE)
    assert page(clerk).document.rows.texts()[0].endswith(f"only {here} in stock")
    clerk.press(Qt.Key.Key_F12)
    assert clerk.heard.sounds[-2:] == [Sound.OVER, Sound.REFUSE]
    name = clerk.shop.find.show(CHOCOLATE).product.name_in
    assert clerk.news == f"“{name('en')}”: {here + 1} needed, only {here} free. Place: Shop floor."
    clerk.till.session.speak("ru")
    assert clerk.news.startswith(f"«{name('ru')}»: ")
    clerk.till.session.speak("en")
    clerk.type(str(here))
    clerk.press(Qt.Key.Key_Return)
    clerk.press(Qt.Key.Key_F12)
    assert clerk.shop.find.show(CHOCOLATE).on_hand == 0


def test_goods_that_were_sold_since_they_were_scanned_are_no_longer_there_on_a_document(clerk: StockHand) -> None:
    here = clerk.shop.find.show(CHOCOLATE).on_hand
    while page(clerk).document.kind != "waste":
        clerk.press(Qt.Key.Key_F3)
    clerk.type(f"{here} *")
    clerk.scan(CHOCOLATE)
    before = page(clerk).document.rows.texts()[0]
    sold_by_another(clerk)
    look(clerk, "moves")
    again = look(clerk, "document").document
    said = again.rows.texts()[0]
    sold_by_another(clerk)
    again.reasons.setCurrentIndex(2)
    clerk.press(Qt.Key.Key_F12)

    assert before.endswith("ready")
    assert said.endswith(f"only {here - 1} in stock")
    assert again.rows.texts()[0].endswith(f"only {here - 2} in stock")
    assert again.lines[0].quantity == here


def sold_by_another(clerk: StockHand) -> None:
    """One piece of the chocolate leaves the floor at another till."""
    person, goods = clerk.till.session.person, clerk.shop.find.show(CHOCOLATE).product.id
    assert person is not None
    one = StockDocumentLine(1, product=goods)
    clerk.shop.move_stock(person, StockDocumentDraft(WASTE, [one], "floor", reason="damaged"))


def test_a_refusal_of_more_than_is_there_ends_when_the_figure_does(clerk: StockHand) -> None:
    here = clerk.shop.find.show(CHOCOLATE).on_hand
    while page(clerk).document.kind != "waste":
        clerk.press(Qt.Key.Key_F3)
    page(clerk).document.reasons.setCurrentIndex(2)
    clerk.scan(CHOCOLATE)
    clerk.type(str(here + 1))
    clerk.press(Qt.Key.Key_Return)
    clerk.press(Qt.Key.Key_F12)
    assert "only" in clerk.news
    clerk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert clerk.news == ""


def test_a_correction_needs_a_reason_and_may_take_away(clerk: StockHand) -> None:
    here = clerk.shop.find.show(CHOCOLATE).on_hand
    clerk.press(Qt.Key.Key_F5)
    clerk.press(Qt.Key.Key_F5)
    while page(clerk).document.kind != "adjustment":
        clerk.press(Qt.Key.Key_F3)
    clerk.scan(CHOCOLATE)
    clerk.type("-2")
    clerk.press(Qt.Key.Key_Return)
    clerk.press(Qt.Key.Key_F12)
    assert clerk.news == "Reason is missing."
    page(clerk).document.reasons.setFocus()
    clerk.press(Qt.Key.Key_Down)
    assert (page(clerk).document.reasons.currentIndex(), clerk.news) == (1, "")  # the reason is given
    clerk.press(Qt.Key.Key_F12)
    assert clerk.shop.find.show(CHOCOLATE).on_hand == here - 2


def test_a_line_is_taken_back_and_taken_out(clerk: StockHand) -> None:
    clerk.scan(CHOCOLATE)
    clerk.scan(COGNAC)
    clerk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(page(clerk).document.lines) == 1
    page(clerk).document.table.choose(0)
    page(clerk).document.table.setFocus()
    clerk.press(Qt.Key.Key_Delete)
    assert page(clerk).document.lines == []


def test_a_scan_shows_what_lies_where_and_what_moved(clerk: StockHand) -> None:
    moves = look(clerk, "moves").moves
    loaded = moves.rows.rowCount()
    assert loaded == 100
    clerk.scan(CHOCOLATE)
    assert moves.where.text.startswith("Shop floor")
    assert {row.split(" | ")[2] for row in moves.rows.texts()} == {"Opening stock"}
    moves.box.setFocus()
    clerk.type("M-000009")
    clerk.press(Qt.Key.Key_Return)
    assert moves.empty.isVisible()
    clerk.press(Qt.Key.Key_Escape)
    assert moves.rows.rowCount() == loaded


def test_the_code_on_the_paper_of_a_delivery_shows_what_it_moved(clerk: StockHand) -> None:
    came = read_delivery({"supplier": "Almaty Sweets", "lines": [{"code": CHOCOLATE, "quantity": 5}]}, CNY)
    receipt = clerk.shop.deliveries.book(came, clerk.person).name
    moves = look(clerk, "moves").moves
    clerk.scan(receipt)

    assert [row.split(" | ")[1:3] for row in moves.rows.texts()] == [["+5", "Goods received"]]
    assert clerk.till.window.work.notices.notice is None


def test_what_lies_where_is_read_again_with_the_movements(clerk: StockHand) -> None:
    moves = look(clerk, "moves").moves
    clerk.scan(CHOCOLATE)
    here = clerk.shop.find.show(CHOCOLATE).on_hand
    before = moves.where.text.splitlines()[0]
    look(clerk, "document")
    clerk.shop.move_stock(clerk.person, StockDocumentDraft(WASTE, (StockDocumentLine(2, CHOCOLATE),), reason="damaged"))
    look(clerk, "moves")
    clerk.wait()

    assert (before, moves.where.text.splitlines()[0]) == (f"Shop floor: {here}", f"Shop floor: {here - 2}")


def test_movements_are_narrowed_to_a_reason_and_a_location_with_keys(clerk: StockHand) -> None:
    clerk.scan(CHOCOLATE)
    clerk.press(Qt.Key.Key_F5)
    clerk.press(Qt.Key.Key_F5)
    clerk.press(Qt.Key.Key_F12)
    moves = look(clerk, "moves").moves
    while moves.reasons.currentData() != "transfer":
        clerk.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert [row.split(" | ")[1:4] for row in moves.rows.texts()] == [
        ["+1", "Transfer", "Set aside"],
        ["−1", "Transfer", "Shop floor"],
    ]
    while moves.locations.currentData() != "quarantine":
        clerk.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert [row.split(" | ")[1] for row in moves.rows.texts()] == ["+1"]

    clerk.scan(COGNAC)
    assert moves.empty.isVisible()
    clerk.press(Qt.Key.Key_Escape)
    assert (moves.reasons.currentData(), moves.locations.currentData(), moves.rows.rowCount()) == ("", "", 100)


def test_the_accounts_of_lots_may_be_those_on_hand_alone_on_the_page_and_on_paper(clerk: StockHand) -> None:
    gone = clerk.shop.read_stock.lots(clerk.person)[0]
    for location, pieces in gone.locations.items():
        line = StockDocumentLine(pieces, product=gone.lot.product, lot_id=gone.lot.id)
        clerk.shop.move_stock(clerk.person, StockDocumentDraft("waste", [line], location, reason="expired"))
    lots = look(clerk, "lots").lots
    every = [one.lot.id for one in lots.pager.rows]
    clerk.press(Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    assert [one.lot.id for one in lots.pager.rows] == [number for number in every if number != gone.lot.id]

    clerk.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert clerk.news.startswith("Printed: lots-")
    printed = PdfDocument(clerk.shop.issue_stock.drawings.folder / clerk.news.removeprefix("Printed: "))
    assert gone.lot.code not in "".join(page.get_textpage().get_text_range() for page in printed)
    clerk.press(Qt.Key.Key_Escape)
    assert gone.lot.id in [one.lot.id for one in lots.pager.rows]


def test_what_expires_is_set_aside_with_one_key_and_written_off_with_two(clerk: StockHand) -> None:
    expiry = look(clerk, "expiry").expiry
    first = expiry.pager.rows[0]
    assert expiry.rows.texts()[0].split(" | ")[3] == "expired"
    clerk.press(Qt.Key.Key_F6)
    assert clerk.news.startswith("M-000001 recorded.")
    assert set(expiry.pager.rows[0].balance.locations) == {"quarantine"}
    clerk.press(Qt.Key.Key_F6)
    assert clerk.news == "Already set aside."
    clerk.press(Qt.Key.Key_F7)
    clerk.press(Qt.Key.Key_F7)
    assert first.balance.lot.id not in [one.balance.lot.id for one in expiry.pager.rows]
    assert clerk.shop.verify_books() == []


def test_the_question_whether_a_lot_is_written_off_goes_with_its_row(clerk: StockHand) -> None:
    expiry = look(clerk, "expiry").expiry
    expiry.table.setFocus()
    clerk.press(Qt.Key.Key_F7)
    asked = clerk.news
    clerk.press(Qt.Key.Key_Down)

    assert "write off" in asked
    assert clerk.news == ""


def test_a_lot_in_two_places_is_written_off_whole_and_every_piece_is_reported(clerk: StockHand) -> None:
    expiry = look(clerk, "expiry").expiry
    balance = expiry.pager.rows[0].balance
    location, aside = (
        next(iter(balance.locations)),
        StockDocumentLine(1, product=balance.lot.product, lot_id=balance.lot.id),
    )
    clerk.shop.move_stock(clerk.person, StockDocumentDraft(TRANSFER, [aside], location, "quarantine"))
    look(clerk, "moves")
    expiry = look(clerk, "expiry").expiry
    assert len(expiry.pager.rows[0].balance.locations) == 2
    clerk.press(Qt.Key.Key_F7)
    clerk.press(Qt.Key.Key_F7)

    assert clerk.news == f"M-000002, M-000003 recorded. Pieces: {balance.on_hand}."
    assert balance.lot.id not in [one.balance.lot.id for one in expiry.pager.rows]


def test_the_account_of_a_lot_opens_its_movements_and_is_printed_for_customs(clerk: StockHand) -> None:
    lots = look(clerk, "lots").lots
    first = lots.pager.rows[0]
    lots.table.setFocus()
    clerk.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert clerk.news.startswith("Printed: lots-")
    clerk.press(Qt.Key.Key_Return)
    moved = clerk.shop.read_stock.movements(clerk.person, MovementFilter(lot=first.lot.id))
    assert page(clerk).on_show == "moves"
    assert page(clerk).moves.rows.rowCount() == len(moved)
    look(clerk, "lots").lots.box.setFocus()
    clerk.type(first.lot.entry)
    clerk.press(Qt.Key.Key_Return)
    assert {one.lot.entry for one in lots.pager.rows} == {first.lot.entry}


def test_an_unknown_code_is_reported_and_the_document_stays(clerk: StockHand) -> None:
    clerk.scan(CHOCOLATE)
    clerk.scan("6901028075763")
    assert (clerk.news, clerk.last_sound) == ("No product has the code 6901028075763.", Sound.UNKNOWN)
    assert len(page(clerk).document.lines) == 1
    clerk.till.session.speak("kk")
    assert len(page(clerk).document.lines) == 1


def test_a_figure_that_is_typed_and_not_entered_keeps_the_document_open(clerk: StockHand) -> None:
    here = clerk.shop.find.show(CHOCOLATE).on_hand
    for _ in range(2):
        clerk.press(Qt.Key.Key_F5)
    clerk.press(Qt.Key.Key_F9)
    clerk.scan(CHOCOLATE)
    clerk.type("3")
    clerk.press(Qt.Key.Key_F12)
    assert clerk.news == "Press Enter to accept this entry, or Esc to drop it."
    assert clerk.shop.find.show(CHOCOLATE).on_hand == here

    clerk.press(Qt.Key.Key_Escape)
    clerk.press(Qt.Key.Key_F12)
    assert clerk.shop.find.show(CHOCOLATE).on_hand == here - 1


def test_a_number_without_its_enter_is_not_lost_at_the_next_scan_of_a_document(clerk: StockHand) -> None:
    clerk.scan(CHOCOLATE)
    clerk.type("3")
    clerk.scan(CHOCOLATE)
    asked = clerk.news
    before = [line.quantity for line in page(clerk).document.lines]
    clerk.press(Qt.Key.Key_Return)
    after = [line.quantity for line in page(clerk).document.lines]
    clerk.type("2 *")
    clerk.scan(CHOCOLATE)

    assert asked == "Press Enter to accept this entry, or Esc to drop it."
    assert (before, after) == ([1], [3])
    assert [line.quantity for line in page(clerk).document.lines] == [5]


def test_a_line_with_a_minus_is_there_again_when_the_adjustment_is(clerk: StockHand) -> None:
    document = page(clerk).document
    document._choose_kind(ADJUSTMENT)
    clerk.scan(CHOCOLATE)
    clerk.type("-3")
    clerk.press(Qt.Key.Key_Return)
    before = [line.quantity for line in document.lines]
    for _ in KINDS:  # one F3 too many, and round again
        clerk.press(Qt.Key.Key_F3)

    assert document.kind == ADJUSTMENT
    assert [line.quantity for line in document.lines] == before == [-3]


def test_a_line_with_a_minus_waits_while_another_document_is_recorded_and_its_steps_are_undone(
    clerk: StockHand,
) -> None:
    document = page(clerk).document
    document._choose_kind(ADJUSTMENT)
    clerk.scan(CHOCOLATE)
    clerk.type("-3")
    clerk.press(Qt.Key.Key_Return)
    document._choose_kind(WASTE)
    clerk.scan(COGNAC)
    clerk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    undone = list(document.lines)
    clerk.scan(COGNAC)
    document.reasons.setCurrentIndex(1)
    clerk.press(Qt.Key.Key_F12)
    recorded = clerk.news
    document._choose_kind(ADJUSTMENT)

    assert undone == []
    assert recorded == "M-000001 recorded. Pieces: 1."
    assert [(line.product_stock.product.code, line.quantity) for line in document.lines] == [(CHOCOLATE, -3)]


def test_a_minus_that_is_typed_where_none_can_be_is_refused_and_stays(clerk: StockHand) -> None:
    document = page(clerk).document
    document._choose_kind(WASTE)
    clerk.scan(CHOCOLATE)
    clerk.type("-3")
    clerk.press(Qt.Key.Key_Return)

    assert clerk.news == "Quantity: “-3” must not be below zero."
    assert (document.box.text(), [line.quantity for line in document.lines]) == ("-3", [1])


def test_goods_on_a_document_that_is_not_recorded_are_named_before_the_till_closes(clerk: StockHand) -> None:
    clerk.scan(CHOCOLATE)
    closed = clerk.till.window.close()
    notice = clerk.till.window.work.notices.notice

    assert not closed
    assert notice is not None
    assert notice.text == "Not finished: an unrecorded stock document. Closing the program discards it."
    clerk.till.window.unfinished.empty()
    assert clerk.till.window.unfinished.all() == ""
    assert page(clerk).document.lines == []


def test_what_is_scanned_and_typed_while_a_document_is_recorded_is_for_the_next_one(clerk: StockHand) -> None:
    for _ in range(2):
        clerk.press(Qt.Key.Key_F5)
    clerk.scan(CHOCOLATE)
    here = clerk.shop.find.show(CHOCOLATE).on_hand
    with SlowStore(clerk) as slow:
        slow.press(Qt.Key.Key_F12)
        slow.scan(COGNAC)
        slow.press(Qt.Key.Key_F12)
        slow.press(Qt.Key.Key_F3)
        slow.type("3")
        slow.press(Qt.Key.Key_Return)
    document, kept = page(clerk).document, page(clerk).document.box.text()
    clerk.press(Qt.Key.Key_Return)

    assert (clerk.news, kept, document.kind) == ("M-000001 recorded. Pieces: 1.", "3", "transfer")
    assert [(line.product_stock.product.code, line.quantity) for line in document.lines] == [(COGNAC, 3)]
    assert clerk.shop.find.show(CHOCOLATE).on_hand == here - 1  # once, and set aside


def test_what_is_scanned_before_a_document_is_recorded_is_on_it_however_late_it_is_found(clerk: StockHand) -> None:
    for _ in range(2):
        clerk.press(Qt.Key.Key_F5)
    clerk.scan(CHOCOLATE)
    with SlowStore(clerk) as slow:
        slow.scan(COGNAC)
        slow.press(Qt.Key.Key_F12)

    assert (clerk.news, page(clerk).document.lines) == ("M-000001 recorded. Pieces: 2.", [])


def test_a_code_typed_in_a_list_is_not_put_on_the_document_that_is_shown_since(clerk: StockHand) -> None:
    lots = look(clerk, "lots").lots
    lots.box.setFocus()
    clerk.type(CHOCOLATE)
    with SlowStore(clerk) as slow:
        slow.press(Qt.Key.Key_Return)
        slow.press(Qt.Key.Key_F8)

    assert (page(clerk).on_show, page(clerk).document.lines) == ("document", [])


def test_a_figure_concerns_the_row_that_is_chosen_on_a_document(clerk: StockHand) -> None:
    clerk.scan(CHOCOLATE)
    clerk.scan(COGNAC)
    document = page(clerk).document
    document.table.setFocus()
    clerk.press(Qt.Key.Key_Up)
    clerk.type("5")
    clerk.press(Qt.Key.Key_Return)
    assert [(line.product_stock.product.code, line.quantity) for line in document.lines] == [
        (CHOCOLATE, 5),
        (COGNAC, 1),
    ]


@pytest.mark.parametrize("typed", ["-3 *", "0 *", "9999999 *"])
def test_a_quantity_that_none_can_be_is_not_lost_at_the_next_scan_of_a_document(clerk: StockHand, typed: str) -> None:
    clerk.type(typed)
    clerk.scan(CHOCOLATE)
    assert (page(clerk).document.lines, page(clerk).document.box.text()) == ([], typed)
    assert clerk.news == "Press Enter to accept this entry, or Esc to drop it."
    clerk.press(Qt.Key.Key_Return)
    assert clerk.news == f"Quantity: “{typed}” is not a number."
    clerk.press(Qt.Key.Key_Escape)
    clerk.scan(CHOCOLATE)
    assert [line.quantity for line in page(clerk).document.lines] == [1]


def test_a_figure_typed_before_the_first_scan_of_a_document_waits_for_its_enter(clerk: StockHand) -> None:
    clerk.type("12")
    clerk.press(Qt.Key.Key_Return)
    assert clerk.news == "Scan a product first, then enter the quantity."
    clerk.scan(CHOCOLATE)
    assert page(clerk).document.box.text() == "12"
    clerk.press(Qt.Key.Key_Return)
    assert [line.quantity for line in page(clerk).document.lines] == [12]


def test_a_document_that_may_be_recorded_says_that_it_may(clerk: StockHand) -> None:
    def lost(*_draft: object) -> StockDocument:
        raise OutcomeUnknown("10.0.0.5")

    for _ in range(2):
        clerk.press(Qt.Key.Key_F5)
    clerk.scan(CHOCOLATE)
    clerk.till.session.shop = with_fakes(clerk.shop, move_stock=lost)
    clerk.press(Qt.Key.Key_F12)
    said = "The database connection was lost during recording. Check whether this was recorded before you repeat it."
    assert clerk.news.endswith(said)


def test_a_database_that_is_busy_with_another_till_is_warned_on_the_page_of_the_stock(clerk: StockHand) -> None:
    def busy(*_draft: object) -> StockDocument:
        raise Collided("10.0.0.5")

    clerk.scan(CHOCOLATE)
    clerk.till.session.shop = with_fakes(clerk.shop, move_stock=busy)
    clerk.press(Qt.Key.Key_F12)
    assert clerk.news.endswith("The database is busy with another till. Try again.")


def test_what_is_scanned_for_a_document_that_is_dropped_is_not_on_the_next_one(clerk: StockHand) -> None:
    clerk.scan(CHOCOLATE)
    with SlowStore(clerk) as slow:
        slow.scan(COGNAC)
        slow.press(Qt.Key.Key_F12)
        clerk.till.window.unfinished.empty()
    assert (page(clerk).document.lines, clerk.till.window.unfinished.all()) == ([], "")
    clerk.scan(CHOCOLATE)
    assert [line.product_stock.product.code for line in page(clerk).document.lines] == [CHOCOLATE]


def test_lots_of_before_do_not_stay_under_what_is_chosen_now_where_these_cannot_be_read(
    clerk: StockHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_asked: object, **_how: object) -> None:
        raise Collided("10.0.0.5")

    lots = look(clerk, "lots").lots
    listed = lots.rows.rowCount()
    with monkeypatch.context() as patch:
        patch.setattr(ReadStock, "lots", busy)
        clerk.press(Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    assert lots.on_hand
    assert (lots.rows.rowCount(), lots.empty.isVisible()) == (0, False)
    clerk.press(Qt.Key.Key_Escape)
    assert lots.rows.rowCount() == listed > 0


def test_a_quantity_typed_after_a_place_was_chosen_is_for_the_next_scan(clerk: StockHand) -> None:
    document = page(clerk).document
    document.locations.setFocus(Qt.FocusReason.MouseFocusReason)  # and its list has closed again
    clerk.type("5*")
    clerk.scan(CHOCOLATE)

    assert [line.quantity for line in document.lines] == [5]


def test_the_lot_that_is_set_aside_is_the_chosen_one_also_where_its_row_has_moved(clerk: StockHand) -> None:
    expiry = look(clerk, "expiry").expiry
    clerk.press(Qt.Key.Key_Down)
    first, chosen = (one.balance for one in expiry.pager.rows[:2])
    gone = [
        StockDocumentDraft(WASTE, [StockDocumentLine(n, product=first.lot.product, lot_id=first.lot.id)], location)
        for location, n in first.locations.items()
    ]
    clerk.shop.move_stock.all(clerk.person, [replace(draft, reason="expired") for draft in gone])  # at another till
    look(clerk, "lots")
    look(clerk, "expiry")
    clerk.press(Qt.Key.Key_F6)

    aside = [one.balance.lot.id for one in expiry.pager.rows if set(one.balance.locations) == {"quarantine"}]
    assert chosen.lot.id in aside
    assert expiry.chosen.balance.lot.id == chosen.lot.id


def test_no_lots_of_the_list_before_are_printed_or_opened_for_goods_that_were_scanned_just_now(
    clerk: StockHand,
) -> None:
    lots = look(clerk, "lots").lots
    with SlowStore(clerk) as slow:
        slow.scan(CHOCOLATE)
        slow.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
        slow.press(Qt.Key.Key_Return)

    assert (page(clerk).on_show, clerk.news) == ("lots", "")
    assert lots.summary.text() == clerk.shop.find.show(CHOCOLATE).product.name_in("en")


def test_no_goods_of_before_leave_a_document_for_those_that_were_scanned_just_now(clerk: StockHand) -> None:
    clerk.scan(CHOCOLATE)
    with SlowStore(clerk) as slow:
        slow.scan(COGNAC)
        slow.press(Qt.Key.Key_Delete)
        slow.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert len(page(clerk).document.rows.texts()) == 2


def test_movements_stay_where_they_were_scrolled_to_while_more_are_read(clerk: StockHand) -> None:
    moves = look(clerk, "moves").moves
    first, bar = len(moves.rows.texts()), moves.table.verticalScrollBar()
    bar.setValue(bar.maximum() - 200)
    before = bar.value()
    clerk.wait()

    assert len(moves.rows.texts()) > first
    assert (bar.value(), moves.table.current_row) == (before, 0)
