"""A list whose pages are loaded as the user scrolls."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from pos.ui.widgets.tables.list_models import Index, Text, TextRows


class PagedRows(TextRows[Text]):
    """The texts of the pages loaded so far.

    `wanting` carries the cursor of the page to load, as returned with the previous page.
    """

    wanting = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._next: object | None = None
        self._requested: object | None = None

    def begin(self, texts: Sequence[Text], following: object | None) -> None:
        """Show the first page; `following` is the cursor of the next one, None if there is none."""
        self._next, self._requested = following, None
        self.present(texts)

    def go_on(self, texts: Sequence[Text], following: object | None) -> None:
        """Append a further page."""
        self.append(texts)
        self._next = following

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._next is not None and self._requested != self._next

    def fetchMore(self, _parent: Index) -> None:
        """Request the next page; it arrives asynchronously."""
        if self._next is not None:
            self._requested = self._next
            self.wanting.emit(self._next)
