"""The middle column of the payment: currency, method, amount."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QStackedWidget, QWidget

from pos.application.sales.take_payment import PaymentInProgress, PaymentView
from pos.application.text.formatting import currency_name, currency_symbol, denomination_text
from pos.application.text.names import METHODS
from pos.application.text.translator import Translator
from pos.domain.money import CURRENCIES, Currency, Money
from pos.domain.outside_partners.payment_code import SCHEMES
from pos.domain.payment.tender import METHODS as TYPED_METHODS
from pos.domain.pricing.rates import RateTable
from pos.ui.input.actions import pay_action
from pos.ui.look.theme import Size, Space
from pos.ui.sales.payment.charge_words import provider_text
from pos.ui.sales.payment.tender_row import METHOD_ICONS
from pos.ui.session.session import Session
from pos.ui.session.typed_amount import typed_amount_text
from pos.ui.widgets.buttons.banknote_button import BanknoteButton
from pos.ui.widgets.buttons.key_names import key_names
from pos.ui.widgets.buttons.keypad import MARK, KeyOrder, Keypad
from pos.ui.widgets.buttons.option_button import OptionButton
from pos.ui.widgets.buttons.segmented import Segment, Segmented
from pos.ui.widgets.drawing.even_rows import even_rows
from pos.ui.widgets.drawing.layouts import Gap, Stretch, Stretched, hbox, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.fields.input_hints import OWN_PAD
from pos.ui.widgets.fields.key_positions import digit_of
from pos.ui.widgets.fields.money_edit import MoneyEdit
from pos.ui.widgets.fields.sent_keys import send_key, send_text

LONGEST_REFERENCE = 60
_ROOMY = 660
"""The height from which everything stands as on a large screen."""
_NOTES = 7
_CURRENCIES_IN_ROW = 6


class EntryColumn(Surface):
    """Chooses currency and method, takes a typed amount. Banknotes are given at once; `exact` gives the rest.

    With card or QR a reference can be typed in place of the banknotes, and *Exact* stands beside it.
    """

    currency_chosen = Signal(object)
    method_chosen = Signal(str)
    given = Signal(object)
    exact = Signal()
    confirmed = Signal()
    all_of_it = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(Ground.GROUND, parent)
        self._session = session
        self._theme = session.theme
        self._currency = session.settings.price
        keys = session.actions
        self._heading = TextLabel(role=Role.LABEL)
        self._notes_heading = TextLabel(role=Role.LABEL)
        self._reference_heading = TextLabel(role=Role.LABEL)
        self.currencies = {
            currency.code: OptionButton(self._theme, currency_name(currency), keys.key_text(pay_action(currency.place)))
            for currency in CURRENCIES.values()
        }
        self.methods = {
            method: OptionButton(self._theme, "", keys.key_text(method), icon=METHOD_ICONS[method])
            for method in TYPED_METHODS
        }
        self.amount = MoneyEdit(self._theme, "", self._currency, digit_of=digit_of, display=self._word_typed)
        self.amount.submitted.connect(self.confirmed)
        self.amount.installEventFilter(self)
        self.amount.setProperty(OWN_PAD, True)
        self.notes = [BanknoteButton(self._theme, "") for _ in range(_NOTES)]
        self.all = BanknoteButton(self._theme, "")
        self.all_by_card = BanknoteButton(self._theme, "", height=Size.SMALL_BUTTON)
        for button in (self.all, self.all_by_card):
            button.clicked.connect(self.exact)
        self._pieces: list[Money] = []
        self.reference = QLineEdit()
        self.reference.setMaxLength(LONGEST_REFERENCE)
        self._through_text = TextLabel(role=Role.LABEL, wrap=True)
        self.through = Segmented(self._theme, "")
        self.keypad = Keypad(self._theme, KeyOrder.NUMBER)
        self.keypad.pressed.connect(partial(send_text, self.amount))
        self.keypad.erased.connect(partial(send_key, self.amount, Qt.Key.Key_Backspace))
        self.keypad.cleared.connect(partial(send_key, self.amount, Qt.Key.Key_Delete))
        self.keypad.entered.connect(partial(send_key, self.amount, Qt.Key.Key_Return))
        self.due_before: Money | None = None
        """What was due when the amount was typed that stands here since before another page; None for no such one."""
        self.amount.changed.connect(lambda _amount: self.typed_at(None))
        self._is_low = False
        self._lay_out()

    @property
    def is_typed(self) -> bool:
        """Whether anything is typed and not entered."""
        return not self.amount.is_empty() or bool(self.reference.text())

    def begin(self) -> None:
        """Empty the fields and focus the amount."""
        self.forget()
        self.amount.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_on(self) -> None:
        """Focus the amount; what was typed before stands there, and the next digit begins another figure."""
        self.amount.ask_again()
        self.amount.setFocus(Qt.FocusReason.OtherFocusReason)

    def typed_at(self, payment: PaymentInProgress | None) -> None:
        """The amount that stands here was typed when this payment was on show; None: in the one that is."""
        if payment is None or self.amount.is_empty():
            self.due_before = None
        elif self.due_before is None:
            self.due_before = payment.remaining()

    def forget(self) -> None:
        """Empty the fields."""
        self.amount.clear()
        self.reference.clear()

    def present(
        self, payment: PaymentView, rates: RateTable, tr: Translator, *, locked: bool, takes: bool = True
    ) -> None:
        """Show the current choices; nothing can be pressed while `locked`, no money where none is taken."""
        self._currency = payment.currency
        for code, button in self.currencies.items():
            button.setEnabled(not locked and rates.knows(CURRENCIES[code]))
            button.setChecked(code == payment.currency.code)
        for method, button in self.methods.items():
            button.setChecked(method == payment.method)
            button.setEnabled(not locked)
        symbol = currency_symbol(payment.currency)
        self.amount.present(tr("Amount"), payment.currency, symbol=symbol, hint=tr("next amount"))
        self.amount.setEnabled(not locked)
        self.keypad.setEnabled(not locked and takes)
        self.keypad.allow(MARK, bool(payment.currency.digits))
        if self._stack.currentIndex() != (shown := 0 if payment.method == "cash" else 1):
            self._stack.setCurrentIndex(shown)
            self._put_notes()
        needed = payment.method in self._session.settings.referenced()
        self.reference.setPlaceholderText(tr("required") if needed else tr("optional"))
        self._present_notes(payment, tr, locked=locked or not takes)

    def present_providers(self, names: tuple[str, ...], tr: Translator) -> None:
        """Where providers take the money there is nothing to type: which of them are asked, and how."""
        at_device = [name for name in names if name not in SCHEMES]
        by_code = [provider_text(name, tr) for name in names if name in SCHEMES]
        self._reference_heading.setVisible(not names)
        self.reference.setVisible(not names)
        said = [tr("Scan the payment code: {providers}", providers=tr(", ").join(by_code))] if by_code else []
        if len(at_device) == 1:
            said = [provider_text(at_device[0], tr), *said]
        self._through_text.setText("\n".join(said))
        self._through_text.setVisible(bool(said))
        self.through.setVisible(len(at_device) > 1)
        self.through.setAccessibleName(tr("Through"))
        chosen = self.through.choice() if self.through.choice() in at_device else next(iter(at_device), "")
        self.through.present([Segment(name, provider_text(name, tr)) for name in at_device], chosen)

    def retranslate(self, tr: Translator) -> None:
        """Show everything in another language; the typed text stays."""
        self._heading.setText(tr("Currency"))
        self._notes_heading.setText(tr("Banknotes"))
        self._reference_heading.setText(tr("Terminal or wallet reference"))
        self.reference.setAccessibleName(tr("Terminal or wallet reference"))
        self.reference.setPlaceholderText(tr("optional"))
        self.keypad.present_words(key_names(tr))
        for method, button in self.methods.items():
            button.present(tr(METHODS[method]), self._session.actions.key_text(method))
        for exact, words in ((self.all, tr("Exact")), (self.all_by_card, tr.context("card", "Exact"))):
            exact.setText(words)
            exact.setAccessibleName(words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The plus key of the keypad pays, whatever amount is typed."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Plus
            and event.modifiers() & Qt.KeyboardModifier.KeypadModifier
        ):
            self.all_of_it.emit()
            return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a low screen the notes stand in one row, without headings: the keypad needs the room."""
        super().resizeEvent(event)
        low = event.size().height() < _ROOMY
        if low != self._is_low:
            self._is_low = low
            self._heading.setVisible(not low and len(self.currencies) > 1)
            self._notes_heading.setVisible(not low)
            self._column.setSpacing(Space.XS if low else Space.S)
            self._column.setContentsMargins(Space.L, Space.S if low else Space.M, Space.L, Space.S if low else Space.L)
            self._put_notes()

    def _put_notes(self) -> None:
        in_row = len(self.notes) + 1 if self._is_low else 4
        for index, note in enumerate((*self.notes, self.all)):
            self._notes_grid.addWidget(note, 1 + index // in_row, index % in_row)
            self._notes_grid.setColumnStretch(index, 1 if index < in_row else 0)
        if not self._is_low:
            self._stack.setFixedHeight(20 + Space.S + 2 * (Size.BUTTON + Space.S) - Space.S)
        elif self._stack.currentIndex():
            self._stack.setFixedHeight(self._reference_part.minimumSizeHint().height())
        else:
            self._stack.setFixedHeight(Size.BUTTON)

    def _present_notes(self, payment: PaymentView, tr: Translator, *, locked: bool) -> None:
        code = payment.currency.code
        values = payment.currency.notes[:_NOTES]
        self._pieces = [Money(value, payment.currency) for value in values]
        for index, button in enumerate(self.notes):
            button.setVisible(index < len(values))
            button.setEnabled(not locked)
            if index < len(values):
                figure = denomination_text(self._pieces[index], tr.language)
                button.setText(figure)
                button.setAccessibleName(f"{figure} {code}")
                button.update()
        for exact in (self.all, self.all_by_card):
            exact.setEnabled(not locked and bool(payment.remaining))

    def _word_typed(self, typed: str) -> str:
        return typed_amount_text(typed, self._session.translator.language)

    def _give(self, index: int) -> None:
        self.given.emit(self._pieces[index])

    def _lay_out(self) -> None:
        several, means = QWidget(), QWidget()  # each has a parent of its own: buttons are exclusive within one parent
        even_rows(list(self.currencies.values()), _CURRENCIES_IN_ROW, several)
        if several.isHidden():
            self._heading.hide()
        methods = QHBoxLayout(means)
        methods.setContentsMargins(0, 0, 0, 0)
        methods.setSpacing(Space.S)
        for currency in CURRENCIES.values():
            button = self.currencies[currency.code]
            button.clicked.connect(partial(self.currency_chosen.emit, currency))
        for method, button in self.methods.items():
            button.clicked.connect(partial(self.method_chosen.emit, method))
            methods.addWidget(button, 1)
        notes = QWidget()
        self._notes_grid = grid = QGridLayout(notes)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(Space.S)
        grid.addWidget(self._notes_heading, 0, 0, 1, 8)
        for index, note in enumerate(self.notes):
            note.clicked.connect(partial(self._give, index))
        self._reference_part = QWidget()
        vbox(
            self._reference_heading,
            hbox(
                Stretched(self.reference),
                Stretched(self._through_text),
                Stretched(self.through),
                self.all_by_card,
                spacing=Space.S,
            ),
            Stretch(),
            spacing=Space.XS,
            margins=0,
            parent=self._reference_part,
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(notes)
        self._stack.addWidget(self._reference_part)
        self._put_notes()
        self._column = vbox(
            self._heading,
            several,
            Gap(Space.S),
            means,
            Gap(Space.S),
            self.amount,
            Gap(Space.S),
            self._stack,
            Gap(Space.S),
            Stretched(self.keypad, 100),
            Stretch(),
            spacing=Space.S,
            margins=(Space.L, Space.M, Space.L, Space.L),
            parent=self,
        )

    @property
    def currency(self) -> Currency:
        """The currency being typed."""
        return self._currency
