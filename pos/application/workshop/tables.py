"""Lists of the workshop: recipes, batches, the account of processed goods, and the report of a period."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from pos.application.tables.listing import ColumnOf, Listing, ListReader, after_last, in_pages, price_of
from pos.application.tables.table import CellKind, Table
from pos.application.tables.table_cells import rounded
from pos.application.text.formatting import dates_text
from pos.application.text.names import STOCK_WHYS, name_of
from pos.application.text.translator import N_
from pos.application.workshop.batch_view import BatchView
from pos.application.workshop.keyed_steps import RIGHT
from pos.application.workshop.processing_ledger import ProcessedLot, ProcessingLedger, UsedIn
from pos.application.workshop.read_batches import ReadBatches
from pos.application.workshop.recipes import KeepRecipes, RecipeView
from pos.application.workshop.workshop_report import ReportWorkshop, WorkshopReport
from pos.application.workshop.workshop_words import BATCH_STATES
from pos.domain.money import Money
from pos.domain.workshop.batch import FINISHED
from pos.domain.workshop.recipe import PARTS
from pos.domain.workshop.report import ReasonFigures, RecipeFigures

_PAGE = 200


def recipes(
    step: KeepRecipes,
    *,
    withdrawn: bool = False,
    words: str = "",
    goods: Collection[int] | None = None,
    scanned: str = "",
) -> Listing:
    """The recipes in force, or to come, by number, each with its inputs: those that these `words` mean, and that make
    or take these `goods` (None: any), which were `scanned`.
    """
    sought = " · ".join(filter(None, (words.strip(), scanned)))

    def make(reader: ListReader) -> Sequence[Table]:
        tr = reader.translator

        def inputs(one: RecipeView) -> str:
            return tr(", ").join(f"{pieces} × {product.name_in(tr.language)}" for product, pieces in one.inputs)

        columns: list[ColumnOf[RecipeView]] = [
            ColumnOf(tr("Recipe"), lambda one: one.recipe.document),
            ColumnOf(tr("Version"), lambda one: one.recipe.version, CellKind.COUNT),
            ColumnOf(tr("Name"), lambda one: one.recipe.name),
            ColumnOf(tr("Product"), lambda one: one.product.name_in(tr.language)),
            ColumnOf(tr("Code"), lambda one: one.product.code),
            ColumnOf(tr("Pieces"), lambda one: one.recipe.quantity, CellKind.COUNT),
            ColumnOf(tr("Inputs"), inputs),
            ColumnOf(tr("Usual loss"), lambda one: Decimal(one.recipe.loss) / PARTS, CellKind.SHARE),
            ColumnOf(tr("Cost of the work"), lambda one: one.recipe.work, CellKind.AMOUNT),
            ColumnOf(tr("Days it keeps"), lambda one: one.recipe.shelf_days, CellKind.COUNT),
            ColumnOf(tr("In force from"), lambda one: one.recipe.valid_from, CellKind.DAY),
            ColumnOf(tr("Who"), lambda one: reader.name_of(one.version.person)),
        ]
        rows = [one for one in step.all(reader.person, withdrawn=withdrawn) if one.is_meant(words, goods)]
        return [reader.table_of("recipes", tr("Recipes"), columns, rows, [(tr("Search"), sought)])]

    said = {"withdrawn": withdrawn or None, "search": sought or None}
    return Listing("recipes", N_("Recipes"), RIGHT, make, said)


def _of_output(view: BatchView, figure: int | None) -> int | None:
    """A figure of what was made; None where it was taken out of stock again."""
    return figure if view.batch.state == FINISHED else None


def batches(
    step: ReadBatches,
    states: Sequence[str] = (),
    goods: Collection[int] | None = None,
    sought: str = "",
    number: int | None = None,
) -> Listing:
    """Batches in these states (none: all), newest first; of these `goods` (None: of any), or the one of this `number`,
    which a text `sought`.
    """

    def make(reader: ListReader) -> Sequence[Table]:
        tr, price = reader.translator, reader.settings.price.code
        columns: list[ColumnOf[BatchView]] = [
            ColumnOf(tr("Batch"), lambda one: one.batch.document),
            ColumnOf(tr("State"), lambda one: name_of(BATCH_STATES, one.batch.state, tr)),
            ColumnOf(tr("Product"), lambda one: one.product.name_in(tr.language)),
            ColumnOf(tr("Code"), lambda one: one.product.code),
            ColumnOf(tr("Day"), lambda one: one.batch.day, CellKind.DAY),
            ColumnOf(tr("Pieces planned"), lambda one: one.batch.planned, CellKind.COUNT, is_summed=True),
            ColumnOf(tr("Pieces made"), lambda one: _of_output(one, one.batch.made), CellKind.COUNT,
                     is_summed=True),
            ColumnOf(tr("Lot"), lambda one: "" if one.lot is None else one.lot.code),
            ColumnOf(tr("Last day"), lambda one: None if one.lot is None else one.lot.expiry, CellKind.DAY),
            ColumnOf(tr("Import document"), lambda one: "" if one.lot is None else one.lot.entry),
            ColumnOf(tr("Cost"), lambda one: price_of(_of_output(one, one.batch.cost), reader.settings),
                     CellKind.AMOUNT, price, is_summed=True),
            ColumnOf(tr("Lost"), lambda one: sum(loss.quantity for loss in one.batch.losses), CellKind.COUNT,
                     is_summed=True),
            ColumnOf(tr("Created"), lambda one: one.batch.at, CellKind.INSTANT),
            ColumnOf(tr("Who"), lambda one: reader.name_of(one.batch.person)),
            ColumnOf(tr("Note"), lambda one: one.batch.note),
        ]  # fmt: skip

        def page(before: int | None) -> tuple[Sequence[BatchView], int | None]:
            found = step(reader.person, states, _PAGE, before, goods, with_stock=False)
            return after_last(found, _PAGE, lambda one: one.batch.number)

        def rows() -> Iterator[BatchView]:
            if number is None:
                yield from in_pages(page)
                return
            one = step.show(reader.person, number)
            if not states or one.batch.state in states:
                yield one

        shown = tr(", ").join(name_of(BATCH_STATES, state, tr) for state in states)
        properties = [(tr("State"), shown), (tr("Search"), sought)]
        return [reader.table_of("batches", tr("Batches"), columns, rows(), properties)]

    said = {"state": ",".join(states) or None, "search": sought or None}
    return Listing("batches", N_("Batches"), RIGHT, make, said)


def processing(step: ProcessingLedger, entry: str = "", *, by_batch: bool = False) -> Listing:
    """The account of processed goods by lot, and the batches that used each; `by_batch` has these in front.

    came = sold + wasted − counted + on hand + used, and used = sold + wasted + in process − counted + on hand of what
    was made of it.
    """

    def make(reader: ListReader) -> Sequence[Table]:
        by_lot, of_batches = _lots_table(step, reader, entry), _batches_table(step, reader, entry)
        return [of_batches, by_lot] if by_batch else [by_lot, of_batches]

    key = "processing"
    return Listing(key, N_("Processing account"), RIGHT, make, {"entry": entry, "by_batch": by_batch or None})


def _lots_table(step: ProcessingLedger, reader: ListReader, entry: str) -> Table:
    tr = reader.translator

    def pieces(title: str, count: Callable[[ProcessedLot], int]) -> ColumnOf[ProcessedLot]:
        return ColumnOf(title, count, CellKind.COUNT, is_summed=True)

    columns: list[ColumnOf[ProcessedLot]] = [
        ColumnOf(tr("Import document"), lambda one: one.account.figures.lot.entry),
        ColumnOf(tr("Product"), lambda one: one.product.name_in(tr.language)),
        ColumnOf(tr("Code"), lambda one: one.product.code),
        ColumnOf(tr("Lot"), lambda one: one.account.figures.lot.code),
        ColumnOf(tr("Last day"), lambda one: one.account.figures.lot.expiry, CellKind.DAY),
        pieces(tr("Received"), lambda one: one.account.figures.came),
        pieces(tr("Sold"), lambda one: one.account.figures.sold),
        pieces(tr("Written off"), lambda one: one.account.figures.wasted),
        pieces(tr("Counts ±"), lambda one: one.account.figures.counted),
        pieces(tr("On hand"), lambda one: one.account.figures.on_hand),
        pieces(tr("Used in batches"), lambda one: one.used),
        pieces(tr("In process"), lambda one: one.shares[2]),
        pieces(tr("Lost in processing"), lambda one: one.shares[1]),
        pieces(tr("Sold in made goods"), lambda one: one.shares[0]),
        pieces(tr("Counts ± in made goods"), lambda one: one.shares[4]),
        pieces(tr("On hand in made goods"), lambda one: one.shares[3]),
    ]
    rows = step.every(reader.person, entry)
    return reader.table_of("processing", tr("Processing account"), columns, rows, [(tr("Import document"), entry)])


_Used = tuple[ProcessedLot, UsedIn]


def _batches_table(step: ProcessingLedger, reader: ListReader, entry: str) -> Table:
    tr = reader.translator

    def of_output(count: Callable[[UsedIn], int]) -> Callable[[_Used], int | None]:
        return lambda one: None if one[1].output is None else count(one[1])

    def figures(title: str, name: str) -> ColumnOf[_Used]:
        def count(used: UsedIn) -> int:
            assert used.output is not None, "asked of an output"
            return int(getattr(used.output.figures, name))

        return ColumnOf(title, of_output(count), CellKind.COUNT)

    def lost(one: _Used) -> Decimal | None:
        use = one[1].use
        return None if use.output is None else rounded(use.used - use.contained, 3)

    def used_again(used: UsedIn) -> int:
        return 0 if used.output is None else used.output.used

    columns: list[ColumnOf[_Used]] = [
        ColumnOf(tr("Import document"), lambda one: one[0].account.figures.lot.entry),
        ColumnOf(tr("Product"), lambda one: one[0].product.name_in(tr.language)),
        ColumnOf(tr("Code"), lambda one: one[0].product.code),
        ColumnOf(tr("Lot"), lambda one: one[0].account.figures.lot.code),
        ColumnOf(tr("Batch"), lambda one: one[1].document),
        ColumnOf(tr("Used in the batch"), lambda one: one[1].use.used, CellKind.COUNT, is_summed=True),
        ColumnOf(tr("Lost in processing"), lost, CellKind.FIGURE),
        ColumnOf(tr("Product made"), lambda one: "" if one[1].product is None else one[1].product.name_in(tr.language)),
        ColumnOf(tr("Lot made"), lambda one: "" if one[1].output is None else one[1].output.figures.lot.code),
        figures(tr("Pieces made"), "came"),
        figures(tr("Sold"), "sold"),
        figures(tr("Written off"), "wasted"),
        figures(tr("Counts ±"), "counted"),
        ColumnOf(tr("Used again"), of_output(used_again), CellKind.COUNT),
        figures(tr("On hand"), "on_hand"),
    ]

    def rows() -> Iterator[_Used]:
        for lot in step.every(reader.person, entry):
            for used in lot.batches:
                yield lot, used

    properties = [(tr("Import document"), entry)]
    return reader.table_of("processing_batches", tr("Batches by document"), columns, rows(), properties)


def report(step: ReportWorkshop, first: date | None = None, last: date | None = None) -> Listing:
    """Yield, cost and losses of a period: by recipe, and the losses by reason."""

    def make(reader: ListReader) -> Sequence[Table]:
        tr, price = reader.translator, reader.settings.price.code
        found = step(reader.person, first, last)
        days = [(tr("Days"), dates_text(found.first, found.last, tr.language))]

        def pieces(title: str, count: Callable[[RecipeFigures], int]) -> ColumnOf[RecipeFigures]:
            return ColumnOf(title, count, CellKind.COUNT, is_summed=True)

        def money(title: str, minor: Callable[[RecipeFigures], int | None]) -> ColumnOf[RecipeFigures]:
            def cell(one: RecipeFigures) -> Money | None:
                return price_of(minor(one), reader.settings)

            return ColumnOf(title, cell, CellKind.AMOUNT, price, is_summed=True)

        columns: list[ColumnOf[RecipeFigures]] = [
            ColumnOf(tr("Recipe"), lambda one: found.names[one.recipe]),
            ColumnOf(tr("Product"), lambda one: found.goods[one.product].name_in(tr.language)),
            ColumnOf(tr("Code"), lambda one: found.goods[one.product].code),
            pieces(tr("Batches finished"), lambda one: one.finished),
            pieces(tr("Batches cancelled"), lambda one: one.given_up),
            pieces(tr("Pieces planned"), lambda one: one.planned),
            pieces(tr("Pieces made"), lambda one: one.made),
            ColumnOf(tr("Yield"), lambda one: _share(one.achieved), CellKind.SHARE),
            money(tr("Cost of inputs"), lambda one: one.inputs),
            money(tr("Cost of the work"), lambda one: one.work),
            money(tr("Cost"), lambda one: one.cost),
            ColumnOf(tr("Unit cost"), lambda one: _each(one, found), CellKind.FIGURE, price),
            pieces(tr("Inputs lost"), lambda one: one.lost),
            money(tr("Cost of losses"), lambda one: one.lost_cost),
        ]
        losses: list[ColumnOf[ReasonFigures]] = [
            ColumnOf(tr("Reason"), lambda one: name_of(STOCK_WHYS, one.reason, tr)),
            ColumnOf(tr("Pieces"), lambda one: one.pieces, CellKind.COUNT, is_summed=True),
            ColumnOf(
                tr("Cost"), lambda one: price_of(one.cost, reader.settings), CellKind.AMOUNT, price, is_summed=True
            ),
        ]
        return [
            reader.table_of("workshop", tr("Workshop"), columns, found.figures.recipes, days),
            reader.table_of("workshop_losses", tr("Workshop losses"), losses, found.figures.losses, days),
        ]

    days = {"since": None if first is None else first.isoformat(), "until": None if last is None else last.isoformat()}
    return Listing("workshop", N_("Workshop"), RIGHT, make, days)


def _share(value: Fraction | None) -> Decimal | None:
    return None if value is None else rounded(value, 4)


def _each(one: RecipeFigures, found: WorkshopReport) -> Decimal | None:
    return None if one.each is None else rounded(one.each / found.price.minor_per_unit, 4)
