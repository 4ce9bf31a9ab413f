"""A step that the page asks of the store: asked about in place, done once, and said."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject

from pos.application.text.translator import Translator
from pos.domain.errors import BadField, BadInput, RuleBroken
from pos.domain.request_key import KeyReused
from pos.domain.staff.staff import Person
from pos.domain.workshop.batch import LotTaken
from pos.domain.workshop.recipe import MadeOfItself, NeverInForce
from pos.ui.look.sounds import Sound
from pos.ui.page.step_once import StepOnce
from pos.ui.session.session import Session
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone

T = TypeVar("T")
Complain = Callable[[RuleBroken], None]


class AskedSteps(QObject):
    """What the steps with batches and those with recipes have in common."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self.session = session
        self._once = StepOnce(session)

    @property
    def translator(self) -> Translator:
        """The current message catalogue."""
        return self.session.translator

    def do(
        self,
        asked: object,
        call: Callable[[Person, str], T],
        done: Callable[[T], None],
        complain: Complain | None = None,
        about: object = None,
    ) -> None:
        """Do a step once: see `StepOnce`."""
        self._once.do(asked, call, done, lambda error: self._not_done(error, complain), about)

    def _not_done(self, error: Exception, complain: Complain | None) -> None:
        """A field's error is said at the field; what another person was first with shows what there is by now."""
        self.session.sounds.play(Sound.REFUSE)
        if isinstance(error, KeyReused):
            self._say_recorded()
            self.look_again(error)
            return
        if complain is not None and isinstance(error, BadField | LotTaken | MadeOfItself | NeverInForce):
            complain(error)
            return
        self.session.report_foreseen(error)
        if isinstance(error, RuleBroken) and not isinstance(error, BadInput):
            self.look_again(error)

    def _say_recorded(self) -> None:
        """The first request was recorded although its answer was lost; what is typed now is another one."""

        def notice() -> Notice:
            text = self.translator(
                "What was sent before the connection was lost is recorded: see the list. What is typed now is not "
                "recorded yet."
            )
            return Notice(Tone.NEARLY, text, seconds=30)

        self.session.notify("workshop.said", notice)

    def look_again(self, error: RuleBroken) -> None:
        """Read again what was refused: it is no longer as it is shown."""
        raise NotImplementedError

    def sure(self, about: object, asking: Callable[[], Notice], again: Callable[[], None]) -> bool:
        """Whether the key was pressed twice in a row; the first press says what will be done."""
        if self.session.sure("workshop.sure", about, asking, again):
            return True
        self.session.sounds.play(Sound.NOTE)
        return False

    def forget(self) -> None:
        """Cancel the open question: it would be about something else now."""
        self.session.withdraw("workshop.sure")

    def say(self, words: Callable[[Translator], str], labels: Callable[[], None] | None = None) -> None:
        """Say what was done; `labels` prints those of an output."""

        def notice() -> Notice:
            tr = self.translator
            action = "" if labels is None else tr("Labels")
            return Notice(Tone.WITHIN, words(tr), action=action, seconds=10 if labels is None else 30)

        self.session.notify("workshop.said", notice, labels)

    def note(self) -> None:
        """The key has no meaning here."""
        self.session.sounds.play(Sound.NOTE)
