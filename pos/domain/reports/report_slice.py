"""A mark in a report, a bar or a row, behind which there are receipts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from pos.domain.errors import BadInput
from pos.domain.money import Money

KINDS = (
    "hour", "day", "till", "cashier", "destination", "nationality", "category", "product", "method", "currency",
    "payment", "use", "verdict", "over", "dutiable", "sale", "return",
)  # fmt: skip


@dataclass(eq=False)
class NoSuchSlice(BadInput):
    """A report has no marks of this kind, or none of this name."""

    fact = "no_such_mark"

    kind: str
    name: str
    known: str


@dataclass(frozen=True, slots=True)
class ReportSlice:
    """One thing that receipts have in common, by the name that the report gives it.

    `hour` 0 to 23, `day` 2026-11-24, `product` a code, `payment` a method and a currency (`cash CNY`), `use` a
    bucket of quota_use; `over`, `dutiable`, `sale` and `return` have no name.
    """

    kind: str
    name: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise NoSuchSlice(self.kind[:20], self.name[:40], ", ".join(KINDS))


@dataclass(frozen=True, slots=True)
class SliceReceipt:
    """A sale or a return in a list: the names of its first `goods` by language, and how many lines it has."""

    receipt: str
    kind: str
    at: datetime
    till: str
    cashier: str
    destination: str
    nationality: str | None
    pieces: int
    total: Money
    goods: tuple[Mapping[str, str], ...]
    lines: int
    voided_by: str = ""
    """The void of a voided sale; `is_void` of the void itself."""
    is_void: bool = False


@dataclass(frozen=True, slots=True)
class SliceCursor:
    """Where a page of receipts ended: the next one begins after it."""

    day: date
    at: datetime
    id: int


@dataclass(frozen=True, slots=True)
class SlicePage:
    """Receipts behind some marks, newest first; `next` begins the page after it, None where there is none."""

    receipts: tuple[SliceReceipt, ...]
    next: SliceCursor | None
