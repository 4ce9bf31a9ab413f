"""The first rows of a file, and above each column what it means: to be overruled by hand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QScrollArea, QWidget

from pos.application.catalogue.catalogue_columns import COLUMNS
from pos.application.catalogue.catalogue_files import FileLook
from pos.application.text.words import Words
from pos.ui.catalogue.imports.import_words import column_text
from pos.ui.look.theme import Space
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone

_SHOWN_ROWS = 9
_MOST_COLUMNS = 40
_CELL = 36
_WIDTH = 176


class ColumnGrid(QScrollArea):
    """`changed`: somebody has given a column another meaning."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.choices: list[QComboBox] = []

    def present(self, look: FileLook, meant: Sequence[str], words: Words) -> None:
        """Show a file whose columns mean `meant`, an empty name for one that is not read."""
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(Space.M, Space.M, Space.M, Space.M)
        grid.setHorizontalSpacing(Space.S)
        grid.setVerticalSpacing(Space.XS)
        self.choices = []
        for place, (title, name) in enumerate(list(zip(look.header, meant))[:_MOST_COLUMNS]):
            choice = QComboBox()
            choice.addItem(words("not read"), "")
            for column in COLUMNS:
                choice.addItem(column_text(column, words), column)
            choice.setCurrentIndex(max(0, choice.findData(name)))
            choice.setAccessibleName(words("Meaning of the column “{name}”", name=title))
            choice.setMinimumWidth(_WIDTH)
            choice.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            choice.currentIndexChanged.connect(self._changed)
            self.choices.append(choice)
            grid.addWidget(choice, 0, place)
            grid.addWidget(TextLabel(title[:60] or "—", Role.SMALL_STRONG), 1, place)
            for line, row in enumerate(look.rows[:_SHOWN_ROWS], start=2):
                text = row.cells[place] if place < len(row.cells) else ""
                cell = TextLabel(_shown(text), Role.LABEL)
                cell.setFixedHeight(_CELL)
                if row.fault:
                    cell.set_tone(Tone.OVER)
                grid.addWidget(cell, line, place)
        grid.setRowStretch(_SHOWN_ROWS + 2, 1)
        grid.setColumnStretch(len(self.choices), 1)
        self.setWidget(holder)
        self._mark()

    def meant(self, width: int) -> tuple[str, ...]:
        """What the columns mean now; those that are not shown are not read."""
        said = [str(choice.currentData()) for choice in self.choices]
        return tuple(said + [""] * (width - len(said)))

    def _changed(self) -> None:
        self._mark()
        self.changed.emit()

    def _mark(self) -> None:
        """What two columns mean cannot be."""
        said = [choice.currentData() for choice in self.choices]
        for choice in self.choices:
            is_twice = bool(choice.currentData()) and said.count(choice.currentData()) > 1
            choice.setProperty("wrong", "true" if is_twice else "false")
            choice.style().unpolish(choice)
            choice.style().polish(choice)


def _shown(text: str) -> str:
    plain = "".join("?" if "\ud800" <= sign <= "\udfff" else sign if sign.isprintable() else " " for sign in text[:80])
    return plain if len(plain) < 40 else plain[:39] + "…"
