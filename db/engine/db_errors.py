"""The meaning of a database error for the person at the till, and for the step that met it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, OperationalError

from pos.domain.errors import Collided, NoConnectionLeft, OutcomeUnknown, StoreError, StoreUnavailable

DB_ERRORS = (DBAPIError, UnicodeDecodeError)
"""The errors of a database or its driver; the second where a damaged file has bytes that are no letters."""

_BY_WORDS = (
    (("malformed", "not a database", "corrupt", "could not decode"), "damaged"),
    (("no such table", "no such column", "already exists"), "damaged"),  # not the version that its header claims
    (("full",), "disk_full"),
    (("disk i/o error",), "disk_failed"),
    (("readonly", "read-only", "unable to open"), "not_writable"),
    (("locked",), "busy"),
    (("authentication failed", "no password supplied", "pg_hba.conf", 'role "'), "login_refused"),
)
"""SQLite names its errors by their words alone, and so does a server that refuses a connection."""
_NO_ROOM = re.compile("too many (connections|clients)|remaining connection slots")
_NO_DATABASE = re.compile('database ".*" does not exist')

_BY_STATE = {
    "22021": "damaged",  # bytes that are no text
    "3D000": "no_such_database",
    "42501": "not_writable",
    "25006": "not_writable",  # a standby, or a session that only reads
    "42P01": "damaged",
    "42703": "damaged",
    "53100": "disk_full",
    "XX001": "damaged",
    "XX002": "damaged",
}
_BY_CLASS = {"28": "login_refused"}
_COLLIDED = ("40001", "40P01", "55P03")
"""Serialization failure, deadlock, a lock that did not come free in time: the transaction is undone whole."""
_AWAY_CLASSES = ("08", "57", "53")
"""Connection lost, server stopping or a statement interrupted, too few resources."""
_NO_ROOM_STATE = "53300"
_LET_GO = "25P03"
"""The server ended a session that had stopped in the middle of a transaction."""


@contextmanager
def translate_db_errors() -> Iterator[None]:
    """Turn the database's own errors into StoreError; refusals and mistakes of the program stay as they are."""
    try:
        yield
    except DB_ERRORS as error:
        trouble = db_error_of(error)
        if trouble is None:
            raise
        raise trouble from error


def db_error_of(error: DBAPIError | UnicodeDecodeError) -> StoreError | None:
    """The meaning of a database error for the person at the till; None where the program itself is at fault.

    For a damaged file SQLite returns sentences with bytes that are no letters, and its driver fails on them.
    """
    if isinstance(error, UnicodeDecodeError):
        return StoreError("damaged", "", str(error))
    words = str(error.orig)
    if (state := getattr(error.orig, "sqlstate", None)) is not None:
        return _by_state(str(state), words)
    if _NO_DATABASE.search(words):
        return StoreError("no_such_database", "", words)
    if _NO_ROOM.search(words):  # a refusal of the login has the name of the role as well
        return NoConnectionLeft(detail=words)
    if error.connection_invalidated:
        return StoreUnavailable(detail=words)
    for phrases, what in _BY_WORDS:
        if any(phrase in words.lower() for phrase in phrases):
            return StoreError(what, "", words)
    return StoreUnavailable(detail=words) if isinstance(error, OperationalError) else None


def _by_state(state: str, words: str) -> StoreError | None:
    if state in _COLLIDED:
        return Collided(detail=words)
    if (what := _BY_STATE.get(state) or _BY_CLASS.get(state[:2])) is not None:
        return StoreError(what, "", words)
    if state == _NO_ROOM_STATE:
        return NoConnectionLeft(detail=words)
    return StoreUnavailable(detail=words) if state == _LET_GO or state[:2] in _AWAY_CLASSES else None


def unknown_of(error: DBAPIError) -> OutcomeUnknown | None:
    """The fact that a COMMIT ended without an answer; None where the server reported that it did not commit."""
    state = getattr(error.orig, "sqlstate", None)
    has_answered = state is not None and state[:2] not in ("08", "57")
    if has_answered or not (error.connection_invalidated or state is not None):
        return None
    return OutcomeUnknown(detail=str(error.orig))
