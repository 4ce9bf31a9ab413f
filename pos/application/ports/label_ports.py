"""What labels need of the store and of the printer, as Protocols."""

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
    """A product as its label needs it: since when its price holds (None: nobody knows), how many are in the shop, what
    stands on its newest label, and whether another price will come.

    `lots` lie anywhere in the shop, what ends first before what ends later; `has_loose`: so do pieces of no lot.
    `packs` are the codes of several pieces, with how many.
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
    """What hangs on the shelf, and what may be untrue of it."""

    def facts(self, ids: Sequence[int], at: datetime) -> Sequence[LabelFacts]:
        """The facts of products, in the order of `ids`."""
        ...

    def doubtful(self, promotions: Sequence[Promotion], limit: int, after: int = 0) -> Sequence[int]:
        """Products with a label that may be untrue, by id: names or price were touched since it was printed, a
        promotion stands on it, or one of `promotions` (those in force) is about it and does not.
        """
        ...

    def never_printed(self, limit: int, after: int = 0) -> Sequence[int]:
        """Products in the shop, with a price, that never had a label, by id."""
        ...

    def received(self, number: int) -> Mapping[tuple[int, LabelLot | None], int] | None:
        """Pieces by product and lot of a posted goods receipt; None where there is no receipt with this number."""
        ...

    def remember(self, label: Label, at: datetime, person: str, *, doubtful: bool) -> None:
        """A label was made. `doubtful`: it will be looked at again."""
        ...


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """Drawn labels: the PDF, its pages, and the codes that no bar code of this size can hold."""

    content: bytes
    pages: int
    without_bars: tuple[str, ...] = ()


class LabelPrinter(Protocol):
    """Draws labels and hands them to paper."""

    def draw(self, labels: Sequence[Label], paper: str, start: int = 1) -> LabelSheet:
        """Draw labels from place `start` of the first sheet. Raises BadField (`paper`, `start`), PrinterError."""
        ...

    def write(self, sheet: LabelSheet, name: str) -> Path:
        """The sheet as a file of the shop, whole or not at all; raises PrinterError."""
        ...

    def print_file(self, path: Path) -> None:
        """Send the file to the printer; raises PrinterError. A folder printer has nothing more to do."""
        ...

    def picture(self, sheet: LabelSheet, page: int, dots_per_inch: int) -> tuple[int, int, bytes]:
        """A page as it will look: width, height and rows of one grey byte a dot."""
        ...

    def face(self, label: Label, paper: str, dots_per_inch: int) -> tuple[int, int, bytes]:
        """One label by itself as it will look, as `picture` does. Raises BadField (`paper`), PrinterError."""
        ...

    def places(self, paper: str) -> tuple[int, int]:
        """Columns and rows of a sheet; (1, 1) for a roll. Raises BadField."""
        ...

    def papers(self) -> tuple[str, ...]:
        """The names of the papers there are."""
        ...
