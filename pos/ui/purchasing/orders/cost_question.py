"""The question what one piece costs: an amount in any currency; an empty field is an unknown cost."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from pos.application.text.translator import Translator
from pos.domain.errors import BadField
from pos.domain.money import Currency, Money
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Size, Space
from pos.ui.page.amount_in_currency import AmountInCurrency
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.drawing.layouts import Stretched, hbox, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Complaint, Role, TextLabel, Words


class CostQuestion(Surface):
    """`answered` carries the goods or line it was asked about, and a cost that differs from before; None: unknown.

    `given`: a person has given the answer and wants to go on. `left` is emitted on closing.
    """

    answered = Signal(object, object)
    given = Signal()
    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(Ground.CHOSEN)
        self._session = session
        self._about: object = None
        self._goods: Words = str
        """The name of what it is asked about."""
        self._before: Money | None = None
        self._question = TextLabel(role=Role.STRONG)
        self._wrong = Complaint(Role.SMALL_STRONG)
        self._money = AmountInCurrency(session)
        self.amount, self.currency = self._money.amount, self._money.currency
        self.currency.activated.connect(lambda _at: self.amount.setFocus(Qt.FocusReason.OtherFocusReason))
        self.save = IconButton(
            session.theme, icon="check", key="Enter", kind=ButtonKind.TINTED, height=Size.SMALL_BUTTON
        )
        self.back = IconButton(session.theme, key="Esc", height=Size.SMALL_BUTTON)
        self.save.clicked.connect(self._give)
        self.back.clicked.connect(self.close_down)
        self.amount.submitted.connect(lambda _amount: self._give())
        self.amount.refused.connect(self._refuse)
        self.amount.changed.connect(lambda _amount: self._wrong.say(None))
        vbox(
            self._question,
            self._money,
            self._wrong,
            hbox(Stretched(self.save), Stretched(self.back), spacing=Space.S),
            spacing=Space.S,
            margins=(12, 12, 12, 12),
            parent=self,
        )
        self.hide()

    def ask(self, about: object, goods: Words, cost: Money | None, usual: Currency) -> None:
        """Ask what a piece costs of `goods`; an unknown cost begins in the `usual` currency."""
        self._about, self._before, self._goods = about, cost, goods
        self.retranslate(self._session.translator)
        self._money.begin(usual, cost)
        self._wrong.say(None)
        self.show()
        self.amount.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def retranslate(self, tr: Translator) -> None:
        """Show everything in another language; the typed answer stays."""
        self._question.setText(tr("Unit cost"))
        self.save.present(tr("Save"))
        self.back.present(tr("Back"))
        named = tr("Unit cost: {goods}", goods=self._goods())  # they are chosen beside it
        self._money.present(named, tr, tr("unknown"))
        self._wrong.reword()

    @property
    def is_open(self) -> bool:
        """Whether it is asked."""
        return not self.isHidden()

    @property
    def complaint(self) -> str:
        """What is wrong with the answer; empty where nothing is."""
        return self._wrong.text()

    def _give(self) -> None:
        if self.settle():
            self.given.emit()

    def settle(self) -> bool:
        """Give the answer as it stands, and close; False, and a complaint, where it cannot be read."""
        if not self.is_open:
            return True
        doubt = self.amount.doubt
        if doubt is not None:
            self._refuse("decimals")
            return False
        about, cost = self._about, None if self.amount.is_empty() else self.amount.amount()
        is_other = cost != self._before
        self.close_down()
        if is_other:
            self.answered.emit(about, cost)
        return True

    def leave(self) -> None:
        """What it was asked about is on show no longer: an answer that can be read is given."""
        if not self.settle():
            self.close_down()

    def close_down(self) -> bool:
        """Close without an answer; False if it was not asked."""
        if not self.is_open:
            return False
        self.hide()
        self._about = None
        self.left.emit()
        return True

    def _refuse(self, why: str) -> None:
        error = self.amount.doubt or BadField("cost", "not_an_amount")
        self._session.sounds.play(Sound.REFUSE)

        def words() -> str:
            tr = self._session.translator
            if why == "letter":
                return tr("Only digits and one decimal separator are allowed.")
            return self._session.wording(BadField(tr("Unit cost"), error.what, error.value))

        self._wrong.say(words)
