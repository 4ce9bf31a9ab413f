"""Hands that do a task at the real window by keys alone or by a finger alone, and count what they do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QKeyCombination, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QMenu, QWidget

from pos.domain.sales.sale import Sale
from pos.ui.input.actions import CHECKOUT, PAYMENT
from pos.ui.sales.payment.screen import PaymentScreen
from pos.ui.touch.touch_input import TouchInput
from pos.ui.touch.touch_panel import Face
from pos.ui.widgets.buttons.drawn_button import DrawnButton
from pos.ui.widgets.buttons.icon_button import IconButton
from pos.ui.widgets.buttons.keypad import Keypad
from tools.counter_hand import NO_MODIFIER
from tools.quick_hand import PaintingHand
from tools.window_faults import FINGER

ACT_SECONDS, SCAN_SECONDS, DECISION_SECONDS = 0.3, 1.5, 1.2
_SEEN = 0.5
"""Seconds between two taps: they are no double tap."""
_SCREEN = QTest.createTouchDevice()
_PRESSES = frozenset({QEvent.Type.KeyPress, QEvent.Type.TouchBegin, QEvent.Type.MouseButtonPress})


class NotDone(Exception):
    """A task cannot be done in this way, or its outcome is wrong."""


@dataclass
class Count:
    """What a task has taken. `approval` are the acts of the approval within it, `letters` those of free text."""

    acts: int = 0
    approval: int = 0
    letters: int = 0
    scans: int = 0
    decisions: int = 0

    @property
    def seconds(self) -> float:
        """An estimate, not a stopwatch."""
        pressed = self.acts + self.approval + self.letters
        return pressed * ACT_SECONDS + self.decisions * DECISION_SECONDS + self.scans * SCAN_SECONDS

    def __str__(self) -> str:
        """The acts with what else there is."""
        parts = [str(self.acts)]
        parts += [f"{value}{sign}" for value, sign in ((self.approval, "a"), (self.letters, "t")) if value]
        return " + ".join(parts)


class TaskHand(PaintingHand):
    """A hand that prepares as it likes and counts inside of `counted`, where only its own device may be used."""

    way = ""
    _forbidden: frozenset[QEvent.Type] = frozenset()

    def __init__(self, *arguments: Any) -> None:
        self._held: float | None = None
        self.tally = Count()
        self._bucket = "acts"
        self._last_decision = ""
        super().__init__(*arguments)
        self._watch = _Watch(self._forbidden)

    # ── what is counted ──────────────────────────────────────────────────────────────────────────────────────

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Count from here. Raises NotDone where anything else than this hand's device was used."""
        app = QApplication.instance()
        assert app is not None
        self.tally, self._last_decision = Count(), ""
        app.installEventFilter(self._watch)
        try:
            yield
        finally:
            app.removeEventFilter(self._watch)
        if self._watch.seen:
            raise NotDone(f"by {self.way} alone, but there was {self._watch.seen[0]}")

    @contextmanager
    def _counted_as(self, bucket: str) -> Iterator[None]:
        before, self._bucket = self._bucket, bucket
        try:
            yield
        finally:
            self._bucket = before

    def _act(self) -> None:
        setattr(self.tally, self._bucket, getattr(self.tally, self._bucket) + 1)

    def _decide(self, about: str) -> None:
        """A look at the window; the same key again is no other decision."""
        if about != self._last_decision:
            self.tally.decisions += 1
        self._last_decision = about

    def expect(self, what: str, found: object, wanted: object = True) -> None:
        """Raise NotDone unless it is found as wanted."""
        if found != wanted:
            raise NotDone(f"{what}: {found!r}, not {wanted!r}")

    # ── what both hands can ──────────────────────────────────────────────────────────────────────────────────

    def scan(self, *codes: str) -> None:
        """Each code as the keys of a scanner, with its Enter; a document has two lines."""
        for code in codes:
            self.tally.scans += 1
            self._last_decision = ""
            self._pause()
            self._held, self._watch.scanning = super()._clock(), True
            for char in f"{code}\r":
                key: Any = Qt.Key.Key_Return if char in "\r\n" else char
                QTest.keyClick(self._target(), key)
            self._held, self._watch.scanning = None, False
            self._pause()
            self.settle()

    def act(self, action_id: str, times: int = 1) -> None:
        """The step of the page with this id in the table of actions."""
        raise NotImplementedError

    def go(self, screen_id: str) -> None:
        """To a page of the rail, or of the tabs beside it."""
        raise NotImplementedError

    def entry(self, figure: str, *, enter: bool = True) -> None:
        """A figure into the field that has the focus; its Enter."""
        raise NotImplementedError

    def words(self, text: str, *, enter: bool = True) -> None:
        """Free text: a name, a note, a reason, what is searched."""
        raise NotImplementedError

    def confirm(self) -> None:
        """The button whose key is Enter."""
        raise NotImplementedError

    def choose(self, view: QAbstractItemView, row: int) -> None:
        """A row of a list that has the focus."""
        raise NotImplementedError

    def approve(self, name: str = "manager") -> None:
        """The person who is offered first approves with their PIN."""
        with self._counted_as("approval"):
            self.entry(self.shop.demo_pins[name], enter=False)
            self._enter_pin()

    def ask_approval(self) -> None:
        """Ask for an approval where the refusal offers it."""
        with self._counted_as("approval"):
            self.confirm()

    def _enter_pin(self) -> None:
        raise NotImplementedError

    def each_way(self, keys: Callable[[KeysHand], object], finger: Callable[[FingerHand], object]) -> None:
        """What is done otherwise by keys than by a finger."""
        raise NotImplementedError

    def begin_at(self, name: str, screen_id: str) -> None:
        """Sign a person in and open a page, before what is counted."""
        self.sign_in(name)
        self.go_beside(screen_id)

    def go_beside(self, screen_id: str) -> None:
        """To a page, before what is counted."""
        self.till.window.show_screen(screen_id)
        self.settle()
        self.without_notices()

    @property
    def screen_id(self) -> str:
        """The page on show."""
        page = self.till.window.page
        return "" if page is None else page.screen_id

    @property
    def payment(self) -> PaymentScreen:
        """The payment."""
        page = self.till.window.screen_at(PAYMENT)
        assert isinstance(page, PaymentScreen)
        return page

    def beside(self, step: Callable[[], object]) -> None:
        """A step of the preparation, which no hand does."""
        step()
        self.settle()

    def last_sale(self) -> Sale:
        """The newest receipt of the till. Raises NotDone where there is none."""
        sale = self.shop.show_sale.last()
        if sale is None:
            raise NotDone("there is no receipt")
        return sale

    def _clock(self) -> float:
        return super()._clock() if self._held is None else self._held

    def close(self) -> None:
        """Let go of the window and its shop."""
        if self.till.window.screen_at(CHECKOUT) is not None:
            self.checkout.receipts.stop()
        self.till.close()
        self.shop.close()
        self.till.window.deleteLater()
        self.till.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


class KeysHand(TaskHand):
    """Keyboard and scanner: a chord is one key."""

    way = "keys"
    _forbidden = frozenset({QEvent.Type.TouchBegin, QEvent.Type.MouseButtonPress})

    def each_way(self, keys: Callable[[KeysHand], object], _finger: Callable[[FingerHand], object]) -> None:
        keys(self)

    def key(self, name: str, times: int = 1) -> None:
        """A key as the table of actions writes it, so many times."""
        chord = QKeyCombination.fromCombined(_combined(name))
        self._decide(name)
        for _ in range(times):
            self._act()
            self._key(chord.key(), chord.keyboardModifiers())
            self.settle()

    def act(self, action_id: str, times: int = 1) -> None:
        action = self.till.session.actions[action_id]
        if not action.handled_by_field and action_id not in self.till.window.keys.bound:
            raise NotDone(f"{action_id} has no key on {self.screen_id}")
        self.key(action.key, times)

    def go(self, screen_id: str) -> None:
        places = list(self.till.window.work.rail.places)
        if screen_id in places[:9]:
            self.key(f"Ctrl+{places.index(screen_id) + 1}")
            return
        from pos.ui.session.rail_entries import RAIL_ENTRIES

        self.act("palette")
        self.entry(next(entry.text for entry in RAIL_ENTRIES if entry.key == screen_id))

    def entry(self, figure: str, *, enter: bool = True) -> None:
        self._decide(f"figure {figure}")
        self._type(figure)
        if enter:
            self._act()
            self._key(Qt.Key.Key_Return, NO_MODIFIER)
            self.settle()
        self._last_decision = ""

    def words(self, text: str, *, enter: bool = True) -> None:
        self._decide(f"text {text}")
        with self._counted_as("letters"):
            self._type(text)
        if enter:
            self._act()
            self._key(Qt.Key.Key_Return, NO_MODIFIER)
            self.settle()
        self._last_decision = ""

    def confirm(self) -> None:
        self.key("Return")

    def choose(self, view: QAbstractItemView, row: int) -> None:
        steps = row - max(view.currentIndex().row(), 0)
        if steps:
            self.key("Down" if steps > 0 else "Up", abs(steps))

    def _enter_pin(self) -> None:
        self._act()
        self._key(Qt.Key.Key_Return, NO_MODIFIER)
        self.settle()

    def _type(self, text: str) -> None:
        for char in text:
            self._act()
            self._key(ord(char), NO_MODIFIER)
        self.settle()


class FingerHand(TaskHand):
    """A finger and the scanner: every figure and letter on the screen, every target seen, free and large enough."""

    way = "finger"
    _forbidden = frozenset({QEvent.Type.KeyPress})

    def each_way(self, _keys: Callable[[KeysHand], object], finger: Callable[[FingerHand], object]) -> None:
        finger(self)

    def tap(self, widget: QWidget, place: QRect | None = None) -> None:
        """A tap on the middle of a control, or of a part of it. Raises NotDone where no finger can."""
        part = widget.rect() if place is None else place
        middle = part.center()
        self._see(widget, part, middle)
        self._decide(f"tap {widget.accessibleName() or type(widget).__name__}")
        self._act()
        self._ahead += self.till.session.finishing.left + _SEEN
        window = widget.window()
        position = widget.mapTo(window, middle)
        QTest.touchEvent(window.windowHandle(), _SCREEN).press(0, position).commit()
        QTest.touchEvent(window.windowHandle(), _SCREEN).release(0, position).commit()
        self.settle()

    def _see(self, widget: QWidget, part: QRect, middle: QPoint) -> None:
        name = f"{type(widget).__name__} {widget.accessibleName()!r}"
        window = widget.window()
        if not widget.isVisible() or not widget.isEnabled():
            raise NotDone(f"{name} is {'off' if widget.isVisible() else 'hidden'}")
        if min(_touched(widget, part).width(), _touched(widget, part).height()) < FINGER:
            raise NotDone(f"{name} has {part.width()} × {part.height()} px")
        over = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if over is not None and over is not window and not over.isAncestorOf(widget):
            raise NotDone(f"{name} lies below {type(over).__name__}")
        at = window.childAt(widget.mapTo(window, middle)) or window
        if self.touch.is_shown and (at is self.touch.panel or self.touch.panel.isAncestorOf(at)) and at is not widget:
            self._quietly(self._key_that_hides())
            at = window.childAt(widget.mapTo(window, middle)) or window
        notices = self.till.window.work.notices
        if notices.isAncestorOf(at) and not notices.isAncestorOf(widget):
            self.press_button("Close", IconButton)
            at = window.childAt(widget.mapTo(window, middle)) or window
        if at is not widget and not widget.isAncestorOf(at):
            raise NotDone(f"{name} is covered by {type(at).__name__} or out of sight")

    def act(self, action_id: str, times: int = 1) -> None:
        for _ in range(times):
            button = self._button(action_id)
            if button is None:
                self._by_menu(action_id)
            else:
                self.tap(button)

    def _button(self, action_id: str) -> QWidget | None:
        window, action = self.till.window, self.till.session.actions[action_id]
        if action_id == "back":
            return window.work.status.back
        page = window.page
        assert page is not None
        for button in page.findChildren(DrawnButton):
            key = getattr(button, "key", "")
            if key and key in (action.key, *action.also) and button.isVisible() and button.isEnabled():
                return button
        return None

    def _by_menu(self, action_id: str) -> None:
        """What has no button of its own stands under *More actions*."""
        window, session = self.till.window, self.till.session
        if action_id not in window.action_menu.offered(self.screen()):
            raise NotDone(f"{action_id} has neither a button nor a place in the menu of {self.screen_id}")
        self.tap(window.work.status.more)
        menu = window.action_menu.menu
        if not isinstance(menu, QMenu):
            raise NotDone("the menu did not open")
        words = session.actions.text(action_id, session.translator)
        entry = next(one for one in menu.actions() if one.text().partition("\t")[0] == words)
        self.tap(menu, menu.actionGeometry(entry))

    def go(self, screen_id: str) -> None:
        from pos.ui.session.rail_entries import RAIL_ENTRIES

        work = self.till.window.work
        item = work.rail.item(screen_id)
        if item is None:
            group = next(entry.group for entry in RAIL_ENTRIES if entry.key == screen_id)
            tab = self._tab(screen_id)
            if tab is None:
                found = work.rail.item(group)
                if found is None:
                    raise NotDone(f"{screen_id} is not on the rail")
                self.tap(found)
                if self.screen_id == screen_id:
                    return
                tab = self._tab(screen_id)
            item = tab  # type: ignore[assignment] # a button as well
        if item is None:
            raise NotDone(f"{screen_id} is not beside the rail")
        self.tap(item)

    def _tab(self, screen_id: str) -> QWidget | None:
        strip = self.till.window.work.tabs
        return None if strip.isHidden() else next((one for one in strip._buttons if one.segment.key == screen_id), None)

    # ── what is typed ────────────────────────────────────────────────────────────────────────────────────────

    @property
    def touch(self) -> TouchInput:
        """The keyboard on the screen."""
        return self.till._attendants.touch  # only the window asks for it

    def entry(self, figure: str, *, enter: bool = True) -> None:
        self._decide(f"figure {figure}")
        pad = self._pad()
        if pad is None:
            for char in figure:
                self._letter(char)
        else:
            for char in figure:
                self._quietly(pad.key(char))
        if enter:
            self._enter(pad)
        self._last_decision = ""

    def words(self, text: str, *, enter: bool = True) -> None:
        self._bring_keys()
        if self.touch.panel.face in (Face.DIGITS, Face.NUMBERS):
            self._quietly(self.touch.panel.to_letters)
        self._decide(f"text {text}")
        with self._counted_as("letters"):
            for char in text:
                self._letter(char)
        if enter:
            self._quietly(self.touch.panel.letters.key("enter"))
        self._last_decision = ""

    def confirm(self) -> None:
        for button in self.till.window.findChildren(DrawnButton):
            if getattr(button, "key", "") == "Enter" and button.isVisible() and button.isEnabled():
                self.tap(button)
                return
        raise NotDone("no button stands for Enter")

    def tap_field(self, name: str, place: QRect | None = None) -> None:
        """The field with this name, or a part of it, so that the keys for it come."""
        shown = [one for one in self.screen().findChildren(QWidget) if one.isVisible() and one.accessibleName() == name]
        if not shown:
            raise NotDone(f"no field {name!r} is on show")
        self.tap(shown[0], place)

    def pick(self, box: QComboBox, words: str) -> None:
        """An entry of a list that opens."""
        self.tap(box)
        view = box.view()
        row = box.findText(words)
        place = view.visualRect(view.model().index(row, 0))
        if row < 0 or not view.viewport().rect().contains(place.center()):
            raise NotDone(f"{words!r} is not in sight in the list")
        self.tap(view.viewport(), place)

    def press_button(self, words: str, kind: type[DrawnButton] = DrawnButton) -> None:
        """The button with these words, or with this name where it has none."""
        shown = [one for one in self.till.window.findChildren(kind) if one.isVisible()]
        named = [one for one in shown if words in (one.text(), one.accessibleName())]
        if not named:
            raise NotDone(f"no button {words!r} is on show")
        self.tap(named[0])

    def choose(self, view: QAbstractItemView, row: int) -> None:
        index = view.model().index(row, 0)
        where = view.visualRect(index)
        self.tap(view.viewport(), where.intersected(view.viewport().rect()))

    def _enter_pin(self) -> None:
        self._enter(self._pad())

    def _enter(self, pad: Keypad | None) -> None:
        if pad is None:
            self._quietly(self.touch.panel.letters.key("enter"))
        elif "enter" in {key for row in pad._rows for key in row}:  # a PIN's pad has none
            self._quietly(pad.key("enter"))
        else:
            before = self._last_decision
            self.confirm()
            self.tally.decisions -= self._last_decision != before

    def _pad(self) -> Keypad | None:
        """The keypad on show: the page's own, or that of the keyboard on the screen; None for letters."""
        panel_pad = self.touch.panel.pad
        for pad in self.till.window.findChildren(Keypad):
            if pad is not panel_pad and pad.isVisible() and pad.isEnabled():
                return pad
        self._bring_keys()
        return panel_pad if panel_pad.isVisible() else None

    def _bring_keys(self) -> None:
        """A tap in the field, where the keys are not there yet."""
        if self.touch.is_shown:
            return
        field = QApplication.focusWidget()
        if field is None:
            raise NotDone("no field has the focus")
        parent = field.parentWidget()
        shown = parent if parent is not None and field.property("focus_ring") == "parent" else field
        self.tap(shown)
        if not self.touch.is_shown:
            raise NotDone(f"a tap in {type(field).__name__} shows no keys")

    def _key_that_hides(self) -> QWidget:
        """The keys on the screen are put away where they lie over what is aimed at."""
        panel = self.touch.panel
        return panel.close_pad if panel.close_pad.isVisible() else panel.letters.key("hide")

    def _letter(self, char: str) -> None:
        letters = self.touch.panel.letters
        if char == " ":
            self._quietly(letters.key("space"))
            return
        if char.isalpha() and char.isupper():
            self._quietly(letters.key("shift"))
        try:
            key = letters.key(char)
        except StopIteration:
            self._quietly(letters.key("signs"))
            key = letters.key(char)
        self._quietly(key)

    def _quietly(self, key: QWidget) -> None:
        """A key of what is being typed: no look at the window of its own."""
        before, decisions = self._last_decision, self.tally.decisions
        self.tap(key)
        self._last_decision, self.tally.decisions = before, decisions


def _combined(name: str) -> int:
    """A key as the table of actions writes it, for Qt."""
    keys: Any = QKeySequence(name, QKeySequence.SequenceFormat.PortableText)
    combined: int = keys[0].toCombined()
    return combined


class _Watch(QObject):
    """Sees what reaches the windows; `seen` names what should not have been there."""

    def __init__(self, forbidden: frozenset[QEvent.Type]) -> None:
        super().__init__()
        self._forbidden = forbidden
        self.scanning = False
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 # Qt's name
        if event.type() in self._forbidden and isinstance(watched, QWindow) and not self.scanning:
            self.seen.append(event.type().name)
        return False


def _touched(widget: QWidget, part: QRect) -> QRect:
    """The room that a press has: a bare field has that of its frame."""
    holder = widget.parentWidget()
    return holder.rect() if widget.property("bare") and holder is not None else part
