"""A scanned code: the article, and what a GS1 element string says about the piece that has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pos.domain.catalogue.barcode import Code
from pos.domain.errors import BadInput


@dataclass(eq=False)
class BadGs1(BadInput):
    """A GS1 code that is not written as GS1 codes are. `what`: `malformed`, `no_article`, `twice` or `weight`."""

    fact = "bad_gs1"

    code: str
    what: str
    field: str = "code"


@dataclass(frozen=True, slots=True)
class ScannedCode:
    """A scanned text, read. `serial`, `lot`, `expiry` and `grams` stand in GS1 codes only.

    `count` is how many of the article the code is for: 1 where it does not say. `expiry` is its last day, or the day
    before which it is best.
    """

    code: Code
    serial: str | None = None
    lot: str | None = None
    expiry: date | None = None
    grams: int | None = None
    count: int = 1

    @property
    def is_plain(self) -> bool:
        """Whether it names the article and nothing else."""
        return self.count == 1 and (self.serial, self.lot, self.expiry, self.grams) == (None, None, None, None)
