"""Restores Python's own import, which PySide replaces for a feature that this program does not use."""

from __future__ import annotations

import builtins
import linecache

import PySide6.QtCore  # noqa: F401  # which is what takes it over


def keep_imports_plain() -> None:
    """Import as plain Python does from now on.

    PySide reads the source of every module that is imported after it and searches it for its own name (for `from
    __feature__ import …`). That made the imports of the start twice as slow, and kept a megabyte of source for each
    30,000 lines: SQLAlchemy's and reportlab's too.
    """
    own = getattr(builtins, "__orig_import__", None)
    if own is not None:
        builtins.__import__ = own
        linecache.clearcache()
