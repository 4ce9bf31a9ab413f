"""Whatever is pressed, refused, refunded, parked and stopped: no card that was approved and no cash that was taken is
lost or counted twice.

`--hypothesis-profile=explore` tries thousands of ways.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.application.ports.stock_ports import StockDeduction
from pos.application.sales.complete_sale import CompleteSale
from pos.domain.errors import OutcomeUnknown
from pos.domain.payment.pending_refund import PendingRefund
from pos.domain.sales.sale import Sale
from pos.ui.sales.current_sale.received_money import Given
from pos.ui.sales.parked import parking
from pos.ui.sales.payment.change_column import State
from pos.ui.shell import payment_pages
from tests.ui.at_the_counter import Hand, a_passport, close_till, open_till
from tests.ui.sales.test_parked import ALT, Key, in_the_store, parked, started_again

EXAMPLES, STEPS = 8, 10
"""Of an ordinary run."""
WAYS = ("sold", "sold", "sold out", "sold out", "lost", "lost and recorded", "left")


class Counter:
    """One till that is stopped and started again, and a list of the money that it has called refunded."""

    def __init__(self, app: QApplication, qtbot: QtBot, folder: Path) -> None:
        self.hand = open_till(app, qtbot, folder)
        self.again = partial(started_again, app, qtbot, folder)
        self.code = self.hand.goods("food.sweets").code
        self.product = self.hand.goods("food.sweets").id
        self.handed: list[str] = []
        self.of_before: set[str] = set()
        self.customers = 0

    def hears(self, _news: object, given: Given) -> None:
        self.handed += [tender.id for tender in given.received]

    def shown(self) -> list[Given]:
        """What the till says that it has received for baskets that are not sold."""
        here = (self.hand.payment.given(), *(one.given for one in self.hand.checkout.parking.autosave.baskets))
        return [given for given in here if given is not None]

    def owed(self) -> list[PendingRefund]:
        return list(self.hand.shop.owed_money.all())

    def stop(self) -> None:
        close_till(self.hand)
        self.hand = self.again()

    @contextmanager
    def happens(self, how: str) -> Iterator[None]:
        """The goods are gone while the sale is recorded, or the database is, before it or just after it."""
        with self.sold_out() if how == "sold out" else self.lost_answer(how):
            yield

    @contextmanager
    def sold_out(self) -> Iterator[None]:
        shop, key = self.hand.shop, self.hand.view.key
        with shop.issue_receipt.store.begin() as work:
            work.holds.drop(key, "payment")  # as its lapse does
            there = work.stock.on_hand(self.product)
            work.stock.take(StockDeduction(self.product, there))
            work.commit()
        yield
        with shop.issue_receipt.store.begin() as work:
            work.stock.move(self.product, there, "found", shop.now(), "amina")
            work.commit()

    @contextmanager
    def lost_answer(self, how: str) -> Iterator[None]:
        step = CompleteSale.from_counter

        def lost(*asked: Any) -> Sale:
            sale = step(*asked) if how != "lost" else None
            if sale is None or how == "lost and recorded":
                raise OutcomeUnknown("store")
            return sale

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(CompleteSale, "from_counter", lost)
            yield


PAY = st.tuples(st.just("pay"), st.booleans(), st.sampled_from(["", "1", "2"]), st.sampled_from(WAYS), st.booleans())
STEP = st.one_of(
    PAY,
    PAY,
    PAY,
    st.tuples(st.just("mark_as_refunded"), st.integers(0, 2), st.booleans()),
    st.tuples(st.just("go_back"), st.booleans(), st.booleans()),
    st.tuples(st.just("take_cash"), st.booleans()),
    st.tuples(st.just("take_a_row_off_or_keep"), st.booleans()),
    st.tuples(st.just("park_or_resume"), st.booleans()),
    st.tuples(st.just("mark_as_refunded"), st.integers(0, 2), st.booleans()),
    st.tuples(st.just("stop"), st.sampled_from([True, True, False, None]), st.booleans()),
    st.tuples(st.just("close_anyway"), st.sampled_from([True, False, None])),
    st.tuples(st.just("store_answers")),
)


SOLD = ("pay", False, "", "sold", True)
REFUSED = ("pay", False, "1", "sold out", True)
CASH = ("take_cash", True)
EMPTIED = ("take_a_row_off_or_keep", True)
PARKED, RESUMED = ("park_or_resume", True), ("park_or_resume", False)
AT_ANOTHER = ("mark_as_refunded", 0, False)


class CardMoney:
    """What the bank knows: the tenders that were approved, each once. What the till knows is looked up."""

    def __init__(self, counter: Counter) -> None:
        self.counter = counter
        self.taken: set[str] = set()
        self.back: set[str] = set()
        """Given back: the till has said so, or the cashier has taken the row off."""
        self.cash: dict[str, int] = {}
        """What was taken in cash, by tender; the books know only how much."""
        self.booked_before = self.booked()

    @property
    def hand(self) -> Hand:
        return self.counter.hand

    # ── steps of the cashier; what does not apply is not done ─────────────────────────────────────────────────

    def at(self, screen: str) -> bool:
        return self.hand.screen_id == screen

    @property
    def is_in_doubt(self) -> bool:
        return self.hand.payment.state is State.UNCERTAIN

    def to_the_payment(self, more: bool) -> None:
        """The next customer is someone else, or their allowance would be used up."""
        if not self.hand.rows():
            self.counter.customers += 1
            self.hand.checkout.document_scanned(a_passport(self.counter.customers))
            self.hand.wait()
        if more or not self.hand.rows():
            self.hand.scan(self.counter.code)
        self.hand.wait(450)
        self.hand.open_payment()
        given = self.hand.payment.given()
        if self.at("payment") and not self.is_in_doubt and given is not None:
            assert not {tender.id for tender in given.tenders} & self.refunded(), "it pays for nothing any more"

    def pay(self, more: bool, amount: str, how: str, answers: bool) -> None:
        """By card, in part or all of it, and F12 until it is recorded or refused: the terminal approves all."""
        if self.at("checkout"):
            self.to_the_payment(more)
        if not self.at("payment") or self.is_in_doubt:
            return
        payment = self.hand.payment.payment
        if payment is not None and payment.remaining():
            self.hand.press(Key.Key_D, ALT)
            if amount:
                self.hand.type(amount)
                self.hand.press(Key.Key_Return)
        if how == "left":
            self.hand.press(Key.Key_Escape)
            return
        with self.counter.happens(how):
            self.press_f12()
        if answers:
            self.store_answers()

    def take_cash(self, leaves: bool) -> None:
        """One yuan of it."""
        if self.at("checkout"):
            self.to_the_payment(False)
        payment = self.hand.payment.payment
        if not self.at("payment") or self.is_in_doubt or payment is None or not payment.remaining():
            return
        self.hand.press(Key.Key_C, ALT)
        self.hand.type("1")
        self.hand.press(Key.Key_Return)
        self.look()
        if leaves:
            self.hand.press(Key.Key_Escape)

    def press_f12(self) -> None:
        payment = self.hand.payment
        for _ in range(8):
            if not self.at("payment"):
                break
            before = payment.state, payment.given()
            self.hand.wait(450)
            self.hand.press(Key.Key_F12)
            self.look()
            if payment.state in (State.REFUSED, State.UNCERTAIN) or before == (payment.state, payment.given()):
                break
        self.next_customer()

    def next_customer(self) -> None:
        if self.at("paid"):
            self.hand.wait(450)
            self.hand.press(Key.Key_F12)

    def store_answers(self) -> None:
        session = self.hand.till.session
        if session.is_away:
            session.look_for_store()
            session.store_answers()
            self.hand.wait()
            self.next_customer()

    def go_back(self, leaves: bool, presses: bool) -> None:
        """With a row taken off before or not; then what the till offers is given back or not."""
        shown = self.hand.payment.given()
        if self.at("payment") and not leaves and shown and self.hand.payment.state in (State.OPEN, State.REFUSED):
            self.back.add(shown.tenders[0].id)
            self.hand.payment.due.removed.emit(0)
            self.hand.wait()
        if self.at("payment"):
            self.hand.press(Key.Key_Escape)
        news = self.hand.checkout.page.news
        if presses and self.at("checkout") and news.kind == "payment.kept":
            news.action_pressed.emit()
            self.hand.wait()

    def take_a_row_off_or_keep(self, keeps: bool) -> None:
        """The customer of an emptied basket stays, and chooses other goods."""
        if not self.at("checkout"):
            return
        self.hand.press(Key.Key_F6)
        news = self.hand.checkout.page.news
        if keeps and news.kind == "payment.kept" and news.notice is not None and news.notice.other:
            news.other_action_pressed.emit()
            self.hand.wait()

    def park_or_resume(self, scans: bool) -> None:
        if self.at("checkout"):
            if scans:
                self.hand.scan(self.counter.code)
            self.hand.press(Key.Key_F7)
            self.hand.press(Key.Key_Return)
            if self.at("parked"):
                self.hand.press(Key.Key_Escape)

    # ── refunds ──────────────────────────────────────────────────────────────────────────────────────────────

    def mark_as_refunded(self, which: int, here: bool) -> None:
        """At this till, or at another one."""
        owed, person, before = self.counter.owed(), self.hand.till.session.person, self.hand.screen_id
        assert person is not None
        if not owed or self.is_in_doubt:
            return
        if not here:
            self.hand.shop.owed_money.settle(owed[which % len(owed)], person)
            return
        self.hand.till.window.show_screen("parked")
        self.hand.wait()
        parked(self.hand).tenders.choose(which % len(owed))
        self.hand.press(Key.Key_F9)
        self.hand.till.window.show_screen(before)
        self.hand.wait()

    # ── a stop ───────────────────────────────────────────────────────────────────────────────────────────────

    def close_anyway(self, resumes: bool | None) -> None:
        """By the button of the question, which empties what is not money."""
        if not self.is_in_doubt:
            self.hand.till.window.unfinished.empty()
            self.stop(resumes, False)

    def stop(self, resumes: bool | None, marks: bool) -> None:
        """With a refund that another till marks meanwhile, and the basket resumed, discarded, or left as it is."""
        self.hand.wait(700)
        known, in_doubt = [id_ for id_ in self.shown() if id_ not in self.refunded()], self.is_in_doubt
        self.counter.stop()
        assert self.shown() == known or (in_doubt and not self.shown()), "other money than before the stop"
        if marks:
            self.mark_as_refunded(0, False)
        autosave = self.hand.checkout.parking.autosave
        if resumes is not None and autosave.baskets:
            (autosave.resume if resumes else autosave.discard)(autosave.baskets[-1])
            self.hand.wait()

    # ── what must be so ──────────────────────────────────────────────────────────────────────────────────────

    def look(self) -> None:
        """Remember what was approved, and what was taken in cash."""
        taken = [tender for shown in self.counter.shown() for tender in shown.received]
        cash = {tender.id: tender.amount.minor for tender in taken if tender.method == "cash"}
        self.cash |= {id_: amount for id_, amount in cash.items() if id_ not in self.counter.of_before}
        self.taken |= {tender.id for tender in taken} - cash.keys() - self.counter.of_before

    def shown(self) -> list[str]:
        return sorted(tender.id for given in self.counter.shown() for tender in given.tenders)

    def sold(self) -> list[str]:
        return [id_ for (id_,) in in_the_store(self.hand, "SELECT tender FROM sale_payment WHERE tender IS NOT NULL")]

    def booked(self) -> int:
        [(cash,)] = in_the_store(self.hand, "SELECT sum(amount_minor) FROM sale_payment WHERE method = 'cash'")
        return int(cash or 0)

    def refunded(self) -> set[str]:
        entries = in_the_store(self.hand, "SELECT details FROM journal WHERE act = 'settle_tender'")
        settled = [json.loads(details) for (details,) in entries]
        return {one["tender"] for one in settled if one["how"] == "given_back"}

    def check(self) -> None:
        self.look()
        if self.is_in_doubt:
            return
        sold, refunded = self.sold(), self.refunded()
        pending = {owed.tender for owed in self.counter.owed()}
        shown = self.shown()
        reported, self.counter.handed = set(self.counter.handed), []
        assert not reported & self.back, "given back twice"
        assert not reported & refunded, "the refund was marked before"
        self.back |= reported
        assert len(shown) == len(set(shown)), "shown twice"
        unbooked = {*shown, *self.back}
        gone = sum(amount for tender, amount in self.cash.items() if tender not in unbooked)
        assert gone == self.booked() - self.booked_before, "cash lost, or counted twice"
        for tender in self.taken:
            places = (sold.count(tender), tender in refunded or tender in self.back, tender in shown)
            assert sold.count(tender) <= 1, "sold twice"
            assert not (tender in sold and (tender in pending or tender in refunded or tender in self.back)), places
            assert tender in pending or any(places), "lost"
            assert not (tender in shown and (tender in sold or tender in self.back)), places

    def end(self) -> None:
        """The next example begins with an empty basket and no refunds."""
        counter, hand = self.counter, self.counter.hand
        self.store_answers()
        self.next_customer()
        for _ in range(3):
            if self.at("payment"):
                hand.press(Key.Key_Escape)
        hand.payment.give_back()
        hand.till.window.show_screen("checkout")
        hand.wait()
        for _ in range(30):
            if not hand.rows():
                break
            hand.press(Key.Key_F6)
        autosave = hand.checkout.parking.autosave
        for basket in autosave.baskets:
            autosave.discard(basket)
        hand.wait()
        person = hand.till.session.person
        assert person is not None
        for one in hand.shop.parked_sales.all():
            hand.shop.parked_sales.discard(one.basket.key, person)
        for owed in counter.owed():
            hand.shop.owed_money.settle(owed, person)
        assert (hand.rows(), counter.shown()) == ([], [])
        counter.of_before |= {*self.taken, *self.cash}
        counter.handed = []


def test_no_card_and_no_cash_is_lost_or_counted_twice_whatever_happens_to_its_sale(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter = Counter(qapp, qtbot, tmp_path)
    for page in (payment_pages, parking):
        monkeypatch.setattr(page, "notify_given_back", counter.hears)
    usual = settings()
    examples = EXAMPLES if usual.derandomize else usual.max_examples

    @settings(usual, max_examples=examples)
    @given(st.lists(STEP, min_size=3, max_size=STEPS))
    @example([REFUSED, AT_ANOTHER, SOLD])
    @example([REFUSED, AT_ANOTHER, ("go_back", True, True)])
    @example([REFUSED, ("go_back", True, False), AT_ANOTHER, SOLD])
    @example([REFUSED, ("go_back", True, True), ("pay", False, "1", "sold", True)])
    @example([REFUSED, AT_ANOTHER, ("pay", False, "", "left", True), ("stop", True, False), SOLD])
    @example([REFUSED, ("stop", None, True), ("stop", False, False)])
    @example([REFUSED, ("stop", True, True), SOLD])
    @example([REFUSED, ("stop", False, True)])
    @example([REFUSED, ("pay", False, "", "lost and recorded", False), ("stop", True, False)])
    @example([PARKED, CASH, EMPTIED, RESUMED])
    @example([PARKED, CASH, ("stop", True, False), EMPTIED, RESUMED, ("stop", False, False), RESUMED])
    @example([CASH, ("close_anyway", True), EMPTIED, ("close_anyway", None)])
    @example([("pay", False, "1", "lost", True), ("close_anyway", True), ("close_anyway", True), SOLD])
    @example([CASH, ("pay", False, "1", "lost", False), ("stop", True, False), SOLD])
    @example([CASH, ("pay", False, "", "lost and recorded", False), ("stop", True, False), SOLD])
    def holds(steps: list[tuple[Any, ...]]) -> None:
        money = CardMoney(counter)
        try:
            for name, *how in steps:
                getattr(money, name)(*how)
                money.check()
        finally:
            money.end()

    try:
        holds()
    finally:
        close_till(counter.hand)
