"""Rows and columns of widgets, written as they stand on the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

Margins = int | tuple[int, int, int, int]
"""Pixels on all sides, or left, above, right and below."""

_Box = TypeVar("_Box", bound=QBoxLayout)


@dataclass(frozen=True)
class Stretched:
    """A part that takes its share of the room that is left over."""

    part: QWidget | QLayout
    share: int = 1


@dataclass(frozen=True)
class Aligned:
    """A widget that keeps its size and stands at one side of its cell."""

    widget: QWidget
    side: Qt.AlignmentFlag
    share: int = 0


@dataclass(frozen=True)
class Gap:
    """Pixels between two parts, beside the usual spacing."""

    pixels: int


@dataclass(frozen=True)
class Stretch:
    """Empty room that takes its share of what is left over."""

    share: int = 1


Part = QWidget | QLayout | Stretched | Aligned | Gap | Stretch


def hbox(
    *parts: Part, spacing: int | None = None, margins: Margins | None = None, parent: QWidget | None = None
) -> QHBoxLayout:
    """Lay `parts` out from left to right; `spacing` and `margins` are the style's if they are not given."""
    return _filled(QHBoxLayout() if parent is None else QHBoxLayout(parent), parts, spacing, margins)


def vbox(
    *parts: Part, spacing: int | None = None, margins: Margins | None = None, parent: QWidget | None = None
) -> QVBoxLayout:
    """Lay `parts` out from top to bottom; `spacing` and `margins` are the style's if they are not given."""
    return _filled(QVBoxLayout() if parent is None else QVBoxLayout(parent), parts, spacing, margins)


def _filled(box: _Box, parts: tuple[Part, ...], spacing: int | None, margins: Margins | None) -> _Box:
    if spacing is not None:
        box.setSpacing(spacing)
    if margins is not None:
        box.setContentsMargins(*(margins if isinstance(margins, tuple) else (margins,) * 4))
    for part in parts:
        _add(box, part)
    return box


def _add(box: QBoxLayout, part: Part) -> None:
    if isinstance(part, Gap):
        box.addSpacing(part.pixels)
    elif isinstance(part, Stretch):
        box.addStretch(part.share)
    elif isinstance(part, Aligned):
        box.addWidget(part.widget, part.share, part.side)
    else:
        one, share = (part.part, part.share) if isinstance(part, Stretched) else (part, 0)
        if isinstance(one, QWidget):
            box.addWidget(one, share)
        else:
            box.addLayout(one, share)
