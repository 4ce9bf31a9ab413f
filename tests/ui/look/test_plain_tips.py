"""What strangers call their goods is shown to the letter: no tooltip reads it as markup, or a file that it names."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from pos.ui.catalogue.imports.import_table import ImportRows
from pos.ui.catalogue.imports.import_words import ImportRowText
from pos.ui.look.theme import Mode, Theme
from pos.ui.widgets.buttons.tile_button import TileButton
from pos.ui.widgets.drawing.plain_tip import plain_tip
from pos.ui.widgets.drawing.tone import Tone
from tests.ui.fakes_shop import RESOURCES


def red_points(tip: str, qtbot: QtBot) -> int:
    """How many points of a red picture are seen where a label guesses what `tip` is, as Qt's own tooltip does."""
    shown = QLabel(tip)
    qtbot.addWidget(shown)
    shown.adjustSize()
    image = shown.grab().toImage()
    return sum(
        image.pixelColor(x, y) == QColor("red") for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)
    )


@pytest.fixture
def name(qapp: QApplication, tmp_path: Path) -> str:
    """Goods named by someone who would like to know what lies on this computer."""
    secret = QImage(50, 50, QImage.Format.Format_RGB32)
    secret.fill(QColor("red"))
    assert secret.save(str(tmp_path / "secret.png"))
    return f'<img src="{(tmp_path / "secret.png").as_uri()}" width=200 height=200><h1>Mailbox full</h1> tea'


def test_qt_would_read_it(name: str, qtbot: QtBot) -> None:
    assert red_points(name, qtbot) > 100
    assert red_points(plain_tip(name), qtbot) == 0


def test_a_row_of_a_strangers_catalogue_is_reported_to_the_letter(name: str, qtbot: QtBot) -> None:
    rows = ImportRows()
    rows.show_rows([name], lambda text: ImportRowText(text, "", "", "", "", Tone.INFO, "package"))
    index = rows.index(0, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == name  # which no one reads as markup
    assert red_points(index.data(Qt.ItemDataRole.ToolTipRole), qtbot) == 0


def test_so_is_a_key_for_quick_goods(name: str, qapp: QApplication, qtbot: QtBot) -> None:
    theme = Theme(qapp, RESOURCES, Mode.LIGHT)
    key = TileButton(theme, "", "package")
    qtbot.addWidget(key)
    key.present(name, "package")
    assert red_points(key.toolTip(), qtbot) == 0


@pytest.mark.parametrize("text", ["", "tea & milk", "2 > 1", "Amina\nS."])
def test_words_without_a_mark_stay_as_they_are(text: str) -> None:
    assert plain_tip(text) == text
