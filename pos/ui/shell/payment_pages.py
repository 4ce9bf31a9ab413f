"""The pages of a sale after the checkout, whose CheckoutController they share: payment, paid, parked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from pos.application.text.formatting import money_text
from pos.application.text.names import METHODS, name_of
from pos.domain.payment.tender import EXCHANGE
from pos.ui.input.actions import CHECKOUT
from pos.ui.sales.checkout.screen import CheckoutScreen
from pos.ui.sales.parked.screen import ParkedScreen
from pos.ui.sales.payment.paid_screen import PaidScreen
from pos.ui.sales.payment.screen import PaymentScreen
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone

if TYPE_CHECKING:
    from pos.application.text.words import Words
    from pos.domain.payment.tender import Paid
    from pos.ui.notices.notice_factory import News
    from pos.ui.page.screen import Screen
    from pos.ui.session.session import Session


def pages(session: Session, built: Mapping[str, Screen]) -> Iterator[Screen]:
    """Yield them one by one, connected; the checkout is `built` already and keeps the listeners."""
    checkout = built[CHECKOUT]
    assert isinstance(checkout, CheckoutScreen), "the checkout is built first"
    counter, receipts = checkout.counter, checkout.receipts
    yield PaidScreen(session, counter, receipts)  # it gets signals of a sale before its page is shown
    payment = PaymentScreen(session, counter)
    payment.kept.connect(lambda given: _notify_kept(checkout.page.news, given, payment))
    checkout.parking.given = payment.given
    checkout.parking.hand_back = lambda: _hand_back(checkout.page.news, payment)
    # after the notice on why the basket is empty: the money is more important, and Ctrl+Z still undoes the step
    counter.presented.connect(lambda _view: QTimer.singleShot(0, checkout, checkout.parking.is_paid_for_nothing))
    counter.sold.connect(lambda sale: receipts.issue(sale.receipt))
    counter.sold.connect(session.sale_news.sold)
    yield payment
    yield ParkedScreen(session, checkout.parking)


def _notify_kept(news: News, given: Sequence[Paid], payment: PaymentScreen) -> None:
    """Report what was given before the basket changed. Only the button gives it back: a scanner sends Enter."""

    def make_notice(words: Words) -> Notice:
        text = words("Already received for this sale: {amounts}.", amounts=_amounts(given, words))
        return Notice(Tone.INFO, text, "wallet", words("Refund it"))

    news.tell("payment.kept", make_notice, lambda: _hand_back(news, payment), holds=lambda: payment.given() is not None)


def _hand_back(news: News, payment: PaymentScreen) -> None:
    """Give the money back to the customer; the notice lists it."""
    given = () if payment.payment is None else payment.payment.settlement().paid
    payment.give_back()

    def handing(words: Words) -> Notice:
        text = words("Refund to the customer: {amounts}.", amounts=_amounts(given, words))
        return Notice(Tone.NEARLY, text, "wallet")

    news.tell("payment.handed", handing)


def _amounts(given: Sequence[Paid], words: Words) -> str:
    """What was given, as it was: cash ¥ 3,000, card ¥ 200.55."""
    named = (
        f"{name_of(METHODS, paid.tender.method, words)} {money_text(paid.tender.amount, words.language)}"
        for paid in given
        if paid.tender.method != EXCHANGE
    )
    return words(", ").join(named)
