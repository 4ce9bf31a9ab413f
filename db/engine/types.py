"""Column types that both engines share: integers for money and time, text for exact decimals."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Boolean, ColumnElement, Date, Integer, String, Table, Text, type_coerce
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import TypeDecorator

Key = BigInteger().with_variant(Integer, "sqlite")
"""A primary key: SQLite numbers rows by itself only under the name INTEGER."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@compiles(BigInteger, "sqlite")
@compiles(Boolean, "sqlite")
def _integer(_type: Any, _compiler: Any, **_: Any) -> str:
    return "INTEGER"


@compiles(String, "sqlite")
@compiles(Text, "sqlite")
@compiles(Date, "sqlite")
def _text(_type: Any, _compiler: Any, **_: Any) -> str:
    # STRICT tables know INTEGER, TEXT, REAL, BLOB and ANY only.
    return "TEXT"


def to_digits(exact: Decimal) -> str:
    """An exact figure in its stored form: never with an exponent."""
    return format(exact, "f")


def to_microseconds(instant: datetime) -> int:
    """Whole microseconds since 1970 in UTC."""
    return (instant.astimezone(UTC) - _EPOCH) // _MICROSECOND


def from_microseconds(count: int) -> datetime:
    """The instant `count` microseconds after 1970."""
    return _EPOCH + count * _MICROSECOND


class Instant(TypeDecorator[datetime]):
    """An instant as whole microseconds since 1970 in UTC: exact, ordered, without a zone to lose.

    It takes, as do the other two, a value also as it is stored.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | int | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        return to_microseconds(value) if isinstance(value, datetime) else value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else from_microseconds(int(value))


class Day(TypeDecorator[date]):
    """A calendar day as text, 2026-11-24."""

    impl = String(10)
    cache_ok = True

    def process_bind_param(self, value: date | str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return value.isoformat() if isinstance(value, date) else value

    def process_result_value(self, value: Any, dialect: Dialect) -> date | None:  # noqa: ARG002 # an override
        return None if value is None else date.fromisoformat(value)


class Exact(TypeDecorator[Decimal]):
    """An exact decimal as text: SQLite has no decimal and a float would lie."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: Decimal | str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return to_digits(value) if isinstance(value, Decimal) else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:  # noqa: ARG002 # an override
        return None if value is None else Decimal(value)


def as_stored(table: Table) -> list[ColumnElement[Any]]:
    """The columns of a table as the integers and texts in the file: readable even if the values are invalid."""
    return [
        type_coerce(column, column.type.impl_instance).label(column.name)
        if isinstance(column.type, TypeDecorator)
        else column
        for column in table.columns
    ]
