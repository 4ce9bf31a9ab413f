"""A past sale repeated for another visitor at another time: the same goods for the same money.

The results of the shop's steps hold as long as its rates do; only the differences are computed again. So a past of
years is made in minutes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from db.engine.canonical import dumps
from db.sales.cash import recounted
from db.sales.frozen_rates import rates_content
from db.sales.sale_moves import cash_rows, refundable_rows
from db.sales.sale_rows import Rows, row_content, rows_content, together, visitor_content
from db.seed.past_work import PastWork
from db.tables.sales import outbox, refundable, sale_change, sale_payment
from db.tables.stock import stock_move
from db.tables.visitors import quota_entry
from pos.application.ports.stock_ports import StockDeduction
from pos.application.ports.store import Secrets
from pos.application.ports.visitor_ports import LockedVisitor
from pos.domain.border import border_in_force
from pos.domain.money import Money
from pos.domain.pricing.rates import RateTable
from pos.domain.receipt_number import receipt_number
from pos.domain.sales.sale import Sale
from pos.domain.shifts.shift import Shift
from pos.domain.stock.stock import FLOOR
from pos.domain.visitors.visitor import Visitor

_PRINT_JOB = [{"kind": "receipt", "state": "pending", "copies": 0}]


@dataclass(frozen=True, slots=True)
class SaleReplay:
    """A sale of one visitor, ready to be made again."""

    sale: Sale
    nation: str
    rows: Rows
    contents: Mapping[str, str]
    cash: list[dict[str, Any]]
    counted: list[dict[str, Any]]
    refundable: list[dict[str, Any]]
    quantities: Mapping[int, int]
    given: Mapping[tuple[str, int], int]
    """The notes of its change, by currency and value."""
    journaled: Mapping[str, Any]

    @classmethod
    def of(cls, sold: Sale, journaled: Mapping[str, Any]) -> SaleReplay | None:
        """A sale to be repeated; None for one that needed a decision by a person."""
        if len(sold.visitors) != 1 or sold.approved_by or "retaxed" in journaled:
            return None
        visitor = sold.visitors[0]
        rows = Rows.of(sold, "", {visitor.label: LockedVisitor(0, 0)}, date.min)
        quantities: dict[int, int] = {}
        for line in sold.lines:
            quantities[line.product_id] = quantities.get(line.product_id, 0) + line.quantity
        if len(quantities) < len(sold.lines):
            return None  # two rows of one article: their costs are shared out
        contents = {
            "lines": rows_content(rows.lines),
            "payments": rows_content(rows.payments),
            "change": rows_content(rows.change),
        }
        given = {(x.amount.currency.code, value): many for x in sold.change for value, many in x.notes.items()}
        cash, back = cash_rows(sold), refundable_rows(sold)
        return cls(
            sold, visitor.country, rows, contents, cash, recounted(cash), back, quantities, given, dict(journaled)
        )

    def holds(self, rates: RateTable, quota_rates: Mapping[str, str]) -> bool:
        """True if its money and its allowance come to the same at these rates."""
        if self.sale.rates == rates:
            return True
        used = [paid.tender.amount for paid in self.sale.paid] + [change.amount for change in self.sale.change]
        return self.sale.quota_rates == quota_rates and all(money.currency == border_in_force().price for money in used)

    def may_be(self, work: PastWork, shift: Shift) -> bool:
        """True if its goods are on the floor, and its change in the drawer."""
        drawer = work.shifts.drawer(shift)
        return all(work.stock.on_hand(product) >= many for product, many in self.quantities.items()) and all(
            drawer.get(code, {}).get(value, 0) >= many for (code, value), many in self.given.items()
        )

    def again(
        self, work: PastWork, secrets: Secrets, shift: Shift, visitor: Visitor, key: str, at: datetime, frozen: str,
        today: date,
    ) -> None:  # fmt: skip
        """Write it once more; `frozen` are the rates of the day in their stored form."""
        till, cashier, total = shift.till, shift.holder, Money(self.rows.sale["total_minor"], self.sale.total.currency)
        moves = self._moves(work, at, cashier)
        work.keys.claim(key, secrets.request(key.encode()), at)
        person = work.visitors.lock([visitor], at)[visitor.label].visitor
        entry = work.register.take_number(till, total)
        row = {
            **self.rows.sale,
            "till": till,
            "number": entry.number,
            "key": key,
            "at": at,
            "business_date": today,
            "cashier": cashier,
            "shift_id": shift.id,
            "nationality": visitor.nationality,
            "rates": frozen,
            "visitors": dumps([visitor_content(visitor)]),
            "before": entry.chain,
        }
        quota = [{**one, "visitor_id": person, "at": at} for one in self.rows.quota]
        contents = {**self.contents, "quota": rows_content(quota), "sale": row_content(row)}
        mac = secrets.chain(entry.chain, together(contents))
        sale_id = work.sales.write_head({**row, "mac": mac})
        work.sales.write_lines(self.rows.lines, sale_id)
        work.sales.write_judgements(self.rows.judgements, sale_id)
        work.sales.write_rows(sale_payment, self.rows.payments, sale_id)
        work.sales.write_rows(sale_change, self.rows.change, sale_id)
        work.sales.write_rows(quota_entry, quota, sale_id)
        work.sales.write_rows(refundable, self.refundable, sale_id)
        cash = [{**one, "shift_id": shift.id, "at": at, "sale_id": sale_id} for one in self.cash]
        work.sales.write_drawer_again(cash, [{**one, "shift_id": shift.id} for one in self.counted])
        work.sales.write_rows(stock_move, moves, sale_id)
        work.sales.write_rows(outbox, _PRINT_JOB, sale_id)
        work.register.close_chain(till, mac)
        details = {**self.journaled, "receipt": receipt_number(till, entry.number), "mac": mac}
        work.journal.write(at, till, cashier, "sale", details)

    def _moves(self, work: PastWork, at: datetime, cashier: str) -> list[dict[str, Any]]:
        moves = []
        for line in self.sale.lines:
            parts = work.stock.take(StockDeduction(line.product_id, line.quantity))
            assert parts is not None, "see may_be"
            moves += [
                {
                    "product_id": line.product_id,
                    "line_no": line.line,
                    "reason": "sale",
                    "at": at,
                    "person": cashier,
                    "place": FLOOR,
                    "quantity": -part.quantity,
                    "lot_id": part.lot,
                    "cost_minor": None if part.cost is None else -part.cost,
                }
                for part in parts
            ]
        return moves


def frozen_rates(rates: RateTable, quota_rates: Mapping[str, str]) -> str:
    """The rates of a day as its sales keep them."""
    return dumps(rates_content(rates, quota_rates))
