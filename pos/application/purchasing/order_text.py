"""Read an order from a file: JSON, or a table of codes, pieces and costs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from pos.application.purchasing.purchase_orders import OrderDraft, OrderDraftLine, OrderView, PurchaseOrders
from pos.application.tables.raw_table import RawTable, bare, check_there, column_indexes, is_too_wide
from pos.application.text.json_fields import (
    read_cost,
    read_day,
    read_line_text,
    read_list,
    read_object,
    read_text,
    read_whole,
)
from pos.domain.errors import BadField
from pos.domain.money import Currency, Money, currency
from pos.domain.purchasing.purchase_order import MOST_LINES
from pos.domain.staff.staff import Person

_COLUMNS = ("code", "pieces", "cartons", "cost", "currency")
_KNOWN = {bare(name): name for name in _COLUMNS} | {"barcode": "code", "quantity": "pieces", "qty": "pieces"}
_WHOLE = re.compile(r"[0-9]{1,7}")


def read_order(value: object, price: Currency) -> OrderDraft:
    """Read the file of `order new`: a cost of null stays unknown, one that is left out is proposed.

    Raises a BadInput naming the field.
    """
    order = read_object(value, "order", ("supplier", "expected_on", "note", "origin", "lines"))
    lines = []
    for number, raw in enumerate(read_list(order, "lines", "", MOST_LINES)):
        field = f"lines[{number}]"
        line = read_object(raw, field, ("code", "pieces", "cartons", "cost"))
        pieces, cartons = line.get("pieces"), line.get("cartons")
        lines.append(
            OrderDraftLine(
                read_text(line.get("code"), f"{field}.code"),
                None if pieces is None else read_whole(pieces, f"{field}.pieces"),
                read_cost(line.get("cost"), f"{field}.cost", price),
                None if cartons is None else read_whole(cartons, f"{field}.cartons"),
                takes_last_cost="cost" not in line,
            )
        )
    return OrderDraft(
        lines,
        read_line_text(order.get("supplier"), "supplier"),
        read_day(order.get("expected_on"), "expected_on"),
        read_line_text(order.get("note"), "note"),
        read_line_text(order.get("origin"), "origin") or "hand",
    )


@dataclass(frozen=True, slots=True)
class OrderFromFile:
    """Makes an order from a CSV with the columns code, pieces or cartons, and optionally cost and currency.

    Where it has no cost, that of the supplier's last delivery is proposed.
    """

    orders: PurchaseOrders
    open_table: Callable[[Path], AbstractContextManager[RawTable]]
    price: Callable[[], Currency]

    def __call__(self, path: Path, person: Person, order: OrderDraft | None = None) -> OrderView:
        """Make it, whole or not at all; `order` holds the supplier, the day, the note. Raises as the orders do."""
        draft = order or OrderDraft(())
        return self.orders.make(replace(draft, lines=self.read(path), origin="file"), person)

    def read(self, path: Path) -> list[OrderDraftLine]:
        """The order in the file. Raises BadField naming row and column."""
        lines = []
        with self.open_table(path) as table:
            indexes = column_indexes(table.header, _KNOWN)
            check_there(["code"], indexes)
            if "cartons" not in indexes:
                check_there(["pieces"], indexes)
            for raw in table.rows:
                if raw.fault:
                    raise BadField(f"row {raw.line}", raw.fault)
                if is_too_wide(raw.cells, len(table.header)):
                    raise BadField(f"row {raw.line}", "too_many_cells")
                cells = {name: raw.cells[index].strip() for name, index in indexes.items() if index < len(raw.cells)}
                if any(cells.values()):
                    lines.append(_row(cells, raw.line, self.price()))
                if len(lines) > MOST_LINES:
                    raise BadField("FILE", "too_long", path.name)
        if not lines:
            raise BadField("FILE", "empty", path.name)
        return lines


def _row(cells: Mapping[str, str], line: int, price: Currency) -> OrderDraftLine:
    where = f"row {line}, "

    def whole(name: str) -> int | None:
        text = cells.get(name, "")
        if not text:
            return None
        if not _WHOLE.fullmatch(text):
            raise BadField(where + name, "not_a_whole_number", text[:40])
        return int(text)

    cost = cells.get("cost", "")
    of = currency(cells["currency"].upper(), f"{where}currency") if cells.get("currency") else price
    code = cells.get("code", "")
    if not code:
        raise BadField(f"{where}code", "missing")
    money = Money.parse(cost, of, f"{where}cost") if cost else None
    return OrderDraftLine(code, whole("pieces"), money, whole("cartons"), where, takes_last_cost=money is None)
