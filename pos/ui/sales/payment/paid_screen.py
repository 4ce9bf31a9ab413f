"""After the payment: the change in large figures, and the next customer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from pos.application.pickup.pick_up import deposits_left
from pos.application.text.border_words import destination_text
from pos.application.text.formatting import money_text
from pos.application.text.translator import Translator
from pos.domain.declarations.papers import is_to_declare
from pos.domain.money import Money, total
from pos.domain.payment.tender import EXCHANGE, Paid
from pos.domain.pickup.pickup_code import PickupCode
from pos.domain.returns.goods_return import Refund
from pos.domain.sales.sale import Sale
from pos.ui.input.actions import CHECKOUT, PAID
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Size, Space, Type
from pos.ui.page.screen import Screen
from pos.ui.receipts.parcel_words import parcel_text
from pos.ui.receipts.receipts import ReceiptPrinting
from pos.ui.receipts.return_words import further_refunds, refund_detail, refund_title, ways_back
from pos.ui.sales.current_sale.checkout_controller import CheckoutController
from pos.ui.sales.payment.change_column import as_change
from pos.ui.sales.payment.change_notes import change_text
from pos.ui.sales.payment.paid_pieces import PaidPieces
from pos.ui.sales.payment.tender_row import tender_detail, tender_title
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.buttons.tick import Tick
from pos.ui.widgets.cards.amount_label import AmountLabel
from pos.ui.widgets.cards.figure_card import FigureCard, FigureRow
from pos.ui.widgets.drawing.layouts import Aligned, Gap, Stretch, Stretched, hbox, vbox
from pos.ui.widgets.drawing.see_through import AsHigh, Packed
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.spoken.announcements import announce, with_pauses

_WIDTH = 640
_FIRST = 100
"""The stretch of the middle beside the 1 of either margin: the middle takes nearly all of the width."""
_CENTRE = Qt.AlignmentFlag.AlignCenter


class PaidScreen(Screen):
    """Shows a recorded sale. Enter, a scan or a document begins the next one; no scan is lost.

    `void_requested` carries the receipt that is to be voided, `declaration_requested` the sale whose customs
    declarations are asked for: it still knows the birth dates of its visitors, which the books do not keep.
    """

    void_requested = Signal(str)
    declaration_requested = Signal(object)

    screen_id = PAID
    rail = CHECKOUT
    takes_scans = True

    def __init__(
        self, session: Session, counter: CheckoutController, receipts: ReceiptPrinting, parent: QWidget | None = None
    ) -> None:
        super().__init__(session, parent)
        self._counter = counter
        self._sale: Sale | None = None
        self._left: Sequence[tuple[str, Money]] = ()
        """What is left of deposits on the orders of the sale, by the code of the order."""
        theme = session.theme
        self._tick = Tick(theme)
        self._caption = TextLabel(role=Role.LEAD, align=_CENTRE, wrap=True)
        self._amount = AmountLabel(theme, Type.CHANGE, align=Qt.AlignmentFlag.AlignHCenter)
        self._second = AmountLabel(theme, Type.SECTION, align=Qt.AlignmentFlag.AlignHCenter)
        self._rest = TextLabel(role=Role.STRONG, align=_CENTRE, wrap=True)
        self._rest.set_tone(Tone.NEARLY)
        self._pieces = PaidPieces(theme)
        self._table = FigureCard()
        self._figures = 0
        key = session.actions.key_text("reprint")
        self.next = IconButton(theme, icon="arrow-right", key="Enter", kind=ButtonKind.PRIMARY, height=Size.PRIMARY)
        self.again = IconButton(theme, icon="printer", key=key, height=Size.PRIMARY)
        self.void = IconButton(theme, icon="circle-x", key=session.actions.key_text("void_sale"))
        self.void.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.declare = IconButton(
            theme, icon="file-text", key=session.actions.key_text("declare"), kind=ButtonKind.TINTED
        )
        self.declare.hide()
        self._hint = TextLabel(role=Role.LABEL, align=_CENTRE, wrap=True)
        self.key_handlers = {
            "next": self.go_on,
            "back": self.go_on,
            "reprint": receipts.again,
            "void_sale": self.void_it,
            "declare": self.declare_it,
        }
        self.next.clicked.connect(self.go_on)
        self.again.clicked.connect(receipts.again)
        self.void.clicked.connect(self.void_it)
        self.declare.clicked.connect(self.declare_it)
        counter.sold.connect(self._sold)
        self._lay_out()
        self.retranslate(session.translator)

    def _sold(self, sale: Sale) -> None:
        """A sale was recorded from the basket on show, with its customer orders as they were before."""
        view = self._counter.view
        self._left = () if view is None else tuple(deposits_left(view.pickups, sale.paid))
        self.present(sale)

    def present(self, sale: Sale) -> None:
        """Show a sale just recorded."""
        self._sale = sale
        self._rest.setText("\n".join(self._rest_text(code, left) for code, left in self._left))
        self._rest.setVisible(bool(self._left))
        self.declare.setVisible(is_to_declare(sale))
        self.void.setVisible(not sale.returns)  # an exchange cannot be taken apart
        tr, language = self.translator, self.translator.language
        back = [refund for one in sale.returns for refund in one.refunds if refund.method != EXCHANGE]
        if back:
            self._present_back(sale, back)
            return
        change = sale.change
        first = change[0].amount if change else Money.zero(sale.total.currency)
        self._caption.setText(tr("Paid. Give change") if change else tr("Paid. No change"))
        taken = [paid.tender.amount for paid in sale.paid if paid.tender.method != EXCHANGE]
        alone = taken[0] if len(taken) == 1 else sale.total
        self._amount.present(money_text(first if change else alone, language, cash=True), "text")
        self._second.setVisible(len(change) > 1)
        if len(change) > 1:
            self._second.present(f"+ {money_text(change[1].amount, language, cash=True)}")
        announce(
            self, with_pauses([self._caption.text(), change_text(change, tr) or self._amount.text(), self._rest.text()])
        )
        self._pieces.present(change, language)
        figures = [_total_row(sale, tr), *_tender_rows(sale.paid, tr), *_parcel_rows(sale, tr)]
        self._present_figures(figures, sale.rounding)

    def _rest_text(self, code: str, left: Money) -> str:
        return self.translator(
            "{amount} of the deposit is left on the order {code}. Return it on Pick-up.",
            amount=money_text(left, self.translator.language),
            code=PickupCode(code).spaced,
        )

    def _present_back(self, sale: Sale, back: list[Refund]) -> None:
        """The returned goods were worth more than the sold ones: the customer gets the difference."""
        tr, language = self.translator, self.translator.language
        others = further_refunds(back, sale.change, tr)
        given_back = [
            (refund, one.by_providers(refund)) for one in sale.returns for refund in one.refunds if refund in back
        ]
        self._caption.setText("\n".join(ways_back(given_back, tr)))
        self._amount.present(money_text(back[0].amount, language, cash=True), "text")
        self._second.setVisible(bool(others))
        self._second.present(others)
        announce(self, with_pauses([self._caption.text(), self._amount.text(), others]))
        self._pieces.present((*as_change(back), *sale.change), language)
        returned = [
            FigureRow(tr("Returned goods"), one.reverses or "", money_text(-one.total, language))
            for one in sale.returns
        ]
        tenders = _tender_rows([paid for paid in sale.paid if paid.tender.method != EXCHANGE], tr)
        given = [
            FigureRow(refund_title(x, tr), refund_detail(x, sale.total.currency, tr), money_text(-x.value, language))
            for x in back
        ]
        rounding = total((one.rounding for one in sale.returns), sale.rounding.currency) + sale.rounding
        self._present_figures([_total_row(sale, tr), *returned, *tenders, *given], rounding)

    def _present_figures(self, figures: list[FigureRow], rounding: Money) -> None:
        """Show the rows, and the rounding by which they add up."""
        tr = self.translator
        said = money_text(rounding, tr.language, plus=True)
        self._table.present(figures, FigureRow(tr("Rounding"), "", said, Role.LABEL) if rounding else None)
        self._figures = len(figures)
        self._scrolled.verticalScrollBar().setValue(0)
        self._fit()

    def retranslate(self, tr: Translator) -> None:
        self.next.present(tr("Next customer"))
        self.again.present(tr("Print again"))
        self.void.present(tr("Void sale"))
        self.declare.present(tr("Over: to declare"))
        self._hint.setText(tr("Scanning a document or product also starts the next sale."))
        if self._sale is not None:
            self.present(self._sale)

    def entered(self) -> None:
        self.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_on(self) -> None:
        """Begin the next sale."""
        if self._counter.is_sold:
            self._counter.start_new()
        self.session.go(CHECKOUT)

    def void_it(self) -> None:
        """Ask on a page of its own whether this sale is to be voided; the checkout stands ready behind it."""
        sale = self._sale
        if sale is None or sale.returns:
            self.session.sounds.play(Sound.NOTE)
            return
        if self._counter.is_sold:
            self._counter.start_new()
        self.void_requested.emit(sale.receipt)

    def declare_it(self) -> None:
        """Show the customs declarations of this sale; back leads here."""
        if self._sale is not None and is_to_declare(self._sale):
            self.declaration_requested.emit(self._sale)
        else:
            self.session.sounds.play(Sound.NOTE)

    def scanned(self, text: str) -> None:
        """Begin the next sale with this product."""
        self.go_on()
        self._counter.scan(text)

    def document_scanned(self, text: str) -> None:
        """Begin the next sale with this document."""
        self.go_on()
        self._counter.identify_scanned(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """What is to be paid out comes before the tick."""
        self._tick.setVisible(self._pieces.leave_room_for(self._figures, self.height()))

    def _lay_out(self) -> None:
        buttons = hbox(Stretched(self.next, 2), Stretched(self.again), spacing=Space.M)
        scrolled = vbox(
            Aligned(self._tick, _CENTRE),
            self._caption,
            self._amount,
            self._second,
            self._rest,
            self._pieces,
            Gap(Space.S),
            self._table,
            Gap(Space.S),
            spacing=Space.M,
            margins=0,
        )
        self._scrolled = AsHigh(Packed(scrolled))
        middle = vbox(
            Stretch(2),
            self._scrolled,
            self.declare,
            buttons,
            hbox(Stretched(self._hint), self.void, spacing=Space.M),
            Stretch(3),
            spacing=Space.M,
        )
        holder = QWidget()
        holder.setLayout(middle)
        holder.setMaximumWidth(_WIDTH)
        ground = Surface(Ground.GROUND)
        hbox(
            Stretch(), Stretched(holder, _FIRST), Stretch(), margins=(Space.L, Space.S, Space.L, Space.S), parent=ground
        )
        vbox(ground, margins=0, parent=self)


def _parcel_rows(sale: Sale, tr: Translator) -> list[FigureRow]:
    """That the goods stay here to be sent, and how; to whom is no business of who looks over the counter."""
    if sale.parcel is None:
        return []
    return [FigureRow(tr("To be sent"), parcel_text(sale.parcel, tr), destination_text(sale.destination, tr))]


def _total_row(sale: Sale, tr: Translator) -> FigureRow:
    return FigureRow(tr("Total"), sale.receipt, money_text(sale.total, tr.language), Role.STRONG)


def _tender_rows(tenders: Sequence[Paid], tr: Translator) -> list[FigureRow]:
    """Tenders as they were given, and what they counted for."""
    return [
        FigureRow(tender_title(paid, tr), tender_detail(paid, tr), money_text(paid.value, tr.language))
        for paid in tenders
    ]
