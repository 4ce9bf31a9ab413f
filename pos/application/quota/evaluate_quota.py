"""Evaluate each visitor's share of the basket against the rules of their destination."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from pos.application.ports.store import UnitOfWork
from pos.application.ports.visitor_ports import LedgerLine
from pos.domain.pricing.rates import Rate, RateTable
from pos.domain.quota.allowance_position import AllowancePosition, PastSale, Traveller, position_of
from pos.domain.quota.assess import Assessing, Assessment
from pos.domain.quota.evaluation import Evaluation
from pos.domain.quota.evaluation import judge as judge_for
from pos.domain.quota.measure import OF_THE_VISITOR, Goods, ItemOrigin, QuotaItem, QuotaRates
from pos.domain.quota.rule import Regime, Verdict
from pos.domain.quota.tally import Usage
from pos.domain.sales.cart import Cart
from pos.domain.sales.cart_line import CartLine
from pos.domain.sales.parcel import Parcel, at_least_its_goods, weighed_together
from pos.domain.visitors.declared_purchases import Declared
from pos.domain.visitors.visitor import Visitor

Ledgers = Mapping[str, Sequence[LedgerLine]]
"""Each visitor's (by label) purchases here under the current regime."""

_HALF = Decimal("0.5")

_TWO_DAYS = timedelta(days=2)
"""Where goods are assumed to leave at midnight, older goods have left in any time zone."""

HISTORY = timedelta(days=400)
"""How far back purchases are read: beyond the longest window of any regime, a calendar year."""


class LineQuota(NamedTuple):
    """The quota's evaluation of one row of the basket.

    `eaten` is the row's usage of each rule that it counts for, `missing` the attributes without a value. The results of
    the rules are in the carrier's assessment: they change with every scan, while the row stays.
    """

    eaten: tuple[Usage, ...]
    missing: tuple[str, ...]

    @property
    def unfilled(self) -> tuple[str, ...]:
        """The missing attributes of the goods themselves, without those of the visitor."""
        return tuple(name for name in self.missing if name not in OF_THE_VISITOR)


def ledgers_of(
    work: UnitOfWork,
    visitors: Sequence[Visitor],
    regime: Regime,
    regimes: Mapping[str, Regime],
    now: datetime,
    exclude_key: str = "",
) -> Ledgers:
    """Read each visitor's purchases; in a sale's transaction only after the visitors are locked.

    They are followed by the reservations of other sales than `exclude_key`, as if bought now, and by the declarations
    of this sale, as if stored already.
    """
    return {v.label: ledger_of(work, v, regime, regimes, now, exclude_key)[0] for v in visitors}


def ledger_of(
    work: UnitOfWork,
    visitor: Visitor,
    regime: Regime,
    regimes: Mapping[str, Regime],
    now: datetime,
    exclude_key: str,
) -> tuple[Sequence[LedgerLine], frozenset[datetime]]:
    """One visitor's ledger as in `ledgers_of`, and when they bought here lately, whatever way it has left since."""
    bought = _bought_lately(work, visitor, regime, regimes, now)
    ledger = (
        *other_side_here(bought, regime, regimes, now),
        *held_lines(work.holds.pending(visitor.keys, now, exclude_key), regime, regimes),
        *(_declared(line) for line in visitor.declared),
    )
    return ledger, frozenset(line.at for line in bought if line.key is not None and not line.key.declared)


def held_lines(held: Iterable[LedgerLine], regime: Regime, regimes: Mapping[str, Regime]) -> Sequence[LedgerLine]:
    """What others hold for a visitor and counts for `regime`: to be carried, or sent by the same rules for parcels.

    What was meant for another destination leaves with the visitor; a parcel goes where it is sent.
    """

    def counts(line: LedgerLine) -> bool:
        of = regimes.get(line.regime)
        sent = of is not None and of.parcels
        return line.regime == regime.id if regime.parcels else not sent

    return [replace(line, regime="") for line in held if counts(line)]


def bought_by(
    work: UnitOfWork, visitor: Visitor, regime: Regime, regimes: Mapping[str, Regime], now: datetime
) -> Sequence[LedgerLine]:
    """A visitor's ledger for `regime`: their purchases under it, and everything else that they have not carried out.

    A visitor leaves to one destination with everything: goods meant for another one leave at the same time.
    """
    return other_side_here(_bought_lately(work, visitor, regime, regimes, now), regime, regimes, now)


def _bought_lately(
    work: UnitOfWork, visitor: Visitor, regime: Regime, regimes: Mapping[str, Regime], now: datetime
) -> Sequence[LedgerLine]:
    """Purchases under `regime`, and those of the last days under others, gone or not."""
    others = [other for other in regimes.values() if other.id != regime.id]
    beside = now - (_TWO_DAYS if all(other.assume_left for other in others) else HISTORY)
    lines = work.visitors.ledger(visitor.keys, regime.id, now - HISTORY, beside)
    return [line if line.regime == regime.id else replace(line, other_side=True) for line in lines]


def other_side_here(
    ledger: Sequence[LedgerLine], regime: Regime, regimes: Mapping[str, Regime], now: datetime
) -> Sequence[LedgerLine]:
    """A ledger without goods for another destination that have left by that destination's rules.

    What is sent and what is carried never count for each other.
    """
    if regime.parcels:
        return [line for line in ledger if not line.other_side]
    return [
        line
        for line in ledger
        if not (line.other_side and has_left(replace(line, other_side=False), regimes.get(line.regime, regime), now))
    ]


def _declared(line: Declared) -> LedgerLine:
    return LedgerLine(
        at=line.at,
        carried_out_at=line.carried_out_at,
        name=line.name,
        category=line.category,
        quantity=line.quantity,
        taxed=line.taxed,
        unit_price=line.unit_price,
        discount=line.discount,
        attributes=line.attributes,
    )


def quota_rates(rates: RateTable, regime: Regime) -> QuotaRates:
    """The rates by which `regime` values goods."""
    return QuotaRates(rates.base.code, rates.of_kind(regime.rate_kind))


def history_of(ledger: Sequence[LedgerLine]) -> list[PastSale]:
    """Ledger lines in the evaluator's form: lines of one instant and one departure are one sale."""
    return [
        PastSale(lines[0].at, lines[0].carried_out_at, tuple(_past_goods(line) for line in lines), lines[0].other_side)
        for lines in _past_sales(ledger)
    ]


def lines_by_origin(ledger: Sequence[LedgerLine]) -> Mapping[ItemOrigin, LedgerLine]:
    """The lines of a ledger by the origins under which its evaluation names them."""
    return {
        ItemOrigin(number, history): line
        for history, lines in enumerate(_past_sales(ledger))
        for number, line in enumerate(lines)
    }


def _past_sales(ledger: Sequence[LedgerLine]) -> list[list[LedgerLine]]:
    sales: dict[tuple[datetime, datetime | None, bool], list[LedgerLine]] = {}
    for line in ledger:
        sales.setdefault((line.at, line.carried_out_at, line.other_side), []).append(line)
    return list(sales.values())


def _past_goods(line: LedgerLine) -> Goods:
    return Goods.sold(
        line.name, line.category, line.quantity, line.unit_price, line.discount, line.attributes, line.taxed
    )


def has_left(line: LedgerLine, regime: Regime, at: datetime) -> bool:
    """Whether a line was carried out by `at`: by a recorded departure or, where the regime assumes it, at the end of
    its day; goods that are sent leave at the sale.
    """
    return line.carried_out_at is not None or (not line.other_side and regime.has_let_go(line.at, at))


def newly_dutiable(
    ledger: Sequence[LedgerLine], position: AllowancePosition, judgement: Evaluation
) -> Mapping[int, int]:
    """Pending lines (by index in `ledger`) whose dutiable units differ from the recorded ones.

    Pending goods and the basket leave together: the cheapest exemption may now make an earlier bottle dutiable. A
    basket for review has no bill, and nothing changes. Goods for another destination keep the result of its rules.
    """
    if judgement.assessment.verdict > Verdict.DUTY:
        return {}
    taxed = {unit.origin: unit.units for unit in judgement.bill.units} if judgement.bill else {}
    pending = {lot.origin for lot in position.pending}
    index_of = {id(line): index for index, line in enumerate(ledger)}
    changed = {}
    for history, lines in enumerate(_past_sales(ledger)):
        for number, line in enumerate(lines):
            origin = ItemOrigin(number, history)
            if origin in pending and not line.other_side and taxed.get(origin, 0) != line.taxed:
                changed[index_of[id(line)]] = taxed.get(origin, 0)
    return changed


def goods_of(line: CartLine) -> Goods:
    """A basket row in the evaluator's form."""
    product = line.product
    assert product.category is not None, "an incomplete product never reaches the basket"
    return Goods.sold(product.name, product.category, line.quantity, line.unit_price, line.off, line.attributes)


def bought(line: CartLine, at: datetime) -> LedgerLine:
    """A basket row as a ledger line: bought at `at` and not carried out yet."""
    product = line.product
    assert product.category is not None, "an incomplete product never reaches the basket"
    return LedgerLine(
        at=at,
        carried_out_at=None,
        name=product.name,
        category=product.category,
        quantity=line.quantity,
        taxed=0,
        unit_price=line.unit_price,
        discount=line.off,
        attributes=line.attributes,
    )


Elsewhere = Mapping[str, Sequence[PastSale]]
"""What each visitor (by label) bought in other shops of the center: it stands behind the ledger of this one, whose
lines keep their origins.
"""

AllowancePositions = Mapping[str, AllowancePosition]
"""Each visitor (by label) before the basket: weighed past purchases and chosen rules."""


def positions_of(
    regime: Regime,
    visitors: Sequence[Visitor],
    ledgers: Ledgers,
    at: datetime,
    rates: RateTable,
    elsewhere: Elsewhere | None = None,
) -> AllowancePositions:
    """Weigh each visitor's past purchases once; the result serves every change of the basket on that day."""
    worth = quota_rates(rates, regime)
    return {
        v.label: position_of(
            regime,
            Traveller(v.birth_date, v.residence, v.entries, v.born_from),
            [*history_of(ledgers.get(v.label, ())), *(() if elsewhere is None else elsewhere.get(v.label, ()))],
            at,
            worth,
        )
        for v in visitors
    }


def judge(positions: AllowancePositions, cart: Cart, parcel: Parcel | None = None) -> Mapping[str, Evaluation]:
    """Evaluate each visitor's share of the basket, with duty and advice, by the visitor's label.

    The goods of a `parcel` weigh what it weighs. Raises ParcelTooLight.
    """
    shares = {label: _share(cart, label) for label in positions}
    if parcel is not None:
        shares = {label: weighed_together(share, parcel) for label, share in shares.items()}
    return {label: judge_for(position, shares[label]) for label, position in positions.items()}


def judged_weight(cart: Cart, parcel: Parcel | None) -> Parcel | None:
    """The parcel by which a basket is judged before it is weighed again: not lighter than its goods on file."""
    return None if parcel is None else at_least_its_goods(parcel, [goods_of(line) for line in cart.lines])


def assess_each(
    positions: AllowancePositions, cart: Cart, parcel: Parcel | None = None
) -> tuple[Mapping[int, LineQuota], Mapping[str, Assessment]]:
    """Evaluate each visitor's share of the basket without a search: by row id, and by the visitor's label.

    The goods of a `parcel` weigh what it weighs. Raises ParcelTooLight.
    """
    return AssessingEach(positions)(cart, parcel)


class AssessingEach:
    """Evaluate successive baskets of the same visitors; an unchanged row is not weighed again, but in a parcel, whose
    weight the rows share.
    """

    def __init__(self, positions: AllowancePositions) -> None:
        self.positions = positions
        self._assessing = {label: Assessing(position) for label, position in positions.items()}
        self._weighed: dict[str, list[tuple[CartLine, QuotaItem]]] = {label: [] for label in positions}
        self._rows: dict[str, list[LineQuota]] = {label: [] for label in positions}

    def __call__(
        self, cart: Cart, parcel: Parcel | None = None
    ) -> tuple[Mapping[int, LineQuota], Mapping[str, Assessment]]:
        rows: dict[int, LineQuota] = {}
        quota: dict[str, Assessment] = {}
        for label, assess in self._assessing.items():
            lines = [line for line in cart.lines if line.carrier == label]
            lots = self._weigh(label, lines) if parcel is None else self._weigh_parcel(label, lines, parcel)
            assessment = quota[label] = assess(lots)
            line_quotas = self._rows[label] = _rows(assessment, self._rows[label])
            rows |= {line.id: row for line, row in zip(lines, line_quotas, strict=True)}
        return rows, quota

    def _weigh(self, label: str, lines: Sequence[CartLine]) -> list[QuotaItem]:
        before, scales = self._weighed[label], self.positions[label].scales
        after = []
        for index, line in enumerate(lines):
            known = before[index] if index < len(before) else None
            is_same = known is not None and known[0] is line
            after.append(known if is_same and known else (line, scales.lot(ItemOrigin(index), goods_of(line))))
        self._weighed[label] = after
        return [lot for _, lot in after]

    def _weigh_parcel(self, label: str, lines: Sequence[CartLine], parcel: Parcel) -> list[QuotaItem]:
        goods, scales = [goods_of(line) for line in lines], self.positions[label].scales
        weighed = weighed_together(goods, parcel) if goods else []
        return [scales.lot(ItemOrigin(index), one) for index, one in enumerate(weighed)]


def _share(cart: Cart, label: str) -> list[Goods]:
    return [goods_of(line) for line in cart.lines if line.carrier == label]


def _rows(assessment: Assessment, before: Sequence[LineQuota]) -> list[LineQuota]:
    """The evaluation of each line, by index; a row with the same evaluation as `before` is reused."""
    missing: dict[int, dict[str, None]] = {}
    for unknown in assessment.unknown:
        if unknown.origin.history is None:
            missing.setdefault(unknown.origin.line, {})[unknown.attribute] = None
    rows = []
    for index, eaten in enumerate(assessment.eaten):
        lacks = tuple(missing[index]) if index in missing else ()
        known = before[index] if index < len(before) else None
        same = known is not None and known.eaten is eaten and known.missing == lacks
        rows.append(known if same and known is not None else LineQuota(eaten, lacks))
    return rows


def rates_text(rates: RateTable, kind: str = "customs") -> dict[str, str]:
    """The rates of the evaluation as decimal strings, in the form of `quota check`; a mean of two rates stays exact."""
    return {code: _rate_text(rate, kind) for code, rate in rates.rates.items() if code != rates.base.code}


def _rate_text(rate: Rate, kind: str) -> str:
    """The exact decimal of a rate; half of a sum of two rates has few enough digits for a Decimal."""
    if kind == "customs":
        exact = (rate.buy + rate.sell) * _HALF if rate.customs is None else rate.customs
    else:
        exact = rate.buy if kind == "buy" else rate.sell
    return format(exact.normalize(), "f")
