"""Detail tables of a day report: discounts, returns, voids, approvals and shifts."""

from __future__ import annotations

from collections.abc import Iterator

from pos.application.reports.report_document import DayDocument
from pos.application.tables.table import Cell, CellKind, Column, Table
from pos.application.text.formatting import money_text
from pos.application.text.names import DISCOUNT_KINDS, RETURN_REASONS, RIGHTS, name_of
from pos.application.text.words import Words
from pos.domain.money import Money


def act_tables(document: DayDocument) -> Iterator[Table]:
    """Promotions, discounts, returns, voids, drawers opened, approvals, then the Zs and what is still open."""
    yield from _given(document)
    yield _returns(document)
    yield _voids(document)
    yield from _allowed(document)
    yield _shifts(document)


def _amount(document: DayDocument, words: Words) -> Column:
    return Column(words("Amount"), CellKind.AMOUNT, document.report.currency.code, is_summed=True)


def _given(document: DayDocument) -> Iterator[Table]:
    report, words = document.report, document.reader.words
    pieces = Column(words("Pieces"), CellKind.COUNT, is_summed=True)
    columns: tuple[Column, ...] = (Column(words("Promotion")), pieces, _amount(document, words))
    promoted = [(one.name, one.pieces, one.amount) for one in report.promotions]
    yield Table("promotions", words("Promotions"), columns, promoted)
    columns = (
        Column(words("Type")), Column(words("Person")), Column(words("Lines"), CellKind.COUNT, is_summed=True),
        _amount(document, words),
    )  # fmt: skip
    given = [(name_of(DISCOUNT_KINDS, one.kind, words), document.reader.person(one.person), one.count, one.amount)
             for one in report.details.discounts]  # fmt: skip
    yield Table("discounts", words("Discounts"), columns, given)


def _returns(document: DayDocument) -> Table:
    words = document.reader.words
    columns = (
        Column(words("Reason")), Column(words("Receipts"), CellKind.COUNT, is_summed=True),
        Column(words("Pieces"), CellKind.COUNT, is_summed=True), _amount(document, words),
    )  # fmt: skip
    rows = [(name_of(RETURN_REASONS, one.reason, words), one.count, one.pieces, one.amount)
            for one in document.report.details.returns]  # fmt: skip
    return Table("returns", words("Returns by reason"), columns, rows)


def _voids(document: DayDocument) -> Table:
    words = document.reader.words
    columns = (
        Column(words("When"), CellKind.INSTANT), Column(words("Till")), Column(words("Person")), Column(words("Code")),
        Column(words("Name")), Column(words("Pieces"), CellKind.COUNT, is_summed=True), _amount(document, words),
    )  # fmt: skip
    rows = [(one.at, one.till, document.reader.person(one.person), one.code, one.name, one.pieces, one.amount)
            for one in document.report.details.voids]  # fmt: skip
    return Table("voids", words("Removed lines"), columns, rows, zone=document.reader.settings.zone)


def _allowed(document: DayDocument) -> Iterator[Table]:
    words, person, details = document.reader.words, document.reader.person, document.report.details
    columns: tuple[Column, ...] = (
        Column(words("When"), CellKind.INSTANT), Column(words("Till")), Column(words("Person")),
        Column(words("Reason")),
    )  # fmt: skip
    opened = [(one.at, one.till, person(one.person), one.reason) for one in details.openings]
    zone = document.reader.settings.zone
    yield Table("no-sales", words("Drawer opened without a sale"), columns, opened, zone=zone)
    columns = (Column(words("Approvals")), Column(words("Person")), Column(words("Quantity"), CellKind.COUNT))
    allowed = [(name_of(RIGHTS, one.act, words), person(one.person), one.count) for one in details.approvals]
    yield Table("approvals", words("Approvals"), columns, allowed)


def _shifts(document: DayDocument) -> Table:
    """The Zs in the order of closing, then the open shifts, which have no sum yet."""
    report, words, person = document.report, document.reader.words, document.reader.person
    columns = (
        Column(words("Shift")), Column(words("Till")), Column(words("Cashier")),
        Column(words("Closed"), CellKind.INSTANT),
        Column(words("Closed by")), _amount(document, words), Column(words("Difference")),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (one.name, one.till, person(one.cashier), one.at, person(one.closed_by), one.amount,
         differences_text(one.differences, words))
        for one in report.closed
    ]  # fmt: skip
    rows += [
        (words("Shift {number}", number=one.number), one.till, person(one.cashier), None, words("still open"), None, "")
        for one in report.open
    ]
    return Table("shifts", words("Shifts"), columns, rows, zone=document.reader.settings.zone)


def differences_text(differences: tuple[Money, ...], words: Words) -> str:
    """The counted difference of each currency with its plus or minus; "matches" where there is none."""
    if not differences:
        return words("matches")
    return " · ".join(money_text(money, words.language, cash=True, plus=True) for money in differences)
