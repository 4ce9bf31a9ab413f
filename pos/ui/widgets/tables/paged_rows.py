"""The rows of a list whose pages are asked for as one scrolls."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from pos.ui.widgets.tables.list_models import Index, Text, TextRows


class PagedRows(TextRows[Text]):
    """The words of as many pages as were asked for.

    `wanting` tells what begins the page to be read, as the page before named it.
    """

    wanting = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._next: object | None = None
        self._asked: object | None = None

    def begin(self, texts: Sequence[Text], following: object | None) -> None:
        """Show the first page; `following` begins the next one, None where there is none."""
        self._next, self._asked = following, None
        self.present(texts)

    def go_on(self, texts: Sequence[Text], following: object | None) -> None:
        """Show a further page under those on show."""
        self.append(texts)
        self._next = following

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._next is not None and self._asked != self._next

    def fetchMore(self, _parent: Index) -> None:
        """The page comes a moment later."""
        if self._next is not None:
            self._asked = self._next
            self.wanting.emit(self._next)
