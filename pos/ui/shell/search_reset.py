"""Clears the search of the last user when the next one opens the page, so that all rows are shown again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from pos.domain.staff.staff import Person
    from pos.ui.session.session import Session
    from pos.ui.shell.main_window import MainWindow


class LeftSearches(QObject):
    """Checks each page when a user first opens it. Users who return to their own search find it unchanged."""

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._person = ""
        self._seen: set[str] = set()
        session.person_changed.connect(self._take_person)
        session.page_shown.connect(self._look)

    def _take_person(self, person: Person | None) -> None:
        if person is not None and person.name != self._person:
            self._person = person.name
            self._seen.clear()

    def _look(self, screen_id: str) -> None:
        page = self._window.screen_at(screen_id)
        if page is None or screen_id in self._seen:
            return
        from pos.ui.widgets.fields.search_box import SearchBox  # pages before the sign-in have none

        self._seen.add(screen_id)
        for box in page.findChildren(SearchBox):
            if box.text():
                box.clear()
                box.typed.emit("")
