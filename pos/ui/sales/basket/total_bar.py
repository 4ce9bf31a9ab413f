"""The bottom of the checkout: the total, the total in the other currencies, and the pay button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from pos.application.sales.checkout_view import CheckoutView
from pos.application.text.formatting import lines_text, money_text, number_text, pieces_text
from pos.application.text.translator import Translator
from pos.application.text.typography import labelled
from pos.domain.money import CURRENCIES, Currency, Money
from pos.domain.pickup.pickup_code import PickupCode
from pos.ui.look.theme import Size, Space, Theme, Type
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.cards.amount_label import AmountLabel
from pos.ui.widgets.drawing.drawing import text_width
from pos.ui.widgets.drawing.layouts import Gap, Stretch, Stretched, hbox, vbox
from pos.ui.widgets.drawing.main_and_side import SideWide
from pos.ui.widgets.drawing.surface import Ground, Line, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.spoken.announcements import Announcer

_OTHER_WIDTH = 124
_ABOVE, _ABOVE_TWO = 10, Space.XS
"""The pixels above and below the words, and where the line over the total is broken in two."""
_DOT = " · "
_ORDERS_NAMED = 2
"""As many customer orders are named by their codes; of more only the number is shown."""
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TotalBar(Surface):
    """Shows the amount to pay; `pay` is emitted when its button is pressed.

    In a narrow window the total and the button come first: the other currencies are shown as far as there is room.
    """

    pay = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Ground.PANEL, parent)
        self.setFixedHeight(Size.BOTTOM_BAR)
        self._theme = theme
        left = Qt.AlignmentFlag.AlignLeft
        self._caption = AmountLabel(theme, Type.LABEL, bold=False, token="muted", align=left, still=True)
        self._more = AmountLabel(theme, Type.LABEL, bold=False, token="muted", align=left, still=True)
        """What the line above has no room for: sums that were paid ahead are read whole."""
        self._more.hide()
        self._said: list[str] = []
        self._total = AmountLabel(theme, Type.TOTAL, align=left, still=True)
        self._others = [_Other(theme) for _ in range(len(CURRENCIES) - 1)]
        self._pay = IconButton(theme, "", icon="credit-card", key="F12", kind=ButtonKind.PRIMARY, height=Size.PRIMARY)
        self._pay.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a payment that is refused leaves the keys in the scan field
        self._pay.clicked.connect(self.pay)
        SideWide(self._pay, self, Space.L)
        self._filled = 0
        self._announcer = Announcer(self)
        column = vbox(self._caption, self._more, self._total, spacing=0)
        self._row = hbox(
            Stretched(column),
            *self._others,
            Gap(2 * Space.L - Space.S),
            self._pay,
            spacing=Space.S,
            margins=(Space.L, _ABOVE, Space.L, _ABOVE),
        )
        vbox(Line(strong=True), self._row, spacing=0, margins=0, parent=self)

    @property
    def pay_button(self) -> IconButton:
        """The button, for the order of Tab and for tests."""
        return self._pay

    def present(self, view: CheckoutView | None, tr: Translator) -> None:
        """Show the totals of `view`; nothing is shown before the first view."""
        self._pay.present(tr("Pay"))
        if view is None:
            return
        language = tr.language
        parts = [tr("Total"), lines_text(len(view.lines), tr), pieces_text(view.pieces, tr)]
        if view.back.pieces:
            parts.append(tr("{pieces} back", pieces=pieces_text(view.back.pieces, tr)))
        if view.back_rounding:
            parts.append(labelled(tr, tr("Rounding"), money_text(view.back_rounding, language, plus=True)))
        parts += _orders_text(view, tr)
        self._said = parts
        self._total.present(money_text(view.due, language))
        is_empty = not (view.lines or view.back.pieces)
        self._announcer.update("" if is_empty else labelled(tr, tr("Total"), self._total.text()))
        self._filled = min(len(view.others), len(self._others))
        for other, amount in zip(self._others, view.others, strict=False):
            other.present(amount.currency.code, money_text(amount, language, cash=True))
        self._show_what_fits()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_what_fits()

    def _show_what_fits(self) -> None:
        room = self.width() - self._pay.width() - 4 * Space.L
        self._break(room)
        words = max(self._caption.full_width, self._more.full_width, self._total.full_width)
        fitting = max(room - words, 0) // (_OTHER_WIDTH + Space.S)
        for index, other in enumerate(self._others):
            other.setVisible(index < min(self._filled, fitting))

    def _break(self, room: int) -> None:
        """Say it in one line, or where `room` is too narrow in two: as much as fits in the first."""
        said, font = self._said, self._theme.font(Type.LABEL)
        first = len(said)
        while first > 1 and text_width(font, _DOT.join(said[:first])) > room:
            first -= 1
        self._caption.present(_DOT.join(said[:first]))
        self._more.present(_DOT.join(said[first:]))
        is_broken = first < len(said)
        self._more.setVisible(is_broken)
        above = _ABOVE_TWO if is_broken else _ABOVE
        self._row.setContentsMargins(Space.L, above, Space.L, above)


def _orders_text(view: CheckoutView, tr: Translator) -> list[str]:
    """The customer orders that are handed out with the basket, and what was paid ahead on them."""
    said = [tr("order {code}", code=PickupCode(order.code).spaced) for order in view.pickups[:_ORDERS_NAMED]]
    if len(view.pickups) > _ORDERS_NAMED:
        n = len(view.pickups)
        said = [tr.plural("{n} order", "{n} orders", n, n=number_text(n, tr.language))]
    ahead: dict[Currency, Money] = {}
    for order in view.pickups:
        if order.deposit is not None and order.deposit.open:
            amount = order.deposit.open
            ahead[amount.currency] = ahead.get(amount.currency, Money.zero(amount.currency)) + amount
    if ahead:
        amounts = tr(", ").join(money_text(amount, tr.language) for amount in ahead.values())
        said.append(labelled(tr, tr("Deposit"), amounts))
    return said


class _Other(QWidget):
    """The total in one other currency."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._code = TextLabel(role=Role.LABEL, align=_RIGHT)
        self._amount = AmountLabel(theme, Type.TITLE, bold=False, still=True)
        self.setFixedWidth(_OTHER_WIDTH)
        vbox(Stretch(), self._code, self._amount, Stretch(), spacing=2, margins=0, parent=self)

    def present(self, code: str, amount: str) -> None:
        """Show an amount under its currency's code."""
        self._code.setText(code)
        self._amount.present(amount)
