"""The chained form of stored rows as text, made of pieces that most rows of a table share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from json.encoder import encode_basestring
from typing import Any

from db.engine.canonical import dumps
from db.sales.sale_rows import chained

_KEPT = 20_000
"""Forms of rows that are kept: as many as the goods of a large shop have prices."""


class RowTexts:
    """Rows of one table, given as values in the order of `names`.

    `numbers` and `words` differ from row to row, as does `json`, which comes as it is. Rows that have the rest in
    common share a form, which lacks only those.
    """

    __slots__ = ("_formats", "_forms", "_slots", "_words", "names")

    def __init__(
        self, columns: Iterable[str], numbers: Iterable[str], words: Iterable[str] = (), json: Iterable[str] = ()
    ) -> None:
        self._formats = {**dict.fromkeys(numbers, "%d"), **dict.fromkeys((*words, *json), "%s")}
        slots = sorted(self._formats)
        self._slots = len(slots)
        self._words = [slots.index(name) for name in words]
        self.names: tuple[str, ...] = (*slots, *sorted(set(columns) - self._formats.keys()))
        self._forms: dict[Any, str] = {}

    def text(self, values: tuple[Any, ...], more: Mapping[str, Any] | None = None) -> str:
        """The row as JSON. `more`: further columns, the same in every row that has the rest in common."""
        rest = values[self._slots :]
        form = self._forms.get(rest)
        if form is None:
            form = self._add(rest, more or {})
        try:
            return form % self._filling(values[: self._slots])
        except TypeError:  # a damaged row; the chain shows it
            return dumps([str(value) for value in values])

    def _filling(self, slots: tuple[Any, ...]) -> tuple[Any, ...]:
        if not self._words:
            return slots
        filling = list(slots)
        for index in self._words:
            filling[index] = "null" if slots[index] is None else encode_basestring(slots[index])
        return tuple(filling)

    def _add(self, rest: Sequence[Any], more: Mapping[str, Any]) -> str:
        row = chained({**dict(zip(self.names[self._slots :], rest)), **more, **self._formats})
        parts = (
            f'"{name}":{self._formats[name] if name in self._formats else dumps(row[name]).replace("%", "%%")}'
            for name in sorted(row)
        )
        if len(self._forms) >= _KEPT:
            self._forms.clear()
        form = self._forms[rest] = "{" + ",".join(parts) + "}"
        return form
