"""Opens the guide's page automatically, and shows the strip that leads back to it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from pos.application.settings.first_steps import FirstStep
from pos.domain.staff.staff import Person
from pos.ui.input.actions import WELCOME
from pos.ui.session.session import Session
from pos.ui.settings.welcome.screen import OPEN, WelcomeScreen
from pos.ui.settings.welcome.steps import STEP_VIEWS
from pos.ui.widgets.cards.guide_strip import GuideStrip


class Guide(QObject):
    """While a step's page is open, a strip above it names the task and leads back."""

    def __init__(self, session: Session, screen: WelcomeScreen, strip: GuideStrip) -> None:
        super().__init__(screen)
        self._session, self._strip = session, strip
        self._step: FirstStep | None = None
        screen.opened.connect(self._opened)
        screen.finished.connect(self._end)
        strip.action_pressed.connect(lambda: session.go(WELCOME))
        strip.closed.connect(self._end)
        session.page_shown.connect(self._page_shown)
        session.language_changed.connect(lambda _tr: self._present())
        session.person_changed.connect(self._person_changed)

    def come(self) -> None:
        """Show the guide's page if it is not finished and the person may do its steps.

        On the shift of another person it does not: whose shift it is stands there, and is said first.
        """
        session = self._session
        person, shift = session.person, session.shift
        if session.memory.state.guide != OPEN or person is None or not person.may("settings"):
            return
        if shift is None or shift.holder == person.name:
            session.go(WELCOME)

    def _opened(self, step: FirstStep) -> None:
        self._step = step
        self._present()

    def _page_shown(self, screen_id: str) -> None:
        if screen_id == WELCOME:
            self._step = None
        self._present()

    def _person_changed(self, person: Person | None) -> None:
        if person is None:
            self._end()

    def _end(self) -> None:
        self._step = None
        self._present()

    def _present(self) -> None:
        step, tr = self._step, self._session.translator
        self._strip.setVisible(step is not None)
        if step is not None:
            view = STEP_VIEWS[step]
            self._strip.present(tr(view.title), tr(view.sentence), tr("Back to Getting started"), tr("Close note"))
