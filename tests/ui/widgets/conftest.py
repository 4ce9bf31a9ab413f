"""The theme that the widgets under test wear."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from pos.ui.look.theme import Theme

RESOURCES = Path(__file__).parents[3] / "resources"


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Iterator[Theme]:
    """One for many, worn by all: a widget under test has no window that would be dressed."""
    theme = Theme(qapp, RESOURCES)
    qapp.setStyleSheet(theme.style_sheet())
    yield theme
    qapp.setStyleSheet("")
