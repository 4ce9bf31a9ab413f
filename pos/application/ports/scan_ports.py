"""Port of the code reader: GS1 element strings need a parser of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pos.domain.catalogue.scanned_code import ScannedCode


class ReadScan(Protocol):
    """Reads any scan of goods."""

    def __call__(self, text: str, field: str = "code") -> ScannedCode:
        """Parse a scanned or typed text; `field` is its field name. Raises BadCode, BadCheckDigit, BadGs1."""
        ...
