"""The declarations of one sale: read, drawn and rendered on the worker thread, kept in memory while the page is shown.

A whole document number is here and in the drawn page, and nowhere longer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from pos.domain.declarations.declaration import Declaration, SaleDeclarations
from pos.domain.declarations.forms import AdultNotChosen
from pos.domain.errors import RuleBroken
from pos.domain.staff.staff import Person
from pos.domain.visitors.document import Document
from pos.domain.visitors.visitor import Visitor
from pos.ui.session.session import Session

T = TypeVar("T")
PICTURE_DPI = 120
Picture = tuple[int, int, bytes]
"""Width, height and rows of one grey byte per dot."""


@dataclass(frozen=True, slots=True)
class _Read:
    made: SaleDeclarations
    papers: tuple[Declaration, ...]
    refused: RuleBroken | None


class DeclarationController(QObject):
    """Holds the papers of a receipt and the pages of the chosen one. `changed`: anything of it is another.

    `refused` carries why a document or a print was refused, `printed` the paper that went to the printer.
    """

    changed = Signal()
    refused = Signal(object)
    printed = Signal(object)
    saved = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._question = 0
        self._visit = 0
        """Counts how often the page was opened or left: a document shown before that is forgotten."""
        self._forget()

    def _forget(self) -> None:
        self.receipt = ""
        self.made: SaleDeclarations | None = None
        self.papers: tuple[Declaration, ...] = ()
        self.pictures: tuple[Picture, ...] = ()
        self.error: RuleBroken | None = None
        """Why there is no paper."""
        self.adult: str | None = None
        """Who declares for those under age, as the cashier chose."""
        self.with_free = False
        self._chosen = ""
        self._known: tuple[Visitor, ...] = ()
        self._documents: dict[str, Document] = {}

    def open(self, receipt: str, known: Sequence[Visitor]) -> None:
        """Show the papers of a receipt; `known` are its visitors as their documents showed them at the sale."""
        self.clear()
        self.receipt, self._known = receipt, tuple(known)
        self._read()

    def clear(self) -> None:
        """Forget everything: an answer that comes after this is dropped."""
        self._question += 1
        self._visit += 1
        self._forget()
        self.changed.emit()

    # ── what is on show ──────────────────────────────────────────────────────────────────────────────────────

    @property
    def paper(self) -> Declaration | None:
        """The paper on show."""
        return next((one for one in self.papers if one.adult.label == self._chosen), None)

    @property
    def document(self) -> Document | None:
        """The document at hand of the adult of the paper on show."""
        return self._documents.get(self._chosen)

    @property
    def adults(self) -> tuple[str, ...]:
        """Those of whom one declares for visitors under age."""
        return () if self.made is None else self.made.adults

    @property
    def asks_adult(self) -> bool:
        """Whether the cashier has to choose who declares for those under age."""
        return isinstance(self.error, AdultNotChosen)

    # ── steps ────────────────────────────────────────────────────────────────────────────────────────────────

    def choose(self, label: str) -> None:
        """Show the paper of an adult."""
        self._chosen = label
        self._draw()

    def choose_adult(self, label: str) -> None:
        """Let an adult declare for those under age."""
        self.adult = label
        self._read()

    def list_free(self, *, with_free: bool) -> None:
        """List the free pieces too, or the dutiable ones alone."""
        self.with_free = with_free
        self._read()

    def take(self, document: Document) -> None:
        """A document at hand: it fills in the paper of its visitor, and tells the age of one under age."""
        made, declare, visit = self.made, self._session.shop.declare, self._visit
        if made is None:
            return

        def taken(visitor: Visitor) -> None:
            if visit == self._visit:
                self._documents[visitor.label] = document
                self._known = (*(one for one in self._known if one.label != visitor.label), visitor)
                self._read()

        self._run(lambda person: declare.shown(made, document, person), taken)

    def print_paper(self) -> None:
        """Print the paper on show, with the number where the document is at hand; no scan waits for the printer."""
        paper, document, declare = self.paper, self.document, self._session.shop.declare
        person, receipt = self._session.person, self.receipt
        if paper is None or person is None:
            return

        def done(_none: None) -> None:
            if receipt == self.receipt:
                self.printed.emit(paper)

        def failed(error: Exception) -> None:
            (self.refused.emit if receipt == self.receipt else self._session.report_foreseen)(error)

        self._session.read_file(lambda: declare.print(paper, person, document), done, failed)

    def save_paper(self) -> None:
        """Save the paper on show beside the receipt, with blank lines for number and name."""
        paper, declare = self.paper, self._session.shop.declare
        if paper is not None:
            self._run(lambda person: declare.save(paper, person), self.saved.emit)

    # ── internal ─────────────────────────────────────────────────────────────────────────────────────────────

    def _read(self) -> None:
        self._question += 1
        receipt, known, declare = self.receipt, self._known, self._session.shop.declare
        question, adult, with_free = self._question, self.adult, self.with_free

        def read(person: Person) -> _Read:
            made = declare.read(receipt, person, known)
            chosen = adult if adult in made.adults else None
            try:
                return _Read(made, made.papers(chosen, with_free=with_free), None)
            except RuleBroken as error:
                return _Read(made, (), error)

        def done(answer: _Read) -> None:
            if question != self._question:
                return
            self.made, self.papers, self.error = answer.made, answer.papers, answer.refused
            if self.paper is None:
                self._chosen = self.papers[0].adult.label if self.papers else ""
            self._draw()

        def failed(error: Exception) -> None:
            if question == self._question:
                self.made, self.papers, self.pictures = None, (), ()
                self.error = error if isinstance(error, RuleBroken) else None
                self.changed.emit()
                if self.error is None:
                    self._session.report_foreseen(error)

        self._session.run_as(read, done, failed)

    def _draw(self) -> None:
        paper, document, declare = self.paper, self.document, self._session.shop.declare
        self._question += 1
        question = self._question
        self.pictures = ()
        self.changed.emit()
        if paper is None:
            return

        def draw(person: Person) -> tuple[Picture, ...]:
            content = declare.drawn(paper, person, document)
            printer = declare.printer
            return tuple(printer.picture(content, number, PICTURE_DPI) for number in range(printer.pages(content)))

        def done(pictures: tuple[Picture, ...]) -> None:
            if question == self._question:
                self.pictures = pictures
                self.changed.emit()

        self._session.run_as(draw, done, self._session.report_foreseen)

    def _run(self, call: Callable[[Person], T], done: Callable[[T], None]) -> None:
        receipt = self.receipt

        def failed(error: Exception) -> None:
            if receipt == self.receipt:
                self.refused.emit(error)

        self._session.run_as(call, done, failed)
