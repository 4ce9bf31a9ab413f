"""What was ordered, how much of it has come, and what no one orders."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.domain.errors import BadField
from pos.domain.purchasing.purchase_order import (
    CLOSED,
    OPEN,
    NoSuchOrder,
    OrderLine,
    OrderOver,
    OrderSummary,
    PurchaseOrder,
    check_cost,
    check_pieces,
    read_order_name,
)
from pos.domain.purchasing.supplier import check_contact, check_line, check_supplier
from tests.builders import MONDAY, money

ORDER = PurchaseOrder(1, 12, OPEN, "hand", MONDAY, "clerk", lines=(OrderLine(7, 10, 4), OrderLine(8, 5)))


def test_what_is_still_to_come_is_never_below_nothing() -> None:
    assert OrderLine(7, 10, 4).outstanding == 6
    assert OrderLine(7, 10, 12).outstanding == 0
    assert OrderLine(7, 10).outstanding == 10
    assert OrderLine(7, 10, 4, closed_short=True).outstanding == 0


def test_an_order_is_complete_when_nothing_is_still_to_come() -> None:
    assert not ORDER.is_complete
    assert not replace(ORDER, lines=(OrderLine(7, 10, 10), OrderLine(8, 5, 4))).is_complete
    assert replace(ORDER, lines=(OrderLine(7, 10, 10), OrderLine(8, 5, 4, closed_short=True))).is_complete


def test_a_line_is_found_by_its_product() -> None:
    assert ORDER.line_of(8) == OrderLine(8, 5)
    assert ORDER.line_of(9) is None


def test_nothing_changes_about_an_order_that_is_closed() -> None:
    ORDER.check_open()

    with pytest.raises(OrderOver) as refused:
        replace(ORDER, state=CLOSED).check_open()
    assert refused.value.facts() == {"order": "O-000012", "state": "closed"}


def test_documents_name_an_order_by_six_digits() -> None:
    row = OrderSummary(12, OPEN, "hand", "Anhui Tea", None, "", MONDAY, "clerk", 2, 15, 11)

    assert (ORDER.name, row.name) == ("O-000012", "O-000012")


@pytest.mark.parametrize(("text", "number"), [("O-000012", 12), (" o-12 ", 12), ("12", 12), ("123456789", 123_456_789)])
def test_the_name_of_an_order_may_be_typed_short(text: str, number: int) -> None:
    assert read_order_name(text) == number


@pytest.mark.parametrize("text", ["", "O-", "R-12", "1234567890", "12a", "١٢", "-1"])
def test_what_names_no_order_is_refused(text: str) -> None:
    with pytest.raises(NoSuchOrder):
        read_order_name(text)


def test_one_to_a_million_pieces_are_ordered() -> None:
    assert [check_pieces(pieces, "pieces") for pieces in (1, 1_000_000)] == [1, 1_000_000]

    for pieces, what in ((0, "not_positive"), (-1, "not_positive"), (1_000_001, "too_large")):
        with pytest.raises(BadField) as refused:
            check_pieces(pieces, "pieces")
        assert refused.value.facts() == {"field": "pieces", "what": what, "value": str(pieces)}


def test_goods_may_cost_nothing_and_no_less() -> None:
    assert check_cost(None, "cost") is None
    assert check_cost(money("0"), "cost") == money("0")

    with pytest.raises(BadField) as refused:
        check_cost(money("-0.01"), "cost")
    assert refused.value.what == "negative"


def test_the_name_of_a_supplier_is_a_line_of_at_most_80_characters() -> None:
    assert check_supplier("  Anhui   Tea \t Company ") == "Anhui Tea Company"
    assert check_supplier("x" * 80) == "x" * 80

    for text, what in ((" ", "missing"), ("x" * 81, "too_long"), ("one\x00two", "not_a_text")):
        with pytest.raises(BadField) as refused:
            check_supplier(text)
        assert (refused.value.field, refused.value.what) == ("supplier", what)


def test_how_a_supplier_is_reached_is_one_line_of_120_characters() -> None:
    assert check_contact(f" {'x' * 120} ") == "x" * 120
    assert check_contact("") == ""
    with pytest.raises(BadField) as refused:
        check_contact("x" * 121)
    assert (refused.value.field, refused.value.what) == ("contact", "too_long")


def test_a_line_of_text_is_as_long_as_it_may_be_and_can_be_read() -> None:
    assert check_line(" abc ", 3, "contact") == "abc"

    for text, what in (("abcd", "too_long"), ("a\x07c", "not_a_text")):
        with pytest.raises(BadField) as refused:
            check_line(text, 3, "contact")
        assert refused.value.what == what
        assert refused.value.value in ("abcd", "a\\x07c")
