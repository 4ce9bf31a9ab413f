"""Fields for options with several values: a pair of languages, categories, a folder."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from pos.application.text.names import CATEGORIES, name_of
from pos.application.text.translator import LANGUAGE_NAMES, Translator
from pos.domain.catalogue.category import is_leaf
from pos.ui.look.theme import Size, Space, Theme
from pos.ui.settings.editors import Choices, Editor, fill_list, narrow_list
from pos.ui.widgets.buttons.icon_button import IconButton
from pos.ui.widgets.drawing.layouts import vbox
from pos.ui.widgets.drawing.text_label import Role, TextLabel

_ROWS, _ROW = 7, Size.TABLE_ROW


class LanguagesEditor(Editor):
    """One or two languages in order: each in a list of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second = narrow_list(), narrow_list()
        for combo in (self.first, self.second):
            combo.activated.connect(lambda _index: self.edited.emit())
        self._labels = TextLabel(role=Role.LABEL), TextLabel(role=Role.LABEL)
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(Space.XS)
        for index, (label, combo) in enumerate(zip(self._labels, (self.first, self.second), strict=True)):
            grid.addWidget(label, 0, index)
            grid.addWidget(combo, 1, index)
            grid.setColumnStretch(index, 1)
        self._row.addWidget(inside)
        self.setFocusProxy(self.first)

    def put(self, text: str, _choices: Choices, tr: Translator) -> None:
        first, _, second = text.partition(",")
        known = list(LANGUAGE_NAMES.items())
        fill_list(self.first, known, first, first)
        fill_list(self.second, [("", tr.context("language", "none")), *known], second, second)
        names = tr.context("language", "First"), tr.context("language", "Second")
        for label, combo, name in zip(self._labels, (self.first, self.second), names, strict=True):
            label.setText(name)
            combo.setAccessibleName(f"{self.accessibleName()}: {name}")

    def text(self) -> str:
        """Equal languages count as one."""
        chosen = (str(combo.currentData() or "") for combo in (self.first, self.second))
        return ",".join(dict.fromkeys(code for code in chosen if code))


class _Ticks(QListWidget):
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two quick taps are two taps."""
        self.mousePressEvent(event)


class ScopesEditor(Editor):
    """Categories, rights or other names with check boxes, `*` for all of them. The space bar toggles, and a tap."""

    def __init__(self) -> None:
        super().__init__()
        self.list = _Ticks()
        self.list.setUniformItemSizes(True)
        self._is_put = self._is_toggled = False
        self.list.itemChanged.connect(self._changed)
        self.list.itemPressed.connect(self._begin)
        self.list.itemClicked.connect(self._tapped)
        self.hold(self.list)

    def put(self, text: str, choices: Choices, tr: Translator) -> None:
        """Offer `choices`, or the categories."""
        ticked = {part.strip() for part in text.split(",")}
        index = max(0, self.list.currentRow())
        self._is_put = True
        self.list.clear()
        offered = choices or _categories(tr)
        for value, said in offered:
            item = QListWidgetItem(said)
            item.setData(Qt.ItemDataRole.UserRole, value)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if value in ticked else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setFixedHeight(min(len(offered), _ROWS) * _ROW + Space.S)
        self.list.setCurrentRow(index)
        self.list.setAccessibleName(self.accessibleName())
        self._is_put = False

    def text(self) -> str:
        """Checking *all* is enough."""
        items = (self.list.item(index) for index in range(self.list.count()))
        ticked = [
            str(item.data(Qt.ItemDataRole.UserRole)) for item in items if item.checkState() is Qt.CheckState.Checked
        ]
        return "*" if "*" in ticked else ",".join(ticked)

    def _begin(self, _item: QListWidgetItem) -> None:
        self._is_toggled = False

    def _tapped(self, item: QListWidgetItem) -> None:
        """Qt toggles by the small box alone."""
        if not self._is_toggled:
            is_on = item.checkState() is Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if is_on else Qt.CheckState.Checked)

    def _changed(self, _item: QListWidgetItem) -> None:
        self._is_toggled = True
        if not self._is_put:
            self.edited.emit()


class FolderEditor(Editor):
    """A folder by its full path: typed, or chosen where the machine has it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._translator = Translator.english()
        self.line = QLineEdit()
        self.line.textEdited.connect(lambda _text: self.edited.emit())
        self.choose = IconButton(theme, icon="archive", height=Size.SMALL_BUTTON)
        self.choose.clicked.connect(self._ask)
        inside = QWidget()
        vbox(self.line, self.choose, spacing=Space.S, margins=0, parent=inside)
        self._row.addWidget(inside)
        self.setFocusProxy(self.line)

    def put(self, text: str, _choices: Choices, tr: Translator) -> None:
        self._translator = tr
        self.line.setAccessibleName(self.accessibleName())
        self.line.setText(text)
        self.choose.present(tr("Choose a folder"))

    def text(self) -> str:
        return self.line.text()

    def _ask(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self._translator("Choose a folder"), self.line.text())
        if chosen:
            self.line.setText(chosen)
            self.edited.emit()


def _categories(tr: Translator) -> Choices:
    """All categories, each branch before its leaves."""
    scopes = ("*", *(one for one in CATEGORIES if one != "*"))
    return [
        (scope, ("    " if is_leaf(scope) and "." in scope else "") + name_of(CATEGORIES, scope, tr))
        for scope in scopes
    ]
