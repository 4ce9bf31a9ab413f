"""Void a finished sale of the running shift: the receipt, its money, a reason, an approval, the result."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos.application.returns.void_sale import VOID_SALE as PERMISSION
from pos.application.returns.void_sale import void_requirement
from pos.application.text.translator import Translator
from pos.domain.errors import InfrastructureError, RuleBroken
from pos.domain.receipt_number import NoSuchReceipt, read_receipt_number
from pos.domain.returns.goods_return import GoodsReturn
from pos.domain.staff.staff import Approval
from pos.ui.approval.approval_panel import ApprovalPanel
from pos.ui.approval.approval_words import figures_text
from pos.ui.input.actions import CHECKOUT, RETURNS, VOID_SALE
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Space
from pos.ui.notices.notice_factory import News
from pos.ui.page.screen import Screen
from pos.ui.receipts.receipts import ReceiptPrinting
from pos.ui.receipts.return_words import approval_text
from pos.ui.returns.done_page import DonePage
from pos.ui.returns.void_controller import VoidController, has_proposal
from pos.ui.returns.void_money import VoidMoney
from pos.ui.returns.void_page import VoidPage
from pos.ui.sales.payment.change_column import State
from pos.ui.session.session import Session
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.layouts import Stretched, vbox
from pos.ui.widgets.drawing.main_and_side import MainAndSide
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.fields.key_positions import ENTERS

_SECONDS = 12
_MONEY = 432
"""The width of the panel with the money, in pixels."""


class VoidScreen(Screen):
    """Two pages one after another: the receipt with the money that goes back, then the result.

    It opens from a receipt on another page (`look_up`), and leads back there. Left before it is recorded, it is
    dropped.
    """

    screen_id = VOID_SALE
    rail = RETURNS
    takes_scans = True

    def __init__(self, session: Session, receipts: ReceiptPrinting, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._receipts = receipts
        self._back: GoodsReturn | None = None
        self._came_from = ""
        self.controller = VoidController(session, self)
        self.work = VoidPage(session, self.controller)
        self.money = VoidMoney(session)
        self.done = DonePage(session.theme, session.actions)
        self.news = News(session.theme, session.translator)
        self.approval = ApprovalPanel(session)
        self._pages = QStackedWidget()
        self._pages.currentChanged.connect(session.finishing.turned)
        self.key_handlers = {
            "record_void": self.record,
            "return_reason": self._give_reason,
            "reprint": receipts.again,
            "back": self._back_step,
        }
        self._lay_out()
        self._connect()
        self.retranslate(session.translator)

    # ── the window's calls ───────────────────────────────────────────────────────────────────────────────────

    def retranslate(self, tr: Translator) -> None:
        for part in (self.news, self.approval, self.work):
            part.retranslate(tr)
        self._present()

    def entered(self) -> None:
        if self._back is not None:
            self.done.begin()
        else:
            self.work.area.setFocus(Qt.FocusReason.OtherFocusReason)

    def left(self) -> None:
        """Drop a half-typed PIN and the proposal, so that no key pressed later records the void."""
        self.approval.close_down()
        self.news.clear()
        if self.controller.is_locked and self.session.person is not None:
            self.session.notify("void.kept", self._kept, holds=lambda: self.controller.is_locked)
        self._forget()

    def _kept(self) -> Notice:
        """That the outcome of the void is unknown. It has no button: no item of the rail leads back here."""
        hand, tr = self.controller.hand, self.translator
        receipt = "" if hand is None else hand.sale.receipt
        said = tr("The void of {receipt} is not confirmed. The till checks again automatically.", receipt=receipt)
        return Notice(Tone.NEARLY, said, "circle-question-mark", seconds=15)

    def waiting(self) -> str:
        hand = self.controller.hand
        if hand is None or not self.controller.is_locked:
            return ""
        return self.translator("void of {receipt}", receipt=hand.sale.receipt)

    def look_up(self, receipt: str) -> None:
        """Another page asks to void a receipt: show it, and lead back there."""
        came_from = self.session.screen_id
        self.session.go(VOID_SALE)
        if self.session.screen_id != VOID_SALE:
            return
        self._came_from = came_from if came_from != VOID_SALE else self._came_from
        self._open(receipt)

    def scanned(self, text: str) -> None:
        """Another receipt, as long as this one is not being recorded."""
        code = text.strip().upper()
        if self.controller.is_locked:
            self._refuse(lambda tr: tr("First check whether this void was recorded."))
            return
        try:
            read_receipt_number(code)
        except NoSuchReceipt:
            self._refuse(lambda tr: tr("Goods are scanned at the checkout. Scan a receipt to void it."))
        else:
            self._open(code)

    # ── steps ────────────────────────────────────────────────────────────────────────────────────────────────

    def record(self) -> None:
        """F12: record it, with the approval of another person if needed; on the result page continue."""
        hand, person, reason = self.controller.hand, self.session.person, self.work.reason.reason
        if self._back is not None:
            self.go_on()
        elif self.controller.state is State.UNCERTAIN:
            self.controller.record(reason)
        elif self.controller.is_locked:
            return
        elif hand is None or person is None or has_proposal(self.controller) is None or not reason:
            self.session.sounds.play(Sound.NOTE)
        elif person.may(PERMISSION):
            self.controller.record(reason)
        else:
            need = void_requirement(hand.sale)
            self.approval.open(PERMISSION, self.controller.key, approval_text, lambda: {need}, figures_text)

    def go_on(self) -> None:
        """Go on with the next customer."""
        self.session.go(CHECKOUT)

    def _open(self, receipt: str) -> None:
        self._forget()
        self.controller.open(receipt)

    def _give_reason(self) -> None:
        if self._is_open and not self.work.reason.choose_next():
            self.work.area.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _is_open(self) -> bool:
        return self._back is None and self.controller.hand is not None and not self.controller.is_locked

    # ── results ──────────────────────────────────────────────────────────────────────────────────────────────

    def _approved(self, approval: Approval) -> None:
        if self._is_open:
            self.controller.record(self.work.reason.reason, approval)
        self.work.area.setFocus(Qt.FocusReason.OtherFocusReason)

    def _opened(self) -> None:
        self.approval.close_down()
        self.work.reason.clear()
        if self.controller.hand is not None:
            self.session.sounds.play(Sound.ACCEPT)
        self._present()

    def _recorded(self, back: GoodsReturn) -> None:
        self._back = back
        self.news.clear()
        self.approval.close_down()
        self.session.sounds.play(Sound.PAID)
        self._side.hide()
        self._pages.setCurrentWidget(self.done)
        self._present()
        if self.isVisible():
            self.done.begin()
        self._receipts.issue(back.receipt)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, RuleBroken | InfrastructureError):  # an unexpected error was reported already
            self._refuse(lambda _tr: self.controller.wording(error))
        self._present()

    def _forget(self) -> None:
        if self.controller.is_locked:
            return  # it may have been recorded: the key finds out
        self._back = None
        self._side.show()
        self._pages.setCurrentWidget(self.work)
        self.controller.clear()

    def _back_step(self) -> None:
        if self.controller.state is State.RECORDING:
            return  # the money to give is shown in a moment
        if self._back is not None:
            self.go_on()
        elif self.approval.close_down() or self.work.reason.own.hasFocus():
            self.work.area.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.controller.hand is not None and self.news.notice is not None:
            self.news.clear()
        else:
            self.session.go(self._came_from or RETURNS)

    def _refuse(self, text: Callable[[Translator], str]) -> None:
        self.session.sounds.play(Sound.UNREAD)
        self.news.notify("void.said", lambda tr: Notice(Tone.NEARLY, text(tr), seconds=_SECONDS))

    def _present(self) -> None:
        controller, tr = self.controller, self.translator
        self.work.present(tr, locked=not self._is_open)
        refusal = "" if controller.error is None else controller.wording(controller.error)
        self.money.present(controller, self.work.reason.reason, refusal, tr)
        if self._back is not None:
            self.done.present(self._back, self._given_back(), tr)

    def _given_back(self) -> Mapping[int, bool]:
        """The lines that used an allowance: all of it is restored, for nothing of a voided sale has left."""
        hand = self.controller.hand
        if hand is None or hand.sale.regime is None:
            return {}
        return {line.line: True for line in hand.sale.lines if line.carrier is not None}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and the digits of a PIN mean the same with any focus."""
        if event.key() in ENTERS:
            self._confirm()
        elif not self.approval.isHidden():
            self.approval.take_key(event)
        else:
            super().keyPressEvent(event)

    def _confirm(self) -> None:
        if (self._back is not None or self.controller.state is State.UNCERTAIN) and self.session.finishing.counts():
            self.record()

    # ── layout ───────────────────────────────────────────────────────────────────────────────────────────────

    def _lay_out(self) -> None:
        for page in (self.work, self.done):
            self._pages.addWidget(page)
        cards = vbox(self.news, self.approval, spacing=Space.S, margins=(Space.L, Space.XS, Space.L, 0))
        left = vbox(cards, Stretched(self._pages), spacing=0)
        self._side = self.money
        vbox(MainAndSide(left, self._side, widest=_MONEY, share=40), spacing=0, margins=0, parent=self)

    def _connect(self) -> None:
        self.controller.opened.connect(self._opened)
        self.controller.changed.connect(self._present)
        self.controller.refused.connect(self._refused)
        self.controller.recorded.connect(self._recorded)
        self.work.reason.changed.connect(self._present)
        self.work.reason.confirmed.connect(self.work.area.setFocus)
        self.money.record.connect(self.record)
        self.approval.approved.connect(self._approved)
        self.approval.left.connect(self._back_step)
        self.approval.asking.connect(self.work.make_room)
        self.done.left.connect(self.go_on)
        self.done.again.connect(self._receipts.again)
        self.session.shift_changed.connect(lambda _shift: self._forget())
