"""Pieces with a marking code against the lines that sold them and their returns."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from db.tables.sales import return_line, sale_line
from db.tables.stock import piece
from db.verify.pages import receipts_of


def piece_mismatches(connection: Connection) -> Iterator[str]:
    """One line for each piece without its line, each line without its piece, and each returned one without a return."""
    marked = select(
        sale_line.c.sale_id, sale_line.c.line_no, sale_line.c.product_id, sale_line.c.serial, sale_line.c.quantity
    ).where(sale_line.c.serial.is_not(None))
    lines = {(row.sale_id, row.line_no): row for row in connection.execute(marked)}
    back = select(return_line).where(return_line.c.serial.is_not(None))
    returned = {(row.sale_id, row.product_id, row.serial): row for row in connection.execute(back)}
    pieces = connection.execute(select(piece).order_by(piece.c.id)).all()
    if not (lines or returned or pieces):  # nearly always
        return
    named = {one.sale_id for one in pieces} | {key_[0] for key_ in lines} | {key[0] for key in returned}
    receipts = receipts_of(connection, named)
    seen: set[tuple[int, int]] = set()
    freed: set[tuple[int, int, str]] = set()
    for one in pieces:
        key_ = (one.sale_id, one.line_no)
        name = f"piece {one.serial} on line {one.line_no} of {receipts.get(one.sale_id, 'no sale')}"
        line = lines.get(key_)
        if line is None or (line.product_id, line.serial) != (one.product_id, one.serial):
            yield f"{name}: the sale has no such piece"
        elif line.quantity != 1:
            yield f"{name}: the line has {line.quantity} pieces"
        if key_ in seen:
            yield f"{name}: it is kept twice"
        seen.add(key_)
        if one.back_in is None:
            continue
        came = returned.get((one.back_in, one.product_id, one.serial))
        freed.add((one.back_in, one.product_id, one.serial))
        if came is None:
            yield f"{name}: no return brought it back"
        elif came.reverses is not None and (came.reverses, came.of_line) != (receipts.get(one.sale_id), one.line_no):
            yield f"{name}: the return is of another line"
    for key_ in sorted(lines.keys() - seen):
        yield f"line {key_[1]} of {receipts[key_[0]]}: its piece {lines[key_].serial} is not kept"
    for key in sorted(returned.keys() - freed):
        if returned[key].reverses is not None:
            yield f"return {receipts[key[0]]}: its piece {key[2]} is still sold"
