"""A day of the shop with something in every section of its report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from pos.domain.money import Money
from pos.domain.reports.day_report import ClosedShift, DayReport, OpenedShift
from pos.domain.reports.trade_figures import GoodsShare, Share
from tests.horgos import CNY, KZT
from tests.printing import sales
from tests.printing.test_shift_report import an_x


def a_day() -> DayReport:
    """Two tills; one shift is closed, 500 tenge short, the other one runs."""
    x = an_x()
    short = Money(-50_000, KZT)
    cash = tuple(
        replace(line, counted=Money(53_892_500, KZT), difference=short) if line.currency == KZT else line
        for line in x.cash
    )
    return DayReport(
        first=date(2026, 11, 24),
        last=date(2026, 11, 24),
        till=None,
        currency=CNY,
        sales=x.sales,
        returns=x.returns,
        discounts=x.discounts,
        rounding=x.rounding,
        payments=x.payments,
        change=x.change,
        refunds=x.refunds,
        cash=cash,
        spread=x.spread,
        details=x.details,
        approvals=x.approvals,
        by_hour=((11, Share("11", 14, Money(900_000, CNY))), (15, Share("15", 27, Money(1_445_680, CNY)))),
        by_cashier=(Share("amina", 30, Money(2_000_000, CNY)), Share("li", 11, Money(345_680, CNY))),
        by_destination=(Share("", 1, Money(5_000, CNY)), Share("CN", 40, Money(2_340_680, CNY))),
        by_nationality=(Share("CHN", 41, Money(2_345_680, CNY)),),
        by_category=(GoodsShare("alcohol.spirit", 18, Money(810_000, CNY)),),
        top_products=(
            GoodsShare("4870204321111", 18, Money(810_000, CNY), "Cognac 5★ 0.7 L", {"zh": "白兰地", "ru": "Коньяк"}),
        ),
        quota={"duty": 2, "ok": 39},
        closed=(ClosedShift("T1", 12, sales.AT, "amina", "li", Money(2_000_000, CNY), (short,)),),
        open=(OpenedShift("T2", 3, "li", sales.AT - timedelta(hours=2)),),
        tills=("T1", "T2"),
    )
