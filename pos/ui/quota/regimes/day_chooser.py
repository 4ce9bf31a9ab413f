"""Choice of the day: today, any other day, and the nearest days on which rules change."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QObject, QSignalBlocker, Signal

from pos.application.text.formatting import date_text
from pos.application.text.translator import Translator
from pos.ui.look.theme import Size, Theme
from pos.ui.widgets.buttons.icon_button import IconButton
from pos.ui.widgets.drawing.plain_tip import plain_tip
from pos.ui.widgets.fields.day_box import DateBox

_BOX = 144
_ENDS = (date(1900, 1, 1), date(2199, 12, 31))


class DayChooser(QObject):
    """The fields and buttons of the choice, for a page to lay out. Emits `chosen` with a date, or None for today."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._before: date | None = None
        self._after: date | None = None
        height = Size.SMALL_BUTTON
        self.box = DateBox("", QDate.currentDate())
        self.box.setDateRange(*(QDate(day.year, day.month, day.day) for day in _ENDS))
        self.box.setFixedWidth(_BOX)
        self.today = IconButton(theme, height=height)
        self.today.setCheckable(True)
        self.earlier = IconButton(theme, icon="chevron-left", height=height)
        self.later = IconButton(theme, icon="chevron-right", height=height)
        self.earlier.clicked.connect(lambda: self.chosen.emit(self._before))
        self.later.clicked.connect(lambda: self.chosen.emit(self._after))
        self.today.clicked.connect(lambda: self.chosen.emit(None))
        self.box.dateChanged.connect(self._typed)

    def present(self, day: date, today: date, before: date | None, after: date | None, tr: Translator) -> None:
        """Show `day`, and the days of change `before` and `after` it."""
        self._before, self._after = before, after
        chosen_date = QDate(day.year, day.month, day.day)
        if self.box.date() != chosen_date:  # setting an unchanged value would disturb typing
            with QSignalBlocker(self.box):
                self.box.setDate(chosen_date)
        self.box.present(tr("Rules on this day"), tr.language)
        change_day = None if before is None else date_text(before, tr.language)
        self._present(self.earlier, change_day, tr("No earlier change"), tr("Rules change on {day}", day=change_day))
        change_day = None if after is None else date_text(after, tr.language)
        self._present(self.later, change_day, tr("No later change"), tr("Rules change on {day}", day=change_day))
        self.today.present(tr("Today"))
        self.today.setChecked(day == today)

    def _present(self, button: IconButton, change: str | None, nothing: str, name: str) -> None:
        had_focus = button.hasFocus()
        button.present(change or "", name=name if change else nothing)
        button.setToolTip(plain_tip(button.accessibleName()))
        button.setEnabled(change is not None)
        if had_focus and change is None:
            self.box.setFocus()

    def _typed(self, day: QDate) -> None:
        self.chosen.emit(date(day.year(), day.month(), day.day()))
