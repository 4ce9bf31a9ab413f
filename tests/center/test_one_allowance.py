"""One allowance for a visitor in every shop of the center."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from pos.application.center.refusals import ClockDiffers, KeyClosed, KeyReused, LedgerMoved, StricterVerdict
from pos.application.center.reserve import Reserve
from pos.domain.quota.rule import Verdict
from tests.center.shops import Center, digest, goods, perfume, spirit


def test_what_was_bought_next_door_is_on_the_ledger(center: Center) -> None:
    center.till("A1").sell("passport", perfume("5000"))
    seen = center.till("B1").look_up("passport")
    (line,) = seen.lines
    assert (line.goods.category, line.goods.quantity, line.goods.unit_price) == ("perfume", 1, Fraction(5000))
    assert (line.shop, line.id) == (0, ("", 0)), "and neither whose it is nor of which sale"
    (own,) = center.till("A2").look_up("passport").lines
    assert own.id == ("A-1-1", 1)


def test_what_was_bought_next_door_uses_the_allowance(center: Center) -> None:
    center.till("A1").sell("passport", perfume("5000"))
    till = center.till("B1")
    with pytest.raises(StricterVerdict) as refused:
        till.reserve(till.request(till.look_up("passport"), perfume("4000")))
    assert (refused.value.shown, refused.value.verdict) == ("ok", "duty")
    till.reserve(till.request(till.look_up("passport"), perfume("3000")))


def test_a_payment_that_is_open_next_door_counts_and_one_that_was_cancelled_does_not(center: Center) -> None:
    first, second = center.till("A1"), center.till("B1")
    opened = first.request(first.look_up("passport"), perfume("5000"))
    first.reserve(opened)
    with pytest.raises(StricterVerdict):
        second.reserve(second.request(second.look_up("passport"), perfume("5000")))
    first.give_back(opened)
    second.reserve(second.request(second.look_up("passport"), perfume("5000")))


def test_a_till_that_judged_by_an_older_ledger_judges_again(center: Center) -> None:
    till = center.till("B1")
    seen = till.look_up("passport")
    center.till("A1").sell("passport", perfume("100"))
    with pytest.raises(LedgerMoved) as moved:
        till.reserve(till.request(seen, perfume("100")))
    (ledger,) = moved.value.ledgers
    assert ledger.version > seen.version
    assert [line.goods.unit_price for line in ledger.lines] == [100]
    till.reserve(till.request(ledger, perfume("100")))


def test_goods_over_the_allowance_are_reserved_as_dutiable_with_an_approval(center: Center) -> None:
    till = center.till("A1")
    seen = till.look_up("passport")
    for approved, taxed in ((False, 1), (True, 0)):
        asked = till.request(seen, perfume("9000", 1, taxed), verdict=Verdict.DUTY, approved=approved)
        with pytest.raises(StricterVerdict):
            till.reserve(asked)
    till.reserve(till.request(seen, perfume("9000", 1, 1), verdict=Verdict.DUTY, approved=True))


def test_what_is_refused_is_not_reserved_with_an_approval_either(center: Center) -> None:
    till = center.till("A1")
    asked = till.request(till.look_up("passport"), goods("food.meat"), verdict=Verdict.REFUSE, approved=True)
    with pytest.raises(StricterVerdict):
        till.reserve(asked)


def test_goods_of_which_something_is_unknown_are_reserved_as_the_till_shows_them(center: Center) -> None:
    till = center.till("A1")
    bottle = goods("alcohol.spirit")
    with pytest.raises(StricterVerdict):
        till.reserve(till.request(till.look_up("passport"), bottle))
    till.reserve(till.request(till.look_up("passport"), bottle, verdict=Verdict.UNKNOWN))


def test_time_that_is_over_frees_nothing(center: Center) -> None:
    first, second = center.till("A1"), center.till("B1")
    first.reserve(first.request(first.look_up("passport"), perfume("5000"), seconds=60))
    center.clock.pass_by(seconds=61)
    seen = second.look_up("passport")
    assert [each.in_doubt for each in seen.reservations] == [True]
    with pytest.raises(StricterVerdict):
        second.reserve(second.request(seen, perfume("5000")))


def test_a_sale_is_booked_however_late_it_is_confirmed(center: Center) -> None:
    till = center.till("A1")
    asked = till.request(till.look_up("passport"), perfume("5000"), seconds=60)
    till.reserve(asked)
    center.clock.pass_by(hours=5)
    assert till.confirm(asked).flags == ()
    (line,) = center.till("B1").look_up("passport").lines
    assert (center.clock() - line.at).total_seconds() == 5 * 3600, "at the instant of its reservation"


def test_the_same_request_again_gets_the_same_answer_and_another_under_its_key_none(center: Center) -> None:
    till = center.till("A1")
    asked = till.request(till.look_up("passport"), perfume("5000"))
    first = till.reserve(asked)
    assert till.reserve(asked) == first
    with pytest.raises(KeyReused):
        Reserve(center.context)(till.caller, asked, digest("another"))
    booked = till.confirm(asked)
    assert till.confirm(asked) == booked
    assert len(center.till("B1").look_up("passport").lines) == 1


def test_a_lost_answer_is_the_same_however_late_it_is_asked_for_again(center: Center) -> None:
    till = center.till("A1")
    asked = till.request(till.look_up("passport"), perfume("5000"), seconds=60)
    first = till.reserve(asked)
    center.clock.pass_by(minutes=5)  # the clock that the request names is of then
    assert till.reserve(asked) == first
    with pytest.raises(ClockDiffers):
        till.reserve(replace(asked, key="another"))


def test_a_key_that_was_given_back_before_it_came_is_refused(center: Center) -> None:
    till = center.till("A1")
    asked = till.request(till.look_up("passport"), perfume("5000"))
    till.give_back(asked)
    with pytest.raises(KeyClosed):
        till.reserve(asked)


def test_a_new_attempt_at_one_payment_takes_the_place_of_the_earlier_one(center: Center) -> None:
    till = center.till("A1")
    first = till.request(till.look_up("passport"), perfume("5000"), key="sale#1")
    versions = till.reserve(first).versions
    seen = till.look_up("passport")
    assert versions[seen.reference] == seen.version
    second = till.request(seen, perfume("6000"), key="sale#2", replaces="sale#1")
    till.reserve(second)
    with pytest.raises(KeyClosed):
        till.reserve(first)
    till.confirm(second)
    assert [line.goods.unit_price for line in till.look_up("passport").lines] == [6000]


def test_bottles_of_two_shops_are_one_carry_out(center: Center) -> None:
    center.till("A1").sell("passport", spirit(2))
    till = center.till("B1")
    with pytest.raises(StricterVerdict):
        till.reserve(till.request(till.look_up("passport"), spirit(2)))
    till.reserve(till.request(till.look_up("passport"), spirit(1)))
