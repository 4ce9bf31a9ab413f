"""A customer order at the checkout: its QR, or the key of the board, opens its basket in one act.

Where a basket of other goods is in hand, it is asked whether the order belongs to it: the same scan again, or a button,
says yes. Nothing of the basket is lost.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos.application.text.formatting import lines_text, money_text
from pos.application.text.translator import Translator
from pos.domain.errors import RuleBroken
from pos.domain.pickup.pickup_code import PickupCode, read_pickup_code
from pos.ui.input.actions import CHECKOUT, PAID, PICKUP
from pos.ui.look.sounds import Sound
from pos.ui.sales.checkout.screen import CheckoutScreen
from pos.ui.session.session import Session
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone


class OrderOpening(QObject):
    """`found` carries the code of a scanned order of a person who may not sell: the board shows it."""

    found = Signal(str)

    def __init__(self, session: Session, checkout: CheckoutScreen) -> None:
        super().__init__(checkout)
        self._session, self._checkout = session, checkout
        self._asked = ""
        session.open_order = self.take

    def take(self, text: str) -> bool:
        """Open the order of a scanned QR; False where the page on show does with it as with any scan."""
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
            session.go(PICKUP)
            self.found.emit(code.signs)
            return True
        if session.shift is None or counter.is_recording or session.screen_id == PAID:
            return False  # the shift is opened first, or the scan is for the next customer
        if self._checkout.parking.is_charging():
            return False  # the payment says that it is open
        self._open(code)
        return True

    def _open(self, code: PickupCode) -> None:
        session, counter, news = self._session, self._checkout.counter, self._checkout.page.news
        if session.screen_id != CHECKOUT:
            session.go(CHECKOUT)
        view = counter.view
        is_asked = news.kind == "pickup.open" and self._asked == code.signs
        is_there = view is not None and any(one.code == code.signs for one in view.pickups)
        if view is None or not view.lines or is_asked or is_there:
            self._add(code)
            return
        self._asked = code.signs
        session.sounds.play(Sound.UNKNOWN)
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

    def _add(self, code: PickupCode) -> None:
        self._asked = ""
        if self._checkout.page.news.kind == "pickup.open":
            self._checkout.page.news.clear()
        self._checkout.counter.scan(code.qr)
