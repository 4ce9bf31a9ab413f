"""The right column of the payment: the change, in which currency and notes, and whether the sale can be recorded."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto

from PySide6.QtCore import QMargins, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from pos.application.sales.take_payment import PaymentView
from pos.application.text.formatting import currency_name, money_text
from pos.application.text.translator import Translator
from pos.application.text.typography import strung
from pos.domain.money import CURRENCIES, Currency, Money
from pos.domain.payment.tender import Change, Tender
from pos.domain.pricing.rates import RateTable
from pos.domain.returns.goods_return import Refund, RefundByProvider
from pos.ui.input.actions import Actions
from pos.ui.look.theme import Size, Space, Theme, Type
from pos.ui.receipts.return_words import beyond_text, further_refunds, way_text, ways_back
from pos.ui.sales.payment.change_notes import ChangeNotes, change_text, notes_texts
from pos.ui.session.commit_uncertainty import what_now
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.buttons.key_cap import KeyCap
from pos.ui.widgets.buttons.segmented import Segment, Segmented
from pos.ui.widgets.cards.amount_label import AmountLabel
from pos.ui.widgets.cards.verdict_card import VerdictCard, VerdictView
from pos.ui.widgets.drawing.layouts import Gap, Stretch, Stretched, hbox, vbox
from pos.ui.widgets.drawing.plain_tip import plain_tip
from pos.ui.widgets.drawing.surface import Ground, Line, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.fields.scrolled_fields import scroll_over
from pos.ui.widgets.spoken.announcements import Announcer

_CHOICES = 3
"""Currencies offered for the change at least; each that was given in cash is offered."""


class State(Enum):
    """Where the recording stands."""

    OPEN = auto()
    RECORDING = auto()
    REFUSED = auto()
    ASKED = auto()
    """An amount looks like a slip: entered once more it is taken."""
    APPROVING = auto()
    """Part of it is paid by card or wallet: whether it has come."""
    UNCERTAIN = auto()


class ChangeColumn(Surface):
    """Presents the change of a PaymentView. `record` when its button is pressed, `change_chosen` another currency.

    `other_notes` asks for the same change in other notes of the drawer.
    """

    record = Signal()
    other_notes = Signal()
    change_chosen = Signal(object)

    def __init__(self, theme: Theme, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(Ground.PANEL, parent)
        self._caption = TextLabel(role=Role.LABEL)
        self._amount = AmountLabel(theme, Type.TOTAL, align=Qt.AlignmentFlag.AlignLeft)
        self._second = AmountLabel(theme, Type.SECTION, align=Qt.AlignmentFlag.AlignLeft)
        self._choice_caption = TextLabel(role=Role.LABEL)
        self._choice_head = QWidget()
        hbox(
            self._choice_caption,
            KeyCap(theme, actions.key_text("change_currency")),
            Stretch(),
            spacing=Space.S,
            margins=0,
            parent=self._choice_head,
        )
        self.choice = Segmented(theme, "")
        self.choice.chosen.connect(self._choose)
        self._notes_title = TextLabel(role=Role.STRONG)
        self._line = Line()
        self._notes = ChangeNotes(theme)
        self._notes.setMinimumHeight(Size.SMALL_BUTTON)
        other_key = actions.key_text("other_notes")
        self.other = IconButton(theme, icon="arrow-right-left", key=other_key, height=Size.SMALL_BUTTON)
        self.other.clicked.connect(self.other_notes)
        self.card = VerdictCard(theme)
        self.button = IconButton(theme, icon="check", key="Enter", kind=ButtonKind.PRIMARY, height=Size.PRIMARY)
        self.button.setMinimumWidth(2 * Size.BUTTON)  # in a narrow column its words are parted
        self.button.clicked.connect(self.record)
        self._top = vbox(self._caption, self._amount, spacing=Space.XS)
        self._is_close = False
        self._is_telling = True
        self._announcer = Announcer(self)
        scrolled = vbox(
            self._top,
            self._second,
            self._choice_head,
            self.choice,
            Gap(12),
            hbox(Stretched(self._notes_title), self.other),
            self._line,
            Stretched(self._notes),
            Stretch(0),
            Gap(Space.S),
            self.card,
            spacing=Space.XS,
            margins=0,
        )
        self._column = scroll_over(scrolled, self.button, QMargins(Space.L, Space.M, Space.L, Space.L), self, 12)

    def choose_next(self) -> bool:
        """Want the change in the next currency on offer; False where there is no choice."""
        offered = self.choice.keys
        if self.choice.isHidden() or not self.choice.isEnabled() or len(offered) < 2:
            return False
        self._choose(offered[(offered.index(self.choice.choice()) + 1) % len(offered)])
        return True

    def set_close(self, close: bool) -> None:
        """With little room: the amount smaller, and beside its caption."""
        self._is_close = close
        self._amount.set_size(Type.SECTION if close else Type.TOTAL)
        self._choice_head.setVisible(not close and not self.choice.isHidden())
        self._column.setContentsMargins(Space.L, Space.S if close else Space.M, 0, Space.S if close else Space.L)
        self._top.setDirection(QBoxLayout.Direction.LeftToRight if close else QBoxLayout.Direction.TopToBottom)
        self._show_card()

    def _show_card(self) -> None:
        """What only repeats the sums gives its room to the notes of the change, and these to what has to be read."""
        self.card.setVisible(not self._is_close or self._is_telling)
        self._notes.setVisible(not (self._is_close and self._is_telling))

    def present(
        self,
        payment: PaymentView,
        rates: RateTable,
        tr: Translator,
        state: State,
        refusal: str,
        back: Sequence[Refund] = (),
        unseen: Tender | None = None,
        *,
        beyond: Sequence[Money] = (),
        by_provider: Sequence[Sequence[RefundByProvider]] = (),
        is_away: bool = False,
    ) -> None:
        """Show the change, and in `state` REFUSED, ASKED or UNCERTAIN the sentence `refusal`.

        `back` is money for goods that came back and are worth more than the basket. Of a database that `is_away` the
        till asks by itself. `beyond` is the cash of `back` of which the drawer should hold less, `by_provider` what
        of each part of it goes back by itself, `unseen` the tender by card or wallet that is asked about.
        """
        if back:
            self._present_back(back, payment.change, tr)
        else:
            self._present_change(payment, rates, tr, locked=state is State.RECORDING)
        card = _approving(unseen, tr) if state is State.APPROVING and unseen is not None else None
        view = card or _card(payment, tr, state, refusal, back, beyond, by_provider, is_away=is_away)
        self.card.present(view)
        self._is_telling = view.tone not in (Tone.WITHIN, Tone.NEUTRAL)
        self._show_card()
        ready = payment.is_settled and state is not State.RECORDING
        self.button.setEnabled(ready)
        texts = {
            State.RECORDING: tr("Recording…"),
            State.UNCERTAIN: tr("Check again"),
            State.APPROVING: tr.context("card terminal", "Approved")
            if unseen is not None and unseen.method == "card"
            else tr("Payment received"),
        }
        self.button.present(texts.get(state, tr("Complete the sale")))

    def _present_change(self, payment: PaymentView, rates: RateTable, tr: Translator, *, locked: bool) -> None:
        language, change = tr.language, payment.change
        self._caption.setText(tr("Change"))
        first = change[0].amount if change else Money.zero(payment.change_currency or payment.currency)
        self._amount.present(money_text(first, language, cash=True), "text" if change else "muted")
        self._second.setVisible(len(change) > 1)
        if len(change) > 1:
            self._second.present(f"+ {money_text(change[1].amount, language, cash=True)}")
        self._choice_caption.setText(tr("Change currency"))
        self.choice.setAccessibleName(tr("Change currency"))
        codes = _choices(payment, rates)
        self.choice.present([Segment(c.code, currency_name(c)) for c in codes], first.currency.code)
        for part in (self._notes_title, self._line):
            part.setVisible(bool(change))
        self.choice.setVisible(bool(change) and len(CURRENCIES) > 1)
        self._choice_head.setVisible(not self.choice.isHidden() and not self._is_close)
        self.choice.setEnabled(not locked)
        self._notes_title.setText(tr("Notes for change"))
        self._notes.present(change, tr)
        self._announcer.update(change_text(change, tr))
        self.other.setAccessibleName(tr("Next banknotes"))
        self.other.setToolTip(plain_tip(tr("Next banknotes")))
        self.other.setVisible(payment.has_other_notes)
        self.other.setEnabled(not locked)

    def _present_back(self, back: Sequence[Refund], change: Sequence[Change], tr: Translator) -> None:
        """Everything that goes to the customer: the refunds, and the change of what was given before."""
        others, refund = further_refunds(back, change, tr), back[0]
        self._caption.setText(f"{tr('To refund')} · {way_text(refund.method, refund.amount.currency.code, tr)}")
        self._amount.present(money_text(refund.amount, tr.language, cash=True), "text")
        self._second.setVisible(bool(others))
        self._second.present(others)
        cash = (*as_change(back), *change)
        for part in (self._choice_head, self.choice, self.other):
            part.hide()
        self._notes_title.setVisible(bool(cash))
        self._line.setVisible(bool(cash))
        self._notes_title.setText(tr("Notes for change"))
        self._notes.present(cash, tr)
        spoken = self._caption.text(), self._amount.text(), others, *notes_texts(cash, tr)
        self._announcer.update(strung(tr, spoken))

    def _choose(self, code: str) -> None:
        self.change_chosen.emit(CURRENCIES[code])


def _choices(payment: PaymentView, rates: RateTable) -> list[Currency]:
    """The currencies offered for the change: the one shown, those handed over in cash, that of prices, then others.

    That of prices always has a place, and the choice of one leaves the others on offer.
    """
    shown = [part.amount.currency for part in payment.change[:1]]
    cash = [tender.amount.currency for tender in reversed(payment.tenders) if tender.method == "cash"]
    currencies = [*cash[:1], payment.total.currency, *cash, *CURRENCIES.values()]
    known = list(dict.fromkeys(currency for currency in (*shown, *currencies) if rates.knows(currency)))
    given = [currency for currency in known if currency in (*shown, *cash, payment.total.currency)]
    offered = known[: max(_CHOICES, len(given))]
    return sorted(offered, key=lambda currency: currency.place)


def as_change(refunds: Sequence[Refund]) -> tuple[Change, ...]:
    """The cash among refunds as it is counted out."""
    return tuple(Change(x.amount, x.rate, x.value, x.notes) for x in refunds if x.notes is not None)


def _approving(tender: Tender, tr: Translator) -> VerdictView:
    amount = money_text(tender.amount, tr.language, cash=True)  # written as in its row
    if tender.method == "card":
        said = tr("{amount} by card", amount=amount)
        headline = tr("Approved on the terminal?")
        hint = tr("Approved: press Enter or F12. Not approved: Esc removes the card payment.")
        return VerdictView(Tone.NEARLY, headline, "credit-card", (said, hint))
    said = tr("{amount} by QR wallet", amount=amount)
    hint = tr("Received: press Enter or F12. Not received: Esc removes the payment.")
    return VerdictView(Tone.NEARLY, tr("Payment received?"), "qr-code", (said, hint))


def _card(
    payment: PaymentView,
    tr: Translator,
    state: State,
    refusal: str,
    back: Sequence[Refund],
    beyond: Sequence[Money],
    by_provider: Sequence[Sequence[RefundByProvider]],
    *,
    is_away: bool,
) -> VerdictView:
    language = tr.language
    if state is State.RECORDING:
        return VerdictView(Tone.INFO, tr("Recording…"), "hourglass")
    if state is State.REFUSED:
        return VerdictView(Tone.OVER, tr("Not recorded"), lines=tuple(refusal.splitlines()))
    if state is State.ASKED:
        once_more = tr("Press Enter again to accept. Otherwise, type another amount or choose the currency.")
        return VerdictView(Tone.NEARLY, tr("Is this amount correct?"), "circle-question-mark", (refusal, once_more))
    if state is State.UNCERTAIN:
        steps = what_now(refusal, tr, is_away=is_away)
        return VerdictView(Tone.NEARLY, tr("Recording not confirmed"), "circle-question-mark", steps)
    if payment.is_settled and back:
        by_itself = list(zip(back, by_provider, strict=True))
        ways = ways_back([one for one in by_itself if one[0].method != "cash"], tr)
        is_by_hand = any(sum(part.amount.minor for part in parts) < one.amount.minor for one, parts in by_itself)
        then = tr("Complete the sale, then give the refund.") if is_by_hand else tr("Complete the sale.")
        short = [beyond_text(beyond, tr)] if beyond else []
        lines = (then, *ways, *short)
        tone = Tone.NEARLY if short else Tone.INFO
        return VerdictView(tone, tr("The returned goods have a higher value"), "undo-2", lines)
    if payment.is_settled:
        change = payment.change
        text = tr("Give the change, then complete the sale.") if change else tr("No change.")
        if payment.beyond:
            return VerdictView(Tone.NEARLY, tr("Paid in full"), lines=(text, beyond_text(payment.beyond, tr)))
        return VerdictView(Tone.WITHIN, tr("Paid in full"), lines=(text,))
    left = money_text(payment.remaining, language, cash=True)
    hint = tr("Type an amount and press Enter. F12 pays the exact remainder and finishes.")
    return VerdictView(Tone.NEUTRAL, tr("{amount} to pay", amount=left), "wallet", notes=(hint,))
