"""Journal entries in pages, filtered by kind, person, till, time and words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from pos.application.ports.journal_ports import JournalEntry, JournalFilter, JournalPage
from pos.application.reports.journal_formatter import JournalFormatter
from pos.application.reports.journal_kinds import KIND_NAMES, events_of_kind, kind_of
from pos.application.reports.journal_tables import journal
from pos.application.tables.listing import Listing
from pos.application.text.formatting import instant_text, number_text
from pos.application.text.search_days import DayDoubt, days_in
from pos.application.text.translator import N_, Translator
from pos.domain.staff.staff import Person
from pos.ui.page.list_page import ListPage
from pos.ui.page.pager import PAGE, Pager
from pos.ui.reports.journal.entry_panel import ENTRY_WIDTH, EntryPanel
from pos.ui.session.session import Session
from pos.ui.widgets.tables.choices import Narrowing
from pos.ui.widgets.tables.columns import RowColumn
from pos.ui.widgets.tables.line_table import Cell, LineRow
from pos.ui.widgets.tables.periods import PERIODS, days_of

ICONS = {
    "sale": "shopping-cart",
    "return": "undo-2",
    "void": "trash-2",
    "parked": "pause",
    "cash": "wallet",
    "price": "tag",
    "rate": "arrow-right-left",
    "approval": "shield-check",
    "visitor": "id-card",
    "goods": "package",
    "stock": "layers",
    "staff": "users",
    "paper": "printer",
    "export": "download",
    "safe": "archive",
    "setting": "settings",
}
_COLUMNS = (RowColumn(share=1, least=300), RowColumn(150, drops=1, joins=True), RowColumn(132, drops=2))


class JournalPager(Pager):
    """Pages may be short with more to follow: the store searches a limited number of entries at a time."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, lambda one: one.id)
        self.goods: dict[str, Mapping[str, str]] = {}

    def rows_of(self, page: JournalPage) -> Sequence[Any]:
        """The entries of a page, whose names of goods are kept."""
        self.goods = {**self.goods, **page.goods}
        return page.entries

    def next_of(self, page: JournalPage) -> Any:
        return page.next


class JournalList(ListPage):
    """The list with the selected entry beside it."""

    beside_width = ENTRY_WIDTH

    newest_first = True

    def __init__(self, session: Session, hints: Sequence[tuple[str, Callable[[], None]]]) -> None:
        self.panel = EntryPanel(session)
        self._known = JournalPager(session)
        self.kinds = Narrowing(N_("Everything"), KIND_NAMES)
        self.people = Narrowing(N_("All staff"), {})
        self.periods = Narrowing(N_("All dates"), PERIODS)
        self.tills = Narrowing(N_("All tills"), {})
        self.boxes = (self.kinds, self.people, self.periods, self.tills)
        self.text = ""
        self.filters = JournalFilter()
        super().__init__(
            session, _COLUMNS, lambda one: one.id, [*self._hints_of(), *hints], self.panel, self.boxes,
            pager=self._known,
        )  # fmt: skip
        self.typed.connect(self.seek)
        for box in self.boxes:
            box.narrowed.connect(self.read)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._present_chosen())

    def turn(self) -> None:
        """Show or hide the recorded text of the selected entry."""
        self.panel.turn()

    def _hints_of(self) -> list[tuple[str, Callable[[], None]]]:
        names = ("journal_kind", "journal_person", "journal_period", "journal_till")
        return [(name, box.step) for name, box in zip(names, self.boxes, strict=True)]

    def _read_filter(self) -> JournalFilter:
        """Read the filter from the fields. Raises DayDoubt for a day that can be read in two ways."""
        zone = self.session.settings.zone
        days, rest = days_in(self.text, self.session.today)
        days = days or days_of(self.periods.key, self.session.today)
        since = None if days is None else datetime.combine(days.first, time(0), zone)
        until = None if days is None else datetime.combine(days.last, time(0), zone) + timedelta(days=1)
        events = events_of_kind(self.kinds.key)
        return JournalFilter(events, self.people.key, self.tills.key, since, until, rest)

    def listing(self) -> Listing:
        """The list as a table; after a refused search text, the entries shown before it."""
        return journal(self.session.shop.read_journal, self.filters, self.kinds.key)

    def seek(self, text: str) -> None:
        """Filter by these words."""
        self.text = text.strip()
        self.read()

    def read(self) -> None:
        """Ask for the first page of the current filter."""
        try:
            self.filters = self._read_filter()
        except DayDoubt as doubt:
            self.session.report(doubt)
            return
        filters, read = self.filters, self.session.shop.read_journal

        def ask(person: Person, after: Any) -> JournalPage:
            return read(filters, person, PAGE, after)

        self.pager.begin(ask, filters)

    def widen(self) -> None:
        """Reset the filter."""
        self.box.clear()
        for box in self.boxes:
            box.widen()
        self.seek("")

    def offer(self, people: dict[str, str], tills: Sequence[str]) -> None:
        """Offer these people and tills."""
        tr = self.session.translator
        self.people.let_choose(people, tr)
        self.tills.let_choose({till: till for till in tills}, tr)
        self.tills.setVisible(len(tills) > 1)

    def placeholder(self, tr: Translator) -> str:
        return tr("Receipt, code, reason or a day")

    def name_columns(self, tr: Translator) -> None:
        self.kinds.retranslate(tr, tr("Type"))
        self.people.retranslate(tr, tr("Person"))
        self.periods.retranslate(tr, tr("Period"))
        self.tills.retranslate(tr, tr("Till"))
        self.header.name(tr("Event"), tr("Who"), tr("When"))
        self.table.setAccessibleName(tr("Journal"))

    def row_of(self, one: JournalEntry, tr: Translator) -> LineRow:
        formatter, kind = self._formatter(tr), kind_of(one.event)
        till_and_number = f"{one.till} · {number_text(one.number, tr.language)}"
        when = instant_text(one.at, formatter.zone, tr.language)
        return LineRow(
            one.id,
            ICONS.get(kind, "info"),
            (
                Cell(formatter.sentence(one), tr(KIND_NAMES[kind]) if kind else one.event, bold=True),
                Cell(formatter.person(one.person)),
                Cell(when, till_and_number),
            ),
        )

    def say_empty(self, tr: Translator) -> None:
        self.empty.present("scroll", tr("No matching entries"), tr("Press Esc to show the whole journal."))

    def said(self, tr: Translator) -> str:
        self._present_chosen()
        return tr("Searching older entries…") if self.pager.is_searching else ""

    def _present_chosen(self) -> None:
        tr, chosen = self.session.translator, self.chosen
        is_other = chosen is not None and (self.panel.entry is None or self.panel.entry.id != chosen.id)
        self.panel.present(chosen, self._formatter(tr), tr)
        if is_other:
            self._ask_chain(chosen)

    def _ask_chain(self, entry: JournalEntry) -> None:
        read = self.session.shop.read_journal

        def show(holds: bool) -> None:
            self.panel.show_chain(entry, holds, self.session.translator)

        self.session.run_as(lambda person: read.is_whole(entry, person), show)

    def _formatter(self, tr: Translator) -> JournalFormatter:
        settings = self.session.settings
        return JournalFormatter(tr, settings.zone, settings.price, self.session.names, self._known.goods)
