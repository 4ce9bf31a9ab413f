"""The price of a product: current, future and past prices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from PySide6.QtCore import QDate, QDateTime, Qt, QTime, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from pos.application.ports.pricing_ports import DatedPrice
from pos.application.pricing.set_price import PriceBoard
from pos.application.text.formatting import currency_symbol, instant_text, money_text, read_amount
from pos.application.text.translator import Translator
from pos.domain.catalogue.product_card import ProductCard
from pos.domain.errors import BadField
from pos.domain.money import Money
from pos.ui.catalogue.products.section import Section
from pos.ui.look.theme import Size, Space
from pos.ui.page.form_page import FormRow
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.drawing.layouts import Stretched, hbox, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.fields.day_box import InstantBox
from pos.ui.widgets.fields.input_hints import NUMBERS


class PriceSection(Section):
    """`later_requested` carries a Money and an instant, `withdrawn` a future price, `wrong` a BadField.

    `wants_earlier` asks for the prices before those on show.
    """

    later_requested = Signal(object, object)
    withdrawn = Signal(object)
    wrong = Signal(object)
    wants_earlier = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._board: PriceBoard | None = None
        self._may = self._may_plan = False
        self.price = QLineEdit()
        self.price.setInputMethodHints(NUMBERS)
        self.price.setMaxLength(18)
        self.price.textChanged.connect(self.changed)
        self.row = FormRow(self.price)
        self._since = TextLabel(role=Role.LABEL, wrap=True)
        self.later = QLineEdit()
        self.later.setInputMethodHints(NUMBERS)
        self.later.setMaxLength(18)
        self.later.textChanged.connect(self.changed)
        self.later_row = FormRow(self.later)
        self.instant = InstantBox()
        self.instant_row = FormRow(self.instant)
        self.later_button = IconButton(session.theme, icon="calendar", height=Size.SMALL_BUTTON)
        self.later_button.clicked.connect(self.set_later)
        self._plan_title = TextLabel(role=Role.STRONG)
        self._coming_title = TextLabel(role=Role.STRONG)
        self._coming = QVBoxLayout()
        self._past_title = TextLabel(role=Role.STRONG)
        self._past = QVBoxLayout()
        self.earlier = IconButton(session.theme, icon="history", height=Size.SMALL_BUTTON)
        self.earlier.clicked.connect(self.wants_earlier)
        self._plan = Surface(Ground.CARD)
        self._lay_out()

    def present(self, card: ProductCard, tr: Translator) -> None:
        text = "" if card.price is None else typed_money(card.price, tr.language)
        self.price.setText(text)
        self.row.excuse()

    def rewrite(self, card: ProductCard, tr: Translator) -> None:
        """Write the price, if it is still that of the card, with the decimal mark of a language."""
        if card.price is not None and self.price.text() in (
            typed_money(card.price, "en"),
            typed_money(card.price, "ru"),
        ):
            self.price.setText(typed_money(card.price, tr.language))

    def present_board(self, board: PriceBoard | None, tr: Translator, *, keeping: bool = False) -> None:
        """Show the prices of the product, or none of a new one; a typed future price is dropped unless `keeping`."""
        person = self._session.person
        is_first = board is None or board.product.price is None
        self._board, self._may_plan = board, person is not None and person.may("price")
        self._may = person is not None and person.may("catalogue" if is_first else "price")
        self.later_row.excuse()
        self.instant_row.excuse()
        if not keeping:
            zone = self._session.settings.zone
            tomorrow = self._session.today + timedelta(days=1)
            self.set_instant(datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=zone))
            self.later.clear()
        self.retranslate(tr)

    def present_earlier(self, board: PriceBoard, tr: Translator) -> None:
        """Show the prices of `board` before those on show; typed values stay."""
        shown = 0 if self._board is None else len(self._board.past)
        self._board = board
        self._show_past(shown, tr)

    def set_instant(self, at: datetime) -> None:
        """Show a time of day, in any zone, as the start of the price."""
        day, time = QDate(at.year, at.month, at.day), QTime(at.hour, at.minute)
        self.instant.setDateTime(QDateTime(day, time, self.instant.timeZone()))

    def read(self, card: ProductCard, tr: Translator) -> ProductCard:
        text = self.price.text().strip()
        if not text:
            return replace(card, price=None)
        return replace(card, price=read_amount(text, self._session.settings.price, tr.language, field="price"))

    @property
    def is_planning(self) -> bool:
        """Whether a future price is typed and not saved."""
        return self._may_plan and self._board is not None and bool(self.later.text().strip())

    def planned(self) -> tuple[Money, datetime]:
        """The typed future price and its start. Raises BadField."""
        price = read_amount(self.later.text(), self._session.settings.price, self._session.language, field="later")
        self.instant.settle("from")
        at = self.instant.dateTime()
        day, time = at.date(), at.time()
        zone = self._session.settings.zone
        return price, datetime(day.year(), day.month(), day.day(), time.hour(), time.minute(), tzinfo=zone)

    def set_later(self) -> None:
        """Emit the typed future price."""
        try:
            price, since = self.planned()
        except BadField as error:
            self.wrong.emit(error)
            return
        self.later_requested.emit(price, since)

    def retranslate(self, tr: Translator) -> None:
        symbol, zone = currency_symbol(self._session.settings.price), self._session.settings.zone
        self.row.present(tr("Price, {sign}", sign=symbol))
        self.later_row.present(tr("New price, {sign}", sign=symbol))
        self.instant_row.present(tr("Valid from"))
        self.instant.present(tr("Valid from"), tr.language)
        self._plan_title.setText(tr("Schedule a price"))
        self.later_button.present(tr("Schedule"))
        board = self._board
        self.price.setReadOnly(not self._may)
        self.price.setEnabled(self._may)
        self._plan.setVisible(self._may_plan and board is not None)
        said = tr("A price entered here is valid now, for goods scanned from then on.")
        if not self._may:
            said = tr("You have no right to change prices.")
        elif board is not None and board.since is not None:
            since = instant_text(board.since, zone, tr.language)
            said = tr("Valid since {since}. {said}", since=since, said=said)
        self._since.setText(said)
        coming = () if board is None else board.coming
        self._coming_title.setText(tr("Scheduled"))
        self._coming_title.setVisible(bool(coming))
        self._past_title.setText(tr("Price history"))
        self._past_title.setVisible(board is not None and bool(board.past))
        self.earlier.present(tr("Earlier prices"))
        _empty(self._coming)
        _empty(self._past)
        for one in coming:
            self._coming.addWidget(self._line(one, tr, can_go=self._may_plan))
        self._show_past(0, tr)

    def _show_past(self, shown: int, tr: Translator) -> None:
        """Show the past prices below the `shown` newest ones, the oldest last."""
        board = self._board
        self.earlier.setVisible(board is not None and board.has_earlier)
        if board is None:
            return
        for one in tuple(reversed(board.past))[shown:]:
            self._past.addWidget(self._line(one, tr, can_go=False))
        if board.first is not None and board.past and not board.has_earlier:
            first = TextLabel(role=Role.LABEL)
            first.setText(tr("{price} initially", price=money_text(board.first, tr.language)))
            self._past.addWidget(first)

    def row_of(self, field: str) -> FormRow | None:
        return {"price": self.row, "later": self.later_row, "from": self.instant_row}.get(field)

    def fields(self) -> Sequence[QWidget]:
        return [self.price]

    def clear_errors(self) -> None:
        for row in (self.row, self.later_row, self.instant_row):
            row.excuse()

    def _line(self, one: DatedPrice, tr: Translator, *, can_go: bool) -> QWidget:
        price, since = money_text(one.price, tr.language), one.since
        amount = TextLabel(price, role=Role.STRONG)
        amount.setMinimumWidth(110)
        from_ = tr("from {since}", since=instant_text(since, self._session.settings.zone, tr.language))
        who = TextLabel(role=Role.LABEL)
        parts = [from_, self._session.names.get(one.person, one.person)]
        if self._board is not None and since == self._board.since:
            parts.append(tr("in force"))
        who.setText(" · ".join(parts))
        line = QWidget()
        row = hbox(amount, Stretched(who), spacing=Space.M, margins=0, parent=line)
        if can_go:
            gone = IconButton(self._session.theme, icon="x", kind=ButtonKind.QUIET, height=Size.SMALL_BUTTON)
            gone.present(tr("Cancel this price"), name=tr("Cancel {price} {since}", price=price, since=from_))
            gone.gives_way = True  # two quick taps ask, and do not answer
            gone.clicked.connect(lambda: self.withdrawn.emit(one))
            row.addWidget(gone)
        return line

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.M)
        grid.addWidget(self.row, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._since, 0, 1, Qt.AlignmentFlag.AlignBottom)
        plan = QGridLayout(self._plan)
        plan.setContentsMargins(Space.M, 12, Space.M, Space.M)
        plan.setHorizontalSpacing(Space.M)
        plan.setVerticalSpacing(Space.S)
        plan.addWidget(self._plan_title, 0, 0, 1, 3)
        plan.addWidget(self.later_row, 1, 0, Qt.AlignmentFlag.AlignTop)
        plan.addWidget(self.instant_row, 1, 1, Qt.AlignmentFlag.AlignTop)
        plan.addWidget(self.later_button, 1, 2, Qt.AlignmentFlag.AlignBottom)
        for layout in (grid, plan):
            layout.setColumnStretch(0, 1)
            layout.setColumnStretch(1, 1)
        column = vbox(grid, self._plan, spacing=12, margins=0, parent=self)
        for title, lines in ((self._coming_title, self._coming), (self._past_title, self._past)):
            lines.setSpacing(Space.XS)
            column.addWidget(title)
            column.addLayout(lines)
        column.addWidget(self.earlier, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)


def typed_money(price: Money, language: str) -> str:
    """A price as the user would type it."""
    return str(price).replace(".", ",") if language in ("ru", "kk") else str(price)


def _empty(lines: QVBoxLayout) -> None:
    while (item := lines.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
