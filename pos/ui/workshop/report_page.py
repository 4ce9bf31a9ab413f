"""The report of the workshop: yield, cost and losses of a period, by recipe and by reason."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos.application.tables.listing import Listing
from pos.application.text.formatting import dates_text, money_text, number_text, percent_text, pieces_text
from pos.application.text.names import name_of
from pos.application.text.translator import Translator
from pos.application.text.typography import listed
from pos.application.workshop.tables import report
from pos.application.workshop.workshop_report import WorkshopReport
from pos.application.workshop.workshop_words import LOSSES
from pos.domain.errors import RuleBroken
from pos.domain.money import Money, half_up
from pos.domain.workshop.report import RecipeFigures
from pos.ui.look.theme import Space
from pos.ui.page.report_days import ReportDays
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.key_hint import KeyHint
from pos.ui.widgets.cards.empty_state import EmptyState
from pos.ui.widgets.drawing.flow import Flow
from pos.ui.widgets.drawing.layouts import Stretch, Stretched, vbox
from pos.ui.widgets.drawing.see_through import Packed, SeeThrough
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.tables.figure_table import FigureCell, FigureTable

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
        self.days = ReportDays(session)
        self.days.chosen.connect(self.read)
        self._days = TextLabel(role=Role.STRONG, wrap=True)
        self._process = TextLabel(role=Role.LABEL, wrap=True)
        self.recipes, self.losses = FigureTable(), FigureTable()
        self.empty = EmptyState(session.theme)
        self._hint = KeyHint(session.theme, session.actions.key_text("save_table"), "")
        self._lay_out()

    @property
    def save_hint(self) -> KeyHint:
        """The button that saves the report."""
        return self._hint

    def follow_day(self) -> None:
        """A period that was chosen ends today."""
        self.days.follow_day()
        self.read()

    def read(self) -> None:
        """Read the report of the days on show."""
        self._question += 1
        question, step, (first, last) = self._question, self.session.shop.workshop.report, self.days.first_and_last
        if not self.days.are_in_order():
            return
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
        return report(self.session.shop.workshop.report, *self.days.first_and_last)

    # ── presentation ─────────────────────────────────────────────────────────────────────────────────────────

    def retranslate(self, tr: Translator) -> None:
        """Show everything in another language."""
        self.days.retranslate(tr)
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
        column = vbox(
            self._days, self._process, self.recipes, self.losses, self.empty, Stretch(), spacing=Space.M, margins=0
        )
        keys = Flow(self._hint, spacing=Space.XS)
        vbox(
            self.days, Stretched(SeeThrough(Packed(column))), keys, spacing=Space.S,
            margins=(Space.L, Space.S, Space.L, Space.S), parent=self,
        )  # fmt: skip
