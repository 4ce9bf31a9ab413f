"""Makes room in PySide's table of classes, so that it never moves while the window looks into it."""

from __future__ import annotations

import ctypes
from pathlib import Path

import shiboken6

ROOM = 4096
"""Classes for which there is room: of PySide, of its libraries and of the window."""
_ALIGNED = 16
"""The address that follows that of another object."""


def make_room_for_classes() -> bool:
    """Let the table grow to its final size now, while there is one thread; False where this PySide has no such table.

    Qt asks for the class of an object without the interpreter's lock, while a thread that imports pages adds classes.
    The table is not locked either: when it moves to a larger place just then, a class is not found, and the program
    ends at once. Entries are added and removed again; the room stays.
    """
    folder = Path(shiboken6.__file__).parent
    for file in sorted(folder.glob("*shiboken6.abi3*")):
        try:
            library = ctypes.PyDLL(str(file))  # it is loaded already
            add, remove = library.PepType_SOTP, library.PepType_SOTP_delete
        except (OSError, AttributeError):
            continue
        for function in (add, remove):
            function.argtypes, function.restype = [ctypes.c_void_p], ctypes.c_void_p
            for index in range(1, ROOM + 1):
                function(index * _ALIGNED)
        return True
    return False
