"""One step of a page at a time: pressed twice it is asked for once, and sent again it has the same key."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from uuid import uuid4

from pos.domain.errors import RuleBroken
from pos.domain.staff.staff import Person
from pos.ui.session.session import Session

T = TypeVar("T")


class StepOnce:
    """Asks the store for the steps of one page. A repeated request for the same has the same key until it is known what
    became of it.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._is_busy = False
        self._sent: dict[object, str] = {}
        """What was sent to the store and is not known to be done, and the key of that request."""

    def do(
        self,
        asked: object,
        call: Callable[[Person, str], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        about: object = None,
    ) -> bool:
        """Do what is `asked`; False where no one is signed in, or the last step is not answered yet. Failures as in
        `Session.run`.

        With `about` also another request about the same has the same key: it is refused if the first one was recorded.
        """
        person = self._session.person
        if person is None or self._is_busy:
            return False
        self._is_busy = True
        subject = asked if about is None else about
        key = self._sent.setdefault(subject, uuid4().hex)

        def worked(value: T) -> None:
            self._is_busy = False
            self._sent.pop(subject, None)
            done(value)

        def refused(error: Exception) -> None:
            self._is_busy = False
            if isinstance(error, RuleBroken):
                self._sent.pop(subject, None)
            failed(error)

        self._session.run(lambda: call(person, key), worked, refused)
        return True
