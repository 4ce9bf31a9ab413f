"""The parts of a customs paper, drawn one below the other over as many pages as they need.

Titles of columns may have the place `{currency}`: the code of the currency of all values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from pos.domain.money import Currency
from pos.printing.declarations.languages import PaperLanguages
from pos.printing.drawing.fonts import Fonts
from pos.printing.drawing.printable import printable
from pos.printing.drawing.table_layout import PORTRAIT
from pos.printing.drawing.table_pages import TablePages
from pos.printing.drawing.wrapping import is_wide, wrapped

_TITLE, _SECTION, _LABEL, _BESIDE, _VALUE, _CELL, _HEAD = 14.0, 10.5, 8.5, 6.5, 10.5, 8.0, 7.0
_LEAD = 1.25
_BOX = 9.0
_PAD = 3.0
_INDENT = 6.0
"""Between a column that ends at the right and the next one."""
_BLANK = 14.0
"""The height of a line to write on."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its marked title, its share of the width, and whether it ends at the right."""

    title: str
    share: float
    at_right: bool = False


Cell = str | Sequence[str]
"""A text, or several below each other, of which the first is the main one."""


class Flow:
    """Pages with parts from above; a part that does not fit goes to the next page, a table goes on there."""

    def __init__(
        self, fonts: Fonts, languages: PaperLanguages, title: str, foot: str, stamp: str, currency: Currency
    ) -> None:
        self._out = BytesIO()
        self.say = languages
        self._currency = currency.code
        self.pages = TablePages(self._out, fonts, title, foot, stamp)
        self.pages.new_page(PORTRAIT)

    @property
    def width(self) -> float:
        return self.pages.width

    def drawn(self) -> bytes:
        """The PDF."""
        self.pages.finish()
        return self._out.getvalue()

    def turn(self) -> None:
        """Go on on a new page."""
        self.pages.new_page(PORTRAIT)

    def down(self, points: float) -> None:
        self.pages.y += points

    def keep(self, points: float) -> None:
        """Begin a new page if there is less room than this."""
        if self.pages.room < points:
            self.turn()

    def title(self, text: str) -> None:
        """A marked title, with the other languages below."""
        self._lines(self.say.main(text), _TITLE, bold=True)
        self._lines(self.say.beside(text), _LABEL, muted=True)
        self.down(4)

    def section(self, number: str, text: str) -> None:
        """The marked title of a section under a line."""
        self.keep(60)
        self.down(4)
        self.pages.rule(strong=True)
        self.down(4)
        self._lines(f"{number}. {self.say.main(text)}" if number else self.say.main(text), _SECTION, bold=True)
        self._lines(self.say.beside(text), _BESIDE, muted=True)
        self.down(3)

    def paragraph(self, text: str, *, bold: bool = False, muted: bool = False, size: float = _LABEL) -> None:
        """A text as it is."""
        self._lines(text, size, bold=bold, muted=muted)
        self.down(2)

    def note(self, text: str, **values: object) -> None:
        """A marked sentence in every language of the paper, one after the other."""
        self._lines(" · ".join(self.say.by(lambda tr: tr(text, **values))), _LABEL - 1)
        self.down(2)

    def fields(self, *fields: tuple[str, str]) -> None:
        """Marked labels side by side, each with its value below, or a line on which the traveller writes it."""
        wide = self.width / len(fields)
        blocks = []
        for label, value in fields:
            heads = self._wrap(self.say.main(label), _LABEL, wide - 2 * _PAD)
            others = self._wrap(self.say.beside(label), _BESIDE, wide - 2 * _PAD)
            blocks.append((heads, others, self._wrap(printable(value), _VALUE, wide - 2 * _PAD)))
        top = max(len(heads) * _LABEL + len(others) * _BESIDE for heads, others, _ in blocks) * _LEAD
        below = max(max(_BLANK, len(values) * _VALUE * _LEAD) for _, _, values in blocks)
        self.keep(top + below + 6)
        for place, (heads, others, values) in enumerate(blocks):
            left, at = place * wide, 0.0
            for text in heads:
                self.pages.text(left, text, _LABEL, muted=True, below=at)
                at += _LABEL * _LEAD
            for text in others:
                self.pages.text(left, text, _BESIDE, muted=True, below=at)
                at += _BESIDE * _LEAD
            for number, text in enumerate(values):
                self.pages.text(left, text, _VALUE, bold=True, below=top + number * _VALUE * _LEAD)
        self.down(top + below)
        for place, (_, _, values) in enumerate(blocks):
            if not values:
                self.pages.line(place * wide, wide - 2 * _PAD)
        self.down(6)

    def tick(self, number: str, text: str) -> None:
        """A ticked box with its number on the form, if it has one, and a marked text."""
        left = _BOX + 6
        main = self._wrap(f"{number} {self.say.main(text)}".strip(), _LABEL * 1.05, self.width - left)
        beside = self._wrap(self.say.beside(text), _BESIDE, self.width - left)
        height = (len(main) * _LABEL + len(beside) * _BESIDE) * _LEAD
        self.keep(height + 4)
        self.pages.frame(0, 1, _BOX, _BOX, crossed=True)
        for place, line in enumerate(main):
            self.pages.text(left, line, _LABEL, bold=True, below=place * _LABEL * _LEAD + 1)
        top = len(main) * _LABEL * _LEAD
        for place, line in enumerate(beside):
            self.pages.text(left, line, _BESIDE, muted=True, below=top + place * _BESIDE * _LEAD + 1)
        self.down(max(_BOX + 2, height) + 2)

    def boxes(self, names: Sequence[str]) -> None:
        """Empty boxes in a row."""
        self.keep(_BOX + 6)
        x = 0.0
        for name in names:
            self.pages.frame(x, 1, _BOX, _BOX)
            self.pages.text(x + _BOX + 3, name, _LABEL, below=1)
            x += _BOX + 12 + self.pages.width_of(name, _LABEL)
        self.down(_BOX + 6)

    def empty_frame(self, label: str, height: float) -> None:
        """A frame in which others write, with a marked label."""
        self.keep(height + 6)
        self.pages.frame(0, 0, self.width, height)
        self.pages.text(_PAD, self.say.main(label), _LABEL, muted=True, below=2)
        self.pages.text(
            _PAD, self.say.beside(label), _BESIDE, muted=True, below=2 + _LABEL * _LEAD, width=self.width - 6
        )
        self.down(height + 6)

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], *, bold_last: bool = False) -> None:
        """Rows under titles, which stand again on each further page. The last row may be their sum."""
        whole = sum(column.share for column in columns)
        widths = [self.width * column.share / whole for column in columns]
        self.keep(90)
        self._head(columns, widths)
        for index, row in enumerate(rows):
            is_sum = bold_last and index == len(rows) - 1
            cells = [self._cell(cell, wide - _INDENT - _PAD) for cell, wide in zip(row, widths, strict=True)]
            height = max(len(cell) for cell in cells) * _CELL * _LEAD + 5
            if self.pages.room < height:
                self.turn()
                self._head(columns, widths)
            x = 0.0
            for cell, column, wide in zip(cells, columns, widths, strict=True):
                for number, (text, is_main) in enumerate(cell):
                    self.pages.text(
                        x + (wide - _PAD if column.at_right else _INDENT if x else 0),
                        text,
                        _CELL,
                        at_right=column.at_right,
                        bold=is_sum,
                        muted=not is_main,
                        below=2 + number * _CELL * _LEAD,
                        width=wide - _PAD,
                    )
                x += wide
            self.down(height)
            self.pages.rule()
        self.down(4)

    def _head(self, columns: Sequence[Column], widths: Sequence[float]) -> None:
        heads = [
            self._words(self.say.main(column.title, currency=self._currency), _HEAD, wide - _INDENT - 2)
            for column, wide in zip(columns, widths, strict=True)
        ]
        others = [
            [
                line
                for said in self._titles_beside(column)
                for line in self._words(said, _BESIDE - 0.5, wide - _INDENT - 2)
            ]
            for column, wide in zip(columns, widths, strict=True)
        ]
        height = max(
            len(main) * _HEAD * _LEAD + len(beside) * (_BESIDE - 0.5) * _LEAD for main, beside in zip(heads, others)
        )
        self.pages.box(0, 0, self.width, height + 4, 0.94)
        x = 0.0
        for column, wide, main, beside in zip(columns, widths, heads, others, strict=True):
            end = x + (wide - _PAD if column.at_right else _INDENT if x else 1)
            at = 2.0
            for text in main:
                self.pages.text(
                    end, text, _HEAD, bold=True, at_right=column.at_right, below=at, width=wide - _INDENT - 2
                )
                at += _HEAD * _LEAD
            for text in beside:
                self.pages.text(
                    end, text, _BESIDE - 0.5, muted=True, at_right=column.at_right, below=at, width=wide - _INDENT - 2
                )
                at += (_BESIDE - 0.5) * _LEAD
            x += wide
        self.down(height + 4)
        self.pages.rule(strong=True)

    def _titles_beside(self, column: Column) -> tuple[str, ...]:
        return self.say.by(lambda tr: tr(column.title, currency=self._currency))[1:]

    def _cell(self, cell: Cell, width: float) -> list[tuple[str, bool]]:
        texts = [cell] if isinstance(cell, str) else list(cell)
        return [
            (line, number == 0)
            for number, text in enumerate(texts)
            if text
            for line in self._wrap(printable(text, 240), _CELL, width)
        ] or [("", True)]

    def _wrap(self, text: str, size: float, width: float) -> list[str]:
        return wrapped(text, width, lambda part: self.pages.width_of(part, size)) if text else []

    def _words(self, text: str, size: float, width: float) -> list[str]:
        """Lines of whole words, for a title: a word that is too wide is drawn smaller, and never broken."""
        lines: list[str] = []
        for word in text.split(" "):
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.pages.width_of(longer, size, bold=True) <= width:
                lines[-1] = longer
            elif self.pages.width_of(word, size) > width and " " not in text and any(map(is_wide, word)):
                lines += self._wrap(word, size, width)
            else:
                lines.append(word)
        return lines

    def _lines(self, text: str, size: float, *, bold: bool = False, muted: bool = False) -> None:
        for line in self._wrap(text, size * (1.04 if bold else 1), self.width):
            self.keep(size * _LEAD)
            self.pages.text(0, line, size, bold=bold, muted=muted, width=self.width)
            self.down(size * _LEAD)
