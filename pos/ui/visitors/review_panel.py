"""The approval of an act on a visitor's ledger, asked in place and in the words of that act."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pos.application.approve_review import REVIEW
from pos.application.words import Words
from pos.domain.staff import Person
from pos.ui.checkout.approval_panel import ApprovalPanel
from pos.ui.session import Session


class ReviewPanel(ApprovalPanel):
    """Asks somebody who may review for an approval bound to the key of one act."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._telling: Callable[[Words], str] | None = None

    def ask(self, key: str, telling: Callable[[Words], str]) -> None:
        """Ask for the act with `key`; `telling` says what is approved."""
        self._telling = telling
        self.open(REVIEW, key)

    def cancel(self) -> None:
        """Ask no more; nothing of what was typed stays."""
        self._telling = None
        self.pin.clear()
        self.hide()

    def retranslate(self, words: Words) -> None:
        """Override ApprovalPanel.retranslate."""
        super().retranslate(words)
        if self._telling is not None:
            self._title.setText(self._telling(words))

    def _offer(self, people: Sequence[Person]) -> None:
        if self._telling is not None:  # it was given up meanwhile
            super()._offer(people)
