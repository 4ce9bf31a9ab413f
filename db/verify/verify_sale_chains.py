"""The chain of sales: the content of each, and that each follows the one before it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from sqlalchemy import Connection, select

from db.engine.canonical import Chain
from db.engine.stored_rows import stored_rows
from db.engine.types import as_stored
from db.sales.sales import SqlSales
from db.tables.sales import sale
from db.tables.shop import register
from db.verify.pages import Page, sale_pages
from pos.domain.receipt_number import receipt_number


def sale_chain_mismatches(connection: Connection, chain: Chain) -> Iterator[str]:
    """One line for each sale that is not as its till wrote it, or not where."""
    yield from sale_chain_lines(connection, changed_sales(connection, chain, sale_pages(connection)))


def changed_sales(connection: Connection, chain: Chain, pages: Iterable[Page]) -> set[int]:
    """The ids of the sales on these pages whose content is not what their hash covers.

    In the order of their ids, in which their rows lie beside each other.
    """
    sales = SqlSales(connection, chain)
    changed: set[int] = set()
    for page in pages:
        rows = list(stored_rows(connection, select(*as_stored(sale)).where(*page.has(sale.c.id)).order_by(sale.c.id)))
        changed.update(row.id for row, is_whole in zip(rows, sales.are_whole(rows), strict=True) if not is_whole)
    return changed


def sale_chain_lines(connection: Connection, changed: Collection[int]) -> Iterator[str]:
    """The lines of the chains of all tills, of which the content of these sales was changed."""
    heads: dict[str, str] = {}
    columns = sale.c.id, sale.c.till, sale.c.number, sale.c.before, sale.c.mac
    in_order = select(*columns).order_by(sale.c.till, sale.c.number)
    for row in stored_rows(connection, in_order, all_at_once=False):
        if row.before != heads.get(row.till, ""):
            yield f"chain of sales {receipt_number(row.till, row.number)}: does not follow the sale before it"
        if row.id in changed:
            yield f"chain of sales {receipt_number(row.till, row.number)}: its content was changed"
        heads[row.till] = row.mac
    remembered = {row.till: row.chain for row in connection.execute(select(register))}
    for till in sorted(heads.keys() | remembered.keys()):
        if heads.get(till, "") != remembered.get(till, ""):
            yield f"chain of sales {till}: the register remembers another last sale"
