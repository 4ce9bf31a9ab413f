"""The pages of a sale behind the checkout, whose Counter they share: payment, paid, parked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from pos.application.figures import money_text
from pos.application.names import METHODS, name_of
from pos.domain.tender import EXCHANGE
from pos.ui.actions import CHECKOUT
from pos.ui.checkout.screen import CheckoutScreen
from pos.ui.parked.screen import ParkedScreen
from pos.ui.payment.paid_screen import PaidScreen
from pos.ui.payment.screen import PaymentScreen
from pos.ui.widgets.notice_bar import Notice
from pos.ui.widgets.tone import Tone

if TYPE_CHECKING:
    from pos.application.words import Words
    from pos.domain.tender import Paid
    from pos.ui.checkout.news import News
    from pos.ui.screen import Screen
    from pos.ui.session import Session


def pages(session: Session, built: Mapping[str, Screen]) -> Iterator[Screen]:
    """Yield them one by one, wired; the checkout is `built` already and keeps what listens."""
    checkout = built[CHECKOUT]
    assert isinstance(checkout, CheckoutScreen), "the checkout is built first"
    counter, receipts = checkout.counter, checkout.receipts
    yield PaidScreen(session, counter, receipts)  # which hears of a sale before its page is shown
    payment = PaymentScreen(session, counter)
    payment.kept.connect(lambda: _tell_kept(checkout.page.news, payment))
    checkout.parking.given = payment.given
    checkout.parking.hand_back = lambda: _hand_back(checkout.page.news, payment)
    # after what says why the basket is empty: the money is of more weight, and Ctrl+Z still takes the step back
    counter.presented.connect(lambda _view: QTimer.singleShot(0, checkout, checkout.parking.is_paid_for_nothing))
    counter.sold.connect(lambda sale: receipts.issue(sale.receipt))
    counter.sold.connect(session.sale_news.sold)
    yield payment
    yield ParkedScreen(session, checkout.parking)


def _tell_kept(news: News, payment: PaymentScreen) -> None:
    """Say what has been given so far. It goes back by the button alone: Enter is what a scanner sends."""

    def telling(words: Words) -> Notice:
        text = words("Already received for this sale: {amounts}.", amounts=_amounts(_paid(payment), words))
        return Notice(Tone.INFO, text, "wallet", words("Refund it"))

    news.tell("payment.kept", telling, lambda: _hand_back(news, payment), holds=lambda: payment.given() is not None)


def _hand_back(news: News, payment: PaymentScreen) -> None:
    """The money goes back to the customer, and the notice says which."""
    given = _paid(payment)
    payment.give_back()

    def handing(words: Words) -> Notice:
        text = words("Refund to the customer: {amounts}.", amounts=_amounts(given, words))
        return Notice(Tone.NEARLY, text, "wallet")

    news.tell("payment.handed", handing)


def _paid(payment: PaymentScreen) -> Sequence[Paid]:
    return () if payment.payment is None else payment.payment.settlement().paid


def _amounts(given: Sequence[Paid], words: Words) -> str:
    """What was handed over, as it was: cash ¥ 3,000, card ¥ 200.55."""
    named = (
        f"{name_of(METHODS, paid.tender.method, words)} {money_text(paid.tender.amount, words.language)}"
        for paid in given
        if paid.tender.method != EXCHANGE
    )
    return words(", ").join(named)
