"""A table of a visitor's purchases, without the visitor's identity."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pos.application.ports.visitor_ports import AllowanceMove, LedgerLine
from pos.application.quota.evaluate_quota import has_left
from pos.application.tables.listing import ColumnOf, Listing, ListReader
from pos.application.tables.table import Cell, CellKind, Table
from pos.application.text.names import stated_name
from pos.application.text.translator import N_, Translator
from pos.application.visitors.show_visitor import VisitorAccount
from pos.domain.money import Money
from pos.domain.quota.rule import Regime


def purchases(account: VisitorAccount, regimes: Callable[[], Mapping[str, Regime]]) -> Listing:
    """The purchases of a visitor who was looked up, newest first."""
    number = "" if account.known is None else str(account.known.locked.visitor)

    def make(reader: ListReader) -> Sequence[Table]:
        tr = reader.translator
        known = regimes()
        columns: list[ColumnOf[LedgerLine]] = [
            ColumnOf(tr("Bought on"), lambda line: line.at, CellKind.INSTANT),
            ColumnOf(tr("Receipt"), lambda line: line.receipt),
            ColumnOf(tr("Goods"), lambda line: stated_name(line.name_in(tr.language), tr)),
            ColumnOf(tr("Pieces"), lambda line: _theirs(line, line.quantity), CellKind.COUNT, is_summed=True),
            ColumnOf(tr("Price"), lambda line: _theirs(line, _price(line)), CellKind.AMOUNT, is_summed=True),
            ColumnOf(tr("Rules"), lambda line: _rules(line, known.get(line.regime), tr)),
            ColumnOf(tr("Dutiable pieces"), lambda line: _theirs(line, line.taxed), CellKind.COUNT, is_summed=True),
            ColumnOf(tr("Outcome"), lambda line: _outcome(line, known.get(line.regime), reader)),
            ColumnOf(tr("Departed at"), lambda line: line.carried_out_at, CellKind.INSTANT),
        ]
        properties = [(tr("Visitor"), f"№ {number}" if number else tr("unknown visitor"))]
        return [reader.table_of("purchases", tr("Purchases"), columns, reversed(account.purchases), properties)]

    return Listing("purchases", N_("Purchases"), "sell", make, {"visitor": number})


def _theirs(line: LedgerLine, figure: Cell) -> Cell:
    """The figure, which is summed; empty for goods that another visitor has by now, and for a voided sale."""
    return None if line.moved is AllowanceMove.AWAY or line.voided_by else figure


def _price(line: LedgerLine) -> Money:
    return line.unit_price * line.quantity - line.discount


def _rules(line: LedgerLine, regime: Regime | None, tr: Translator) -> str:
    return line.regime if regime is None else regime.title_in(tr.language)


def _outcome(line: LedgerLine, regime: Regime | None, reader: ListReader) -> str:
    tr = reader.translator
    if line.voided_by:
        return tr("voided")
    if line.moved is AllowanceMove.AWAY:
        return tr("moved to another visitor")
    if line.carried_out_at is not None:
        return tr("has left")
    if regime is not None and has_left(line, regime, reader.at):
        return tr("assumed left")
    return tr("not left yet")
