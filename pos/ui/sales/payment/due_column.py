"""The left column of the payment: what is due in each currency, what was given, what is left."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from pos.application.sales.checkout_view import CheckoutView
from pos.application.sales.exchange import paid_by
from pos.application.sales.take_payment import DueLine, PaymentView
from pos.application.text.formatting import (
    amount_text,
    currency_symbol,
    instant_text,
    lines_text,
    money_text,
    pieces_text,
    rate_text,
)
from pos.application.text.translator import Translator
from pos.domain.money import CURRENCIES, Money, total
from pos.domain.payment.tender import Paid
from pos.ui.look.theme import Size, Space, Theme, Type
from pos.ui.sales.current_sale.opening import PaymentOpening
from pos.ui.sales.payment.tender_row import TenderRow, tender_text
from pos.ui.widgets.cards.amount_label import AmountLabel
from pos.ui.widgets.drawing.layouts import Gap, Stretched, hbox, vbox
from pos.ui.widgets.drawing.see_through import SeeThrough
from pos.ui.widgets.drawing.surface import Ground, Line, Surface
from pos.ui.widgets.drawing.tab_order import set_tab_order_at
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.spoken.announcements import announce, with_pauses

_ROWS, _ROWS_ASKING = 2, 3
"""How many payments are seen in a narrow window while more is to pay, and while a card or a wallet is asked about."""
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class DueColumn(Surface):
    """Shows a PaymentView; `removed` carries the index of a removed tender."""

    removed = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Ground.PANEL, parent)
        self._theme = theme
        self._caption = TextLabel(role=Role.LABEL)
        self._total = AmountLabel(theme, Type.TOTAL, align=Qt.AlignmentFlag.AlignLeft)
        self._exchange = TextLabel(role=Role.LABEL, wrap=True)
        self._due = [_DueRow(theme) for _ in range(len(CURRENCIES) - 1)]
        self._others = QWidget()
        self._grid = QGridLayout(self._others)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.M)
        self._grid.setVerticalSpacing(0)
        self._is_close = self._is_tall = self._has_room = self._is_stale = False
        self._is_asking = self._is_settled = False
        self._payments = TextLabel(role=Role.STRONG)
        self._unit = TextLabel(role=Role.LABEL, align=_RIGHT)
        self._tenders: list[TenderRow] = []
        self._announced: list[Paid] = []
        self._list = QWidget()
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._rows.addStretch(1)
        self._scroll = SeeThrough(self._list)
        self._nothing = TextLabel(role=Role.LABEL, wrap=True)
        self._sums = _Sums(theme)
        self._rates = TextLabel(role=Role.LABEL, wrap=True)
        self._lay_out()
        self._lay_out_others()

    def set_room(self, *, tall: bool, others: bool) -> None:
        """There is height for several payments, and for the other currencies, though little room."""
        self._is_tall, self._has_room = tall, others
        self._show_what_fits()

    def set_close(self, close: bool) -> None:
        """With little room: the other currencies two in a row without their rates, the total smaller."""
        if close != self._is_close:
            self._is_close = close
            self._total.set_size(Type.SECTION if close else Type.TOTAL)
            self._sums.set_close(close)
            self._lay_out_others()
            self._show_what_fits()

    def _show_what_fits(self) -> None:
        """On a low screen the tenders and what remains come before the other currencies; in a narrow one the tenders do
        while a card or a wallet is asked about.
        """
        self._others.setVisible(not self._is_close or (self._has_room and not self._is_asking))
        wanted = _ROWS_ASKING if self._is_asking else 1 if self._is_settled else _ROWS
        rows = min(len(self.tenders()), wanted)
        self._scroll.setMinimumHeight(Size.ROW * (max(rows, 1) if self._is_close and self._is_tall else 1))
        self._rates.setVisible(not self._is_close or self._is_stale)

    def _lay_out_others(self) -> None:
        for index, row in enumerate(self._due):
            row.set_close(self._is_close)
            self._grid.addWidget(row, *(divmod(index, 2) if self._is_close else (index, 0)))

    def tenders(self) -> list[TenderRow]:
        """The tenders shown."""
        return [row for row in self._tenders if not row.isHidden()]

    def present(
        self, payment: PaymentView, basket: CheckoutView, opening: PaymentOpening, tr: Translator, *, locked: bool
    ) -> None:
        """Show the payment."""
        language = tr.language
        parts = [tr("To pay"), lines_text(len(basket.lines), tr), pieces_text(basket.pieces, tr)]
        if basket.parcel is not None:
            parts.append(tr("To be sent"))
        self._caption.setText(" · ".join(parts))
        self._total.present(money_text(payment.total, language))
        self._exchange.setVisible(bool(opening.coming))
        if opening.coming:
            self._exchange.setText(_exchange_text(opening, tr))
        for index, row in enumerate(self._due):
            row.setVisible(index < len(payment.due))
            if index < len(payment.due):
                row.present(payment.due[index], payment.total, opening, tr)
        self._payments.setText(tr("Payments"))
        self._unit.setText(tr("in {sign}", sign=currency_symbol(payment.total.currency)))
        self._nothing.setText(tr("No payments yet."))
        self._nothing.setVisible(not payment.tenders)
        self._present_tenders(payment, tr, locked=locked)
        self._is_asking, self._is_settled = payment.unapproved is not None, payment.is_settled
        self._sums.present(payment, tr)
        self._present_rates(payment, opening, tr)

    def _present_tenders(self, payment: PaymentView, tr: Translator, *, locked: bool) -> None:
        paid = payment.settlement.paid
        while len(self._tenders) < len(paid):
            row = TenderRow(self._theme, len(self._tenders))
            row.removed.connect(self.removed)
            self._rows.insertWidget(self._rows.count() - 1, row)
            self._tenders.append(row)
            set_tab_order_at(self._list, [one.cross for one in self._tenders])
        added = list(paid)
        for known in self._announced:
            if known in added:
                added.remove(known)  # one of them: another one may be like it
        self._announced = list(paid)
        announce(self, with_pauses([tender_text(one, tr) for one in added]))
        for index, row in enumerate(self._tenders):
            row.setVisible(index < len(paid))
            if index < len(paid):
                row.present(paid[index], tr, locked=locked)

    def _present_rates(self, payment: PaymentView, opening: PaymentOpening, tr: Translator) -> None:
        stale = dict.fromkeys(line.rate.currency.code for line in payment.due if line.stale and line.rate is not None)
        self._rates.set_tone(Tone.NEARLY if stale else None)
        self._is_stale = bool(stale)
        self._show_what_fits()
        if stale:
            codes = tr(", ").join(stale)
            self._rates.setText(
                tr("Outdated exchange rates: {currencies}. Ask a manager to update them.", currencies=codes)
            )
            return
        since = max((line.rate.since for line in payment.due if line.rate is not None), default=None)
        text = "" if since is None else instant_text(since, opening.zone, tr.language)
        self._rates.setText(tr("Rates from {instant}, fixed for this sale", instant=text) if text else "")

    def _lay_out(self) -> None:
        heading = hbox(Stretched(self._payments), self._unit)
        vbox(
            self._caption,
            self._total,
            self._exchange,
            Gap(Space.S),
            Line(),
            self._others,
            Gap(Space.S),
            heading,
            Gap(Space.XS),
            Line(),
            self._nothing,
            Stretched(self._scroll),
            self._sums,
            Gap(Space.S),
            self._rates,
            spacing=0,
            margins=(Space.L, Space.M, Space.L, Space.M),
            parent=self,
        )


def _exchange_text(opening: PaymentOpening, tr: Translator) -> str:
    """What the returned goods take off the total."""
    basket, language = opening.view.total, tr.language
    worth = total((paid_by(one.refunds, basket) for one in opening.coming), basket.currency)
    receipts = tr(", ").join(one.back.receipt for one in opening.coming)
    return tr(
        "{total} less {worth} for goods of {receipts}",
        total=money_text(basket, language),
        worth=money_text(worth, language),
        receipts=receipts,
    )


class _DueRow(QWidget):
    """The total in one other currency with its rate."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._code = TextLabel(role=Role.LABEL)
        self._rate = TextLabel(role=Role.LABEL)
        self._amount = AmountLabel(theme, Type.TITLE, bold=False)
        self._code.setMinimumWidth(40)
        row = hbox(self._code, Stretched(self._rate), self._amount, spacing=0)
        vbox(Stretched(row), Line(), spacing=0, margins=0, parent=self)
        self.setFixedHeight(40)

    def set_close(self, close: bool) -> None:
        """Without the rate."""
        self._rate.setVisible(not close)
        self._code.setFixedWidth(40 if close else 64)
        self.setFixedHeight(36 if close else 40)

    def present(self, line: DueLine, price: Money, opening: PaymentOpening, tr: Translator) -> None:
        """Show the amount and its rate."""
        currency, rates, language = line.amount.currency, opening.rates, tr.language
        self._code.setText(currency.code)
        text = ""
        if line.rate is not None:
            own = line.rate.currency == currency
            text = rate_text(line.rate.buy if own else line.rate.sell, line.rate.currency, rates.base, language)
        self._rate.setText(text)
        self._rate.set_tone(Tone.NEARLY if line.stale else None)
        self._amount.present(money_text(line.amount, language, cash=True))
        self.setAccessibleName(f"{currency.code}, {price.currency.code}")


_RECEIVED = 2
"""The first sums: what is received, and what of it is not approved."""


class _Sums(QWidget):
    """Received, not approved yet, due, rounding, left."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._names = [TextLabel(role=Role.LABEL) for _ in range(4)]
        self._figures = [AmountLabel(theme, Type.BODY, bold=False) for _ in range(4)]
        self._left = TextLabel(role=Role.STRONG)
        self._amount = AmountLabel(theme, Type.TITLE)
        self._is_close = False
        self._shown = 0
        self._tells_more = False
        grid = QGridLayout(self)
        grid.setContentsMargins(0, Space.XS, 0, 0)
        grid.setVerticalSpacing(Space.XS)
        for index, (name, figure) in enumerate(zip(self._names, self._figures)):
            grid.addWidget(name, index, 0)
            grid.addWidget(figure, index, 1)
        grid.addWidget(Line(strong=True), 4, 0, 1, 2)
        grid.addWidget(self._left, 5, 0)
        grid.addWidget(self._amount, 5, 1)
        grid.setRowMinimumHeight(5, Size.HEADER)
        grid.setColumnStretch(0, 1)

    def set_close(self, close: bool) -> None:
        """With little room: what remains, and beside it what is received only where money is not approved yet."""
        self._is_close = close
        self._show_rows()

    def _show_rows(self) -> None:
        shown = self._shown if not self._is_close else _RECEIVED if self._tells_more else 0
        for index, (name, figure) in enumerate(zip(self._names, self._figures)):
            name.setVisible(index < shown)
            figure.setVisible(index < shown)

    def present(self, payment: PaymentView, tr: Translator) -> None:
        """Show the sums in the price currency, and the rest in the one being typed."""
        language, settlement = tr.language, payment.settlement
        given = total((paid.value for paid in settlement.paid), payment.total.currency)
        unseen = payment.unapproved
        rows = [(tr("Received from customer"), amount_text(given if unseen is None else given - unseen, language))]
        if unseen is not None:
            rows.append((tr("Not approved yet"), amount_text(unseen, language)))
        rows.append((tr("To pay"), amount_text(payment.total, language)))
        if settlement.rounding:
            rows.append((tr("Rounding"), amount_text(settlement.rounding, language, plus=True)))
        for (name, figure), row in zip(zip(self._names, self._figures), rows, strict=False):
            name.setText(row[0])
            figure.present(row[1])
        self._shown, self._tells_more = len(rows), unseen is not None
        self._show_rows()
        self._left.setText(tr("Remaining"))
        settled = payment.is_settled
        owed = Money.zero(payment.currency) if settled else payment.remaining
        self._amount.present(money_text(owed, language, cash=True), "within" if settled else "text")
