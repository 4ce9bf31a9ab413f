"""What a screen reader is told of the widgets that draw themselves: role, state and value. Names are set by themselves.

Qt knows the roles of its own widgets only; one that is drawn here would be a frame without a meaning, and the keys
typed into it would be read aloud, also those of a PIN.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Protocol, runtime_checkable

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAccessibleValueInterface
from PySide6.QtWidgets import QAccessibleWidget, QStackedWidget, QWidget

_NOTHING = shiboken6.VoidPtr(0)


@runtime_checkable
class Read(Protocol):
    """A widget that says what it is. A field whose text must never be read is `read_as_secret`."""

    read_as: QAccessible.Role


@runtime_checkable
class Measured(Protocol):
    """A widget that shows a share of a whole."""

    def share(self) -> tuple[float, float]:
        """What is reached, and the whole."""


@cache
def serve_screen_readers() -> None:
    """Answer for these widgets from now on; asked only while a screen reader listens."""
    QAccessible.installFactory(_interface_of)


def _interface_of(name: str, asked: QObject) -> QAccessibleInterface | None:
    if isinstance(asked, QStackedWidget):
        return QAccessibleWidget(asked, QAccessible.Role.Client)  # its own role would be read: "layered pane, 0 items"
    if isinstance(asked, QWidget) and isinstance(asked, Read):
        return _Drawn(asked, asked.read_as)
    if name == "QWidget" and isinstance(asked, QWidget):  # none of Qt's own classes that have a role
        return _Plain(asked)
    return None


class _Plain(QAccessibleWidget):
    """A widget that holds others, which have the words; or one that draws a text, which it has as its name."""

    def role(self) -> QAccessible.Role:
        is_text = self.childCount() == 0 and bool(self.text(QAccessible.Text.Name))
        return QAccessible.Role.StaticText if is_text else QAccessible.Role.Client


class _Drawn(QAccessibleWidget):
    """A widget with the role that it names."""

    def __init__(self, widget: QWidget, role: QAccessible.Role) -> None:
        super().__init__(widget, role)
        self._share = _Share(widget) if isinstance(widget, Measured) else None

    def state(self) -> QAccessible.State:
        state = super().state()
        if self.role() is QAccessible.Role.EditableText:
            state.editable = True  # else it is read as one that cannot be changed
        if getattr(self.object(), "read_as_secret", False):
            state.passwordEdit = True
        return state

    def text(self, kind: QAccessible.Text) -> str:
        """A field's value is what stands in it, which its widget keeps as its description."""
        if kind is QAccessible.Text.Value and self.role() is QAccessible.Role.EditableText:
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
