"""Alipay: the text that is signed is the text that is read, and what its codes mean for a shop."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.outside_partners.answers import Answer, Declined, Done, Lost, NotFound, Undone
from pos.partner_line.json_answers import NotUnderstood
from pos.payments.alipay import Alipay
from pos.payments.alipay_signing import in_order, top_level
from tests.payments.benches import QUICK, Bench, bench
from tests.payments.fake_alipay import FakeAlipay, credentials
from tests.payments.keys import clock, private_pem, public_pem

TEXTS = st.text(max_size=8)
VALUES = st.none() | st.integers() | TEXTS | st.lists(TEXTS, max_size=3) | st.dictionaries(TEXTS, TEXTS, max_size=2)


@pytest.fixture
def shop() -> Iterator[Bench]:
    with bench("alipay") as made:
        yield made


def alipay(shop: Bench) -> FakeAlipay:
    assert isinstance(shop.server, FakeAlipay)
    return shop.server


@settings(max_examples=25)
@given(st.dictionaries(TEXTS, VALUES, min_size=1, max_size=3), st.sampled_from([None, 1]))
def test_each_member_of_an_answer_is_read_as_it_is_written(answer: dict[str, object], indent: int | None) -> None:
    text = json.dumps(answer, ensure_ascii=False, indent=indent)
    members = top_level(text)
    assert {name: json.loads(value) for name, value in members.items()} == answer
    assert all(value in text for value in members.values())


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"a"}', '{"a": 1,}', '{"a": 1} {"b": 2}', '{"a": 1, "a": 2}', "[" * 9000, '{"a" 1}', "{1: 2}"],
)
def test_what_is_no_such_object_is_refused(text: str) -> None:
    with pytest.raises(NotUnderstood):
        top_level(text)


def test_parameters_are_signed_in_their_order_without_empty_ones() -> None:
    assert in_order({"b": "2", "sign": "x", "a": "1", "c": ""}) == "a=1&b=2"


def test_a_node_that_comes_twice_is_not_taken(shop: Bench) -> None:
    alipay(shop).twice = True
    assert shop.provider.charge(shop.order()) == Lost("not_understood", "json")


def test_keys_may_have_a_head_or_none(shop: Bench) -> None:
    known = credentials(app_key=private_pem("shop"), alipay_public_key=public_pem("provider"))
    provider = Alipay(known, shop.server.address, clock, QUICK)
    assert isinstance(provider.charge(shop.order()), Done)
    provider.close()


@pytest.mark.parametrize(
    ("sub_code", "answer"),
    [
        ("ACQ.PAYMENT_AUTH_CODE_INVALID", Declined("code_unknown", "ACQ.PAYMENT_AUTH_CODE_INVALID")),
        ("ACQ.BUYER_BALANCE_NOT_ENOUGH", Declined("no_money", "ACQ.BUYER_BALANCE_NOT_ENOUGH")),
        ("ACQ.TOTAL_FEE_EXCEED", Declined("limit", "ACQ.TOTAL_FEE_EXCEED")),
        ("ACQ.ACCESS_FORBIDDEN", Declined("not_set_up", "ACQ.ACCESS_FORBIDDEN")),
        ("ACQ.SYSTEM_ERROR", Lost("partner_broken", "ACQ.SYSTEM_ERROR")),
        ("ACQ.TRADE_HAS_SUCCESS", Lost("not_understood", "ACQ.TRADE_HAS_SUCCESS")),
        ("ACQ.MOON_IS_FULL", Lost("not_understood", "ACQ.MOON_IS_FULL")),
    ],
)
def test_what_is_certain_declines_and_what_is_not_is_asked(shop: Bench, sub_code: str, answer: Answer) -> None:
    alipay(shop).refusal = sub_code
    assert shop.provider.charge(shop.order()) == answer


def test_a_cancel_that_alipay_wants_again_is_asked_again(shop: Bench) -> None:
    shop.server.customers[0] = "waits9"
    made = shop.charge(shop.order(), asks=1)[1]
    alipay(shop).slow_cancels = 1
    assert shop.provider.undo(made) == Lost("partner_broken", "retry")
    assert isinstance(shop.provider.undo(made), Undone)


def test_a_refund_is_done_where_money_has_moved_and_else_is_asked(shop: Bench) -> None:
    _, made = shop.charge(shop.order("1500"))
    alipay(shop).fund_change = "N"
    back = shop.refund(made, "200")
    assert isinstance(back, Done)
    assert back.amount.minor == 20_000, "Alipay names the sum of all refunds, the question that of this one"
    assert shop.refund(made, "1300.01") == Declined("too_much_refunded", "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL")


def test_a_refund_that_alipay_takes_without_moving_money_is_not_done(shop: Bench) -> None:
    _, made = shop.charge(shop.order("1500"))
    assert isinstance(shop.refund(made, "1000"), Done)
    alipay(shop).fund_change, alipay(shop).moves = "N", False
    assert isinstance(shop.refund(made, "200"), NotFound)
    assert shop.kept == shop.server.kept == 50_000


def test_a_refund_of_another_sum_is_said_as_it_is(shop: Bench) -> None:
    _, made = shop.charge(shop.order("1500"))
    alipay(shop).fund_change, alipay(shop).said_refund = "N", 19_900
    back = shop.refund(made, "200")
    assert isinstance(back, Done)
    assert back.amount.minor == 19_900


def test_an_application_that_alipay_does_not_know_is_told_so(shop: Bench) -> None:
    provider = Alipay(credentials(app_key=private_pem("stranger")), shop.server.address, clock, QUICK)
    assert provider.check() == Declined("not_set_up", "isv.invalid-signature")
    assert provider.charge(shop.order()) == Lost("signed_out", "isv.invalid-signature")
    provider.close()
    lacking = Alipay(credentials(app_key="no key"), shop.server.address, clock, QUICK)
    assert lacking.check() == Declined("not_set_up", "app_key")
