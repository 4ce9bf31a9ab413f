"""The search for duty, advice and a better split goes in short turns beside the window and gives way to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest

from pos.application.quota.quota_advice import QuotaAdvice
from pos.application.sales.checkout_view import CheckoutView
from pos.ui.sales.current_sale.advice_search import AdviceSearch
from pos.ui.session.session import Session
from pos.ui.session.steps_under_way import StepsUnderWay

_Call = tuple[Callable[[], Any], Callable[[Any], None]]


class Thinking:
    """A session whose thread beside the window takes a turn when the test says so."""

    def __init__(self) -> None:
        self.turns: list[_Call] = []
        self.step: _Call | None = None
        self.under_way = StepsUnderWay(lambda: 0.0)

    def think(self, call: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[Exception], None]) -> None:
        self.turns.append((call, done))

    def run(
        self,
        call: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
        *,
        asks_itself: bool,
    ) -> None:
        self.step = call, done

    def take_turn(self) -> None:
        call, done = self.turns.pop(0)
        done(call())


class Basket:
    """A basket of which so many steps find nothing, then an answer is found; and so on for each number."""

    def __init__(self, sequence: int, *steps: int) -> None:
        self.sequence, self.taken, self._steps = sequence, 0, steps

    def known(self, quota: object) -> None:
        return None

    def answers(self) -> Iterator[QuotaAdvice | None]:
        for number, steps in enumerate(self._steps):
            for _ in range(steps):
                self.taken += 1
                yield None
            yield cast(QuotaAdvice, f"{self.sequence}/{number}")


def _view(basket: Basket) -> CheckoutView:
    return cast(CheckoutView, SimpleNamespace(advice_request=basket, quota={}))


@pytest.fixture(autouse=True)
def no_breath(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pos.ui.sales.current_sale.advice_search._BREATH", 0)


def _search() -> tuple[AdviceSearch, Thinking, list[object]]:
    session, answers = Thinking(), list[object]()
    return AdviceSearch(cast(Session, session), answers.append), session, answers


def _not_expected(error: Exception) -> None:
    raise error


def test_the_first_answer_is_reported_at_once_and_better_ones_as_they_come() -> None:
    search, session, answers = _search()
    search.ask(_view(Basket(1, 0, 6)))
    session.take_turn()
    assert answers == ["1/0"]
    while session.turns:
        session.take_turn()
    assert answers == ["1/0", "1/1"]


def test_the_search_rests_while_the_counter_takes_a_step_and_goes_on_where_it_was() -> None:
    search, session, answers = _search()
    basket = Basket(1, 0, 30)
    search.ask(_view(basket))
    session.take_turn()
    session.take_turn()
    answered: list[object] = []
    search.rest_during(lambda: "scanned", answered.append, _not_expected)
    session.take_turn()
    before = basket.taken
    assert not session.turns
    assert session.step is not None
    call, done = session.step
    done(call())
    assert answered == ["scanned"]
    session.take_turn()
    assert basket.taken > before
    while session.turns:
        session.take_turn()
    assert (answers, basket.taken) == (["1/0", "1/1"], 30)


def test_of_a_basket_that_has_changed_nothing_more_is_sought_or_reported() -> None:
    search, session, answers = _search()
    old, new = Basket(1, 0, 50, 0), Basket(2, 0)
    search.ask(_view(old))
    session.take_turn()
    session.take_turn()
    before = old.taken
    search.ask(_view(new))
    while session.turns:
        session.take_turn()
    assert old.taken == before
    assert answers == ["1/0", "2/0"]


def test_while_a_sale_is_recorded_nothing_is_sought() -> None:
    search, session, answers = _search()
    basket = Basket(1, 0, 50)
    search.ask(_view(basket))
    session.take_turn()
    search.stop()
    session.take_turn()
    assert not session.turns
    assert (basket.taken, answers) == (0, ["1/0"])
