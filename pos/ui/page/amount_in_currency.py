"""A typed amount in any currency of the shop: the figure, and beside it the currency."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos.application.text.formatting import currency_symbol
from pos.application.text.translator import Translator
from pos.domain.money import CURRENCIES, Currency, Money
from pos.ui.look.theme import Size, Space
from pos.ui.session.session import Session
from pos.ui.session.typed_amount import typed_amount_text
from pos.ui.widgets.drawing.layouts import Stretched, hbox
from pos.ui.widgets.fields.combo_box import ComboBox
from pos.ui.widgets.fields.key_positions import digit_of
from pos.ui.widgets.fields.money_edit import MoneyEdit


class AmountInCurrency(QWidget):
    """Where another currency is chosen, the typed figure stays and is of that one. Its parts are `amount` and
    `currency`. `entered`: Enter was pressed on the amount, or a figure is typed of which `typed` says what is wrong.
    """

    entered = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._name, self._hint = "", ""
        self.amount = MoneyEdit(
            session.theme,
            "",
            session.settings.price,
            nothing="",
            digit_of=digit_of,
            display=lambda typed: typed_amount_text(typed, session.language),
            height=Size.BUTTON,
        )
        self.currency = ComboBox()
        self.currency.addItems(list(CURRENCIES))
        self.currency.setCurrentText(session.settings.price.code)
        self.amount.submitted.connect(lambda _amount: self.entered.emit())
        self.amount.refused.connect(lambda _why: self._refuse())
        self.currency.activated.connect(lambda _at: self._exchange())
        hbox(Stretched(self.amount), self.currency, spacing=Space.S, margins=0, parent=self)

    def begin(self, of: Currency, amount: Money | None = None) -> None:
        """Empty it, in a currency; an `amount` is proposed, and typed over."""
        self.amount.clear()
        self.currency.setCurrentText(of.code if amount is None else amount.currency.code)
        self._present()
        if amount is not None:
            self.amount.set_amount(amount)

    def present(self, name: str, tr: Translator, hint: str = "") -> None:
        """Word it: the `name` of the amount, and what an empty field means. What is typed stays."""
        self._name, self._hint = name, hint
        self.currency.setAccessibleName(tr("Currency"))
        self._present()

    def typed(self) -> Money | None:
        """The amount; None for an empty field. Raises BadField."""
        if self.amount.doubt is not None:
            raise self.amount.doubt
        return None if self.amount.is_empty() else self.amount.amount()

    def _refuse(self) -> None:
        if self.amount.doubt is not None:
            self.entered.emit()

    def _exchange(self) -> None:
        figure = self.amount.amount().minor if self._is_figure() else None
        self._present()
        if figure is not None:
            self.amount.set_amount(Money(figure, CURRENCIES[self.currency.currentText()]))

    def _is_figure(self) -> bool:
        return not self.amount.is_empty() and self.amount.doubt is None

    def _present(self) -> None:
        of = CURRENCIES[self.currency.currentText()]
        self.amount.present(self._name, of, symbol=currency_symbol(of), hint=self._hint)
