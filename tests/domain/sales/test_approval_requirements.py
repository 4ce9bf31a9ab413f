"""What an approval is bound to, as the journal records it, and the texts that a sale bears."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from pos.domain.errors import BadField
from pos.domain.sales.approval_requirements import (
    BasketDiscountRequirement,
    CashRequirement,
    DiscountRequirement,
    PriceRequirement,
    QuotaMoveRequirement,
    QuotaRequirement,
    RefundRequirement,
)
from pos.domain.sales.cart_line import check_note as check_line_note
from pos.domain.sales.goods_for_sale import IncompleteProduct, UnknownCode, check_complete
from pos.domain.sales.parking import check_note
from pos.domain.staff.staff import Approval, ApprovalRequirement, Person, permissions_of
from tests.builders import MONDAY, a_product, money
from tests.horgos import CNY

MANAGER = Person(3, "dana", "Dana M.", "manager")


@pytest.mark.parametrize(
    ("need", "text"),
    [
        (
            DiscountRequirement("discount", "4870204321111", 2, money("12.50"), Decimal(20), money("5.00")),
            "4870204321111 2 × 12.50 −5.00 CNY (20 %)",
        ),
        (
            DiscountRequirement("discount", "4870204321111", 2, money("12.50"), None, money("5.00")),
            "4870204321111 2 × 12.50 −5.00 CNY",
        ),
        (BasketDiscountRequirement("discount", Decimal(20), None), "−20 %"),
        (BasketDiscountRequirement("discount", None, money("5.00")), "−5.00 CNY"),
        (
            PriceRequirement("price", "4870204321111", 2, money("12.50"), money("9")),
            "4870204321111 2 × 12.50 → 9.00 CNY",
        ),
        (QuotaRequirement("over_quota", "KZ", (("A", ("alcohol", "sum")), ("B", ("sum",))), "1f"),
         "KZ A: alcohol, sum; B: sum #1f"),
        (CashRequirement("pay_out", money("5")), "5.00 CNY"),
        (RefundRequirement("refund_cash", "T1-000012", money("5"), CNY), "T1-000012 5.00 CNY → CNY"),
        (QuotaMoveRequirement("for_others", "T1-000012", "A", "ffee"), "T1-000012 A"),
        (ApprovalRequirement("no_sale"), ""),
    ],
)  # fmt: skip
def test_the_journal_tells_the_figures_that_were_approved(need: ApprovalRequirement, text: str) -> None:
    assert need.text() == text


@pytest.mark.parametrize(("minutes", "holds"), [(-10, True), (0, True), (10, True), (11, False), (-11, False)])
def test_an_approval_holds_for_ten_minutes_by_the_clock(minutes: int, holds: bool) -> None:
    approval = Approval(MANAGER, None, "key", at=MONDAY)

    assert approval.holds(MONDAY + timedelta(minutes=minutes)) is holds
    assert Approval(MANAGER, None, "key").holds(MONDAY + timedelta(minutes=minutes))


def test_an_approval_covers_the_acts_and_figures_that_were_shown_and_nothing_else() -> None:
    need, other = CashRequirement("pay_out", money("5")), CashRequirement("pay_out", money("6"))
    shown = Approval(MANAGER, frozenset({"pay_out"}), "key", frozenset({need}), MONDAY)

    assert shown.covers(need, "key", MONDAY)
    assert not shown.covers(other, "key", MONDAY)
    assert not shown.covers(need, "other", MONDAY)
    assert not shown.covers(need, "key", MONDAY + timedelta(hours=1))
    assert Approval(MANAGER, frozenset({"pay_out"}), "key").covers(other, "key", MONDAY)
    assert Approval(MANAGER, None, "key").covers(other, "key", MONDAY)
    assert not Approval(MANAGER, frozenset({"no_sale"}), "key").covers(need, "key", MONDAY)
    assert not Approval(MANAGER, frozenset({"no_sale"}), "key", frozenset({need})).covers(need, "key", MONDAY)
    assert permissions_of([need, other]) == {"pay_out"}


def test_a_note_of_a_parked_sale_is_one_line_of_at_most_80_characters_or_empty() -> None:
    assert check_note("  ") == ""
    assert check_note(" " + "x" * 80) == "x" * 80

    for text, what in (("x" * 81, "too_long"), ("a\nb", "character")):
        with pytest.raises(BadField) as refused:
            check_note(text)
        assert (refused.value.field, refused.value.what) == ("note", what)


def test_a_note_of_a_line_is_one_line_of_at_most_100_characters() -> None:
    assert check_line_note(" " + "x" * 100) == "x" * 100

    for text, what in (("x" * 101, "too_long"), ("a\nb", "not_a_text")):
        with pytest.raises(BadField) as refused:
            check_line_note(text)
        assert (refused.value.field, refused.value.what) == ("note", what)


def test_an_identity_number_scanned_as_a_product_is_not_repeated() -> None:
    assert UnknownCode("4870204321111").code == "4870204321111"
    assert UnknownCode("11010519491231002X").code == "••••••••••••••••2X"


def test_a_product_without_a_price_or_a_category_is_not_sold() -> None:
    check_complete(a_product())

    for product, missing in ((a_product(""), ("price",)), (a_product(category=None), ("category",))):
        with pytest.raises(IncompleteProduct) as refused:
            check_complete(product)
        assert refused.value.missing == missing
