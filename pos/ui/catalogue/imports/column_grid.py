"""The first rows of a file under the meaning of each column, which the user can change."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QScrollArea, QWidget

from pos.application.catalogue.catalogue_columns import COLUMNS
from pos.application.catalogue.catalogue_files import FileLook
from pos.application.text.translator import Translator
from pos.ui.catalogue.imports.import_words import column_text
from pos.ui.look.theme import Space
from pos.ui.widgets.drawing.tab_order import set_tab_order_at
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.fields.combo_box import ComboBox

_SHOWN_ROWS = 9
_MOST_COLUMNS = 40
_CELL = 36
_WIDTH = 176
_AROUND = 56
"""Pixels beside the words of a choice: its edges, and its arrow."""


class ColumnGrid(QScrollArea):
    """`changed`: the user changed the meaning of a column."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.choices: list[QComboBox] = []

    def present(self, look: FileLook, meant: Sequence[str], tr: Translator) -> None:
        """Show a file with the column meanings `meant`; an empty name is a column that is not read."""
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(Space.M, Space.M, Space.M, Space.M)
        grid.setHorizontalSpacing(Space.S)
        grid.setVerticalSpacing(Space.XS)
        self.choices = []
        for number, (title, name) in enumerate(list(zip(look.header, meant))[:_MOST_COLUMNS]):
            choice = ComboBox()
            choice.addItem(tr("not read"), "")
            for column in COLUMNS:
                choice.addItem(column_text(column, tr), column)
            choice.setCurrentIndex(max(0, choice.findData(name)))
            choice.setAccessibleName(tr("Meaning of the column “{name}”", name=title))
            choice.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            choice.currentIndexChanged.connect(self._changed)
            self.choices.append(choice)
            grid.addWidget(choice, 0, number)
            grid.addWidget(TextLabel(title[:60] or "—", Role.SMALL_STRONG), 1, number)
            for line, row in enumerate(look.rows[:_SHOWN_ROWS], start=2):
                text = row.cells[number] if number < len(row.cells) else ""
                cell = TextLabel(_printable(text), Role.LABEL)
                cell.setFixedHeight(_CELL)
                if row.fault:
                    cell.set_tone(Tone.OVER)
                grid.addWidget(cell, line, number)
        grid.setRowStretch(_SHOWN_ROWS + 2, 1)
        grid.setColumnStretch(len(self.choices), 1)
        self.setWidget(holder)
        set_tab_order_at(self, self.choices)
        self._mark()

    def meant(self, width: int) -> tuple[str, ...]:
        """The current meanings of the columns; columns that are not shown are not read."""
        chosen_meanings = [str(choice.currentData()) for choice in self.choices]
        return tuple(chosen_meanings + [""] * (width - len(chosen_meanings)))

    def _changed(self) -> None:
        self._mark()
        self.changed.emit()

    def _mark(self) -> None:
        """Mark a meaning that two columns share as wrong, and give each the room of its words."""
        chosen_meanings = [choice.currentData() for choice in self.choices]
        for choice in self.choices:
            is_twice = bool(choice.currentData()) and chosen_meanings.count(choice.currentData()) > 1
            choice.setProperty("wrong", "true" if is_twice else "false")
            choice.style().unpolish(choice)
            choice.style().polish(choice)
            _fit(choice)


def _fit(choice: QComboBox) -> None:
    """The width of a column is that of its chosen meaning, not of the longest that could be chosen."""
    choice.setMinimumWidth(max(_WIDTH, choice.fontMetrics().horizontalAdvance(choice.currentText()) + _AROUND))


def _printable(text: str) -> str:
    plain = "".join("?" if "\ud800" <= char <= "\udfff" else char if char.isprintable() else " " for char in text[:80])
    return plain if len(plain) < 40 else plain[:39] + "…"
