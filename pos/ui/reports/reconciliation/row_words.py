"""A difference in the words of its row and of the panel beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from pos.application.outside_partners.reconciliation_words import ReconciliationRow
from pos.application.text.formatting import instant_text, money_text
from pos.application.text.translator import Translator
from pos.application.text.typography import labelled
from pos.domain.money import Money
from pos.domain.outside_partners.reconciliation import StatementRow
from pos.ui.widgets.tables.line_table import Cell, LineRow
from pos.ui.widgets.tables.rows_area import AreaRow

_NOTHING = "–"


def line_row(one: ReconciliationRow, zone: tzinfo, tr: Translator) -> LineRow:
    """A row of the list."""
    when = "" if one.at is None else instant_text(one.at, zone, tr.language)
    return LineRow(
        one.key,
        "hourglass" if one.is_open else "triangle-alert",
        (
            Cell(one.title, " · ".join(part for part in (one.what, when) if part), bold=True),
            Cell(one.receipt or _NOTHING, one.reference or one.number),
            Cell(_sum(one.there, tr)),
            Cell(_sum(one.here, tr)),
        ),
        icon_token="nearly" if one.is_open else "over",
    )


def area_rows(one: ReconciliationRow, provider: str, zone: tzinfo, tr: Translator) -> Sequence[Sequence[AreaRow]]:
    """What each side has of it, in full."""
    theirs = [_side(provider, row, "", zone, tr) for row in one.theirs] or [AreaRow(provider, tr("not in the file"))]
    shop = tr("Shop")
    ours = [_side(shop, row, one.till, zone, tr) for row in one.ours]
    return theirs, ours or [AreaRow(shop, tr("not in the books"))]


def _side(name: str, row: StatementRow, till: str, zone: tzinfo, tr: Translator) -> AreaRow:
    facts = (
        "" if row.at is None else instant_text(row.at, zone, tr.language, seconds=True),
        labelled(tr, tr("Till"), till) if till else "",
        labelled(tr, tr("Receipt"), row.receipt) if row.receipt else "",
        labelled(tr, tr("Our number"), row.number) if row.number else "",
        labelled(tr, tr("Reference"), row.reference) if row.reference else "",
    )
    return AreaRow(name, "\n".join(fact for fact in facts if fact), money_text(row.amount, tr.language))


def _sum(money: Money | None, tr: Translator) -> str:
    return _NOTHING if money is None else money_text(money, tr.language)
