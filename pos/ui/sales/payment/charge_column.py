"""The right column while a payment provider is asked: the provider and the sum large, and what is waited for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo

from PySide6.QtCore import QMargins, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QStackedWidget, QWidget

from pos.application.text.formatting import money_text
from pos.application.text.translator import Translator
from pos.domain.outside_partners.attempt import AttemptState, PartnerAttempt
from pos.domain.outside_partners.providers import TYPED_TERMINAL
from pos.ui.input.actions import Actions
from pos.ui.look.theme import Space, Theme, Type
from pos.ui.sales.payment.change_column import ChangeColumn
from pos.ui.sales.payment.charge_words import charge_view, provider_text
from pos.ui.sales.payment.entry_column import LONGEST_REFERENCE
from pos.ui.widgets.buttons.icon_button import IconButton
from pos.ui.widgets.cards.amount_label import AmountLabel
from pos.ui.widgets.cards.verdict_card import VerdictCard, VerdictView
from pos.ui.widgets.drawing.layouts import Gap, Stretch, Stretched, hbox, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.fields.scrolled_fields import scroll_over


class ChargeColumn(Surface):
    """Shows a charge that is open. `cancelled` asks to undo it; `decided` carries what a person saw: paid or not.

    Neither answer is chosen before a person chooses it.
    """

    cancelled = Signal()
    decided = Signal(bool)

    def __init__(self, theme: Theme, actions: Actions, zone: Callable[[], tzinfo]) -> None:
        super().__init__(Ground.PANEL)
        self._zone = zone
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._provider = TextLabel(role=Role.SECTION, wrap=True)
        self._amount = AmountLabel(theme, Type.TOTAL, align=Qt.AlignmentFlag.AlignLeft)
        self.card = VerdictCard(theme)
        self._slip = TextLabel(role=Role.LABEL)
        self.reference = QLineEdit()
        self.reference.setMaxLength(LONGEST_REFERENCE)
        self._reference_part = QWidget()
        vbox(self._slip, self.reference, spacing=Space.XS, margins=0, parent=self._reference_part)
        key = actions.key_text
        self.paid = IconButton(theme, icon="check", key=key("charge_paid"), name="charge_paid")
        self.not_paid = IconButton(theme, icon="x", key=key("charge_not_paid"), name="charge_not_paid")
        self.cancel = IconButton(theme, icon="corner-up-left", key=key("back"), name="charge_cancel")
        self.paid.clicked.connect(lambda: self.decided.emit(True))
        self.not_paid.clicked.connect(lambda: self.decided.emit(False))
        self.cancel.clicked.connect(self.cancelled)
        buttons = QWidget()
        answers = hbox(Stretched(self.paid), Stretched(self.not_paid), spacing=Space.S)
        vbox(answers, self.cancel, spacing=Space.S, margins=0, parent=buttons)
        self._top = vbox(self._provider, self._amount, spacing=Space.XS)
        scrolled = vbox(
            self._top,
            Gap(Space.S),
            self.card,
            Gap(Space.S),
            self._reference_part,
            Stretch(),
            spacing=Space.XS,
            margins=0,
        )
        scroll_over(scrolled, buttons, QMargins(Space.L, Space.M, Space.L, Space.L), self, 12)

    def set_close(self, close: bool) -> None:
        """With little room the amount is smaller, and beside the provider."""
        self._amount.set_size(Type.SECTION if close else Type.TOTAL)
        self._top.setDirection(QBoxLayout.Direction.LeftToRight if close else QBoxLayout.Direction.TopToBottom)

    def present(self, charge: PartnerAttempt | None, tr: Translator, *, needed: bool) -> None:
        """Show what is known of it; None while it is being written down. A slip's number may be `needed`."""
        if charge is None:
            self.card.present(VerdictView(Tone.INFO, tr("Starting …"), "hourglass"))
        else:
            self._provider.setText(provider_text(charge.partner, tr))
            self._amount.present(money_text(charge.amount, tr.language))
            self.card.present(charge_view(charge, tr, self._zone()))
        asks = charge is not None and charge.state is AttemptState.ASK_PERSON
        is_typed = charge is not None and charge.partner == TYPED_TERMINAL
        self._reference_part.setVisible(asks and is_typed)
        self._slip.setText(tr("Number on the slip"))
        self.reference.setAccessibleName(tr("Number on the slip"))
        self.reference.setPlaceholderText(tr("required") if needed else tr("optional"))
        paid = tr.context("card terminal", "Approved") if is_typed else tr.context("charge", "Paid")
        self.paid.present(paid)
        self.not_paid.present(tr.context("card terminal", "Declined") if is_typed else tr.context("charge", "Not paid"))
        self.paid.setVisible(asks)
        self.not_paid.setVisible(asks)
        self.not_paid.setEnabled(charge is None or charge.paid is None)
        self.cancel.present(tr("Cancel this payment"))
        self.cancel.setVisible(not (asks and is_typed))
        self.cancel.setEnabled(charge is not None)


class ChangeOrCharge(QStackedWidget):
    """The place of the change, in which an open charge stands while there is one."""

    def __init__(self, change: ChangeColumn, charge: ChargeColumn) -> None:
        super().__init__()
        self._parts = change, charge
        for part in self._parts:
            self.addWidget(part)

    def set_close(self, close: bool) -> None:
        """With little room."""
        for part in self._parts:
            part.set_close(close)

    def show_charge(self, is_open: bool) -> None:
        """Show the charge, or the change."""
        self.setCurrentWidget(self._parts[1] if is_open else self._parts[0])
