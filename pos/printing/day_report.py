"""The day report as rows: turnover, money by method, the drawers together, by hour and by goods, who allowed what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from pos.application.figures import date_text, instant_text, long_date_text, money_text, number_text
from pos.application.names import CATEGORIES, DESTINATIONS
from pos.application.settings import Settings
from pos.application.words import N_, Words
from pos.domain.day_report import DayReport
from pos.domain.day_shares import GoodsShare, Share
from pos.printing.both_words import BothWords
from pos.printing.fonts import Fonts
from pos.printing.heading import shop_rows
from pos.printing.pdf import strip_pdf
from pos.printing.printable import printable
from pos.printing.report_details import act_rows
from pos.printing.rows import Heading, Line, Pair, Row, Text
from pos.printing.shift_report import cash_rows, payment_rows, turnover_rows

_DAY = N_("Day report")
_ALL_TILLS = N_("All tills")
_STILL_OPEN = N_("still open")


def day_pdf(report: DayReport, settings: Settings, words: Mapping[str, Words], fonts: Path) -> bytes:
    """The PDF on 80 mm; raises PrinterTrouble where a font is missing."""
    rows = day_rows(report, settings, words)
    return strip_pdf(rows, Fonts(fonts), report.first.isoformat(), printable(settings.shop_name))


def day_rows(report: DayReport, settings: Settings, words: Mapping[str, Words]) -> tuple[Row, ...]:
    """The report in the languages of the shop's papers; `words` holds all languages by code."""
    both = BothWords.of(words, settings.receipt_languages)
    title, *second = both.apart(_DAY)
    rows: list[Row] = [Heading(title), *(Text(said, centered=True, bold=True) for said in second)]
    rows += shop_rows(settings, large=False)
    rows.append(Line())
    rows += _head(report, both)
    rows.append(Line())
    rows += turnover_rows(report, both)
    rows.append(Line())
    rows += payment_rows(report, report.currency, both)
    for line in report.cash:
        rows.append(Line())
        rows += cash_rows(line, both)
    for part in (_closed(report, settings, both), _shares(report, both), _goods(report, both)):
        rows.append(Line())
        rows += part
    rows.append(Line())
    counts = (len(report.details.voids), len(report.details.openings), report.approvals)
    rows += act_rows(report.details, counts, settings.zone, both)
    return tuple(rows)


def _head(report: DayReport, words: BothWords) -> Iterator[Row]:
    yield Text(long_date_text(report.first, words.language), bold=True)
    if report.last != report.first:
        yield Text(f"– {date_text(report.last, words.language)}", bold=True)
    till = words(_ALL_TILLS) if report.till is None else words("Till {till}", till=report.till)
    yield Text(till, small=True)


def _closed(report: DayReport, settings: Settings, words: BothWords) -> Iterator[Row]:
    for closed in report.closed:
        at = instant_text(closed.at, settings.zone, words.language)
        yield Pair(f"{closed.name} · {printable(closed.cashier, 40)}", at, small=True)
        for money in closed.differences:
            difference = money_text(money, words.language, cash=True, plus=True)
            yield Pair(f"  {words('Difference')} {money.currency.code}", difference, small=True)
    for one in report.open:
        yield Pair(f"{one.till} · {printable(one.cashier, 40)}", words(_STILL_OPEN), small=True)


def _shares(report: DayReport, words: BothWords) -> Iterator[Row]:
    for hour, share in report.by_hour:
        yield _share(f"{hour:02d}:00", share, words)
    yield from (_share(printable(one.name, 40), one, words) for one in report.by_cashier)
    yield from (_share(words.named(DESTINATIONS, one.name) or "–", one, words) for one in report.by_destination)


def _goods(report: DayReport, words: BothWords) -> Iterator[Row]:
    yield from _pieces(report.by_category, lambda one: words.named(CATEGORIES, one.code), words)
    yield Line()
    yield from _pieces(report.top_products, lambda one: printable(one.name, 60), words)


def _pieces(shares: Iterable[GoodsShare], name: Callable[[GoodsShare], str], words: BothWords) -> Iterator[Row]:
    for one in shares:
        pieces = number_text(one.pieces, words.language)
        yield Pair(f"{name(one)} × {pieces}", money_text(one.amount, words.language), small=True)


def _share(name: str, share: Share, words: BothWords) -> Row:
    count = number_text(share.count, words.language)
    return Pair(f"{name} × {count}", money_text(share.amount, words.language), small=True)
