"""Finds goods by any part of a name in any script, by code or by pinyin.

`product_lookup` is a plain tree of prefixes that a user may begin to type: each name, and each code from its end. On
SQLite two FTS5 indexes hold the rest. `product_part` cuts text into trigrams and finds any three characters anywhere;
the trigram index is blind to shorter text, which is most of Chinese (茅台, 牛奶), so `product_word` holds words by
prefix, pairs of Chinese characters and pinyin. Each of them is read row by row as far as a page needs: a common word
costs no more than a rare one, and nothing is ever sorted. `search_postgres.py` holds the PostgreSQL counterpart.
"""

from __future__ import annotations

import gc
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import filterfalse, islice
from typing import Any

from sqlalchemy import Connection, Executable, bindparam, delete, insert, select, text

from db.catalogue import search_postgres
from db.catalogue.product_columns import search_texts
from db.engine.dialect import is_sqlite
from db.tables.catalogue import product, product_code, product_lookup
from pos.domain.catalogue.product_fields import SEARCHED

_LONGEST = 200
"""More than a user types: the index would refuse a whole book as a query."""

_UNSAYABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
"""Control characters and lone surrogates: the index stops at the former, and SQLite cannot store the latter."""

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_WORD = re.compile(r"\w+")
_LIKE = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"}
    | {"қ": "к", "ә": "а", "ғ": "г", "ң": "н", "ө": "о", "ұ": "у", "ү": "у", "һ": "х", "і": "и"}
)
"""Accented letters that Unicode does not decompose; Kazakh ones as they are typed on a Russian keyboard."""

_NAME, _END = "n", "e"
"""The kind of a text in the lookup: a name, or a code read from its end."""
_LONGEST_LOOKUP = 60
_COMMA = re.compile(r"(?<=\d),(?=\d)")
_FEWEST_DIGITS = 3
_CUSTOMS_CODE = re.compile(r"[0-9]{4,10}")
_PAGE = 2_000
_AT_ONCE = 500
"""The number of products in one batch of all indexes: their names are folded once."""
_LAST = "\U0010ffff"
_AS_ASKED = {"stream_results": True, "max_row_buffer": 200}


@lru_cache(maxsize=8_192)
def folded(words: str) -> str:
    """Text for comparison: lower case, without accents, full-width forms as plain ones.

    Cached: three indexes fold the same names one after another, and pinyin has few syllables.
    """
    if words.isascii():
        return words.casefold()
    plain = unicodedata.normalize("NFKD", words.casefold())
    return unicodedata.normalize("NFC", "".join(filterfalse(unicodedata.combining, plain)).translate(_LIKE))


def _spoken(name: str) -> str:
    """A folded name for a prefix search: its words with one blank between."""
    return " ".join(_WORD.findall(name))


def _pairs(han: str) -> Iterable[str]:
    yield from han
    yield from (han[i : i + 2] for i in range(len(han) - 1))


@lru_cache(maxsize=8_192)
def _pinyin(han: str) -> tuple[str, str]:
    """The initials and the full pinyin: nn and niunai for 牛奶."""
    from pypinyin import lazy_pinyin

    sounds = [folded(sound) for sound in lazy_pinyin(han)]
    return "".join(sound[:1] for sound in sounds), "".join(sounds)


@cache
def read_dictionary() -> None:
    """Load the dictionary of pinyin now: it takes a quarter of a second, so not during an import.

    Later calls do nothing: `gc.freeze` would keep what is garbage by then for good.

    It makes a quarter of a million lists that stay: the garbage collector would scan all of them several times
    meanwhile and again and again afterwards, and the program stops while it scans. They are frozen, so that it skips
    them.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        for _ in _pinyin("茶"):
            pass
        gc.freeze()
    finally:
        if was_on:
            gc.enable()


def word_text(names: Iterable[str], codes: Iterable[str]) -> str:
    """The terms of a product in the word index."""
    parts: list[str] = list(codes)
    for name in names:
        plain = folded(name)
        parts.append(HAN.sub(" ", plain))
        for han in HAN.findall(plain):
            parts.extend(_pairs(han))
            parts.extend(_pinyin(han))
    return " ".join(parts)


def part_text(names: Iterable[str], codes: Iterable[str]) -> str:
    """The terms of a product in the trigram index."""
    return "\n".join([*(folded(name) for name in names), *codes])


def lookup_texts(names: Iterable[str], codes: Iterable[str]) -> set[str]:
    """The prefixes of a product that a user may begin to type."""
    spoken = {f"{_NAME}{_spoken(folded(name))[:_LONGEST_LOOKUP]}" for name in names}
    return {*spoken, *(f"{_END}{code[::-1].lower()}" for code in codes)}


_INSERT_WORD = "INSERT INTO product_word(rowid, text) VALUES (?, ?)"
_INSERT_PART = "INSERT INTO product_part(rowid, text) VALUES (?, ?)"
_INSERT_LOOKUP = "INSERT INTO product_lookup (text, product_id) VALUES (?, ?)"
_DELETE_WORD = text("DELETE FROM product_word WHERE rowid = :id")
_DELETE_PART = text("DELETE FROM product_part WHERE rowid = :id")
_DELETE_LOOKUP = delete(product_lookup).where(product_lookup.c.product_id == bindparam("id"))

_Entry = tuple[int, Sequence[str], Sequence[str]]
_Words = tuple[tuple[str, bool], ...]
"""Words that all occur in a name, and whether each is a prefix only."""


def index(connection: Connection, entries: Sequence[_Entry], *, new: bool) -> None:
    """Index products given as (id, names, codes); with `new`, none of them was indexed before."""
    if not entries:
        return
    if not new:
        forget(connection, [entry[0] for entry in entries])
    for first in range(0, len(entries), _AT_ONCE):
        _index(connection, entries[first : first + _AT_ONCE])


def _index(connection: Connection, entries: Sequence[_Entry]) -> None:
    lookups = [(one, i) for i, names, codes in entries for one in lookup_texts(names, codes)]
    if not is_sqlite(connection):
        texts = ((i, word_text(names, codes), part_text(names, codes)) for i, names, codes in entries)
        search_postgres.write(connection, texts)
        connection.execute(insert(product_lookup), [{"text": one, "product_id": i} for one, i in lookups])
        return
    connection.exec_driver_sql(_INSERT_WORD, [(i, word_text(names, codes)) for i, names, codes in entries])
    connection.exec_driver_sql(_INSERT_PART, [(i, part_text(names, codes)) for i, names, codes in entries])
    connection.exec_driver_sql(_INSERT_LOOKUP, lookups)


_GOODS = select(*(product.c[name] for name in ("id", *SEARCHED))).where(product.c.id > bindparam("after"))
_GOODS = _GOODS.order_by(product.c.id).limit(_PAGE)
_CODES = (
    select(product_code.c.product_id, product_code.c.code)
    .where(product_code.c.product_id > bindparam("after"), product_code.c.product_id <= bindparam("last"))
    .order_by(product_code.c.product_id, product_code.c.position)
)


def rebuild_index(connection: Connection) -> int:
    """Index every product of an empty index; returns their number."""
    after = count = 0
    while rows := connection.execute(_GOODS, {"after": after}).all():
        codes: dict[int, list[str]] = {row.id: [] for row in rows}
        for product_id, code in connection.execute(_CODES, {"after": after, "last": rows[-1].id}):
            codes[product_id].append(code)
        index(connection, [(row[0], search_texts(row[1:]), codes[row[0]]) for row in rows], new=True)
        after, count = rows[-1].id, count + len(rows)
    return count


def forget(connection: Connection, ids: Sequence[int]) -> None:
    """Remove products from the index."""
    if ids:
        rows = [{"id": product_id} for product_id in ids]
        for statement in (_DELETE_WORD, _DELETE_PART) if is_sqlite(connection) else search_postgres.DELETES:
            connection.execute(statement, rows)
        connection.execute(_DELETE_LOOKUP, rows)


def _quoted(words: str) -> str:
    return '"' + words.replace('"', '""') + '"'


def _word_queries(plain: str) -> Iterator[_Words]:
    """The queries to run, the narrowest first: complete words but for the last, typed in part; then all as prefixes.

    A run of Chinese is searched by its pairs.
    """
    whole: list[tuple[str, bool]] = []
    begun: list[tuple[str, bool]] = []
    for word in _WORD.findall(plain):
        for part in HAN.sub(" ", word).split():
            whole.append((part, False))
            begun.append((part, True))
        for han in HAN.findall(word):
            pairs = [han] if len(han) == 1 else [han[i : i + 2] for i in range(len(han) - 1)]
            whole.extend((pair, False) for pair in pairs)
            begun.extend((pair, False) for pair in pairs)
    yield from dict.fromkeys(tuple(query) for query in (whole, [*whole[:-1], *begun[-1:]], begun) if query)


def _part_query(plain: str) -> list[str]:
    """Every blank-separated piece of three or more characters."""
    return [piece for piece in plain.split() if len(piece) >= 3]


_FIND_WORD = text("SELECT rowid FROM product_word WHERE product_word MATCH :query")
_FIND_PART = text("SELECT rowid FROM product_part WHERE product_part MATCH :query")
_BY_CODE = select(product_code.c.product_id).where(product_code.c.code == bindparam("code"))
_CODE_RANGE = (
    select(product_code.c.product_id)
    .where(product_code.c.code >= bindparam("first"), product_code.c.code < bindparam("last"))
    .order_by(product_code.c.code)
)
_BY_CUSTOMS_CODE = (
    select(product.c.id)
    .where(product.c.hs_code >= bindparam("first"), product.c.hs_code < bindparam("last"))
    .order_by(product.c.hs_code, product.c.id)
)
_LOOKUP_RANGE = (
    select(product_lookup.c.product_id)
    .where(product_lookup.c.text >= bindparam("first"), product_lookup.c.text < bindparam("last"))
    .order_by(product_lookup.c.text, product_lookup.c.product_id)
)


def find_ids(connection: Connection, words: str, limit: int, offset: int = 0) -> list[int]:
    """Product ids that match, best first.

    The code, codes that begin or end so; the name, names that begin so, names with these words, with words that begin
    so, with parts of words that are so; the customs codes that begin so.
    """
    words = _UNSAYABLE.sub(" ", words[:_LONGEST]).strip()
    plain = folded(words)
    if not plain:
        return []
    ids: dict[int, None] = {}
    for product_id in _matches(connection, words, plain):
        ids.setdefault(product_id)
        if len(ids) == offset + limit:
            break
    return list(islice(ids, offset, None))


def find_named_ids(connection: Connection, words: str, limit: int, *, by_code: bool = False) -> list[int]:
    """What `find_ids` finds without what lacks a figure or a short word: for a step on all of it.

    A search shows these last, because its index does not know parts of less than three characters. `by_code` keeps
    what was found by a code.
    """
    pieces = [_piece(piece) for piece in _plain_figures(words).split() if _is_overlooked(piece)]
    ids = find_ids(connection, words, limit)
    if not pieces:
        return ids
    named: set[int] = set(_with_code(connection, _UNSAYABLE.sub(" ", words[:_LONGEST]).strip()) if by_code else ())
    for start in range(0, len(ids), _PAGE):
        question = select(product.c.id, *(product.c[field] for field in SEARCHED))
        for row in connection.execute(question.where(product.c.id.in_(ids[start : start + _PAGE]))):
            texts = [_plain_figures(name) for name in search_texts(row[1:])]
            if all(any(piece.search(name) for name in texts) for piece in pieces):
                named.add(row.id)
    return [product_id for product_id in ids if product_id in named]


def _plain_figures(words: str) -> str:
    return _COMMA.sub(".", folded(_UNSAYABLE.sub(" ", words[:_LONGEST])))


def _is_overlooked(piece: str) -> bool:
    return len(piece) < _FEWEST_DIGITS or any(c.isdigit() for c in piece)


def _piece(piece: str) -> re.Pattern[str]:
    """A figure or unit stands alone in a name; Chinese has no blanks."""
    if HAN.search(piece):
        return re.compile(re.escape(piece))
    return re.compile(rf"(?<!\w)(?<!\d\.){re.escape(piece)}(?!\w)(?!\.\d)")


def _matches(connection: Connection, words: str, plain: str) -> Iterator[int]:
    yield from _with_code(connection, words)
    yield from _with_name(connection, plain)
    yield from _with_customs_code(connection, plain)


def _with_code(connection: Connection, words: str) -> Iterator[int]:
    code = words.upper()
    yield from _read(connection, _BY_CODE, {"code": code})
    is_code = code.isascii() and code.isalnum() and any(c.isdigit() for c in code)
    if is_code:
        yield from _read(connection, _CODE_RANGE, {"first": code, "last": code + "\x7f"})
    if is_code and len(code) >= _FEWEST_DIGITS:
        yield from _begun(connection, _END + code[::-1].lower())


def _with_customs_code(connection: Connection, words: str) -> Iterator[int]:
    """Products whose customs code begins so: from four digits on, which name a heading."""
    digits = words.replace(".", "").replace(" ", "")
    if _CUSTOMS_CODE.fullmatch(digits):
        yield from _read(connection, _BY_CUSTOMS_CODE, {"first": digits, "last": digits + ":"})


def _with_name(connection: Connection, plain: str) -> Iterator[int]:
    spoken = _spoken(plain)
    if spoken:
        yield from _begun(connection, _NAME + spoken[:_LONGEST_LOOKUP])
    having_words, having_parts = (
        (_having_words, _having_parts)
        if is_sqlite(connection)
        else (search_postgres.having_words, search_postgres.having_parts)
    )
    for query in _word_queries(plain):
        yield from _read(connection, *having_words(query))
    if pieces := _part_query(plain):
        yield from _read(connection, *having_parts(pieces))


def _having_words(words: _Words) -> tuple[Executable, dict[str, Any]]:
    return _FIND_WORD, {"query": " ".join(f"{_quoted(word)}{'*' if is_begun else ''}" for word, is_begun in words)}


def _having_parts(pieces: Sequence[str]) -> tuple[Executable, dict[str, Any]]:
    return _FIND_PART, {"query": " ".join(map(_quoted, pieces))}


def _begun(connection: Connection, beginning: str) -> Iterator[int]:
    return _read(connection, _LOOKUP_RANGE, {"first": beginning, "last": beginning + _LAST})


def _read(connection: Connection, statement: Executable, parameters: Mapping[str, Any]) -> Iterator[int]:
    """The ids of a statement, streamed: the database reads the next rows only on demand."""
    if is_sqlite(connection):  # which never looks ahead
        result = connection.execute(statement, parameters)
    else:
        result = connection.execute(statement, parameters, execution_options=_AS_ASKED)
    try:
        yield from result.scalars()
    finally:
        result.close()
