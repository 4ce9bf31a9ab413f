"""Whether a piece with a marking code has come back already."""

from __future__ import annotations

from collections.abc import Sequence

from pos.application.ports.store import UnitOfWork
from pos.domain.catalogue.piece import AlreadyReturned, PieceSold
from pos.domain.returns.goods_return import ReturnedLine


def check_not_back(work: UnitOfWork, lines: Sequence[ReturnedLine], receipt: str | None) -> None:
    """Refuse a piece that has come back already: of its receipt, or (None) since it was sold last; AlreadyReturned."""
    for line in lines:
        if line.serial is None:
            continue
        last = work.pieces.last(line.product_id, line.serial)
        if last is None:
            continue  # sold before pieces were told apart
        if last.back is not None and last.back_at is not None:
            raise AlreadyReturned(line.code, line.serial, last.back, last.back_at)
        if receipt is not None and last.receipt != receipt:  # it came back without a receipt, and was sold again
            raise PieceSold(line.code, line.serial, last.receipt, last.at)
