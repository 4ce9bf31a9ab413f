"""A scanner's burst told from a person's typing, and the lines of a passport put together again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from pos.domain.visitors.document import looks_like_document
from pos.domain.visitors.mrz import is_second_line, is_zone_line, lines_expected

UNREADABLE = "\ufffd"
"""Stands in a scan for a sign that an input method has eaten."""

# A passport's line has 44 signs; a key pressed twice makes it longer, a whole zone in one line has at least 72.
_LONGEST_LINE = 46


@dataclass(frozen=True, slots=True)
class ScanTiming:
    """What makes a burst a scan (seconds, counts, keys); the shop's settings fill it.

    `gap`: the longest pause between two keys of a scanner, its ending key included. `shortest`: the fewest signs.
    `ends`: the keys that end a scan. `lead`: how many keys of a burst go through before the rest is held back;
    people roll two or three fingers within 50 ms, and their letters must not be late. `line_wait`: how long the first
    line of a passport waits for the next one.
    """

    gap: float = 0.050
    shortest: int = 6
    ends: frozenset[str] = frozenset("\r\t")
    lead: int = 3
    line_wait: float = 0.700


@dataclass(frozen=True, slots=True)
class Key:
    r"""One key pressed at `at` (seconds on a steady clock).

    `position` is the sign on a US keyboard at that place (`"\r"` Enter, `"\t"` Tab, `"\x1d"` Ctrl+]), or empty for a
    key that bears none; `text` is what the present layout writes into a field.
    """

    position: str
    text: str
    at: float


class ScanKind(Enum):
    """A product's code (or any other text), a whole paper, or a paper of which lines are missing or eaten."""

    CODE = "code"
    DOCUMENT = "document"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, repr=False)
class Scan:
    """What a scanner has sent, without its ending key; lines of a paper are joined by newlines.

    Its repr keeps the text to itself: a scan may be somebody's passport.
    """

    kind: ScanKind
    text: str

    def __repr__(self) -> str:
        return f"Scan({self.kind.value}, {len(self.text)} signs)"


@dataclass(frozen=True, slots=True)
class Heard:
    """What to do about a key, in this order.

    `released`: all keys held back before were typing after all: deliver them now. `taken_back`: keys that went through
    before and belong to a scan: take them out of the field again. `scans`: what has been scanned. Then the key itself
    `passes` on to the field, or is `held` back, or (neither) has ended a scan and is gone.
    """

    passes: bool = True
    held: bool = False
    released: tuple[Key, ...] = ()
    taken_back: tuple[Key, ...] = ()
    scans: tuple[Scan, ...] = ()


class ScanAssembler:
    """Hears every key of the till and says which are a scanner's.

    It never looks at a clock: keys bring their time, and `poll` brings the time when nothing comes. Every key heard is
    either passed, released later, or part of a scan; none is lost.
    """

    def __init__(self, timing: ScanTiming | None = None) -> None:
        self.timing = timing or ScanTiming()
        self._passed: list[Key] = []
        self._held: list[Key] = []
        self._last: float | None = None
        self._lines: list[str] = []
        self._lines_wanted = 0
        self._lines_until = 0.0
        self._scanned_at: float | None = None

    @property
    def due(self) -> float | None:
        """When `poll` has something to do if no key comes before; None while nothing waits."""
        times = []
        if self._held and self._last is not None:
            times.append(self._last + self.timing.gap)
        elif self._lines:
            times.append(self._lines_until)
        return min(times, default=None)

    def is_bursting(self, at: float) -> bool:
        """Whether a key at `at` would be held back: the moment to keep shortcuts from acting on it."""
        return self._goes_on(at) and (len(self._passed) >= self.timing.lead or bool(self._held) or self._is_hot(at))

    @property
    def leading(self) -> int:
        """How many keys of what may become a scan have gone through so far; 1: the last key heard was the first."""
        return len(self._passed)

    def hear(self, key: Key, *, into_text: bool = True) -> Heard:
        """Take the next key. Enter and Tab are ordinary keys unless they end a burst.

        `into_text` says whether it would write into a text field, from which it can be taken back. Elsewhere a letter
        may act at once (N in a message box is No), so there even the first key is held back for the length of a gap.
        """
        late = self.poll(key.at)
        if key.position in self.timing.ends:
            heard = self._end(key)
        elif key.position in ("", "\r", "\t"):
            heard = self.interrupt()
        else:
            heard = self._sign(key, into_text)
        released, scans = late.released + heard.released, late.scans + heard.scans
        return Heard(heard.passes, heard.held, released, heard.taken_back, scans)

    def hear_modifier(self, at: float) -> None:
        """Shift or another modifier went down: a slow scanner sends it as a key of its own, so the burst goes on."""
        if self._goes_on(at):
            self._last = at

    def hear_line(self, text: str, at: float) -> tuple[Scan, ...]:
        """Take a whole line from a scanner that is no keyboard (a serial port); lines of a paper are joined too."""
        late = self.poll(at)
        return (*late.scans, *self._scan(text, at))

    def interrupt(self) -> Heard:
        """A key no scanner sends (an arrow, a held-down letter): whatever was held back is typing."""
        return Heard(released=self._let_go())

    def poll(self, at: float) -> Heard:
        """Give up what waits for keys that did not come by `at`."""
        released: tuple[Key, ...] = ()
        scans: tuple[Scan, ...] = ()
        if not self._goes_on(at):
            released = self._let_go()
        # A line that is on its way still belongs to the paper, however long its own keys take.
        if self._lines and at > self._lines_until and not self._held:
            scans = self._incomplete()
        return Heard(released=released, scans=scans)

    # ── keys ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _sign(self, key: Key, into_text: bool) -> Heard:
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
        signs = (*self._passed, *self._held)
        if not signs and self._scanned_at is not None and key.at - self._scanned_at <= self.timing.gap:
            return Heard(passes=False)  # the line feed after a scanner's carriage return
        if len(signs) < self.timing.shortest:
            return Heard(released=self._let_go())
        taken_back = tuple(self._passed)
        self._forget()
        self._scanned_at = key.at
        scans = self._scan("".join(sign.position for sign in signs), key.at)
        return Heard(passes=False, taken_back=taken_back, scans=scans)

    def _goes_on(self, at: float) -> bool:
        return self._last is not None and at - self._last <= self.timing.gap

    def _is_hot(self, at: float) -> bool:
        """Whether a scan ended just now or a paper's next line is expected: then even the first key is held back."""
        just_now = self._scanned_at is not None and at - self._scanned_at <= self.timing.gap
        return just_now or bool(self._lines)

    def _let_go(self) -> tuple[Key, ...]:
        released = tuple(self._held)
        self._forget()
        return released

    def _forget(self) -> None:
        self._passed.clear()
        self._held.clear()
        self._last = None

    # ── lines of a paper ─────────────────────────────────────────────────────────────────────────────────────

    def _scan(self, text: str, at: float) -> tuple[Scan, ...]:
        if self._lines and is_zone_line(text) and not self._begins_another(text):
            self._lines.append(text)
            self._lines_until = at + self.timing.line_wait
            return self._whole() if len(self._lines) == self._lines_wanted else ()
        before = self._incomplete()
        wanted = lines_expected(text)
        if wanted and len(text.strip()) <= _LONGEST_LINE:
            self._lines, self._lines_wanted, self._lines_until = [text], wanted, at + self.timing.line_wait
            return before
        return (*before, Scan(_kind_of(text), text))

    def _begins_another(self, text: str) -> bool:
        """Whether `text` is a first line again, the rest of the paper before it having been lost.

        A card's third line may be built like a first one (IVANOV<<IVAN), but names bear no digit.
        """
        if len(self._lines) == 2:
            return any(sign.isdigit() for sign in text)
        return lines_expected(text) > 0 and not is_second_line(text)

    def _whole(self) -> tuple[Scan, ...]:
        text = "\n".join(self._lines)
        self._lines = []
        return (Scan(ScanKind.UNREADABLE if UNREADABLE in text else ScanKind.DOCUMENT, text),)

    def _incomplete(self) -> tuple[Scan, ...]:
        lines, self._lines = self._lines, []
        return (Scan(ScanKind.UNREADABLE, "\n".join(lines)),) if lines else ()


def _kind_of(text: str) -> ScanKind:
    if UNREADABLE in text:
        return ScanKind.UNREADABLE
    if not looks_like_document(text):
        return ScanKind.CODE
    is_part = is_zone_line(text) and len(text.strip()) <= _LONGEST_LINE
    return ScanKind.UNREADABLE if is_part else ScanKind.DOCUMENT
