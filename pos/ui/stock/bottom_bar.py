"""Layout of pages that count or book goods: the work, a panel at its right, and a bar of figures below."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout, QWidget

from pos.ui.look.theme import Size, Space
from pos.ui.stock.last_scan import TotalFigure
from pos.ui.widgets.buttons.icon_button import IconButton
from pos.ui.widgets.drawing.folding import Folding
from pos.ui.widgets.drawing.layouts import Stretched, hbox, vbox
from pos.ui.widgets.drawing.main_and_side import MainAndSide, SideWide
from pos.ui.widgets.drawing.surface import Ground, Line, Surface

_TITLE = 200
"""The pixels that a title keeps beside its button."""
_FIGURES, _FIGURE = 140, 72
"""The pixels that the large figure and each smaller one keep beside the button."""


def bottom_bar(total: TotalFigure, others: list[TotalFigure], button: IconButton) -> Surface:
    """The bar below every counting page: a large figure, smaller ones, and the main action."""
    bar = Surface(Ground.PANEL)
    bar.setMinimumHeight(Size.BOTTOM_BAR)
    figures = hbox(Stretched(total), *others, spacing=Space.M)
    SideWide(button, bar, Space.L)
    row = Folding(Stretched(figures), button, room=_FIGURES + len(others) * _FIGURE, spacing=Space.M + Space.L)
    vbox(row, margins=(Space.L, Space.S, Space.L, Space.S), parent=bar)
    return bar


def head_of(title: QWidget, button: QWidget) -> Folding:
    """What is counted, and beside it the button that gives it up."""
    return Folding(Stretched(title), button, room=_TITLE)


def lay_over_bar(
    page: QWidget, work: QLayout, panel: QWidget, bar: QWidget, *, widest: int = Size.VISITOR_PANEL
) -> None:
    """Lay out a page: `work` and `panel` side by side, `bar` below."""
    vbox(Stretched(MainAndSide(work, panel, widest=widest)), Line(), bar, spacing=0, margins=0, parent=page)
