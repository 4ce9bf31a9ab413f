"""The report of the workshop: yield, cost and losses of a period, by recipe and by reason."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QWidget

from pos.application.tables.listing import Listing
from pos.application.text.formatting import dates_text, money_text, number_text, percent_text, pieces_text
from pos.application.text.names import name_of
from pos.application.text.translator import N_, Translator
from pos.application.text.typography import listed
from pos.application.workshop.tables import report
from pos.application.workshop.workshop_report import WorkshopReport
from pos.application.workshop.workshop_words import LOSSES
from pos.domain.errors import RuleBroken
from pos.domain.money import Money, half_up
from pos.domain.workshop.report import RecipeFigures
from pos.ui.look.theme import Size, Space
from pos.ui.page.form_page import FormRow
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.key_hint import KeyHint
from pos.ui.widgets.cards.empty_state import EmptyState
from pos.ui.widgets.drawing.flow import Flow
from pos.ui.widgets.drawing.layouts import Stretch, Stretched, vbox
from pos.ui.widgets.drawing.see_through import Packed, SeeThrough
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.fields.day_box import DateBox
from pos.ui.widgets.tables.choices import Narrowing
from pos.ui.widgets.tables.figure_table import FigureCell, FigureTable
from pos.ui.widgets.tables.periods import PERIODS, days_of

_ASKED = "asked"
_NONE = FigureCell("–")


class ReportPage(QWidget):
    """Of the last 31 days first; other days are chosen or typed. `failed` carries a refusal."""

    failed = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._question = 0
        self.found: WorkshopReport | None = None
        self.period = Narrowing(N_("Chosen days"), PERIODS)
        self.period.setCurrentIndex(self.period.findData("month"))
        self.period.narrowed.connect(self._choose)
        self.days_of_period = FormRow(self.period)
        self.first_day, self.last_day = DateBox("", QDate.currentDate()), DateBox("", QDate.currentDate())
        self.first, self.last = FormRow(self.first_day), FormRow(self.last_day)
        for box in (self.first_day, self.last_day):
            box.setFixedHeight(Size.SMALL_BUTTON)
            box.dateChanged.connect(lambda _day: self._typed())
        self._days = TextLabel(role=Role.STRONG, wrap=True)
        self._process = TextLabel(role=Role.LABEL, wrap=True)
        self.recipes, self.losses = FigureTable(), FigureTable()
        self.empty = EmptyState(session.theme)
        self._hint = KeyHint(session.theme, session.actions.key_text("save_table"), "")
        self._is_setting = False
        self._put()
        self._lay_out()

    @property
    def save_hint(self) -> KeyHint:
        """The button that saves the report."""
        return self._hint

    def _put(self) -> None:
        """Show the days of the chosen period."""
        days = days_of(self.period.key, self.session.today)
        if days is None:
            return
        self._is_setting = True
        for box, day in ((self.first_day, days.first), (self.last_day, days.last)):
            box.setDate(QDate(day.year, day.month, day.day))
        self._is_setting = False

    def _choose(self) -> None:
        self._put()
        self.read()

    def _typed(self) -> None:
        if not self._is_setting:
            self.period.widen()
            self.read()

    def follow_day(self) -> None:
        """A period that was chosen ends today."""
        self._put()
        self.read()

    @property
    def days(self) -> tuple[date, date]:
        """The days on show."""
        first, last = (box.date() for box in (self.first_day, self.last_day))
        return date(first.year(), first.month(), first.day()), date(last.year(), last.month(), last.day())

    def read(self) -> None:
        """Read the report of the days on show."""
        self._question += 1
        question, step, (first, last) = self._question, self.session.shop.workshop.report, self.days
        if first > last:
            self.last.complain(lambda: self.session.translator("The last day is before the first."))
            return
        self.last.excuse()
        if self.found is not None and not self.empty.isHidden():  # that there was nothing is no answer to this
            self.found = None
            self._present()

        def taken(found: WorkshopReport) -> None:
            if question == self._question:
                self.found = found
                self._present()

        def refused(error: Exception) -> None:
            if question == self._question:
                self.found = None
                self._present()
                if isinstance(error, RuleBroken):
                    self.failed.emit(error)

        self.session.run_as(lambda person: step(person, first, last), taken, refused)

    def listing(self) -> Listing:
        """The report as tables."""
        return report(self.session.shop.workshop.report, *self.days)

    # ── presentation ─────────────────────────────────────────────────────────────────────────────────────────

    def retranslate(self, tr: Translator) -> None:
        """Show everything in another language."""
        self.days_of_period.present(tr("Period"))
        self.period.retranslate(tr, tr("Period"))
        self.first.present(tr("First day"))
        self.last.present(tr.context("report", "Last day"))
        for row, box in ((self.first, self.first_day), (self.last, self.last_day)):
            box.present(row.label.text(), tr.language)
        self._hint.present(self.session.actions.key_text("save_table"), self.session.actions.text("save_table", tr))
        self._present()

    def _present(self) -> None:
        tr, found = self.session.translator, self.found
        nothing = found is None or not (found.figures.recipes or found.figures.losses)
        self.empty.setVisible(nothing and found is not None)
        for table in (self.recipes, self.losses):
            table.setVisible(not nothing)
        self.empty.present("chart-column", tr("No batch ended in these days"), tr("Choose other days."))
        self._days.setText("" if found is None else dates_text(found.first, found.last, tr.language))
        self._process.setText("" if found is None else self._in_process(found, tr))
        if found is None:
            return
        heads = (
            tr("Recipe"), tr("Finished"), tr("Cancelled"), tr("Pieces planned"), tr("Pieces made"), tr("Yield"),
            tr("Inputs"), tr("Work"), tr("Cost"), tr("Unit cost"), tr("Inputs lost"), tr("Cost of losses"),
        )  # fmt: skip
        rows = [self._row(one, found, tr) for one in found.figures.recipes]
        self.recipes.present(tr("By recipe"), heads, rows)
        losses = [
            (
                FigureCell(name_of(LOSSES, one.reason, tr)),
                FigureCell(number_text(one.pieces, tr.language)),
                self._money(one.cost, found, tr),
            )
            for one in found.figures.losses
        ]
        note = "" if losses else tr("Nothing was lost by a stated reason.")
        self.losses.present(tr("Losses"), (tr("Reason"), tr("Pieces"), tr("Cost")) if losses else (), losses, note)

    def _in_process(self, found: WorkshopReport, tr: Translator) -> str:
        figures = found.figures
        if not figures.started:
            return tr("No batch is in process now.")
        cost = "" if figures.process_cost is None else money_text(Money(figures.process_cost, found.price), tr.language)
        n = number_text(figures.started, tr.language)
        started = tr.plural("{n} batch is in process now", "{n} batches are in process now", figures.started, n=n)
        return listed(tr, [started, pieces_text(figures.in_process, tr), cost])

    def _row(self, one: RecipeFigures, found: WorkshopReport, tr: Translator) -> tuple[FigureCell, ...]:
        language = tr.language

        def count(pieces: int) -> FigureCell:
            return FigureCell(number_text(pieces, language)) if pieces else _NONE

        achieved = _NONE if one.achieved is None else FigureCell(percent_text(one.achieved * 100, language, 1))
        each = _NONE if one.each is None else self._money(half_up(one.each), found, tr)
        return (
            FigureCell(found.names[one.recipe], bold=True),
            count(one.finished),
            count(one.given_up),
            count(one.planned),
            count(one.made),
            achieved,
            self._money(one.inputs, found, tr),
            self._money(one.work, found, tr),
            self._money(one.cost, found, tr, bold=True),
            each,
            count(one.lost),
            self._money(one.lost_cost, found, tr),
        )

    def _money(
        self, minor: int | Fraction | None, found: WorkshopReport, tr: Translator, *, bold: bool = False
    ) -> FigureCell:
        if minor is None:
            return FigureCell(tr("unknown"))
        return FigureCell(money_text(Money(int(minor), found.price), tr.language), bold) if minor else _NONE

    def _lay_out(self) -> None:
        self.period.setFixedHeight(Size.SMALL_BUTTON)
        head = Flow(self.days_of_period, self.first, self.last, spacing=Space.M)
        column = vbox(
            self._days, self._process, self.recipes, self.losses, self.empty, Stretch(), spacing=Space.M, margins=0
        )
        keys = Flow(self._hint, spacing=Space.XS)
        vbox(
            head, Stretched(SeeThrough(Packed(column))), keys, spacing=Space.S,
            margins=(Space.L, Space.S, Space.L, Space.S), parent=self,
        )  # fmt: skip
