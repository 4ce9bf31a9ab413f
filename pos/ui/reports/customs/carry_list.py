"""The list of carry-outs with a detail panel, filtered by regime, days and words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pos.application.reports.export_customs import CarryOut
from pos.application.text.formatting import number_text
from pos.application.text.translator import N_, Translator
from pos.ui.look.theme import Space
from pos.ui.page.list_page import ListPage
from pos.ui.page.pager import Pager
from pos.ui.reports.customs.carry_words import CarrySums, is_about, row_of, sums_text, text_of
from pos.ui.session.session import Session
from pos.ui.widgets.drawing.layouts import Stretched, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.tables.choices import Narrowing
from pos.ui.widgets.tables.columns import RowColumn
from pos.ui.widgets.tables.line_table import LineRow
from pos.ui.widgets.tables.periods import PERIODS
from pos.ui.widgets.tables.rows_area import RowsArea

MOST_SHOWN = 500
_COLUMNS = (
    RowColumn(share=1),
    RowColumn(168, drops=1),
    RowColumn(184, right=True, drops=2),
    RowColumn(120, right=True),
)
_WIDE = 372


class PagedLines(Pager):
    """A paged list whose rows are all loaded."""

    def hold(self, rows: Sequence[CarryOut], *, is_answered: bool) -> None:
        """Show these rows."""
        self.rows, self.is_answered = list(rows), is_answered
        self.changed.emit()


class CarryPanel(Surface):
    """The details of the selected carry-out."""

    def __init__(self) -> None:
        super().__init__(Ground.CARD)
        self._title = TextLabel(role=Role.TITLE, wrap=True)
        self._about = TextLabel(role=Role.LABEL, wrap=True)
        self._area = RowsArea()
        vbox(
            self._title,
            self._about,
            Stretched(self._area),
            spacing=Space.S,
            margins=(Space.M, Space.M, Space.S, Space.M),
            parent=self,
        )

    @property
    def texts(self) -> list[str]:
        """The text of each row."""
        return [self._title.text(), *self._about.text().split("\n"), *self._area.texts]

    def present(self, one: CarryOut | None, titles: Mapping[str, str], session: Session) -> None:
        """Show a carry-out; nothing for None."""
        self.setVisible(one is not None)
        if one is None:
            self._area.present(())
            return
        text = text_of(one, titles, session.settings.zone, session.translator)
        self._title.setText(text.title)
        self._about.setText(text.about)
        self._area.present((text.goods, text.sums))
        for part in (self, self._area):
            part.setAccessibleName(text.title)


class CarryList(ListPage):
    """All carry-outs of the days read so far; the search text filters them into `found`."""

    seeks_while_typed = True
    beside_width = _WIDE

    def __init__(self, session: Session, hints: Sequence[tuple[str, Callable[[], None]]]) -> None:
        self.panel = CarryPanel()
        self.regimes = Narrowing(N_("All rules"), {})
        self.periods = Narrowing(N_("Today"), {key: text for key, text in PERIODS.items() if key != "today"})
        self.titles: Mapping[str, str] = {}
        self.text = ""
        self.reading = ""
        self._made: list[CarryOut] = []
        self._sums = CarrySums()
        self._filtered: Sequence[CarryOut] = ()
        self._filtered_sums = CarrySums()
        self._is_answered = False
        self._question = 0
        self.held = PagedLines(session, lambda one: one)
        boxes = (self.regimes, self.periods)
        self.periods.setCurrentIndex(self.periods.findData("week"))
        steps = [("customs_regime", self.regimes.step), ("customs_period", self.periods.step), *hints]
        super().__init__(session, _COLUMNS, lambda one: one, steps, self.panel, boxes, pager=self.held)
        self.box.typed.connect(self.seek)
        self.typed.connect(self.seek)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._present_chosen())

    @property
    def carry_outs(self) -> Sequence[CarryOut]:
        """The filtered carry-outs, including those beyond the row limit."""
        return self._filtered

    def begin(self) -> None:
        """Clear the list: other carry-outs are being loaded, or the user has left."""
        self._made, self._sums, self._is_answered = [], CarrySums(), False
        self._keep()

    def add(self, carried: Sequence[CarryOut], sums: CarrySums, *, is_answered: bool) -> None:
        """Add a further day; `sums` are the sums of all days so far."""
        self._made.extend(carried)
        self._sums, self._is_answered = sums, is_answered
        if is_answered or len(self.held.rows) < MOST_SHOWN:
            self._keep()
        else:
            self.present_summary()  # the row limit is reached

    def seek(self, text: str) -> None:
        """Filter by these words."""
        self.text = text.strip()
        self._keep()

    def present_summary(self) -> None:
        """Show the reading progress and the sums again."""
        text = self.said(self.session.translator)
        self.summary.setText(text)
        self.summary.setVisible(bool(text))

    def offer(self, titles: Mapping[str, str], in_use: Sequence[str]) -> None:
        """Offer the regimes `in_use`; `titles` are the names of all regimes."""
        self.titles = titles
        self.regimes.let_choose({name: titles.get(name, name) for name in in_use}, self.session.translator)

    def placeholder(self, tr: Translator) -> str:
        return tr("Receipt, product, code or last document digits")

    def name_columns(self, tr: Translator) -> None:
        self.regimes.retranslate(tr, tr("Rules"))
        self.periods.retranslate(tr, tr("Days"))
        self.header.name(tr("Visitor"), tr("Day"), tr("Pieces"), tr("Value"))
        self.table.setAccessibleName(tr("Goods taken out by visitors"))

    def row_of(self, one: Any, tr: Translator) -> LineRow:
        return row_of(one, self.titles, tr)

    def say_empty(self, tr: Translator) -> None:
        if self._made:
            title, advice = tr("No matching goods"), tr("Press Esc to show all.")
        else:
            title, advice = tr("No goods taken out on these days"), tr("Choose other days or other rules.")
            if self.regimes.key:
                title = tr("No goods taken out on these days under these rules")
        self.empty.present("id-card", title, advice)

    def said(self, tr: Translator) -> str:
        self._present_chosen()
        if self.reading:
            return self.reading
        text = sums_text(self._filtered_sums, tr)
        if len(self._filtered) > MOST_SHOWN:
            shown = number_text(MOST_SHOWN, tr.language)
            text += "  " + tr("Only the newest {count} are shown. The file contains all.", count=shown)
        return text

    def _keep(self) -> None:
        """Show all rows, or filter on a background thread; late results are dropped."""
        self._question += 1
        question, made, text = self._question, tuple(self._made), self.text
        if not text:
            self._take(self._made, self._sums)
            return

        def call() -> tuple[Sequence[CarryOut], CarrySums]:
            matching = [one for one in made if is_about(one, text)]
            return matching, CarrySums().plus(matching)

        def taken(answer: tuple[Sequence[CarryOut], CarrySums]) -> None:
            if question == self._question:
                self._take(*answer)

        self.session.think(call, taken, self.session.report_foreseen)

    def _take(self, matching: Sequence[CarryOut], sums: CarrySums) -> None:
        self._filtered, self._filtered_sums = matching, sums
        self.held.hold(matching[:MOST_SHOWN], is_answered=self._is_answered)

    def _present_chosen(self) -> None:
        self.panel.present(self.chosen, self.titles, self.session)
