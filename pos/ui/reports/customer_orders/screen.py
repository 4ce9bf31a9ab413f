"""The report of customer orders: by channel, by hour, those that were not picked up in time, and deposits."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from PySide6.QtWidgets import QWidget

from pos.application.pickup.pickup_report import PickupReport
from pos.application.pickup.tables import report
from pos.application.tables.listing import Listing, ListReader
from pos.application.text.translator import Translator
from pos.domain.errors import RuleBroken
from pos.ui.input.actions import ORDER_REPORT
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Space
from pos.ui.page.report_days import ReportDays
from pos.ui.page.save_table import TableSaver
from pos.ui.page.screen import Screen
from pos.ui.reports.customer_orders.words import ShownTable, about_text, shown_tables
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.key_hint import KeyHint
from pos.ui.widgets.cards.empty_state import EmptyState
from pos.ui.widgets.drawing.flow import Flow
from pos.ui.widgets.drawing.layouts import Stretch, Stretched, vbox
from pos.ui.widgets.drawing.see_through import Packed, SeeThrough
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.tables.figure_table import FigureTable

_TABLES = 5
"""By channel, by hour, no-shows, deposits, and what is left of them."""


class OrderReportScreen(Screen):
    """Of the last 31 days first; other days are chosen or typed. The saved file has all no-shows."""

    screen_id = ORDER_REPORT
    rail = ORDER_REPORT

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._question = 0
        self.found: PickupReport | None = None
        """What is on show; None before it is known."""
        self._title = TextLabel(role=Role.SECTION)
        self.days = ReportDays(session)
        self.days.chosen.connect(self.read)
        self._about = TextLabel(role=Role.STRONG, wrap=True)
        self.tables = [FigureTable() for _ in range(_TABLES)]
        self.empty = EmptyState(session.theme)
        saver = TableSaver(self, self._listing)
        self._hint = KeyHint(session.theme, session.actions.key_text("save_table"), "")
        self._hint.clicked.connect(saver.save)
        self.key_handlers["order_report_days"] = self.days.period.step
        self._lay_out()
        self.retranslate(session.translator)

    def entered(self) -> None:
        self.read()
        self.days.begin()

    def follow_day(self) -> None:
        self.days.follow_day()
        self.read()

    def retranslate(self, tr: Translator) -> None:
        self._title.setText(tr("Report of customer orders"))
        self.days.retranslate(tr)
        self._hint.present(self.session.actions.key_text("save_table"), self.session.actions.text("save_table", tr))
        self._present()

    def read(self) -> None:
        """Read the report of the days on show; what was on show before is no answer to this, and goes."""
        self._question += 1
        question, step, (first, last) = self._question, self.session.shop.pickup.report, self.days.first_and_last
        self._take(None)
        if not self.days.are_in_order():
            return

        def taken(found: PickupReport) -> None:
            if question == self._question:
                self._take(found)

        def refused(error: Exception) -> None:
            if question != self._question:
                return
            self._take(None)
            if isinstance(error, RuleBroken):
                self.session.sounds.play(Sound.REFUSE)
                self.session.report_foreseen(error)

        self.session.run_as(lambda person: step(person, first, last), taken, refused)

    def _take(self, found: PickupReport | None) -> None:
        self.found = found
        self._present()

    def _listing(self) -> Listing | None:
        """The report of the days on show as tables; None before it is known."""
        found, step = self.found, self.session.shop.pickup.report
        return None if found is None else report(step, found.first, found.last)

    # ── presentation ─────────────────────────────────────────────────────────────────────────────────────────

    def _present(self) -> None:
        tr, found = self.translator, self.found
        is_empty = found is not None and not (found.by_channel or found.no_shows or found.deposits or found.owed)
        self.empty.present("shopping-bag", tr("No customer order in these days"), tr("Choose other days."))
        self.empty.setVisible(is_empty)
        self._about.setText("" if found is None else about_text(found, tr))
        person, session = self.session.person, self.session
        tables: Sequence[ShownTable] = ()
        if found is not None and person is not None and not is_empty:
            reader = ListReader(person, tr, session.settings, session.shop.now(), session.names)
            tables = shown_tables(found, reader)
        for table, said in zip_longest(self.tables, tables):
            table.setVisible(said is not None)
            if said is not None:
                table.present(said.title, said.heads, said.rows, said.note)

    def _lay_out(self) -> None:
        column = vbox(
            self._about, *self.tables, self.empty, Stretch(), spacing=Space.M, margins=0,
        )  # fmt: skip
        vbox(
            self._title, self.days, Stretched(SeeThrough(Packed(column))), Flow(self._hint, spacing=Space.XS),
            spacing=Space.S, margins=(Space.L, Space.M, Space.L, Space.S), parent=self,
        )  # fmt: skip
