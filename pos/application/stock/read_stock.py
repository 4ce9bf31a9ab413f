"""Read the stock: quantities by location, movements, lots and their accounts, expiry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pos.application.access.authorize import authorized_read
from pos.application.access.known_product import known_product
from pos.application.catalogue.resolve_stock_scan import resolve_stock_scan
from pos.application.ports.catalogue_ports import ReadScan
from pos.application.ports.stock_ports import AtLocation, MovementFilter, MovementRow
from pos.application.ports.store import UnitOfWork
from pos.application.settings.context import UseCase
from pos.domain.catalogue.product import Product
from pos.domain.money import Money
from pos.domain.staff.staff import Person
from pos.domain.stock.stock import LotBalance

RIGHT = "stock"
EXPIRED, THIS_WEEK, SOON = "expired", "this_week", "soon"
_PAGE = 500


@dataclass(frozen=True, slots=True)
class ProductStock:
    """The stock of a product: quantities by location, floor pieces reserved for customers, and total cost (None:
    unknown).

    `pieces` is the quantity of the scanned label (that of a carton, or 1), `lot` the code of the lot on it.
    """

    product: Product
    locations: Sequence[AtLocation]
    on_floor: int
    held: int
    owned: int
    value: Money | None
    pieces: int = 1
    lot: str = ""


@dataclass(frozen=True, slots=True)
class ExpiringLot:
    """A lot on hand that expires: `days` from today to its last day (negative: since), and how urgent that is."""

    balance: LotBalance
    days: int
    urgency: str


@dataclass(frozen=True, slots=True)
class ReadStock(UseCase):
    """Queries about the stock, in pages; each needs the permission `stock`."""

    read_scan: ReadScan

    def show(self, person: Person, code: str) -> ProductStock:
        """The stock of a scanned label's product, by location. Raises UnknownCode, BadCheckDigit, BadGs1."""
        settings, label = self.settings(), self.read_scan(code)
        with authorized_read(self.store, person, RIGHT) as work:
            match = resolve_stock_scan(work, label, settings, self.now())
            return self._of(work, match.product, match.pieces, match.lot)

    def of(self, person: Person, product_id: int) -> ProductStock:
        with authorized_read(self.store, person, RIGHT) as work:
            return self._of(work, known_product(work, product_id, self.now()))

    def _of(self, work: UnitOfWork, product: Product, pieces: int = 1, lot: str = "") -> ProductStock:
        on_floor = work.stock.on_hand(product.id)
        worth = work.stock.worth(product.id)
        value = None if worth.value is None else Money(worth.value, self.settings().price)
        held = on_floor - work.stock.free(product.id, self.now())
        locations = work.stock.everywhere(product.id)
        return ProductStock(product, locations, on_floor, held, worth.pieces, value, pieces, lot)

    def movements(
        self, person: Person, query: MovementFilter, limit: int = 50, before: int | None = None
    ) -> Sequence[MovementRow]:
        """Movements, newest first, older than the movement `before`."""
        with authorized_read(self.store, person, RIGHT) as work:
            return work.movements.list(query, limit, before)

    def lots(
        self,
        person: Person,
        product_id: int | None = None,
        entry: str = "",
        *,
        on_hand: bool = False,
        limit: int = 50,
        after: int = 0,
    ) -> Sequence[LotBalance]:
        """Lot accounts, by their number: in − sold + returned − destroyed ± workshop ± counted = on hand."""
        with authorized_read(self.store, person, RIGHT) as work:
            return work.stock.lot_balances(product_id, limit, after, entry, on_hand=on_hand)

    def every_lot(
        self, person: Person, product_id: int | None = None, entry: str = "", *, on_hand: bool = False
    ) -> Iterator[LotBalance]:
        """All lot accounts, read in pages, for a file."""
        after = 0
        while True:
            page = self.lots(person, product_id, entry, on_hand=on_hand, limit=_PAGE, after=after)
            yield from page
            if not page:
                return
            after = page[-1].lot.id

    def expiring(
        self, person: Person, days: int | None = None, limit: int = 100, after: tuple[date, int] | None = None
    ) -> Sequence[ExpiringLot]:
        """Lots on hand that expire within `days` (default: the setting), the soonest first."""
        settings = self.settings()
        today = self.now().astimezone(settings.zone).date()
        until = today + timedelta(days=settings.expiry_warning_days if days is None else days)
        with authorized_read(self.store, person, RIGHT) as work:
            lots = work.stock.lots_expiring(until, limit, after)
        return [_expiring(balance, today) for balance in lots]


def _expiring(balance: LotBalance, today: date) -> ExpiringLot:
    assert balance.lot.expiry is not None, "only what has a last day expires"
    days = (balance.lot.expiry - today).days
    return ExpiringLot(balance, days, EXPIRED if days < 0 else THIS_WEEK if days < 7 else SOON)
