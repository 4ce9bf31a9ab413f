"""Ports of the label store and the label printer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pos.domain.catalogue.product import Product
    from pos.domain.pricing.label import Label, LabelLot, PrintedLabel
    from pos.domain.pricing.promotion import Promotion


@dataclass(frozen=True, slots=True)
class LabelFacts:
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

    def facts(self, ids: Sequence[int], at: datetime) -> Sequence[LabelFacts]:
        """The label data of products, in the order of `ids`."""
        ...

    def doubtful(self, promotions: Sequence[Promotion], limit: int, after: int = 0) -> Sequence[int]:
        """Products with a label that may be outdated, by id: names or price changed since it was printed, it shows a
        promotion, or one of `promotions` (those in force) applies and is not on it.
        """
        ...

    def never_printed(self, limit: int, after: int = 0) -> Sequence[int]:
        """Products in the shop, with a price, that never had a label, by id."""
        ...

    def received(self, number: int) -> Mapping[tuple[int, LabelLot | None], int] | None:
        """Pieces by product and lot of a posted goods receipt; None if there is no receipt with this number."""
        ...

    def remember(self, label: Label, at: datetime, person: str, *, doubtful: bool) -> None:
        """Record a printed label. `doubtful`: it must be checked again."""
        ...


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
        ...

    def write(self, sheet: LabelSheet, name: str) -> Path:
        """Write the sheet as a file of the shop, atomically; raises PrinterError."""
        ...

    def print_file(self, path: Path) -> None:
        """Send the file to the printer; raises PrinterError. A folder printer does nothing here."""
        ...

    def picture(self, sheet: LabelSheet, page: int, dots_per_inch: int) -> tuple[int, int, bytes]:
        """A preview of a page: width, height and rows with one grey byte per dot."""
        ...

    def face(self, label: Label, paper: str, dots_per_inch: int) -> tuple[int, int, bytes]:
        """A preview of a single label, like `picture`. Raises BadField (`paper`), PrinterError."""
        ...

    def places(self, paper: str) -> tuple[int, int]:
        """Columns and rows of a sheet; (1, 1) for a roll. Raises BadField."""
        ...

    def papers(self) -> tuple[str, ...]:
        """The names of the available papers."""
        ...
