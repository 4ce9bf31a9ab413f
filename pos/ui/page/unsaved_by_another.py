"""What another person has typed on a page and not saved: the page says whose it is when it is opened."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from pos.application.text.translator import Translator
from pos.domain.staff.staff import Person
from pos.ui.look.event_loop import call_soon
from pos.ui.page.screen import Screen
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone


class UnsavedByAnother(QObject):
    """Watches a page that keeps unsaved work while the till is locked. Nothing is lost, and nothing is saved unseen.

    `said` words whose it is, by the person's name, where it is not saved under the name of the person who saves it.
    `is_there` says whether there is something of a person, where that is not what the page waits to be saved.
    """

    def __init__(
        self,
        screen: Screen,
        said: Callable[[str, Translator], str] | None = None,
        is_there: Callable[[], bool] | None = None,
    ) -> None:
        super().__init__(screen)
        self._said = said or _to_be_saved
        self._is_there = is_there or (lambda: bool(screen.waiting()))
        self._screen, self._session = screen, screen.session
        self._last = self._session.person
        self._typist: Person | None = None
        self._session.person_changed.connect(self._person_changed)
        self._session.page_shown.connect(self._page_shown)

    def _person_changed(self, person: Person | None) -> None:
        if not self._is_there():
            self._typist = None
        elif self._typist is None:
            self._typist = self._last
        if person is not None:
            self._last = person
        if self._screen.isVisible():
            self._look()

    def _page_shown(self, screen_id: str) -> None:
        if screen_id == self._screen.screen_id:
            self._look()

    def _look(self) -> None:
        call_soon(self, self._name_typist)  # the notices of the last person and page fall first

    def _name_typist(self) -> None:
        if self._screen.isVisible() and self._is_anothers():
            self._session.notify("page.unsaved_by_another", self._news, holds=self._is_anothers)

    def _is_anothers(self) -> bool:
        if not self._is_there():
            self._typist = None
        typist, person = self._typist, self._session.person
        return typist is not None and person is not None and typist.name != person.name

    def _news(self) -> Notice:
        name = "" if self._typist is None else self._session.names.get(self._typist.name, self._typist.title)
        return Notice(Tone.NEARLY, self._said(name, self._session.translator), "pencil")


def _to_be_saved(name: str, tr: Translator) -> str:
    return tr("{name} typed this and did not save it. What you save is recorded under your name.", name=name)
