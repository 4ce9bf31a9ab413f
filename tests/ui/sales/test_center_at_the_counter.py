"""The checkout of a shop that is a member of a center: asked beside the work, and said in words."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

import main
from pos.application.center.refusals import LedgerMoved
from pos.application.center.requests import Booked, ReservationRequest, Reserved, VisitorLedger, VisitorLookup
from pos.application.center.till_pass import TillPass
from pos.application.membership.calls import Call
from pos.application.membership.membership import Membership
from pos.application.membership.offered import OfferedRate, OfferedRules
from pos.application.membership.refusals import CenterAway, CenterRefused
from pos.application.pricing.rates_in_force import rates_of
from pos.application.sales.complete_sale import CompleteSale
from pos.application.shop.shop import Shop
from pos.application.text.formatting import NO_BREAK
from pos.domain.center.ledger import LineId, StandingLine
from pos.domain.pricing.rates import to_rate
from pos.domain.quota.measure import Goods
from pos.domain.quota.rule import Verdict
from pos.domain.staff.staff import Person
from pos.ui.sales.parked.parked_table import ParkedModel, ParkedTable
from pos.ui.shell.state_mark import StateMark
from pos.ui.shell.status_line import StatusLine
from pos.ui.visitors.screen import VisitorsScreen
from pos.ui.widgets.cards.quota_gauge import GaugeState, GaugeView
from tests.center.shops import KEYS, RATES
from tests.ui import at_the_counter
from tests.ui.at_the_counter import Hand, close_till, open_till

SCENT = Goods("", "perfume", 1, 2_000, "CNY")  # type: ignore[arg-type]  # a whole number of yuan


@dataclass
class FakeCenter:
    """Knows one purchase next door; answers when the test lets it."""

    shop: Shop
    is_away: bool = False
    answers: threading.Event = field(default_factory=threading.Event)
    booked: list[str] = field(default_factory=list)
    asked: int = 0
    """How often somebody asked for a visitor."""
    rules: list[str] = field(default_factory=list)
    """By which rules they asked."""
    version: int = 1
    next_door: int = 1
    """Bottles that were bought there."""
    files: dict[str, bytes] = field(default_factory=dict)
    """The regimes of which it has another file than the till."""
    offered: list[OfferedRate] = field(default_factory=list)
    moves: int = 0
    """Bottles that are bought there just before the next reservation."""

    def look_up(self, lookup: VisitorLookup, within: float | None = None) -> VisitorLedger:
        self.answers.wait(20)
        self.asked += 1
        self.rules.append(lookup.regime)
        if self.is_away:
            raise CenterAway("no_connection")
        return self.ledger(lookup.regime)

    def ledger(self, regime: str) -> VisitorLedger:
        at = self.shop.now() - timedelta(hours=1)
        sold = replace(SCENT, quantity=self.next_door)
        line = StandingLine(LineId("", 0), 0, regime, at, None, sold, RATES)
        return VisitorLedger("f" * 32, self.version, self.shop.now(), (line,), (), ())

    def reserve(self, request: ReservationRequest, within: float | None = None) -> Reserved:
        if self.is_away:
            raise CenterAway("no_connection")
        if self.moves:
            self.next_door, self.moves = self.next_door + self.moves, 0
            self.version += 1
            raise LedgerMoved([self.ledger(request.rules.regime)])
        self.version += 1
        return Reserved(request.key, self.shop.now() + timedelta(minutes=15), {"f" * 32: self.version})

    def extend(self, key: str, seconds: int, within: float | None = None) -> None:
        if self.is_away:
            raise CenterAway("no_connection")

    def give_back(self, key: str) -> None:
        self.version += 1

    def book(self, call: Call) -> Booked:
        self.check()
        self.booked.append(call.kind)
        return Booked({})

    def check(self) -> None:
        if self.is_away:
            raise CenterAway("no_connection")

    def regimes(self) -> Sequence[OfferedRules]:
        self.check()
        return [OfferedRules(name, hashlib.sha256(file).hexdigest(), None) for name, file in self.files.items()]

    def regime(self, name: str, within: float | None = None) -> bytes:
        return self.files[name]

    def rates(self) -> Sequence[OfferedRate]:
        return self.offered

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


def look_at_the_line(hand: Hand) -> None:
    """As the till does once a minute."""
    hand.till.session.center.look_again.emit()
    hand.wait(400)


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


def card_of(hand: Hand) -> str:
    return hand.checkout.panel.card.center.text()


def window_news(hand: Hand) -> str:
    notice = hand.till.window.work.notices.notice
    return "" if notice is None else notice.text


def mark(hand: Hand) -> StateMark:
    return hand.till.window.findChildren(StatusLine)[0].devices.center


def bars(hand: Hand) -> list[GaugeView]:
    return [view for gauge in hand.checkout.panel.gauges() if (view := gauge.view) is not None]


def test_the_card_says_from_when_the_answer_is_and_the_gauge_what_was_bought_elsewhere(
    member: tuple[Hand, FakeCenter],
) -> None:
    hand, center = member
    hand.scan(hand.goods("perfume").code)
    hand.checkout.document_scanned(at_the_counter.PASSPORT)
    hand.until(lambda: bool(hand.view.visitors))
    assert card_of(hand) == "center not asked yet"
    assert {bar.state for bar in bars(hand)} == {GaugeState.OPEN}, "no sum is certain yet"
    center.answers.set()
    hand.wait()
    assert card_of(hand) == "from the center, 12:00"
    (bar,) = bars(hand)
    assert (bar.earlier, bar.elsewhere) == (2_000, 2_000)
    assert "earlier 2,000.00 (elsewhere 2,000.00)" in bar.detail
    assert bar.detail in hand.checkout.panel.gauges()[0].accessibleDescription()
    hand.show_companions(1)
    assert [one.view.remark for one in hand.checkout.panel.party.cards() if one.view] == ["from the center, 12:00"] * 2
    center.is_away = True
    hand.open_payment()
    hand.wait()
    remarks = {one.view.remark for one in hand.checkout.panel.party.cards() if one.view}
    assert remarks == {"center, 12:00: 1 piece elsewhere, not counted now"}


def test_the_status_line_says_since_when_the_center_is_away_and_what_waits(member: tuple[Hand, FakeCenter]) -> None:
    hand, center = member
    center.answers.set()
    hand.wait(400)
    assert mark(hand).accessibleName() == "Center"
    hand.show_passport()
    hand.scan(hand.goods("perfume").code)
    hand.open_payment()
    hand.wait(30)
    center.is_away = True
    for _ in range(2):
        hand.press(Qt.Key.Key_F12)
        hand.wait(30)
    hand.wait(400)
    said = mark(hand)
    assert said.accessibleName() == "Center away since 12:00"
    assert said.accessibleDescription() == "The center does not answer: there is no connection.\n1 change to be sent"
    assert said.troubled
    assert not said.isHidden()
    center.is_away = False
    hand.till.session.center.look_again.emit()
    hand.wait(400)
    assert (mark(hand).accessibleName(), mark(hand).troubled) == ("Center", False)


def test_a_ledger_that_moves_on_leads_back_to_the_basket_with_the_new_gauges(member: tuple[Hand, FakeCenter]) -> None:
    hand, center = member
    center.answers.set()
    hand.show_passport()
    hand.scan(hand.goods("perfume").code)
    hand.wait()
    center.moves = 4
    before = hand.rows()
    hand.press(Qt.Key.Key_F12)
    assert hand.screen_id == "checkout"
    assert hand.news == f"This basket is over the allowance.\nGoods: over by ¥{NO_BREAK}2,860.00."
    assert [(bar.elsewhere, bar.state) for bar in bars(hand)] == [(10_000, GaugeState.OVER)]
    assert hand.rows() == before


def test_a_refusal_of_the_center_while_a_payment_is_open_leads_back_to_the_basket(
    member: tuple[Hand, FakeCenter], monkeypatch: pytest.MonkeyPatch
) -> None:
    hand, center = member
    center.answers.set()
    hand.show_passport()
    hand.scan(hand.goods("perfume").code)
    hand.open_payment()
    hand.wait(30)
    before = hand.rows()

    def refuse(*_: object) -> None:
        raise CenterRefused("ledger_moved")

    monkeypatch.setattr(CompleteSale, "from_counter", refuse)
    for _ in range(2):
        if hand.screen_id == "payment":
            hand.press(Qt.Key.Key_F12)
            hand.wait(30)
    assert hand.screen_id == "checkout"
    said = "The center does not let this sale pass: the visitor has just bought in another shop."
    assert hand.news == f"{said} The allowance was read again."
    assert hand.rows() == before


def test_a_visitor_is_asked_for_again_when_the_center_is_back(member: tuple[Hand, FakeCenter]) -> None:
    """The card said *the center does not answer* until somebody pressed F12."""
    hand, center = member
    center.is_away = True
    center.answers.set()
    hand.show_passport()
    hand.scan(hand.goods("perfume").code)
    assert (card_of(hand), state_of(hand)) == ("the center does not answer", "away")
    look_at_the_line(hand)
    asked = center.asked
    assert state_of(hand) == "away"
    center.is_away = False
    look_at_the_line(hand)
    assert (card_of(hand), state_of(hand)) == ("from the center, 12:00", "fresh")
    assert center.asked == asked + 1, "nobody is asked for while the line is dead"
    assert {bar.state for bar in bars(hand)} == {GaugeState.WITHIN}


SHIPPED = (main.RESOURCES / "regimes" / "cn-horgos.toml").read_bytes()


def test_other_rules_of_the_center_hold_from_the_next_sale_on(member: tuple[Hand, FakeCenter]) -> None:
    hand, center = member
    center.answers.set()
    hand.show_passport()
    hand.scan(hand.goods("perfume").code)
    before = hand.shop.regimes()["cn-horgos"].version
    center.files["cn-horgos"] = SHIPPED + b"\n# another edition\n"
    look_at_the_line(hand)
    assert hand.shop.regimes()["cn-horgos"].version == before, "a sale that is going on keeps its rules"
    hand.sell()
    look_at_the_line(hand)
    assert hand.shop.regimes()["cn-horgos"].version == hashlib.sha256(center.files["cn-horgos"]).hexdigest()[:12]
    assert window_news(hand) == "The center's rules hold here from now on: To China."
    hand.sign_in("manager")
    center.files["cn-horgos"] = SHIPPED + b"\n[of_a_later_program]\nkey = 1\n"
    look_at_the_line(hand)
    said = "This program cannot read the center's rules cn-horgos. Update it: until then the center counts as away."
    assert window_news(hand) == said
    hand.show_passport()
    assert (card_of(hand), state_of(hand)) == ("the center's rules cannot be read here", "away")
    assert not mark(hand).troubled, "the line is alive"
    center.files["cn-horgos"] = SHIPPED
    look_at_the_line(hand)
    assert (state_of(hand), window_news(hand)) == ("fresh", "")


def test_a_customs_rate_that_differs_is_said_to_who_may_set_it(member: tuple[Hand, FakeCenter]) -> None:
    hand, center = member
    with hand.shop.issue_receipt.store.reading() as work:
        rates = rates_of(work, hand.shop.settings(), hand.shop.now())
    here = rates.rates["CNY"].for_customs
    center.offered = [OfferedRate("CNY", "KZT", to_rate(here * 103 / 100), hand.shop.now().date())]
    look_at_the_line(hand)
    assert window_news(hand) == "", "a cashier sets no rates"
    hand.sign_in("manager")
    assert window_news(hand).startswith(f"Customs rate of CNY: {to_rate(here)} here, ")
    hand.till.session.withdraw("center.rates")
    look_at_the_line(hand)
    hand.sign_in("manager")
    assert window_news(hand) == "", "once a day and rate"
    center.offered = [OfferedRate("CNY", "KZT", to_rate(here * 104 / 100), hand.shop.now().date())]
    look_at_the_line(hand)
    assert "at the center (KZT)" in window_news(hand)
    center.offered = []
    look_at_the_line(hand)
    assert window_news(hand) == "", "mended"


def test_a_payment_that_waits_for_the_center_says_so(member: tuple[Hand, FakeCenter]) -> None:
    hand, center = member
    hand.scan(hand.goods("perfume").code)
    hand.checkout.document_scanned(at_the_counter.PASSPORT)
    hand.until(lambda: bool(hand.view.visitors))
    hand.until(lambda: hand.till.session.center.is_member)
    hand.checkout.center_wait.begin()
    hand.checkout.center_wait._tell()
    assert hand.news == "Asking the center …"
    center.answers.set()
    hand.open_payment()
    hand.wait()
    assert hand.screen_id == "payment"
    assert hand.news == ""


def test_an_approval_says_that_the_center_does_not_see_the_sale(member: tuple[Hand, FakeCenter]) -> None:
    hand, center = member
    manager = Person.at_the_console("root")
    hand.shop.office.set_setting(manager, "center_away", "approve")
    center.is_away = True
    center.answers.set()
    hand.show_passport()
    assert card_of(hand) == "the center does not answer"
    hand.scan(hand.goods("perfume").code)
    hand.open_payment()
    hand.press(Qt.Key.Key_Return)
    asked = hand.checkout.page.approval
    assert asked.isVisible()
    shown = [label.text() for label in asked.findChildren(QLabel) if label.isVisible()]
    assert any("The center does not answer: there is no connection." in text for text in shown)


def test_the_row_of_a_parked_sale_says_that_nothing_is_reserved_at_the_center(member: tuple[Hand, FakeCenter]) -> None:
    hand, center = member
    center.answers.set()
    hand.show_passport()
    hand.scan(hand.goods("perfume").code)
    hand.press(Qt.Key.Key_F7)
    hand.press(Qt.Key.Key_Return)
    hand.till.window.show_screen("parked")
    hand.wait()
    rows = hand.till.window.findChildren(ParkedTable)[0].model()
    assert isinstance(rows, ParkedModel)
    assert rows.rows[0][1].remark.startswith("nothing reserved at the center · ")


def test_the_desk_asks_the_center_and_shows_what_was_bought_elsewhere(member: tuple[Hand, FakeCenter]) -> None:
    hand, center = member
    hand.wait(400)
    hand.till.window.plug(VisitorsScreen(hand.till.session))
    hand.till.window.show_screen("visitors")
    hand.wait()
    desk = hand.till.window.screen_at("visitors")
    assert isinstance(desk, VisitorsScreen)
    desk.document_scanned(at_the_counter.PASSPORT)
    hand.until(lambda: desk.person.center.text() != "")
    assert desk.person.center.text() == "center not asked yet"
    center.answers.set()
    hand.until(lambda: desk.person.center.text() == "from the center, 12:00")
    assert any(gauge.view is not None and gauge.view.elsewhere == 2_000 for gauge in desk.person.gauges())
    assert center.rules == ["cn-horgos"], "the journal of the center names no rules that nobody chose"
