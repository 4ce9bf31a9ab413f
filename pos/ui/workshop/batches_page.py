"""The list of batches with the panel of the selected one, or the form of a step beside it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from typing import Any

from pos.application.tables.listing import Listing
from pos.application.text.translator import N_, Translator
from pos.application.workshop.batch_view import BatchView
from pos.application.workshop.tables import batches
from pos.application.workshop.workshop_words import BATCH_STATES
from pos.domain.errors import BadField
from pos.domain.staff.staff import Person
from pos.domain.workshop.batch import STARTED, NoSuchBatch, read_batch_name
from pos.ui.page.pager import PAGE
from pos.ui.session.rail_figures import STARTED_BATCHES
from pos.ui.session.session import Session
from pos.ui.widgets.tables.choices import Narrowing
from pos.ui.widgets.tables.columns import RowColumn
from pos.ui.widgets.tables.line_table import LineRow
from pos.ui.workshop.batch_panel import BatchPanel
from pos.ui.workshop.batch_words import batch_row
from pos.ui.workshop.end_form import EndForm
from pos.ui.workshop.panel_list import PanelList
from pos.ui.workshop.plan_form import PlanForm

_COLUMNS = (
    RowColumn(share=1, least=180),
    RowColumn(152),
    RowColumn(64, right=True, drops=3),
    RowColumn(112, drops=1),
    RowColumn(116, drops=2),
)
_MOST_GOODS = 200
"""Products that a text may mean."""
_CODE = 8
"""So many figures are the code of goods, and no number of a batch."""


class BatchesPage(PanelList):
    """Batches, the newest first: of a state, of goods that are sought, or one by its number."""

    beside_width = 400
    newest_first = True

    def __init__(self, session: Session) -> None:
        self.panel, self.plan, self.end = BatchPanel(session), PlanForm(session), EndForm(session)
        self.states = Narrowing(N_("All states"), BATCH_STATES)
        self._sought = ""
        self._goods: Collection[int] | None = None
        self._number: int | None = None
        super().__init__(session, _COLUMNS, _number_of, (self.panel, self.plan, self.end), self.states)
        self.panel.begun.connect(self.begun)

    # ── what is listed ───────────────────────────────────────────────────────────────────────────────────────

    def ask(self) -> None:
        states = (self.states.key,) if self.states.key else ()
        goods, number, step = self._goods, self._number, self.session.shop.workshop.batches

        def ask(person: Person, before: Any) -> Sequence[BatchView]:
            if number is not None:
                return _only(step.show(person, number), states) if before is None else ()
            return step(person, states, PAGE, before, goods)

        self.pager.begin(ask, (states, goods, number))

    def seek(self, text: str) -> None:
        """List one batch by its number, or the batches of the goods that a text finds; empty: all."""
        text = text.strip()
        self._sought, self._goods, self._number = text, None, None
        if not (text.isdigit() and len(text) >= _CODE):
            with suppress(BadField):  # words, or the code of goods
                self._number = read_batch_name(text)
        if not text or self._number is not None:
            self.read()
            return
        find = self.session.shop.find
        self.sought.run(
            lambda: [one.product.id for one in find(text, _MOST_GOODS)], lambda found: self.show_goods(found, text)
        )

    def show_goods(self, goods: Collection[int], text: str) -> None:
        """List the batches that make or take these goods, which a text or a scan meant."""
        self._goods, self._number, self._sought = tuple(goods), None, text
        self.read()

    def widen(self) -> None:
        self.box.clear()
        self.states.widen()
        self._goods, self._number, self._sought = None, None, ""
        self.read()

    def has_room_for(self, view: BatchView) -> bool:
        """Whether the list, as it is narrowed, certainly has this batch among its rows."""
        batch = view.batch
        is_sought = self._number in (None, batch.number) and (self._goods is None or batch.product in self._goods)
        return is_sought and self.states.key in ("", batch.state)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.states.key) or self._goods is not None or self._number is not None

    @property
    def is_whole(self) -> bool:
        """Whether all batches are listed."""
        return not self.is_narrowed and len(self.pager.rows) < PAGE

    def listing(self) -> Listing:
        """The list as a table."""
        states = (self.states.key,) if self.states.key else ()
        return batches(self.session.shop.workshop.batches, states, self._goods, self._sought, self._number)

    # ── words ────────────────────────────────────────────────────────────────────────────────────────────────

    def placeholder(self, tr: Translator) -> str:
        return tr("Scan goods, type a name or a batch number (B-000001)")

    def name_columns(self, tr: Translator) -> None:
        self.states.retranslate(tr, tr("State"))
        self.header.name(tr("Product"), tr("State"), tr("Pieces"), tr("Day"), tr("Lot"))
        self.table.setAccessibleName(tr("Batches"))

    def row_of(self, one: BatchView, tr: Translator) -> LineRow:
        return batch_row(one, tr)

    def take_rows(self) -> None:
        if self.is_whole:
            started = sum(one.batch.state == STARTED for one in self.pager.rows)
            self.session.figures.take(STARTED_BATCHES, started)

    def show_chosen(self) -> None:
        self.panel.present(self.chosen, is_known=self.pager.is_answered)

    def say_empty(self, tr: Translator) -> None:
        if self.is_narrowed:
            self.empty.present("cooking-pot", tr("No such batches"), "", tr("Show all"), "Esc")
        else:
            key = self.session.actions.key_text("workshop_new")
            hint = tr("A batch makes goods of other goods, by a recipe.")
            self.empty.present("cooking-pot", tr("No batches yet"), hint, tr("New batch"), key)

    def said(self, tr: Translator) -> str:
        return tr("Found by: {text}", text=self._sought) if self._sought else ""


def _number_of(one: BatchView) -> int:
    return one.batch.number


def _only(view: BatchView, states: Collection[str]) -> Sequence[BatchView]:
    """A batch where it is in one of these states (none: in any)."""
    if states and view.batch.state not in states:
        raise NoSuchBatch(view.batch.document)
    return (view,)
