"""One large figure of the day: its name above, its change within a week and a remark beneath."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pos.ui.look.theme import Space, Theme, Type
from pos.ui.widgets.cards.amount_label import AmountLabel
from pos.ui.widgets.drawing.drawing import LEFT, draw_text, text_width
from pos.ui.widgets.drawing.layouts import vbox
from pos.ui.widgets.drawing.plain_tip import plain_tip
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel

_FOOT, _ICON, _SMALLEST = 20, 14, 10


@dataclass(frozen=True, slots=True)
class TileText:
    """Text of a tile; `change` since a week ago with its arrow (`icon`) and colour (`token`), `spoken` the accessible
    text.
    """

    name: str
    figure: str
    remark: str
    spoken: str
    change: str = ""
    icon: str = ""
    token: str = "muted"


class Tile(Surface):
    """Shows a name, a figure, its change and a remark."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Ground.CARD, parent)
        self._name = TextLabel(role=Role.LABEL, wrap=True)
        self.figure = AmountLabel(theme, Type.SECTION, align=LEFT)
        self._foot = _Foot(theme)
        vbox(
            self._name,
            self.figure,
            self._foot,
            spacing=Space.XS,
            margins=(Space.M, Space.S, Space.S, Space.S),
            parent=self,
        )

    def present(self, tile: TileText) -> None:
        """Show another figure."""
        self._name.setText(tile.name)
        self.figure.present(tile.figure)
        self._foot.present(tile)
        self.setAccessibleName(tile.spoken)


class _Foot(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._text = TileText("", "", "", "")
        self.setFixedHeight(_FOOT)

    def present(self, tile: TileText) -> None:
        self._text = tile
        self.setToolTip(plain_tip(tile.spoken))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, tile, x = QPainter(self), self._text, 0
        if tile.icon:
            self._theme.icons.paint(painter, tile.icon, tile.token, 0, (_FOOT - _ICON) // 2, _ICON)
            x = _ICON + Space.XS
        colour, bold = self._theme.colour, self._theme.font(Type.LABEL, bold=True)
        if tile.change:
            room = QRect(x, 0, self.width() - x, _FOOT)
            x += draw_text(painter, room, tile.change, bold, colour(tile.token)) + Space.S
        room = QRect(x, 0, self.width() - x, _FOOT)
        draw_text(painter, room, tile.remark, self._fitting(tile.remark, room.width()), colour("muted"))

    def _fitting(self, text: str, width: int) -> QFont:
        """The font of a label, reduced in size so that a figure is not cut."""
        sizes = range(Type.LABEL, _SMALLEST, -1)
        fonts = (self._theme.font(size) for size in sizes)
        return next((font for font in fonts if text_width(font, text) <= width), self._theme.font(_SMALLEST))
