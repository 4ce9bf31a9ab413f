"""Texts of stock-takes: title and rows in the current language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pos.application.ports.count_ports import SheetRow
from pos.application.settings.settings import Settings
from pos.application.stock.post_count import CountDifference, CountReview
from pos.application.text.formatting import instant_text, money_text, number_text
from pos.application.text.names import CATEGORIES, STOCK_LOCATIONS, STOCK_WHYS, name_of
from pos.application.text.translator import N_, Translator
from pos.application.text.typography import noted
from pos.domain.money import CURRENCIES, Money
from pos.domain.stock.stock_count import StockCount
from pos.ui.look.icons import category_icon
from pos.ui.widgets.tables.line_table import Cell, LineRow

STATES = {
    "counting": N_("counting"),
    "recount": N_("recounting"),
    "posted": N_("posted"),
    "dropped": N_("discarded"),
}
_STATE_LOOKS = {
    "counting": ("scan-line", "accent"),
    "recount": ("rotate-ccw", "nearly"),
    "posted": ("circle-check", "within"),
    "dropped": ("circle-slash", "muted"),
}


def scope_text(count: StockCount, tr: Translator) -> str:
    """The scope of a stock-take."""
    if count.scope == "category":
        return name_of(CATEGORIES, count.scope_value, tr)
    if count.scope == "shelf":
        return tr("Shelf {shelf}", shelf=count.scope_value)
    return tr("Chosen products") if count.scope == "products" else tr("Everything")


def title_of(count: StockCount, tr: Translator) -> str:
    """A stock-take in one line."""
    location = name_of(STOCK_LOCATIONS, count.location, tr)
    return f"{count.name} · {location} · {scope_text(count, tr)}"


def count_row(count: StockCount, settings: Settings, names: Mapping[str, str], tr: Translator) -> LineRow:
    """A stock-take as a row of the list."""
    icon, token = _STATE_LOOKS[count.state]
    way = tr("blind") if count.blind else tr.context("count", "open")
    return LineRow(
        count.number,
        "clipboard-list",
        (
            Cell(scope_text(count, tr), f"{count.name} · {way}", bold=True),
            Cell(name_of(STOCK_LOCATIONS, count.location, tr)),
            Cell(instant_text(count.at, settings.zone, tr.language), names.get(count.person, count.person)),
            Cell(tr(STATES[count.state]), token=token, bold=True, icon=icon),
        ),
    )


def sheet_row(row: SheetRow, tr: Translator) -> LineRow:
    """An entry of a sheet."""
    result = (
        Cell(tr("not in this stock-take"), token="over", bold=True, icon="circle-x")
        if row.outside
        else Cell(tr("counted"), token="accent", bold=True, icon="circle-check")
    )
    return LineRow(
        (row.product, row.lot),
        category_icon(row.category),
        (
            Cell(row.names.get(tr.language) or row.name, row.code, bold=True),
            Cell(row.lot or tr("no lot"), token="text" if row.lot else "muted"),
            Cell(number_text(row.counted, tr.language), bold=True, large=True),
            result,
        ),
        warns=row.outside,
    )


def difference_row(one: CountDifference, tr: Translator) -> LineRow:
    """A difference before (or after) it is posted."""
    language = tr.language

    def number(value: int, *, plus: bool = False) -> str:
        return number_text(value, language, plus=plus)

    if one.pieces is None:
        span = f"{number(one.least, plus=True)} … {number(one.most, plus=True)}"
        state = Cell(span, tr("sold during count: recount"), token="over", bold=True, icon="rotate-ccw")
    elif one.pieces > 0:
        state = Cell(tr("{n} extra", n=number(one.pieces)), token="nearly", bold=True, icon="circle-plus")
    else:
        state = Cell(tr("{n} missing", n=number(-one.pieces)), token="nearly", bold=True, icon="circle-minus")
    if one.pieces is not None:
        held = tr("{n} held for customers", n=number(one.held)) if one.held else ""
        state = Cell(state.text, held, state.token, bold=True, icon=state.icon)
    value = tr("unknown") if one.value is None else money_text(one.value, language, plus=True)
    reason = name_of(STOCK_WHYS, one.reason, tr) if one.reason else tr("choose a reason")
    return LineRow(
        (one.product.id, one.line),
        category_icon(one.product.category or ""),
        (
            Cell(one.product.name_in(language), " · ".join(_code(one)), bold=True),
            Cell(number(one.books), token="muted", large=True),
            Cell(number(one.counted), bold=True, large=True),
            state,
            Cell(value, token="text" if one.value is not None else "muted"),
            Cell(reason, one.note, token="text" if one.reason else "over"),
        ),
        warns=one.pieces is None,
    )


def _code(one: CountDifference) -> list[str]:
    return [one.product.code] if one.lot is None else [one.product.code, one.lot.code]


def value_texts(review: CountReview, tr: Translator) -> tuple[str, str]:
    """The value of all differences: its name, with how many have no known cost, and the figure."""
    return _value_name(review.unknown, tr), money_text(review.value, tr.language, plus=True)


def posted_row(one: Mapping[str, Any], currency: str, category: str | None, tr: Translator) -> LineRow:
    """A difference as posted, with the current picture of the product."""
    language, pieces = tr.language, int(one["difference"])
    counted = number_text(abs(pieces), language)
    state = tr("{n} extra", n=counted) if pieces > 0 else tr("{n} missing", n=counted)
    value = one["value"]
    shown = tr("unknown") if value is None else money_text(_money(value, currency), language, plus=True)
    code = f"{one['code']} · {one['lot']}" if one["lot"] else one["code"]
    return LineRow(
        (one["code"], one["lot"]),
        category_icon(category or ""),
        (
            Cell(one["names"].get(language) or one["name"], code, bold=True),
            Cell(number_text(one["expected"], language), token="muted", large=True),
            Cell(number_text(one["counted"], language), bold=True, large=True),
            Cell(state, token="nearly", bold=True, icon="circle-plus" if pieces > 0 else "circle-minus"),
            Cell(shown, token="text" if value is not None else "muted"),
            Cell(name_of(STOCK_WHYS, one["reason"], tr), one["note"]),
        ),
    )


def posted_value(content: Mapping[str, Any], tr: Translator) -> tuple[str, str]:
    """The value of everything posted, as `value_texts` says it."""
    value = _money(content["value"], content["currency"])
    return _value_name(int(content["unknown"]), tr), money_text(value, tr.language, plus=True)


def _value_name(unknown: int, tr: Translator) -> str:
    """The small line above the figure has room for what the large one has not."""
    name = tr("Value of the differences")
    return noted(tr, name, tr("{n} of unknown cost", n=number_text(unknown, tr.language))) if unknown else name


def _money(text: str, currency: str) -> Money:
    return Money.parse(text, CURRENCIES[currency])
