"""The pages of a sale behind the checkout, whose Counter they share: payment, paid, parked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

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
    payment.kept.connect(lambda given: _tell_kept(checkout.page.news, given, payment))
    checkout.parking.given = payment.given
    counter.sold.connect(lambda sale: receipts.issue(sale.receipt))
    counter.sold.connect(session.sale_news.sold)
    yield payment
    yield ParkedScreen(session, checkout.parking)


def _tell_kept(news: News, given: Sequence[Paid], payment: PaymentScreen) -> None:
    """Say what was given before the basket changed. It goes back by the button alone: Enter is what a scanner sends."""

    def telling(words: Words) -> Notice:
        text = words("Already received for this sale: {amounts}.", amounts=_amounts(given, words))
        return Notice(Tone.INFO, text, "wallet", words("Refund it"))

    def handing(words: Words) -> Notice:
        return Notice(
            Tone.NEARLY, words("Refund to the customer: {amounts}.", amounts=_amounts(given, words)), "wallet"
        )

    def back() -> None:
        payment.give_back()
        news.tell("payment.handed", handing)

    news.tell("payment.kept", telling, back, holds=lambda: payment.given() is not None)


def _amounts(given: Sequence[Paid], words: Words) -> str:
    """What was handed over, as it was: cash ¥ 3,000, card ¥ 200.55."""
    named = (
        f"{name_of(METHODS, paid.tender.method, words)} {money_text(paid.tender.amount, words.language)}"
        for paid in given
        if paid.tender.method != EXCHANGE
    )
    return words(", ").join(named)
