"""The approval of cash for what was paid by card or QR, asked in place."""

from __future__ import annotations

from collections.abc import Sequence

from pos.application.names import ACTS, name_of
from pos.application.return_goods import IN_CASH
from pos.application.words import Words
from pos.domain.staff import Approval, Person
from pos.ui.checkout.approval_panel import ApprovalPanel


class CashApproval(ApprovalPanel):
    """Asks somebody who may give cash back for an approval bound to the key of one return."""

    _is_asked = False

    def ask(self, key: str) -> None:
        """Ask for the return with `key`."""
        self._is_asked = True
        self.open(IN_CASH, key)

    def close_down(self) -> None:
        """Override ApprovalPanel.close_down: an answer that is still to come opens nothing."""
        self._is_asked = False
        super().close_down()

    def retranslate(self, words: Words) -> None:
        """Override ApprovalPanel.retranslate."""
        super().retranslate(words)
        self._title.setText(words("Approval for this return: {act}", act=name_of(ACTS, IN_CASH, words)))

    def _given(self, approval: Approval) -> None:
        if self._is_asked:
            super()._given(approval)
        else:  # something else comes back meanwhile
            self._give.setEnabled(True)

    def _offer(self, people: Sequence[Person]) -> None:
        if self._is_asked:
            super()._offer(people)
