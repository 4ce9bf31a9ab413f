"""Text of the warning about a nearly full disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos.application.text.formatting import number_text

if TYPE_CHECKING:
    from pos.application.text.translator import Translator


def low_disk_text(free: int, tr: Translator) -> str:
    """The warning for a disk with `free` bytes left."""
    return tr("Only {megabytes} MB of disk space left. Free some space: the till cannot sell when the disk is full.",
                 megabytes=number_text(free // 1_000_000, tr.language))  # fmt: skip
