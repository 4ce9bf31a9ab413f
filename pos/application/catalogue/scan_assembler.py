"""Distinguish scanner bursts from typing, and reassemble the lines of a passport."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from pos.domain.visitors.document import looks_like_document
from pos.domain.visitors.mrz import is_second_line, is_zone_line, lines_expected, may_begin_zone

UNREADABLE = "\ufffd"
"""Placeholder in a scan for a character that an input method has consumed."""

# A passport's line has 44 characters; a key pressed twice makes it longer; a whole zone in one line has at least 72.
_LONGEST_LINE = 46


@dataclass(frozen=True, slots=True)
class ScanTiming:
    """Thresholds that make a burst a scan (seconds, counts, keys), filled from the shop's settings.

    `gap`: the longest pause between two keys of a scanner, including its ending key. `shortest`: the minimum number of
    characters. `ends`: the keys that end a scan. `lead`: how many keys of a burst pass through before the rest is held
    back; people roll two or three fingers within 50 ms, and their letters must not be delayed. `line_wait`: how long
    the first line of a passport waits for the next one.
    """

    gap: float = 0.050
    shortest: int = 6
    ends: frozenset[str] = frozenset("\r\t")
    lead: int = 3
    line_wait: float = 0.700


@dataclass(frozen=True, slots=True)
class Key:
    r"""One key pressed at `at` (seconds on a steady clock).

    `position` is the character of that key on a US keyboard (`"\r"` Enter, `"\t"` Tab, `"\x1d"` Ctrl+]), or empty for a
    key without one; `text` is what the current layout writes into a field.
    """

    position: str
    text: str
    at: float


class ScanKind(Enum):
    """A product's code (or any other text), a complete document, or a document with missing or consumed lines."""

    CODE = "code"
    DOCUMENT = "document"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, repr=False)
class Scan:
    """The text of one scan, without its ending key; lines of a document are joined by newlines.

    The repr omits the text: a scan may be a person's passport.
    """

    kind: ScanKind
    text: str

    def __repr__(self) -> str:
        return f"Scan({self.kind.value}, {len(self.text)} characters)"


@dataclass(frozen=True, slots=True)
class Heard:
    """What to do about a key, in this order.

    `broke_off`: the keys before were a part of a document that broke off; remove those that passed through from the
    field, and deliver none. `released`: all keys held back before were typing; deliver them now. `withdrawn`: keys
    that passed through before and belong to a scan; remove them from the field. `scans`: the completed scans. Then the
    key itself `passes` on to the field, or is `held` back, or (neither) has ended a scan and is consumed.
    """

    passes: bool = True
    held: bool = False
    broke_off: tuple[Key, ...] = ()
    released: tuple[Key, ...] = ()
    withdrawn: tuple[Key, ...] = ()
    scans: tuple[Scan, ...] = ()


class ScanAssembler:
    """Receive every key of the till and separate scans from typing.

    It never reads a clock: keys carry their time, and `poll` supplies the time when no key arrives. Every key is
    passed, released later, or part of a scan; none is lost. A part of a document is no typing either: a half number of
    a passport stays on no screen.
    """

    def __init__(self, timing: ScanTiming | None = None) -> None:
        self.timing = timing or ScanTiming()
        self._passed: list[Key] = []
        self._held: list[Key] = []
        self._last: float | None = None
        self._lines: list[str] = []
        self._lines_expected = 0
        self._lines_until = 0.0
        self._scanned_at: float | None = None
        self._broken_until: float | None = None

    @property
    def due(self) -> float | None:
        """When to call `poll` if no key arrives before; None while nothing is pending."""
        times = []
        if self._held and self._last is not None:
            times.append(self._last + self.timing.gap)
        elif self._lines:
            times.append(self._lines_until)
        return min(times, default=None)

    def is_bursting(self, at: float) -> bool:
        """Whether a key at `at` would be held back; shortcuts must not act on it."""
        return self._goes_on(at) and (len(self._passed) >= self.timing.lead or bool(self._held) or self._is_hot(at))

    @property
    def leading(self) -> int:
        """How many keys of a possible scan have passed through; 1: the last key was the first."""
        return len(self._passed)

    def hear(self, key: Key, *, into_text: bool = True) -> Heard:
        """Process the next key. Enter and Tab are ordinary keys unless they end a burst.

        `into_text` says whether the key would write into a text field, from which it can be removed. Elsewhere a letter
        may act at once (N in a message box is No), so there even the first key is held back for the length of a gap.
        """
        polled = self.poll(key.at)
        if key.position in self.timing.ends:
            outcome = self._end(key)
        elif key.position in ("", "\r", "\t"):
            outcome = self.interrupt()
        else:
            outcome = self._process_char(key, into_text)
        return Heard(
            outcome.passes,
            outcome.held,
            polled.broke_off + outcome.broke_off,
            polled.released + outcome.released,
            outcome.withdrawn,
            polled.scans + outcome.scans,
        )

    def hear_modifier(self, at: float) -> None:
        """Process Shift or another modifier: a slow scanner sends it as a separate key, so the burst continues."""
        if self._goes_on(at):
            self._last = at

    def hear_line(self, text: str, at: float) -> tuple[Scan, ...]:
        """Process a whole line of a scanner that is not a keyboard (a serial port); lines of a document
        are joined too.
        """
        polled = self.poll(at)
        return (*polled.scans, *self._scan(text, at))

    def interrupt(self) -> Heard:
        """Process a key that no scanner sends (an arrow, a held-down letter): all keys held back are typing."""
        return self._break_off()

    def poll(self, at: float) -> Heard:
        """Give up waiting for keys that have not arrived by `at`."""
        heard = Heard() if self._goes_on(at) else self._break_off()
        if self._broken_until is not None and at > self._broken_until and not self._held:
            self._broken_until = None
        # A line in transmission still belongs to the document, however long its own keys take.
        if self._lines and at > self._lines_until and not self._held:
            heard = replace(heard, scans=heard.scans + self._incomplete())
        return heard

    def date_back(self, seconds: float) -> None:
        """All that was heard came earlier than it was said: between it and the next key there is so much more time."""
        self._last = None if self._last is None else self._last - seconds
        self._scanned_at = None if self._scanned_at is None else self._scanned_at - seconds
        self._broken_until = None if self._broken_until is None else self._broken_until - seconds
        self._lines_until -= seconds

    # ── keys ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _process_char(self, key: Key, into_text: bool) -> Heard:
        if key.position == " " and not self._held and not self._passed:
            return Heard()  # presses buttons, begins no code
        starts_hot = not into_text or (self._is_hot(key.at) and not self._passed)
        self._last = key.at
        if self._held or len(self._passed) >= self.timing.lead or starts_hot:
            self._held.append(key)
            return Heard(passes=False, held=True)
        self._passed.append(key)
        return Heard()

    def _end(self, key: Key) -> Heard:
        keys = (*self._passed, *self._held)
        if not keys and self._scanned_at is not None and key.at - self._scanned_at <= self.timing.gap:
            return Heard(passes=False)  # the line feed after a scanner's carriage return
        if len(keys) < self.timing.shortest:
            if self._broken_until is not None and keys and not self._passed:
                self._forget()  # the last characters of the line that broke off
                return Heard(passes=False, scans=(_unreadable(keys),))
            return Heard(released=self._let_go())
        withdrawn = tuple(self._passed)
        self._forget()
        self._scanned_at = key.at
        scans = self._scan("".join(one.position for one in keys), key.at)
        return Heard(passes=False, withdrawn=withdrawn, scans=scans)

    def _goes_on(self, at: float) -> bool:
        return self._last is not None and at - self._last <= self.timing.gap

    def _is_hot(self, at: float) -> bool:
        """Whether a scan has just ended or a document's next line is expected: then even the first key is held back."""
        just_now = self._scanned_at is not None and at - self._scanned_at <= self.timing.gap
        return just_now or bool(self._lines) or self._broken_until is not None

    def _break_off(self) -> Heard:
        """The burst goes no further: what was held back is typing, unless it is a part of a document.

        No person types four keys at a scanner's speed beside a line of a passport.
        """
        keys = (*self._passed, *self._held)
        part = _unreadable(keys)
        is_part = bool(self._lines) or self._broken_until is not None or may_begin_zone(part.text)
        if not is_part or self._last is None or len(keys) <= self.timing.lead:
            return Heard(released=self._let_go())
        scans = (*self._incomplete(), part)
        self._broken_until = self._last + self.timing.line_wait
        self._forget()
        return Heard(broke_off=keys, scans=scans)

    def _let_go(self) -> tuple[Key, ...]:
        released = tuple(self._held)
        self._forget()
        return released

    def _forget(self) -> None:
        self._passed.clear()
        self._held.clear()
        self._last = None

    # ── lines of a document ──────────────────────────────────────────────────────────────────────────────────

    def _scan(self, text: str, at: float) -> tuple[Scan, ...]:
        is_rest = self._broken_until is not None and "<" in text and not lines_expected(text)
        self._broken_until = None
        if is_rest:
            return (Scan(ScanKind.UNREADABLE, text),)
        if self._lines and is_zone_line(text) and not self._begins_another(text):
            self._lines.append(text)
            self._lines_until = at + self.timing.line_wait
            return self._whole() if len(self._lines) == self._lines_expected else ()
        before = self._incomplete()
        expected = lines_expected(text)
        if expected and len(text.strip()) <= _LONGEST_LINE:
            self._lines, self._lines_expected, self._lines_until = [text], expected, at + self.timing.line_wait
            return before
        return (*before, Scan(_kind_of(text), text))

    def _begins_another(self, text: str) -> bool:
        """Whether `text` is a first line again because the rest of the previous document was lost.

        A card's third line may look like a first one (IVANOV<<IVAN), but names contain no digit.
        """
        if len(self._lines) == 2:
            return any(char.isdigit() for char in text)
        return lines_expected(text) > 0 and not is_second_line(text)

    def _whole(self) -> tuple[Scan, ...]:
        text = "\n".join(self._lines)
        self._lines = []
        return (Scan(ScanKind.UNREADABLE if UNREADABLE in text else ScanKind.DOCUMENT, text),)

    def _incomplete(self) -> tuple[Scan, ...]:
        lines, self._lines = self._lines, []
        return (Scan(ScanKind.UNREADABLE, "\n".join(lines)),) if lines else ()


def _unreadable(keys: Sequence[Key]) -> Scan:
    return Scan(ScanKind.UNREADABLE, "".join(key.position for key in keys))


def _kind_of(text: str) -> ScanKind:
    if UNREADABLE in text:
        return ScanKind.UNREADABLE
    if not looks_like_document(text):
        return ScanKind.CODE
    is_part = is_zone_line(text) and len(text.strip()) <= _LONGEST_LINE
    return ScanKind.UNREADABLE if is_part else ScanKind.DOCUMENT
