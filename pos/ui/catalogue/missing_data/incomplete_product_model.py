"""The loaded rows of incomplete products."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject

from pos.application.catalogue.list_incomplete_products import ALL, IncompleteProductRow
from pos.application.text.formatting import number_text
from pos.application.text.names import ATTRIBUTES, CATEGORIES, LACKING_ON_PAPERS, name_of
from pos.application.text.translator import Translator
from pos.domain.catalogue.paper_needs import Paper
from pos.ui.look.icons import category_icon
from pos.ui.widgets.tables.list_models import TranslatedListModel

BETWEEN = " · "
"""Separator of field names, which contain commas (volume, ml)."""


@dataclass(frozen=True, slots=True)
class IncompleteProductText:
    """The text of one row; `category` and `stock` warn by their tokens."""

    icon: str
    name: str
    code: str
    category: str
    category_token: str
    missing: str
    stock: str
    stock_token: str
    spoken: str

    @classmethod
    def of(cls, incomplete: IncompleteProductRow, which: str, tr: Translator) -> IncompleteProductText:
        """Describe what a product lacks for the list `which`."""
        product, language = incomplete.product, tr.language
        name, category = product.name_in(language), product.category or ""
        kind = name_of(CATEGORIES, category, tr) if category else "—"
        words = LACKING_ON_PAPERS if which in set(Paper) else ATTRIBUTES
        missing = BETWEEN.join(name_of(words, field, tr) for field in incomplete.lacks.get(which, ()))
        stock = number_text(incomplete.on_hand, language)
        return cls(
            icon=category_icon(category),
            name=name,
            code=product.code,
            category=kind,
            category_token="text" if category else "muted",
            missing=missing,
            stock=stock,
            stock_token="text" if incomplete.on_hand > 0 else "muted",
            spoken=", ".join((name, product.code, kind, missing, tr("{n} on the floor", n=stock))),
        )


class IncompleteProductModel(TranslatedListModel[IncompleteProductRow]):
    """Rows of one list; each product appears once. `text` formats a row when it is painted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._which = ALL

    def begin(self, which: str, rows: Sequence[IncompleteProductRow]) -> None:
        """Show the first rows of the list `which`."""
        self._which = which
        self.present(rows)

    def append(self, rows: Sequence[IncompleteProductRow]) -> None:
        """Append the next page, without products that a scan has already inserted."""
        known = {row.product.id for row in self._rows}
        super().append([row for row in rows if row.product.id not in known])

    def text(self, index: int) -> IncompleteProductText:
        """The text of the row at an index."""
        return IncompleteProductText.of(self._rows[index], self._which, self._translator)

    def index_of(self, product_id: int) -> int:
        """Index of a product; -1 if it is not loaded."""
        return next((index for index, row in enumerate(self._rows) if row.product.id == product_id), -1)
