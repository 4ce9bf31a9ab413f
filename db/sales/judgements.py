"""A judgement of an allowance as a sale keeps it: a form that many sales share, and the figures that it lacks.

The figures of rules that met no goods are the same in every judgement and stay in the form.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any

from sqlalchemy import Connection, select

from db.engine.canonical import dumps
from db.engine.stored_rows import plain_rows
from db.tables.sales import sale_judgement, sealed_text

_TEXT, _NUMBER = "\x1e", "\x1f"
"""Places of figures in a form, as text and as number. JSON writes both characters as escapes, so
nothing else is one.
"""

_ESCAPES = {dumps(char)[1:-1]: char for char in (_TEXT, _NUMBER)}

_PLACEHOLDERS = re.compile(f'"{_NUMBER}"|{_TEXT}')
_FIGURE = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)
_FIGURES = re.compile(r"[-0-9. ]*", re.ASCII)


def split(judged: Mapping[str, Any]) -> tuple[str, str]:
    """The form of a judgement, and its figures in their order."""
    figures: list[str] = []
    form = dumps({name: _split(name, judged[name], figures) for name in sorted(judged)})
    if sum(form.count(escape) for escape in _ESCAPES) > len(figures):
        return dumps(judged), ""  # its own characters would be taken for places
    for escape, char in _ESCAPES.items():
        form = form.replace(escape, char)
    return form, " ".join(figures)


def _split(name: str, value: Any, figures: list[str]) -> Any:
    if name == "rules":
        return [rule if _is_untouched(rule) else _without_figures(rule, figures) for rule in value]
    return _without_figures(value, figures) if name in ("advice", "duty") else value


def _is_untouched(rule: Mapping[str, Any]) -> bool:
    return (
        _is_nothing(rule.get("current")) and _is_nothing(rule.get("used")) and _is_nothing(rule.get("pending"))
    )  # the figures of a rule that are nothing where no goods met it


def _is_nothing(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip("0."))


def _without_figures(value: Any, figures: list[str]) -> Any:
    if isinstance(value, Mapping):
        return {name: one if name == "limit" else _without_figures(one, figures) for name, one in sorted(value.items())}
    if isinstance(value, list):
        return [_without_figures(one, figures) for one in value]
    if isinstance(value, str) and _FIGURE.fullmatch(value) and not _is_nothing(value):
        figures.append(value)
        return _TEXT
    if isinstance(value, int) and not isinstance(value, bool):
        figures.append(str(value))
        return _NUMBER
    return value


class Form:
    """A form, ready to be filled in."""

    __slots__ = ("_escaped", "_form", "_gauges", "_plain")

    def __init__(self, form: str) -> None:
        self._form = form
        self._gauges: tuple[str, list[dict[str, Any]], list[tuple[Any, int]], int] | None = None
        parts = [part.replace("%", "%%") for part in _PLACEHOLDERS.split(form)]
        self._plain = "%s".join(parts)
        self._escaped = "%s".join(encode_basestring(part)[1:-1] for part in parts)

    def filled(self, figures: str) -> str:
        """The judgement as JSON; of figures that do not fit it what no till has written."""
        return _filled(self._plain, figures) or f"{self._plain} {figures}"

    def escaped(self, figures: str) -> str:
        """The same within a JSON string."""
        if _FIGURES.fullmatch(figures):
            filled = _filled(self._escaped, figures)
            if filled is not None:
                return filled
        return encode_basestring(self.filled(figures))[1:-1]

    def gauges(self, figures: str) -> Mapping[str, Any]:
        """The judgement with its verdict, and of each rule only the limit and what is left of it.

        Raises ValueError where the figures do not fit.
        """
        if self._gauges is None:
            self._gauges = _gauges_of(self._form)
        verdict, same, others, placeholders = self._gauges
        values = figures.split(" ") if figures else []
        if len(values) != placeholders:
            raise ValueError(figures)
        if not others:
            return {"verdict": verdict, "rules": same}
        return {"verdict": verdict, "rules": [*same, *({"limit": most, "left": values[at]} for most, at in others)]}


def _gauges_of(form: str) -> tuple[str, list[dict[str, Any]], list[tuple[Any, int]], int]:
    """The verdict, the gauges without a figure, those whose rest is a figure with its place, and the places in all."""
    judged = json.loads(form, strict=False)
    has_placeholders = _PLACEHOLDERS.search(form) is not None
    same: list[dict[str, Any]] = []
    others: list[tuple[Any, int]] = []
    count = 0
    for name, value in judged.items():
        if name != "rules":
            count += _placeholders_in(value) if has_placeholders else 0
            continue
        for rule in value:
            for key, one in rule.items():
                if key == "left":
                    if has_placeholders and one == _TEXT:
                        others.append((rule.get("limit"), count))
                    else:
                        same.append({"limit": rule.get("limit"), "left": one})
                count += _placeholders_in(one) if has_placeholders else 0
    return judged["verdict"], same, others, count


def _placeholders_in(value: Any) -> int:
    if isinstance(value, Mapping):
        return sum(map(_placeholders_in, value.values()))
    if isinstance(value, list):
        return sum(map(_placeholders_in, value))
    return 1 if value in (_TEXT, _NUMBER) else 0


def _filled(template: str, figures: str) -> str | None:
    try:
        return template % tuple(figures.split(" ")) if figures else template % ()
    except TypeError:  # too many, or too few
        return None


form_of = lru_cache(maxsize=512)(Form)


def judged_text(judgements: Iterable[tuple[str, str]]) -> str:
    """The judgements of a sale as one JSON text, by the labels of its visitors."""
    return "{" + ",".join(f"{dumps(visitor)}:{text}" for visitor, text in sorted(judgements)) + "}"


_JUDGED = select(sale_judgement.c.sale_id, sale_judgement.c.visitor, sealed_text.c.text, sale_judgement.c.figures).join(
    sealed_text, sealed_text.c.id == sale_judgement.c.form_id
)


def judgements_of(connection: Connection, sales: Any) -> Iterator[tuple[int, str, str]]:
    """Sale, visitor and judgement as JSON of the sales whose ids `sales` gives: some, or a query."""
    of_sales = _JUDGED.where(sale_judgement.c.sale_id.in_(sales)).order_by(sale_judgement.c.sale_id)
    for sale_id, visitor, form, figures in plain_rows(connection, of_sales):
        yield sale_id, visitor, form_of(form).filled(figures)


def gauges_of(connection: Connection, sales: Any) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Sale and the gauges of each judgement of the sales whose ids `sales` gives: some, or a query."""
    for sale_id, _, form, figures in plain_rows(connection, _JUDGED.where(sale_judgement.c.sale_id.in_(sales))):
        yield sale_id, form_of(form).gauges(figures)


def quota_of(connection: Connection, sale_id: int) -> dict[str, Any]:
    """What a sale says of the allowances of its visitors."""
    judged = {visitor: json.loads(text) for _, visitor, text in judgements_of(connection, [sale_id])}
    return {visitor: judged[visitor] for visitor in sorted(judged)}


def judgement_rows(quota: Mapping[str, Mapping[str, Any]]) -> Sequence[dict[str, str]]:
    """The judgements of a sale, each with its form as text."""
    rows = []
    for visitor, judged in quota.items():
        form, figures = split(judged)
        rows.append({"visitor": visitor, "form": form, "figures": figures})
    return rows
