"""Judge a visitor's goods by the ledger of the center, as the till of a shop does by the same ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

from pos.domain.center.ledger import LedgerGoods, StandingLine
from pos.domain.quota.allowance_position import AllowancePosition, PastSale, Traveller, position_of
from pos.domain.quota.measure import Goods, QuotaRates
from pos.domain.quota.rule import Regime


@dataclass(frozen=True, slots=True)
class PendingGoods:
    """Lines of one reservation, as if bought when it was received; `is_own`: of the shop that asks."""

    received_at: datetime
    regime: str
    lines: tuple[LedgerGoods, ...]
    is_own: bool


def center_position(
    regime: Regime,
    regimes: Mapping[str, Regime],
    traveller: Traveller,
    ledger: Sequence[StandingLine],
    reserved: Sequence[PendingGoods],
    shop: int,
    at: datetime,
    *,
    free_only: bool = False,
) -> AllowancePosition:
    """Where a visitor stands before a basket of `shop`: units of other shops keep the state they were sold with.

    With `free_only` as if the units that are dutiable had never been bought, and one shop had sold the others: whether
    they fit shows then.
    """
    bought = [line for line in ledger if _counts(line, regime, regimes, at)]
    pending = [each for each in reserved if each.regime == regime.id or not _is_sent(each.regime, regime, regimes)]
    history = [*_past_sales(bought, regime, shop, free_only), *_as_sold(pending, regime, free_only)]
    return position_of(regime, traveller, history, at, QuotaRates(regime.currency.code, {}))


def past_elsewhere(
    lines: Iterable[StandingLine],
    reserved: Iterable[PendingGoods],
    regime: Regime,
    regimes: Mapping[str, Regime],
    at: datetime,
) -> Sequence[PastSale]:
    """What counts of lines that the shop's own books do not have, for a till that judges by these books.

    Nothing of it is the shop's to judge again; goods that the visitor declared belong to no shop. Raises NoQuotaRate.
    """
    bought = [line for line in lines if _counts(line, regime, regimes, at)]
    pending = [each for each in reserved if each.regime == regime.id or not _is_sent(each.regime, regime, regimes)]
    return [
        *_past_sales(bought, regime, _NO_SHOP, free_only=False),
        *_as_sold([replace(each, is_own=False) for each in pending], regime, free_only=False),
    ]


def free_of(line: LedgerGoods, regime: Regime) -> Goods:
    """The units of a line that are free of duty, valued."""
    return valued(_free(line.goods), line.rates, regime)


def valued(goods: Goods, rates: QuotaRates, regime: Regime) -> Goods:
    """The goods at the price in the regime's currency, by the customs rates that were frozen with their sale.

    Raises NoQuotaRate.
    """
    currency = regime.currency.code
    worth = rates.worth(goods.currency, currency)
    if worth == 1:
        return replace(goods, currency=currency)
    return replace(
        goods, currency=currency, unit_price=goods.unit_price * worth, discount=goods.discount * Fraction(worth)
    )


def _free(goods: Goods) -> Goods:
    """The units that are free of duty."""
    free = goods.quantity - goods.taxed_units
    discount = goods.discount * free / goods.quantity if goods.quantity else goods.discount
    return replace(goods, quantity=free, discount=discount, taxed_units=0)


def _counts(line: StandingLine, regime: Regime, regimes: Mapping[str, Regime], at: datetime) -> bool:
    """Goods for another destination count until they have left. What is sent and what is carried are apart."""
    if line.regime == regime.id:
        return True
    return not _is_sent(line.regime, regime, regimes) and not has_left(line, regimes.get(line.regime, regime), at)


def _is_sent(name: str, regime: Regime, regimes: Mapping[str, Regime]) -> bool:
    """Whether goods under another regime are sent and those here carried, or the other way round."""
    other = regimes.get(name)
    return regime.parcels or (other is not None and other.parcels)


def has_left(line: StandingLine, regime: Regime, at: datetime) -> bool:
    """Whether a line was carried out by `at`, by a recorded departure or by the assumption of its own `regime`."""
    return line.carried_out_at is not None or regime.has_let_go(line.at, at)


_NO_SHOP = -1
"""Whose number no shop has."""


def _past_sales(lines: Iterable[StandingLine], regime: Regime, shop: int, free_only: bool) -> Iterable[PastSale]:
    sales: dict[tuple[datetime, datetime | None, bool, bool], list[Goods]] = {}
    for line in lines:
        elsewhere = line.shop != shop and not line.is_declared  # what was declared belongs to no shop
        key = line.at, line.carried_out_at, line.regime != regime.id, elsewhere
        has_gone = line.carried_out_at is not None
        goods = line.goods if has_gone or not free_only else _free(line.goods)  # what has left tells them apart anyway
        sales.setdefault(key, []).append(valued(goods, line.rates, regime))
    for (at, left, other_side, elsewhere), sold in sales.items():
        yield PastSale(at, left, tuple(sold), other_side, fixed=elsewhere and not free_only)


def _as_sold(reserved: Sequence[PendingGoods], regime: Regime, free_only: bool) -> Iterable[PastSale]:
    for each in reserved:
        goods = tuple(
            free_of(line, regime) if free_only else valued(line.goods, line.rates, regime) for line in each.lines
        )
        yield PastSale(each.received_at, None, goods, each.regime != regime.id, fixed=not each.is_own and not free_only)
