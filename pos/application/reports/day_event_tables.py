"""Detail tables of a day report: discounts, returns, voids, approvals and shifts."""

from __future__ import annotations

from collections.abc import Iterator

from pos.application.reports.report_document import DayDocument
from pos.application.tables.table import Cell, CellKind, Column, Table
from pos.application.text.formatting import money_text
from pos.application.text.names import ALL_REASONS, DISCOUNT_KINDS, RIGHTS, name_of
from pos.application.text.translator import Translator
from pos.domain.money import Money


def event_tables(document: DayDocument) -> Iterator[Table]:
    """Promotions, discounts, returns, voids, drawers opened, approvals, then the Zs and what is still open."""
    yield from _given(document)
    yield _returns(document)
    yield _voids(document)
    yield from _allowed(document)
    yield _shifts(document)


def _amount(document: DayDocument, tr: Translator) -> Column:
    return Column(tr("Amount"), CellKind.AMOUNT, document.report.currency.code, is_summed=True)


def _given(document: DayDocument) -> Iterator[Table]:
    report, tr = document.report, document.reader.translator
    pieces = Column(tr("Pieces"), CellKind.COUNT, is_summed=True)
    columns: tuple[Column, ...] = (Column(tr("Promotion")), pieces, _amount(document, tr))
    promoted = [(one.name, one.pieces, one.amount) for one in report.promotions]
    yield Table("promotions", tr("Promotions"), columns, promoted)
    columns = (
        Column(tr("Type")), Column(tr("Person")), Column(tr("Lines"), CellKind.COUNT, is_summed=True),
        _amount(document, tr),
    )  # fmt: skip
    given = [(name_of(DISCOUNT_KINDS, one.kind, tr), document.reader.person(one.person), one.count, one.amount)
             for one in report.details.discounts]  # fmt: skip
    yield Table("discounts", tr("Discounts"), columns, given)


def _returns(document: DayDocument) -> Table:
    tr = document.reader.translator
    columns = (
        Column(tr("Reason")), Column(tr("Receipts"), CellKind.COUNT, is_summed=True),
        Column(tr("Pieces"), CellKind.COUNT, is_summed=True), _amount(document, tr),
    )  # fmt: skip
    rows = [(name_of(ALL_REASONS, one.reason, tr), one.count, one.pieces, one.amount)
            for one in document.report.details.returns]  # fmt: skip
    return Table("returns", tr("Returns by reason"), columns, rows)


def _voids(document: DayDocument) -> Table:
    tr = document.reader.translator
    columns = (
        Column(tr("When"), CellKind.INSTANT), Column(tr("Till")), Column(tr("Person")), Column(tr("Code")),
        Column(tr("Name")), Column(tr("Pieces"), CellKind.COUNT, is_summed=True), _amount(document, tr),
    )  # fmt: skip
    rows = [(one.at, one.till, document.reader.person(one.person), one.code, one.name_in(tr.language), one.pieces,
             one.amount) for one in document.report.details.voids]  # fmt: skip
    return Table("voids", tr("Removed lines"), columns, rows, zone=document.reader.settings.zone)


def _allowed(document: DayDocument) -> Iterator[Table]:
    tr, person, details = document.reader.translator, document.reader.person, document.report.details
    columns: tuple[Column, ...] = (
        Column(tr("When"), CellKind.INSTANT), Column(tr("Till")), Column(tr("Person")),
        Column(tr("Reason")),
    )  # fmt: skip
    opened = [(one.at, one.till, person(one.person), one.reason) for one in details.openings]
    zone = document.reader.settings.zone
    yield Table("no-sales", tr("Drawer opened without a sale"), columns, opened, zone=zone)
    columns = (Column(tr("Approvals")), Column(tr("Person")), Column(tr("Quantity"), CellKind.COUNT))
    allowed = [(name_of(RIGHTS, one.act, tr), person(one.person), one.count) for one in details.approvals]
    yield Table("approvals", tr("Approvals"), columns, allowed)


def _shifts(document: DayDocument) -> Table:
    """The Zs in the order of closing, then the open shifts, which have no sum yet."""
    report, tr, person = document.report, document.reader.translator, document.reader.person
    columns = (
        Column(tr("Shift")), Column(tr("Till")), Column(tr("Cashier")),
        Column(tr("Closed"), CellKind.INSTANT),
        Column(tr("Closed by")), _amount(document, tr), Column(tr("Difference")),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (one.name, one.till, person(one.cashier), one.at, person(one.closed_by), one.amount,
         differences_text(one.differences, tr))
        for one in report.closed
    ]  # fmt: skip
    rows += [
        (
            tr("Shift {number}", number=one.number),
            one.till,
            " · ".join(map(person, one.people)),
            None,
            tr("still open"),
            None,
            "",
        )
        for one in report.open
    ]
    return Table("shifts", tr("Shifts"), columns, rows, zone=document.reader.settings.zone)


def differences_text(differences: tuple[Money, ...], tr: Translator) -> str:
    """The counted difference of each currency with its plus or minus; "matches" where there is none."""
    if not differences:
        return tr("matches")
    return " · ".join(money_text(money, tr.language, cash=True, plus=True) for money in differences)
