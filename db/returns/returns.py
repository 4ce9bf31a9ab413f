"""Returns: the returnable pieces, and the returned ones, in the numbering of the sales."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import Connection, Select, bindparam, insert, select, update

from db.receipts.receipt_search import receipts_found
from db.returns.returned_goods import put_back
from db.sales.cash import notes_text, write_cash
from db.sales.return_reading import return_from
from db.sales.sale_rows import Rows
from db.sales.sales_with_rates import SALES_WITH_RATES, sale_row
from db.sales.sealed_texts import sealed_ids
from db.stock.pieces import write_back
from db.tables.sales import outbox, refund, refundable, return_line, sale
from pos.application.ports.return_ports import FoundReceiptPage, ReceiptFilter, Refundable, Sought
from pos.application.ports.visitor_ports import Keys
from pos.domain.receipt_number import receipt_number
from pos.domain.returns.goods_return import GoodsReturn

_SALES = ReceiptFilter()
_IN_SALE = (
    select(sale.c.id)
    .where(sale.c.till == bindparam("of_till"), sale.c.number == bindparam("of_number"))
    .scalar_subquery()
)
_ADD_RETURNED = (
    update(refundable)
    .where(
        refundable.c.sale_id == _IN_SALE,
        refundable.c.line_no == bindparam("of_line"),
        refundable.c.refunded + bindparam("n") <= refundable.c.sold,
    )
    .values(refunded=refundable.c.refunded + bindparam("n"))
    .returning(refundable.c.refunded)
)
_REFUNDABLE = select(refundable).where(refundable.c.sale_id == _IN_SALE).order_by(refundable.c.line_no)
_RETURN = SALES_WITH_RATES.where(sale.c.kind == "return")
_BY_KEY = _RETURN.where(sale.c.key == bindparam("key"))
_BY_NUMBER = _RETURN.where(sale.c.till == bindparam("till"), sale.c.number == bindparam("number"))
_REVERSING = (
    _RETURN.join(return_line, return_line.c.sale_id == sale.c.id)
    .where(return_line.c.reverses == bindparam("receipt"))
    .distinct()
    .order_by(sale.c.at, sale.c.id)
)


class SqlReturns:
    """Returns over one connection; `chain` is Secrets.chain."""

    def __init__(self, connection: Connection, chain: Callable[[str, bytes], str]) -> None:
        self._connection = connection
        self._chain = chain

    def refundable(self, till: str, number: int) -> Sequence[Refundable]:
        rows = self._connection.execute(_REFUNDABLE, {"of_till": till, "of_number": number})
        return [Refundable(row.line_no, row.sold, row.refunded) for row in rows]

    def add_returned(self, till: str, number: int, line: int, quantity: int) -> int | None:
        """One conditional UPDATE, so that two tills cannot refund one piece twice."""
        values = {"of_till": till, "of_number": number, "of_line": line, "n": quantity}
        return self._connection.execute(_ADD_RETURNED, values).scalar_one_or_none()

    def record(self, back: GoodsReturn, before: str, business_date: date) -> GoodsReturn:
        rows = Rows.of_return(back, before, business_date)
        mac = self._chain(before, rows.content())
        row = sale_row({**rows.sale, "mac": mac}, partial(sealed_ids, self._connection))
        sale_id = self._connection.execute(insert(sale).returning(sale.c.id), row).scalar_one()
        self._many(return_line, rows.returned, sale_id)
        self._many(refund, rows.refunds, sale_id)
        write_cash(self._connection, [{**row, "sale_id": sale_id} for row in _cash(back)])
        put_back(self._connection, back, sale_id)
        write_back(self._connection, back, sale_id)
        if back.exchanged_in is None:  # else it is on the document of its sale
            print_job = {"sale_id": sale_id, "kind": "receipt", "state": "pending", "copies": 0}
            self._connection.execute(insert(outbox), print_job)
        return replace(back, mac=mac)

    def with_key(self, key: str) -> GoodsReturn | None:
        return self._one(_BY_KEY, {"key": key})

    def by_number(self, till: str, number: int) -> GoodsReturn | None:
        return self._one(_BY_NUMBER, {"till": till, "number": number})

    def find(
        self,
        sought: Sequence[Sought],
        visitor: Keys | None,
        limit: int,
        before: int | None,
        filters: ReceiptFilter = _SALES,
    ) -> FoundReceiptPage:
        return receipts_found(self._connection, sought, visitor, limit, before, filters)

    def reversing(self, till: str, number: int) -> Sequence[GoodsReturn]:
        rows = self._connection.execute(_REVERSING, {"receipt": receipt_number(till, number)}).all()
        return [return_from(self._connection, row) for row in rows]

    def _many(self, table: Any, rows: Sequence[dict[str, Any]], sale_id: int) -> None:
        if rows:
            self._connection.execute(insert(table), [{**row, "sale_id": sale_id} for row in rows])

    def _one(self, statement: Select[Any], parameters: dict[str, Any]) -> GoodsReturn | None:
        row = self._connection.execute(statement, parameters).one_or_none()
        return None if row is None else return_from(self._connection, row)


def _cash(back: GoodsReturn) -> list[dict[str, Any]]:
    return [
        {
            "shift_id": back.shift,
            "kind": "refund",
            "currency": refund.amount.currency.code,
            "amount_minor": -refund.amount.minor,
            "at": back.at,
            "notes": None if refund.notes is None else notes_text(refund.notes),
        }
        for refund in back.refunds
        if refund.method == "cash"
    ]
