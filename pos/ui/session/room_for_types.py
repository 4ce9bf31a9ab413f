"""Room for the types of all pages in Shiboken's hash table, made before pages are imported on a thread."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject

ROOM = 2_400
"""About twice the types that all pages have together, with those of Qt and of the charts."""


@cache
def make_room_for_types() -> None:
    """Let the table grow now; call it on the window's thread while no other one imports a page.

    The event loop looks the type of each receiver up in that table without the interpreter's lock. While an import on
    another thread makes the table grow, it finds no type there, and the program ends with a segmentation fault: at
    every fourth sign-in of a manager in a test that does nothing else. The table does not become smaller again.
    """
    types = [type("Room", (QObject,), {}) for _ in range(ROOM)]  # all at once, or the collector takes some meanwhile
    types.clear()
