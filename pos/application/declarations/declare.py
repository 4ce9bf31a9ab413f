"""Draw, print and save the papers for customs of a recorded sale.

The whole document number comes from the document at hand. It goes onto the page in memory and to the printer; a paper
that is saved has a blank line for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pos.application.access.authorize import authorize, authorized_read, authorized_write
from pos.application.declarations.declaration_ports import DeclarationPrinter
from pos.application.declarations.read_declarations import read_declarations
from pos.application.ports.store import UnitOfWork
from pos.application.settings.context import UseCase
from pos.application.visitors.identify_visitor import visitor_of
from pos.domain.declarations.declaration import Declaration, SaleDeclarations
from pos.domain.errors import PrinterError, Refused
from pos.domain.staff.staff import Person
from pos.domain.visitors.document import Document
from pos.domain.visitors.visitor import Visitor

RIGHT = "sell"
"""The permission to print a paper of a recorded sale, as of its receipt and its slips."""


@dataclass(eq=False)
class OtherDocument(Refused):
    """The document (masked) is that of none of the visitors who were asked for."""

    fact = "other_document"

    receipt: str
    document: str


@dataclass(frozen=True, slots=True)
class Declare(UseCase):
    """The papers of a sale, for a person who may print its receipt."""

    printer: DeclarationPrinter

    def read(self, receipt: str, person: Person, known: Sequence[Visitor] = ()) -> SaleDeclarations:
        """What a sale has to declare; raises as `read_declarations`, and NotAllowed."""
        with authorized_read(self.store, person, RIGHT) as work:
            return read_declarations(work, receipt, self.regimes(), known)

    def shown(self, made: SaleDeclarations, document: Document, person: Person) -> Visitor:
        """The visitor of the sale whose document this is, with its birth date. Raises OtherDocument, NotAllowed."""
        with authorized_read(self.store, person, RIGHT) as work:
            for visitor in made.visitors:
                if self._is_of(work, visitor, document):
                    return visitor_of(document, visitor.label, self.secrets, visitor.residence)
        raise OtherDocument(made.sale.receipt, document.masked)

    def drawn(self, declaration: Declaration, person: Person, document: Document | None = None) -> bytes:
        """The paper as PDF, in memory. Raises OtherDocument, NotAllowed, PrinterError."""
        with self.store.reading() as work:
            authorize(work, person, RIGHT)
            if document is not None and not self._is_of(work, declaration.adult, document):
                raise OtherDocument(declaration.sale.receipt, document.masked)
        return self.printer.draw(declaration, document)

    def print(self, declaration: Declaration, person: Person, document: Document | None = None) -> None:
        """Print it, after the journal has noted that. Raises as `drawn`, and PrinterError("no_printer")."""
        content = self.drawn(declaration, person, document)
        if not self.printer.prints:
            raise PrinterError("no_printer", self.till)
        self._note(declaration, person, "print_declaration")
        self.printer.print_content(content, _title(declaration))

    def blank(self, declaration: Declaration, person: Person) -> bytes:
        """The paper with blank lines for number and name, for a file; the journal notes it. Raises as `drawn`."""
        content = self.drawn(declaration, person)
        self._note(declaration, person, "save_declaration")
        return content

    def save(self, declaration: Declaration, person: Person) -> Path:
        """Save it with blank lines for number and name beside the receipt. Raises as `blank`."""
        return self.printer.keep(declaration, self.blank(declaration, person))

    def _note(self, declaration: Declaration, person: Person, event: str) -> None:
        with authorized_write(self.store, person, RIGHT) as (work, person):
            details = {"receipt": declaration.sale.receipt, "label": declaration.adult.label}
            work.journal.write(self.now(), self.till, person.name, event, details)
            work.commit()

    def _is_of(self, work: UnitOfWork, visitor: Visitor, document: Document) -> bool:
        """Whether the document is that of the visitor, or another one of the same person."""
        shown = visitor_of(document, visitor.label, self.secrets)
        if visitor.is_one_with(shown):
            return True
        own, other = ({row.person for row in work.visitors.shown(one)} for one in (visitor, shown))
        return not own.isdisjoint(other)


def _title(declaration: Declaration) -> str:
    return f"{declaration.sale.receipt} {declaration.adult.label[:4]}"
