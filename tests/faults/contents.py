"""All that stands in a store, read past the program, to be compared."""

from __future__ import annotations

from typing import Any

Contents = dict[str, list[tuple[Any, ...]]]

SEARCH = ("product_lookup", "product_part", "product_word")
"""What the tables of the search index begin with: they are made again from the catalogue at will."""


def contents(store: Any, *, without: tuple[str, ...] = ()) -> Contents:
    """Every row of every table of an open SQLite connection, but for tables whose names begin so."""
    names = store.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    tables: Contents = {
        "the tables": store.execute("SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2").fetchall()
    }
    for name, made_by in names:
        if not made_by.startswith("CREATE VIRTUAL") and not (without and name.startswith(without)):
            tables[name] = store.execute(f'SELECT * FROM "{name}"').fetchall()
    return tables
