"""Goods of earlier receipts that are returned in the current sale and pay for its basket."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pos.application.ports.store import UnitOfWork
from pos.application.ports.visitor_ports import LedgerLine
from pos.application.quota.evaluate_quota import has_left
from pos.application.returns.return_draft import ReturnDraft
from pos.application.returns.return_order import Back, Exchange, ReturnLine
from pos.application.returns.returnable import Returnable, lines_back, returnable
from pos.domain.money import Currency, Money, total
from pos.domain.payment.tender import CashRules
from pos.domain.quota.rule import Regime
from pos.domain.returns.goods_return import SHELF, ReturnedLine
from pos.domain.sales.sale import SaleLine


@dataclass(frozen=True, slots=True)
class ReceiptReturn:
    """Goods of one receipt that are to be returned, with the state of that receipt."""

    back: Back
    returnable: Returnable

    @property
    def receipt(self) -> str:
        return self.returnable.sale.receipt

    @property
    def lines(self) -> tuple[ReturnedLine, ...]:
        """The goods, at the price that was paid for them."""
        return lines_back(self.returnable, self.back.lines)

    @property
    def credit(self) -> Money:
        """Their value towards the sale."""
        return self.returnable.credit(self.lines)


@dataclass(frozen=True, slots=True)
class ExchangeReturns:
    """Goods returned in the current sale, by receipt; immutable like the basket.

    `method` and `currency` say how money is refunded where the goods are worth more than the basket.
    """

    receipts: tuple[ReceiptReturn, ...] = ()
    method: str | None = None
    currency: Currency | None = None

    def with_goods(self, draft: ReturnDraft, reason: str) -> ExchangeReturns:
        """A copy with these goods in place of earlier ones of the same receipt."""
        order = draft.order(reason, "")
        one = ReceiptReturn(Back(order.receipt, order.lines, reason), draft.returnable)
        others = tuple(other for other in self.receipts if other.receipt != one.receipt)
        return replace(self, receipts=(*others, one) if order.lines else others)

    def without(self, receipt: str, line: int | None) -> ExchangeReturns:
        """A copy without a line of a receipt; the same where it is gone already."""

        def kept(one: ReceiptReturn) -> ReceiptReturn:
            lines = tuple(x for x in one.back.lines if one.receipt != receipt or x.line != line)
            return replace(one, back=replace(one.back, lines=lines))

        return replace(self, receipts=tuple(one for one in map(kept, self.receipts) if one.back.lines))

    def paying_back(self, method: str | None, currency: Currency | None) -> ExchangeReturns:
        """A copy with another refund method, used where money is refunded."""
        return replace(self, method=method, currency=currency)

    @property
    def pieces(self) -> int:
        return sum(line.quantity for one in self.receipts for line in one.back.lines)

    def credit(self, currency: Currency) -> Money:
        """The value of all returned goods."""
        return total((one.credit for one in self.receipts), currency)

    def worth(self, currency: Currency) -> Money:
        """The price of all returned goods."""
        return total((line.amount for _one, line in self.rows()), currency)

    def due(self, basket: Money) -> Money:
        """The amount due for a basket; negative where money is refunded."""
        return basket - self.credit(basket.currency)

    def rows(self) -> tuple[tuple[ReceiptReturn, ReturnedLine], ...]:
        """Every returned line, with the state of its receipt."""
        return tuple((one, line) for one in self.receipts for line in one.lines)

    def order(self) -> Exchange | None:
        """The exchange to record with the sale; None without returned goods."""
        if not self.receipts:
            return None
        return Exchange(tuple(one.back for one in self.receipts), self.method, self.currency)

    def to_shelf(self, product_id: int) -> int:
        """The pieces of a product that return to the shelf: the same sale may sell them."""
        lines = (line for one in self.receipts for line in one.lines)
        return sum(line.quantity for line in lines if line.product_id == product_id and line.to == SHELF)

    def brings(self, product_id: int, serial: str) -> bool:
        """Whether the serialised item of a product with this marking code is returned."""
        lines = (line for one in self.receipts for line in one.lines)
        return any(line.product_id == product_id and line.serial == serial for line in lines)

    def freed(self, ledger: Sequence[LedgerLine], regime: Regime, now: datetime) -> tuple[LedgerLine, ...]:
        """A visitor's ledger after the return; goods that have left the country stay in it."""
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


def returns_again(
    work: UnitOfWork, exchange: Exchange, cash: CashRules
) -> tuple[ExchangeReturns, tuple[SaleLine, ...]]:
    """The goods of an exchange as they may still be returned, and the lines of which fewer pieces are left by now."""
    receipts, fewer = list[ReceiptReturn](), list[SaleLine]()
    for back in exchange.back:
        known = returnable(work, back.receipt, cash)
        left = {one.line: one.sold - one.refunded for one in known.lines}
        cut = (replace(line, quantity=min(line.quantity, left.get(line.line, 0))) for line in back.lines)
        lines = tuple(line for line in cut if line.quantity > 0)
        if lines:
            receipts.append(ReceiptReturn(replace(back, lines=lines), known))
        kept = {line.line: line.quantity for line in lines}
        named = {line.line: line for line in known.sale.lines}
        fewer += [named[line.line] for line in back.lines if kept.get(line.line, 0) < line.quantity]
    return ExchangeReturns(tuple(receipts), exchange.method, exchange.currency), tuple(fewer)
