"""Ports of the use cases: the store, the clock, the secrets, the printer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from pos.application.ports.catalogue_ports import (
        CatalogueList,
        ExportedGoods,
        FieldChange,
        GoodsRow,
        Imports,
        ProductCards,
        ProductHistory,
        StoredMissingData,
        StoredQuickKeys,
    )
    from pos.application.ports.count_ports import Counts
    from pos.application.ports.fiscal_ports import StoredFiscal
    from pos.application.ports.journal_ports import ChainWalk, JournalCursor, JournalFilter, JournalPage, OtherClocks
    from pos.application.ports.maintenance_ports import Forgetting, Seals
    from pos.application.ports.membership_ports import StoredMembership
    from pos.application.ports.partner_ports import StoredAttempts
    from pos.application.ports.pickup_ports import StoredPickups
    from pos.application.ports.pricing_ports import PricedGoods, Prices, StoredLabels, StoredPromotions
    from pos.application.ports.purchasing_ports import GoodsReceipts, Orders, Suppliers
    from pos.application.ports.report_ports import Reports
    from pos.application.ports.return_ports import Returns
    from pos.application.ports.sale_ports import Outbox, Register, Reservations, StoredPendingRefunds
    from pos.application.ports.shift_ports import Shifts
    from pos.application.ports.staff_ports import People
    from pos.application.ports.stock_ports import LowStockFigures, Movements, Pieces, Stock
    from pos.application.ports.visitor_ports import LockedVisitor, Visitors
    from pos.application.ports.workshop_ports import ProcessedGoods, StoredBatches, StoredRecipes, WorkshopKeys
    from pos.domain.catalogue.paper_needs import Paper
    from pos.domain.catalogue.product import Product
    from pos.domain.pricing.rates import Rate, RecordedRate
    from pos.domain.quota.required_attributes import Needs
    from pos.domain.sales.parcel import Recipient
    from pos.domain.sales.sale import Sale
    from pos.domain.stock.stock import LotPart


class Clock(Protocol):
    """The only source of the time of day."""

    def __call__(self) -> datetime:
        """The current instant, in UTC."""


class Secrets(Protocol):
    """Keyed hashes, PIN hashes and signatures; the keys never leave the adapter."""

    def identity(self, identity: tuple[str, str, str]) -> str:
        """The keyed hash (hex) of a person's (country, type, canonical number)."""

    def member_identities(self, identity: tuple[str, str, str]) -> tuple[str, ...]:
        """The keyed hashes (hex) by which the center is asked for the same person; none in a shop without a center.

        Several while the members' key is changed.
        """

    def request(self, content: bytes) -> str:
        """The keyed hash (hex) of an order's content: an unkeyed one would reveal a document number."""

    def chain(self, before: str, content: bytes) -> str:
        """The keyed hash (hex) that chains `content` to the hash before it."""

    def hash_pin(self, pin: str) -> str:
        """A slow salted hash of a PIN, for the store."""

    def draw_pin(self) -> str:
        """A random one-time PIN of eight digits that is not too simple."""

    def is_pin(self, stored: str | None, pin: str) -> bool:
        """Whether `stored` is the hash of `pin`; None takes the same time and is False."""

    def sign(self, content: bytes) -> bytes:
        """The Ed25519 signature of a receipt's content."""

    @property
    def public_name(self) -> str:
        """A short name of the public signing key: 8 hex digits."""


class Products(Protocol):
    """The catalogue. A product carries its price in force `at` the given instant."""

    def by_code(self, code: str, at: datetime) -> Product | None:
        """The product with this canonical code; None for an unknown code."""

    def named(self, code: str, at: datetime) -> tuple[Product, int] | None:
        """As by_code, and how many pieces the code means: 1, or those of a carton."""

    def by_id(self, product_id: int, at: datetime) -> Product | None: ...

    def by_ids(self, product_ids: Sequence[int], at: datetime) -> Mapping[int, Product]:
        """The products with these ids, without unknown ones, with their prices at `at`."""

    def find(self, text: str, at: datetime, limit: int, offset: int = 0) -> Sequence[Product]:
        """Products by code, part of a code, name or part of a name in any script; best first."""

    def find_ids(self, text: str, limit: int, offset: int = 0) -> Sequence[int]:
        """The ids of the products that `find` would return."""

    def find_named_ids(self, words: str, limit: int, *, by_code: bool = False) -> Sequence[int]:
        """Those of them whose names also have each figure and short word among `words`.

        `by_code` keeps those that were found by a code.
        """

    def count(self) -> int: ...

    def chinese_names(self) -> Sequence[str]:
        """The names of all products that have Chinese characters, by id."""

    def codes_known(self, codes: Iterable[str]) -> Mapping[str, int]:
        """The codes among `codes` that the catalogue has, with their product ids."""

    def add(self, row: GoodsRow, at: datetime) -> int:
        """Add a product; return its id."""

    def add_many(self, rows: Sequence[GoodsRow], at: datetime, import_id: int | None = None) -> Sequence[int]:
        """Add products in few statements; return their ids in the order of `rows`. On hand is 0 regardless of the row.

        `import_id` is the import that adds them.
        """

    def change(self, product_id: int, row: GoodsRow, at: datetime, person: str) -> bool:
        """Update a product with the fields of `row`, and write its history; return whether anything changed."""

    def change_many(
        self, rows: Sequence[tuple[int, GoodsRow]], at: datetime, person: str, import_id: int | None = None
    ) -> Sequence[bool]:
        """Update products, each given once by its id, in few statements, and write their history; return which changed.

        A price is in force from `at` on: where a dated price is in force, it is dated too, set by `person`.
        """

    def would_change(self, rows: Sequence[tuple[int, GoodsRow]], at: datetime) -> Sequence[Sequence[FieldChange]]:
        """What `change_many` would change of each product, perhaps nothing; writes nothing."""

    def unsellable(self, at: datetime, limit: int, after: int = 0) -> Sequence[tuple[Product, int]]:
        """Products without category or price, with their stock on hand; by id, from the first above `after`."""

    def lacking(
        self, needs: Needs, at: datetime, limit: int, after: int = 0, *, sellable: bool = False
    ) -> Sequence[tuple[Product, int]]:
        """Products without an attribute that their category needs, in the form of `unsellable`.

        `sellable` leaves out those without category or price.
        """

    def lacking_for(self, paper: Paper, at: datetime, limit: int, after: int = 0) -> Sequence[tuple[Product, int]]:
        """Products without something that a paper of the border wants, in the form of `unsellable`."""

    def count_incomplete(
        self, needs: Mapping[str, Needs], at: datetime, limit: int, after: int = 0
    ) -> StoredMissingData:
        """The missing data of the `limit` products above the id `after`, for each of the named needs and each paper."""

    def all(self, at: datetime) -> Iterable[tuple[Product, int]]:
        """Every product with its stock on hand, by code, one at a time."""

    def exported(self, at: datetime) -> Iterable[ExportedGoods]:
        """Every product in its file form, by code, one at a time."""


class Rates(Protocol):
    """Dated rates: superseded, never edited."""

    def at(self, instant: datetime) -> Mapping[str, Rate]:
        """The rates in force at `instant`, by currency code."""

    def set(self, rate: Rate, person: str) -> None:
        """Record a rate from its instant on."""

    def recorded(self, first: datetime) -> Sequence[RecordedRate]:
        """All rates in force at `first` or later, planned ones included, in order."""


class RequestKeys(Protocol):
    """Keys of orders: requested twice, sold once."""

    def claim(self, key: str, fingerprint: str, at: datetime) -> bool:
        """Claim `key` as the first write of the sale; False if it was claimed before."""

    def fingerprint_of(self, key: str) -> str:
        """The content hash with which `key` was claimed."""


class Sales(Protocol):
    """Recorded sales: written once, never changed."""

    def record(
        self,
        sale: Sale,
        before: str,
        visitors: Mapping[str, LockedVisitor],
        business_date: date,
        taken: Mapping[int, Sequence[LotPart]],
    ) -> Sale:
        """Write the sale with its lines, payments, cash, stock, quota entries and declared purchases.

        Returns it with its `mac`; `before` is the mac of the till's previous sale, `taken` the deducted lots by
        product.
        """

    def with_key(self, key: str) -> Sale | None:
        """The sale made for an order's key."""

    def by_number(self, till: str, number: int) -> Sale | None: ...

    def last_of(self, till: str) -> Sale | None: ...

    def send_to(self, key: str, recipient: Recipient) -> None:
        """Keep to whom the parcel of a sale goes, apart from the sale, until it is erased."""

    def recipient_of(self, till: str, number: int) -> Recipient | None:
        """To whom the parcel of a sale goes; None once that is erased."""

    def sent_on(self, first: date, last: date) -> Sequence[Sale]:
        """The sales of the business days whose goods are sent, by day, till and number."""


class Journal(Protocol):
    """The append-only audit record, chained by keyed hash."""

    def write(self, at: datetime, till: str, person: str, event: str, details: Mapping[str, Any]) -> None:
        """Append an entry in this transaction."""

    def write_many(
        self, at: datetime, till: str, person: str, event: str, details: Sequence[Mapping[str, Any]]
    ) -> None:
        """Append an entry for each of `details`, in few statements."""

    def last_at(self, till: str) -> datetime | None:
        """The instant of the newest entry of a till, which reveals a clock set back; None before the first."""

    def other_clocks(self, till: str) -> OtherClocks:
        """The time according to the books and the server, for a till of this name."""

    def find(self, filters: JournalFilter, limit: int, before: JournalCursor | None) -> JournalPage:
        """The matching entries, newest first, older than `before`; see JournalPage."""

    def tills(self) -> Sequence[str]:
        """The tills that have written entries."""

    def walk_on(self, walk: ChainWalk, most: int) -> ChainWalk:
        """Check at most `most` further entries of the chains."""

    def holds(self, till: str, number: int) -> bool:
        """Whether an entry is unchanged and follows the previous one."""


class StoredSettings(Protocol):
    """The shop's options as text."""

    def all(self) -> Mapping[str, str]:
        """The values that were set, by name."""

    def set(self, name: str, text: str) -> None: ...


class UnitOfWork(Protocol):
    """One transaction: with `commit` everything in it happens together, without it nothing."""

    @property
    def products(self) -> Products: ...
    @property
    def catalogue(self) -> CatalogueList: ...
    @property
    def cards(self) -> ProductCards: ...
    @property
    def suppliers(self) -> Suppliers: ...
    @property
    def orders(self) -> Orders: ...
    @property
    def receipts(self) -> GoodsReceipts: ...
    @property
    def imports(self) -> Imports: ...
    @property
    def prices(self) -> Prices: ...
    @property
    def priced(self) -> PricedGoods: ...
    @property
    def history(self) -> ProductHistory: ...
    @property
    def quick_keys(self) -> StoredQuickKeys: ...
    @property
    def stock(self) -> Stock: ...
    @property
    def pieces(self) -> Pieces: ...
    @property
    def counts(self) -> Counts: ...
    @property
    def movements(self) -> Movements: ...
    @property
    def rates(self) -> Rates: ...
    @property
    def promotions(self) -> StoredPromotions: ...
    @property
    def labels(self) -> StoredLabels: ...
    @property
    def low_stock(self) -> LowStockFigures: ...
    @property
    def keys(self) -> RequestKeys: ...
    @property
    def visitors(self) -> Visitors: ...
    @property
    def forgetting(self) -> Forgetting: ...
    @property
    def register(self) -> Register: ...
    @property
    def sales(self) -> Sales: ...
    @property
    def returns(self) -> Returns: ...
    @property
    def holds(self) -> Reservations: ...
    @property
    def owed(self) -> StoredPendingRefunds: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def shifts(self) -> Shifts: ...
    @property
    def people(self) -> People: ...
    @property
    def journal(self) -> Journal: ...
    @property
    def seals(self) -> Seals: ...
    @property
    def settings(self) -> StoredSettings: ...
    @property
    def reports(self) -> Reports: ...
    @property
    def membership(self) -> StoredMembership: ...

    @property
    def attempts(self) -> StoredAttempts:
        """Acts asked of partners outside the shop."""

    @property
    def fiscal(self) -> StoredFiscal:
        """What the fiscal register has to register."""

    @property
    def recipes(self) -> StoredRecipes: ...
    @property
    def batches(self) -> StoredBatches: ...

    @property
    def processing(self) -> ProcessedGoods:
        """What batches used of each lot."""

    @property
    def workshop_keys(self) -> WorkshopKeys:
        """Keys of requests to the workshop."""

    @property
    def pickups(self) -> StoredPickups:
        """Customer orders."""

    def trying(self) -> AbstractContextManager[None]:
        """A scope whose changes are rolled back at its end, regardless of the transaction."""

    def commit(self) -> None:
        """Commit; after this returns, the changes are durable.

        Raises OutcomeUnknown if the store was lost before it confirmed, StoreError if nothing was committed.
        """


class RetryPolicy(Protocol):
    """The retry budget of one step."""

    def lasts(self, *, is_lost: bool) -> bool:
        """Wait briefly; True if the step may be retried. A lost store gets a short budget."""


class Store(Protocol):
    """Opens units of work."""

    @property
    def commits(self) -> int:
        """How many units of work were committed through it. Another number than before means a change made here."""

    def patience(self) -> RetryPolicy:
        """The retry policy of a step that starts now."""

    def begin(self) -> AbstractContextManager[UnitOfWork]:
        """A unit of work that may write; one at a time."""

    def reading(self) -> AbstractContextManager[UnitOfWork]:
        """A read-only unit of work, on a snapshot."""
