"""Buttons with pictures for goods without a barcode: one press adds one piece."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos.application.text.translator import Translator
from pos.domain.catalogue.product import Product
from pos.ui.look.icons import category_icon
from pos.ui.look.theme import Space, Theme
from pos.ui.widgets.buttons.tile_button import TileButton
from pos.ui.widgets.drawing.layouts import vbox
from pos.ui.widgets.drawing.text_label import Role, TextLabel

MOST = 6
HEIGHT = 8 + 20 + 8 + 88 + Space.L


class QuickKeys(QWidget):
    """Up to six products as tiles; `chosen` carries the product's id."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._products: Sequence[Product] = ()
        self._tiles: list[TileButton] = []
        self._heading = TextLabel(role=Role.LABEL)
        self._row = QHBoxLayout()
        self._row.setSpacing(Space.S)
        vbox(self._heading, self._row, spacing=Space.S, margins=(Space.L, Space.S, Space.L, Space.L), parent=self)
        self.setFixedHeight(HEIGHT)

    @property
    def has_any(self) -> bool:
        """Whether there are goods to show."""
        return bool(self._products)

    @property
    def tiles(self) -> Sequence[TileButton]:
        """The buttons, for the order of Tab and for tests."""
        return self._tiles

    def take(self, products: Sequence[Product], tr: Translator) -> None:
        """Show these products, by their names of now."""
        before, self._products = self._products, products[:MOST]
        if [one.id for one in before] != [one.id for one in self._products]:
            self._make_tiles()
        self.retranslate(tr)

    def _make_tiles(self) -> None:
        for tile in self._tiles:
            self._row.removeWidget(tile)
            tile.deleteLater()
        self._tiles = []
        for product in self._products:
            tile = TileButton(self._theme, "", category_icon(product.category or ""))
            tile.clicked.connect(partial(self.chosen.emit, product.id))
            self._row.addWidget(tile, 1)
            self._tiles.append(tile)

    def retranslate(self, tr: Translator) -> None:
        """Show everything in another language."""
        self._heading.setText(tr("Quick keys"))
        for tile, product in zip(self._tiles, self._products):
            tile.present(product.name_in(tr.language), category_icon(product.category or ""))
