"""The history at the real window: a receipt is found, looked at, printed again, and its goods come back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any, Never

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.application.receipts.find_receipts import FindReceipts
from pos.application.sales.complete_sale import Payment
from pos.application.text.formatting import money_text
from pos.domain.errors import Collided, PrinterError
from pos.domain.sales.parcel import Parcel, Recipient
from pos.domain.visitors.document import read_typed
from pos.ui.receipts.screen import HistoryScreen
from pos.ui.session.rail_entries import entries_for
from tests.application.returns.test_return_goods import a_return
from tests.builders import cash, cash_for
from tests.horgos import CNY, KZT
from tests.ui.at_the_counter import NOON, PASSPORT, Hand, close_till, open_till
from tests.ui.returns.test_returns_page import at_hand, with_returns
from tests.ui.returns.test_returns_page import page as returns_page
from tests.ui.slow_store import SlowStore

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
LI = ("passport", "E87654321", "CHN", "1990-01-01")


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """The manager of a shop that sold two toys, then honey."""
    opened = with_returns(open_till(qapp, qtbot, tmp_path, "manager"))
    amina = next(one for one in opened.shop.sign_in.people() if one.name == "amina")
    for category, pieces in (("toy", 2), ("food.honey", 1)):
        basket = opened.shop.new_checkout()
        basket.identify(read_typed(*LI, NOON.date()))
        basket.leave_to("CN")
        basket.add(opened.goods(category).id, pieces)
        order = basket.order(amina)
        opened.shop.complete_sale.from_counter(order, Payment((cash_for(order.cart.total),), CNY))
    history = HistoryScreen(opened.till.session, opened.checkout.receipts)
    history.return_requested.connect(returns_page(opened).look_up)
    opened.till.window.plug(history)
    opened.till.window.show_screen("history")
    opened.wait()
    yield opened
    close_till(opened)


def page(hand: Hand) -> HistoryScreen:
    screen = hand.till.window.screen_at("history")
    assert isinstance(screen, HistoryScreen)
    return screen


def listed(hand: Hand) -> list[str]:
    rows = page(hand).finder.rows
    return [rows.text(index).receipt for index in range(rows.rowCount())]


def test_the_latest_stand_there_and_the_chosen_one_beside_them(hand: Hand) -> None:
    assert listed(hand) == ["T1-000002", "T1-000001"]
    shown = page(hand).panel.texts
    assert shown[0] == "T1-000002"
    assert shown[1].endswith(" · Amina S. · T1")
    assert [row for row in shown if row.startswith("Total | ¥")]
    assert shown[-1] == "A · E••••••21 | CHN · Within the allowance"
    hand.press(Key.Key_Down)
    assert page(hand).panel.texts[0] == "T1-000001"


def test_a_receipt_whose_visitor_was_corrected_names_the_one_who_has_the_goods_by_now(hand: Hand) -> None:
    right = read_typed("passport", "E11112222", "CHN", "1980-01-01", NOON.date())
    manager = next(one for one in hand.shop.sign_in.people() if one.name == "manager")
    hand.shop.visits.move_quota("T1-000002", "A", right, manager)
    hand.till.window.show_screen("checkout")
    hand.till.window.show_screen("history")
    hand.wait()
    assert page(hand).panel.texts[-1] == "A · E••••••21 | CHN · moved to another visitor · E••••••22"
    back = read_typed(*LI, NOON.date())
    hand.shop.visits.move_quota("T1-000002", "A", back, manager)
    hand.till.window.show_screen("checkout")
    hand.till.window.show_screen("history")
    hand.wait()
    assert page(hand).panel.texts[-1] == "A · E••••••21 | CHN · Within the allowance"


def test_it_is_found_by_typing_scanning_and_a_document(hand: Hand) -> None:
    hand.type("t1-000001")
    hand.wait(300)
    assert listed(hand) == ["T1-000001"]
    hand.scan(hand.goods("food.honey").code)
    assert listed(hand) == ["T1-000002"]
    page(hand).document_scanned(PASSPORT)
    hand.wait()
    assert listed(hand) == []
    assert page(hand).panel.isHidden()
    hand.press(Key.Key_Escape)
    assert listed(hand) == ["T1-000002", "T1-000001"]
    hand.press(Key.Key_F4)
    hand.press(Key.Key_F4)  # returns: there are none
    assert listed(hand) == []


def test_its_pdf_opens_and_a_copy_is_printed_and_counted(hand: Hand) -> None:
    opened = list[Path]()

    def open_file(file: Path) -> bool:
        opened.append(file)
        return True

    page(hand).open_file = open_file
    hand.shop.issue_receipt("T1-000002")
    hand.press(Key.Key_F9)
    assert [file.name for file in opened] == ["T1-000002.pdf"]
    hand.press(Key.Key_P, CONTROL)
    hand._qtbot.waitUntil(lambda: hand.checkout.receipts.is_idle)
    assert len(list(hand.shop.folder.glob("receipts/*/*/*/T1-000002-copy-1.pdf"))) == 1
    hand.press(Key.Key_Down)
    hand.press(Key.Key_F9)  # whose receipt was never drawn: now it is
    assert [file.name for file in opened] == ["T1-000002.pdf", "T1-000001.pdf"]


def test_another_page_shows_a_receipt_here(hand: Hand) -> None:
    hand.press(Key.Key_F4)
    hand.press(Key.Key_F4)
    hand.till.window.show_screen("checkout")
    page(hand).look_up("T1-000001")
    hand.wait()
    assert (hand.screen_id, listed(hand)) == ("history", ["T1-000001"])


def test_its_goods_come_back_from_here(hand: Hand) -> None:
    hand.press(Key.Key_Down)
    hand.till.session.take_shift(None)
    page(hand).return_from()
    hand.wait()
    assert hand.screen_id == "returns"
    assert at_hand(hand).returnable.sale.receipt == "T1-000001"


def test_a_return_is_shown_with_the_receipt_that_it_reverses(hand: Hand) -> None:
    hand.shop.return_by_ticket(a_return("T1-000001", (0, 1), reason="Changed mind"))
    hand.press(Key.Key_Escape)
    assert listed(hand)[0] == "T1-000003"
    shown = page(hand).panel.texts
    assert shown[0] == "Return T1-000003"
    assert "Goods of T1-000001" in shown
    assert [row for row in shown if row.startswith("Total | −¥")]
    assert page(hand).panel.back.isHidden()
    hand.till.session.speak("ru")
    hand.wait()
    assert "Передумал(а)" in page(hand).panel.texts


def test_the_money_of_a_return_adds_up_with_what_no_coin_makes(hand: Hand) -> None:
    amina = next(one for one in hand.shop.sign_in.people() if one.name == "amina")
    basket = hand.shop.new_checkout()
    basket.identify(read_typed(*LI, NOON.date()))
    basket.add(hand.goods("food.honey").id, 2)
    hand.shop.complete_sale.from_counter(basket.order(amina), Payment((cash("40000", KZT),), KZT))
    hand.shop.return_by_ticket(a_return("T1-000003", (0, 1), refund={"method": "cash", "currency": "KZT"}))
    hand.press(Key.Key_Escape)
    hand.until(lambda: page(hand).panel.texts[0] == "Return T1-000004")
    with hand.shop.issue_receipt.store.reading() as work:
        back = work.returns.by_number("T1", 4)

    assert back is not None
    assert back.rounding.minor != 0
    assert -sum(refund.value.minor for refund in back.refunds) == -back.total.minor + back.rounding.minor
    said = money_text(back.rounding, "en", plus=True)
    assert [row for row in page(hand).panel.texts if row.startswith("Rounding")] == [f"Rounding | {said}"]


def test_it_is_a_managers_page(hand: Hand) -> None:
    people = {one.name: one for one in hand.shop.sign_in.people()}
    assert entries_for(people["amina"], ["history"]) == entries_for(people["clerk"], ["history"]) == []
    hand.till.session.speak("zh")
    hand.wait()
    assert [row for row in page(hand).panel.texts if row.startswith("合计 | ")]


def test_a_copy_that_was_not_printed_is_the_one_that_is_printed_again(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipts = hand.checkout.receipts
    receipts.issue("T1-000002")  # the last receipt of this window is another one
    hand.until(lambda: receipts.is_idle)
    hand.press(Key.Key_Down)
    with monkeypatch.context() as jam:
        jam.setattr(type(hand.shop.issue_receipt), "__call__", _jammed)
        hand.press(Key.Key_P, CONTROL)
        hand.until(lambda: receipts.is_idle)
        hand.wait()
    bar = hand.till.window.work.notices
    assert bar.notice is not None
    assert bar.notice.text.startswith("T1-000001 is recorded but not printed.")
    assert bar.notice.action_key == ""  # Ctrl+P prints the receipt of the page

    bar.action_pressed.emit()
    hand.until(lambda: receipts.is_idle)
    hand.wait()
    printed = [file.name for file in hand.shop.folder.glob("receipts/*/*/*/*.pdf")]
    assert sorted(printed) == ["T1-000001.pdf", "T1-000002.pdf"]


def test_only_the_person_who_printed_a_receipt_reads_that_it_was_printed(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, really = Event(), type(hand.shop.issue_receipt).__call__

    def slowly(*arguments: Any) -> Any:
        gate.wait(30)
        return really(*arguments)

    people = {one.name: one for one in hand.shop.sign_in.people()}
    told = []
    hand.till.session.notified.connect(lambda shown: told.append(shown.kind))
    monkeypatch.setattr(type(hand.shop.issue_receipt), "__call__", slowly)
    for is_there in (False, True):
        gate.clear()
        hand.press(Key.Key_P, CONTROL)
        hand.till.session.take_person(people["manager" if is_there else "amina"])
        gate.set()
        hand.until(lambda: hand.checkout.receipts.is_idle)
        hand.wait()
        assert told.count("receipt.printed") == int(is_there)
        hand.till.session.take_person(people["manager"])
        hand.till.window.show_screen("history")
        hand.wait()


def _jammed(*_arguments: object, **_options: object) -> None:
    raise PrinterError("paper_out", "receipt printer")


def test_no_receipt_of_the_row_before_is_printed_or_returned_for_the_one_that_is_chosen(hand: Hand) -> None:
    with SlowStore(hand) as slow:
        slow.press(Key.Key_Down)
        slow.press(Key.Key_P, CONTROL)
        slow.press(Key.Key_F12)
    hand.until(lambda: hand.checkout.receipts.is_idle)
    hand.wait()

    assert list(hand.shop.folder.glob("receipts/*/*/*/*.pdf")) == []
    assert hand.screen_id == "history"
    hand.press(Key.Key_F12)
    assert at_hand(hand).returnable.sale.receipt == "T1-000001"


def test_no_receipt_of_the_list_before_is_printed_or_returned_for_one_that_was_scanned_just_now(hand: Hand) -> None:
    with SlowStore(hand) as slow:
        slow.scan("T1-000001")
        slow.press(Key.Key_P, CONTROL)
        slow.press(Key.Key_F12)
    hand.until(lambda: hand.checkout.receipts.is_idle)
    hand.wait()

    assert list(hand.shop.folder.glob("receipts/*/*/*/*.pdf")) == []
    assert (hand.screen_id, page(hand).panel.texts[0]) == ("history", "T1-000001")


def test_receipts_of_before_do_not_stay_under_what_is_sought_where_it_cannot_be_read(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(FindReceipts, "history", _busy)
        hand.scan("T1-000001")

    assert (listed(hand), page(hand).panel.isHidden(), page(hand).finder.empty.isVisible()) == ([], True, False)
    hand.press(Key.Key_P, CONTROL)
    assert list(hand.shop.folder.glob("receipts/*/*/*/*.pdf")) == []
    hand.press(Key.Key_Escape)
    assert listed(hand) == ["T1-000002", "T1-000001"]


def _busy(*_asked: object, **_how: object) -> Never:
    raise Collided("10.0.0.5")


def test_a_receipt_that_is_still_read_is_not_put_on_a_page_that_was_left(hand: Hand) -> None:
    with SlowStore(hand):
        hand.typing.press(Key.Key_Down)
        hand.till.window.show_screen("checkout")

    assert page(hand).recorded is None
    hand.till.window.show_screen("history")
    hand.wait()
    assert page(hand).panel.texts[0] == page(hand).finder.chosen


def test_a_parcel_says_how_and_to_whom_it_goes_until_that_is_erased(hand: Hand) -> None:
    with hand.shop.issue_receipt.store.begin() as work:
        work.settings.set("parcel_regime_kz", "kz-parcel")
        work.commit()
    basket = hand.shop.new_checkout()
    basket.identify(read_typed(*LI, NOON.date()))
    basket.leave_to("KZ")
    basket.add(hand.goods("food.honey").id, 1)
    basket.send(Parcel("Kazpost", 2350), Recipient("A. Seitova", "Almaty, Abay 7"))
    order = basket.order(next(one for one in hand.shop.sign_in.people() if one.name == "amina"))
    sale = hand.shop.complete_sale.from_counter(order, Payment((cash_for(order.cart.total),), CNY))

    page(hand).look_up(sale.receipt)
    hand.wait(450)
    shown = "|".join(page(hand).panel.texts).replace("\N{NO-BREAK SPACE}", " ")
    assert all(said in shown for said in ("To be sent", "Kazpost · 2.350 kg", "A. Seitova", "Almaty, Abay 7"))

    with hand.shop.issue_receipt.store.begin() as work:
        work.forgetting.addresses(sale.at + timedelta(days=1))
        work.commit()
    page(hand).left()
    page(hand).look_up(sale.receipt)
    hand.wait(450)
    shown = "|".join(page(hand).panel.texts)
    assert "Kazpost" in shown
    assert "Seitova" not in shown
