"""The pages of a sale, which share one Counter: checkout, payment, paid, parked."""

from __future__ import annotations

from pos.application.figures import money_text
from pos.application.words import Words
from pos.domain.money import Money
from pos.domain.sale import Sale
from pos.ui.checkout.counter import Counter
from pos.ui.checkout.news import ENTER
from pos.ui.checkout.screen import CheckoutScreen
from pos.ui.parked.screen import ParkedScreen
from pos.ui.payment.paid_screen import PaidScreen
from pos.ui.payment.receipts import Receipts
from pos.ui.payment.screen import PaymentScreen
from pos.ui.screen import Screen
from pos.ui.session import Session
from pos.ui.widgets.notice_bar import Notice
from pos.ui.widgets.tone import Tone


def till_screens(session: Session) -> tuple[Screen, ...]:
    """The four pages, wired; the checkout keeps what listens."""
    counter = Counter(session)
    receipts = Receipts(session)
    checkout = CheckoutScreen(session, counter, receipts)
    paid = PaidScreen(session, counter, receipts)  # which hears of a sale before its page is shown
    payment = PaymentScreen(session, counter)
    parked = ParkedScreen(session, checkout.parking)
    checkout.parking.given = payment.given

    def print_receipt(sale: Sale) -> None:
        receipts.issue(sale.receipt)

    def tell_kept(given: Money) -> None:
        def telling(words: Words) -> Notice:
            amount = money_text(given, words.language)
            text = words("{amount} was given already and is kept for this sale.", amount=amount)
            return Notice(Tone.INFO, text, "wallet", words("Give it back"), ENTER)

        checkout.page.news.tell(telling, payment.give_back)

    counter.sold.connect(print_receipt)
    payment.kept.connect(tell_kept)
    news = session.sale_news
    for signal, told in (
        (counter.presented, news.presented),
        (counter.started, news.started),
        (counter.sold, news.sold),
    ):
        signal.connect(told)
    return checkout, payment, paid, parked
