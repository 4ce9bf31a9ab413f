"""The database does not answer: the till says so, keeps everything, and finds out by itself what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.store.unit_of_work import SqlStore
from pos.application.returns.return_request import ReturnByRequest
from pos.application.sales.complete_sale import CompleteSale
from pos.application.settings.settings import Settings
from pos.domain.errors import OutcomeUnknown, StoreError, StoreUnavailable
from pos.ui.look.sounds import Sound
from pos.ui.sales.payment.change_column import State
from tests.ui.at_the_counter import Hand, close_till, open_till
from tests.ui.returns.test_returns_page import is_done, open_receipt, page, recorded, sell, with_returns
from tests.ui.sales.test_payment import sales

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Server:
    """A server whose cable can be pulled: before a step, or in the midst of recording."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, hand: Hand) -> None:
        self.is_away = False
        self._loses_answers = False
        self._settings = hand.shop.settings
        monkeypatch.setattr(type(hand.shop), "settings", property(lambda _shop: self._read_settings))
        for step in (CompleteSale, ReturnByRequest):
            monkeypatch.setattr(step, "from_counter", self._lost(step.from_counter))

    def goes_away(self) -> None:
        self.is_away = True

    def is_lost_at_the_next_commit(self) -> None:
        self._loses_answers = True

    def comes_back(self) -> None:
        self.is_away = False

    def _read_settings(self) -> Settings:
        self._reached()
        return self._settings()

    def _reached(self) -> None:
        if self.is_away:
            raise StoreUnavailable("10.0.0.5", "FATAL: terminating connection due to administrator command")

    def _lost(self, step: Callable[..., Any]) -> Callable[..., Any]:
        def recording(*arguments: Any) -> Any:
            self._reached()
            done = step(*arguments)
            if self._loses_answers:
                self.is_away, self._loses_answers = True, False
                raise OutcomeUnknown("10.0.0.5")
            return done

        return recording


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    opened = with_returns(open_till(qapp, qtbot, tmp_path))
    yield opened
    close_till(opened)


@pytest.fixture
def server(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> Server:
    return Server(monkeypatch, hand)


def open_payment(hand: Hand) -> None:
    hand.show_passport()
    hand.scan(hand.goods("food.sweets").code)
    hand.press(Key.Key_F12)
    assert hand.place == "payment"


def look(hand: Hand) -> None:
    """The second has passed after which the till asks again."""
    hand.till.watch.ask()
    hand.wait()


def test_a_payment_of_which_no_one_knows_is_settled_by_itself_as_soon_as_the_database_answers(
    hand: Hand, server: Server
) -> None:
    open_payment(hand)
    server.is_lost_at_the_next_commit()
    hand.press(Key.Key_F12)
    band = hand.till.window.away
    assert hand.payment.state is State.UNCERTAIN
    assert hand.payment.change.card.accessibleName() == "Recording not confirmed"
    assert band.isVisible()
    assert band.accessibleName().startswith("No connection to the database since ")
    hand.press(Key.Key_Escape)
    hand.press(Key.Key_Return)
    look(hand)
    assert (hand.place, hand.payment.state) == ("payment", State.UNCERTAIN)

    server.comes_back()
    look(hand)

    assert hand.place == "paid"
    assert sales(hand) == 1
    assert hand.heard.sounds[-1] is Sound.PAID
    assert not band.isVisible()
    assert not hand.till.window.work.status.devices.store.troubled


@pytest.mark.parametrize("step", ["void", "new sale", "park", "scan", "pay", "exchange"])
def test_a_sale_that_may_be_recorded_is_not_changed_before_it_is_known(hand: Hand, server: Server, step: str) -> None:
    first = sell(hand, (hand.goods("toy"), 2))
    open_receipt(hand, first.receipt)
    hand.type("1")
    hand.till.window.show_place("checkout")
    open_payment(hand)
    before = hand.rows()
    server.is_lost_at_the_next_commit()
    hand.press(Key.Key_F12)
    server.comes_back()  # and the till has not asked yet
    hand.till.window.show_place("returns" if step == "exchange" else "checkout")
    keys = {"void": Key.Key_F6, "park": Key.Key_F7, "pay": Key.Key_F12, "exchange": Key.Key_F6}
    if step == "scan":
        hand.scan(hand.goods("food.honey").code)
    else:
        hand.press(keys.get(step, Key.Key_F6), SHIFT if step == "new sale" else Qt.KeyboardModifier.NoModifier)
    assert (hand.place, hand.payment.state, hand.rows()) == ("payment", State.UNCERTAIN, before)
    begun = page(hand).controller.hand
    assert begun is not None
    assert begun.pieces == 1, "what was chosen to come back stays chosen"

    look(hand)

    assert hand.place == "paid"
    assert sales(hand) == 2


def test_money_of_a_sale_that_may_be_recorded_is_not_said_to_be_refunded(hand: Hand, server: Server) -> None:
    open_payment(hand)
    hand.type("1")
    hand.press(Key.Key_Return)
    hand.press(Key.Key_Escape)
    hand.press(Key.Key_F12)
    server.is_lost_at_the_next_commit()
    hand.press(Key.Key_F12)
    hand.till.window.show_place("checkout")
    hand.wait()

    hand.checkout.page.news.acted.emit()
    hand.wait()

    assert "Refund to the customer" not in hand.news
    assert hand.place == "payment"
    server.comes_back()
    look(hand)
    assert (hand.place, sales(hand)) == ("paid", 1)


def test_another_person_who_asks_what_became_of_a_sale_is_not_shown_that_it_is_not_recorded(
    hand: Hand, server: Server
) -> None:
    open_payment(hand)
    server.is_lost_at_the_next_commit()
    hand.press(Key.Key_F12)
    hand.till.window.lock()
    hand.wait()
    session = hand.till.session
    session.take_person(next(person for person in hand.shop.sign_in.people() if person.name == "manager"))

    server.comes_back()
    look(hand)

    assert (hand.place, sales(hand)) == ("paid", 1)
    assert hand.shop.show_sale.last().cashier == "amina"  # type: ignore[union-attr] # there is one


@pytest.mark.parametrize("recorded", [True, False])
def test_esc_finds_out_what_became_of_a_sale_before_its_basket_goes_on(
    hand: Hand, monkeypatch: pytest.MonkeyPatch, *, recorded: bool
) -> None:
    open_payment(hand)
    complete = CompleteSale.from_counter

    def fails(*arguments: Any) -> None:
        if recorded:
            complete(*arguments)
        raise StoreError("disk", "store")

    monkeypatch.setattr(CompleteSale, "from_counter", fails)
    hand.press(Key.Key_F12)
    assert hand.payment.state is State.UNCERTAIN
    monkeypatch.setattr(CompleteSale, "from_counter", complete)

    hand.press(Key.Key_Escape)
    hand.wait(30)

    assert (hand.place, sales(hand)) == (("paid", 1) if recorded else ("checkout", 0))
    if not recorded:
        hand.scan(hand.goods("food.honey").code)
        for _ in range(2):
            hand.press(Key.Key_F12)
            hand.wait(30)
        assert (hand.place, sales(hand)) == ("paid", 1)
        assert len(hand.rows()) == 2


def test_a_payment_that_never_reached_the_database_is_not_recorded_and_the_money_stays_given(
    hand: Hand, server: Server
) -> None:
    open_payment(hand)
    server.goes_away()
    hand.press(Key.Key_F12)
    assert hand.payment.state is State.REFUSED
    text = hand.payment.change.card.accessibleDescription()
    assert "Nothing was recorded" in text
    assert "FATAL" not in text
    assert hand.payment.given() is not None
    server.comes_back()
    look(hand)
    assert hand.payment.state is State.REFUSED, "the till does not record by itself what it reported as not recorded"

    hand.press(Key.Key_Return)

    assert hand.place == "paid"
    assert sales(hand) == 1


def test_a_database_that_responds_again_is_not_said_to_be_away_beside_what_was_not_recorded(
    hand: Hand, server: Server
) -> None:
    open_payment(hand)
    server.goes_away()
    hand.press(Key.Key_F12)
    card = hand.payment.change.card
    away = card.accessibleDescription()
    server.comes_back()
    look(hand)
    back = (card.accessibleName(), card.accessibleDescription(), sales(hand))
    hand.press(Key.Key_F12)

    assert "The database does not respond. Nothing was recorded. Try again." in away
    assert back == ("Not recorded", "The database responds again. Nothing was recorded. Try again.", 0)
    assert (hand.place, sales(hand)) == ("paid", 1)


def test_a_return_that_was_not_recorded_is_not_laid_to_a_database_that_responds_again(
    hand: Hand, server: Server
) -> None:
    sale = sell(hand, (hand.goods("toy"), 1))
    open_receipt(hand, sale.receipt)
    hand.type("1")
    hand.press(Key.Key_F8)
    server.goes_away()
    hand.press(Key.Key_F12)
    card = page(hand).work.money.card
    away = card.accessibleDescription()
    server.comes_back()
    look(hand)

    assert "does not respond" in away
    assert "The database responds again. Nothing was recorded. Try again." in card.accessibleDescription()


def test_of_a_dozen_scans_none_waits_for_what_the_first_has_found_out(hand: Hand, server: Server) -> None:
    hand.scan(hand.goods("food.honey").code)
    kept = hand.rows()
    server.goes_away()
    hand.till.session.run(hand.shop.settings, lambda _settings: None)
    hand.wait()
    for _ in range(12):
        hand.scan(hand.goods("food.sweets").code)
    assert hand.heard.sounds[-1] is not Sound.ACCEPT
    assert hand.rows() == kept

    server.comes_back()
    look(hand)
    hand.scan(hand.goods("food.sweets").code)

    assert len(hand.rows()) == len(kept) + 1


def test_the_band_is_in_the_language_of_the_moment(hand: Hand, server: Server) -> None:
    server.goes_away()
    hand.till.session.run(hand.shop.settings, lambda _settings: None)
    hand.wait()
    english = hand.till.window.away.accessibleName()
    hand.till.session.speak("zh")
    hand.wait()
    assert hand.till.window.away.isVisible()
    assert hand.till.window.away.accessibleName() != english


def test_a_return_of_which_no_one_knows_is_settled_by_itself(hand: Hand, server: Server) -> None:
    sell(hand, (hand.goods("toy"), 2))
    open_receipt(hand, "T1-000001")
    hand.type("1")
    hand.press(Key.Key_F8)
    server.is_lost_at_the_next_commit()
    hand.press(Key.Key_F12)
    assert page(hand).controller.state is State.UNCERTAIN

    server.comes_back()
    look(hand)

    assert is_done(hand)
    assert [back.pieces for back in recorded(hand)] == [1]


def test_the_refusal_of_a_store_that_is_away_is_worded_without_asking_it(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_store: object) -> None:
        raise StoreUnavailable("10.0.0.5")

    monkeypatch.setattr(SqlStore, "reading", away)
    said = hand.till.session.wording(StoreUnavailable("10.0.0.5"))
    assert said == "10.0.0.5: The database does not respond. Nothing was recorded. Try again."
