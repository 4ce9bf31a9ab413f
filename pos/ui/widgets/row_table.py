"""Drawn rows, one of them chosen, and the names of their columns above them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QSizePolicy, QWidget

from pos.ui.key_positions import ENTERS
from pos.ui.theme import Size, Theme, Type
from pos.ui.widgets.columns import Columns, Span
from pos.ui.widgets.drawing import LEFT, RIGHT, draw_text

_MORE = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Minus: -1}
_MOVING = (Qt.Key.Key_Home, Qt.Key.Key_End)
SIDEWAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
"""Where the list beside is: before this one, or after it."""


class RowTable(QListView):
    """Rows of one height that a delegate draws. Arrows choose; letters are left to whoever stands above.

    `opened`: Enter or a double click on the chosen one, where a row `opens`; `wants_more`: fewer than `ahead` rows of
    `step` px follow those in sight.
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
    def place(self) -> int:
        """Where the chosen row is; -1 for none."""
        return self.currentIndex().row()

    def choose(self, place: int) -> None:
        """Choose a row and bring it into sight; one beyond the end is the last."""
        place = min(max(place, 0), self.model().rowCount() - 1)
        if place >= 0:
            self.setCurrentIndex(self.model().index(place, 0))
            self.scrollTo(self.currentIndex())

    def look_ahead(self) -> None:
        """Ask for more where the end of those loaded is near."""
        bar = self.verticalScrollBar()
        if bar.maximum() - bar.value() < self._ahead:
            self.wants_more.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QListView.keyPressEvent: Enter opens, letters mean nothing here."""
        if self._opens and event.key() in ENTERS:
            self.opened.emit()
        elif event.text() and event.key() not in _MOVING:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override QListView.resizeEvent."""
        super().resizeEvent(event)
        self.resized.emit()


class SidewaysTable(RowTable):
    """One of several lists. `sideways`: another one, -1 or 1 from this."""

    sideways = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override RowTable.keyPressEvent: left and right change the list."""
        if event.key() in SIDEWAYS:
            self.sideways.emit(SIDEWAYS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


class CountedTable(SidewaysTable):
    """Rows of which there are more or fewer of each. `more` tells of plus and minus by how many: 1 or -1."""

    more = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override SidewaysTable.keyPressEvent: plus and minus count the chosen row."""
        if event.key() in _MORE:
            self.more.emit(_MORE[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


class ColumnHeader(QWidget):
    """The names of the columns of a table; a child says what `columns` there are, or where they stand (`spans`).

    It calls `name`.
    """

    columns = Columns(())

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
        """Each column of a row `width` px wide, and to which side its name stands."""
        sides = (RIGHT if column.right else LEFT for column in self.columns.columns)
        return list(zip(self.columns.spans(width), sides, strict=True))

    def name(self, *names: str) -> None:
        """Show these names, in the order of the columns."""
        self._names = names
        self.update()

    def sizeHint(self) -> QSize:
        """Override QWidget.sizeHint."""
        return QSize(600, Size.HEADER)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Override QWidget.paintEvent."""
        painter = QPainter(self)
        font, ink = self._theme.font(Type.LABEL), self._theme.colour("muted")
        height = self.height() - 1
        for text, ((left, width), align) in zip(self._names, self.spans(self._table.viewport().width())):
            if width > 0:  # a column that is not shown has no name either
                draw_text(painter, QRect(left, 0, width, height), text, font, ink, align)
        painter.fillRect(0, height, self.width(), 1, self._theme.colour("line"))
