"""The stock-take page: the list of them with a new one beside it, a sheet to count on, the differences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos.application.count_stock import OnSheet, OpenSheet, WantedCount
from pos.application.find_product import FoundProduct
from pos.application.goods_for_sale import UnknownCode
from pos.application.post_count import CountReview, Difference
from pos.application.typed_scan import read_typed
from pos.application.words import N_, Words
from pos.domain.barcode import BadCode
from pos.domain.errors import RuleBroken
from pos.domain.stock_count import StockCount
from pos.ui.actions import COUNT
from pos.ui.counting.begin_form import BeginForm
from pos.ui.counting.count_words import count_row, title_of
from pos.ui.counting.review_page import ReviewPage
from pos.ui.counting.sheet_page import SheetPage, Shown
from pos.ui.screen import Screen
from pos.ui.session import Session
from pos.ui.sounds import Sound
from pos.ui.stock.line_table import Column, LineHeader, LineModel, LineTable
from pos.ui.theme import Size, Space
from pos.ui.widgets.empty_state import EmptyState
from pos.ui.widgets.notice_bar import Notice
from pos.ui.widgets.surface import Ground, Surface
from pos.ui.widgets.text_label import Role, TextLabel
from pos.ui.widgets.tone import Tone

_PAGE, _ROWS = 100, 200
_COLUMNS = (Column(share=1), Column(140), Column(190), Column(150))
_SOUNDS = {Tone.OVER: Sound.OVER, Tone.NEARLY: Sound.REVIEW}


class CountScreen(Screen):
    """Every entry is a step of its own in the store. What is on show is asked for anew when the page is entered."""

    place = COUNT
    rail = COUNT
    takes_scans = True

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        theme = session.theme
        self.counts: Sequence[StockCount] = ()
        self.opened: OpenSheet | None = None
        self._undo: list[tuple[int, str, int]] = []
        self._last: OnSheet | None = None
        self._asks_number = False
        self._asked = ""
        self.steps = {
            "count_next": self._next,
            "count_new": self._new,
            "count_look": self._look,
            "count_number": self._ask_number,
            "count_anew": self._count_anew,
            "count_recount": self._recount,
            "count_none": self._none_left,
            "count_same": self._same_reason,
            "count_print": self._print,
            "count_drop": self._drop,
            "undo": self._take_back,
            "back": self._back,
        }
        self._title = TextLabel(role=Role.SECTION)
        self._hint = TextLabel(role=Role.LABEL, wrap=True)
        self.rows = LineModel(self)
        self.table = LineTable(theme, self.rows, _COLUMNS)
        self.table.opened.connect(self._open)
        self._header = LineHeader(theme, self.table)
        self.empty = EmptyState(theme)
        self.form = BeginForm(session)
        self.form.wanted.connect(self._begin)
        self.sheet = SheetPage(session, self.steps)
        self.sheet.typed.connect(self._typed)
        self.sheet.changed.connect(self._change)
        self.sheet.done.connect(self._finish)
        self.review = ReviewPage(session, self.steps)
        self.review.explained.connect(self._explain)
        self.review.posted.connect(self._next)
        self._lay_out()

    # ── what the window says ─────────────────────────────────────────────────────────────────────────────────

    def entered(self) -> None:
        """Override Screen.entered."""
        if self.pages.currentWidget() is self.sheet:
            self._read_sheet()
            self.sheet.box.setFocus()
        elif self.pages.currentWidget() is self.review and self.review.review is not None:
            self._read_review(self.review.review.count.number)
        else:
            self._read()
            self.table.setFocus()

    def retranslate(self, words: Words) -> None:
        """Override Screen.retranslate."""
        self._title.setText(words("Stock-take"))
        self._hint.setText(words("Enter goes on counting or shows what was posted; F8 shows the differences."))
        self._header.name(words("What"), words("Where"), words("Begun"), words("State"))
        self.table.setAccessibleName(words("Stock-takes"))
        self.empty.present(
            "scan-barcode",
            words("Nothing was counted yet"),
            words("Begin with one shelf or one category: choose it beside this, then scan along."),
        )
        self.form.retranslate(words)
        self.sheet.retranslate(words)
        self.review.retranslate(words)
        self._present()

    def scanned(self, text: str) -> None:
        """Override Screen.scanned: counts on a sheet, chooses a product for a new stock-take in the list."""
        page = self.pages.currentWidget()
        if page is self.sheet:
            typed = read_typed(self.sheet.box.text())
            self.sheet.box.clear()
            self._count(text, typed.times)
        elif page is self._home:
            find = self.session.shop.find
            self.session.run(lambda: find.show(text), self._chosen_product, self._unknown)
        else:
            self.session.sounds.play(Sound.UNREAD)
            self.session.tell(
                lambda: Notice(Tone.NEARLY, self.words("Scans count on a sheet. Esc leads back."), seconds=8)
            )

    def document_scanned(self, _text: str) -> None:
        """Override Screen.document_scanned."""
        self.session.sounds.play(Sound.UNREAD)
        self.session.tell(lambda: Notice(Tone.NEARLY, self.words("Documents are scanned at the checkout."), seconds=8))

    def unreadable(self, _text: str) -> None:
        """Override Screen.unreadable."""
        self.session.sounds.play(Sound.UNREAD)
        self.session.tell(lambda: Notice(Tone.NEARLY, self.words("The scan was not whole. Scan it again."), seconds=8))

    # ── the list ─────────────────────────────────────────────────────────────────────────────────────────────

    def _read(self) -> None:
        person, step = self.session.person, self.session.shop.count_stock
        if person is not None:
            self.session.run(lambda: step.all(person, _PAGE), self._take)

    def _take(self, found: Sequence[StockCount]) -> None:
        self.counts = found
        self._present()

    def _present(self) -> None:
        place = max(0, self.table.place)
        self.rows.present(
            [count_row(one, self.session.settings, self.session.names, self.words) for one in self.counts]
        )
        self._lists.setCurrentIndex(0 if self.counts else 1)
        self.table.choose(place)

    @property
    def chosen(self) -> StockCount | None:
        """The stock-take on whose row the hand is."""
        return self.counts[self.table.place] if 0 <= self.table.place < len(self.counts) else None

    def _open(self) -> None:
        count = self.chosen
        if count is None:
            return
        if count.is_open:
            self._take_sheet(count.number)
        else:
            self._read_review(count.number)

    def _look(self) -> None:
        page = self.pages.currentWidget()
        count = self.opened.count if page is self.sheet and self.opened is not None else self.chosen
        if count is None or page is self.review:
            return
        if page is self.sheet and count.blind:
            self.session.sounds.play(Sound.REFUSE)
            self._tell(Tone.NEARLY, N_("Finish the sheet first: it is counted blind."))
            return
        self._read_review(count.number)

    def _new(self) -> None:
        if self.pages.currentWidget() is self._home:
            self.form.begin()

    def _chosen_product(self, found: FoundProduct) -> None:
        self.session.sounds.play(Sound.ACCEPT)
        self.form.take_product(found.product.code, found.product.name_in(self.session.language))

    def _begin(self, wanted: WantedCount) -> None:
        person, step = self.session.person, self.session.shop.count_stock
        if person is None:
            return

        def call() -> OpenSheet:
            return step.take_sheet(person, step.begin(person, wanted).number)

        def begun(opened: OpenSheet) -> None:
            self.form.empty()
            self._show_sheet(opened)

        self.session.run(call, begun, self._refused)

    def _drop(self) -> None:
        """Give the chosen one up: the first time it asks, the second time it does."""
        count, person, step = self.chosen, self.session.person, self.session.shop.count_stock
        if self.pages.currentWidget() is not self._home or count is None or not count.is_open or person is None:
            return
        key = self.session.actions.key_text("count_drop")
        name = title_of(count, self.words)
        if not self._sure(
            f"drop{count.number}",
            lambda: self.words("Give {name} up? Nothing of it is posted. Press {key} once more.", name=name, key=key),
        ):
            return
        number = count.number

        def call() -> Sequence[StockCount]:
            step.drop(person, number)
            return step.all(person, _PAGE)

        self.session.run(call, self._take, self._refused)

    # ── a sheet ──────────────────────────────────────────────────────────────────────────────────────────────

    def _take_sheet(self, number: int) -> None:
        person, step = self.session.person, self.session.shop.count_stock
        if person is not None:
            self.session.run(lambda: step.take_sheet(person, number), self._show_sheet, self._refused)

    def _show_sheet(self, opened: OpenSheet) -> None:
        if self.opened is None or self.opened.sheet != opened.sheet:
            self._undo.clear()
            self._last = None
            self.sheet.forget()
        self.opened = opened
        self._asks_number = False
        self.pages.setCurrentWidget(self.sheet)
        self.sheet.box.setFocus()
        self._read_sheet()
        if opened.again:
            self._tell(Tone.NEARLY, N_("You counted this before: it is better that somebody else counts again."))

    def _read_sheet(self) -> None:
        opened, person, step = self.opened, self.session.person, self.session.shop.count_stock
        if opened is not None and person is not None:
            number, sheet = opened.count.number, opened.sheet.number
            self.session.run(
                lambda: step.sheet(person, number, sheet, _ROWS), lambda found: self.sheet.present(Shown(found))
            )

    def _typed(self, text: str) -> None:
        typed = read_typed(text)
        last = self._last
        if typed.number is not None and last is not None:
            self.sheet.box.clear()
            lot, product, number = "" if last.lot is None else last.lot.code, last.product.id, typed.number
            step = self.session.shop.count_stock
            self._enter(
                lambda person, count, sheet: step.set(person, count, sheet, product, lot, number), undoable=True
            )
        elif typed.code:
            self.sheet.box.clear()
            self._count(typed.code, typed.times)
        elif typed.number is not None:
            self.session.sounds.play(Sound.UNREAD)
            self._tell(Tone.NEARLY, N_("Scan a product first, then type how many there are."))

    def _count(self, text: str, times: int) -> None:
        step = self.session.shop.count_stock
        self._enter(lambda person, count, sheet: step.scan(person, count, sheet, text, times), undoable=True)

    def _change(self, by: int) -> None:
        last, step = self._last, self.session.shop.count_stock
        if last is not None:
            lot, product = "" if last.lot is None else last.lot.code, last.product.id
            self._enter(lambda person, count, sheet: step.add(person, count, sheet, product, lot, by), undoable=True)

    def _take_back(self) -> None:
        if self.pages.currentWidget() is self.sheet and self._undo:
            product, lot, pieces = self._undo.pop()
            step = self.session.shop.count_stock
            self._enter(lambda person, count, sheet: step.add(person, count, sheet, product, lot, -pieces))

    def _enter(self, act: Callable[..., OnSheet], *, undoable: bool = False) -> None:
        """Put something on the sheet and show it as it is then."""
        opened, person, step = self.opened, self.session.person, self.session.shop.count_stock
        if opened is None or person is None:
            return
        number, sheet = opened.count.number, opened.sheet.number

        def call() -> Shown:
            answer = act(person, number, sheet)
            return Shown(step.sheet(person, number, sheet, _ROWS), answer)

        def entered(shown: Shown) -> None:
            last = shown.last
            assert last is not None
            self._last = last
            if undoable:
                self._undo.append((last.product.id, "" if last.lot is None else last.lot.code, last.added))
            tone = Tone.OVER if last.outside else Tone.NEARLY if last.moved or last.unknown_lot else Tone.WITHIN
            self.session.sounds.play(_SOUNDS.get(tone, Sound.ACCEPT))
            self.sheet.present(shown)

        self.session.run(call, entered, self._unknown)

    def _ask_number(self) -> None:
        if self.pages.currentWidget() is self.sheet:
            self.sheet.box.clear()
            self.sheet.box.setFocus()
            if self._last is None:
                self._tell(Tone.NEARLY, N_("Scan a product first, then type how many there are."))
            else:
                goods = self._last.product
                self.session.tell(
                    lambda: Notice(
                        Tone.INFO,
                        self.words(
                            "{goods}: type how many there are, then Enter.", goods=goods.name_in(self.words.language)
                        ),
                        seconds=12,
                    )
                )

    def _count_anew(self) -> None:
        opened, last, person, step = self.opened, self._last, self.session.person, self.session.shop.count_stock
        if self.pages.currentWidget() is not self.sheet or opened is None or last is None or person is None:
            return
        number, sheet = opened.count.number, opened.sheet.number

        def call() -> Shown:
            step.strike(person, number, sheet, last.product.id)
            return Shown(step.sheet(person, number, sheet, _ROWS))

        def struck(shown: Shown) -> None:
            self._last = None
            self._undo.clear()
            self.sheet.forget()
            self.sheet.present(shown)
            name = last.product
            self.session.tell(
                lambda: Notice(
                    Tone.INFO,
                    self.words("{goods} is off the sheet: count it anew.", goods=name.name_in(self.words.language)),
                    seconds=8,
                )
            )

        self.session.run(call, struck, self._refused)

    def _finish(self) -> None:
        opened, person, shop = self.opened, self.session.person, self.session.shop
        if opened is None or person is None:
            return
        number, sheet = opened.count.number, opened.sheet.number

        def call() -> CountReview:
            shop.count_stock.finish_sheet(person, number, sheet)
            return shop.post_count.review(person, number)

        def finished(review: CountReview) -> None:
            self.session.sounds.play(Sound.COMPLETE)
            self.opened = None
            self._show_review(review)

        self.session.run(call, finished, self._refused)

    # ── the differences ──────────────────────────────────────────────────────────────────────────────────────

    def _read_review(self, number: int) -> None:
        person, step = self.session.person, self.session.shop.post_count
        if person is not None:
            self.session.run(
                lambda: (step.review(person, number), step.posted(person, number)),
                lambda found: self._show_review(*found),
                self._refused,
            )

    def _show_review(self, review: CountReview, content: Mapping[str, Any] | None = None) -> None:
        self.review.present(review, content)
        if self.pages.currentWidget() is not self.review:
            self.pages.setCurrentWidget(self.review)
        if not self.review.note.hasFocus():
            self.review.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _with_review(self, act: Callable[..., Any], done: Callable[[CountReview], None] | None = None) -> None:
        """Do something about the stock-take on show, and show it as it is then."""
        review, person, step = self.review.review, self.session.person, self.session.shop.post_count
        if self.pages.currentWidget() is not self.review or review is None or person is None:
            return
        if not review.count.is_open:
            return
        number = review.count.number

        def call() -> tuple[CountReview, Mapping[str, Any] | None]:
            act(person, number)
            return step.review(person, number), step.posted(person, number)

        def shown(found: tuple[CountReview, Mapping[str, Any] | None]) -> None:
            self._show_review(*found)
            if done is not None:
                done(found[0])

        self.session.run(call, shown, self._refused)

    def _explain(self, one: Difference, reason: str, note: str) -> None:
        step, product, line = self.session.shop.post_count, one.product.id, one.line
        self._with_review(lambda person, number: step.explain(person, number, product, line, reason, note))

    def _same_reason(self) -> None:
        review, step = self.review.review, self.session.shop.post_count
        given = "" if review is None else next((one.reason for one in reversed(review.differences) if one.reason), "")
        chosen = self.review.chosen
        if chosen is not None and chosen.reason:
            given = chosen.reason
        if review is None or not given:
            self._tell(Tone.NEARLY, N_("Give one difference a reason first."))
            return
        rest = [(one.product.id, one.line) for one in review.differences if not one.reason]

        def act(person: Any, number: int) -> None:
            for product, line in rest:
                step.explain(person, number, product, line, given)

        self._with_review(act)

    def _recount(self) -> None:
        step = self.session.shop.post_count

        def told(_review: CountReview) -> None:
            self._tell(Tone.INFO, N_("Only what differs is counted again, best by somebody else: Enter in the list."))
            self._to_list()

        self._with_review(step.recount, told)

    def _none_left(self) -> None:
        review, step = self.review.review, self.session.shop.post_count
        if self.pages.currentWidget() is not self.review or review is None or not review.not_counted:
            return
        key, number = self.session.actions.key_text("count_none"), review.not_counted
        text = N_("{n} lines become 0, because nobody found them. Press {key} once more.")
        if self._sure(f"none{review.count.number}", lambda: self.words(text, n=number, key=key)):
            self._with_review(step.none_left)

    def _post(self) -> None:
        review, step = self.review.review, self.session.shop.post_count
        if review is None:
            return
        if not review.count.is_open:
            self._to_list()
            return
        name = review.count.name

        def posted(_review: CountReview) -> None:
            self.session.sounds.play(Sound.COMPLETE)
            self.session.tell(
                lambda: Notice(
                    Tone.WITHIN, self.words("{count} is posted: the books are what was counted.", count=name), seconds=8
                )
            )

        self._with_review(step, posted)

    def _print(self) -> None:
        review, person, paper = self.review.review, self.session.person, self.session.shop.issue_stock
        if self.pages.currentWidget() is self.review and review is not None and person is not None:
            number = review.count.number
            self.session.run(lambda: paper.count(person, number), self._printed)

    def _printed(self, path: Any) -> None:
        name = path.name
        self.session.tell(lambda: Notice(Tone.WITHIN, self.words("Printed: {file}", file=name), seconds=8))

    # ── everywhere ───────────────────────────────────────────────────────────────────────────────────────────

    def _next(self) -> None:
        page = self.pages.currentWidget()
        if page is self.sheet:
            self._finish()
        elif page is self.review:
            self._post()
        else:
            self.form.submit()

    def _back(self) -> None:
        if self.pages.currentWidget() is self._home:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.review.note.hasFocus():
            self.review.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._to_list()

    def _to_list(self) -> None:
        self._asked = ""
        self.pages.setCurrentWidget(self._home)
        self._read()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _sure(self, what: str, text: Callable[[], str]) -> bool:
        """Whether it was asked for twice in a row; the first time it says what will be."""
        if self._asked == what:
            self._asked = ""
            return True
        self._asked = what
        self.session.tell(lambda: Notice(Tone.NEARLY, text(), seconds=12))
        return False

    def _tell(self, tone: Tone, text: str) -> None:
        self.session.tell(lambda: Notice(tone, self.words(text), seconds=10))

    def _refused(self, error: Exception) -> None:
        self.session.sounds.play(Sound.REFUSE)
        if not isinstance(error, RuleBroken):
            return
        self.session.report(error)

    def _unknown(self, error: Exception) -> None:
        strange = isinstance(error, UnknownCode | BadCode)
        self.session.sounds.play(Sound.UNKNOWN if strange else Sound.REFUSE)
        if isinstance(error, RuleBroken):
            self.session.report(error)

    def _lay_out(self) -> None:
        card = Surface(Ground.CARD)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(0)
        inside.addWidget(self._header)
        inside.addWidget(self.table, 1)
        self._lists = QStackedWidget()
        self._lists.addWidget(card)
        self._lists.addWidget(self.empty)
        left = QVBoxLayout()
        left.setSpacing(Space.S)
        left.addWidget(self._title)
        left.addWidget(self._hint)
        left.addWidget(self._lists, 1)
        self._home = QWidget()
        row = QHBoxLayout(self._home)
        row.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        row.setSpacing(Space.L)
        row.addLayout(left, 1)
        self.form.setFixedWidth(Size.VISITOR_PANEL)
        row.addWidget(self.form)
        self.pages = QStackedWidget()
        for page in (self._home, self.sheet, self.review):
            self.pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)
