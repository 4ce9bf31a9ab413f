"""The form of a new batch: recipe, pieces, day and note; it says at once whether the inputs suffice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from PySide6.QtCore import QDate, QMargins, Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from pos.application.text.formatting import money_text, number_text, read_count
from pos.application.text.translator import Translator
from pos.application.workshop.batch_steps import BatchDraft
from pos.application.workshop.check_plan import PlanCheck
from pos.application.workshop.recipes import RecipeView
from pos.domain.errors import BadField, RuleBroken
from pos.domain.stock.stock_count import LONGEST_NOTE
from pos.ui.look.theme import Size, Space
from pos.ui.page.form_page import FormRow, complain_at
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.cards.verdict_line import VerdictLine
from pos.ui.widgets.drawing.layouts import Stretch, hbox, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.fields.combo_box import ComboBox
from pos.ui.widgets.fields.day_box import DateBox
from pos.ui.widgets.fields.enter_chain import EnterChain
from pos.ui.widgets.fields.input_hints import DIGITS
from pos.ui.widgets.fields.scrolled_fields import scroll_over
from pos.ui.widgets.fields.sent_fields import content_of
from pos.ui.widgets.spoken.announcements import announce
from pos.ui.widgets.tables.choices import offer
from pos.ui.workshop.batch_words import needs_facts, recipe_choice
from pos.ui.workshop.fact_list import Fact, FactList

E = TypeVar("E", bound=Exception)

_REST_MS = 200


class PlanForm(Surface):
    """`requested` carries a BatchDraft, `wrong` a BadField. `left`: Esc, or the button beside."""

    requested = Signal(object)
    wrong = Signal(object)
    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(Ground.CARD)
        self._session = session
        self._recipes: Sequence[RecipeView] = ()
        self._question = 0
        self._check: PlanCheck | None = None
        self._refusal: Exception | None = None
        self._usual_day = session.today
        self._loaded: tuple[str, ...] = ()
        self._rest = QTimer(self)  # asked once the typing stays still
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.check)
        self._title = TextLabel(role=Role.TITLE)
        self._hint = TextLabel(role=Role.LABEL, wrap=True)
        self._box, self._count, self._text = ComboBox(), QLineEdit(), QLineEdit()
        self._date = DateBox("", QDate.currentDate())
        self.recipe, self.pieces = FormRow(self._box), FormRow(self._count)
        self.day, self.note = FormRow(self._date), FormRow(self._text)
        self.verdict = VerdictLine(session.theme)
        self.inputs = FactList()
        self.button = IconButton(
            session.theme,
            icon="check",
            key=session.actions.key_text("workshop_next"),
            kind=ButtonKind.PRIMARY,
            height=Size.PRIMARY,
        )
        self.button.clicked.connect(self.submit)
        self.back = IconButton(session.theme, key="Esc", height=Size.PRIMARY)
        self.back.clicked.connect(self.left)
        self._prepare_fields()
        self._lay_out()
        self.empty()

    def _prepare_fields(self) -> None:
        self._count.setInputMethodHints(DIGITS)
        self._count.setMaxLength(9)
        self._text.setMaxLength(LONGEST_NOTE)
        self._box.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._box.activated.connect(lambda _at: self._changed())
        self._count.textChanged.connect(lambda _text: self._changed())
        self._date.dateChanged.connect(lambda _day: self._changed())
        EnterChain(self, (self._box, self._count, self._date, self._text), self.button)

    # ── what stands in the form ──────────────────────────────────────────────────────────────────────────────

    @property
    def content(self) -> tuple[str, ...]:
        """What is typed and chosen now."""
        return (*content_of((self._box, self._count, self._text)), self._day.isoformat())

    @property
    def is_begun(self) -> bool:
        """Whether anything is typed of a batch that is not planned yet."""
        return self.content != self._loaded and bool(self._count.text().strip() or self._text.text().strip())

    def offer(self, recipes: Sequence[RecipeView]) -> None:
        """The recipes by which goods are made; the chosen one stays chosen where it is still among them."""
        self._recipes = recipes
        tr, chosen = self._session.translator, self._box.currentData()
        choices = [("", tr("choose a recipe"))]
        choices += [(one.recipe.document, recipe_choice(one.recipe.name, one.recipe.document, tr)) for one in recipes]
        offer(self._box, choices, chosen or "")

    def empty(self) -> None:
        """A new batch, of today."""
        self._box.setCurrentIndex(0)
        self._count.clear()
        self._text.clear()
        self._put_day()
        self.clear_errors()
        self._forget_check()
        self._loaded = self.content

    def follow_day(self) -> None:
        """A day that no one has chosen is today."""
        if self._day == self._usual_day:
            self._put_day()

    def _put_day(self) -> None:
        self._usual_day = today = self._session.today
        self._date.setDate(QDate(today.year, today.month, today.day))

    @property
    def _day(self) -> date:
        day = self._date.date()
        return date(day.year(), day.month(), day.day())

    def choose(self, recipe: int, pieces: int | None = None) -> bool:
        """Choose a recipe, with pieces where they are known; False where it is not offered."""
        found = next((one for one in self._recipes if one.recipe.number == recipe), None)
        if found is None:
            return False
        was_begun = self.is_begun
        self._box.setCurrentIndex(self._box.findData(found.recipe.document))
        if pieces is not None or not self._count.text().strip():
            self._count.setText(str(pieces or found.recipe.quantity))
        announce(self, self._box.currentText())
        self._count.setFocus(Qt.FocusReason.OtherFocusReason)
        self._count.selectAll()
        self._changed()
        if pieces is None and not was_begun:
            self._loaded = self.content  # what the recipe proposes is not typed
        return True

    def choose_goods(self, product: int) -> bool:
        """Choose the recipe by which a product is made; False where there is none."""
        found = next((one for one in self._recipes if one.product.id == product), None)
        return found is not None and self.choose(found.recipe.number)

    def begin(self) -> None:
        """Put the cursor into the first field that waits."""
        field: QWidget = self._count if self._chosen is not None else self._box
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def _chosen(self) -> RecipeView | None:
        document = self._box.currentData()
        return next((one for one in self._recipes if one.recipe.document == document), None)

    # ── whether the inputs suffice ───────────────────────────────────────────────────────────────────────────

    def _changed(self) -> None:
        """What was asked was about other pieces."""
        self._forget_check()
        if self.isVisible():
            self._rest.start()

    def _forget_check(self) -> None:
        self._question += 1
        self._check = self._refusal = None
        self._present_check()

    def check(self) -> None:
        """Ask whether the inputs suffice for what is typed; what cannot be read is said when it is submitted.

        The day is the one that the field has by now: to settle it would end the typing of another one.
        """
        self._rest.stop()
        try:
            draft = self._read()
        except BadField:
            return
        self._question += 1
        question, step = self._question, self._session.shop.workshop.check

        def taken(found: PlanCheck) -> None:
            if question == self._question:
                self._check, self._refusal = found, None
                self._present_check()

        def refused(error: Exception) -> None:
            if question == self._question:
                self._check, self._refusal = None, error
                self._present_check()

        self._session.run_as(lambda person: step(person, draft.recipe, draft.pieces, draft.day), taken, refused)

    def _present_check(self) -> None:
        tr, found = self._session.translator, self._check
        if found is None:
            refusal = self._refusal
            said = "" if refusal is None else self._session.wording(self._named(refusal))
            self.verdict.present(said, "", Tone.OVER)
            self.inputs.present("", ())
            return
        most = tr("The inputs do for {n}.", n=number_text(found.most, tr.language))
        if found.suffices:
            self.verdict.present(tr("The inputs suffice"), most, Tone.WITHIN)
        else:
            self.verdict.present(tr("Inputs are missing"), most, Tone.OVER)
        work = Fact(tr("Cost of the work"), money_text(found.work, tr.language))
        self.inputs.present(tr("Inputs"), [*needs_facts(found.inputs, tr), work])

    # ── submitting ───────────────────────────────────────────────────────────────────────────────────────────

    def submit(self) -> None:
        """Emit the draft, or the error in it."""
        self.clear_errors()
        try:
            self._date.settle("day")
            self.requested.emit(self._read())
        except BadField as error:
            self.wrong.emit(error)

    def _read(self) -> BatchDraft:
        recipe = self._chosen
        if recipe is None:
            raise BadField("recipe", "missing")
        if not self._count.text().strip():
            raise BadField("planned", "missing")
        pieces = read_count(self._count.text(), self._session.translator.language, field="planned")
        return BatchDraft(recipe.recipe.number, pieces, self._day, self._text.text())

    def complain(self, error: RuleBroken) -> None:
        """Show an error beneath its field, with the form's name of the field."""
        field, named = str(error.facts().get("field", "recipe")), self._named(error)
        complain_at(self._rows, field if field in self._rows else "recipe", lambda: self._session.wording(named))
        self._session.report_if_hidden(self, named)

    @property
    def _rows(self) -> Mapping[str, FormRow]:
        return {"recipe": self.recipe, "planned": self.pieces, "day": self.day, "note": self.note}

    def _named(self, error: E) -> E:
        """A refusal that names its field as the form does."""
        if not isinstance(error, BadField):
            return error
        return replace(error, field=self._rows.get(error.field, self.recipe).label.text())

    def clear_errors(self) -> None:
        """Clear all errors."""
        for row in self._rows.values():
            row.excuse()

    # ── texts and layout ─────────────────────────────────────────────────────────────────────────────────────

    def retranslate(self, tr: Translator) -> None:
        """Show all texts in another language; typed values and choices stay."""
        self._title.setText(tr("New batch"))
        self._hint.setText(tr("Choose a recipe, or scan what it makes. Planning takes nothing from stock."))
        self.recipe.present(tr("Recipe"))
        self.pieces.present(tr("Pieces to make"))
        self.day.present(tr("Day"))
        self.note.present(tr("Note"))
        self._date.present(tr("Day"), tr.language)
        self.button.present(tr("Plan batch"))
        self.back.present(tr("Back"))
        self.offer(self._recipes)
        self._present_check()

    def _lay_out(self) -> None:
        for field in (self._box, self._count, self._text):
            field.setFixedHeight(Size.BUTTON)
        scrolled = vbox(
            self._title, self._hint, self.recipe, hbox(self.pieces, self.day, spacing=Space.M), self.note,
            self.verdict, self.inputs, Stretch(), spacing=Space.S, margins=0,
        )  # fmt: skip
        foot = QWidget()
        row = hbox(self.button, self.back, spacing=Space.S, margins=0, parent=foot)
        row.setStretch(0, 1)
        scroll_over(scrolled, foot, QMargins(Space.M, Space.M, Space.M, Space.M), self, Space.S)
