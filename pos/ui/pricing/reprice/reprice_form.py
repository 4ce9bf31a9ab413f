"""The fields of a price change: products, change, start."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from PySide6.QtCore import QDate, QDateTime, Qt, QTime, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from pos.application.ports.pricing_ports import Among
from pos.application.pricing.change_prices import RepriceRequest
from pos.application.text.formatting import MINUS, currency_symbol, read_amount, read_number
from pos.application.text.names import CATEGORIES, name_of
from pos.application.text.translator import Translator
from pos.domain.catalogue.category import is_leaf
from pos.domain.errors import BadField
from pos.domain.money import Money
from pos.domain.pricing.price_change import ENDINGS, PriceChange
from pos.ui.look.theme import Size, Space
from pos.ui.page.form_page import FormRow
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.buttons.segmented import Segment, Segmented
from pos.ui.widgets.drawing.cells import Cells
from pos.ui.widgets.drawing.layouts import Gap, Stretch, Stretched, vbox
from pos.ui.widgets.drawing.surface import Line, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel, Words
from pos.ui.widgets.fields.combo_box import ComboBox
from pos.ui.widgets.fields.day_box import InstantBox
from pos.ui.widgets.fields.enter_chain import EnterChain
from pos.ui.widgets.fields.input_hints import NUMBERS
from pos.ui.widgets.fields.scrolled_fields import ScrolledFields

PERCENT, AMOUNT = "percent", "amount"
_FIELD = 190
"""The least width of a field with another one beside it."""
_NOW, _LATER = "now", "later"


class RepriceForm(Surface):
    """`changed`: a field has changed. `submitted`: set the prices. Enter moves to the next field."""

    changed = Signal()
    submitted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        theme, tr = session.theme, session.translator
        self.category, self.supplier, self.ending = ComboBox(), ComboBox(), ComboBox()
        self.words_field, self.low, self.high, self.value = (QLineEdit() for _ in range(4))
        for figure in (self.low, self.high, self.value):
            figure.setInputMethodHints(NUMBERS)
        self.kinds, self.when = Segmented(theme, tr("Type")), Segmented(theme, tr("Valid from"))
        self.instant = InstantBox()
        fields: dict[str, QWidget] = {
            "category": self.category, "supplier": self.supplier, "words": self.words_field, "low": self.low,
            "high": self.high, "value": self.value, "ending": self.ending, "from": self.instant,
        }  # fmt: skip
        self.rows = {name: FormRow(field) for name, field in fields.items()}
        self._goods, self._change = TextLabel(role=Role.STRONG), TextLabel(role=Role.STRONG)
        self.summary = TextLabel(role=Role.LABEL, wrap=True)
        key = session.actions.key_text("set_prices")
        self.button = IconButton(theme, icon="check", key=key, kind=ButtonKind.PRIMARY, height=Size.PRIMARY)
        self.category.setMaxVisibleItems(14)
        for combo in (self.category, self.supplier, self.ending):  # as wide as the room allows, whatever their names
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(5)
        for scope in ("*", *(one for one in CATEGORIES if one != "*")):
            self.category.addItem("", scope)
        self.supplier.addItem("", "")
        for ending in ENDINGS:
            self.ending.addItem("", ending)
        for field in (self.words_field, self.low, self.high, self.value):
            field.setMaxLength(60 if field is self.words_field else 18)
        self._lay_out()
        self._listen()
        self.set_tomorrow()

    # ── the request ──────────────────────────────────────────────────────────────────────────────────────────

    def request(self) -> RepriceRequest:
        """The typed and chosen change. Raises BadField for invalid values."""
        among = Among(
            str(self.category.currentData()),
            str(self.supplier.currentData() or ""),
            self.words_field.text().strip(),
            self._money(self.low, "low"),
            self._money(self.high, "high"),
        )
        text = self.value.text().strip()
        is_less = text[:1] in ("-", MINUS)
        bare = text[1:] if is_less else text.removeprefix("+")
        language = self._session.language
        percent: Decimal | None = None
        amount: Money | None = None
        if self.kinds.choice() == PERCENT:
            number = read_number(bare.rstrip("% "), language, digits=2, field="value")
            percent = -number if is_less else number
        else:
            money = read_amount(bare, self._session.settings.price, language, field="value")
            amount = -money if is_less else money
        return RepriceRequest(among, PriceChange(percent, amount, str(self.ending.currentData())), self._since())

    def settle(self) -> bool:
        """Take a start that is typed and not entered; whether there was one. Raises BadField."""
        before = self.instant.dateTime()
        if self.when.choice() != _NOW:
            self.instant.settle("from")
        return self.instant.dateTime() != before

    def begin(self) -> None:
        """Focus the amount of the change."""
        self.value.setFocus(Qt.FocusReason.OtherFocusReason)
        self.value.selectAll()

    def clear(self) -> None:
        """Empty the amount of the change; the choice of products and the start that stands there stay."""
        self.value.clear()
        self.instant.forget_typed()

    def complain(self, error: BadField, words: Words) -> None:
        """Show an error beneath its field."""
        self.clear_errors()
        self.rows.get(self._row_name(error.field), self.rows["value"]).complain(words)

    def clear_errors(self) -> None:
        """Clear all errors."""
        for row in self.rows.values():
            row.excuse()

    def name_of_field(self, field: str) -> str:
        """The form's name of a BadField's field."""
        return self.rows.get(self._row_name(field), self.rows["value"]).label.text()

    def present_suppliers(self, names: Sequence[str]) -> None:
        """Offer these suppliers; the chosen one stays, also where it has another name by now: then it has no goods."""
        chosen = self.supplier.currentData()
        while self.supplier.count() > 1:
            self.supplier.removeItem(1)
        for name in dict.fromkeys((*names, *([chosen] if chosen else []))):
            self.supplier.addItem(name, name)
        self.supplier.setCurrentIndex(max(self.supplier.findData(chosen), 0))

    def set_tomorrow(self) -> None:
        """Set the start to the beginning of tomorrow."""
        day = self._session.today + timedelta(days=1)
        self.instant.setDateTime(QDateTime(QDate(day.year, day.month, day.day), QTime(0, 0), self.instant.timeZone()))
        self._tomorrow = self.instant.dateTime()

    def follow_day(self) -> None:
        """A start that no one has chosen is the beginning of tomorrow."""
        if self.instant.dateTime() == self._tomorrow:
            self.set_tomorrow()

    def retranslate(self, tr: Translator) -> None:
        """Show all texts in another language; typed values and choices stay."""
        symbol = currency_symbol(self._session.settings.price)
        self._goods.setText(tr("Which goods"))
        self._change.setText(tr("Price change"))
        named = {
            "category": tr("Category"), "supplier": tr("Supplier"), "words": tr("Words in the name"),
            "low": tr("Price from, {sign}", sign=symbol), "high": tr("Price to, {sign}", sign=symbol),
            "ending": tr("Price ending"), "from": tr("Valid from"),
        }  # fmt: skip
        for name, text in named.items():
            self.rows[name].present(text)
        self.category.setItemText(0, tr("All categories"))
        for position in range(1, self.category.count()):
            scope = str(self.category.itemData(position))
            inside = is_leaf(scope) and "." in scope
            self.category.setItemText(position, ("    " if inside else "") + name_of(CATEGORIES, scope, tr))
        self.supplier.setItemText(0, tr.context("supplier", "Any"))
        mark = "," if tr.language in ("ru", "kk") else "."
        for position, ending in enumerate(ENDINGS):
            self.ending.setItemText(position, f"{mark}{ending}" if ending else tr("no rounding"))
        kind, when = self.kinds.choice() or PERCENT, self.when.choice() or _LATER
        self.kinds.setAccessibleName(tr("Type"))
        self.kinds.present([Segment(PERCENT, tr("Percentage")), Segment(AMOUNT, tr("An amount"))], kind)
        self.when.setAccessibleName(tr("Valid from"))
        self.when.present([Segment(_LATER, tr("From a date")), Segment(_NOW, tr("From now on"))], when)
        self.instant.present(tr("Valid from"), tr.language)
        self._show_kind(tr)

    # ── private ──────────────────────────────────────────────────────────────────────────────────────────────

    def _since(self) -> datetime | None:
        if self.when.choice() == _NOW:
            return None
        at = self.instant.dateTime()
        day, time = at.date(), at.time()
        zone = self._session.settings.zone
        return datetime(day.year(), day.month(), day.day(), time.hour(), time.minute(), tzinfo=zone)

    def _money(self, field: QLineEdit, name: str) -> Money | None:
        text = field.text().strip()
        return read_amount(text, self._session.settings.price, self._session.language, field=name) if text else None

    @staticmethod
    def _row_name(field: str) -> str:
        return {PERCENT: "value", AMOUNT: "value"}.get(field, field)

    def _show_kind(self, tr: Translator) -> None:
        symbol = "%" if self.kinds.choice() == PERCENT else currency_symbol(self._session.settings.price)
        self.rows["value"].present(tr("Change, {sign} (− lowers)", sign=symbol))
        self.rows["from"].setVisible(self.when.choice() != _NOW)

    def _choose(self, _key: str) -> None:
        self._show_kind(self._session.translator)
        self.changed.emit()

    def _listen(self) -> None:
        for field in (self.words_field, self.low, self.high, self.value):
            field.textChanged.connect(lambda _text: self.changed.emit())
        for combo in (self.category, self.supplier, self.ending):
            combo.activated.connect(lambda _index: self.changed.emit())
        self.instant.dateTimeChanged.connect(lambda _at: self.changed.emit())
        self.kinds.chosen.connect(self._choose)
        self.when.chosen.connect(self._choose)
        self.button.clicked.connect(self.submitted)
        EnterChain(self, [row.field for row in self.rows.values()], self.button)

    def _lay_out(self) -> None:
        fields = QWidget()
        vbox(
            self._goods,
            *(self._side_by_side(names) for names in (("category", "supplier"), ("words",), ("low", "high"))),
            Gap(Space.S),
            self._change,
            self.kinds,
            self._side_by_side(("value", "ending")),
            self.when,
            self.rows["from"],
            Stretch(),
            spacing=Space.S,
            margins=(Space.M, Space.M, Space.M, Space.S),
            parent=fields,
        )
        foot = vbox(self.summary, self.button, spacing=Space.S, margins=(Space.M, Space.S, Space.M, Space.M))
        vbox(Stretched(ScrolledFields(fields)), Line(), foot, spacing=0, margins=0, parent=self)

    def _side_by_side(self, names: Sequence[str]) -> Cells:
        return Cells(*(self.rows[name] for name in names), least=_FIELD)
