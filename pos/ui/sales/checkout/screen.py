"""The checkout: what is in the basket, for whom, and whether they may carry it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial

from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from pos.application.quota.quota_advice import QuotaAdvice
from pos.application.sales.checkout_view import CheckoutView
from pos.application.text.translator import Translator
from pos.domain.errors import BadField
from pos.domain.outside_partners.payment_code import PaymentCode
from pos.domain.quota.party_split import PartyEvaluation
from pos.domain.shifts.shift import Shift
from pos.domain.staff.staff import Approval, Person
from pos.domain.visitors.mrz import BadDocument
from pos.ui.input.actions import CHECKOUT, PAYMENT, RETURNS
from pos.ui.look.event_loop import call_soon
from pos.ui.look.sounds import Sound
from pos.ui.notices.notice_factory import NoticeMaker
from pos.ui.page.screen import Screen
from pos.ui.quota.party_words import VerdictAction
from pos.ui.quota.verdict_words import sound_of
from pos.ui.receipts.receipts import ReceiptPrinting
from pos.ui.sales.basket.basket_page import BasketPage
from pos.ui.sales.basket.note_panel import NotePanel
from pos.ui.sales.basket.refusals import Refusals
from pos.ui.sales.basket.row_changes import RowChanges
from pos.ui.sales.basket.scan_row import ScanRow
from pos.ui.sales.basket.split_mark import SplitMark
from pos.ui.sales.basket.total_bar import TotalBar
from pos.ui.sales.basket.weighing import Weighing
from pos.ui.sales.checkout.center_wait import CenterWait
from pos.ui.sales.checkout.pay_by_code import PayByCode
from pos.ui.sales.checkout.sale_approvals import SaleApprovals
from pos.ui.sales.checkout.sale_text import sale_text
from pos.ui.sales.current_sale.checkout_controller import CheckoutController
from pos.ui.sales.fill_in.fill_in_missing import FillInMissing
from pos.ui.sales.fill_in.new_goods import GoodsForm, NewGoods
from pos.ui.sales.fill_in.open_pricing import OpenPricing
from pos.ui.sales.parcel.parcel_form import ParcelForm
from pos.ui.sales.parcel.parcel_steps import ParcelSteps
from pos.ui.sales.parked.parking import Parking
from pos.ui.sales.party.carriers import Carriers
from pos.ui.sales.party.declared_form import DeclaredForm
from pos.ui.sales.party.declared_steps import DeclaredSteps
from pos.ui.sales.party.document_steps import DocumentSteps
from pos.ui.sales.party.questions import Questions, no_entries_asked
from pos.ui.sales.party.visitor_form import VisitorForm
from pos.ui.sales.party.visitor_panel import VisitorPanel
from pos.ui.sales.party.visitor_steps import VisitorSteps
from pos.ui.session.session import Session
from pos.ui.shifts.drawer_panel import DrawerPanel
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.layouts import Stretched, vbox
from pos.ui.widgets.drawing.main_and_side import MainAndSide
from pos.ui.widgets.drawing.tone import Tone

_Begun = RowChanges | GoodsForm | NotePanel | ScanRow | VisitorForm | DeclaredForm | DrawerPanel | ParcelForm


class CheckoutScreen(Screen):
    """Presents the Counter's views and passes on what hands and scanners do. It keeps nothing of the sale itself."""

    screen_id = CHECKOUT
    rail = CHECKOUT
    takes_scans = True

    def __init__(
        self, session: Session, counter: CheckoutController, receipts: ReceiptPrinting, parent: QWidget | None = None
    ) -> None:
        super().__init__(session, parent)
        self.counter = self._counter = counter
        self.receipts = receipts
        counter.setParent(self)
        receipts.setParent(self)
        self.page = BasketPage(session)
        self.panel = VisitorPanel(
            session.theme, session.actions, session.finishing.clock, lambda: session.settings.zone
        )
        self.panel.question.answers = session.finishing.answers
        self.form = VisitorForm(session.theme, lambda: session.shop.now().astimezone(session.settings.zone).date())
        self.declared = DeclaredForm(session.theme, session.shop.now)
        self.elsewhere = DeclaredSteps(session, counter, self.declared, self._show_side)
        self.drawer = DrawerPanel(session)
        self.total = TotalBar(session.theme)
        self.changes = RowChanges(session, counter, self.page.rows, self.page.foot)
        self.approvals = SaleApprovals(session, counter, self.page.approval, self.changes)
        self.new_goods = NewGoods(session, counter, self.page.new_goods)
        self.refusals = Refusals(session, counter, self.page.news, self.approvals.ask, self.new_goods.offer)
        self.open_price = OpenPricing(session, counter, self.page.open_price, self.changes.propose)
        self.missing_data = FillInMissing(session, counter, self.page.news, self.page.fill_in, self.open_price.ask)
        self.weighing = Weighing(session, counter, self.page.weigh)
        self.carriers = Carriers(session, counter, self.page.rows, self.page.scan)
        self.visitors = VisitorSteps(session, counter, self.page.news, self.elsewhere.open)
        self.documents = DocumentSteps(session, counter, self.form, partial(self._show_form, self.form))
        self.documents.dismissed.connect(partial(self._want, "dismiss"))
        self.questions = Questions(session, counter, self.page.question, self.visitors)
        self.parking = Parking(session, counter, self.page)
        self.visitors.is_money_kept = lambda: self.parking.given() is not None
        self.parcel = ParcelSteps(session, counter, self.panel.parcel, self._show_form, self.refusals.show_refusal)
        self.center_wait = CenterWait(session, counter, self.page.news)
        self.by_code = PayByCode(session, counter, self.page.news, self._pay, self._nothing_found)
        self.split = SplitMark(session, counter, self.page.strip)
        self.key_handlers = self._key_handlers()
        self.page.strip.take(CHECKOUT, self.key_handlers)
        self._side = QStackedWidget()
        self._lay_out()
        self._connect()
        self.retranslate(session.translator)

    # ── what the window says ─────────────────────────────────────────────────────────────────────────────────

    def retranslate(self, tr: Translator) -> None:
        view = self._counter.view
        for part in (self.page, self.form, self.declared, self.drawer, self.changes, self.questions, self.parcel):
            part.retranslate(tr)
        self.page.present(view, tr)
        self.panel.present(view, self._counter.advice, tr, self._rules_text(view))
        self.total.present(view, tr)
        self.split.look_again()

    def entered(self) -> None:
        if self._counter.is_sold:
            self._counter.start_new()
        elif self._counter.view is None:
            self._counter.show()
        self._counter.follow_day()
        self._counter.take_held()
        self._read_quick()
        begun = self._begun()
        if begun is None:
            self.page.search()
        else:
            begun.ask_to_finish()

    def left(self) -> None:
        """A PIN, a document, an amount or a search half typed is not for the next person here.

        A figure over a row, cash for the drawer and a document stay for the person who typed them and looks at
        another page.
        """
        stays = self.session.person is not None
        self.page.approval.close_down()
        self.drawer.leave(stays=stays)
        if stays:
            self.page.scan.end_search()
        else:
            self.page.scan.reset()
            self.page.forget_goods()
        if not (stays and self.page.note.is_begun):
            self.page.note.close_down()
        if not (stays and self.changes.is_begun):
            self.changes.leave()
        for side in (self.form, self.drawer, self.parcel.form):
            if side is self._side.currentWidget() and not (stays and side.is_begun):
                self._side.setCurrentWidget(self.panel)

    def _follow_day(self, _instant: datetime) -> None:
        """Also behind another page: the customer looks at it. A payment on show is of the basket as it was judged."""
        if self.session.screen_id != PAYMENT:
            self._counter.follow_day()

    def _person_changed(self, person: Person | None) -> None:
        """The till may be locked on another page, too: what has stayed here while that was on show goes then."""
        if person is None:
            self.left()

    def _shift_changed(self, shift: Shift | None) -> None:
        """Cash that was typed for the drawer of a shift is none of the next one's."""
        if shift is None:
            self.drawer.forget()
            if self._side.currentWidget() is self.drawer:
                self._side.setCurrentWidget(self.panel)

    def scanned(self, text: str) -> None:
        if (quantity := self.page.scan.scanned()) is not None:
            self._counter.scan(text, quantity)

    def document_scanned(self, text: str) -> None:
        self.page.scan.forget()
        self._counter.identify_scanned(text)

    def payment_code_scanned(self, code: PaymentCode, *, perhaps_document: bool) -> None:  # noqa: ARG002 # not here
        self.page.scan.forget()
        self.by_code.take(code)

    def unreadable(self, _text: str) -> None:
        self.session.sounds.play(Sound.UNREAD)
        self.notify(Tone.NEARLY, lambda tr: tr("The scan was incomplete. Scan again."))

    def waiting(self) -> str:
        view = self._counter.view
        return "" if view is None or self._counter.is_sold else sale_text(view, self.session.translator)

    def notify(self, tone: Tone, text: Callable[[Translator], str], seconds: int = 12) -> None:
        """Show a sentence in the page's notice."""
        self.page.news.notify("checkout.said", lambda tr: Notice(tone, text(tr), seconds=seconds))

    # ── what the counter says ────────────────────────────────────────────────────────────────────────────────

    def _present(self, view: CheckoutView) -> None:
        tr = self.session.translator
        self.page.present(view, tr)
        self.panel.present(view, self._counter.advice, tr, self._rules_text(view))
        self.total.present(view, tr)
        self.changes.look_again()
        if not self.approvals.follow(view):
            self.changes.forget()
        self.page.news.look_again()
        self.missing_data.look(view)
        self.refusals.show_warnings(view)
        self.questions.look_again(view)
        self.split.look_again()
        if self._side.currentWidget() is self.declared and not self.elsewhere.follow(view):
            self._show_side(self.panel)

    def _added(self, view: CheckoutView) -> None:
        self.refusals.goods_read()
        row = next((row for row in reversed(view.lines) if row.id == view.last), None)
        verdict = None if row is None else view.shown_verdict_of(row)
        self.session.sounds.play(Sound.ACCEPT if verdict is None else sound_of(verdict))

    def _advised(self, advice: QuotaAdvice) -> None:
        view = self._counter.view
        self.panel.present(view, advice, self.session.translator, self._rules_text(view))

    def _rules_text(self, view: CheckoutView | None) -> str:
        """By which rules the settings want this sale judged."""
        return self.session.settings.regime_for(view.destination) if view is not None and view.destination else ""

    def _identified(self, view: CheckoutView) -> None:
        if not self._types_another_document():
            self._show_side(self.panel)
        self.refusals.document_read()
        self.visitors.identified(view)

    def _shared(self, best: PartyEvaluation) -> None:
        self.split.done()
        self.visitors.shared(best)

    def _refused(self, error: Exception) -> None:
        is_typed = self._side.currentWidget() is self.form and not self._types_another_document()
        if isinstance(error, BadDocument) and is_typed:
            self.documents.show_error(error)
            return
        for beside in (self.elsewhere, self.parcel):
            if beside.takes(error):
                beside.show_error(error)
                return
        self.refusals.show_refusal(error)

    def _started(self, _view: CheckoutView) -> None:
        self.page.news.clear()
        self.page.approval.close_down()
        self.missing_data.hide()
        self.page.new_goods.forget()
        self._forget_waiting()
        self.questions.leave()
        self.page.quick.begin()
        self.page.insist_on_keys(insists=False)
        sides = (self.form, self.drawer)  # what is typed there was begun since the sale was asked for
        if not any(side is self._side.currentWidget() and side.is_begun for side in sides):
            self._show_side(self.panel)

    def _forget_waiting(self, *_: object) -> None:
        """Goods that wait for their weight or their price are given up."""
        self.weighing.forget()
        self.open_price.forget()

    def _parking_begun(self) -> None:
        """What is half typed belongs to the basket that is parked; what is typed from here on to the next one."""
        self.page.scan.reset()
        self._show_side(self.panel)

    def _read_quick(self) -> None:
        """Read the quick keys again, for the person at the till."""
        keys = self.session.shop.quick_keys
        self.session.run_as(keys, lambda pages: self.page.take_quick(pages, self.session.translator))

    # ── what hands do ────────────────────────────────────────────────────────────────────────────────────────

    def _want(self, what: str) -> None:
        """A key that asks something about the chosen visitor."""
        view = self._counter.view
        if view is not None and view.chosen is not None:
            self.visitors.on_requested(what, view.chosen)

    def _ask_entries(self) -> None:
        if not self.panel.question.ask():
            self.notify(Tone.INFO, partial(no_entries_asked, self._counter.view))

    def _record_entry_dates(self, label: str, days: Sequence[date]) -> None:
        self.page.search()
        self.visitors.record_entry_dates(label, days)

    def _open_drawer(self) -> None:
        again = self._side.currentWidget() is self.drawer
        self._show_side(self.drawer)
        if not again and self.drawer.is_begun:  # a visitor was scanned in the middle of it
            self.drawer.begin()
        else:
            self.drawer.open(again=again)

    def _drawer_done(self, make_notice: NoticeMaker) -> None:
        self.page.news.notify("shift.drawer", make_notice)
        if self._side.currentWidget() is self.drawer and not self.drawer.is_begun:
            self._show_side(self.panel)

    def _propose(self, proposal: str) -> None:
        if proposal == VerdictAction.SPLIT:
            self.visitors.split()
        else:
            self._follow_advice()

    def _follow_advice(self) -> None:
        if self.session.person is not None:
            self._counter.follow_advice(self.session.person, self.visitors.left_behind)

    def _pay(self) -> None:
        person = self.session.person
        if self.changes.drop_refused():  # what was refused on a row before is not asked for with the sale
            self.page.approval.close_down()
            self.refusals.forget_asked()
        held_up = (
            self._is_unfinished() or self.parking.is_paid_for_nothing() or self._insists() or self.questions.insist()
        )
        if person is not None and not (held_up or self.parcel.insist()):
            self.center_wait.begin()
            self._counter.open_payment(person)

    def _park(self) -> None:
        if not (self._is_unfinished() or self._insists()):
            self.parking.ask()

    def _insists(self) -> bool:
        """Whether goods wait for their weight or their price."""
        return self.weighing.insist() or self.open_price.insist()

    def _price(self) -> None:
        """The goods that wait for their price are meant by this key, also when it is pressed again."""
        if not (self.missing_data.ask_price() or self.open_price.insist()):
            self.changes.price()

    def _types_another_document(self) -> bool:
        """Whether a document is being typed that the store has not been asked about."""
        return self._side.currentWidget() is self.form and self.form.is_begun and not self.form.is_submitted

    def _may_open_payment(self) -> bool:
        """Whether nothing else was begun, the checkout is still on show, and no typed text would be dropped.

        What the sale as it was read now asks, and its view on show did not, is asked first.
        A payment that is on show always takes it: money goes back in the way that was chosen there.
        """
        if self.session.screen_id == PAYMENT:
            return True
        is_here = self.session.is_awaited and self.session.screen_id == CHECKOUT
        return is_here and not self._is_unfinished() and not self.questions.insist()

    def _is_unfinished(self) -> bool:
        """Before the payment or parking: whether a typed figure or document is not entered; it is asked for."""
        begun = self._begun()
        if begun is not None:
            self._ask_to_finish(begun)
        return begun is not None

    def _ask_to_finish(self, begun: _Begun) -> None:
        begun.ask_to_finish()
        self.session.sounds.play(Sound.UNREAD)
        self.page.news.notify(
            "checkout.said",
            lambda tr: Notice(Tone.NEARLY, tr("Press Enter to accept this entry, or Esc to drop it.")),
            holds=lambda: self._begun() is not None,
        )

    def _begun(self) -> _Begun | None:
        """Where text is typed that neither Enter nor Esc has settled."""
        page = self.page
        fields: tuple[_Begun, ...] = (
            self.changes, page.fill_in, page.new_goods, page.open_price, page.scan, page.note,
        )  # fmt: skip
        return next((field for field in fields if field.is_begun), None) or self._begun_side()

    def _ask_beside(self, own: QWidget | None, step: Callable[[], None]) -> None:
        """Open another form beside the basket; what is typed in the one on show and not entered is asked for first."""
        begun = self._begun_side()
        if begun is None or begun is own:
            step()
        else:
            self._ask_to_finish(begun)

    def _begun_side(self) -> VisitorForm | DeclaredForm | DrawerPanel | ParcelForm | None:
        shown = self._side.currentWidget()
        sides = (self.form, self.declared, self.drawer, self.parcel.form)
        return next((side for side in sides if side is shown and side.is_begun), None)

    def _ask_days(self, label: str) -> None:
        """The days of entry of a visitor, for which the payment waits."""
        view = self._counter.view
        self._show_side(self.panel)
        if view is None or view.chosen == label:
            self.panel.question.ask_days()
            return

        def chosen(_view: CheckoutView) -> None:
            if self.session.is_awaited:
                self.panel.question.ask_days()

        self._counter.choose(label, chosen)

    def _approved(self, approval: Approval) -> None:
        self._counter.take_approval(approval)
        if not self.changes.go_on(approval):
            self._pay()
        self.page.search()

    def _nothing_found(self, text: str) -> None:
        self.session.sounds.play(Sound.UNREAD)
        self.notify(Tone.NEARLY, lambda tr: tr("Nothing found for “{text}”.", text=text[:40]))

    def _back(self) -> None:
        """Esc: what the cursor stands in is closed, else the first of what is open."""
        cursor = QApplication.focusWidget()
        if cursor is not None and any(part.isAncestorOf(cursor) and leave() for part, leave in self._closing()):
            return
        forms = self.missing_data, self.new_goods, self.open_price, self.weighing
        if any(part.leave() for part in (self.changes, *forms, self.parking)):
            return
        if self._side.currentWidget() is self.panel and self._leave_side():
            return
        if self._leave_approval():
            return
        if self.questions.leave():
            self.page.search()
        elif not (self._leave_side() or self.page.scan.leave() or self.page.leave_keys()):
            self.page.news.clear()
            self.page.search()

    def _closing(self) -> tuple[tuple[QWidget, Callable[[], bool]], ...]:
        """What may be open, and how each is closed; False where it is not open."""
        page = self.page
        return (
            (page.fill_in, self.missing_data.leave),
            (page.new_goods, self.new_goods.leave),
            (page.open_price, self.open_price.leave),
            (page.weigh, self.weighing.leave),
            (page.note, self.parking.leave),
            (page.approval, self._leave_approval),
            (self._side, self._leave_side),
            (page.quick, page.leave_keys),
        )

    def _leave_approval(self) -> bool:
        asked = self.page.approval.close_down()
        if asked:
            self.page.search()
        return asked

    def _leave_side(self) -> bool:
        """Close the form beside the basket, or the days of entry; False where neither is open."""
        side = self._side.currentWidget()
        if side is self.panel:
            if not self.panel.question.close_days():
                return False
            self.page.search()
        elif side is not self.drawer or not self.drawer.back():
            if side is self.drawer:
                self.drawer.forget()
            self._show_side(self.panel)
        return True

    def _show_form(self, form: QWidget, shown: bool) -> None:
        self._show_side(form if shown else self.panel)

    def _show_side(self, side: QWidget) -> None:
        if self._side.currentWidget() is not side:
            self._side.setCurrentWidget(side)
            self.page.news.look_again()
            if side is self.panel:
                self.page.search()

    # ── how it stands together ───────────────────────────────────────────────────────────────────────────────

    def _key_handlers(self) -> dict[str, Callable[[], None]]:
        handlers: dict[str, Callable[[], None]] = {
            "search": self.page.search,
            "visitor": partial(self._ask_beside, self.form, self.documents.open),
            **self.questions.key_handlers(),
            **self.visitors.key_handlers(),
            "next_visitor": partial(self.carriers.choose, 1),
            "previous_visitor": partial(self.carriers.choose, -1),
            "new_sale": partial(self.visitors.clear, self.parking.is_paid_in_part),
            "undo": self._counter.undo,
            "drawer": partial(self._ask_beside, self.drawer, self._open_drawer),
            "returns": partial(self.session.go, RETURNS),
            "pay": self._pay,
            "advice": self._follow_advice,
            "quick_keys": self.page.show_keys,
            "reprint": self.receipts.again,
            "back": self._back,
        }
        of_what_comes: dict[str, Callable[[], None]] = {
            **self.changes.key_handlers(),
            "price": self._price,
            "park": self._park,
            "give": self.carriers.give,
            "carrier": self.carriers.ask,
            "elsewhere": partial(self._ask_beside, None, partial(self._want, "elsewhere")),
            "entries": self._ask_entries,
            "send": partial(self._ask_beside, self.parcel.form, self.parcel.open),
            "left": partial(self._want, "left"),
            "visitor_history": partial(self._want, "history"),
        }
        handlers |= {name: partial(self._behind, step) for name, step in of_what_comes.items()}
        return self.page.scan.ended_by(handlers)

    def _confirm(self) -> None:
        """Enter in the empty scan field answers the notice on show. Behind a scan it fills in no goods of before."""
        if not (self.missing_data.is_asked and self._counter.on_the_way.is_behind()):
            self.page.news.confirm()

    def _behind(self, step: Callable[[], None]) -> None:
        """The step of a key: behind a scan it concerns the goods or the visitor scanned."""
        on_the_way = self._counter.on_the_way
        if on_the_way.is_meant:
            on_the_way.behind(partial(call_soon, self, step))  # its field keeps the cursor, which an answer puts back
        else:
            step()

    def _connect(self) -> None:
        counter, page = self._counter, self.page
        counter.presented.connect(self._present)
        counter.added.connect(self._added)
        counter.advised.connect(self._advised)
        counter.identified.connect(self._identified)
        counter.shared.connect(self._shared)
        counter.incomplete.connect(self.missing_data.incomplete)
        counter.weighing.connect(self.weighing.ask)
        counter.refused.connect(self._refused)
        counter.started.connect(self._started)
        counter.may_open = self._may_open_payment
        counter.take_quantity = page.scan.scanned
        counter.on_the_way.selected = lambda: page.rows.currentIndex().row()
        counter.sold.connect(lambda _sale: page.scan.reset())
        self.session.person_changed.connect(self._person_changed)
        self.session.shift_changed.connect(self._shift_changed)
        self.session.minute_began.connect(self._follow_day)
        page.scan.confirmed.connect(self._confirm)
        page.scan.insists = self.weighing.insist
        page.scan.coded.connect(self.by_code.typed)
        page.scan.chosen.connect(counter.add)
        page.scan.documented.connect(counter.identify_scanned)
        page.scan.nothing.connect(self.by_code.nothing)
        page.scan.too_many.connect(lambda text: self.refusals.show_refusal(BadField("quantity", "out_of_range", text)))
        page.quick.chosen.connect(self._add_quick)
        page.scan.keys_asked.connect(lambda: page.insist_on_keys(insists=not page.is_insisting))
        page.approval.approved.connect(self._approved)
        page.approval.left.connect(self._leave_approval)
        self.changes.wrong.connect(self.refusals.show_refusal)
        self.changes.held.connect(lambda: self._ask_to_finish(self.changes))
        self.changes.ended.connect(page.news.look_again)
        self.changes.ended.connect(lambda: self.refusals.forget_typed(self.changes.refusal))
        page.open_price.field.textEdited.connect(lambda _text: self.refusals.forget_typed(None))
        self.changes.voided.connect(self.visitors.undo.voided)
        self.changes.priced.connect(self.visitors.undo.priced)
        forms = (self.missing_data, self.new_goods, self.open_price, self.weighing, self.approvals)
        closed = (form.closed for form in forms)
        for ended in (*closed, self.changes.ended, self.parking.ended, self.questions.settled):
            ended.connect(self.page.search)  # else the cursor goes to *Pay* when the button under it goes
        self.page.note.entered.connect(self._parking_begun)
        self.visitors.cleared.connect(self._forget_waiting)
        self.parking.controller.resumed.connect(self._forget_waiting)  # those are another customer's
        self.panel.asked.connect(self.documents.open)
        self.panel.leaves.connect(counter.leave_to)
        self.panel.proposed.connect(self._propose)
        self.panel.chosen.connect(counter.choose)
        self.panel.requested.connect(self.visitors.on_requested)
        self.panel.entries_answered.connect(self._record_entry_dates)
        self.questions.settled.connect(self._pay)
        self.questions.entries.connect(lambda label: self._ask_beside(None, partial(self._ask_days, label)))
        self.questions.document.connect(partial(self._ask_beside, self.form, self.documents.open))
        self.questions.weight.connect(partial(self._ask_beside, self.parcel.form, self.parcel.weigh))
        self.panel.parcel.changed.connect(partial(self._ask_beside, self.parcel.form, self.parcel.open))
        self.drawer.done.connect(self._drawer_done)
        for side in (self.declared, self.drawer, self.form):
            side.left.connect(self._leave_side)
        self.total.pay.connect(self._pay)

    def _add_quick(self, product_id: int) -> None:
        if (quantity := self.page.scan.pressed()) is not None:
            self._counter.add(product_id, quantity)
        self.page.search()

    def _lay_out(self) -> None:
        for side in (self.panel, self.form, self.declared, self.drawer, self.parcel.form):
            self._side.addWidget(side)
        vbox(Stretched(MainAndSide(self.page, self._side, share=56)), self.total, spacing=0, margins=0, parent=self)
