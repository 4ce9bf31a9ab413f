"""The regime files of the center."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select
from sqlalchemy.dialects.postgresql import insert as insert_or

from db.center.tables import regime_approval, regime_file
from pos.application.center.ports import ProposedRegime, RegimeInForce

_FILES: Select[Any] = select(
    regime_file, regime_approval.c.by.label("approved_by"), regime_approval.c.at.label("approved_at")
).outerjoin(regime_approval, regime_approval.c.file_id == regime_file.c.id)


class SqlRegimeFiles:
    """Files over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def propose(self, file: RegimeInForce, starts_on: date, by: str, at: datetime) -> int:
        row = {
            "regime": file.regime.id,
            "digest": file.digest,
            "content": file.content,
            "starts_on": starts_on,
            "by": by,
            "at": at,
        }
        return int(self._connection.execute(insert(regime_file).values(row).returning(regime_file.c.id)).scalar_one())

    def approve(self, number: int, by: str, at: datetime) -> bool:
        row = insert_or(regime_approval).values(file_id=number, by=by, at=at).on_conflict_do_nothing()
        return self._connection.execute(row.returning(regime_approval.c.file_id)).one_or_none() is not None

    def of(self, number: int) -> ProposedRegime | None:
        row = self._connection.execute(_FILES.where(regime_file.c.id == number)).one_or_none()
        return None if row is None else _proposed(row)

    def all(self) -> Sequence[ProposedRegime]:
        return [_proposed(row) for row in self._connection.execute(_FILES.order_by(regime_file.c.id))]


def _proposed(row: Row[Any]) -> ProposedRegime:
    return ProposedRegime(
        row.id,
        row.regime,
        row.digest,
        bytes(row.content),
        row.starts_on,
        row.by,
        row.at,
        row.approved_by,
        row.approved_at,
    )
