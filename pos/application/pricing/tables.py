"""Pricing lists: exchange rates, promotions, labels, price changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from pos.application.pricing.change_prices import ChangePrices, Repriced, RepriceRequest
from pos.application.pricing.label_queue import RIGHT as LABEL_RIGHT
from pos.application.pricing.label_queue import DueLabel, DuePage
from pos.application.pricing.promotions import ACT as PRICE_RIGHT
from pos.application.pricing.promotions import Promotions
from pos.application.pricing.show_rate_board import ShowRateBoard
from pos.application.tables.listing import Listing, ListReader, in_pages
from pos.application.tables.table import Cell, CellKind, Column, Table
from pos.application.tables.table_cells import rounded
from pos.application.text.formatting import instant_text, money_text, percent_text
from pos.application.text.names import CATEGORIES, name_of
from pos.application.text.words import N_
from pos.domain.pricing.promotion import Promotion
from pos.domain.pricing.rates import RecordedRate

_PAGE = 200


# ── rates ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def rates(step: ShowRateBoard) -> Listing:
    """Rates in force, to come and of the last weeks, by currency, the newest first."""

    def make(reader: ListReader) -> Sequence[Table]:
        words, board = reader.words, step(reader.person)
        base = board.base.code
        columns = [
            Column(words("Currency")),
            Column(words("From"), CellKind.INSTANT),
            Column(words("State")),
            Column(words("Buy"), CellKind.FIGURE, base),
            Column(words("Sell"), CellKind.FIGURE, base),
            Column(words("Customs"), CellKind.FIGURE, base),
            Column(words("Spread"), CellKind.SHARE),
            Column(words("Who")),
        ]

        def rows() -> Iterator[Sequence[Cell]]:
            for line in board.lines:
                for one in reversed((*line.past, *line.coming)):
                    yield _rate(one, _standing(one, line.current, board.at, reader), reader)

        return [reader.table("rates", words("Exchange rates"), columns, rows())]

    return Listing("rates", N_("Exchange rates"), "rates", make)


def _standing(one: RecordedRate, current: RecordedRate | None, at: datetime, reader: ListReader) -> str:
    words = reader.words
    if one is current:
        return words("in force")
    return words("scheduled") if one.rate.since > at else words("before")


def _rate(one: RecordedRate, state: str, reader: ListReader) -> Sequence[Cell]:
    rate = one.rate
    spread = rate.spread / 100
    return (
        rate.currency.code,
        rate.since,
        state,
        rate.buy,
        rate.sell,
        rate.customs,
        rounded(spread, 6),
        reader.name_of(one.person),
    )


# ── promotions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def promotions(step: Promotions) -> Listing:
    """Every promotion, active and future ones first."""

    def make(reader: ListReader) -> Sequence[Table]:
        words = reader.words
        columns = [
            Column(words("Promotion")),
            Column(words("Discount given")),
            Column(words("Goods")),
            Column(words("From"), CellKind.INSTANT),
            Column(words("To"), CellKind.INSTANT),
            Column(words("Ended"), CellKind.INSTANT),
            Column(words("State")),
        ]

        def rows() -> Iterator[Sequence[Cell]]:
            for one in step.all(reader.person):
                yield _promotion(one, reader)

        return [reader.table("promotions", words("Promotions"), columns, rows())]

    return Listing("promotions", N_("Promotions"), PRICE_RIGHT, make)


def _promotion(one: Promotion, reader: ListReader) -> Sequence[Cell]:
    words = reader.words
    if one.is_over(reader.at):
        state = words.within("promotion", "ended")
    else:
        state = words("running") if one.runs_at(reader.at) else words("scheduled")
    goods = one.code or name_of(CATEGORIES, one.scope, words)
    return one.name, _takes_off(one, reader), goods, one.since, one.until, one.ended_at, state


def _takes_off(one: Promotion, reader: ListReader) -> str:
    words = reader.words
    if one.percent is not None:
        return percent_text(-one.percent, words.language)
    if one.amount is not None:
        return words("{amount} each", amount=money_text(-one.amount, words.language))
    return words("take {take}, pay {pay}", take=one.take, pay=one.pay)


# ── people ───────────────────────────────────────────────────────────────────────────────────────────────────────────


# ── labels ───────────────────────────────────────────────────────────────────────────────────────────────────────────

_CHANGES = {
    "new": N_("new"),
    "price": N_("price changed"),
    "promotion": N_("promotion started"),
    "promotion_over": N_("promotion ended"),
    "name": N_("name changed"),
    "text": N_("text changed"),
}


def _label_columns(reader: ListReader) -> list[Column]:
    words, price = reader.words, reader.settings.price.code
    return [
        Column(words("Product")),
        Column(words("Code")),
        Column(words("Price"), CellKind.AMOUNT, price),
        Column(words("Regular price"), CellKind.AMOUNT, price),
        Column(words("On the shelf"), CellKind.AMOUNT, price),
        Column(words("Why")),
        Column(words("Shelf")),
        Column(words("Lot")),
        Column(words("Copies"), CellKind.COUNT, is_summed=True),
    ]


def due_labels(read: Callable[[ListReader, int], DuePage], which: str) -> Listing:
    """Due labels, as `read` returns them after a product; `which` is the list."""

    def make(reader: ListReader) -> Sequence[Table]:
        def page(after: int | None) -> tuple[Sequence[DueLabel], int | None]:
            result = read(reader, after or 0)
            return result.labels, result.next

        rows = (_label(one, reader) for one in in_pages(page))
        return [reader.table("labels", reader.words("Labels"), _label_columns(reader), rows)]

    return Listing("labels", N_("Labels"), LABEL_RIGHT, make, {"list": which})


def chosen_labels(labels: Sequence[DueLabel]) -> Listing:
    """Labels selected by hand."""

    def make(reader: ListReader) -> Sequence[Table]:
        rows = (_label(one, reader) for one in labels)
        return [reader.table("labels", reader.words("Labels"), _label_columns(reader), rows)]

    return Listing("labels", N_("Labels"), LABEL_RIGHT, make, {"list": "chosen"})


def _label(one: DueLabel, reader: ListReader) -> Sequence[Cell]:
    words, label = reader.words, one.label
    return (
        one.product.name_in(words.language),
        label.code,
        label.price,
        label.regular,
        None if one.printed is None else one.printed.price,
        words(", ").join(words(_CHANGES[change]) for change in one.changes),
        label.shelf,
        label.lot,
        one.copies,
    )


# ── prices ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def repriced(step: ChangePrices, request: RepriceRequest) -> Listing:
    """Price changes, old and new, with their margins."""

    def make(reader: ListReader) -> Sequence[Table]:
        words, price = reader.words, reader.settings.price.code
        columns = [
            Column(words("Product")),
            Column(words("Code")),
            Column(words("Price now"), CellKind.AMOUNT, price),
            Column(words("New price"), CellKind.AMOUNT, price),
            Column(words("Cost"), CellKind.AMOUNT, price),
            Column(words("Margin now"), CellKind.SHARE),
            Column(words("New margin"), CellKind.SHARE),
            Column(words("Note")),
        ]

        def page(after: int | None) -> tuple[Sequence[Repriced], int | None]:
            result = step.page(reader.person, request, after or 0, _PAGE)
            return result.rows, result.next

        since = request.since
        start = words("at once") if since is None else instant_text(since, reader.settings.zone, words.language)
        facts = [
            (words("From"), start),
            (words("Category"), "" if request.among.scope == "*" else name_of(CATEGORIES, request.among.scope, words)),
            (words("Supplier"), request.among.supplier),
            (words("Search"), request.among.words),
        ]
        rows = (_repriced(one, reader) for one in in_pages(page))
        return [reader.table("prices", words("Price changes"), columns, rows, facts)]

    return Listing("reprice", N_("Price changes"), PRICE_RIGHT, make)


def _repriced(one: Repriced, reader: ListReader) -> Sequence[Cell]:
    words, good = reader.words, one.good
    before, after = (None if margin is None else rounded(margin / 100, 4) for margin in one.margins)
    name = good.name_in(words.language)
    return (
        name,
        good.code,
        good.price,
        one.new,
        good.cost,
        before,
        after,
        words("below cost") if one.is_below_cost else "",
    )
