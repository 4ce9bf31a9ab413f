"""Reading of scanned codes, as a port: GS1 element strings need a parser of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pos.domain.catalogue.scanned_code import ScannedCode


class ReadScan(Protocol):
    """Reads whatever a scanner sends for goods."""

    def __call__(self, text: str, field: str = "code") -> ScannedCode:
        """What a scanned or typed text says; `field` is its place. Raises BadCode, BadCheckDigit, BadGs1."""
        ...
