"""The list of the categories of goods."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from pos.application.text.names import CATEGORIES, name_of
from pos.application.text.translator import Translator
from pos.domain.catalogue.category import LEAVES
from pos.ui.widgets.fields.combo_box import ComboBox


class CategoryBox(ComboBox):
    """Offers every category that goods can have; none is chosen at first.

    With `none` its first entry is no category, for a form that may leave it open.
    """

    def __init__(self, *, none: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        for category in (None, *LEAVES) if none else LEAVES:
            self.addItem("", category)
        self.setCurrentIndex(0 if none else -1)

    def retranslate(self, tr: Translator) -> None:
        """Show the names in another language; the choice stays."""
        self.setPlaceholderText(tr("Choose a category"))
        for index in range(self.count()):
            category = self.itemData(index)
            self.setItemText(index, tr("— none —") if category is None else name_of(CATEGORIES, category, tr))
