"""The moment after a return: the money to give in large figures, and what became of the allowance."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos.application.figures import money_text, pieces_text
from pos.application.words import Words
from pos.domain.goods_return import GoodsReturn
from pos.domain.tender import Change
from pos.ui.actions import Actions
from pos.ui.payment.paid_pieces import PaidPieces
from pos.ui.returns.return_words import allowance_card, goes_back, refund_detail, refund_title
from pos.ui.theme import Size, Space, Theme, Type
from pos.ui.widgets.amount_label import AmountLabel
from pos.ui.widgets.icon_button import IconButton, Kind
from pos.ui.widgets.surface import Ground, Line, Surface
from pos.ui.widgets.text_label import Role, TextLabel
from pos.ui.widgets.tick import Tick
from pos.ui.widgets.verdict_card import VerdictCard

_WIDTH = 640
_MIDDLE = Qt.AlignmentFlag.AlignHCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class DonePage(QWidget):
    """Shows a recorded return. `left`: on to the checkout; `again` prints its paper once more."""

    left = Signal()
    again = Signal()

    def __init__(self, theme: Theme, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._caption = TextLabel(role=Role.LEAD, align=_CENTRE)
        self._amount = AmountLabel(theme, Type.CHANGE, align=_MIDDLE)
        self._others = TextLabel(role=Role.SECTION, align=_CENTRE, wrap=True)
        self._pieces = PaidPieces(theme)
        self._table = _Table()
        self.allowance = VerdictCard(theme)
        self.next = IconButton(theme, icon="arrow-right", key="Enter", kind=Kind.PRIMARY, height=Size.PRIMARY)
        self.print = IconButton(theme, icon="printer", key=actions.key_text("reprint"), height=Size.PRIMARY)
        self.next.clicked.connect(self.left)
        self.print.clicked.connect(self.again)
        self._lay_out()

    def facts(self) -> str:
        """What is said of the money, as a screen reader tells it."""
        return "\n".join(part for part in (self._caption.text(), self._amount.text(), self._others.text()) if part)

    def begin(self) -> None:
        """Put the hand where Enter goes on."""
        self.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def present(self, back: GoodsReturn, here: Mapping[int, bool], words: Words) -> None:
        """Show a return just recorded; `here` as in ReturnInHand."""
        language = words.language
        first = back.refunds[0] if back.refunds else None
        shown = back.total if first is None else first.amount
        self._caption.setText(words("Goods are back. No money goes back") if first is None else goes_back(first, words))
        self._amount.present(money_text(shown, language, cash=True), "text" if first is not None else "muted")
        others = [
            f"+ {money_text(refund.amount, language, cash=True)} ({refund_title(refund, words)})"
            for refund in back.refunds[1:]
        ]
        self._others.setText("\n".join(others))
        self._others.setVisible(bool(others))
        cash = [
            Change(refund.amount, refund.rate, refund.value, refund.notes)
            for refund in back.refunds
            if refund.notes is not None
        ]
        self._pieces.present(cash, language)
        self._table.present(back, words)
        allowance = allowance_card([(line.of_line, line.quantity) for line in back.lines], here, words, done=True)
        self.allowance.setVisible(allowance is not None)
        if allowance is not None:
            self.allowance.present(allowance)
        self.next.present(words("Back to the checkout"))
        self.print.present(words("Print again"))

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.M)
        buttons.addWidget(self.next, 2)
        buttons.addWidget(self.print, 1)
        middle = QVBoxLayout()
        middle.setSpacing(12)
        middle.addStretch(2)
        middle.addWidget(Tick(self._theme), 0, _CENTRE)
        for part in (self._caption, self._amount, self._others, self._pieces, self._table, self.allowance):
            middle.addWidget(part)
        middle.addSpacing(Space.S)
        middle.addLayout(buttons)
        middle.addStretch(3)
        holder = QWidget()
        holder.setLayout(middle)
        holder.setFixedWidth(_WIDTH)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        row.addStretch(1)
        row.addWidget(holder)
        row.addStretch(1)


class _Table(Surface):
    """What came back of which receipt, and the money for it."""

    def __init__(self) -> None:
        super().__init__(Ground.CARD)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        self._grid.setVerticalSpacing(Space.S)
        self._grid.setHorizontalSpacing(Space.L)
        self._grid.setColumnMinimumWidth(2, 120)
        self._grid.setColumnStretch(1, 1)

    def present(self, back: GoodsReturn, words: Words) -> None:
        """Show the figures of a return."""
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        language, price = words.language, back.total.currency
        of = words("{pieces} of {receipt}", pieces=pieces_text(back.pieces, words), receipt=back.reverses)
        self._put(0, back.receipt, of, money_text(back.total, language), Role.STRONG)
        for place, refund in enumerate(back.refunds, start=1):
            figure = money_text(refund.amount, language, cash=True)
            self._put(place, refund_title(refund, words), refund_detail(refund, price, words), figure, Role.BODY)
        if back.rounding:
            last = len(back.refunds) + 1
            self._grid.addWidget(Line(), last, 0, 1, 3)
            figure = money_text(back.rounding, language, plus=True)
            self._put(last + 1, words("Rounding"), "", figure, Role.LABEL)

    def _put(self, place: int, name: str, detail: str, figure: str, role: Role) -> None:
        self._grid.addWidget(TextLabel(name, role), place, 0)
        self._grid.addWidget(TextLabel(detail, Role.LABEL, align=_RIGHT), place, 1)
        self._grid.addWidget(TextLabel(figure, role, align=_RIGHT), place, 2)
