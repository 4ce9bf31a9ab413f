"""Tells that a payment waits for the center, where the answer is not there at once."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from pos.ui.notices.notice_factory import News
from pos.ui.sales.current_sale.checkout_controller import CheckoutController
from pos.ui.session.session import Session
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone

_AFTER_MS = 400
"""A line that is alive answers sooner, and nothing flickers."""


class CenterWait(QObject):
    """Says nothing in a shop without a center, and nothing where no visitor is concerned."""

    def __init__(self, session: Session, counter: CheckoutController, news: News) -> None:
        super().__init__(news)
        self._session, self._counter, self._news = session, counter, news
        self._is_waiting = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_AFTER_MS)
        self._soon.timeout.connect(self._tell)
        for answer in (counter.payable, counter.refused, counter.started):
            answer.connect(self._end)
        session.answered.connect(self._look)

    def begin(self) -> None:
        """The payment was asked for."""
        view = self._counter.view
        if self._session.center.is_member and view is not None and view.visitors and view.regime is not None:
            self._is_waiting = True
            self._soon.start()

    def _tell(self) -> None:
        if self._is_waiting:
            self._news.notify(
                "checkout.center",
                lambda tr: Notice(Tone.INFO, tr("Asking the center …"), "globe"),
                holds=lambda: self._is_waiting,
            )

    def _look(self) -> None:
        """An answer that opens no payment ends the waiting, too."""
        if self._session.background.is_idle:
            self._end()

    def _end(self, _answer: object = None) -> None:
        self._is_waiting = False
        self._soon.stop()
        if self._news.kind == "checkout.center":
            self._news.clear()
