"""The customs declaration at the real window: after the payment, filled in from the document at hand, and forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.application.sales.complete_sale import Payment
from pos.domain.sales.sale import Sale
from pos.domain.staff.staff import Approval
from pos.domain.visitors.document import read_mrz
from pos.ui.declarations.screen import DeclarationScreen
from pos.ui.receipts.screen import HistoryScreen
from tests.builders import cash_for
from tests.faults.corpus.canaries import traces, words_of_pdf
from tests.ui.at_the_counter import NOON, PASSPORT, Hand, a_passport, close_till, open_till

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
NUMBER = "E00000001"
OTHER = a_passport(7)


def sold_over(hand: Hand, to: str = "CN", *more: str) -> Sale:
    """Zhang Wei, and others, buy watches over their allowance: the manager allows it."""
    people = {person.name: person for person in hand.shop.sign_in.people()}
    basket = hand.shop.new_checkout()
    for lines in (PASSPORT, *more):
        basket.identify(read_mrz(lines.split("\n"), NOON.date()))
    basket.leave_to(to)
    for view in basket.view().visitors:
        basket.choose(view.visitor.label)
        basket.add(hand.goods("watch").id, 3)
    order = replace(basket.order(people["amina"]), over_quota="duty")
    approval = Approval(people["manager"], None, order.key)
    return hand.shop.complete_sale.from_counter(order, Payment((cash_for(order.cart.total),)), approval)


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """A cashier whose window has the page of declarations."""
    opened = open_till(qapp, qtbot, tmp_path)
    declarations = DeclarationScreen(opened.till.session)
    opened.till.window.plug(declarations)
    opened.paid.declaration_requested.connect(lambda sale: declarations.show_of(sale.receipt, sale.visitors))
    yield opened
    close_till(opened)


def page(hand: Hand) -> DeclarationScreen:
    screen = hand.till.window.screen_at("declaration")
    assert isinstance(screen, DeclarationScreen)
    return screen


def after_payment(hand: Hand, sale: Sale) -> None:
    hand.paid.present(sale)
    hand.till.window.show_screen("paid")
    hand.wait()


def drawn(hand: Hand) -> str:
    """The words of the page on show."""
    controller = page(hand).controller
    assert controller.paper is not None
    return words_of_pdf(hand.shop.declare.printer.draw(controller.paper, controller.document))


def said(hand: Hand) -> str:
    notice = page(hand).news.notice
    return "" if notice is None else notice.text


def test_a_paper_after_the_payment_is_filled_in_from_the_document_at_hand_and_forgotten(hand: Hand) -> None:
    sale = sold_over(hand)
    after_payment(hand, replace(sale, quota={}))  # within the allowance
    assert hand.paid.declare.isHidden()
    hand.press(Key.Key_D, CONTROL)
    assert hand.screen_id == "paid"
    after_payment(hand, sale)
    assert not hand.paid.declare.isHidden()
    hand.press(Key.Key_D, CONTROL)
    controller = page(hand).controller
    assert (hand.screen_id, page(hand).pages.count) == ("declaration", 1)
    assert "海关申报资料表" in drawn(hand)
    assert NUMBER not in drawn(hand)

    assert controller.paper is not None
    dutiable = sum(line.quantity for line in controller.paper.lines)
    hand.press(Key.Key_F4)  # the free pieces too
    assert dutiable < sum(line.quantity for line in controller.paper.lines) == 3

    page(hand).document_scanned(OTHER)
    hand.wait()
    assert "belongs to no visitor of receipt T1-000001" in said(hand)
    assert controller.document is None
    page(hand).document_scanned(PASSPORT)
    hand.wait()
    assert NUMBER in drawn(hand)
    assert "ZHANG WEI" in drawn(hand)

    hand.press(Key.Key_F9)
    saved = list(hand.shop.folder.rglob("*-declaration.pdf"))
    assert [file.name for file in saved] == ["T1-000001-A-declaration.pdf"]
    assert "ZHANG" not in words_of_pdf(saved[0].read_bytes())
    assert "Saved with blank lines" in said(hand)
    hand.wait(500)
    hand.press(Key.Key_F12)
    assert said(hand).startswith("No printer is set for till T1.")

    hand.press(Key.Key_Escape)  # the notice
    hand.press(Key.Key_Escape)
    assert hand.screen_id == "paid"
    assert (controller.document, controller.pictures, controller.made) == (None, (), None)
    assert page(hand).pages.count == 0
    assert list(traces([hand.shop.folder], [NUMBER])) == []


def test_each_adult_of_a_party_has_a_paper_and_the_history_offers_them_too(hand: Hand) -> None:
    after_payment(hand, sold_over(hand, "CN", OTHER))
    hand.press(Key.Key_D, CONTROL)
    controller = page(hand).controller
    assert [one.adult.label for one in controller.papers] == ["A", "B"]
    hand.press(Key.Key_Down, CONTROL)
    assert controller.paper is not None
    assert controller.paper.adult.label == "B"
    page(hand).document_scanned(PASSPORT)
    hand.wait()
    assert controller.document is None, "it is the document of the other one, and stays off this paper"
    assert NUMBER not in drawn(hand)

    history = HistoryScreen(hand.till.session, hand.checkout.receipts)
    history.declaration_requested.connect(page(hand).show_of)
    hand.till.window.plug(history)
    hand.sign_in("manager")
    hand.till.window.show_screen("history")
    hand.wait()
    assert not history.panel.declare.isHidden()
    hand.press(Key.Key_D, CONTROL)
    assert (hand.screen_id, page(hand).pages.count) == ("declaration", 1)
    hand.press(Key.Key_Escape)
    assert hand.screen_id == "history"


def test_of_two_documents_shown_one_after_the_other_both_fill_in_their_papers(hand: Hand) -> None:
    after_payment(hand, sold_over(hand, "CN", OTHER))
    hand.press(Key.Key_D, CONTROL)
    controller = page(hand).controller
    page(hand).document_scanned(PASSPORT)
    page(hand).document_scanned(OTHER)  # before the first is answered
    hand.wait()
    shown = []
    for label in ("A", "B"):
        controller.choose(label)
        hand.wait()
        shown.append(controller.document is not None)
    assert shown == [True, True]
