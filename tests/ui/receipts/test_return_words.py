"""How several refunds of one exchange are worded."""

from __future__ import annotations

from fractions import Fraction

from pos.application.text.translator import Translator
from pos.domain.returns.goods_return import Refund, RefundByProvider
from pos.ui.receipts.return_words import ways_back
from tests.builders import money

TR = Translator.english()


def a_refund(amount: str, method: str = "qr") -> Refund:
    return Refund(method, money(amount), Fraction(1), money(amount))


def by_phone(amount: str) -> RefundByProvider:
    return RefundByProvider("wechat", "qr", money(amount))


def said(*back: tuple[Refund, list[RefundByProvider]]) -> list[str]:
    return [text.replace("\u00a0", " ") for text in ways_back(back, TR)]


def test_what_goes_back_in_one_way_is_said_once() -> None:
    back = [(a_refund(amount), [by_phone(amount)]) for amount in ("10.00", "20.00")]
    assert said(*back) == ["Goes back automatically: WeChat Pay"]


def test_what_goes_back_in_several_ways_is_said_with_its_sums() -> None:
    assert said((a_refund("10.00"), []), (a_refund("20.00"), [by_phone("20.00")])) == [
        "¥ 10.00: Refund to the QR wallet",
        "¥ 20.00: Goes back automatically: WeChat Pay",
    ]


def test_where_nothing_but_cash_goes_back_there_is_nothing_to_say() -> None:
    assert said() == []
