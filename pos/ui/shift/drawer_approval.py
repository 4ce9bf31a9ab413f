"""The approval of an act at the drawer, asked in place and bound to the open shift."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent

from pos.application.names import ACTS, name_of
from pos.application.words import Words
from pos.ui.checkout.approval_panel import ApprovalPanel


class DrawerApproval(ApprovalPanel):
    """Asks somebody who may do what the person at the till may not. `asking` tells when it comes and goes."""

    asking = Signal(bool)

    def ask(self, act: str) -> None:
        """Ask for an approval of `act` at the drawer of the open shift."""
        shift = self._session.shift
        if shift is not None:
            self.open(act, shift.key)

    def cancel(self) -> bool:
        """Ask no more; whether anything was asked."""
        asked = not self.isHidden()
        self.pin.clear()
        self.hide()
        return asked

    def showEvent(self, event: QShowEvent) -> None:
        """Override QWidget.showEvent."""
        super().showEvent(event)
        self.asking.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Override QWidget.hideEvent."""
        super().hideEvent(event)
        self.asking.emit(not self.isHidden())

    def retranslate(self, words: Words) -> None:
        """Override ApprovalPanel.retranslate."""
        super().retranslate(words)
        self._title.setText(words("This needs an approval: {act}", act=name_of(ACTS, self._act, words)))
