"""What holds for every provider, whatever it, the line and the customer do: our books are its books."""

from __future__ import annotations

import dataclasses
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.application.ports.partner_ports import ChargeOrder
from pos.domain.money import CURRENCIES, Money
from pos.domain.outside_partners.answers import (
    DECLINE_REASONS,
    LOST_REASONS,
    NOT_ASKABLE,
    Answer,
    Declined,
    Done,
    Lost,
    NotFound,
    Undone,
    Waiting,
)
from pos.domain.outside_partners.providers import PROVIDER_KINDS
from pos.payments.alipay import Alipay
from pos.payments.wechat import WeChatPay
from tests.payments import fake_alipay
from tests.payments.benches import QUICK, Bench, bench, new_number
from tests.payments.fake_wechat import credentials
from tests.payments.keys import clock, tls_identity

SPOILT = [
    ("broken_after", "partner_broken"),
    ("cut_after", "no_line"),
    ("garbage", "not_understood"),
    ("huge", "too_long"),
    ("redirect", "not_understood"),
]


def settle(at: Bench, answer: Answer) -> None:
    """An answer that is not known from its words is one of those with a sentence."""
    if isinstance(answer, Declined):
        assert answer.reason in DECLINE_REASONS
    if isinstance(answer, Lost):
        assert answer.what in LOST_REASONS
    assert at.kept == at.server.kept


def test_a_customer_pays_now(at: Bench) -> None:
    order = at.order()
    answer, made = at.charge(order)
    assert isinstance(answer, Done)
    assert answer.amount == order.amount
    assert made.reference == next(iter(at.server.books.values())).reference
    settle(at, answer)


def test_a_customer_who_takes_their_time_is_waited_for(at: Bench) -> None:
    at.server.customers[0] = "waits2"
    answer, made = at.charge(at.order(), asks=2)
    assert isinstance(answer, Waiting)
    assert at.server.kept == 0
    answer = at.provider.ask(made)
    assert isinstance(answer, Done)


@pytest.mark.parametrize("customer", ["refuses", "refuses later"])
def test_a_customer_refuses(at: Bench, customer: str) -> None:
    at.server.customers[0] = customer
    answer, _ = at.charge(at.order())
    assert isinstance(answer, Declined | Undone)
    assert at.server.kept == 0
    settle(at, answer)


@pytest.mark.parametrize("fault", ["cut_before", "broken"])
def test_an_answer_is_lost_and_nothing_was_paid(at: Bench, fault: str) -> None:
    at.server.faults.append(fault)
    order = at.order()
    first = at.provider.charge(order)
    assert isinstance(first, Lost)
    answer, made = at.charge(at.order(), asks=0)
    assert at.provider.name == "kaspi" or isinstance(answer, Done)
    asked = at.provider.ask(dataclasses.replace(made, number=order.number, reference="", detail=()))
    assert asked == Lost("not_understood", NOT_ASKABLE) if at.provider.name == "kaspi" else isinstance(asked, NotFound)


@pytest.mark.parametrize(("fault", "what"), SPOILT)
def test_an_answer_is_lost_although_it_was_paid(at: Bench, fault: str, what: str) -> None:
    at.server.faults.append(fault)
    answer, _ = at.charge(at.order(), asks=0)
    assert isinstance(answer, Lost)
    assert answer.what == what
    assert at.server.kept == 150_000


@pytest.mark.parametrize(("fault", "what"), SPOILT)
def test_what_was_paid_is_found_by_asking_again_and_again(at: Bench, fault: str, what: str) -> None:
    at.server.customers[0] = "waits0"
    made = at.charge(at.order(), asks=0)[1]
    at.server.faults.extend([fault, "broken", fault])
    said = [at.provider.ask(made) for _ in range(4)]
    assert isinstance(said[-1], Done)
    assert [one.what for one in said if isinstance(one, Lost)] == [what, "partner_broken", what]


def test_a_provider_that_is_broken_for_a_minute_is_asked_until_it_is_not(at: Bench) -> None:
    made = at.charge(at.order(), asks=0)[1]
    at.server.faults.extend(["broken"] * 12)
    said = [at.provider.ask(made) for _ in range(13)]
    assert {type(one) for one in said[:12]} == {Lost}
    assert isinstance(said[12], Done)


def test_a_payment_that_is_undone_takes_no_money(signing: Bench) -> None:
    signing.server.customers[0] = "waits99"
    made = signing.charge(signing.order(), asks=1)[1]
    assert isinstance(signing.provider.undo(made), Undone)
    assert isinstance(signing.provider.ask(made), Undone)
    assert signing.server.kept == 0


def test_an_undo_that_races_with_the_customer_gives_back_what_was_paid(signing: Bench) -> None:
    signing.server.customers[0] = "pays at the undo"
    made = signing.charge(signing.order(), asks=1)[1]
    signing.server.faults.append("cut_after")
    assert isinstance(signing.provider.undo(made), Lost)
    assert isinstance(signing.provider.undo(made), Undone)
    assert signing.server.kept == 0


def test_a_number_that_is_sent_twice_is_one_payment(signing: Bench) -> None:
    order = signing.order()
    signing.provider.charge(order)
    again = signing.provider.charge(order)
    assert isinstance(again, Lost)
    assert isinstance(signing.provider.ask(signing.charge(order, asks=0)[1]), Done)
    assert signing.server.kept == order.amount.minor


def test_an_answer_that_comes_twice_says_the_same(at: Bench) -> None:
    answer, made = at.charge(at.order())
    assert at.provider.ask(made) == answer
    assert at.provider.ask(made) == answer


def test_another_sum_is_said_as_it_is(at: Bench) -> None:
    at.server.customers[0] = "other sum"
    answer, _ = at.charge(at.order())
    assert isinstance(answer, Done)
    assert answer.amount.minor == 149_900


def test_another_currency_is_said_as_it_is(signing: Bench) -> None:
    signing.server.customers[0] = "other currency"
    answer, _ = signing.charge(signing.order())
    assert isinstance(answer, Done)
    assert answer.amount.currency.code == "HKD"


@pytest.mark.parametrize("fault", ["wrong_signature", "unsigned"])
def test_an_answer_that_its_provider_has_not_signed_decides_nothing(signing: Bench, fault: str) -> None:
    signing.server.faults.append(fault)
    order = signing.order()
    first = signing.provider.charge(order)
    assert isinstance(first, Lost)
    assert first.what == "signature"
    made = signing.charge(signing.order(), asks=0)[1]
    for step in (signing.provider.ask, signing.provider.undo):
        signing.server.faults.append(fault)
        answer = step(made)
        assert isinstance(answer, Lost)
        assert answer.what == "signature"


def test_a_part_goes_back_and_then_the_rest_and_nothing_more(at: Bench) -> None:
    _, made = at.charge(at.order("1500"))
    for amount in ("400", "1100"):
        back = at.refund(made, amount)
        assert isinstance(back, Done)
        assert back.amount == Money.parse(amount, made.amount.currency)
        assert at.kept == at.server.kept
    too_much = at.refund(made, "1")
    assert isinstance(too_much, Declined)
    settle(at, too_much)
    assert at.server.kept == 0


def test_a_refund_that_is_asked_twice_under_one_number_moves_money_once(at: Bench) -> None:
    _, made = at.charge(at.order("1500"))
    number = new_number()
    first = at.refund(made, "400", number)
    money = Money.parse("400", made.amount.currency)
    again = at.provider.refund(number, money, made)
    if isinstance(again, Waiting):
        again = at.provider.ask_refund(number, money, made)
    assert isinstance(first, Done)
    assert isinstance(again, Done)
    assert again.amount == first.amount
    assert at.server.kept == 110_000 == at.kept


def test_a_refund_whose_answer_is_lost_is_found_by_its_number(signing: Bench) -> None:
    _, made = signing.charge(signing.order("1500"))
    signing.server.faults.extend(["cut_after", "garbage", "broken"])
    assert isinstance(signing.refund(made, "400"), Done)
    assert signing.kept == signing.server.kept == 110_000


def test_a_refund_that_never_came_is_not_found(signing: Bench) -> None:
    _, made = signing.charge(signing.order("1500"))
    signing.server.faults.append("cut_before")
    assert isinstance(signing.refund(made, "400"), NotFound)
    assert signing.server.kept == 150_000


def test_a_line_that_is_slow_is_given_up_in_time() -> None:
    rhythm = dataclasses.replace(QUICK, call=0.25)
    with bench("alipay", rhythm) as at:
        at.server.faults.append("slow")
        answer = at.provider.charge(at.order())
        assert answer == Lost("time_over")
        assert at.server.kept == 150_000


def test_where_no_connection_is_made_nothing_was_asked(at: Bench) -> None:
    _, made = at.charge(at.order())
    at.provider.close()
    at.server.__exit__(None, None, None)
    try:
        assert at.provider.charge(at.order()) == Declined("no_line")
        assert at.provider.ask(made) == Lost("no_line")
        assert at.provider.undo(made) == Lost("no_line")
        assert at.provider.refund(new_number(), made.amount, made) == Declined("no_line")
        assert at.provider.check() == Declined("no_line")
    finally:
        at.server.__enter__()


def test_a_line_and_a_credential_are_tried_without_a_trace(at: Bench) -> None:
    assert at.provider.check() is None
    assert at.server.books == {}
    at.server.faults.append("broken")
    tried = at.provider.check()
    assert tried is None if at.provider.name == "kaspi" else isinstance(tried, Lost)


def test_each_takes_the_money_of_its_country_and_no_other(at: Bench) -> None:
    other = CURRENCIES["USD"]
    assert at.provider.takes(CURRENCIES[PROVIDER_KINDS[at.provider.name].currency])
    assert not at.provider.takes(other)
    order = dataclasses.replace(at.order(), amount=Money(100, other))
    assert isinstance(at.provider.charge(order), Declined)
    assert at.server.seen == []


def test_several_threads_pay_at_once(signing: Bench) -> None:
    answers: list[Answer] = []
    threads = [threading.Thread(target=lambda: answers.append(signing.charge(signing.order())[0])) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {type(one) for one in answers} == {Done}
    assert signing.server.kept == 6 * 150_000


@pytest.mark.parametrize("name", ["wechat", "alipay"])
def test_a_server_with_a_certificate_that_no_one_vouches_for_hears_nothing(name: str) -> None:
    with bench(name, identity=tls_identity("stranger")) as at:
        assert at.provider.charge(at.order()) == Lost("certificate")
        assert at.server.seen == []


@pytest.mark.parametrize("address", ["http://pay.example", "http://10.0.0.7:8080", "ftp://127.0.0.1", "", "https://"])
def test_no_secret_goes_over_a_line_that_others_can_read(address: str) -> None:
    provider = WeChatPay(credentials(), address, clock)
    with bench("wechat") as at:
        assert provider.charge(at.order()) == Lost("certificate")


@given(st.text(max_size=40))
@settings(max_examples=30)
def test_nothing_but_a_payment_code_of_its_own_goes_to_a_provider(text: str) -> None:
    for provider in (WeChatPay(credentials(), "", clock), Alipay(fake_alipay.credentials(), "", clock)):
        money = Money(100, CURRENCIES["CNY"])
        assert provider.charge(ChargeOrder("N", money, "", text)) == Declined("code_unknown", "not_sent")


@pytest.mark.parametrize("code", ["110105198505050011", "281234567890123456", "6223456789012345678", "4870204321111"])
def test_no_identity_number_and_no_code_of_another_wallet_goes_to_wechat(code: str) -> None:
    with bench("wechat") as at:
        assert at.provider.charge(at.order(code=code)) == Declined("code_unknown", "not_sent")
        assert at.server.seen == []
