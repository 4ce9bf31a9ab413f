"""What comes back with the sale in progress: goods of earlier receipts that pay for those in the basket."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pos.application.ports.visitor_ports import LedgerLine
from pos.application.quota.evaluate_quota import has_left
from pos.application.returns.return_draft import ReturnDraft
from pos.application.returns.return_order import Back, Exchange, ReturnLine
from pos.application.returns.returnable import Returnable, lines_back
from pos.domain.money import Currency, Money, total
from pos.domain.quota.rule import Regime
from pos.domain.returns.goods_return import SHELF, ReturnedLine


@dataclass(frozen=True, slots=True)
class ReceiptReturn:
    """Goods of one receipt that are to come back, by what is known of it."""

    back: Back
    found: Returnable

    @property
    def receipt(self) -> str:
        """The receipt."""
        return self.found.sale.receipt

    @property
    def lines(self) -> tuple[ReturnedLine, ...]:
        """The goods, at what was paid for them."""
        return lines_back(self.found, self.back.lines)

    @property
    def credit(self) -> Money:
        """What they are worth at the counter."""
        return self.found.credit(self.lines)


@dataclass(frozen=True, slots=True)
class ExchangeReturns:
    """Goods that come back with the sale in progress, by receipt; immutable as the basket is.

    `method` and `currency` tell how money is wanted where the goods are worth more than the basket.
    """

    receipts: tuple[ReceiptReturn, ...] = ()
    method: str | None = None
    currency: Currency | None = None

    def with_goods(self, hand: ReturnDraft, reason: str) -> ExchangeReturns:
        """The same with these goods in place of what came of their receipt before."""
        order = hand.order(reason, "")
        one = ReceiptReturn(Back(order.receipt, order.lines, reason), hand.found)
        others = tuple(other for other in self.receipts if other.receipt != one.receipt)
        return replace(self, receipts=(*others, one) if order.lines else others)

    def without(self, receipt: str, line: int) -> ExchangeReturns:
        """The same without one line of a receipt."""

        def kept(one: ReceiptReturn) -> ReceiptReturn:
            lines = tuple(x for x in one.back.lines if one.receipt != receipt or x.line != line)
            return replace(one, back=replace(one.back, lines=lines))

        return replace(self, receipts=tuple(one for one in map(kept, self.receipts) if one.back.lines))

    def paying_back(self, method: str | None, currency: Currency | None) -> ExchangeReturns:
        """The same with the money going back in another way, where there is any."""
        return replace(self, method=method, currency=currency)

    @property
    def pieces(self) -> int:
        """How many pieces come back."""
        return sum(line.quantity for one in self.receipts for line in one.back.lines)

    def credit(self, currency: Currency) -> Money:
        """What all of it is worth at the counter."""
        return total((one.credit for one in self.receipts), currency)

    def due(self, basket: Money) -> Money:
        """What is left to pay of a basket; below zero where money goes back."""
        return basket - self.credit(basket.currency)

    def rows(self) -> tuple[tuple[ReceiptReturn, ReturnedLine], ...]:
        """Every line that comes back, with what is known of its receipt."""
        return tuple((one, line) for one in self.receipts for line in one.lines)

    def without_row(self, place: int) -> ExchangeReturns:
        """The same without the line at a place of `rows`."""
        one, line = self.rows()[place]
        return self if line.of_line is None else self.without(one.receipt, line.of_line)

    def order(self) -> Exchange | None:
        """What is to be recorded with the sale; None where nothing comes back."""
        if not self.receipts:
            return None
        return Exchange(tuple(one.back for one in self.receipts), self.method, self.currency)

    def to_shelf(self, product_id: int) -> int:
        """How many pieces of a product come back to the shelf: they may be sold with the same ticket."""
        lines = (line for one in self.receipts for line in one.lines)
        return sum(line.quantity for line in lines if line.product_id == product_id and line.to == SHELF)

    def brings(self, product_id: int, serial: str) -> bool:
        """Whether the one piece of a product with this marking code comes back."""
        lines = (line for one in self.receipts for line in one.lines)
        return any(line.product_id == product_id and line.serial == serial for line in lines)

    def freed(self, ledger: Sequence[LedgerLine], regime: Regime, now: datetime) -> tuple[LedgerLine, ...]:
        """A visitor's ledger as it will be when the goods have come back; what has left already stays in it."""
        coming = {(one.receipt, x.line): x for one in self.receipts for x in one.back.lines}
        return tuple(_still(ledger, coming, regime, now)) if coming else tuple(ledger)


def _still(
    ledger: Sequence[LedgerLine], coming: Mapping[tuple[str, int], ReturnLine], regime: Regime, now: datetime
) -> Iterable[LedgerLine]:
    for line in ledger:
        stored = line.key is not None and not line.key.declared
        back = coming.get((line.receipt, line.key.line)) if stored and line.key is not None else None
        if back is None or has_left(line, regime, now):
            yield line
        elif line.quantity > back.quantity:
            yield replace(line, quantity=line.quantity - back.quantity, taxed=max(0, line.taxed - back.quantity))


NO_RETURNS = ExchangeReturns()
