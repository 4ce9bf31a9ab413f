"""The differences of a stock-take: reviewed, recounted, explained, and posted in one transaction."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from pos.application.access.authorize import authorize, authorized_read, authorized_write
from pos.application.access.retry import retry_on_rollback
from pos.application.ports.count_ports import CountEntry, CountLine, NotCounted
from pos.application.ports.stock_ports import AtLocation
from pos.application.ports.store import UnitOfWork
from pos.application.settings.context import UseCase
from pos.application.stock.count_stock import RIGHT, count_numbered, open_count
from pos.domain.catalogue.product import Product
from pos.domain.errors import MovedMeanwhile
from pos.domain.money import Currency, Money
from pos.domain.staff.staff import Person
from pos.domain.stock.count_differences import OF_ANY, CountedLine, MovementSinceCount, SheetEntry, counted_of
from pos.domain.stock.stock import FLOOR, Lot, Movement, Worth
from pos.domain.stock.stock_count import (
    COUNT_REASONS,
    COUNTING,
    RECOUNT,
    CountUnsettled,
    NothingToRecount,
    ReasonMissing,
    RecountedOnce,
    SheetsOpen,
    StockCount,
    StockTakeSheet,
    SurplusIsNoLoss,
    check_note,
    check_reason,
    explains,
    missing_by_lot,
)
from pos.domain.stock.stock_document import OVER_THE_LIMIT, check_adjusted


@dataclass(frozen=True, slots=True)
class CountDifference:
    """A product (or a lot of it) whose count differs from the books.

    `pieces` is None where the product moved during the count and the difference is uncertain: `least` to `most`.
    `value` is the cost of the pieces, with plus or minus; None where unknown. `line` is its lot in the stock-take;
    `whole`: it was counted without lots, except those `seen` of some. `held` pieces are reserved for customers.
    """

    product: Product
    lot: Lot | None
    line: int
    expected: int
    books: int
    counted: int
    pieces: int | None
    least: int
    most: int
    value: Money | None
    whole: bool = False
    seen: Mapping[int, int] = field(default_factory=dict)
    held: int = 0
    recount: bool = False
    reason: str = ""
    note: str = ""

    def can_be(self, reason: str) -> bool:
        """Whether it can have this reason: what is over was neither damaged, stolen nor expired."""
        return explains(reason, self.least if self.pieces is None else self.pieces)


@dataclass(frozen=True, slots=True)
class FoundOutside:
    """Counted goods that are out of scope: nothing is posted for them."""

    product: Product
    counted: int


@dataclass(frozen=True, slots=True)
class CountReview:
    """A stock-take as it is now: differences, number of equal lines, what was not counted, and what lay in a wrong
    location.

    `lots_left` are uncounted lots of products whose other lots were counted. `value` is the sum of the known costs;
    `unknown` differences have no cost on file.
    """

    count: StockCount
    sheets: Sequence[StockTakeSheet]
    differences: Sequence[CountDifference]
    agreed: int
    not_counted: int
    lots_left: Sequence[NotCounted]
    outside: Sequence[FoundOutside]
    value: Money
    unknown: int

    @property
    def open_sheets(self) -> Sequence[StockTakeSheet]:
        """Sheets that are still being counted."""
        return [sheet for sheet in self.sheets if sheet.done_at is None and sheet.round == self.count.round]

    @property
    def posts(self) -> object:
        """What would be posted, and how much is not counted: equal for two reviews that would post the same."""
        lines = {(one.product.id, one.line): (one.pieces, one.reason, one.note) for one in self.differences}
        return lines, self.not_counted


class PostCount(UseCase):
    """Reviews and posts a stock-take. Everything needs the permission `stock`."""

    def review(self, person: Person, number: int) -> CountReview:
        """What would be posted now. Raises NoSuchCount."""
        price = self.settings().price
        with authorized_read(self.store, person, RIGHT) as work:
            return _review(work, count_numbered(work, number), price, self.now())

    def not_counted(
        self, person: Person, number: int, limit: int = 100, after: tuple[int, int] = (0, 0)
    ) -> Sequence[NotCounted]:
        """Book lines that are on no sheet, by (product, lot)."""
        with authorized_read(self.store, person, RIGHT) as work:
            return work.counts.not_counted(count_numbered(work, number).id, limit, after)

    def none_left(self, person: Person, number: int, seen: CountReview | None = None) -> int:
        """Declare that nothing is left of everything not counted; returns the number of lines.

        Raises MovedMeanwhile where it is not what was `seen`.
        """
        at = self.now()
        with authorized_write(self.store, person, RIGHT) as (work, person):
            count = open_count(work, number)
            review = _review(work, count, self.settings().price, at)
            if seen is not None and review.not_counted != seen.not_counted:
                raise MovedMeanwhile
            sheet = work.counts.add_sheet(count, person.name, at)
            move = work.stock.last_move()
            lines = work.counts.none_there(count.id, sheet.number, move, at)
            for left in review.lots_left:
                none = CountEntry(sheet.number, left.product, left.lot, 0, move, move)
                work.counts.write_entry(count.id, none, at)
            work.counts.finish_sheet(sheet, at)
            lines += len(review.lots_left)
            details = {"count": count.name, "lines": lines}
            work.journal.write(at, self.till, person.name, "none_left_in_count", details)
            work.commit()
        return lines

    def recount(self, person: Person, number: int) -> int:
        """Open a second round for the differences, by another person if there is one; returns the number of lines.

        Raises SheetsOpen while the first round is going on, NothingToRecount, RecountedOnce.
        """
        at = self.now()
        with authorized_write(self.store, person, RIGHT) as (work, person):
            count = open_count(work, number)
            if count.state != COUNTING:
                raise RecountedOnce(number)
            review = _review(work, count, self.settings().price, at)
            _check_sheets(review)
            lines = [(one.product.id, one.line) for one in review.differences]
            if not lines:
                raise NothingToRecount(number)
            work.counts.mark_recount(count.id, lines)
            work.counts.set_state(count.id, RECOUNT)
            work.journal.write(at, self.till, person.name, "recount", {"count": count.name, "lines": len(lines)})
            work.commit()
        return len(lines)

    def explain(self, person: Person, number: int, product: int, line: int, reason: str, note: str = "") -> None:
        """Set the reason of a difference, from the list of reasons. Raises BadField."""
        check_reason(reason, COUNT_REASONS)
        note = check_note(note)
        with self.store.begin() as work:
            authorize(work, person, RIGHT)
            count = open_count(work, number)
            work.counts.explain(count.id, product, line, reason, note)
            work.commit()

    def explain_rest(self, person: Person, number: int, lines: Sequence[tuple[int, int]], reason: str) -> None:
        """Set the reason of all these differences, by (product, line), or of none; one that was given stays."""
        check_reason(reason, COUNT_REASONS)
        with authorized_write(self.store, person, RIGHT) as (work, _person):
            work.counts.explain_rest(open_count(work, number).id, lines, reason)
            work.commit()

    @retry_on_rollback
    def __call__(self, person: Person, number: int, seen: CountReview | None = None) -> CountReview:
        """Post all differences or nothing; returns the review as posted.

        Raises SheetsOpen, MovedMeanwhile (it is not what was `seen`), CountUnsettled, ReasonMissing, SurplusIsNoLoss,
        NotThere (more would leave than lies there unreserved), AdjustmentTooLarge (a manager posts it).
        """
        at = self.now()
        price = self.settings().price
        with authorized_write(self.store, person, RIGHT) as (work, person):
            count = open_count(work, number)
            review = _review(work, count, price, at)
            _check_sheets(review)
            if seen is not None and review.posts != seen.posts:
                raise MovedMeanwhile
            unsettled = tuple(one.product.code for one in review.differences if one.pieces is None)
            if unsettled:
                raise CountUnsettled(number, unsettled[:5])
            for one in review.differences:
                if not one.reason:
                    raise ReasonMissing(one.product.code)
                if not one.can_be(one.reason):
                    raise SurplusIsNoLoss(one.product.code, one.reason)
            if not person.may(OVER_THE_LIMIT):
                check_adjusted((one.value for one in review.differences), self.settings().most_adjusted())
            moves = [move for one in review.differences for move in _moves_of(work, count, one)]
            work.stock.record(moves, at, person.name, count.name)
            content = _content(review, work.counts.posted(count.name), price, person.name, at)
            text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            work.counts.post(count.id, at, person.name, text)
            details = {
                "count": count.name,
                "differences": len(review.differences),
                "value": content["value"],
                "sha256": sha256(text.encode()).hexdigest(),
            }
            work.journal.write(at, self.till, person.name, "post_count", details)
            work.commit()
        return review

    def posted(self, person: Person, number: int) -> Mapping[str, Any] | None:
        """What was posted, as frozen; None while it is not posted."""
        with authorized_read(self.store, person, RIGHT) as work:
            text = work.counts.content(count_numbered(work, number).id)
        return None if text is None else json.loads(text)


def _check_sheets(review: CountReview) -> None:
    people = tuple(dict.fromkeys(sheet.person for sheet in review.open_sheets))
    if people:
        raise SheetsOpen(review.count.number, people)


def _moves_of(work: UnitOfWork, count: StockCount, one: CountDifference) -> Iterator[Movement]:
    """Movements of a difference: of its lot, or of a product counted as a whole by expiry date, as tills sell."""
    pieces = one.pieces
    assert pieces, "only what differs and is settled is posted"

    def move(lot: int | None, quantity: int) -> Movement:
        return Movement(one.product.id, quantity, "count", count.location, lot, note=one.note, why=one.reason)

    if one.lot is not None:
        yield move(one.lot.id, pieces)
        return
    there: Sequence[AtLocation] = [at for at in work.stock.everywhere(one.product.id) if at.location == count.location]
    lots: dict[int | None, int] = {at.lot.id: at.on_hand for at in there if at.lot is not None}  # sorted by expiry date
    if pieces > 0 or not one.whole:
        yield move(None, pieces)
        return
    lots[None] = sum(at.on_hand for at in there if at.lot is None)
    for lot, out in missing_by_lot(-pieces, lots, one.seen).items():
        yield move(lot, -out)


def _review(work: UnitOfWork, count: StockCount, price: Currency, at: datetime) -> CountReview:
    lines: defaultdict[int, list[CountLine]] = defaultdict(list)
    for line in work.counts.lines_found(count.id):
        lines[line.product].append(line)
    entries: defaultdict[int, list[SheetEntry]] = defaultdict(list)
    for entry in work.counts.entries(count.id):
        entries[entry.product].append(
            SheetEntry(entry.lot, entry.counted, entry.first_move, entry.last_move, entry.round)
        )
    moves: defaultdict[int, list[MovementSinceCount]] = defaultdict(list)
    for move, product_id, lot, pieces in work.counts.moves(count):
        moves[product_id].append(MovementSinceCount(move, lot or OF_ANY, pieces))
    differences: list[CountDifference] = []
    outside: list[FoundOutside] = []
    lots_left: list[NotCounted] = []
    agreed = 0
    for product_id, of_product in entries.items():
        known = lines[product_id]
        if any(line.outside for line in known):
            product = _goods(work, product_id, at)
            outside.append(FoundOutside(product, sum(entry.pieces for entry in of_product)))
            continue
        expected = {line.lot: line.expected for line in known}
        counted, left = counted_of(expected, of_product, moves[product_id])
        differing = [one for one in counted if one.counted.difference != 0]
        agreed += len(counted) - len(differing)
        if differing or left:
            product = _goods(work, product_id, at)
            named = work.counts.lots([*left, *(one.lot for one in differing if one.lot)])
            differences += _differences(work, count, product, differing, known, named, price, at)
            for lot in left:
                code = named[lot].code if lot in named else ""
                lots_left.append(
                    NotCounted(product_id, lot, product.code, product.name, product.names, code, expected[lot])
                )
    values = [one.value for one in differences if one.pieces is not None]
    return CountReview(
        count=count,
        sheets=work.counts.sheets(count.id),
        differences=sorted(differences, key=lambda one: (one.pieces is not None, one.product.code, one.line)),
        agreed=agreed,
        not_counted=work.counts.how_many_not_counted(count.id) + len(lots_left),
        lots_left=lots_left,
        outside=outside,
        value=sum((value for value in values if value is not None), Money.zero(price)),
        unknown=sum(value is None for value in values),
    )


def _differences(
    work: UnitOfWork,
    count: StockCount,
    product: Product,
    differing: Sequence[CountedLine],
    known: Sequence[CountLine],
    lots: Mapping[int, Lot],
    price: Currency,
    at: datetime,
) -> Iterator[CountDifference]:
    worth = work.stock.worth(product.id)
    said = {line.lot: line for line in known}
    held = work.stock.on_hand(product.id) - work.stock.free(product.id, at) if count.location == FLOOR else 0
    for one in differing:
        pieces = one.counted.difference
        worth, value = _valued(worth, pieces or 0)
        line = said.get(one.lot)
        yield CountDifference(
            product=product,
            lot=lots.get(one.lot),
            line=one.lot,
            expected=one.expected,
            books=one.counted.books,
            counted=one.counted.pieces,
            pieces=pieces,
            least=one.counted.least,
            most=one.counted.most,
            value=None if value is None or pieces is None else Money(value, price),
            whole=one.whole,
            seen=one.seen,
            held=held,
            recount=line is not None and line.recount,
            reason="" if line is None else line.reason,
            note="" if line is None else line.note,
        )


def _valued(worth: Worth, pieces: int) -> tuple[Worth, int | None]:
    """The value of a difference, and the stock value after it."""
    if pieces < 0:
        after, cost = worth.issuing(-pieces)
        return after, None if cost is None else -cost
    if pieces > 0:
        received = worth.receiving(pieces, None)
        return received.worth, received.cost
    return worth, 0


def _goods(work: UnitOfWork, product_id: int, at: datetime) -> Product:
    product = work.products.by_id(product_id, at)
    assert product is not None, "what was counted is in the catalogue"
    return product


def _content(review: CountReview, posted: Sequence[Any], price: Currency, person: str, at: datetime) -> dict[str, Any]:
    """The frozen content of a stock-take: who counted, each difference with its reason, each movement with its cost."""
    count = review.count
    costs = [cost for *_, cost in posted]
    known = sum(cost for cost in costs if cost is not None)
    return {
        "count": count.name,
        "place": count.location,
        "scope": count.scope,
        "scope_value": count.scope_value,
        "blind": count.blind,
        "begun": {"at": count.at.isoformat(), "person": count.person},
        "posted": {"at": at.isoformat(), "person": person},
        "currency": price.code,
        "value": str(Money(known, price)),
        "unknown": sum(cost is None for cost in costs),
        "agreed": review.agreed,
        "not_counted": review.not_counted,
        "sheets": [{"sheet": sheet.number, "round": sheet.round, "person": sheet.person} for sheet in review.sheets],
        "differences": [
            {
                "code": one.product.code,
                "name": one.product.name,
                "names": dict(one.product.names),
                "lot": one.lot.code if one.lot is not None else "",
                "expected": one.books,
                "counted": one.counted,
                "difference": one.pieces,
                "value": None if one.value is None else str(one.value),
                "reason": one.reason,
                "note": one.note,
            }
            for one in review.differences
        ],
        "outside": [{"code": one.product.code, "counted": one.counted} for one in review.outside],
        "moves": [
            {"product": product, "lot": lot, "quantity": quantity, "cost": cost}
            for product, lot, quantity, cost in posted
        ],
    }
