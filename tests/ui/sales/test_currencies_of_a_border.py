"""A sale at the window of a shop whose border has one currency, or more than there are keys; opened by the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import main
from pos.application.settings.options import Options
from pos.application.settings.settings import Settings
from pos.domain.border import use_border
from pos.domain.money import CURRENCIES
from pos.ui.input.actions import CURRENCY_KEYS
from pos.ui.pricing.rates.no_rates import NoRatesScreen
from pos.ui.shell.application import TillWindow
from pos.ui.widgets.drawing.text_label import TextLabel
from tests.borders import a_shop_at
from tests.horgos import HORGOS
from tests.shops import COGNAC
from tests.ui.at_the_counter import NOON, PATIENCE, Hand, close_till, sale_pages

ESTONIAN = "P<ESTTAMM<<MARI<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\nK000000011EST8505051F3405042<<<<<<<<<<<<<<00"
Key = Qt.Key
Till = Callable[[str], Hand]


@pytest.fixture
def till_at(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Till]:
    """Opens the window of a demo shop at a border that its folder describes, as the program does: behind the window."""
    opened: list[Hand] = []

    def open_at(name: str) -> Hand:
        folder = tmp_path / "shop"
        a_shop_at(folder, name)
        options = Options(data=folder, demo=True, at=NOON)  # the store says at which border its shop stands
        shop = main.shop_of(options, partial(main.opened_till, options, quick_pins=True))
        habits = tmp_path / "till.json"
        habits.write_text('{"language": "en", "theme": "light"}', encoding="utf-8")
        till = TillWindow(qapp, shop, main.RESOURCES, habits, tmp_path / "border-pos.log", sale_pages)
        till.show()
        qtbot.waitUntil(lambda: till.window.screen_at("checkout") is not None, timeout=PATIENCE)
        hand = Hand(till, shop, qtbot)
        opened.append(hand)
        till.window.activateWindow()
        hand.wait()
        hand.sign_in()
        hand.checkout.document_scanned(ESTONIAN)
        hand.scan(COGNAC)
        return hand

    yield open_at
    for hand in opened:
        close_till(hand)
    use_border(HORGOS)


def test_the_tenth_currency_has_no_key_and_is_chosen_on_the_screen(till_at: Till) -> None:
    hand = till_at("eleven")
    hand.open_payment()
    buttons = hand.payment.entry.currencies
    keys = [button.key for button in buttons.values()]
    assert keys == [*(f"Alt+{place}" for place in range(1, CURRENCY_KEYS + 1)), "", ""]
    assert len({button.y() for button in buttons.values()}) == 2, "they go on in a second row"
    assert all(button.width() >= button.sizeHint().width() for button in buttons.values()), "and none is cut"

    buttons["KWD"].click()
    hand.wait()
    hand.press(Key.Key_F12)

    sale = hand.shop.show_sale.last()
    assert sale is not None
    assert [paid.tender.amount.currency.code for paid in sale.paid] == ["KWD"]


def test_where_there_is_one_way_out_no_other_is_offered(till_at: Till) -> None:
    hand = till_at("one-currency")

    assert hand.view.destination == "EE"
    assert not hand.view.open_questions
    assert hand.checkout.panel.card.sides.isHidden()
    assert "destination" not in {action.id for action in hand.till.session.actions.at("checkout")}
    hand.press(Key.Key_F8)
    assert hand.view.destination == "EE"
    assert hand.checkout.panel.example.text() == "Example rules: not the law"
    assert not hand.checkout.panel.example.isHidden()


def test_a_shop_with_one_currency_sells_for_it_and_needs_no_rates(till_at: Till) -> None:
    hand = till_at("one-currency")
    hand.open_payment()
    [button] = hand.payment.entry.currencies.values()
    assert list(CURRENCIES) == ["JOD"]
    assert not button.isVisible(), "one currency is no choice"
    assert "pay_1" not in {one.id for one in hand.till.session.actions.at("payment")}

    hand.press(Key.Key_F12)

    sale = hand.shop.show_sale.last()
    assert sale is not None
    assert str(sale.total) == "63.000"
    assert sale.paid[0].tender.amount == sale.total

    session = hand.till.session
    page = NoRatesScreen(session)
    page.retranslate(session.translator)

    said = [label.text() for label in page.findChildren(TextLabel)]
    assert "This border has one currency, Jordanian Dinar: no exchange rates are needed." in said
    no_use = {"bank_spread_percent", "rate_folder", "rate_feed", "rate_jump_percent", "stale_rate_hours"}
    assert no_use.isdisjoint(Settings.names()), "and no setting for them is shown"
    assert not {"record_rates", "import_rates", "save_table"} & {one.id for one in session.actions.at("rates")}
    page.deleteLater()
