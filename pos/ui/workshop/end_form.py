"""The end of a batch: what was made of it and what was lost, or that it is cancelled. Nothing of it is a default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QDate, QMargins, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from pos.application.text.formatting import (
    amount_text,
    currency_symbol,
    date_text,
    money_text,
    number_text,
    pieces_text,
    read_amount,
    read_count,
)
from pos.application.text.names import STOCK_LOCATIONS, name_of
from pos.application.text.translator import Translator
from pos.application.text.typography import noted, paragraph, parted
from pos.application.workshop.batch_view import BatchView
from pos.application.workshop.end_batch import FinishDraft, GiveUpDraft
from pos.application.workshop.workshop_words import LOSSES
from pos.domain.errors import BadField, RuleBroken
from pos.domain.stock.stock import FLOOR, LONGEST_LOT, STORE_ROOM
from pos.domain.workshop.batch import FINISHED, check_last_day
from pos.ui.look.theme import Size, Space
from pos.ui.page.form_page import FormRow, complain_at
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.cards.verdict_line import VerdictLine
from pos.ui.widgets.drawing.cells import Cells
from pos.ui.widgets.drawing.layouts import Stretch, hbox, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.fields.combo_box import ComboBox
from pos.ui.widgets.fields.day_box import DateBox
from pos.ui.widgets.fields.enter_chain import EnterChain
from pos.ui.widgets.fields.input_hints import DIGITS, NUMBERS
from pos.ui.widgets.fields.scrolled_fields import scroll_over
from pos.ui.widgets.fields.sent_fields import content_of
from pos.ui.widgets.tables.choices import offer
from pos.ui.workshop.leftover_lines import BACK, LeftoverLines, leftover_text

_PLACES = (FLOOR, STORE_ROOM)
_FIELD = 152
"""The least width of a field with another one beside it."""


class EndForm(Surface):
    """`requested` carries a FinishDraft or a GiveUpDraft, `wrong` a RuleBroken of a typed value. `left`: the button
    beside; `changed`: another draft stands in the form.
    """

    requested = Signal(object)
    wrong = Signal(object)
    left = Signal()
    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(Ground.CARD)
        self._session = session
        self.view: BatchView | None = None
        self.finishes = True
        """Whether the batch is finished; else it is cancelled."""
        self._loaded: tuple[str, ...] = ()
        self._title = TextLabel(role=Role.TITLE, wrap=True)
        self._hint = TextLabel(role=Role.LABEL, wrap=True)
        self.warning = VerdictLine(session.theme)
        self.made_field, self.work_field, self.lot_field = QLineEdit(), QLineEdit(), QLineEdit()
        self.day_field, self.place_field, self.rest_field = DateBox("", QDate.currentDate()), ComboBox(), ComboBox()
        self.made, self.work, self.lot = FormRow(self.made_field), FormRow(self.work_field), FormRow(self.lot_field)
        self.day, self.place, self.rest = FormRow(self.day_field), FormRow(self.place_field), FormRow(self.rest_field)
        self.by_recipe = QCheckBox()
        self.by_recipe.setProperty("focus_ring", "self")  # one that is checked looks the same with the focus
        self.lines = LeftoverLines(session)
        self.button = IconButton(
            session.theme,
            icon="check",
            key=session.actions.key_text("workshop_next"),
            kind=ButtonKind.PRIMARY,
            height=Size.PRIMARY,
        )
        self.back = IconButton(session.theme, key="Esc", height=Size.PRIMARY)
        self.button.clicked.connect(self.submit)
        self.back.clicked.connect(self.left)
        self._prepare_fields()
        self._lay_out()

    def _prepare_fields(self) -> None:
        self.made_field.setInputMethodHints(DIGITS)
        self.work_field.setInputMethodHints(NUMBERS)
        for field, longest in ((self.made_field, 9), (self.work_field, 14), (self.lot_field, LONGEST_LOT)):
            field.setMaxLength(longest)
            field.textChanged.connect(self.changed)
        self.day_field.dateChanged.connect(self.changed)
        self.by_recipe.toggled.connect(self._use_recipe)
        for box in (self.place_field, self.rest_field):
            box.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.activated.connect(lambda _at: self.changed.emit())
        self.lines.changed.connect(self.follow_day)
        self.lines.changed.connect(self.changed)
        EnterChain(self, self._fields, self.lines.source)

    @property
    def _fields(self) -> tuple[QWidget, ...]:
        return (
            self.made_field, self.by_recipe, self.day_field, self.lot_field, self.place_field, self.work_field,
            self.rest_field,
        )  # fmt: skip

    # ── what stands in the form ──────────────────────────────────────────────────────────────────────────────

    def begin(self, view: BatchView, *, finishes: bool) -> None:
        """Begin with a batch: what was made of it, or that it is cancelled."""
        self.view, self.finishes = view, finishes
        for field in (self.made_field, self.work_field, self.lot_field):
            field.clear()
        for box in (self.place_field, self.rest_field):
            box.clear()
        self.lines.begin(view, lets_back=finishes)
        self.by_recipe.setChecked(True)
        self._put_day(self._usual or self._session.today)
        self.retranslate(self._session.translator)
        self.clear_errors()
        self._loaded = self.content
        first = self.made_field if finishes else self.rest_field
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_down(self) -> None:
        """Drop what is typed."""
        self.view = None
        self._loaded = ()
        self.clear_errors()

    @property
    def content(self) -> tuple[str, ...]:
        """What is typed and chosen now."""
        typed = content_of(field for field in self._fields if field is not self.day_field)
        day = "" if self.by_recipe.isChecked() else self._day.isoformat()
        return (*typed, day, *self.lines.content)

    @property
    def _day(self) -> date:
        day = self.day_field.date()
        return date(day.year(), day.month(), day.day())

    @property
    def is_begun(self) -> bool:
        """Whether anything is typed that is not recorded yet."""
        return self.view is not None and self.content != self._loaded

    @property
    def _usual(self) -> date | None:
        """The last day by the recipe, if the batch is finished today as it stands in the form; None: there is none."""
        lines = self.lines
        return None if self.view is None else self.view.last_day(self._session.today, lines.back, lines.lost)

    def follow_day(self) -> None:
        """The last day by the recipe counts from the day on which the batch is finished, and by what is left in it."""
        if self.by_recipe.isChecked() and self._usual is not None:
            self._put_day(self._usual)
        self._present_usual(self._session.translator)

    def _put_day(self, day: date) -> None:
        self.day_field.setDate(QDate(day.year, day.month, day.day))

    def _present_usual(self, tr: Translator) -> None:
        usual = tr("no last day") if self._usual is None else date_text(self._usual, tr.language)
        self.by_recipe.setText(tr("By the recipe: {day}", day=usual))

    def _use_recipe(self, on: bool) -> None:
        self.day_field.setEnabled(not on)
        self.follow_day()
        self.changed.emit()

    # ── submitting ───────────────────────────────────────────────────────────────────────────────────────────

    def submit(self) -> None:
        """Emit the draft, or the error in it. A line that is begun and not added is asked about first."""
        self.clear_errors()
        if self.view is None or self.lines.insist():
            return
        try:
            draft = self._read_finish(self.view) if self.finishes else self._read_cancel(self.view)
        except RuleBroken as error:
            self.wrong.emit(error)
            return
        self.requested.emit(draft)

    def _read_finish(self, view: BatchView) -> FinishDraft:
        language, price = self._session.translator.language, self._session.settings.price
        if not self.made_field.text().strip():
            raise BadField("made", "missing")
        made = read_count(self.made_field.text(), language, field="made")
        if not made:
            raise BadField("made", "not_positive", "0")
        expiry: date | None = None
        if not self.by_recipe.isChecked():
            self.day_field.settle("expiry")
            expiry = self._day
            check_last_day(expiry, self._session.today)
        typed = self.work_field.text().strip()
        work = read_amount(typed, price, language, field="work") if typed else None
        lines = self.lines.lines
        return FinishDraft(
            view.batch.number,
            made,
            expiry,
            self.lot_field.text().strip(),
            str(self.place_field.currentData() or ""),
            work,
            tuple(one.line for one in lines if one.fate == BACK),
            tuple(one.line for one in lines if one.fate != BACK),
        )

    def _read_cancel(self, view: BatchView) -> GiveUpDraft:
        rest = self.rest_field.currentData() or ""
        if not rest:
            raise BadField("rest", "missing")
        lost = tuple(one.line for one in self.lines.lines)
        return GiveUpDraft(view.batch.number, lost, "" if rest == BACK else rest)

    def complain(self, error: RuleBroken) -> None:
        """Show an error beneath its field, with the form's name of the field."""
        rows: Mapping[str, FormRow] = {
            "made": self.made, "expiry": self.day, "lot": self.lot, "place": self.place, "work": self.work,
            "rest": self.rest, "all_lost": self.rest,
        }  # fmt: skip
        field = "lot" if error.fact == "lot_taken" else str(error.facts().get("field", ""))
        row = rows.get(field)
        if row is None or row.isHidden():
            self._session.report(error)
            return
        named = replace(error, field=row.label.text()) if isinstance(error, BadField) else error
        complain_at(rows, field, lambda: self._session.wording(named))
        self._session.report_if_hidden(self, named)

    def clear_errors(self) -> None:
        """Clear all errors."""
        for row in (self.made, self.day, self.lot, self.place, self.work, self.rest):
            row.excuse()

    def question(self, key: str, tr: Translator) -> str:
        """What is about to be recorded, in words; `key` agrees."""
        view = self.view
        if view is None:
            return ""
        batch, language = view.batch, tr.language
        lines = parted(tr, [leftover_text(one, tr) for one in self.lines.lines])
        said = []
        if self.finishes:
            made = read_count(self.made_field.text(), language, field="made")
            said.append(
                tr(
                    "Finish {batch} with {made} of {planned}?",
                    batch=batch.document,
                    made=number_text(made, language),
                    planned=number_text(batch.planned, language),
                )
            )
        elif batch.state == FINISHED:
            said.append(
                tr(
                    "Cancel {batch}? Its output leaves stock again: {pieces}.",
                    batch=batch.document,
                    pieces=pieces_text(batch.made or 0, tr),
                )
            )
        else:
            said.append(tr("Cancel {batch}?", batch=batch.document))
        if lines:
            listing = tr("Not in the output: {lines}.", lines=lines)
            said.append(listing if self.finishes else tr("Lost: {lines}.", lines=lines))
        if self.finishes:
            said.append(self._last_day_text(tr))
        else:
            said.append(tr("Everything else: {fate}.", fate=self.rest_field.currentText()))
        said.append(tr("This cannot be undone. Press {key} again to confirm.", key=key))
        return paragraph(tr, said)

    def _last_day_text(self, tr: Translator) -> str:
        """The last day that the output gets; one that was typed beside that by the recipe, where it is later."""
        language, usual = tr.language, self._usual
        day = usual if self.by_recipe.isChecked() else self._day
        if day is None:
            return tr("It has no last day.")
        said = tr("Last day: {day}.", day=date_text(day, language))
        if usual is not None and day > usual:
            later = tr("That is later than by the recipe: {day}.", day=date_text(usual, language))
            return paragraph(tr, (said, later))
        return said

    # ── texts and layout ─────────────────────────────────────────────────────────────────────────────────────

    def retranslate(self, tr: Translator) -> None:
        """Show all texts in another language; typed values and choices stay."""
        view, language, settings = self.view, tr.language, self._session.settings
        document = "" if view is None else view.batch.document
        finishes = self.finishes
        title = tr("Finish {batch}", batch=document) if finishes else tr("Cancel {batch}", batch=document)
        self._title.setText(title)
        self._hint.setText("" if view is None else view.product.name_in(language))
        self.made.present(tr("Pieces made"))
        planned = "" if view is None else number_text(view.batch.planned, language)
        self.made_field.setPlaceholderText(tr("{n} planned", n=planned) if planned else "")
        self._present_usual(tr)
        self.day.present(tr("Last day"))
        self.day_field.present(tr("Last day"), language)
        self.lot.present(tr("Lot"))
        self.lot_field.setPlaceholderText(document)
        self.place.present(tr("Where"))
        chosen = self.place_field.currentData() or settings.receive_to
        offer(self.place_field, [(place, name_of(STOCK_LOCATIONS, place, tr)) for place in _PLACES], chosen)
        self.work.present(tr("Cost of the work, {sign}", sign=currency_symbol(settings.price)))
        if view is not None:
            work = view.batch.work
            amount = amount_text(work, language) if work.currency == settings.price else money_text(work, language)
            self.work_field.setPlaceholderText(tr("{n} planned", n=amount))
        self.rest.present(tr("Everything not listed below"))
        choices = [("", tr("choose")), (BACK, tr("returned to stock"))]
        choices += [(one, noted(tr, tr("all lost"), name_of(LOSSES, one, tr))) for one in LOSSES]
        offer(self.rest_field, choices, self.rest_field.currentData() or "")
        for row in (self.made, self.day, self.lot, self.place, self.work):
            row.setVisible(finishes)
        self.by_recipe.setVisible(finishes)
        self.rest.setVisible(not finishes)
        self.button.present(tr("Finish batch") if finishes else tr("Cancel batch"))
        self.back.present(tr("Back"))
        self.lines.retranslate(tr)
        self._present_warning(tr)

    def _present_warning(self, tr: Translator) -> None:
        view = self.view
        if view is None:
            self.warning.present("", "")
        elif self.finishes:
            hint = tr("The output comes into stock at the cost of what went in. This cannot be undone.")
            self.warning.present(tr("Enter what was really made"), hint, Tone.NEARLY)
        elif view.batch.state == FINISHED:
            hint = tr("Possible only while all of it is here. This cannot be undone.")
            self.warning.present(tr("The output leaves stock again"), hint, Tone.OVER)
        else:
            hint = tr("Say what becomes of its inputs. This cannot be undone.")
            self.warning.present(tr("Nothing comes of this batch"), hint, Tone.NEARLY)

    def _lay_out(self) -> None:
        for field in (self.made_field, self.work_field, self.lot_field, self.place_field, self.rest_field):
            field.setFixedHeight(Size.BUTTON)
        pairs = Cells(self.day, self.lot, self.place, self.work, least=_FIELD, most=2, gap=Space.S)
        scrolled = vbox(
            self._title, self._hint, self.warning, self.made, self.by_recipe, pairs, self.rest, self.lines, Stretch(),
            spacing=Space.S, margins=0,
        )  # fmt: skip
        foot = QWidget()
        row = hbox(self.button, self.back, spacing=Space.S, margins=0, parent=foot)
        row.setStretch(0, 1)
        scroll_over(scrolled, foot, QMargins(Space.M, Space.M, Space.M, Space.M), self, Space.S)
