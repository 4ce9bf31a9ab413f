"""The answers to a screen reader of the widgets that draw themselves: role, state and value."""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAccessibleValueInterface
from PySide6.QtWidgets import QAccessibleWidget, QStackedWidget, QWidget

from pos.ui.widgets.spoken.read_as import ReadAs

_NOTHING = shiboken6.VoidPtr(0)
_ROLES = {
    ReadAs.FIELD: QAccessible.Role.EditableText,
    ReadAs.SECRET: QAccessible.Role.EditableText,
    ReadAs.GAUGE: QAccessible.Role.ProgressBar,
    ReadAs.PAGE: QAccessible.Role.Form,
    ReadAs.GROUND: QAccessible.Role.Client,
}


@runtime_checkable
class Measured(Protocol):
    """A widget that shows a share of a whole."""

    def share(self) -> tuple[float, float]:
        """What is reached, and the whole."""


def interface_of(name: str, asked: QObject) -> QAccessibleInterface | None:
    """The answers of a widget; `name` is one of its classes, from its own up. None where Qt's own are right."""
    if not isinstance(asked, QWidget):
        return None
    if isinstance(asked, QStackedWidget):
        return QAccessibleWidget(asked, QAccessible.Role.Client)  # its own role would be read: "layered pane, 0 items"
    read_as = getattr(asked, "read_as", None)
    if isinstance(read_as, ReadAs):
        return _Drawn(asked, read_as)
    return _Plain(asked) if name == "QWidget" else None  # none of Qt's own classes that have a role


class _Plain(QAccessibleWidget):
    """A widget that holds others, which have the words; or one that draws a text, which it has as its name."""

    def role(self) -> QAccessible.Role:
        is_text = self.childCount() == 0 and bool(self.text(QAccessible.Text.Name))
        return QAccessible.Role.StaticText if is_text else QAccessible.Role.Client


class _Drawn(QAccessibleWidget):
    """A widget that says what it is."""

    def __init__(self, widget: QWidget, read_as: ReadAs) -> None:
        super().__init__(widget, _ROLES[read_as])
        self._read_as = read_as
        self._share = _Share(widget) if isinstance(widget, Measured) else None

    def state(self) -> QAccessible.State:
        state = super().state()
        state.passwordEdit = self._read_as is ReadAs.SECRET
        state.editable = self._read_as in (ReadAs.FIELD, ReadAs.SECRET)  # else it is read as one that cannot be changed
        return state

    def text(self, kind: QAccessible.Text) -> str:
        """The value of a field is what stands in it."""
        if kind is QAccessible.Text.Value and self._read_as is ReadAs.FIELD:
            return super().text(QAccessible.Text.Description)
        return super().text(kind)

    def interface_cast(self, kind: QAccessible.InterfaceType) -> Any:
        if kind is QAccessible.InterfaceType.ValueInterface and self._share is not None:
            return shiboken6.VoidPtr(shiboken6.getCppPointer(self._share)[0])
        own: Any = super().interface_cast(kind)
        return _NOTHING if own is None else own


class _Share(QAccessibleValueInterface):
    """The share of a whole, as a reader asks for it."""

    def __init__(self, widget: Measured) -> None:
        super().__init__()
        self._widget = widget

    def currentValue(self) -> float:
        return self._widget.share()[0]

    def maximumValue(self) -> float:
        return self._widget.share()[1]

    def minimumValue(self) -> float:
        return 0.0

    def minimumStepSize(self) -> float:
        return 0.0

    def setCurrentValue(self, value: Any) -> None:
        """It is only shown."""
