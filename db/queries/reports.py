"""Questions over recorded facts: the day's figures, and every ledger recomputed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from db.queries import day_report, verify


class SqlReports:
    """Reports over one connection."""

    def __init__(self, connection: Connection, chain: Callable[[str, bytes], str]) -> None:
        self._connection = connection
        self._chain = chain

    def day(self, first: date, last: date, within: tuple[datetime, datetime], till: str | None) -> Mapping[str, Any]:
        """See Reports.day."""
        return day_report.figures(self._connection, first, last, within, till)

    def mismatches(self) -> Sequence[str]:
        """See Reports.mismatches."""
        return list(verify.mismatches(self._connection, self._chain))
