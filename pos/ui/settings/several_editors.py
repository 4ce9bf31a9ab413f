"""Fields of options of several values: a pair of languages, categories, printers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QGridLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from pos.application.names import CATEGORIES, name_of
from pos.application.setting_kinds import DISPLAYS
from pos.application.setting_words import choice_text, printer_text
from pos.application.words import LANGUAGE_NAMES, Words
from pos.domain.category import is_leaf
from pos.ui.settings.editors import Choices, Editor, fill_list, narrow_list
from pos.ui.theme import Size, Space, Theme
from pos.ui.widgets.icon_button import IconButton
from pos.ui.widgets.text_label import Role, TextLabel

_ROWS, _ROW = 7, 40


class LanguagesEditor(Editor):
    """One language or two, the first one first: each in a list of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second = narrow_list(), narrow_list()
        for combo in (self.first, self.second):
            combo.activated.connect(lambda _place: self.edited.emit())
        self._labels = TextLabel(role=Role.LABEL), TextLabel(role=Role.LABEL)
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(Space.XS)
        for place, (label, combo) in enumerate(zip(self._labels, (self.first, self.second), strict=True)):
            grid.addWidget(label, 0, place)
            grid.addWidget(combo, 1, place)
            grid.setColumnStretch(place, 1)
        self._row.addWidget(inside)
        self.setFocusProxy(self.first)

    def put(self, text: str, _choices: Choices, words: Words) -> None:
        """Override Editor.put."""
        first, _, second = text.partition(",")
        known = list(LANGUAGE_NAMES.items())
        fill_list(self.first, known, first, first)
        fill_list(self.second, [("", words.within("language", "none")), *known], second, second)
        names = words.within("language", "First"), words.within("language", "Second")
        for label, combo, name in zip(self._labels, (self.first, self.second), names, strict=True):
            label.setText(name)
            combo.setAccessibleName(f"{self.accessibleName()}: {name}")

    def text(self) -> str:
        """Override Editor.text: the same twice is one."""
        chosen = (str(combo.currentData() or "") for combo in (self.first, self.second))
        return ",".join(dict.fromkeys(code for code in chosen if code))


class ScopesEditor(Editor):
    """Categories or other names that are ticked, `*` for all of them. The space bar ticks."""

    def __init__(self) -> None:
        super().__init__()
        self.list = QListWidget()
        self.list.setUniformItemSizes(True)
        self._is_put = False
        self.list.itemChanged.connect(self._changed)
        self.hold(self.list)

    def put(self, text: str, choices: Choices, words: Words) -> None:
        """Override Editor.put: among `choices`, or the categories."""
        ticked = {part.strip() for part in text.split(",")}
        place = max(0, self.list.currentRow())
        self._is_put = True
        self.list.clear()
        offered = choices or _categories(words)
        for value, said in offered:
            item = QListWidgetItem(said)
            item.setData(Qt.ItemDataRole.UserRole, value)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if value in ticked else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setFixedHeight(min(len(offered), _ROWS) * _ROW + Space.S)
        self.list.setCurrentRow(place)
        self.list.setAccessibleName(self.accessibleName())
        self._is_put = False

    def text(self) -> str:
        """Override Editor.text: *all* says everything."""
        items = (self.list.item(place) for place in range(self.list.count()))
        ticked = [
            str(item.data(Qt.ItemDataRole.UserRole)) for item in items if item.checkState() is Qt.CheckState.Checked
        ]
        return "*" if "*" in ticked else ",".join(ticked)

    def _changed(self, _item: QListWidgetItem) -> None:
        if not self._is_put:
            self.edited.emit()


class FolderEditor(Editor):
    """A folder by its whole path: typed, or chosen where the machine has it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._words = Words.english()
        self.line = QLineEdit()
        self.line.textEdited.connect(lambda _text: self.edited.emit())
        self.choose = IconButton(theme, icon="archive", height=Size.SMALL_BUTTON)
        self.choose.clicked.connect(self._ask)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self.line)
        column.addWidget(self.choose)
        self._row.addWidget(inside)
        self.setFocusProxy(self.line)

    def put(self, text: str, _choices: Choices, words: Words) -> None:
        """Override Editor.put."""
        self._words = words
        self.line.setAccessibleName(self.accessibleName())
        self.line.setText(text)
        self.choose.present(words("Choose a folder"))

    def text(self) -> str:
        """Override Editor.text."""
        return self.line.text()

    def _ask(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self._words("Choose a folder"), self.line.text())
        if chosen:
            self.line.setText(chosen)
            self.edited.emit()


class PrinterEditor(Editor):
    """The folder, the system's usual printer, or one of its printers; one that is not there says so."""

    def __init__(self) -> None:
        super().__init__()
        self.printers: Sequence[str] | None = None
        """The system's; None until they are known."""
        self.list = narrow_list()
        self.list.activated.connect(lambda _place: self.edited.emit())
        self.hold(self.list)

    def put(self, text: str, _choices: Choices, words: Words) -> None:
        """Override Editor.put."""
        fill_list(self.list, printer_choices(self.printers, words), text, missing_text(text, self.printers, words))

    def text(self) -> str:
        """Override Editor.text."""
        return str(self.list.currentData() or "")


class TillPrintersEditor(Editor):
    """A printer for each till that the shop knows, or the same as everywhere."""

    def __init__(self) -> None:
        super().__init__()
        self.printers: Sequence[str] | None = None
        self.tills: Sequence[str] = ()
        self._rows: dict[str, tuple[TextLabel, QComboBox]] = {}
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.XS)
        self._row.addWidget(inside)

    def put(self, text: str, _choices: Choices, words: Words) -> None:
        """Override Editor.put."""
        own = dict(pair.split("=", 1) for pair in text.split(",") if "=" in pair)
        tills = sorted({*self.tills, *own})
        for till in tills:
            if till not in self._rows:
                self._add(till)
        usual = [("", words("As for the shop")), *self.choices(words)]
        for till, (label, combo) in self._rows.items():
            where = own.get(till, "")
            label.setText(words("Till {till}", till=till))
            combo.setAccessibleName(words("Till {till}", till=till))
            fill_list(combo, usual, where, self.said(where, words))
            label.setVisible(till in tills)
            combo.setVisible(till in tills)

    def choices(self, words: Words) -> Choices:
        """What a till can have."""
        return printer_choices(self.printers, words)

    def said(self, where: str, words: Words) -> str:
        """What it has now, where that is none of them."""
        return missing_text(where, self.printers, words)

    def text(self) -> str:
        """Override Editor.text."""
        chosen = ((till, str(combo.currentData() or "")) for till, (_, combo) in sorted(self._rows.items()))
        return ",".join(f"{till}={where}" for till, where in chosen if where)

    def begin(self) -> None:
        """Override Editor.begin."""
        first = next(iter(sorted(self._rows)), None)
        if first is not None:
            self._rows[first][1].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _add(self, till: str) -> None:
        label, combo = TextLabel(role=Role.LABEL), narrow_list()
        combo.activated.connect(lambda _place: self.edited.emit())
        self._column.addWidget(label)
        self._column.addWidget(combo)
        self._rows[till] = label, combo


class TillDisplaysEditor(TillPrintersEditor):
    """When each till that the shop knows shows its customer's display, or the same as everywhere."""

    def choices(self, words: Words) -> Choices:
        """Override TillPrintersEditor.choices."""
        return [(when, choice_text(when, words)) for when in DISPLAYS]

    def said(self, where: str, words: Words) -> str:
        """Override TillPrintersEditor.said."""
        return choice_text(where, words)


def printer_choices(printers: Sequence[str] | None, words: Words) -> Choices:
    """Where papers can go."""
    system = ["system:", *(f"system:{name}" for name in printers or ())]
    return [(where, printer_text(where, words)) for where in ("folder", *system)]


def missing_text(where: str, printers: Sequence[str] | None, words: Words) -> str:
    """A printer that the system does not know, as it is offered all the same."""
    name = printer_text(where, words)
    return name if printers is None else words("{printer} — not found", printer=name)


def _categories(words: Words) -> Choices:
    """All of them, a branch before its leaves."""
    scopes = ("*", *(one for one in CATEGORIES if one != "*"))
    return [
        (scope, ("    " if is_leaf(scope) and "." in scope else "") + name_of(CATEGORIES, scope, words))
        for scope in scopes
    ]
