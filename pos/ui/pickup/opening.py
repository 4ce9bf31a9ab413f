"""A customer order at the checkout: its QR, or the key of the board, opens its basket in one act.

Where a basket of other goods is in hand, it is asked whether the order belongs to it: the same scan again, or a button,
says yes. Nothing of the basket is lost. Where no basket can be filled, it is said what comes first.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from pos.application.text.formatting import lines_text, money_text
from pos.application.text.translator import Translator
from pos.domain.errors import RuleBroken
from pos.domain.pickup.pickup_code import PickupCode, read_pickup_code
from pos.ui.input.actions import CHECKOUT, PAYMENT, PICKUP
from pos.ui.look.sounds import Sound
from pos.ui.sales.checkout.screen import CheckoutScreen
from pos.ui.session.session import Session
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone


class OrderOpening(QObject):
    """Opens orders in the basket of one checkout, for everybody who may sell at the till."""

    def __init__(self, session: Session, checkout: CheckoutScreen) -> None:
        super().__init__(checkout)
        self._session, self._checkout = session, checkout
        self._asked = ""
        session.open_order = self.take

    def take(self, text: str) -> bool:
        """Open the order of a scanned QR; False where the page on show does with it as with any scan: where a person
        may neither sell nor take orders, and where a payment is on show that cannot be left.
        """
        session, counter = self._session, self._checkout.counter
        person = session.person
        if person is None:
            return False
        try:
            code = read_pickup_code(text)
        except RuleBroken as error:
            session.sounds.play(Sound.UNREAD)
            session.report(error)
            return True
        if not person.may("sell"):
            return self._show_on_board(code, may=person.may("pickup"))
        if session.shift is None or session.shift_is_anothers:
            session.go(CHECKOUT)  # which leads to the page that comes first
            self._say_first(lambda tr: tr("Open the shift or take it over first, then scan the customer order again."))
            return True
        if counter.is_sold:  # its customer has paid: the order is the next one's, whose basket is on its way
            counter.start_new()
            session.go(CHECKOUT)
            self._add(code)
            return True
        if counter.is_recording or self._checkout.parking.is_charging():
            return self._show_payment()
        self._open(code)
        return True

    def _show_on_board(self, code: PickupCode, *, may: bool) -> bool:
        if may:
            self._session.go(PICKUP)
            self._session.order_found.emit(code.signs)
        return may

    def _show_payment(self) -> bool:
        if self._session.screen_id == PAYMENT:
            return False  # it says itself that it is open
        if not self._checkout.counter.leads_to_payment():
            self._session.go(CHECKOUT)  # only from there a payment is opened
            self._checkout.parking.back_to_payment()
        self._say_first(lambda tr: tr("Finish this payment first, then scan the customer order again."))
        return True

    def _say_first(self, said: Callable[[Translator], str]) -> None:
        session = self._session
        session.sounds.play(Sound.NOTE)
        session.notify("pickup.first", lambda: Notice(Tone.NEARLY, said(session.translator), seconds=10))

    def _open(self, code: PickupCode) -> None:
        session, counter, news = self._session, self._checkout.counter, self._checkout.page.news
        if session.screen_id != CHECKOUT:
            session.go(CHECKOUT)
        view = counter.view
        is_asked = news.kind == "pickup.open" and self._asked == code.signs
        if is_asked and session.finishing.left:  # read twice by the scanner: the question was not seen yet
            session.sounds.play(Sound.NOTE)
            return
        is_there = view is not None and any(one.code == code.signs for one in view.pickups)
        if is_there:
            self._say_there(code)
            counter.change(lambda checkout: checkout.pick_up(code.signs))
            return
        if view is None or not view.lines or is_asked:
            self._add(code)
            return
        self._asked = code.signs
        session.sounds.play(Sound.UNKNOWN)
        session.finishing.turned()
        basket, key = view, session.actions.key_text("park")

        def notice(tr: Translator) -> Notice:
            said = tr(
                "A basket is in hand: {basket}. Scan {code} again to add the order to it, or park it first ({key}).",
                basket=f"{lines_text(len(basket.lines), tr)} · {money_text(basket.total, tr.language)}",
                code=code.spaced,
                key=key,
            )
            return Notice(Tone.NEARLY, said, "shopping-bag", tr("Add to this basket"), other=tr.context("pickup", "No"))

        news.notify("pickup.open", notice, lambda: self._add(code))

    def _say_there(self, code: PickupCode) -> None:
        """Its goods came with the first scan; this one only reads the order again, and its deposit."""

        def notice(tr: Translator) -> Notice:
            said = tr("The customer order {code} is in the basket already.", code=code.spaced)
            return Notice(Tone.INFO, said, "shopping-bag", seconds=10)

        self._session.sounds.play(Sound.NOTE)
        self._checkout.page.news.notify("pickup.there", notice)

    def _add(self, code: PickupCode) -> None:
        self._asked = ""
        if self._checkout.page.news.kind == "pickup.open":
            self._checkout.page.news.clear()
        self._checkout.counter.scan(code.qr)
