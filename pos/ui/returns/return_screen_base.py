"""The base of return pages: pages in the middle, the refund beside them, and notices above."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos.application.text.translator import Translator
from pos.domain.errors import InfrastructureError, RuleBroken
from pos.domain.returns.goods_return import GoodsReturn
from pos.ui.approval.approval_panel import ApprovalPanel
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Space
from pos.ui.notices.notice_factory import ENTER, News
from pos.ui.page.screen import Screen
from pos.ui.receipts.receipts import ReceiptPrinting
from pos.ui.returns.blind_page import BlindPage
from pos.ui.returns.blind_return_controller import BlindReturnController
from pos.ui.returns.done_page import DonePage
from pos.ui.returns.return_controller import ReturnController
from pos.ui.returns.work_page import WorkPage
from pos.ui.sales.payment.change_column import State
from pos.ui.session.session import Session
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.layouts import Stretched, hbox, vbox
from pos.ui.widgets.drawing.main_and_side import MainAndSide
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.fields.key_positions import ENTERS

_SECONDS = 12

_MONEY = 432
"""The width of the panel with the money, in pixels."""


class ReturnScreenBase(Screen):
    """The common part of the return screens, with a receipt and without one."""

    takes_scans = True
    controller: ReturnController | BlindReturnController
    work: WorkPage | BlindPage

    def __init__(self, session: Session, receipts: ReceiptPrinting, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._receipts = receipts
        self._back: GoodsReturn | None = None
        self.done = DonePage(session.theme, session.actions)
        self.news = News(session.theme, session.translator)
        self.approval = ApprovalPanel(session)
        self._pages = QStackedWidget()
        self._pages.currentChanged.connect(self.session.finishing.turned)
        self._side = QWidget()
        session.shift_changed.connect(lambda _shift: self._leave_to_the_next_shift())

    def unreadable(self, _text: str) -> None:
        self._refuse(lambda tr: tr("The scan was incomplete. Scan again."))

    def document_scanned(self, _text: str) -> None:
        self._refuse(lambda tr: tr("Documents are scanned at the checkout."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and digits mean the same with any focus."""
        if event.key() in ENTERS:
            self._confirm()
        elif not self.approval.isHidden():
            self.approval.take_key(event)
        elif not self.work.table.isVisible() or not self.work.table.take_key(event):
            super().keyPressEvent(event)

    # ── for subclasses ───────────────────────────────────────────────────────────────────────────────────────

    def record(self) -> None:
        """F12: record it; on the result page continue."""
        raise NotImplementedError

    def go_on(self) -> None:
        """Leave the page."""
        raise NotImplementedError

    def _present(self) -> None:
        """Show the whole return."""
        raise NotImplementedError

    def _forget_all(self) -> None:
        """Begin as if nothing had been scanned."""
        raise NotImplementedError

    def _enter(self) -> None:
        """Enter, if no panel uses it."""

    # ── results ──────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def _is_open(self) -> bool:
        return self._back is None and not self.controller.is_locked

    def _leave_to_the_next_shift(self) -> None:
        """Nothing of a return that was not recorded; one that may have been is looked up by the next person."""
        if not self.controller.is_locked:
            self.news.clear()
            self.approval.close_down()
            self._forget_all()

    def _give_reason(self) -> None:
        if self._is_open and not self.work.reason.choose_next():
            self.work.table.setFocus()

    def _recorded(self, back: GoodsReturn) -> None:
        self._back = back
        self.news.clear()
        self.session.sounds.play(Sound.PAID)
        self._show_page(self.done, money=False)
        self._present()
        if self.isVisible():
            self.done.begin()
        self._receipts.issue(back.receipt)

    def _refused(self, error: Exception) -> None:
        if self.session.is_awaited:  # else it was typed since
            self.work.table.forget_typed()
        if isinstance(error, RuleBroken | InfrastructureError):  # an unexpected error was reported already
            self._refuse(lambda _tr: self.controller.wording(error))

    def _confirm(self) -> None:
        if self.news.notice is not None and self.news.notice.action:
            self.news.confirm()
        elif self._back is not None or self.controller.state is State.UNCERTAIN:
            if self.session.finishing.counts():
                self.record()  # or continue from the recorded return
        else:
            self._enter()

    def _ask_to_leave(self, question: Callable[[Translator], str], then: Callable[[], None]) -> None:
        def asking(tr: Translator) -> Notice:
            return Notice(Tone.NEARLY, question(tr), "undo-2", tr("Leave without saving"), ENTER)

        self.news.notify("return.leave", asking, then)

    def _refuse(self, text: Callable[[Translator], str]) -> None:
        self.session.sounds.play(Sound.UNREAD)
        self.news.notify("return.said", lambda tr: Notice(Tone.NEARLY, text(tr), seconds=_SECONDS))

    def _lay_out(self, pages: Sequence[QWidget], money: QWidget) -> None:
        """Show the first of `pages`; `money` is beside them if `_show_page` shows it."""
        for page in pages:
            self._pages.addWidget(page)
        cards = vbox(self.news, self.approval, spacing=Space.S, margins=(Space.L, Space.XS, Space.L, 0))
        left = vbox(cards, Stretched(self._pages), spacing=0)
        hbox(money, spacing=0, margins=0, parent=self._side)
        vbox(MainAndSide(left, self._side, widest=_MONEY), spacing=0, margins=0, parent=self)

    def _show_page(self, page: QWidget, *, money: bool) -> None:
        self._side.setVisible(money)
        self._pages.setCurrentWidget(page)
