"""Selection of days, till and person: the usual periods, any day, or any range of days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QDate, QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox

from pos.application.text.translator import Translator
from pos.domain.period import Period, Usual
from pos.ui.look.theme import Size, Theme
from pos.ui.widgets.buttons.icon_button import IconButton
from pos.ui.widgets.drawing.drawing import text_width
from pos.ui.widgets.fields.combo_box import ComboBox
from pos.ui.widgets.fields.day_box import DateBox

_BOX = 144
_ROOM = 56
"""Width of a combo box beside its text: the arrow and the borders."""

_FIRST = date(2000, 1, 1)
ALL = "all"
"""The key for all tills and for all people; the names of tills are in capitals only."""
_DAY, _RANGE = "day", "range"


class DayBar(QObject):
    """The fields and buttons of the selection, for a page to lay out.

    `chosen` carries a Period, `till_chosen` a till or ALL, `person_chosen` the short name of a person or ALL.
    """

    chosen = Signal(object)
    till_chosen = Signal(str)
    person_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._today = date.min
        self._period = self._before = Period(date.min, date.min)
        """The days that are chosen, and those before a day of them was typed."""
        self._theme = theme
        self._kind = ""
        height = Size.SMALL_BUTTON
        self.periods, self.tills, self.people = ComboBox(), ComboBox(), ComboBox()
        self.box = DateBox("", QDate.currentDate())
        self.until = DateBox("", QDate.currentDate())
        for box in (self.box, self.until):
            box.setFixedWidth(_BOX)
            box.editingFinished.connect(self._drop_unfinished)
        self.earlier = IconButton(theme, icon="chevron-left", height=height)
        self.later = IconButton(theme, icon="chevron-right", height=height)
        self.earlier.clicked.connect(lambda: self.step(-1))
        self.later.clicked.connect(lambda: self.step(1))
        self.box.dateChanged.connect(self._first_changed)
        self.until.dateChanged.connect(self._last_changed)
        self.periods.activated.connect(lambda _index: self._choose_kind(self.periods.currentData()))
        self.tills.activated.connect(lambda _index: self.till_chosen.emit(self.tills.currentData()))
        self.people.activated.connect(lambda _index: self.person_chosen.emit(self.people.currentData()))

    @property
    def is_typing(self) -> bool:
        """Whether a day is being typed: its first figure shows a day already."""
        return any(box.hasFocus() and box.is_typed for box in (self.box, self.until))

    def step(self, steps: int) -> None:
        """Move to the neighbouring period; there is none after today."""
        self._drop_unfinished()
        moved_period = self._period.moved(steps)
        if moved_period.last <= self._today:
            self._kind = _RANGE if self._kind == _RANGE else ""
            self._choose(moved_period)
        elif steps > 0 and self._period.last < self._today >= moved_period.first:
            self._choose(Period(moved_period.first, self._today))

    def choose(self, usual: Usual) -> None:
        """Choose a usual period."""
        self._choose_kind(usual)

    def next_period(self) -> None:
        """Choose the usual period after the current one, and the first one after the last."""
        kinds = [kind.value for kind in Usual]
        position = kinds.index(self._kind) + 1 if self._kind in kinds else 0
        self._choose_kind(kinds[position % len(kinds)])

    def present(self, period: Period, today: date, tr: Translator) -> None:
        """Show `period`."""
        self._period, self._today = period, today
        if not self._fits(self._kind):
            usual = (kind.value for kind in Usual if Period.of(kind, today) == period)
            self._kind = next(usual, _DAY if period.days == 1 else _RANGE)
        names = {
            Usual.TODAY: tr("Today"), Usual.YESTERDAY: tr("Yesterday"), Usual.THIS_WEEK: tr("This week"),
            Usual.THIS_MONTH: tr("This month"), Usual.LAST_MONTH: tr("Last month"), _DAY: tr("One day"),
            _RANGE: tr("From – to"),
        }  # fmt: skip
        self._fill(self.periods, {str(key): name for key, name in names.items()}, self._kind, tr("Days"))
        self._set(self.box, period.first)
        self._set(self.until, period.last)
        self.box.present(tr("Reports of this day") if period.days == 1 else tr("From"), tr.language)
        self.until.present(tr("To"), tr.language)
        self.until.setVisible(period.days > 1 or self._kind == _RANGE)
        self.earlier.present("", name=tr("Previous period"))
        self.later.present("", name=tr("Next period"))
        self.later.setEnabled(period.last < today)
        self._keep_before()

    def offer(self, tills: Sequence[str], till: str, people: Mapping[str, str], person: str, tr: Translator) -> None:
        """Offer the tills if there are several, and the people by their short names."""
        self._fill(self.tills, {ALL: tr("All tills"), **{name: name for name in tills}}, till, tr("Tills"))
        self.tills.setVisible(len(tills) > 1)
        self._fill(self.people, {ALL: tr("All staff"), **people}, person, tr("Receipts of"))
        self.people.setVisible(bool(people))

    def _fits(self, kind: str) -> bool:
        if kind in {usual.value for usual in Usual}:
            return Period.of(Usual(kind), self._today) == self._period
        return kind == _RANGE or (kind == _DAY and self._period.days == 1)

    def _choose_kind(self, kind: str) -> None:
        self._drop_unfinished()
        self._kind = kind
        if kind == _DAY:
            self._choose(Period(self._period.last, self._period.last))
        elif kind == _RANGE:
            self._choose(self._period)
        else:
            self._choose(Period.of(Usual(kind), self._today))

    def _choose(self, period: Period) -> None:
        """What is chosen next is counted from here, also where these days are still read."""
        self._period = period
        self._keep_before()
        self.chosen.emit(period)

    def _keep_before(self) -> None:
        """On the way to 20.10. stands 20.11.: only the day that is typed last moves the other end."""
        if not self.is_typing:
            self._before = self._period

    def _first_changed(self, day: QDate) -> None:
        first = _date(day)
        last = self._before.last if self._kind == _RANGE or self._before.days > 1 else first
        self._type(first, Period(first, max(first, last)))

    def _last_changed(self, day: QDate) -> None:
        last = _date(day)
        self._type(last, Period(min(self._before.first, last), last))

    def _type(self, day: date, period: Period) -> None:
        if self._may_be(day):
            self._kind = _RANGE if not self.until.isHidden() else ""
            self._choose(period)

    def _may_be(self, day: date) -> bool:
        """A later day is one that is still being typed: on the way to 15.12.2025 its month comes before its year.

        The box has no such limit of its own: with one, Qt leaves out the figures that lead there.
        """
        return _FIRST <= day <= self._today

    def _drop_unfinished(self) -> None:
        """Nothing more is typed: no box shows another day than the page."""
        self._before = self._period
        for box, day in ((self.box, self._period.first), (self.until, self._period.last)):
            if not self._may_be(_date(box.date())):
                with QSignalBlocker(box):
                    box.setDate(_qt_date(day))

    def _set(self, box: DateBox, day: date) -> None:
        is_unfinished = box.hasFocus() and not self._may_be(_date(box.date()))
        box.latest = _qt_date(self._today)
        with QSignalBlocker(box):
            if box.date() != _qt_date(day) and not is_unfinished:  # setting it would disturb typing
                box.setDate(_qt_date(day))

    def _fill(self, box: QComboBox, names: Mapping[str, str], chosen: str, name: str) -> None:
        box.setAccessibleName(name)
        held = {box.itemData(item): box.itemText(item) for item in range(box.count())}
        if held != dict(names):
            box.clear()
            for key, text in names.items():
                box.addItem(text, key)
            font = self._theme.font()
            widest = max((text_width(font, text) for text in names.values()), default=0)
            box.setFixedWidth(min(widest, 160) + _ROOM)
        box.setCurrentIndex(max(box.findData(chosen), 0))


def _date(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())


def _qt_date(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
