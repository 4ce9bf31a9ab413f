"""A till whose computer's clock is set back: the books keep their order, and far behind nothing is recorded."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pos.application.look_around import LookAround
from pos.application.steady_clock import TOLERANCE, AcceptClock, ClockSetBack, steady
from pos.domain.staff import NotAllowed, Person
from tests.builders import MONDAY
from tests.faults.customers import a_return
from tests.shops import CHOCOLATE, DemoShop, FakeClock


@pytest.fixture
def computer() -> FakeClock:
    """The clock of the computer."""
    return FakeClock(MONDAY + timedelta(hours=2))


@pytest.fixture
def till(shop: DemoShop, computer: FakeClock) -> DemoShop:
    """A till that has sold, with a steady clock over that of the computer."""
    clock: Any = steady(computer, shop.store, shop.till)
    shop.now = clock
    shop.sell(CHOCOLATE)
    return shop


class Empty:
    """A disk with room and a folder without papers."""

    def free(self) -> int | None:
        return None

    def newest_paper(self, _till: str) -> int:
        return 0


def test_a_clock_that_is_set_back_a_little_keeps_the_order_of_the_books(till: DemoShop, computer: FakeClock) -> None:
    computer.move(minutes=-10)
    first, second = till.sell(CHOCOLATE), till.sell(CHOCOLATE)
    computer.move(minutes=15)
    third = till.sell(CHOCOLATE)

    assert MONDAY + timedelta(hours=2) < first.at < second.at < third.at
    assert timedelta(0) <= third.at - computer() < timedelta(seconds=1)
    assert till.verify() == []


def test_a_till_that_starts_with_its_clock_far_behind_sells_nothing_and_says_why(
    till: DemoShop, computer: FakeClock
) -> None:
    receipt = till.sell(CHOCOLATE).receipt
    basket = till.basket(CHOCOLATE)
    computer.move(days=-1)
    again: Any = steady(computer, till.store, till.till)
    del till.__dict__["complete_sale"], till.__dict__["open_shift"]
    till.now = again
    before = till.tables()

    with pytest.raises(ClockSetBack) as refused:
        till.pay(basket)
    with pytest.raises(ClockSetBack):
        till.hold_sale(till.basket(CHOCOLATE).order(till.person("amina")))
    with pytest.raises(ClockSetBack):
        till.return_by_ticket(a_return("back", receipt))
    with pytest.raises(ClockSetBack):
        till.other_till("T2")

    assert till.tables() == before
    assert refused.value.now == computer()
    assert timedelta(days=1) <= refused.value.last - refused.value.now < timedelta(days=1, seconds=1)


def test_a_manager_says_that_the_clock_is_right_and_the_journal_has_it(till: DemoShop, computer: FakeClock) -> None:
    computer.move(days=-30)
    clock: Any = steady(computer, till.store, till.till)
    del till.__dict__["complete_sale"], till.__dict__["open_shift"]
    till.now = clock
    accept = AcceptClock(till.store, clock, till.till)

    with pytest.raises(NotAllowed):
        accept(till.person("amina"))
    assert timedelta(days=30) <= accept(till.person("manager")) < timedelta(days=30, seconds=1)
    assert accept.behind() == timedelta(0)
    assert till.sell(CHOCOLATE).at >= computer()
    assert [row[0] for row in till.rows("SELECT person FROM journal WHERE act = 'accept_clock'")] == ["manager"]
    assert steady(computer, till.store, till.till).behind <= timedelta(microseconds=10)
    assert till.verify() == []


def test_where_the_clock_is_right_there_is_nothing_to_accept(till: DemoShop) -> None:
    clock: Any = till.now
    entries = till.rows("SELECT count(*) FROM journal")

    assert AcceptClock(till.store, clock, till.till)(Person.at_the_console("root")) == timedelta(0)
    assert till.rows("SELECT count(*) FROM journal") == entries


def test_who_begins_hears_of_a_clock_that_is_behind(till: DemoShop, computer: FakeClock) -> None:
    clock: Any = till.now
    look = LookAround(till.store, clock, till.till, Empty())
    assert look().behind is None
    computer.move(minutes=-5)
    behind = look().behind
    assert behind is not None
    assert behind[0] == computer()
    assert TOLERANCE > behind[1] - behind[0] >= timedelta(minutes=5)
