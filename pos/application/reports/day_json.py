"""The day report as JSON for the command line: amounts are decimal strings."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from pos.application.reports.day_figures import EVENTS, EXCHANGE, MARGIN, TRADE, VISITS, answers
from pos.application.reports.shift_json import (
    cash_json,
    deposits_json,
    details_json,
    providers_json,
    spread_json,
    sum_json,
    turnover_json,
)
from pos.domain.reports.day_report import DayReport
from pos.domain.reports.trade_figures import Compared, GoodsShare, OverSales, Share, TurnedAway
from pos.domain.shifts.shift_report import CashLine


def day_json(report: DayReport) -> bytes:
    """The report as the text of a JSON file."""
    return (json.dumps(day_answer(report), ensure_ascii=False, indent=2) + "\n").encode()


def day_answer(report: DayReport) -> dict[str, Any]:
    """The JSON object of `report day`."""
    return {
        "date": report.first.isoformat(),
        "last": report.last.isoformat(),
        "till": report.till,
        "currency": report.currency.code,
        **answers(report, TRADE),
        "tax": [{"rate": format(one.rate, "f"), "amount": str(one.amount)} for one in report.tax],
        "promotions": [
            {"promotion": one.promotion, "name": one.name, "pieces": one.pieces, "amount": str(one.amount)}
            for one in report.promotions
        ],
        "payments": [{"method": paid.method, **sum_json(paid)} for paid in report.payments],
        "change": [sum_json(given) for given in report.change],
        "refunds": [{"method": back.method, **sum_json(back)} for back in report.refunds],
        "deposits": deposits_json(report.deposits),
        "providers": providers_json(report.providers),
        "cash": [_cash(line) for line in report.cash],
        "spread": spread_json(report.spread),
        **answers(report, EXCHANGE),
        "person": report.person,
        "margin": None if report.margin is None else answers(report, MARGIN),
        "by_till": _shares("till", report.by_till),
        "by_day": [
            {"date": day.isoformat(), "count": share.count, "amount": str(share.amount)} for day, share in report.by_day
        ],
        "by_hour": [
            {"hour": hour, "count": share.count, "amount": str(share.amount)} for hour, share in report.by_hour
        ],
        "by_cashier": _shares("cashier", report.by_cashier),
        "by_category": [_goods("category", share) for share in report.by_category],
        "top_products": [{**_goods("code", share), "name": share.name} for share in report.top_products],
        "by_destination": _shares("destination", report.by_destination),
        "by_nationality": _shares("nationality", report.by_nationality),
        "quota": dict(report.quota),
        "quota_use": {use.bucket: use.count for use in report.quota_use},
        "over": None if report.over is None else _over(report.over),
        "turned_away": None if report.turned_away is None else _turned_away(report.turned_away),
        "visitors": dict(report.visitors),
        **answers(report, VISITS),
        "compared": None if report.compared is None else _compared(report.compared),
        **answers(report, EVENTS),
        **details_json(report.details),
        "zs": [
            {
                "z": closed.name,
                "at": closed.at.isoformat(),
                "cashier": closed.cashier,
                "closed_by": closed.closed_by,
                "amount": str(closed.amount),
                "differences": {money.currency.code: str(money) for money in closed.differences},
            }
            for closed in report.closed
        ],
        "open_shifts": [
            {
                "till": one.till,
                "shift": one.number,
                "cashier": one.cashier,
                "opened_at": one.opened_at.isoformat(),
                "taken_by": one.taken_by,
            }
            for one in report.open
        ],
    }


def _over(sales: OverSales) -> dict[str, Any]:
    return {
        "count": sales.over,
        "amount": str(sales.over_amount),
        "dutiable": sales.dutiable,
        "dutiable_pieces": sales.dutiable_pieces,
    }


def _turned_away(counts: TurnedAway) -> dict[str, int]:
    return {"baskets": counts.baskets, "left_behind": counts.left_behind}


def _compared(before: Compared) -> dict[str, Any]:
    return {
        "date": before.first.isoformat(),
        "last": before.last.isoformat(),
        "until": None if before.until is None else before.until.isoformat(),
        "sales": turnover_json(before.sales),
        "whole": turnover_json(before.whole),
    }


def _cash(line: CashLine) -> dict[str, Any]:
    """The cash of a drawer without its notes: several drawers have no notes in common."""
    return {name: value for name, value in cash_json(line).items() if name not in ("estimated", "notes")}


def _shares(name: str, shares: Iterable[Share]) -> list[dict[str, Any]]:
    return [{name: share.name, "count": share.count, "amount": str(share.amount)} for share in shares]


def _goods(name: str, share: GoodsShare) -> dict[str, Any]:
    return {name: share.code, "pieces": share.pieces, "amount": str(share.amount)}
