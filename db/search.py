"""Finding goods by any part of a name in any script, by code or by pinyin initials.

SQLite: two FTS5 indexes. `product_part` cuts text into trigrams and finds any three characters anywhere; the
trigram index is blind to shorter text, which is most of Chinese (茅台, 牛奶), so `product_word` holds words by
prefix, pairs of Chinese characters and pinyin initials.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, bindparam, or_, select, text
from sqlalchemy.sql.elements import TextClause

from db.dialect import is_sqlite
from db.tables.catalogue import product, product_code

_LONGEST = 200
"""More than anybody types: a whole book as a question would be refused by the index."""

_UNSAYABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
"""Control signs and halves of signs: the index stops at the one and SQLite cannot take the other."""

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_WORD = re.compile(r"\w+")


def folded(words: str) -> str:
    """Text as it is compared: lower case, without accents, full-width forms made plain."""
    plain = unicodedata.normalize("NFKD", words.casefold())
    return unicodedata.normalize("NFC", "".join(c for c in plain if not unicodedata.combining(c)))


def _pairs(han: str) -> Iterable[str]:
    yield from han
    yield from (han[i : i + 2] for i in range(len(han) - 1))


def _initials(han: str) -> str:
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(han, style=Style.FIRST_LETTER))


def word_text(names: Iterable[str], codes: Iterable[str]) -> str:
    """What the word index holds of a product."""
    parts: list[str] = list(codes)
    for name in names:
        plain = folded(name)
        parts.append(_HAN.sub(" ", plain))
        for han in _HAN.findall(plain):
            parts.extend(_pairs(han))
            parts.append(_initials(han))
    return " ".join(parts)


def part_text(names: Iterable[str], codes: Iterable[str]) -> str:
    """What the trigram index holds of a product."""
    return "\n".join([*(folded(name) for name in names), *codes])


_INSERT_WORD = text("INSERT INTO product_word(rowid, text) VALUES (:id, :text)")
_INSERT_PART = text("INSERT INTO product_part(rowid, text) VALUES (:id, :text)")
_DELETE_WORD = text("DELETE FROM product_word WHERE rowid = :id")
_DELETE_PART = text("DELETE FROM product_part WHERE rowid = :id")


def index(connection: Connection, entries: Sequence[tuple[int, Sequence[str], Sequence[str]]], *, new: bool) -> None:
    """Index products given as (id, names, codes); `new` says that none of them was indexed before."""
    if not is_sqlite(connection) or not entries:
        return
    if not new:
        forget(connection, [entry[0] for entry in entries])
    connection.execute(_INSERT_WORD, [{"id": i, "text": word_text(names, codes)} for i, names, codes in entries])
    connection.execute(_INSERT_PART, [{"id": i, "text": part_text(names, codes)} for i, names, codes in entries])


def forget(connection: Connection, ids: Sequence[int]) -> None:
    """Take products out of the index."""
    if is_sqlite(connection) and ids:
        rows = [{"id": product_id} for product_id in ids]
        connection.execute(_DELETE_WORD, rows)
        connection.execute(_DELETE_PART, rows)


def _quoted(words: str) -> str:
    return '"' + words.replace('"', '""') + '"'


def _word_query(plain: str) -> str:
    """An FTS5 query: every word by prefix, every run of Chinese by its pairs."""
    terms: list[str] = []
    for word in _WORD.findall(plain):
        rest = _HAN.sub(" ", word)
        terms.extend(f"{_quoted(part)}*" for part in rest.split())
        for han in _HAN.findall(word):
            pairs = [han] if len(han) == 1 else [han[i : i + 2] for i in range(len(han) - 1)]
            terms.extend(_quoted(pair) for pair in pairs)
    return " ".join(terms)


def _part_query(plain: str) -> str:
    """An FTS5 query for every blank-separated piece of three or more characters."""
    return " ".join(_quoted(piece) for piece in plain.split() if len(piece) >= 3)


_FIND_WORD = text("SELECT rowid FROM product_word WHERE product_word MATCH :query LIMIT :limit")
_FIND_PART = text("SELECT rowid FROM product_part WHERE product_part MATCH :query LIMIT :limit")
_BY_CODE = select(product_code.c.product_id).where(product_code.c.code == bindparam("code"))
_CODE_RANGE = (
    select(product_code.c.product_id)
    .where(product_code.c.code >= bindparam("first"), product_code.c.code < bindparam("last"))
    .order_by(product_code.c.code)
    .limit(bindparam("limit"))
)


def find_ids(connection: Connection, words: str, limit: int, offset: int = 0) -> list[int]:
    """Product ids that match, best first: the code, codes that begin so, words that begin so, parts of words."""
    words = _UNSAYABLE.sub(" ", words[:_LONGEST]).strip()
    plain = folded(words)
    if not plain:
        return []
    wanted = limit + offset
    found: dict[int, None] = {}

    def take(ids: Iterable[int]) -> None:
        for product_id in ids:
            found.setdefault(product_id)

    code = words.upper()
    take(connection.execute(_BY_CODE, {"code": code}).scalars())
    if code.isascii() and code.isalnum() and any(c.isdigit() for c in code):
        parameters = {"first": code, "last": code + "\x7f", "limit": wanted}
        take(connection.execute(_CODE_RANGE, parameters).scalars())
    if len(found) < wanted:
        take(_find_names(connection, plain, wanted))
    return list(found)[offset:wanted]


def _find_names(connection: Connection, plain: str, wanted: int) -> Iterable[int]:
    if not is_sqlite(connection):
        pattern = "%" + plain.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        columns = (product.c.name, product.c.name_en, product.c.name_zh, product.c.name_ru, product.c.name_kk)
        matches = or_(*(column.ilike(pattern, escape="\\") for column in columns))
        yield from connection.execute(
            select(product.c.id).where(matches).order_by(product.c.id).limit(wanted)
        ).scalars()
        return
    queries: tuple[tuple[TextClause, str], ...] = ((_FIND_WORD, _word_query(plain)), (_FIND_PART, _part_query(plain)))
    for statement, query in queries:
        if query:
            yield from connection.execute(statement, {"query": query, "limit": wanted}).scalars()
