"""Money that came is a tender or owed back, whatever a partner answers and in which order."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.money import CURRENCIES, Money
from pos.domain.outside_partners.answers import (
    NOT_ASKABLE,
    Answer,
    Declined,
    Done,
    Lost,
    NotFound,
    Undone,
    Waiting,
)
from pos.domain.outside_partners.attempt import (
    AttemptKind,
    AttemptSettled,
    AttemptState,
    Decision,
    MoneyIsThere,
    PartnerAttempt,
    PartnerIsAsked,
    Step,
    attempt_number,
    left_of,
)
from pos.domain.outside_partners.rhythm import PartnerRhythm

AT = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)
RHYTHM = PartnerRhythm(first_ask=5, ask_every=10, time_over=30, undo_after=15, call=8)
YUAN = CURRENCIES["CNY"]
SUM = Money(1250, YUAN)
PAID = Done(SUM, "4200001")
LOST = Lost("time_over")


def later(seconds: float) -> datetime:
    return AT + timedelta(seconds=seconds)


def sent(kind: AttemptKind = AttemptKind.CHARGE) -> PartnerAttempt:
    number = attempt_number(secrets.token_bytes(16))
    new = PartnerAttempt(number, kind, "wechat", "T1", "sale-1", 1, SUM, AT)
    return new.sending(AT, RHYTHM)


def test_a_number_has_26_characters_that_every_partner_takes() -> None:
    number = attempt_number(secrets.token_bytes(16))

    assert len(number) == 26
    assert set(number) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")


def test_a_payment_that_is_done_at_once_is_a_tender() -> None:
    done = sent().answered(PAID, later(1), RHYTHM, Step.SEND)

    assert (done.state, done.is_tender, done.holds) == (AttemptState.DONE, True, False)
    assert done.owed() is None


def test_another_sum_or_currency_is_never_a_tender() -> None:
    for moved in (Money(1251, YUAN), Money(1250, CURRENCIES["KZT"])):
        other = sent().answered(Done(moved, "1"), later(1), RHYTHM, Step.SEND)
        assert (other.state, other.is_tender) == (AttemptState.ASK_PERSON, False)
        with pytest.raises(MoneyIsThere):
            other.decided(Decision(False, "Ana", later(9)))
        assert other.decided(Decision(True, "Ana", later(9))).owed() == moved


def test_a_lost_answer_is_asked_about_until_the_time_is_over_and_then_undone() -> None:
    lost = sent().answered(LOST, later(2), RHYTHM, Step.SEND)
    assert lost.state is AttemptState.UNKNOWN
    assert lost.next_step(later(4), RHYTHM) is None
    assert lost.next_step(later(12), RHYTHM) is Step.ASK

    over = lost.answered(NotFound(), later(31), RHYTHM).at_time_over(later(31), RHYTHM)

    assert (over.state, over.undo_by) == (AttemptState.UNDOING, "")
    assert over.next_step(later(31), RHYTHM) is Step.UNDO


def test_what_was_paid_while_the_till_stood_still_is_asked_before_it_is_undone() -> None:
    lost = sent()  # the till was switched off within the call

    assert lost.at_time_over(later(9000), RHYTHM) == lost
    assert lost.next_step(later(9000), RHYTHM, at_start=True) is Step.ASK
    assert lost.answered(PAID, later(9000), RHYTHM).is_offered


def test_an_undo_is_not_asked_before_the_provider_takes_one() -> None:
    undoing = sent().answered(Waiting("pin"), later(1), RHYTHM, Step.SEND).undoing(later(3), "Ana")

    assert undoing.next_step(later(14), RHYTHM) is None
    assert undoing.next_step(later(15), RHYTHM) is Step.UNDO


def test_an_undo_does_not_overtake_the_charge_that_is_on_its_way() -> None:
    undoing = sent().undoing(later(1), "Ana")
    assert undoing.next_step(later(2), replace(RHYTHM, undo_after=0)) is None

    answered = undoing.answered(Waiting("pin", "77"), later(3), RHYTHM, Step.SEND)

    assert answered.next_step(later(3), replace(RHYTHM, undo_after=0)) is Step.UNDO


def test_not_found_is_final_only_after_the_life_of_the_code_and_an_acknowledged_undo() -> None:
    unknown = sent().answered(LOST, later(8), RHYTHM, Step.SEND)
    acknowledged = unknown.undoing(later(16), "Ana").answered(Undone(), later(16), RHYTHM, Step.UNDO)
    assert acknowledged.state is AttemptState.UNDOING  # the request may still be on its way
    assert acknowledged.answered(NotFound(), later(20), RHYTHM).is_open
    assert acknowledged.answered(NotFound(), later(30), RHYTHM).state is AttemptState.UNDONE

    unasked = unknown.answered(NotFound(), later(100), RHYTHM)
    assert unasked.state is AttemptState.UNKNOWN


def test_a_payment_that_reaches_the_provider_after_its_undo_is_undone_once_more() -> None:
    unknown = sent().answered(LOST, later(8), RHYTHM, Step.SEND).undoing(later(16), "Ana")
    late = unknown.answered(Undone(), later(16), RHYTHM, Step.UNDO).answered(Waiting("pin"), later(20), RHYTHM)

    assert late.next_step(later(30), RHYTHM) is Step.UNDO
    assert late.answered(Undone(), later(30), RHYTHM, Step.UNDO).state is AttemptState.UNDONE


def test_money_that_comes_after_the_undo_was_asked_is_owed_back() -> None:
    late = sent().undoing(later(3), "Ana").answered(PAID, later(20), RHYTHM, Step.UNDO)

    assert (late.is_tender, late.owed()) == (False, SUM)
    back = replace(sent(AttemptKind.REFUND), amount=Money(250, YUAN))
    assert late.owed([back]) == Money(1000, YUAN)
    assert late.owed([back, replace(back, state=AttemptState.REFUSED)]) == Money(1000, YUAN)
    assert left_of(SUM, [replace(back, amount=SUM)]) is None


def test_a_partner_that_cannot_be_asked_leaves_it_to_a_person() -> None:
    open_one = sent().answered(LOST, later(8), RHYTHM, Step.SEND)
    with pytest.raises(PartnerIsAsked):
        open_one.decided(Decision(True, "Ana", later(9)))

    asked = open_one.answered(Lost("not_understood", NOT_ASKABLE), later(9), RHYTHM)

    assert (asked.state, asked.next_step(later(999), RHYTHM)) == (AttemptState.ASK_PERSON, None)
    assert asked.decided(Decision(True, "Ana", later(20))).is_tender
    no = asked.decided(Decision(False, "Ana", later(20)))
    assert (no.state, no.decision) == (AttemptState.REFUSED, Decision(False, "Ana", later(20)))
    with pytest.raises(AttemptSettled):
        no.decided(Decision(True, "Ana", later(21)))


def test_a_line_that_stays_dead_is_asked_less_and_less_and_a_person_looks() -> None:
    one, at, asked = sent().undoing(later(1), "Ana"), later(8), 0
    one = one.answered(LOST, at, RHYTHM, Step.SEND)
    while at < later(3600):
        at += timedelta(seconds=1)
        step = one.next_step(at, RHYTHM)
        if step is not None:
            asked += 1
            one = one.answered(LOST, at, RHYTHM, step)

    assert one.state is AttemptState.ASK_PERSON
    assert asked < 25
    assert one.answered(PAID, at, RHYTHM).owed() == SUM  # it is asked on, and what it says counts


def test_a_refund_that_the_provider_does_not_know_is_sent_again_under_its_number() -> None:
    lost = sent(AttemptKind.REFUND).answered(LOST, later(8), RHYTHM, Step.SEND)
    assert lost.next_step(later(30), RHYTHM) is Step.ASK

    missing = lost.answered(NotFound(), later(30), RHYTHM)

    assert missing.next_step(later(60), RHYTHM) is Step.SEND
    again = missing.sending(later(60), RHYTHM)
    assert (again.number, again.next_step(later(69), RHYTHM)) == (lost.number, Step.ASK)


def test_a_refund_is_never_undone_because_the_time_is_over() -> None:
    waiting = sent(AttemptKind.REFUND).answered(Waiting(), later(99), RHYTHM)

    assert waiting.at_time_over(later(999), RHYTHM).state is AttemptState.WAITING
    with pytest.raises(AttemptSettled):
        waiting.undoing(later(999), "Ana")


ANSWERS: list[Answer] = [
    PAID,
    Done(Money(1, YUAN), "2"),
    Waiting("pin", "3"),
    Waiting(),
    Declined("by_customer"),
    NotFound(),
    Undone(),
    LOST,
    Lost("not_understood", NOT_ASKABLE),
]
EVENTS = st.one_of(
    st.tuples(st.sampled_from(ANSWERS), st.sampled_from(Step)),
    st.sampled_from(["undo", "time", "paid", "not paid"]),
)


@given(st.lists(st.tuples(EVENTS, st.integers(0, 40)), max_size=12))
def test_no_order_of_answers_leads_from_money_to_nothing_owed(
    events: list[tuple[tuple[Answer, Step] | str, int]],
) -> None:
    one, at, money, second_allowed = sent(), AT, None, False
    for event, pause in events:
        at += timedelta(seconds=pause)
        if isinstance(event, tuple):
            answer, step = event
            if isinstance(answer, Done) and one.state is not AttemptState.DONE:
                money = answer.amount
            one = one.answered(answer, at, RHYTHM, step)
        elif event == "undo":
            one = one.undoing(at, "Ana") if one.is_open or one.state is AttemptState.DONE else one
        elif event == "time":
            one = one.at_time_over(at, RHYTHM)
        elif one.may_be_decided and (event == "paid" or one.paid is None):
            one = one.decided(Decision(event == "paid", "Ana", at))
            money = one.paid if event == "paid" else money
        if money is not None:
            is_with_person = one.state is AttemptState.ASK_PERSON and one.paid == money
            assert [one.is_tender and one.paid == money, one.owed() == money, is_with_person].count(True) == 1
        # Where another attempt for the same money has ever been allowed, this one never becomes its tender.
        assert not (second_allowed and one.is_tender)
        second_allowed = second_allowed or not (one.holds or one.is_tender)
