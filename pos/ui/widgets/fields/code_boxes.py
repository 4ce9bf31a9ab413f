"""Fields whose value is a code that no one knows by heart: a country, a unit of the customs list."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget

from pos.application.catalogue.typed_codes import Country, read_code
from pos.application.text.countries import country_name
from pos.application.text.translator import Translator
from pos.application.text.typography import noted
from pos.domain.catalogue.country import THREE_LETTERS
from pos.domain.catalogue.product_fields import ProductField
from pos.domain.catalogue.unit_of_measure import UNITS
from pos.ui.widgets.fields.combo_box import ComboBox


class CountryBox(ComboBox):
    """A country is typed, as its name in any language or as its code, or chosen.

    The names are read when the field gets the cursor or its list opens: they are 250.
    """

    def __init__(self, field: ProductField, country: Country, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field, self._country = field, country
        self._translator = Translator.english()
        self._is_filled = False
        self.setMaxVisibleItems(14)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        edit = QLineEdit()
        edit.setMaxLength(field.longest)
        self.setLineEdit(edit)
        edit.installEventFilter(self)

    def choose(self, code: str | None) -> None:
        """Show a country by its code; an empty one for none."""
        self.setEditText(country_name(code, self._translator) if code else "")
        self._edit().setCursorPosition(0)

    def code(self) -> str | None:
        """The code of what is typed or chosen; None for nothing. Raises BadField naming the field."""
        return read_code(self._field, self.currentText(), self._known) or None

    def retranslate(self, tr: Translator) -> None:
        """Show the country in another language; what is no country stays as it is typed."""
        code = self._known(self.currentText()) if self.currentText() else None
        self._translator, self._is_filled = tr, False
        if code is not None:
            self.choose(code)

    def showPopup(self) -> None:
        self._fill()
        super().showPopup()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self._fill()
        return super().eventFilter(watched, event)

    def _known(self, text: str) -> str | None:
        names = self._translator.countries()
        shown = next((code for code, name in names.items() if name == text.strip()), None)
        return shown or self._country(text)

    def _fill(self) -> None:
        if self._is_filled:
            return
        self._is_filled = True
        names = {code: country_name(code, self._translator) for code in THREE_LETTERS}
        typed = self.currentText()
        self.blockSignals(True)
        self.clear()
        for code in sorted(names, key=lambda one: names[one].casefold()):
            self.addItem(names[code], code)
        self.setCurrentIndex(-1)
        self.setEditText(typed)
        self.blockSignals(False)
        completer = self.completer()
        if completer is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)

    def _edit(self) -> QLineEdit:
        edit = self.lineEdit()
        assert edit is not None, "it is editable"
        return edit


class UnitBox(ComboBox):
    """A unit of the customs list is chosen, with its code before its word; the first entry is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxVisibleItems(14)
        for code in (None, *UNITS):
            self.addItem("", code)

    def retranslate(self, tr: Translator) -> None:
        """Show the words in another language; the choice stays."""
        for index in range(self.count()):
            code = self.itemData(index)
            self.setItemText(index, tr("— none —") if code is None else _unit_text(code, tr))


def _unit_text(code: str, tr: Translator) -> str:
    words = UNITS[code].words
    word, character = words[tr.language], words["zh"]
    return f"{code} · {word if character in word else noted(tr, word, character)}"
