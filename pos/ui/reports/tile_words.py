"""The tiles of a day: each figure with its change against the same weekdays before."""

from __future__ import annotations

from pos.application.reports.day_figures import TileFigure, on_window
from pos.application.text.formatting import date_text, long_date_text, percent_text, time_text, weekday_text
from pos.application.text.translator import Translator
from pos.domain.period import Period
from pos.domain.reports.day_report import DayReport
from pos.ui.reports.tile import TileText

_MUCH = 100
"""Percentage from which on tenths are left out."""
_UP, _DOWN, _SAME = "arrow-up-right", "arrow-down-right", "arrow-right"


def period_text(period: Period, language: str, *, short: bool = False) -> str:
    """The days of a report: Tuesday 24 November 2026 (short: Tue 24 Nov 2026), or from one date to another."""
    day = period.first
    if period.days > 1:
        return f"{date_text(day, language)} – {date_text(period.last, language)}"
    if short:
        return f"{weekday_text(day, language, short=True)} {date_text(day, language)}"
    return long_date_text(day, language)


def compared_text(report: DayReport, tr: Translator) -> str:
    """The comparison period with its cut-off time; "no comparison" if the shop had no sales then."""
    compared = report.compared
    if compared is None or not compared.whole.count:
        return tr("no comparison")
    period = period_text(Period(compared.first, compared.last), tr.language, short=True)
    if compared.until is None:
        return tr("compared with {days}", days=period)
    return tr("compared with {days} to {time}", days=period, time=time_text(compared.until))


def tiles(report: DayReport, tr: Translator) -> list[TileText]:
    """The figures at the top."""
    return [_tile(tile, tr) for tile in on_window(report, tr)]


def _tile(tile: TileFigure, tr: Translator) -> TileText:
    name, value, remark = tile.name, tile.value, tile.remark
    if tile.previous is None:
        return TileText(name, value, remark, _spoken(name, value, tile.share, remark), change=tile.share)
    before = tr("previous: {figure}", figure=tile.previous)
    if tile.change is None:
        return TileText(name, value, remark or before, _spoken(name, value, before, remark))
    much = abs(tile.change) >= _MUCH
    text = percent_text(abs(tile.change), tr.language, 0 if much else 1)
    shown = round(tile.change, 1)
    if shown > 0:
        icon, token, spoken = _UP, "within", tr("{percent} more", percent=text)
    elif shown < 0:
        icon, token, spoken = _DOWN, "nearly", tr("{percent} less", percent=text)
    else:
        icon, token, spoken = _SAME, "muted", tr("no change")
    spoken = _spoken(name, value, spoken, before, remark)
    return TileText(name, value, remark or tile.previous, spoken, text, icon, token)


def _spoken(name: str, *parts: str) -> str:
    """The accessible text of a tile."""
    return f"{name}: {', '.join(part for part in parts if part)}"
