"""What a recorded sale has to declare: its goods without what came back, with their judgement.

A share of which nothing changed has the judgement that was frozen with the sale. One of which something came back, or
which leaves together with earlier purchases, is judged again as of the sale: at its instant, by its rates, with what
was pending then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pos.application.access.find_sale import sale_with_receipt
from pos.application.ports.store import UnitOfWork
from pos.application.ports.visitor_ports import AllowanceMove, LedgerLine
from pos.application.quota.check_quota import result_of
from pos.application.quota.evaluate_quota import bought_by, history_of, lines_by_origin
from pos.application.visitors.known_entries import as_known
from pos.domain.declarations.declaration import JudgedSale, SaleDeclarations
from pos.domain.declarations.forms import GoodsAreSent, NothingToDeclare
from pos.domain.declarations.papers import NoPaper, paper_for
from pos.domain.declarations.share import CarriedGoods, Share, share_of
from pos.domain.errors import Refused
from pos.domain.money import Money
from pos.domain.quota.allowance_position import AllowancePosition, Traveller, position_of
from pos.domain.quota.evaluation import judge
from pos.domain.quota.measure import Goods, ItemOrigin, QuotaRates
from pos.domain.quota.rule import Regime, UnknownRegime, WholeUnit
from pos.domain.receipt_number import read_receipt_number
from pos.domain.returns.voidable import AlreadyVoided
from pos.domain.sales.sale import Sale, SaleLine
from pos.domain.visitors.visitor import Visitor

NO_VISITOR = "—"
"""In the place of a visitor, on a receipt that has none."""


@dataclass(eq=False)
class VisitorErased(Refused):
    """Who the visitor of the receipt was is erased, and so are their purchases."""

    fact = "visitor_erased"

    receipt: str
    visitor: str


def read_declarations(
    work: UnitOfWork, receipt: str, regimes: Mapping[str, Regime], known: Sequence[Visitor] = ()
) -> SaleDeclarations:
    """The sale's declarations. `known` are its visitors as a document at hand shows them: the books have no birth date.

    Raises NoSuchReceipt, AlreadyVoided, GoodsAreSent, NoPaper, NothingToDeclare, UnknownRegime, VisitorErased.
    """
    sale = sale_with_receipt(work, receipt)
    if sale.voided_by is not None:
        raise AlreadyVoided(sale.receipt, sale.voided_by)
    if sale.parcel is not None:
        raise GoodsAreSent(sale.receipt)
    if sale.regime is None:
        raise NothingToDeclare(sale.receipt, NO_VISITOR)
    paper, regime = paper_for(sale.destination), regimes.get(sale.regime)
    if paper is None:
        raise NoPaper(sale.destination)
    if regime is None:
        raise UnknownRegime(sale.regime)
    reading = _Reading(work, sale, regime, regimes)
    made = SaleDeclarations(paper, reading.head(), sale.visitors, {}, {})
    for visitor in known:
        own = next((one.label for one in sale.visitors if one.is_one_with(visitor)), None)
        if own is not None:
            made = made.knowing(replace(visitor, label=own))
    shares, later, moved = dict[str, Share](), dict[str, str](), set[str]()
    for visitor in made.visitors:
        if visitor.label not in sale.carriers:
            continue
        if reading.is_moved(visitor):
            moved.add(visitor.label)
            continue
        share, receipt_after = reading.share(visitor)
        if share is not None:
            shares[visitor.label] = share
        if receipt_after:
            later[visitor.label] = receipt_after
    return replace(made, shares=shares, later=later, moved=frozenset(moved))


class _Reading:
    """One sale in one transaction."""

    def __init__(self, work: UnitOfWork, sale: Sale, regime: Regime, regimes: Mapping[str, Regime]) -> None:
        self._work, self._sale, self._regime, self._regimes = work, sale, regime, regimes
        self._rates = QuotaRates(
            sale.rates.base.code, {code: Fraction(rate) for code, rate in sale.quota_rates.items()}
        )
        came_back = work.returns.refundable(sale.till, sale.number)
        self._left = {one.line: one.sold - one.refunded for one in came_back}
        self._others: dict[str, Sale | None] = {}

    def head(self) -> JudgedSale:
        sale, regime = self._sale, self._regime
        price = sale.total.currency
        same, day = price == regime.currency, sale.at.astimezone(regime.zone).date()
        return JudgedSale(
            receipt=sale.receipt,
            at=sale.at,
            day=day,
            destination=sale.destination,
            regime=regime.id,
            version=sale.regime_version or "",
            currency=regime.currency,
            is_whole=isinstance(regime.charge_on(day), WholeUnit),
            price=price,
            worth=None if same else self._rates.worth(price.code, regime.currency.code),
        )

    def is_moved(self, visitor: Visitor) -> bool:
        """Whether their goods count for another person."""
        return any(line.moved is not AllowanceMove.NO for line in self._entries(visitor))

    def share(self, visitor: Visitor) -> tuple[Share | None, str]:
        """Their share, None where all of it came back; and a later receipt that leaves together with it."""
        sale, label = self._sale, visitor.label
        carried = [line for line in sale.lines if line.carrier == label]
        left = [(line, self._left.get(line.line, line.quantity)) for line in carried]
        kept = [(line, count) for line, count in left if count]
        if not kept:
            return None, ""
        if not visitor.key:
            raise VisitorErased(sale.receipt, label)
        earlier, later = self._beside(visitor)
        position = self._position(visitor, earlier)
        basket = [_goods(line, count) for line, count in kept]
        goods = dict(self._pending(position, earlier))
        for index, ((line, _), one) in enumerate(zip(kept, basket, strict=True)):
            origin = ItemOrigin(index)
            goods[origin] = _sold(line, position.scales.lot(origin, one), sale, self.head())
        frozen = sale.quota.get(label, {})
        is_unchanged = all(count == line.quantity for line, count in left) and not position.pending
        answer = frozen if is_unchanged and not _has_pending(frozen) else result_of(judge(position, basket))
        return share_of(label, answer, goods, self._regime, self.head().day), later

    def _entries(self, visitor: Visitor) -> Sequence[LedgerLine]:
        return self._work.visitors.of_sale(self._sale.till, self._sale.number, visitor.label)

    def _beside(self, visitor: Visitor) -> tuple[list[LedgerLine], str]:
        """What they had bought before this sale, as of its instant, and the last receipt of what they bought after."""
        sale, day = self._sale, self.head().day
        bought = bought_by(self._work, visitor, self._regime, self._regimes, sale.at)
        own = next((line.key.sale for line in self._entries(visitor) if line.key is not None), None)
        earlier: list[LedgerLine] = []
        later: list[tuple[datetime, str]] = []
        for line in bought:
            assert line.key is not None, "it was read from the store"
            if own is not None and line.key.sale == own and not line.key.declared:
                continue
            if line.at > sale.at or (own is not None and line.key.sale > own):
                leaves_with_it = line.at.astimezone(self._regime.zone).date() == day or not self._regime.assume_left
                if not line.key.declared and leaves_with_it:
                    later.append((line.at, line.receipt))
                continue
            left = line.carried_out_at
            earlier.append(replace(line, carried_out_at=None) if left is not None and left > sale.at else line)
        return earlier, max(later, default=(sale.at, ""))[1]

    def _position(self, visitor: Visitor, earlier: Sequence[LedgerLine]) -> AllowancePosition:
        known = as_known(self._work, (visitor,), self._regime)[0]
        traveller = Traveller(known.birth_date, known.residence, known.entries, known.born_from)
        return position_of(self._regime, traveller, history_of(earlier), self._sale.at, self._rates)

    def _pending(
        self, position: AllowancePosition, earlier: Sequence[LedgerLine]
    ) -> Iterator[tuple[ItemOrigin, CarriedGoods]]:
        lines = lines_by_origin(earlier)
        for item in position.pending:
            line = lines[item.origin]
            sold = self._line_of(line)
            on = line.at.astimezone(self._regime.zone).date()
            receipt = "" if line.key is None or line.key.declared else line.receipt
            if sold is None:
                yield item.origin, CarriedGoods(item, line.name, line.names, receipt, on)
            else:
                yield (
                    item.origin,
                    CarriedGoods(item, sold.name, sold.names, receipt, on, sold.details, sold.serial, sold.grams),
                )

    def _line_of(self, line: LedgerLine) -> SaleLine | None:
        """The line as it was sold, which has the names and what papers want; None for goods bought elsewhere."""
        if line.key is None or line.key.declared:
            return None
        if line.receipt not in self._others:
            self._others[line.receipt] = self._work.sales.by_number(*read_receipt_number(line.receipt))
        sale = self._others[line.receipt]
        return None if sale is None else next((one for one in sale.lines if one.line == line.key.line), None)


def _goods(line: SaleLine, count: int) -> Goods:
    """So many pieces of a line in the evaluator's form, their discount as the ledger has it."""
    discount = Money(line.discount.minor * count // line.quantity, line.discount.currency)
    return Goods.sold(line.name, line.category, count, line.unit_price, discount, line.attributes)


def _sold(line: SaleLine, item: Any, sale: Sale, head: JudgedSale) -> CarriedGoods:
    return CarriedGoods(item, line.name, line.names, sale.receipt, head.day, line.details, line.serial, line.grams)


def _has_pending(answer: Mapping[str, Any]) -> bool:
    """Whether earlier purchases are in a frozen judgement, which does not say which."""
    if any(Decimal(rule.get("pending") or 0) for rule in answer.get("rules", ())):
        return True
    units = (answer.get("duty") or {}).get("units", ())
    return any("history" in unit for unit in units)
