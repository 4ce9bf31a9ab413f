"""The returnable lines of a receipt, their value and money not yet refunded; items that were returned already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pos.application.access.find_sale import sale_with_receipt
from pos.application.ports.return_ports import Refundable
from pos.application.ports.store import UnitOfWork
from pos.application.returns.return_order import ReturnLine
from pos.domain.catalogue.piece import AlreadyReturned, PieceSold
from pos.domain.errors import BadField
from pos.domain.fiscal.document import Standing
from pos.domain.fiscal.terminals import check_back_at_terminal
from pos.domain.money import CURRENCIES, Currency, Money, total
from pos.domain.payment.tender import CashRules
from pos.domain.pricing.rates import RateTable
from pos.domain.returns.goods_return import (
    GoodsReturn,
    NothingLeftToReturn,
    NothingToReturn,
    Refund,
    ReturnedLine,
    Way,
    exchanged_for,
    is_given_as_paid,
    left_of,
    own_rates,
    refunds_for,
    worth_of,
)
from pos.domain.sales.sale import Sale, SaleLine


@dataclass(frozen=True, slots=True)
class Returnable:
    """A sale with its returnable pieces and the money not refunded, by payment method."""

    sale: Sale
    lines: tuple[Refundable, ...]
    money: Mapping[Way, Money]
    returns: tuple[GoodsReturn, ...]
    terminal: str = ""
    """The payment terminal that has registered its fiscal receipt; empty for none."""

    def plainest(self) -> tuple[str, Currency]:
        """The default refund method: the first payment method, or cash."""
        left = next((way for way, money in self.money.items() if money), None)
        method, code = left or ("cash", self.sale.total.currency.code)
        return method, CURRENCIES[code]

    @property
    def remaining(self) -> Money:
        """The money that is paid and neither given as change nor refunded; none when all goods are back."""
        currency = self.sale.total.currency
        is_back = all(known.refunded == known.sold for known in self.lines)
        return Money.zero(currency) if is_back else max(self._stays(), Money.zero(currency))

    def is_given_as_paid(self) -> bool:
        """Whether `money` is what remains: change and refunds were of the money that was paid."""
        refunds = [refund for back in self.returns for refund in back.refunds]
        return is_given_as_paid(self.sale.paid, self.sale.change, refunds)

    def without(self, lines: Sequence[ReturnLine]) -> Returnable:
        """The state before pieces of these lines were counted as returned."""
        counted = {one.line: one.quantity for one in lines}
        before = (replace(one, refunded=one.refunded - counted.get(one.line, 0)) for one in self.lines)
        return replace(self, lines=tuple(before))

    def credit(self, lines: Sequence[ReturnedLine]) -> Money:
        """The refund for these lines, which are not returned yet.

        It is their price plus the rounding of earlier returns of the sale, but at most the money paid and not refunded;
        with the last piece it is all of that money.
        """
        currency = self.sale.total.currency
        stays = max(self._stays(), Money.zero(currency))
        if sum(line.quantity for line in lines) == sum(known.sold - known.refunded for known in self.lines):
            return stays
        worth = total((line.amount for line in lines), currency)
        kept = total((back.rounding for back in self.returns), currency)
        return max(min(worth + kept, stays), Money.zero(currency))

    def _stays(self) -> Money:
        currency = self.sale.total.currency
        paid = total((paid.value for paid in self.sale.paid), currency)
        given = total((change.value for change in self.sale.change), currency)
        refunded = (refund.value for back in self.returns for refund in back.refunds)
        return paid - given - total(refunded, currency)

    def going_back(
        self,
        lines: Sequence[ReturnedLine],
        due: Money,
        preferred: tuple[str, Currency],
        today: RateTable,
        cash: CashRules,
        *,
        in_cash: bool,
    ) -> tuple[Refund, ...]:
        """The refunds of these lines: first towards the amount `due` for other goods, the rest as money.

        Raises BackAtTerminal.
        """
        credit, sale, own = self.credit(lines), self.sale, own_rates(self.sale.paid, self.sale.change)
        way = (preferred[0], preferred[1].code)
        pays = exchanged_for(min(credit, due), self.money, sale.rates, way, own) if due.minor > 0 else ()
        before = [refund for back in self.returns for refund in back.refunds]
        left = left_of(sale.paid, sale.change, (*before, *pays), cash) if pays else self.money
        rest = credit - total((refund.value for refund in pays), credit.currency)
        money, _ = refunds_for(
            rest, preferred, left, sale.rates, today, cash, in_cash=in_cash, as_paid=self.is_given_as_paid(), own=own
        )
        if self.terminal:
            check_back_at_terminal(sale.receipt, self.terminal, sale.paid, sale.change, (*before, *pays, *money))
        return (*pays, *money)


def returnable(work: UnitOfWork, receipt: str, cash: CashRules) -> Returnable:
    """The returnable state of a receipt; raises NoSuchReceipt."""
    sale = sale_with_receipt(work, receipt)
    till, number = sale.till, sale.number
    returns = tuple(work.returns.reversing(till, number))
    refunds = [refund for back in returns for refund in back.refunds]
    money = left_of(sale.paid, sale.change, refunds, cash)
    fiscal = work.fiscal.of_receipt(till, number) if any(one.tender.provider for one in sale.paid) else None
    terminal = fiscal.attempt.partner if fiscal is not None and fiscal.standing is Standing.AT_TERMINAL else ""
    return Returnable(sale, tuple(work.returns.refundable(till, number)), money, returns, terminal)


Rows = tuple[str, int]
"""The location of a return's lines in its file: the name of the list, and the index of the first."""


def check_lines(here: Returnable, lines: Sequence[ReturnLine], rows: Rows = ("lines", 0)) -> None:
    """Refuse impossible lines: no lines, a line not in the sale, a line named twice, no pieces."""
    if not lines:
        raise NothingToReturn(here.sale.receipt)
    known, named = {line.line for line in here.sale.lines}, set[int]()
    for index, line in enumerate(lines, rows[1]):
        field = f"{rows[0]}[{index}]"
        if line.line not in known:
            raise BadField(f"{field}.line", "unknown", str(line.line))
        if line.line in named:
            raise BadField(f"{field}.line", "duplicate", str(line.line))
        if line.quantity < 1:
            raise BadField(f"{field}.quantity", "not_positive", str(line.quantity))
        named.add(line.line)


def lines_back(here: Returnable, lines: Sequence[ReturnLine]) -> tuple[ReturnedLine, ...]:
    """The lines as they would come back; raises as `check_lines` does, and NothingLeftToReturn."""
    check_lines(here, lines)
    sold = {line.line: line for line in here.sale.lines}
    return tuple(_line_back(here, sold[line.line], line) for line in lines)


def _line_back(here: Returnable, line: SaleLine, request: ReturnLine) -> ReturnedLine:
    before = next(known.refunded for known in here.lines if known.line == request.line)
    if before + request.quantity > line.quantity:
        raise NothingLeftToReturn(here.sale.receipt, request.line, request.quantity, line.quantity - before)
    return ReturnedLine(
        of_line=line.line,
        product_id=line.product_id,
        code=line.code,
        name=line.name,
        names=line.names,
        category=line.category,
        quantity=request.quantity,
        amount=worth_of(line.amount, line.quantity, before, request.quantity),
        to=request.to,
        vat=line.vat,
        tax=None if line.tax is None else worth_of(line.tax, line.quantity, before, request.quantity),
        serial=line.serial,
    )


def check_not_back(work: UnitOfWork, lines: Sequence[ReturnedLine], receipt: str | None) -> None:
    """Refuse an item already returned: on its receipt, or (None) since it was last sold; AlreadyReturned."""
    for line in lines:
        if line.serial is None:
            continue
        last = work.pieces.last(line.product_id, line.serial)
        if last is None:
            continue  # sold before items had serial numbers
        if last.back is not None and last.back_at is not None:
            raise AlreadyReturned(line.code, line.serial, last.back, last.back_at)
        if receipt is not None and last.receipt != receipt:  # it was returned without a receipt, and sold again
            raise PieceSold(line.code, line.serial, last.receipt, last.at)
