"""Draft of a return: pieces of each line of a receipt, dispositions, refund method."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pos.application.returns.return_order import ReturnLine, ReturnOrder
from pos.application.returns.returnable import Returnable
from pos.domain.money import CURRENCIES, Currency
from pos.domain.payment.tender import METHODS
from pos.domain.returns.goods_return import DISPOSITIONS, NothingLeftToReturn
from pos.domain.sales.sale import SaleLine


@dataclass(frozen=True, slots=True)
class ReturnedPieces:
    """A number of pieces of a line, and their disposition."""

    quantity: int = 0
    to: str = DISPOSITIONS[0]


@dataclass(frozen=True, slots=True)
class ReturnDraft:
    """A return of one receipt before it is recorded; its `key` stays the same for every attempt.

    `here` says by line number whether the goods have not left the country (see `not_departed`).
    """

    key: str
    returnable: Returnable
    here: Mapping[int, bool]
    method: str
    currency: Currency
    chosen: Mapping[int, ReturnedPieces] = field(default_factory=dict)

    @classmethod
    def of(cls, returnable: Returnable, here: Mapping[int, bool]) -> ReturnDraft:
        """An empty draft with the default refund method."""
        return cls(uuid.uuid4().hex, returnable, here, *returnable.plainest())

    @property
    def lines(self) -> tuple[SaleLine, ...]:
        return self.returnable.sale.lines

    @property
    def pieces(self) -> int:
        return sum(one.quantity for one in self.chosen.values())

    def came_back(self, line: int) -> int:
        """How many pieces of a line were returned before."""
        return next((known.refunded for known in self.returnable.lines if known.line == line), 0)

    def left(self, line: int) -> int:
        """How many pieces of a line may still be returned."""
        return next((known.sold - known.refunded for known in self.returnable.lines if known.line == line), 0)

    def of_line(self, line: int) -> ReturnedPieces:
        return self.chosen.get(line, ReturnedPieces())

    def taking(self, line: int, quantity: int) -> ReturnDraft:
        """Set the pieces of a line; raises NothingLeftToReturn. A negative number counts as zero."""
        left = self.left(line)
        if quantity > left:
            raise NothingLeftToReturn(self.returnable.sale.receipt, line, quantity, left)
        return self._with(line, replace(self.of_line(line), quantity=max(quantity, 0)))

    def everything(self) -> ReturnDraft:
        every = {one.line: replace(self.of_line(one.line), quantity=self.left(one.line)) for one in self.lines}
        return replace(self, chosen=every)

    def going_to(self, line: int, disposition: str) -> ReturnDraft:
        """Set the disposition of a line's goods."""
        return self._with(line, replace(self.of_line(line), to=disposition))

    def methods(self) -> tuple[str, ...]:
        """Cash, and the other payment methods with money not refunded yet."""
        paid = {method for (method, _), money in self.returnable.money.items() if money}
        return tuple(method for method in METHODS if method == "cash" or method in paid)

    def currencies(self) -> tuple[Currency, ...]:
        """The currencies in which the chosen method can refund."""
        if self.method == "cash":
            return tuple(currency for currency in CURRENCIES.values() if self.returnable.sale.rates.knows(currency))
        return tuple(
            CURRENCIES[code]
            for (method, code), money in self.returnable.money.items()
            if method == self.method and money
        )

    def by(self, method: str) -> ReturnDraft:
        """Refund by another method, in a currency that it supports."""
        if method not in self.methods():
            return self
        changed = replace(self, method=method)
        offered = changed.currencies()
        return changed if self.currency in offered or not offered else replace(changed, currency=offered[0])

    def paying_in(self, currency: Currency) -> ReturnDraft:
        """Refund in another currency, if possible."""
        return replace(self, currency=currency) if currency in self.currencies() else self

    def refreshed(self, returnable: Returnable, here: Mapping[int, bool]) -> ReturnDraft:
        """Refresh the draft from the books: no more pieces of a line than can be returned now."""
        fresh = replace(self, returnable=returnable, here={**self.here, **here})
        cut = {line: replace(one, quantity=min(one.quantity, fresh.left(line))) for line, one in self.chosen.items()}
        return replace(fresh, chosen=cut)

    def order(self, reason: str, cashier: str) -> ReturnOrder:
        lines = tuple(
            ReturnLine(one.line, self.of_line(one.line).quantity, self.of_line(one.line).to)
            for one in self.lines
            if self.of_line(one.line).quantity
        )
        receipt = self.returnable.sale.receipt
        return ReturnOrder(self.key, receipt, lines, self.method, self.currency, reason, cashier)

    def _with(self, line: int, pieces: ReturnedPieces) -> ReturnDraft:
        return replace(self, chosen={**self.chosen, line: pieces})
