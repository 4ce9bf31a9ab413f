"""Parking at the checkout: F7 parks the basket or shows the parked sales, and notices report the result."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from pos.application.sales.park_sale import Parked
from pos.application.sales.parked_sales import TakenUp
from pos.application.text.formatting import money_text, pieces_text, time_text
from pos.application.text.typography import parted
from pos.application.text.words import Words
from pos.domain.money import Money
from pos.ui.input.actions import PARKED
from pos.ui.look.sounds import Sound
from pos.ui.notices.notice_factory import ENTER
from pos.ui.quota.party_words import name_text
from pos.ui.sales.basket.basket_page import BasketPage
from pos.ui.sales.current_sale.checkout_controller import CheckoutController
from pos.ui.sales.parked.basket_autosave import BasketAside
from pos.ui.sales.parked.basket_file import LeftBasket
from pos.ui.sales.parked.park_sale import PutAway
from pos.ui.session.session import Session
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone

_SECONDS = 12
_MOST = 3


class Parking(QObject):
    """Owns the steps around the note panel of the checkout.

    `given` returns what was already paid for the basket, `hand_back` gives it back. `ended` means that the panel is
    closed.
    """

    ended = Signal()

    def __init__(self, session: Session, counter: CheckoutController, page: BasketPage) -> None:
        super().__init__(page)
        self._session = session
        self._news = page.news
        self._panel = page.note
        self.counter = counter
        self.put_away = PutAway(session, counter)
        self.aside = BasketAside(session, counter, self.put_away)
        self.given: Callable[[], Money | None] = lambda: None
        self.hand_back: Callable[[], None] = lambda: None
        self._panel.entered.connect(self._park)
        self._panel.left.connect(self.leave)
        self.put_away.parked.connect(self._parked)
        self.put_away.taken_up.connect(self._taken_up)
        counter.started.connect(lambda _view: self.leave())
        session.person_changed.connect(lambda _person: self.offer_left())
        self.aside.changed.connect(self.offer_left)

    def ask(self) -> None:
        """F7: ask for the note of the current basket; without a basket show the parked sales."""
        view = self.counter.view
        if view is None or self.counter.is_recording:
            return
        if not view.lines:
            self._session.go(PARKED)
        elif not self.is_paid_in_part():
            self._panel.open()

    def is_paid_in_part(self) -> bool:
        """Whether money was already taken for the basket; if so, a notice offers to give it back first."""
        return self._asks_to_hand_back(lambda: True)

    def is_paid_for_nothing(self) -> bool:
        """Whether money was taken and no goods are left: it is the last customer's, never the next one's."""
        return self._asks_to_hand_back(self._is_without_goods)

    def leave(self) -> bool:
        """Esc: the basket is not parked; False if the panel is not open."""
        asked = self._panel.close_down()
        if asked:
            self.ended.emit()
        return asked

    def offer_left(self) -> None:
        """Offer a basket that was left when the till stopped to the person who signs in."""
        person = self._session.person
        if person is None or not person.may("sell") or not self.aside.left:
            return
        basket = self.aside.left[-1]

        def make_notice(words: Words) -> Notice:
            text = words("The till stopped with an open basket: {basket}.", basket=left_text(basket, words))
            return Notice(Tone.INFO, text, "shopping-cart", words("Resume the basket"), ENTER, other=words("Discard"))

        self._news.tell(
            "parked.offer",
            make_notice,
            lambda: self.aside.take_up(basket),
            holds=lambda: basket in self.aside.left,
            other=lambda: self.aside.discard(basket),
        )

    def _is_without_goods(self) -> bool:
        view = self.counter.view
        return view is not None and not view.lines and not view.back.pieces

    def _asks_to_hand_back(self, while_so: Callable[[], bool]) -> bool:
        given = self.given()
        if given is None or not while_so():
            return False

        def make_notice(words: Words) -> Notice:
            text = words(
                "{amount} was already received for this sale. Refund it first.",
                amount=money_text(given, words.language),
            )
            return Notice(Tone.NEARLY, text, "wallet", words("Refund it"))

        self._session.sounds.play(Sound.NOTE)
        self._news.tell(
            "payment.kept", make_notice, self.hand_back, holds=lambda: self.given() is not None and while_so()
        )
        return True

    def _park(self, note: str) -> None:
        person = self._session.person
        if person is not None:
            self.put_away.park(note, person)

    def _parked(self, parked: Parked) -> None:
        self._session.sounds.play(Sound.NOTE if parked.unheld else Sound.ACCEPT)
        until = parked.until.astimezone(self._session.settings.zone)
        key = self._session.actions.key_text("park")

        def text(words: Words) -> str:
            said = words("Parked until {time}. {key} shows parked sales.", time=time_text(until), key=key)
            if not parked.unheld:
                return said
            names = words(", ").join(name_text(visitor) for visitor in parked.unheld)
            unheld = words("Allowance not held for {visitors}: this basket is over it.", visitors=names)
            return f"{said}\n{unheld}"

        self._notify(Tone.NEARLY if parked.unheld else Tone.WITHIN, text, "pause")

    def _taken_up(self, taken: TakenUp) -> None:
        changed = bool(taken.repriced or taken.short or taken.basket.gone)
        self._session.sounds.play(Sound.NOTE if changed else Sound.ACCEPT)
        if changed:
            self._notify(Tone.NEARLY, lambda words: changes_text(taken, words), seconds=0)
        else:
            self._notify(Tone.WITHIN, lambda words: words("Sale resumed."), "shopping-cart")

    def _notify(self, tone: Tone, text: Callable[[Words], str], icon: str = "", seconds: int = _SECONDS) -> None:
        self._news.tell("parked.said", lambda words: Notice(tone, text(words), icon, seconds=seconds))


def left_text(basket: LeftBasket, words: Words) -> str:
    """A left basket in a few words: 3 pieces · ¥ 412.50 · ZHANG W••."""
    summary = basket.summary
    parts = [pieces_text(summary.pieces, words), money_text(summary.total, words.language)]
    return " · ".join([*parts, *(name_text(visitor) for visitor in summary.visitors[:1])])


def changes_text(taken: TakenUp, words: Words) -> str:
    """What has changed since a basket was parked, a line for each kind of change."""
    language = words.language

    def listed(parts: list[str]) -> str:
        return parted(words, [*parts[:_MOST], "…"] if len(parts) > _MOST else parts)

    lines = []
    if taken.repriced:
        prices = [
            f"{one.product.name_in(language)} {money_text(one.before, language)} → {money_text(one.now, language)}"
            for one in taken.repriced
        ]
        lines.append(words("Prices have changed: {goods}.", goods=listed(prices)))
    if taken.short:
        short = [
            words("{name}: {wanted} needed, {free} available", name=one.product.name_in(language),
                  wanted=one.wanted, free=one.free)
            for one in taken.short
        ]  # fmt: skip
        lines.append(words("Not enough stock: {goods}.", goods=listed(short)))
    if taken.basket.gone:
        lines.append(words("No longer sold, removed: {goods}.", goods=listed(list(taken.basket.gone))))
    return "\n".join(lines)
