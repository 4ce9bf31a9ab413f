"""Fields for options by type: text, choice, yes or no, number with unit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from pos.application.settings.setting_kinds import WholeNumber
from pos.application.settings.setting_words import choice_text
from pos.application.text.translator import Translator
from pos.ui.look.theme import Theme
from pos.ui.widgets.buttons.segmented import Segment, Segmented
from pos.ui.widgets.fields.combo_box import ComboBox
from pos.ui.widgets.fields.spin_box import WIDEST_NUMBER, SpinBox

Choices = Sequence[tuple[str, str]]
"""Values of an option and their texts."""

_LONGEST = 400


class Editor(QWidget):
    """Edits one value as text; `edited` is emitted on changes by the user.

    A subclass defines how it is set, read and named; the form shows one editor at a time.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)

    def put(self, text: str, choices: Choices, tr: Translator) -> None:
        """Show a value, among `choices` if the option is an enumeration."""
        raise NotImplementedError

    def text(self) -> str:
        """The value in the form that `with_text` reads."""
        raise NotImplementedError

    def begin(self) -> None:
        """Focus the field."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def hold(self, field: QWidget) -> None:
        """Use this widget as the field: it takes the focus."""
        self._row.addWidget(field)
        self.setFocusProxy(field)


class LineEditor(Editor):
    """One line of text."""

    def __init__(self) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.textEdited.connect(lambda _text: self.edited.emit())
        self.longest = _LONGEST
        self.hold(self.line)

    def put(self, text: str, _choices: Choices, _tr: Translator) -> None:
        self.line.setMaxLength(self.longest)
        self.line.setText(text)

    def text(self) -> str:
        return self.line.text()

    def begin(self) -> None:
        super().begin()
        self.line.selectAll()


class ChoiceEditor(Editor):
    """A list of choices; an obsolete value is still shown."""

    def __init__(self) -> None:
        super().__init__()
        self.list = narrow_list()
        self.list.activated.connect(lambda _index: self.edited.emit())
        self.hold(self.list)

    def put(self, text: str, choices: Choices, _tr: Translator) -> None:
        fill_list(self.list, choices, text, text)

    def text(self) -> str:
        return str(self.list.currentData() or "")


class EitherEditor(Editor):
    """Yes or no."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.either = Segmented(theme, "")
        self.either.chosen.connect(lambda _key: self.edited.emit())
        self._row.addWidget(self.either)

    def put(self, text: str, _choices: Choices, tr: Translator) -> None:
        self.either.setAccessibleName(self.accessibleName())
        self.either.present([Segment(one, choice_text(one, tr)) for one in ("yes", "no")], text)

    def text(self) -> str:
        return self.either.choice()

    def begin(self) -> None:
        self.either.focus_chosen()


class NumberEditor(Editor):
    """A whole number with its unit; arrows stay within its limits, typed values are checked on saving."""

    def __init__(self) -> None:
        super().__init__()
        self.number = SpinBox("", 0, WIDEST_NUMBER)
        self.number.changed.connect(self._emit_edited)
        self._is_put = False
        self.hold(self.number)

    def bound(self, kind: WholeNumber, unit: str) -> None:
        """Set the limits and the unit of an option."""
        self.number.lowest, self.number.highest = kind.lowest, kind.highest
        self._is_put = True
        self.number.setSuffix(f" {unit}" if unit else "")
        self._is_put = False

    def put(self, text: str, _choices: Choices, _tr: Translator) -> None:
        self._is_put = True
        self.number.put(text)
        self._is_put = False

    def text(self) -> str:
        return self.number.typed()

    def begin(self) -> None:
        super().begin()
        self.number.selectAll()

    def _emit_edited(self) -> None:
        if not self._is_put:
            self.edited.emit()


def narrow_list(combo: QComboBox | None = None) -> QComboBox:
    """A list as wide as the room allows, whatever the names of its choices."""
    combo = ComboBox() if combo is None else combo
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(5)
    combo.setMaxVisibleItems(14)
    return combo


def fill_list(combo: QComboBox, choices: Choices, chosen: str, said: str) -> None:
    """Offer these choices; a value that is none of them is added as `said`."""
    combo.clear()
    for value, tr in choices:
        combo.addItem(tr, value)
    index = combo.findData(chosen)
    if index < 0:
        combo.insertItem(0, said, chosen)
        index = 0
    combo.setCurrentIndex(index)
