"""A till whose computer's clock is set back: the books keep their order, and far behind nothing is recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from pos.application.access.steady_clock import TOLERANCE, AcceptClock, ClockAhead, ClockMoved, ClockSetBack, steady
from pos.application.maintenance.startup_checks import StartupChecks
from pos.domain.staff.staff import NotAllowed, Person, WrongPin
from tests.builders import MONDAY
from tests.contexts import a_context
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
    """A disk with room and a folder without printouts."""

    def __init__(self, *, has_the_books: bool = True) -> None:
        self.has_the_books = has_the_books

    def free(self) -> int | None:
        return None

    def newest_printout(self, _till: str) -> int:
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


def test_a_computer_that_takes_over_an_open_till_of_a_server_hears_of_its_shift(till: DemoShop) -> None:
    look, one_computer = (StartupChecks(till.context, Empty(has_the_books=has)) for has in (False, True))
    with till.store.reading() as work:
        opened = work.shifts.open_at(till.till)
    assert opened is not None
    found = look().elsewhere, one_computer().elsewhere
    till.close_shift(till.person("amina"), {code: {} for code in ("CNY", "KZT", "USD", "EUR", "RUB")})

    assert found == (opened.opened_at, None)
    assert look().elsewhere is None


def test_who_begins_hears_of_a_clock_that_is_behind(till: DemoShop, computer: FakeClock) -> None:
    clock: Any = till.now
    look = StartupChecks(replace(till.context, now=clock), Empty())
    assert look().behind is None
    computer.move(minutes=-5)
    behind = look().behind
    assert behind is not None
    assert behind[0] == computer()
    assert TOLERANCE > behind[1] - behind[0] >= timedelta(minutes=5)


def a_till_with(shop: DemoShop, till: str, **off: float) -> DemoShop:
    """Another till of the shop, whose computer's clock is off by so much."""
    other = DemoShop(shop.folder, till)
    clock: Any = steady(FakeClock(MONDAY + timedelta(hours=2) + timedelta(**off)), shop.store, till)
    other.now = clock
    return other


def test_a_till_whose_clock_is_hours_ahead_of_one_at_work_opens_no_shift(till: DemoShop) -> None:
    ahead = a_till_with(till, "T2", hours=8, minutes=1)
    before = till.tables()

    with pytest.raises(ClockAhead) as refused:
        ahead.open_shift(ahead.person("li"), {})

    assert till.tables() == before
    assert timedelta(hours=8) < refused.value.now - refused.value.last < timedelta(hours=8, minutes=2)


def test_a_passport_buys_no_second_allowance_at_a_till_whose_clock_runs_ahead_after_its_shift_began(
    till: DemoShop,
) -> None:
    other = a_till_with(till, "T2", minutes=5)
    other.open_shift(other.person("li"), {})
    other.sell(CHOCOLATE)
    ahead = a_till_with(till, "T2", hours=8)

    with pytest.raises(ClockAhead):
        ahead.sell(CHOCOLATE)


def test_a_new_till_whose_clock_is_a_day_behind_the_shop_sells_nothing(till: DemoShop) -> None:
    behind = a_till_with(till, "T2", days=-1)

    with pytest.raises(ClockSetBack):
        behind.open_shift(behind.person("li"), {})


def test_a_new_till_that_begins_years_off_sells_nothing(till: DemoShop) -> None:
    till.close_shift(till.person("manager"), {code: {} for code in ("CNY", "KZT", "USD", "EUR", "RUB")})

    for days, refusal in ((-3650, ClockSetBack), (3650, ClockAhead)):
        other = a_till_with(till, "T6", days=days)
        with pytest.raises(refusal):
            other.open_shift(other.person("li"), {})


def test_tills_five_minutes_apart_work_side_by_side_without_a_word(till: DemoShop) -> None:
    for name, minutes in (("T2", -5), ("T3", 5)):
        other = a_till_with(till, name, minutes=minutes)
        other.open_shift(other.person("li"), {})
        other.sell(CHOCOLATE)
        assert StartupChecks(a_context(till.store, now=other.now, till=name), Empty())().clock is None
    till.sell(CHOCOLATE)

    assert till.verify() == []


def test_the_first_sale_of_a_morning_is_not_doubted(till: DemoShop, computer: FakeClock) -> None:
    till.close_shift(till.person("manager"), {code: {} for code in ("CNY", "KZT", "USD", "EUR", "RUB")})
    computer.move(hours=13)

    till.open_shift(till.person("amina"), {})
    assert till.sell(CHOCOLATE).at == computer()


def test_an_hour_in_which_no_one_buys_at_two_tills_stops_neither(till: DemoShop, computer: FakeClock) -> None:
    other = a_till_with(till, "T2")
    other.open_shift(other.person("li"), {})
    began = computer()
    clock: Any = steady(computer, till.store, till.till, lambda: computer() - began)
    del till.__dict__["complete_sale"]
    till.now = clock
    till.sell(CHOCOLATE)
    computer.move(hours=3)

    assert till.sell(CHOCOLATE).at == computer()

    began += timedelta(hours=5)  # and the clock is put on by as much
    computer.move(hours=5)
    with pytest.raises(ClockAhead):
        till.sell(CHOCOLATE)


def test_a_till_sells_on_beside_one_that_has_had_nothing_to_do_for_hours(till: DemoShop, computer: FakeClock) -> None:
    other = a_till_with(till, "T2")
    other.open_shift(other.person("li"), {})
    for _ in range(4):
        computer.move(minutes=50)
        till.sell(CHOCOLATE)

    assert till.sell(CHOCOLATE).at - MONDAY > timedelta(hours=5)


def test_once_the_right_clock_is_accepted_the_entries_of_the_wrong_one_count_no_more(till: DemoShop) -> None:
    ahead = a_till_with(till, "T2", hours=8)
    assert AcceptClock(till.store, ahead.now, "T2")(till.person("manager")) < -timedelta(hours=7)
    ahead.open_shift(ahead.person("li"), {})
    ahead.sell(CHOCOLATE)  # a manager has said so, and was wrong

    with pytest.raises(ClockSetBack):
        till.sell(CHOCOLATE)
    AcceptClock(till.store, till.now, "T1")(till.person("manager"))
    assert till.sell(CHOCOLATE).at - MONDAY < timedelta(hours=3)
    third = a_till_with(till, "T3")
    third.open_shift(third.person("yerlan"), {})
    with pytest.raises(ClockAhead):
        ahead.sell(CHOCOLATE)
    assert till.verify() == []


def test_who_begins_at_a_till_whose_clock_is_far_ahead_hears_of_it(till: DemoShop) -> None:
    ahead = a_till_with(till, "T2", hours=8)

    clock = StartupChecks(a_context(till.store, now=ahead.now, till="T2"), Empty())().clock

    assert clock is not None
    assert isinstance(clock.refused, ClockAhead)


class Running:
    """How long the computer has been on, in the hand."""

    def __init__(self) -> None:
        self.so_long = timedelta(hours=5)

    def __call__(self) -> timedelta:
        return self.so_long


@pytest.mark.parametrize("set_by", [{"hours": 2}, {"days": 1}, {"hours": -2}])
def test_the_only_till_of_a_shop_whose_clock_is_set_while_it_runs_sells_nothing(
    till: DemoShop, computer: FakeClock, set_by: dict[str, float]
) -> None:
    running = Running()
    clock: Any = steady(computer, till.store, till.till, running)
    del till.__dict__["complete_sale"]
    till.now = clock
    till.sell(CHOCOLATE)
    for _ in range(2):  # quiet hours are no doubt
        computer.move(hours=3)
        running.so_long += timedelta(hours=3)
        assert StartupChecks(replace(till.context, now=clock), Empty())().clock is None
    right = computer()
    computer.move(**set_by)
    before = till.tables()

    with pytest.raises(ClockMoved) as refused:
        till.sell(CHOCOLATE)
    assert till.tables() == before
    assert (refused.value.now, refused.value.expected) == (computer(), right)

    again: Any = steady(computer, till.store, till.till, running)  # the program is started again
    del till.__dict__["complete_sale"]
    till.now = again
    till.sell(CHOCOLATE)
    assert till.verify() == []


def test_a_clock_that_is_put_right_as_another_till_says_sells_on(till: DemoShop, computer: FakeClock) -> None:
    running = Running()
    clock: Any = steady(computer, till.store, till.till, running)
    till.now = clock
    del till.__dict__["complete_sale"]
    till.sell(CHOCOLATE)
    computer.move(hours=2)  # the computer slept, and its running time with it
    other = a_till_with(till, "T2", hours=2)
    with pytest.raises(ClockAhead):
        other.open_shift(other.person("li"), {})
    AcceptClock(till.store, other.now, "T2")(till.person("manager"))
    other.open_shift(other.person("li"), {})

    till.sell(CHOCOLATE)
    computer.move(hours=3)
    running.so_long += timedelta(hours=3)
    till.sell(CHOCOLATE)


def test_a_wrong_pin_at_a_till_years_ahead_makes_its_clock_no_righter(till: DemoShop) -> None:
    ahead = a_till_with(till, "T6", days=3650)
    with pytest.raises(WrongPin):
        ahead.sign_in("li", "999999")

    with pytest.raises(ClockAhead):
        ahead.open_shift(ahead.person("li"), {})
