"""The stock clerk at their own window over a real shop: keys and scans through the window, sounds heard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import main
from pos.application.shop.shop import Shop
from pos.domain.staff.staff import Person
from pos.ui.look.sounds import Sound
from pos.ui.shell.application import TillWindow
from pos.ui.shell.page_builder import Screens
from tests.ui.at_the_counter import Heard, a_demo, a_demo_shop
from tests.ui.conftest import Hand


class StockHand(Hand):
    """Scans and types on one page of the stock."""

    shop: Shop
    heard: Heard

    @property
    def person(self) -> Person:
        """Who is at the till."""
        person = self.till.session.person
        assert person is not None
        return person

    def wait(self) -> None:
        """Until pages have come, one after another."""
        for _ in range(3):
            super().wait()

    def until(self, condition: Callable[[], bool]) -> None:
        """Until something is so."""
        self._qtbot.waitUntil(condition, timeout=30_000)

    def sees(self, *goods: tuple[str, int]) -> None:
        """How many there are, by code: as the books have it."""
        for code, on_hand in goods:
            assert self.shop.find.show(code).on_hand == on_hand

    @property
    def last_sound(self) -> Sound:
        """What was heard last."""
        return self.heard.sounds[-1]


def at_the_stock(
    app: QApplication,
    qtbot: QtBot,
    state: Path,
    folder: Path,
    screens: Screens,
    screen_id: str,
    made: Callable[[], Path] = a_demo,
) -> Iterator[StockHand]:
    """The clerk, signed in, with a page of the stock on show; closed at the end."""
    shop = a_demo_shop(folder / "shop", made)
    till = TillWindow(app, shop, main.RESOURCES, state, folder / "border-pos.log", screens)
    till.way_in.prepare = lambda: None  # type: ignore[method-assign] # as at the counter
    hand = StockHand(till, qtbot)
    hand.shop, hand.heard = shop, Heard()
    till.session.sounds = hand.heard  # type: ignore[assignment] # hears what a player would play
    till.window.setUpdatesEnabled(False)  # as at the counter
    till.show()
    hand.wait()
    till.window.activateWindow()
    till.session.take_settings(shop.settings())
    till.session.take_person(next(person for person in shop.sign_in.people() if person.name == "clerk"))
    hand.wait()
    till.window.show_screen(screen_id)
    till.window.setUpdatesEnabled(True)
    hand.wait()
    yield hand
    till.close()
    till.window.deleteLater()
    till.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    shop.close()
