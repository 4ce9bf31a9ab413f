"""The right column of a return: the price of the goods, and method and currency of the refund."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QMargins, Qt, Signal
from PySide6.QtWidgets import QWidget

from pos.application.returns.return_draft import ReturnDraft
from pos.application.text.formatting import NO_BREAK, currency_name, money_text, pieces_text
from pos.application.text.names import METHODS
from pos.application.text.translator import Translator
from pos.application.text.typography import paragraph
from pos.domain.money import CURRENCIES, Money, total
from pos.domain.payment.tender import METHODS as TYPED_METHODS
from pos.ui.input.actions import back_action
from pos.ui.look.theme import Size, Space, Type
from pos.ui.receipts.return_words import allowance_card, way_text
from pos.ui.returns.blocking_reasons import drawer_is_short, in_the_way, missing_of, present_record
from pos.ui.returns.refund_list import RefundList
from pos.ui.returns.return_controller import ReturnController
from pos.ui.returns.return_controller_base import RefundProposal
from pos.ui.sales.payment.tender_row import METHOD_ICONS
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.buttons.option_button import OptionButton
from pos.ui.widgets.cards.amount_label import AmountLabel
from pos.ui.widgets.cards.verdict_card import VerdictCard
from pos.ui.widgets.drawing.even_rows import even_rows
from pos.ui.widgets.drawing.layouts import Gap, Stretch, Stretched, hbox, vbox
from pos.ui.widgets.drawing.see_through import SeeThrough
from pos.ui.widgets.drawing.surface import Ground, Line, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.fields.scrolled_fields import scroll_over

CURRENCIES_IN_ROW = 5
"""Of the buttons that choose in which currency money goes back."""


class MoneyPanel(Surface):
    """Shows the ReturnController. `cash_requested` requests all of it in cash, whatever method was paid; `record` is
    its button.
    """

    currency_chosen = Signal(object)
    method_chosen = Signal(str)
    cash_requested = Signal()
    record = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(Ground.PANEL, parent)
        self._session = session
        theme, key = session.theme, session.actions.key_text
        self._key_text = key
        self._caption = TextLabel(role=Role.LABEL)
        self._worth = AmountLabel(theme, Type.TOTAL, align=Qt.AlignmentFlag.AlignLeft)
        self.not_refunded = TextLabel(role=Role.LABEL, wrap=True)
        self.methods = {
            method: OptionButton(theme, "", key(method), icon=METHOD_ICONS[method]) for method in TYPED_METHODS
        }
        self.currencies = {
            one.code: OptionButton(theme, currency_name(one), key(back_action(one.place)))
            for one in CURRENCIES.values()
        }
        self.refunds = RefundList(theme)
        self._allowed = TextLabel(role=Role.SMALL_STRONG)
        self._allowed.set_tone(Tone.WITHIN)
        self.exchange = IconButton(theme, icon="arrow-right-left", key=key("exchange"), height=Size.SMALL_BUTTON)
        self.exchange.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.in_cash = IconButton(theme, icon="wallet", key=key("refund_cash"), height=Size.SMALL_BUTTON)
        self.in_cash.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.in_cash.clicked.connect(self.cash_requested)
        self.allowance = TextLabel(role=Role.SMALL_STRONG, wrap=True)
        self.card = VerdictCard(theme)
        self.button = IconButton(
            theme, icon="undo-2", key=key("record_return"), kind=ButtonKind.PRIMARY, height=Size.PRIMARY
        )
        self.button.clicked.connect(self.record)
        self._lay_out()

    def present(self, controller: ReturnController, reason: str, refusal: str, tr: Translator) -> None:
        """Show the return: its `reason`, and why it was refused or its outcome is unknown."""
        hand = controller.hand
        if hand is None:
            return
        language, price = tr.language, hand.returnable.sale.total.currency
        proposal = controller.proposal
        worth = Money.zero(price) if proposal is None else proposal.worth
        self._caption.setText(f"{tr('To refund')} · {pieces_text(hand.pieces, tr)}")
        self._worth.present(money_text(worth, language), "text" if worth else "muted")
        self.not_refunded.setText(_not_refunded_text(hand, proposal, tr))
        offered, currencies = hand.methods(), [currency.code for currency in hand.currencies()]
        for method, button in self.methods.items():
            button.present(tr(METHODS[method]), self._key_text(method))
            button.setChecked(method == hand.method)
            button.setEnabled(not controller.is_locked and method in offered)
        for code, button in self.currencies.items():
            button.setChecked(code == hand.currency.code)
            button.setEnabled(not controller.is_locked and code in currencies)
        self._line.setVisible(proposal is not None)
        self._allowed.setText(tr("Cash refund approved"))
        self._allowed.setVisible(controller.is_in_cash)
        self.exchange.present(tr("Exchange goods"))
        self.exchange.setVisible(proposal is not None and not controller.is_locked)
        self.in_cash.present(tr("Refund all in cash"))
        self.in_cash.setVisible(proposal is not None and proposal.by_card and not controller.is_locked)
        refunds, rounding = ((), None) if proposal is None else (proposal.refunds, proposal.rounding)
        self.refunds.present(refunds, rounding, price, tr)
        coming = [(line, one.quantity) for line, one in hand.chosen.items()]
        sent = hand.returnable.sale.parcel is not None
        allowance = allowance_card(coming, hand.here, tr, done=False, sent=sent)
        self.allowance.setVisible(allowance is not None)
        if allowance is not None:
            self.allowance.setText(paragraph(tr, (allowance.headline, *allowance.lines)))
            self.allowance.set_tone(allowance.tone)
        hint = tr("Type the quantity to return, or scan the goods.")
        missing = missing_of(hand.pieces, reason, hint, self._key_text("return_reason"), tr)
        missing = missing or drawer_is_short(() if proposal is None else proposal.beyond, tr)
        view = in_the_way(controller.state, refusal, missing, tr, is_away=self._session.is_away)
        self.card.setVisible(view is not None)
        if view is not None:
            self.card.present(view)
        present_record(self.button, controller.state, tr("Refund"), tr, ready=proposal is not None and bool(reason))

    def _lay_out(self) -> None:
        self._line = Line()
        several, means = QWidget(), QWidget()  # each has a parent of its own: buttons are exclusive within one parent
        even_rows(list(self.currencies.values()), CURRENCIES_IN_ROW, several)
        hbox(*(Stretched(button) for button in self.methods.values()), spacing=Space.S, margins=0, parent=means)
        for currency in CURRENCIES.values():
            self.currencies[currency.code].clicked.connect(partial(self.currency_chosen.emit, currency))
        for method, button in self.methods.items():
            button.clicked.connect(partial(self.method_chosen.emit, method))
        scrolled = vbox(
            self._caption,
            self._worth,
            self.not_refunded,
            means,
            several,
            Gap(Space.S),
            self._line,
            Stretched(self._scroll()),
            self.exchange,
            self.in_cash,
            self.allowance,
            self.card,
            spacing=Space.S,
            margins=0,
        )
        scroll_over(scrolled, self.button, QMargins(Space.L, Space.M, Space.L, Space.L), self, Space.S)

    def _scroll(self) -> SeeThrough:
        inside = QWidget()
        vbox(self.refunds, self._allowed, Stretch(), spacing=Space.S, margins=0, parent=inside)
        return SeeThrough(inside)


def _not_refunded_text(hand: ReturnDraft, proposal: RefundProposal | None, tr: Translator) -> str:
    """What was paid and is not refunded; with the last pieces also by how much their refund is rounded from it."""
    here = hand.returnable
    if not here.remaining:
        return tr("Fully refunded already.")
    money = [
        f"{way_text(method, code, tr)}{NO_BREAK}{money_text(money, tr.language, cash=True)}"
        for (method, code), money in here.money.items()
        if money
    ]
    if not here.is_given_as_paid():
        money = [money_text(here.remaining, tr.language)]
    said = tr("Paid and not refunded yet: {money}", money=tr(", ").join(money))
    is_last = hand.pieces == sum(known.sold - known.refunded for known in here.lines)
    if here.is_given_as_paid() or not is_last or proposal is None or proposal.rounding:
        return said
    off = total((refund.value for refund in proposal.refunds), here.remaining.currency) - here.remaining
    return f"{said} · {tr('Rounding')} {money_text(off, tr.language, plus=True)}" if off else said
