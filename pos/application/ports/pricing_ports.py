"""Ports of prices, promotions, price labels and their printer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pos.domain.catalogue.product import Product
    from pos.domain.money import Money
    from pos.domain.pricing.label import Label, LabelLot, PrintedLabel
    from pos.domain.pricing.promotion import Promotion


@dataclass(frozen=True, slots=True)
class DatedPrice:
    """A price in force from `since` on, set by `person` at `set_at`."""

    price: Money
    since: datetime
    person: str
    set_at: datetime


class Prices(Protocol):
    """Dated prices: the price with the latest `since` that has passed is in force; without one, the product's own
    price.
    """

    def of(self, product_id: int) -> Sequence[DatedPrice]:
        """The dated prices of a product, earliest first."""

    def to_come(self, product_id: int, at: datetime) -> Sequence[DatedPrice]:
        """The prices of a product that start later than `at`, earliest first."""

    def with_price_to_come(self, product_ids: Sequence[int], at: datetime) -> frozenset[int]:
        """Those of a few hundred products that have a price which starts later than `at`."""

    def held(self, product_id: int, until: datetime, limit: int) -> Sequence[DatedPrice]:
        """At most `limit` prices that started at `until` or before, newest first."""

    def own(self, product_id: int) -> Money | None:
        """The price in force before the first dated price."""

    def set(self, product_id: int, dated: DatedPrice) -> None:
        """Record a price; it replaces one from the same instant."""

    def set_many(self, prices: Sequence[tuple[int, DatedPrice]]) -> None:
        """Record one price each for several products."""

    def withdraw(self, product_id: int, since: datetime) -> bool:
        """Remove the price from this instant; return whether there was one."""


@dataclass(frozen=True, slots=True)
class Among:
    """Filter of goods: category or branch (`*`: any), supplier, search words, price from `low` to `high`."""

    scope: str = "*"
    supplier: str = ""
    words: str = ""
    low: Money | None = None
    high: Money | None = None


@dataclass(frozen=True, slots=True)
class PricedGood:
    """A product with its price at an instant, and the average cost of a piece on hand."""

    id: int
    code: str
    names: tuple[tuple[str, str], ...]
    price: Money
    cost: Money | None

    def name_in(self, language: str) -> str:
        """The name in a language; without a translation, the name on file."""
        names = dict(self.names)
        return names.get(language) or names[""]


class PricedGoods(Protocol):
    """Goods with their price, one page at a time, by number."""

    def page(
        self, among: Among, ids: Sequence[int] | None, at: datetime, after: int, limit: int
    ) -> Sequence[PricedGood]:
        """The goods after a number; only `ids` if a search supplied them."""

    def set_together(self, since: datetime, set_at: datetime | None = None) -> Sequence[tuple[int, DatedPrice]]:
        """The goods whose price from `since` was set in the act at `set_at`, or in any, with that price."""


class StoredPromotions(Protocol):
    """Promotions: added, changed until they begin, and ended."""

    def all(self) -> Sequence[Promotion]:
        """All promotions, oldest first."""

    def at(self, instant: datetime) -> Sequence[Promotion]:
        """The promotions in force at `instant`, oldest first."""

    def by_id(self, number: int) -> Promotion | None: ...

    def add(self, filters: Promotion, person: str) -> Promotion:
        """Add a promotion; return it with its number."""

    def change(self, before: Promotion, after: Promotion) -> bool:
        """Replace all of a promotion but its number; False if it is no longer as it was `before`."""

    def end(self, number: int, at: datetime) -> None:
        """End a promotion that has not ended."""


@dataclass(frozen=True, slots=True)
class LabelData:
    """Data for the label of a product: start of its price (None: unknown), pieces in the shop, the newest label, and
    whether a price change is planned.

    `lots` are all lots in the shop, earliest expiry first; `has_loose`: there are also pieces without a lot. `packs`
    are the codes of several pieces, with their quantity.
    """

    product: Product
    since: datetime | None
    owned: int
    printed: PrintedLabel | None
    price_to_come: bool
    lots: tuple[LabelLot, ...] = ()
    has_loose: bool = True
    packs: tuple[tuple[str, int], ...] = ()


class StoredLabels(Protocol):
    """The labels on the shelf, and which of them may be outdated."""

    def data(self, ids: Sequence[int], at: datetime) -> Sequence[LabelData]:
        """The label data of products, in the order of `ids`."""

    def doubtful(self, promotions: Sequence[Promotion], limit: int, after: int = 0) -> Sequence[int]:
        """Products with a label that may be outdated, by id: names or price changed since it was printed, it shows a
        promotion, or one of `promotions` (those in force) applies and is not on it.
        """

    def never_printed(self, limit: int, after: int = 0) -> Sequence[int]:
        """Products in the shop, with a price, that never had a label, by id."""

    def received(self, number: int) -> Mapping[tuple[int, LabelLot | None], int] | None:
        """Pieces by product and lot of a posted goods receipt; None if there is no receipt with this number."""

    def remember(self, label: Label, at: datetime, person: str, *, doubtful: bool) -> None:
        """Record a printed label. `doubtful`: it must be checked again."""


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """Drawn labels: the PDF, its pages, and the codes too long for a bar code of this size."""

    content: bytes
    pages: int
    without_bars: tuple[str, ...] = ()


class LabelPrinter(Protocol):
    """Draws labels and prints them."""

    def draw(self, labels: Sequence[Label], paper: str, start: int = 1) -> LabelSheet:
        """Draw labels from position `start` of the first sheet. Raises BadField (`paper`, `start`), PrinterError."""

    def write(self, sheet: LabelSheet, name: str) -> Path:
        """Write the sheet as a file of the shop, atomically; raises PrinterError."""

    def print_file(self, path: Path) -> None:
        """Send the file to the printer; raises PrinterError. A folder printer does nothing here."""

    def picture(self, sheet: LabelSheet, page: int, dots_per_inch: int) -> tuple[int, int, bytes]:
        """A preview of a page: width, height and rows with one grey byte per dot."""

    def preview(self, label: Label, paper: str, dots_per_inch: int) -> tuple[int, int, bytes]:
        """A preview of a single label, like `picture`. Raises BadField (`paper`), PrinterError."""

    def papers(self) -> tuple[str, ...]:
        """The names of the available papers."""
