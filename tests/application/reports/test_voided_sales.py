"""Voided sales of a day and a shift: among sales and returns, named separately, without their discounts."""

from __future__ import annotations

from datetime import timedelta

from pos.application.ports.return_ports import ANY, VOID, ReceiptFilter
from pos.application.reports.shift_json import shift_json
from pos.application.visitors.visitor_json import visitor_answer
from pos.domain.money import Money
from pos.domain.pricing.discount import Discount
from pos.domain.shifts.shift_report import Turnover
from tests.application.returns.test_return_goods import record_return
from tests.application.returns.test_void_sale import void
from tests.application.shifts.test_close_shift import right_count
from tests.application.visitors.test_record_departure import steps
from tests.builders import money
from tests.shops import CHOCOLATE, SWEETS, DemoShop


def _a_discounted_sale(shop: DemoShop) -> str:
    checkout = shop.basket(SWEETS)
    checkout.discount(1, Discount(amount=money("3.00")), shop.person("amina"))
    return shop.pay(checkout).receipt


def test_x_z_and_day_name_voided_sales_separately_and_leave_out_their_discounts(shop: DemoShop) -> None:
    shop.sell(CHOCOLATE)
    void(shop, _a_discounted_sale(shop))
    record_return(shop, "T1-000001", (0, 1))

    def agrees() -> None:
        day = shop.report_day()
        assert day["sales"] == {"count": 2, "pieces": 2, "amount": "57.50"}
        assert day["returns"] == {"count": 2, "pieces": 2, "amount": "57.50"}
        assert day["voided_sales"] == {"count": 1, "pieces": 1, "amount": "45.00"}
        assert (day["discounts"], day["discounts_by"]) == ("0.00", [])
        paid = sum(Money.parse(one["value"], money("0").currency).minor for one in day["payments"])
        refunded = sum(Money.parse(one["value"], money("0").currency).minor for one in day["refunds"])
        assert (paid, refunded) == (5_750, 5_750)

    agrees()
    x = shop.read_shift(shop.person("manager"))
    assert x.voided_sales == Turnover(1, 1, money("45.00"))
    assert shift_json(x)["voided_sales"] == {"count": 1, "pieces": 1, "amount": "45.00"}
    assert x.without_expected().voided_sales == Turnover(1, 1, None)
    assert shop.verify() == []

    z = shop.close_shift(shop.person("amina"), right_count(shop)).report
    assert (z.voided_sales, z.discounts, z.details.discounts) == (x.voided_sales, money("0"), ())
    agrees()  # now by the sums of the closed shift
    assert shop.verify() == []


def test_a_day_without_a_void_says_nothing_of_it(shop: DemoShop) -> None:
    _a_discounted_sale(shop)

    assert (shop.report_day()["voided_sales"], shop.report_day()["discounts"]) == (None, "3.00")
    assert shift_json(shop.read_shift(shop.person("manager")))["voided_sales"] is None


def test_history_filter_and_visitor_show_that_a_sale_is_voided(shop: DemoShop) -> None:
    sale = shop.sell(SWEETS)
    void(shop, sale.receipt)
    manager = shop.person("manager")

    page = shop.find_receipts.history("", ReceiptFilter(ANY), manager).receipts
    assert [(one.receipt, one.is_void, one.voided_by) for one in page] == [
        ("T1-000002", True, ""), ("T1-000001", False, "T1-000002"),
    ]  # fmt: skip
    only = shop.find_receipts.history("", ReceiptFilter(VOID), manager).receipts
    assert [one.receipt for one in only] == ["T1-000002"]
    account = visitor_answer(steps(shop).show(shop.document(), manager))
    assert [(one["receipt"], one["quantity"], one["voided_by"]) for one in account["purchases"]] == [
        ("T1-000001", 1, "T1-000002")
    ]
    with shop.store.reading() as work:
        carried = list(work.visitors.carried_out("cn-horgos", sale.at - timedelta(days=1), sale.at + timedelta(days=2)))
    assert carried == []  # nothing of it goes over the border: the customs file has none of it
