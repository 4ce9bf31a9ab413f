"""Scanners that pretend to be a keyboard: their bursts become scans, whatever has the focus."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QInputEvent, QInputMethodEvent, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication

from pos.application.catalogue.scan_assembler import UNREADABLE, Heard, Key, Scan, ScanAssembler, ScanKind, ScanTiming
from pos.domain.staff.staff import LONGEST_PIN, SHORTEST_PIN
from pos.ui.input.field_memory import FieldMemory, text_field
from pos.ui.widgets.fields.key_positions import char_of, is_modifier, us_char
from pos.ui.widgets.fields.pin_field import PinField

_HEARD = frozenset(
    {QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride, QEvent.Type.InputMethod}
)
_TAPS = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin})
# Native modifiers that no keyboard reports: the mark of a key that this filter delivers itself.
_OWN = 0x5CA11ED
_PAUSE = 1.0
_SOON_MS = 20
_LATE, _MOST_CHANCES = 0.001, 3
"""Seconds by which a timer of a window that is not busy may fire late, and how often a busy one is waited for."""


@dataclass(frozen=True, slots=True)
class _Held:
    """A key held back, with all that is needed to deliver it later; `press` is None for a composed letter."""

    receiver: QObject
    press: QKeyEvent | None
    text: str


class ScannerFilter(QObject):
    """Hears the whole program's keys and turns a scanner's bursts into signals.

    The first keys of a burst go through, because typing must never be late; when the burst proves to be a scan they
    are taken out of the field again, and nothing else of it, its Enter included, reaches any widget or shortcut. What
    was held back and proves to be typing is delivered as if nothing had been. Where the focus is not in a text field
    nothing goes through before it is known to be typing.

    Input methods: a pinyin composer swallows letters before a window sees them as keys, but shows each as a growing
    composition. Each such event counts as the key behind it; as soon as keys come at a scanner's speed the composition
    is cancelled letter by letter, so that the composer has nothing to convert and lets digits through. Punctuation it
    has made Chinese is turned back. A character it has truly eaten makes the scan `unreadable`, which the screen must
    say. Fields meant for scans should not enable an input method at all (`Qt.WA_InputMethodEnabled`).
    """

    scanned = Signal(str)
    """A product's code, or any text that is no document."""
    document_scanned = Signal(str)
    """A whole document: lines joined by newlines, or a PRC identity number. Personal data: not for a log."""
    coming = Signal()
    """Keys come as fast as a scanner's, and are held back from now on; the first of them stand in the field."""
    perhaps_pin = Signal(str)
    """Digits of a PIN's length that came by keys while a PIN is asked for: a quick hand's, or goods. Not for a log."""
    took = Signal(int)
    """A key that was pressed and is kept from the windows, with its release: a scanner's, or held back for a moment."""
    led = Signal(bool)
    """A key goes through, and those before it were typed: whether it may be the first of a scanner's."""
    took_back = Signal()
    """What has come since `led`, with a first key of a scanner, is a scan: no key of it stays in a field."""
    unreadable = Signal(str)
    """A document of which a line is missing, or a scan that an input method has eaten into. Not for a log either."""

    def __init__(
        self, clock: Callable[[], float], timing: ScanTiming | None = None, parent: QObject | None = None
    ) -> None:
        """`clock` is a steady clock in seconds (`time.monotonic`)."""
        super().__init__(parent)
        self.clock = clock
        self._assembler = ScanAssembler(timing)
        self._memory = FieldMemory()
        self._held: list[_Held] = []
        self._down: set[int] = set()
        self._composition = ""
        self._clearing = self._inserting = False
        self._offset = 0.0
        self._stamp = 0.0
        self._fires_at = 0.0
        self._chances = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.poll)

    def set_timing(self, timing: ScanTiming) -> None:
        """Take new settings from the next burst on."""
        self._assembler.timing = timing

    def remember_field(self) -> None:
        """A key that went through is delivered now: what stands in the field until then is restored if it is a
        scanner's.
        """
        if self._assembler.leading:
            self._memory.remember(QApplication.focusWidget())

    def take_line(self, text: str) -> None:
        """A line from a scanner that is no keyboard (serial port): the same signals, documents put together too."""
        self._emit(self._assembler.hear_line(text, self.clock()))
        self._wind()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """True swallows."""
        kind = event.type()
        if kind in _TAPS and isinstance(watched, QWindow):
            self._deliver_typed()
        if kind not in _HEARD:
            return False
        if isinstance(event, QInputMethodEvent):
            return self._compose(watched, event)
        # Each key is offered to the window, then to the widget and its parents: the window's copy is the key itself.
        if not isinstance(event, QKeyEvent) or not isinstance(watched, QWindow) or event.nativeModifiers() == _OWN:
            return False
        if kind == QEvent.Type.KeyPress:
            return self._press(watched, event)
        if kind == QEvent.Type.KeyRelease:
            return self._release(event)
        return self._keep_from_shortcuts(event)

    # ── keys ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _press(self, window: QWindow, event: QKeyEvent) -> bool:
        at = self.time_of(event)
        if is_modifier(event):
            self._assembler.hear_modifier(at)
            return False
        # A key held down repeats as fast as a scanner types; it can go on a burst but never make one.
        if event.isAutoRepeat() and not self._assembler.is_bursting(at):
            self._obey(self._assembler.interrupt(), None)
            return False
        heard = self._assembler.hear(Key(char_of(event), event.text(), at), into_text=_focus_is_text())
        if heard.passes:
            self._down.discard(identity(event))
        else:
            self._down.add(identity(event))
            self.took.emit(identity(event))
        self._obey(heard, _Held(window, delivered_again(event, QEvent.Type.KeyPress), event.text()))
        return not heard.passes

    def _release(self, event: QKeyEvent) -> bool:
        if identity(event) not in self._down:
            return False
        if not event.isAutoRepeat():
            self._down.discard(identity(event))
        return True

    def _keep_from_shortcuts(self, event: QKeyEvent) -> bool:
        """Qt asks before it looks for a shortcut: in a burst the key is no command.

        What is held back and goes no further was typed, and is there before the key means anything: a busy window hears
        a figure and its Enter or F12 together.
        """
        if is_modifier(event):
            return False
        at = self.time_of(event)
        if not self._assembler.is_bursting(at):
            if self._held:
                self._give_up(at)
            return False
        if not char_of(event):
            self._deliver_typed()
            return False
        event.accept()
        return True

    def _deliver_typed(self) -> None:
        """One key alone that is held back was typed, not scanned, and comes before the command or the tap that follows
        it at once: a busy window hears the two together.
        """
        if len(self._held) == 1 and not self._assembler.leading:
            self._obey(self._assembler.interrupt(), None)

    def _obey(self, heard: Heard, held: _Held | None) -> None:
        """Do what the assembler says; signals come last, for their slots may open a dialog and stay."""
        if heard.broke_off:
            self._take_back()
        if heard.released:
            self._deliver()
        if heard.passes:
            if self._assembler.leading <= 1:
                self._memory.forget()
                self.led.emit(self._assembler.leading == 1)
            if self._assembler.leading:
                self._memory.remember(QApplication.focusWidget())
        elif heard.held and held is not None:
            if not self._held and not self._assembler.leading:
                self._memory.forget()  # what was typed before, in a field that this burst has not touched
            self._held.append(held)
            if self._assembler.leading and len(self._held) == 1:
                self.coming.emit()
        else:
            self._take_back()
        self._wind()
        self._emit(heard.scans, by_keys=True)

    def _take_back(self) -> None:
        """Nothing of the burst stays in a field or reaches one."""
        self._held.clear()
        self.took_back.emit()
        self._memory.restore()

    def _deliver(self) -> None:
        """What was held back was typing: the windows get it now, in its order."""
        held, self._held = self._held, []
        for item in held:
            if not shiboken6.isValid(item.receiver):
                continue
            if item.press is None:
                self._insert(item.receiver, item.text)
                continue
            QCoreApplication.sendEvent(item.receiver, item.press)
            if identity(item.press) in self._down:
                self._down.discard(identity(item.press))  # its release is still to come and belongs to it
            elif shiboken6.isValid(item.receiver):
                QCoreApplication.sendEvent(item.receiver, delivered_again(item.press, QEvent.Type.KeyRelease))

    def _emit(self, scans: tuple[Scan, ...], *, by_keys: bool = False) -> None:
        for scan in scans:
            if by_keys and scan.kind is ScanKind.CODE and _is_like_pin(scan.text):
                self.perhaps_pin.emit(scan.text)
            elif scan.kind is ScanKind.CODE:
                self.scanned.emit(scan.text)
            elif scan.kind is ScanKind.DOCUMENT:
                self.document_scanned.emit(scan.text)
            else:
                self.unreadable.emit(scan.text)

    # ── time ─────────────────────────────────────────────────────────────────────────────────────────────────

    def time_of(self, event: QInputEvent) -> float:
        """When the key was pressed, on the filter's clock.

        A window busy for 200 ms gets its keys late and all at once; the system's stamp still has their true gaps.
        The stamp counts from an unknown moment: the smallest lag seen since the last pause is taken for none.
        """
        now = self.clock()
        stamp = event.timestamp() / 1000
        if not isinstance(event, QKeyEvent):
            at = stamp + self._offset  # of a pointer: what is no time of the same clock would be far away
            return at if self._stamp and now - _PAUSE <= at <= now else now
        if not stamp or not event.nativeScanCode():
            return now
        lag = now - stamp
        if not 0 <= stamp - self._stamp <= _PAUSE:
            self._offset = lag
        elif lag < self._offset:  # the keys before came so much earlier than they seemed to
            self._assembler.date_back(self._offset - lag)
            self._offset = lag
        self._stamp = stamp
        return stamp + self._offset

    def _wind(self) -> None:
        self._chances = 0
        due = self._assembler.due
        if due is None:
            self._timer.stop()
        else:
            self._start(max(int((due - self.clock()) * 1000) + 1, _SOON_MS // 2))

    def _start(self, milliseconds: int) -> None:
        self._fires_at = self.clock() + milliseconds / 1000
        self._timer.start(milliseconds)

    def poll(self) -> None:
        """Look at the clock: what waited for keys that did not come is typing, or half a document."""
        now, due = self.clock(), self._assembler.due
        if due is not None and now - self._fires_at > _LATE and self._chances < _MOST_CHANCES:
            # The window was busy: keys that came in time may still wait behind this very call.
            self._chances += 1
            self._start(_SOON_MS)
            return
        self._give_up(now)

    def _give_up(self, at: float) -> None:
        """What has waited until then for keys that did not come is typing, or half a paper."""
        heard = self._assembler.poll(at)
        if heard.broke_off:
            self._take_back()
        if heard.released:
            self._deliver()
        self._wind()
        self._emit(heard.scans)

    # ── input methods ────────────────────────────────────────────────────────────────────────────────────────

    def _compose(self, watched: QObject, event: QInputMethodEvent) -> bool:
        if self._inserting or watched != QGuiApplication.focusObject():
            return False
        if self._clearing:
            return True
        char = _composed_char(self._composition, event.preeditString(), event.commitString())
        self._composition = event.preeditString()
        if not char:
            return False
        heard = self._assembler.hear(Key(char, event.commitString(), self.clock()), into_text=_focus_is_text())
        self._obey(heard, _Held(watched, None, event.commitString() or char))
        if heard.held:
            self._clear_composition()
        return not heard.passes

    def _clear_composition(self) -> None:
        """Make the composer forget its letters and the field show none of them; what it commits on the way is lost."""
        if not self._composition:
            return
        self._composition = ""
        self._clearing = True
        _reset_composer()
        self._clearing = False
        focus = QGuiApplication.focusObject()
        if focus is not None:
            self._insert(focus, "")

    def _insert(self, receiver: QObject, text: str) -> None:
        event = QInputMethodEvent("", [])
        event.setCommitString(text)
        self._inserting = True
        QCoreApplication.sendEvent(receiver, event)
        self._inserting = False


def _composed_char(before: str, composition: str, committed: str) -> str:
    """The US character of the key behind an input method's event; empty when there is none."""
    if committed:
        if committed == before:
            return "\r"  # Enter commits the letters as they stand
        return us_char(committed[-1]) or UNREADABLE
    letters, known = (text.replace("'", "").replace(" ", "") for text in (composition, before))
    if len(letters) <= len(known):
        return ""
    return us_char(letters[-1]) or UNREADABLE


def _reset_composer() -> None:
    QGuiApplication.inputMethod().reset()


def _focus_is_text() -> bool:
    return text_field(QApplication.focusWidget()) is not None


def _is_like_pin(text: str) -> bool:
    """Whether it could be the rest of a PIN that is being typed."""
    field = QApplication.focusWidget()
    if not isinstance(field, PinField) or not (text.isascii() and text.isdigit()):
        return False
    return SHORTEST_PIN <= len(field.pin() + text) <= LONGEST_PIN


def identity(event: QKeyEvent) -> int:
    """The same number for the press and the release of a key."""
    return event.nativeScanCode() or event.key()


def delivered_again(event: QKeyEvent, kind: QEvent.Type) -> QKeyEvent:
    """A copy of a key for a later delivery, which the filter lets through."""
    return QKeyEvent(
        kind,
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        _OWN,
        event.text(),
        event.isAutoRepeat(),
        event.count(),
    )
