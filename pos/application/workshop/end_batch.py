"""Finish a batch, or give it up: the output comes in as a lot of its own, what is lost goes out by reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from pos.application.pickup.lapsed_holds import release_lapsed
from pos.application.ports.store import UnitOfWork
from pos.application.pricing.rates_in_force import rates_of
from pos.application.purchasing.post_receipt import in_price
from pos.application.workshop.batch_steps import BatchStep
from pos.application.workshop.batch_view import BatchView, batch_numbered, recipe_of
from pos.application.workshop.goods_lines import GoodsLine, check_lines, goods_of
from pos.domain.catalogue.product import Product
from pos.domain.errors import BadField
from pos.domain.money import Money
from pos.domain.purchasing.document_day import check_expiry
from pos.domain.staff.staff import Person
from pos.domain.stock.stock import (
    FLOOR,
    MADE,
    PROCESSED,
    STORE_ROOM,
    Lot,
    Movement,
    check_location,
    check_lot,
)
from pos.domain.stock.stock_document import OVER_THE_LIMIT, WASTE, check_adjusted
from pos.domain.workshop.batch import (
    FINISHED,
    NO_LOT,
    PLANNED,
    Batch,
    BatchLoss,
    GivenBack,
    LostInput,
    LotTaken,
    OutputGone,
    SortedOut,
    check_last_day,
    entry_of,
    last_day,
    loss_reason,
    sort_out,
)
from pos.domain.workshop.recipe import check_quantity, check_work


@dataclass(frozen=True, slots=True)
class FinishDraft:
    """What came of a batch: pieces `made`, their last day (None: by the recipe), lot (empty: the batch's number) and
    place (empty: where deliveries go); what the work cost (None: as planned).

    `back` are inputs that were not used, `lost` those that were lost, each with its reason. What is merely less output
    than planned is a matter of yield, and needs no line.
    """

    batch: int
    made: int
    expiry: date | None = None
    lot: str = ""
    place: str = ""
    work: Money | None = None
    back: Sequence[GoodsLine] = field(default_factory=tuple)
    lost: Sequence[GoodsLine] = field(default_factory=tuple)
    key: str = ""


@dataclass(frozen=True, slots=True)
class GiveUpDraft:
    """A batch to give up: the `lost` inputs, each with its reason; or with `all_lost`, a reason, all the others too.

    The rest comes back to where it was taken from.
    """

    batch: int
    lost: Sequence[GoodsLine] = field(default_factory=tuple)
    all_lost: str = ""
    key: str = ""


class _EndStep(BatchStep):
    """What both ends have in common: goods that leave the batch again."""

    def _lines(
        self, work: UnitOfWork, batch: Batch, lines: Sequence[GoodsLine], name: str, at: datetime
    ) -> list[tuple[Product, int, int | None]]:
        """Product, pieces and lot of each line. Raises BadField for a lot of which the batch took nothing."""
        check_lines(lines, name)
        taken = work.counts.lots(sorted({part.lot for part in batch.parts if part.lot is not None}))
        found = []
        for index, line in enumerate(lines):
            where = f"{name}[{index}]"
            product, pieces = goods_of(work, line, at, where)
            lot = line.lot_id
            if lot:
                if lot not in taken or taken[lot].product != product.id:
                    raise BadField(f"{where}.lot", "unknown", str(lot))
            elif lot is None and line.lot:
                mine = [one.id for one in taken.values() if (one.product, one.code) == (product.id, line.lot.strip())]
                if not mine:
                    raise BadField(f"{where}.lot", "unknown", line.lot[:20])
                if len(mine) > 1:
                    raise BadField(f"{where}.lot", "several_lots", line.lot[:20])
                lot = mine[0]
            found.append((product, pieces, lot))
        return found

    def _lost(self, work: UnitOfWork, batch: Batch, lines: Sequence[GoodsLine], at: datetime) -> list[LostInput]:
        reasons = [loss_reason(line.reason, f"lost[{index}].reason") for index, line in enumerate(lines)]
        goods = self._lines(work, batch, lines, "lost", at)
        return [
            LostInput(product.id, pieces, reason, lot)
            for (product, pieces, lot), reason in zip(goods, reasons, strict=True)
        ]

    def _record(
        self, work: UnitOfWork, batch: Batch, out: SortedOut, more: Sequence[Movement], at: datetime, person: Person
    ) -> SortedOut:
        """Record what leaves the batch again, and `more` movements; the losses with what the stock lost by them.

        What is lost comes back to the store room and is written off there: the floor may be short of pieces that it
        has sold. A part that was sorted out before moves only by what is new.
        """
        moves: list[Movement] = []
        for before, part in zip(batch.parts, out.parts, strict=True):
            back, lost = part.back - before.back, part.lost - before.lost
            if not back + lost:
                continue
            cost = _newly(before.returned_cost, part.returned_cost)
            costs = _shared(cost, back, lost)
            for pieces, place, its_cost in ((back, part.place, costs[0]), (lost, STORE_ROOM, costs[1])):
                if pieces:
                    moves.append(Movement(part.product, pieces, PROCESSED, place, part.lot, its_cost))
        wasted = [
            Movement(loss.product, -loss.quantity, WASTE, STORE_ROOM, loss.lot, why=loss.reason) for loss in out.losses
        ]
        costs_of_all = work.stock.record([*moves, *wasted, *more], at, person.name, batch.document)
        of_losses = costs_of_all[len(moves) : len(moves) + len(wasted)]
        losses = tuple(
            replace(loss, at=at, cost=None if cost is None else -cost)
            for loss, cost in zip(out.losses, of_losses, strict=True)
        )
        self._check_limit(losses, person)
        return replace(out, losses=losses)

    def _check_limit(self, losses: Sequence[BatchLoss], person: Person) -> None:
        """A clerk writes off as much as in any other document."""
        price = self.settings().price
        if not person.may(OVER_THE_LIMIT):
            costs = (None if loss.cost is None else Money(loss.cost, price) for loss in losses)
            check_adjusted(costs, self.settings().most_adjusted())

    def _goods(self, work: UnitOfWork, batch: Batch, at: datetime) -> Mapping[int, Product]:
        return work.products.by_ids([batch.product, *(need.product for need in batch.needs)], at)


class FinishBatch(_EndStep):
    """Finishes a started batch: its output lies in the stock at the cost of the inputs and the work."""

    def __call__(self, person: Person, draft: FinishDraft) -> BatchView:
        """Bring in the output; the same key again returns the batch as it is now.

        Raises NoSuchBatch, BatchNotStarted, BatchFinished, BatchGivenUp, LotTaken, MoreThanTaken, NoRate,
        AdjustmentTooLarge (a manager records it), BadField, UnknownCode, KeyReused, NotAllowed.
        """
        return self._keyed(
            person,
            draft.key,
            ("finish", draft),
            lambda work, by, at: self._finish(work, draft, by, at),
            self._read_batch,
        )

    def _finish(self, work: UnitOfWork, draft: FinishDraft, person: Person, at: datetime) -> str:
        made = check_quantity(draft.made, "made")
        batch = batch_numbered(work, draft.batch, lock=True)
        batch.check_started()
        settings, goods = self.settings(), self._goods(work, batch, at)
        place = check_location(draft.place) if draft.place else settings.receive_to
        cost_of_work = check_work(batch.work if draft.work is None else draft.work)
        work_minor = in_price(cost_of_work, 1, rates_of(work, settings, at)) if cost_of_work else 0
        back = [GivenBack(product.id, pieces, lot) for product, pieces, lot in self._lines(
            work, batch, draft.back, "back", at
        )]  # fmt: skip
        out = sort_out(
            batch, back, self._lost(work, batch, draft.lost, at), {key: one.code for key, one in goods.items()}
        )
        if not any(part.used for part in out.parts):
            raise BadField("back", "holds_no_goods")
        work.stock.lock([batch.product, *(need.product for need in batch.needs)])
        lot = self._lot(work, batch, out, draft, goods[batch.product], at)
        done = batch.finished(at, person.name, made, lot.id, place, work_minor, out)
        output = Movement(batch.product, made, MADE, place, lot.id, done.cost)
        recorded = self._record(work, batch, out, [output], at, person)
        done = replace(done, losses=recorded.losses)
        work.batches.end(done, 0)
        lots = work.counts.lots(sorted({part.lot for part in batch.parts if part.lot is not None}))
        details = {
            "batch": batch.document,
            "code": goods[batch.product].code,
            "planned": batch.planned,
            "made": made,
            "lot": lot.code,
            "expiry": None if lot.expiry is None else lot.expiry.isoformat(),
            "entry": lot.entry or None,
            "place": place,
            "work": str(Money(work_minor, settings.price)),
            "value": None if done.cost is None else str(Money(done.cost, settings.price)),
            "currency": settings.price.code,
            **_left_lines(batch, done, goods, lots),
        }
        work.journal.write(at, self.till, person.name, "finish_batch", details)
        return batch.document

    def _lot(
        self, work: UnitOfWork, batch: Batch, out: SortedOut, draft: FinishDraft, product: Product, at: datetime
    ) -> Lot:
        """A lot of its own, under the document of its inputs."""
        today = self.today
        code = check_lot(draft.lot) or batch.document
        if work.stock.lots_named(product.id, code):
            raise LotTaken(product.code, code)
        used = [part.lot for part in out.parts if part.used]
        lots = work.counts.lots(sorted({lot for lot in used if lot is not None}))
        expiry = check_expiry(draft.expiry, today)
        if expiry is None:
            expiry = last_day(recipe_of(work, batch), today, [lot.expiry for lot in lots.values()])
        check_last_day(expiry, today)
        entry = entry_of(batch.document, [lot.entry for lot in lots.values()])
        return work.stock.lot(product.id, code, expiry, entry, at)


class GiveUpBatch(_EndStep):
    """Gives a batch up: what is lost goes out by reason, the rest comes back to where it was.

    A planned batch took nothing. One that is finished is given up only while all of its output is here: it leaves the
    stock again.
    """

    def __call__(self, person: Person, draft: GiveUpDraft) -> BatchView:
        """Give it up; the same key again returns the batch as it is now.

        Raises NoSuchBatch, BatchGivenUp, OutputGone, MoreThanTaken, AdjustmentTooLarge (a manager records it),
        BadField, UnknownCode, KeyReused, NotAllowed.
        """
        return self._keyed(
            person,
            draft.key,
            ("give_up", draft),
            lambda work, by, at: self._give_up(work, draft, by, at),
            self._read_batch,
        )

    def _give_up(self, work: UnitOfWork, draft: GiveUpDraft, person: Person, at: datetime) -> str:
        batch = batch_numbered(work, draft.batch, lock=True)
        batch.check_not_given_up()
        goods = self._goods(work, batch, at)
        codes = {key: one.code for key, one in goods.items()}
        lost = self._lost(work, batch, draft.lost, at)
        if draft.all_lost:
            lost += self._all_others(batch, lost, loss_reason(draft.all_lost, "all_lost"), codes)
        out = sort_out(batch, [], lost, codes, rest_back=True)
        more: list[Movement] = []
        if batch.state != PLANNED:
            release_lapsed(work, at, self.till, person.name)
            work.stock.lock([batch.product, *(need.product for need in batch.needs)])
            more = self._output(work, batch, at)
        before = len(batch.losses)
        done = batch.given_up(at, person.name, self._record(work, batch, out, more, at, person))
        work.batches.end(done, before)
        lots = work.counts.lots(sorted({part.lot for part in batch.parts if part.lot is not None}))
        details = {
            "batch": batch.document,
            "code": goods[batch.product].code,
            "made": batch.made,
            **_left_lines(batch, done, goods, lots),
        }
        work.journal.write(at, self.till, person.name, "give_up_batch", details)
        return batch.document

    def _all_others(
        self, batch: Batch, lost: Sequence[LostInput], reason: str, codes: dict[int, str]
    ) -> list[LostInput]:
        left = sort_out(batch, [], lost, codes)
        return [LostInput(part.product, part.used, reason, part.lot or NO_LOT) for part in left.parts if part.used]

    def _output(self, work: UnitOfWork, batch: Batch, at: datetime) -> list[Movement]:
        """The movements by which the output of a finished batch leaves again: as many pieces as it made, of those that
        are not held, behind the floor first, for what it came in with. Raises OutputGone.
        """
        if batch.state != FINISHED or batch.made is None:
            return []
        here = [one for one in work.stock.everywhere(batch.product) if one.lot is not None and one.lot.id == batch.lot]
        free, left, cost, moves = max(work.stock.free(batch.product, at), 0), batch.made, batch.cost, list[Movement]()
        for one in sorted(here, key=lambda one: one.location == FLOOR):
            most = min(one.on_hand, free) if one.location == FLOOR else one.on_hand
            out = min(max(most, 0), left)
            if out:
                cost_out, cost = _shared(cost, out, left - out)
                moves.append(Movement(batch.product, -out, MADE, one.location, batch.lot, cost_out))
                left -= out
        if left:
            raise OutputGone(batch.document, batch.made, batch.made - left)
        return moves


def _newly(before: int | None, after: int | None) -> int | None:
    return None if before is None or after is None else after - before


def _shared(cost: int | None, back: int, lost: int) -> tuple[int | None, int | None]:
    """The cost of pieces that leave a batch, shared over those that come back and those that are lost."""
    if cost is None:
        return None, None
    of_back = (2 * cost * back + back + lost) // (2 * (back + lost))
    return of_back, cost - of_back


def _left_lines(
    before: Batch, after: Batch, goods: Mapping[int, Product], lots: Mapping[int, Lot]
) -> dict[str, list[dict[str, object]]]:
    """What left the batch again, for the journal: `back` and `lost`, by lot."""

    def line(product: int, lot: int | None, pieces: int) -> dict[str, object]:
        return {"code": goods[product].code, "lot": None if lot is None else lots[lot].code, "quantity": pieces}

    back = [
        line(part.product, part.lot, part.back - old.back)
        for old, part in zip(before.parts, after.parts, strict=True)
        if part.back > old.back
    ]
    lost = [
        {**line(loss.product, loss.lot, loss.quantity), "reason": loss.reason}
        for loss in after.losses[len(before.losses) :]
    ]
    return {"back": back, "lost": lost}
