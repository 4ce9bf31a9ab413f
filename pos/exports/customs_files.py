"""The customs file as CSV and JSON; docs/customs-export.md describes the columns."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pos.application.reports.export_customs import CarryOut, CustomsFile, CustomsLine, Write
from pos.domain.catalogue.product_fields import CUSTOMS_ATTRIBUTES
from pos.exports.safe_text import escaped, guarded
from pos.exports.whole_file import writing

FORM = "border-pos customs 1"
COLUMNS = (
    "regime", "day", "visitor", "country", "document", "how", "receipt", "bought_at", "code", "name", "category",
    "quantity", "dutiable", "amount", "currency", *CUSTOMS_ATTRIBUTES,
)  # fmt: skip


def customs_csv(file: Path, made: CustomsFile, stamp: str = "") -> None:
    """One row per line, in UTF-8, guarded against formulas; `stamp` begins each. Raises InfrastructureError."""
    before = [_cell(stamp)] if stamp else []
    with writing(file) as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([*before, *COLUMNS])
        for carried in made.carried:
            head = (carried.regime, carried.day.isoformat(), carried.visitor, carried.country, carried.document)
            for one in carried.lines:
                row = {**_line(one, made), "day": carried.day.isoformat()}
                cells = [*head, *(row.get(name) for name in COLUMNS[len(head) :])]
                writer.writerow([*before, *(_cell(cell) for cell in cells)])


def customs_json(file: Path, made: CustomsFile, stamp: str = "") -> None:
    """One object with a list of carry-outs, each with its lines; `stamp` stands before the name of the shop.

    Raises InfrastructureError.
    """
    content = {
        "format": FORM,
        "shop": f"{stamp} · {made.shop}" if stamp else made.shop,
        "from": made.first.isoformat(),
        "to": made.last.isoformat(),
        "made_at": made.made_at.isoformat(timespec="seconds"),
        "carried_out": [_carried(one, made) for one in made.carried],
    }
    with writing(file) as stream:
        json.dump(content, stream, ensure_ascii=False, indent=2)
        stream.write("\n")


def customs_writers(stamp: Callable[[], str] = str) -> Mapping[str, Write]:
    """The writers by the ending of the file; `stamp` marks the files of a training, and is empty in a shop."""
    return {
        ".csv": lambda file, made: customs_csv(file, made, stamp()),
        ".json": lambda file, made: customs_json(file, made, stamp()),
    }


def _carried(carried: CarryOut, made: CustomsFile) -> dict[str, Any]:
    value = carried.value
    return {
        "regime": carried.regime,
        "day": carried.day.isoformat(),
        "visitor": carried.visitor,
        "country": carried.country or None,
        "document": carried.document or None,
        "quantity": carried.quantity,
        "value": {"amount": str(value), "currency": value.currency.code},
        "lines": [_line(one, made) for one in carried.lines],
    }


def _line(one: CustomsLine, made: CustomsFile) -> dict[str, Any]:
    line = one.line
    return {
        "how": one.how,
        "receipt": line.receipt,
        "bought_at": line.at.astimezone(made.made_at.tzinfo).isoformat(timespec="seconds"),
        "code": line.code,
        "name": line.name,
        "category": line.category,
        "quantity": line.quantity,
        "dutiable": line.dutiable,
        "amount": str(line.amount),
        "currency": line.amount.currency.code,
        **line.measures,
    }


def _cell(value: object) -> str | int:
    if isinstance(value, int):
        return value
    return "" if value is None else guarded(escaped(str(value)))
