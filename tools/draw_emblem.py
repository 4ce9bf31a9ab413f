"""Draws the program's emblem at the sizes that desktops ask for: `python -m tools.draw_emblem`.

The drawings are `resources/emblem/*.svg`; the pictures beside them are committed, so that no window waits for them.
"""

from __future__ import annotations

import os
import sys

from pos.devices.program_location import RESOURCES

FOLDER = RESOURCES / "emblem"
SMALL = (16,)
"""Sizes at which the symbols of money would be a blur: drawn from a plainer one."""
LARGE = (24, 32, 48, 64, 128, 256, 512)


def main() -> int:
    """Draw every size again."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    app = QGuiApplication(["border-pos"])
    for drawing, sizes in (("border-pos-small.svg", SMALL), ("border-pos.svg", LARGE)):
        pen = QSvgRenderer(str(FOLDER / drawing))
        for size in sizes:
            picture = QImage(size, size, QImage.Format.Format_ARGB32)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            pen.render(painter)
            painter.end()
            picture.save(str(FOLDER / f"border-pos-{size}.png"))
    app.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
