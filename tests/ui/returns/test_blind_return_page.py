"""A return without a receipt at the real window: scanned, priced, approved, paid in cash."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.application.pricing.promotions import PromotionDraft
from pos.application.text.formatting import NO_BREAK, money_text
from pos.domain.money import Money
from pos.domain.returns.goods_return import GoodsReturn
from pos.ui.look.sounds import Sound
from pos.ui.returns.blind_screen import BlindReturnScreen
from tests.builders import CONSOLE
from tests.horgos import CNY, KZT
from tests.ui.at_the_counter import Hand, close_till, open_till
from tests.ui.returns.test_returns_page import dollars_cost, emptied, with_returns
from tests.ui.slow_store import SlowStore

Key = Qt.Key


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """A cashier at the page for goods without a receipt."""
    opened = with_returns(open_till(qapp, qtbot, tmp_path))
    opened.press(Key.Key_F11)
    opened.press(Key.Key_F3)
    assert opened.screen_id == "blind_return"
    yield opened
    close_till(opened)


def blind(hand: Hand) -> BlindReturnScreen:
    screen = hand.till.window.screen_at("blind_return")
    assert isinstance(screen, BlindReturnScreen)
    return screen


def rows(hand: Hand) -> list[str]:
    """The goods on show: quantity, price of each, where they go."""
    model = blind(hand).work.rows
    texts = [model.text(index) for index in range(model.rowCount())]
    return [" | ".join((text.now, text.each.replace("\u00a0", " "), text.to)) for text in texts]


def recorded(hand: Hand) -> GoodsReturn:
    back = hand.shop.show_sale.recorded("T1-000001", CONSOLE)
    assert isinstance(back, GoodsReturn)
    return back


def approve(hand: Hand, name: str = "manager") -> None:
    panel = blind(hand).approval
    assert not panel.isHidden()
    hand.type(hand.shop.demo_pins[name])
    hand.press(Key.Key_Return)


def test_scanned_goods_are_paid_back_when_a_manager_approves(hand: Hand) -> None:
    honey = hand.goods("food.honey")
    hand.scan(honey.code)
    hand.scan(honey.code)
    hand.press(Key.Key_F4)
    hand.type("5.50")
    hand.press(Key.Key_Return)
    hand.press(Key.Key_F7)
    assert rows(hand) == ["2 | ¥ 5.50 | Set aside"]
    hand.press(Key.Key_F8)
    hand.press(Key.Key_F12)
    approve(hand)
    back = recorded(hand)
    assert (back.reverses, str(back.total), back.approved_by) == (None, "11.00", "manager")
    assert back.lines[0].to == "quarantine"
    assert blind(hand).done.isVisible()
    hand.press(Key.Key_Return)
    assert hand.screen_id == "returns"
    assert hand.shop.verify_books() == []


def test_dollars_that_are_others_by_now_are_shown_before_they_are_given(hand: Hand) -> None:
    for _ in range(3):
        hand.scan(hand.goods("toy").code)
    hand.press(Key.Key_3, Qt.KeyboardModifier.AltModifier)
    hand.press(Key.Key_F8)
    before = blind(hand).money.refunds.texts()
    dollars_cost(hand, 560, 570)
    hand.press(Key.Key_F12)
    approve(hand)
    now, card = blind(hand).money.refunds.texts(), blind(hand).money.card
    assert (card.accessibleName(), card.accessibleDescription()) == (
        "Not recorded",
        "The refund has changed. Check the new amount.",
    )
    assert before != now
    hand.wait(450)
    hand.press(Key.Key_F12)
    approve(hand)
    assert str(recorded(hand).refunds[0].amount) in now[0]


def test_no_more_than_todays_price_and_the_shops_limit(hand: Hand) -> None:
    honey = hand.goods("food.honey")
    assert honey.price is not None
    hand.scan(honey.code)
    hand.press(Key.Key_F4)
    hand.type("9999")
    hand.press(Key.Key_Return)
    notice = blind(hand).news.notice
    assert notice is not None
    assert "cannot be refunded" in notice.text
    blind(hand).work.table.setFocus()
    hand.type("500")
    assert blind(hand).money.card.accessibleName() == "Not recorded"
    hand.press(Key.Key_F8)
    assert not blind(hand).money.button.isEnabled()


def test_a_letter_in_a_price_is_heard_and_the_figures_stay(hand: Hand) -> None:
    hand.scan(hand.goods("food.honey").code)
    hand.press(Key.Key_F4)
    hand.type("5")
    before = len(hand.heard.sounds)
    hand.type("q")
    hand.type("5")

    assert hand.heard.sounds[before:] == [Sound.UNREAD]
    assert blind(hand).work.price.amount() == Money(5500, CNY)


@pytest.mark.parametrize("refusing", [Key.Key_Return, Key.Key_F12])
def test_figures_behind_a_price_that_is_refused_are_another_price_and_no_pieces(hand: Hand, refusing: Key) -> None:
    hand.scan(hand.goods("food.honey").code)
    hand.press(Key.Key_F8)
    hand.press(Key.Key_F4)
    hand.type("9999")
    hand.press(refusing)
    hand.type("4")
    hand.press(Key.Key_Return)
    assert rows(hand) == ["1 | ¥ 4.00 | To shelf"]
    hand.type("2")
    assert rows(hand) == ["2 | ¥ 4.00 | To shelf"]


def test_a_quantity_corrected_with_backspace_leaves_the_goods_and_their_price_in_the_return(hand: Hand) -> None:
    hand.scan(hand.goods("food.honey").code)
    hand.press(Key.Key_F4)
    hand.type("4")
    hand.press(Key.Key_Return)
    hand.type("3")
    hand.press(Key.Key_Backspace)
    taken_back = rows(hand)
    hand.type("2")
    assert (taken_back, rows(hand)) == (["1 | ¥ 4.00 | To shelf"], ["2 | ¥ 4.00 | To shelf"])

    hand.press(Key.Key_Minus)
    hand.press(Key.Key_Minus)
    assert rows(hand) == []


def test_without_a_reason_or_goods_nothing_is_recorded(hand: Hand) -> None:
    hand.press(Key.Key_F12)
    assert blind(hand).approval.isHidden()
    hand.scan(hand.goods("toy").code)
    hand.press(Key.Key_F12)
    assert blind(hand).approval.isHidden()
    hand.type("0")
    assert rows(hand) == []


def test_a_price_that_is_typed_and_not_entered_is_the_price_that_is_paid(hand: Hand) -> None:
    hand.scan(hand.goods("food.honey").code)
    hand.press(Key.Key_F8)
    hand.press(Key.Key_F4)
    hand.type("4")
    hand.press(Key.Key_F12)
    assert blind(hand).approval.isHidden()
    assert rows(hand) == ["1 | ¥ 4.00 | To shelf"]
    hand.wait(450)
    hand.press(Key.Key_F12)
    approve(hand)
    assert str(recorded(hand).total) == "4.00"


def test_a_price_that_is_typed_stays_with_its_row(hand: Hand) -> None:
    honey, toy = hand.goods("food.honey"), hand.goods("toy")
    hand.scan(honey.code)
    hand.press(Key.Key_F4)
    hand.type("4")
    hand.press(Key.Key_F8)
    hand.scan(toy.code)
    assert toy.price is not None
    assert rows(hand)[0] == "1 | ¥ 4.00 | To shelf"
    assert blind(hand).work.price.amount() == toy.price


def test_the_cash_can_go_back_in_tenge(hand: Hand) -> None:
    hand.scan(hand.goods("food.honey").code)
    hand.press(Key.Key_2, Qt.KeyboardModifier.AltModifier)
    hand.press(Key.Key_F8)
    hand.press(Key.Key_F12)
    approve(hand)
    assert [refund.amount.currency for refund in recorded(hand).refunds] == [KZT]


def test_leaving_asks_first(hand: Hand) -> None:
    hand.scan(hand.goods("toy").code)
    hand.press(Key.Key_Escape)
    assert hand.screen_id == "blind_return"
    hand.press(Key.Key_Return)
    assert hand.screen_id == "returns"
    hand.press(Key.Key_F3)
    assert rows(hand) == []


def test_a_price_that_can_be_read_in_two_ways_is_not_paid(hand: Hand) -> None:
    page, honey = blind(hand), hand.goods("food.honey")
    hand.scan(honey.code)
    page.work.reason.choose_next()
    hand.press(Key.Key_F4)
    hand.type("1,000")
    for _ in range(2):
        hand.press(Key.Key_F12)
        hand.wait(450)
    assert page.news.notice is not None
    assert page.news.notice.text == "Amount: “1,000” is ambiguous. Type it without a thousands separator."
    assert page.approval.isHidden()
    assert page.controller.hand.rows[0].price == honey.price


def test_a_refund_without_a_receipt_of_more_than_the_drawer_holds_is_reported(hand: Hand) -> None:
    emptied(hand)
    hand.scan(hand.goods("food.honey").code)
    hand.press(Key.Key_F8)
    card = blind(hand).money.card
    assert card.accessibleName() == "Manager approval required"
    assert "The drawer should hold less than" in card.accessibleDescription()


def test_goods_scanned_before_it_is_recorded_are_in_the_return(hand: Hand) -> None:
    honey = hand.goods("food.honey")
    hand.scan(honey.code)
    hand.press(Key.Key_F8)
    with SlowStore(hand) as slow:
        slow.scan(honey.code)
        slow.press(Key.Key_F12)
    asked = not blind(hand).approval.isHidden()
    hand.press(Key.Key_F12)
    approve(hand)

    assert not asked
    assert recorded(hand).lines[0].quantity == 2


def test_goods_found_late_are_not_in_the_return_of_the_next_customer(hand: Hand) -> None:
    hand.scan(hand.goods("toy").code)
    with SlowStore(hand) as slow:
        slow.scan(hand.goods("food.honey").code)
        blind(hand).controller.clear()

    assert rows(hand) == []


def test_a_key_behind_goods_that_are_still_looked_up_pays_none_of_the_row_before(hand: Hand) -> None:
    toy, honey = hand.goods("toy"), hand.goods("food.honey")
    hand.scan(toy.code)
    with SlowStore(hand) as slow:
        slow.scan(honey.code)
        slow.press("+")
        slow.press(Key.Key_F7)

    assert [row.split(" | ")[0] for row in rows(hand)] == ["1", "1"]
    assert len({row.split(" | ")[2] for row in rows(hand)}) == 1


def test_a_return_that_is_left_unfinished_is_kept_and_named(hand: Hand) -> None:
    def said() -> str:
        notice = hand.till.window.work.notices.notice
        return "" if notice is None else notice.text

    hand.scan(hand.goods("food.honey").code)
    hand.till.window.show_screen("returns")
    hand.wait()
    left = said()
    hand.press(Key.Key_F3)
    there = rows(hand), said()
    hand.press(Key.Key_Escape)
    hand.press(Key.Key_Return)

    assert left == "The return without receipt is not finished. F3 on Returns continues it."
    assert (len(there[0]), there[1]) == (1, "")
    assert (hand.screen_id, said()) == ("returns", "")  # dropped on purpose


def test_the_price_of_today_is_the_one_with_the_promotion_in_force(hand: Hand) -> None:
    honey = hand.goods("food.honey")
    assert honey.price is not None
    half = PromotionDraft("Half", code=honey.code, percent=Decimal(50))
    hand.shop.promotions.add(half, next(one for one in hand.shop.sign_in.people() if one.name == "manager"))
    hand.scan(honey.code)

    worth = Money.rounded(honey.price.units / 2, honey.price.currency)
    assert rows(hand) == [f"1 | {money_text(worth, 'en')} | To shelf".replace(NO_BREAK, " ")]
    assert blind(hand).work.rows.text(0).code.endswith(f"today {money_text(worth, 'en')}")
