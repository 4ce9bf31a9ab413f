"""The pages of a sale behind the checkout, whose Counter they share: payment, paid, parked."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from pos.ui.input.actions import CHECKOUT, PAYMENT
from pos.ui.sales.checkout.screen import CheckoutScreen
from pos.ui.sales.current_sale.received_money import button_text, cash_of, kept_text
from pos.ui.sales.parked.parking import notify_given_back
from pos.ui.sales.parked.screen import ParkedScreen
from pos.ui.sales.payment.paid_screen import PaidScreen
from pos.ui.sales.payment.screen import PaymentScreen
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone

if TYPE_CHECKING:
    from pos.application.text.translator import Translator
    from pos.ui.notices.notice_factory import News
    from pos.ui.page.screen import Screen
    from pos.ui.sales.current_sale.checkout_controller import CheckoutController
    from pos.ui.session.session import Session


def pages(session: Session, built: Mapping[str, Screen]) -> Iterator[Screen]:
    """Yield them one by one, wired; the checkout is `built` already and keeps what listens."""
    checkout = built[CHECKOUT]
    assert isinstance(checkout, CheckoutScreen), "the checkout is built first"
    counter, receipts = checkout.counter, checkout.receipts
    yield PaidScreen(session, counter, receipts)  # which hears of a sale before its page is shown
    payment = PaymentScreen(session, counter)
    payment.kept.connect(lambda: _show_kept(checkout.page.news, counter, payment))
    checkout.parking.given = checkout.parking.autosave.given = payment.given
    autosave = checkout.parking.autosave  # baskets that were open when the till stopped
    session.kept_cash = lambda: cash_of(payment.given(), *(basket.given for basket in autosave.baskets))
    payment.changed.connect(autosave.write_money)
    payment.changed.connect(lambda: _follow_kept(checkout.page.news, counter, payment))
    checkout.parking.autosave.resumed.connect(lambda basket: payment.recover(basket.given))
    checkout.parking.hand_back = lambda: _hand_back(checkout.page.news, counter, payment)
    # after what says why the basket is empty: the money is of more weight, and Ctrl+Z still takes the step back
    counter.presented.connect(lambda _view: QTimer.singleShot(0, checkout, checkout.parking.is_paid_for_nothing))
    counter.sold.connect(lambda sale: receipts.issue(sale.receipt))
    counter.sold.connect(session.sale_news.sold)
    checkout.parking.is_charging = lambda: payment.charging.is_open
    autosave.discarded.connect(lambda basket: payment.charging.give_back(basket.given.tenders if basket.given else ()))
    checkout.by_code.scanned.connect(payment.charged.expect)
    yield payment
    parked = ParkedScreen(session, checkout.parking)
    parked.refunded.connect(payment.take_off)
    parked.refunded.connect(autosave.take_off)
    yield parked


def _show_kept(news: News, counter: CheckoutController, payment: PaymentScreen) -> None:
    """Say what was given before the basket changed. It goes back by the button alone: Enter is what a scanner sends."""
    given = payment.given()
    if given is None:
        return

    def make_notice(tr: Translator) -> Notice:
        return Notice(Tone.INFO, kept_text(given, tr), "wallet", button_text(given, tr))

    hand_back = partial(_hand_back, news, counter, payment)
    news.notify("payment.kept", make_notice, hand_back, holds=lambda: payment.given() == given)


def _follow_kept(news: News, counter: CheckoutController, payment: PaymentScreen) -> None:
    """Another sum is given than the notice says: a card may have been refunded among the parked sales."""
    was_said = news.kind == "payment.kept"
    news.look_again()
    if was_said and news.kind is None and payment.session.screen_id != PAYMENT:
        _show_kept(news, counter, payment)


def _hand_back(news: News, counter: CheckoutController, payment: PaymentScreen) -> None:
    """The money goes back to the customer, but for what another till has given back, and the notice says which; not
    where its sale may be recorded.
    """
    given, session = payment.given(), payment.session
    if given is None or counter.leads_to_payment():
        return

    def hand_back(refunded: Collection[str]) -> None:
        payment.take_off(refunded)
        left = payment.given()
        payment.give_back()
        if left is not None:
            notify_given_back(news, left)

    session.run(partial(session.shop.owed_money.refunded, given.key), hand_back, lambda _error: hand_back(()))
