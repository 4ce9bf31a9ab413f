"""The field that takes scans, searches and "5 *": the biggest field of the screen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from pos.ui.look.theme import Size, Theme
from pos.ui.widgets.buttons.key_cap import draw_key_cap, key_cap_width
from pos.ui.widgets.drawing.drawing import draw_box

_ICON = 24
_EDGE = 18
_ROOMY = 420
_CURSOR = 4


class SearchBox(QWidget):
    """A field 56 px high with its icon and key. `typed` on each change by hand, `submitted` on Enter.

    Input methods work in it, for Chinese names. `name` is what a screen reader says, and what stands in a field too
    narrow for `placeholder`.
    """

    typed = Signal(str)
    submitted = Signal(str)

    def __init__(
        self,
        theme: Theme,
        name: str,
        placeholder: str,
        *,
        key: str = "",
        icon: str = "scan-barcode",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._key = key
        self._icon = icon
        self._sought = ""
        self._is_close = False
        self._hints = "", ""
        self._field = QLineEdit()
        self._field.setProperty("bare", True)
        self._field.setProperty("focus_ring", "parent")
        self._field.setFrame(False)
        self._field.setAttribute(Qt.WidgetAttribute.WA_MacShowFocusRect, False)
        self._field.textEdited.connect(self.typed)
        self._field.returnPressed.connect(self._submit)
        self._field.installEventFilter(self)
        self._row = QHBoxLayout(self)
        self.setFixedHeight(Size.FIELD)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self._field)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self._row.addWidget(self._field)
        self.present(name, placeholder, key)

    def present(self, name: str, placeholder: str, key: str = "") -> None:
        """Word it in another language."""
        self._key = key
        self._field.setAccessibleName(name)
        self._hints = placeholder, name
        self._leave_room()
        self.update()

    @property
    def field(self) -> QLineEdit:
        """The line edit inside, for completers and tests."""
        return self._field

    @property
    def key(self) -> str:
        """The key that stands in it; empty for none."""
        return self._key

    def text(self) -> str:
        """What is typed."""
        return self._field.text()

    def set_text(self, text: str) -> None:
        """Replace what is typed; `typed` is not emitted."""
        self._sought = text
        self._field.setText(text)

    def clear(self) -> None:
        """Empty it; `typed` is not emitted."""
        self.set_text("")

    def drop_unsent(self) -> None:
        """What was typed since the last Enter sought nothing: show what was sought."""
        self.set_text(self._sought)

    def _submit(self) -> None:
        self._sought = self._field.text()
        self.submitted.emit(self._sought)

    def sizeHint(self) -> QSize:
        return QSize(480, Size.FIELD)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The whole box is the field."""
        self._field.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow field the words come before icon and cap at its end."""
        super().resizeEvent(event)
        self._is_close = event.size().width() < _ROOMY
        self._leave_room()

    def _leave_room(self) -> None:
        right = 8
        if not self._is_close:
            right = _EDGE + key_cap_width(self._theme, self._key) + (12 if self._key else 0) + _ICON + 8
        left = _EDGE + _ICON + 14
        self._row.setContentsMargins(left, 4, right, 4)
        room = self.width() - left - right - _CURSOR
        long, short = self._hints
        is_whole = self._field.fontMetrics().horizontalAdvance(long) <= room
        self._field.setPlaceholderText(long if is_whole else short)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The frame shows the focus of the field."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        focused = self._field.hasFocus()
        colour = self._theme.colour
        fill = colour("surface" if self.isEnabled() else "sunken")
        line = colour("focus" if focused else "line_strong")
        draw_box(painter, QRect(self.rect()), fill=fill, line=line, width=self._theme.focus_width if focused else 1)
        icons, middle = self._theme.icons, self.height() // 2
        icons.paint(painter, self._icon, "accent" if self.isEnabled() else "muted", _EDGE, middle - _ICON // 2, _ICON)
        if self._is_close:
            return
        x = self.width() - _EDGE + 2
        if self._key:
            x -= key_cap_width(self._theme, self._key)
            draw_key_cap(painter, self._theme, x, middle, self._key)
            x -= 12
        icons.paint(painter, "search", "muted", x - 20, middle - 10, 20)
