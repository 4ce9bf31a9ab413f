"""The window that is shown when the shop cannot be opened: one sentence, and a button to close."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from pos.domain.errors import InfrastructureError
from pos.ui.look.emblem import wear_emblem
from pos.ui.look.theme import Size, Space, Theme, preferred_mode
from pos.ui.widgets.drawing.layouts import Aligned, Stretch, hbox, vbox
from pos.ui.widgets.drawing.text_label import TextLabel

if TYPE_CHECKING:
    from pos.application.text.translator import Translator


def check_screen() -> None:
    """Raise InfrastructureError if there is no screen: Qt would end the process without a message."""
    if sys.platform.startswith("linux") and not any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    ):
        raise InfrastructureError("no_screen")


def say(sentence: str, tr: Translator, resources: Path) -> None:
    """Show `sentence` until the person closes it."""
    known = QApplication.instance()
    app = known if isinstance(known, QApplication) else QApplication(sys.argv[:1])
    wear_emblem(resources)
    theme = Theme(app, resources, preferred_mode(app))
    window = notice_window(sentence, tr)
    theme.setParent(window)
    theme.dress(window)
    window.show()
    app.exec()


def notice_window(sentence: str, tr: Translator) -> QWidget:
    """The window itself."""
    window = QWidget()
    window.setWindowTitle("Border POS")
    text = TextLabel(sentence, wrap=True)
    text.setMinimumWidth(480)
    close = QPushButton(tr("Close"))
    close.setDefault(True)
    close.setMinimumSize(3 * Size.BUTTON, Size.BUTTON)  # its bold text is wider than Qt reckons
    close.clicked.connect(window.close)
    row = hbox(Stretch(), close)
    vbox(
        Aligned(text, Qt.AlignmentFlag.AlignTop),
        row,
        spacing=Space.L,
        margins=(Space.L, Space.L, Space.L, Space.L),
        parent=window,
    )
    return window
