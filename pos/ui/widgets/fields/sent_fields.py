"""What stood in the fields of a form when it was sent to the store, and what was typed in them since."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget


def content_of(fields: Iterable[QWidget]) -> tuple[str, ...]:
    """What is typed or chosen in these fields, as text."""
    return tuple(_text_of(field) for field in fields)


class SentFields:
    """Made when a form is sent. Once that is saved the form keeps what was typed since: it is not saved yet."""

    def __init__(self, fields: Iterable[QWidget]) -> None:
        self._fields = tuple(fields)
        self._sent = content_of(self._fields)

    @property
    def is_all(self) -> bool:
        """Whether what stands in the form is what was sent."""
        return content_of(self._fields) == self._sent

    def clear(self) -> None:
        """Empty the text fields in which nothing else was typed since."""
        for field, sent in zip(self._fields, self._sent, strict=True):
            if isinstance(field, QLineEdit) and field.text() == sent:
                field.clear()


def _text_of(field: QWidget) -> str:
    if isinstance(field, QComboBox):
        if field.isEditable():
            return field.currentText()
        return str(field.currentIndex() if field.currentData() is None else field.currentData())  # in any language
    checked = getattr(field, "isChecked", None)
    if checked is not None:
        return str(checked())
    return str(getattr(field, "text", lambda: "")())
