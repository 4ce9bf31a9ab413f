"""Ports of the catalogue: products and their cards, lists, history, imports, and the reader of scanned codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from pos.domain.catalogue.paper_needs import Paper
from pos.domain.catalogue.product import Attributes, Product
from pos.domain.money import Money

if TYPE_CHECKING:
    from pos.domain.catalogue.product_card import ProductCard
    from pos.domain.catalogue.quick_keys import QuickKeys
    from pos.domain.catalogue.scanned_code import ScannedCode
    from pos.domain.quota.required_attributes import Needs


@dataclass(frozen=True, slots=True)
class GoodsRow:
    """A product from the catalogue import; fields that are None keep the stored value.

    A supplier is given by number or, as in files, by name; an unknown name creates a supplier. `cartons` are further
    codes with their pieces.
    """

    code: str
    name: str
    names: Mapping[str, str]
    category: str | None
    price: Money | None
    attributes: Attributes
    on_hand: int | None
    codes: tuple[str, ...] = ()
    vat: Decimal | None = None
    brand: str | None = None
    model: str | None = None
    origin: str | None = None
    hs_code: str | None = None
    unit: str | None = None
    supplier: int | None = None
    reorder_point: int | None = None
    shelf: str | None = None
    by_weight: bool | None = None
    asks_lot: bool | None = None
    supplier_name: str | None = None
    cartons: tuple[tuple[str, int], ...] = ()


class ProductCards(Protocol):
    """Complete products: read, added and written without changes."""

    def card(self, product_id: int, at: datetime) -> ProductCard | None:
        """A product with the price in force `at`."""

    def add(self, card: ProductCard, at: datetime) -> int:
        """Add a product without its price; return its id. Its suppliers are on file."""

    def write(self, product_id: int, card: ProductCard) -> None:
        """Write every field of `card` except the price, and its codes, none of which belongs to another product."""

    def lock(self, product_ids: Sequence[int]) -> None:
        """Lock these products: no other transaction changes them until this one ends."""

    def change_many(self, values: Sequence[tuple[int, Mapping[str, Any]]]) -> None:
        """Set fields that may be given to several products, by product id; a supplier by its number, None removes."""

    def owner_of(self, code: str) -> tuple[int, str] | None:
        """The product that has a canonical code: id and name."""

    def is_named(self, code: str) -> bool:
        """Whether receipts or active promotions refer to a product by this code."""

    def last_code(self, prefix: str) -> str | None:
        """The highest code of 13 digits with this prefix."""

    def picture(self, product_id: int) -> bytes | None:
        """The picture as PNG."""

    def pictures(self, product_ids: Sequence[int]) -> Mapping[int, bytes]:
        """The pictures of the products that have one."""

    def picture_instants(self, product_ids: Sequence[int]) -> Mapping[int, datetime]:
        """When the pictures of the products that have one were set."""

    def set_picture(self, product_id: int, png: bytes | None, at: datetime) -> bool:
        """Replace or remove the picture; return whether there was one before."""


class StoredPicture(NamedTuple):
    """The picture of a product as PNG, and when it was set."""

    at: datetime
    png: bytes


@dataclass(frozen=True, slots=True)
class ExportedGoods:
    """A product in a file: stock on hand, the name of its supplier, its cartons with their pieces."""

    product: Product
    on_hand: int
    supplier: str
    cartons: Mapping[str, int]


EVERYTHING, LACKING, LOW, UNPRICED = SHOWN = ("all", "lacking", "low", "unpriced")
"""All products; those missing data for a limit or a sale; those at their reorder point; those without a price."""


@dataclass(frozen=True, slots=True)
class CatalogueFilter:
    """Which products a list shows: one of SHOWN, of a category or branch (`*`: any). `needs`: the fields that LACKING
    checks.
    """

    shown: str = EVERYTHING
    scope: str = "*"
    needs: Needs | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A product as a list shows it: pieces on the shop floor, pieces owned anywhere, whether it is at its reorder
    point, whether it `lacks` what a sale or a limit of a regime in use needs.
    """

    product: Product
    on_hand: int
    owned: int
    lacks: bool = False

    @property
    def is_low(self) -> bool:
        """Whether the reorder point is reached."""
        return self.product.reorder_point is not None and self.owned <= self.product.reorder_point


class CatalogueList(Protocol):
    """The catalogue as a list, one page at a time."""

    def page(self, filters: CatalogueFilter, at: datetime, limit: int, before: int | None) -> Sequence[Listed]:
        """The newest products below the id `before`."""

    def ids(self, filters: CatalogueFilter, at: datetime, limit: int) -> Sequence[int]:
        """The ids of the newest products that match the filter."""

    def sift(self, ids: Sequence[int], filters: CatalogueFilter, at: datetime) -> Sequence[int]:
        """The products among `ids` that match the filter, in the given order."""

    def among(self, ids: Sequence[int], at: datetime) -> Sequence[Listed]:
        """These products, in the given order."""


class Changed(NamedTuple):
    """One field of a product, old and new value as texts; None means no value."""

    product_id: int
    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class RecordedChange:
    """A change in the history; `by_import` if a file made it."""

    id: int
    field: str
    before: str | None
    after: str | None
    at: datetime
    person: str
    by_import: bool


class ProductHistory(Protocol):
    """Changes of products; written once, never edited."""

    def write(self, changes: Sequence[Changed], at: datetime, person: str) -> None: ...

    def of(self, product_id: int, limit: int, before: int | None = None) -> Sequence[RecordedChange]:
        """The changes of a product, newest first; `before` is the id of the last one on the previous page."""


@dataclass(frozen=True, slots=True)
class MissingData:
    """How many products miss any field, and how many each field: one product may miss several."""

    products: int
    fields: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class StoredMissingData:
    """Missing data in a slice of the catalogue: `products` of them, up to the id `last` (None when there are no more).

    `unsellable` are products without category or price; `lacking` those without a required field, by the name of the
    needs, and `both` how many of these are also unsellable. `papers`: those without what a paper wants, by the first of
    the fields of which one is enough.
    """

    products: int
    last: int | None
    unsellable: MissingData
    lacking: Mapping[str, MissingData]
    both: Mapping[str, int]
    papers: Mapping[Paper, MissingData]


RUNNING, DONE, CANCELLED, UNDONE = "running", "done", "cancelled", "undone"
"""States of a run. A `running` run without a running import was interrupted: its batches stay and can be undone."""


class FieldChange(NamedTuple):
    """One field of a product, old and new value as texts; None means no value.

    `price` is an amount with its currency, `supplier` a name, `carton` a code with its pieces (`code:12`), `code` a
    further code; every other field is named like its column.
    """

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class ImportRun:
    """One import: `counts` are its figures by name, `undone_by` the person who undid it."""

    id: int
    file: str
    at: datetime
    person: str
    state: str
    counts: Mapping[str, int]
    undone_at: datetime | None = None
    undone_by: str | None = None

    @property
    def has_changed_something(self) -> bool:
        """Whether there is anything to undo; an interrupted run has no figures."""
        return self.state == RUNNING or any(self.counts.get(name) for name in ("created", "updated"))


class NotUndone(NamedTuple):
    """A product, or one field of it, that an undo left unchanged.

    `reason` is a stable name: `sold`, `moved`, `held`, `ordered`, `received`, `counted`, `priced`, `pictured`,
    `labelled`, `in_use` (why a product stays), `changed` (changed after the import).
    """

    code: str
    name: str
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class UndoneBatch:
    """The result of one batch of an undo; `next` is the start of the following one, None after the last.

    `restored` fields of `products` were put back.
    """

    next: int | None
    removed: int = 0
    restored: int = 0
    products: int = 0
    left: Sequence[NotUndone] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class RememberedColumns:
    """The meaning of the columns of a header, in order; a column with an empty name is ignored.

    `decimal` is the decimal character chosen for such files; empty if there was no need to choose.
    """

    columns: tuple[str, ...]
    decimal: str = ""


class Imports(Protocol):
    """Import runs, newest first, and the columns of headers."""

    def begin(self, file: str, at: datetime, person: str) -> int:
        """Start a run; return its id."""

    def end(self, run: int, state: str, counts: Mapping[str, int]) -> None: ...

    def recent(self, limit: int) -> Sequence[ImportRun]:
        """The newest runs."""

    def last(self) -> ImportRun | None:
        """The newest run that has changed something and is not undone; None if there is none."""

    def state(self, run: int) -> str: ...

    def take_out(self, run: int, after: int, limit: int) -> UndoneBatch:
        """Remove products that the run created and that were not used or changed since, by id above `after`."""

    def put_back(self, run: int, after: int, limit: int, at: datetime, person: str) -> UndoneBatch:
        """Restore the old values of fields that still hold the value of the run, by id above `after`."""

    def mark_undone(self, run: int, at: datetime, person: str) -> None:
        """Mark the run as undone, as far as possible."""

    def columns_of(self, header: str) -> RememberedColumns | None:
        """The remembered meaning of a header's columns, by the header's key."""

    def remember_columns(self, header: str, columns: RememberedColumns, at: datetime) -> None:
        """Remember the columns for the next file with this header."""


class ReadScan(Protocol):
    """Reads any scan of goods."""

    def __call__(self, text: str, field: str = "code") -> ScannedCode:
        """Parse a scanned or typed text; `field` is its field name. Raises BadCode, BadCheckDigit, BadGs1."""


class StoredQuickKeys(Protocol):
    """The quick keys of the shop: pages, folders and keys."""

    def all(self) -> QuickKeys: ...

    def lock(self) -> None:
        """Let no other one change them until this transaction ends."""

    def put(self, keys: QuickKeys) -> QuickKeys:
        """Write what differs from what is stored; returns them with the numbers of new pages."""
