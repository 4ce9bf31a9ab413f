"""The form of a recipe, new or another version of one: what is made, of what, how much is lost, what the work costs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QDate, QMargins, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from pos.application.text.formatting import (
    amount_text,
    currency_symbol,
    number_text,
    read_amount,
    read_count,
    read_number,
)
from pos.application.text.translator import Translator
from pos.application.workshop.recipes import RecipeDraft, RecipeView
from pos.domain.catalogue.product import Product
from pos.domain.errors import BadField, RuleBroken
from pos.domain.money import Currency, Money
from pos.domain.workshop.recipe import LONGEST_NAME, PARTS
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Size, Space
from pos.ui.page.form_page import FormRow, complain_at
from pos.ui.sales.search.goods_search import GoodsSearch
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.cells import Cells
from pos.ui.widgets.drawing.layouts import Stretch, hbox, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Complaint, Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.fields.day_box import DateBox
from pos.ui.widgets.fields.enter_chain import EnterChain
from pos.ui.widgets.fields.input_hints import DIGITS, NUMBERS
from pos.ui.widgets.fields.scrolled_fields import scroll_over
from pos.ui.widgets.fields.sent_fields import content_of
from pos.ui.widgets.spoken.announcements import announce
from pos.ui.workshop.goods_rows import GoodsRows

_FIELD = 136
_RESULTS = 440
"""The least width of what a search finds."""
_LINE = re.compile(r"inputs\[(\d+)\]")
_PER_CENT = PARTS // 100


class RecipeForm(Surface):
    """`requested` carries a RecipeDraft, `wrong` a RuleBroken of a typed value. `left`: the button beside.

    The first goods are what is made, all others what it is made of.
    """

    requested = Signal(object)
    wrong = Signal(object)
    left = Signal()

    def __init__(self, session: Session, page: QWidget) -> None:
        super().__init__(Ground.CARD)
        self._session = session
        self.changing: RecipeView | None = None
        """The version that is followed by another one; None for a new recipe."""
        self._loaded: tuple[str, ...] = ()
        self._usual_day = session.today
        self._title = TextLabel(role=Role.TITLE, wrap=True)
        self._hint = TextLabel(role=Role.LABEL, wrap=True)
        self.search = GoodsSearch(session, page, "workshop_find", _RESULTS)
        self.output, self.inputs = GoodsRows(session), GoodsRows(session)
        self._made, self._of = TextLabel(role=Role.LABEL), TextLabel(role=Role.LABEL)
        self._wrong = Complaint(Role.SMALL)
        self.name_field, self.loss_field, self.work_field, self.keeps_field = (QLineEdit() for _ in range(4))
        self.day_field = DateBox("", QDate.currentDate())
        self.name, self.loss, self.work = (
            FormRow(field) for field in (self.name_field, self.loss_field, self.work_field)
        )
        self.keeps, self.day = FormRow(self.keeps_field), FormRow(self.day_field)
        self.button = IconButton(
            session.theme,
            icon="save",
            key=session.actions.key_text("workshop_next"),
            kind=ButtonKind.PRIMARY,
            height=Size.PRIMARY,
        )
        self.back = IconButton(session.theme, key="Esc", height=Size.PRIMARY)
        self.button.clicked.connect(self.submit)
        self.back.clicked.connect(self.left)
        self._prepare_fields()
        self._lay_out()
        self.empty()

    def _prepare_fields(self) -> None:
        self.name_field.setMaxLength(LONGEST_NAME)
        for field, hint in ((self.loss_field, NUMBERS), (self.work_field, NUMBERS), (self.keeps_field, DIGITS)):
            field.setInputMethodHints(hint)
            field.setMaxLength(14)
        EnterChain(self, self._fields, self.button)
        for rows in (self.output, self.inputs):
            rows.changed.connect(self._goods_changed)
            rows.entered.connect(self.search.begin)
        self.search.product.connect(self._chosen)
        self.search.nothing.connect(self._nothing)

    @property
    def _fields(self) -> tuple[QWidget, ...]:
        return self.name_field, self.loss_field, self.work_field, self.keeps_field, self.day_field

    # ── what stands in the form ──────────────────────────────────────────────────────────────────────────────

    @property
    def content(self) -> tuple[str, ...]:
        """What is typed and chosen now."""
        typed = content_of(field for field in self._fields if field is not self.day_field)
        return (*typed, self._day.isoformat(), "|", *self.output.content, "|", *self.inputs.content)

    @property
    def is_begun(self) -> bool:
        """Whether anything is typed that is not saved yet."""
        return self.content != self._loaded

    def empty(self) -> None:
        """A new recipe, from today."""
        self.changing = None
        for field in (self.name_field, self.loss_field, self.work_field, self.keeps_field):
            field.clear()
        self.output.fill(())
        self.inputs.fill(())
        self.search.leave()
        self._put_day()
        self.clear_errors()
        self._loaded = self.content
        self.retranslate(self._session.translator)

    def load(self, view: RecipeView) -> None:
        """The next version of a recipe, from today; of one that is still to come from its day."""
        self.empty()
        recipe, language = view.recipe, self._session.language
        self.changing = view
        self.name_field.setText(recipe.name)
        self.output.fill([(view.product, recipe.quantity)])
        self.inputs.fill(view.inputs)
        if recipe.loss:
            self.loss_field.setText(number_text(Decimal(recipe.loss) / _PER_CENT, language, 1, trimmed=True))
        if recipe.work:
            self.work_field.setText(amount_text(recipe.work, language, plain=True))
        if recipe.shelf_days is not None:
            self.keeps_field.setText(str(recipe.shelf_days))
        if recipe.valid_from > self._session.today:
            self.day_field.setDate(QDate(recipe.valid_from.year, recipe.valid_from.month, recipe.valid_from.day))
        self._loaded = self.content
        self.retranslate(self._session.translator)

    @property
    def _currency(self) -> Currency:
        """That of the recipe, which may be another one than that of prices."""
        return self._session.settings.price if self.changing is None else self.changing.recipe.work.currency

    def follow_day(self) -> None:
        """A day that no one has chosen is today."""
        if self._day == self._usual_day and self._day != self._session.today:
            was_begun = self.is_begun
            self._put_day()
            if not was_begun:
                self._loaded = self.content

    def _put_day(self) -> None:
        self._usual_day = today = self._session.today
        self.day_field.setDate(QDate(today.year, today.month, today.day))

    @property
    def _day(self) -> date:
        day = self.day_field.date()
        return date(day.year(), day.month(), day.day())

    def begin(self) -> None:
        """Put the cursor into the field for goods."""
        self.search.begin()

    def take(self, product: Product, pieces: int) -> None:
        """Scanned or chosen goods: the first ones are what is made."""
        first = self.output.goods
        if not first or (self.changing is None and first[0].product.id == product.id):
            self.output.put(product, pieces)
            if not self.name_field.text().strip():
                self.name_field.setText(product.name_in(self._session.language)[:LONGEST_NAME])
        else:
            self.inputs.put(product, pieces)
        announce(self, product.name_in(self._session.language))

    def _chosen(self, product_id: int) -> None:
        find = self._session.shop.find
        self._session.run(lambda: find.by_id(product_id), lambda product: self.take(product, 1))

    def _nothing(self) -> None:
        session = self._session
        session.sounds.play(Sound.UNREAD)
        session.notify("workshop.none", lambda: Notice(Tone.NEARLY, session.translator("Nothing found"), seconds=8))

    def _goods_changed(self) -> None:
        self._wrong.say(None)
        self._say_next(self._session.translator)

    # ── submitting ───────────────────────────────────────────────────────────────────────────────────────────

    def submit(self) -> None:
        """Emit the draft, or the error in it."""
        self.clear_errors()
        try:
            self.requested.emit(self._read())
        except RuleBroken as error:
            self.wrong.emit(error)

    def _read(self) -> RecipeDraft:
        language, currency = self._session.language, self._currency
        outputs = self.output.read("output")
        if not outputs:
            raise BadField("output", "missing")
        inputs = self.inputs.read("inputs")
        if not inputs:
            raise BadField("inputs", "missing")
        name = self.name_field.text().strip()
        if not name:
            raise BadField("name", "missing")
        typed = self.loss_field.text().strip().rstrip("%").strip()
        loss = read_number(typed, language, digits=1, field="loss") * _PER_CENT if typed else Decimal(0)
        work = self.work_field.text().strip()
        keeps = self.keeps_field.text().strip()
        self.day_field.settle("valid_from")
        return RecipeDraft(
            name=name,
            output=outputs[0],
            inputs=inputs,
            loss=int(loss),
            work=read_amount(work, currency, language, field="work") if work else Money.zero(currency),
            shelf_days=read_count(keeps, language, field="shelf_days") if keeps else None,
            valid_from=self._day,
            number=None if self.changing is None else self.changing.recipe.number,
        )

    def complain(self, error: RuleBroken) -> None:
        """Show an error where it belongs: beneath its field, or beneath the goods."""
        rows: Mapping[str, FormRow] = {
            "name": self.name, "loss": self.loss, "work": self.work, "shelf_days": self.keeps,
            "valid_from": self.day,
        }  # fmt: skip
        field = str(error.facts().get("field", ""))
        if (row := rows.get(field)) is not None:
            named = replace(error, field=row.label.text()) if isinstance(error, BadField) else error
            complain_at(rows, field, lambda: self._session.wording(named))
            self._session.report_if_hidden(self, named)
            return
        if isinstance(error, BadField) and field.endswith(".quantity"):
            line = _LINE.match(field)
            part = self.output if line is None else self.inputs
            part.complain(0 if line is None else int(line[1]), error)
            return
        if isinstance(error, BadField):
            tr = self._session.translator
            name = tr("What is made") if field.startswith("output") else tr("Inputs")
            error = replace(error, field=name)
        said = error
        self._wrong.say(lambda: self._session.wording(said))
        self._session.report_if_hidden(self, said)
        self.search.begin()

    def clear_errors(self) -> None:
        """Clear all errors."""
        for row in (self.name, self.loss, self.work, self.keeps, self.day):
            row.excuse()
        for rows in (self.output, self.inputs):
            rows.clear_errors()
        self._wrong.say(None)

    # ── texts and layout ─────────────────────────────────────────────────────────────────────────────────────

    def retranslate(self, tr: Translator) -> None:
        """Show all texts in another language; typed values and choices stay."""
        if self.changing is None:
            self._title.setText(tr("New recipe"))
            self._hint.setText(tr("Batches are planned by it from its day on."))
        else:
            self._title.setText(tr("Change {recipe}", recipe=self.changing.recipe.document))
            self._hint.setText(tr("This is a new version. Batches that are planned keep theirs."))
        self._made.setText(tr("What is made"))
        self._of.setText(tr("What it is made of"))
        self.output.retranslate(tr)
        self.inputs.retranslate(tr)
        self.name.present(tr("Name of the recipe"))
        self.loss.present(tr("Usual loss, %"))
        self.loss_field.setPlaceholderText(tr("none"))
        self.work.present(tr("Cost of the work, {sign}", sign=currency_symbol(self._currency)))
        self.work_field.setPlaceholderText(tr("none"))
        self.keeps.present(tr("Days it keeps"))
        self.keeps_field.setPlaceholderText(tr("as inputs"))
        self.day.present(tr("In force from"))
        self.day_field.present(tr("In force from"), tr.language)
        self.button.present(tr("Save recipe"))
        self.back.present(tr("Back"))
        self._wrong.reword()
        self._say_next(tr)

    def _say_next(self, tr: Translator) -> None:
        has_output = bool(self.output.goods)
        placeholder = tr("Scan or search an input") if has_output else tr("Scan or search what is made")
        self.search.present(tr("Goods of the recipe"), placeholder, tr)
        self._made.setVisible(has_output)
        self._of.setVisible(bool(self.inputs.goods))

    def _lay_out(self) -> None:
        for field in (self.name_field, self.loss_field, self.work_field, self.keeps_field):
            field.setFixedHeight(Size.BUTTON)
        pairs = Cells(self.loss, self.work, self.keeps, self.day, least=_FIELD, most=2, gap=Space.S)
        scrolled = vbox(
            self._title, self._hint, self.search, self._wrong, self._made, self.output, self._of, self.inputs,
            self.name, pairs, Stretch(), spacing=Space.S, margins=0,
        )  # fmt: skip
        foot = QWidget()
        row = hbox(self.button, self.back, spacing=Space.S, margins=0, parent=foot)
        row.setStretch(0, 1)
        scroll_over(scrolled, foot, QMargins(Space.M, Space.M, Space.M, Space.M), self, Space.S)
