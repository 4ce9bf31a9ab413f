"""What payment providers took and give back by the receipts of some shifts or days, and what is open there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from db.engine.types import from_microseconds, to_microseconds
from db.tables.outside_partners import partner_attempt
from db.tables.sales import sale, sale_payment
from pos.domain.money import CURRENCIES, Currency, Money
from pos.domain.shifts.provider_sums import ProviderSum, UnsettledCharge

_A = partner_attempt.c


def provider_sums(connection: Connection, which: ColumnElement[bool]) -> tuple[ProviderSum, ...]:
    """By provider and currency, of the receipts that meet a condition on `sale`.

    A refund counts as its return asked for it: what became of it since changes no report.
    """
    paid = (
        select(sale_payment.c.provider, sale_payment.c.currency, func.count(), func.sum(sale_payment.c.amount_minor))
        .join(sale, sale.c.id == sale_payment.c.sale_id)
        .where(which, sale_payment.c.provider.is_not(None))
        .group_by(sale_payment.c.provider, sale_payment.c.currency)
    )
    back = (
        select(_A.partner, _A.currency, func.sum(_A.amount_minor))
        .join(sale, sale.c.key == _A.about)
        .where(which, _A.kind == "refund", _A.document != "", _A.tries == 1)
        .group_by(_A.partner, _A.currency)
    )
    sums: dict[tuple[str, str], list[int]] = {}
    for provider, code, count, amount in connection.execute(paid):
        sums[provider, code] = [int(count), int(amount), 0]
    for provider, code, amount in connection.execute(back):
        sums.setdefault((provider, code), [0, 0, 0])[2] = int(amount)
    return tuple(
        ProviderSum(provider, count, Money(amount, CURRENCIES[code]), Money(refunded, CURRENCIES[code]))
        for (provider, code), (count, amount, refunded) in sorted(sums.items())
    )


def unsettled_in(connection: Connection, shift_id: int) -> tuple[UnsettledCharge, ...]:
    """What was begun in a shift and is open, oldest first; a charge that is done is open while no sale counts it."""
    question = select(partner_attempt).where(
        _A.shift_id == shift_id, _A.is_closed.is_(False), _A.kind.in_(("charge", "refund"))
    )
    return tuple(
        UnsettledCharge(
            row.number,
            row.partner,
            row.kind == "refund",
            row.state,
            _money(row.amount_minor, row.currency),
            row.begun_at,
        )
        for row in connection.execute(question.order_by(_A.begun_at, _A.number))
    )


def _money(minor: int, code: str) -> Money:
    return Money(minor, CURRENCIES.get(code) or Currency(code))


def sums_to(sums: Sequence[ProviderSum]) -> list[dict[str, Any]]:
    """The sums as they are stored with a Z."""
    return [
        {
            "provider": one.provider,
            "payments": one.payments,
            "currency": one.paid.currency.code,
            "paid": one.paid.minor,
            "refunded": one.refunded.minor,
        }
        for one in sums
    ]


def sums_from(rows: Sequence[Mapping[str, Any]]) -> tuple[ProviderSum, ...]:
    """The sums that `sums_to` wrote."""
    return tuple(
        ProviderSum(
            row["provider"],
            row["payments"],
            _money(row["paid"], row["currency"]),
            _money(row["refunded"], row["currency"]),
        )
        for row in rows
    )


def unsettled_to(unsettled: Sequence[UnsettledCharge]) -> list[dict[str, Any]]:
    """What is open as it is stored with a Z."""
    return [
        {
            "number": one.number,
            "provider": one.provider,
            "is_refund": int(one.is_refund),
            "state": one.state,
            "currency": one.amount.currency.code,
            "amount": one.amount.minor,
            "begun_at": to_microseconds(one.begun_at),
        }
        for one in unsettled
    ]


def unsettled_from(rows: Sequence[Mapping[str, Any]]) -> tuple[UnsettledCharge, ...]:
    """What `unsettled_to` wrote."""
    return tuple(
        UnsettledCharge(
            row["number"],
            row["provider"],
            bool(row["is_refund"]),
            row["state"],
            _money(row["amount"], row["currency"]),
            from_microseconds(row["begun_at"]),
        )
        for row in rows
    )
