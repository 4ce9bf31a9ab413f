"""Returns: a receipt, the returned goods with their reason, and the refund."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos.application.returns.record_return import IN_CASH
from pos.application.returns.return_draft import ReturnDraft
from pos.application.text.names import EXCHANGED
from pos.application.text.translator import Translator
from pos.domain.catalogue.barcode import is_element_string, read_code
from pos.domain.errors import BadInput
from pos.domain.money import Currency
from pos.domain.payment.tender import METHODS
from pos.domain.receipt_number import NoSuchReceipt, read_receipt_number
from pos.domain.staff.staff import Approval
from pos.ui.approval.approval_words import figures_text
from pos.ui.input.actions import BLIND_RETURN, CHECKOUT, RETURNS, back_action, currency_actions
from pos.ui.look.sounds import Sound
from pos.ui.receipts.receipts import ReceiptPrinting
from pos.ui.receipts.return_words import approval_text
from pos.ui.returns.line_steps import LineSteps
from pos.ui.returns.receipt_page import ReceiptPage
from pos.ui.returns.return_controller import ReturnController
from pos.ui.returns.return_screen_base import ReturnScreenBase
from pos.ui.returns.work_page import WorkPage
from pos.ui.sales.current_sale.checkout_controller import CheckoutController
from pos.ui.sales.payment.change_column import State
from pos.ui.session.session import Session


class ReturnsScreen(ReturnScreenBase):
    """Three pages one after another: the receipt, its lines with the refund, the result.

    A scan of goods adds one piece of their line, a marking code the very piece, on any receipt; a scan of another
    receipt asks before an unfinished return is left.
    """

    screen_id = RETURNS
    void_requested = Signal(str)
    """Carries the receipt that is to be voided."""

    def __init__(
        self, session: Session, receipts: ReceiptPrinting, counter: CheckoutController, parent: QWidget | None = None
    ) -> None:
        super().__init__(session, receipts, parent)
        self._counter = counter
        self.controller: ReturnController = ReturnController(session, self)
        self.receipt = ReceiptPage(session)
        self.work: WorkPage = WorkPage(session, self.controller)
        self.goods = LineSteps(session, self.controller, self.work, self._change, self._refuse, self._refused)
        self.key_handlers = self._key_handlers()
        self._lay_out((self.receipt, self.work, self.done), self.work.money)
        self._show_page(self.receipt, money=False)
        self._connect()
        self.retranslate(session.translator)

    # ── the window's calls ───────────────────────────────────────────────────────────────────────────────────

    def entered(self) -> None:
        """An unfinished return stays as it was left."""
        if self._pages.currentWidget() is self.receipt:
            self.receipt.begin()
        elif self._pages.currentWidget() is self.done:
            self.done.begin()
        else:
            self.work.table.setFocus()
            self.controller.read_again()

    def left(self) -> None:
        """A half-typed PIN is not for the next user; a finished return is closed."""
        self.approval.close_down()
        if self._back is not None:
            self.controller.clear()

    def retranslate(self, tr: Translator) -> None:
        for part in (self.news, self.approval, self.receipt, self.work):
            part.retranslate(tr)
        self._present()

    def waiting(self) -> str:
        hand = self.controller.hand
        if hand is None or self._back is not None or not hand.pieces:
            return ""
        return self.translator("return of {receipt}", receipt=hand.returnable.sale.receipt)

    def look_up(self, receipt: str) -> None:
        """Another page requests a receipt: open it as if it was scanned here."""
        self.session.go(RETURNS)
        self.scanned(receipt)

    def scanned(self, text: str) -> None:
        """A receipt, or goods of the open one."""
        if self.controller.is_locked:
            self._refuse(lambda tr: tr("First check whether this return was recorded."))
            return
        code = text.strip().upper()
        try:
            read_receipt_number(code)
        except NoSuchReceipt:
            goods = partial(self._scan_goods, text.strip(" \t\r\n"))
            self.controller.opening.then(goods, partial(self.session.sounds.play, Sound.NOTE))
            return
        hand = self.controller.hand
        if hand is None or self._back is not None or not hand.pieces:
            self.controller.open(code)
        elif code != hand.returnable.sale.receipt:
            self.session.sounds.play(Sound.NOTE)
            self._ask_to_leave_it(lambda: self.controller.open(code))

    def document_scanned(self, text: str) -> None:
        """Find the visitor's receipts, while a receipt is searched for."""
        if self._pages.currentWidget() is self.receipt:
            self.receipt.show_document(text)
            return
        super().document_scanned(text)

    # ── returned goods ───────────────────────────────────────────────────────────────────────────────────────

    def _scan_goods(self, code: str) -> None:
        if is_element_string(code):
            self.goods.scan_piece(code, self._ask_to_leave_it, lambda: self._scan_article(code))
        else:
            self._scan_article(code)

    def _scan_article(self, text: str) -> None:
        try:
            code = read_code(text).canonical
        except BadInput as error:
            self._refused(error)
            return
        if self._pages.currentWidget() is self.receipt:
            self.receipt.show_text(code)
        elif self._back is not None:
            self._refuse(lambda tr: tr("Scan the receipt first."))
        else:
            self.goods.scan(code)

    def _without_receipt(self) -> None:
        """F3: a return without a receipt."""
        hand = self.controller.hand
        if hand is None or not hand.pieces:
            self.session.go(BLIND_RETURN)
        elif self._is_open:
            self._ask_to_leave_it(self._leave_for_blind)

    def _leave_for_blind(self) -> None:
        self.controller.clear()
        self.session.go(BLIND_RETURN)

    def exchange(self) -> None:
        """F6: take the chosen goods to the checkout, where they pay for others."""
        hand, reason = self.controller.hand, self.work.reason.reason
        if not self._is_open or self.controller.is_finding or hand is None or not hand.pieces:
            self.session.sounds.play(Sound.NOTE)
            return
        if self._counter.leads_to_payment():
            return
        if self._counter.bring_back(hand, reason or EXCHANGED):
            self.controller.clear()
        self.go_on()

    def void_it(self) -> None:
        """Void the open receipt as a whole, if it is one of the running shift of which nothing came back."""
        hand = self.controller.hand
        if not self._is_open or hand is None or not self.work.can_void:
            self.session.sounds.play(Sound.NOTE)
            return
        receipt = hand.returnable.sale.receipt
        self.controller.clear()
        self.void_requested.emit(receipt)

    def _change(self, step: Callable[[ReturnDraft], ReturnDraft]) -> None:
        if self._is_open:
            self.approval.close_down()
            self.controller.change(step)

    # ── refund ───────────────────────────────────────────────────────────────────────────────────────────────

    def choose_method(self, method: str) -> None:
        """Set the method of the refund."""
        self._change(lambda hand: hand.by(method))

    def choose_currency(self, currency: Currency) -> None:
        """Set the currency of the refund."""
        self._change(lambda hand: hand.paying_in(currency))

    def want_cash(self) -> None:
        """Refund all of it in cash although it was paid by card: allowed, or an approval is asked for."""
        hand, proposal, person = self.controller.hand, self.controller.proposal, self.session.person
        if not self._is_open or hand is None or proposal is None or person is None or not proposal.by_card:
            return
        if person.may(IN_CASH):
            self._pay_in_cash(None)
        else:
            self.approval.open(IN_CASH, hand.key, approval_text, self.controller.needs(proposal.worth), figures_text)

    def _cash_allowed(self, approval: Approval) -> None:
        self._pay_in_cash(approval)
        self.work.table.setFocus()

    def _pay_in_cash(self, approval: Approval | None) -> None:
        """Cash is chosen once it is allowed: a cancelled question leaves the way of before marked."""
        if self.controller.hand is not None and self.controller.hand.method != "cash":
            self.choose_method("cash")
        self.controller.allow_cash(approval)

    def record(self) -> None:
        """F12: record it; on the result page continue."""
        if self._back is not None:
            self.go_on()
            return
        self.approval.close_down()
        is_whole = self._is_open and not self.controller.is_finding
        is_ready = is_whole and self.controller.proposal is not None and bool(self.work.reason.reason)
        if self.controller.state is State.UNCERTAIN or is_ready:
            self.controller.record(self.work.reason.reason)
        elif self.controller.hand is not None and self.controller.state is not State.RECORDING:
            self.session.sounds.play(Sound.NOTE)

    def go_on(self) -> None:
        """Return to the checkout; the page is ready for another receipt."""
        self.session.go(CHECKOUT)

    @property
    def _is_open(self) -> bool:
        return self.controller.hand is not None and super()._is_open

    # ── results ──────────────────────────────────────────────────────────────────────────────────────────────

    def _opened(self) -> None:
        self._back = None
        self.news.clear()
        self.approval.close_down()
        self.work.reason.clear()
        if self.session.is_awaited:  # else another receipt is typed by now
            self.receipt.box.clear()
        is_open = self.controller.hand is not None
        if is_open:
            self.session.sounds.play(Sound.ACCEPT)
        self._show_page(self.work if is_open else self.receipt, money=is_open)
        self._present()
        self.work.table.choose(0)
        self.goods.take_awaited()
        if self.isVisible():
            self.entered()

    def _forget_all(self) -> None:
        self.controller.clear()

    def _ask_to_leave_it(self, then: Callable[[], None]) -> None:
        hand = self.controller.hand
        receipt = "" if hand is None else hand.returnable.sale.receipt
        self._ask_to_leave(
            lambda tr: tr("The return of {receipt} is not recorded. Leave without saving?", receipt=receipt), then
        )

    def _enter(self) -> None:
        if self.work.table.hasFocus():
            self.work.table.choose(self.work.table.current_row + 1)

    def _back_step(self) -> None:
        hand = self.controller.hand
        if self.controller.state is State.RECORDING:
            return  # the money to give is shown in a moment
        if self._back is not None or hand is None or self.controller.is_locked:
            self.go_on()
        elif not self.approval.isHidden():
            self.approval.close_down()
            self.work.table.setFocus()
        elif self.news.notice is not None:
            self.news.clear()
        elif self.work.reason.own.hasFocus():
            self.work.table.setFocus()
        elif hand.pieces:
            self._ask_to_leave_it(self.controller.clear)
        else:
            self.controller.clear()

    def _present(self) -> None:
        self.work.present(self.session.settings.zone, locked=not self._is_open)
        hand = self.controller.hand
        if hand is not None and self._back is not None:
            sent = hand.returnable.sale.parcel is not None
            self.done.present(self._back, hand.here, self.translator, sent=sent)

    # ── layout ───────────────────────────────────────────────────────────────────────────────────────────────

    def _key_handlers(self) -> dict[str, Callable[[], None]]:
        handlers = currency_actions(back_action, self.choose_currency)
        handlers |= {method: partial(self.choose_method, method) for method in METHODS}
        return {
            **handlers,
            "return_line": self.goods.all_of_line,
            "return_all": self.goods.all_of_receipt,
            "return_to": self.goods.send_on,
            "return_reason": self._give_reason,
            "exchange": self.exchange,
            "void_sale": self.void_it,
            "no_receipt": self._without_receipt,
            "refund_cash": self.want_cash,
            "record_return": self.record,
            "reprint": self._receipts.again,
            "back": self._back_step,
        }

    def _connect(self) -> None:
        self.controller.opened.connect(self._opened)
        self.controller.changed.connect(self._present)
        self.controller.refused.connect(self._refused)
        self.controller.recorded.connect(self._recorded)
        self.receipt.number_given.connect(self.controller.open)
        self.receipt.blind.connect(self._without_receipt)
        self.receipt.refused.connect(self._refused)
        self.work.table.counted.connect(self.goods.count)
        self.work.table.stepped.connect(self.goods.step)
        self.work.every.clicked.connect(self.goods.all_of_receipt)
        self.work.void.clicked.connect(self.void_it)
        self.work.bar.stepped.connect(self.goods.step)
        self.work.bar.all_of_it.connect(self.goods.all_of_line)
        self.work.bar.going_to.connect(self.goods.send_to)
        self.work.money.exchange.clicked.connect(self.exchange)
        self.work.money.method_chosen.connect(self.choose_method)
        self.work.money.currency_chosen.connect(self.choose_currency)
        self.work.money.cash_requested.connect(self.want_cash)
        self.work.money.record.connect(self.record)
        self.approval.approved.connect(self._cash_allowed)
        self.approval.left.connect(self._back_step)
        self.done.left.connect(self.go_on)
        self.done.again.connect(self._receipts.again)
