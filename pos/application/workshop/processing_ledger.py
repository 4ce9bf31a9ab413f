"""The customs account of processed goods: of each lot that came in under a document, where its pieces are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pos.application.access.authorize import authorized_read
from pos.application.ports.store import UnitOfWork
from pos.application.settings.context import UseCase
from pos.application.workshop.keyed_steps import RIGHT
from pos.domain.catalogue.product import Product
from pos.domain.document_number import read_document_number
from pos.domain.staff.staff import Person
from pos.domain.stock.stock import check_entry
from pos.domain.workshop.batch import batch_name
from pos.domain.workshop.ledger import LotAccount, LotUse, accounts, whole_pieces

_PAGE = 200


@dataclass(frozen=True, slots=True)
class UsedIn:
    """What one batch used of a lot, and the account of the lot that came out (None while it runs)."""

    use: LotUse
    output: LotAccount | None
    product: Product | None

    @property
    def document(self) -> str:
        """The number of the batch."""
        return batch_name(self.use.batch)


@dataclass(frozen=True, slots=True)
class ProcessedLot:
    """A lot that came in, with its account and the batches that used it.

    Of the pieces that were `used` so many are sold in what was made of them, lost or wasted, in process, counted or
    on hand: whole pieces, which add up to those used. The exact shares are in the account.
    """

    account: LotAccount
    product: Product
    batches: tuple[UsedIn, ...]

    @property
    def used(self) -> int:
        return self.account.used

    @property
    def shares(self) -> tuple[int, int, int, int, int]:
        """Pieces sold, wasted, in process, on hand and counted (±) in what was made: sold + wasted + in process + on
        hand − counted = used.
        """
        through = self.account.through
        sold, wasted, in_process, on_hand, missing = whole_pieces(
            (through.sold, through.wasted, through.in_process, through.on_hand, -through.counted)
        )
        return sold, wasted, in_process, on_hand, -missing


class ProcessingLedger(UseCase):
    """The account of processed goods, by lot. Needs the permission `stock`."""

    def __call__(self, person: Person, entry: str = "", limit: int = 50, after: int = 0) -> Sequence[ProcessedLot]:
        """Lots that a batch used, by their number above `after`; with a customs document all that came in under it.

        The document of goods made of several is the number of their batch: it finds the lots that went into them.
        Raises BadField.
        """
        entry = check_entry(entry)
        with authorized_read(self.store, person, RIGHT) as work:
            return self._page(work, entry, limit, after)

    def every(self, person: Person, entry: str = "") -> Iterator[ProcessedLot]:
        """All of them, read in pages, for a file."""
        after = 0
        while True:
            page = self(person, entry, _PAGE, after)
            yield from page
            if not page:
                return
            after = page[-1].account.figures.lot.id

    def _page(self, work: UnitOfWork, entry: str, limit: int, after: int) -> list[ProcessedLot]:
        of_batch = read_document_number(entry, "B") if entry[:1] in "Bb" else None
        lots = work.processing.lots(entry, limit, after, of_batch)
        found = _followed(work, lots)
        ids = {found[lot].figures.lot.product for lot in found}
        goods = work.products.by_ids(sorted(ids), self.now())
        return [
            ProcessedLot(
                found[lot], goods[found[lot].figures.lot.product], tuple(_used_in(found[lot].uses, found, goods))
            )
            for lot in lots
        ]


def _followed(work: UnitOfWork, lots: Sequence[int]) -> Mapping[int, LotAccount]:
    """The accounts of these lots and of all that was made of them."""
    known, new = set(lots), set(lots)
    uses: list[LotUse] = []
    while new:
        further = work.processing.uses(sorted(new))
        uses += further
        new = {use.output for use in further if use.output is not None} - known
        known |= new
    return accounts(work.processing.figures(sorted(known)), uses)


def _used_in(uses: Sequence[LotUse], found: Mapping[int, LotAccount], goods: Mapping[int, Product]) -> Iterator[UsedIn]:
    for use in uses:
        output = None if use.output is None else found[use.output]
        yield UsedIn(use, output, None if output is None else goods[output.figures.lot.product])
