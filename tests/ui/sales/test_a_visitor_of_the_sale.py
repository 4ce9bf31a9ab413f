"""From the card of a visitor at the checkout to what is on file of them, and back to the untouched sale."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.application.ports.journal_ports import JournalFilter
from pos.application.visitors.show_visitor import VisitorAccount
from pos.ui.shell.pages_at_work import pages_at_work
from pos.ui.visitors.screen import VisitorsScreen
from tests.ui.at_the_counter import PASSPORT, Hand, close_till, open_till

Key, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    opened = open_till(qapp, qtbot, tmp_path, screens=pages_at_work)
    yield opened
    close_till(opened)


def visitors(hand: Hand) -> VisitorsScreen:
    page = hand.till.window.page
    assert isinstance(page, VisitorsScreen), hand.screen_id
    return page


def on_file(hand: Hand) -> VisitorAccount:
    account = visitors(hand).controller.account
    assert account is not None
    return account


def looks(hand: Hand) -> int:
    boss = next(one for one in hand.shop.sign_in.people() if one.role == "manager")
    return len(hand.shop.read_journal(JournalFilter(events=("look_up",)), boss).entries)


def a_purchase(hand: Hand) -> None:
    hand.show_passport()
    hand.scan(hand.goods("food.sweets").code)
    hand.sell()


def test_the_card_leads_to_what_is_on_file_and_esc_to_the_untouched_sale(hand: Hand) -> None:
    a_purchase(hand)
    hand.show_passport()
    hand.scan(hand.goods("food.honey").code)
    filled = hand.rows()
    hand.press(Key.Key_F6)
    before, rows = hand.view, hand.rows()
    hand.press(Key.Key_H, CONTROL)
    assert [line.quantity for line in on_file(hand).purchases] == [1]
    hand.press(Key.Key_Escape)
    assert hand.screen_id == "checkout"
    now = hand.view
    assert hand.rows() == rows
    assert (now.key, now.visitors[0].visitor, now.destination, now.can_undo) == (
        before.key, before.visitors[0].visitor, before.destination, before.can_undo
    )  # fmt: skip
    assert (len(filled), rows) == (1, [])
    hand.press(Key.Key_Z, CONTROL)
    assert hand.rows() == filled, "the last step is still the last one"


def test_it_is_what_the_page_says_when_the_document_is_scanned_there(hand: Hand) -> None:
    a_purchase(hand)
    hand.show_passport()
    hand.press(Key.Key_H, CONTROL)
    by_card, looked_up = on_file(hand), looks(hand)
    hand.press(Key.Key_Escape)
    hand.till.window.show_screen("visitors")
    visitors(hand).document_scanned(PASSPORT)
    hand.wait()
    scanned = on_file(hand)
    assert (looked_up, looks(hand)) == (1, 2), "the journal has each look-up"
    assert (by_card.visitor, by_card.purchases) == (scanned.visitor, scanned.purchases)
    assert by_card.judged.keys() == scanned.judged.keys()
    for regime, one in by_card.judged.items():
        assert one.assessment.rules == scanned.judged[regime].assessment.rules


def test_what_only_the_sale_knows_is_not_on_file(hand: Hand) -> None:
    hand.show_passport()
    hand.press(Key.Key_B, CONTROL)
    form = hand.checkout.declared
    form.category.setCurrentIndex(form.category.findData("alcohol.spirit"))
    form.price.setText("300")
    form.attributes["ml"].setText("700")
    form.attributes["abv"].setText("40")
    hand.press(Key.Key_Return)
    hand.press(Key.Key_Escape)
    assert len(hand.view.visitors[0].visitor.declared) == 1
    hand.press(Key.Key_H, CONTROL)
    assert on_file(hand).visitor.declared == ()


def test_by_finger_there_and_back(hand: Hand) -> None:
    hand.show_passport()
    card = hand.checkout.panel.card
    assert card.history.toolTip() == "Visitor's history (Ctrl+H)"
    assert min(card.history.width(), card.history.height()) >= 44
    hand.typing.finger(card.history)
    hand.wait()
    page = visitors(hand)
    assert on_file(hand).purchases == ()
    hand.typing.finger(page.to_sale)
    hand.wait()
    assert hand.screen_id == "checkout"
    assert len(hand.view.visitors) == 1


def test_esc_closes_what_is_open_on_the_page_before_it_goes_back(hand: Hand) -> None:
    hand.show_passport()
    hand.press(Key.Key_H, CONTROL)
    hand.press(Key.Key_F3)
    hand.press(Key.Key_Escape)
    assert hand.screen_id == "visitors"
    hand.press(Key.Key_Escape)
    assert hand.screen_id == "checkout"


def test_a_person_who_opens_the_page_by_the_rail_stays_there(hand: Hand) -> None:
    hand.show_passport()
    hand.press(Key.Key_H, CONTROL)
    hand.press(Key.Key_Escape)
    hand.till.window.show_screen("visitors")
    page = visitors(hand)
    assert page.to_sale.isHidden()
    assert page.controller.account is None, "no one's data stays there"
    hand.press(Key.Key_Escape)
    assert hand.screen_id == "visitors"


def test_of_a_party_it_is_the_visitor_that_is_chosen(hand: Hand) -> None:
    hand.show_passport()
    hand.show_companions(1)
    chosen = hand.view.chosen
    hand.press(Key.Key_H, CONTROL)
    shown = next(one.visitor for one in hand.view.visitors if one.visitor.label == chosen)
    assert on_file(hand).visitor.key == shown.key


def test_by_finger_from_the_card_of_the_chosen_companion(hand: Hand) -> None:
    hand.show_passport()
    hand.show_companions(1)
    first, second = hand.checkout.panel.party.cards()
    assert second.width() >= 340
    assert (first.tool("history").isVisible(), second.tool("history").isVisible()) == (False, True)
    hand.typing.finger(second.tool("history"))
    hand.wait()
    assert on_file(hand).visitor.key == hand.view.visitors[1].visitor.key


def test_without_a_visitor_there_is_nothing_to_show(hand: Hand) -> None:
    hand.press(Key.Key_H, CONTROL)
    assert hand.screen_id == "checkout"


def test_it_is_offered_only_to_a_person_who_may_open_the_page(hand: Hand) -> None:
    card = hand.checkout.panel.card
    assert not card.history.isHidden()
    hand.sign_in("clerk")
    assert card.history.isHidden()


def test_esc_leads_from_their_declaration_back_to_them_and_on_to_the_sale(hand: Hand) -> None:
    a_purchase(hand)
    hand.show_passport()
    hand.scan(hand.goods("food.honey").code)
    hand.press(Key.Key_H, CONTROL)
    masked = on_file(hand).visitor.masked
    hand.press(Key.Key_D, CONTROL)
    assert hand.screen_id == "declaration"
    hand.press(Key.Key_Escape)
    assert on_file(hand).visitor.masked == masked
    assert not visitors(hand).to_sale.isHidden()
    hand.press(Key.Key_D, CONTROL)
    hand.press(Key.Key_Escape)
    hand.press(Key.Key_Escape)
    assert hand.screen_id == "checkout"
    hand.till.window.show_screen("visitors")
    hand.wait()
    assert visitors(hand).controller.account is None
