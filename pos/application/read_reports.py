"""What happened on a business day: the same figures for a screen, a file and the command line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from pos.application.ports import Clock, Store
from pos.application.settings import Settings
from pos.domain.money import CURRENCIES, Money


@dataclass(frozen=True, slots=True)
class ReportDay:
    """The day report of one till or of all, as JSON-ready values: amounts are decimal strings."""

    store: Store
    now: Clock
    settings: Callable[[], Settings]

    def today(self) -> date:
        """The business day that runs now, in the shop's zone."""
        return self.now().astimezone(self.settings().zone).date()

    def __call__(self, day: date | None = None, till: str | None = None, last: date | None = None) -> dict[str, Any]:
        """The figures of `day` (today), or of all days from `day` to `last`."""
        settings = self.settings()
        first = day or self.today()
        final = last or first
        within = (
            datetime.combine(first, time(0), settings.zone),
            datetime.combine(final + timedelta(days=1), time(0), settings.zone),
        )
        with self.store.reading() as work:
            facts = work.reports.day(first, final, within, till)
        return _shown(facts, settings, first, final, till)


def _shown(facts: Mapping[str, Any], settings: Settings, first: date, last: date, till: str | None) -> dict[str, Any]:
    price = settings.price

    def own(minor: int) -> str:
        return str(Money(minor, price))

    def counted(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        return [{**row, "amount": own(row["amount"])} for row in rows]

    return {
        "date": first.isoformat(),
        "last": last.isoformat(),
        "till": till,
        "currency": price.code,
        "sales": {**facts["sales"], "amount": own(facts["sales"]["amount"])},
        "returns": {**facts["returns"], "amount": own(facts["returns"]["amount"])},
        "without_receipt": {**facts["without_receipt"], "amount": own(facts["without_receipt"]["amount"])},
        "discounts": own(facts["discounts"]),
        "rounding": own(facts["rounding"]),
        "tax": [],
        "payments": [_foreign(row, price.code) for row in facts["payments"]],
        "change": [_foreign(row, price.code) for row in facts["change"]],
        "refunds": [_foreign(row, price.code) for row in facts["refunds"]],
        "cash": [
            {
                "currency": row["currency"],
                "float": _in(row["float"], row["currency"]),
                "expected": _in(row["expected"], row["currency"]),
                "counted": _in_or_none(row["counted"], row["currency"]),
                "difference": _in_or_none(row["difference"], row["currency"]),
            }
            for row in facts["cash"]
        ],
        "by_hour": _hours(facts["sales_at"], settings, own),
        "by_cashier": counted(facts["by_cashier"]),
        "by_category": counted(facts["by_category"]),
        "top_products": counted(facts["top_products"]),
        "by_destination": counted(facts["by_destination"]),
        "by_nationality": counted(facts["by_nationality"]),
        "quota": facts["quota"],
        "voids": facts["voids"],
        "no_sales": facts["no_sales"],
    }


def _in(minor: int, code: str) -> str:
    return str(Money(minor, CURRENCIES[code]))


def _in_or_none(minor: int | None, code: str) -> str | None:
    return None if minor is None else _in(minor, code)


def _foreign(row: Mapping[str, Any], price: str) -> dict[str, Any]:
    return {**row, "amount": _in(row["amount"], row["currency"]), "value": _in(row["value"], price)}


def _hours(
    sales: Iterable[tuple[datetime, int, int]], settings: Settings, own: Callable[[int], str]
) -> list[dict[str, Any]]:
    count: Counter[int] = Counter()
    amount: Counter[int] = Counter()
    for at, minor, _ in sales:
        hour = at.astimezone(settings.zone).hour
        count[hour] += 1
        amount[hour] += minor
    return [{"hour": hour, "count": count[hour], "amount": own(amount[hour])} for hour in sorted(count)]


@dataclass(frozen=True, slots=True)
class VerifyBooks:
    """Recompute every ledger from the facts and walk the chains."""

    store: Store

    def __call__(self) -> list[str]:
        """One line a mismatch; none when all is well."""
        with self.store.reading() as work:
            return list(work.reports.mismatches())
