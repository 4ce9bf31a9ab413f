"""The right column of a return without a receipt: the refund and its currency."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QMargins, Qt, Signal
from PySide6.QtWidgets import QWidget

from pos.application.returns.blind_return import BLIND
from pos.application.text.formatting import currency_name, money_text, pieces_text
from pos.application.text.translator import Translator
from pos.domain.money import CURRENCIES
from pos.ui.input.actions import back_action
from pos.ui.look.theme import Size, Space, Type
from pos.ui.returns.blind_return_controller import BlindReturnController
from pos.ui.returns.blocking_reasons import agreed_by, in_the_way, missing_of, present_record
from pos.ui.returns.money_panel import CURRENCIES_IN_ROW
from pos.ui.returns.refund_list import RefundList
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.buttons.option_button import OptionButton
from pos.ui.widgets.cards.amount_label import AmountLabel
from pos.ui.widgets.cards.verdict_card import VerdictCard, VerdictView
from pos.ui.widgets.drawing.even_rows import even_rows
from pos.ui.widgets.drawing.layouts import Gap, Stretch, vbox
from pos.ui.widgets.drawing.surface import Ground, Line, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.fields.scrolled_fields import scroll_over


class BlindMoney(Surface):
    """Shows the BlindReturnController. `currency_chosen` carries another currency; `record` is emitted by its
    button.
    """

    currency_chosen = Signal(object)
    record = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(Ground.PANEL, parent)
        theme, key = session.theme, session.actions.key_text
        self._session = session
        self._caption = TextLabel(role=Role.LABEL)
        self._worth = AmountLabel(theme, Type.TOTAL, align=Qt.AlignmentFlag.AlignLeft)
        self.currencies = {
            one.code: OptionButton(theme, currency_name(one), key(back_action(one.place)))
            for one in CURRENCIES.values()
        }
        self.refunds = RefundList(theme)
        self.card = VerdictCard(theme)
        self.button = IconButton(
            theme, icon="undo-2", key=key("record_return"), kind=ButtonKind.PRIMARY, height=Size.PRIMARY
        )
        self.button.clicked.connect(self.record)
        several = QWidget()  # a parent of their own: buttons are exclusive within one parent
        even_rows(list(self.currencies.values()), CURRENCIES_IN_ROW, several)
        for currency in CURRENCIES.values():
            self.currencies[currency.code].clicked.connect(partial(self.currency_chosen.emit, currency))
        self._line = Line()
        scrolled = vbox(
            self._caption,
            self._worth,
            several,
            Gap(Space.S),
            self._line,
            self.refunds,
            Stretch(),
            self.card,
            spacing=Space.S,
            margins=0,
        )
        scroll_over(scrolled, self.button, QMargins(Space.L, Space.M, Space.L, Space.L), self, Space.S)

    def present(self, controller: BlindReturnController, reason: str, refusal: str, tr: Translator) -> None:
        """Show the return: its `reason`, and why it was refused or its outcome is unknown."""
        hand, proposal, language = controller.hand, controller.proposal, tr.language
        self._caption.setText(f"{tr('To refund')} · {pieces_text(hand.pieces, tr)}")
        self._worth.present(money_text(hand.worth, language), "text" if hand.pieces else "muted")
        for code, button in self.currencies.items():
            button.setChecked(code == hand.currency.code)
            button.setEnabled(not controller.is_locked)
        self._line.setVisible(proposal is not None)
        refunds, rounding = ((), None) if proposal is None else (proposal.refunds, proposal.rounding)
        self.refunds.present(refunds, rounding, hand.price_currency, tr)
        self.card.present(self._view(controller, reason, refusal, tr))
        present_record(self.button, controller.state, tr("Refund"), tr, ready=proposal is not None and bool(reason))

    def _view(self, controller: BlindReturnController, reason: str, refusal: str, tr: Translator) -> VerdictView:
        """What blocks the return, or who has to approve it."""
        hint = tr("Scan the goods; type the quantity to return.")
        missing = missing_of(controller.hand.pieces, reason, hint, self._session.actions.key_text("return_reason"), tr)
        beyond = () if controller.proposal is None else controller.proposal.beyond
        agrees = agreed_by(self._session.person, BLIND, tr("You can return these goods without a receipt"), beyond, tr)
        return in_the_way(controller.state, refusal, missing, tr, is_away=self._session.is_away) or agrees
