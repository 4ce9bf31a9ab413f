"""A reservation: lines set aside for one attempt at one payment, under a key of its own, for a limited time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from fractions import Fraction

from pos.domain.center.ledger import LedgerGoods
from pos.domain.quota.rule import Regime


class ReservationState(StrEnum):
    """OPEN counts, also when its time is over: its till has not said yet what became of it.

    CLOSED: its till gave it back, or a newer attempt at the same payment replaced it. RELEASED: a person at the
    console did. SOLD: it is on the ledger.
    """

    OPEN = "open"
    SOLD = "sold"
    CLOSED = "closed"
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class Reservation:
    """Lines by visitor (their number at the center), counted from the center's first receipt of the request."""

    key: str
    sale: str
    shop: int
    till: int
    regime: str
    received_at: datetime
    ends_at: datetime
    state: ReservationState
    lines: Mapping[int, Sequence[LedgerGoods]]

    @property
    def counts(self) -> bool:
        """Whether its lines use allowance."""
        return self.state is ReservationState.OPEN

    def is_in_doubt(self, now: datetime) -> bool:
        """Whether its time is over and its till has not said what became of it."""
        return self.counts and now >= self.ends_at

    def beyond(self, sold: Mapping[int, Sequence[LedgerGoods]]) -> bool:
        """Whether a sale has more than was reserved: another visitor, another line, more units, or fewer dutiable
        ones.
        """
        for visitor, lines in sold.items():
            reserved = {line.line: line for line in self.lines.get(visitor, ())}
            if any(_is_more(line, reserved.get(line.line)) for line in lines):
                return True
        return False


def _is_more(line: LedgerGoods, reserved: LedgerGoods | None) -> bool:
    if reserved is None or _kind(line) != _kind(reserved):
        return True
    free, was_free = (each.goods.quantity - each.goods.taxed_units for each in (line, reserved))
    return line.goods.quantity > reserved.goods.quantity or free > was_free or _paid(line) > _paid(reserved)


def _kind(line: LedgerGoods) -> tuple[object, ...]:
    return line.goods.category, line.goods.attributes, line.goods.currency, line.rates


def _paid(line: LedgerGoods) -> Fraction:
    """The price paid for one unit."""
    goods = line.goods
    return goods.unit_price - (goods.discount / goods.quantity if goods.quantity else 0)


def midnight(regime: Regime, now: datetime) -> datetime:
    """The end of the regime's local day: a reservation is for one day."""
    tomorrow = now.astimezone(regime.zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(0), regime.zone).astimezone(now.tzinfo)
