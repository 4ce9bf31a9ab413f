"""The clerk's pages at a large catalogue: the gaps of the event loop while she searches, receives, counts and labels.

GOODS names a file, such as one of 800,000 goods, that is imported through the page first. SHOP names the folder of a
demo shop to take a copy of, such as one that has imported it before. Without either the catalogue is made up.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from tests.benchmarks.imports import a_table
from tests.benchmarks.table import Effort, Row

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from pos.application.shop import Shop
    from pos.ui.application import Till

_LIMIT = 50
"""Milliseconds: the longest gap of the event loop (performance.md, T8)."""

_SEARCHED = ("milk", "choc", "молоко", "牛奶", "0204")


def measure(effort: Effort) -> Iterator[Row]:
    """A row for each page: how long the event loop was away, tick by tick."""
    from PySide6.QtWidgets import QApplication

    import main
    from pos.application.options import Options
    from pos.ui.application import Till

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    with TemporaryDirectory() as place:
        folder = Path(place) / "shop"
        if "SHOP" in os.environ:
            shutil.copytree(os.environ["SHOP"], folder)
        shop = main.build(Options(data=folder, demo=True), quick_pins=True, demo_size=300)
        if not {"SHOP", "GOODS"} & set(os.environ):
            _import(shop, 1_000 if effort.quick else 50_000)
        habits = Path(place) / "till.json"
        habits.write_text('{"language": "en", "theme": "light"}', encoding="utf-8")
        till = Till(app, shop, main.RESOURCES, habits, Path(place) / "till.log")
        till.session.sounds.on = False
        till.show()
        till.log.unwatch()  # what goes wrong here ends the run
        hand = _Hand(app, till)
        hand.until(lambda: till.window.screen_at("orders") is not None)
        till.session.take_settings(shop.settings())
        till.session.take_person(next(person for person in shop.sign_in.people() if person.name == "clerk"))
        hand.until(lambda: till.is_idle)
        till.window.activateWindow()
        if "GOODS" in os.environ:
            yield from _imported(hand, Path(os.environ["GOODS"]))
        codes = _codes(shop, 8 if effort.quick else 40)
        yield from _pages(hand, codes)
        till.close()
        shop.close()


def _import(shop: Shop, rows: int) -> None:
    from pos.domain.staff import Person

    shop.import_catalogue(a_table(rows), Person.at_the_console("benchmark"), lambda _reject: None)


def _codes(shop: Shop, count: int) -> list[str]:
    """Codes of goods that are on hand."""
    from itertools import islice

    with shop.issue_receipt.store.reading() as work:
        stocked = (found.code for found, on_hand in work.products.all(shop.now()) if on_hand and not found.missing)
        return list(islice(stocked, count))


def _imported(hand: _Hand, file: Path) -> Iterator[Row]:
    """A file of goods through the page: looked at, tried, imported."""
    from PySide6.QtCore import Qt

    from pos.ui.imports.screen import ImportScreen

    yield hand.watched("open the page of imports", partial(hand.goes_to, "import_goods"))
    page = hand.page
    assert isinstance(page, ImportScreen)

    def look() -> None:
        page.pages.path.setText(str(file))
        hand.press(Qt.Key.Key_Return)

    yield hand.watched(f"look at {file.name}", look)
    for what in ("try it", "import it"):
        yield hand.watched(what, partial(hand.press, Qt.Key.Key_F12))


def _pages(hand: _Hand, codes: list[str]) -> Iterator[Row]:
    from PySide6.QtCore import Qt

    for place in ("products", "orders", "receive", "count", "stock", "labels", "import_goods"):
        yield hand.watched(f"open the page {place}", partial(hand.goes_to, place))

    def search() -> None:
        hand.goes_to("products")
        for words in _SEARCHED:
            hand.press(Qt.Key.Key_F2)
            hand.type(words)
            hand.wait(300)
            hand.clear(len(words))

    def receive() -> None:
        hand.goes_to("receive")
        hand.press(Qt.Key.Key_F3)
        hand.scan(*codes, *codes)
        hand.press(Qt.Key.Key_F12)

    def count() -> None:
        hand.goes_to("count")
        hand.scan(*codes[:10])
        hand.press(Qt.Key.Key_F12)
        hand.scan(*codes[:10], *codes[:10])
        hand.press(Qt.Key.Key_F12)

    def label() -> None:
        hand.goes_to("labels")
        hand.scan(*codes)
        hand.press(Qt.Key.Key_F12)

    yield hand.watched(f"search for {len(_SEARCHED)} words, key by key", search)
    yield hand.watched(f"receive {2 * len(codes)} scans and post them", receive)
    yield hand.watched("count 20 scans and look at the differences", count)
    yield hand.watched(f"label {len(codes)} goods", label)


class _Hand:
    """Scans and types at the window, and watches how long its event loop is away."""

    def __init__(self, app: QApplication, till: Till) -> None:
        self._app, self._till = app, till

    def watched(self, what: str, act: Callable[[], None]) -> Row:
        """The gaps between two ticks of a timer of a millisecond while something is done, and until all is quiet."""
        from PySide6.QtCore import QElapsedTimer, Qt, QTimer

        gaps: list[float] = []
        watch, beat = QElapsedTimer(), QTimer()
        beat.setTimerType(Qt.TimerType.PreciseTimer)

        def tick() -> None:
            gaps.append(watch.nsecsElapsed() / 1e6)
            watch.restart()

        beat.timeout.connect(tick)
        watch.start()
        beat.start(1)
        act()
        self.wait(200)
        beat.stop()
        return Row(what, gaps, (), _LIMIT, by_worst=True)

    @property
    def page(self) -> object:
        """The page on show."""
        return self._till.window.page

    def until(self, done: Callable[[], bool]) -> None:
        """Let the loop run until something is so."""
        while not done():
            self._app.processEvents()

    def wait(self, milliseconds: int = 20) -> None:
        """Until the store has answered, and a little longer."""
        for _ in range(3):
            self._pass(milliseconds)
            while not self._till.is_idle:
                self._pass(2)

    def _pass(self, milliseconds: int) -> None:
        """Let the loop run as the program does: `QTest.qWait` would keep the interpreter from the store's thread."""
        from PySide6.QtCore import QEventLoop, QTimer

        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def goes_to(self, place: str) -> None:
        """By the rail."""
        self._till.window.show_place(place)
        self.wait(60)

    def press(self, key: Any) -> None:
        """One key."""
        self._key(key)
        self.wait(60)

    def type(self, text: str) -> None:
        """As a quick person does, in any script."""
        from PySide6.QtWidgets import QLineEdit

        field = self._app.focusWidget()
        assert isinstance(field, QLineEdit), "the search has the focus"
        for sign in text:
            field.insert(sign)
            field.textEdited.emit(field.text())
            self._pass(90)

    def clear(self, signs: int) -> None:
        """Take typed signs back."""
        from PySide6.QtCore import Qt

        for _ in range(signs):
            self._key(Qt.Key.Key_Backspace)
        self.wait(60)

    def scan(self, *codes: str) -> None:
        """One burst after another, as fast as a hand holds goods before a scanner."""
        from PySide6.QtCore import Qt

        for code in codes:
            for sign in code:
                self._key(sign)
            self._key(Qt.Key.Key_Return)
            self.wait(5)

    def _key(self, key: Any) -> None:
        from PySide6.QtTest import QTest

        QTest.keyClick(self._till.window.windowHandle(), key)
        self._app.processEvents()  # a scanner's keys come through the loop one by one
