"""A day report as one table for a spreadsheet: one row per figure, named by its section, guarded against formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from pos.application.reports.day_figures import ANSWERED
from pos.application.reports.day_json import day_answer
from pos.domain.reports.day_report import DayReport
from pos.exports.safe_text import escaped, guarded

COLUMNS = ("section", "name", "detail", "till", "person", "at", "count", "pieces", "currency", "amount", "value")
_TEXTS = frozenset({"name", "detail", "till", "person"})
_NAMES = {
    "method": "name", "category": "name", "code": "name", "destination": "name", "nationality": "name",
    "reason": "name", "act": "name", "kind": "name", "hour": "name", "z": "name", "shift": "name",
    "cashier": "person", "closed_by": "detail", "opened_at": "at", "name": "detail",
}  # fmt: skip
"""The column that replaces a section's own column name."""

_DAYS = frozenset({"date", "last", "until"})
_BY_FIGURE = frozenset({"cash", "spread"})
"""Sections with several amounts per currency: each amount is a row of its own."""


def day_csv(report: DayReport) -> bytes:
    """The table in UTF-8, with the sections and their order of `report day`."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for section, value in day_answer(report).items():
        for row in _rows(section, value):
            texts = {name: guarded(escaped(str(row[name]))) for name in _TEXTS & row.keys()}
            writer.writerow({"section": section, **row, **texts})
    return stream.getvalue().encode()


def _rows(section: str, value: Any) -> Iterator[dict[str, Any]]:
    if section == "deposits":
        yield from (
            {"name": step, "detail": row["method"], **{name: row[name] for name in ("currency", "amount", "value")}}
            for step, rows in value.items()
            for row in rows
        )
    elif isinstance(value, Mapping):
        whole = {name: one for name, one in value.items() if name in COLUMNS}
        if whole:
            yield whole
        yield from (
            {"name": name, **_figure(name, one)}
            for name, one in value.items()
            if name not in COLUMNS and one is not None
        )
    elif isinstance(value, list):
        for row in value:
            yield from _by_figure(row) if section in _BY_FIGURE else (_named(row),)
    elif value is not None:
        yield {ANSWERED[section].kind.column if section in ANSWERED else "name": value}


def _figure(name: str, value: Any) -> dict[str, Any]:
    """One figure of a section in its columns: a turnover, a day, a number of something, an amount."""
    if isinstance(value, Mapping):
        return {part: one for part, one in value.items() if part in COLUMNS}
    if name in _DAYS:
        return {"at": value}
    return {"count" if isinstance(value, int) else "amount": value}


def _by_figure(row: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for figure, amount in row.items():
        if figure != "currency" and amount is not None:
            yield {"name": figure, "currency": row["currency"], "amount": amount}


def _named(row: Mapping[str, Any]) -> dict[str, Any]:
    fields = {name: value for name, value in row.items() if name != "differences"}
    named = {_NAMES.get(name, name): value for name, value in fields.items()}
    if row.get("differences"):
        named["detail"] = "; ".join(f"{code} {amount}" for code, amount in row["differences"].items())
    return {name: value for name, value in named.items() if name in COLUMNS}
