"""Move goods for another reason than a sale: corrected, taken elsewhere in the shop, written off, given as samples."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from pos.application.access.authorize import authorize
from pos.application.access.retry import retry_on_rollback
from pos.application.catalogue.resolve_stock_scan import resolve_stock_scan
from pos.application.ports.scan_ports import ReadScan
from pos.application.ports.store import Clock, Store, UnitOfWork
from pos.application.settings.settings import Settings
from pos.domain.catalogue.product import Product
from pos.domain.errors import BadField
from pos.domain.money import Money
from pos.domain.sales.goods_for_sale import UnknownCode
from pos.domain.staff.staff import Person
from pos.domain.stock.stock import FLOOR, Lot, Movement, NotThere, check_lot, check_place
from pos.domain.stock.stock_count import check_note, check_pieces, check_reason
from pos.domain.stock.stock_paper import KINDS, REASONS_OF, TRANSFER, AdjustmentTooLarge, SamePlace

RIGHT = "stock"
MANAGERS = "settings"
"""Whoever has this right may move more than the limit of the shop."""

_MOST_LINES = 2_000


@dataclass(frozen=True, slots=True)
class StockDocumentLine:
    """Goods of a paper: pieces by a code, or a product by its id; `lot` names one, `lot_id` says exactly which.

    `quantity` counts what the code names (cartons of their pieces) and is negative only for an adjustment.
    """

    quantity: int
    code: str = ""
    product: int | None = None
    lot: str = ""
    lot_id: int | None = None


@dataclass(frozen=True, slots=True)
class StockDocumentDraft:
    """What somebody wants to move: `kind` is adjustment, transfer, waste or sample; a transfer goes `to` a place."""

    kind: str
    lines: Sequence[StockDocumentLine]
    place: str = FLOOR
    to: str = ""
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class MovedLine:
    """What was moved of a product, by lot; `value` is what it cost, with its sign, None where unknown."""

    product: Product
    lot: Lot | None
    quantity: int
    value: Money | None


@dataclass(frozen=True, slots=True)
class StockDocument:
    """What was moved under one number (M-000012)."""

    document: str
    kind: str
    place: str
    to: str
    reason: str
    lines: Sequence[MovedLine] = field(default_factory=tuple)

    @property
    def pieces(self) -> int:
        """How many pieces were moved."""
        return sum(abs(line.quantity) for line in self.lines)


@dataclass(frozen=True, slots=True)
class MoveStock:
    """Several lines in one paper, all of them or none. Needs the right `stock`."""

    store: Store
    now: Clock
    settings: Callable[[], Settings]
    till: str
    read_scan: ReadScan

    @retry_on_rollback
    def __call__(self, person: Person, wanted: StockDocumentDraft) -> StockDocument:
        """Record a paper.

        Raises BadField, UnknownCode, NotThere, SamePlace, AdjustmentTooLarge (a manager records it).
        """
        at = self.now()
        _check(wanted)
        note = check_note(wanted.note)
        settings = self.settings()
        with self.store.begin() as work:
            person = authorize(work, person, RIGHT)
            moves: list[Movement] = []
            shown: list[tuple[Product, Lot | None, int]] = []
            taken: dict[tuple[int, int | None], int] = {}
            for place, line in enumerate(wanted.lines):
                where = f"lines[{place}]"
                product, pieces, lot_code = self._goods(work, line, settings, at, where)
                for lot, quantity in _by_lot(work, product, replace(line, lot=lot_code), pieces, wanted, taken, where):
                    shown.append((product, lot, quantity))
                    moves += _moves(product, lot, quantity, wanted, note)
            document = f"M-{work.stock.next_number('M'):06d}"
            work.stock.record(moves, at, person.name, document)
            paper = _paper(work, document, wanted, shown, settings)
            if wanted.kind != TRANSFER and not person.may(MANAGERS):
                _check_limit(paper, settings)
            details = {
                "document": document,
                "kind": wanted.kind,
                "place": wanted.place,
                "to": wanted.to or None,
                "reason": wanted.reason or None,
                "note": note or None,
                "lines": [
                    {"code": product.code, "lot": None if lot is None else lot.code, "quantity": quantity}
                    for product, lot, quantity in shown
                ],
            }
            work.journal.write(at, self.till, person.name, "move_stock", details)
            work.commit()
        return paper

    def _goods(
        self, work: UnitOfWork, line: StockDocumentLine, settings: Settings, at: datetime, where: str
    ) -> tuple[Product, int, str]:
        """The product of a line, its pieces, and the code of its lot."""
        if line.product is not None:
            product = work.products.by_id(line.product, at)
            if product is None:
                raise UnknownCode(str(line.product), f"{where}.product")
            return product, line.quantity, line.lot
        field = f"{where}.code"
        found = resolve_stock_scan(work, self.read_scan(line.code, field), settings, at, field)
        return found.product, line.quantity * found.pieces, line.lot or found.lot


def _check(wanted: StockDocumentDraft) -> None:
    if wanted.kind not in KINDS:
        raise BadField("kind", "unknown", wanted.kind[:20])
    check_place(wanted.place, "from" if wanted.kind == TRANSFER else "place")
    if wanted.kind == TRANSFER:
        check_place(wanted.to, "to")
        if wanted.to == wanted.place:
            raise SamePlace(wanted.place)
    elif wanted.to:
        raise BadField("to", "not_with_this_form", wanted.to[:20])
    reasons = REASONS_OF[wanted.kind]
    if reasons or wanted.reason:
        check_reason(wanted.reason, reasons)
    if not wanted.lines:
        raise BadField("lines", "missing")
    if len(wanted.lines) > _MOST_LINES:
        raise BadField("lines", "too_large", str(len(wanted.lines)))
    for place, line in enumerate(wanted.lines):
        where = f"lines[{place}].quantity"
        check_pieces(abs(line.quantity), where)
        if not line.quantity:
            raise BadField(where, "not_positive", "0")
        if line.quantity < 0 and wanted.kind != "adjustment":
            raise BadField(where, "negative", str(line.quantity))
        check_lot(line.lot, f"lines[{place}].lot")


def _by_lot(
    work: UnitOfWork,
    product: Product,
    line: StockDocumentLine,
    pieces: int,
    wanted: StockDocumentDraft,
    taken: dict[tuple[int, int | None], int],
    where: str,
) -> list[tuple[Lot | None, int]]:
    """Which lots the pieces of a line are of: the named one, or where none is named what tills would sell next.

    What comes in by an adjustment without a lot is of no lot. `taken` is what earlier lines of the paper take.
    """
    there = [at for at in work.stock.everywhere(product.id) if at.place == wanted.place]
    known = {at.lot.id: at.lot for at in there if at.lot is not None}
    if line.lot_id is not None:
        lots = {lot.id: lot for lot in work.counts.lots([line.lot_id]).values() if lot.product == product.id}
        if line.lot_id not in lots:
            raise BadField(f"{where}.lot", "unknown", str(line.lot_id))
        return [(lots[line.lot_id], pieces)]
    if line.lot:
        named = list(work.stock.lots_named(product.id, line.lot))
        here = [lot for lot in named if lot.id in known]
        chosen = here or named
        if not chosen:
            raise BadField(f"{where}.lot", "unknown", line.lot)
        if len(chosen) > 1:
            raise BadField(f"{where}.lot", "several_lots", line.lot)
        return [(chosen[0], pieces)]
    if pieces > 0 and wanted.kind == "adjustment":
        return [(None, pieces)]
    left, shares = abs(pieces), []
    sign = -1 if wanted.kind == "adjustment" else 1
    # What is of no lot lies first in the list; lots come by their last day.
    for at in [*(at for at in there if at.lot is not None), *(at for at in there if at.lot is None)]:
        key = (product.id, None if at.lot is None else at.lot.id)
        out = min(left, max(at.on_hand - taken.get(key, 0), 0))
        if out:
            taken[key] = taken.get(key, 0) + out
            shares.append((at.lot, sign * out))
            left -= out
    if left:
        raise NotThere(product.code, wanted.place, "", abs(pieces), abs(pieces) - left)
    return shares


def _moves(product: Product, lot: Lot | None, quantity: int, wanted: StockDocumentDraft, note: str) -> list[Movement]:
    lot_id = None if lot is None else lot.id

    def move(pieces: int, place: str) -> Movement:
        return Movement(product.id, pieces, wanted.kind, place, lot_id, note=note, why=wanted.reason)

    if wanted.kind == TRANSFER:
        return [move(-quantity, wanted.place), move(quantity, wanted.to)]
    return [move(quantity if wanted.kind == "adjustment" else -quantity, wanted.place)]


def _paper(
    work: UnitOfWork,
    document: str,
    wanted: StockDocumentDraft,
    shown: Sequence[tuple[Product, Lot | None, int]],
    settings: Settings,
) -> StockDocument:
    costs: dict[tuple[int, int | None, int], int | None] = {}
    for product_id, lot_id, quantity, cost in work.counts.posted(document):
        costs[(product_id, lot_id, abs(quantity))] = cost
    lines = []
    for product, lot, quantity in shown:
        cost = costs[(product.id, None if lot is None else lot.id, abs(quantity))]
        lines.append(MovedLine(product, lot, quantity, None if cost is None else Money(cost, settings.price)))
    return StockDocument(document, wanted.kind, wanted.place, wanted.to, wanted.reason, tuple(lines))


def _check_limit(paper: StockDocument, settings: Settings) -> None:
    limit = settings.most_adjusted()
    worth = sum((abs(line.value.minor) for line in paper.lines if line.value is not None), 0)
    if limit.minor and worth > limit.minor:
        raise AdjustmentTooLarge(Money(worth, settings.price), limit)
