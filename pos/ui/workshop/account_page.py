"""The account of processed goods: of each lot that came in under a customs document, where its pieces are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QMargins

from pos.application.tables.listing import Listing
from pos.application.text.formatting import date_text, number_text
from pos.application.text.translator import Translator
from pos.application.text.typography import listed
from pos.application.workshop.processing_ledger import ProcessedLot, UsedIn
from pos.application.workshop.tables import processing
from pos.domain.staff.staff import Person
from pos.ui.look.icons import category_icon
from pos.ui.look.theme import Space
from pos.ui.page.list_page import ListPage
from pos.ui.page.pager import PAGE
from pos.ui.session.session import Session
from pos.ui.widgets.drawing.layouts import Gap, Stretch, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.fields.scrolled_fields import scroll_over
from pos.ui.widgets.tables.columns import RowColumn
from pos.ui.widgets.tables.line_table import Cell, LineRow
from pos.ui.workshop.fact_list import Fact, FactList

_COLUMNS = (
    RowColumn(share=1),
    RowColumn(160, drops=1, joins=True),
    RowColumn(76, right=True),
    RowColumn(76, right=True, drops=4),
    RowColumn(104, right=True),
    RowColumn(76, right=True, drops=3),
    RowColumn(76, right=True, drops=2),
)


class AccountPage(ListPage):
    """Lots by their number; the panel shows the selected one with each batch that used it."""

    beside_width = 380

    def __init__(self, session: Session) -> None:
        self.entry = ""
        self.panel = AccountPanel(session)
        super().__init__(session, _COLUMNS, lambda one: one.account.figures.lot.id, [], self.panel)
        self.table.selectionModel().currentChanged.connect(lambda *_: self.panel.present(self.chosen))
        self.empty.action_pressed.connect(self.widen)

    def read(self) -> None:
        """Read the list on show again."""
        self.show_all(self.entry)

    def show_all(self, entry: str = "") -> None:
        """Read all lots that batches used; with an import document all that came in under it."""
        self.entry = entry.strip()
        of, step = self.entry, self.session.shop.workshop.ledger

        def ask(person: Person, after: Any) -> Sequence[ProcessedLot]:
            return step(person, of, PAGE, after or 0)

        self.pager.begin(ask, of)

    def widen(self) -> None:
        """Show all lots that batches used."""
        self.box.clear()
        self.show_all()

    def listing(self) -> Listing:
        """The list as a table."""
        return processing(self.session.shop.workshop.ledger, self.entry)

    def present(self) -> None:
        super().present()
        self.panel.present(self.chosen)

    def placeholder(self, tr: Translator) -> str:
        return tr("Type an import document, or the number of a batch (B-000001)")

    def name_columns(self, tr: Translator) -> None:
        self.header.name(
            tr("Product"),
            tr("Import document"),
            tr("Received"),
            tr("Sold"),
            tr("Used"),
            tr("Written off"),
            tr("On hand"),
        )
        self.table.setAccessibleName(tr("Processing account"))

    def row_of(self, one: ProcessedLot, tr: Translator) -> LineRow:
        books = one.account.figures
        name = one.product.name_in(tr.language)

        def figure(pieces: int) -> Cell:
            return Cell(number_text(pieces, tr.language), token="text" if pieces else "muted")

        return LineRow(
            books.lot.id,
            category_icon(one.product.category or ""),
            (
                Cell(name, f"{one.product.code} · {books.lot.code}", bold=True),
                Cell(books.lot.entry or tr("no document"), token="text" if books.lot.entry else "muted"),
                figure(books.came),
                figure(books.sold),
                figure(one.used),
                figure(books.wasted),
                figure(books.on_hand),
            ),
        )

    def say_empty(self, tr: Translator) -> None:
        if self.entry:
            self.empty.present("scroll", tr("No goods under this document"), "", tr("Show all"), "Esc")
        else:
            hint = tr("Lots appear here when a batch has taken goods of them.")
            self.empty.present("scroll", tr("Nothing processed yet"), hint)

    def said(self, tr: Translator) -> str:
        return tr("Import document {entry}", entry=self.entry) if self.entry else ""


class AccountPanel(Surface):
    """The account of one lot, and what each batch made of it."""

    def __init__(self, session: Session) -> None:
        super().__init__(Ground.CARD)
        self._session = session
        self._title = TextLabel(role=Role.TITLE, wrap=True)
        self._about = TextLabel(role=Role.LABEL, wrap=True)
        self.facts, self.batches = FactList(), FactList()
        self._hint = TextLabel(role=Role.SMALL, wrap=True)
        column = vbox(
            self._title, self._about, self.facts, Gap(Space.S), self.batches, Stretch(), spacing=Space.S, margins=0
        )
        scroll_over(column, self._hint, QMargins(Space.M, Space.M, Space.M, Space.M), self, Space.S)

    def present(self, one: ProcessedLot | None) -> None:
        """Show the account of a lot; None: none is selected."""
        self.setVisible(one is not None)
        if one is None:
            return
        tr, books = self._session.translator, one.account.figures
        last = "" if books.lot.expiry is None else tr("to {day}", day=date_text(books.lot.expiry, tr.language))
        self._title.setText(one.product.name_in(tr.language))
        self._about.setText(listed(tr, [books.lot.code, last, books.lot.entry or tr("no document")]))
        self.facts.present(tr("Processing account"), _account(one, tr))
        self.batches.present(tr("Batches"), [_used(used, tr) for used in one.batches])
        key = self._session.actions.key_text("save_table")
        self._hint.setText(tr("Shares are in whole pieces that add up. {key} saves the list.", key=key))


def _account(one: ProcessedLot, tr: Translator) -> list[Fact]:
    books, (sold, wasted, in_process, here, counted) = one.account.figures, one.shares

    def figures(*parts: tuple[str, int]) -> str:
        return listed(tr, [f"{name} {number_text(pieces, tr.language)}" for name, pieces in parts if pieces])

    own = figures(
        (tr("sold"), books.sold), (tr("written off"), books.wasted), (tr("counted ±"), books.counted),
        (tr("on hand"), books.on_hand), (tr("used in batches"), one.used),
    )  # fmt: skip
    through = figures(
        (tr("sold"), sold), (tr("lost"), wasted), (tr("in process"), in_process), (tr("counted ±"), counted),
        (tr("on hand"), here),
    )  # fmt: skip
    received = tr("Received {n}", n=number_text(books.came, tr.language))
    used = tr("Used in batches {n}", n=number_text(one.used, tr.language))
    return [Fact(received, own), *([Fact(used, through)] if one.used else [])]


def _used(used: UsedIn, tr: Translator) -> Fact:
    """What a batch took of the lot, and what became of its output."""
    took = tr("{n} taken", n=number_text(used.use.used, tr.language))
    if used.output is None or used.product is None:
        return Fact(used.document, listed(tr, [took, tr("in process")]))
    books = used.output.figures
    made = [
        f"{name} {number_text(pieces, tr.language)}"
        for name, pieces in (
            (tr("made"), books.came),
            (tr("sold"), books.sold),
            (tr("written off"), books.wasted),
            (tr("used again"), used.output.used),
            (tr("on hand"), books.on_hand),
        )
        if pieces
    ]
    name = used.product.name_in(tr.language)
    lot = tr("Lot {lot}", lot=books.lot.code)
    return Fact(used.document, "\n".join((listed(tr, [took, name, lot]), listed(tr, made))))
