"""What a screen reader says of the window: where the cursor goes, and what is announced beside it. None is needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from pos.ui.widgets.spoken import announcements
from pos.ui.widgets.spoken.serving import serve_screen_readers

_ROLES = {
    QAccessible.Role.EditableText: "field",
    QAccessible.Role.Button: "button",
    QAccessible.Role.RadioButton: "choice",
    QAccessible.Role.CheckBox: "check box",
    QAccessible.Role.ComboBox: "list",
    QAccessible.Role.Table: "table",
    QAccessible.Role.List: "list",
    QAccessible.Role.Form: "page",
    QAccessible.Role.Client: "",
}
"""How a role is called here; a role without a word says nothing to a person."""
_Text = QAccessible.Text


class Reader:
    """Hears; `heard` gives the sentences since it was asked last, in order, as `settle` lets the window do its work."""

    def __init__(self, settle: Callable[[], None]) -> None:
        self._settle = settle
        self._said: list[str] = []
        self._page = self._cursor = ""
        self.cursor_is_heard = True

    def say(self, _window: QWidget, text: str) -> None:
        """Remember an announcement."""
        self._said.append(text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " "))

    def heard(self) -> list[str]:
        """The page if it is another one, the field with the cursor if it is another one, then what was announced."""
        self._settle()
        announcements.pending().end()
        announced, self._said = self._said, []
        return [*(self._focus() if self.cursor_is_heard else ()), *announced]

    def _focus(self) -> list[str]:
        cursor = QApplication.focusWidget()
        page = next((name for part in _up(cursor) if (name := _named_page(part))), "")
        here = "" if cursor is None else described(cursor)
        said = [text for text, before in ((page, self._page), (here, self._cursor)) if text and text != before]
        self._page, self._cursor = page, here
        return said


def described(widget: QWidget) -> str:
    """Name, role and description, as a reader says them."""
    told = QAccessible.queryAccessibleInterface(widget)
    secret = " (secret)" if told.state().passwordEdit else ""
    row = told.focusChild() if isinstance(widget, QAbstractItemView) else None
    chosen = "" if row is None else row.text(_Text.Name)
    role = _ROLES.get(told.role(), f"({told.role().name})") + secret
    parts = told.text(_Text.Name), role, told.text(_Text.Description), chosen
    return ", ".join(part for part in parts if part).replace("\N{NO-BREAK SPACE}", " ")


def _up(widget: QWidget | None) -> Iterator[QWidget]:
    while widget is not None:
        yield widget
        widget = widget.parentWidget()


def _named_page(widget: QWidget) -> str:
    told = QAccessible.queryAccessibleInterface(widget)
    is_page = told.role() is QAccessible.Role.Form and told.text(_Text.Name)
    return described(widget) if is_page else ""


@contextmanager
def listening(monkeypatch: pytest.MonkeyPatch, settle: Callable[[], None]) -> Iterator[Reader]:
    """A reader that hears until the end, as if it ran on this computer."""
    serve_screen_readers()
    reader = Reader(settle)
    monkeypatch.setattr(announcements, "say", reader.say)
    monkeypatch.setattr(announcements, "_COLLECTED_MS", 10_000)
    QAccessible.setActive(True)
    try:
        yield reader
    finally:
        announcements.pending().stop()
        QAccessible.setActive(False)
