"""A hand at the whole window that watches how long the event loop is away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks.table import Row

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from pos.application.shop.shop import Shop
    from pos.ui.look.theme import Mode
    from pos.ui.shell.application import TillWindow

LONGEST_GAP = 50
"""Milliseconds: the longest gap of the event loop (performance.md, T8)."""


@contextmanager
def at_the_window(shop: Shop, folder: Path, name: str) -> Iterator[WatchedHand]:
    """Open the window on a shop as `name`, with all pages that this person may enter; both are closed at the end."""
    import os

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    import main
    from pos.ui.shell.application import TillWindow

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    habits = folder / "till.json"
    habits.write_text('{"language": "en", "theme": "light"}', encoding="utf-8")
    till = TillWindow(app, shop, main.RESOURCES, habits, folder / "till.log")
    till.session.sounds.volume = 0
    till.show()
    till.log.unwatch()  # what goes wrong here ends the run
    hand = WatchedHand(app, till)
    hand.until(lambda: till.is_idle)
    till.session.take_settings(shop.settings())
    till.session.take_person(next(person for person in shop.sign_in.people() if person.name == name))
    hand.until(lambda: till.is_idle)
    till.window.activateWindow()
    yield hand
    till.close()
    shop.close()


class WatchedHand:
    """Scans and types at the window, and watches how long its event loop is away."""

    def __init__(self, app: QApplication, till: TillWindow) -> None:
        self._app, self.till = app, till

    def watched(self, what: str, step: Callable[[], None]) -> Row:
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
        step()
        self.wait(200)
        beat.stop()
        return Row(what, gaps, (), LONGEST_GAP, by_worst=True)

    @property
    def page(self) -> object:
        """The page on show."""
        return self.till.window.page

    def until(self, done: Callable[[], bool]) -> None:
        """Let the loop run until something is so."""
        while not done():
            self._app.processEvents()

    def wait(self, milliseconds: int = 20) -> None:
        """Until the store has answered, and a little longer."""
        for _ in range(3):
            self.rest(milliseconds)
            while not self.till.is_idle:
                self.rest(2)

    def rest(self, milliseconds: int) -> None:
        """Let the loop run as the program does: `QTest.qWait` would keep the interpreter from the store's thread."""
        from PySide6.QtCore import QEventLoop, QTimer

        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def goes_to(self, screen_id: str) -> None:
        """By the rail."""
        self.till.window.show_screen(screen_id)
        self.wait(60)

    def turns(self, mode: Mode) -> None:
        """Another theme, as the button of the status line does."""
        self.till.theme.switch(mode)
        self.wait(60)

    def speaks(self, language: str) -> None:
        """Another language."""
        self.till.session.speak(language)
        self.wait(60)

    def press(self, key: Any) -> None:
        """One key of a person who sees the page: a finishing one counts when it has stood."""
        self.rest(ceil(self.till.session.finishing.left * 1000))
        self._key(key)
        self.wait(60)

    def type(self, text: str) -> None:
        """As a quick person does, in any script."""
        from PySide6.QtWidgets import QLineEdit

        field = self._app.focusWidget()
        assert isinstance(field, QLineEdit), "the search has the focus"
        for char in text:
            field.insert(char)
            field.textEdited.emit(field.text())
            self.rest(90)

    def clear(self, count: int) -> None:
        """Take typed characters back."""
        from PySide6.QtCore import Qt

        for _ in range(count):
            self._key(Qt.Key.Key_Backspace)
        self.wait(60)

    def scan(self, *codes: str) -> None:
        """One burst after another, as fast as a hand holds goods before a scanner."""
        from PySide6.QtCore import Qt

        for code in codes:
            for char in code:
                self._key(char)
            self._key(Qt.Key.Key_Return)
            self.wait(5)

    def _key(self, key: Any) -> None:
        from PySide6.QtTest import QTest

        QTest.keyClick(self.till.window.windowHandle(), key)
        self._app.processEvents()  # a scanner's keys come through the loop one by one
