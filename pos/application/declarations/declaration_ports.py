"""Port of the printer of declarations, which keeps nothing that has a whole document number."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pos.domain.declarations.declaration import Declaration
    from pos.domain.visitors.document import Document


class DeclarationPrinter(Protocol):
    """Draws papers in memory, renders their pages, and hands them to the printer of the till."""

    @property
    def prints(self) -> bool:
        """Whether this till has a printer; a folder is none: nothing filled in is ever written to it."""

    def draw(self, declaration: Declaration, document: Document | None) -> bytes:
        """The PDF. Number, whole name and what else only the document has are its, or blank lines without one."""

    def pages(self, content: bytes) -> int:
        """How many pages a PDF has."""

    def picture(self, content: bytes, page: int, dots_per_inch: int) -> tuple[int, int, bytes]:
        """A page as width, height and rows of one grey byte per dot."""

    def print_content(self, content: bytes, title: str) -> None:
        """Send a PDF to the printer without writing it to a file of the shop. Raises PrinterError."""

    def keep(self, declaration: Declaration, content: bytes) -> Path:
        """Write a PDF beside the receipt and return its path. Raises PrinterError."""
