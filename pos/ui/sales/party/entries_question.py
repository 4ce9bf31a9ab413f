"""Frequent travellers have other limits: asks on which of the last days the visitor entered."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from pos.application.text.formatting import date_text, weekday_text
from pos.application.text.translator import Translator
from pos.application.text.typography import labelled
from pos.application.visitors.known_entries import ASKED_DAYS
from pos.ui.look.theme import Size, Space, Theme, Type
from pos.ui.widgets.buttons.drawn_button import DrawnButton, Look
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.drawing.drawing import CENTRE, draw_text
from pos.ui.widgets.drawing.flow import Flow
from pos.ui.widgets.drawing.folding import Folding
from pos.ui.widgets.drawing.layouts import Stretched, vbox
from pos.ui.widgets.drawing.plain_tip import plain_tip
from pos.ui.widgets.drawing.surface import Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.fields.key_positions import ENTERS

_A_ROW = 7
_LEAST = 140
"""The pixels that the question needs beside its answers."""


class EntriesQuestion(Surface):
    """Asks one visitor. `answered` carries the label and the days; no days mean *No*.

    Once there was another entry, today counts as one as well, because the visitor is at the counter.
    """

    answered = Signal(str, object)
    opened = Signal()
    """The choice of days was opened or closed."""

    def __init__(self, theme: Theme, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` is the clock of taps."""
        super().__init__(Tone.INFO)
        self._clock = clock
        self.answers: Callable[[], bool] = lambda: True
        """Whether the current press may end the choice: an Enter just before has chosen a day."""
        self._label = ""
        self._today: date | None = None
        self._translator = Translator.english()
        self._text = TextLabel(role=Role.SMALL_STRONG, wrap=True)
        self._no = IconButton(theme, kind=ButtonKind.SECONDARY, height=Size.SMALL_BUTTON)
        self._which = IconButton(theme, icon="calendar", kind=ButtonKind.SECONDARY, height=Size.SMALL_BUTTON)
        self._done = IconButton(theme, icon="check", kind=ButtonKind.TINTED, height=2 * Size.SMALL_BUTTON + Space.XS)
        self._done.setFixedWidth(Size.SMALL_BUTTON)
        self._chips = [_DayChip(theme) for _ in range(ASKED_DAYS - 1)]
        self._days = QWidget()
        grid = QGridLayout(self._days)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(Space.XS)
        grid.addWidget(self._done, 0, _A_ROW, 2, 1)
        for index, chip in enumerate(self._chips):
            grid.addWidget(chip, index // _A_ROW, index % _A_ROW)
            chip.toggled.connect(lambda _on: self._name_done())
            chip.clicked.connect(partial(chip.setFocus, Qt.FocusReason.OtherFocusReason))
        for button in (self._no, self._which, self._done):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.gives_way = True
        self._no.clicked.connect(lambda: self.answered.emit(self._label, ()))
        self._which.clicked.connect(self._show_days)
        self._done.clicked.connect(self._emit_answer)
        head = Folding(Stretched(self._text), Flow(self._no, self._which), room=_LEAST, spacing=Space.S)
        vbox(head, self._days, spacing=Space.XS, margins=(12, 6, Space.S, 6), parent=self)
        self._open(False)
        self.hide()

    @property
    def no(self) -> IconButton:
        """The answer *No*."""
        return self._no

    @property
    def which(self) -> IconButton:
        """The button that shows the days."""
        return self._which

    @property
    def done(self) -> IconButton:
        """The button that ends the choice of days."""
        return self._done

    def chips(self) -> Sequence[DrawnButton]:
        """The days, yesterday first."""
        return self._chips

    def present(self, label: str, name: str, today: date, known: Collection[date], tr: Translator) -> None:
        """Ask the visitor `label`; `name` is empty if they are alone, `known` are days recorded before."""
        self._translator = tr
        if label != self._label or today != self._today:
            self._label, self._today = label, today
            for button in (self._no, self._which, self._done, *self._chips):
                button.means_since = self._clock()
            self._open(False)
            for back, chip in enumerate(self._chips, start=1):
                chip.take(today - timedelta(days=back))
                chip.setChecked(chip.day in known)
        question = tr("Other entries in the last {n} days?", n=ASKED_DAYS)
        self._text.setText(labelled(tr, name, question) if name else question)
        for chip in self._chips:
            chip.present(tr)
        self._no.present(tr("No"))
        self._which.present(tr("Days …"))
        self._name_done()
        self.show()

    def leave(self) -> None:
        """Close: there is no question."""
        self._label = ""
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether the days are shown."""
        return not self.isHidden() and not self._days.isHidden()

    def ask_days(self) -> None:
        """Show the days, with the focus on the first."""
        if not self.isHidden():
            self._show_days()

    def close_days(self) -> bool:
        """Return to the question; False if the days are not shown."""
        if not self.is_open:
            return False
        self._open(False)
        self.opened.emit()
        return True

    def ask(self) -> bool:
        """Focus the question if it is shown; else return False."""
        if self.isHidden():
            return False
        first = self._first_day() if self.is_open else self._no
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses the day under the cursor; on one that is chosen it ends the choice."""
        if event.key() not in ENTERS or not self.is_open:
            super().keyPressEvent(event)
            return
        here = next((chip for chip in self._chips if chip.hasFocus() and not chip.isChecked()), None)
        if here is not None:
            here.click()
        elif self._chosen() and self.answers():
            self._emit_answer()

    def _show_days(self) -> None:
        self._open(True)
        self._first_day().setFocus(Qt.FocusReason.OtherFocusReason)
        self.opened.emit()

    def _first_day(self) -> DrawnButton:
        """The first of the days known already, which Enter confirms; else yesterday."""
        return next((chip for chip in self._chips if chip.isChecked()), self._chips[0])

    def _open(self, on: bool) -> None:
        self._days.setVisible(on)
        for button in (self._no, self._which):
            button.setVisible(not on)

    def _chosen(self) -> list[date]:
        return [chip.day for chip in self._chips if chip.isChecked() and chip.day is not None]

    def _name_done(self) -> None:
        self._done.present("", name=self._translator.plural("{n} day: done", "{n} days: done", len(self._chosen())))

    def _emit_answer(self) -> None:
        days = sorted(self._chosen())
        self.answered.emit(self._label, (*days, self._today) if days else ())


class _DayChip(DrawnButton):
    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.day: date | None = None
        self._weekday = ""
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedHeight(Size.SMALL_BUTTON)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def take(self, day: date) -> None:
        """Represent `day`."""
        self.day = day

    def present(self, tr: Translator) -> None:
        """Name the day."""
        if self.day is None:
            return
        self.setText(str(self.day.day))
        self._weekday = weekday_text(self.day, tr.language, short=True)
        self.setAccessibleName(f"{self._weekday} {date_text(self.day, tr.language)}")
        self.setToolTip(plain_tip(self.accessibleName()))
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(28, Size.SMALL_BUTTON)

    def sizeHint(self) -> QSize:
        return QSize(32, Size.SMALL_BUTTON)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        on = self.isChecked() or self.isDown()
        look = Look("accent", "", "accent_text") if on else Look("surface", "line_strong", "text")
        self.draw_ground(painter, look)
        width = self.width()
        soft = self.colour("accent_text" if on else "muted")
        draw_text(painter, QRect(0, 4, width, 16), self._weekday, self.theme.font(Type.KEY), soft, CENTRE)
        bold = self.theme.font(Type.BODY, bold=True)
        draw_text(painter, QRect(0, 19, width, 20), self.text(), bold, self.colour(look.ink), CENTRE)
