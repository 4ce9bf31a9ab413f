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
from pos.application.text.words import N_, Words


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
        words, price = reader.words, reader.settings.price.code
        sales = [
            Column(words("Parked"), CellKind.INSTANT),
            Column(words("Held until"), CellKind.INSTANT),
            Column(words("Till")),
            Column(words("Who")),
            Column(words("Note")),
            Column(words("Goods")),
            Column(words("Pieces"), CellKind.COUNT, is_summed=True),
            Column(words("Total"), CellKind.AMOUNT, price, is_summed=True),
            Column(words("State")),
        ]
        tenders = [
            Column(words("When"), CellKind.INSTANT),
            Column(words("Till")),
            Column(words("Who")),
            Column(words("Method")),
            Column(words("Reference")),
            Column(words("Amount"), CellKind.AMOUNT, is_summed=True),
        ]
        return [
            reader.table("parked", words("Parked sales"), sales, chain(_left(left, reader), _sales(step, reader))),
            reader.table("owed", words("To refund"), tenders, _tenders(owed, reader)),
        ]

    return Listing("parked_sales", N_("Parked sales"), "sell", make)


def _left(left: Sequence[OpenBasket], reader: ListReader) -> Iterator[Sequence[Cell]]:
    words = reader.words
    for one in left:
        who, state = reader.name_of(one.person), words("open when the till stopped")
        goods = _goods(one.basket, words)
        yield one.at, None, one.till, who, "", goods, one.basket.pieces, one.basket.total, state


def _goods(basket: BasketSummary, words: Words) -> str:
    return words(", ").join(f"{row.name_in(words.language)} × {row.quantity}" for row in basket.rows)


def _sales(step: ParkedSales, reader: ListReader) -> Iterator[Sequence[Cell]]:
    words = reader.words
    for one in step.all():
        goods = _goods(one.basket, words)
        state = words("time expired, not held") if one.lapsed else words("held")
        who = reader.name_of(one.person)
        yield one.at, one.until, one.till, who, one.note, goods, one.basket.pieces, one.basket.total, state


def _tenders(owed: PendingRefunds, reader: ListReader) -> Iterator[Sequence[Cell]]:
    for one in owed.all():
        method = name_of(METHODS, one.method, reader.words)
        yield one.at, one.till, reader.name_of(one.person), method, one.reference, one.amount
