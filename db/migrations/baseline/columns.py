"""The words in which the tables of the first version are written: their collection, and the types of their columns."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Boolean, Integer, LargeBinary, MetaData, String, Table, Text, text
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeEngine

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# STRICT tables of SQLite know INTEGER, TEXT, REAL, BLOB and ANY only.
WHOLE = BigInteger().with_variant(Integer(), "sqlite")
SMALL = Integer()
FLAG = Boolean().with_variant(Integer(), "sqlite")
INSTANT = WHOLE
"""Microseconds since 1970 in UTC."""
TEXT = Text()
BYTES = LargeBinary()


def chars(most: int) -> TypeEngine[Any]:
    """A text of at most so many characters, where the engine counts them."""
    return String(most).with_variant(Text(), "sqlite")


DAY, EXACT = chars(10), chars(32)
"""A calendar day, 2026-11-24; a decimal figure, digit for digit."""


def table(name: str, *items: SchemaItem, clustered: bool = False, once: bool = False) -> None:
    """A STRICT table; `clustered` without row ids; `once` where no number is given twice."""
    options: dict[str, Any] = {"sqlite_strict": True}
    if once:
        options["sqlite_autoincrement"] = True
    if clustered:
        options["sqlite_with_rowid"] = False
    Table(name, metadata, *items, **options)


def where(condition: str, on_postgresql: str = "") -> dict[str, Any]:
    """The options of an index of the rows for which `condition` holds."""
    return {"sqlite_where": text(condition), "postgresql_where": text(on_postgresql or condition)}
