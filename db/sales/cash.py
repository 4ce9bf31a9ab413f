"""Cash that moves: one row a movement, and the notes of the drawer counted with it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, delete, insert

from db.engine.canonical import dumps
from db.engine.compiled_statement import CompiledStatement, compiled_upsert
from db.tables.shop import cash_move, drawer
from pos.domain.money import CURRENCIES, Money
from pos.domain.payment.banknotes import Notes
from pos.domain.payment.tender import fewest_notes

HAND_OVER = "hand_over"
"""The kind of a movement that is a count: from then on its notes are the content of the drawer."""

_INSERT = CompiledStatement(insert(cash_move))


def notes_text(notes: Notes) -> str:
    """Notes as stored: value in minor units → count."""
    return dumps({str(value): count for value, count in notes.items()})


def notes_from(text: str | None) -> dict[int, int] | None:
    """Stored notes; None where they were not given."""
    return None if text is None else {int(value): count for value, count in json.loads(text).items()}


_named = lru_cache(maxsize=2048)(notes_from)
"""The same few note sets occur again and again; only read."""


def write_cash(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Record movements, given as columns of `cash_move`, and count their notes into the drawer of their shift."""
    if not rows:
        return
    _INSERT.run_each(connection, rows)
    for row in rows:
        if row["kind"] == HAND_OVER:
            gone = (drawer.c.shift_id == row["shift_id"]) & (drawer.c.currency == row["currency"])
            connection.execute(delete(drawer).where(gone))
    counted = recounted(rows)
    if counted:
        keys = ["shift_id", "currency", "value_minor"]
        compiled_upsert(connection, drawer, keys, ["pieces", "guessed"]).run_each(connection, counted)


def recounted(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The changes of `drawer` from these movements, in the order in which they happened."""
    pieces: dict[tuple[int, str, int], int] = {}
    guessed: dict[tuple[int, str, int], int] = {}
    for row in rows:
        amount = row["amount_minor"]
        named = _named(row.get("notes"))
        if row.get("kind") == HAND_OVER:
            for key in [key for key in pieces if key[:2] == (row["shift_id"], row["currency"])]:
                del pieces[key]
                guessed.pop(key, None)
            pieces.update({(row["shift_id"], row["currency"], value): count for value, count in (named or {}).items()})
            continue
        notes = fewest_notes(Money(abs(amount), CURRENCIES[row["currency"]])) if named is None else named
        for value, count in notes.items():
            key = (row["shift_id"], row["currency"], value)
            pieces[key] = pieces.get(key, 0) + (count if amount > 0 else -count)
            if named is None:
                guessed[key] = guessed.get(key, 0) + count
    return [
        {"shift_id": shift, "currency": code, "value_minor": value, "pieces": count,
         "guessed": guessed.get((shift, code, value), 0)}
        for (shift, code, value), count in sorted(pieces.items())
    ]  # fmt: skip
