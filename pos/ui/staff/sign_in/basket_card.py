"""The basket that was left in a locked till."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.look.theme import Space, Theme
from pos.ui.widgets.buttons.clock_card import PlainIcon
from pos.ui.widgets.drawing.layouts import Stretched, hbox, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel

if TYPE_CHECKING:
    from pos.application.text.translator import Translator


class BasketCard(Surface):
    """A card that is shown only while a basket waits."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Ground.CARD, parent)
        self._title = TextLabel(role=Role.STRONG)
        self._contents = TextLabel(role=Role.SMALL)
        self._offer = TextLabel(role=Role.LABEL)
        words = vbox(self._title, self._contents, spacing=2)
        hbox(
            PlainIcon(theme, "shopping-cart", "accent", 24),
            Stretched(words),
            self._offer,
            spacing=Space.M,
            margins=(Space.M, Space.M, Space.M, Space.M),
            parent=self,
        )
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    def present(self, contents: str, tr: Translator) -> None:
        """Show the waiting basket; an empty text hides the card."""
        self._title.setText(tr("There is an open basket at this till"))
        self._contents.setText(contents)
        self._offer.setText(tr("offered after sign-in"))
        self.setAccessibleName(f"{self._title.text()} {contents}")
        self.setVisible(bool(contents))
