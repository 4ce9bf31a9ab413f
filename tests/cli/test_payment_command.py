"""`payment …`: what is open at providers, from a script."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from pos.application.ports.partner_ports import PracticeOutcome
from pos.payments.practice_provider import PracticeProvider
from tests.cli.console import Console
from tests.payments.desk import Desk, Line
from tests.shops import SWEETS, DemoShop, FakeClock


def test_what_is_open_is_listed_undone_and_decided(console: Console) -> None:
    shop = DemoShop(console.folder, now=FakeClock(datetime.now(UTC)))
    desk = Desk(shop, Line(PracticeProvider(name="wechat")))
    charge = desk.pay(shop.basket(SWEETS))

    [listed] = console("payment", "list").json
    assert (listed["number"], listed["state"], listed["amount"], listed["owed"]) == (
        charge.number, "done", "48.00", None,
    )  # fmt: skip
    undone = console("payment", "undo", charge.number).json
    assert undone["undo_asked"] is True
    [charged, refund] = sorted(console("payment", "ask").json, key=lambda one: str(one["what"]))
    assert (charged["owed"], refund["state"]) == (None, "unknown")  # a demo has no way to the provider

    decided = console("payment", "decide", refund["number"], "done", "--reference", "R-7").json
    assert (decided["state"], decided["decided_by"]) == ("done", "console:tester")
    assert console("payment", "list").json == []
    assert console("payment", "decide", refund["number"], "done").code == 3
    assert console("payment", "decide", refund["number"], "perhaps").code == 2
    assert console("payment", "decide", "X" * 26, "done").code == 2


def test_a_refund_that_was_declined_is_asked_for_again_or_noted_as_made_by_hand(console: Console) -> None:
    shop = DemoShop(console.folder, now=FakeClock(datetime.now(UTC)))
    provider = PracticeProvider(name="wechat")
    desk = Desk(shop, Line(provider))
    charge = desk.pay(shop.basket(SWEETS))
    desk.undo(charge.number)
    provider.choose(PracticeOutcome.LINE_LOST)
    desk.turns(2)
    [refund] = [one.attempt for one in desk.open() if one.attempt.original]
    desk.decide(refund.number, done=False)

    again = console("payment", "refund", charge.number).json
    desk.decide(again["number"], done=False)
    assert console("payment", "refund", charge.number, "--by-hand").json["number"] == charge.number

    assert console("payment", "list").json == []


def test_a_providers_file_is_laid_beside_the_books(console: Console) -> None:
    file = Path(__file__).parents[1] / "exports" / "statements" / "wechat-sample.csv"
    day = console("payment", "reconcile", "wechat", str(file)).json

    assert (day["from"], day["to"], day["rows"]["here"]) == ("2026-12-01", "2026-12-01", 0)
    assert {one["kind"] for one in day["differences"]} == {"only_there"}
    assert day["taken"] == [{"currency": "CNY", "there": "112.50", "here": "0.00", "difference": "112.50"}]
    assert (day["verdict"], day["over"], day["unsettled"]) == ("nothing_here", True, [])  # a day of the past
    assert day["differences"][0]["known"] is None
    assert console("payment", "reconcile", "nobody", str(file)).code == 2


def test_the_line_of_a_provider_is_tried(console: Console) -> None:
    assert console("payment", "check", "kaspi").json == {
        "provider": "kaspi", "works": False, "problem": "not_set_up", "detail": None,
    }  # fmt: skip
    assert console("payment", "check", "practice").json["works"] is True
