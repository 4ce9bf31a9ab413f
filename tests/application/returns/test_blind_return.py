"""Goods come back and no one has the receipt: only by approval, at today's price at most, in cash."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from pos.application.pricing.promotions import PromotionDraft
from pos.application.returns.blind_return import BlindReturnTooLarge, PriceAboveTodays
from pos.application.returns.return_request import return_json
from pos.domain.errors import BadInput
from pos.domain.quota.rule import Verdict
from pos.domain.request_key import KeyReused
from pos.domain.returns.goods_return import GoodsReturn
from pos.domain.sales.goods_for_sale import IncompleteProduct, UnknownCode
from pos.domain.shifts.shift import NoOpenShift
from pos.domain.staff.staff import ApprovalNotAllowed, NotAllowed
from tests.application.returns.test_return_goods import on_hand
from tests.horgos import USD
from tests.shops import CARTON, CHOCOLATE, INCOMPLETE, MANAGERS_PIN, SWEETS, DemoShop

BY_MANAGER = {"user": "manager", "pin": MANAGERS_PIN}


def without_receipt(shop: DemoShop, *lines: tuple[str, int, str], **changed: Any) -> GoodsReturn:
    return shop.return_by_ticket(
        {
            "key": "blind",
            "receipt": None,
            "lines": [{"code": code, "quantity": quantity, "price": price} for code, quantity, price in lines],
            "refund": {"currency": "CNY", "method": "cash"},
            "reason": "receipt lost",
            "cashier": "amina",
            "approve": BY_MANAGER,
        }
        | changed
    )


def test_goods_without_a_receipt_go_to_the_shelf_and_are_paid_in_cash(shop: DemoShop) -> None:
    before = on_hand(shop, CHOCOLATE)

    back = without_receipt(shop, (CHOCOLATE, 2, "10.00"))

    assert (back.receipt, back.reverses, str(back.total)) == ("T1-000001", None, "20.00")
    assert [(refund.method, str(refund.amount)) for refund in back.refunds] == [("cash", "20.00")]
    assert (back.cashier, back.approved_by) == ("amina", "manager")
    assert on_hand(shop, CHOCOLATE) == before + 2
    assert shop.verify() == []
    report = shop.report_day()
    assert report["without_receipt"] == {"count": 1, "pieces": 2, "amount": "20.00"}
    assert report["returns"] == {"count": 1, "pieces": 2, "amount": "20.00"}


def test_they_stand_apart_on_the_x_and_in_the_journal(shop: DemoShop) -> None:
    assert shop.read_shift(shop.person("manager")).without_receipt is None
    without_receipt(shop, (CHOCOLATE, 2, "10.00"), (SWEETS, 1, "0.00"))
    blind = shop.read_shift(shop.person("manager")).without_receipt
    assert blind is not None
    assert (blind.count, blind.pieces, str(blind.amount)) == (1, 3, "20.00")
    events = [event for (event,) in shop.rows("SELECT act FROM journal ORDER BY id DESC LIMIT 2")]
    assert events == ["approve", "blind_return"]


def test_without_a_receipt_no_allowance_is_freed(shop: DemoShop) -> None:
    """No one knows in whose ledger the cartons stand."""
    shop.sell(CARTON, CARTON)
    without_receipt(shop, (CARTON, 1, "260.00"))
    assert shop.basket(CARTON).view().verdict is Verdict.DUTY


def test_a_cashier_needs_a_manager_and_a_manager_no_one(shop: DemoShop) -> None:
    before = shop.tables()
    with pytest.raises(NotAllowed):
        without_receipt(shop, (CHOCOLATE, 1, "10.00"), approve=None)
    with pytest.raises(NotAllowed):
        without_receipt(shop, (CHOCOLATE, 1, "10.00"), approve={**BY_MANAGER, "acts": ["review"]})
    with pytest.raises(ApprovalNotAllowed):
        without_receipt(shop, (CHOCOLATE, 1, "10.00"), approve={"user": "li", "pin": "135790"})
    assert shop.tables() == before
    assert without_receipt(shop, (CHOCOLATE, 1, "10.00"), approve=None, cashier="manager").approved_by is None


def test_no_more_is_paid_than_the_goods_cost_today(shop: DemoShop) -> None:
    with pytest.raises(PriceAboveTodays) as refused:
        without_receipt(shop, (CHOCOLATE, 1, "12.51"))
    assert str(refused.value.today) == "12.50"
    assert str(without_receipt(shop, (CHOCOLATE, 1, "12.50")).total) == "12.50"


def test_no_more_is_paid_than_the_goods_cost_today_in_a_promotion(shop: DemoShop) -> None:
    shop.promotions.add(PromotionDraft("Winter", percent=Decimal(10)), shop.person("manager"))
    with pytest.raises(PriceAboveTodays) as refused:
        without_receipt(shop, (CHOCOLATE, 1, "11.26"))
    assert str(refused.value.today) == "11.25"
    assert str(without_receipt(shop, (CHOCOLATE, 1, "11.25")).total) == "11.25"


def test_the_shop_sets_a_limit(shop: DemoShop) -> None:
    with pytest.raises(BlindReturnTooLarge) as refused:
        without_receipt(shop, (CARTON, 2, "260.00"))
    assert (str(refused.value.amount), str(refused.value.limit)) == ("520.00", "500.00")
    shop.set("blind_return_limit", "520")
    assert str(without_receipt(shop, (CARTON, 2, "260.00")).total) == "520.00"


def test_the_same_key_again_is_the_same_return(shop: DemoShop) -> None:
    first = without_receipt(shop, (CHOCOLATE, 1, "10.00"))
    before = shop.tables()
    again = without_receipt(shop, (CHOCOLATE, 1, "10.00"))
    assert return_json(again) == return_json(first)
    with pytest.raises(KeyReused):
        without_receipt(shop, (CHOCOLATE, 2, "10.00"))
    assert shop.tables() == before


def test_dollars_go_back_as_change_is_given_today(shop: DemoShop) -> None:
    back = without_receipt(shop, (CARTON, 1, "260.00"), refund={"currency": "USD"})
    assert back.refunds[0].amount.currency == USD
    assert back.refunds[0].amount.minor % 100 == 0
    assert shop.verify() == []


@pytest.mark.parametrize(
    ("changed", "refusal", "field"),
    [
        ({"lines": []}, BadInput, None),
        ({"lines": [{"code": "4870204320145", "quantity": 1}]}, BadInput, "lines[0].price"),
        ({"lines": [{"code": "4870204320145", "quantity": 0, "price": "1"}]}, BadInput, "lines[0].quantity"),
        ({"lines": [{"code": "4870204320145", "quantity": 1, "price": "-1"}]}, BadInput, "lines[0].price"),
        ({"lines": [{"code": "4006381333931", "quantity": 1, "price": "1"}]}, UnknownCode, "lines[0].code"),
        ({"lines": [{"code": "nothing", "quantity": 1, "price": "1"}]}, BadInput, None),
        ({"lines": [{"code": "4870204320145", "quantity": 1, "price": "1", "to": "home"}]}, BadInput, "lines[0].to"),
        ({"lines": [{"line": 0, "quantity": 1}]}, BadInput, "lines[0].line"),
        ({"refund": {"currency": "CNY", "method": "card"}}, BadInput, "refund.method"),
        ({"reason": ""}, BadInput, "reason"),
        ({"cashier": "clerk"}, NotAllowed, None),
    ],
)
def test_what_cannot_come_back_is_refused_and_changes_nothing(
    shop: DemoShop, changed: dict[str, Any], refusal: type[Exception], field: str | None
) -> None:
    before = shop.tables()
    with pytest.raises(refusal) as refused:
        without_receipt(shop, (CHOCOLATE, 1, "10.00"), **changed)
    if field is not None:
        assert refused.value.facts()["field"] == field  # type: ignore[attr-defined] # a RuleBroken
    assert shop.tables() == before


def test_what_is_not_complete_or_without_a_shift_does_not_come_back(shop: DemoShop) -> None:
    with pytest.raises(IncompleteProduct):
        without_receipt(shop, (INCOMPLETE, 1, "1.00"))
    other = DemoShop(shop.folder, "T9", shop.now)
    with pytest.raises(NoOpenShift):
        without_receipt(other, (CHOCOLATE, 1, "10.00"))
    other.close()
