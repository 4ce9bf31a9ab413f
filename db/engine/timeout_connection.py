"""A connection to PostgreSQL that waits for an answer only so long.

The settings of TCP notice a cut cable. Where something in between still takes our bytes, or the server hangs with its
disk, nothing would ever end the wait: it ends here.
"""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.pq import TransactionStatus

ANSWER = 5.5
"""Seconds for a statement: the server gives up a little sooner and reports it."""
READING = 15.5
"""The same where nothing is locked: a report of a year may take long."""
COMMIT = 4.0
"""Seconds for a COMMIT: within six the person at the till has to see that its outcome is unknown."""


class TimeoutConnection(psycopg.Connection[Any]):
    """A psycopg connection whose waits end; it is closed then, for an answer that came late would be misread.

    `patience` is in seconds; None waits for ever (migrations, copies of a whole shop).
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
