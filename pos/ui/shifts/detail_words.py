"""The rows of the tables behind the sums of a shift or a day, in words and figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo

from pos.application.text.formatting import lines_text, money_text, number_text, pieces_text, time_text
from pos.application.text.names import ALL_REASONS, DISCOUNT_KINDS, RIGHTS, name_of
from pos.application.text.translator import Translator
from pos.domain.money import total
from pos.domain.shifts.report_details import ShiftDetails
from pos.ui.widgets.tables.figure_table import FigureCell

Rows = list[list[FigureCell]]
Names = Mapping[str, str]
"""Display names of people by sign-in name."""


def discount_rows(details: ShiftDetails, names: Names, tr: Translator) -> Rows:
    """By kind and person."""
    return [
        [
            FigureCell(f"{name_of(DISCOUNT_KINDS, one.kind, tr)} · {names.get(one.person, one.person)}"),
            FigureCell(lines_text(one.count, tr)),
            FigureCell(money_text(one.amount, tr.language), bold=True),
        ]
        for one in details.discounts
    ]


def return_rows(details: ShiftDetails, tr: Translator) -> Rows:
    """By reason."""
    return [
        [
            FigureCell(name_of(ALL_REASONS, one.reason, tr)),
            FigureCell(pieces_text(one.pieces, tr)),
            FigureCell(money_text(one.amount, tr.language), bold=True),
        ]
        for one in details.returns
    ]


def void_rows(details: ShiftDetails, names: Names, zone: tzinfo, tr: Translator) -> Rows:
    """One for each row that was removed from a basket, and their sum."""
    rows = []
    for one in details.voids:
        parts = time_text(one.at.astimezone(zone)), names.get(one.person, one.person), one.name_in(tr.language)
        pieces, amount = FigureCell(pieces_text(one.pieces, tr)), money_text(one.amount, tr.language)
        rows.append([FigureCell(" · ".join(parts)), pieces, FigureCell(amount, bold=True)])
    if len(rows) > 1:
        whole = total((one.amount for one in details.voids), details.voids[0].amount.currency)
        count = FigureCell(lines_text(len(details.voids), tr))
        rows.append([FigureCell(tr("Total")), count, FigureCell(money_text(whole, tr.language), bold=True)])
    return rows


def opening_rows(details: ShiftDetails, names: Names, zone: tzinfo) -> Rows:
    """Each time the drawer was opened without a sale, with person and reason."""
    return [
        [
            FigureCell(f"{time_text(one.at.astimezone(zone))} · {names.get(one.person, one.person)}"),
            FigureCell(one.reason),
        ]
        for one in details.openings
    ]


def approval_rows(details: ShiftDetails, names: Names, tr: Translator) -> Rows:
    """By permission and approver."""
    return [
        [
            FigureCell(f"{name_of(RIGHTS, one.act, tr)} · {names.get(one.person, one.person)}"),
            FigureCell(number_text(one.count, tr.language), bold=True),
        ]
        for one in details.approvals
    ]
