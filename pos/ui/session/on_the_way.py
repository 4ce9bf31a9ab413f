"""What a page has asked of the store and is not answered yet, and what its keys do with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from pos.ui.look.sounds import Sound
from pos.ui.session.session import Session

T = TypeVar("T")
Step = Callable[[], None]


@dataclass(frozen=True, slots=True)
class _Waiting:
    step: Step
    begun: int | None = None
    """The number of its key, where it is given up as soon as another one begins something."""
    given_up: Step | None = None
    """What is done instead where something is refused; None where it is done all the same."""


class OnTheWay:
    """Counts what is asked through `run`. For a moment every key waits for the answer (`steps_under_way.py`); where it
    takes longer, a key that concerns what comes waits for it, or does nothing but sound.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._asked = 0
        self._waiting: list[_Waiting] = []
        self._before: object = None
        """The row that was selected when something was asked, or by an answer since: another one is a hand's choice."""
        self.selected: Callable[[], object] = lambda: None
        """Asks which row is selected."""

    def __bool__(self) -> bool:
        return self._asked > 0

    def run(
        self, call: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None] | None = None
    ) -> None:
        """Ask the store; what waits goes on behind the answer."""
        self._session.run(call, *self.counted(done, failed or self._session.report_foreseen))

    def counted(
        self, done: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> tuple[Callable[[T], None], Callable[[Exception], None]]:
        """`done` and `failed` of something that is asked now in another way than by `run`."""
        self._asked += 1
        done, failed = self._session.under_way.counted(done, failed)
        self.follow()

        def came(value: T) -> None:
            self._asked -= 1
            done(value)
            self.follow()
            self._go_on()

        def refused(error: Exception) -> None:
            self._asked -= 1
            failed(error)
            self.give_up()
            self._go_on()

        return came, refused

    def follow(self) -> None:
        """An answer has selected its row."""
        self._before = self.selected()

    @property
    def is_meant(self) -> bool:
        """Whether a key is of what comes: no hand has chosen another row since it was asked for."""
        return self._asked > 0 and self.selected() == self._before

    def then(self, step: Step, given_up: Step | None = None) -> None:
        """Do `step` when everything is answered; `given_up` instead where something is refused."""
        if self._asked or self._waiting:
            self._waiting.append(_Waiting(step, given_up=given_up))
        else:
            step()

    def in_turn(self, step: Step) -> None:
        """Ask for something more: at once, or behind the steps that wait, which do not concern it."""
        if self._waiting:
            self._waiting.append(_Waiting(step))
        else:
            step()

    def behind(self, step: Step) -> None:
        """The step of a key on what comes: it is given up where that is refused, or something else is begun.

        Where a hand has chosen another row since, it is of that one, at once.
        """
        if not self.is_meant:
            step()
            return
        self._give_up([one for one in self._waiting if one.begun is not None])
        self._waiting.append(_Waiting(step, self._session.finishing.begun, self._note))

    def is_behind(self) -> bool:
        """Whether a key is too early, for what it concerns is not there yet; then it sounds."""
        if self._asked:
            self._note()
        return self._asked > 0

    def unless_behind(self, step: Step) -> None:
        """Do `step` unless it is too early."""
        if not self.is_behind():
            step()

    def give_up(self) -> None:
        """What was to come does not come, or no longer matters."""
        self._give_up([one for one in self._waiting if one.given_up is not None])

    def _give_up(self, gone: list[_Waiting]) -> None:
        self._waiting = [one for one in self._waiting if one not in gone]
        for one in gone:
            if one.given_up is not None:
                one.given_up()

    def _go_on(self) -> None:
        while self._waiting and not self._asked:
            one = self._waiting.pop(0)
            if one.given_up is None or one.begun in (None, self._session.finishing.begun):
                one.step()
            else:
                one.given_up()

    def _note(self) -> None:
        self._session.sounds.play(Sound.NOTE)
