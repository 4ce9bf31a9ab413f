"""Parking at the checkout: F7 parks the basket or shows the parked sales, with a notice of the result."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from pos.application.sales.checkout_view import CheckoutView
from pos.application.sales.park_sale import Parked
from pos.application.sales.parked_sales import ResumedBasket
from pos.application.text.formatting import money_text, pieces_text, time_text
from pos.application.text.translator import Translator
from pos.application.text.typography import paragraph
from pos.domain.money import Money
from pos.domain.sales.parking import ExchangeInHand
from pos.ui.input.actions import PARKED
from pos.ui.look.sounds import Sound
from pos.ui.notices.notice_factory import News
from pos.ui.quota.party_words import name_text
from pos.ui.sales.basket.basket_page import BasketPage
from pos.ui.sales.current_sale.checkout_controller import CheckoutController
from pos.ui.sales.current_sale.received_money import Given, back_text, button_text, first_text, kept_text
from pos.ui.sales.parked.basket_autosave import BasketAutosave
from pos.ui.sales.parked.basket_file import AutosavedBasket
from pos.ui.sales.parked.closed_orders import ClosedOrders, closed_order_text, listed, repriced_text
from pos.ui.sales.parked.parking_controller import ParkingController
from pos.ui.session.session import Session
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone

_SECONDS = 12


class Parking(QObject):
    """Owns the steps around the note panel of the checkout.

    `given` says what was paid already for the basket, `hand_back` gives it back. `ended`: nothing is asked
    any more.
    """

    ended = Signal()

    def __init__(self, session: Session, counter: CheckoutController, page: BasketPage) -> None:
        super().__init__(page)
        self._session = session
        self._news = page.news
        self._panel = page.note
        self.counter = counter
        self.controller = ParkingController(session, counter)
        self.autosave = BasketAutosave(session, counter, self.controller)
        self.given: Callable[[], Given | None] = lambda: None
        self.hand_back: Callable[[], None] = lambda: None
        self.is_charging: Callable[[], bool] = lambda: False
        """Whether a payment provider is asked for money of the basket."""
        self._staying: object = None
        """For whom the money of an emptied basket was kept, until there are goods again."""
        self.closed_orders = ClosedOrders(session, counter, page.news, lambda: self.is_charging())  # noqa: PLW0108 # it is set later
        self._panel.entered.connect(self._park)
        self._panel.left.connect(self.leave)
        self.controller.parked.connect(self._parked)
        self.controller.resumed.connect(self._resumed)
        counter.started.connect(lambda _view: self.leave())
        counter.presented.connect(self._look_at_goods)
        counter.is_held_up = self.is_paid_for_nothing
        self.controller.is_paid_in_part = self.is_paid_in_part
        session.person_changed.connect(lambda _person: self._person_changed())
        self.autosave.changed.connect(self.offer_autosaved)
        self.autosave.discarded.connect(self._show_discarded)

    def ask(self) -> None:
        """F7: the note of the basket in hand; without one the parked sales."""
        view = self.counter.view
        if view is None or self.counter.leads_to_payment() or self.counter.is_recording:
            return
        if not view.lines:
            if not self.is_paid_for_nothing():
                self._session.go(PARKED)
        elif view.back.pieces:
            self.counter.refused.emit(ExchangeInHand())  # before a note is typed for it
        elif not self.is_paid_in_part():
            self._panel.open()

    def is_paid_in_part(self) -> bool:
        """Whether money was taken for the basket already; then a message offers to give it back first. What a payment
        provider is asked for is settled or cancelled at the payment.
        """
        if self.is_charging():
            self._session.sounds.play(Sound.NOTE)
            self._news.notify(
                "payment.open",
                lambda tr: Notice(Tone.NEARLY, tr("A payment is open at a provider. Finish or cancel it first."),
                                  "hourglass", tr("Pay")),
                self.back_to_payment,
                holds=self.is_charging,
            )  # fmt: skip
            return True
        return self._asks_to_hand_back(lambda: True)

    def back_to_payment(self) -> None:
        """Open the payment of the basket."""
        if self._session.person is not None:
            self.counter.open_payment(self._session.person)

    def is_paid_for_nothing(self) -> bool:
        """Whether money was taken and no goods are left for it: it is the last customer's, never the next one's."""
        return self._asks_to_hand_back(self._is_for_nothing, self._keep)

    def leave(self) -> bool:
        """Esc: the basket stays in hand; False where nothing was asked."""
        asked = self._panel.close_down()
        if asked:
            self.ended.emit()
        return asked

    def offer_autosaved(self) -> None:
        """Offer the person who signs in the basket that was open when the till stopped. It comes unasked, so Enter in
        the empty field for scans does not answer it.
        """
        person = self._session.person
        if person is None or not person.may("sell") or not self.autosave.baskets:
            return
        basket = self.autosave.baskets[-1]

        def make_notice(tr: Translator) -> Notice:
            said = [tr("The till stopped with an open basket: {basket}.", basket=autosaved_text(basket, tr))]
            if basket.given is not None:
                said.append(kept_text(basket.given, tr))
            key = self._session.actions.key_text("park")
            text = paragraph(tr, (*said, tr("It stays among the parked sales ({key}).", key=key)))
            return Notice(Tone.INFO, text, "shopping-cart", tr("Resume the basket"), other=tr("Discard"))

        self._news.notify(
            "parked.offer",
            make_notice,
            lambda: self.autosave.resume(basket),
            holds=lambda: basket in self.autosave.baskets,
            other=lambda: self._ask_to_discard(basket),
        )

    def _ask_to_discard(self, basket: AutosavedBasket) -> None:
        """The offer stands beneath the question, and again where it is not discarded."""
        self.offer_autosaved()
        self.autosave.look_at_money(basket)
        self._session.sounds.play(Sound.NOTE)

        def make_notice(tr: Translator) -> Notice:
            text = discard_text(basket.summary.total, basket.given, tr)
            return Notice(
                Tone.NEARLY, text, "trash-2", tr("Discard"), other=tr.context("discard", "No"), seconds=_SECONDS
            )

        self._news.notify(
            "parked.discard",
            make_notice,
            lambda: self.autosave.discard(basket),
            holds=lambda: basket in self.autosave.baskets,
        )

    def _person_changed(self) -> None:
        self._staying = None  # the next person is asked about the money themselves
        self.offer_autosaved()

    def _is_for_nothing(self) -> bool:
        view = self.counter.view
        return view is not None and not _has_goods(view) and _who(view) != self._staying

    def _keep(self) -> None:
        """The customer is still there and chooses other goods; another visitor is asked about again."""
        view = self.counter.view
        self._staying = None if view is None else _who(view)

    def _look_at_goods(self, view: CheckoutView) -> None:
        if _has_goods(view):
            self._staying = None

    def _asks_to_hand_back(self, while_so: Callable[[], bool], keep: Callable[[], None] | None = None) -> bool:
        given = self.given()
        if given is None or not while_so():
            return False
        if self.counter.leads_to_payment():
            return True

        def make_notice(tr: Translator) -> Notice:
            other = "" if keep is None else tr("Keep it for this customer")
            return Notice(Tone.NEARLY, first_text(given, tr), "wallet", button_text(given, tr), other=other)

        self._session.sounds.play(Sound.NOTE)
        self._news.notify(
            "payment.kept",
            make_notice,
            self.hand_back,
            holds=lambda: self.given() is not None and while_so(),
            other=keep,
        )
        return True

    def _show_discarded(self, basket: AutosavedBasket) -> None:
        if basket.given is not None:
            notify_given_back(self._news, basket.given)

    def _park(self, note: str) -> None:
        person = self._session.person
        if person is not None:
            self.controller.park(note, person)

    def _parked(self, parked: Parked) -> None:
        self._session.sounds.play(Sound.NOTE if parked.unheld else Sound.ACCEPT)
        until = parked.until.astimezone(self._session.settings.zone)
        key = self._session.actions.key_text("park")

        def text(tr: Translator) -> str:
            said = tr("Parked until {time}. {key} shows parked sales.", time=time_text(until), key=key)
            if not parked.unheld:
                return said
            names = tr(", ").join(name_text(visitor) for visitor in parked.unheld)
            unheld = tr("Allowance not held for {visitors}: this basket is over it.", visitors=names)
            return f"{said}\n{unheld}"

        self._notify(Tone.NEARLY if parked.unheld else Tone.WITHIN, text, "pause")

    def _resumed(self, resumed: ResumedBasket, total: Money) -> None:
        is_other = total != resumed.basket.total  # a promotion that began or ended meanwhile changes no price
        found = (resumed.closed, resumed.repriced, resumed.short, resumed.basket.gone, resumed.fewer)
        changed = is_other or any(found)
        self._session.sounds.play(Sound.NOTE if changed else Sound.ACCEPT)
        given = self.given()
        if given is not None:
            self._show_recovered(resumed if changed else None, total, given)
        elif changed:
            self._notify(Tone.NEARLY, lambda tr: changes_text(resumed, total, tr), seconds=0)
        else:
            self._notify(Tone.WITHIN, lambda tr: tr("Sale resumed."), "shopping-cart")

    def _show_recovered(self, changed: ResumedBasket | None, total: Money, given: Given) -> None:
        """Money was taken before the till stopped: say so beside what has changed."""

        def make_notice(tr: Translator) -> Notice:
            kept = kept_text(given, tr)
            text = kept if changed is None else f"{changes_text(changed, total, tr)}\n{kept}"
            tone = Tone.INFO if changed is None else Tone.NEARLY
            return Notice(tone, text, "wallet", button_text(given, tr))

        self._news.notify("payment.kept", make_notice, self.hand_back, holds=lambda: self.given() == given)

    def _notify(self, tone: Tone, text: Callable[[Translator], str], icon: str = "", seconds: int = _SECONDS) -> None:
        self._news.notify("parked.said", lambda tr: Notice(tone, text(tr), icon, seconds=seconds))


def discard_text(amount: Money, given: Given | None, tr: Translator) -> str:
    """Asks whether a basket is discarded; money that was received for it goes back."""
    text = tr("Discard this basket of {amount}? It is recorded in the journal.", amount=money_text(amount, tr.language))
    return text if given is None else paragraph(tr, (kept_text(given, tr), text))


def notify_given_back(news: News, given: Given) -> None:
    """Say what goes back to the customer."""
    news.notify("payment.handed", lambda tr: Notice(Tone.NEARLY, back_text(given, tr), "wallet"))


def _has_goods(view: CheckoutView) -> bool:
    return bool(view.lines or view.back.pieces)


def _who(view: CheckoutView) -> object:
    return view.key, tuple(one.visitor for one in view.visitors)


def autosaved_text(basket: AutosavedBasket, tr: Translator) -> str:
    """A basket that was left, in a few words: 3 pieces · ¥ 412.50 · ZHANG W••."""
    summary = basket.summary
    parts = [pieces_text(summary.pieces, tr), money_text(summary.total, tr.language)]
    if summary.back:
        parts.append(tr("{pieces} back", pieces=pieces_text(summary.back, tr)))
    return " · ".join([*parts, *(name_text(visitor) for visitor in summary.visitors[:1])])


def changes_text(resumed: ResumedBasket, total: Money, tr: Translator) -> str:
    """What has changed since a basket was saved, a line for each kind of change; `total` is what it comes to now."""
    language, before = tr.language, resumed.basket.total
    lines = [closed_order_text(order, tr) for order in resumed.closed]
    if resumed.repriced:
        lines.append(repriced_text(resumed.repriced, tr))
    if resumed.short:
        short = [
            tr("{name}: {wanted} needed, {free} available", name=one.product.name_in(language),
                  wanted=one.wanted, free=one.free)
            for one in resumed.short
        ]  # fmt: skip
        lines.append(tr("Not enough stock: {goods}.", goods=listed(short, tr)))
    if resumed.basket.gone:
        lines.append(tr("No longer sold, removed: {goods}.", goods=listed(resumed.basket.gone, tr)))
    if resumed.fewer:
        fewer = [line.names.get(language) or line.name for line in resumed.fewer]
        lines.append(tr("Already returned, removed: {goods}.", goods=listed(fewer, tr)))
    if before is not None and before != total:
        was, now = money_text(before, language), money_text(total, language)
        lines.append(tr("The total has changed: {was} → {now}.", was=was, now=now))
    return "\n".join(lines)
