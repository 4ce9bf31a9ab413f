"""Rows removed from a basket, as the journal names them: also when the removal is undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pos.application.ports.store import UnitOfWork
from pos.domain.sales.cart_line import CartLine


@dataclass(frozen=True, slots=True)
class VoidedRow:
    """Removed pieces of a row, and who removed them."""

    by: str
    details: Mapping[str, object]


def voided(line: CartLine, pieces: int) -> dict[str, object]:
    """The journal entry of removed pieces."""
    return {"code": line.product.code, "quantity": pieces, "amount": str(line.worth(pieces))}


def record_void(work: UnitOfWork, line: CartLine, pieces: int, by: str, at: datetime, till: str) -> VoidedRow:
    """Record the removal of `pieces` of a row."""
    row = VoidedRow(by, voided(line, pieces))
    work.journal.write(at, till, by, "void", row.details)
    return row


def withdraw_void(work: UnitOfWork, row: VoidedRow, at: datetime, till: str) -> None:
    """Record that the pieces are back in the basket. The journal keeps both; reports count neither."""
    work.journal.write(at, till, row.by, "take_back_void", row.details)
