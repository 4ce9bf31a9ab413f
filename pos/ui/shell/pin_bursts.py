"""A PIN that is typed as fast as a scanner sends, told from the code of goods."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from pos.ui.widgets.fields.pin_field import PinField

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos.ui.session.session import Session


class PinBursts(QObject):
    """Digits in a PIN field are a PIN, unless they are the code of goods of this shop: then they cost no try."""

    read = Signal()
    """It is known what the digits were."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.is_reading = False

    def hear(self, digits: str, field: PinField, scan: Callable[[], None]) -> None:
        """Ask the catalogue; `scan` does what is done with a code."""
        self.is_reading = True
        shop = self._session.shop  # whose steps are there when it is open

        def found(is_goods: bool) -> None:
            if is_goods:
                scan()
            else:
                _type(digits, field)
            self.is_reading = False
            self.read.emit()

        self._session.run(lambda: shop.find.knows(digits), found, lambda _error: found(is_goods=False))


def _type(digits: str, field: PinField) -> None:
    """Write them into the field, and the Enter that came with them."""
    if not shiboken6.isValid(field) or not field.isVisible():
        return
    field.push(digits)
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r")
        QCoreApplication.sendEvent(field, event)
