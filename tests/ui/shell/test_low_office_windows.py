"""The manager's pages at a small screen, 1366 × 768: beneath tabs and a notice the main button is whole in sight."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pos.ui.input.actions import PRICES, RATES, REPRICE, SETTINGS, STAFF
from pos.ui.page.form_page import FormRow
from pos.ui.pricing.promotions.screen import PromotionsScreen
from pos.ui.pricing.rates.screen import RatesScreen
from pos.ui.pricing.reprice.screen import RepriceScreen
from pos.ui.settings.screen import SettingsScreen
from pos.ui.staff.screen import StaffScreen
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone
from tests.ui.at_the_counter import Hand, close_till, open_bare_till

_PAGES = {
    STAFF: StaffScreen,
    RATES: RatesScreen,
    PRICES: PromotionsScreen,
    REPRICE: RepriceScreen,
    SETTINGS: SettingsScreen,
}


@pytest.fixture
def manager(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """The manager at the window."""
    hand = open_bare_till(qapp, qtbot, tmp_path, "manager")
    for screen in _PAGES.values():
        hand.till.window.plug(screen(hand.till.session))
    yield hand
    close_till(hand)


def main_button(page: QWidget) -> IconButton:
    """What F12 presses here."""
    buttons = page.findChildren(IconButton)
    return next(one for one in buttons if one._kind is ButtonKind.PRIMARY and one.isVisible())


def test_the_main_button_is_in_sight_beneath_a_notice_whatever_is_complained_about(manager: Hand) -> None:
    window = manager.till.window
    window.showNormal()
    for language in ("ru", "kk"):
        manager.till.session.speak(language)
        window.notify("unforeseen", lambda: Notice(Tone.NEARLY, "errors.log"))
        for screen_id in _PAGES:
            window.show_screen(screen_id)
            manager.wait()
            page = window.screen_at(screen_id)
            assert page is not None
            if isinstance(page, StaffScreen):
                page.ask_new()
            for row in page.findChildren(FormRow):
                row.complain(lambda: "Так не бывает: это поле нужно заполнить иначе, чем оно заполнено сейчас.")
            window.resize(1366, 768)
            manager.wait()
            button = main_button(page)
            assert window.height() <= 768, (screen_id, language)
            assert button.visibleRegion().boundingRect() == button.rect(), (screen_id, language)
