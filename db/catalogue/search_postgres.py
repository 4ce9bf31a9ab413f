"""The index of goods on PostgreSQL, of its core features: words as lexemes, and the texts for substring search.

`product_word` holds the same as SQLite's index of that name; its lexemes match as a whole or by prefix. `product_part`
is read in full, which takes milliseconds for the goods of a shop; where the server offers `pg_trgm` to every role, the
newest tables have an index of it that answers the same query.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Executable, MetaData, Table, Text, and_, bindparam, select, text

_WORD = re.compile(r"\w+")
_LONGEST_WORD = 500

_PART = Table("product_part", MetaData(), Column("product_id", BigInteger, primary_key=True), Column("text", Text))
_INSERT_WORD = "INSERT INTO product_word (product_id, words) VALUES (%s, array_to_tsvector(%s))"
_INSERT_PART = "INSERT INTO product_part (product_id, text) VALUES (%s, %s)"
DELETES = (
    text("DELETE FROM product_word WHERE product_id = :id"),
    text("DELETE FROM product_part WHERE product_id = :id"),
)
_FIND_WORD = text("SELECT product_id FROM product_word WHERE words @@ CAST(:query AS tsquery) ORDER BY product_id")


def write(connection: Connection, texts: Iterable[tuple[int, str, str]]) -> None:
    """Index products given as (id, words, parts)."""
    known = list(texts)
    words = [(product_id, lexemes(plain)) for product_id, plain, _ in known]
    connection.exec_driver_sql(_INSERT_WORD, words)
    connection.exec_driver_sql(_INSERT_PART, [(product_id, parts.lower()) for product_id, _, parts in known])


def lexemes(plain: str) -> list[str]:
    """The words of a text, each once."""
    return sorted({word[:_LONGEST_WORD] for word in _WORD.findall(plain)})


def having_words(words: Sequence[tuple[str, bool]]) -> tuple[Executable, dict[str, Any]]:
    """The query for goods that have all of these words, those with True as prefixes."""
    query = " & ".join(f"{_quoted(word)}{':*' if is_begun else ''}" for word, is_begun in words)
    return _FIND_WORD, {"query": query}


def having_parts(pieces: Sequence[str]) -> tuple[Executable, dict[str, Any]]:
    """The query for goods whose names and codes contain all of these pieces."""
    conditions = [_PART.c.text.contains(bindparam(f"piece{no}"), autoescape=False) for no in range(len(pieces))]
    values = {f"piece{no}": _unlike(piece) for no, piece in enumerate(pieces)}
    return select(_PART.c.product_id).where(and_(*conditions)).order_by(_PART.c.product_id), values


def _quoted(word: str) -> str:
    return "'" + word[:_LONGEST_WORD].replace("\\", "\\\\").replace("'", "''") + "'"


def _unlike(piece: str) -> str:
    return piece.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
