"""A stock-take: begun for a location and a scope, counted on sheets by several people at once, while the shop sells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pos.application.access.authorize import FOR_OTHERS, authorized_read, authorized_write
from pos.application.access.known_product import known_product
from pos.application.catalogue.resolve_stock_scan import resolve_stock_scan
from pos.application.ports.catalogue_ports import ReadScan
from pos.application.ports.count_ports import CountEntry, CountLine, SheetRow
from pos.application.ports.store import UnitOfWork
from pos.application.settings.context import UseCase
from pos.domain.catalogue.category import covers, is_scope
from pos.domain.catalogue.product import Product
from pos.domain.errors import BadField
from pos.domain.staff.staff import Person
from pos.domain.stock.count_differences import OF_ANY
from pos.domain.stock.stock import FLOOR, Lot, check_location
from pos.domain.stock.stock_count import (
    COUNTING,
    DROPPED,
    CountedElsewhere,
    CountOfAnother,
    FewerCounted,
    NoSuchCount,
    NothingToCount,
    NotRecounted,
    SheetDone,
    StockCount,
    StockTakeSheet,
    check_pieces,
    check_scope,
)

RIGHT = "stock"
"""The permission for all steps of a stock-take."""

_LONGEST_SCOPE = 60


@dataclass(frozen=True, slots=True)
class CountDraft:
    """The request of a stock-take: everything at a location, a category, a shelf, or products by their codes."""

    location: str = FLOOR
    scope: str = "all"
    value: str = ""
    codes: tuple[str, ...] = ()
    blind: bool = True


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """A sheet to count on; `again`: its person also counted in the first round, a second person would be better."""

    count: StockCount
    sheet: StockTakeSheet
    again: bool = False


@dataclass(frozen=True, slots=True)
class OnSheet:
    """Result of an entry: `added` pieces, `counted` of the product on this sheet.

    `outside`: the product is out of scope and will not be posted. `moved`: it moved while this sheet was counting it,
    so that it should be recounted. `expected` is the book quantity, None on a blind sheet. `unknown_lot` is a lot code
    unknown to the books: the pieces count for the product. `is_first`: the sheet had no entry of it before.
    """

    product: Product
    lot: Lot | None
    added: int
    counted: int
    at: datetime
    outside: bool = False
    moved: bool = False
    expected: int | None = None
    unknown_lot: str = ""
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class CountSheet:
    """A sheet as it is now: its numbers of products and pieces, and its newest entries."""

    count: StockCount
    sheet: StockTakeSheet
    products: int
    pieces: int
    rows: Sequence[SheetRow]


@dataclass(frozen=True, slots=True)
class CountStock(UseCase):
    """Counts the stock of a location. Everything needs the permission `stock`; each entry is stored at once."""

    read_scan: ReadScan

    # ── stock-takes ──────────────────────────────────────────────────────────────────────────────────────────

    def all(self, person: Person, limit: int = 50, before: int | None = None) -> Sequence[StockCount]:
        """Stock-takes, the newest first."""
        with authorized_read(self.store, person, RIGHT) as work:
            return work.counts.all(limit, before)

    def begin(self, person: Person, draft: CountDraft) -> StockCount:
        """Read the books and begin. Raises BadField, UnknownCode, NothingToCount, CountedElsewhere."""
        at = self.now()
        check_location(draft.location)
        check_scope(draft.scope, draft.value, draft.codes)
        value = draft.value.strip()
        if len(value) > _LONGEST_SCOPE or not value.isprintable():
            raise BadField(draft.scope, "too_long", value[:40])
        if draft.scope == "category" and not is_scope(value):
            raise BadField("category", "unknown_category", value[:40])
        settings = self.settings()
        with authorized_write(self.store, person, RIGHT) as (work, person):
            products = []
            for index, code in enumerate(draft.codes):
                field = f"products[{index}]"
                products.append(resolve_stock_scan(work, self.read_scan(code, field), settings, at, field).product.id)
            number = work.stock.next_number("C")
            last = work.stock.last_move()
            count = work.counts.add(
                StockCount(0, number, COUNTING, draft.location, draft.scope, value, draft.blind, at, person.name, last)
            )
            lines = work.counts.take_lines(count, list(dict.fromkeys(products)) if draft.scope == "products" else [])
            if not lines:
                raise NothingToCount(draft.location)
            overlap = work.counts.also_counted(count)
            if overlap is not None:
                raise CountedElsewhere(*overlap)
            details = {
                "count": count.name,
                "place": count.location,
                "scope": count.scope,
                "value": value,
                "blind": count.blind,
                "lines": lines,
            }
            work.journal.write(at, self.till, person.name, "begin_count", details)
            work.commit()
        return count

    def drop(self, person: Person, number: int) -> StockCount:
        """Discard it with all that was counted: nothing of it is posted. What another person has begun is dropped by
        a person who may act for them. Raises NoSuchCount, CountOver, CountOfAnother.
        """
        at = self.now()
        with authorized_write(self.store, person, RIGHT) as (work, person):
            count = open_count(work, number)
            check_may_drop(person, count)
            sheets = work.counts.sheets(count.id)
            pieces = sum(work.counts.pieces_on(count.id, sheet.number)[1] for sheet in sheets)
            work.counts.set_state(count.id, DROPPED)
            details: dict[str, object] = {"count": count.name, "sheets": len(sheets), "pieces": pieces}
            if count.person != person.name:
                details["of_person"] = count.person
            work.journal.write(at, self.till, person.name, "drop_count", details)
            work.commit()
        return replace(count, state=DROPPED)

    # ── sheets ───────────────────────────────────────────────────────────────────────────────────────────────

    def take_sheet(self, person: Person, number: int) -> OpenSheet:
        """The person's open sheet of the present round, or a new one."""
        at = self.now()
        with authorized_write(self.store, person, RIGHT) as (work, person):
            count = open_count(work, number)
            sheets = work.counts.sheets(count.id)
            again = count.round == 2 and any(sheet.round == 1 and sheet.person == person.name for sheet in sheets)
            for sheet in sheets:
                if sheet.person == person.name and sheet.round == count.round and sheet.done_at is None:
                    return OpenSheet(count, sheet, again)
            sheet = work.counts.add_sheet(count, person.name, at)
            details = {"count": count.name, "sheet": sheet.number, "round": sheet.round}
            work.journal.write(at, self.till, person.name, "take_count_sheet", details)
            work.commit()
        return OpenSheet(count, sheet, again)

    def finish_sheet(self, person: Person, number: int, sheet_number: int) -> None:
        """Close a sheet for further entries; another person may close it for a person who has left."""
        at = self.now()
        with authorized_write(self.store, person, RIGHT) as (work, person):
            count, sheet = open_sheet(work, number, sheet_number)
            work.counts.finish_sheet(sheet, at)
            products, pieces = work.counts.pieces_on(count.id, sheet.number)
            details = {"count": count.name, "sheet": sheet.number, "products": products, "pieces": pieces}
            work.journal.write(at, self.till, person.name, "finish_count_sheet", details)
            work.commit()

    def sheet(self, person: Person, number: int, sheet_number: int, limit: int = 50, offset: int = 0) -> CountSheet:
        """A sheet as it is now, the newest entry first."""
        with authorized_read(self.store, person, RIGHT) as work:
            count = count_numbered(work, number)
            sheet = _sheet(work, count, sheet_number)
            products, pieces = work.counts.pieces_on(count.id, sheet.number)
            return CountSheet(count, sheet, products, pieces, work.counts.rows(count.id, sheet_number, limit, offset))

    def sheets(self, person: Person, number: int) -> Sequence[StockTakeSheet]:
        with authorized_read(self.store, person, RIGHT) as work:
            return work.counts.sheets(count_numbered(work, number).id)

    # ── entries ──────────────────────────────────────────────────────────────────────────────────────────────

    def scan(
        self,
        person: Person,
        number: int,
        sheet: int,
        text: str,
        times: int = 1,
        lot: str = "",
        field: str = "code",
    ) -> OnSheet:
        """Count a scan: one piece, or the pieces of a carton, `times` over. Raises UnknownCode, NotRecounted …"""
        check_pieces(times)
        at, settings, label = self.now(), self.settings(), self.read_scan(text, field)
        with authorized_write(self.store, person, RIGHT) as (work, person):
            match = resolve_stock_scan(work, label, settings, at, field)
            answer = self._enter(work, number, sheet, match.product, lot or match.lot, match.pieces * times, at)
            work.commit()
        return answer

    def add(self, person: Person, number: int, sheet: int, product: int, lot: str, pieces: int) -> OnSheet:
        """Add pieces of a product to a sheet, or (negative) remove some. Raises FewerCounted."""
        at = self.now()
        with authorized_write(self.store, person, RIGHT) as (work, person):
            answer = self._enter(work, number, sheet, known_product(work, product, at), lot, pieces, at)
            work.commit()
        return answer

    def set(self, person: Person, number: int, sheet: int, product: int, lot: str, pieces: int) -> OnSheet:
        """Set the pieces of a product, or of a named lot, in place of those on the sheet."""
        check_pieces(pieces)
        at = self.now()
        with authorized_write(self.store, person, RIGHT) as (work, person):
            answer = self._enter(work, number, sheet, known_product(work, product, at), lot, pieces, at, replaces=True)
            work.commit()
        return answer

    def take_back(self, person: Person, number: int, sheet: int, entered: OnSheet) -> OnSheet:
        """Undo an entry: what was not on the sheet before it is not counted, rather than counted as none.

        Raises FewerCounted.
        """
        at = self.now()
        with authorized_write(self.store, person, RIGHT) as (work, person):
            product = known_product(work, entered.product.id, at)
            lot = "" if entered.lot is None else entered.lot.code
            answer = self._enter(work, number, sheet, product, lot, -entered.added, at)
            if entered.is_first and not answer.counted:
                lot_id = OF_ANY if answer.lot is None else answer.lot.id
                work.counts.strike(count_numbered(work, number).id, sheet, product.id, lot_id)
            work.commit()
        return answer

    def strike(self, person: Person, number: int, sheet_number: int, product: int) -> None:
        """Remove a product from a sheet, to count it again."""
        with authorized_write(self.store, person, RIGHT) as (work, person):
            count, sheet = open_sheet(work, number, sheet_number)
            if work.counts.strike(count.id, sheet.number, product):
                work.commit()

    def _enter(
        self,
        work: UnitOfWork,
        number: int,
        sheet_number: int,
        product: Product,
        lot_code: str,
        pieces: int,
        at: datetime,
        *,
        replaces: bool = False,
    ) -> OnSheet:
        count, sheet = open_sheet(work, number, sheet_number)
        lot = _lot_of(work, product.id, lot_code)
        lot_id = OF_ANY if lot is None else lot.id
        line = self._line(work, count, product, lot_id)
        move = work.stock.last_move()
        before = work.counts.entry(count.id, sheet.number, product.id, lot_id)
        if replaces or before is None:
            entry = CountEntry(sheet.number, product.id, lot_id, 0, move, move)
        else:
            entry = replace(before, last_move=max(move, before.last_move) if pieces > 0 else before.last_move)
        counted = entry.counted + pieces
        if counted < 0:
            raise FewerCounted(product.code, entry.counted)
        work.counts.write_entry(count.id, replace(entry, counted=check_pieces(counted)), at)
        moved = entry.last_move > entry.first_move and work.counts.moved_between(
            product.id, count.location, entry.first_move, entry.last_move
        )
        expected = None
        if not count.blind:
            expected = sum(
                at_location.on_hand
                for at_location in work.stock.everywhere(product.id)
                if at_location.location == count.location
            )
        unknown = lot_code if lot_code and lot is None else ""
        added = counted - (0 if before is None else before.counted)
        return OnSheet(product, lot, added, counted, at, line.outside, moved, expected, unknown, before is None)

    def _line(self, work: UnitOfWork, count: StockCount, product: Product, lot_id: int) -> CountLine:
        """The count line of a product, created when the books had none of it at the start."""
        lines = work.counts.lines_of(count.id, product.id)
        if count.round == 2 and not any(line.recount for line in lines):
            if work.counts.is_found(count.id, product.id):
                raise NotRecounted(product.code)
            work.counts.mark_recount(count.id, [(line.product, line.lot) for line in lines])
        line = next((line for line in lines if line.lot == lot_id), None)
        if line is not None:
            return line
        outside = lines[0].outside if lines else not _is_in_scope(count, product)
        if not lines and not outside:
            other = work.counts.counted_by(product.id, count.location, count.id)
            if other is not None:
                raise CountedElsewhere(product.code, other)
            for lot, pieces in _books_then(work, product.id, count).items():  # it has come into the scope since
                work.counts.add_line(count.id, CountLine(product.id, lot, pieces, count.round == 2))
        work.counts.add_line(count.id, CountLine(product.id, lot_id, 0, count.round == 2, outside))
        return next(line for line in work.counts.lines_of(count.id, product.id) if line.lot == lot_id)


def _books_then(work: UnitOfWork, product_id: int, count: StockCount) -> dict[int, int]:
    """The book quantity of a product by lot at the start of the stock-take, computed back from now."""
    then: dict[int, int] = {}
    for there in work.stock.everywhere(product_id):
        if there.location == count.location:
            then[OF_ANY if there.lot is None else there.lot.id] = there.on_hand
    for lot, pieces in work.stock.moved_since(product_id, count.last_move, location=count.location).items():
        then[lot or OF_ANY] = then.get(lot or OF_ANY, 0) - pieces
    return {lot: pieces for lot, pieces in then.items() if pieces}


def count_numbered(work: UnitOfWork, number: int) -> StockCount:
    """The stock-take of a number. Raises NoSuchCount."""
    count = work.counts.by_number(number)
    if count is None:
        raise NoSuchCount(number)
    return count


def open_count(work: UnitOfWork, number: int) -> StockCount:
    """The stock-take of a number that is still open. Raises NoSuchCount, CountOver, CountDropped."""
    count = count_numbered(work, number)
    count.check_open()
    return count


def check_may_drop(person: Person, count: StockCount) -> None:
    """Refuse a person who may not discard it. Raises NotAllowed, CountOfAnother."""
    person.check(RIGHT)
    if count.person != person.name and not person.may(FOR_OTHERS):
        raise CountOfAnother(count.number, count.person)


def open_sheet(work: UnitOfWork, number: int, sheet_number: int) -> tuple[StockCount, StockTakeSheet]:
    """An unfinished sheet of an open stock-take in its current round. Raises SheetDone …"""
    count = open_count(work, number)
    sheet = _sheet(work, count, sheet_number)
    if sheet.done_at is not None or sheet.round != count.round:
        raise SheetDone(number, sheet_number)
    return count, sheet


def _sheet(work: UnitOfWork, count: StockCount, sheet_number: int) -> StockTakeSheet:
    for sheet in work.counts.sheets(count.id):
        if sheet.number == sheet_number:
            return sheet
    raise BadField("sheet", "unknown", str(sheet_number))


def _is_in_scope(count: StockCount, product: Product) -> bool:
    match count.scope:
        case "all":
            return True
        case "category":
            return product.category is not None and covers(count.scope_value, product.category)
        case "shelf":
            return product.shelf == count.scope_value
    return False  # products by name have a line each


def _lot_of(work: UnitOfWork, product_id: int, code: str) -> Lot | None:
    """The lot of a code; None without a code, for an unknown one, or when several documents have a lot of this code."""
    known = work.stock.lots_named(product_id, code) if code else ()
    return known[0] if len(known) == 1 else None
