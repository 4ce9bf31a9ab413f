"""The selected recipe: what it makes of what, its history, and its next steps."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMargins, Signal

from pos.application.text.translator import Translator
from pos.application.text.typography import strung
from pos.application.workshop.recipes import RecipeView
from pos.ui.look.theme import Size, Space
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.drawing.flow import Flow
from pos.ui.widgets.drawing.layouts import Stretch, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.fields.scrolled_fields import scroll_over
from pos.ui.workshop.fact_list import FactList
from pos.ui.workshop.recipe_words import coming_facts, history_of, input_facts, recipe_facts


class RecipePanel(Surface):
    """`planned` asks for a batch by it, `changed` for another version, `withdrawn` to make nothing by it any more,
    `begun` for a new recipe.
    """

    planned = Signal()
    changed = Signal()
    withdrawn = Signal()
    begun = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(Ground.CARD)
        self._session = session
        self.view: RecipeView | None = None
        self._versions: Sequence[RecipeView] = ()
        theme, key = session.theme, session.actions.key_text
        self._title = TextLabel(role=Role.TITLE, wrap=True)
        self._about = TextLabel(role=Role.LABEL, wrap=True)
        self.facts, self.inputs, self.history = FactList(), FactList(), FactList()
        self._of, self._past = TextLabel(role=Role.LABEL), TextLabel(role=Role.LABEL)
        self.button = IconButton(
            theme, icon="plus", key=key("workshop_next"), kind=ButtonKind.PRIMARY, height=Size.PRIMARY
        )
        self.new = IconButton(theme, icon="plus", key=key("workshop_new"), height=Size.SMALL_BUTTON)
        self.change = IconButton(theme, icon="pencil", key=key("workshop_change"), height=Size.SMALL_BUTTON)
        self.withdraw = IconButton(theme, icon="circle-x", key=key("workshop_give_up"), height=Size.SMALL_BUTTON)
        self.button.clicked.connect(self.planned)
        self.new.clicked.connect(self.begun)
        self.change.clicked.connect(self.changed)
        self.withdraw.clicked.connect(self.withdrawn)
        steps = Flow(self.new, self.change, self.withdraw, spacing=Space.XS)
        scrolled = vbox(
            self._title, self._about, steps, self.facts, self._of, self.inputs, self._past, self.history, Stretch(),
            spacing=Space.S, margins=0,
        )  # fmt: skip
        scroll_over(scrolled, self.button, QMargins(Space.M, Space.M, Space.M, Space.M), self, Space.S)

    def retranslate(self, tr: Translator) -> None:
        """Show all texts in another language."""
        self.new.present(tr("New recipe"))
        self.change.present(tr("Change recipe"))
        self.withdraw.present(tr("Withdraw"))
        self.button.present(tr("Plan batch"))
        self._of.setText(tr("What it is made of"))
        self._past.setText(tr("History"))
        self.present(self.view, self._versions)

    def present(self, view: RecipeView | None, versions: Sequence[RecipeView] = (), *, is_known: bool = False) -> None:
        """Show a recipe with its versions; None: none is selected, which is said once it `is_known`."""
        tr, settings = self._session.translator, self._session.settings
        self.view, self._versions = view, versions
        is_usable = view is not None and not view.recipe.is_withdrawn
        self.change.setVisible(view is not None)
        self.withdraw.setVisible(is_usable)
        self.button.setVisible(is_usable)
        self._of.setVisible(view is not None)
        self._past.setVisible(bool(versions))
        if view is None:
            self._title.setText(tr("No recipe selected") if is_known else "")
            self._about.setText(tr("Select a recipe, or write a new one.") if is_known else "")
            for facts in (self.facts, self.inputs, self.history):
                facts.present("", ())
            return
        self._title.setText(view.recipe.name)
        self._about.setText(strung(tr, (view.recipe.document, view.product.code)))
        coming = coming_facts(versions, self._session.today, tr)
        self.facts.present(tr("Recipe"), [*recipe_facts(view, tr), *coming])
        self.inputs.present(tr("Inputs"), input_facts(view, tr))
        self.history.present(tr("History"), history_of(versions, settings, self._session.names, tr))
