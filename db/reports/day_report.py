"""The figures of one or more business days: sums of closed shifts, and the facts of those that are open."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select, text, true
from sqlalchemy import Row as OpenRow

from db.catalogue.product_columns import names_by_language
from db.engine.types import from_microseconds
from db.pickup.deposits import deposit_sums
from db.reports.day_cash import cash_together, zs_of
from db.reports.report_sums import DaySums, ReceiptScope, sums_of, turnover_of
from db.sales.judgements import gauges_of
from db.shifts.hand_overs import OPENED
from db.shifts.journal_events import JournalEvents, events_of
from db.shifts.provider_sums import provider_sums
from db.shifts.shift_totals import QUARTER, Row
from db.tables.catalogue import product
from db.tables.pickup import deposit_entry
from db.tables.promotions import promotion
from db.tables.sales import sale
from db.tables.shop import REPORTED_ACTS, journal, shift
from db.tables.summaries import summary
from pos.application.ports.report_ports import Before, Days
from pos.application.sales.reserve_for_payment import STOPPED
from pos.domain.money import CURRENCIES, Currency, Money
from pos.domain.payment.tender import DEPOSIT, EVERY_METHOD
from pos.domain.pricing.spread import Spread, joined
from pos.domain.reports.day_report import DayReport, OpenedShift
from pos.domain.reports.quota_use import BUCKETS, beyond
from pos.domain.reports.trade_figures import Compared, GoodsShare, Margin, OverSales, QuotaUse, Share, TurnedAway
from pos.domain.shifts.report_details import DiscountSum, PromotionSum, ReturnSum, ShiftDetails, TaxSum
from pos.domain.shifts.shift_report import PaymentSum, Turnover

_TOP = 20
_NONE = (0, 0, 0)
_METHODS = {method: index for index, method in enumerate(EVERY_METHOD)}
_GIVEN = {"basket": 1, "promotion": 2}
"""Discounts by hand come before that on the basket, and that before promotions."""


def figures(connection: Connection, days: Days, before: Before | None) -> DayReport:
    day_sums = sums_of(connection, _scope(days, days.first, days.last))
    sums = _Figures(day_sums, days.price)
    events = _events(connection, days)
    alone = days.person is not None
    shifts = () if alone else _shifts(connection, days, day_sums.live)
    zs, still = zs_of(connection, shifts), _open(connection, shifts)
    return DayReport(
        first=days.first,
        last=days.last,
        till=days.till,
        currency=days.price,
        sales=sums.turnover("sale"),
        returns=sums.turnover("return"),
        discounts=sums.money(day_sums.turned("discount")[2]),
        rounding=sums.money(day_sums.turned("rounding")[2]),
        payments=sums.paid("payment"),
        change=sums.paid("change"),
        refunds=sums.paid("refund"),
        cash=() if alone else cash_together(connection, (one.id for one in still), zs),
        spread=sums.spread(),
        details=ShiftDetails(sums.discounts(), events.voids, events.openings, events.approvals, sums.returns()),
        approvals=events.allowed,
        by_hour=_hours(day_sums, days),
        by_cashier=sums.shares(day_sums.turned_by(2).items()),
        by_destination=sums.shares(day_sums.named("destination")),
        by_nationality=sums.shares(day_sums.named("nationality")),
        by_category=sums.categories(),
        top_products=_products(connection, sums),
        quota={name: row[0] for name, row in day_sums.named("verdict")},
        closed=tuple(z.closed for z in zs if days.first <= z.day <= days.last),
        open=tuple(OpenedShift(one.till, one.number, one.person, one.opened_at, one.taken_by) for one in still),
        tills=tuple(connection.execute(select(shift.c.till).distinct().order_by(shift.c.till)).scalars()),
        without_receipt=sums.turnover("blind") if day_sums.turned("blind")[0] else None,
        voided_sales=sums.turnover("void") if day_sums.turned("void")[0] else None,
        tax=sums.taxes(),
        promotions=_promotions(connection, sums),
        person=days.person,
        by_till=sums.shares(day_sums.turned_by(1).items()),
        by_day=tuple(
            (day, share) for day, share in zip(day_sums.turned_by(0), sums.shares(day_sums.turned_by(0).items()))
        ),
        margin=sums.margin(),
        quota_use=sums.quota_use(),
        over=sums.over(),
        turned_away=turned_away(connection, *days.within, till=days.till, person=days.person),
        visitors=tuple((name, row[0]) for name, row in day_sums.named("visitors")),
        compared=_compared(connection, days, before),
        deposits=deposit_sums(connection, _of_deposits(days)),
        providers=provider_sums(connection, _scope(days, days.first, days.last).sales()),
    )


def _of_deposits(days: Days) -> ColumnElement[bool]:
    which: ColumnElement[bool] = deposit_entry.c.business_date.between(days.first, days.last)
    if days.till is not None:
        which &= deposit_entry.c.till == days.till
    return which if days.person is None else which & (deposit_entry.c.person == days.person)


def _scope(days: Days, first: date, last: date) -> ReceiptScope:
    return ReceiptScope(first, last, days.till, days.person)


class _Figures:
    """Sums in the words of the report."""

    def __init__(self, day_sums: DaySums, price: Currency) -> None:
        self.day_sums, self._price = day_sums, price
        self._shares, self._goods = day_sums.sums.shares, day_sums.sums.goods

    def money(self, minor: int) -> Money:
        return Money(minor, self._price)

    def turnover(self, name: str) -> Turnover:
        count, pieces, amount = self.day_sums.turned(name)
        return Turnover(count, pieces, self.money(amount))

    def shares(self, rows: Iterable[tuple[Any, Row]]) -> tuple[Share, ...]:
        return tuple(Share(str(name), row[0], self.money(row[2])) for name, row in rows)

    def paid(self, kind: str) -> tuple[PaymentSum, ...]:
        """By method and currency, in the order in which a cashier sees them."""
        rows = {key[1:]: row for key, row in self.day_sums.sums.money.items() if key[0] == kind}
        return tuple(
            PaymentSum(tender[0], Money(rows[tender][0], CURRENCIES[tender[1]]), self.money(rows[tender][1]))
            for tender in sorted(rows, key=lambda of: (_METHODS.get(of[0], len(_METHODS)), CURRENCIES[of[1]].place))
        )

    def spread(self) -> tuple[Spread, ...]:
        parts = []
        for (kind, method, code), (amount, value, worth) in self.day_sums.sums.money.items():
            sign = 1 if kind == "payment" else -1
            if code != self._price.code and method != DEPOSIT:
                money = Money(sign * amount, CURRENCIES[code])
                parts.append(Spread(money, self.money(sign * value), self.money(sign * worth)))
        return joined(parts)

    def discounts(self) -> tuple[DiscountSum, ...]:
        rows = self.day_sums.discounts
        return tuple(
            DiscountSum(*key, rows[key][0], self.money(rows[key][2]))
            for key in sorted(rows, key=lambda of: (_GIVEN.get(of[0], 0), of))
        )

    def taxes(self) -> tuple[TaxSum, ...]:
        sums: Counter[Decimal] = Counter()
        for rate, row in self.day_sums.named("tax"):
            sums[Decimal(rate)] += row[2]
        return tuple(TaxSum(rate, self.money(sums[rate])) for rate in sorted(sums))

    def returns(self) -> tuple[ReturnSum, ...]:
        return tuple(
            ReturnSum(why, count, pieces, self.money(amount))
            for why, (count, pieces, amount) in self.day_sums.named("reason")
        )

    def categories(self) -> tuple[GoodsShare, ...]:
        rows = self.sold(3)
        return tuple(GoodsShare(name, rows[name][0], self.money(rows[name][1])) for name in sorted(rows))

    def sold(self, key_index: int) -> dict[str, list[int]]:
        """Pieces, amount, and the last product, of what was sold by code (2) or category (3)."""
        rows: dict[str, list[int]] = {}
        for key, figures_ in self._goods.items():
            if key[0] == "sale":
                row = rows.setdefault(str(key[key_index]), [0, 0, 0])
                row[0] += figures_[0]
                row[1] += figures_[1]
                row[2] = max(row[2], key[1])
        return rows

    def margin(self) -> Margin:
        turnover = known = cost = 0
        is_known, is_whole = False, True
        for (kind, *_), (_, amount, tax, of_known, costs) in self._goods.items():
            sign = 1 if kind == "sale" else -1
            turnover += sign * (amount - tax)
            known += sign * of_known
            cost += sign * costs
            is_known = is_known or bool(of_known or costs)
            is_whole = is_whole and of_known == amount - tax
        return Margin(self.money(turnover), self.money(known), self.money(cost), is_known, is_whole)

    def quota_use(self) -> tuple[QuotaUse, ...]:
        return tuple(QuotaUse(bucket, self._shares.get(("use", bucket), _NONE)[0]) for bucket in BUCKETS)

    def over(self) -> OverSales:
        over = self._shares.get(("beyond", "over"), _NONE)
        dutiable = self._shares.get(("beyond", "dutiable"), _NONE)
        return OverSales(over[0], self.money(over[2]), dutiable[0], dutiable[1])


def _events(connection: Connection, days: Days) -> JournalEvents:
    within = (journal.c.at >= days.within[0]) & (journal.c.at < days.within[1])
    reported = text(REPORTED_ACTS) & within
    return events_of(connection, reported, days.price, when=within, till=days.till, person=days.person)


def _shifts(connection: Connection, days: Days, live: Iterable[int]) -> Sequence[int]:
    """The shifts that were open on the days, for one without a sale has a drawer too, or have receipts of them."""
    sold = select(summary.c.shift_id).where(_scope(days, days.first, days.last).summaries())
    ended = or_(shift.c.closed_at.is_(None), shift.c.closed_at >= days.within[0])
    there = (shift.c.opened_at < days.within[1]) & ended
    at = true() if days.till is None else shift.c.till == days.till
    which = or_(shift.c.id.in_(sold), shift.c.id.in_(list(live)), there)
    return list(connection.execute(select(shift.c.id).where(which, at).order_by(shift.c.id)).scalars())


def _hours(day_sums: DaySums, days: Days) -> tuple[tuple[int, Share], ...]:
    sums: dict[int, list[int]] = {}
    for quarter, row in day_sums.sums.quarters.items():
        hour = from_microseconds(quarter * QUARTER).astimezone(days.zone).hour
        of_hour = sums.setdefault(hour, [0, 0])
        of_hour[0] += row[0]
        of_hour[1] += row[2]
    return tuple((hour, Share(str(hour), sums[hour][0], Money(sums[hour][1], days.price))) for hour in sorted(sums))


def _compared(connection: Connection, days: Days, before: Before | None) -> Compared | None:
    """None where the shop sold its first only after those days had begun: part of the days would mislead."""
    since = connection.execute(select(func.min(sale.c.business_date))).scalar_one()
    if before is None or since is None or since > before.first:
        return None
    day_sums = turnover_of(connection, _scope(days, before.first, before.last))
    whole = _Figures(day_sums, days.price).turnover("sale")
    sales = whole
    if before.until is not None:
        until = before.until.astimezone(UTC)
        sums = [0, 0, 0]
        for quarter, row in day_sums.sums.quarters.items():
            if from_microseconds(quarter * QUARTER) < until:
                sums = [one + more for one, more in zip(sums, row, strict=True)]
        sales = Turnover(sums[0], sums[1], Money(sums[2], days.price))
    return Compared(before.first, before.last, before.until, sales, whole, _hours(day_sums, days))


def _products(connection: Connection, sums: _Figures) -> tuple[GoodsShare, ...]:
    rows = sums.sold(2)
    top = sorted(rows, key=lambda code: (-rows[code][1], code))[:_TOP]
    query = select(product).where(product.c.id.in_([rows[code][2] for code in top]))
    named = {row.id: row for row in connection.execute(query)}
    return tuple(
        GoodsShare(code, rows[code][0], sums.money(rows[code][1]), named[rows[code][2]].name,
                   names_by_language(named[rows[code][2]]))
        for code in top
    )  # fmt: skip


def _promotions(connection: Connection, sums: _Figures) -> tuple[PromotionSum, ...]:
    rows = {int(name): row for name, row in sums.day_sums.named("promotion")}
    names = _names(connection, rows)
    return tuple(PromotionSum(one, names[one], rows[one][1], sums.money(rows[one][2])) for one in sorted(rows))


def _names(connection: Connection, promotions: Mapping[int, Row]) -> Mapping[int, str]:
    if not promotions:
        return {}
    question = select(promotion.c.id, promotion.c.name).where(promotion.c.id.in_(list(promotions)))
    return {row.id: row.name for row in connection.execute(question)}


def _open(connection: Connection, shifts: Sequence[int]) -> list[OpenRow[Any]]:
    return list(connection.execute(OPENED.where(shift.c.id.in_(shifts))))


_AT_ONCE = 500
"""The most keys in one query."""


def turned_away(
    connection: Connection, first: datetime, end: datetime, *, till: str | None = None, person: str | None = None
) -> TurnedAway:
    """Those stopped from an instant until before another; one that was sold over its allowance was not turned away."""
    question = select(journal.c.till, journal.c.person, journal.c.details).where(
        journal.c.act == STOPPED, journal.c.at >= first, journal.c.at < end
    )
    stopped = {
        str(json.loads(row.details).get("basket", ""))
        for row in connection.execute(question)
        if till in (None, row.till) and person in (None, row.person)
    }
    over = dict(_sold(connection, sorted(stopped)))
    left_behind = sum(1 for is_over in over.values() if not is_over)
    return TurnedAway(len(stopped) - len(over) + left_behind, left_behind)


def _sold(connection: Connection, keys: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """The baskets that were sold, and whether more than the allowance went out."""
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        keys_of = {
            row.id: row.key for row in connection.execute(select(sale.c.id, sale.c.key).where(sale.c.key.in_(some)))
        }
        over = {sale_id for sale_id, gauges in gauges_of(connection, list(keys_of)) if beyond(gauges)}
        yield from ((key, sale_id in over) for sale_id, key in keys_of.items())
