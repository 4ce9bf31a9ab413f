"""The place in the order of Tab of what is made late."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def take_place_for_tab(where: QWidget, made: Iterable[QWidget]) -> None:
    """What was made late stands last in the order of Tab: it goes to where `where` stands, which holds it."""
    policy = where.focusPolicy()
    where.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # Qt orders only what Tab can reach
    for before, after in pairwise([where, *made]):
        QWidget.setTabOrder(before, after)
    where.setFocusPolicy(policy)
