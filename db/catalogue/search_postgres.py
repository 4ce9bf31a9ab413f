"""The index of goods on PostgreSQL, of what its core has: words as lexemes, and the texts in which parts are sought.

`product_word` holds what SQLite's index of the same name holds; its lexemes are found whole or by their beginning.
`product_part` is read through, which takes milliseconds for the goods of a shop; where the server offers `pg_trgm` to
everybody, the newest tables have an index of it and the same question is answered by that.
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
    """The question for goods that have all of these words, the begun ones (True) by their beginning."""
    query = " & ".join(f"{_quoted(word)}{':*' if is_begun else ''}" for word, is_begun in words)
    return _FIND_WORD, {"query": query}


def having_parts(pieces: Sequence[str]) -> tuple[Executable, dict[str, Any]]:
    """The question for goods in whose names and codes all of these pieces are."""
    conditions = [_PART.c.text.contains(bindparam(f"piece{no}"), autoescape=False) for no in range(len(pieces))]
    values = {f"piece{no}": _unlike(piece) for no, piece in enumerate(pieces)}
    return select(_PART.c.product_id).where(and_(*conditions)).order_by(_PART.c.product_id), values


def _quoted(word: str) -> str:
    return "'" + word[:_LONGEST_WORD].replace("\\", "\\\\").replace("'", "''") + "'"


def _unlike(piece: str) -> str:
    return piece.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
