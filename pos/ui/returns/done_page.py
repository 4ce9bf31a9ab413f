"""After a return: the refund in large figures, and the effect on the allowance."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from pos.application.text.formatting import money_text, pieces_text
from pos.application.text.names import TO_REVERSE, name_of
from pos.application.text.translator import Translator
from pos.application.text.typography import noted
from pos.domain.payment.tender import DEPOSIT, Change
from pos.domain.returns.goods_return import GoodsReturn, handed_back, on_orders_again
from pos.ui.input.actions import Actions
from pos.ui.look.theme import Size, Space, Theme, Type
from pos.ui.receipts.return_words import allowance_card, goes_back, refund_detail, refund_explained, refund_title
from pos.ui.sales.payment.paid_pieces import PaidPieces
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.buttons.tick import Tick
from pos.ui.widgets.cards.amount_label import AmountLabel
from pos.ui.widgets.cards.figure_card import FigureCard, FigureRow
from pos.ui.widgets.cards.verdict_card import VerdictCard
from pos.ui.widgets.drawing.layouts import Aligned, Gap, Stretch, Stretched, hbox, vbox
from pos.ui.widgets.drawing.see_through import AsHigh, Packed
from pos.ui.widgets.drawing.text_label import Role, TextLabel

_WIDTH = 640
_FIRST = 100
"""The stretch of the middle beside the 1 of either margin: the middle takes nearly all of the width."""
_MIDDLE = Qt.AlignmentFlag.AlignHCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter


class DonePage(QWidget):
    """Shows a recorded return. `left` goes on to the checkout; `again` prints its receipt again."""

    left = Signal()
    again = Signal()

    def __init__(self, theme: Theme, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tick = Tick(theme)
        self._caption = TextLabel(role=Role.LEAD, align=_CENTRE, wrap=True)
        self._amount = AmountLabel(theme, Type.CHANGE, align=_MIDDLE)
        self._others = TextLabel(role=Role.SECTION, align=_CENTRE, wrap=True)
        self._pieces = PaidPieces(theme)
        self._table = FigureCard()
        self._figures = 0
        self.allowance = VerdictCard(theme)
        self.next = IconButton(theme, icon="arrow-right", key="Enter", kind=ButtonKind.PRIMARY, height=Size.PRIMARY)
        self.print = IconButton(theme, icon="printer", key=actions.key_text("reprint"), height=Size.PRIMARY)
        self.next.clicked.connect(self.left)
        self.print.clicked.connect(self.again)
        self._lay_out()

    def summary_text(self) -> str:
        """The text about the refund, for a screen reader."""
        return "\n".join(part for part in (self._caption.text(), self._amount.text(), self._others.text()) if part)

    def begin(self) -> None:
        """Focus the button that continues."""
        self.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def present(self, back: GoodsReturn, here: Mapping[int, bool], tr: Translator, *, sent: bool = False) -> None:
        """Show a return just recorded; `here` as in ReturnDraft, `sent` of a sale that was to be sent."""
        language = tr.language
        given, stays = handed_back(back.refunds), on_orders_again(back.refunds)
        first = given[0] if given else None
        shown = next((refund.amount for refund in (*given, *stays)), back.total)
        self._caption.setText(_caption(back, tr))
        self._amount.present(money_text(shown, language, cash=True), "text" if first is not None else "muted")
        others = [
            noted(tr, f"+ {money_text(refund.amount, language, cash=True)}", refund_title(refund, tr))
            for refund in given[1:]
        ]
        self._others.setText("\n".join(others))
        self._others.setVisible(bool(others))
        cash = [
            Change(refund.amount, refund.rate, refund.value, refund.notes)
            for refund in back.refunds
            if refund.notes is not None
        ]
        self._pieces.present(cash, language)
        figures = _figures(back, tr)
        self._table.present(figures, _rounding(back, tr))
        self._figures = len(figures)
        self._scrolled.verticalScrollBar().setValue(0)
        self._fit()
        allowance = allowance_card(back.by_line(), here, tr, done=True, sent=sent)
        self.allowance.setVisible(allowance is not None)
        if allowance is not None:
            self.allowance.present(allowance)
        without_receipt = back.reverses is None
        self.next.present(tr("Back to returns") if without_receipt else tr("Back to the checkout"))
        self.print.present(tr("Print again"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """What is to be paid out comes before the tick."""
        self._tick.setVisible(self._pieces.leave_room_for(self._figures, self.height()))

    def _lay_out(self) -> None:
        buttons = hbox(Stretched(self.next, 2), Stretched(self.print), spacing=Space.M)
        scrolled = vbox(
            Aligned(self._tick, _CENTRE),
            self._caption,
            self._amount,
            self._others,
            self._pieces,
            self._table,
            self.allowance,
            Gap(Space.S),
            spacing=12,
            margins=0,
        )
        self._scrolled = AsHigh(Packed(scrolled))
        middle = vbox(Stretch(2), self._scrolled, buttons, Stretch(3), spacing=12)
        holder = QWidget()
        holder.setLayout(middle)
        holder.setMaximumWidth(_WIDTH)
        hbox(Stretch(), Stretched(holder, _FIRST), Stretch(), margins=(Space.L, Space.S, Space.L, Space.S), parent=self)


def _figures(back: GoodsReturn, tr: Translator) -> list[FigureRow]:
    """The returned goods by receipt, and their refund."""
    language, price = tr.language, back.total.currency
    of = pieces_text(back.pieces, tr)
    if back.reverses is not None:
        of = tr("{pieces} of {receipt}", pieces=of, receipt=back.reverses)
    money = [
        FigureRow(
            refund_title(refund, tr),
            refund_explained(refund, price, tr) if refund.method == DEPOSIT else refund_detail(refund, price, tr),
            money_text(refund.amount, language, cash=True),
        )
        for refund in back.refunds
    ]
    booked = [
        FigureRow(name_of(TO_REVERSE, tender.method, tr), tender.reference, money_text(tender.amount, language))
        for tender in back.to_reverse
    ]
    return [FigureRow(back.receipt, of, money_text(back.total, language), Role.STRONG), *money, *booked]


def _caption(back: GoodsReturn, tr: Translator) -> str:
    """What the cashier does now, above the figure."""
    given = handed_back(back.refunds)
    if not given and on_orders_again(back.refunds):
        return tr("Sale voided. The deposit stands on its order again. Give nothing back")
    if not given:
        return tr("Sale voided. No refund") if back.is_void else tr("Return complete. No refund")
    first = given[0]
    by_provider = back.by_providers(first)
    if by_provider or not back.is_void:
        return goes_back(first, tr, by_provider)
    return tr("Sale voided. Give this back") if first.method == "cash" else tr("Sale voided. Reverse this payment")


def _rounding(back: GoodsReturn, tr: Translator) -> FigureRow | None:
    """The amount given beyond the price of the goods, with its sign (+ or −) as on the receipt."""
    if not back.rounding:
        return None
    return FigureRow(tr("Rounding"), "", money_text(-back.rounding, tr.language, plus=True), Role.LABEL)
