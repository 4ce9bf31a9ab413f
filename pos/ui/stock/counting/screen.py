"""The stock-take page: the list with the form of a new one, a count sheet, the differences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos.application.catalogue.find_product import FoundProduct
from pos.application.stock.count_stock import CountDraft, OpenSheet, check_may_drop
from pos.application.stock.count_tables import counts, differences, sheet
from pos.application.stock.post_count import CountReview
from pos.application.tables.listing import Listing
from pos.application.text.translator import N_, Translator
from pos.domain.errors import RuleBroken
from pos.domain.stock.stock_count import StockCount
from pos.ui.input.actions import COUNT
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Space
from pos.ui.page.save_table import TableSaver
from pos.ui.page.screen import Screen
from pos.ui.session.session import Session
from pos.ui.stock.counting.begin_form import BeginForm
from pos.ui.stock.counting.count_words import count_row, title_of
from pos.ui.stock.counting.review_page import ReviewPage
from pos.ui.stock.counting.review_steps import ReviewSteps
from pos.ui.stock.counting.sheet_page import SheetPage
from pos.ui.stock.counting.sheet_steps import SheetSteps
from pos.ui.stock.stock_messages import StockMessages
from pos.ui.widgets.cards.empty_state import EmptyState
from pos.ui.widgets.drawing.layouts import Stretched, vbox
from pos.ui.widgets.drawing.main_and_side import MainAndSide
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.tables.columns import RowColumn
from pos.ui.widgets.tables.line_table import LineHeader, LineModel, LineTable
from pos.ui.widgets.tables.rows_or_empty import RowsOrEmpty

_PAGE, _ROWS = 100, 200
_COLUMNS = (RowColumn(share=1), RowColumn(140, drops=1), RowColumn(190, drops=2), RowColumn(150))
_SOUNDS = {Tone.OVER: Sound.OVER, Tone.NEARLY: Sound.REVIEW}


class StockTakeScreen(Screen):
    """Every entry is a separate step in the store. The page is read again when it is entered."""

    screen_id = COUNT
    rail = COUNT
    takes_scans = True

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        theme = session.theme
        self.counts: Sequence[StockCount] = ()
        self._is_beginning = self._is_answered = False
        self._came_from: int | None = None
        """The stock-take whose sheet or differences were left for the list: Enter there continues it."""
        self._messages = StockMessages(session)
        self._home = QWidget()
        self._title = TextLabel(role=Role.SECTION)
        self._hint = TextLabel(role=Role.LABEL, wrap=True)
        self.rows = LineModel(self)
        self.table = LineTable(theme, self.rows, _COLUMNS)
        self.table.opened.connect(self._open)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._chose())
        self._header = LineHeader(theme, self.table)
        self.empty = EmptyState(theme)
        self.form = BeginForm(session)
        self.form.requested.connect(self._begin)
        self.sheet, self.review = SheetPage(session), ReviewPage(session)
        self.counting = SheetSteps(session, self.sheet, self._messages, self)
        self.counting.opened.connect(lambda: self.pages.setCurrentWidget(self.sheet))
        self.reviewing = ReviewSteps(session, self.review, self._messages, self)
        self.counting.finished.connect(self._finished)
        self.counting.not_opened.connect(self._not_done)
        self.counting.over.connect(self._sheet_over)
        self.reviewing.shown.connect(lambda: self.pages.setCurrentWidget(self.review))
        self.reviewing.left.connect(self._to_list)
        self.sheet.typed.connect(self.counting.typed)
        self.sheet.changed.connect(self.counting.change)
        self.sheet.done.connect(self.counting.finish)
        self.review.explained.connect(self.reviewing.explain)
        self.review.posted.connect(self.reviewing.post)
        sheet, review = self.counting, self.reviewing
        self.key_handlers = {
            "count_next": self._next,
            "count_new": self._on(self._home, self.form.begin),
            "count_drop": self._drop,
            "count_look": self._look,
            "count_number": self._on(self.sheet, sheet.ask_number),
            "recount_product": self._on(self.sheet, sheet.recount_product),
            "undo": self._on(self.sheet, sheet.undo),
            "count_recount": self._on(self.review, review.recount),
            "count_none": self._on(self.review, review.none_left),
            "count_same": self._on(self.review, review.same_reason),
            "count_print": self._on(self.review, review.print),
            "back": self._back,
        }
        self.sheet.know(self.key_handlers)
        self.review.know(self.key_handlers)
        TableSaver(self, self._listing)
        self._lay_out()

    # ── calls from the window ────────────────────────────────────────────────────────────────────────────────

    def entered(self) -> None:
        if self.pages.currentWidget() is self.sheet and self.counting.is_of(self.session.person):
            self.counting.read()
            self.sheet.box.setFocus()
        elif self.pages.currentWidget() is self.sheet:  # another person counts on a sheet of their own
            self._to_list()
        elif self.pages.currentWidget() is self.review:
            self.reviewing.read_again()
        else:
            self._read()
            if codes := self.form.codes:
                find = self.session.shop.find
                self.session.run(lambda: find.with_codes(codes), self.form.renew)
            self.table.setFocus()

    def retranslate(self, tr: Translator) -> None:
        self._title.setText(tr("Stock-take"))
        keys = {name: self.session.actions.key_text(f"count_{name}") for name in ("look", "drop")}
        self._hint.setText(
            tr("Enter continues the count or shows the result. {look} shows differences, {drop} discards it.", **keys)
        )
        self._header.name(tr("What"), tr("Where"), tr("Started"), tr("State"))
        self.table.setAccessibleName(tr("Stock-takes"))
        self.empty.present(
            "scan-barcode",
            tr("No counts yet"),
            tr("Start with one shelf or category: choose it here, then scan."),
        )
        self.form.retranslate(tr)
        self.sheet.retranslate(tr)
        self.review.retranslate(tr)
        self._present()

    def scanned(self, text: str) -> None:
        """On a sheet, count the scan; in the list, add the product to a new stock-take."""
        page = self.pages.currentWidget()
        if page is self.sheet:
            self.counting.scanned(text)
        elif page is self._home:
            find = self.session.shop.find
            self.session.run(lambda: find.show(text), self._chosen_product, self._messages.unknown)
        else:
            self._messages.notify(Tone.NEARLY, N_("Scans are counted on the sheet. Esc goes back."), Sound.UNREAD)

    def _listing(self) -> Listing:
        shop, review = self.session.shop, self.review.review
        if self.pages.currentWidget() is self.review and review is not None:
            return differences(shop.post_count, review.count.number)
        opened = self.counting.on_show
        if self.pages.currentWidget() is self.sheet and opened is not None:
            return sheet(shop.count_stock, opened.count.number, opened.sheet.number)
        return counts(shop.count_stock)

    # ── the list ─────────────────────────────────────────────────────────────────────────────────────────────

    def _read(self) -> None:
        person, step = self.session.person, self.session.shop.count_stock
        if person is not None:
            self._is_answered = False
            self._present()
            self.session.run(lambda: step.all(person, _PAGE), self._take)

    def _take(self, counts: Sequence[StockCount]) -> None:
        self.counts, self._is_answered = counts, True
        self._present()
        came_from, self._came_from = self._came_from, None
        place = next((at for at, count in enumerate(counts) if count.number == came_from), None)
        if place is not None:
            self.table.choose(place)

    def _present(self) -> None:
        rows = [count_row(one, self.session.settings, self.session.names, self.translator) for one in self.counts]
        self.table.renew(lambda: self.rows.exchange(rows), self.rows.key)
        self._lists.present(is_empty=self._is_answered and not self.counts)

    @property
    def _on_show(self) -> StockCount | None:
        """The stock-take whose sheet or differences are on show."""
        page, opened, review = self.pages.currentWidget(), self.counting.on_show, self.review.review
        on_show = opened if page is self.sheet else review if page is self.review else None
        return None if on_show is None else on_show.count

    @property
    def _meant(self) -> StockCount | None:
        """The stock-take that a key concerns."""
        return self.chosen if self.pages.currentWidget() is self._home else self._on_show

    @property
    def chosen(self) -> StockCount | None:
        """The selected stock-take."""
        return self.counts[self.table.current_row] if 0 <= self.table.current_row < len(self.counts) else None

    def _open(self) -> None:
        count = self.chosen
        if count is None:
            return
        if count.is_open:
            self.counting.take(count.number)
        else:
            self.reviewing.read(count.number)

    def _look(self) -> None:
        page = self.pages.currentWidget()
        count = self.counting.on_show.count if page is self.sheet and self.counting.on_show is not None else self.chosen
        if count is None or page is self.review:
            return
        if page is self.sheet and count.blind:
            self._messages.notify(Tone.NEARLY, N_("Finish the blind count sheet first."), Sound.REFUSE)
            return
        self.reviewing.read(count.number)

    def _chosen_product(self, chosen: FoundProduct) -> None:
        self.session.sounds.play(Sound.ACCEPT)
        self.form.take_product(chosen.product.code, chosen.product.name_in(self.session.language))

    def _begin(self, draft: CountDraft) -> None:
        person, step = self.session.person, self.session.shop.count_stock
        if person is None or self._is_beginning:
            return
        self._is_beginning = True

        def call() -> OpenSheet:
            return step.take_sheet(person, step.begin(person, draft).number)

        def begun(opened: OpenSheet) -> None:
            self._is_beginning = False
            if self.form.draft == draft:  # else another one was typed or scanned meanwhile
                self.form.empty()
            if self.session.is_awaited:
                self.counting.show(opened)
            elif self.pages.currentWidget() is self._home:
                self._read()

        def refused(error: Exception) -> None:
            self._is_beginning = False
            self._not_done(error)

        self.session.run(call, begun, refused)

    def _finished(self, review: CountReview) -> None:
        """A sheet is finished; its differences are shown unless another page is on show by now."""
        if self.pages.currentWidget() is self.sheet:
            self.reviewing.show(review)
        elif self.pages.currentWidget() is self._home:
            self._read()

    def _drop(self) -> None:
        """Discard the stock-take on show, or the selected one: the first press asks, the second one acts."""
        count, person, step = self._meant, self.session.person, self.session.shop.count_stock
        if count is None or not count.is_open or person is None:
            return
        try:
            check_may_drop(person, count)
        except RuleBroken as error:
            self._messages.refused(error)
            return
        key = self.session.actions.key_text("count_drop")
        if not self._messages.sure(
            _drop_of(count),
            lambda: self.translator(
                "Discard {name}? All that was counted is dropped, and nothing is posted. Press {key} again to confirm.",
                name=title_of(count, self.translator),
                key=key,
            ),
        ):
            return
        number = count.number

        def call() -> Sequence[StockCount]:
            step.drop(person, number)
            return step.all(person, _PAGE)

        self.session.run(call, partial(self._dropped, count), self._not_done)

    def _chose(self) -> None:
        if self.pages.currentWidget() is self._home:
            self._messages.forget_others("" if self.chosen is None else _drop_of(self.chosen))

    def _dropped(self, count: StockCount, counts: Sequence[StockCount]) -> None:
        on_show = self._on_show
        if on_show is not None and on_show.number == count.number:
            self._to_list()
        self._take(counts)
        self._messages.say(
            Tone.WITHIN, lambda: self.translator("{count} discarded. Nothing was posted.", count=count.name)
        )

    def _sheet_over(self, error: Exception) -> None:
        """The stock-take of the sheet on show was posted or discarded at another till."""
        self._to_list()
        self._messages.refused(error)

    def _not_done(self, error: Exception) -> None:
        """The list is read again: another person may have begun, posted or dropped a stock-take meanwhile."""
        self._messages.refused(error)
        if isinstance(error, RuleBroken) and self.pages.currentWidget() is self._home:
            self._read()

    # ── shared ───────────────────────────────────────────────────────────────────────────────────────────────

    def _on(self, page: QWidget, step: Callable[[], None]) -> Callable[[], None]:
        """A step whose key works on one of the three pages only."""

        def go() -> None:
            if self.pages.currentWidget() is page:
                step()

        return go

    def _next(self) -> None:
        page = self.pages.currentWidget()
        if page is self.sheet:
            self.counting.finish()
        elif page is self.review:
            self.reviewing.post()
        else:
            self.form.submit()

    def _back(self) -> None:
        if self.pages.currentWidget() is self._home:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.pages.currentWidget() is self.sheet and self.sheet.box.text():
            self.sheet.box.clear()
        elif self.review.note.hasFocus():
            self.review.drop_note()
            self.review.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._to_list()

    def _to_list(self) -> None:
        self._messages.forget()
        on_show = self._on_show
        self._came_from = None if on_show is None else on_show.number
        self.pages.setCurrentWidget(self._home)
        self._read()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        self._lists = RowsOrEmpty(self._header, self.table, self.empty)
        left = vbox(self._title, self._hint, Stretched(self._lists), spacing=Space.S)
        both = MainAndSide(left, self.form, gap=Space.L)
        vbox(both, spacing=0, margins=(Space.L, Space.M, Space.L, Space.M), parent=self._home)
        self.pages = QStackedWidget()
        self.pages.currentChanged.connect(self.session.finishing.turned)
        for page in (self._home, self.sheet, self.review):
            self.pages.addWidget(page)
        vbox(self.pages, margins=0, parent=self)


def _drop_of(count: StockCount) -> str:
    """What the question is about, whether this stock-take is discarded."""
    return f"drop{count.number}"
