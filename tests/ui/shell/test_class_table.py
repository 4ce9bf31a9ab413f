"""Room for every Qt class: pages are imported on a thread beside a window that never stops asking for classes."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from shiboken6 import Shiboken

import pos.ui
from pos.ui.shell.class_table import ROOM, make_room_for_classes


def test_the_installed_pyside_lets_its_table_grow_before_the_window_opens() -> None:
    assert make_room_for_classes()


def test_every_class_of_the_window_and_its_charts_has_room() -> None:
    for module in pkgutil.walk_packages(pos.ui.__path__, "pos.ui."):
        import_module(module.name)
    import_module("pyqtgraph")
    known: set[type] = set()
    below: list[type] = [Shiboken.Object]
    while below:
        children: list[type] = type.__subclasses__(below.pop())
        for one in children:
            if one not in known:
                known.add(one)
                below.append(one)
    assert 500 < len(known) < ROOM // 2
