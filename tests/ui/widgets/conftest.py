"""The theme that the widgets under test wear."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from pos.ui.theme import Theme

RESOURCES = Path(__file__).parents[3] / "resources"


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    """One for all: dressing the application takes longer than a test."""
    return Theme(qapp, RESOURCES)
