"""Tells a PIN that is typed as fast as a scanner from a product's code."""

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
    """Digits in a PIN field are a PIN, unless they are a product's code of this shop: then no attempt is counted."""

    read = Signal()
    """It is known what the digits were."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.is_reading = False

    def hear(self, digits: str, field: PinField, scan: Callable[[], None]) -> None:
        """Look the digits up in the catalogue; `scan` takes a code."""
        self.is_reading = True
        shop = self._session.shop  # whose steps are ready once it is open

        def answered(is_goods: bool) -> None:
            if is_goods:
                scan()
            else:
                _type(digits, field)
            self.is_reading = False
            self.read.emit()

        self._session.run(lambda: shop.find.knows(digits), answered, lambda _error: answered(is_goods=False))


def _type(digits: str, field: PinField) -> None:
    """Type them into the field, with the Enter that came with them."""
    if not shiboken6.isValid(field) or not field.isVisible():
        return
    field.push(digits)
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r")
        QCoreApplication.sendEvent(field, event)
