"""The notice bars on the pages: a notice ends with its page, its person and the next step."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pos.ui.notices.notice_factory import News

if TYPE_CHECKING:
    from pos.domain.staff.staff import Person
    from pos.ui.notices.notices import NoticeKind
    from pos.ui.page.screen import Screen
    from pos.ui.session.session import Session


class PageBars:
    """Knows the bars of every page, and which page is shown."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._bars: dict[Screen, list[News]] = {}
        self._shown: Screen | None = None
        self._whose = ""
        session.stepped.connect(self._stepped)
        session.answered.connect(self._look_again)
        session.person_changed.connect(self._person_changed)

    def take(self, screen: Screen) -> None:
        """Add a page."""
        self._bars[screen] = screen.findChildren(News)
        for bar in self._bars[screen]:
            bar.asked.connect(self._session.finishing.turned)
            bar.answers, bar.clock = self._session.finishing.answers, self._session.finishing.clock

    def show(self, screen: Screen) -> None:
        """Another page is shown: notices of the one before end."""
        before, self._shown = self._shown, screen
        if before is not None and before is not screen:
            self._fall(self._bars.get(before, []), lambda kind: kind.is_of_page)

    def _person_changed(self, person: Person | None) -> None:
        """Another person, or none, does not see notices for the previous person."""
        name = "" if person is None else person.name
        if name != self._whose:
            self._whose = name
            for bars in self._bars.values():
                self._fall(bars, lambda kind: kind.is_of_person)

    @staticmethod
    def _fall(bars: list[News], ends: Callable[[NoticeKind], bool]) -> None:
        for bar in bars:
            bar.fall(ends)

    def _here(self) -> list[News]:
        return [] if self._shown is None else self._bars.get(self._shown, [])

    def _stepped(self, begun: int) -> None:
        for bar in self._here():
            bar.step(begun)

    def _look_again(self) -> None:
        for bar in self._here():
            bar.look_again()
