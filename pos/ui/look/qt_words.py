"""Qt's own words (file dialogs, menus of fields) in the language of the till."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from pos.application.text.translator import N_, Translator

_QT_NAMES = {"en": "en", "zh": "zh_CN", "ru": "ru", "kk": "kk"}
"""The languages of the till by the names that Qt gives them."""
_MISSING: Mapping[str, str] = {"&Look in:": N_("Look in:"), "Files of &type:": N_("Files of type:")}
"""Texts of Qt's file dialog that its own translations lack, and our words for them."""


class QtWords(QTranslator):
    """Translates Qt's words: `speak` changes the language."""

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        self._app = app
        self._ours: Mapping[str, str] = {}

    def speak(self, tr: Translator) -> None:
        """Use a language from now on, for numbers too."""
        self._app.removeTranslator(self)
        self._ours = {source: tr(text) for source, text in _MISSING.items()}
        name = _QT_NAMES[tr.language]
        if self.load(f"qtbase_{name}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            self._app.installTranslator(self)
        QLocale.setDefault(QLocale(name))

    def stop(self) -> None:
        """Translate no more."""
        self._app.removeTranslator(self)

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        return super().translate(context, source, disambiguation, n) or self._ours.get(source, "")
