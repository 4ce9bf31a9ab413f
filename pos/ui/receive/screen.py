"""Receiving: choose a delivery, count it by scanning, post it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from pos.application.delivery_papers import DeliveryPapers
from pos.application.delivery_view import Counted, CountRow, CountView
from pos.application.goods_for_sale import UnknownCode
from pos.application.listing import Listing
from pos.application.receive_goods import ReceiveGoods, ReceiveStart
from pos.application.tables.orders import counted, orders, posted_deliveries, posted_delivery
from pos.application.words import Words
from pos.domain.errors import RuleBroken, Trouble
from pos.domain.goods_receipt import DeliveryHeld
from pos.domain.staff import Person
from pos.ui.actions import PRODUCTS, RECEIVE
from pos.ui.receive.count_page import CountPage
from pos.ui.receive.line_acts import LineActs
from pos.ui.receive.outcome_words import SOUNDS
from pos.ui.receive.posted_acts import PostedActs
from pos.ui.receive.start_page import POSTED, Opening, StartPage
from pos.ui.save_table import TableSaver
from pos.ui.screen import Screen
from pos.ui.session import Session
from pos.ui.sounds import Sound
from pos.ui.widgets.notice_bar import Notice
from pos.ui.widgets.tone import Tone


class ReceiveScreen(Screen):
    """Each act is a step on the store's thread, in the order of the scans; what was scanned is kept at once.

    `product_wanted` tells a code that nobody knows, `labels_wanted` the number of a receipt.
    """

    place = RECEIVE
    takes_scans = True
    product_wanted = Signal(str)
    labels_wanted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        key = session.actions.key_text
        self.start_page = StartPage(session.theme, key("without_order"))
        self.count_page = CountPage(session)
        self._found = ReceiveStart((), ())
        self._number: int | None = None
        self._taken: int | None = None
        self.acts = LineActs(self)
        self.posted = PostedActs(self)
        self.posted_page = self.posted.page
        self._pages = QStackedLayout(self)
        self._pages.currentChanged.connect(session.finishing.turned)
        for page in (self.start_page, self.count_page, self.posted_page):
            self._pages.addWidget(page)
        self.steps = {
            "search": self.count_page.ready,
            "without_order": self._free,
            "type_count": self.acts.type_count,
            "piece_cost": self.acts.ask_cost,
            "keep_unordered": self.acts.ask_reason,
            "close_short": self._close_short,
            "close_rest": self.acts.close_rest,
            "another_lot": self.acts.another_lot,
            "delivery_papers": self._open_papers,
            "undo": self._undo,
            "discard_delivery": self._discard,
            "post_receipt": self.posted.post_or_next,
            "reprint": self.posted.print_again,
            "back": self._back,
        }
        TableSaver(self, self._listing)
        self._connect()

    # ── the window ───────────────────────────────────────────────────────────────────────────────────────────

    def entered(self) -> None:
        """Override Screen.entered: whoever was counting goes on with it."""
        if self._number is not None:
            self._open(self._number)
        elif self.posted.view is None:
            self.show_start()
        else:
            self.posted_page.ready()

    def left(self) -> None:
        """Override Screen.left: another till may go on with the delivery meanwhile."""
        self._let_go()

    def retranslate(self, words: Words) -> None:
        """Override Screen.retranslate."""
        self.start_page.retranslate(words)
        self.start_page.present(self._found, words)
        self._present_posted()
        self.count_page.retranslate(words)
        self.posted_page.present(self.posted.view, words)

    def scanned(self, text: str) -> None:
        """Override Screen.scanned: it is counted, and on the other pages begins a delivery without an order."""
        times = self.count_page.scan.take_quantity()
        if self._number is None:
            self.begin(None, then=lambda: self._scan(text, times))
        else:
            self._scan(text, times)

    def _listing(self) -> Listing | None:
        deliveries = self.session.shop.deliveries
        if self._number is not None:
            return counted(deliveries, self._number)
        if self.posted.view is not None:
            return posted_delivery(deliveries, self.posted.view.posted.number)
        return posted_deliveries(deliveries) if self.start_page.tab == POSTED else orders(deliveries.orders)

    # ── pages ────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def number(self) -> int | None:
        """The delivery in hand."""
        return self._number

    def show_start(self) -> None:
        """Show what there is to receive, and what was."""
        person, receive = self.session.person, self.session.shop.deliveries.receive
        self._number = None
        self.posted.forget()
        self._pages.setCurrentWidget(self.start_page)
        self.start_page.table.setFocus()
        if person is not None:
            self.session.run(lambda: receive.start(person), self._found_start)
            self.posted.read_list()

    def _found_start(self, found: ReceiveStart) -> None:
        self._found = found
        self.start_page.present(found, self.words)

    def _present_posted(self) -> None:
        listed = self.posted.listed
        self.start_page.present_posted(listed.rows, self.session.settings.zone, self.words)

    def _opened(self, row: Opening) -> None:
        if row.posted:
            self.posted.show(row.number)
        elif row.receipt:
            self._open(row.number, take_over=self._taken == row.number)
        else:
            self.begin(row.number)

    def begin(self, order: int | None, then: Callable[[], None] = lambda: None) -> None:
        person, receive = self.session.person, self.session.shop.deliveries.receive
        if person is None:
            return

        def begun(view: CountView) -> None:
            self.count(view)
            then()

        self.session.run(lambda: receive.begin(person, order), begun)

    def _open(self, number: int, *, take_over: bool = False) -> None:
        person, receive = self.session.person, self.session.shop.deliveries.receive
        self._taken = None
        if person is not None:
            self.session.run(
                lambda: receive.open(number, person, take_over=take_over),
                self.count,
                lambda error: self._not_opened(number, error),
            )

    def _not_opened(self, number: int, error: Exception) -> None:
        """Somebody counts it elsewhere: Enter once more takes it over."""
        self.show_start()
        self.session.sounds.play(Sound.REFUSE)
        if isinstance(error, DeliveryHeld):
            self._taken = number
        self.session.report_foreseen(error)

    def count(self, view: CountView) -> None:
        """Count this delivery from now on."""
        self._number = view.receipt.number
        self.posted.forget()
        self._pages.setCurrentWidget(self.count_page)
        self.count_page.present(view, self.words)
        self.count_page.ready()

    def _let_go(self, *, given_up: bool = False) -> None:
        number, person = self._number, self.session.person
        if number is not None and person is not None:
            receive = self.session.shop.deliveries.receive
            self.session.run(
                lambda: receive.leave(number, person, given_up=given_up), lambda _none: None, lambda _error: None
            )

    def _back(self) -> None:
        page = self.count_page
        if self._pages.currentWidget() is not page:
            if not self.posted.leave_form():
                self.show_start()
        elif page.panel.ask.close_down() or page.scan.leave():
            page.ready()
        elif not page.papers.isHidden():
            page.papers.hide()
            page.ready()
        else:
            self._let_go(given_up=True)
            self.show_start()

    # ── counting ─────────────────────────────────────────────────────────────────────────────────────────────

    def _scan(self, text: str, times: int) -> None:
        self.act(lambda number, person: self.receive.scan(number, text, person, times), self._heard, self._not_heard)

    def _chosen_by_name(self, product_id: int, times: int) -> None:
        def count(number: int, person: Person) -> Counted:
            return self.receive.count_product(number, product_id, times, person)

        self.act(count, self._heard, self._not_heard)

    def _heard(self, counted: Counted) -> None:
        outcome = counted.outcome
        self.session.sounds.play(SOUNDS.get(outcome, Sound.COUNTED) if outcome is not None else Sound.COUNTED)
        self.take(counted)
        if any(row.lacks_lot for row in counted.rows):
            self.session.tell(
                "receive.lot",
                lambda: Notice(Tone.NEARLY, self.words("Type the lot and the last day from the carton."), seconds=8),
            )

    def _not_heard(self, error: Exception) -> None:
        self.session.sounds.play(Sound.NO_SUCH if isinstance(error, UnknownCode) else Sound.UNREAD)
        if isinstance(error, UnknownCode):
            text = error.code

            def telling() -> Notice:
                said = self.words("Unknown code {code}. Set it aside, or create a product.", code=text)
                return Notice(Tone.OVER, said, "circle-question-mark", self.words("New product"))

            self.session.tell("receive.unknown", telling, lambda: self._make_product(text))
        elif isinstance(error, RuleBroken | Trouble):
            self.session.report(error)

    def take(self, counted: Counted) -> None:
        """Show what one act has changed."""
        self.count_page.take(counted, self.words)

    def _make_product(self, code: str) -> None:
        self.session.go(PRODUCTS)
        self.product_wanted.emit(code)

    def _undo(self) -> None:
        def undone(counted: Counted) -> None:
            self.session.sounds.play(Sound.NOTE)
            self.take(counted)

        self.act(self.receive.undo, undone)

    def correct(self, by: int) -> None:
        """So many pieces more or fewer on the chosen line."""
        row = self.chosen_row()
        if row is None or row.line is None:
            return
        line = row.line.no
        self.act(lambda number, person: self.receive.correct(number, line, by, person), self._heard)

    # ── papers, posting, printing ────────────────────────────────────────────────────────────────────────────

    def show_posted(self) -> None:
        """Show the page of a posted receipt; nothing is counted."""
        self._number = None
        self._pages.setCurrentWidget(self.posted_page)

    def _close_short(self) -> None:
        if self.posted.view is not None:
            self.posted.close_rest()
        else:
            self.acts.close_short()

    def _open_papers(self) -> None:
        self.posted.ask_charge()
        view = self.count_page.view
        if view is not None and self._number is not None:
            self.count_page.papers.open(view, self.session.settings.price, self.words)

    def _save_papers(self, papers: DeliveryPapers) -> None:
        number, person = self._number, self.session.person
        if number is None or person is None:
            return

        def saved(view: CountView) -> None:
            self.count_page.papers.hide()
            self.count(view)

        self.session.run(lambda: self.receive.set_papers(number, papers, person), saved, self._papers_wrong)

    def _papers_wrong(self, error: Exception) -> None:
        self.session.sounds.play(Sound.REFUSE)
        self.count_page.papers.tell_wrong(self.session.wording(error))

    def _discard(self) -> None:
        """Ask; the same key once more discards."""
        number, person = self._number, self.session.person
        if number is None or person is None:
            return
        key = self.session.actions.key_text("discard_delivery")

        def asking() -> Notice:
            text = self.words("Discard this delivery? Press {key} again. Nothing will be added to stock.", key=key)
            return Notice(Tone.NEARLY, text, "trash-2", seconds=12)

        if not self.session.sure("receive.discard", number, asking):
            self.session.sounds.play(Sound.NOTE)
            return
        self.session.run(lambda: self.receive.drop(number, person), lambda _none: self.show_start())

    # ── what the acts share ──────────────────────────────────────────────────────────────────────────────────

    @property
    def receive(self) -> ReceiveGoods:
        """The steps of counting."""
        return self.session.shop.deliveries.receive

    def chosen_row(self) -> CountRow | None:
        """The row that is chosen while a delivery is counted."""
        return self.count_page.panel.row if self._pages.currentWidget() is self.count_page else None

    def act(
        self,
        step: Callable[[int, Person], Counted],
        done: Callable[[Counted], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run a step about the delivery in hand; an answer about another one is dropped."""
        number, person = self._number, self.session.person
        if number is None or person is None:
            return

        def answered(counted: Counted) -> None:
            if counted.receipt.number == self._number:
                done(counted)

        self.session.run(lambda: step(number, person), answered, failed or self.refuse)

    def ask(self, question: str, said: str, take: Callable[[str], None]) -> None:
        """Ask beside the rows."""
        self.count_page.panel.ask_for(question, said, self.words("Save"), take)

    def answered(self) -> None:
        """The question is answered: scans go on."""
        self.count_page.panel.ask.close_down()
        self.count_page.ready()

    def refuse(self, error: Exception) -> None:
        """Say with a sound and a sentence why not."""
        self.session.sounds.play(Sound.REFUSE)
        self.session.report_foreseen(error)

    def _free(self) -> None:
        if self._number is None:
            self.begin(None)

    def _connect(self) -> None:
        page, start = self.count_page, self.start_page
        start.opened.connect(self._opened)
        start.free.connect(self._free)
        start.more.connect(self.posted.listed.more)
        page.scan.coded.connect(self._scan)
        page.scan.chosen.connect(self._chosen_by_name)
        page.scan.documented.connect(self.document_scanned)
        page.scan.nothing.connect(lambda _text: self.tell_unread(lambda: self.words("No matches.")))
        page.scan.too_many.connect(lambda _text: self.tell_unread(lambda: self.words("Too many pieces for one scan.")))
        page.panel.corrected.connect(self.correct)
        page.panel.lot_said.connect(self.acts.say_lot)
        page.panel.weighed.connect(self.acts.weigh)
        page.panel.acted.connect(lambda name: self.steps[name]())
        page.papers.saved.connect(self._save_papers)
        page.papers.wrong.connect(self._papers_wrong)
        page.foot.post.connect(self.posted.post_or_next)
        self.posted.listed.changed.connect(self._present_posted)
