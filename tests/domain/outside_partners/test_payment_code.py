"""A customer's payment code is told apart from goods and from documents, and is shown to nobody."""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.catalogue.barcode import with_check_digit
from pos.domain.outside_partners.payment_code import PaymentCode, ScanKind, kind_of_scan, payment_code
from pos.domain.sales.goods_for_sale import UnknownCode
from pos.domain.visitors.national_number import is_prc_id, read_prc_id

TODAY = date(2026, 12, 1)
WECHAT, ALIPAY, UNIONPAY = "134567890123456789", "2812345678901234567", "6223456789012345678"


def digits(count: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=count, max_size=count)


@st.composite
def prc_numbers(draw: st.DrawFn) -> str:
    """Numbers without an X at the end, of the provinces whose numbers begin as WeChat's codes do."""
    born = draw(st.dates(date(1900, 1, 1), date(2026, 12, 1)))
    body = draw(st.sampled_from(["11", "12", "13", "14", "15"])) + draw(digits(4)) + f"{born:%Y%m%d}" + draw(digits(3))
    return next((body + last for last in "0123456789" if is_prc_id(body + last)), "")


wechat_codes = st.builds(lambda first, rest: f"1{first}{rest}", st.sampled_from("012345"), digits(16))
alipay_codes = st.integers(16, 24).flatmap(
    lambda length: st.builds(str.__add__, st.sampled_from(["25", "26", "27", "28", "29", "30"]), digits(length - 2))
)
unionpay_codes = digits(17).map(lambda rest: f"62{rest}")


@settings(max_examples=40)
@given(st.one_of(wechat_codes, alipay_codes, unionpay_codes), st.sampled_from(["", "]Q1", "]C0", " ", "\r"]))
def test_a_code_of_a_wallet_is_recognised_and_whole(code: str, before: str) -> None:
    found = payment_code(before + code)
    assert found is not None
    assert found.digits == code
    assert found.scheme == ("wechat" if code.startswith("1") else "unionpay" if code.startswith("62") else "alipay")


@settings(max_examples=40)
@given(st.one_of(wechat_codes, alipay_codes, unionpay_codes))
def test_a_payment_code_shows_its_last_four_and_no_more(code: str) -> None:
    found = payment_code(code)
    assert found is not None
    said = [str(found), repr(found), f"{found}", f"{found!r} {[found]}", repr({"code": found}), str(ValueError(found))]
    for text in said:
        assert code[:-4] not in text
        assert code[-5:] not in text
        assert code[-4:] in text


@pytest.mark.parametrize("length", [8, 12, 13, 14])
@settings(max_examples=40)
@given(data=st.data())
def test_no_code_of_goods_is_a_payment_code(length: int, data: st.DataObject) -> None:
    code = with_check_digit(data.draw(digits(length - 1)))
    assert kind_of_scan(code, paying=True) == (ScanKind.OTHER, None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "HONEY-1KG",
        "2212345012503",  # a scale of the shop
        "]C115261231103456789012",  # GS1-128: best before and lot, eighteen digits behind the prefix
        "]E0134567890123456789",
        "]d2" + WECHAT,
        "0104870204321111211234567890",
        "163456789012345678",  # WeChat has no codes that begin with 16
        "1345678901234567890",
        "13456789012345678",
        "25123456789012",
        "312345678901234567",
        "62123456789012345",
        "900115300013",  # a Kazakh IIN
        "P<CHNZHANG<<WEI<<<<<<<<<<<<<<<<<<<<<<<<<<<<<",
        "１３４５６７８９０１２３４５６７８９",
    ],
)
def test_goods_documents_and_other_lengths_are_none(text: str) -> None:
    assert kind_of_scan(text, paying=True) == (ScanKind.OTHER, None)


@settings(max_examples=40)
@given(prc_numbers().filter(bool))
def test_an_identity_number_is_a_document_at_the_checkout_and_a_question_at_the_payment(number: str) -> None:
    assert kind_of_scan(number, paying=False)[0] is ScanKind.DOCUMENT
    assert kind_of_scan(number, paying=True)[0] is ScanKind.QUESTION
    assert read_prc_id(number, TODAY)[0] == number


@settings(max_examples=40)
@given(wechat_codes)
def test_a_code_that_is_no_identity_number_is_a_payment_everywhere(code: str) -> None:
    kinds = {kind_of_scan(code, paying=paying)[0] for paying in (True, False)}
    assert kinds == ({ScanKind.DOCUMENT, ScanKind.QUESTION} if is_prc_id(code) else {ScanKind.PAYMENT})


@settings(max_examples=40)
@given(prc_numbers().filter(bool), st.integers(0, 9))
def test_one_misread_digit_makes_no_document_of_it(number: str, other: int) -> None:
    if number[-1] == str(other):
        return
    assert kind_of_scan(number[:-1] + str(other), paying=False)[0] is ScanKind.PAYMENT


def test_a_refusal_of_an_unknown_code_repeats_no_payment_code() -> None:
    for code in (WECHAT, ALIPAY, UNIONPAY):
        assert code[:-4] not in str(UnknownCode(code))
    assert UnknownCode("4870204321111").code == "4870204321111"


def test_a_payment_code_is_a_plain_value() -> None:
    code = PaymentCode("wechat", WECHAT)
    assert code == replace(code)
    assert pickle.loads(pickle.dumps(code)) == code
    assert hash(code) == hash(PaymentCode("wechat", WECHAT))
