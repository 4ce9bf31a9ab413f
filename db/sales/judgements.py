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
"""Places of figures in a form, as text and as number. JSON writes both signs as escapes, so nothing else is one."""

_ESCAPES = {dumps(sign)[1:-1]: sign for sign in (_TEXT, _NUMBER)}

_PLACES = re.compile(f'"{_NUMBER}"|{_TEXT}')
_FIGURE = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)
_FIGURES = re.compile(r"[-0-9. ]*", re.ASCII)
_OF_GOODS = ("current", "pending", "used")
"""The figures of a rule that are nothing where no goods met it."""


def split(judged: Mapping[str, Any]) -> tuple[str, str]:
    """The form of a judgement, and its figures in their order."""
    figures: list[str] = []
    form = dumps({name: _split(name, judged[name], figures) for name in sorted(judged)})
    whole = dumps(judged)
    if any(escape in whole for escape in _ESCAPES):
        return whole, ""  # its own signs would be taken for places
    for escape, sign in _ESCAPES.items():
        form = form.replace(escape, sign)
    return form, " ".join(figures)


def _split(name: str, value: Any, figures: list[str]) -> Any:
    if name == "rules":
        return [rule if _is_untouched(rule) else _without_figures(rule, figures) for rule in value]
    return _without_figures(value, figures) if name in ("advice", "duty") else value


def _is_untouched(rule: Mapping[str, Any]) -> bool:
    return all(_is_nothing(rule.get(name)) for name in _OF_GOODS)


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

    __slots__ = ("_escaped", "_plain")

    def __init__(self, form: str) -> None:
        parts = [part.replace("%", "%%") for part in _PLACES.split(form)]
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
