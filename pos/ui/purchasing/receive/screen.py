"""Receiving: choose a delivery, count it by scanning, post it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from pos.application.purchasing.delivery_note import DeliveryNote
from pos.application.purchasing.delivery_view import CountedChange, CountView
from pos.application.purchasing.receive_goods import ReceiveStart
from pos.application.purchasing.tables import counted, orders, posted_deliveries, posted_delivery
from pos.application.tables.listing import Listing
from pos.application.text.translator import Translator
from pos.domain.errors import InfrastructureError, RuleBroken
from pos.domain.purchasing.goods_receipt import DeliveryHeld
from pos.domain.purchasing.purchase_order import read_order_name
from pos.domain.sales.goods_for_sale import UnknownCode
from pos.domain.staff.staff import Person
from pos.ui.input.actions import PRODUCTS, RECEIVE
from pos.ui.look.sounds import Sound
from pos.ui.page.save_table import TableSaver
from pos.ui.page.screen import Screen
from pos.ui.purchasing.receive.count_page import CountPage
from pos.ui.purchasing.receive.delivery_controller import DeliveryController
from pos.ui.purchasing.receive.delivery_line_actions import DeliveryLineActions
from pos.ui.purchasing.receive.posted_delivery import PostedDelivery
from pos.ui.purchasing.receive.start_page import POSTED, DeliveryOpening, StartPage
from pos.ui.session.session import Session
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone

_ORDER = re.compile(r"O-[0-9]{6,9}", re.IGNORECASE)
"""The code on the paper of an order."""


class ReceiveScreen(Screen):
    """Steps run on the store's thread, in the order of the scans; each scan is stored immediately.

    `product_requested` carries an unknown code, `labels_requested` the number of a receipt.
    """

    screen_id = RECEIVE
    takes_scans = True
    product_requested = Signal(str)
    labels_requested = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        key = session.actions.key_text
        self.start_page = StartPage(session.theme, key("without_order"))
        self.count_page = CountPage(session)
        self._start, self._is_answered = ReceiveStart((), ()), False
        self._begun_with: list[Callable[[], None]] = []
        """What waits for the delivery that is being begun."""
        self.delivery = DeliveryController(session, self.count_page, self)
        self.line_actions = DeliveryLineActions(self.delivery)
        self.posted = PostedDelivery(self.delivery)
        self.posted_page = self.posted.page
        self._pages = QStackedLayout(self)
        self._pages.currentChanged.connect(session.finishing.turned)
        for page in (self.start_page, self.count_page, self.posted_page):
            self._pages.addWidget(page)
        self.key_handlers = {
            "search": self.count_page.ready,
            "without_order": self._free,
            "type_count": self.line_actions.type_count,
            "piece_cost": self.line_actions.ask_cost,
            "keep_unordered": self.line_actions.ask_reason,
            "close_short": self._close_short,
            "close_rest": self.line_actions.close_rest,
            "another_lot": self.line_actions.another_lot,
            "delivery_papers": self._open_delivery_note,
            "undo": self._undo,
            "discard_delivery": self._discard,
            "post_receipt": self._post,
            "reprint": self.posted.print_again,
            "back": self._back,
        }
        TableSaver(self, self._listing)
        self._connect()

    # ── the window ───────────────────────────────────────────────────────────────────────────────────────────

    def entered(self) -> None:
        """Continue the count that was in progress."""
        if self.delivery.number is not None:
            self._open(self.delivery.number)
        elif self.posted.view is None:
            self.show_start()
        else:
            self.posted_page.ready()
            self.posted.read_again()

    def left(self) -> None:
        """Release the delivery, so that another till may continue it."""
        self._let_go()
        self.posted_page.form.withdraw()

    def retranslate(self, tr: Translator) -> None:
        self.start_page.retranslate(tr)
        self._present_start()
        self._present_posted()
        self.count_page.retranslate(tr)
        self.posted_page.present(self.posted.view, tr)

    def scanned(self, text: str) -> None:
        """Count the scan; on the other pages goods start a delivery without an order, the paper of an order its own."""
        if self.posted.is_charging() or not self.line_actions.keep_typed_lot():  # what stands there would be lost
            return
        times = self.count_page.scan.scanned()
        if times is None:
            return
        if self.delivery.number is not None:
            self._scan(text, times)
        elif _ORDER.fullmatch(text.strip()):
            self.begin(read_order_name(text))
        else:
            self.begin(None, then=lambda: self._scan(text, times))

    def _listing(self) -> Listing | None:
        deliveries = self.session.shop.deliveries
        if self.delivery.number is not None:
            return counted(deliveries, self.delivery.number)
        if self.posted.view is not None:
            return posted_delivery(deliveries, self.posted.view.posted.number)
        return posted_deliveries(deliveries) if self.start_page.tab == POSTED else orders(deliveries.orders)

    # ── pages ────────────────────────────────────────────────────────────────────────────────────────────────

    def show_start(self) -> None:
        """Show expected deliveries and posted receipts."""
        self.delivery.close()

    def _show_start(self) -> None:
        person, receive = self.session.person, self.session.shop.deliveries.receive
        self.posted.forget()
        self._pages.setCurrentWidget(self.start_page)
        self.start_page.table.setFocus()
        if person is not None:
            self._is_answered = False
            self._present_start()
            self.session.run(lambda: receive.start(person), self._take_start)
            self.posted.read_list()

    def _take_start(self, answer: ReceiveStart) -> None:
        self._start, self._is_answered = answer, True
        self._present_start()

    def _present_start(self) -> None:
        names = self.session.names
        self.start_page.present(self._start, names, self.translator, is_answered=self._is_answered)

    def _present_posted(self) -> None:
        listed = self.posted.listed
        zone, is_answered = self.session.settings.zone, listed.is_answered
        self.start_page.present_posted(listed.rows, zone, self.translator, is_answered=is_answered)

    def _opened(self, row: DeliveryOpening) -> None:
        is_asked = self.session.question == ("receive.take_over", row.number)
        if is_asked and not self.session.finishing.counts():  # the Enter before, pressed twice
            return
        self.session.withdraw("receive.take_over")
        if row.posted:
            self.posted.show(row.number)
        elif row.receipt:
            self._open(row.number, take_over=is_asked)
        else:
            self.begin(row.number)

    def begin(self, order: int | None, then: Callable[[], None] = lambda: None) -> None:
        person, receive = self.session.person, self.session.shop.deliveries.receive
        if person is None or self._is_held():
            return
        self._begun_with.append(then)
        if len(self._begun_with) > 1:  # the store has not answered yet: the next scan is of the same delivery
            return

        def begun(view: CountView) -> None:
            waiting, self._begun_with = self._begun_with, []
            self.delivery.count(view)
            for step in waiting:
                step()

        def refused(error: Exception) -> None:
            self._begun_with = []
            if self._pages.currentWidget() is self.start_page:
                self.show_start()  # another person has ended the order meanwhile
            self.session.report_foreseen(error)

        self.session.run(lambda: receive.begin(person, order), begun, refused)

    def _is_held(self) -> bool:
        """Whether something is typed for what is on show, which another delivery would drop; then say so."""
        if self.delivery.number is None:
            return self.posted.is_charging()
        is_typing = self.delivery.is_typing() or self.count_page.delivery_note.insist()
        return is_typing or not self.line_actions.keep_typed_lot()

    def _open(self, number: int, *, take_over: bool = False) -> None:
        person, receive = self.session.person, self.session.shop.deliveries.receive
        if person is not None:
            self.session.run(
                lambda: receive.open(number, person, take_over=take_over),
                self.delivery.count,
                lambda error: self._not_opened(number, error),
            )

    def _not_opened(self, number: int, error: Exception) -> None:
        """Another person is counting it: Enter once more takes it over while the question is on show."""
        if self.delivery.number in (None, number):
            self.show_start()
        self.session.sounds.play(Sound.REFUSE)
        if isinstance(error, DeliveryHeld) and self.isVisible() and self.session.is_awaited:
            held = error
            self.session.sure(
                "receive.take_over", number, lambda: Notice(Tone.NEARLY, self.session.wording(held), seconds=12)
            )
        else:
            self.session.report_foreseen(error)

    def _show_count(self) -> None:
        self.session.withdraw("receive.take_over")  # a scan has begun another delivery meanwhile
        self.posted.forget()
        self._pages.setCurrentWidget(self.count_page)

    def _let_go(self, *, given_up: bool = False) -> None:
        number, person = self.delivery.number, self.session.person
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
        elif page.panel.ask.close_down() or page.panel.drop_typed() or page.scan.leave():
            page.ready()
        elif not page.delivery_note.isHidden():
            page.delivery_note.hide()
            page.ready()
        else:
            if self.delivery.number is not None:
                self.start_page.choose_left(self.delivery.number)
            self._let_go(given_up=True)
            self.show_start()

    # ── counting ─────────────────────────────────────────────────────────────────────────────────────────────

    def _scan(self, text: str, times: int) -> None:
        self._count(lambda number, person: self.delivery.receive.scan(number, text, person, times))

    def _chosen_by_name(self, product_id: int, times: int) -> None:
        self._count(lambda number, person: self.delivery.receive.count_product(number, product_id, times, person))

    def _count(self, step: Callable[[int, Person], CountedChange]) -> None:
        delivery = self.delivery
        if not delivery.is_typing():
            delivery.on_the_way.in_turn(partial(delivery.perform, step, delivery.take_scan, self._scan_failed))

    def _scan_failed(self, error: Exception) -> None:
        self.session.sounds.play(Sound.NO_SUCH if isinstance(error, UnknownCode) else Sound.UNREAD)
        if isinstance(error, UnknownCode):
            text = error.code

            def notice() -> Notice:
                said = self.translator("Unknown code {code}. Set it aside, or create a product.", code=text)
                return Notice(Tone.OVER, said, "circle-question-mark", self.translator("New product"))

            self.session.notify("receive.unknown", notice, lambda: self._make_product(text))
        elif isinstance(error, RuleBroken | InfrastructureError):
            self.session.report(error)

    def _make_product(self, code: str) -> None:
        self.session.go(PRODUCTS)
        self.product_requested.emit(code)

    def _undo(self) -> None:
        def undone(counted: CountedChange) -> None:
            self.session.sounds.play(Sound.NOTE)
            self.delivery.take(counted)

        self.delivery.on_the_way.then(
            partial(self.delivery.perform, self.delivery.receive.undo, undone), self.delivery.give_up
        )

    # ── documents, posting, printing ─────────────────────────────────────────────────────────────────────────

    def _close_short(self) -> None:
        if self.posted.view is not None:
            self.posted.close_rest()
        else:
            self.line_actions.close_short()

    def _open_delivery_note(self) -> None:
        self.posted.ask_charge()
        view = self.count_page.view
        if view is None or self.delivery.number is None:
            return
        if self.count_page.delivery_note.isVisible():  # what is typed there stays
            self.count_page.delivery_note.begin()
        else:
            self.count_page.delivery_note.open(view, self.session.settings.price, self.translator)

    def _save_delivery_note(self, delivery_note: DeliveryNote) -> None:
        number, person = self.delivery.number, self.session.person
        if number is None or person is None:
            return

        sent = self.count_page.delivery_note.content

        def saved(view: CountView) -> None:
            if number == self.delivery.number:
                self.count_page.delivery_note.follow(sent)
                self.delivery.count(view)

        self.session.run(
            lambda: self.delivery.receive.set_delivery_note(number, delivery_note, person),
            saved,
            self._delivery_note_wrong,
        )

    def _delivery_note_wrong(self, error: Exception) -> None:
        self.session.sounds.play(Sound.REFUSE)
        self.count_page.delivery_note.show_error(lambda: self.session.wording(error))
        self.session.report_if_hidden(self.count_page.delivery_note, error)

    def _discard(self) -> None:
        """Ask for confirmation; the same key once more discards."""
        number, person = self.delivery.number, self.session.person
        if number is None or person is None:
            return
        key = self.session.actions.key_text("discard_delivery")

        def asking() -> Notice:
            text = self.translator("Discard this delivery? Press {key} again. Nothing will be added to stock.", key=key)
            return Notice(Tone.NEARLY, text, "trash-2", self.translator("Discard delivery"), seconds=12)

        if not self.session.sure("receive.discard", number, asking, self._discard):
            self.session.sounds.play(Sound.NOTE)
            return
        self.session.run(lambda: self.delivery.receive.drop(number, person), lambda _none: self._leave(number))

    def _leave(self, number: int) -> None:
        """The delivery is no longer there; another one may be counted by now."""
        if self.delivery.number == number:
            self.show_start()

    def _post(self) -> None:
        scan = self.count_page.scan
        if self.delivery.number is not None and scan.box.text().strip():  # it would not be among what is posted
            scan.ask_to_finish()
            self.delivery.ask_to_enter()
            return
        self.line_actions.keep_typed_lot(self.posted.post_or_next)

    def _free(self) -> None:
        if self.delivery.number is None and not self.posted.is_charging():
            self.begin(None)

    def _connect(self) -> None:
        page, start = self.count_page, self.start_page
        start.opened.connect(self._opened)
        start.free.connect(self._free)
        start.more.connect(self.posted.listed.more)
        page.scan.coded.connect(self._scan)
        page.scan.chosen.connect(self._chosen_by_name)
        page.scan.documented.connect(self.document_scanned)
        page.scan.nothing.connect(lambda _text: self.notify_unread(lambda: self.translator("No matches.")))
        page.scan.too_many.connect(
            lambda _text: self.notify_unread(lambda: self.translator("Too many pieces for one scan."))
        )
        page.panel.corrected.connect(self.delivery.correct)
        page.panel.answers = self.session.finishing.answers
        page.panel.lot_said.connect(self.line_actions.say_lot)
        page.panel.lot_left.connect(self.line_actions.leave_lot)
        page.panel.weighed.connect(self.line_actions.weigh)
        page.panel.weight_left.connect(self.line_actions.keep_weight)
        page.panel.action_pressed.connect(lambda name: self.key_handlers[name]())
        page.delivery_note.saved.connect(self._save_delivery_note)
        page.delivery_note.wrong.connect(self._delivery_note_wrong)
        page.foot.post.connect(self._post)
        self.posted.listed.changed.connect(self._present_posted)
        self.posted.labels_requested.connect(self.labels_requested)
        self.delivery.opened.connect(self._show_count)
        self.delivery.closed.connect(self._show_start)
        self.delivery.posted.connect(lambda: self._pages.setCurrentWidget(self.posted_page))
