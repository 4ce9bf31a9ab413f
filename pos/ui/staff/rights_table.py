"""The permissions of each role, from the one table of permissions: no copy is kept here."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from pos.application.text.formatting import number_text
from pos.application.text.names import RIGHTS, name_of
from pos.application.text.names import ROLES as ROLE_NAMES
from pos.application.text.translator import Translator
from pos.domain.staff.staff import DISCOUNT_LIMIT, PERMISSIONS, ROLES, may
from pos.ui.look.theme import Space, Theme, Type
from pos.ui.widgets.drawing.drawing import CENTRE, LEFT, draw_caption, draw_text
from pos.ui.widgets.drawing.layouts import Stretched, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel

_CLOSE_COLUMN, _TWO_LINES = 88, 38
_ROOMY = 720
_ROW, _HEAD, _COLUMN, _ICON = 26, 30, 120, 16


class RightsTable(Surface):
    """A row for each permission, a column for each role; a discount shows its limit. What is not ticked can be
    approved.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(Ground.PANEL)
        self._hint = TextLabel(role=Role.LABEL, wrap=True)
        self.grid = _Grid(theme)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self.grid)
        vbox(self._hint, Stretched(self.area), spacing=Space.XS, margins=(Space.L, Space.S, 0, 0), parent=self)

    def retranslate(self, tr: Translator) -> None:
        """Show everything in another language."""
        self._hint.setText(tr("Actions outside a role can be approved once by another person."))
        self.area.setAccessibleName(tr("Roles and rights"))
        self.grid.retranslate(tr)

    def begin(self) -> None:
        """Focus the table, so that the arrow keys scroll."""
        self.area.setFocus(Qt.FocusReason.OtherFocusReason)


class _Grid(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._roles: list[str] = []
        self._rows: list[tuple[str, list[str]]] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def retranslate(self, tr: Translator) -> None:
        self._roles = [name_of(ROLE_NAMES, role, tr) for role in ROLES]
        self._rows = [
            (_permission_text(permission, tr), [_cell(permission, role, tr) for role in ROLES])
            for permission in PERMISSIONS
        ]
        spoken = (f"{permission}: {', '.join(self._allowed(cells))}" for permission, cells in self._rows)
        self.setAccessibleName("\n".join(spoken))
        self.updateGeometry()
        self.update()

    def _allowed(self, cells: list[str]) -> list[str]:
        return [
            role if cell == "✓" else f"{role} {cell}" for role, cell in zip(self._roles, cells, strict=True) if cell
        ]

    def sizeHint(self) -> QSize:
        high = _ROW if self._is_roomy else _TWO_LINES
        return QSize(320, _HEAD + high * len(self._rows) + Space.M)

    @property
    def _is_roomy(self) -> bool:
        return self.width() >= _ROOMY

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window each permission has two lines."""
        super().resizeEvent(event)
        if (event.oldSize().width() >= _ROOMY) != self._is_roomy:
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        colour, font = theme.colour, theme.font
        right = self.width() - Space.L
        painter.fillRect(self.rect(), colour("surface"))
        wide, high = (_COLUMN, _ROW) if self._is_roomy else (_CLOSE_COLUMN, _TWO_LINES)
        columns = [right - wide * (len(self._roles) - index) for index in range(len(self._roles))]
        name = max(0, right - wide * len(self._roles) - Space.S)
        for x, role in zip(columns, self._roles, strict=True):
            draw_text(painter, QRect(x, 0, wide, _HEAD), role, font(Type.LABEL, bold=True), colour("muted"), CENTRE)
        for index, (permission, cells) in enumerate(self._rows):
            y = _HEAD + index * high
            painter.fillRect(QRect(0, y, right, 1), colour("line"))
            draw_caption(painter, QRect(0, y, name, high), permission, [font(Type.LABEL)], colour("text"), LEFT)
            for x, cell in zip(columns, cells, strict=True):
                if cell == "✓":
                    middle = x + (wide - _ICON) // 2
                    theme.icons.paint(painter, "check", "within", middle, y + (high - _ICON) // 2, _ICON)
                elif cell:
                    box = QRect(x, y, wide, high)
                    draw_text(painter, box, cell, font(Type.LABEL, bold=True), colour("within"), CENTRE)


def _permission_text(permission: str, tr: Translator) -> str:
    return name_of(RIGHTS, permission, tr)


def _cell(permission: str, role: str, tr: Translator) -> str:
    if not may(role, permission):
        return ""
    if permission != "discount":
        return "✓"
    return tr("up to {percent} %", percent=number_text(DISCOUNT_LIMIT[role], tr.language, 0))
