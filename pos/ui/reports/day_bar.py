"""The day on show, and the tills: today, the days beside it, any other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QDate, QObject, QSignalBlocker, Signal

from pos.application.words import Words
from pos.ui.theme import Size, Theme
from pos.ui.widgets.drawing import text_width
from pos.ui.widgets.icon_button import IconButton
from pos.ui.widgets.segmented import Segment, Segmented
from pos.ui.widgets.spin_box import DateBox

_BOX = 144
_ROOM = 48
"""What a segment needs beside its words: the tick and the rims."""

_FIRST = QDate(2000, 1, 1)
ALL = "all"
"""The key of all tills together; a till has capitals only."""


class DayBar(QObject):
    """The fields and buttons of the choice, for a page to lay out.

    `chosen` tells a day, `till_chosen` a till or ALL.
    """

    chosen = Signal(object)
    till_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._day = self._today = date.min
        self._theme = theme
        height = Size.SMALL_BUTTON
        self.box = DateBox("", QDate.currentDate())
        self.box.setFixedWidth(_BOX)
        self.today = IconButton(theme, height=height)
        self.today.setCheckable(True)
        self.earlier = IconButton(theme, icon="chevron-left", height=height)
        self.later = IconButton(theme, icon="chevron-right", height=height)
        self.tills = Segmented(theme, "")
        self.earlier.clicked.connect(lambda: self.step(-1))
        self.later.clicked.connect(lambda: self.step(1))
        self.today.clicked.connect(lambda: self.chosen.emit(self._today))
        self.box.dateChanged.connect(lambda day: self.chosen.emit(date(day.year(), day.month(), day.day())))
        self.tills.chosen.connect(self.till_chosen)

    def step(self, days: int) -> None:
        """Choose a day beside the one on show; there is none after today."""
        wanted = self._day + timedelta(days=days)
        if wanted <= self._today:
            self.chosen.emit(wanted)

    def present(self, day: date, today: date, tills: Sequence[str], till: str, words: Words) -> None:
        """Show `day`; the tills are offered where there are several."""
        self._day, self._today = day, today
        shown = QDate(day.year, day.month, day.day)
        with QSignalBlocker(self.box):
            self.box.setDateRange(_FIRST, QDate(today.year, today.month, today.day))
            if self.box.date() != shown:  # setting what is there would disturb whoever is typing it
                self.box.setDate(shown)
        self.box.present(words("The reports of this day"), words.language)
        self.earlier.present("", name=words("The day before"))
        self.later.present("", name=words("The day after"))
        self.later.setEnabled(day < today)
        self.today.present(words("Today"))
        self.today.setChecked(day == today)
        segments = [Segment(ALL, words("All tills")), *(Segment(name, name) for name in tills)]
        self.tills.setAccessibleName(words("Tills"))
        self.tills.present(segments, till)
        widest = max(text_width(self._theme.font(bold=True), segment.text) for segment in segments)
        self.tills.setMinimumWidth(len(segments) * (widest + _ROOM))
        self.tills.setVisible(len(tills) > 1)
