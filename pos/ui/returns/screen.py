"""Returns: a receipt, what of it comes back and why, and the money that goes to the customer for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from pos.application.names import EXCHANGED
from pos.application.return_in_hand import ReturnInHand
from pos.application.take_back import IN_CASH
from pos.application.words import Words
from pos.domain.barcode import is_element_string, read_code
from pos.domain.errors import BadInput
from pos.domain.money import Currency
from pos.domain.sale import NoSuchReceipt, read_receipt_number
from pos.domain.staff import Approval
from pos.domain.tender import ALL_CURRENCIES, METHODS
from pos.ui.actions import BLIND_RETURN, CHECKOUT, RETURNS
from pos.ui.checkout.approval_words import figures_text
from pos.ui.checkout.counter import Counter
from pos.ui.payment.change_column import State
from pos.ui.payment.receipts import Receipts
from pos.ui.returns.desk_screen import DeskScreen
from pos.ui.returns.line_steps import LineSteps
from pos.ui.returns.money_panel import BACK_IN
from pos.ui.returns.receipt_page import ReceiptPage
from pos.ui.returns.return_desk import ReturnDesk
from pos.ui.returns.return_words import approval_text
from pos.ui.returns.work_page import WorkPage
from pos.ui.session import Session
from pos.ui.sounds import Sound


class ReturnsScreen(DeskScreen):
    """Three pages one after another: the receipt, its lines with the money, the moment after.

    Scanning goods adds one of their line, a marking code the very piece of it, whatever receipt sold it; scanning
    another receipt asks before what was begun is left.
    """

    place = RETURNS

    def __init__(self, session: Session, receipts: Receipts, counter: Counter, parent: QWidget | None = None) -> None:
        super().__init__(session, receipts, parent)
        self._counter = counter
        self.desk: ReturnDesk = ReturnDesk(session, self)
        self.receipt = ReceiptPage(session)
        self.work: WorkPage = WorkPage(session, self.desk)
        self.goods = LineSteps(session, self.desk, self.work, self._change, self._refuse, self._refused)
        self.steps = self._steps()
        self._lay_out((self.receipt, self.work, self.done), self.work.money)
        self._show_page(self.receipt, money=False)
        self._connect()
        self.retranslate(session.words)

    # ── what the window says ─────────────────────────────────────────────────────────────────────────────────

    def entered(self) -> None:
        """Override Screen.entered: what was begun stays as it was left."""
        if self._pages.currentWidget() is self.receipt:
            self.receipt.begin()
        elif self._pages.currentWidget() is self.done:
            self.done.begin()
        else:
            self.work.table.setFocus()

    def left(self) -> None:
        """Override Screen.left: a PIN half typed is not for the next one at the till; what is done is done."""
        self.approval.close_down()
        if self._back is not None:
            self.desk.clear()

    def retranslate(self, words: Words) -> None:
        """Override Screen.retranslate."""
        for part in (self.news, self.approval, self.receipt, self.work):
            part.retranslate(words)
        self._present()

    def waiting(self) -> str:
        """Override Screen.waiting."""
        hand = self.desk.hand
        if hand is None or self._back is not None or not hand.pieces:
            return ""
        return self.words("return of {receipt}", receipt=hand.found.sale.receipt)

    def look_up(self, receipt: str) -> None:
        """Another page asks for a receipt: as if it was scanned here."""
        self.session.go(RETURNS)
        self.scanned(receipt)

    def scanned(self, text: str) -> None:
        """Override Screen.scanned: a receipt, or goods of the one at hand."""
        code = text.strip().upper()
        try:
            read_receipt_number(code)
        except NoSuchReceipt:
            self._scan_goods(text.strip(" \t\r\n"))
            return
        hand = self.desk.hand
        if self.desk.is_locked:
            self._refuse(lambda words: words("First check whether this return was recorded."))
        elif hand is None or self._back is not None or not hand.pieces:
            self.desk.open(code)
        elif code != hand.found.sale.receipt:
            self.session.sounds.play(Sound.NOTE)
            self._ask_to_leave_it(lambda: self.desk.open(code))

    def document_scanned(self, text: str) -> None:
        """Override Screen.document_scanned: what its visitor bought, while a receipt is sought."""
        if self._pages.currentWidget() is self.receipt:
            self.receipt.show_document(text)
            return
        super().document_scanned(text)

    # ── what comes back ──────────────────────────────────────────────────────────────────────────────────────

    def _scan_goods(self, code: str) -> None:
        if is_element_string(code) and not self.desk.is_locked:
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
            self._refuse(lambda words: words("Scan the receipt first."))
        else:
            self.goods.scan(code)

    def _without_receipt(self) -> None:
        """F3: nobody has the receipt."""
        hand = self.desk.hand
        if hand is None or not hand.pieces:
            self.session.go(BLIND_RETURN)
        elif self._is_open:
            self._ask_to_leave_it(self._leave_for_blind)

    def _leave_for_blind(self) -> None:
        self.desk.clear()
        self.session.go(BLIND_RETURN)

    def exchange(self) -> None:
        """F6: the chosen goods go to the checkout and pay for others."""
        hand, reason = self.desk.hand, self.work.reason.reason
        if not self._is_open or hand is None or not hand.pieces:
            self.session.sounds.play(Sound.NOTE)
            return
        self._counter.bring_back(hand, reason or EXCHANGED)
        self.desk.clear()
        self.go_on()

    def _change(self, step: Callable[[ReturnInHand], ReturnInHand]) -> None:
        if self._is_open:
            self.approval.close_down()
            self.desk.change(step)

    # ── the money ────────────────────────────────────────────────────────────────────────────────────────────

    def choose_method(self, method: str) -> None:
        """By what means the money goes back."""
        self._change(lambda hand: hand.by(method))

    def choose_currency(self, currency: Currency) -> None:
        """In which currency the money goes back."""
        self._change(lambda hand: hand.paying_in(currency))

    def want_cash(self) -> None:
        """All of it in cash, though it was paid by card: allowed, or an approval is asked for."""
        hand, proposal, person = self.desk.hand, self.desk.proposal, self.session.person
        if not self._is_open or hand is None or proposal is None or person is None or not proposal.by_card:
            return
        if hand.method != "cash":
            self.choose_method("cash")
        if person.may(IN_CASH):
            self.desk.allow_cash()
        else:
            self.approval.open(IN_CASH, hand.key, approval_text, self.desk.needs(proposal.worth), figures_text)

    def _cash_allowed(self, approval: Approval) -> None:
        self.desk.allow_cash(approval)
        self.work.table.setFocus()

    def record(self) -> None:
        """F12: record it; on the page after it go on."""
        if self._back is not None:
            self.go_on()
            return
        self.approval.close_down()
        is_ready = self._is_open and self.desk.proposal is not None and bool(self.work.reason.reason)
        if self.desk.state is State.UNCERTAIN or is_ready:
            self.desk.record(self.work.reason.reason)
        elif self.desk.hand is not None and self.desk.state is not State.RECORDING:
            self.session.sounds.play(Sound.NOTE)

    def go_on(self) -> None:
        """Back to the checkout, ready for another receipt."""
        self.session.go(CHECKOUT)

    @property
    def _is_open(self) -> bool:
        return self.desk.hand is not None and super()._is_open

    # ── what came of it ──────────────────────────────────────────────────────────────────────────────────────

    def _opened(self) -> None:
        self._back = None
        self.news.clear()
        self.approval.close_down()
        self.work.reason.clear()
        self.receipt.box.clear()
        found = self.desk.hand is not None
        if found:
            self.session.sounds.play(Sound.ACCEPT)
        self._show_page(self.work if found else self.receipt, money=found)
        self._present()
        self.work.table.choose(0)
        self.goods.take_awaited()
        if self.isVisible():
            self.entered()

    def _ask_to_leave_it(self, then: Callable[[], None]) -> None:
        hand = self.desk.hand
        receipt = "" if hand is None else hand.found.sale.receipt
        self._ask_to_leave(
            lambda words: words("The return of {receipt} is not recorded. Leave without saving?", receipt=receipt), then
        )

    def _enter(self) -> None:
        if self.work.table.hasFocus():
            self.work.table.choose(self.work.table.place + 1)

    def _back_step(self) -> None:
        hand = self.desk.hand
        if self._back is not None or hand is None or self.desk.is_locked:
            self.go_on()
        elif not self.approval.isHidden():
            self.approval.close_down()
            self.work.table.setFocus()
        elif self.news.notice is not None:
            self.news.clear()
        elif self.work.reason.own.hasFocus():
            self.work.table.setFocus()
        elif hand.pieces:
            self._ask_to_leave_it(self.desk.clear)
        else:
            self.desk.clear()

    def _present(self) -> None:
        self.work.present(self.session.settings.zone, locked=not self._is_open)
        hand = self.desk.hand
        if hand is not None and self._back is not None:
            self.done.present(self._back, hand.here, self.words)

    # ── how it stands together ───────────────────────────────────────────────────────────────────────────────

    def _steps(self) -> dict[str, Callable[[], None]]:
        steps: dict[str, Callable[[], None]] = {
            BACK_IN[currency.code]: partial(self.choose_currency, currency) for currency in ALL_CURRENCIES
        }
        steps |= {method: partial(self.choose_method, method) for method in METHODS}
        return {
            **steps,
            "return_line": self.goods.all_of_line,
            "return_all": self.goods.all_of_receipt,
            "return_to": self.goods.send_on,
            "return_reason": self._give_reason,
            "exchange": self.exchange,
            "no_receipt": self._without_receipt,
            "refund_cash": self.want_cash,
            "record_return": self.record,
            "reprint": self._receipts.again,
            "back": self._back_step,
        }

    def _connect(self) -> None:
        self.desk.opened.connect(self._opened)
        self.desk.changed.connect(self._present)
        self.desk.refused.connect(self._refused)
        self.desk.recorded.connect(self._recorded)
        self.receipt.told.connect(self.desk.open)
        self.receipt.blind.connect(self._without_receipt)
        self.receipt.refused.connect(self._refused)
        self.work.table.counted.connect(self.goods.count)
        self.work.table.stepped.connect(self.goods.step)
        self.work.every.clicked.connect(self.goods.all_of_receipt)
        self.work.bar.stepped.connect(self.goods.step)
        self.work.bar.all_of_it.connect(self.goods.all_of_line)
        self.work.bar.going_to.connect(self.goods.send_to)
        self.work.money.exchange.clicked.connect(self.exchange)
        self.work.money.method_chosen.connect(self.choose_method)
        self.work.money.currency_chosen.connect(self.choose_currency)
        self.work.money.cash_wanted.connect(self.want_cash)
        self.work.money.record.connect(self.record)
        self.approval.approved.connect(self._cash_allowed)
        self.approval.left.connect(self._back_step)
        self.done.left.connect(self.go_on)
        self.done.again.connect(self._receipts.again)
