"""Tables of parked sales and pending refunds, without visitor data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from pos.application.sales.basket_json import BasketSummary
from pos.application.sales.parked_sales import ParkedSales
from pos.application.sales.pending_refunds import PendingRefunds
from pos.application.tables.listing import Listing, ListReader
from pos.application.tables.table import Cell, CellKind, Column, Table
from pos.application.text.names import METHODS, name_of
from pos.application.text.translator import N_, Translator


@dataclass(frozen=True, slots=True)
class OpenBasket:
    """A basket that was open when the till stopped: the window keeps it, not the store."""

    at: datetime
    till: str
    person: str
    basket: BasketSummary


def parked(step: ParkedSales, owed: PendingRefunds, left: Sequence[OpenBasket] = ()) -> Listing:
    """The baskets `left` when the till stopped, the parked sales, oldest first, and the tenders to be refunded."""

    def make(reader: ListReader) -> Sequence[Table]:
        tr, price = reader.translator, reader.settings.price.code
        sales = [
            Column(tr("Parked"), CellKind.INSTANT),
            Column(tr("Held until"), CellKind.INSTANT),
            Column(tr("Till")),
            Column(tr("Who")),
            Column(tr("Note")),
            Column(tr("Goods")),
            Column(tr("Pieces"), CellKind.COUNT, is_summed=True),
            Column(tr("Total"), CellKind.AMOUNT, price, is_summed=True),
            Column(tr("State")),
        ]
        tenders = [
            Column(tr("When"), CellKind.INSTANT),
            Column(tr("Till")),
            Column(tr("Who")),
            Column(tr("Method")),
            Column(tr("Reference")),
            Column(tr("Amount"), CellKind.AMOUNT, is_summed=True),
        ]
        return [
            reader.table("parked", tr("Parked sales"), sales, chain(_left(left, reader), _sales(step, reader))),
            reader.table("owed", tr("To refund"), tenders, _tenders(owed, reader)),
        ]

    return Listing("parked_sales", N_("Parked sales"), "sell", make)


def _left(left: Sequence[OpenBasket], reader: ListReader) -> Iterator[Sequence[Cell]]:
    tr = reader.translator
    for one in left:
        who, state = reader.name_of(one.person), tr("open when the till stopped")
        goods = _goods(one.basket, tr)
        yield one.at, None, one.till, who, "", goods, one.basket.pieces, one.basket.total, state


def _goods(basket: BasketSummary, tr: Translator) -> str:
    return tr(", ").join(f"{row.name_in(tr.language)} × {row.quantity}" for row in basket.rows)


def _sales(step: ParkedSales, reader: ListReader) -> Iterator[Sequence[Cell]]:
    tr = reader.translator
    for one in step.all():
        goods = _goods(one.basket, tr)
        state = tr("time expired, not held") if one.lapsed else tr("held")
        who = reader.name_of(one.person)
        yield one.at, one.until, one.till, who, one.note, goods, one.basket.pieces, one.basket.total, state


def _tenders(owed: PendingRefunds, reader: ListReader) -> Iterator[Sequence[Cell]]:
    for one in owed.all():
        method = name_of(METHODS, one.method, reader.translator)
        yield one.at, one.till, reader.name_of(one.person), method, one.reference, one.amount
