"""A store that takes its time, and a person who does not wait for it."""

from __future__ import annotations

from threading import Event
from typing import Any, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from pos.ui.session.steps_under_way import PATIENCE
from pos.ui.shell.application import TillWindow
from tests.ui.keyboard import NO_MODIFIER, Typing

_NO_END = 3600.0


class _Hand(Protocol):
    till: TillWindow
    typing: Typing

    def wait(self) -> None: ...


class SlowStore:
    """Busy from `with` on: it answers nothing that is asked inside, and everything at its end.

    The steps of `with` are those of a person who goes on meanwhile. It takes longer than keys wait for an answer: each
    does what it does on the page that is on show.
    """

    _takes = PATIENCE

    def __init__(self, hand: _Hand) -> None:
        self._hand, self._gate = hand, Event()

    def __enter__(self) -> SlowStore:
        self._gate.clear()
        session = self._hand.till.session
        for thread in (session.background, session.saving):
            thread.run(self._gate.wait, lambda _done: None, lambda _error: None)
        return self

    def __exit__(self, *_raised: object) -> None:
        self._gate.set()
        self._hand.wait()

    def press(self, key: Any, modifier: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        """A key, without waiting for what it asks."""
        self._hand.typing.wait(self._takes)
        self._hand.typing.press(key, modifier)
        QApplication.processEvents()

    def type(self, text: str) -> None:
        """Typed text, without waiting."""
        self._hand.typing.wait(self._takes)
        for char in text:
            self._hand.typing.press(char)
        QApplication.processEvents()

    def fill(self, field: QWidget, text: str) -> None:
        """The cursor is put into a field, and its text is typed over."""
        assert isinstance(field, QLineEdit)
        field.setFocus()
        field.selectAll()
        self.type(text)

    def scan(self, code: str) -> None:
        """A scanner's burst, without waiting."""
        self._hand.typing.wait(self._takes)
        self._hand.typing.burst(f"{code}\r")
        QApplication.processEvents()


class StoreInAMoment(SlowStore):
    """Answers within the time for which keys wait: each does what it does behind the answer."""

    _takes = 0.0

    def __enter__(self) -> StoreInAMoment:
        self._hand.till.session.under_way.patience = _NO_END
        super().__enter__()
        return self

    def __exit__(self, *raised: object) -> None:
        super().__exit__(*raised)
        self._hand.till.session.under_way.patience = PATIENCE
