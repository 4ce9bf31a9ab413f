"""The page of the shop's own workshop: batches, recipes, the account of processed goods, the report of a period."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos.application.stock.read_stock import ProductStock
from pos.application.tables.listing import Listing
from pos.application.text.translator import Translator
from pos.application.text.typography import listed
from pos.ui.input.actions import LABELS, WORKSHOP
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Space
from pos.ui.page.save_table import TableSaver
from pos.ui.page.screen import Screen
from pos.ui.page.unsaved_by_another import UnsavedByAnother
from pos.ui.session.rail_figures import STARTED_BATCHES
from pos.ui.session.session import Session
from pos.ui.stock.stock_messages import StockMessages
from pos.ui.widgets.buttons.segmented import Segment, Segmented
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.folding import Folding
from pos.ui.widgets.drawing.layouts import Stretched, vbox
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.workshop.account_page import AccountPage
from pos.ui.workshop.batch_steps import BatchSteps
from pos.ui.workshop.batches_page import BatchesPage
from pos.ui.workshop.recipe_steps import RecipeSteps
from pos.ui.workshop.recipes_page import RecipesPage
from pos.ui.workshop.report_page import ReportPage

BATCHES, RECIPES, ACCOUNT, REPORT = "batches", "recipes", "account", "report"
LISTS = (BATCHES, RECIPES, ACCOUNT, REPORT)


class WorkshopScreen(Screen):
    """Four lists. A scan chooses the recipe of a new batch, is put into a recipe, or narrows the list on show.

    `labels_requested` carries the number of a batch whose output needs labels.
    """

    screen_id = WORKSHOP
    rail = WORKSHOP
    takes_scans = True
    labels_requested = Signal(int)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._messages = StockMessages(session)
        self._planned_for: tuple[int, int | None] | None = None
        """Recipe and pieces of a batch that another page asks for, until the recipes are read."""
        self._asked_for: tuple[int, int | None] | None = None
        """The same, while it is asked whether what is typed may go."""
        self._title = TextLabel(role=Role.SECTION)
        self.lists = Segmented(session.theme, "")
        self.lists.chosen.connect(self.show_list)
        self.batches, self.recipes = BatchesPage(session), RecipesPage(session, self)
        self.account, self.report = AccountPage(session), ReportPage(session)
        self.batch_steps = BatchSteps(session, self.batches, self._may_drop, self)
        self.recipe_steps = RecipeSteps(session, self.recipes, self)
        self.pages = QStackedWidget()
        self.pages.currentChanged.connect(session.finishing.turned)
        for page in (self.batches, self.recipes, self.account, self.report):
            self.pages.addWidget(page)
        self._connect()
        self.key_handlers: dict[str, Callable[[], None]] = {
            "workshop_find": self._find,
            "workshop_show": self._show_next,
            "workshop_new": self._new,
            "workshop_change": self._change,
            "workshop_give_up": self._give_up,
            "workshop_labels": self._labels,
            "workshop_next_list": self._next_list,
            "workshop_next": self.go_on,
            "back": self._back,
        }
        self.saver = TableSaver(self, self._listing)
        self.report.save_hint.clicked.connect(self.saver.save)
        UnsavedByAnother(self)
        self._lay_out()
        self.retranslate(session.translator)

    def _connect(self) -> None:
        batches, recipes = self.batches, self.recipes
        self.batch_steps.labelled.connect(self._label)
        batches.typed.connect(batches.seek)
        batches.panel.go_on.connect(self.go_on)
        batches.begun.connect(self._new)
        recipes.panel.planned.connect(self.go_on)
        recipes.panel.changed.connect(self._change)
        recipes.begun.connect(self._new)
        for form in (batches.plan, batches.end, recipes.form):
            form.left.connect(self._back)
        recipes.pager.answered.connect(self._offer_recipes)
        self.account.typed.connect(self.account.show_all)
        self.report.failed.connect(self._messages.refused)

    # ── calls from the window ────────────────────────────────────────────────────────────────────────────────

    def entered(self) -> None:
        for form in (self.batches.plan, self.batches.end, self.recipes.form):
            form.follow_day()
        self._read()
        self._focus()

    def left(self) -> None:
        self.recipes.form.search.close_down()

    @property
    def figures(self) -> frozenset[str]:
        is_counted = self.on_show == BATCHES and self.batches.is_whole
        return frozenset({STARTED_BATCHES}) if is_counted else frozenset()

    def follow_day(self) -> None:
        for form in (self.batches.plan, self.batches.end, self.recipes.form):
            form.follow_day()
        if self.on_show == REPORT:
            self.report.follow_day()
        else:
            self._read()

    def waiting(self) -> str:
        """What is typed of a batch or a recipe and not recorded."""
        tr, said = self.translator, []
        if self.batches.plan.is_begun:
            said.append(tr("an unsaved batch"))
        if self.batches.end.is_begun:
            said.append(tr("an unrecorded end of a batch"))
        if self.recipes.form.is_begun:
            said.append(tr("an unsaved recipe"))
        return listed(tr, said)

    def emptied(self) -> None:
        self._drop_batch()
        self.recipes.form.empty()
        self.batches.show_panel()
        self.recipes.show_panel()

    def retranslate(self, tr: Translator) -> None:
        self._title.setText(tr("Workshop"))
        self._head.keep(self._title.sizeHint().width())
        self.lists.setAccessibleName(tr("Which list"))
        self._present_lists()
        for page in (self.batches, self.recipes, self.account, self.report):
            page.retranslate(tr)

    def scanned(self, text: str) -> None:
        if self.on_show == REPORT:
            self.notify_unread(lambda: self.translator("Goods are scanned in the lists of batches and recipes."))
            return
        if self.on_show == ACCOUNT:
            self.account.box.set_text(text)
            self.account.show_all(text)
            return
        self.batch_steps.forget()  # what was asked did not count with these goods
        read = self.session.shop.read_stock
        page = self.batches if self.on_show == BATCHES else self.recipes
        person = self.session.person
        if person is not None:
            page.sought.run(lambda: read.show(person, text), self._take_scan, self._messages.unknown)

    def _take_scan(self, found: ProductStock) -> None:
        batches, recipes, product = self.batches, self.recipes, found.product
        name = product.name_in(self.session.language)
        if self.on_show == BATCHES and batches.side.currentWidget() is batches.plan:
            if not batches.plan.choose_goods(product.id):
                self._none(lambda: self.translator("No recipe makes {goods}.", goods=name))
                return
        elif self.on_show == BATCHES and batches.side.currentWidget() is batches.end:
            lines = batches.end.lines
            if not lines.takes(product.id):
                self._none(lambda: self.translator("The batch took none of {goods}.", goods=name))
                return
            if not lines.choose_goods(product.id):
                return
        elif self.on_show == BATCHES:
            batches.box.clear()
            batches.show_goods([product.id], name)
        elif recipes.side.currentWidget() is recipes.form:
            recipes.form.take(product, found.pieces)
        else:
            recipes.show_goods([product.id], name)
        self.session.sounds.play(Sound.ACCEPT)

    def _none(self, words: Callable[[], str]) -> None:
        self.session.sounds.play(Sound.UNREAD)
        self.session.notify("workshop.none", lambda: Notice(Tone.NEARLY, words(), seconds=8))

    # ── lists ────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def on_show(self) -> str:
        """The list on show."""
        return LISTS[self.pages.currentIndex()]

    def show_list(self, which: str) -> None:
        """Show a list."""
        self.batch_steps.forget()
        self.pages.setCurrentIndex(LISTS.index(which))
        self._present_lists()
        self._read()
        self._focus()

    def _next_list(self) -> None:
        self.show_list(LISTS[(LISTS.index(self.on_show) + 1) % len(LISTS)])

    def _present_lists(self) -> None:
        tr = self.translator
        names = {
            BATCHES: tr("Batches"),
            RECIPES: tr("Recipes"),
            ACCOUNT: tr("Processing account"),
            REPORT: tr("Report"),
        }
        self.lists.present([Segment(key, names[key]) for key in LISTS], self.on_show)

    def _listing(self) -> Listing:
        page = self.pages.currentWidget()
        assert isinstance(page, BatchesPage | RecipesPage | AccountPage | ReportPage)
        return page.listing()

    def _read(self) -> None:
        """Read what is on show; the recipes are offered to a new batch, too."""
        if self.on_show == BATCHES:
            self.batches.read()
            self.recipes.read()
        elif self.on_show == RECIPES:
            self.recipes.read()
        elif self.on_show == ACCOUNT:
            self.account.read()
        else:
            self.report.read()

    def _offer_recipes(self) -> None:
        self.batches.plan.offer(self.recipes.usable)
        asked, self._planned_for = self._planned_for, None
        if asked is not None:
            self.batches.plan.choose(*asked)
        elif self.on_show == BATCHES and self.batches.plan.isVisible():
            self.batches.plan.check()

    def _focus(self) -> None:
        if self.on_show == BATCHES:
            side = self.batches.side.currentWidget()
            if side is self.batches.plan:
                self.batches.plan.begin()
            elif side is self.batches.panel:
                self.batches.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.on_show == RECIPES and self.recipes.side.currentWidget() is self.recipes.form:
            self.recipes.form.begin()
        elif self.on_show == REPORT:
            self.report.days.begin()
        else:
            page = self.recipes if self.on_show == RECIPES else self.account
            page.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _find(self) -> None:
        page = self.pages.currentWidget()
        if page is self.recipes and self.recipes.side.currentWidget() is self.recipes.form:
            self.recipes.form.begin()
        elif isinstance(page, BatchesPage | RecipesPage | AccountPage):
            page.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
            page.box.field.selectAll()

    def _show_next(self) -> None:
        steps = {BATCHES: self.batches.states, RECIPES: self.recipes.kept, REPORT: self.report.days.period}
        if self.on_show in steps:
            steps[self.on_show].step()

    # ── the next step ────────────────────────────────────────────────────────────────────────────────────────

    def plan(self, recipe: int, pieces: int | None = None) -> None:
        """Begin a batch of a recipe that another page, or the list of recipes, has chosen."""
        self._asked_for = recipe, pieces
        is_begun = self.batches.plan.is_begun or self.batches.end.is_begun
        if is_begun and not self._may_drop((recipe, pieces), lambda: self.plan(recipe, pieces)):
            return
        self._drop_batch()
        self._planned_for, self._asked_for = self._asked_for, None
        self.pages.setCurrentIndex(LISTS.index(BATCHES))
        self.batches.side.setCurrentWidget(self.batches.plan)
        self._present_lists()
        self.recipes.read()

    def go_on(self) -> None:
        """Plan, start or finish a batch, or save a recipe: what the page is at."""
        recipes = self.recipes
        if self.on_show == BATCHES:
            self.batch_steps.go_on()
        elif self.on_show == RECIPES and recipes.side.currentWidget() is recipes.form:
            recipes.form.submit()
        elif self.on_show == RECIPES and recipes.chosen is not None and not recipes.chosen.recipe.is_withdrawn:
            self.plan(recipes.chosen.recipe.number)
        else:
            self.session.sounds.play(Sound.NOTE)

    def _new(self) -> None:
        if self.on_show == RECIPES:
            if self.recipes.side.currentWidget() is not self.recipes.form:
                self.recipes.side.setCurrentWidget(self.recipes.form)
            elif self.recipes.form.changing is not None:
                if self.recipes.form.is_begun and not self._may_drop("new", self._new, "workshop_new"):
                    return
                self.recipes.form.empty()
            self.recipes.form.begin()
            return
        if self.on_show != BATCHES:
            self.show_list(BATCHES)
        if self.batches.end.is_begun and not self._may_drop("new", self._new, "workshop_new"):
            return
        self.batches.end.close_down()
        self.batch_steps.forget()
        self.batches.side.setCurrentWidget(self.batches.plan)
        self.batches.plan.begin()

    def _change(self) -> None:
        """Load the selected recipe to write its next version."""
        view, form = self.recipes.chosen, self.recipes.form
        if self.on_show != RECIPES or view is None:
            self.session.sounds.play(Sound.NOTE)
            return
        if form.is_begun and not self._may_drop("change", self._change, "workshop_change"):
            return
        form.load(view)
        self.recipes.side.setCurrentWidget(form)
        form.begin()

    def _give_up(self) -> None:
        if self.on_show == BATCHES:
            self.batch_steps.give_up()
        elif self.on_show == RECIPES:
            self.recipe_steps.withdraw()
        else:
            self.session.sounds.play(Sound.NOTE)

    def _labels(self) -> None:
        if self.on_show == BATCHES:
            self.batch_steps.labels()
        else:
            self.session.sounds.play(Sound.NOTE)

    def _label(self, number: int) -> None:
        self.session.go(LABELS)
        self.labels_requested.emit(number)

    # ── shared ───────────────────────────────────────────────────────────────────────────────────────────────

    def _may_drop(self, what: object, again: Callable[[], None], action: str = "back") -> bool:
        """Whether what is typed may be dropped; the key of `action` answers."""
        return self.may_discard("workshop.drop", self._about(what), again, action)

    def _about(self, what: object) -> object:
        return what, self.batches.plan.content, self.batches.end.content, self.recipes.form.content

    def _drop_batch(self) -> None:
        self.batches.plan.empty()
        self.batches.end.close_down()

    def _back(self) -> None:
        """Esc answers what another page has led to, drops a typed line, leaves a form and asks about what is typed in
        it, or widens the list.
        """
        batches, recipes = self.batches, self.recipes
        if self._asked_for is not None and self.session.question == ("workshop.drop", self._about(self._asked_for)):
            self.plan(*self._asked_for)
            return
        if self.on_show == BATCHES and batches.side.currentWidget() is not batches.panel:
            if batches.side.currentWidget() is batches.end and batches.end.lines.drop_begun():
                return
            if (batches.plan.is_begun or batches.end.is_begun) and not self._may_drop("back", self._back):
                return
            self._drop_batch()
            batches.show_panel()
        elif self.on_show == RECIPES and recipes.side.currentWidget() is recipes.form:
            if recipes.form.search.leave():
                return
            if recipes.form.is_begun and not self._may_drop("back", self._back):
                return
            recipes.form.empty()
            recipes.show_panel()
        elif self.on_show == BATCHES:
            batches.widen()
        elif self.on_show == RECIPES:
            recipes.widen()
        elif self.on_show == ACCOUNT:
            self.account.widen()
        self._focus()

    def _lay_out(self) -> None:
        self._head = Folding(self._title, Stretched(self.lists), room=0, spacing=Space.L)
        head = QWidget()
        vbox(self._head, spacing=0, margins=(Space.L, Space.S, Space.L, 0), parent=head)
        vbox(head, Stretched(self.pages), spacing=0, margins=0, parent=self)
