"""Layout of pages that count or book goods: the work, a panel at its right, and a bar of figures below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from pos.ui.look.theme import Size, Space
from pos.ui.stock.last_scan import TotalFigure
from pos.ui.widgets.buttons.icon_button import IconButton
from pos.ui.widgets.drawing.surface import Ground, Line, Surface


def bottom_bar(total: TotalFigure, others: list[TotalFigure], button: IconButton) -> Surface:
    """The bar below every counting page: a large figure, smaller ones, and the main action."""
    bar = Surface(Ground.PANEL)
    bar.setFixedHeight(Size.BOTTOM_BAR)
    row = QHBoxLayout(bar)
    row.setContentsMargins(Space.L, 0, Space.L, 0)
    row.setSpacing(Space.M)
    row.addWidget(total, 1)
    for one in others:
        row.addWidget(one)
    row.addSpacing(Space.L)
    button.setFixedWidth(Size.VISITOR_PANEL - 2 * Space.L)
    row.addWidget(button)
    return bar


def lay_over_bar(page: QWidget, work: QLayout, panel: QWidget, bar: QWidget) -> None:
    """Lay out a page: `work` and `panel` side by side, `bar` below."""
    upper = QHBoxLayout()
    upper.setSpacing(0)
    upper.addLayout(work, 1)
    upper.addWidget(Line(Qt.Orientation.Vertical))
    upper.addWidget(panel)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addLayout(upper, 1)
    column.addWidget(Line())
    column.addWidget(bar)
