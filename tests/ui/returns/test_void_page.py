"""A finished sale is voided at the real window: from the paid page, from returns and from the history, once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.application.pickup.deposits import DepositDraft
from pos.application.pickup.take_order import ClaimLine, OrderDraft
from pos.application.returns.void_sale import VoidSale
from pos.domain.errors import StoreError
from pos.domain.money import Money
from pos.domain.payment.tender import Tender
from pos.domain.pickup.buyer import read_called
from pos.domain.pickup.pickup_code import PickupCode
from pos.domain.returns.goods_return import GoodsReturn, Refund
from pos.domain.sales.sale import Sale
from pos.ui.look.sounds import Sound
from pos.ui.receipts.screen import HistoryScreen
from pos.ui.returns.return_controller_base import RefundProposal
from pos.ui.returns.void_screen import VoidScreen
from pos.ui.sales.customer.view_models import Welcome
from pos.ui.sales.payment.change_column import State
from tests.builders import CONSOLE, card
from tests.horgos import CNY, KZT
from tests.ui.at_the_counter import Hand, close_till, open_till
from tests.ui.returns.test_returns_page import emptied, open_receipt, page, sell, with_returns
from tests.ui.sales.test_customer_display import Looking

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def with_voids(hand: Hand) -> Hand:
    with_returns(hand)
    window, session = hand.till.window, hand.till.session
    if window.screen_at("void_sale") is None:
        void = VoidScreen(session, hand.checkout.receipts)
        window.plug(void)
        page(hand).void_requested.connect(void.look_up)
        hand.paid.void_requested.connect(void.look_up)
        history = HistoryScreen(session, hand.checkout.receipts)
        window.plug(history)
        history.void_requested.connect(void.look_up)
    return hand


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """A cashier at a till that has all pages of a void."""
    opened = with_voids(open_till(qapp, qtbot, tmp_path))
    yield opened
    close_till(opened)


@pytest.fixture
def boss(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """A manager, who needs no approval to void a sale."""
    opened = with_voids(open_till(qapp, qtbot, tmp_path, "manager"))
    yield opened
    close_till(opened)


def voids(hand: Hand) -> VoidScreen:
    screen = hand.till.window.screen_at("void_sale")
    assert isinstance(screen, VoidScreen)
    return screen


def money(hand: Hand) -> list[str]:
    return [text.replace("\u00a0", " ") for text in voids(hand).money.refunds.texts()]


def drawer_of(hand: Hand) -> dict[str, dict[int, int]]:
    shift = hand.till.session.shift
    assert shift is not None
    with hand.shop.issue_receipt.store.reading() as work:
        return {code: dict(notes) for code, notes in work.shifts.drawer(shift).items()}


def verdict(hand: Hand) -> str:
    return voids(hand).money.card.accessibleName()


def recorded(hand: Hand, number: str = "T1-000002") -> GoodsReturn:
    back = hand.shop.show_sale.recorded(number, CONSOLE)
    assert isinstance(back, GoodsReturn)
    return back


def voided_by(hand: Hand, number: str = "T1-000001") -> str | None:
    sale = hand.shop.show_sale.recorded(number, CONSOLE)
    assert isinstance(sale, Sale)
    return sale.voided_by


def approve(hand: Hand) -> None:
    assert not voids(hand).approval.isHidden()
    hand.type(hand.shop.demo_pins["manager"])
    hand.press(Key.Key_Return)
    hand.wait(450)


def test_the_receipt_of_a_voided_sale_goes_from_the_display_of_the_customer_and_no_other_does(boss: Hand) -> None:
    looking = Looking(boss)
    for category in ("toy", "food.honey"):
        boss.show_passport()
        boss.scan(boss.goods(category).code)
        boss.open_payment()
        boss.wait(450)
        boss.press(Key.Key_F12)
        boss.wait(450)
    boss.until(lambda: bool(looking.see().code))

    voids(boss).controller.open("T1-000001")
    boss.until(lambda: voids(boss).controller.proposal is not None)
    voids(boss).controller.record("other")
    boss.until(lambda: voided_by(boss) is not None)
    other = looking.see()
    voids(boss).look_up("T1-000002")
    boss.until(lambda: voids(boss).controller.proposal is not None)
    boss.press(Key.Key_F8)
    boss.wait(450)
    boss.press(Key.Key_F12)
    boss.wait(450)

    assert bool(other.code)
    assert voided_by(boss, "T1-000002") is not None
    assert isinstance(looking.see(), Welcome)
    looking.display.close()


def test_a_sale_just_paid_is_voided_in_place_with_an_approval_of_its_figures(hand: Hand) -> None:
    hand.show_passport()
    hand.scan(hand.goods("toy").code)
    hand.open_payment()
    hand.wait(450)
    hand.press(Key.Key_F12)
    hand.wait(450)
    assert hand.screen_id == "paid"
    hand.press(Key.Key_F6, CTRL)
    assert hand.screen_id == "void_sale"
    assert voids(hand).work.texts[0] == "Void sale T1-000001"
    assert verdict(hand) == "Choose a reason"
    assert len(money(hand)) == 1
    assert not voids(hand).money.button.isEnabled()

    hand.press(Key.Key_F12)  # without a reason nothing is asked
    assert voids(hand).approval.isHidden()
    hand.press(Key.Key_F8)
    assert verdict(hand) == "Manager approval required"
    hand.wait(450)
    hand.press(Key.Key_F12)
    assert voids(hand).approval.figures.startswith("Void of T1-000001: ")
    approve(hand)

    back = recorded(hand)
    assert (back.is_void, back.reverses, back.reason) == (True, "T1-000001", "Rung up wrongly")
    assert (back.cashier, back.approved_by) == ("amina", "manager")
    assert voids(hand).done.isVisible()
    assert voids(hand).done.summary_text().startswith("Sale voided. Give this back")
    assert voids(hand).done.allowance.accessibleName() == "Allowance restored for 1 piece"
    assert hand.heard.sounds[-1] is Sound.PAID
    hand.press(Key.Key_Return)
    assert hand.screen_id == "checkout"
    assert hand.shop.verify_books() == []


@pytest.mark.parametrize(
    ("deposit", "caption", "given"),
    [
        (500, "Sale voided. Give this back", ["Cash CNY ¥ 7.50", "Deposit CNY ¥ 5.00"]),
        (1_250, "Sale voided. The deposit stands on its order again. Give nothing back", ["Deposit CNY ¥ 12.50"]),
    ],
)
def test_the_deposit_of_a_voided_sale_is_not_given_to_the_customer(
    boss: Hand, deposit: int, caption: str, given: list[str]
) -> None:
    """It stands on its order again: paid out as well, it would be lost once."""
    person = boss.till.session.person
    assert person is not None
    pickup, code = boss.shop.pickup, "4870204320145"
    draft = OrderDraft("douyin", (ClaimLine(code),), read_called("小雨 4567", "zh"))
    order = pickup.take(draft, person, "claim")
    pickup.deposits.take(order.code, DepositDraft("cash", Money(deposit, CNY)), person, "ahead")
    before = drawer_of(boss)
    boss.scan(PickupCode(order.code).qr)
    boss.show_passport()
    boss.open_payment()
    boss.wait(450)
    boss.press(Key.Key_F12)
    boss.wait(450)
    boss.press(Key.Key_F6, CTRL)
    boss.press(Key.Key_F8)
    boss.wait(450)
    shown, due = money(boss), voids(boss).money.due.replace("\u00a0", " ")
    boss.press(Key.Key_F12)
    boss.until(voids(boss).done.isVisible)

    assert sorted(shown) == given
    assert due == f"¥ {(1_250 - deposit) / 100:.2f}"
    summary = voids(boss).done.summary_text().replace("\u00a0", " ")
    assert summary.startswith(caption)
    assert "Deposit" not in summary
    assert drawer_of(boss) == before
    again = pickup.find.show(order.code, person).deposit
    assert again is not None
    assert again.open == Money(deposit, CNY)


def test_esc_leads_back_and_records_nothing_and_a_second_key_is_no_agreement(hand: Hand) -> None:
    sell(hand, (hand.goods("toy"), 2))
    open_receipt(hand, "T1-000001")
    assert page(hand).work.void.isVisible()
    hand.press(Key.Key_F6, CTRL)
    hand.press(Key.Key_F8)
    hand.wait(450)
    hand.press(Key.Key_F12)
    hand.press(Key.Key_Escape)  # the approval
    assert voids(hand).approval.isHidden()
    hand.press(Key.Key_Escape)
    assert hand.screen_id == "returns"
    assert voided_by(hand) is None

    open_receipt(hand, "T1-000001")
    hand.press(Key.Key_F6, CTRL)
    assert voids(hand).work.reason.reason == ""  # it begins again


def test_a_manager_voids_alone_and_a_card_names_its_reference(boss: Hand) -> None:
    def paid(total: Money) -> tuple[Tender, ...]:
        return (replace(card(str(total)), reference="4471"),)

    sale = sell(boss, (boss.goods("toy"), 1), paid=paid)
    open_receipt(boss, sale.receipt)
    boss.press(Key.Key_F6, CTRL)
    assert (
        voids(boss).money.reversals.text().replace("\u00a0", " ") == f"Reverse at the terminal: ¥ {sale.total} · 4471"
    )
    boss.press(Key.Key_F8)
    assert verdict(boss) == "You can void this sale"


def test_a_void_that_pays_out_more_than_the_drawer_holds_offers_no_currency_that_cannot_be_chosen(boss: Hand) -> None:
    sale = sell(boss, (boss.goods("toy"), 1))
    emptied(boss)
    open_receipt(boss, sale.receipt)
    boss.press(Key.Key_F6, CTRL)
    boss.press(Key.Key_F8)

    said = voids(boss).money.card.accessibleDescription()
    assert said.startswith("The drawer should hold less than ¥")
    assert said.endswith(". Pay cash in first.")


def test_the_history_offers_it_for_a_sale_of_this_shift_and_shows_it_voided(boss: Hand) -> None:
    sell(boss, (boss.goods("toy"), 1))
    history = boss.till.window.screen_at("history")
    assert isinstance(history, HistoryScreen)
    history.look_up("T1-000001")
    boss.wait(400)
    assert history.panel.void.isVisible()
    boss.shop.void_by_ticket(
        {"key": "k", "receipt": "T1-000001", "reason": "x", "cashier": "amina",
         "approve": {"user": "manager", "pin": boss.shop.demo_pins["manager"]}}
    )  # fmt: skip

    history.look_up("T1-000002")
    boss.wait(400)
    assert history.panel.texts[0] == "Void T1-000002"
    assert not history.panel.void.isVisible()
    history.look_up("T1-000001")
    boss.wait(400)
    assert "Voided by T1-000002" in history.panel.texts
    assert not history.panel.void.isVisible()
    assert not history.panel.back.isVisible()


def test_a_receipt_that_cannot_be_voided_says_why(hand: Hand) -> None:
    sale = sell(hand, (hand.goods("toy"), 2))
    open_receipt(hand, sale.receipt)
    hand.press(Key.Key_F6, CTRL)
    there = [{"line": 0, "quantity": 1}]
    back = {"key": "b", "receipt": sale.receipt, "lines": there, "refund": {"currency": "CNY"}, "reason": "x",
            "cashier": "amina"}  # fmt: skip
    before = money(hand)
    hand.shop.return_by_ticket(back)

    hand.till.window.scanned(sale.receipt)
    hand.wait()

    assert (len(before), money(hand)) == (1, []), "the money of the receipt before is not that of this one"
    notice = voids(hand).news.notice
    assert notice is not None
    assert notice.text == "Receipt T1-000001: 1 already returned (T1-000002). Return the rest instead."
    open_receipt(hand, sale.receipt)
    assert not page(hand).work.void.isVisible()


def test_a_void_whose_answer_is_lost_is_found_out_by_its_key(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    sell(hand, (hand.goods("toy"), 1))
    open_receipt(hand, "T1-000001")
    hand.press(Key.Key_F6, CTRL)
    hand.press(Key.Key_F8)
    hand.wait(450)
    made = VoidSale.from_counter

    def breaks_after(step: VoidSale, order: Any, approval: Any = None, shown: Any = None) -> GoodsReturn:
        made(step, order, approval, shown)
        raise StoreError("disconnected", "shop.db")

    monkeypatch.setattr(VoidSale, "from_counter", breaks_after)
    hand.press(Key.Key_F12)
    approve(hand)
    assert voids(hand).controller.state is State.UNCERTAIN
    assert verdict(hand) == "Recording not confirmed"
    hand.press(Key.Key_Escape)
    monkeypatch.setattr(VoidSale, "from_counter", made)
    voids(hand).look_up("T1-000001")
    hand.wait(450)
    hand.press(Key.Key_F12)

    assert voids(hand).done.isVisible()
    assert voided_by(hand) == "T1-000002"


def test_where_a_deposit_had_paid_it_all_nothing_goes_to_the_customer_not_even_what_was_rounded() -> None:
    worth, paid = Money(3_600, CNY), Money(3_599, CNY)
    deposit = Refund("deposit", Money(262_000, KZT), Fraction(7280, 100), paid, origin="cash")
    cash = Refund("cash", Money(7_200, CNY), Fraction(1), Money(7_200, CNY))

    assert RefundProposal(worth, (deposit,), worth - paid).to_customer == Money(0, CNY)
    assert RefundProposal(worth + Money(7_201, CNY), (deposit, cash), Money(2, CNY)).to_customer == Money(7_202, CNY)
