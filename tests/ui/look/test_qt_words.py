"""Qt's own dialogs speak the language of the till."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from main import RESOURCES
from pos.application.text.translator import LANGUAGE_NAMES
from pos.languages.catalogue import load_translators
from pos.ui.look.qt_words import QtWords


@pytest.mark.parametrize("language", sorted(set(LANGUAGE_NAMES) - {"en"}))
def test_a_file_dialog_has_no_word_of_another_language(qapp: QApplication, tmp_path: Path, language: str) -> None:
    words = QtWords(qapp)
    words.speak(load_translators(RESOURCES / "translations")[language])
    try:
        dialog = QFileDialog(None, "", str(tmp_path))
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        said = {label.objectName(): label.text() for label in dialog.findChildren(QLabel) if label.text()}
        dialog.deleteLater()
    finally:
        words.stop()
        words.deleteLater()

    english = {"lookInLabel": "Look in:", "fileTypeLabel": "Files of type:"}
    assert {name for name, text in english.items() if said[name].replace("&", "") == text} == set()
