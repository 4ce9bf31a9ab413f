"""Customer orders in the basket that can be picked up no more: the basket in hand lets them go, and it is said why."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from pos.application.sales.checkout import Checkout
from pos.application.sales.checkout_view import CheckoutView
from pos.application.sales.parked_sales import RepricedRow
from pos.application.text.formatting import money_text
from pos.application.text.translator import Translator
from pos.application.text.typography import parted
from pos.domain.pickup.customer_order import AlreadyPickedUp, CustomerOrder, CustomerOrderClosed, OrderState
from pos.domain.pickup.pickup_code import PickupCode
from pos.ui.input.actions import CHECKOUT
from pos.ui.look.sounds import Sound
from pos.ui.notices.notice_factory import News
from pos.ui.sales.current_sale.checkout_controller import CheckoutController
from pos.ui.session.session import Session
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone

_MOST = 3


class ClosedOrders(QObject):
    """Looks when the checkout is shown, and when a step was refused because of an order in the basket. No money is
    taken meanwhile: the payment of such a basket is refused.
    """

    def __init__(
        self, session: Session, counter: CheckoutController, news: News, is_charging: Callable[[], bool]
    ) -> None:
        """`is_charging`: whether a payment provider is asked for money of the basket; then it stays as it is."""
        super().__init__(news)
        self._session, self._counter, self._news = session, counter, news
        self._is_charging = is_charging
        session.page_shown.connect(self._page_shown)
        counter.refused.connect(self._refused)

    def _page_shown(self, screen_id: str) -> None:
        if screen_id == CHECKOUT:
            self._look(Sound.NOTE)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, (AlreadyPickedUp, CustomerOrderClosed)):
            self._look()

    def _look(self, sound: Sound | None = None) -> None:
        before = self._counter.view
        if before is None or not before.pickups or self._counter.is_recording or self._is_charging():
            return
        closed: list[CustomerOrder] = []

        def step(checkout: Checkout) -> CheckoutView:
            closed.extend(checkout.let_go_closed())
            return checkout.view()

        def done(after: CheckoutView) -> None:
            if closed:
                if sound is not None:
                    self._session.sounds.play(sound)
                self._tell(closed, _repriced(before, after))

        self._counter.step(step, done, lambda _error: None)  # it is looked at again before any money is taken

    def _tell(self, closed: Sequence[CustomerOrder], repriced: Sequence[RepricedRow]) -> None:
        def make_notice(tr: Translator) -> Notice:
            lines = [closed_order_text(order, tr) for order in closed]
            if repriced:
                lines.append(repriced_text(repriced, tr))
            return Notice(Tone.NEARLY, "\n".join(lines))

        self._news.notify("pickup.closed", make_notice)


def _repriced(before: CheckoutView, after: CheckoutView) -> list[RepricedRow]:
    """The rows of which a piece has another price than before."""
    was = {row.id: row.line.unit_price for row in before.lines}
    return [
        RepricedRow(row.line.product, was[row.id], row.line.unit_price)
        for row in after.lines
        if was.get(row.id, row.line.unit_price) != row.line.unit_price
    ]


def closed_order_text(order: CustomerOrder, tr: Translator) -> str:
    """Why an order can be picked up no more with the basket in which it lay, and what its goods cost."""
    code = PickupCode(order.code).spaced
    if order.state is OrderState.PICKED_UP:
        return tr(
            "The customer order {code} was picked up with receipt {receipt} and is no longer in this basket;"
            " its goods now have the shop's prices.",
            code=code,
            receipt=order.receipt,
        )
    if order.state is OrderState.EXPIRED:
        return tr(
            "The time of the customer order {code} is over and it is no longer in this basket;"
            " its goods now have the shop's prices.",
            code=code,
        )
    return tr(
        "The customer order {code} was cancelled and is no longer in this basket;"
        " its goods now have the shop's prices.",
        code=code,
    )


def repriced_text(repriced: Sequence[RepricedRow], tr: Translator) -> str:
    """The rows whose price has changed, each with both prices."""
    language = tr.language
    prices = [
        f"{one.product.name_in(language)} {money_text(one.before, language)} → {money_text(one.now, language)}"
        for one in repriced
    ]
    return tr("Prices have changed: {goods}.", goods=listed(prices, tr))


def listed(parts: Sequence[str], tr: Translator) -> str:
    """The first few parts."""
    return parted(tr, [*parts[:_MOST], "…"] if len(parts) > _MOST else parts)
