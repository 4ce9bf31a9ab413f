"""The form of a promotion, new or not begun: its name, discount, products, first and last day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from PySide6.QtCore import QDate, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from pos.application.pricing.promotions import PromotionDraft, Reach
from pos.application.text.formatting import (
    amount_text,
    currency_symbol,
    number_text,
    read_amount,
    read_count,
    read_number,
)
from pos.application.text.names import CATEGORIES, name_of
from pos.application.text.translator import Translator
from pos.domain.catalogue.category import is_leaf
from pos.domain.errors import BadField, RuleBroken
from pos.domain.money import Money
from pos.domain.pricing.promotion import LONGEST_NAME, MOST_TAKEN, Promotion
from pos.ui.look.theme import Size, Space
from pos.ui.page.form_page import FormRow
from pos.ui.pricing.promotions.promotion_words import days_of, reach_lines
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.buttons.segmented import Segment, Segmented
from pos.ui.widgets.cards.verdict_card import VerdictCard, VerdictView
from pos.ui.widgets.drawing.layouts import Aligned, Stretched, hbox, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.fields.combo_box import ComboBox
from pos.ui.widgets.fields.day_box import DateBox
from pos.ui.widgets.fields.input_hints import DIGITS, NUMBERS
from pos.ui.widgets.fields.key_positions import ENTERS
from pos.ui.widgets.fields.scrolled_fields import ScrolledFields
from pos.ui.widgets.fields.sent_fields import content_of
from pos.ui.widgets.fields.spin_box import SpinBox

_PERCENT, _AMOUNT, _BUNDLE = "percent", "amount", "bundle"
_WEEK = timedelta(days=7)
_RIM = 1
"""The border of the card, in pixels."""
_COMMAND = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class PromotionForm(Surface):
    """`requested` carries a PromotionDraft, `wrong` a BadField of a typed value. Enter moves to the next field.

    `ask` previews the effect until the draft changes; `changed` reports that.
    """

    requested = Signal(object)
    changed = Signal()
    wrong = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(Ground.CARD)
        self._session = session
        theme, tr = session.theme, session.translator
        self._title = TextLabel(role=Role.TITLE)
        self._kind = _PERCENT
        self.name = FormRow(QLineEdit())
        self.kinds = Segmented(theme, tr("Type"))
        self.value = FormRow(QLineEdit())
        self.value.field.setInputMethodHints(NUMBERS)
        self.take = FormRow(SpinBox("", 2, MOST_TAKEN, 3))
        self.pay = FormRow(SpinBox("", 1, MOST_TAKEN - 1, 2))
        self.category = FormRow(ComboBox())
        self.code = FormRow(QLineEdit())
        self.code.field.setInputMethodHints(DIGITS)
        self.since = FormRow(DateBox("", QDate.currentDate()))
        self.until = FormRow(DateBox("", QDate.currentDate()))
        self.endless = QCheckBox()
        self.question = VerdictCard(theme)
        self.question.hide()
        self._reach: Reach | None = None
        self.changing: Promotion | None = None
        """The promotion that is changed; None for a new one."""
        self._loaded: tuple[str, ...] = ()
        """The content of the form as a promotion was loaded; empty for a new one."""
        self._usual: tuple[tuple[FormRow, date], ...] = ()
        """First and last day as they were proposed."""
        self.button = IconButton(
            theme,
            icon="check",
            key=session.actions.key_text("add_promotion"),
            kind=ButtonKind.PRIMARY,
            height=Size.PRIMARY,
        )
        self._name_field, self._value_field, self._code_field = (
            _line_edit(row, length) for row, length in ((self.name, LONGEST_NAME), (self.value, 12), (self.code, 48))
        )
        self.kinds.chosen.connect(self._choose)
        self.endless.toggled.connect(lambda on: self.until.field.setEnabled(not on))
        self.button.clicked.connect(self.submit)
        self._hear_changes()
        self._lay_out()
        self.empty()

    # ── user actions ─────────────────────────────────────────────────────────────────────────────────────────

    def begin(self) -> None:
        """Focus the first field."""
        self._name_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._name_field.selectAll()

    def take_code(self, code: str) -> None:
        """Restrict the promotion to a scanned product."""
        self._code_field.setText(code)

    @property
    def content(self) -> tuple[str, ...]:
        """What is typed and chosen now."""
        return (self._kind, *content_of((*(row.field for row in self._rows()), self.endless)))

    @property
    def is_begun(self) -> bool:
        """Whether anything is typed of a promotion that is not started yet, or changed in the one that was loaded."""
        fields = self._name_field, self._value_field, self._code_field
        return self.content != self._loaded and any(field.text().strip() for field in fields)

    @property
    def is_loaded(self) -> bool:
        """Whether a promotion was loaded, to be changed or as a copy."""
        return bool(self._loaded)

    def empty(self) -> None:
        """Reset the form: a new one, from today, for a week."""
        self.changing, self._loaded = None, ()
        for field in (self._name_field, self._value_field, self._code_field):
            field.clear()
        self._put_days((self.since, self.until))
        self.endless.setChecked(False)
        self.clear_errors()
        self.retranslate(self._session.translator)

    def load(self, promotion: Promotion, *, changing: bool) -> None:
        """Show a promotion to change it, or a copy that begins today and lasts as long."""
        self.empty()
        language, zone = self._session.translator.language, self._session.settings.zone
        self._name_field.setText(promotion.name)
        self._kind = promotion.kind
        if promotion.percent is not None:
            self._value_field.setText(number_text(promotion.percent, language, 2, trimmed=True))
        elif promotion.amount is not None:
            self._value_field.setText(amount_text(promotion.amount, language))
        else:
            for row, pieces in ((self.take, promotion.take), (self.pay, promotion.pay)):
                assert isinstance(row.field, SpinBox)
                assert pieces is not None
                row.field.setValue(pieces)
        self._code_field.setText(promotion.code or "")
        combo = self.category.field
        assert isinstance(combo, QComboBox)
        combo.setCurrentIndex(max(0, combo.findData(promotion.scope if promotion.code is None else "*")))
        first, last = days_of(promotion, zone)
        if not changing:
            first, last = self._session.today, self._session.today + ((last or first) - first)
        self.endless.setChecked(promotion.until is None)
        self._usual = ()
        for row, day in ((self.since, first), (self.until, last or first + _WEEK)):
            assert isinstance(row.field, DateBox)
            row.field.setDate(QDate(day.year, day.month, day.day))
        self.changing = promotion if changing else None
        self._loaded = self.content
        self.retranslate(self._session.translator)
        self.begin()

    def follow_day(self) -> None:
        """A first and a last day that no one has chosen are those of today."""
        self._put_days(row for row, day in self._usual if _day_of(row) == day)

    def _put_days(self, rows: Iterable[FormRow]) -> None:
        rows, today = list(rows), self._session.today
        self._usual = ((self.since, today), (self.until, today + _WEEK))
        for row, day in self._usual:
            if row in rows and isinstance(row.field, DateBox):
                row.field.setDate(QDate(day.year, day.month, day.day))

    def ask(self, reach: Reach) -> None:
        """Show the effect of the promotion."""
        self._reach = reach
        self._present_question(self._session.translator)

    def ask_no_more(self) -> None:
        """Remove the question."""
        self._reach = None
        self.question.hide()

    def _present_question(self, tr: Translator) -> None:
        reach = self._reach
        if reach is None:
            return
        key = self._session.actions.key_text("add_promotion")
        if self.changing is None:
            title, hint = tr("Start this promotion?"), tr("{key}: start. Esc: cancel.", key=key)
        else:
            title, hint = tr("Change this promotion?"), tr("{key}: save. Esc: cancel.", key=key)
        view = VerdictView(Tone.NEARLY, title, "circle-question-mark", (*reach_lines(reach, tr), hint))
        self.question.present(view)
        self.question.show()
        self._hold_question()

    def _hold_question(self) -> None:
        """All its words are seen: where there is little room, it is the fields above that are scrolled."""
        inside = self.width() - 2 * (_RIM + Space.M)
        self.question.setMinimumHeight(max(0, self.question.heightForWidth(inside)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.question.isHidden():
            self._hold_question()

    def _hear_changes(self) -> None:
        for row in self._rows():
            field = row.field
            if isinstance(field, QLineEdit):
                field.textChanged.connect(self.changed)
            elif isinstance(field, QComboBox):
                field.currentIndexChanged.connect(self.changed)
            elif isinstance(field, SpinBox):
                field.changed.connect(self.changed)
            elif isinstance(field, DateBox):
                field.dateChanged.connect(self.changed)
        self.endless.toggled.connect(self.changed)
        self.kinds.chosen.connect(self.changed)

    def submit(self) -> None:
        """Emit the draft, or the error in it."""
        self.clear_errors()
        try:
            draft = self._read()
        except BadField as error:
            self.wrong.emit(error)
            return
        self.requested.emit(draft)

    def complain(self, error: RuleBroken) -> None:
        """Show an error beneath its field, with the form's name of the field, and focus it."""
        field = str(error.facts().get("field", ""))
        rows = {
            "name": self.name, "percent": self.value, "amount": self.value, "take": self.take, "pay": self.pay,
            "category": self.category, "code": self.code, "to": self.until, "from": self.since,
        }  # fmt: skip
        row = rows.get(field, self.name)
        if field == "to" and isinstance(error, BadField) and error.what != "not_a_date":
            # recorded is the midnight after the day that was chosen
            error = replace(error, value=_day_of(self.until).isoformat())

        def named() -> RuleBroken:
            return replace(error, field=row.label.text()) if isinstance(error, BadField) else error

        row.complain(lambda: self._session.wording(named()))
        self._session.report_if_hidden(self, named())
        row.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read(self) -> PromotionDraft:
        name = self._name_field.text().strip()
        if not name:
            raise BadField("name", "missing")
        language = self._session.translator.language
        percent: Decimal | None = None
        amount: Money | None = None
        take = pay = None
        if self._kind == _PERCENT:
            text = self._value_field.text().strip().rstrip("%").strip()
            percent = read_number(text, language, digits=2, field="percent")
        elif self._kind == _AMOUNT:
            currency = self._session.settings.price
            amount = read_amount(self._value_field.text(), currency, language, field="amount")
        else:
            take, pay = (_count_of(row, name, language) for row, name in ((self.take, "take"), (self.pay, "pay")))
        for row, where in ((self.since, "from"), (self.until, "to")):
            if isinstance(row.field, DateBox) and row.field.isEnabled():
                row.field.settle(where)
        code = self._code_field.text().strip()
        combo = self.category.field
        scope = combo.currentData() if isinstance(combo, QComboBox) else None
        return PromotionDraft(
            name, percent, amount, take, pay, None if code else scope, code or None, self._since(), self._until()
        )

    def _since(self) -> datetime | None:
        """The beginning of the first day; None (now) for today. An unchanged day keeps its instant."""
        day = _day_of(self.since)
        if self.changing is not None and day == days_of(self.changing, self._session.settings.zone)[0]:
            return self.changing.since
        return None if day == self._session.today else self._start_of(day)

    def _until(self) -> datetime | None:
        """The end of the last day; None for a promotion without an end."""
        if self.endless.isChecked():
            return None
        day = _day_of(self.until)
        if self.changing is not None and day == days_of(self.changing, self._session.settings.zone)[1]:
            return self.changing.until
        return self._start_of(day + timedelta(days=1))

    def _start_of(self, day: date) -> datetime:
        return datetime.combine(day, time(0), self._session.settings.zone)

    def _choose(self, kind: str) -> None:
        self._kind = kind
        self._value_field.clear()
        self.clear_errors()
        self.retranslate(self._session.translator)

    def clear_errors(self) -> None:
        """Clear all errors."""
        for row in self._rows():
            row.excuse()

    def _rows(self) -> tuple[FormRow, ...]:
        return self.name, self.value, self.take, self.pay, self.category, self.code, self.since, self.until

    # ── texts and layout ─────────────────────────────────────────────────────────────────────────────────────

    def retranslate(self, tr: Translator) -> None:
        """Show all texts in another language; typed values and choices stay."""
        symbol = currency_symbol(self._session.settings.price)
        self._title.setText(tr("New promotion") if self.changing is None else tr("Change promotion"))
        self.name.present(tr("Name on the receipt"))
        self.kinds.setAccessibleName(tr("Type"))
        choices = (_PERCENT, "%"), (_AMOUNT, symbol), (_BUNDLE, "3 : 2")
        self.kinds.present([Segment(key, text) for key, text in choices], self._kind)
        self.value.present(
            tr("Percent off") if self._kind == _PERCENT else tr("Amount off per piece, {sign}", sign=symbol)
        )
        self.take.present(tr("Pieces taken"))
        self.pay.present(tr("Pieces paid"))
        self.value.setVisible(self._kind != _BUNDLE)
        self.take.setVisible(self._kind == _BUNDLE)
        self.pay.setVisible(self._kind == _BUNDLE)
        self.category.present(tr("Category"))
        self.code.present(tr("Or the code of one product"))
        self.since.present(tr("First day"))
        self.until.present(tr.context("promotion", "Last day"))
        for row in (self.since, self.until):
            assert isinstance(row.field, DateBox)
            row.field.present(row.label.text(), tr.language)
        self.endless.setText(tr("No end date"))
        self.button.present(tr("Start promotion") if self.changing is None else tr("Save changes"))
        self._fill_categories(tr)
        self._present_question(tr)

    def _fill_categories(self, tr: Translator) -> None:
        combo = self.category.field
        if not isinstance(combo, QComboBox):
            return
        chosen = combo.currentData() or "*"
        combo.blockSignals(True)  # the texts change, the choice stays
        combo.clear()
        for scope in ("*", *(one for one in CATEGORIES if one != "*")):
            inside = is_leaf(scope) and "." in scope
            combo.addItem(("    " if inside else "") + name_of(CATEGORIES, scope, tr), scope)
        combo.setCurrentIndex(max(0, combo.findData(chosen)))
        combo.blockSignals(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter moves to the next field, from the last one to the button.

        Figures typed at the categories are the code of a product: no category begins with one.
        """
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if watched is self.category.field and event.text().isdigit() and not event.modifiers() & _COMMAND:
            self._code_field.setFocus(Qt.FocusReason.OtherFocusReason)
            self._code_field.insert(event.text())
            return True
        if event.key() not in ENTERS:
            return False
        fields = [row.field for row in self._rows() if row.isVisibleTo(self) and row.field.isEnabled()]
        position = next((n for n, field in enumerate(fields) if field is watched), -1)
        following: QWidget = fields[position + 1] if 0 <= position < len(fields) - 1 else self.button
        following.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _lay_out(self) -> None:
        combo = self.category.field
        if isinstance(combo, QComboBox):
            combo.setMaxVisibleItems(14)
        fields = QWidget()
        column = vbox(
            self._title,
            self.name,
            self.kinds,
            self.value,
            spacing=10,
            margins=(Space.M, Space.M, Space.M, Space.S),
            parent=fields,
        )
        for left, right in ((self.take, self.pay), (self.since, self.until)):
            row = hbox(
                Aligned(left, Qt.AlignmentFlag.AlignTop, share=1),
                Aligned(right, Qt.AlignmentFlag.AlignTop, share=1),
                spacing=Space.M,
            )
            column.addLayout(row)
            if left is self.take:
                column.addWidget(self.category)
                column.addWidget(self.code)
        column.addWidget(self.endless)
        column.addStretch(1)
        foot = vbox(self.question, self.button, spacing=Space.S, margins=(Space.M, Space.S, Space.M, Space.M))
        vbox(Stretched(ScrolledFields(fields)), foot, spacing=0, margins=_RIM, parent=self)
        for one in self._rows():
            one.field.installEventFilter(self)


def _line_edit(row: FormRow, longest: int) -> QLineEdit:
    field = row.field
    assert isinstance(field, QLineEdit)
    field.setMaxLength(longest)
    return field


def _count_of(row: FormRow, name: str, language: str) -> int:
    field = row.field
    assert isinstance(field, SpinBox)
    return read_count(field.typed(), language, field=name)


def _day_of(row: FormRow) -> date:
    field = row.field
    assert isinstance(field, DateBox)
    day = field.date()
    return date(day.year(), day.month(), day.day())
