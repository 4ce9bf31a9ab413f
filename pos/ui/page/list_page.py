"""A list of the stock in pages: a scan field that narrows it, rows, actions on the chosen row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.application.text.translator import Translator
from pos.ui.look.theme import Size, Space
from pos.ui.page.pager import Pager
from pos.ui.session.on_the_way import OnTheWay
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.key_hint import KeyHint
from pos.ui.widgets.cards.empty_state import EmptyState
from pos.ui.widgets.drawing.flow import Flow
from pos.ui.widgets.drawing.folding import Folding
from pos.ui.widgets.drawing.layouts import Stretched
from pos.ui.widgets.drawing.main_and_side import MainAndSide
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.fields.search_box import SearchBox
from pos.ui.widgets.tables.choices import Narrowing
from pos.ui.widgets.tables.columns import RowColumn
from pos.ui.widgets.tables.line_table import LineHeader, LineModel, LineRow, LineTable
from pos.ui.widgets.tables.rows_or_empty import RowsOrEmpty

_FIELD = 320
"""The pixels that the scan field keeps beside what narrows the list."""


class ListPage(QWidget):
    """`typed` carries the text of the scan field, `opened` means that Enter was pressed on the chosen row.

    A subclass words the columns, the rows and the empty state; `beside` is right of the rows, `narrowing` right of the
    scan field.
    """

    typed = Signal(str)
    opened = Signal()
    newest_first = False
    """Whether the first row stays chosen where a newer one comes before it."""
    beside_width: int = Size.VISITOR_PANEL
    """The width of what is beside the rows, in pixels, where there is room."""
    beside_share = 40
    """The per cent of the height that it has where it stands below the rows."""
    seeks_while_typed = False
    """Whether the rows follow each typed character; else they wait for Enter, and the field says so."""

    def __init__(
        self,
        session: Session,
        columns: Sequence[RowColumn],
        key: Callable[[Any], Any],
        hints: Sequence[tuple[str, Callable[[], None]]] = (),
        beside: QWidget | None = None,
        narrowing: Sequence[Narrowing] = (),
        pager: Pager | None = None,
    ) -> None:
        super().__init__()
        self.session = session
        self.sought = OnTheWay(session)
        """Scans and texts that are looked up and will narrow the list."""
        theme = session.theme
        self.pager = pager or Pager(session, key, self)
        self.pager.changed.connect(self.present)
        self.box = SearchBox(theme, "", "")
        self.box.submitted.connect(self.typed)
        self.summary = TextLabel(role=Role.STRONG, wrap=True)
        self.rows = LineModel(self)
        self.table = LineTable(theme, self.rows, columns)
        self.table.wants_more.connect(self.pager.more)
        self.table.opened.connect(self.opened)
        self.header = LineHeader(theme, self.table)
        self.empty = EmptyState(theme)
        self._hints = []
        self._both: MainAndSide | None = None
        for action, step in hints:
            hint = KeyHint(theme, session.actions.key_text(action), "")
            hint.clicked.connect(step)
            self._hints.append((action, hint))
        self._lay_out(beside, narrowing)

    def hideEvent(self, event: QHideEvent) -> None:
        """Words that were not sought are not to stand over rows of other words later."""
        super().hideEvent(event)
        if not self.seeks_while_typed and not event.spontaneous():
            self.box.drop_unsent()

    @property
    def is_behind(self) -> bool:
        """Whether the rows on show are not those that were asked for last."""
        return bool(self.sought) or self.pager.is_behind

    @property
    def chosen(self) -> Any:
        """The item of the chosen row; None for no row, or while other rows are read."""
        index = self.table.current_row
        return self.pager.rows[index] if 0 <= index < len(self.pager.rows) and not self.is_behind else None

    def retranslate(self, tr: Translator) -> None:
        """Show everything in another language."""
        self.box.present(tr("Scan field"), self.placeholder(tr), "" if self.seeks_while_typed else "Enter")
        for action, hint in self._hints:
            hint.present(self.session.actions.key_text(action), self.session.actions.text(action, tr))
        self.name_columns(tr)
        self.present()

    def present(self) -> None:
        """Show the loaded rows."""
        tr = self.session.translator
        rows = [self.row_of(one, tr) for one in self.pager.rows]
        if self.newest_first and self.table.current_row <= 0:
            self.rows.exchange(rows)
            if self.table.current_row:
                self.table.choose(0)
        elif not self.table.renew(lambda: self.rows.exchange(rows), self.rows.key) and self.isVisible():
            self.session.finishing.turned()  # the same key would take the row that stands there now
        nothing = self.pager.is_answered and not self.pager.rows and not self.pager.is_searching
        self._pages.present(is_empty=nothing)
        self.say_empty(tr)
        text = self.said(tr)
        self.summary.setText(text)
        self.summary.setVisible(bool(text))

    def share_below(self, share: int) -> None:
        """Give what is beside the rows so many per cent of the height, where it stands below them."""
        if self._both is not None:
            self._both.share_below(share)

    # ── for subclasses ───────────────────────────────────────────────────────────────────────────────────────

    def placeholder(self, tr: Translator) -> str:
        """The placeholder of the scan field."""
        raise NotImplementedError

    def name_columns(self, tr: Translator) -> None:
        """Name the header's columns and the table."""
        raise NotImplementedError

    def row_of(self, one: Any, tr: Translator) -> LineRow:
        """Word a row."""
        raise NotImplementedError

    def say_empty(self, tr: Translator) -> None:
        """Word the empty state."""
        raise NotImplementedError

    def said(self, _tr: Translator) -> str:
        """The active filter, shown above the list; empty for none."""
        return ""

    def _lay_out(self, beside: QWidget | None, narrowing: Sequence[Narrowing]) -> None:
        self._pages = RowsOrEmpty(self.header, self.table, self.empty)
        rows: QWidget = self._pages
        if beside is not None:
            self._both = rows = MainAndSide(
                self._pages, beside, widest=self.beside_width, share=self.beside_share, gap=Space.M
            )
        keys = Flow(*(hint for _, hint in self._hints), spacing=Space.XS)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        column.setSpacing(Space.S)
        if narrowing:
            column.addWidget(Folding(Stretched(self.box), Flow(*narrowing), room=_FIELD, spacing=Space.S))
        else:
            column.addWidget(self.box)
        column.addWidget(self.summary)
        column.addWidget(rows, 1)
        column.addWidget(keys)
