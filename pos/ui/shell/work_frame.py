"""The frame around the pages at work: the rail, the status line, tabs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from pos.application.text.typography import labelled, noted
from pos.ui.input.actions import RAIL_KEYS
from pos.ui.look.theme import Size
from pos.ui.session.rail_entries import folded
from pos.ui.shell.frame import Frame
from pos.ui.shell.reach.rail_badges import badge_of
from pos.ui.shell.status_line import StatusLine
from pos.ui.widgets.buttons.rail import Rail, RailItem
from pos.ui.widgets.buttons.segmented import Segment
from pos.ui.widgets.buttons.tab_strip import TabStrip
from pos.ui.widgets.drawing.layouts import Stretched, hbox, vbox
from pos.ui.widgets.drawing.main_and_side import STACKED_BELOW

if TYPE_CHECKING:
    from pos.application.text.translator import Translator
    from pos.ui.look.clock_tick import ClockTick
    from pos.ui.session.rail_entries import RailEntry
    from pos.ui.session.session import Session
    from pos.ui.widgets.buttons.badge import Badge


_NARROW = STACKED_BELOW + Size.RAIL


class WorkFrame(Frame):
    """Rail left, status line above, pages in the rest. `chosen` carries the key of a rail item or of a tab.

    If several pages share one item of the rail, a strip of tabs above the page switches between them.
    """

    chosen = Signal(str)

    def __init__(self, session: Session, clock: ClockTick) -> None:
        super().__init__(session)
        self._mine: Sequence[RailEntry] = ()
        self._entries: list[RailEntry] = []
        self._tabs: list[RailEntry] = []
        self._tab = ""
        self._current = ""
        self.rail = Rail(session.theme, session.translator("Places"))
        self.rail.chosen.connect(self.chosen)
        self.status = StatusLine(session, clock)
        self.tabs = TabStrip(session.theme, session.translator("Places"))
        self.tabs.chosen.connect(self.chosen)
        self.tabs.hide()
        self.covered, self.kept, self.back = self.status, self.status.languages, self.status.back
        self.back.installEventFilter(self)
        session.figures.changed.connect(lambda: self._present_places(session.translator))
        right = vbox(self.status, self.tabs, Stretched(self.pages), spacing=0)
        self._box = hbox(self.rail, Stretched(right), spacing=0, margins=0, parent=self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the rail lies at its foot."""
        super().resizeEvent(event)
        lies = event.size().width() < _NARROW
        direction = QBoxLayout.Direction.BottomToTop if lies else QBoxLayout.Direction.LeftToRight
        if self._box.direction() != direction:
            self._box.setDirection(direction)
            self.rail.lie(lies)

    def parts(self) -> tuple[QWidget, ...]:
        """All parts except the pages."""
        return self.rail, self.status, self.tabs, self.notices

    def present(self, mine: Sequence[RailEntry], current: str, tabs: list[RailEntry], tab: str) -> None:
        """Show the pages of a person in the rail and light the item with the key `current`; likewise the tabs."""
        self._mine, self._entries, self._current = mine, folded(mine), current
        self._tabs, self._tab = tabs, tab
        self.retranslate(self.session.translator)
        self.tabs.setVisible(bool(tabs))

    def retranslate(self, tr: Translator) -> None:
        super().retranslate(tr)
        self._present_places(tr)
        self.rail.setAccessibleName(tr("Places"))
        self.tabs.setAccessibleName(tr("Places"))

    def _present_places(self, tr: Translator) -> None:
        """The items and the tabs, each with its badge."""
        key = self.session.actions.key_text
        shortcuts = [key(action) for action in RAIL_KEYS] + [""] * len(self._entries)
        top = [self._item(entry, shortcut, tr) for entry, shortcut in zip(self._entries, shortcuts)]
        bottom = [
            RailItem("help", "circle-question-mark", tr("Help"), tip=noted(tr, tr("Help"), key("help"))),
            RailItem("lock", "lock", tr("Lock"), tip=noted(tr, tr("Lock"), key("lock"))),
        ]
        self.rail.present(top, bottom, self._current)
        self.tabs.present([self._segment(entry, tr) for entry in self._tabs], self._tab)

    def _item(self, entry: RailEntry, shortcut: str, tr: Translator) -> RailItem:
        badge, spoken = self._badge(entry, tr)
        return RailItem(
            entry.key, entry.icon, tr(entry.text), badge, spoken, noted(tr, spoken, shortcut) if shortcut else spoken
        )

    def _segment(self, entry: RailEntry, tr: Translator) -> Segment:
        badge, spoken = self._badge(entry, tr)
        return Segment(entry.key, tr(entry.text), badge=badge, spoken=spoken)

    def _badge(self, entry: RailEntry, tr: Translator) -> tuple[Badge, str]:
        """The badge of an item, and its word with what is counted."""
        badge, word = badge_of(entry.key, self._mine, self.session.figures, tr), tr(entry.text)
        return badge, labelled(tr, word, badge.words) if badge.count else word
