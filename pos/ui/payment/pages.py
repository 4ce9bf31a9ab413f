"""The pages of a sale behind the checkout, whose Counter they share: payment, paid, parked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from pos.application.figures import money_text
from pos.ui.actions import CHECKOUT
from pos.ui.checkout.news import ENTER
from pos.ui.checkout.screen import CheckoutScreen
from pos.ui.parked.screen import ParkedScreen
from pos.ui.payment.paid_screen import PaidScreen
from pos.ui.payment.screen import PaymentScreen
from pos.ui.widgets.notice_bar import Notice
from pos.ui.widgets.tone import Tone

if TYPE_CHECKING:
    from pos.application.words import Words
    from pos.domain.money import Money
    from pos.ui.screen import Screen
    from pos.ui.session import Session


def pages(session: Session, built: Mapping[str, Screen]) -> Iterator[Screen]:
    """Yield them one by one, wired; the checkout is `built` already and keeps what listens."""
    checkout = built[CHECKOUT]
    assert isinstance(checkout, CheckoutScreen), "the checkout is built first"
    counter, receipts = checkout.counter, checkout.receipts
    yield PaidScreen(session, counter, receipts)  # which hears of a sale before its page is shown
    payment = PaymentScreen(session, counter)
    payment.kept.connect(lambda given: checkout.page.news.tell(_kept(given), payment.give_back))
    checkout.parking.given = payment.given
    counter.sold.connect(lambda sale: receipts.issue(sale.receipt))
    counter.sold.connect(session.sale_news.sold)
    yield payment
    yield ParkedScreen(session, checkout.parking)


def _kept(given: Money) -> Callable[[Words], Notice]:
    """What is told of money that was given before the basket changed."""

    def telling(words: Words) -> Notice:
        amount = money_text(given, words.language)
        text = words("{amount} already received for this sale.", amount=amount)
        return Notice(Tone.INFO, text, "wallet", words("Refund it"), ENTER)

    return telling
