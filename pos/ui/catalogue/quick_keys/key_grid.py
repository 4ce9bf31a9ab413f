"""The keys of a page as at the till; a hand drags them to another place or into a folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from pos.ui.look.theme import Space, Theme
from pos.ui.touch.finger_scroll import OWN_DRAG
from pos.ui.widgets.buttons.tile_button import TILE_HEIGHT, TileButton
from pos.ui.widgets.drawing.tab_order import set_tab_order_at

_NARROWEST = 116
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


@dataclass(frozen=True, slots=True)
class KeyFace:
    """What is seen of a key."""

    text: str
    icon: str
    colour: str
    picture: QPixmap | None
    is_folder: bool


class KeyGrid(QWidget):
    """The tiles, one of them chosen. `chosen` carries the index that was pressed, `opened` that of a folder that was
    pressed twice or by Enter.

    Dragged with the mouse or a finger, a tile shows where it would go: `moved` carries its index and the new one,
    `put` its index and that of the folder it was dropped on. `dragged_to` is a point to which the page scrolls.
    """

    chosen = Signal(int)
    opened = Signal(int)
    moved = Signal(int, int)
    put = Signal(int, int)
    dragged_to = Signal(QPoint)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._faces: Sequence[KeyFace] = ()
        self._tiles: list[TileButton] = []
        self._chosen: int | None = None
        self._pressed: QPoint | None = None
        self._dragged: int | None = None
        self._to: int | None = None
        self._onto: int | None = None
        self._mark = _Mark(theme, self)

    @property
    def tiles(self) -> Sequence[TileButton]:
        """The tiles, in order."""
        return self._tiles

    @property
    def has_focus(self) -> bool:
        """Whether one of the tiles has the focus."""
        return any(tile.hasFocus() for tile in self._tiles)

    def present(self, faces: Sequence[KeyFace], chosen: int | None) -> None:
        """Show these keys."""
        had_focus = self.has_focus
        self._faces, self._chosen = faces, chosen
        self._drop()
        for tile in self._tiles[len(faces) :]:
            tile.hide()
            tile.deleteLater()
        del self._tiles[len(faces) :]
        while len(self._tiles) < len(faces):
            tile = TileButton(self._theme, "", "")
            tile.setParent(self)
            tile.setProperty(OWN_DRAG, True)
            tile.installEventFilter(self)
            tile.clicked.connect(partial(self._press, len(self._tiles)))
            tile.show()
            self._tiles.append(tile)
        set_tab_order_at(self, self._tiles)
        for index, (tile, face) in enumerate(zip(self._tiles, faces, strict=True)):
            tile.present(face.text, face.icon, face.colour, face.picture)
            tile.choose(is_chosen=index == chosen)
        self._place()
        if had_focus:
            self.focus(chosen)

    def focus(self, index: int | None) -> None:
        """Give the focus to this tile, or to the first."""
        for tile in self._tiles[index or 0 :][:1]:
            tile.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def sizeHint(self) -> QSize:
        return QSize(4 * (_NARROWEST + Space.S), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(2 * _NARROWEST, self._height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    # ── keys ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _take_key(self, focused: int, event: QKeyEvent) -> bool:
        """The arrows choose, Enter opens a folder."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        key, columns = Qt.Key(event.key()), self._columns()
        step = {**_STEPS, Qt.Key.Key_Up: -columns, Qt.Key.Key_Down: columns}.get(key)
        if step is not None:
            if 0 <= focused + step < len(self._tiles):
                self._tiles[focused + step].setFocus(Qt.FocusReason.ShortcutFocusReason)
                self.chosen.emit(focused + step)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._faces[focused].is_folder:
            self.opened.emit(focused)
            return True
        return False

    def _press(self, index: int) -> None:
        if index == self._chosen and self._faces[index].is_folder:
            self.opened.emit(index)
        else:
            self.chosen.emit(index)

    # ── dragging ─────────────────────────────────────────────────────────────────────────────────────────────

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A pressed tile that is moved is dragged, and its release is no click. Arrows go from tile to tile."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched in self._tiles:
            return self._take_key(self._tiles.index(watched), event)
        if not isinstance(event, QMouseEvent) or not isinstance(watched, TileButton) or watched not in self._tiles:
            return False
        at = watched.mapTo(self, event.position().toPoint())
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()
        elif kind == QEvent.Type.MouseMove and self._pressed is not None:
            far = (event.position().toPoint() - self._pressed).manhattanLength()
            if self._dragged is None and far >= QApplication.startDragDistance():
                self._dragged = self._to = self._tiles.index(watched)
                watched.setDown(False)
                watched.raise_()
            if self._dragged is not None:
                self._drag(watched, at)
                return True
        elif kind == QEvent.Type.MouseButtonRelease:
            dragged, to, onto = self._dragged, self._to, self._onto
            self._pressed = None
            if dragged is not None:
                watched.setDown(False)
                self._drop()
                self._place()
                if onto is not None:
                    self.put.emit(dragged, onto)
                elif to is not None and to != dragged:
                    self.moved.emit(dragged, to)
                else:
                    self.chosen.emit(dragged)
                return True
        return False

    def _drag(self, tile: TileButton, at: QPoint) -> None:
        assert self._dragged is not None, "it is dragged"
        assert self._pressed is not None, "it was pressed"
        self._onto = self._folder_at(at)
        for index, one in enumerate(self._tiles):
            one.choose(is_chosen=index == self._onto)
        gap = self._gap_at(at)
        self._to = gap if gap <= self._dragged else gap - 1
        self._mark.setVisible(self._onto is None and self._to != self._dragged)
        before = self._box(gap)
        if gap and at.x() > before.right() + TILE_HEIGHT:  # behind the last tile of a row
            before = self._box(gap - 1).translated(before.width() + Space.S, 0)
        self._mark.setGeometry(max(0, before.x() - Space.S // 2 - 2), before.y(), 4, TILE_HEIGHT)
        tile.move(at - self._pressed)
        tile.raise_()
        self._mark.raise_()
        self.dragged_to.emit(at)

    def _folder_at(self, at: QPoint) -> int | None:
        """The folder in whose middle a product's key is held."""
        if self._dragged is None or self._faces[self._dragged].is_folder:
            return None
        for index, face in enumerate(self._faces):
            box = self._box(index)
            middle = box.adjusted(box.width() // 4, 0, -box.width() // 4, 0)
            if face.is_folder and index != self._dragged and middle.contains(at):
                return index
        return None

    def _gap_at(self, at: QPoint) -> int:
        """Before which tile it would stand; the number of tiles behind the last one."""
        columns = self._columns()
        cell = max(1, (self.width() + Space.S) // columns)
        column = min(max((at.x() + cell // 2) // cell, 0), columns)
        row = max(0, at.y() // (TILE_HEIGHT + Space.S))
        return min(row * columns + column, len(self._tiles))

    def _drop(self) -> None:
        self._dragged = self._to = self._onto = self._pressed = None
        self._mark.hide()

    # ── places ───────────────────────────────────────────────────────────────────────────────────────────────

    def _place(self) -> None:
        for index, tile in enumerate(self._tiles):
            tile.setGeometry(self._box(index))
        self.setMinimumHeight(self._height())

    def _box(self, position: int) -> QRect:
        columns = self._columns()
        width = (self.width() + Space.S) // columns - Space.S
        row, column = divmod(position, columns)
        return QRect(column * (width + Space.S), row * (TILE_HEIGHT + Space.S), width, TILE_HEIGHT)

    def _columns(self) -> int:
        return max(2, (self.width() + Space.S) // (_NARROWEST + Space.S))

    def _height(self) -> int:
        rows = -(-len(self._faces) // self._columns())
        return max(1, rows) * (TILE_HEIGHT + Space.S)


class _Mark(QWidget):
    """Where a dragged tile would go."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._theme.colour("accent"))
