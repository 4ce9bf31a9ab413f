"""Stock movements other than sales: adjustments, transfers, write-offs, samples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from pos.application.access.authorize import authorized_write
from pos.application.access.retry import retry_on_rollback
from pos.application.catalogue.resolve_stock_scan import resolve_stock_scan
from pos.application.ports.catalogue_ports import ReadScan
from pos.application.ports.store import UnitOfWork
from pos.application.settings.context import UseCase
from pos.application.settings.settings import Settings
from pos.domain.catalogue.product import Product
from pos.domain.errors import BadField
from pos.domain.money import Money
from pos.domain.sales.goods_for_sale import UnknownCode
from pos.domain.staff.staff import Person
from pos.domain.stock.stock import FLOOR, Lot, Movement, NotThere, check_location, check_lot
from pos.domain.stock.stock_count import check_note, check_pieces, check_reason
from pos.domain.stock.stock_document import KINDS, OVER_THE_LIMIT, REASONS_OF, TRANSFER, SameLocation, check_adjusted

RIGHT = "stock"

_MOST_LINES = 2_000


@dataclass(frozen=True, slots=True)
class StockDocumentLine:
    """A line of a stock document: pieces by a code, or a product by its id; `lot` is a lot code, `lot_id` the exact
    lot.

    `quantity` counts what the code stands for (cartons as their pieces) and is negative only for an adjustment.
    """

    quantity: int
    code: str = ""
    product: int | None = None
    lot: str = ""
    lot_id: int | None = None


@dataclass(frozen=True, slots=True)
class StockDocumentDraft:
    """A draft of a stock document: `kind` is adjustment, transfer, waste or sample; a transfer goes `to` a location."""

    kind: str
    lines: Sequence[StockDocumentLine]
    location: str = FLOOR
    to: str = ""
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class MovedLine:
    """The moved pieces of a product, by lot; `value` is their cost, with plus or minus, None where unknown."""

    product: Product
    lot: Lot | None
    quantity: int
    value: Money | None


@dataclass(frozen=True, slots=True)
class StockDocument:
    """A recorded stock document under its number (M-000012)."""

    document: str
    kind: str
    location: str
    to: str
    reason: str
    lines: Sequence[MovedLine] = field(default_factory=tuple)

    @property
    def pieces(self) -> int:
        return sum(abs(line.quantity) for line in self.lines)


@dataclass(frozen=True, slots=True)
class MoveStock(UseCase):
    """Records several lines in one stock document, all of them or none. Needs the permission `stock`."""

    read_scan: ReadScan

    def __call__(self, person: Person, draft: StockDocumentDraft) -> StockDocument:
        """Record a stock document.

        Raises BadField, UnknownCode, NotThere, SameLocation, AdjustmentTooLarge (a manager records it).
        """
        return self.all(person, (draft,))[0]

    @retry_on_rollback
    def all(self, person: Person, drafts: Sequence[StockDocumentDraft]) -> Sequence[StockDocument]:
        """Record these documents in one transaction: all or none. Raises what one of them raises."""
        at = self.now()
        for draft in drafts:
            _check(draft)
        settings = self.settings()
        with authorized_write(self.store, person, RIGHT) as (work, person):
            recorded = [self._record(work, draft, at, settings, person) for draft in drafts]
            work.commit()
        return recorded

    def _record(
        self, work: UnitOfWork, draft: StockDocumentDraft, at: datetime, settings: Settings, person: Person
    ) -> StockDocument:
        note = check_note(draft.note)
        moves: list[Movement] = []
        shown: list[tuple[Product, Lot | None, int]] = []
        taken: dict[tuple[int, int | None], int] = {}
        for index, line in enumerate(draft.lines):
            where = f"lines[{index}]"
            product, pieces, lot_code = self._goods(work, line, settings, at, where)
            for lot, quantity in _by_lot(work, product, replace(line, lot=lot_code), pieces, draft, taken, where):
                shown.append((product, lot, quantity))
                moves += _moves(product, lot, quantity, draft, note)
        document = f"M-{work.stock.next_number('M'):06d}"
        work.stock.record(moves, at, person.name, document)
        recorded = _document(work, document, draft, shown, settings)
        if draft.kind != TRANSFER and not person.may(OVER_THE_LIMIT):
            check_adjusted((line.value for line in recorded.lines), settings.most_adjusted())
        details = {
            "document": document,
            "kind": draft.kind,
            "place": draft.location,
            "to": draft.to or None,
            "reason": draft.reason or None,
            "note": note or None,
            "lines": [
                {"code": product.code, "lot": None if lot is None else lot.code, "quantity": quantity}
                for product, lot, quantity in shown
            ],
        }
        work.journal.write(at, self.till, person.name, "move_stock", details)
        return recorded

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
        match = resolve_stock_scan(work, self.read_scan(line.code, field), settings, at, field)
        return match.product, line.quantity * match.pieces, line.lot or match.lot


def _check(draft: StockDocumentDraft) -> None:
    if draft.kind not in KINDS:
        raise BadField("kind", "unknown", draft.kind[:20])
    check_location(draft.location, "from" if draft.kind == TRANSFER else "place")
    if draft.kind == TRANSFER:
        check_location(draft.to, "to")
        if draft.to == draft.location:
            raise SameLocation(draft.location)
    elif draft.to:
        raise BadField("to", "not_with_this_form", draft.to[:20])
    reasons = REASONS_OF[draft.kind]
    if reasons or draft.reason:
        check_reason(draft.reason, reasons)
    if not draft.lines:
        raise BadField("lines", "missing")
    if len(draft.lines) > _MOST_LINES:
        raise BadField("lines", "too_large", str(len(draft.lines)))
    for index, line in enumerate(draft.lines):
        where = f"lines[{index}].quantity"
        check_pieces(abs(line.quantity), where)
        if not line.quantity:
            raise BadField(where, "not_positive", "0")
        if line.quantity < 0 and draft.kind != "adjustment":
            raise BadField(where, "negative", str(line.quantity))
        check_lot(line.lot, f"lines[{index}].lot")


def _by_lot(
    work: UnitOfWork,
    product: Product,
    line: StockDocumentLine,
    pieces: int,
    draft: StockDocumentDraft,
    taken: dict[tuple[int, int | None], int],
    where: str,
) -> list[tuple[Lot | None, int]]:
    """The lots of a line's pieces: the named one, else those that tills would sell next.

    An adjustment that adds pieces without a lot adds them to no lot. `taken` is what earlier lines of the document
    take.
    """
    there = [at for at in work.stock.everywhere(product.id) if at.location == draft.location]
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
    if pieces > 0 and draft.kind == "adjustment":
        return [(None, pieces)]
    left, shares = abs(pieces), []
    direction = -1 if draft.kind == "adjustment" else 1
    # Pieces without a lot come first in the list; lots follow by expiry date.
    for at in [*(at for at in there if at.lot is not None), *(at for at in there if at.lot is None)]:
        key = (product.id, None if at.lot is None else at.lot.id)
        out = min(left, max(at.on_hand - taken.get(key, 0), 0))
        if out:
            taken[key] = taken.get(key, 0) + out
            shares.append((at.lot, direction * out))
            left -= out
    if left:
        raise NotThere(product.code, draft.location, "", abs(pieces), abs(pieces) - left)
    return shares


def _moves(product: Product, lot: Lot | None, quantity: int, draft: StockDocumentDraft, note: str) -> list[Movement]:
    lot_id = None if lot is None else lot.id

    def move(pieces: int, location: str) -> Movement:
        return Movement(product.id, pieces, draft.kind, location, lot_id, note=note, why=draft.reason)

    if draft.kind == TRANSFER:
        return [move(-quantity, draft.location), move(quantity, draft.to)]
    return [move(quantity if draft.kind == "adjustment" else -quantity, draft.location)]


def _document(
    work: UnitOfWork,
    document: str,
    draft: StockDocumentDraft,
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
    return StockDocument(document, draft.kind, draft.location, draft.to, draft.reason, tuple(lines))
