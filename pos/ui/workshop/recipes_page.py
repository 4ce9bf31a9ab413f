"""The list of recipes with the panel of the selected one, or its form beside it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from pos.application.tables.listing import Listing
from pos.application.text.translator import N_, Translator
from pos.application.workshop.recipes import RecipeView
from pos.application.workshop.tables import recipes
from pos.ui.page.pager import Pager
from pos.ui.session.session import Session
from pos.ui.widgets.tables.choices import Narrowing
from pos.ui.widgets.tables.columns import RowColumn
from pos.ui.widgets.tables.line_table import LineRow
from pos.ui.workshop.panel_list import PanelList
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


class RecipesPage(PanelList):
    """Recipes by number; what is typed narrows them at once."""

    beside_width = 420
    seeks_while_typed = True

    def __init__(self, session: Session, page: QWidget) -> None:
        self.panel, self.form = RecipePanel(session), RecipeForm(session, page)
        self.kept = Narrowing(N_("In force and to come"), {_WITHDRAWN: N_("Withdrawn ones, too")})
        self._all: Sequence[RecipeView] = ()
        self._goods: Collection[int] | None = None
        self._scanned = ""
        self._question = 0
        self._is_stale = True
        """Whether the history on show was read before the list."""
        super().__init__(
            session,
            _COLUMNS,
            lambda one: one.recipe.number,
            (self.panel, self.form),
            self.kept,
            _All(session, lambda one: one.recipe.number),
        )
        self.box.typed.connect(lambda _text: self._narrow())
        self.panel.begun.connect(self.begun)

    @property
    def usable(self) -> Sequence[RecipeView]:
        """Recipes by which a batch can be planned, now or for a later day."""
        return [one for one in self._all if not one.recipe.is_withdrawn]

    @property
    def is_narrowed(self) -> bool:
        return len(self.pager.rows) < len(self._all)

    def ask(self) -> None:
        step, withdrawn = self.session.shop.workshop.recipes, self.kept.key == _WITHDRAWN
        self.pager.begin(lambda person, _after: step.all(person, withdrawn=withdrawn), withdrawn)

    def show_goods(self, goods: Collection[int], name: str) -> None:
        """List the recipes that make or take these goods, which were scanned."""
        self._goods, self._scanned = goods, name
        self._narrow()

    def widen(self) -> None:
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

    def take_rows(self) -> None:
        self._all, self._is_stale = tuple(self.pager.rows), True
        self._narrow()

    def _narrow(self) -> None:
        """Show those that are meant by what is typed or scanned."""
        words = self.box.text()
        self.pager.rows = [one for one in self._all if one.is_meant(words, self._goods)]
        self.present()

    def show_chosen(self) -> None:
        """Show the selected recipe, with its history as soon as it is read."""
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

    def placeholder(self, tr: Translator) -> str:
        return tr("Scan goods, or type a part of a name")

    def name_columns(self, tr: Translator) -> None:
        self.kept.retranslate(tr, tr("Recipes shown"))
        self.header.name(tr("Recipe"), tr("Pieces"), tr("Inputs"), tr("State"))
        self.table.setAccessibleName(tr("Recipes"))

    def row_of(self, one: RecipeView, tr: Translator) -> LineRow:
        return recipe_row(one, self.session.today, tr)

    def say_empty(self, tr: Translator) -> None:
        if self.is_narrowed:
            self.empty.present("book", tr("No such recipes"), "", tr("Show all"), "Esc")
        else:
            key = self.session.actions.key_text("workshop_new")
            hint = tr("A recipe says what is made, and of what.")
            is_all = self.kept.key == _WITHDRAWN
            title = tr("No recipes yet") if is_all else tr("No recipes in force or to come")
            self.empty.present("book", title, hint, tr("New recipe"), key)

    def said(self, tr: Translator) -> str:
        return tr("Found by: {text}", text=self._scanned) if self._scanned else ""
