"""The center's database as a store of transactions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime

import psycopg
from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from db.center.accounts import SqlAccounts, SqlSessions, SqlWrongPasswords
from db.center.audit import SqlCenterAudit
from db.center.console_reading import SqlConsoleReading
from db.center.erasure import ERASED, SqlErasure
from db.center.journal import ChainEnds, SqlCenterJournal, SqlFlags
from db.center.lookups import SqlLookups
from db.center.members import SqlMembers
from db.center.rates import SqlCustomsRates
from db.center.regimes import SqlRegimeFiles
from db.center.requests import SqlAnsweredRequests
from db.center.reservations import SqlCenterReservations
from db.center.visitors import SqlCenterVisitors
from db.engine.db_errors import translate_db_errors, unknown_of
from pos.domain.errors import NoConnectionLeft, OutcomeUnknown, StoreError

ChainStep = Callable[[str, bytes], bytes]

_OPTIONS = (
    "-c statement_timeout=5s -c lock_timeout=2500ms -c idle_in_transaction_session_timeout=10s"
    " -c tcp_keepalives_idle=15 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"
)
_CONNECTIONS = 20
"""Of one process; the server wants hundreds, not thousands."""
_WAITS = 3.0


class SqlCenterWork:
    """The repositories of one open transaction."""

    def __init__(self, connection: Connection, chained: ChainStep, now: Callable[[], datetime]) -> None:
        self._connection = connection
        ends: ChainEnds = {}
        self.members = SqlMembers(connection, ends)
        self.visitors = SqlCenterVisitors(connection, now)
        self.reservations = SqlCenterReservations(connection)
        self.answered = SqlAnsweredRequests(connection)
        self.journal = SqlCenterJournal(connection, chained, ends)
        self.flags = SqlFlags(connection)
        self.rates = SqlCustomsRates(connection)
        self.regimes = SqlRegimeFiles(connection)
        self.lookups = SqlLookups(connection)
        self.audit = SqlCenterAudit(connection)
        self.erasure = SqlErasure(connection)
        self.accounts = SqlAccounts(connection)
        self.sessions = SqlSessions(connection)
        self.wrong_passwords = SqlWrongPasswords(connection)
        self.console = SqlConsoleReading(connection)

    def commit(self) -> None:
        """Raises OutcomeUnknown where the server did not say that it is kept, here and on its standby.

        The wait for a standby has no time limit: a COMMIT cancelled there is kept here, and only a warning says so.
        """
        warned: list[str] = []
        raw = self._connection.connection.driver_connection
        assert isinstance(raw, psycopg.Connection), "the center is on PostgreSQL"

        def notice(message: psycopg.errors.Diagnostic) -> None:
            if message.severity_nonlocalized == "WARNING":
                warned.append(message.message_primary or "")

        raw.add_notice_handler(notice)
        try:
            self._connection.exec_driver_sql("SET LOCAL statement_timeout = 0; COMMIT")  # in one message to the server
            self._connection.commit()
        except DBAPIError as error:
            unknown = unknown_of(error)
            if unknown is None:
                raise
            raise unknown from error
        finally:
            raw.remove_notice_handler(notice)
        if warned:
            raise OutcomeUnknown(detail=warned[0])

    def standby(self) -> str:
        """`synchronous` or `streaming` where a standby follows, `none` where there is none."""
        states = self._connection.exec_driver_sql("SELECT sync_state FROM pg_stat_replication").scalars().all()
        if any(state in ("sync", "quorum") for state in states):
            return "synchronous"
        return "streaming" if states else "none"


class SqlCenterStore:
    """Transactions at the center's database; `chained` is the hash of the journal."""

    def __init__(self, engine: Engine, chained: ChainStep, now: Callable[[], datetime]) -> None:
        self._engine = engine
        self._chained = chained
        self._now = now

    def begin(self) -> AbstractContextManager[SqlCenterWork]:
        return self._work()

    def reading(self) -> AbstractContextManager[SqlCenterWork]:
        """One state of the database from the first question to the last."""
        return self._work("REPEATABLE READ")

    def single_read(self) -> AbstractContextManager[SqlCenterWork]:
        """For one question alone: no transaction is begun and ended around it."""
        return self._work("AUTOCOMMIT")

    def clean(self) -> None:
        with translate_db_errors(), self._connected() as connection:
            alone = connection.execution_options(isolation_level="AUTOCOMMIT")
            alone.exec_driver_sql("SET statement_timeout = 0")
            alone.exec_driver_sql(f"VACUUM {', '.join(ERASED)}")
            alone.exec_driver_sql("RESET statement_timeout")

    @contextmanager
    def _work(self, isolation: str = "READ COMMITTED") -> Iterator[SqlCenterWork]:
        with translate_db_errors(), self._connected() as connection:
            connection = connection.execution_options(isolation_level=isolation)
            yield SqlCenterWork(connection, self._chained, self._now)

    def _connected(self) -> Connection:
        try:
            return self._engine.connect()
        except PoolTimeout as error:
            raise NoConnectionLeft(detail=str(error)) from error

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


class _Timelines:
    """The newest timeline of the database that this process has seen.

    A standby that is promoted begins a new one. A server on an older one is the primary of before, started again beside
    it: what would be sent to it is lost, so no connection to it is taken.
    """

    def __init__(self) -> None:
        self._newest = 0

    def check(self, raw: psycopg.Connection, _record: object) -> None:
        """Raises StoreError."""
        row = raw.execute(_TIMELINE).fetchone()
        raw.rollback()
        timeline = 0 if row is None or row[0] is None else int(row[0], 16)
        if timeline and timeline < self._newest:
            where = raw.info.host
            raw.close()
            raise StoreError("center_old_primary", where)
        self._newest = max(self._newest, timeline)


_TIMELINE = "SELECT CASE WHEN pg_is_in_recovery() THEN NULL ELSE left(pg_walfile_name(pg_current_wal_lsn()), 8) END"


def open_engine(url: URL, connections: int = _CONNECTIONS, seconds: float = _WAITS) -> Engine:
    """The connections of one process of the service; several hosts may stand in the address.

    A step waits for one of them for so many `seconds` at most. None is taken to a server that was the primary before:
    connecting raises StoreError.
    """
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        isolation_level="READ COMMITTED",
        connect_args={"connect_timeout": 3, "tcp_user_timeout": 4000, "options": _OPTIONS, "client_encoding": "utf8"},
        pool_size=connections,
        max_overflow=0,
        pool_timeout=seconds,
        pool_pre_ping=True,
        use_native_hstore=False,
        hide_parameters=True,
    )
    event.listen(engine, "connect", _Timelines().check)
    return engine
