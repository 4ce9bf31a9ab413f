"""A small table of figures: a title, a header, rows separated by lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from pos.ui.look.theme import Size, Space
from pos.ui.widgets.drawing.see_through import Sideways
from pos.ui.widgets.drawing.surface import Ground, Line, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.spoken.announcements import with_pauses

_NOTHING = ("", "–")
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class FigureCell:
    """One cell: its text, in bold, or in a tone."""

    text: str
    bold: bool = False
    tone: Tone | None = None


class FigureTable(Surface):
    """Shows rows of figures; the first column is left-aligned, the others right. `head` and title may be empty."""

    def __init__(self, height: int = Size.TABLE_ROW, parent: QWidget | None = None) -> None:
        super().__init__(Ground.CARD, parent)
        self._height = height
        self._title = TextLabel(role=Role.STRONG)
        self._note = TextLabel(role=Role.LABEL, wrap=True)
        self._area = Sideways()
        self._texts: tuple[tuple[str, ...], ...] = ()
        self._shape: tuple[int, tuple[int, ...]] | None = None
        self._heads: list[TextLabel] = []
        self._labels: list[TextLabel] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        self._column.setSpacing(Space.XS)
        self._column.addWidget(self._title)
        self._column.addWidget(self._area)
        self._column.addWidget(self._note)
        self._column.addStretch(1)

    @property
    def texts(self) -> tuple[tuple[str, ...], ...]:
        """The texts of the rows."""
        return self._texts

    @property
    def is_scrolled(self) -> bool:
        """Whether a part of the figures has to be scrolled to."""
        return self._area.horizontalScrollBar().maximum() > 0

    @property
    def full_width(self) -> int:
        """The width in which no figure is scrolled or cut."""
        inside, margins = self._area.widget(), self._column.contentsMargins()
        words = 0 if inside is None else inside.minimumSizeHint().width()
        border = self.width() - self.contentsRect().width()
        return max(words, self._title.minimumSizeHint().width()) + margins.left() + margins.right() + border

    @property
    def note(self) -> str:
        """The note beneath."""
        return self._note.text()

    def present(self, title: str, head: Sequence[str], rows: Sequence[Sequence[FigureCell]], note: str = "") -> None:
        """Replace the rows; `note` is shown beneath."""
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self.setAccessibleName(title)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self._texts = tuple(tuple(cell.text for cell in row) for row in rows)
        self.setAccessibleDescription(with_pauses([_spoken(head, texts) for texts in self._texts]))
        shape = (len(head), tuple(len(row) for row in rows))
        if shape != self._shape:
            self._shape = shape
            self._rebuild(len(head), rows)
        for label, text in zip(self._heads, head):
            label.setText(text)
        for label, cell in zip(self._labels, (cell for row in rows for cell in row)):
            label.setText(cell.text)
            label.set_role(Role.STRONG if cell.bold else Role.BODY)
            label.set_tone(cell.tone)

    def _rebuild(self, columns: int, rows: Sequence[Sequence[FigureCell]]) -> None:
        """Build the labels; a table of the same shape only changes their text, because new labels are slow."""
        holder = QWidget()
        self._area.setVisible(bool(rows))
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.M)
        grid.setVerticalSpacing(0)
        self._heads = [TextLabel(role=Role.LABEL, align=_side(column), wrap=True) for column in range(columns)]
        self._labels = [TextLabel(align=_side(column)) for row in rows for column in range(len(row))]
        line, labels = 0, iter(self._labels)
        for column, label in enumerate(self._heads):
            grid.addWidget(label, 0, column)
        if columns:
            grid.setRowMinimumHeight(0, Size.HEADER - Space.S)
            line = 1
        for row in rows:
            if line:
                grid.addWidget(Line(), line, 0, 1, -1)
                line += 1
            for column in range(len(row)):
                grid.addWidget(next(labels), line, column)
            grid.setRowMinimumHeight(line, self._height)
            line += 1
        for column in range(max((len(row) for row in rows), default=0)):
            grid.setColumnStretch(column, 1)
        holder.setMinimumHeight(grid.minimumSize().height())
        self._area.hold(holder)
        self.updateGeometry()


def _spoken(head: Sequence[str], texts: Sequence[str]) -> str:
    """A row with the name of each column, for a person who does not see in which column a figure stands."""
    names = [*head, *("" for _ in texts[len(head) :])]
    return ", ".join(f"{name} {text}".strip() for name, text in zip(names, texts) if text not in _NOTHING)


def _side(column: int) -> Qt.AlignmentFlag:
    return _LEFT if column == 0 else _RIGHT
