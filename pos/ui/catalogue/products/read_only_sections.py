"""Read-only sections of the product form: stock by place and lot, and the history of changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout

from pos.application.catalogue.field_values import value_words
from pos.application.ports.catalogue_ports import RecordedChange
from pos.application.ports.stock_ports import AtLocation
from pos.application.text.formatting import date_text, instant_text, money_text, number_text
from pos.application.text.names import PRODUCT_FIELDS, STOCK_LOCATIONS, name_of
from pos.application.text.translator import Translator
from pos.domain.catalogue.product_card import ProductCard
from pos.domain.money import CURRENCIES, Money
from pos.ui.catalogue.products.section import Section
from pos.ui.look.theme import Size, Space
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import IconButton
from pos.ui.widgets.drawing.layouts import Stretched, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class _ReadOnlySection(Section):
    """A scrolling grid of texts."""

    def __init__(self) -> None:
        super().__init__()
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(Space.M)
        self.grid.setVerticalSpacing(Space.S)
        self.grid.setContentsMargins(0, 0, Space.S, 0)
        self.column = QVBoxLayout()
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.addLayout(self.grid)
        self.column.addStretch(1)
        holder = Surface(Ground.PANEL)
        holder.setLayout(self.column)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(holder)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        vbox(Stretched(area), margins=0, parent=self)

    def read(self, card: ProductCard, tr: Translator) -> ProductCard:  # noqa: ARG002 # an override
        return card

    def texts(self) -> list[str]:
        """All texts of the grid, row by row."""
        return [label.text() for label in self.findChildren(TextLabel) if label.text() and not label.isHidden()]

    def _empty(self) -> None:
        while (item := self.grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()

    def _say(self, text: str) -> None:
        self.grid.addWidget(TextLabel(text, Role.LABEL, wrap=True), 0, 0, 1, -1)

    def _put(self, row: int, column: int, text: str, role: Role = Role.BODY, *, right: bool = False) -> None:
        label = TextLabel(text, role, wrap=not right)
        if right:
            label.setAlignment(_RIGHT)
        self.grid.addWidget(label, row, column)


class StockSection(_ReadOnlySection):
    """Stock by place and lot. Stock is moved on its own page."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._lies: Sequence[AtLocation] = ()
        for column, stretch in enumerate((3, 3, 3, 1)):
            self.grid.setColumnStretch(column, stretch)

    def present_stock(self, lies: Sequence[AtLocation], tr: Translator) -> None:
        """Show the stock."""
        self._lies = [one for one in lies if one.on_hand]
        self.retranslate(tr)

    def retranslate(self, tr: Translator) -> None:
        self._empty()
        if not self._lies:
            self._say(tr("No stock."))
            return
        for column, head in enumerate((tr("Place"), tr("Lot"), tr("Last day"), tr("Pieces"))):
            self._put(0, column, head, Role.LABEL, right=column == 3)
        for row, one in enumerate(self._lies, start=1):
            lot = one.lot
            self._put(row, 0, name_of(STOCK_LOCATIONS, one.location, tr))
            self._put(row, 1, lot.code if lot is not None else "—")
            self._put(row, 2, date_text(lot.expiry, tr.language) if lot is not None and lot.expiry else "—")
            self._put(row, 3, number_text(one.on_hand, tr.language), Role.STRONG, right=True)


class HistorySection(_ReadOnlySection):
    """All changes, newest first; `wants_more` asks for the changes before the last one."""

    wants_more = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.changes: list[RecordedChange] = []
        self._more = IconButton(session.theme, icon="history", height=Size.SMALL_BUTTON)
        self._more.clicked.connect(self.wants_more)
        self.column.insertWidget(1, self._more, 0, Qt.AlignmentFlag.AlignLeft)
        for column, stretch in enumerate((2, 2, 4)):
            self.grid.setColumnStretch(column, stretch)

    def present_changes(self, changes: Sequence[RecordedChange], tr: Translator, *, has_more: bool) -> None:
        """Show these changes; `has_more`: there are earlier ones."""
        self.changes = list(changes)
        self._more.setVisible(has_more)
        self.retranslate(tr)

    def retranslate(self, tr: Translator) -> None:
        self._more.present(tr("Earlier changes"))
        self._empty()
        if not self.changes:
            self._say(tr("No changes since it was added."))
            return
        zone, names = self._session.settings.zone, self._session.names
        for row, one in enumerate(self.changes):
            who = tr("import") if one.by_import else names.get(one.person, one.person)
            when = instant_text(one.at, zone, tr.language)
            self._put(row, 0, f"{when} · {who}", Role.LABEL)
            self._put(row, 1, name_of(PRODUCT_FIELDS, one.field, tr), Role.STRONG)
            before, after = (_change_text(one.field, text, tr, zone) for text in (one.before, one.after))
            self._put(row, 2, f"{before} → {after}")


def _change_text(field: str, text: str | None, tr: Translator, zone: tzinfo) -> str:
    if text is None:
        return "—"
    if field in ("price", "price_to_come"):
        return _price_text(text, tr, zone)
    return value_words(field, text, tr)


def _price_text(text: str, tr: Translator, zone: tzinfo) -> str:
    """450.00 CNY, possibly with the instant from which it is valid, formatted for people."""
    amount, code, *since = text.split(" ")
    if code not in CURRENCIES:
        return text
    price = money_text(Money.parse(amount, CURRENCIES[code]), tr.language)
    if not since:
        return price
    return tr("{price} from {since}", price=price, since=_instant(since[0], tr, zone))


def _instant(text: str, tr: Translator, zone: tzinfo) -> str:
    return instant_text(datetime.fromisoformat(text), zone, tr.language)
