"""The details behind the sums of a Z, as JSON of integers and texts, and back. Older Zs have none of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from db.engine.types import from_microseconds
from pos.domain.money import CURRENCIES, Currency, Money
from pos.domain.pricing.spread import Spread
from pos.domain.shifts.report_details import ApprovalSum, DiscountSum, DrawerOpening, ReturnSum, ShiftDetails, VoidLine


def spread_to(parts: Sequence[Spread]) -> list[dict[str, Any]]:
    """The spread as it is stored."""
    return [
        {
            "currency": one.amount.currency.code,
            "amount": one.amount.minor,
            "counted": one.counted.minor,
            "worth": one.worth.minor,
        }
        for one in parts
    ]


def spread_from(rows: Sequence[Mapping[str, Any]], price: Currency) -> tuple[Spread, ...]:
    """The spread that `spread_to` wrote."""
    return tuple(
        Spread(
            Money(row["amount"], CURRENCIES[row["currency"]]), Money(row["counted"], price), Money(row["worth"], price)
        )
        for row in rows
    )


def details_to(details: ShiftDetails) -> dict[str, Any]:
    """The details as they are stored."""
    return {
        "discounts": [_plain(one) for one in details.discounts],
        "voids": [_plain(one) for one in details.voids],
        "openings": [_plain(one) for one in details.openings],
        "approvals": [_plain(one) for one in details.approvals],
        "returns": [_plain(one) for one in details.returns],
    }


def details_from(content: Mapping[str, Any], price: Currency) -> ShiftDetails:
    """The details that `details_to` wrote; missing parts are unknown."""

    def rows(name: str) -> Iterator[dict[str, Any]]:
        for row in content.get(name, ()):
            values: dict[str, Any] = {"at": from_microseconds(row["at"])} if "at" in row else {}
            values |= {"amount": Money(row["amount"], price)} if "amount" in row else {}
            yield {**row, **values}

    return ShiftDetails(
        discounts=tuple(DiscountSum(**row) for row in rows("discounts")),
        voids=tuple(VoidLine(**row) for row in rows("voids")),
        openings=tuple(DrawerOpening(**row) for row in rows("openings")),
        approvals=tuple(ApprovalSum(**row) for row in rows("approvals")),
        returns=tuple(ReturnSum(**row) for row in rows("returns")),
    )


def _plain(one: DiscountSum | VoidLine | DrawerOpening | ApprovalSum | ReturnSum) -> dict[str, Any]:
    values = {field.name: getattr(one, field.name) for field in fields(one) if field.compare}
    return {name: value.minor if isinstance(value, Money) else value for name, value in values.items()}
