"""A JSON object that knows the path of each field: exact numbers, no duplicate keys, no unread fields."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from pos.application.text.iso_dates import iso_instant
from pos.domain.errors import BadField

_DECIMAL = re.compile(r"[0-9]{1,12}(\.[0-9]{1,9})?")
_YEARS = range(1900, 2200)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A number that JSON allows and no request means: NaN, 1e999, a thousand digits. No field accepts it."""

    digits: str

    def __str__(self) -> str:
        """The text in the file, shortened, for a refusal."""
        return self.digits[:40]


def parse_json(text: str) -> object:
    """Parse JSON with exact numbers. Duplicate keys and excessive depth are BadField; see Unreadable."""
    try:
        return json.loads(
            text, object_pairs_hook=_no_doubles, parse_float=_exact, parse_int=_whole, parse_constant=Unreadable
        )
    except RecursionError:
        raise BadField("json", "too_deep") from None
    except json.JSONDecodeError as error:
        raise BadField("json", "not_json", f"line {error.lineno} column {error.colno}") from None


def _no_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
    table: dict[str, object] = {}
    for key, value in pairs:
        if key in table:
            raise BadField(shown(key), "given_twice")
        table[key] = value
    return table


def _whole(digits: str) -> int | Unreadable:
    return int(digits) if len(digits) <= 20 else Unreadable(digits)


def _exact(digits: str) -> Decimal | Unreadable:
    return Decimal(digits) if len(digits) <= 40 and "e" not in digits.lower() else Unreadable(digits)


def shown(value: object) -> str:
    """The value of a field, short and on one line."""
    if isinstance(value, Unreadable):
        text = value.digits
    elif isinstance(value, str | int | Decimal):
        text = str(value)
    else:
        text = "null" if value is None else type(value).__name__
    return "".join(char if char.isprintable() else "?" for char in text[:40])


class JsonObject:
    """The fields of one JSON object, each with its path."""

    def __init__(self, data: object, where: str) -> None:
        if not isinstance(data, dict):
            raise BadField(where or "json", "not_an_object", shown(data))
        self._data: dict[str, object] = data
        self._where = where
        self._read: set[str] = set()

    def __contains__(self, field: str) -> bool:
        return field in self._data

    def path(self, field: str) -> str:
        return f"{self._where}.{field}" if self._where else field

    def bad(self, field: str, what: str) -> BadField:
        return BadField(self.path(field), what, shown(self._data.get(field)))

    def done(self) -> None:
        """Refuse unread fields: a misspelt discount must not be ignored."""
        for field in self._data:
            if field not in self._read:
                raise BadField(self.path(shown(field)), "unknown_field")

    def refuse(self, *fields: str) -> None:
        for field in fields:
            if field in self._data:
                raise self.bad(field, "not_with_party")

    def take(self, field: str) -> object:
        self._read.add(field)
        if field not in self._data:
            raise BadField(self.path(field), "missing")
        return self._data[field]

    def optional(self, field: str) -> object:
        self._read.add(field)
        return self._data.get(field)

    def names(self) -> tuple[str, ...]:
        return tuple(self._data)

    def text(self, field: str) -> str:
        value = self.take(field)
        if not isinstance(value, str):
            raise self.bad(field, "not_a_text")
        return value

    def table(self, field: str) -> JsonObject:
        return JsonObject(self.take(field), self.path(field))

    def items(self, field: str, absent_is_empty: bool = False) -> list[object]:
        value = self.optional(field) if absent_is_empty else self.take(field)
        if value is None and absent_is_empty:
            return []
        if not isinstance(value, list):
            raise self.bad(field, "not_a_list")
        return value

    def instant(self, field: str) -> datetime:
        value = self.take(field)
        try:
            moment = iso_instant(value)
        except ValueError:
            moment = None
        if moment is None:
            raise self.bad(field, "not_an_instant")
        if moment.tzinfo is None:
            raise self.bad(field, "without_a_zone")
        if moment.year not in _YEARS:
            raise self.bad(field, "out_of_range")
        return moment

    def amount(self, field: str) -> Fraction:
        value = self.take(field)
        if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
            negative = isinstance(value, str) and value.startswith("-") and _DECIMAL.fullmatch(value[1:])
            raise self.bad(field, "negative" if negative else "not_an_amount")
        return Fraction(value)

    def measure(self, field: str) -> Decimal | None:
        value = self.optional(field)
        if value is None:
            return None
        text = f"{value:f}" if isinstance(value, Decimal) else value
        if isinstance(text, int) and not isinstance(text, bool):
            text = str(text)
        if not isinstance(text, str) or not _DECIMAL.fullmatch(text):
            negative = isinstance(text, str) and text.startswith("-") and _DECIMAL.fullmatch(text[1:])
            raise self.bad(field, "negative" if negative else "not_a_number")
        return Decimal(text)

    def whole(self, field: str, most: int) -> int | None:
        value = self.optional(field)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.bad(field, "not_a_whole_number")
        if value < 0:
            raise self.bad(field, "negative")
        if value > most:
            raise self.bad(field, "too_large")
        return value
