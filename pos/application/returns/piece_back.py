"""Check whether an item with a marking code was already returned."""

from __future__ import annotations

from collections.abc import Sequence

from pos.application.ports.store import UnitOfWork
from pos.domain.catalogue.piece import AlreadyReturned, PieceSold
from pos.domain.returns.goods_return import ReturnedLine


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
