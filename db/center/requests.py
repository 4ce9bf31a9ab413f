"""What was answered under which key."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.postgresql import insert

from db.center.tables import request
from pos.application.center.refusals import KeyReused


class SqlAnsweredRequests:
    """Keys of requests over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def claim(self, key: str, digest: bytes, at: datetime) -> str | None:
        """Waits for a transaction that has claimed the same key and is not ended."""
        row = insert(request).values(key=key, digest=digest, at=at)
        claimed = row.on_conflict_do_nothing().returning(request.c.key)
        if self._connection.execute(claimed).one_or_none() is not None:
            return None
        before = self._connection.execute(select(request).where(request.c.key == key)).one()
        if before.digest != digest:
            raise KeyReused(key.partition("/")[2])
        answer: str = before.answer
        return answer

    def answer(self, key: str, answer: str) -> None:
        self._connection.execute(update(request).where(request.c.key == key).values(answer=answer))
