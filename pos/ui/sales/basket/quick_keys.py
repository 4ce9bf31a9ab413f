"""The quick keys below the basket: pages of tiles, with folders that open in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from pos.application.catalogue.quick_keys import ShownKey, ShownPage
from pos.application.text.translator import Translator
from pos.ui.look.icons import category_icon
from pos.ui.look.theme import Size, Space, Theme
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.buttons.segmented import Segment
from pos.ui.widgets.buttons.tab_strip import TabStrip
from pos.ui.widgets.buttons.tile_button import TILE_HEIGHT, TileButton
from pos.ui.widgets.drawing.layouts import Stretched, hbox, vbox
from pos.ui.widgets.drawing.tab_order import set_tab_order_at
from pos.ui.widgets.drawing.text_label import Role, TextLabel

_NARROWEST = 116
"""The least width of a tile, in pixels."""
_MOST_ROWS = 3
_LEAST_COLUMNS = 5
_LABEL = 24
"""The height of the heading, where there is one page without folders."""
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


def tile_icon(key: ShownKey) -> str:
    """What stands on a key without a picture."""
    return "folder" if key.product is None else category_icon(key.product.category or "")


class QuickKeys(QWidget):
    """The pages as tabs, and the tiles of one page or folder; `chosen` carries the product's id.

    All pages have the height of the fullest one, so that no tab moves under a finger. Where the rows do not hold all
    tiles, the last one is *More*, which shows the next ones. The arrows go from tile to tile.

    `clock` is the clock of taps: a tile that has just come to be another one is not pressed by the tap before.
    """

    chosen = Signal(int)

    def __init__(
        self,
        theme: Theme,
        picture: Callable[[int], QPixmap | None] = lambda _product: None,
        clock: Callable[[], float] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._picture, self._clock = theme, picture, clock
        self._translator = Translator.english()
        self._pages: Sequence[ShownPage] = ()
        self._page, self._folder, self._part = 0, -1, 0
        self._rows = 1
        self._tiles: list[TileButton] = []
        self._shown: list[ShownKey | None] = []
        """What each tile is; None for *More*."""
        self._heading = TextLabel(role=Role.LABEL)
        self._tabs = TabStrip(theme, "")
        self._tabs.chosen.connect(self._turn_to)
        self._back = IconButton(theme, icon="arrow-left", kind=ButtonKind.TINTED, height=Size.SMALL_BUTTON)
        self._back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._back.clicked.connect(self.leave)
        self._field = QWidget()
        head = hbox(self._back, Stretched(self._heading), Stretched(self._tabs, 3), spacing=Space.S)
        vbox(head, Stretched(self._field), spacing=Space.S, margins=(Space.L, Space.S, Space.L, Space.M), parent=self)

    @property
    def has_any(self) -> bool:
        """Whether there are goods to show."""
        return bool(self._pages)

    @property
    def tiles(self) -> Sequence[TileButton]:
        """The buttons on show, for the order of Tab and for tests."""
        return self._tiles

    @property
    def back(self) -> IconButton:
        """The button that leaves a folder."""
        return self._back

    @property
    def tabs(self) -> TabStrip:
        """The pages."""
        return self._tabs

    @property
    def page(self) -> ShownPage | None:
        """The page on show."""
        return self._pages[self._page] if self._pages else None

    def take(self, pages: Sequence[ShownPage], tr: Translator) -> None:
        """Show these pages, with their goods as they are called now; the page or folder on show stays."""
        before, self._pages = self.page, pages
        titles = [page.title for page in pages]
        if before is None or self.page is None or self._page >= len(pages) or titles[self._page] != before.title:
            self._page = titles.index(before.title) if before is not None and before.title in titles else 0
            self._folder, self._part = -1, 0
        self.retranslate(tr)

    def begin(self) -> None:
        """Another sale or another person: the first page again."""
        self._page, self._folder, self._part = 0, -1, 0
        self._present()

    def retranslate(self, tr: Translator) -> None:
        """Show everything in another language."""
        self._translator = tr
        self._tabs.setAccessibleName(tr("Quick keys"))
        self._present()

    def pictures_came(self) -> None:
        """Some pictures are loaded by now."""
        self._name_tiles()

    # ── room ─────────────────────────────────────────────────────────────────────────────────────────────────

    def rows_in(self, width: int, height: int) -> int:
        """How many rows of tiles are shown in this room: none where not even one fits."""
        needed, room = -(-self._most() // self._columns(width)), height - self.height_of(0)
        return max(0, min(needed, _MOST_ROWS, room // (TILE_HEIGHT + Space.S)))

    def show_rows(self, rows: int) -> None:
        """Take the height of so many rows."""
        if rows != self._rows or self.height() != self.height_of(rows):
            self._rows = rows
            self.setFixedHeight(self.height_of(rows))
            self._present()

    def height_of(self, rows: int) -> int:
        """The height of so many rows with what stands above them, in pixels."""
        head = Size.SMALL_BUTTON if self._has_head() else _LABEL
        return Space.S + head + Space.M + rows * (TILE_HEIGHT + Space.S)

    def _has_head(self) -> bool:
        return len(self._pages) > 1 or any(key.product is None for page in self._pages for key in page.keys)

    def _most(self) -> int:
        """The keys of the fullest page or folder."""
        return max((len(keys) for page in self._pages for keys in _rows_of_keys(page)), default=0)

    def _columns(self, width: int | None = None) -> int:
        """The tiles in a row; few keys are wider instead."""
        room = (self.width() if width is None else width) - 2 * Space.L
        return max(2, min((room + Space.S) // (_NARROWEST + Space.S), max(self._most(), _LEAST_COLUMNS)))

    # ── steps ────────────────────────────────────────────────────────────────────────────────────────────────

    def focus_first(self) -> None:
        """Give the focus to the first tile."""
        for tile in self._tiles[:1]:
            tile.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> bool:
        """Leave the folder; False where none is open."""
        if self._folder < 0:
            return False
        opened, self._folder, self._part = self._folder, -1, 0
        self._changed(opened)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows go from tile to tile: a button by itself knows the next one only."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or watched not in self._tiles:
            return False
        columns = self._columns()
        steps = {**_STEPS, Qt.Key.Key_Up: -columns, Qt.Key.Key_Down: columns}
        step = steps.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        to = self._tiles.index(watched) + step
        if 0 <= to < len(self._tiles):
            self._tiles[to].setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def showEvent(self, event: QShowEvent) -> None:
        """The tap on the row that stood here until now presses no key."""
        super().showEvent(event)
        if self._clock is not None and not event.spontaneous():
            for tile in self._tiles:
                tile.means_since = self._clock()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._present()
        self._place()

    def _turn_to(self, page: str) -> None:
        self._page, self._folder, self._part = int(page), -1, 0
        self._changed()

    def _press(self, index: int) -> None:
        key = self._shown[index]
        if key is None:
            self._part += 1
            self._changed(index)
        elif key.product is not None:
            self.chosen.emit(key.product.id)
        else:
            page = self.page
            assert page is not None, "a key stands on a page"
            self._folder, self._part = page.keys.index(key), 0
            self._changed()

    def _changed(self, focused: int = 0) -> None:
        """Other tiles are on show: one of them gets the focus if a tile had it; after a tap it stays in the field."""
        has_focus = any(part.hasFocus() for part in (*self._tiles, self._back))
        self._present()
        if has_focus:
            for tile in self._tiles[min(focused, len(self._tiles) - 1) :][:1]:
                tile.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # ── what is on show ──────────────────────────────────────────────────────────────────────────────────────

    def _keys(self) -> tuple[ShownKey, ...]:
        page = self.page
        if page is None:
            return ()
        if not 0 <= self._folder < len(page.keys) or page.keys[self._folder].product is not None:
            self._folder = -1
        return page.keys if self._folder < 0 else page.keys[self._folder].keys

    def _present(self) -> None:
        keys, room = self._keys(), max(1, self._rows) * self._columns()
        parts = 1 if len(keys) <= room else -(-len(keys) // (room - 1))
        self._part %= parts
        self._shown = list(keys)
        if parts > 1:
            self._shown = [*keys[self._part * (room - 1) :][: room - 1], None]
        self._more = f"{self._part + 1}/{parts}"
        self._make_tiles(len(self._shown))
        self._name_head()
        self._name_tiles()
        self._place()

    def _make_tiles(self, count: int) -> None:
        for tile in self._tiles[count:]:
            tile.hide()
            tile.deleteLater()
        del self._tiles[count:]
        while len(self._tiles) < count:
            tile = TileButton(self._theme, "", "")
            tile.setParent(self._field)
            tile.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # after a tap the keys stay in the field
            tile.installEventFilter(self)
            tile.clicked.connect(partial(self._press, len(self._tiles)))
            tile.show()
            self._tiles.append(tile)
        set_tab_order_at(self._field, self._tiles)

    def _name_head(self) -> None:
        tr, page = self._translator, self.page
        is_open = page is not None and self._folder >= 0
        self._back.setVisible(is_open)
        self._back.present(tr("Back"))
        has_tabs = len(self._pages) > 1 and not is_open
        self._tabs.setVisible(has_tabs)
        self._tabs.present([Segment(str(index), one.title) for index, one in enumerate(self._pages)], str(self._page))
        self._heading.setVisible(not has_tabs)
        self._heading.setText(page.keys[self._folder].title if page is not None and is_open else tr("Quick keys"))

    def _name_tiles(self) -> None:
        tr, before = self._translator, [(tile.text(), tile.ground) for tile in self._tiles]
        for tile, key in zip(self._tiles, self._shown, strict=True):
            if key is None:
                tile.present(f"{tr('More')} {self._more}", "chevron-right")
            else:
                picture = None if key.product is None else self._picture(key.product.id)
                tile.present(key.title_in(tr.language), tile_icon(key), key.colour, picture)
        if self._clock is not None:
            for tile, was in zip(self._tiles, before, strict=True):
                if was[0] and was != (tile.text(), tile.ground):
                    tile.means_since = self._clock()

    def _place(self) -> None:
        columns, room = self._columns(), self._field.width()
        width = (room + Space.S) // columns - Space.S
        for index, tile in enumerate(self._tiles):
            row, column = divmod(index, columns)
            box = QRect(column * (width + Space.S), row * (TILE_HEIGHT + Space.S), width, TILE_HEIGHT)
            tile.setGeometry(box)


def _rows_of_keys(page: ShownPage) -> Sequence[Sequence[ShownKey]]:
    return [page.keys, *(key.keys for key in page.keys)]
