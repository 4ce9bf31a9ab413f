"""Goods that move under a document, as the clerk's step writes it, where a test needs the movement alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pos.application.ports.store import UnitOfWork
from pos.domain.stock.stock import Movement


def under_a_document(work: UnitOfWork, moves: Sequence[Movement], code: str, at: datetime, till: str = "T1") -> None:
    """Goods of one product, of no lot, that left or were adjusted: a document for each, and its
    entry in the journal.
    """
    for move in moves:
        document = f"M-{work.stock.next_number('M'):06d}"
        work.stock.record([move], at, "clerk", document)
        pieces = move.quantity if move.reason == "adjustment" else -move.quantity
        lines = [{"code": code, "lot": None, "quantity": pieces}]
        details = {"document": document, "kind": move.reason, "place": move.location, "to": None, "lines": lines}
        work.journal.write(at, till, "clerk", "move_stock", details)
