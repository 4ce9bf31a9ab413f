"""The figures of the day report, one row each; JSON, CSV, table, printed tiles and tiles of the window walk them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from pos.application.reports.figure_kinds import AMOUNT, COUNT, COUNTS, TURNOVER, Figure, Remark, TileSlot
from pos.application.text.border_words import country_text
from pos.application.text.formatting import (
    NO_BREAK,
    currency_symbol,
    money_text,
    number_text,
    percent_text,
    pieces_text,
)
from pos.application.text.translator import Translator
from pos.application.text.typography import labelled
from pos.domain.money import Money
from pos.domain.pricing.spread import earned
from pos.domain.reports.day_report import DayReport
from pos.domain.reports.trade_figures import Margin


def _net(report: DayReport) -> Money:
    return report.sales.amount - report.returns.amount


def _visits(report: DayReport) -> int:
    return sum(count for _, count in report.visitors)


def _removed(report: DayReport) -> int:
    return len(report.details.voids)


def _of_margin(part: Callable[[Margin], Money]) -> Callable[[DayReport], Money | None]:
    return lambda day: None if day.margin is None else part(day.margin)


def _margin_rate(report: DayReport) -> Fraction | None:
    return None if report.margin is None else report.margin.rate


def _net_remark(report: DayReport, tr: Translator) -> str:
    net, language = _net(report), tr.language
    shown = tr("net {amount}", amount=f"{currency_symbol(net.currency)}{NO_BREAK}{number_text(net.units, language)}")
    return shown if report.returns.amount else ""


def _pieces_remark(report: DayReport, tr: Translator) -> str:
    return pieces_text(report.sales.pieces, tr)


def _returned_remark(report: DayReport, tr: Translator) -> str:
    return tr("{amount} returned", amount=money_text(report.returns.amount, tr.language))


def _sides_remark(report: DayReport, tr: Translator) -> str:
    return " · ".join(
        f"{country_text(side, tr) or tr('unknown')} {number_text(count, tr.language)}"
        for side, count in report.visitors
    )


def _removed_remark(report: DayReport, tr: Translator) -> str:
    return labelled(tr, tr("Removed lines"), number_text(_removed(report), tr.language))


def _is_without_trade(report: DayReport) -> bool:
    return not report.sales.count and not report.returns.count


def _earned(report: DayReport) -> Money | None:
    margin = report.margin
    return None if margin is None or not (margin.is_known or _is_without_trade(report)) else margin.amount


def _cost_remark(report: DayReport, tr: Translator) -> str:
    margin = report.margin
    if margin is not None and _is_without_trade(report):
        return ""
    if margin is None or not margin.is_known:
        return tr("no known cost")
    if margin.is_whole:
        return ""
    if margin.coverage is None or not 0 <= margin.coverage < 1:
        return tr("some costs are unknown")
    return tr("cost known: {percent}", percent=percent_text(100 * margin.coverage, tr.language, 0))


TRADE: tuple[Figure[Any], ...] = (
    Figure(
        "sales", lambda tr: tr("Sales"), TURNOVER, lambda day: day.sales, lambda then: then.sales,
        window=TileSlot(1, _net_remark), paper=TileSlot(1),
    ),
    Figure(
        "receipts", lambda tr: tr("Receipts"), COUNT, lambda day: day.sales.count, lambda then: then.sales.count,
        is_answered=False, is_in_table=False, window=TileSlot(2, _pieces_remark), paper=TileSlot(2, _pieces_remark),
    ),
    Figure(
        "average", lambda tr: tr("Average basket"), AMOUNT,
        lambda day: day.sales.average, lambda then: then.sales.average, window=TileSlot(3), paper=TileSlot(3),
    ),
    Figure("returns", lambda tr: tr("Returned goods"), TURNOVER, lambda day: day.returns),
    Figure(
        "without_receipt", lambda tr: tr("Of these, without receipt"), TURNOVER, lambda day: day.without_receipt
    ),
    Figure("voided_sales", lambda tr: tr("Of these, voided sales"), TURNOVER, lambda day: day.voided_sales),
    Figure(
        "net", lambda tr: tr("Net sales"), AMOUNT, _net,
        is_answered=False, paper=TileSlot(4, _returned_remark),
    ),
    Figure("discounts", lambda tr: tr("Discounts"), AMOUNT, lambda day: day.discounts),
    Figure("rounding", lambda tr: tr("Rounding"), AMOUNT, lambda day: day.rounding),
)  # fmt: skip

EXCHANGE: tuple[Figure[Any], ...] = (
    Figure(
        "spread_total", lambda tr: tr("Exchange gain or loss"), AMOUNT,
        lambda day: earned(day.spread, Money.zero(day.currency)), is_in_table=False,
    ),
)  # fmt: skip

VISITS: tuple[Figure[Any], ...] = (
    Figure(
        "visits", lambda tr: tr.context("visitors of receipts", "Visits"), COUNT, _visits,
        is_answered=False, window=TileSlot(4, _sides_remark), paper=TileSlot(6, _removed_remark),
    ),
)  # fmt: skip

MARGIN: tuple[Figure[Money], ...] = (
    Figure("turnover", lambda tr: tr("Revenue before tax"), AMOUNT, _of_margin(lambda margin: margin.turnover)),
    Figure("known", lambda tr: tr("With a known cost"), AMOUNT, _of_margin(lambda margin: margin.known)),
    Figure("cost", lambda tr: tr("Cost of goods"), AMOUNT, _of_margin(lambda margin: margin.cost)),
    Figure("amount", lambda tr: tr("Margin"), AMOUNT, _of_margin(lambda margin: margin.amount)),
    Figure(
        "earned", lambda tr: tr("Margin"), AMOUNT, _earned, share=_margin_rate,
        is_answered=False, is_in_table=False, window=TileSlot(6, _cost_remark), paper=TileSlot(5, _cost_remark),
    ),
)  # fmt: skip
"""Goods of unknown cost count in `turnover` alone; `earned` is unknown where goods were sold and no cost is known."""

EVENTS: tuple[Figure[Any], ...] = (
    Figure(
        "returned_and_removed", lambda tr: tr("Returns · removed lines"), COUNTS,
        lambda day: (day.returns.count, _removed(day)),
        is_answered=False, is_in_table=False, window=TileSlot(5, _returned_remark),
    ),
    Figure("voids", lambda tr: tr("Removed lines"), COUNT, _removed),
    Figure(
        "no_sales", lambda tr: tr("Drawer opened without a sale"), COUNT, lambda day: len(day.details.openings)
    ),
    Figure("approvals", lambda tr: tr("Approvals"), COUNT, lambda day: day.approvals),
)  # fmt: skip

FIGURES: tuple[Figure[Any], ...] = (*TRADE, *EXCHANGE, *VISITS, *MARGIN, *EVENTS)
"""All in the order of the table."""

ANSWERED = {figure.key: figure for figure in (*TRADE, *EXCHANGE, *VISITS, *EVENTS) if figure.is_answered}
"""The figures that have a key of their own in the JSON; those of the margin stand together in `margin`."""


def answers(report: DayReport, figures: Iterable[Figure[Any]]) -> dict[str, Any]:
    """The keys and values of figures in JSON; one that is unknown is null."""
    values = {figure: figure.value(report) for figure in figures if figure.is_answered}
    return {figure.key: None if value is None else figure.kind.answer(value) for figure, value in values.items()}


@dataclass(frozen=True, slots=True)
class TileFigure:
    """A figure as a tile says it; `change` is in per cent, `previous` None without comparison."""

    name: str
    value: str
    share: str
    change: Fraction | None
    previous: str | None
    remark: str


def on_window(report: DayReport, tr: Translator) -> list[TileFigure]:
    """The tiles of the window in order."""
    return _placed(report, tr, {figure: figure.window for figure in FIGURES})


def on_paper(report: DayReport, tr: Translator) -> list[TileFigure]:
    """The tiles of the printed report in order."""
    return _placed(report, tr, {figure: figure.paper for figure in FIGURES})


def _placed(report: DayReport, tr: Translator, positions: dict[Figure[Any], TileSlot | None]) -> list[TileFigure]:
    shown = [(figure, position) for figure, position in positions.items() if position is not None]
    shown.sort(key=lambda pair: pair[1].position)
    return [_tile(figure, position.remark, report, tr) for figure, position in shown]


def _tile(figure: Figure[Any], remark: Remark | None, report: DayReport, tr: Translator) -> TileFigure:
    value, then, change = figure.value(report), figure.compared(report), figure.change(report)
    share = None if figure.share is None else figure.share(report)
    return TileFigure(
        figure.title(tr),
        tr("unknown") if value is None else figure.kind.text(value, tr),
        "" if share is None else percent_text(100 * share, tr.language, 1),
        None if change is None else 100 * change,
        None if then is None else figure.kind.text(then, tr),
        "" if remark is None else remark(report, tr),
    )
