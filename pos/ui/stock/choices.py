"""What a box lets one choose from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox


def offer(box: QComboBox, choices: Sequence[tuple[str, str]], chosen: str) -> None:
    """Let `box` offer (key, text), with `chosen` chosen, and tell nobody."""
    box.blockSignals(True)
    box.clear()
    for key, text in choices:
        box.addItem(text, key)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    box.blockSignals(False)
