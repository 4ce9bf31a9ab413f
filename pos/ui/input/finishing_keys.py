"""One press is one act: which key press or tap may record money, stock or a shift, and which comes by accident."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QInputEvent, QInputMethodEvent, QKeyEvent, QMouseEvent, QWindow
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from pos.ui.look.event_loop import call_soon
from pos.ui.notices.notices import TURN
from pos.ui.widgets.buttons.drawn_button import DrawnButton
from pos.ui.widgets.buttons.icon_button import IconButton
from pos.ui.widgets.buttons.key_hint import KeyHint
from pos.ui.widgets.fields.key_positions import ENTERS, is_modifier

if TYPE_CHECKING:
    from pos.ui.input.actions import Actions
    from pos.ui.input.scanner_filter import ScannerFilter

STOOD = 0.4
"""Seconds for which a page must have stood before a finishing key counts on it."""
UP = 0.05
"""Seconds for which a key must have been up: on X11 one held down comes as release and press, 0 to 1 ms apart."""
_LOST = 1.0
"""Seconds without a repeat after which a key is up whose release another window heard: a held one repeats faster."""
_NEAR = 40
"""Pixels between the two halves of a double tap; a finger does not come down where it was."""
_KEYS = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
_TAPS = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonRelease)


@dataclass(frozen=True, slots=True)
class _Press:
    """A press that is being handled: when it began, whether the key had been up before, and its number.

    `is_second`: the same key was pressed just before, and no other since, or the same place was tapped. `is_led`: the
    page was not there yet then.
    """

    at: float
    is_one: bool
    is_second: bool = False
    is_led: bool = False
    turn: int = field(default_factory=lambda: next(TURN))


@dataclass(slots=True)
class _Key:
    """What is known of one key of the keyboard."""

    pressed: float
    released: float | None = None
    before: float = float("-inf")
    """When it was pressed the time before."""


@dataclass(frozen=True, slots=True)
class _Tap:
    """A press of a finger or the mouse: when, where on the screen, and on what."""

    at: float
    position: QPoint
    widget: QWidget | None

    def falls_through(self, second: _Tap) -> bool:
        """Whether `second` is the other half of a double tap, and what this one was for no longer stands there."""
        return self.widget is not None and second.at - self.at < STOOD and second._is_near(self) and not self._stands()

    def is_again(self, first: _Tap) -> bool:
        """Whether it is on the same place of the same thing as `first`."""
        return self.widget is first.widget and self._is_near(first)

    def _is_near(self, other: _Tap) -> bool:
        way = self.position - other.position
        return way.manhattanLength() <= _NEAR

    def _stands(self) -> bool:
        widget = self.widget
        if widget is None or not shiboken6.isValid(widget) or not widget.isVisible():
            return False
        top = widget.window()
        return top.childAt(top.mapFromGlobal(self.position)) is widget


class FinishingKeys(QObject):
    """Hears the windows' keys and taps before anything else does, and says which of them count.

    A finishing key records something or leaves a page as done. It counts only when it has been up for 50 ms without a
    new press since its last one, and when the page has stood for 400 ms; a tap on its button when it began after that.
    While what one press has asked for is not answered yet, another press does not count: it is the same act.
    The second half of a double tap, or of two quick presses of the space bar, does nothing on what took the place of
    what the first was for, nor does a tap on what came to mean another thing just before it, or under the finger:
    another notice.
    What does not count is dropped, never queued. What no hand has caused (a step that follows from another, a screen
    reader's press) always counts. `turned` says that the same key means another thing from now on: another page,
    another part of it, a question.

    `begun` numbers what the user begins, so that an answer of the store that comes late can see whether anything was
    begun since it was asked for. A press that is dropped begins nothing, nor does the same key or tap once more.
    """

    def __init__(self, actions: Actions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._listener: ScannerFilter | None = None
        self._caps: frozenset[str] = frozenset()
        self._turned = self._shown = float("-inf")
        self._keys: dict[int, _Key] = {}
        self._offered: int | None = None
        self._pressed: int | None = None
        """The key that was pressed last."""
        self._now: _Press | None = None
        self._finishing = 0
        self._unanswered: Counter[int] = Counter()
        self._tap_began = _Press(float("-inf"), is_one=True)
        self._gave_way = float("-inf")
        self._last_tap: _Tap | None = None
        self._heard = (0, False)
        """The system's time of the press heard last, and whether it was dropped."""
        self._spaced: tuple[float, QWidget | None] = (float("-inf"), None)
        """When the space bar was pressed last, and on what."""
        self.begun = next(TURN)
        """The number of the last key, tap or scan that has begun something."""
        self.is_typing = False
        """Whether that was a key or a tap, and no scan, for which the cursor may stand anywhere."""
        self._begun_by: object = None
        self._as_of: float | None = None

    def keep_time_with(self, scanner: ScannerFilter) -> None:
        """Use the clock of the scanner's filter, which knows when a key was pressed if a busy window handles it late.

        The release of a key that the filter takes never arrives here, so the key does not count as held down. If the
        filter finds that it was typed, it sends it again as a new press.
        """
        self._listener = scanner
        scanner.took.connect(self._forget)

    def _forget(self, key: int) -> None:
        if (known := self._keys.get(key)) is not None:
            known.pressed, known.released = known.before, float("-inf")  # pressed again it has been up
        if self._offered == key:
            self._offered = None

    def clock(self) -> float:
        """Now, in seconds of a steady clock."""
        return time.monotonic() if self._listener is None else self._listener.clock()

    @property
    def has_waited(self) -> bool:
        """Whether the key that is being handled was pressed before what is on show was there."""
        return self._as_of is not None

    @contextmanager
    def as_of(self, at: float) -> Iterator[None]:
        """A key that is handled meanwhile was pressed at `at`, and has waited since."""
        self._as_of = at
        try:
            yield
        finally:
            self._as_of = None

    def time_of(self, event: QInputEvent) -> float:
        """When a key or a pointer was pressed, on this clock, however late a busy window hears of it."""
        if self._as_of is not None:
            return self._as_of
        return self.clock() if self._listener is None else self._listener.time_of(event)

    def show_page(self, screen_id: str) -> None:
        """Another page is on show."""
        finishing = [action for action in self._actions.at(screen_id) if action.finishing]
        self._caps = frozenset(key for action in finishing for key in (action.key, *action.also))
        self._shown = self.clock()
        self.turned()

    def turned(self) -> None:
        """The same key would do another thing from now on."""
        self._turned = self.clock()

    @property
    def left(self) -> float:
        """Seconds until what is on show has stood."""
        return max(self._turned + STOOD - self.clock(), 0.0)

    @property
    def turn(self) -> int:
        """The number of the key or the tap that has asked for what is being done; 0 for none."""
        return 0 if self._now is None else self._now.turn

    def is_one_press(self) -> bool:
        """Whether what is being done was asked for by a press of its own, and not by a key that is held down."""
        return self._now is None or self._now.is_one

    def is_double(self) -> bool:
        """Whether the same key was pressed just before: where it would act on what comes next, it is one press."""
        return self._now is not None and self._now.is_second

    def has_led_here(self) -> bool:
        """Whether the same key was pressed just before, and the page has come between the two."""
        return self._now is not None and self._now.is_led

    def counts(self) -> bool:
        """Whether what is being done may record something or leave the page as done."""
        now = self._now
        if now is None:
            return True
        return now.is_one and now.at - self._turned >= STOOD and not self._unanswered.keys() - {now.turn}

    def answers(self) -> bool:
        """Whether what is being done may answer a question: an Enter just before was for what was typed, not for it."""
        return self.counts() and not self.is_double()

    def begin(self, by: object) -> None:
        """A key or a tap that counts begins something; `by` is the same for the same key."""
        if by != self._begun_by:
            self.begun, self.is_typing, self._begun_by = next(TURN), True, by

    def scan(self) -> int:
        """A scan begins something; the number of it."""
        self.begun, self.is_typing, self._begun_by = next(TURN), False, None
        return self.begun

    def finish(self) -> None:
        """What is being done is the step of a finishing key."""
        self._finishing = self.turn

    def ask(self) -> int:
        """The store is asked for something; the number to give to `answer` when it has answered."""
        turn = self.turn if self.turn == self._finishing else 0
        if turn:
            self._unanswered[turn] += 1
        return turn

    def answer(self, turn: int) -> None:
        """The store has answered."""
        if turn:
            self._unanswered[turn] -= 1
            self._unanswered = +self._unanswered

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """True drops a press that does not count."""
        kind = event.type()
        if kind in _KEYS and isinstance(event, QKeyEvent) and isinstance(watched, QWindow):
            return self._hear(event)
        if kind in _TAPS and isinstance(event, QMouseEvent) and isinstance(watched, QWindow):
            return self._tap(event, _under(watched, event))
        if isinstance(event, QInputMethodEvent) and (event.preeditString() or event.commitString()):
            self.begin(kind)
        return False

    # ── keys ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _hear(self, event: QKeyEvent) -> bool:
        key = event.nativeScanCode() or event.key()
        if event.type() == QEvent.Type.KeyRelease:
            self._release(key, event)
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            if not event.isAccepted():  # else it is a scanner's
                self._offered = key
                self._press(key, event)
            return False
        if self._offered != key:
            self._press(key, event)
        self._offered = None
        if event.key() in ENTERS and (not self.is_one_press() or self.has_led_here()):
            return True  # Enter means one thing after another as a form or a page goes on: held down it is one Enter
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Select):
            widget = QApplication.focusWidget()
            if self._is_early(widget) or self._is_of_the_same_space(widget, self.time_of(event)):
                return True
        if not is_modifier(event):
            self.begin(key)
        return False

    def _press(self, key: int, event: QKeyEvent) -> None:
        at, known = self.time_of(event), self._keys.get(key)
        if known is None:
            is_up = True
        elif known.released is None:
            is_up = at - known.pressed >= _LOST
        else:
            is_up = at - known.released >= UP
        self._keys[key] = _Key(at, before=float("-inf") if known is None else known.pressed)
        if not is_modifier(event):
            is_second = known is not None and at - known.pressed < STOOD and self._pressed == key
            is_led = is_second and known is not None and known.pressed <= self._shown
            self._pressed = key
            self._begin(_Press(at, is_up and not event.isAutoRepeat(), is_second, is_led))

    def _release(self, key: int, event: QKeyEvent) -> None:
        known = self._keys.get(key)
        if known is not None and not event.isAutoRepeat():
            known.released = self.time_of(event)
        self._offered, self._now = None, None

    def _begin(self, press: _Press) -> None:
        """Until it has been handled; what comes of it in a later turn has no hand on a key any more."""
        self._now = press

        def over() -> None:
            if self._now is press:
                self._now = None

        call_soon(self, over)

    def _is_of_the_same_space(self, widget: QWidget | None, at: float) -> bool:
        """Whether the bar pressed a button just before that is gone or off, or stands for another row or person now."""
        (before, first), self._spaced = self._spaced, (at, widget)
        if not isinstance(first, QAbstractButton) or at - before >= STOOD:
            return False
        if isinstance(widget, QAbstractButton) and widget.isCheckable():
            return False  # a mark is seen and is taken back by the same key; a mark that is missing would be entered
        is_there = shiboken6.isValid(first) and first.isVisible() and first.isEnabled()
        return not is_there or (isinstance(widget, DrawnButton) and widget.gives_way)

    # ── taps ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _tap(self, event: QMouseEvent, widget: QWidget | None) -> bool:
        if event.type() == QEvent.Type.MouseButtonRelease:
            self._let_go()
            self._begin(self._tap_began)  # what a tap does it does when the finger is lifted
            if self._finishes(widget):
                self.finish()
            return False
        if event.type() == QEvent.Type.MouseButtonDblClick and event.timestamp() == self._heard[0]:
            return self._heard[1]  # Qt sends the second press of two quick ones twice, wherever it is
        tap, last = _Tap(self.time_of(event), event.globalPosition().toPoint(), widget), self._last_tap
        is_same = last is not None and (
            tap.is_again(last) or (isinstance(widget, DrawnButton) and widget is last.widget)
        )
        is_second = last is not None and is_same and tap.at - last.at < STOOD  # the pad may have moved with its field
        self._now = self._tap_began = _Press(tap.at, is_one=True, is_second=is_second)
        falls = self._last_tap is not None and self._last_tap.falls_through(tap)
        is_early = falls or self._is_early(widget) or self._is_of_the_same_tap(widget, tap.at)
        self._now = None
        if not is_early and not (isinstance(self._begun_by, _Tap) and tap.is_again(self._begun_by)):
            self.begin(tap)
        if not falls:
            self._last_tap = tap
        self._heard = event.timestamp(), is_early
        return is_early

    def _let_go(self) -> None:
        """The finger is lifted: what has come to mean another thing under it is not pressed."""
        pressed = None if self._last_tap is None else self._last_tap.widget
        if pressed is None or not isinstance(pressed, DrawnButton) or not shiboken6.isValid(pressed):
            return
        if pressed.means_since > self._tap_began.at:
            pressed.setDown(False)

    def _is_of_the_same_tap(self, widget: QWidget | None, at: float) -> bool:
        """Whether it is the second half of a double tap: what stands there now may be of another row or person."""
        if not isinstance(widget, DrawnButton) or not widget.gives_way:
            return False
        before, self._gave_way = self._gave_way, at
        return at - before < STOOD

    def _is_early(self, widget: QWidget | None) -> bool:
        """Whether `widget` is the button of a finishing key, and what is being done does not count."""
        if isinstance(widget, DrawnButton) and (now := self._now) is not None and now.at - widget.means_since < STOOD:
            return True
        return self._finishes(widget) and not self.counts()

    def _finishes(self, widget: QWidget | None) -> bool:
        return isinstance(widget, IconButton | KeyHint) and widget.key in self._caps


def _under(window: QWindow, event: QMouseEvent) -> QWidget | None:
    """The widget that a press in `window` is for."""
    shown = next((top for top in QApplication.topLevelWidgets() if top.windowHandle() == window), None)
    return None if shown is None else shown.childAt(event.position().toPoint())
