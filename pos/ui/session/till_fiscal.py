"""What is known of the fiscal register: how many receipts wait for it, how many it has refused, and what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from pos.application.fiscal.send_to_register import SentToRegister


class TillFiscal(QObject):
    """`changed` is emitted when what is shown of it differs, `wanted` when a person asks what waits and why.

    In a shop without a register nothing is ever taken.
    """

    changed = Signal()
    wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state: SentToRegister | None = None
        """None where the shop has no register, or nothing was looked at yet."""

    def take(self, state: SentToRegister | None) -> None:
        """Take how things stand."""
        if state != self.state:
            self.state = state
            self.changed.emit()
