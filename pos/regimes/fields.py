"""Read a table of a regime file field by field: every fault names the file, the rule and the field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import cache
from zoneinfo import available_timezones

from pos.domain.catalogue.category import is_scope
from pos.domain.catalogue.product import LANGUAGES
from pos.domain.errors import BadInput
from pos.domain.quota.rule import MEASURES, Verdict
from pos.domain.visitors.country import three_letters

_DECIMAL = re.compile(r"[0-9]{1,12}(\.[0-9]{1,9})?")
_LINE = re.compile(r"\bat line ([0-9]+)")
_SPACES = "\u00a0\u202f\u3000"
_LONGEST_TEXT, _LONGEST_TITLE = 500, 120
_ABSENT = object()


@dataclass(eq=False)
class RegimeFault(BadInput):
    """An unusable regime file. `rule` is the rule's id ("" outside the rules), `what` a stable name.

    `line` is the line of a TOML syntax error if known, else 0.
    """

    fact = "regime_fault"

    file: str
    rule: str
    field: str
    what: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class FilePosition:
    """The position of a table in the files."""

    file: str
    rule: str = ""
    path: str = ""

    def fault(self, field: str, what: str) -> RegimeFault:
        """A fault in one field of this table."""
        return RegimeFault(self.file, self.rule, f"{self.path}{field}", what)


class TomlTable:
    """The fields of one TOML table. Every read field is marked; `done` refuses unread fields."""

    def __init__(self, data: Mapping[str, object], position: FilePosition) -> None:
        self._data = data
        self._read: set[str] = set()
        self.position = position

    def __contains__(self, field: str) -> bool:
        return field in self._data

    def done(self) -> None:
        """Refuse unknown fields: a misspelt limit would be no limit."""
        for field in self._data:
            if field not in self._read:
                raise self.position.fault(field, "unknown_field")

    def _take(self, field: str, absent: object = _ABSENT) -> object:
        self._read.add(field)
        value = self._data.get(field, absent)
        if value is _ABSENT:
            raise self.position.fault(field, "missing")
        return value

    def text(self, field: str, absent: object = _ABSENT, longest: int = _LONGEST_TEXT) -> str:
        """A non-empty text of one line: it is shown on screens and on paper."""
        value = self._take(field, absent)
        if not isinstance(value, str) or not value.strip():
            raise self.position.fault(field, "not_a_text")
        if len(value) > longest:
            raise self.position.fault(field, "too_long")
        if not all(char.isprintable() or char in _SPACES for char in value):
            raise self.position.fault(field, "character")
        return value

    def text_or_none(self, field: str) -> str | None:
        """A text, or None where the field is absent."""
        return self.text(field) if field in self else None

    def one_of(self, field: str, allowed: tuple[str, ...], absent: object = _ABSENT) -> str:
        """A text out of `allowed`."""
        value = self.text(field, absent)
        if value not in allowed:
            raise self.position.fault(field, "not_one_of_" + "_".join(allowed))
        return value

    def flag(self, field: str, *, absent: bool = False) -> bool:
        """A boolean, `absent` where there is none."""
        value = self._take(field, absent)
        if not isinstance(value, bool):
            raise self.position.fault(field, "not_true_or_false")
        return value

    def whole(self, field: str, least: int = 0, most: int = 1000) -> int | None:
        """A whole number from `least` to `most`, or None where absent."""
        value = self._take(field, None)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.position.fault(field, "not_a_whole_number")
        if not least <= value <= most:
            raise self.position.fault(field, "out_of_range")
        return value

    def decimal(self, field: str, most: int | None = None) -> Fraction:
        """An exact decimal, not negative and at most `most`, written as text."""
        value = self._take(field)
        if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
            raise self.position.fault(field, "not_a_decimal_text")
        number = Fraction(value)
        if most is not None and number > most:
            raise self.position.fault(field, "out_of_range")
        return number

    def positive(self, field: str) -> Fraction:
        """An exact decimal above zero, written as text."""
        value = self.decimal(field)
        if not value:
            raise self.position.fault(field, "not_positive")
        return value

    def decimal_or_none(self, field: str, most: int | None = None) -> Fraction | None:
        """An exact decimal, or None where the field is absent."""
        return self.decimal(field, most) if field in self else None

    def day(self, field: str) -> date | None:
        """A local day, or None where absent."""
        value = self._take(field, None)
        if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
            raise self.position.fault(field, "not_a_day")
        return value

    def verdict(self, field: str, absent: Verdict | None = None) -> Verdict:
        """The verdict of a rule above its limit."""
        if absent is not None and field not in self:
            return absent
        return Verdict[self.one_of(field, ("note", "duty", "review", "refuse")).upper()]

    def measure(self, field: str = "measure") -> str:
        """The measure that is added up."""
        return self.one_of(field, MEASURES)

    def texts(self, field: str) -> tuple[str, ...]:
        """A non-empty list of texts."""
        value = self._take(field)
        if not isinstance(value, list) or not value or not all(isinstance(text, str) for text in value):
            raise self.position.fault(field, "not_a_list_of_texts")
        return tuple(value)

    def countries(self, field: str) -> tuple[str, ...]:
        """Countries by their two letters, as in residences."""
        names = self.texts(field)
        for name in names:
            if not re.fullmatch("[A-Z]{2}", name) or three_letters(name) is None:
                raise self.position.fault(field, "not_a_country")
        return names

    def categories(self, field: str) -> tuple[str, ...]:
        """Names of the category tree: leaves, branches or `*`."""
        names = self.texts(field)
        for name in names:
            if not is_scope(name):
                raise self.position.fault(field, "unknown_category")
        return names

    def title(self, field: str = "title") -> Mapping[str, str]:
        """A text for each language; English is required."""
        table = self.table(field)
        if "en" not in table:
            raise table.position.fault("en", "missing")
        titles = {language: table.text(language, longest=_LONGEST_TITLE) for language in LANGUAGES if language in table}
        table.done()
        return titles

    def table(self, field: str) -> TomlTable:
        """A nested table."""
        value = self._take(field)
        if not isinstance(value, dict):
            raise self.position.fault(field, "not_a_table")
        return TomlTable(value, FilePosition(self.position.file, self.position.rule, f"{self.position.path}{field}."))

    def is_list(self, field: str) -> bool:
        """Whether the file has a list there, good or not."""
        return isinstance(self._data.get(field), list)

    def tables(self, field: str) -> list[TomlTable]:
        """A non-empty list of tables."""
        value = self._take(field)
        if not isinstance(value, list) or not value or not all(isinstance(item, dict) for item in value):
            raise self.position.fault(field, "not_a_list_of_tables")
        path = self.position.path
        return [
            TomlTable(item, FilePosition(self.position.file, self.position.rule, f"{path}{field}[{index}]."))
            for index, item in enumerate(value)
        ]

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)


def line_of(error: Exception, data: bytes) -> int:
    """The line in the TOML parser's message: before Python 3.14 it is available nowhere else."""
    if str(error).endswith("(at end of document)"):
        return data.count(b"\n") + 1
    named = _LINE.search(str(error))
    return int(named[1]) if named else 0


@cache
def time_zones() -> frozenset[str]:
    """All time zones; Python looks through hundreds of files for them each time it is asked."""
    return frozenset(available_timezones())
