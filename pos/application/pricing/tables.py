"""Pricing lists: exchange rates, promotions, labels, price changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from pos.application.pricing.change_prices import ChangePrices, Repriced, RepriceRequest
from pos.application.pricing.label_queue import RIGHT as LABEL_RIGHT
from pos.application.pricing.label_queue import DueLabel, DuePage
from pos.application.pricing.promotions import PERMISSION as PRICE_RIGHT
from pos.application.pricing.promotions import Promotions
from pos.application.pricing.show_rate_board import ShowRateBoard
from pos.application.tables.listing import ColumnOf, Listing, ListReader, in_pages
from pos.application.tables.table import CellKind, Table
from pos.application.tables.table_cells import rounded
from pos.application.text.formatting import instant_text, money_text, percent_text
from pos.application.text.names import CATEGORIES, name_of
from pos.application.text.translator import N_
from pos.domain.pricing.promotion import Promotion
from pos.domain.pricing.rates import RecordedRate

_PAGE = 200


# ── rates ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def rates(step: ShowRateBoard) -> Listing:
    """Rates in force, to come and of the last weeks, by currency, the newest first."""

    def make(reader: ListReader) -> Sequence[Table]:
        tr, board = reader.translator, step(reader.person)
        base = board.base.code
        current = [line.current for line in board.lines]

        def state(one: RecordedRate) -> str:
            if any(one is other for other in current):
                return tr("in force")
            return tr("scheduled") if one.rate.since > board.at else tr("before")

        columns: list[ColumnOf[RecordedRate]] = [
            ColumnOf(tr("Currency"), lambda one: one.rate.currency.code),
            ColumnOf(tr("From"), lambda one: one.rate.since, CellKind.INSTANT),
            ColumnOf(tr("State"), state),
            ColumnOf(tr("Buy"), lambda one: one.rate.buy, CellKind.FIGURE, base),
            ColumnOf(tr("Sell"), lambda one: one.rate.sell, CellKind.FIGURE, base),
            ColumnOf(tr("Customs"), lambda one: one.rate.customs, CellKind.FIGURE, base),
            ColumnOf(tr("Spread"), lambda one: rounded(one.rate.spread / 100, 6), CellKind.SHARE),
            ColumnOf(tr("Who"), lambda one: reader.name_of(one.person)),
        ]
        rows = [one for line in board.lines for one in reversed((*line.past, *line.coming))]
        return [reader.table_of("rates", tr("Exchange rates"), columns, rows)]

    return Listing("rates", N_("Exchange rates"), "rates", make)


# ── promotions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def promotions(step: Promotions) -> Listing:
    """Every promotion, active and future ones first."""

    def make(reader: ListReader) -> Sequence[Table]:
        tr = reader.translator
        columns: list[ColumnOf[Promotion]] = [
            ColumnOf(tr("Promotion"), lambda one: one.name),
            ColumnOf(tr("Discount given"), lambda one: _takes_off(one, reader)),
            ColumnOf(tr("Goods"), lambda one: one.code or name_of(CATEGORIES, one.scope, tr)),
            ColumnOf(tr("From"), lambda one: one.since, CellKind.INSTANT),
            ColumnOf(tr("Valid before"), lambda one: one.until, CellKind.INSTANT),
            ColumnOf(tr("Ended"), lambda one: one.ended_at, CellKind.INSTANT),
            ColumnOf(tr("State"), lambda one: _state(one, reader)),
        ]

        def rows() -> Iterator[Promotion]:
            yield from step.all(reader.person)

        return [reader.table_of("promotions", tr("Promotions"), columns, rows())]

    return Listing("promotions", N_("Promotions"), PRICE_RIGHT, make)


def _state(one: Promotion, reader: ListReader) -> str:
    tr = reader.translator
    if one.is_over(reader.at):
        return tr.context("promotion", "ended")
    return tr("running") if one.runs_at(reader.at) else tr("scheduled")


def _takes_off(one: Promotion, reader: ListReader) -> str:
    tr = reader.translator
    if one.percent is not None:
        return percent_text(-one.percent, tr.language)
    if one.amount is not None:
        return tr("{amount} each", amount=money_text(-one.amount, tr.language))
    return tr("take {take}, pay {pay}", take=one.take, pay=one.pay)


# ── labels ───────────────────────────────────────────────────────────────────────────────────────────────────────────

_CHANGES = {
    "new": N_("new"),
    "price": N_("price changed"),
    "promotion": N_("promotion started"),
    "promotion_over": N_("promotion ended"),
    "name": N_("name changed"),
    "text": N_("text changed"),
}


def _label_columns(reader: ListReader) -> list[ColumnOf[DueLabel]]:
    tr, price = reader.translator, reader.settings.price.code
    return [
        ColumnOf(tr("Product"), lambda one: one.product.name_in(tr.language)),
        ColumnOf(tr("Code"), lambda one: one.label.code),
        ColumnOf(tr("Price"), lambda one: one.label.price, CellKind.AMOUNT, price),
        ColumnOf(tr("Regular price"), lambda one: one.label.regular, CellKind.AMOUNT, price),
        ColumnOf(tr("On the shelf"), lambda one: one.printed.price if one.printed else None, CellKind.AMOUNT, price),
        ColumnOf(tr("Why"), lambda one: tr(", ").join(tr(_CHANGES[change]) for change in one.changes)),
        ColumnOf(tr("Shelf"), lambda one: one.label.shelf),
        ColumnOf(tr("Lot"), lambda one: one.label.lot),
        ColumnOf(tr("Copies"), lambda one: one.copies, CellKind.COUNT, is_summed=True),
    ]


def due_labels(read: Callable[[ListReader, int], DuePage], which: str) -> Listing:
    """Due labels, as `read` returns them after a product; `which` is the list."""

    def make(reader: ListReader) -> Sequence[Table]:
        def page(after: int | None) -> tuple[Sequence[DueLabel], int | None]:
            result = read(reader, after or 0)
            return result.labels, result.next

        return [reader.table_of("labels", reader.translator("Labels"), _label_columns(reader), in_pages(page))]

    return Listing("labels", N_("Labels"), LABEL_RIGHT, make, {"list": which})


def chosen_labels(labels: Sequence[DueLabel]) -> Listing:
    """Labels selected by hand."""

    def make(reader: ListReader) -> Sequence[Table]:
        return [reader.table_of("labels", reader.translator("Labels"), _label_columns(reader), labels)]

    return Listing("labels", N_("Labels"), LABEL_RIGHT, make, {"list": "chosen"})


# ── prices ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def repriced(step: ChangePrices, request: RepriceRequest) -> Listing:
    """Price changes, old and new, with their margins."""

    def make(reader: ListReader) -> Sequence[Table]:
        tr, price = reader.translator, reader.settings.price.code
        columns: list[ColumnOf[Repriced]] = [
            ColumnOf(tr("Product"), lambda one: one.good.name_in(tr.language)),
            ColumnOf(tr("Code"), lambda one: one.good.code),
            ColumnOf(tr("Price now"), lambda one: one.good.price, CellKind.AMOUNT, price),
            ColumnOf(tr("New price"), lambda one: one.new, CellKind.AMOUNT, price),
            ColumnOf(tr("Cost"), lambda one: one.good.cost, CellKind.AMOUNT, price),
            ColumnOf(tr("Margin now"), lambda one: _share(one.margins[0]), CellKind.SHARE),
            ColumnOf(tr("New margin"), lambda one: _share(one.margins[1]), CellKind.SHARE),
            ColumnOf(tr("Note"), lambda one: tr("below cost") if one.is_below_cost else ""),
        ]

        def page(after: int | None) -> tuple[Sequence[Repriced], int | None]:
            result = step.page(reader.person, request, after or 0, _PAGE)
            return result.rows, result.next

        since = request.since
        start = tr("at once") if since is None else instant_text(since, reader.settings.zone, tr.language)
        properties = [
            (tr("From"), start),
            (tr("Category"), "" if request.among.scope == "*" else name_of(CATEGORIES, request.among.scope, tr)),
            (tr("Supplier"), request.among.supplier),
            (tr("Search"), request.among.words),
        ]
        return [reader.table_of("prices", tr("Price changes"), columns, in_pages(page), properties)]

    return Listing("reprice", N_("Price changes"), PRICE_RIGHT, make)


def _share(margin: Fraction | None) -> Decimal | None:
    return None if margin is None else rounded(margin / 100, 4)
