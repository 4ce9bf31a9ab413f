"""The list of recipes with the panel of the selected one, or its form beside it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from pos.application.tables.listing import Listing
from pos.application.text.translator import N_, Translator
from pos.application.workshop.recipes import RecipeView
from pos.application.workshop.tables import recipes
from pos.ui.page.list_page import ListPage
from pos.ui.page.pager import Pager
from pos.ui.session.session import Session
from pos.ui.widgets.tables.choices import Narrowing
from pos.ui.widgets.tables.columns import RowColumn
from pos.ui.widgets.tables.line_table import LineRow
from pos.ui.workshop.batches_page import FORM, PANEL
from pos.ui.workshop.recipe_form import RecipeForm
from pos.ui.workshop.recipe_panel import RecipePanel
from pos.ui.workshop.recipe_words import recipe_row

_WITHDRAWN = "withdrawn"
_COLUMNS = (
    RowColumn(share=45, least=180),
    RowColumn(72, right=True, drops=2),
    RowColumn(share=55, drops=1),
    RowColumn(168),
)


class _All(Pager):
    """A shop has few recipes: all come at once."""

    def next_of(self, _page: Any) -> Any:
        return None


class RecipesPage(ListPage):
    """Recipes by number; what is typed narrows them at once."""

    beside_width = 420
    beside_share = PANEL
    seeks_while_typed = True

    def __init__(self, session: Session, page: QWidget) -> None:
        self.panel, self.form = RecipePanel(session), RecipeForm(session, page)
        self.side = QStackedWidget()
        self.side.addWidget(self.panel)
        self.side.addWidget(self.form)
        self.side.currentChanged.connect(self._turned)
        self.kept = Narrowing(N_("In force and to come"), {_WITHDRAWN: N_("Withdrawn ones, too")})
        self._all: Sequence[RecipeView] = ()
        self._goods: Collection[int] | None = None
        self._scanned = ""
        self._wanted: int | None = None
        self._question = 0
        self._is_stale = True
        """Whether the history on show was read before the list."""
        super().__init__(
            session,
            _COLUMNS,
            lambda one: one.recipe.number,
            [],
            self.side,
            [self.kept],
            _All(session, lambda one: one.recipe.number),
        )
        self.kept.narrowed.connect(self.read)
        self.box.typed.connect(lambda _text: self._narrow())
        self.pager.answered.connect(self._answered)
        self.empty.action_pressed.connect(self._do_next)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._show_chosen())

    @property
    def usable(self) -> Sequence[RecipeView]:
        """Recipes by which a batch can be planned, now or for a later day."""
        return [one for one in self._all if not one.recipe.is_withdrawn]

    def read(self, choose: int | None = None) -> None:
        """Read the list again; the recipe of this number is chosen then."""
        if choose is not None:
            self._wanted = choose
        step, withdrawn = self.session.shop.workshop.recipes, self.kept.key == _WITHDRAWN
        self.pager.begin(lambda person, _after: step.all(person, withdrawn=withdrawn), withdrawn)

    def show_goods(self, goods: Collection[int], name: str) -> None:
        """List the recipes that make or take these goods, which were scanned."""
        self._goods, self._scanned = goods, name
        self._narrow()

    def widen(self) -> None:
        """Reset the filter."""
        self.box.clear()
        self.kept.widen()
        self._goods, self._scanned = None, ""
        self.read()

    def listing(self) -> Listing:
        """The list as a table."""
        return recipes(
            self.session.shop.workshop.recipes,
            withdrawn=self.kept.key == _WITHDRAWN,
            words=self.box.text(),
            goods=self._goods,
            scanned=self._scanned,
        )

    def _turned(self) -> None:
        """Another part is beside the list: a key means another thing, and a form needs more room."""
        self.session.finishing.turned()
        self.share_below(PANEL if self.side.currentWidget() is self.panel else FORM)
        self._show_chosen()

    def show_panel(self) -> None:
        """Show the selected recipe beside the list."""
        self.side.setCurrentWidget(self.panel)
        self._show_chosen()

    def _answered(self) -> None:
        self._all, self._is_stale = tuple(self.pager.rows), True
        self._narrow()
        wanted, self._wanted = self._wanted, None
        index = -1 if wanted is None else self.rows.index_of(wanted)
        if index >= 0:
            self.table.choose(index)
        elif self.pager.rows and self.table.current_row < 0:
            self.table.choose(0)
        self._show_chosen()

    def _narrow(self) -> None:
        """Show those that are meant by what is typed or scanned."""
        words = self.box.text()
        self.pager.rows = [one for one in self._all if one.is_meant(words, self._goods)]
        self.present()

    def _show_chosen(self) -> None:
        """Show the selected recipe, with its history as soon as it is read."""
        is_empty = self.pager.is_answered and not self.pager.rows
        self.side.setVisible(not is_empty or self.side.currentWidget() is not self.panel)
        view, before = self.chosen, self.panel.view
        if view is None:
            self.panel.present(None, is_known=self.pager.is_answered)
            return
        if before is not None and before.version == view.version and not self._is_stale:
            return
        self._is_stale = False
        if before is None or before.recipe.number != view.recipe.number:
            self.panel.present(view)
        self._question += 1
        question, number, step = self._question, view.recipe.number, self.session.shop.workshop.recipes

        def taken(versions: Sequence[RecipeView]) -> None:
            if question == self._question:
                self.panel.present(view, versions)

        self.session.run_as(lambda person: step.history(person, number), taken)

    # ── words ────────────────────────────────────────────────────────────────────────────────────────────────

    def present(self) -> None:
        super().present()
        self._show_chosen()

    def retranslate(self, tr: Translator) -> None:
        super().retranslate(tr)
        self.panel.retranslate(tr)
        self.form.retranslate(tr)

    def placeholder(self, tr: Translator) -> str:
        return tr("Scan goods, or type a part of a name")

    def name_columns(self, tr: Translator) -> None:
        self.kept.retranslate(tr, tr("Recipes shown"))
        self.header.name(tr("Recipe"), tr("Pieces"), tr("Inputs"), tr("State"))
        self.table.setAccessibleName(tr("Recipes"))

    def row_of(self, one: RecipeView, tr: Translator) -> LineRow:
        return recipe_row(one, self.session.today, tr)

    def say_empty(self, tr: Translator) -> None:
        if self._all:
            self.empty.present("book", tr("No such recipes"), "", tr("Show all"), "Esc")
        else:
            key = self.session.actions.key_text("workshop_new")
            hint = tr("A recipe says what is made, and of what.")
            self.empty.present("book", tr("No recipes yet"), hint, tr("New recipe"), key)

    def _do_next(self) -> None:
        """The button where nothing is listed."""
        if self._all:
            self.widen()
        else:
            self.panel.begun.emit()

    def said(self, tr: Translator) -> str:
        return tr("Found by: {text}", text=self._scanned) if self._scanned else ""
