"""Price labels: outdated labels, products without a label, and products scanned by the clerk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos.application.pricing.label_queue import DueLabel, DuePage
from pos.application.pricing.print_labels import LabelPicture, PrintedLabels
from pos.application.pricing.tables import chosen_labels, due_labels
from pos.application.tables.listing import Listing
from pos.application.text.formatting import number_text
from pos.application.text.translator import Translator
from pos.application.text.typography import listed, paragraph
from pos.domain.pricing.label import MOST_COPIES
from pos.domain.staff.staff import Person
from pos.ui.input.actions import LABELS
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Space
from pos.ui.page.save_table import TableSaver
from pos.ui.page.screen import Screen
from pos.ui.pricing.labels.label_rows import LabelHeader, LabelModel, LabelTable, with_labels, without_labels
from pos.ui.pricing.labels.label_search import LabelSearch, is_receipt_paper
from pos.ui.pricing.labels.print_panel import ON_HAND, ONE, SHEETS, PrintPanel
from pos.ui.pricing.labels.row_steps import LabelRowOperations
from pos.ui.session.on_the_way import OnTheWay
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.segmented import Segment, Segmented
from pos.ui.widgets.cards.empty_state import EmptyState
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.layouts import Stretched, vbox
from pos.ui.widgets.drawing.main_and_side import MainAndSide
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.tables.rows_or_empty import RowsOrEmpty

T = TypeVar("T")
CHANGED, NEW, CHOSEN = "changed", "new", "chosen"
_LISTS = (CHANGED, NEW, CHOSEN)
_PAGE = 100
_MOST_SHOWN = 2_000
_PICTURE_DPI = 220
_REST_MS = 250


class LabelsScreen(Screen):
    """Three lists; the one on show is printed as it is. A scan is added to the chosen labels from any list."""

    screen_id = LABELS
    takes_scans = True

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._which = CHANGED
        self._chosen: list[DueLabel] = []
        self._next: int | None = None
        self._question = self._requested_picture = 0
        self._finding = OnTheWay(session)
        self._is_loading = self._is_answered = self._is_printing = False
        self._paper, self._start, self._copies = "a4", 1, ONE
        self._rest = QTimer(self)  # the preview is drawn once the selection stays still
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._draw)
        self.search = LabelSearch(session, self)
        self.search.product.connect(self._take_product)
        self.search.receipt.connect(self._ask_receipt)
        self.search.nothing.connect(self._report_unknown)
        self.search.stepped.connect(self._step)
        self.lists = Segmented(session.theme, "")
        self.lists.chosen.connect(self.choose)
        self.rows = LabelModel(self)
        self.table = LabelTable(session.theme, self.rows)
        self.table.more.connect(self._change_copies)
        self.table.sideways.connect(self._choose_beside)
        self.table.wants_more.connect(self._load_more)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._rest.start())
        self._header = LabelHeader(session.theme, self.table)
        self.empty = EmptyState(session.theme)
        self.empty.action_pressed.connect(self.search.begin)
        self.panel = PrintPanel(session)
        self.panel.paper_chosen.connect(self._choose_paper)
        self.panel.copies_chosen.connect(self._choose_copies)
        self.panel.started.connect(self._begin_at)
        self.panel.requested.connect(self.print_now)
        self.row_steps = LabelRowOperations(session, self.rows, self.table)
        self.row_steps.turned.connect(self._turn_chosen)
        self.row_steps.changed.connect(self._changed_by_hand)
        self.key_handlers = {
            **self.row_steps.key_handlers,
            "find_label": self.search.begin,
            "print_labels": self.print_now,
            "label_paper": self._next_paper,
            "label_copies": lambda: self._choose_copies(ONE if self._copies == ON_HAND else ON_HAND),
            "drop_label": self._drop,
            "back": self._back,
        }
        TableSaver(self, self._listing)
        self._lay_out()

    # ── calls from the window ────────────────────────────────────────────────────────────────────────────────

    def entered(self) -> None:
        """Refresh, because others may have changed a price meanwhile."""
        self.choose(self._which)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def follow_day(self) -> None:
        self.choose(self._which)  # a price or a promotion may begin or end with the day

    def left(self) -> None:
        self.search.close_down()

    def retranslate(self, tr: Translator) -> None:
        self.search.retranslate(tr)
        self.lists.setAccessibleName(tr("Which labels"))
        self.table.setAccessibleName(tr("Labels"))
        self._header.retranslate(tr)
        self.rows.speak(tr)
        self.panel.retranslate(tr)
        self.row_steps.retranslate(tr)
        if 0 <= self.table.current_row < self.rows.rowCount():
            self.panel.name_label(self.rows.text(self.table.current_row).spoken)
        self._present()

    def scanned(self, text: str) -> None:
        """Add one label of these goods, or those of a goods receipt by the code on its paper."""
        self.search.close_down()
        if is_receipt_paper(text):
            self._ask_receipt(text.strip())
            return
        labels = self.session.shop.list_labels
        self._find(lambda person: labels.of_code(text, person), self._take)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What is typed outside the field is searched."""
        if event.text().isalnum() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.search.type(event.text())
        else:
            super().keyPressEvent(event)

    # ── the lists ────────────────────────────────────────────────────────────────────────────────────────────

    def choose(self, which: str) -> None:
        """Show the list `which` from its beginning."""
        self._which = which
        self._question += 1
        self._next = None
        if which == CHOSEN:
            self._is_answered, self._is_loading = True, False
            self.rows.present(self._chosen)
            self._renew()
        else:
            self._is_answered = False
            self.rows.present(())
            self._ask(0)
        self.table.choose(0)
        self._present()

    def _renew(self) -> None:
        """Prices and names of the chosen labels may have changed since they were scanned."""
        asked, labels = tuple(self._chosen), self.session.shop.list_labels

        def renewed(now: Sequence[DueLabel]) -> None:
            if tuple(now) == asked:
                return
            fresh = {due.key: due for due in now}
            self._chosen = [replace(fresh.get(due.key, due), copies=due.copies, came=due.came) for due in self._chosen]
            if self._which == CHOSEN:
                index = self.table.current_row
                self.rows.present(self._chosen)
                self.table.choose(index)
                self._rest.start()
                self._present()

        if asked:
            self.session.run_as(lambda person: labels.renewed(asked, person), renewed, self._failed)

    def _listing(self) -> Listing:
        if self._which == CHOSEN:
            return chosen_labels(tuple(self._chosen))
        page_of = self.session.shop.list_labels
        step = page_of.changed if self._which == CHANGED else page_of.new
        return due_labels(lambda reader, after: step(reader.person, after, _PAGE), self._which)

    def _ask(self, after: int) -> None:
        question, which, labels = self._question, self._which, self.session.shop.list_labels
        self._is_loading = True
        page_of = labels.changed if which == CHANGED else labels.new
        self.session.run_as(
            lambda person: page_of(person, after, _PAGE), lambda page: self._answer(question, page), self._failed
        )

    def _answer(self, question: int, page: DuePage) -> None:
        if question != self._question:
            return
        self._is_loading, self._is_answered, self._next = False, True, page.next
        self.rows.append([self._with_options(due) for due in page.labels])
        if not self.table.currentIndex().isValid():
            self.table.choose(0)
        if not page.labels and page.next is not None:
            self._load_more()
        self._present()
        self.table.look_ahead()

    def _load_more(self) -> None:
        if not self._is_loading and self._next is not None and self.rows.rowCount() < _MOST_SHOWN:
            self._ask(self._next)

    def _failed(self, error: Exception) -> None:
        self._is_loading = False
        self.session.report_foreseen(error)

    def _step(self, rows: int) -> None:
        self.table.choose(self.table.current_row + rows)

    def _choose_beside(self, step: int) -> None:
        index = _LISTS.index(self._which) + step
        if 0 <= index < len(_LISTS):
            self.choose(_LISTS[index])

    # ── labels added by the clerk ────────────────────────────────────────────────────────────────────────────

    def _ask_receipt(self, number: str) -> None:
        labels, lots = self.session.shop.list_labels, self.row_steps.names_lots
        self._find(lambda person: labels.of_receipt(number, person, lots=lots), self._take_receipt)

    def add_batch(self, number: int) -> None:
        """Add the labels of what a batch of the workshop made: one a piece, with its lot and last day."""
        batches = self.session.shop.workshop.batches
        self._find(lambda person: batches.labels(person, number), self._take_receipt)

    def _take_product(self, product_id: int) -> None:
        self.search.close_down()
        labels = self.session.shop.list_labels
        self._find(lambda person: labels.of_product(product_id, person), self._take)

    def _find(self, call: Callable[[Person], T], take: Callable[[T], None]) -> None:
        """Look up what is added to the chosen labels; until then no key takes the rows on show for them."""
        person = self.session.person
        if person is not None:
            self._finding.run(lambda: call(person), take, self._not_taken)

    def _take(self, due: DueLabel) -> None:
        self._add([self._with_options(due)])

    def _take_receipt(self, receipt_labels: Sequence[DueLabel]) -> None:
        self._add(receipt_labels)

    def _add(self, labels: Sequence[DueLabel]) -> None:
        """Add labels to the chosen ones; another list, or a text that is typed by now, stays on show."""
        self.session.sounds.play(Sound.ACCEPT)
        if self.session.is_awaited:
            self.search.leave()
            if self._which != CHOSEN:
                self.choose(CHOSEN)
        if self._which == CHOSEN:
            index = 0
            for due in labels:
                index = self.rows.put(due)
            self._keep(index)
        else:
            self._chosen = with_labels(self._chosen, labels)
            self._present()

    def _keep(self, index: int) -> None:
        self._chosen = list(self.rows.rows)
        self.table.choose(index)
        self._rest.start()
        self._present()

    def _not_taken(self, error: Exception) -> None:
        self.session.sounds.play(Sound.UNREAD)
        self.session.report_foreseen(error)

    def _report_unknown(self) -> None:
        self.session.sounds.play(Sound.UNREAD)
        self.session.notify("label.none", lambda: Notice(Tone.NEARLY, self.translator("Nothing found"), seconds=8))

    def _with_options(self, due: DueLabel) -> DueLabel:
        due = self.row_steps.dressed(due)
        copies = min(due.on_shelf, MOST_COPIES) if self._copies == ON_HAND else due.copies
        return replace(due, copies=copies)

    def _change_copies(self, by: int) -> None:
        index = self.table.current_row
        if 0 <= index < self.rows.rowCount() and not self._finding.is_behind():
            self.rows.set_copies(index, self.rows.rows[index].copies + by)
            self._changed_by_hand()

    def _drop(self) -> None:
        """Remove a label; on a computed list it reappears when the page is entered again."""
        index = self.table.current_row
        if self.table.hasFocus() and 0 <= index < self.rows.rowCount() and not self._finding.is_behind():
            self.rows.remove(index)
            self.table.choose(index)
            self._changed_by_hand()

    def _turn_chosen(self) -> None:
        """The chosen labels show lots, or none, as those of the list on show."""
        if self._which != CHOSEN:
            self._chosen = with_labels((), self.row_steps.all_dressed(self._chosen))

    def _changed_by_hand(self) -> None:
        if self._which == CHOSEN:
            self._chosen = list(self.rows.rows)
        self._rest.start()
        self._present()

    # ── printing ─────────────────────────────────────────────────────────────────────────────────────────────

    def _choose_paper(self, paper: str) -> None:
        columns, rows = SHEETS[paper]
        self._paper, self._start = paper, min(self._start, columns * rows)
        self._draw()
        self._present()

    def _next_paper(self) -> None:
        papers = list(SHEETS)
        self._choose_paper(papers[(papers.index(self._paper) + 1) % len(papers)])

    def _choose_copies(self, copies: str) -> None:
        self._copies = copies
        for index, due in enumerate(self.rows.rows):
            self.rows.set_copies(index, due.on_shelf if copies == ON_HAND else 1)
        self._changed_by_hand()

    def _begin_at(self, start: int) -> None:
        self._start = start
        self._present()

    def _draw(self) -> None:
        """Draw the selected label as the printer will render it."""
        index = self.table.current_row
        self._requested_picture += 1
        request = self._requested_picture
        if not 0 <= index < self.rows.rowCount():
            self.panel.show_label(None, "")
            return
        due, paper, printing = self.rows.rows[index], self._paper, self.session.shop.print_labels
        name = self.rows.text(index).spoken

        def show(picture: LabelPicture) -> None:
            if request == self._requested_picture:
                self.panel.show_label(picture, name)

        self.session.run(lambda: printing.preview(due, paper, _PICTURE_DPI), show)

    def print_now(self) -> None:
        """Print the list on show as it is."""
        person, rows = self.session.person, list(self.rows.rows)
        if person is None or self._is_printing or not rows or (self._which != CHOSEN and self._finding.is_behind()):
            return
        self._is_printing = True
        paper, start, printing, which = self._paper, self._start, self.session.shop.print_labels, self._which

        def done(printed: PrintedLabels) -> None:
            if (self._paper, self._start) == (paper, start):  # else another sheet lies in the printer by now
                columns, high = SHEETS[paper]
                self._start = (start - 1 + printed.labels) % (columns * high) + 1
            if which == CHOSEN:
                self._chosen = without_labels(self._chosen, rows)
            self._printed(printed, which)

        self.session.run(lambda: printing(rows, person, paper, start), done, self._not_printed)

    def _printed(self, printed: PrintedLabels, which: str) -> None:
        self._is_printing = False
        self.session.sounds.play(Sound.COMPLETE)

        def notice() -> Notice:
            tr = self.translator
            n = number_text(printed.labels, tr.language)
            text = tr.plural("{n} label printed.", "{n} labels printed.", printed.labels, n=n)
            if printed.without_bars:
                codes = listed(tr, printed.without_bars[:3])
                text = paragraph(tr, (text, tr("Too long for a barcode, printed as text: {codes}.", codes=codes)))
                return Notice(Tone.NEARLY, text)
            return Notice(Tone.WITHIN, text, seconds=10)

        self.session.notify("label.printed", notice)
        if self._which == which:
            self.choose(which)
        else:
            self._present()

    def _not_printed(self, error: Exception) -> None:
        self._is_printing = False
        self.session.sounds.play(Sound.REFUSE)
        self.session.report_foreseen(error)

    def _back(self) -> None:
        self.search.leave()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # ── texts and layout ─────────────────────────────────────────────────────────────────────────────────────

    def _present(self) -> None:
        tr = self.translator
        count = self.rows.rowCount()
        more = "+" if self._next is not None else ""
        # Of the list on show, and of what was chosen by hand: the others may have changed since they were read.
        counts = {self._which: f" · {number_text(count, tr.language)}{more}" if self._is_answered else ""}
        counts[CHOSEN] = f" · {number_text(len(self._chosen), tr.language)}" if self._chosen else ""
        titles = {CHANGED: tr("Changed"), NEW: tr("New"), CHOSEN: tr("Chosen")}
        self.lists.present([Segment(key, f"{titles[key]}{counts.get(key, '')}") for key in _LISTS], self._which)
        self._pages.present(is_empty=self._is_answered and not count and self._next is None)
        key = self.session.actions.key_text("find_label")
        if self._which == CHANGED:
            title, hint = tr("No printed label is outdated"), tr("Goods without a label are under “New”.")
            self.empty.present("circle-check", title, hint)
        elif self._which == NEW:
            title, hint = tr("All priced goods in stock have labels"), tr("Received goods without a label appear here.")
            self.empty.present("circle-check", title, hint)
        else:
            title = tr("Nothing selected yet")
            hint = tr("Scan or search for products, or type a goods receipt number.")
            self.empty.present("scan-barcode", title, hint, tr("Search"), key)
        self.row_steps.present()
        copies = sum(due.copies for due in self.rows.rows) if self._is_answered else None
        self.panel.present(self._paper, self._start, copies, self._copies_on_show())
        if not count:
            self._requested_picture += 1
            self.panel.show_label(None, "")

    def _copies_on_show(self) -> str:
        """How many copies the labels have; neither where another number was typed, counted or delivered."""
        by_stock = self._copies == ON_HAND
        wanted = ((min(max(due.on_shelf, 1), MOST_COPIES) if by_stock else 1, due.copies) for due in self.rows.rows)
        return self._copies if all(one == copies for one, copies in wanted) else ""

    def _lay_out(self) -> None:
        self._pages = RowsOrEmpty(self._header, self.table, self.empty)
        left = vbox(self.search, self.lists, Stretched(self._pages), self.row_steps, spacing=Space.S)
        both = MainAndSide(left, self.panel, share=46, gap=Space.L)
        vbox(both, spacing=0, margins=(Space.L, Space.M, Space.L, Space.M), parent=self)
