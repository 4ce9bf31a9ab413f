"""One figure of a shop as each of its pages, reports and files says it, as text."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pypdfium2

from pos.application.text.translator import Translator
from pos.domain.money import CURRENCIES, Money, total
from tests.journeys.every_page import Pages

Said = Mapping[str, str]
"""What each page says of one figure."""

_FORMS = ("json", "csv", "xlsx", "pdf")


def figures_of_days(pages: Pages) -> Mapping[str, Said]:
    """The figures of the days of trade."""
    shop, manager, first, last = pages.shop, pages.manager, pages.days.first, pages.days.last
    report = shop.report_day(manager, first, None, last)
    made = {form: shop.report_files.day(manager, form, Translator.english(), first, None, last) for form in _FORMS}
    answer: dict[str, Any] = json.loads(made["json"])
    rows = {row["section"]: row for row in csv.DictReader(StringIO(made["csv"].decode()))}
    workbook = openpyxl.load_workbook(BytesIO(made["xlsx"]), data_only=True)
    sheet: dict[Any, Any] = {row[0]: row[1:] for row in workbook["Figures"].values}
    printout = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(made["pdf"]))
    month = shop.report_files.report_month(manager, last)
    shifts = [shop.issue_shift.find(manager, z.number, till=z.till).report for z in month.zs]
    shifts += [shop.read_shift(manager, one.till) for one in month.open]
    listed, back, behind = (pages.rows_of(name) for name in ("receipts", "returns", "behind"))

    def on_paper(money: Money) -> str:
        shown = f"{money.minor / 100:,.2f}"
        return str(money) if shown in printout else f"{shown} is not on paper"

    return {
        "receipts": {
            "screen": str(report.sales.count),
            "JSON": str(answer["sales"]["count"]),
            "CSV": rows["sales"]["count"],
            "XLSX": str(sheet["Sales"][0]),
            "hours": str(sum(share.count for _, share in report.by_hour)),
            "shifts": str(sum(one.sales.count for one in shifts)),
            "month": str(month.of_days.sales.count),
            "list": str(len(listed)),
            "behind": str(len(behind)),
        },
        "pieces sold": {
            "screen": str(report.sales.pieces),
            "categories": str(sum(share.pieces for share in report.by_category)),
            "shifts": str(sum(one.sales.pieces for one in shifts)),
            "list": str(sum(row[5] for row in listed)),
            "behind": str(sum(row[8] for row in behind)),
            "movements": str(-sum(row[4] for row in pages.rows_of("movements") if row[6] == "Sale")),
        },
        "sales": {
            "screen": str(report.sales.amount),
            "JSON": answer["sales"]["amount"],
            "CSV": rows["sales"]["amount"],
            "XLSX": _decimal(sheet["Sales"][2]),
            "PDF": on_paper(report.sales.amount),
            "tills": _sum(share.amount for share in report.by_till),
            "shifts": _sum(one.sales.amount for one in shifts),
            "month": str(month.of_days.sales.amount),
            "list": _sum(row[4] for row in listed),
            "behind": _sum(row[9] for row in behind),
        },
        "returns": {
            "screen": str(report.returns.amount),
            "JSON": answer["returns"]["amount"],
            "CSV": rows["returns"]["amount"],
            "XLSX": _decimal(sheet["Returned goods"][2]),
            "PDF": on_paper(report.returns.amount),
            "shifts": _sum(one.returns.amount for one in shifts),
            "month": str(month.of_days.returns.amount),
            "list": _sum(-row[4] for row in back),
            "reasons": _sum(one.amount for one in report.details.returns),
        },
        "discounts": {
            "screen": str(report.discounts),
            "JSON": answer["discounts"],
            "CSV": rows["discounts"]["amount"],
            "XLSX": _decimal(sheet["Discounts"][2]),
            "PDF": on_paper(report.discounts),
            "persons": _sum(one.amount for one in report.details.discounts),
            "shifts": _sum(one.discounts for one in shifts),
            "month": str(month.of_days.discounts),
        },
        "visits": {
            "screen": str(sum(count for _, count in report.visitors)),
            "JSON": str(sum(answer["visitors"].values())),
            "XLSX": str(sheet["Visits"][0]),
            "verdicts": str(sum(report.quota.values())),
            "gauges": str(sum(use.count for use in report.quota_use)),
        },
        **{
            f"cash in {code}": {
                "screen": _sum((line.expected for line in report.cash if line.currency.code == code), code),
                "JSON": next(line["expected"] for line in answer["cash"] if line["currency"] == code),
                "shifts": _sum(
                    (line.expected for one in shifts for line in one.cash if line.currency.code == code), code
                ),
            }
            for code in ("CNY", "KZT", "USD")
        },
    }


def _sum(amounts: Iterable[Money | None], code: str = "CNY") -> str:
    return str(total((one for one in amounts if one is not None), CURRENCIES[code]))


def _decimal(cell: float) -> str:
    return str(Decimal(str(cell)).quantize(Decimal("0.01")))


def stock_on_hand(pages: Pages) -> Mapping[str, Mapping[str, Mapping[str, int]]]:
    """Pieces by code, on the floor and in the whole shop, as each page says them."""
    shop, manager = pages.shop, pages.manager
    floor, hand = Counter[str](), Counter[str]()
    for row in pages.rows_of("movements"):
        hand[row[2]] += row[4]
        floor[row[2]] += row[4] if row[8] == "Shop floor" else 0
    listed = pages.rows_of("products")
    own = [shop.read_stock.show(manager, row[1]) for row in listed]
    return {
        "On the floor": {
            "movements": floor,
            "products": {row[1]: row[4] for row in listed},
            "stock": {one.product.code: one.on_floor for one in own},
            "search": {row[1]: shop.find.show(row[1]).on_hand for row in listed},
            "missing data": {row[1]: row[3] for row in pages.rows_of("gaps")},
        },
        "On hand": {
            "movements": hand,
            "products": {row[1]: row[5] for row in listed},
            "stock": {one.product.code: one.owned for one in own},
            "slow": {row[1]: row[3] for row in pages.rows_of("slow")},
        },
        "Value": {
            "stock": {one.product.code: 0 if one.value is None else one.value.minor for one in own},
            "slow": {row[1]: 0 if row[4] is None else row[4].minor for row in pages.rows_of("slow")},
        },
    }
