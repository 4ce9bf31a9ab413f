"""Reads the figures behind the badges of the rail, beside the store's thread: no scan and no sale waits for them."""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer

from pos.domain.errors import InfrastructureError, RuleBroken
from pos.ui.session.background import Background
from pos.ui.session.rail_entries import entries_for
from pos.ui.shell.reach.rail_badges import READ_FIGURES, ReadFigures

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pos.domain.staff.staff import Person
    from pos.ui.page.screen import Screen
    from pos.ui.session.session import Session

_FIRST_MS, _AFTER_MS = 2_500, 700
"""From a sign-in, whose pages come first, and from a change to the reading of what it has changed."""
_REST = 40
"""A figure that took long to read rests so many times as long, unless a minute has begun."""


class Pages(Protocol):
    """The pages of the window."""

    @property
    def built(self) -> Mapping[str, Screen]: ...

    @property
    def page(self) -> Screen | None:
        """The page on show."""


class FigureReader(QObject):
    """Reads when a person has come, when this till has recorded something, and each minute.

    One figure at a time, of the pages that are built and that the person may enter; one that the page on show has read
    itself stays as that page says it. What cannot be read is not known, and has no badge.
    """

    def __init__(self, session: Session, pages: Pages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._pages = session, pages
        self._thread = Background("figures", self)
        self._person: Person | None = None
        self._commits = 0
        self._due: deque[ReadFigures] = deque()
        self._rests_until: dict[tuple[str, ...], float] = {}
        self._on_show: frozenset[str] = frozenset()
        self._has_failed = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._read)
        session.person_changed.connect(self._person_changed)
        session.answered.connect(self._look_for_changes)
        session.page_shown.connect(lambda _screen_id: self._leave_page())
        session.minute_began.connect(lambda _instant: self.read_soon())
        session.away_changed.connect(self._away_changed)
        session.day_began.connect(self.read_soon)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being read."""
        return self._thread.is_idle

    def read_soon(self) -> None:
        """Read everything once more, in a moment."""
        self._rests_until.clear()
        self._ask(_AFTER_MS)

    def stop(self) -> None:
        """Read no more."""
        self._soon.stop()
        self._due.clear()
        self._person = None
        self._thread.leave()

    # ── when ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _person_changed(self, person: Person | None) -> None:
        """The figures of another person's pages are read first; without a person none is shown."""
        before, self._person = self._person, person
        if before is None or person is None or (before.name, before.allowed) != (person.name, person.allowed):
            self._forget()
            self._rests_until.clear()
            self._ask(_FIRST_MS)

    def _look_for_changes(self) -> None:
        """A step was answered: see whether it has recorded something."""
        commits = self._session.shop.commits
        if commits != self._commits:
            self._commits = commits
            self._ask(_AFTER_MS)

    def _leave_page(self) -> None:
        """What a page has said of itself may be old when it is left."""
        page = self._pages.page
        before, self._on_show = self._on_show, frozenset() if page is None else frozenset(page.figures)
        if before - self._on_show:
            self._ask(_AFTER_MS)

    def _away_changed(self, is_away: bool) -> None:  # carried by the session's signal
        if is_away:
            self._forget()
        else:
            self.read_soon()

    def _ask(self, milliseconds: int) -> None:
        if self._person is None:
            return
        self._due = deque(READ_FIGURES)
        if not self._soon.isActive() or self._soon.remainingTime() > milliseconds:
            self._soon.start(milliseconds)

    # ── how ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _read(self) -> None:
        """The next figure that is due, as soon as neither this nor the store is at work."""
        person, session = self._person, self._session
        if person is None or session.is_away or not self._thread.is_idle:
            return
        if not session.background.is_idle:
            self._soon.start(_AFTER_MS)
            return
        mine = {entry.key for entry in entries_for(person, self._pages.built)}
        page, later = self._pages.page, list[ReadFigures]()
        said = frozenset() if page is None else page.figures
        while self._due:
            one = self._due.popleft()
            if one.screen_id not in mine or all(
                figure in said and session.figures.of(figure) is not None for figure in one.figures
            ):
                continue
            if self._rests_until.get(one.figures, 0.0) > self._now():
                later.append(one)
                continue
            self._ask_store(one, person, later)
            return
        if later:
            self._due.extend(later)
            wait = min(self._rests_until[one.figures] for one in later) - self._now()
            self._soon.start(max(_AFTER_MS, int(wait * 1000) + 1))

    def _ask_store(self, one: ReadFigures, person: Person, later: list[ReadFigures]) -> None:
        self._due.extend(later)
        session, figures, began = self._session, self._session.figures, self._now()
        turns = [figures.turn(figure) for figure in one.figures]

        def answered(counts: Sequence[int | None]) -> None:
            took = self._now() - began
            self._rests_until[one.figures] = self._now() + _REST * took
            if self._person is not None and self._person.name == person.name:
                for figure, turn, count in zip(one.figures, turns, counts, strict=True):
                    if figures.turn(figure) == turn:
                        figures.take(figure, count)
            self._read()

        def read(counts: Sequence[int]) -> None:
            self._has_failed = False
            answered(counts)

        def failed(error: Exception) -> None:
            is_foreseen = isinstance(error, RuleBroken | InfrastructureError)
            if not is_foreseen and not self._has_failed:
                self._has_failed = True  # once, and not each minute
                session.report(error)
            answered([None] * len(one.figures))

        self._thread.run(partial(one.read, session.shop, person), read, failed)

    def _now(self) -> float:
        return self._session.finishing.clock()

    def _forget(self) -> None:
        self._due.clear()
        for one in READ_FIGURES:
            for figure in one.figures:
                self._session.figures.take(figure, None)
