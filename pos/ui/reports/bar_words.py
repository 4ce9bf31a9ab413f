"""Texts of the bars of a day: by hour, by day, and how full the allowances were."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from pos.application.text.border_words import city_text
from pos.application.text.formatting import (
    currency_symbol,
    date_text,
    money_text,
    number_text,
    weekday_text,
    with_percent,
)
from pos.application.text.translator import Translator
from pos.application.text.typography import labelled, noted, parted
from pos.domain.money import Money
from pos.domain.reports.day_report import DayReport
from pos.domain.reports.quota_use import BUCKETS, OVER
from pos.domain.reports.report_slice import ReportSlice
from pos.domain.reports.trade_figures import Share
from pos.ui.reports.drawn_slice import DrawnSlice
from pos.ui.reports.row_words import with_receipts

_FULL = "85-100"
_NAMED = 31
"""Up to this many days have their numbers under the bars; of more only the first of each month."""


def hours_title(report: DayReport, zone: str, tr: Translator) -> str:
    """Title of the bars, with currency and time zone."""
    name = tr("Sales by hour, {sign}", sign=currency_symbol(report.currency))
    return noted(tr, name, city_text(zone, tr))


def hours(report: DayReport, tr: Translator) -> list[DrawnSlice]:
    """The hours from the first to the last with a sale, in this period or a week before."""
    now, language, none = dict(report.by_hour), tr.language, Money.zero(report.currency)
    compared = report.compared
    then = dict(compared.by_hour) if compared is not None else {}
    every = {*now, *then}
    slices = []
    for hour in range(min(every), max(every) + 1) if now else ():
        share = now.get(hour, Share(str(hour), 0, none))
        ago = then[hour].amount if hour in then else none
        spoken = labelled(tr, hour_text(hour), with_receipts(share, tr))
        if then:
            spoken = parted(tr, (spoken, tr("previous: {figure}", figure=money_text(ago, language))))
        slices.append(
            DrawnSlice(
                behind=ReportSlice("hour", str(hour)) if share.count else None,
                name=f"{hour:02d}",
                value=share.amount.minor,
                spoken=spoken,
                label=number_text(share.amount.units, language),
                before=ago.minor if then else None,
            )
        )
    return slices


def hour_text(hour: int) -> str:
    """An hour as a range: 15:00–16:00."""
    return f"{hour:02d}:00–{hour + 1:02d}:00"


def days(report: DayReport, tr: Translator) -> list[DrawnSlice]:
    """Every day from the first to the last, including days without a sale."""
    sold, language, none = dict(report.by_day), tr.language, Money.zero(report.currency)
    count = (report.last - report.first).days + 1
    slices = []
    for day in (report.first + timedelta(days=index) for index in range(count)) if sold else ():
        share = sold.get(day, Share("", 0, none))
        slices.append(
            DrawnSlice(
                behind=ReportSlice("day", day.isoformat()) if share.count else None,
                name=_day_name(day, count, language),
                value=share.amount.minor,
                spoken=labelled(
                    tr, f"{weekday_text(day, language)} {date_text(day, language)}", with_receipts(share, tr)
                ),
                label=number_text(share.amount.units, language),
            )
        )
    return slices


def _day_name(day: date, count: int, language: str) -> str:
    if count <= 7:  # a week
        return f"{weekday_text(day, language, short=True)} {day.day}"
    if count <= _NAMED:
        return str(day.day)
    return f"{day.month}/{day.year}" if day.day == 1 else ""


def highest(slices: Sequence[DrawnSlice], report: DayReport) -> Money:
    """The highest value of bars and line."""
    most = max((max(drawn.value, drawn.before or 0) for drawn in slices), default=0)
    return Money(max(most, 1), report.currency)


def quota(report: DayReport, tr: Translator) -> list[DrawnSlice]:
    """How full the fullest gauge of each visitor was; amber and red only where it is nearly full or over."""
    counts = {use.bucket: use.count for use in report.quota_use}
    slices = []
    for bucket in BUCKETS if any(counts.values()) else ():
        count = counts.get(bucket, 0)
        name = tr.context("fullest gauge", "over") if bucket == OVER else bucket.replace("-", "–")
        shown = number_text(count, tr.language)
        visitors = tr.plural("{n} visit", "{n} visits", count, n=shown)
        share = name if bucket == OVER else tr("{percent} of the allowance", percent=with_percent(name, tr.language))
        token = {OVER: "over", _FULL: "nearly"}.get(bucket, "chart_1")
        behind = ReportSlice("use", bucket) if count else None
        slices.append(DrawnSlice(behind, name, count, labelled(tr, share, visitors), label=shown, token=token))
    return slices
