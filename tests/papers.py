"""Goods that left under a paper, as the clerk's step writes it, where a test needs the movement alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from db.unit_of_work import SqlUnitOfWork
from pos.domain.stock import Movement


def under_a_paper(work: SqlUnitOfWork, moves: Sequence[Movement], code: str, at: datetime, till: str = "T1") -> None:
    """Goods of one product, of no lot, that left: a paper for each place, and its entry in the journal."""
    for move in moves:
        document = f"M-{work.stock.next_number('M'):06d}"
        work.stock.record([move], at, "clerk", document)
        lines = [{"code": code, "lot": None, "quantity": -move.quantity}]
        told = {"document": document, "kind": move.reason, "place": move.place, "to": None, "lines": lines}
        work.journal.write(at, till, "clerk", "move_stock", told)
