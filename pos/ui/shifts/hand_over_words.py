"""Hand-overs in words and figures, for the pages of a shift."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo

from pos.application.text.formatting import currency_name, instant_text, money_text
from pos.application.text.translator import Translator
from pos.domain.money import Money
from pos.domain.shifts.hand_over import HandedCash, HandOver
from pos.domain.shifts.shift_report import ShiftReport
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.tables.figure_table import FigureCell

Rows = list[list[FigureCell]]


def hand_over_rows(report: ShiftReport, names: Mapping[str, str], zone: tzinfo, tr: Translator) -> Rows:
    """A row for each: from whom to whom, when, the approver, the differences."""
    return [_row(made, names, zone, tr) for made in report.hand_overs]


def _row(made: HandOver, names: Mapping[str, str], zone: tzinfo, tr: Translator) -> list[FigureCell]:
    giver, taker = (names.get(name, name) for name in (made.giver, made.taker))
    by = "" if made.approved_by is None else names.get(made.approved_by, made.approved_by)
    return [
        FigureCell(f"{giver} → {taker}", bold=True),
        FigureCell(instant_text(made.at, zone, tr.language)),
        FigureCell(tr("approved by {person}", person=by) if by else ""),
        off_by(made, tr),
    ]


def off_by(made: HandOver, tr: Translator) -> FigureCell:
    """The differences of the currencies, or that all agreed."""
    if not made.differing:
        return FigureCell(tr("matches"), bold=True, tone=Tone.WITHIN)
    short = any(line.difference.minor < 0 for line in made.differing)
    text = tr(", ").join(_signed(line.difference, tr) for line in made.differing)
    return FigureCell(text, bold=True, tone=Tone.OVER if short else Tone.NEARLY)


def counted_rows(made: HandOver, tr: Translator) -> Rows:
    """The count of each currency, and its difference."""
    return [_counted(line, tr) for line in made.cash]


def _counted(line: HandedCash, tr: Translator) -> list[FigureCell]:
    off = FigureCell(tr("matches"), bold=True, tone=Tone.WITHIN)
    if line.difference:
        tone = Tone.OVER if line.difference.minor < 0 else Tone.NEARLY
        off_by = -line.difference if tone is Tone.OVER else line.difference
        amount = money_text(off_by, tr.language, symbol=False, cash=True)
        text = tr("{amount} short", amount=amount) if tone is Tone.OVER else tr("{amount} over", amount=amount)
        off = FigureCell(text, bold=True, tone=tone)
    counted = money_text(line.counted, tr.language, symbol=False, cash=True)
    return [
        FigureCell(currency_name(line.currency), bold=True),
        FigureCell(counted, bold=True),
        off,
    ]


def _signed(money: Money, tr: Translator) -> str:
    return money_text(money, tr.language, cash=True, plus=True)
