"""A table of a visitor's purchases, without the visitor's identity."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from pos.application.ports.visitor_ports import AllowanceMove, LedgerLine
from pos.application.quota.evaluate_quota import has_left
from pos.application.tables.listing import Listing, ListReader
from pos.application.tables.table import Cell, CellKind, Column, Table
from pos.application.text.words import N_
from pos.application.visitors.show_visitor import VisitorAccount
from pos.domain.quota.rule import Regime


def purchases(account: VisitorAccount, regimes: Callable[[], Mapping[str, Regime]]) -> Listing:
    """The purchases of a visitor who was looked up, newest first."""
    number = "" if account.known is None else str(account.known.locked.visitor)

    def make(reader: ListReader) -> Sequence[Table]:
        words = reader.words
        columns = [
            Column(words("Bought on"), CellKind.INSTANT),
            Column(words("Receipt")),
            Column(words("Goods")),
            Column(words("Pieces"), CellKind.COUNT, is_summed=True),
            Column(words("Price"), CellKind.AMOUNT, is_summed=True),
            Column(words("Rules")),
            Column(words("Dutiable pieces"), CellKind.COUNT, is_summed=True),
            Column(words("Outcome")),
            Column(words("Departed at"), CellKind.INSTANT),
        ]

        def rows() -> Iterator[Sequence[Cell]]:
            known = regimes()
            for line in reversed(account.purchases):
                yield _purchase(line, known.get(line.regime), reader)

        facts = [(words("Visitor"), f"№ {number}" if number else words("unknown visitor"))]
        return [reader.table("purchases", words("Purchases"), columns, rows(), facts)]

    return Listing("purchases", N_("Purchases"), "sell", make, {"visitor": number})


def _purchase(line: LedgerLine, regime: Regime | None, reader: ListReader) -> Sequence[Cell]:
    words = reader.words
    if line.moved is AllowanceMove.AWAY:
        state = words("moved to another visitor")
    elif line.carried_out_at is not None:
        state = words("has left")
    elif regime is not None and has_left(line, regime, reader.at):
        state = words("assumed left")
    else:
        state = words("not left yet")
    return (
        line.at,
        line.receipt,
        line.name_in(words.language),
        line.quantity,
        line.unit_price * line.quantity - line.discount,
        line.regime if regime is None else regime.title_in(words.language),
        line.taxed,
        state,
        line.carried_out_at,
    )
