"""Receipts on their way to paper, on a thread of their own: the next scan never waits for a printer."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject

from pos.application.issue_receipt import IssuedReceipt
from pos.application.words import Words
from pos.domain.errors import RuleBroken, Trouble
from pos.ui.background import Background
from pos.ui.session import Session
from pos.ui.widgets.notice_bar import Notice
from pos.ui.widgets.tone import Tone

_SECONDS = 4


class Receipts(QObject):
    """Prints the receipt of a recorded sale and tells how it went; the sale stands whatever the printer does."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._background = Background(self)
        self._last = ""
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.stop)

    @property
    def last(self) -> str:
        """The number of the last receipt of this window; empty before the first sale."""
        return self._last

    def issue(self, receipt: str) -> None:
        """Print the receipt of a sale just recorded."""
        self._last = receipt
        self.again()

    def again(self) -> None:
        """Print the last receipt once more, as a copy."""
        words, receipt = self._session.words, self._last
        if not receipt:
            self._session.tell(
                Notice(Tone.NEUTRAL, words("No receipt has been made at this till yet."), seconds=_SECONDS)
            )
            return
        text = words("Receipt {receipt} is printing. You can go on.", receipt=receipt)
        self._session.tell(Notice(Tone.INFO, text, "printer"))
        issue = self._session.shop.issue_receipt
        self._background.run(lambda: issue(receipt), self._printed, self._failed)

    def stop(self) -> None:
        """Finish what is being printed and end the thread."""
        self._background.stop()

    def _printed(self, issued: IssuedReceipt) -> None:
        words, receipt = self._session.words, issued.sale.receipt
        self._session.receipt_printed()
        text = words("Receipt {receipt} is printed.", receipt=receipt)
        if issued.copy:
            text = words("Receipt {receipt} is printed: COPY {n}.", receipt=receipt, n=issued.copy)
        self._session.tell(Notice(Tone.WITHIN, text, "printer", seconds=_SECONDS))

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, (RuleBroken, Trouble)):
            self._session.report(error)
        words = self._session.words
        self._session.note_devices(error)
        self._session.tell(self._not_printed(error, words), self.again)

    def _not_printed(self, error: Exception, words: Words) -> Notice:
        reason = self._session.wording(error)
        text = words("{receipt} is recorded, but not printed. {reason}", receipt=self._last, reason=reason)
        key = self._session.actions.key_text("reprint")
        return Notice(Tone.NEARLY, text, "printer", words("Print again"), key)
