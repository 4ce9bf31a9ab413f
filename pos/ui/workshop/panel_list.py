"""What the lists of batches and of recipes have in common: beside them the panel of the selected row, or a form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from pos.application.text.translator import Translator
from pos.ui.page.list_page import ListPage
from pos.ui.page.pager import Pager
from pos.ui.session.session import Session
from pos.ui.widgets.tables.choices import Narrowing
from pos.ui.widgets.tables.columns import RowColumn

_PANEL, _FORM = 70, 84
"""The per cent of the height that a panel and a form have below the list, in a narrow window."""


class PanelList(ListPage):
    """`side` has the parts beside the list: the panel, then the forms. `begun`: a new one, where nothing is listed.

    A subclass asks for its rows, says whether the list is narrowed, and shows the selected row in its panel.
    """

    beside_share = _PANEL
    begun = Signal()

    def __init__(
        self,
        session: Session,
        columns: Sequence[RowColumn],
        key: Callable[[Any], Any],
        parts: Sequence[Any],
        narrowing: Narrowing,
        pager: Pager | None = None,
    ) -> None:
        self._parts, self.side = parts, QStackedWidget()
        for part in parts:
            self.side.addWidget(part)
        self._wanted: int | None = None
        super().__init__(session, columns, key, [], self.side, [narrowing], pager)
        self.side.currentChanged.connect(self._turned)
        narrowing.narrowed.connect(self.read)
        self.pager.answered.connect(self._answered)
        self.empty.action_pressed.connect(self._do_next)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._show_chosen())

    def read(self, choose: int | None = None) -> None:
        """Read the list again; the row of this number is chosen then."""
        if choose is not None:
            self._wanted = choose
        self.ask()

    def show_panel(self) -> None:
        """Show the selected row beside the list."""
        self.side.setCurrentWidget(self._parts[0])
        self._show_chosen()

    @property
    def _is_at_panel(self) -> bool:
        return self.side.currentWidget() is self._parts[0]

    # ── for subclasses ───────────────────────────────────────────────────────────────────────────────────────

    @property
    def is_narrowed(self) -> bool:
        """Whether only some rows are listed."""
        raise NotImplementedError

    def ask(self) -> None:
        """Ask the store for the rows."""
        raise NotImplementedError

    def widen(self) -> None:
        """Reset the filter."""
        raise NotImplementedError

    def take_rows(self) -> None:
        """Rows have come from the store."""

    def show_chosen(self) -> None:
        """Show the selected row in the panel."""
        raise NotImplementedError

    # ── how ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _turned(self) -> None:
        """Another part is beside the list: a key means another thing, and a form needs more room."""
        self.session.finishing.turned()
        self.share_below(_PANEL if self._is_at_panel else _FORM)
        self._show_chosen()

    def _answered(self) -> None:
        self.take_rows()
        wanted, self._wanted = self._wanted, None
        index = -1 if wanted is None else self.rows.index_of(wanted)
        if index >= 0:
            self.table.choose(index)
        elif self.pager.rows and self.table.current_row < 0:
            self.table.choose(0)
        self._show_chosen()

    def _show_chosen(self) -> None:
        """Show the selected row; an empty list has the room of its panel."""
        is_empty = self.pager.is_answered and not self.pager.rows
        self.side.setVisible(not is_empty or not self._is_at_panel)
        self.show_chosen()

    def present(self) -> None:
        super().present()
        self._show_chosen()

    def retranslate(self, tr: Translator) -> None:
        super().retranslate(tr)
        for part in self._parts:
            part.retranslate(tr)

    def _do_next(self) -> None:
        """The button where nothing is listed."""
        if self.is_narrowed:
            self.widen()
        else:
            self.begun.emit()
