"""The tiles of a day: each figure with its change against the same weekdays before."""

from __future__ import annotations

from fractions import Fraction

from pos.application.text.formatting import (
    NO_BREAK,
    date_text,
    long_date_text,
    money_text,
    number_text,
    percent_text,
    pieces_text,
    sign_of,
    time_text,
    weekday_text,
)
from pos.application.text.names import COUNTRIES, name_of
from pos.application.text.words import Words
from pos.domain.money import Money
from pos.domain.period import Period
from pos.domain.reports.day_report import DayReport
from pos.domain.reports.trade_figures import Compared
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


def compared_text(report: DayReport, words: Words) -> str:
    """The comparison period with its cut-off time; "no comparison" if the shop had no sales then."""
    compared = report.compared
    if compared is None or not compared.whole.count:
        return words("no comparison")
    period = period_text(Period(compared.first, compared.last), words.language, short=True)
    if compared.until is None:
        return words("compared with {days}", days=period)
    return words("compared with {days} to {time}", days=period, time=time_text(compared.until))


def tiles(report: DayReport, words: Words) -> list[TileText]:
    """The figures at the top."""
    language = words.language
    then = report.compared if report.compared is not None and report.compared.whole.count else None
    net = report.sales.amount - report.returns.amount
    shown = words("net {amount}", amount=f"{sign_of(net.currency)}{NO_BREAK}{number_text(net.units, language)}")
    remark = shown if report.returns.amount else ""
    return [
        _money(
            words("Sales"),
            report.sales.amount,
            then.sales.amount if then else None,
            remark,
            words,
        ),
        _receipts(report, then, words),
        _money(words("Average basket"), report.sales.average, then.sales.average if then else None, "", words),
        _visitors(report, words),
        _returns(report, words),
        _margin(report, words),
    ]


def _money(name: str, now: Money, then: Money | None, remark: str, words: Words) -> TileText:
    shown = None if then is None else money_text(then, words.language)
    change = None if then is None else _change(now.minor, then.minor)
    return _tile(name, money_text(now, words.language), change, shown, remark, words)


def _receipts(report: DayReport, then: Compared | None, words: Words) -> TileText:
    now, language = report.sales, words.language
    shown = None if then is None else number_text(then.sales.count, language)
    change = None if then is None else _change(now.count, then.sales.count)
    pieces = pieces_text(now.pieces, words)
    return _tile(words("Receipts"), number_text(now.count, language), change, shown, pieces, words)


def _visitors(report: DayReport, words: Words) -> TileText:
    language, name = words.language, words.within("visitors of receipts", "Visits")
    whole = number_text(sum(count for _, count in report.visitors), language)
    sides = " · ".join(
        f"{name_of(COUNTRIES, side, words) or words('unknown')} {number_text(count, language)}"
        for side, count in report.visitors
    )
    return TileText(name, whole, sides, _spoken(name, whole, sides))


def _returns(report: DayReport, words: Words) -> TileText:
    language, name = words.language, words("Returns · removed lines")
    both = " · ".join(number_text(count, language) for count in (report.returns.count, len(report.details.voids)))
    back = words("{amount} returned", amount=money_text(report.returns.amount, language))
    return TileText(name, both, back, _spoken(name, both, back))


def _margin(report: DayReport, words: Words) -> TileText:
    language, name, margin = words.language, words("Margin"), report.margin
    if margin is None or margin.rate is None:
        why = words("no known cost")
        return TileText(name, words("unknown"), why, _spoken(name, words("unknown"), why))
    amount = money_text(margin.amount, language)
    rate = percent_text(100 * margin.rate, language, 1)
    coverage = margin.coverage
    known = ""
    if coverage is not None and coverage < 1:
        known = words("cost known: {percent}", percent=percent_text(100 * coverage, language, 0))
    return TileText(name, amount, known, _spoken(name, amount, rate, known), change=rate)


def _change(now: int, then: int) -> Fraction | None:
    return Fraction(100 * (now - then), then) if then > 0 else None


def _tile(name: str, figure: str, change: Fraction | None, then: str | None, remark: str, words: Words) -> TileText:
    if then is None:
        return TileText(name, figure, remark, _spoken(name, figure, remark))
    before = words("previous: {figure}", figure=then)
    if change is None:
        return TileText(name, figure, remark or before, _spoken(name, figure, before, remark))
    text = percent_text(abs(change), words.language, 1 if abs(change) < _MUCH else 0)
    shown = round(change, 1)
    if shown > 0:
        icon, token, spoken = _UP, "within", words("{percent} more", percent=text)
    elif shown < 0:
        icon, token, spoken = _DOWN, "nearly", words("{percent} less", percent=text)
    else:
        icon, token, spoken = _SAME, "muted", words("no change")
    return TileText(name, figure, remark or then, _spoken(name, figure, spoken, before, remark), text, icon, token)


def _spoken(name: str, *parts: str) -> str:
    """The accessible text of a tile."""
    return f"{name}: {', '.join(part for part in parts if part)}"
