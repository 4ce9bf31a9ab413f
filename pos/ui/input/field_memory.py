"""The content of a text field before a scanner wrote into it, and how it is restored."""

from __future__ import annotations

from typing import Protocol

import shiboken6
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from pos.ui.widgets.fields.day_box import DateBox, InstantBox


class _Trace(Protocol):
    """The saved state of one field."""

    @property
    def field(self) -> QWidget: ...

    def restore(self) -> None: ...


class FieldMemory:
    """Remembers every text field that gets the first keys of a burst; each is restored exactly."""

    def __init__(self) -> None:
        self._traces: list[_Trace] = []

    def remember(self, widget: QWidget | None) -> None:
        """Save the state of the field that `widget` is or contains, unless it is saved already."""
        field = text_field(widget)
        if field is None or any(trace.field is field for trace in self._traces):
            return
        self._traces.append(_LineTrace(field) if isinstance(field, QLineEdit) else _TextTrace(field))

    def restore(self) -> None:
        """Restore all fields and drop their saved states."""
        traces, self._traces = self._traces, []
        for trace in reversed(traces):
            if shiboken6.isValid(trace.field):
                trace.restore()

    def forget(self) -> None:
        """The keys were typed by a person: drop the saved states."""
        self._traces.clear()


def text_field(widget: QWidget | None) -> QLineEdit | QPlainTextEdit | QTextEdit | None:
    """The editor that gets the keys of `widget`; None if keys are commands there."""
    if isinstance(widget, QComboBox):
        return widget.lineEdit() if widget.isEditable() else None
    if isinstance(widget, QAbstractSpinBox):
        return widget.findChild(QLineEdit)
    if isinstance(widget, (QLineEdit, QPlainTextEdit, QTextEdit)):
        return None if widget.isReadOnly() else widget
    return None


class _LineTrace:
    """A line edit's text, cursor, selection (with its direction) and modified flag."""

    def __init__(self, field: QLineEdit) -> None:
        self.field = field
        self._text = field.text()
        self._cursor = field.cursorPosition()
        self._selection = (field.selectionStart(), field.selectionEnd()) if field.hasSelectedText() else None
        self._modified = field.isModified()

    def restore(self) -> None:
        edit = self.field
        if edit.text() != self._text:
            self._take_out()
        if edit.text() != self._text:  # a mask, a validator or a spin box has written more than the keys
            edit.setText(self._text)
        popup = QApplication.activePopupWidget()
        if isinstance(popup, QAbstractItemView) and popup.focusProxy() == edit:
            popup.hide()  # a completer's suggestions for the scanner's first letters
        box = edit.parentWidget()
        if isinstance(box, DateBox | InstantBox):
            box.forget_typed()
        edit.setModified(self._modified)
        if self._selection is None:
            edit.setCursorPosition(self._cursor)
            return
        start, end = self._selection
        if self._cursor == start:
            edit.setSelection(end, start - end)
        else:
            edit.setSelection(start, end - start)

    def _take_out(self) -> None:
        """Replace the new text by the old one, as an edit: `textEdited` is emitted, undo is kept."""
        start, end = self._selection or (self._cursor, self._cursor)
        written = len(self.field.text()) - (len(self._text) - (end - start))
        now = self.field.text()
        if written >= 0 and now[:start] == self._text[:start] and now[start + written :] == self._text[end:]:
            self.field.setSelection(start, written)
            self.field.insert(self._text[start:end])


class _TextTrace:
    """A text edit's cursor, selection and selected text."""

    def __init__(self, field: QPlainTextEdit | QTextEdit) -> None:
        self.field = field
        self._text = field.toPlainText()
        cursor = field.textCursor()
        self._anchor, self._position = cursor.anchor(), cursor.position()

    def restore(self) -> None:
        start, end = sorted((self._anchor, self._position))
        now = self.field.toPlainText()
        if now != self._text:
            written = len(now) - (len(self._text) - (end - start))
            cursor = self.field.textCursor()
            cursor.setPosition(start)
            cursor.setPosition(start + max(written, 0), QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(self._text[start:end])
        cursor = self.field.textCursor()
        cursor.setPosition(self._anchor)
        cursor.setPosition(self._position, QTextCursor.MoveMode.KeepAnchor)
        self.field.setTextCursor(cursor)
