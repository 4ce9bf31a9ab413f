"""Enter in a form: on to the next field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos.ui.widgets.fields.key_positions import ENTERS


class EnterChain(QObject):
    """Enter in a field of a form moves to the next one that is shown and enabled, from the last one to `end`."""

    def __init__(self, form: QWidget, fields: Sequence[QWidget], end: QWidget) -> None:
        super().__init__(form)
        self._form, self._fields, self._end = form, tuple(fields), end
        for field in self._fields:
            field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or event.key() not in ENTERS:
            return False
        at = next(n for n, field in enumerate(self._fields) if field is watched)
        further = (one for one in self._fields[at + 1 :] if one.isVisibleTo(self._form) and one.isEnabled())
        next(further, self._end).setFocus(Qt.FocusReason.TabFocusReason)
        return True
