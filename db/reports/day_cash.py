"""The drawers of some shifts together: a closed one by its Z, an open one by its movements."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from db.engine.types import from_microseconds
from db.shifts.shift_figures import cash_of
from db.tables.shop import z_report
from pos.domain.money import CURRENCIES, Money
from pos.domain.reports.day_report import ClosedShift
from pos.domain.shifts.shift_report import CashLine

_MOVED = {
    "float_": "float",
    "paid_in": "in",
    "paid_out": "out",
    "drops": "drop",
    "tendered": "tender",
    "change": "change",
    "refunds": "refund",
    "deposits": "deposit",
    "deposits_back": "deposit_back",
    "hand_overs": "hand_over",
    "expected": "expected",
}
_COUNTED = ("counted", "difference")


@dataclass(frozen=True, slots=True)
class ReadZ:
    """The parts of a Z that a day report needs: a year has a thousand, so no full report is built."""

    day: date
    content: Mapping[str, Any]

    @property
    def closed(self) -> ClosedShift:
        """The shift that it closed."""
        content = self.content
        differences = tuple(
            Money(line["difference"], CURRENCIES[line["currency"]]) for line in content["cash"] if line["difference"]
        )
        return ClosedShift(
            till=content["till"],
            number=content["z"],
            at=from_microseconds(content["closed_at"]),
            cashier=content["cashier"],
            closed_by=content["closed_by"] or "",
            amount=Money(content["sales"]["amount"], CURRENCIES[content["currency"]]),
            differences=differences,
        )


def zs_of(connection: Connection, shifts: Sequence[int]) -> list[ReadZ]:
    """The Zs of the shifts, in the order of time."""
    question = select(z_report.c.content, z_report.c.business_date).where(z_report.c.shift_id.in_(shifts))
    rows = connection.execute(question.order_by(z_report.c.at, z_report.c.till, z_report.c.number))
    return [ReadZ(row.business_date, json.loads(row.content)) for row in rows]


@dataclass(slots=True)
class _Drawers:
    """The sums of one currency in minor units; an uncounted sum has no entry."""

    sums: dict[str, int] = field(default_factory=dict)
    estimated: bool = False

    def add(self, name: str, minor: int | None) -> None:
        if minor is not None:
            self.sums[name] = self.sums.get(name, 0) + minor

    def line(self, code: str) -> CashLine:
        currency = CURRENCIES[code]

        def sum_of(name: str) -> Money:
            return Money(self.sums.get(name, 0), currency)

        def counted(name: str) -> Money | None:
            return sum_of(name) if name in self.sums else None

        return CashLine(
            currency=currency,
            float_=sum_of("float_"),
            paid_in=sum_of("paid_in"),
            paid_out=sum_of("paid_out"),
            drops=sum_of("drops"),
            tendered=sum_of("tendered"),
            change=sum_of("change"),
            refunds=sum_of("refunds"),
            deposits=sum_of("deposits"),
            deposits_back=sum_of("deposits_back"),
            hand_overs=sum_of("hand_overs"),
            expected=sum_of("expected"),
            counted=counted("counted"),
            difference=counted("difference"),
            estimated=self.estimated,
        )


def cash_together(connection: Connection, still_open: Iterable[int], zs: Iterable[ReadZ]) -> tuple[CashLine, ...]:
    """A line for each currency; `counted` and `difference` are those of the Zs, None where there is none."""
    drawers: dict[str, _Drawers] = {}
    for line in cash_of(connection, still_open):
        drawer = drawers.setdefault(line.currency.code, _Drawers())
        drawer.estimated |= line.estimated
        for name in _MOVED:
            money: Money | None = getattr(line, name)
            drawer.add(name, None if money is None else money.minor)
    for cash_line in (cash_line for z in zs for cash_line in z.content["cash"]):
        drawer = drawers.setdefault(cash_line["currency"], _Drawers())
        drawer.estimated |= bool(cash_line["estimated"])
        for name, key in _MOVED.items():
            drawer.add(name, cash_line.get(key, 0))  # a Z of before shifts were handed over has no hand-overs
        for name in _COUNTED:
            drawer.add(name, cash_line[name])
    return tuple(drawers[code].line(code) for code in CURRENCIES if code in drawers)
