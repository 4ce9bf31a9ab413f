"""The checkout: what is in the basket, for whom, and whether he may carry it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos.application.checkout_view import CheckoutView
from pos.application.counsel import Counsel
from pos.application.figures import lines_text, money_text
from pos.application.words import Words
from pos.domain.errors import BadField
from pos.domain.mrz import BadDocument
from pos.domain.product import Product
from pos.domain.staff import Approval
from pos.domain.visitor import DESTINATIONS
from pos.ui.actions import CHECKOUT
from pos.ui.checkout.basket_page import BasketPage
from pos.ui.checkout.counter import Counter
from pos.ui.checkout.gaps import Gaps
from pos.ui.checkout.refusals import Refusals
from pos.ui.checkout.row_changes import RowChanges
from pos.ui.checkout.total_bar import TotalBar
from pos.ui.checkout.verdict_words import sound_of
from pos.ui.checkout.visitor_form import VisitorForm
from pos.ui.checkout.visitor_panel import VisitorPanel
from pos.ui.payment.receipts import Receipts
from pos.ui.screen import Screen
from pos.ui.session import Session
from pos.ui.sounds import Sound
from pos.ui.widgets.notice_bar import Notice
from pos.ui.widgets.surface import Line
from pos.ui.widgets.tone import Tone


class CheckoutScreen(Screen):
    """Presents the Counter's views and passes on what hands and scanners do. It keeps nothing of the sale itself."""

    place = CHECKOUT
    rail = CHECKOUT
    takes_scans = True

    def __init__(self, session: Session, counter: Counter, receipts: Receipts, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.counter = self._counter = counter
        self.receipts = receipts
        counter.setParent(self)
        receipts.setParent(self)
        self._asked_quick = False
        self.page = BasketPage(session)
        self.panel = VisitorPanel(session.theme, session.actions.key_text("advice"))
        self.form = VisitorForm(session.theme)
        self.total = TotalBar(session.theme)
        self.changes = RowChanges(session, counter, self.page.rows)
        self.refusals = Refusals(session, counter, self.page.news, self._ask_approval)
        self.gaps = Gaps(session, counter, self.page.news, self.page.fill_in)
        self.steps = self._steps()
        self.page.strip.take(CHECKOUT, self.steps)
        self._side = QStackedWidget()
        self._lay_out()
        self._connect()
        self.retranslate(session.words)

    # ── what the window says ─────────────────────────────────────────────────────────────────────────────────

    def retranslate(self, words: Words) -> None:
        """Override Screen.retranslate."""
        view = self._counter.view
        self.page.retranslate(words)
        self.form.retranslate(words)
        self.page.present(view, words)
        self.panel.present(view, self._counter.counsel, words)
        self.total.present(view, words)

    def entered(self) -> None:
        """Override Screen.entered."""
        if self._counter.is_sold:
            self._counter.start_new()
        elif self._counter.view is None:
            self._counter.show()
        if not self._asked_quick:
            self._asked_quick = True
            shop = self.session.shop
            self.session.run(lambda: shop.find.with_codes(shop.quick_keys), self._take_quick)
        self._search()

    def scanned(self, text: str) -> None:
        """Override Screen.scanned."""
        self._counter.scan(text, self.page.scan.take_quantity())

    def document_scanned(self, text: str) -> None:
        """Override Screen.document_scanned."""
        self._counter.identify_scanned(text)

    def unreadable(self, _text: str) -> None:
        """Override Screen.unreadable."""
        self.session.sounds.play(Sound.UNREAD)
        self.tell(Tone.NEARLY, lambda words: words("The scan was not whole. Scan it again."))

    def waiting(self) -> str:
        """Override Screen.waiting."""
        view, words = self._counter.view, self.session.words
        if view is None or not view.lines:
            return ""
        return f"{lines_text(len(view.lines), words)} · {money_text(view.total, words.language)}"

    def tell(self, tone: Tone, text: Callable[[Words], str], seconds: int = 12) -> None:
        """Show a sentence in the page's notice."""
        self.page.news.tell(lambda words: Notice(tone, text(words), seconds=seconds))

    # ── what the counter says ────────────────────────────────────────────────────────────────────────────────

    def _present(self, view: CheckoutView) -> None:
        words = self.session.words
        self.page.present(view, words)
        self.panel.present(view, self._counter.counsel, words)
        self.total.present(view, words)
        self.changes.forget()
        self.changes.editor.place()
        self.gaps.look(view)

    def _added(self, view: CheckoutView) -> None:
        row = next((row for row in view.lines if row.id == view.last), None)
        judged = row.judged if row is not None else None
        self.session.sounds.play(Sound.ACCEPT if judged is None else sound_of(judged.verdict))

    def _advised(self, counsel: Counsel) -> None:
        self.panel.present(self._counter.view, counsel, self.session.words)

    def _identified(self, view: CheckoutView) -> None:
        self._show_side(self.panel)
        self.session.sounds.play(Sound.ACCEPT)
        if any(visitor.expired for visitor in view.visitors):
            self.session.sounds.play(Sound.NOTE)
            self.tell(
                Tone.NEARLY,
                lambda words: words("The document has expired. The sale may go on: the border judges papers."),
            )

    def _refused(self, error: Exception) -> None:
        if isinstance(error, BadDocument) and self._side.currentWidget() is self.form:
            self.session.sounds.play(Sound.REFUSE)
            self.form.tell_wrong(self.session.wording(error), error.field)
            return
        self.refusals.tell(error)

    def _started(self, _view: CheckoutView) -> None:
        self.page.news.clear()
        self.page.scan.box.clear()
        self.page.scan.popup.close_down()
        self.page.approval.hide()
        self.page.fill_in.hide()
        self._show_side(self.panel)

    def _take_quick(self, products: Sequence[Product]) -> None:
        self.page.quick.take(products, self.session.words)
        self.page.make_room()

    # ── what hands do ────────────────────────────────────────────────────────────────────────────────────────

    def _search(self) -> None:
        field = self.page.scan.box.field
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()

    def _ask_document(self) -> None:
        self._show_side(self.form)
        view = self._counter.view
        self.form.open(has_visitor=view is not None and bool(view.visitors))

    def _dismiss(self) -> None:
        view = self._counter.view
        if view is not None and view.chosen is not None:
            self._counter.dismiss_visitor(view.chosen)
        self._show_side(self.panel)

    def _switch_destination(self) -> None:
        view = self._counter.view
        now = view.destination if view is not None else None
        sides = DESTINATIONS
        self._counter.leave_to(sides[(sides.index(now) + 1) % len(sides)] if now in sides else sides[0])

    def _follow_advice(self) -> None:
        if self.session.person is not None:
            self._counter.follow_advice(self.session.person)

    def _pay(self) -> None:
        person = self.session.person
        if person is not None:
            self._counter.open_payment(person)

    def _ask_approval(self, act: str) -> None:
        view = self._counter.view
        if view is not None:
            self.page.approval.open(act, view.key)

    def _approved(self, approval: Approval) -> None:
        self._counter.take_approval(approval)
        if not self.changes.go_on(approval.by):
            self._pay()
        self._search()

    def _too_many(self, quantity: str) -> None:
        self.refusals.tell(BadField("quantity", "out_of_range", quantity))

    def _nothing_found(self, text: str) -> None:
        self.session.sounds.play(Sound.UNREAD)
        self.tell(Tone.NEARLY, lambda words: words("Nothing found for “{text}”.", text=text[:40]))

    def _back(self) -> None:
        if self.changes.leave() or self.gaps.leave():
            return
        if not self.page.approval.isHidden():
            self.page.approval.hide()
            self._search()
        elif self._side.currentWidget() is self.form:
            self._show_side(self.panel)
        elif not self.page.scan.leave():
            self.page.news.clear()
            self._search()

    def _show_side(self, side: QWidget) -> None:
        if self._side.currentWidget() is not side:
            self._side.setCurrentWidget(side)
            if side is self.panel:
                self._search()

    # ── how it stands together ───────────────────────────────────────────────────────────────────────────────

    def _steps(self) -> dict[str, Callable[[], None]]:
        return {
            "search": self._search,
            "visitor": self._ask_document,
            "quantity": self.changes.quantity,
            "discount": self.changes.discount,
            "void": self.changes.void,
            "destination": self._switch_destination,
            "pay": self._pay,
            "advice": self._follow_advice,
            "undo": self._counter.undo,
            "reprint": self.receipts.again,
            "back": self._back,
        }

    def _connect(self) -> None:
        counter, page = self._counter, self.page
        counter.presented.connect(self._present)
        counter.added.connect(self._added)
        counter.advised.connect(self._advised)
        counter.identified.connect(self._identified)
        counter.incomplete.connect(self.gaps.incomplete)
        counter.refused.connect(self._refused)
        counter.started.connect(self._started)
        page.scan.coded.connect(counter.scan)
        page.scan.chosen.connect(counter.add)
        page.scan.documented.connect(counter.identify_scanned)
        page.scan.nothing.connect(self._nothing_found)
        page.scan.too_many.connect(self._too_many)
        page.quick.chosen.connect(self._add_quick)
        page.approval.approved.connect(self._approved)
        page.approval.left.connect(self._back)
        self.changes.wrong.connect(self.refusals.tell)
        self.changes.ended.connect(self._search)
        self.gaps.closed.connect(self._search)
        self.panel.asked.connect(self._ask_document)
        self.panel.leaves.connect(counter.leave_to)
        self.panel.advised.connect(self._follow_advice)
        self.form.typed.connect(counter.identify_typed)
        self.form.left.connect(self._back)
        self.form.dismissed.connect(self._dismiss)
        self.total.pay.connect(self._pay)

    def _add_quick(self, product_id: int) -> None:
        self._counter.add(product_id, self.page.scan.take_quantity())
        self._search()

    def _lay_out(self) -> None:
        self._side.addWidget(self.panel)
        self._side.addWidget(self.form)
        self._side.setFixedWidth(self.panel.width())
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.page, 1)
        row.addWidget(Line(Qt.Orientation.Vertical))
        row.addWidget(self._side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row, 1)
        column.addWidget(self.total)
