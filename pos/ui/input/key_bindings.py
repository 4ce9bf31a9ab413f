"""The keys of the page on show: bound to its handlers, and heard even where a text field would take them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from pos.ui.input.actions import KEYPAD_PLUS, Action, Actions, sequence, sequences
from pos.ui.input.finishing_keys import FinishingKeys

_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_OF_FIELDS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Backspace})
"""They move in a text or shorten it, with whatever modifier."""
_CLIPBOARD = (
    QKeySequence.StandardKey.Copy,
    QKeySequence.StandardKey.Cut,
    QKeySequence.StandardKey.Paste,
    QKeySequence.StandardKey.SelectAll,
)


class KeyBindings(QObject):
    """Binds the keys of one page at a time in one window.

    Before shortcuts are looked for a text field claims every printing key and all that edits text on its desktop: on
    X11 Ctrl+E is the end of the line. The keys of the page come first. A field keeps what moves in its text, the
    clipboard and, while there is something in it, undo and Del. Alt with a character, which X11 lets a field type, is
    no character. One press starts a step once, however long the key is held down: also an undo, which nothing takes
    back again. The key that has led to a page starts no other action there before the page has stood.
    """

    def __init__(self, window: QWidget, actions: Actions, finishing: FinishingKeys) -> None:
        super().__init__(window)
        self._window = window
        self._actions = actions
        self._finishing = finishing
        self._shortcuts: list[QShortcut] = []
        self._finishers: set[QShortcut] = set()
        self._bound: frozenset[str] = frozenset()
        self._steps: dict[str, tuple[Action, Callable[[], None]]] = {}
        self._last = self._led = ("", "")
        """The action that was started last, with its key, and the one of those of the page before."""

    def bind(self, screen_id: str, handlers: Mapping[str, Callable[[], None]]) -> None:
        """The keys of `screen_id` call these handlers from now on, by action id; keys without one are left alone."""
        for shortcut in self._shortcuts:
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        self._shortcuts, self._finishers = [], set()
        self._steps = {}
        self._led = self._last
        bound = set()
        for action in self._actions.at(screen_id):
            step = handlers.get(action.id)
            if step is None or action.handled_by_field:
                continue
            bound.add(action.id)
            self._steps[action.id] = (action, step)
            for key in (action.key, *action.also):
                for pressed in sequences(key):
                    shortcut = QShortcut(pressed, self._window)
                    shortcut.setAutoRepeat(False)
                    shortcut.activated.connect(partial(self._start, action, key, step))
                    self._shortcuts.append(shortcut)
                    if action.finishing and not action.leads:
                        self._finishers.add(shortcut)
        self._bound = frozenset(bound)

    @property
    def bound(self) -> frozenset[str]:
        """The ids of the actions whose keys work now."""
        return self._bound

    def offered(self) -> Sequence[Action]:
        """The actions whose keys work now, in the order of the table."""
        return [action for action, _ in self._steps.values()]

    def start(self, action_id: str) -> None:
        """Do what the key of an action does; nothing where the page has no such step now."""
        if (known := self._steps.get(action_id)) is not None:
            action, step = known
            self._start(action, action.key, step)

    def press(self, key: QKeyEvent) -> bool:
        """Start the step of a key that was kept until now, where it has one; Qt does so for fresh keys only."""
        if key.text().isprintable() and key.text() and not key.modifiers() & _COMMANDS and not self._is_ours(key):
            return False  # a character for the field that has the focus
        pressed = QKeySequence(key.keyCombination())
        for shortcut in self._shortcuts:
            if shortcut.key() == pressed:
                shortcut.activated.emit()
                return True
        return False

    def finishes(self, key: QKeyEvent) -> bool:
        """Whether a key of the page on show is a finishing one that records something itself."""
        pressed = QKeySequence(key.keyCombination())
        return any(shortcut.key() == pressed for shortcut in self._finishers)

    def _start(self, action: Action, key: str, step: Callable[[], None]) -> None:
        finishing = self._finishing
        records = action.finishing and not (action.leads and finishing.has_waited)
        if not (finishing.counts() if records else finishing.is_one_press()) or self._is_the_same(action, key):
            return
        if action.once and finishing.is_double():
            return
        if action.finishing:
            finishing.finish()
        finishing.begin(action.id)
        self._last = action.id, key
        step()

    def _is_the_same(self, action: Action, key: str) -> bool:
        """Whether the key has just led here as another action: pressed twice by mistake, it was meant for that one.

        So was the one that has led here as *Back*, which would give up what stands half typed here.
        """
        led, by = self._led
        if by == key and led == action.id == "back":
            return self._finishing.has_led_here()
        return by == key and led != action.id and self._finishing.left > 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """True keeps the field from claiming the key, so that the shortcut is found, and from typing a command."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return isinstance(watched, QWindow) and _is_command(event) and _offer_without_text(event)
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if event.isAccepted():  # the scanner's filter has claimed it for a burst
            return False
        if not isinstance(watched, QWindow) or watched is not self._window.windowHandle() or not self._is_ours(event):
            return False
        event.ignore()
        return True

    def _is_ours(self, event: QKeyEvent) -> bool:
        """Whether the key starts a step of the page although a field has the focus."""
        if self._is_keypad_plus(event):
            return self._starts(sequence(KEYPAD_PLUS))
        if event.matches(QKeySequence.StandardKey.Undo):
            return "undo" in self._bound and not _has_own_undo()
        prints = event.text().isprintable() and event.text() and not event.modifiers() & _COMMANDS
        if prints or event.key() in _OF_FIELDS or any(event.matches(key) for key in _CLIPBOARD):
            return False
        if event.key() == Qt.Key.Key_Delete and _has_text():
            return False
        return self._starts(QKeySequence(event.keyCombination()))

    def _starts(self, key: QKeySequence) -> bool:
        return any(shortcut.key() == key for shortcut in self._shortcuts)

    @staticmethod
    def _is_keypad_plus(event: QKeyEvent) -> bool:
        return (
            event.key() == Qt.Key.Key_Plus
            and bool(event.modifiers() & Qt.KeyboardModifier.KeypadModifier)
            and not event.modifiers() & _COMMANDS
        )


def _is_command(event: QKeyEvent) -> bool:
    """Whether it is Alt with a character, which no page has as a key now; AltGr is Ctrl+Alt on Windows, and types."""
    alone = event.modifiers() & _COMMANDS == Qt.KeyboardModifier.AltModifier
    return alone and bool(event.text()) and event.text().isprintable()


def _offer_without_text(event: QKeyEvent) -> bool:
    """Offer the key to the focus and what is around it as a key alone: fields, and lists that search, type its text."""
    part = QApplication.focusWidget()
    if part is None or QApplication.activePopupWidget() is not None:
        return False
    native = event.nativeScanCode(), event.nativeVirtualKey(), event.nativeModifiers()
    key, modifiers = event.key(), event.modifiers()
    QApplication.sendEvent(part, QKeyEvent(event.type(), key, modifiers, *native, "", event.isAutoRepeat()))
    return True


def _has_own_undo() -> bool:
    field = QApplication.focusWidget()
    return isinstance(field, QLineEdit) and field.isUndoAvailable() and bool(field.text())


def _has_text() -> bool:
    field = QApplication.focusWidget()
    return isinstance(field, QLineEdit) and bool(field.text())
