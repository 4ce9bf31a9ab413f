"""Open a shift: the float in the drawer, one total per currency."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.application.figures import sign_of
from pos.application.names import CURRENCIES as CURRENCY_NAMES
from pos.application.words import Words
from pos.domain.errors import BadField
from pos.domain.money import CURRENCIES, Money
from pos.domain.shift import Shift
from pos.ui.actions import OPEN_SHIFT
from pos.ui.form_page import FormPage, FormRow
from pos.ui.key_positions import digit_of
from pos.ui.screen import Screen
from pos.ui.session import Session
from pos.ui.theme import Size
from pos.ui.typed_amount import typed_amount_text
from pos.ui.widgets.money_edit import MoneyEdit


class OpenShiftScreen(Screen):
    """Stands in the checkout's place while no shift is open; `opened` tells the Shift."""

    place = OPEN_SHIFT
    rail = "checkout"
    opened = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._busy = False
        self._why: dict[str, str] = {}
        self.amounts = {
            code: MoneyEdit(
                session.theme,
                code,
                currency,
                sign=sign_of(currency),
                digit_of=digit_of,
                display=lambda typed: typed_amount_text(typed, self.session.language),
                height=Size.BUTTON,
            )
            for code, currency in CURRENCIES.items()
        }
        self._rows = {code: FormRow(edit, beside=True) for code, edit in self.amounts.items()}
        self.form = FormPage(session.theme, "lock-open", session.actions.key_text("open_shift"))
        self.form.fill(*self._rows.values())
        self.form.button.clicked.connect(self._open)
        self.steps["open_shift"] = self.form.button.click
        for code, edit in self.amounts.items():
            edit.refused.connect(lambda why, code=code: self._say_why(code, why))
            edit.changed.connect(lambda _amount, code=code: self._say_why(code, ""))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)

    def entered(self) -> None:
        """Override Screen.entered."""
        next(iter(self.amounts.values())).setFocus()

    def retranslate(self, words: Words) -> None:
        """Override Screen.retranslate."""
        self.form.present(
            words("Open the shift"),
            words("Count what lies in the drawer before the first sale. Leave at 0 what is not there."),
            words("Open the shift"),
        )
        for code, row in self._rows.items():
            row.present(f"{code} · {words(CURRENCY_NAMES[code])}")
            row.field.update()
            self._say_why(code, self._why.get(code, ""))

    def float_(self) -> Mapping[str, Money]:
        """What was typed, per currency."""
        return {code: edit.amount() for code, edit in self.amounts.items()}

    def complaint(self, code: str) -> str:
        """What is said to be wrong with the amount in a currency."""
        return self._rows[code].complaint

    def _say_why(self, code: str, why: str) -> None:
        words = self.words
        self._why[code] = why
        text = {
            "": "",
            "letter": words("Only digits and one decimal mark can be typed here."),
            "decimals": words("This currency has no more decimals."),
            "long": words("This amount is too long."),
            "paste": words("What was copied is no amount of money."),
        }[why]
        self._rows[code].complain(text)

    def _open(self) -> None:
        person = self.session.person
        if person is None or self._busy:
            return
        self._set_busy(True)
        counted = dict(self.float_())
        self.session.run(lambda: self.session.shop.open_shift(person, counted), self._opened, self._refuse)

    def _opened(self, shift: Shift) -> None:
        self._set_busy(False)
        for edit in self.amounts.values():
            edit.clear()
        self.opened.emit(shift)

    def _refuse(self, error: Exception) -> None:
        self._set_busy(False)
        code = error.field.partition(".")[2] if isinstance(error, BadField) else ""
        if code in self._rows:
            self._rows[code].complain(self.session.wording(error))
            self._rows[code].field.setFocus()
        else:
            self.session.report(error)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.form.button.setEnabled(not busy)
