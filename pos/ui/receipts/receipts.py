"""Prints receipts on a thread of their own: the next scan never waits for a printer."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QObject

from pos.application.receipts.issue_receipt import IssuedReceipt
from pos.application.text.translator import Translator
from pos.domain.staff.staff import Person
from pos.ui.look.event_loop import call_soon
from pos.ui.session.background import Background
from pos.ui.session.session import Session
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone

_SECONDS = 4


class ReceiptPrinting(QObject):
    """Prints the receipt of a recorded sale and reports the result; a failed printer does not affect the sale."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._background = Background("receipts", self)
        self._last = ""
        self._coming: list[str] = []
        self._stopped = False
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.stop)

    @property
    def last(self) -> str:
        """The number of this window's last receipt; empty before the first sale."""
        return self._last

    def issue(self, receipt: str) -> None:
        """Print the receipt of a sale just recorded, once the window has painted the change."""
        self._last = receipt
        self._coming.append(receipt)
        call_soon(self, self._issue_coming)

    def _issue_coming(self) -> None:
        while self._coming:
            self._begin(self._coming.pop(0))

    def again(self) -> None:
        """Print the last receipt again, as a copy."""
        receipt, notify = self._last, self._session.notify
        if not receipt:
            notify(
                "receipt.none",
                lambda: Notice(Tone.NEUTRAL, self._no_receipt(self._session.translator), seconds=_SECONDS),
            )
            return
        self._begin(receipt)

    def copy(self, receipt: str) -> None:
        """Print any receipt again, as a copy; the last one of this window stays the last."""
        self._begin(receipt)

    def _begin(self, receipt: str) -> None:
        self._session.notify(
            "receipt.printing", lambda: Notice(Tone.INFO, self._printing(receipt, self._session.translator), "printer")
        )
        self._print(receipt)

    def _print(self, receipt: str) -> None:
        issue, person = self._session.shop.issue_receipt, self._session.person
        printed = partial(self._printed, person)
        self._background.run(lambda: issue(receipt, person), printed, partial(self._failed, receipt))

    def stop(self) -> None:
        """Finish the current printing and end the thread."""
        if not self._stopped:
            self._stopped = True
            while self._coming:
                self._print(self._coming.pop(0))
            self._background.stop()

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being printed."""
        return not self._coming and self._background.is_idle

    def _printed(self, person: Person | None, issued: IssuedReceipt) -> None:
        """Say so to the person who printed it only: another person may be reading a notice of their own."""
        self._session.receipt_printed()
        here = self._session.person
        if (person and person.id) != (here and here.id):
            return
        self._session.notify(
            "receipt.printed",
            lambda: Notice(Tone.WITHIN, self._out(issued, self._session.translator), "printer", seconds=_SECONDS),
        )

    def _failed(self, receipt: str, error: Exception) -> None:
        def notify(_error: Exception) -> None:
            self._session.notify(
                "receipt.not_printed",
                lambda: self._not_printed(receipt, error, self._session.translator),
                partial(self._begin, receipt),
            )

        # The session learns faults of its devices only from steps that it runs itself.
        self._session.run(partial(_suffer, error), notify, notify)

    @staticmethod
    def _no_receipt(tr: Translator) -> str:
        return tr("No receipts since the till was started.")

    @staticmethod
    def _printing(receipt: str, tr: Translator) -> str:
        return tr("Receipt {receipt} is printing. You can continue.", receipt=receipt)

    @staticmethod
    def _out(issued: IssuedReceipt, tr: Translator) -> str:
        if issued.copy:
            return tr("Receipt {receipt} printed: COPY {n}.", receipt=issued.sale.receipt, n=issued.copy)
        return tr("Receipt {receipt} printed.", receipt=issued.sale.receipt)

    def _not_printed(self, receipt: str, error: Exception, tr: Translator) -> Notice:
        reason = self._session.wording(error)
        text = tr("{receipt} is recorded but not printed. {reason}", receipt=receipt, reason=reason)
        key = self._session.actions.key_text("reprint") if receipt == self._last else ""  # it prints the last one
        return Notice(Tone.NEARLY, text, "printer", tr("Print again"), key)


def _suffer(error: Exception) -> Exception:
    raise error
