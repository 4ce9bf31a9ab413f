"""A table of a visitor's purchases, without the visitor's identity."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pos.application.ports.visitor_ports import AllowanceMove, LedgerLine
from pos.application.quota.evaluate_quota import has_left
from pos.application.tables.listing import ColumnOf, Listing, ListReader
from pos.application.tables.table import CellKind, Table
from pos.application.text.words import N_, Words
from pos.application.visitors.show_visitor import VisitorAccount
from pos.domain.money import Money
from pos.domain.quota.rule import Regime


def purchases(account: VisitorAccount, regimes: Callable[[], Mapping[str, Regime]]) -> Listing:
    """The purchases of a visitor who was looked up, newest first."""
    number = "" if account.known is None else str(account.known.locked.visitor)

    def make(reader: ListReader) -> Sequence[Table]:
        words = reader.words
        known = regimes()
        columns: list[ColumnOf[LedgerLine]] = [
            ColumnOf(words("Bought on"), lambda line: line.at, CellKind.INSTANT),
            ColumnOf(words("Receipt"), lambda line: line.receipt),
            ColumnOf(words("Goods"), lambda line: line.name_in(words.language)),
            ColumnOf(words("Pieces"), lambda line: line.quantity, CellKind.COUNT, is_summed=True),
            ColumnOf(words("Price"), _price, CellKind.AMOUNT, is_summed=True),
            ColumnOf(words("Rules"), lambda line: _rules(line, known.get(line.regime), words)),
            ColumnOf(words("Dutiable pieces"), lambda line: line.taxed, CellKind.COUNT, is_summed=True),
            ColumnOf(words("Outcome"), lambda line: _outcome(line, known.get(line.regime), reader)),
            ColumnOf(words("Departed at"), lambda line: line.carried_out_at, CellKind.INSTANT),
        ]
        facts = [(words("Visitor"), f"№ {number}" if number else words("unknown visitor"))]
        return [reader.table_of("purchases", words("Purchases"), columns, reversed(account.purchases), facts)]

    return Listing("purchases", N_("Purchases"), "sell", make, {"visitor": number})


def _price(line: LedgerLine) -> Money:
    return line.unit_price * line.quantity - line.discount


def _rules(line: LedgerLine, regime: Regime | None, words: Words) -> str:
    return line.regime if regime is None else regime.title_in(words.language)


def _outcome(line: LedgerLine, regime: Regime | None, reader: ListReader) -> str:
    words = reader.words
    if line.moved is AllowanceMove.AWAY:
        return words("moved to another visitor")
    if line.carried_out_at is not None:
        return words("has left")
    if regime is not None and has_left(line, regime, reader.at):
        return words("assumed left")
    return words("not left yet")
