"""Builds the pages of a window, one a turn, and only those that a user may enter."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from itertools import chain
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from pos.ui.look.event_loop import call_soon
from pos.ui.session.background import Background
from pos.ui.session.room_for_types import make_room_for_types
from pos.ui.shell.pages_at_work import PageGroup

if TYPE_CHECKING:
    from pos.ui.page.screen import Screen
    from pos.ui.session.session import Session
    from pos.ui.shell.main_window import MainWindow

Screens = Callable[["Session"], "Iterable[Screen | PageGroup]"]
_FRAME = "pos.ui.shell.work_frame"
_RUBBISH = (700, 10, 200)
"""Thresholds of the garbage collector (see `gc.set_threshold`). A full collection delays a scan by a frame, so it
runs twenty times more rarely than usual; garbage of scans and sales is found in the quick collections before.
"""
_SLICE = 0.008
"""Seconds of a turn of the event loop for background work."""


class PageBuilder(QObject):
    """`came` carries a new page of the window; `rested` means that nothing is to be built until another user comes.

    Keys typed while pages are built are not held back until they look like a scanner's burst: the window answers
    between two pages, and modules are imported on a thread beside it. While `is_signing_in`, only urgent groups are
    built, and the rest is `held` until `go_on`. `broke` carries the error of a group that cannot be built.
    """

    came = Signal(object)
    rested = Signal()
    held = Signal()
    broke = Signal(object)

    def __init__(
        self,
        session: Session,
        window: MainWindow,
        is_signing_in: Callable[[], bool] = lambda: False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._window, self._is_signing_in = session, window, is_signing_in
        self._waiting: list[PageGroup] = []
        self._pages: Iterator[Screen] | None = None
        self._has_begun = self._is_closed = False
        self.is_held = False
        """Whether further groups wait until the user who is signing in has arrived."""
        self._gone_to: set[str] = set()
        self._is_all_needed = False
        self._bare: list[QWidget] = []
        self._reading = Background("pages", self)
        session.person_changed.connect(lambda _person: self.go_on())
        window.missed.connect(self._hurry)

    @property
    def is_busy(self) -> bool:
        """Whether a page of the current user is still missing."""
        return self._pages is not None

    def begin(self, pages: Iterable[Screen | PageGroup]) -> None:
        """Build the pages: each group, in this order, as soon as a user may enter one of its pages."""
        self._has_begun = True
        each = iter(pages)
        first = next(each, None)
        while isinstance(first, PageGroup):
            self._waiting.append(first)
            self._window.promise(first.screen_ids)
            first = next(each, None)
        self._start(iter(()) if first is None else chain((first,), cast("Iterator[Screen]", each)))

    def foresee(self) -> None:
        """The next user may enter every page at once: a new shop is being set up."""
        self._is_all_needed = True
        self.go_on()

    def stop(self) -> None:
        """Stop building."""
        self._is_closed = True
        self._pages, self._waiting, self._bare = None, [], []
        self.is_held = False
        self._reading.leave()
        gc.enable()

    def _start(self, pages: Iterator[Screen]) -> None:
        make_room_for_types()
        gc.disable()  # objects under construction are no garbage, and collecting blocks the user
        self._pages = pages
        call_soon(self, self._build_next)

    def go_on(self) -> None:
        """The user has changed, has other permissions, or has arrived."""
        if self.is_held and (not self._is_signing_in() or self._is_urgent(self._next_group())):
            self.is_held = False
            call_soon(self, self._build_next)
        elif self._has_begun and not self._is_closed and self._pages is None and self._next_group() is not None:
            self._start(iter(()))

    def _next_group(self) -> PageGroup | None:
        return next((group for group in self._waiting if self._is_needed(group)), None)

    def _is_needed(self, group: PageGroup) -> bool:
        if group.rare and not self._is_gone_to(group):
            return False
        return self._is_all_needed or group.is_for(self._session.person)

    def _is_urgent(self, group: PageGroup | None) -> bool:
        return group is not None and (group.urgent or self._is_gone_to(group))

    def _is_gone_to(self, group: PageGroup) -> bool:
        return not self._gone_to.isdisjoint(group.screen_ids)

    def _hurry(self, screen_id: str) -> None:
        """The user went to a page that is not built yet: its group comes next, after those that it needs."""
        self._gone_to.add(screen_id)
        self._waiting.sort(key=lambda group: (not group.for_all, screen_id not in group.screen_ids))
        self.go_on()

    def _build_next(self) -> None:
        if self._pages is None:  # closed meanwhile
            return
        try:
            page = next(self._pages, None)
        except Exception as error:  # noqa: BLE001 # whatever it was, the other pages come all the same
            self._give_up(error)
            return
        if page is not None:
            call_soon(self, lambda: self._add(page))
        elif (group := self._next_group()) is None:
            self._rest()
        elif self._is_signing_in() and not self._is_urgent(group):
            self.is_held = True
            self.held.emit()
        else:
            self._read(group)

    def _add(self, page: Screen) -> None:
        if self._pages is not None:
            self._window.plug(page)
            self._bare = [page, *page.findChildren(QWidget)]
            call_soon(self, lambda: self._polish_some(page))

    def _read(self, group: PageGroup) -> None:
        self._waiting.remove(group)
        shop, built = self._session.shop, self._window.built

        def read() -> Callable[[], Iterator[Screen]]:
            import_module(_FRAME)
            module = import_module(group.module)
            group.preload(shop)
            return lambda: module.pages(self._session, built)

        def begin(pages: Callable[[], Iterator[Screen]]) -> None:
            if self._pages is not None:
                self._pages = pages()
                _ = self._window.work  # the frame around them, built in a turn of its own
                call_soon(self, self._build_next)

        self._reading.run(read, begin, self._give_up)

    def _give_up(self, error: Exception) -> None:
        """The rest of a group cannot be built."""
        self._pages = iter(())
        call_soon(self, self._build_next)
        self.broke.emit(error)

    def _rest(self) -> None:
        self._pages = None
        gc.enable()
        gc.freeze()  # what exists now stays: the collector skips half a million objects from now on
        gc.set_threshold(*_RUBBISH)
        self.rested.emit()

    def _polish_some(self, page: Screen) -> None:
        """Apply the style to hidden pages, a slice a turn: the first opening of a page is as quick as the second."""
        slice_ends = time.perf_counter() + _SLICE
        while self._bare and time.perf_counter() < slice_ends:
            widget = self._bare.pop()
            if isValid(widget):
                widget.ensurePolished()
        if self._bare:
            call_soon(self, lambda: self._polish_some(page))
        elif self._pages is not None:
            call_soon(self, self._build_next)
            self.came.emit(page)
