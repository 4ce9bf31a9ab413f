"""WeChat Pay v3: whose word counts, when an undo may be asked, and what its codes mean for a shop."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest

from pos.application.ports.partner_ports import ChargeMade
from pos.domain.outside_partners.answers import Answer, Declined, Done, Lost, NotFound, Undone, Waiting
from pos.payments.wechat import RHYTHM, TOO_EARLY, WeChatPay
from tests.payments.benches import QUICK, Bench, bench, new_number
from tests.payments.fake_wechat import CERTIFICATE_SERIAL, FakeWeChat, credentials, old_credentials
from tests.payments.keys import clock, private_base64, public_pem


@pytest.fixture
def shop() -> Iterator[Bench]:
    with bench("wechat") as made:
        yield made


def wechat(shop: Bench) -> FakeWeChat:
    assert isinstance(shop.server, FakeWeChat)
    return shop.server


def charged(shop: Bench, provider: WeChatPay) -> Answer:
    try:
        return provider.charge(shop.order())
    finally:
        provider.close()


def test_an_old_merchant_verifies_by_platform_certificates_and_a_new_one_by_the_public_key(shop: Bench) -> None:
    both = old_credentials() | {"public_key_id": "PUB_KEY_ID_1", "public_key": public_pem("provider")}
    old, changing = (WeChatPay(known, shop.server.address, clock, QUICK) for known in (old_credentials(), both))
    wechat(shop).serial = f"{CERTIFICATE_SERIAL:X}"
    assert isinstance(charged(shop, old), Done)
    assert isinstance(charged(shop, changing), Done)
    assert "wechatpay-serial" not in shop.server.seen[0].headers
    assert shop.server.seen[1].headers["wechatpay-serial"] == "PUB_KEY_ID_1"


@pytest.mark.parametrize("serial", ["PUB_KEY_ID_9", "8", f"{CERTIFICATE_SERIAL + 1:X}"])
def test_the_word_of_a_key_that_the_shop_does_not_know_counts_for_nothing(shop: Bench, serial: str) -> None:
    wechat(shop).serial = serial
    assert shop.provider.charge(shop.order()) == Lost("signature", "serial")
    assert shop.server.kept == 150_000, "it is asked about, and not given up"


@pytest.mark.parametrize(("off", "counts"), [(299, True), (-299, True), (301, False), (-301, False)])
def test_an_answer_of_another_time_counts_for_nothing(shop: Bench, off: int, counts: bool) -> None:
    wechat(shop).clock_off = off
    answer = shop.provider.charge(shop.order())
    assert isinstance(answer, Done) if counts else answer == Lost("signature", "clock")


def test_an_undo_is_not_asked_before_wechat_takes_it(shop: Bench) -> None:
    assert RHYTHM.undo_after == 15
    early = dataclasses.replace(QUICK, undo_after=15)
    provider = WeChatPay(credentials(), shop.server.address, clock, early)
    order = shop.order()
    shop.server.customers[0] = "waits9"
    made = ChargeMade(order.number, order.amount)
    assert provider.charge(order) == Waiting("pin")
    asked = len(shop.server.seen)
    assert provider.undo(made) == Lost("no_line", TOO_EARLY)
    assert len(shop.server.seen) == asked
    provider.close()
    assert isinstance(shop.provider.undo(made), Undone), "after a restart it is asked, and WeChat decides"


@pytest.mark.parametrize(
    ("status", "code", "answer"),
    [
        (403, "AUTH_CODE_EXPIRED", Declined("code_expired", "AUTH_CODE_EXPIRED")),
        (400, "AUTHCODEEXPIRE", Declined("code_expired", "AUTHCODEEXPIRE")),
        (400, "AUTH_CODE_INVALID", Declined("code_unknown", "AUTH_CODE_INVALID")),
        (403, "NOTENOUGH", Declined("no_money", "NOTENOUGH")),
        (403, "RULE_LIMIT", Declined("limit", "RULE_LIMIT")),
        (403, "NO_AUTH", Declined("not_set_up", "NO_AUTH")),
        (429, "FREQUENCY_LIMITED", Declined("busy", "FREQUENCY_LIMITED")),
        (400, "BANKERROR", Lost("partner_broken", "BANKERROR")),
        (400, "SYSTEM_ERROR", Lost("partner_broken", "SYSTEM_ERROR")),
        (500, "SYSTEM_ERROR", Lost("partner_broken", "500")),
        (403, "ORDERPAID", Lost("not_understood", "ORDERPAID")),
        (400, "MOON_IS_FULL", Lost("not_understood", "MOON_IS_FULL")),
        (401, "SIGN_ERROR", Lost("signed_out", "401")),
    ],
)
def test_what_is_certain_declines_and_what_is_not_is_asked(shop: Bench, status: int, code: str, answer: Answer) -> None:
    wechat(shop).refusal = (status, code)
    assert shop.provider.charge(shop.order()) == answer


def test_a_refund_may_take_days_or_stop_at_a_bank(shop: Bench) -> None:
    _, made = shop.charge(shop.order())
    wechat(shop).refund_state = "PROCESSING"
    number = new_number()
    assert isinstance(shop.provider.refund(number, made.amount, made), Waiting)
    assert isinstance(shop.provider.ask_refund(number, made.amount, made), Waiting)
    wechat(shop).refund_state = "ABNORMAL"
    assert shop.provider.ask_refund(number, made.amount, made) == Lost("partner_broken", "ABNORMAL")
    wechat(shop).refund_state = "SUCCESS"
    assert isinstance(shop.provider.ask_refund(number, made.amount, made), Done)
    assert isinstance(shop.provider.ask_refund(new_number(), made.amount, made), NotFound)


def test_an_answer_about_another_payment_is_not_taken(shop: Bench) -> None:
    _, made = shop.charge(shop.order())
    payment = shop.server.books[made.number]
    payment.number = new_number()
    assert shop.provider.ask(made) == Lost("not_understood", "other_number")


@pytest.mark.parametrize("field", ["merchant_key", "public_key", "app_id", "merchant_serial", "public_key_id"])
def test_a_field_that_lacks_is_named_and_nothing_is_sent(shop: Bench, field: str) -> None:
    provider = WeChatPay(credentials(**{field: ""}), shop.server.address, clock, QUICK)
    order = shop.order()
    named = "public_key_id" if field == "public_key" else field
    assert provider.charge(order) == Declined("not_set_up", named)
    assert provider.ask(ChargeMade(order.number, order.amount)) == Lost("signed_out", named)
    assert provider.check() == Declined("not_set_up", named)
    assert shop.server.seen == []


@pytest.mark.parametrize(
    "text", ["no key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", public_pem("shop")]
)
def test_a_file_that_is_no_key_is_named(shop: Bench, text: str) -> None:
    provider = WeChatPay(credentials(merchant_key=text), shop.server.address, clock, QUICK)
    assert provider.charge(shop.order()) == Declined("not_set_up", "merchant_key")


def test_a_shop_that_signs_with_another_key_is_told_that_it_is_not_set_up(shop: Bench) -> None:
    provider = WeChatPay(credentials(merchant_key=private_base64("stranger")), shop.server.address, clock, QUICK)
    assert provider.check() == Declined("not_set_up", "401")
    provider.close()
