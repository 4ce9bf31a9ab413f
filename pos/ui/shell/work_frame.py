"""The frame around the pages at work: the rail, the status line, tabs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from pos.ui.input.actions import RAIL_KEYS
from pos.ui.look.theme import Size
from pos.ui.session.rail_entries import folded
from pos.ui.shell.frame import Frame
from pos.ui.shell.services.rail_badges import badge_of
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
        self.covered, self.kept = self.status, self.status.languages
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

    def _badge(self, place: str, tr: Translator) -> Badge:
        return badge_of(place, self._mine, self.session.figures, tr)

    def _present_places(self, tr: Translator) -> None:
        """The items and the tabs, each with its badge."""
        key = self.session.actions.key_text
        shortcuts = [key(action) for action in RAIL_KEYS] + [""] * len(self._entries)
        top = [
            RailItem(entry.key, entry.icon, tr(entry.text), self._badge(entry.key, tr), shortcut)
            for entry, shortcut in zip(self._entries, shortcuts)
        ]
        bottom = [
            RailItem("help", "circle-question-mark", tr("Help"), shortcut=key("help")),
            RailItem("lock", "lock", tr("Lock"), shortcut=key("lock")),
        ]
        self.rail.present(top, bottom, self._current)
        tabs = [Segment(entry.key, tr(entry.text), badge=self._badge(entry.key, tr)) for entry in self._tabs]
        self.tabs.present(tabs, self._tab)
