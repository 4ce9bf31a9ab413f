"""A connection to PostgreSQL with a time limit for every answer.

The settings of TCP detect a cut cable. Where a device in between still accepts our bytes, or the server hangs with its
disk, the wait would never end: it ends here.
"""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.pq import TransactionStatus

ANSWER = 5.5
"""Seconds for a statement: the server gives up a little sooner and reports it."""
READING = 15.5
"""The same for reads, which lock nothing: a report of a year may take long."""
COMMIT = 4.0
"""Seconds for a COMMIT: within six the person at the till has to see that its outcome is unknown."""


class TimeoutConnection(psycopg.Connection[Any]):
    """A psycopg connection with a time limit; it is closed after that, because a late answer would be misread.

    `patience` is in seconds; None waits for ever (migrations, copies of a shop).
    """

    patience: float | None = ANSWER

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        try:
            return super().wait(gen, interval=interval, timeout=self.patience if timeout is None else timeout)
        except psycopg.OperationalError as error:
            if not self.closed and self.pgconn.transaction_status == TransactionStatus.ACTIVE:  # unanswered
                self.close()
                raise psycopg.OperationalError("the database server did not answer in time") from error
            raise

    def commit(self) -> None:
        patience = self.patience
        self.patience = None if patience is None else min(patience, COMMIT)
        try:
            super().commit()
        finally:
            self.patience = patience
