"""The page of rates at a border with one currency: it has none, and says why."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from pos.application.text.border_words import currency_word
from pos.application.text.translator import Translator
from pos.domain.money import CURRENCIES
from pos.ui.input.actions import RATES
from pos.ui.page.screen import Screen
from pos.ui.session.session import Session
from pos.ui.widgets.cards.empty_state import EmptyState
from pos.ui.widgets.drawing.layouts import vbox


class NoRatesScreen(Screen):
    """Stands in the place of the board of rates."""

    screen_id = RATES

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.none = EmptyState(session.theme)
        vbox(self.none, margins=0, parent=self)

    def retranslate(self, tr: Translator) -> None:
        [currency] = CURRENCIES.values()
        sentence = tr(
            "This border has one currency, {currency}: no exchange rates are needed.",
            currency=currency_word(currency, tr),
        )
        self.none.present("arrow-right-left", tr("Exchange rates"), sentence)
