"""What each role may do, as a table that a person with the right for it changes cell by cell."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QSizePolicy, QWidget

from pos.application.text.names import RIGHTS, name_of
from pos.application.text.names import ROLES as ROLE_NAMES
from pos.application.text.translator import Translator
from pos.domain.staff.rights import EDITED_ROLES, FIXED_PERMISSION, FIXED_ROLE, PERMISSIONS, ROLES, USUAL_RIGHTS
from pos.ui.look.theme import Size, Space, Theme, Type
from pos.ui.staff.rights_draft import RightsDraft
from pos.ui.widgets.buttons.drawn_button import DrawnButton
from pos.ui.widgets.drawing.drawing import CENTRE, draw_box, draw_check_box, draw_text
from pos.ui.widgets.drawing.layouts import Stretched, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.fields.spin_box import SpinBox

_COLUMN, _CLOSE_COLUMN = 128, 96
_ROOMY = 720
"""The width, in pixels, from which the columns are wide."""
_BOX, _ICON = 22, 16
_STEPS = {Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1)}


class RightCell(DrawnButton):
    """Whether a role may do one thing. One of the cells is reached by Tab, the others from it by the arrows."""

    left = Signal(int, int)
    """An arrow asks for another cell: so many rows down, so many columns to the right."""
    focused = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.is_changed = False

    def sizeHint(self) -> QSize:
        return QSize(Size.SMALL_BUTTON, Size.SMALL_BUTTON)

    def present(self, name: str, *, on: bool, changed: bool) -> None:
        """Show whether it is granted, and whether that is not saved yet."""
        self.setAccessibleName(name)
        self.setChecked(on)
        self.is_changed = changed
        self.update()

    def box(self) -> QRect:
        return self.rect().adjusted(Space.XS, 2, -Space.XS, -2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.hasFocus() or self.hovered or self.is_changed:
            ground = "accent_soft" if self.is_changed else "sunken" if self.hovered else ""
            line = self.colour("focus") if self.hasFocus() else None
            fill = self.colour(ground) if ground else None
            draw_box(painter, self.box(), fill=fill, line=line, width=self.theme.focus_width, radius=Size.RADIUS)
        box = QRect(0, 0, _BOX, _BOX)
        box.moveCenter(self.rect().center())
        draw_check_box(painter, self.theme, box, on=self.isChecked())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows lead to another cell, Space changes this one."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.left.emit(*step)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()


class RightsTable(Surface):
    """A row for each permission, a column for each role, the limit of discounts below the right to give one.

    `toggled` carries role, permission and whether it is granted, `limited` a role and what was typed as its limit.
    """

    toggled = Signal(str, str, bool)
    limited = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(Ground.PANEL)
        self._names: dict[str, TextLabel] = {}
        self._draft: RightsDraft | None = None
        self._is_filling = False
        self._theme = theme
        self._hint = TextLabel(role=Role.LABEL, wrap=True)
        self.cells: Mapping[tuple[str, str], RightCell] = {
            (role, permission): RightCell(theme)
            for permission in PERMISSIONS
            if permission != FIXED_PERMISSION
            for role in EDITED_ROLES
        }
        self.limits: Mapping[str, SpinBox] = {role: SpinBox("", 0, 100) for role in EDITED_ROLES}
        self._limit_name = TextLabel(wrap=True)
        self._fixed_limit = TextLabel(role=Role.LABEL, align=CENTRE)
        self._head = _Head(theme)
        self._rows = _Rows(theme)
        self.area = _Area(self._head, self._rows)
        self._fill_rows()
        self._connect()
        vbox(self._hint, Stretched(self.area), spacing=Space.XS, margins=(Space.L, Space.S, 0, 0), parent=self)

    def retranslate(self, tr: Translator) -> None:
        """Show everything in another language."""
        self._hint.setText(tr("Actions outside a role can be approved once by another person."))
        self.area.setAccessibleName(tr("Roles and rights"))
        self._head.present([name_of(ROLE_NAMES, role, tr) for role in ROLES])
        for permission, label in self._names.items():
            label.setText(name_of(RIGHTS, permission, tr))
        self._limit_name.setText(tr("largest discount"))
        self._fixed_limit.setText(f"{USUAL_RIGHTS.of(FIXED_ROLE).most_percent} %")
        for role, field in self.limits.items():
            field.setSuffix(" %")
            field.setAccessibleName(f"{tr('largest discount')}: {name_of(ROLE_NAMES, role, tr)}")
        if self._draft is not None:
            self.present(self._draft, tr)

    def present(self, draft: RightsDraft, tr: Translator) -> None:
        """Show the rights as they are saved, with what was changed since."""
        self._draft, self._is_filling = draft, True
        for (role, permission), cell in self.cells.items():
            name = f"{name_of(RIGHTS, permission, tr)}: {name_of(ROLE_NAMES, role, tr)}"
            cell.present(name, on=draft.may(role, permission), changed=(role, permission) in draft.cells)
        for role, field in self.limits.items():
            if field.typed() != draft.limit(role):
                field.put(draft.limit(role))
            field.setEnabled(draft.may(role, "discount"))
        self._is_filling = False

    def begin(self) -> None:
        """Focus the cell that had the focus last, at first the first one."""
        current = next((cell for cell in self.cells.values() if cell.focusPolicy() & Qt.FocusPolicy.TabFocus), None)
        if current is not None:
            current.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin_limit(self, role: str) -> None:
        """Focus the limit of a role."""
        self.limits[role].setFocus(Qt.FocusReason.OtherFocusReason)
        self.limits[role].selectAll()

    def _fill_rows(self) -> None:
        grid, row = self._rows.grid, 0
        for permission in PERMISSIONS:
            self._names[permission] = TextLabel(wrap=True)
            grid.addWidget(self._names[permission], row, 0)
            for column, role in enumerate(ROLES, start=1):
                cell = self.cells.get((role, permission))
                if cell is not None:
                    grid.addWidget(cell, row, column)
                elif role == FIXED_ROLE:
                    grid.addWidget(_Fixed(self._theme), row, column)
            row += 1
            if permission == "discount":
                grid.addWidget(self._limit_name, row, 0)
                for column, role in enumerate(ROLES, start=1):
                    grid.addWidget(self._fixed_limit if role == FIXED_ROLE else self.limits[role], row, column)
                row += 1
        self._limit_name.setIndent(Space.L)

    def _connect(self) -> None:
        for (role, permission), cell in self.cells.items():
            cell.clicked.connect(partial(self._toggle, role, permission))
            cell.left.connect(partial(self._step, role, permission))
            cell.focused.connect(partial(self._reach, cell))
        for role, field in self.limits.items():
            field.changed.connect(partial(self._limit, role))
        self._reach(next(iter(self.cells.values())))

    def _toggle(self, role: str, permission: str) -> None:
        self.toggled.emit(role, permission, self.cells[role, permission].isChecked())

    def _limit(self, role: str) -> None:
        if not self._is_filling:
            self.limited.emit(role, self.limits[role].typed())

    def _step(self, role: str, permission: str, down: int, right: int) -> None:
        rows = [one for one in PERMISSIONS if one != FIXED_PERMISSION]
        row = max(0, min(len(rows) - 1, rows.index(permission) + down))
        column = max(0, min(len(EDITED_ROLES) - 1, EDITED_ROLES.index(role) + right))
        self.cells[EDITED_ROLES[column], rows[row]].setFocus(Qt.FocusReason.OtherFocusReason)

    def _reach(self, current: RightCell) -> None:
        """Tab leads to this cell from now on, and from it out of the table."""
        for cell in self.cells.values():
            is_it = cell is current
            cell.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_it else Qt.FocusPolicy.ClickFocus)
        self.area.ensureWidgetVisible(current, 0, Size.SMALL_BUTTON)


class _Area(QScrollArea):
    """The rows, scrolled below their head."""

    def __init__(self, head: _Head, rows: _Rows) -> None:
        super().__init__()
        self._head, self._rows = head, rows
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setViewportMargins(0, Size.HEADER, 0, 0)
        self.setWidget(rows)
        head.setParent(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        view = self.viewport().geometry()
        self._head.setGeometry(view.x(), view.y() - Size.HEADER, view.width(), Size.HEADER)
        wide = _COLUMN if view.width() >= _ROOMY else _CLOSE_COLUMN
        self._head.wide = wide
        self._rows.widen(wide)
        self._head.update()


class _Head(QWidget):
    """The names of the roles above their columns."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._roles = theme, list[str]()
        self.wide = _COLUMN

    def present(self, roles: list[str]) -> None:
        self._roles = roles
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        painter.fillRect(self.rect(), theme.colour("surface"))
        first = self.width() - Space.S - self.wide * len(self._roles)
        for index, role in enumerate(self._roles):
            box = QRect(first + index * self.wide, 0, self.wide, self.height())
            draw_text(painter, box, role, theme.font(Type.LABEL, bold=True), theme.colour("muted"), CENTRE)


class _Rows(QWidget):
    """The grid, with a line above each row."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, Space.S, Space.M)
        self.grid.setSpacing(0)
        self.grid.setColumnStretch(0, 1)

    def widen(self, wide: int) -> None:
        """Give the columns of the roles a width."""
        for column in range(1, self.grid.columnCount()):
            self.grid.setColumnMinimumWidth(column, wide)
            for row in range(self.grid.rowCount()):
                item = self.grid.itemAtPosition(row, column)
                part = None if item is None else item.widget()
                if part is not None:
                    part.setFixedWidth(wide)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colour = QPainter(self), self._theme.colour
        painter.fillRect(self.rect(), colour("surface"))
        for row in range(self.grid.rowCount()):
            first = self.grid.itemAtPosition(row, 0)
            if first is not None:
                painter.fillRect(QRect(0, first.geometry().top(), self.width() - Space.S, 1), colour("line"))


class _Fixed(QWidget):
    """What no one can take away."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setMinimumHeight(Size.TABLE_ROW)

    def paintEvent(self, _event: QPaintEvent) -> None:
        left, top = (self.width() - _ICON) // 2, (self.height() - _ICON) // 2
        self._theme.icons.paint(QPainter(self), "check", "within", left, top, _ICON)
