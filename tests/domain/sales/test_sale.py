"""A sale that has happened, and the number by which everybody finds it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.catalogue.product import Attributes
from pos.domain.pricing.promotion import Promoted
from pos.domain.receipt_number import NoSuchReceipt, read_receipt_number, receipt_number
from pos.domain.sales.sale import Sale, SaleLine
from pos.domain.visitors.visitor import Visitor
from tests.builders import MONDAY, a_rate_table, money


@given(st.from_regex(r"[A-Z][A-Z0-9]{0,7}", fullmatch=True), st.integers(1, 999_999_999))
def test_a_printed_number_is_read_back_as_till_and_number(till: str, number: int) -> None:
    assert read_receipt_number(receipt_number(till, number)) == (till, number)


def test_a_number_is_printed_with_six_digits() -> None:
    assert receipt_number("T1", 123) == "T1-000123"
    assert read_receipt_number(" t1-000123\n") == ("T1", 123)


@pytest.mark.parametrize(
    "text", ["", "T1", "T1-", "T1-123", "1T-000123", "T1-000123x", "T1-１２３４５６", "../T1-000123", "T1 000123"]
)
def test_what_no_receipt_bears_is_named(text: str) -> None:
    with pytest.raises(NoSuchReceipt) as refused:
        read_receipt_number(text)

    assert refused.value.receipt == text


def a_line(carrier: str | None, quantity: int = 1, **said: Any) -> SaleLine:
    line = SaleLine(
        1, 1, "c", "Tea", {}, "drink", quantity, money("10.00"), money("0"), money("10.00"), carrier, 0, Attributes()
    )
    return replace(line, **said)


def a_visitor(label: str) -> Visitor:
    return Visitor(label, label, "passport", "KAZ", "KAZ", "0…78", "Testov T.", None, "KZ")


def test_a_sale_sums_its_lines_and_names_who_carries_something() -> None:
    lines = (
        a_line("B", 2, discount=money("2.00"), share=money("0.50"), vat=Decimal(12), tax=money("1.00")),
        a_line("A", 3, discount=money("1.00"), vat=Decimal(12), tax=money("2.00")),
        a_line(None, vat=Decimal(0)),
    )
    visitors = tuple(a_visitor(label) for label in "ABC")
    sale = Sale(
        "T1", 12, "key", MONDAY, "amina", 1, "KZ", None, None, money("30.00"), lines, (), (), money("0"),
        a_rate_table(), {}, visitors, {},
    )  # fmt: skip

    assert (sale.receipt, sale.pieces, sale.carriers) == ("T1-000012", 6, ("A", "B"))
    assert (sale.discounts, sale.basket_off) == (money("3.00"), money("0.50"))
    assert sale.tax == ((Decimal(0), money("0")), (Decimal(12), money("3.00")))


def test_what_hands_took_off_a_line_is_its_discount_without_promotions_and_share() -> None:
    line = a_line(
        "A", discount=money("3.00"), share=money("0.50"), promotions=(Promoted(1, "Spring", 1, money("1.50")),)
    )

    assert (line.by_hand, line.net) == (money("1.00"), money("10.50"))
    assert (a_line("A", discount=money("3.00")).by_hand, a_line("A").net) == (money("3.00"), money("10.00"))
