"""The list of batches with the panel of the selected one, or the form of a step beside it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from typing import Any

from PySide6.QtWidgets import QStackedWidget

from pos.application.tables.listing import Listing
from pos.application.text.translator import N_, Translator
from pos.application.workshop.batch_view import BatchView
from pos.application.workshop.tables import batches
from pos.application.workshop.workshop_words import BATCH_STATES
from pos.domain.errors import BadField
from pos.domain.staff.staff import Person
from pos.domain.workshop.batch import STARTED, NoSuchBatch, read_batch_name
from pos.ui.page.list_page import ListPage
from pos.ui.page.pager import PAGE
from pos.ui.session.rail_figures import STARTED_BATCHES
from pos.ui.session.session import Session
from pos.ui.widgets.tables.choices import Narrowing
from pos.ui.widgets.tables.columns import RowColumn
from pos.ui.widgets.tables.line_table import LineRow
from pos.ui.workshop.batch_panel import BatchPanel
from pos.ui.workshop.batch_words import batch_row
from pos.ui.workshop.end_form import EndForm
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
PANEL, FORM = 70, 84
"""The per cent of the height that a panel and a form have below the list, in a narrow window."""
_CODE = 8
"""So many figures are the code of goods, and no number of a batch."""


class BatchesPage(ListPage):
    """Batches, the newest first: of a state, of goods that are sought, or one by its number."""

    beside_width = 400
    beside_share = PANEL
    newest_first = True

    def __init__(self, session: Session) -> None:
        self.panel, self.plan, self.end = BatchPanel(session), PlanForm(session), EndForm(session)
        self.side = QStackedWidget()
        for part in (self.panel, self.plan, self.end):
            self.side.addWidget(part)
        self.side.currentChanged.connect(self._turned)
        self.states = Narrowing(N_("All states"), BATCH_STATES)
        self._sought = ""
        self._goods: Collection[int] | None = None
        self._number: int | None = None
        self._wanted: int | None = None
        super().__init__(session, _COLUMNS, _number_of, [], self.side, [self.states])
        self.states.narrowed.connect(self.read)
        self.pager.answered.connect(self._answered)
        self.empty.action_pressed.connect(self._do_next)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._show_chosen())

    # ── what is listed ───────────────────────────────────────────────────────────────────────────────────────

    def read(self, choose: int | None = None) -> None:
        """Read the list again; the batch of this number is chosen then."""
        if choose is not None:
            self._wanted = choose
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
        """Reset the filter."""
        self.box.clear()
        self.states.widen()
        self._goods, self._number, self._sought = None, None, ""
        self.read()

    @property
    def is_narrowed(self) -> bool:
        """Whether only some of the batches are listed."""
        return bool(self.states.key) or self._goods is not None or self._number is not None

    @property
    def is_whole(self) -> bool:
        """Whether all batches are listed."""
        return not self.is_narrowed and len(self.pager.rows) < PAGE

    def listing(self) -> Listing:
        """The list as a table."""
        states = (self.states.key,) if self.states.key else ()
        return batches(self.session.shop.workshop.batches, states, self._goods, self._sought, self._number)

    # ── the selected batch ───────────────────────────────────────────────────────────────────────────────────

    def _turned(self) -> None:
        """Another part is beside the list: a key means another thing, and a form needs more room."""
        self.session.finishing.turned()
        self.share_below(PANEL if self.side.currentWidget() is self.panel else FORM)
        self._show_chosen()

    def show_panel(self) -> None:
        """Show the selected batch beside the list."""
        self.side.setCurrentWidget(self.panel)
        self._show_chosen()

    def _answered(self) -> None:
        wanted, self._wanted = self._wanted, None
        index = -1 if wanted is None else self.rows.index_of(wanted)
        if index >= 0:
            self.table.choose(index)
        elif self.pager.rows and self.table.current_row < 0:
            self.table.choose(0)
        if self.is_whole:
            started = sum(one.batch.state == STARTED for one in self.pager.rows)
            self.session.figures.take(STARTED_BATCHES, started)
        self._show_chosen()

    def _show_chosen(self) -> None:
        """Show the selected batch; an empty list has the room of its panel."""
        is_empty = self.pager.is_answered and not self.pager.rows
        self.side.setVisible(not is_empty or self.side.currentWidget() is not self.panel)
        self.panel.present(self.chosen, is_known=self.pager.is_answered)

    # ── words ────────────────────────────────────────────────────────────────────────────────────────────────

    def present(self) -> None:
        super().present()
        self._show_chosen()

    def retranslate(self, tr: Translator) -> None:
        super().retranslate(tr)
        for part in (self.panel, self.plan, self.end):
            part.retranslate(tr)

    def placeholder(self, tr: Translator) -> str:
        return tr("Scan goods, type a name or a batch number (B-000001)")

    def name_columns(self, tr: Translator) -> None:
        self.states.retranslate(tr, tr("State"))
        self.header.name(tr("Product"), tr("State"), tr("Pieces"), tr("Day"), tr("Lot"))
        self.table.setAccessibleName(tr("Batches"))

    def row_of(self, one: BatchView, tr: Translator) -> LineRow:
        return batch_row(one, tr)

    def say_empty(self, tr: Translator) -> None:
        if self.is_narrowed:
            self.empty.present("cooking-pot", tr("No such batches"), "", tr("Show all"), "Esc")
        else:
            key = self.session.actions.key_text("workshop_new")
            hint = tr("A batch makes goods of other goods, by a recipe.")
            self.empty.present("cooking-pot", tr("No batches yet"), hint, tr("New batch"), key)

    def _do_next(self) -> None:
        """The button where nothing is listed."""
        if self.is_narrowed:
            self.widen()
        else:
            self.panel.begun.emit()

    def said(self, tr: Translator) -> str:
        return tr("Found by: {text}", text=self._sought) if self._sought else ""


def _number_of(one: BatchView) -> int:
    return one.batch.number


def _only(view: BatchView, states: Collection[str]) -> Sequence[BatchView]:
    """A batch where it is in one of these states (none: in any)."""
    if states and view.batch.state not in states:
        raise NoSuchBatch(view.batch.document)
    return (view,)
