"""Icons: Lucide's line drawings, tinted with the colours of the theme, and the icon of each category of goods."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from pos.domain.errors import InfrastructureError

_DRAWN_STROKE = 'stroke-width="2"'
_OUR_STROKE = 'stroke-width="1.75"'
_RATIOS = (1.0, 1.25, 1.5, 2.0)

_CATEGORY_ICONS = {
    "tobacco": "cigarette",
    "tobacco.heated": "flame",
    "tobacco.loose": "leaf",
    "vape": "cloud",
    "vape.device": "wind",
    "alcohol": "wine",
    "alcohol.wine": "grape",
    "alcohol.beer": "beer",
    "alcohol.liqueur": "martini",
    "drink": "cup-soda",
    "food": "utensils",
    "food.sweets": "candy",
    "food.honey": "droplets",
    "food.dairy": "milk",
    "food.meat": "beef",
    "food.egg": "egg",
    "food.fresh": "apple",
    "cosmetics": "sparkles",
    "cosmetics.premium": "flower-2",
    "perfume": "spray-can",
    "clothing": "shirt",
    "footwear": "footprints",
    "fur": "paw-print",
    "hide": "scroll",
    "bag": "handbag",
    "textile": "bed-double",
    "jewellery": "gem",
    "watch": "watch",
    "electronics": "headphones",
    "electronics.phone": "smartphone",
    "electronics.tablet": "tablet",
    "electronics.laptop": "laptop",
    "appliance": "microwave",
    "kitchenware": "cooking-pot",
    "furniture": "sofa",
    "toy": "blocks",
    "book": "book",
    "medicine": "pill",
    "sport": "dumbbell",
    "seed": "sprout",
    "souvenir": "gift",
}


def category_icon(category: str) -> str:
    """The name of the icon for goods of `category`: its own, its branch's, or the parcel of "other"."""
    while category:
        if category in _CATEGORY_ICONS:
            return _CATEGORY_ICONS[category]
        category = category.rpartition(".")[0]
    return "package"


class Icons:
    """Draws the icons of one folder in the colours that `colour_of` returns for token names.

    Drawings are cached by name, colour, size and pixel ratio, so a repaint costs one blit, and a change of theme needs
    no clearing. A name without a file is a broken installation: InfrastructureError.
    """

    def __init__(self, folder: Path, colour_of: Callable[[str], QColor]) -> None:
        self._folder = folder
        self._colour_of = colour_of
        self._sources: dict[str, str] = {}
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}

    def svg(self, name: str, token: str) -> str:
        """The drawing `name` as SVG text in the colour of `token`."""
        if name not in self._sources:
            path = self._folder / f"{name}.svg"
            try:
                self._sources[name] = path.read_text(encoding="utf-8").replace(_DRAWN_STROKE, _OUR_STROKE)
            except OSError as error:
                raise InfrastructureError("resource_missing", str(path), str(error)) from error
        return self._sources[name].replace("currentColor", self._colour_of(token).name())

    def pixmap(self, name: str, token: str, size: int = 20, ratio: float = 1.0) -> QPixmap:
        """The icon, `size` logical pixels square, drawn sharp for a screen of `ratio` device pixels each."""
        key = (name, self._colour_of(token).name(), size, ratio)
        if key not in self._pixmaps:
            side = round(size * ratio)
            pixmap = QPixmap(QSize(side, side))
            pixmap.fill(Qt.GlobalColor.transparent)
            renderer = QSvgRenderer(QByteArray(self.svg(name, token).encode()))
            painter = QPainter(pixmap)
            renderer.render(painter, QRectF(0, 0, side, side))
            painter.end()
            pixmap.setDevicePixelRatio(ratio)
            self._pixmaps[key] = pixmap
        return self._pixmaps[key]

    def icon(self, name: str, token: str = "muted", size: int = 20, on: str = "") -> QIcon:
        """A QIcon for Qt's own buttons, menus and actions; `on` is the token while checked.

        It has the current colours: request it again after a change of theme.
        """
        icon = QIcon()
        for ratio in _RATIOS:
            icon.addPixmap(self.pixmap(name, token, size, ratio))
            icon.addPixmap(self.pixmap(name, "line_strong", size, ratio), QIcon.Mode.Disabled)
            if on:
                icon.addPixmap(self.pixmap(name, on, size, ratio), QIcon.Mode.Normal, QIcon.State.On)
        return icon

    def paint(self, painter: QPainter, name: str, token: str, x: int, y: int, size: int) -> None:
        """Draw the icon with its top left corner at `x`, `y`, always in the current colours."""
        to_device = painter.deviceTransform()
        corner = to_device.map(QPointF(x, y))
        whole = QPointF(round(corner.x()), round(corner.y()))  # between device pixels it would blur
        pixmap = self.pixmap(name, token, size, painter.device().devicePixelRatio())
        painter.drawPixmap(to_device.inverted()[0].map(whole), pixmap)
