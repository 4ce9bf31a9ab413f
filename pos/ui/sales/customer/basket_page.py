"""The customer's page of a sale in progress: goods left, the allowance right, the total below in large figures."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent

from pos.ui.sales.customer.allowance import CustomerAllowance
from pos.ui.sales.customer.display_element import DisplayPart, LineOfText, Measure
from pos.ui.sales.customer.goods_list import GoodsList
from pos.ui.sales.customer.view_models import DisplayedAmount, DisplayedBasket
from pos.ui.widgets.drawing.drawing import CENTRE, draw_text

_FOOT = 218
_SIDE = 500
_NOTHING = DisplayedBasket((), None, DisplayedAmount("", ""), ())


class CustomerBasketPage(DisplayPart):
    """Shows a DisplayedBasket: each part is repainted only if it differs."""

    def __init__(self, measure: Measure) -> None:
        super().__init__(measure)
        self.goods = GoodsList(measure)
        self.greeting = LineOfText(measure, 64, bold=True, align=CENTRE)
        self.allowance = CustomerAllowance(measure)
        self.caption = LineOfText(measure, 28, token="muted")
        self.total = LineOfText(measure, 112, bold=True)
        self.others = OtherCurrencies(measure)
        for part in (self.goods, self.greeting, self.allowance, self.caption, self.total, self.others):
            part.setParent(self)

    def present(self, view: DisplayedBasket) -> None:
        """Show a basket."""
        moved = bool(view.holders) is self.allowance.isHidden()
        self.allowance.setVisible(bool(view.holders))
        self.greeting.setVisible(bool(view.greeting))
        self.goods.setVisible(not view.greeting)
        if moved:
            self._arrange()
        self.goods.present(view.rows, view.newest)
        self.greeting.present(view.greeting)
        self.allowance.present(view)
        self.caption.present(view.total.heading)
        self.total.present(view.total.amount)
        self.others.present(view.others)

    def forget(self) -> None:
        self.present(_NOTHING)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._arrange()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The panel of the total."""
        painter, foot = QPainter(self), self._foot()
        painter.fillRect(foot, self.theme.colour("surface"))
        painter.fillRect(QRect(foot.x(), foot.y(), foot.width(), 1), self.theme.colour("line_strong"))

    def _foot(self) -> QRect:
        high = self.px(_FOOT)
        return QRect(0, self.height() - high, self.width(), high)

    def _arrange(self) -> None:
        px, foot = self.px, self._foot()
        margin = px(24)
        side = px(_SIDE) if not self.allowance.isHidden() else 0
        body = QRect(margin, px(4), self.width() - 2 * margin, foot.y() - px(20))
        goods = body.adjusted(0, 0, -(side + px(20)) if side else 0, 0)
        self.goods.setGeometry(goods)
        self.greeting.setGeometry(goods)
        self.allowance.setGeometry(QRect(body.right() + 1 - side, body.y(), side, body.height()))
        wide = foot.width() - 2 * margin
        self.caption.setGeometry(QRect(margin, foot.y() + px(12), wide, px(36)))
        self.total.setGeometry(QRect(margin, foot.y() + px(46), wide, px(112)))
        self.others.setGeometry(QRect(margin, foot.y() + px(162), wide, px(44)))


_LEAST_SHARES = 4
"""Few amounts stand to the left at their usual width."""


class OtherCurrencies(DisplayPart):
    """The total in the other currencies, side by side."""

    def __init__(self, measure: Measure) -> None:
        super().__init__(measure)
        self._amounts: tuple[str, ...] = ()

    def present(self, amounts: tuple[str, ...]) -> None:
        """Show these amounts."""
        if amounts != self._amounts:
            self._amounts = amounts
            self.describe(", ".join(amounts))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._amounts:
            return
        painter = QPainter(self)
        share = self.width() // max(len(self._amounts), _LEAST_SHARES)
        for index, amount in enumerate(self._amounts):
            box = QRect(index * share, 0, share - self.px(16), self.height())
            font = self.measure.fitting(amount, 36, box.width())
            draw_text(painter, box, amount, font, self.theme.colour("text"))
