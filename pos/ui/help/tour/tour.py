"""The tour: a strip above every page that advances with what really happens at the till."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject

from pos.application.text.border_words import currency_word
from pos.domain.pickup.customer_order import CustomerOrder
from pos.domain.pickup.pickup_code import PickupCode
from pos.domain.staff.staff import Person
from pos.ui.help.tour.steps import STEPS, TourProgress, other_currency, step_after
from pos.ui.input.actions import CHECKOUT
from pos.ui.session.session import Session
from pos.ui.widgets.cards.guide_strip import GuideStrip

OPEN, CLOSED = "open", "closed"
_CASHIER = "amina"
_BUYER = "Anna 4567"


class Tour(QObject):
    """Exists only in a demo shop whose border has one. It observes the till; its button does what a scanner does.

    `scan` and `show` send a code and a document to the till as a scanner would.
    """

    def __init__(
        self, session: Session, strip: GuideStrip, scan: Callable[[str], None], show: Callable[[str], None]
    ) -> None:
        super().__init__(strip)
        self._session, self._strip = session, strip
        self._scan, self._show = scan, show
        self._step = 0
        self._progress = TourProgress()
        self._connected = False

    @property
    def is_on(self) -> bool:
        """Whether the strip is visible."""
        return self._session.memory.state.tour == OPEN and self._session.shop.demo_tour is not None

    @property
    def step(self) -> str:
        """The name of the current step."""
        return STEPS[self._step].name

    def offer(self) -> None:
        """Start automatically in a demo shop that has not shown the tour; continue it where it was not closed."""
        if self._session.memory.state.tour != CLOSED and self._session.shop.demo_tour is not None:
            self.start()

    def start(self) -> None:
        """Restart from the current state."""
        if self._session.shop.demo_tour is None:
            return
        session = self._session
        session.memory.keep(tour=OPEN)
        self._step, self._progress = 0, TourProgress(session.person is not None, session.screen_id, session.sale)
        self._listen()
        if session.person is not None and session.screen_id != CHECKOUT:
            session.go(CHECKOUT)
        self._look()

    def close(self) -> None:
        """Close the tour for good, also at the next start; help can start it again."""
        self._session.memory.keep(tour=CLOSED)
        self._strip.hide()

    def _listen(self) -> None:
        if self._connected:
            return
        self._connected = True
        session, news = self._session, self._session.sale_news
        session.person_changed.connect(self._person_changed)
        session.page_shown.connect(lambda screen_id: self._saw(screen_id=screen_id))
        session.language_changed.connect(lambda _tr: self._present())
        session.demo_pins_changed.connect(self._present)
        news.presented.connect(lambda view: self._saw(sale=view))
        news.paying.connect(lambda shown: self._saw(payment=shown))
        news.payment_left.connect(lambda: self._saw(payment=None))
        news.sold.connect(lambda _sale: self._saw(sold=True, payment=None))
        news.started.connect(self._started)
        self._strip.action_pressed.connect(self._do_action)
        self._strip.closed.connect(self.close)

    def _person_changed(self, person: Person | None) -> None:
        self._saw(person=person is not None)
        self._present()

    def _started(self, _view: object) -> None:
        self._saw(next_customer=self._progress.sold)

    def _saw(self, **changes: Any) -> None:
        self._progress = replace(self._progress, **changes)
        if self.is_on:
            self._look()

    def _look(self) -> None:
        self._step = step_after(self._step, self._progress)
        self._present()

    def _do_action(self) -> None:
        step, tour = self.step, self._session.shop.demo_tour
        assert tour is not None, "the button belongs to a tour"
        if self._session.screen_id != CHECKOUT:  # a scan on another page would be counted or moved there
            self._session.go(CHECKOUT)
            return
        if step == "passport":
            self._show(tour.document)
        elif step in ("scan", "over"):
            for _ in range(1 if step == "scan" else 3):
                self._scan(tour.code)
        elif step == "end":
            self._pick_up(tour.code)

    def _pick_up(self, goods: str) -> None:
        """An order is claimed by phone, and its QR scanned at once."""
        session, take, key = self._session, self._session.shop.pickup.take, uuid.uuid4().hex

        def taken(order: CustomerOrder) -> None:
            qr = PickupCode(order.code).qr
            if not session.open_order(qr):
                self._scan(qr)

        session.run_as(lambda person: take.called(goods, _BUYER, "phone", session.language, person, key), taken)

    def _present(self) -> None:
        person_now = self._session.person
        is_shown = self.is_on and (person_now is None or person_now.may("sell"))  # it is a tour of a sale
        self._strip.setVisible(is_shown)
        tour = self._session.shop.demo_tour
        if not is_shown or tour is None:
            return
        tr, step = self._session.translator, STEPS[self._step]
        pin, person = self._session.demo_pins.get(_CASHIER), self._session.names.get(_CASHIER, "Amina")
        if step.name == "sign_in" and pin is None:
            sentence = tr("Sign in as {person}: type the PIN and press Enter.", person=person)
        else:
            sentence = tr(
                step.sentence, code=tour.code, pin=pin, person=person, currency=currency_word(other_currency(), tr)
            )
        last = self._step == len(STEPS) - 1
        heading = tr("Tour") if last else tr("Step {n} of {all}", n=self._step + 1, all=len(STEPS) - 1)
        self._strip.present(
            heading, sentence, tr(step.action_text) if step.action_text else "", tr("Close tour"), "scan-line"
        )
