"""What the page does with recipes: save a version, and withdraw one."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Qt

from pos.application.workshop.recipes import RecipeDraft, RecipeView
from pos.domain.errors import RuleBroken
from pos.ui.look.sounds import Sound
from pos.ui.session.session import Session
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.workshop.asked_steps import AskedSteps
from pos.ui.workshop.recipes_page import RecipesPage


class RecipeSteps(AskedSteps):
    """Of the recipe that is selected, or stands in the form."""

    def __init__(self, session: Session, page: RecipesPage, parent: QObject) -> None:
        super().__init__(session, parent)
        self._page = page
        page.form.requested.connect(self._save)
        page.form.wrong.connect(self._wrong)
        page.panel.withdrawn.connect(self.withdraw)
        page.table.selectionModel().currentChanged.connect(lambda *_: self.forget())

    def _save(self, draft: RecipeDraft) -> None:
        page, step = self._page, self.session.shop.workshop.recipes
        if page.sought.is_behind():  # goods that are scanned are not in the form yet
            return
        sent = page.form.content

        def saved(view: RecipeView) -> None:
            self.session.sounds.play(Sound.COMPLETE)
            if page.form.content == sent:  # else more was typed meanwhile
                page.form.empty()
                page.show_panel()
                if self.session.is_awaited:
                    page.table.setFocus(Qt.FocusReason.OtherFocusReason)
            page.read(view.recipe.number)
            self.say(lambda tr: tr("Recipe {name} saved.", name=view.recipe.name))

        about = "save", draft.number
        self.do(draft, lambda person, key: step(person, replace(draft, key=key)), saved, page.form.complain, about)

    def withdraw(self) -> None:
        """Make nothing by the selected recipe any more: the first press asks, the second one withdraws it."""
        page, step = self._page, self.session.shop.workshop.recipes
        view = page.chosen if page.side.currentWidget() is page.panel else None
        if view is None or view.recipe.is_withdrawn:
            self.note()
            return
        recipe = view.recipe
        key_text = self.session.actions.key_text("workshop_give_up")

        def asking() -> Notice:
            tr = self.translator
            text = tr(
                "Withdraw {name}? From today no batch is planned or started by it. Press {key} again to confirm.",
                name=recipe.name,
                key=key_text,
            )
            return Notice(Tone.NEARLY, text, action=tr("Withdraw"), seconds=15)

        if not self.sure(("withdraw", recipe.number, recipe.version), asking, self.withdraw):
            return

        def withdrawn(_view: RecipeView) -> None:
            self.session.sounds.play(Sound.NOTE)
            page.read()
            self.say(lambda tr: tr("Recipe {name} withdrawn.", name=recipe.name))

        asked = "withdraw", recipe.number
        self.do(asked, lambda person, key: step.withdraw(person, recipe.number, None, key), withdrawn)

    def look_again(self, _error: RuleBroken) -> None:
        self._page.read()

    def _wrong(self, error: RuleBroken) -> None:
        self.session.sounds.play(Sound.REFUSE)
        self._page.form.complain(error)
