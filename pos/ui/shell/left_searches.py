"""What the last person sought is not the next one's: it goes when they come to the page, and all is shown again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from pos.domain.staff.staff import Person
    from pos.ui.session.session import Session
    from pos.ui.shell.main_window import MainWindow


class LeftSearches(QObject):
    """Looks at each page when a person first comes to it. Who comes back to their own search finds it as it was."""

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

    def _look(self, place: str) -> None:
        page = self._window.screen_at(place)
        if page is None or place in self._seen:
            return
        from pos.ui.widgets.fields.search_box import SearchBox  # no page before the sign-in has one

        self._seen.add(place)
        for box in page.findChildren(SearchBox):
            if box.text():
                box.clear()
                box.typed.emit("")
