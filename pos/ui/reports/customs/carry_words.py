"""Texts of carry-outs: a row of the list, the panel beside it, the sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from decimal import Decimal

from pos.application.reports.export_customs import ASSUMED, PARCEL, CarryOut, CustomsLine
from pos.application.text.formatting import (
    date_text,
    grams_text,
    instant_text,
    kg_text,
    money_text,
    number_text,
    percent_text,
    pieces_text,
    sticks_text,
    volume_text,
)
from pos.application.text.names import CATEGORIES, name_of
from pos.application.text.translator import Translator
from pos.domain.money import Money
from pos.ui.widgets.tables.line_table import Cell, LineRow
from pos.ui.widgets.tables.rows_area import AreaRow

BETWEEN = " · "
_MOST_LINES = 80


@dataclass(frozen=True, slots=True)
class CarryText:
    """Text of the panel: the visitor, where and when it went, the goods, their sum."""

    title: str
    about: str
    goods: tuple[AreaRow, ...]
    sums: tuple[AreaRow, ...]


def visitor_text(one: CarryOut, tr: Translator) -> str:
    """The visitor by what the shop may disclose: the country and the last characters of the document."""
    if not one.document:
        return tr("Visitor data erased")
    return f"{one.country}{BETWEEN}••••{one.document}"


@dataclass(frozen=True, slots=True)
class CarrySums:
    """Sums of carry-outs: a month has many, so they are summed on a background thread."""

    visitors: frozenset[str] = frozenset()
    pieces: int = 0
    dutiable: int = 0
    value: Money | None = None

    def plus(self, carried: Sequence[CarryOut]) -> CarrySums:
        """These sums with further carry-outs added."""
        value = self.value
        for one in carried:
            value = one.value if value is None else value + one.value
        return CarrySums(
            self.visitors.union(one.visitor for one in carried),
            self.pieces + sum(one.quantity for one in carried),
            self.dutiable + sum(one.dutiable for one in carried),
            value,
        )


def row_of(one: CarryOut, titles: Mapping[str, str], tr: Translator) -> LineRow:
    """A row of the list."""
    over = one.dutiable
    return LineRow(
        (one.regime, one.day, one.visitor),
        "id-card",
        (
            Cell(visitor_text(one, tr), titles.get(one.regime, one.regime), bold=True),
            Cell(date_text(one.day, tr.language), _how(one.lines, tr)),
            Cell(number_text(one.quantity, tr.language), _to_declare(over, tr), second_token="over"),
            Cell(money_text(one.value, tr.language)),
        ),
    )


def text_of(one: CarryOut, titles: Mapping[str, str], zone: tzinfo, tr: Translator) -> CarryText:
    """The text of the panel."""
    shown = one.lines[:_MOST_LINES]
    goods = [_line(line, zone, tr) for line in shown]
    if len(one.lines) > len(shown):
        more = number_text(len(one.lines) - len(shown), tr.language)
        goods.append(AreaRow(tr("{count} more", count=more)))
    sums = [AreaRow(pieces_text(one.quantity, tr), "", money_text(one.value, tr.language), bold=True)]
    if one.dutiable:
        sums.append(AreaRow(_to_declare(one.dutiable, tr)))
    about = (
        titles.get(one.regime, one.regime),
        f"{date_text(one.day, tr.language)}{BETWEEN}{_how(one.lines, tr)}",
        tr("Name in files: {name}", name=one.visitor),
    )
    return CarryText(visitor_text(one, tr), "\n".join(about), tuple(goods), tuple(sums))


def sums_text(sums: CarrySums, tr: Translator) -> str:
    """The sums of all carry-outs; empty if there are none."""
    if sums.value is None:
        return ""
    visitors = len(sums.visitors)
    number = number_text(visitors, tr.language)
    parts = [
        tr.plural("{number} visitor", "{number} visitors", visitors, number=number),
        pieces_text(sums.pieces, tr),
        money_text(sums.value, tr.language),
        _to_declare(sums.dutiable, tr),
    ]
    return BETWEEN.join(part for part in parts if part)


def is_about(one: CarryOut, text: str) -> bool:
    """Whether a carry-out matches all words of `text`: a receipt, the end of a document, goods or their code."""
    said = [one.document, one.country, one.visitor]
    said += [
        part
        for line in one.lines
        for part in (line.line.receipt, line.line.code, line.line.name, *line.line.names.values())
    ]
    whole = "\n".join(said).casefold()
    return all(word in whole for word in text.casefold().split())


def _how(lines: Sequence[CustomsLine], tr: Translator) -> str:
    if all(line.how == PARCEL for line in lines):
        return tr("to be sent")
    if all(line.how == ASSUMED for line in lines):
        return tr("assumed departed")
    return tr("departed")


def _to_declare(count: int, tr: Translator) -> str:
    if not count:
        return ""
    return tr("To declare: {n}", n=number_text(count, tr.language))


def _line(one: CustomsLine, zone: tzinfo, tr: Translator) -> AreaRow:
    line = one.line
    details = [line.receipt, instant_text(line.at, zone, tr.language), name_of(CATEGORIES, line.category, tr)]
    details += _measures(line.measures, tr)
    details.append(_to_declare(line.dutiable, tr))
    quantity = number_text(line.quantity, tr.language)
    return AreaRow(
        f"{quantity} × {line.names.get(tr.language, line.name)}",
        BETWEEN.join(part for part in details if part),
        money_text(line.amount, tr.language),
    )


def _measures(measures: Mapping[str, str], tr: Translator) -> list[str]:
    """Weights and measures of one piece that customs needs."""
    language, said = tr.language, []
    if "ml" in measures:
        said.append(volume_text(Decimal(measures["ml"]), language))
    if "abv" in measures:
        said.append(percent_text(Decimal(measures["abv"]), language))
    if "gross_kg" in measures:
        said.append(kg_text(Decimal(measures["gross_kg"]), language))
    elif "net_g" in measures:
        said.append(grams_text(Decimal(measures["net_g"]), language))
    if "sticks" in measures:
        said.append(sticks_text(int(Decimal(measures["sticks"])), tr))
    return said
