"""A chart of marks: arrow keys or mouse choose one, Enter or a click opens its receipts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QToolTip, QWidget

from pos.ui.look.theme import Theme
from pos.ui.reports.drawn_slice import DrawnSlice
from pos.ui.widgets.drawing.plain_tip import plain_tip
from pos.ui.widgets.fields.key_positions import ENTERS

_ENDS = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}
_ACROSS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_DOWN = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class SliceField(QWidget):
    """Shows marks, one of them selected while it has the focus; `opened` carries the criterion of the opened one.

    Marks side by side are `across`: left and right choose there, up and down in rows. A subclass draws them and maps
    points to marks (`mark_at`). The accessible text is the title and the selected mark.
    """

    opened = Signal(object)

    def __init__(self, theme: Theme, *, across: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.slices: tuple[DrawnSlice, ...] = ()
        self.chosen = 0
        self._title = ""
        self._keys = _ACROSS if across else _DOWN
        self._pressed = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focus_ring", "none")
        self.setMouseTracking(True)

    def present(self, title: str, slices: Sequence[DrawnSlice]) -> None:
        """Show other marks; the selection is kept if possible, else the first mark that opens is selected."""
        held = self.current.behind if self.current is not None else None
        self.slices = tuple(slices)
        self._title = title
        kept = (index for index, drawn in enumerate(self.slices) if held is not None and drawn.behind == held)
        opens = (index for index, drawn in enumerate(self.slices) if drawn.behind is not None)
        self.chosen = next(chain(kept, opens), 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if slices else Qt.FocusPolicy.NoFocus)
        self.setAccessibleDescription("; ".join(drawn.spoken for drawn in self.slices))
        self._describe()
        self.updateGeometry()
        self.redraw()

    @property
    def current(self) -> DrawnSlice | None:
        """The selected mark."""
        return self.slices[self.chosen] if self.chosen < len(self.slices) else None

    def choose(self, index: int) -> None:
        """Select a mark by its index, clamped to the ends."""
        index = min(max(index, 0), len(self.slices) - 1)
        if index >= 0 and index != self.chosen:
            self.chosen = index
            self._describe()
            self.redraw()

    def open_chosen(self) -> None:
        """Ask for the receipts of the selected mark."""
        if self.current is not None and self.current.behind is not None:
            self.opened.emit(self.current.behind)

    def index_at(self, _point: QPoint) -> int:
        """The index of the mark at a point of this widget; -1 for none."""
        return -1

    def redraw(self) -> None:
        """Redraw after a change of selection or focus."""
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if not self.slices:
            super().keyPressEvent(event)
        elif key in self._keys:
            self.choose(self.chosen + self._keys[key])
        elif key in _ENDS:
            self.choose(_ENDS[key] % len(self.slices))
        elif key in ENTERS:
            self.open_chosen()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = self.index_at(event.position().toPoint())
        self.choose(self._pressed if self._pressed >= 0 else self.chosen)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the mark under the pointer if it was pressed there."""
        index = self.index_at(event.position().toPoint())
        if index >= 0 and index == self._pressed:
            self.open_chosen()
        self._pressed = -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The cursor shows which marks can be opened."""
        index = self.index_at(event.position().toPoint())
        opens = index >= 0 and self.slices[index].behind is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor)

    def event(self, event: QEvent) -> bool:
        """The tooltip of a mark shows its figures."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self.index_at(event.pos())
            tip = self.slices[index].spoken if index >= 0 else ""
            QToolTip.showText(event.globalPos(), plain_tip(tip), self)
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.redraw()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.redraw()

    def _describe(self) -> None:
        chosen = self.current
        self.setAccessibleName(self._title if chosen is None else f"{self._title}: {chosen.spoken}")
