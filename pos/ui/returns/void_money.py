"""The right column of a void: the total, every way in which its money goes back, and the button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pos.application.returns.void_sale import VOID_SALE
from pos.application.text.formatting import money_text, pieces_text
from pos.application.text.names import TO_REVERSE, name_of
from pos.application.text.translator import Translator
from pos.application.text.typography import labelled
from pos.domain.payment.tender import Tender
from pos.ui.look.theme import Size, Space, Type
from pos.ui.returns.blocking_reasons import agreed_by, in_the_way, missing_of, present_record
from pos.ui.returns.refund_list import RefundList
from pos.ui.returns.void_controller import VoidController, has_proposal
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.cards.amount_label import AmountLabel
from pos.ui.widgets.cards.verdict_card import VerdictCard, VerdictView
from pos.ui.widgets.drawing.layouts import Stretch, vbox
from pos.ui.widgets.drawing.surface import Ground, Line, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone


class VoidMoney(Surface):
    """Shows the VoidController; `record` is emitted by its button."""

    record = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(Ground.PANEL, parent)
        theme, key = session.theme, session.actions.key_text
        self._session = session
        self._caption = TextLabel(role=Role.LABEL)
        self._worth = AmountLabel(theme, Type.TOTAL, align=Qt.AlignmentFlag.AlignLeft)
        self.refunds = RefundList(theme)
        self.reversals = TextLabel(role=Role.LABEL, wrap=True)
        self.card = VerdictCard(theme)
        self.button = IconButton(
            theme, icon="circle-x", key=key("record_void"), kind=ButtonKind.PRIMARY, height=Size.PRIMARY
        )
        self.button.clicked.connect(self.record)
        vbox(
            self._caption,
            self._worth,
            Line(),
            self.refunds,
            self.reversals,
            Stretch(),
            self.card,
            self.button,
            spacing=Space.S,
            margins=(Space.L, Space.M, Space.L, Space.L),
            parent=self,
        )

    @property
    def due(self) -> str:
        """What goes to the customer, as it is shown."""
        return self._worth.text()

    def present(self, controller: VoidController, reason: str, refusal: str, tr: Translator) -> None:
        """Show the void: its `reason`, and why it was refused or its outcome is unknown."""
        hand, proposal = controller.hand, has_proposal(controller)
        pieces = "" if hand is None else f" · {pieces_text(hand.sale.pieces, tr)}"
        self._caption.setText(f"{tr('To refund')}{pieces}")
        due = None if hand is None else hand.sale.total if proposal is None else proposal.to_customer
        self._worth.present("" if due is None else money_text(due, tr.language), "text")
        refunds, rounding = ((), None) if proposal is None else (proposal.refunds, proposal.rounding)
        price = self._session.settings.price if hand is None else hand.sale.total.currency
        self.refunds.present(refunds, rounding, price, tr)
        to_reverse = () if hand is None else hand.to_reverse
        self.reversals.setText("\n".join(reversal_text(one, tr) for one in to_reverse))
        self.reversals.setVisible(bool(to_reverse))
        self.card.present(self._view(controller, reason, refusal, tr))
        ready = proposal is not None and bool(reason)
        present_record(self.button, controller.state, tr("Void the sale"), tr, ready=ready)

    def _view(self, controller: VoidController, reason: str, refusal: str, tr: Translator) -> VerdictView:
        """What is in the way of the void, or who has to approve it."""
        if controller.hand is None:
            return VerdictView(Tone.NEUTRAL, tr("Scan a receipt of this shift"), "receipt-text")
        proposal = has_proposal(controller)
        beyond = () if proposal is None else proposal.beyond
        agrees = agreed_by(self._session.person, VOID_SALE, tr("You can void this sale"), beyond, tr, has_choice=False)
        missing = missing_of(1, reason, "", self._session.actions.key_text("return_reason"), tr)
        return in_the_way(controller.state, refusal, missing, tr, is_away=self._session.is_away) or agrees


def reversal_text(tender: Tender, tr: Translator) -> str:
    """Reverse at the terminal: ₸ 5,000.00 · 4471."""
    said = labelled(tr, name_of(TO_REVERSE, tender.method, tr), money_text(tender.amount, tr.language))
    return " · ".join(part for part in (said, tender.reference) if part)
