"""The chained form of stored rows as text, made of pieces that most rows of a table share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from json.encoder import encode_basestring
from typing import Any

from db.engine.canonical import dumps
from db.sales.sale_rows import chained

_KEPT = 20_000
"""Forms of rows that are kept: as many as the goods of a large shop have prices."""


def _nothing_more(_row: Any) -> Mapping[str, Any]:
    return {}


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

    def of_sales(
        self, rows: Iterable[tuple[Any, ...]], more: Callable[[Any], Mapping[str, Any]] = _nothing_more
    ) -> dict[int, str]:
        """The rows of each sale as JSON, with commas between them. Each is given behind the id of its sale.

        `more`: further columns of a row, the same in every row that has the rest in common.
        """
        texts: dict[int, str] = {}
        forms, end, has_words = self._forms, 1 + self._slots, bool(self._words)
        for row in rows:
            rest = row[end:]
            form = forms.get(rest)
            if form is None:
                form = self._add(rest, more(row))
            try:
                text = form % (self._filling(row[1:end]) if has_words else row[1:end])
            except TypeError:  # a damaged row; the chain shows it
                text = dumps([str(value) for value in row[1:]])
            sale_id = row[0]
            texts[sale_id] = f"{texts[sale_id]},{text}" if sale_id in texts else text
        return texts

    def _filling(self, slots: tuple[Any, ...]) -> tuple[Any, ...]:
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
