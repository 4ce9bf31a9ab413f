"""The visitor page: a scanned document shows the visitor's account; it has the rare steps of a visit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos.application.tables.listing import Listing
from pos.application.text.translator import Translator
from pos.application.visitors.show_visitor import VisitorAccount
from pos.application.visitors.tables import purchases
from pos.domain.errors import BadInput
from pos.domain.receipt_number import NoSuchReceipt, read_receipt_number
from pos.domain.visitors.document import Document, read_scanned, read_typed
from pos.domain.visitors.mrz import BadDocument
from pos.domain.visitors.visitor import Visitor
from pos.ui.approval.approval_panel import ApprovalPanel
from pos.ui.input.actions import CHECKOUT, DECLARATION, VISITORS
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Space
from pos.ui.notices.notice_factory import News
from pos.ui.page.save_table import TableSaver
from pos.ui.page.screen import Screen
from pos.ui.sales.party.visitor_form import VisitorForm
from pos.ui.session.session import Session
from pos.ui.visitors.person_panel import PersonPanel, regimes_to_show
from pos.ui.visitors.purchase_table import PurchaseHeader, PurchaseModel, PurchaseTable
from pos.ui.visitors.purchase_words import PurchaseContext
from pos.ui.visitors.step_bar import ReceiptForm, StepBar
from pos.ui.visitors.visit_steps import VisitSteps
from pos.ui.visitors.visitor_controller import VisitorController
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.cards.empty_state import EmptyState
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.flow import Flow
from pos.ui.widgets.drawing.layouts import Stretch, Stretched, hbox, vbox
from pos.ui.widgets.drawing.main_and_side import MainAndSide
from pos.ui.widgets.drawing.surface import Ground, Line, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.fields.key_positions import ENTERS
from pos.ui.widgets.tables.rows_or_empty import RowsOrEmpty

_SECONDS = 12
_NUMBER_OF_A_PERSON = 12
"""Digits of a bare IIN, which a scanner sends like a product's code."""


class VisitorsScreen(Screen):
    """Left the purchases, right the person. The shown visitor is cleared when the page is left or the till locked.

    A document goes to the step that waits for one, else it is looked up; a receipt begins the step that moves a sale.
    """

    declaration_requested = Signal(str, object)
    """Carries a receipt, and the visitor who is shown."""

    screen_id = VISITORS
    takes_scans = True

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        theme, key = session.theme, session.actions.key_text
        self.controller = VisitorController(session, self)
        self.news = News(theme, session.translator)
        self.bar = StepBar(theme, key("visitor"))
        self.receipt = ReceiptForm(theme)
        self.review = ApprovalPanel(session)
        self.visit_steps = VisitSteps(session, self.controller, self.news, self.bar, self.receipt, self.review)
        self.form = VisitorForm(theme, lambda: self.controller.today)
        self.person = PersonPanel(theme, session.actions)
        self.rows = PurchaseModel(self)
        self.table = PurchaseTable(theme, self.rows)
        self._header = PurchaseHeader(theme, self.table)
        self._title = TextLabel(role=Role.SECTION)
        self.pending = TextLabel(role=Role.LABEL)
        self.empty = EmptyState(theme)
        self.has_left = IconButton(theme, icon="log-out", key=key("left"), kind=ButtonKind.TINTED)
        self.move_sale = IconButton(theme, icon="arrow-right-left", key=key("move_quota"))
        self.by_receipt = IconButton(theme, icon="receipt-text", key=key("by_receipt"), kind=ButtonKind.QUIET)
        self.declare = IconButton(theme, icon="scale", key=key("declare"))
        self.to_sale = IconButton(theme, icon="arrow-left", key=key("back"), kind=ButtonKind.TINTED)
        self._pending, self._on_show = 0, ""
        self._is_of_sale = False
        self._at_papers: tuple[Visitor, bool] | None = None
        """The visitor whose declaration is on show, to be shown again behind it, and whether they are of the sale."""
        self.key_handlers = {
            "visitor": self.ask_document,
            "by_receipt": self._ask_receipt,
            "link_paper": self._ask_link,
            "part_paper": self.visit_steps.ask_part,
            "destination": self.person.choose_next,
            "move_quota": self._ask_move,
            "declare": self._declare,
            "left": lambda: self.visit_steps.ask_departure(self._pending),
            "back": self._back,
        }
        TableSaver(self, self._listing)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._lay_out()
        self._connect()
        self._present(None)

    def entered(self) -> None:
        if self._at_papers is not None:
            visitor, self._is_of_sale = self._at_papers
            self._at_papers = None
            self.controller.look_up(visitor)
        self._focus_rows()

    def follow_day(self) -> None:
        self.controller.refresh()

    def left(self) -> None:
        """Clear all data of a person."""
        self._is_of_sale = False
        self.controller.clear()

    def show_of_sale(self, visitor: Visitor) -> None:
        """Show what is on file of a visitor of the sale in hand; Back leads to the sale. What only the sale knows of
        them is left out.
        """
        self.session.go(VISITORS)
        if self.session.screen_id == VISITORS:
            self._is_of_sale = True
            self.controller.look_up(replace(visitor, entries=(), declared=()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button of the notice."""
        notice = self.news.notice
        if event.key() in ENTERS and notice is not None and notice.action:
            if self.session.finishing.counts():
                self.news.action_pressed.emit()
        else:
            super().keyPressEvent(event)

    def retranslate(self, tr: Translator) -> None:
        for part in (self.news, self.bar, self.receipt, self.review, self.form, self._header):
            part.retranslate(tr)
        self.setAccessibleName(tr("Visitors"))
        self._title.setText(tr("Purchases"))
        self.table.setAccessibleName(tr("Purchases"))
        self.to_sale.present(tr("Back to the sale"))
        self.has_left.present(tr("Has left"))
        self.declare.present(tr("Declare"))
        self.move_sale.present(tr("Move to another visitor"))
        self.by_receipt.present(tr("Correct the visitor on a receipt"))
        self._show(self.controller.account)

    # ── scans ────────────────────────────────────────────────────────────────────────────────────────────────

    def document_scanned(self, text: str) -> None:
        try:
            document = read_scanned(text, self.controller.today)
        except BadInput as error:
            self._misread(error)
            return
        self._take(document)

    def scanned(self, text: str) -> None:
        """A receipt, or a person's number from the back of a card."""
        code = text.strip()
        if len(code) == _NUMBER_OF_A_PERSON and code.isdecimal():
            self.document_scanned(code)
            return
        try:
            read_receipt_number(code)
        except NoSuchReceipt:
            self._notify(lambda tr: tr("This page scans documents and receipts. Scan goods at the checkout."))
            return
        self.session.sounds.play(Sound.ACCEPT)
        self._leave_form()
        self.visit_steps.ask_receipt(code.upper())

    def unreadable(self, _text: str) -> None:
        self._notify(lambda tr: tr("The scan was incomplete. Scan again."))

    def ask_document(self) -> None:
        """Open the form for a document that no scanner reads; one that is being typed stays."""
        if self._side.currentWidget() is self.form and self.form.is_begun:
            self.form.ask_to_finish()
            return
        self._side.setCurrentWidget(self.form)
        self._side.show()
        self.form.open(alone=False)

    def _typed(self, kind: str, number: str, country: str, born: str) -> None:
        try:
            document = read_typed(kind, number, country, born or None, self.controller.today)
        except BadDocument as error:
            self.session.sounds.play(Sound.UNREAD)
            self.form.show_error(partial(self.session.wording, error), error.field)
            return
        self._take(document, stays=True)

    def _take(self, document: Document, *, stays: bool = False) -> None:
        """A document for the step that waits for one, or to be looked up; a typed one `stays` until it is found."""
        self.session.sounds.play(Sound.ACCEPT)
        self.news.clear()
        if self.visit_steps.take(document):
            self._leave_form()
            return
        self.visit_steps.cancel()
        if not stays:
            self._leave_form()
        self.controller.look_up(document)

    def _misread(self, error: Exception) -> None:
        self._notify(lambda _tr: self.session.wording(error))

    def _notify(self, text: Callable[[Translator], str]) -> None:
        self.session.sounds.play(Sound.UNREAD)
        self.news.notify("visitors.unread", lambda tr: Notice(Tone.NEARLY, text(tr), seconds=_SECONDS))

    # ── steps ────────────────────────────────────────────────────────────────────────────────────────────────

    def _ask_receipt(self) -> None:
        if self.receipt.is_begun:  # pressed again: what is typed stays
            self.receipt.receipt.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        self._leave_form()
        self.visit_steps.ask_receipt()

    def _ask_link(self) -> None:
        self._leave_form()
        self.visit_steps.ask_link()
        self._focus_rows()

    def _ask_move(self) -> None:
        self._leave_form()
        index = self.table.current_row
        if 0 <= index < self.rows.rowCount():
            self.visit_steps.ask_right_visitor(self.rows.rows[index][0])
        else:
            self.visit_steps.ask_receipt()

    def _declare(self) -> None:
        """Open the customs declarations of the chosen purchase, or of the last one."""
        account, index = self.controller.account, self.table.current_row
        lines = [] if account is None else list(account.purchases)
        if 0 <= index < self.rows.rowCount():
            lines = [self.rows.rows[index][0]]
        receipt = next((line.receipt for line in reversed(lines) if line.receipt and not line.voided_by), "")
        if account is None or not receipt:
            self.session.sounds.play(Sound.NOTE)
            return
        self._at_papers = account.visitor, self._is_of_sale
        self.declaration_requested.emit(receipt, account.visitor)
        if self.session.screen_id == VISITORS:  # it did not open
            self._forget_at_papers()

    def _forget_at_papers(self) -> None:
        self._at_papers = None

    def _page_shown(self, screen_id: str) -> None:
        if screen_id not in (VISITORS, DECLARATION):
            self._forget_at_papers()

    def _back(self) -> None:
        """Close what was opened last; then go back to the sale, or clear the shown person."""
        if self._side.currentWidget() is self.form:
            self._leave_form()
        elif self.visit_steps.cancel():
            self._focus_rows()
        elif self.news.notice is not None:
            self.news.clear()
        elif self._is_of_sale:
            self.session.go(CHECKOUT)
        else:
            self.controller.clear()

    def _leave_form(self) -> None:
        self.form.open(alone=False)
        self._side.setCurrentWidget(self.person)
        self._side.setVisible(self.controller.account is not None)
        self._focus_rows()

    # ── the person shown ─────────────────────────────────────────────────────────────────────────────────────

    def _listing(self) -> Listing | None:
        account = self.controller.account
        return None if account is None else purchases(account, self.session.shop.regimes)

    def _present(self, account: VisitorAccount | None) -> None:
        """Show another person, the same one refreshed, or none."""
        key = "" if account is None else account.visitor.key
        is_other = key != self._on_show
        if is_other:
            self._on_show = key
            self.rows.clear()
            self.person.forget()
        if account is None:
            self.visit_steps.cancel()
            self.news.clear()
        self._show(account)
        if account is None or (self._side.currentWidget() is self.form and self.form.is_submitted):
            self._leave_form()
        elif is_other:
            self._focus_rows()

    def _drop(self) -> None:
        """Another visitor is looked up; a form in which they are typed stays."""
        self._on_show = ""
        self.rows.clear()
        self.person.forget()
        is_typed = self._side.currentWidget() is self.form
        self._side.setVisible(is_typed)
        self._show(None)
        if not is_typed:
            self._focus_rows()

    def _show(self, account: VisitorAccount | None) -> None:
        tr, index = self.translator, self.table.current_row
        self._pending = 0
        if account is not None:
            shop, settings = self.session.shop, self.session.settings
            regimes, now = shop.regimes(), shop.now()
            past = PurchaseContext(regimes, settings.zone, now)
            in_use = list(settings.regimes.values())
            offered = regimes_to_show(account, in_use, regimes)
            today: date = now.astimezone(settings.zone).date()
            self.person.present(account, offered, today, settings.zone, tr)
            self.rows.show_rows(account.purchases, past, tr)
            self._pending = sum(line.quantity for line in account.purchases if past.is_pending(line))
            self.table.choose(index)
            if self._side.currentWidget() is not self.form:
                self._side.show()
        self._present_rows(account, tr)

    def _present_rows(self, account: VisitorAccount | None, tr: Translator) -> None:
        rows, pending = self.rows.rowCount(), self._pending
        self._pages.present(is_empty=not rows)
        self._head.setVisible(account is not None)
        self.to_sale.setVisible(self._is_of_sale)
        self.has_left.setVisible(bool(rows))
        self.has_left.setEnabled(bool(pending))
        self.move_sale.setVisible(bool(rows))
        self.declare.setVisible(bool(rows))
        self.pending.setText(
            tr.plural("{n} piece not taken out yet", "{n} pieces not taken out yet", pending) if pending else ""
        )
        if account is None:
            self.empty.present(
                "id-card",
                tr("Scan a document"),
                tr("Scan a passport or identity card to see purchases and the remaining allowance."),
                tr("Enter a document"),
                self.session.actions.key_text("visitor"),
            )
        else:
            self.empty.present(
                "shopping-bag",
                tr("No purchases"),
                tr("No purchases are recorded with this document. Visitor data that no allowance needs is erased."),
            )

    def _focus_rows(self) -> None:
        if self.isVisible():
            (self.table if self.rows.rowCount() else self).setFocus()

    def _connect(self) -> None:
        self.controller.presented.connect(self._present)
        self.controller.dropped.connect(self._drop)
        self.session.page_shown.connect(self._page_shown)
        self.session.person_changed.connect(lambda _person: self._forget_at_papers())
        self.form.typed.connect(self._typed)
        self.form.asked.connect(self.session.finishing.turned)
        finishing = self.session.finishing
        self.form.counts, self.form.answers = finishing.counts, finishing.answers
        self.form.left.connect(self._leave_form)
        self.person.asked.connect(self.ask_document)
        self.empty.action_pressed.connect(self.ask_document)
        self.bar.typing.connect(self.ask_document)
        self.person.linking.connect(self._ask_link)
        self.person.parting.connect(self.visit_steps.ask_part)
        self.to_sale.clicked.connect(lambda: self.session.go(CHECKOUT))
        self.has_left.clicked.connect(self.key_handlers["left"])
        self.move_sale.clicked.connect(self._ask_move)
        self.declare.clicked.connect(self._declare)
        self.by_receipt.clicked.connect(self._ask_receipt)
        for part in (self.bar, self.receipt, self.review):
            part.left.connect(self._back)

    def _lay_out(self) -> None:
        self._pages = RowsOrEmpty(self._header, self.table, self.empty)
        self._head = QWidget()
        hbox(self._title, Stretch(), self.pending, spacing=Space.M, margins=0, parent=self._head)
        left = vbox(
            self._head,
            self.news,
            self.bar,
            self.receipt,
            self.review,
            Stretched(self._pages),
            spacing=Space.S,
            margins=(Space.L, Space.M, Space.L, Space.S),
        )
        foot = Surface(Ground.PANEL)
        buttons = Flow(self.to_sale, self.has_left, self.declare, self.move_sale, self.by_receipt)
        hbox(buttons, margins=(Space.L, Space.S, Space.L, Space.S), parent=foot)
        main = vbox(Stretched(left), Line(), foot, spacing=0, margins=0)
        self._side = QStackedWidget()
        self._side.addWidget(self.person)
        self._side.addWidget(self.form)
        vbox(MainAndSide(main, self._side), spacing=0, margins=0, parent=self)
