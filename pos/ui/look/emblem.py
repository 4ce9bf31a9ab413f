"""The program's emblem: on its windows, in the task bar, and in the switcher of the desktop."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication, QIcon

_SIZES = (16, 24, 32, 48, 64, 128)


def wear_emblem(resources: Path) -> None:
    """Set the application's emblem, and the name of its desktop entry."""
    emblem = QIcon()
    for size in _SIZES:
        emblem.addFile(str(resources / "emblem" / f"border-pos-{size}.png"), QSize(size, size))
    QGuiApplication.setWindowIcon(emblem)
    QGuiApplication.setDesktopFileName("border-pos")
