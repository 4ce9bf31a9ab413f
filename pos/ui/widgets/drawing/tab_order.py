"""Tab order of lazily built widgets."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def set_tab_order_at(where: QWidget, made: Iterable[QWidget]) -> None:
    """Move a lazily built widget, which is last in the Tab order, to the position of its container `where`."""
    policy = where.focusPolicy()
    where.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # Qt orders only widgets that Tab can reach
    for before, after in pairwise([where, *made]):
        QWidget.setTabOrder(before, after)
    where.setFocusPolicy(policy)
