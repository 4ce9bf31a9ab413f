"""The checkout of a shop that is a member of a center: asked beside the work, and said in words."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.application.center.requests import Booked, ReservationRequest, Reserved, VisitorLedger, VisitorLookup
from pos.application.center.till_pass import TillPass
from pos.application.membership.calls import Call
from pos.application.membership.membership import Membership
from pos.application.membership.refusals import CenterAway
from pos.application.shop.shop import Shop
from pos.domain.center.ledger import LineId, StandingLine
from pos.domain.quota.measure import Goods, QuotaRates
from pos.domain.quota.rule import Verdict
from tests.center.shops import KEYS
from tests.ui import at_the_counter
from tests.ui.at_the_counter import Hand, close_till, open_till

SCENT = Goods("", "perfume", 1, 7_000, "CNY")  # type: ignore[arg-type]  # a whole number of yuan
RATES = QuotaRates("KZT", {"CNY": 72, "EUR": 530, "USD": 455})  # type: ignore[dict-item]  # whole numbers


@dataclass
class FakeCenter:
    """Knows one purchase next door; answers when the test lets it."""

    shop: Shop
    is_away: bool = False
    answers: threading.Event = field(default_factory=threading.Event)
    booked: list[str] = field(default_factory=list)
    version: int = 1

    def look_up(self, lookup: VisitorLookup) -> VisitorLedger:
        self.answers.wait(20)
        if self.is_away:
            raise CenterAway("no_connection")
        at = self.shop.now() - timedelta(hours=1)
        line = StandingLine(LineId("", 0), 0, lookup.regime, at, None, SCENT, RATES)
        return VisitorLedger("f" * 32, self.version, self.shop.now(), (line,), (), ())

    def reserve(self, request: ReservationRequest) -> Reserved:
        if self.is_away:
            raise CenterAway("no_connection")
        self.version += 1
        return Reserved(request.key, self.shop.now() + timedelta(minutes=15), {"f" * 32: self.version})

    def give_back(self, key: str) -> None:
        self.version += 1

    def book(self, call: Call) -> Booked:
        self.booked.append(call.kind)
        return Booked({})

    def check(self) -> None: ...

    def close(self) -> None: ...


class Pass:
    """The pass of the till."""

    def read(self) -> TillPass:
        return TillPass("https://center.test", "credential", KEYS.members)

    def keep(self, given: TillPass) -> None: ...

    def forget(self) -> None: ...


@pytest.fixture
def member(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Hand, FakeCenter]]:
    made: list[FakeCenter] = []
    usual = at_the_counter.a_demo_shop

    def a_member(folder: Path, *how: object) -> Shop:
        shop = usual(folder, *how)  # type: ignore[arg-type]  # as it was called
        made.append(FakeCenter(shop))
        membership = Membership(Pass(), lambda _given: made[0], timedelta)
        vars(shop.adapters)["membership"] = membership
        shop.context.secrets.members = Pass().read  # type: ignore[attr-defined]  # of the adapter
        return shop

    monkeypatch.setattr(at_the_counter, "a_demo_shop", a_member)
    hand = open_till(qapp, qtbot, tmp_path)
    yield hand, made[0]
    made[0].answers.set()
    close_till(hand)


def state_of(hand: Hand) -> str:
    return hand.view.visitors[0].center.state.value


def test_scans_go_on_while_the_center_is_asked_and_the_verdict_follows(member: tuple[Hand, FakeCenter]) -> None:
    hand, center = member
    scent = hand.goods("perfume")
    hand.scan(scent.code)
    hand.checkout.document_scanned(at_the_counter.PASSPORT)
    hand.until(lambda: bool(hand.view.visitors))
    assert state_of(hand) == "asked"
    assert hand.view.shown["A"].verdict is Verdict.UNKNOWN
    before = hand.view.pieces
    hand.checkout.scanned(scent.code)
    hand.until(lambda: hand.view.pieces > before)
    assert not center.answers.is_set(), "nothing waited for the center"
    center.answers.set()
    hand.wait()
    assert state_of(hand) == "fresh"
    elsewhere = [result.used_elsewhere or result.current for result in hand.view.quota["A"].rules]
    assert any(elsewhere)


def test_a_sale_is_told_in_the_background(member: tuple[Hand, FakeCenter]) -> None:
    hand, center = member
    center.answers.set()
    hand.show_passport()
    hand.scan(hand.goods("perfume").code)
    hand.sell()
    hand.wait(400)
    assert "sale" in center.booked


def test_a_center_that_is_away_is_said_in_one_sentence(member: tuple[Hand, FakeCenter]) -> None:
    hand, center = member
    center.is_away = True
    center.answers.set()
    hand.show_passport()
    hand.scan(hand.goods("perfume").code)
    hand.open_payment()
    assert hand.screen_id == "checkout"
    assert state_of(hand) == "away"
    assert "The center does not answer: there is no connection." in hand.news
