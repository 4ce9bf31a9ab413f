"""A step whose database was lost or in the way: done again where that is safe, told truly where it is not known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pos.application import try_again
from pos.application.settle_outcome import SettleOutcome
from pos.application.try_again import where_undone, with_its_key
from pos.domain.errors import Collided, OutcomeUnknown, StoreAway, StoreTrouble
from tests.shops import CHOCOLATE, DemoShop

Kind = Callable[[Callable[[], str]], Callable[[], str]]


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Nobody waits; how long anybody would have."""
    waited: list[float] = []
    monkeypatch.setattr(try_again, "pause", waited.append)
    return waited


def a_step(*answers: StoreTrouble | str) -> Callable[[], str]:
    """A step that fails so one time after another, and at last says something."""
    left = list(answers)

    def step() -> str:
        answer = left.pop(0)
        if isinstance(answer, str):
            return answer
        raise answer

    return step


@pytest.mark.parametrize("kind", [with_its_key, where_undone])
@pytest.mark.parametrize("trouble", [Collided(), StoreAway()])
def test_what_the_database_undid_is_done_again(kind: Kind, trouble: StoreTrouble, pauses: list[float]) -> None:
    assert kind(a_step(trouble, trouble, "recorded"))() == "recorded"

    assert len(pauses) == 2
    assert pauses[1] > pauses[0] / 2


@pytest.mark.parametrize("kind", [with_its_key, where_undone])
def test_it_is_done_five_times_and_no_more(kind: Kind) -> None:
    with pytest.raises(Collided):
        kind(a_step(*(Collided() for _ in range(5)), "a sixth time"))()


def test_a_lost_commit_is_settled_by_the_key_and_left_alone_without_one() -> None:
    assert with_its_key(a_step(OutcomeUnknown(), "what was recorded"))() == "what was recorded"

    with pytest.raises(OutcomeUnknown):
        where_undone(a_step(OutcomeUnknown(), "twice"))()


@pytest.mark.parametrize("after", [StoreAway(), StoreTrouble("login_refused"), Collided()])
def test_after_a_lost_commit_nothing_else_is_told_while_the_database_stays_away(after: StoreTrouble) -> None:
    with pytest.raises(OutcomeUnknown):
        with_its_key(a_step(OutcomeUnknown(), *(after for _ in range(9))))()


def test_a_database_that_stays_away_is_not_asked_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    now = iter([0.0, 0.2, 1.6])
    monkeypatch.setattr("pos.application.try_again.time.monotonic", lambda: next(now))

    with pytest.raises(StoreAway):
        where_undone(a_step(StoreAway(), StoreAway(), "too late for whoever waits"))()


def test_trouble_of_another_kind_is_told_at_once(pauses: list[float]) -> None:
    with pytest.raises(StoreTrouble, match="disk_full"):
        with_its_key(a_step(StoreTrouble("disk_full"), "pretended"))()

    assert pauses == []


def test_the_key_of_a_lost_sale_tells_what_became_of_it(shop: DemoShop) -> None:
    sale = shop.sell(CHOCOLATE)
    before = shop.tables()
    settle = SettleOutcome(shop.store, shop.now)

    told = settle(sale.key)
    assert told is not None
    assert (told.receipt, told.mac) == (sale.receipt, sale.mac)
    assert settle("never-arrived") is None
    assert shop.tables() == before


def test_a_sale_whose_commit_was_lost_is_one_sale(shop: DemoShop, monkeypatch: pytest.MonkeyPatch) -> None:
    _lose(monkeypatch, answers=[True])

    sale = shop.sell(CHOCOLATE)

    assert shop.rows("SELECT count(*) FROM sale") == [(1,)]
    assert sale.number == 1
    assert shop.verify() == []


def test_a_sale_whose_commit_never_arrived_is_made_then(shop: DemoShop, monkeypatch: pytest.MonkeyPatch) -> None:
    _lose(monkeypatch, answers=[False, False])

    assert shop.sell(CHOCOLATE).number == 1

    assert shop.rows("SELECT count(*) FROM sale") == [(1,)]


def _lose(monkeypatch: pytest.MonkeyPatch, answers: list[bool]) -> None:
    """Lose the answers of the next COMMITs, which the database did or not."""
    from db.unit_of_work import SqlUnitOfWork

    commit = SqlUnitOfWork.commit

    def lost(work: SqlUnitOfWork, *nothing: Any) -> None:
        if not answers:
            commit(work)
            return
        if answers.pop(0):
            commit(work)
        raise OutcomeUnknown

    monkeypatch.setattr(SqlUnitOfWork, "commit", lost)
