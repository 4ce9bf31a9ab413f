"""The X, the Z, the day and the month name what each provider took, and a Z what is open there."""

from __future__ import annotations

from pos.application.ports.partner_ports import PracticeOutcome
from pos.application.reports.day_json import day_answer
from pos.application.reports.month_json import month_answer
from pos.application.reports.report_month import ReportMonth
from pos.application.reports.shift_json import shift_json
from pos.application.sales.sale_json import sale_json
from pos.payments.practice_provider import PracticeProvider
from tests.application.outside_partners.test_refunds_at_providers import brought_back, sold
from tests.application.reports.test_reports_agree import count_of
from tests.payments.desk import Desk
from tests.shops import SWEETS

TOOK = {"provider": "wechat", "currency": "CNY", "payments": 2, "paid": "144.00", "refunded": "48.00"}


def test_every_report_names_the_providers_and_the_z_what_is_open(desk: Desk, customer: PracticeProvider) -> None:
    shop, manager = desk.shop, desk.shop.person("manager")
    sale, _ = sold(desk, SWEETS, SWEETS)
    sold(desk, SWEETS)
    brought_back(desk, sale, "r-1")
    desk.turns(1)
    customer.choose(PracticeOutcome.WAITS)
    waiting = desk.pay(shop.basket(SWEETS))

    x = shift_json(shop.read_shift(manager))
    z = shift_json(shop.close_shift(manager, count_of(shop.read_shift(manager))).report)
    customer.choose(PracticeOutcome.PAYS)
    desk.turns(2)
    day = day_answer(shop.read_day(manager))
    month = month_answer(ReportMonth(shop.context)(manager, shop.now().date()))

    assert x["providers"] == z["providers"] == day["providers"] == month["total"]["providers"] == [TOOK]
    assert [one["providers"] for one in month["zs"]] == [[TOOK]]
    [open_one] = z["unsettled"]
    assert (open_one["number"], open_one["state"], open_one["what"]) == (waiting.number, "waiting", "payment")
    assert [paid["provider"] for paid in sale_json(sale, None)["paid"]] == ["wechat"]
    assert shop.verify() == []
