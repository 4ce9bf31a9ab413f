"""A table of painted rows with one selected, and its column header."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractItemModel, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QSizePolicy, QWidget

from pos.ui.look.theme import Size, Theme, Type
from pos.ui.widgets.drawing.drawing import LEFT, RIGHT, draw_caption
from pos.ui.widgets.fields.key_positions import ENTERS
from pos.ui.widgets.tables.columns import RowColumns, Span

_MORE = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Minus: -1}
_MOVING = (Qt.Key.Key_Home, Qt.Key.Key_End)
SIDEWAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
"""The neighbouring list: -1 for the one before, 1 for the one after."""


class RowTable(QListView):
    """Rows of one height that a delegate draws. Arrows choose; letters are left to the parent widgets.

    `opened`: Enter or a double click on the chosen row, where a row `opens`; `wants_more`: fewer than `ahead` rows of
    `step` px follow the visible ones.
    """

    resized = Signal()
    opened = Signal()
    wants_more = Signal()

    def __init__(
        self,
        rows: QAbstractItemModel,
        step: int = Size.ROW,
        parent: QWidget | None = None,
        *,
        opens: bool = False,
        ahead: int = 0,
    ) -> None:
        super().__init__(parent)
        self._opens, self._ahead = opens, ahead * step
        self.setModel(rows)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setTabKeyNavigation(False)
        self.verticalScrollBar().setSingleStep(step)
        if ahead:
            self.verticalScrollBar().valueChanged.connect(lambda _value: self.look_ahead())
        if opens:
            self.doubleClicked.connect(lambda _index: self.opened.emit())

    @property
    def current_row(self) -> int:
        """Index of the selected row; -1 for none."""
        return self.currentIndex().row()

    def choose(self, index: int) -> None:
        """Select a row and scroll it into view; an index beyond the end is the last row."""
        index = min(max(index, 0), self.model().rowCount() - 1)
        if index >= 0:
            self.setCurrentIndex(self.model().index(index, 0))
            self.scrollTo(self.currentIndex())

    def renew(self, show: Callable[[], None], key: Callable[[int], object]) -> bool:
        """`show` replaces the rows. The chosen one, by the `key` of an index, stays chosen wherever it stands by then;
        where it is gone, the one in its place is chosen, and False is returned.
        """
        index, count = max(self.current_row, 0), self.model().rowCount()
        chosen = key(index) if index < count else None
        show()
        count = self.model().rowCount()
        places = (index, *range(count)) if index < count else range(count)
        place = next((place for place in places if key(place) == chosen), None)
        wanted = min(index, count - 1) if place is None else place
        if wanted != self.current_row:  # else the rows stay where a finger has scrolled them to
            self.choose(wanted)
        return chosen is None or place is not None

    def look_ahead(self) -> None:
        """Ask for more rows near the end of the loaded ones."""
        bar = self.verticalScrollBar()
        if bar.maximum() - bar.value() < self._ahead:
            self.wants_more.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the row, letters are ignored."""
        if self._opens and event.key() in ENTERS:
            self.opened.emit()
        elif event.text() and event.key() not in _MOVING:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


class SidewaysTable(RowTable):
    """One of several lists. `sideways`: move to the neighbouring list, -1 or 1."""

    sideways = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right move to another list."""
        if event.key() in SIDEWAYS:
            self.sideways.emit(SIDEWAYS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


class CountedTable(SidewaysTable):
    """Rows with a count. `more`: plus or minus was pressed; carries 1 or -1."""

    more = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plus and minus change the count of the selected row."""
        if event.key() in _MORE:
            self.more.emit(_MORE[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


class ColumnHeader(QWidget):
    """Column header of a table; a subclass provides its `columns` or their positions (`spans`).

    It calls `name`.
    """

    columns = RowColumns(())

    def __init__(self, theme: Theme, table: QListView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._table = table
        self._names: tuple[str, ...] = ()
        if isinstance(table, RowTable):
            table.resized.connect(self.update)
        self.setFixedHeight(Size.HEADER)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def spans(self, width: int) -> Sequence[tuple[Span, Qt.AlignmentFlag]]:
        """Position of each column in a row `width` px wide, and the alignment of its name."""
        sides = (RIGHT if column.right else LEFT for column in self.columns.columns)
        return list(zip(self.columns.spans(width), sides, strict=True))

    def name(self, *names: str) -> None:
        """Set the names, in the order of the columns."""
        self._names = names
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(600, Size.HEADER)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        fonts, ink = (self._theme.font(Type.LABEL), self._theme.font(Type.KEY)), self._theme.colour("muted")
        height = self.height() - 1
        for text, ((left, width), align) in zip(self._names, self.spans(self._table.viewport().width())):
            if width > 0:  # a column that is not shown has no name either
                draw_caption(painter, QRect(left, 0, width, height), text, fonts, ink, align)
        painter.fillRect(0, height, self.width(), 1, self._theme.colour("line"))
