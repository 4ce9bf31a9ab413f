"""Cash put into or taken out of the drawer without a sale, and the drawer opened for a reason."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSizePolicy, QWidget

from pos.application.shifts.move_cash import NO_SALE, cash_requirement
from pos.application.text.formatting import currency_symbol, money_text
from pos.application.text.translator import Translator
from pos.application.text.typography import strung
from pos.domain.errors import BadField
from pos.domain.money import CURRENCIES, Money
from pos.domain.shifts.shift import LONGEST_REASON
from pos.domain.staff.staff import Approval, Person, need_behind
from pos.ui.approval.approval_panel import ApprovalPanel, Needs
from pos.ui.approval.approval_words import figures_text
from pos.ui.input.actions import CURRENCY_KEYS
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Size, Space
from pos.ui.session.session import Session
from pos.ui.session.typed_amount import typed_amount_text
from pos.ui.shifts.report_words import needs_approval
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.buttons.option_button import OptionButton
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.even_rows import even_rows
from pos.ui.widgets.drawing.folding import Folding
from pos.ui.widgets.drawing.layouts import Gap, Stretch, Stretched, vbox
from pos.ui.widgets.drawing.see_through import Packed
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Complaint, Role, TextLabel, Words
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.fields.key_positions import ENTERS, digit_of
from pos.ui.widgets.fields.money_edit import MoneyEdit
from pos.ui.widgets.fields.scrolled_fields import ScrolledFields

_KINDS = ("in", "drop", "out", NO_SALE)
_ICONS = {"in": "circle-plus", "drop": "archive", "out": "circle-minus", NO_SALE: "inbox"}
_SECONDS = 8
_CURRENCIES_IN_ROW = 5


class DrawerPanel(Surface):
    """Asks for kind, amount and reason, and records it. `done` carries the NoticeMaker of what was done, `left` means
    cancelled.

    Digits go to the amount from any focus but the reason, Alt+1 … 9 choose the currency, the key that opened the panel
    chooses the next kind. A step beyond the role's permissions is approved in the panel itself, and only then done.
    """

    done = Signal(object)
    left = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(Ground.PANEL, parent)
        self._session = session
        self._busy = False
        theme = session.theme
        self._title = TextLabel(role=Role.TITLE, wrap=True)
        self._hint = TextLabel(role=Role.LABEL, wrap=True)
        self.kinds = {kind: OptionButton(theme, "", icon=_ICONS[kind]) for kind in _KINDS}
        self.currencies = {one.code: OptionButton(theme, one.code) for one in CURRENCIES.values()}
        self._money, self._choices = QWidget(), QWidget()
        self.amount = MoneyEdit(
            theme,
            "",
            next(iter(CURRENCIES.values())),
            digit_of=digit_of,
            display=lambda typed: typed_amount_text(typed, session.language),
            height=Size.BUTTON,
        )
        self.reason = QLineEdit()
        self.reason.setMaxLength(LONGEST_REASON)
        self._labels = [TextLabel(role=Role.LABEL) for _ in range(2)]
        self._wrong = Complaint(Role.SMALL_STRONG)
        self.approval = ApprovalPanel(session, narrow=True)
        self.button = IconButton(theme, icon="check", key="Enter", kind=ButtonKind.TINTED)
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._leave = IconButton(theme, key="Esc")
        self._buttons = Folding(self._leave, Stretched(self.button), room=0, spacing=Space.S)
        self._connect()
        self._lay_out()
        self.kinds["in"].setChecked(True)
        next(iter(self.currencies.values())).setChecked(True)
        self.retranslate(session.translator)

    @property
    def kind(self) -> str:
        """The kind: in, drop, out or no_sale."""
        return next(kind for kind, button in self.kinds.items() if button.isChecked())

    @property
    def sentence(self) -> str:
        """The error; empty if there is none."""
        return self._wrong.text()

    @property
    def is_begun(self) -> bool:
        """Whether an amount or a reason is typed that was not recorded yet."""
        return not self.amount.is_empty() or bool(self.reason.text().strip())

    def ask_to_finish(self) -> None:
        """Put the cursor back into the fields."""
        self.begin()

    def open(self, *, again: bool = False) -> None:
        """Begin; with `again`, and the panel open, choose the next kind instead."""
        self.approval.close_down()
        if again:
            self.kinds[_KINDS[(_KINDS.index(self.kind) + 1) % len(_KINDS)]].setChecked(True)
        else:
            self._empty()
            self.kinds["in"].setChecked(True)
            self.currencies[self._session.settings.price.code].setChecked(True)
        self.begin()

    def begin(self) -> None:
        """Set the first focus."""
        field = self.reason if self.kind == NO_SALE else self.amount
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def back(self) -> bool:
        """Close the part opened last; False if there is none."""
        if self.approval.close_down():
            self.begin()
            return True
        return False

    def forget(self) -> None:
        """Drop what was typed."""
        self.leave(stays=False)

    def leave(self, *, stays: bool) -> None:
        """Another page is shown: a half-typed PIN goes, and unless `stays` what is typed, too."""
        self.approval.close_down()
        if not stays:
            self._empty()

    def retranslate(self, tr: Translator) -> None:
        """Show everything in another language; the typed text stays."""
        self._title.setText(tr("Cash in the drawer"))
        self._hint.setText(tr("Without a sale. Person, amount and reason are recorded in the journal."))
        names = {
            "in": tr("Pay in"),
            "drop": tr("To the safe"),
            "out": tr("Pay out"),
            NO_SALE: tr("Open drawer"),
        }
        for kind, button in self.kinds.items():
            button.present(names[kind])
        self._labels[0].setText(tr("Amount"))
        self._labels[1].setText(tr("Reason"))
        for index, (code, option) in enumerate(self.currencies.items()):
            option.present(code, f"Alt+{index + 1}" if index < CURRENCY_KEYS else "")
        self._money.setAccessibleName(tr("Currency"))
        self.reason.setAccessibleName(tr("Reason"))
        self.amount.setAccessibleName(tr("Amount"))
        self.amount.update()
        self.approval.retranslate(tr)
        self._leave.present(tr("Cancel"))
        self._word_button()
        self._wrong.reword()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter moves on or does it, Esc leaves, digits go to the amount."""
        key, currencies = event.key(), list(self.currencies.values())
        is_alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if is_alt and 0 <= key - Qt.Key.Key_1 < min(len(currencies), CURRENCY_KEYS):
            currencies[key - Qt.Key.Key_1].setChecked(True)
        elif key in ENTERS:
            self._enter()
        elif key == Qt.Key.Key_Escape:
            self._give_up()
        elif (digit := digit_of(event)) is not None and self.kind != NO_SALE and not self.approval.isVisible():
            self.amount.setFocus(Qt.FocusReason.OtherFocusReason)
            self.amount.push(digit)
        else:
            super().keyPressEvent(event)

    # ── steps ────────────────────────────────────────────────────────────────────────────────────────────────

    def _enter(self) -> None:
        if self._is_in_doubt():
            return
        if self.kind != NO_SALE and not self.amount.amount():
            self.amount.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.reason.hasFocus() and not self.reason.text().strip():
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._do()

    def _is_in_doubt(self) -> bool:
        """Whether the typed amount could be read in two ways (1,000); then a notice says so and nothing is recorded."""
        doubt = self.amount.doubt if self.kind != NO_SALE else None
        if doubt is not None:
            self._session.sounds.play(Sound.UNREAD)
            self._complain(lambda: self._session.wording(doubt), self.amount)
        return doubt is not None

    def _unread(self) -> None:
        if not self._is_in_doubt():
            self._session.sounds.play(Sound.UNREAD)

    def _do(self, approval: Approval | None = None) -> None:
        person = self._session.person
        if person is None or self._busy:
            return
        kind, amount, reason = self.kind, self._figure, self.reason.text()
        if kind != NO_SALE and not amount:
            self._complain(lambda: self._session.translator("Enter an amount first."), self.amount)
            return
        if not reason.strip():
            self._complain(lambda: self._session.translator("Enter a short reason."), self.reason)
            return
        self._set_busy(True)
        self._wrong.say(None)
        sent = self._content
        self._session.run(
            lambda: self._ask_shop(person, kind, amount, reason, approval),
            lambda _done: self._done(kind, amount, sent),
            self._refused,
        )

    def _ask_shop(self, person: Person, kind: str, amount: Money, reason: str, approval: Approval | None) -> None:
        shop = self._session.shop
        if kind == NO_SALE:
            shop.open_drawer(person, reason, approval=approval)
        else:
            shop.move_cash(person, kind, amount, reason, approval=approval)

    def _needs(self) -> Needs | None:
        """The approval requested: for this amount of this kind, and no other."""
        kind, amount = self.kind, self._figure
        return None if kind == NO_SALE else lambda: {cash_requirement(kind, amount)}

    @property
    def _figure(self) -> Money:
        """The amount to record: of an opening without cash none, whatever is typed in the hidden field."""
        return Money.zero(self.amount.currency) if self.kind == NO_SALE else self.amount.amount()

    @property
    def _content(self) -> tuple[object, ...]:
        is_doubtful = self.amount.doubt is not None  # then there is no amount to compare
        figure = None if is_doubtful else self.amount.amount()
        return self.kind, self.amount.is_empty(), figure, self.reason.text()

    def _done(self, kind: str, amount: Money, sent: tuple[object, ...]) -> None:
        self._set_busy(False)
        if self._content == sent:  # else something else is typed by now: it is not recorded yet, and stays
            self._empty()

        def make_notice(tr: Translator) -> Notice:
            figure = money_text(amount, tr.language, cash=True)
            text = {
                "in": tr("{amount} paid in.", amount=figure),
                "drop": tr("{amount} moved to the safe.", amount=figure),
                "out": tr("{amount} paid out.", amount=figure),
                NO_SALE: tr("The drawer is open."),
            }[kind]
            return Notice(Tone.WITHIN, text, _ICONS[kind], seconds=_SECONDS)

        self._session.sounds.play(Sound.ACCEPT)
        self._session.devices.open_drawer()
        self.done.emit(make_notice)

    def _refused(self, error: Exception) -> None:
        self._set_busy(False)
        self._session.sounds.play(Sound.REFUSE)
        need = need_behind(error)
        is_asked = self.isVisible() and self._session.is_awaited
        if need is not None and self._session.shift is not None and self.approval.isHidden() and is_asked:
            self.approval.open(need.permission, self._session.shift.key, needs_approval, self._needs(), figures_text)
            return
        self._session.report_if_hidden(self, error)
        fields: dict[str, QWidget] = {"amount": self.amount, "reason": self.reason}
        field = fields.get(error.field) if isinstance(error, BadField) else None
        self._complain(lambda: self._session.wording(error), field)

    def _give_up(self) -> None:
        if not self.back():
            self.left.emit()

    # ── display ──────────────────────────────────────────────────────────────────────────────────────────────

    def _empty(self) -> None:
        self.amount.clear()
        self.reason.clear()
        self._wrong.say(None)

    def _complain(self, words: Words, field: QWidget | None = None) -> None:
        self._wrong.say(words)
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.button.setEnabled(not busy)

    def _present_currency(self, code: str) -> None:
        currency = next(one for one in CURRENCIES.values() if one.code == code)
        tr = self._session.translator
        meant = self.amount.amount() if self.amount.doubt is None and not self.amount.is_empty() else None
        self.amount.present(strung(tr, (tr("Amount"), code)), currency, symbol=currency_symbol(currency))
        if (
            meant is not None and meant.currency != currency
        ):  # the same figure, in the currency that was chosen after it
            self.amount.set_amount(Money.rounded(meant.units, currency))

    def _look(self) -> None:
        """Only an opening without cash needs no amount; during an approval nothing else can be pressed."""
        with_amount, asking = self.kind != NO_SALE, not self.approval.isHidden()
        self._labels[0].setVisible(with_amount)
        self.amount.setVisible(with_amount)
        self._money.setVisible(with_amount and not asking and len(self.currencies) > 1)
        self._hint.setVisible(not asking)
        self._buttons.setVisible(not asking)
        for part in (self._choices, self.amount, self.reason):
            part.setEnabled(not asking)
        for button in self.kinds.values():
            button.setVisible(button.isChecked() or not asking)
        self._word_button()
        self._wrong.say(None)

    def _word_button(self) -> None:
        tr = self._session.translator
        self.button.present(tr("Open now") if self.kind == NO_SALE else tr("Record"))
        self._buttons.keep(self.button.sizeHint().width())

    def _connect(self) -> None:
        for button in self.kinds.values():
            button.toggled.connect(lambda on: self._look() if on else None)
        for code, option in self.currencies.items():
            option.toggled.connect(lambda on, code=code: self._present_currency(code) if on else None)
        for choice in (*self.kinds.values(), *self.currencies.values()):
            choice.clicked.connect(lambda _on: self.begin())
        self.amount.submitted.connect(lambda _amount: self._enter())
        self.amount.refused.connect(lambda _why: self._unread())
        self.amount.changed.connect(lambda _amount: self._wrong.say(None))
        self.button.clicked.connect(self._enter)
        self._leave.clicked.connect(self._give_up)
        self.approval.approved.connect(self._do)
        self.approval.left.connect(self.back)
        self.approval.asking.connect(lambda _asking: self._look())

    def _lay_out(self) -> None:
        grid = QGridLayout(self._choices)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(Space.S)
        for index, button in enumerate(self.kinds.values()):
            grid.addWidget(button, index // 2, index % 2)
        even_rows(list(self.currencies.values()), _CURRENCIES_IN_ROW, self._money, Space.XS)
        column = vbox(
            self._title,
            self._hint,
            Gap(Space.S),
            self._choices,
            Gap(Space.S),
            self._labels[0],
            self._money,
            self.amount,
            Gap(Space.S),
            self._labels[1],
            self.reason,
            self._wrong,
            Gap(Space.S),
            self._buttons,
            Gap(Space.S),
            self.approval,
            Stretch(),
            spacing=Space.XS,
            margins=(Space.L, Space.M, Space.L, Space.M),
        )
        vbox(ScrolledFields(Packed(column), edge=Space.L), margins=0, parent=self)
