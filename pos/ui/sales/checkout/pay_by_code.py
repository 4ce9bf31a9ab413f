"""A payment code at the checkout: it opens the payment of the basket, and is never looked for as goods."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from pos.domain.outside_partners.payment_code import PaymentCode, ScanKind, kind_of_scan
from pos.ui.look.sounds import Sound
from pos.ui.notices.notice_factory import News
from pos.ui.sales.current_sale.checkout_controller import CheckoutController
from pos.ui.session.session import Session
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone


class PayByCode(QObject):
    """`scanned` carries a PaymentCode with which the payment is opened now. The code is kept nowhere else."""

    scanned = Signal(object)

    def __init__(
        self,
        session: Session,
        counter: CheckoutController,
        news: News,
        pay: Callable[[], None],
        nothing_found: Callable[[str], None],
    ) -> None:
        super().__init__(news)
        self._session, self._counter, self._news = session, counter, news
        self._pay, self._nothing_found = pay, nothing_found

    def take(self, code: PaymentCode) -> None:
        """Open the payment, where the shop wants that; without a basket there is nothing to pay."""
        view = self._counter.view
        if not self._session.settings.code_at_checkout:
            self._session.sounds.play(Sound.UNREAD)
            self._news.notify(
                "checkout.said",
                lambda tr: Notice(Tone.NEARLY, tr("This is a payment code. It is scanned at the payment.")),
            )
            return
        if view is not None and view.lines and not self._counter.is_recording:
            self.scanned.emit(code)
            self._pay()
            return
        self._session.sounds.play(Sound.UNREAD)
        self._news.notify(
            "checkout.said", lambda tr: Notice(Tone.NEARLY, tr("This is a payment code. Scan the goods first."))
        )

    def typed(self, text: str, quantity: int) -> None:
        """The code of goods, or a payment code that was typed from a phone."""
        if not self._is_taken(text):
            self._counter.scan(text, quantity)

    def nothing(self, text: str) -> None:
        """What was typed is no code of goods and found none."""
        if not self._is_taken(text):
            self._nothing_found(text)

    def _is_taken(self, text: str) -> bool:
        kind, code = kind_of_scan(text, paying=False)
        if code is not None and kind is ScanKind.PAYMENT:
            self.take(code)
            return True
        return False
