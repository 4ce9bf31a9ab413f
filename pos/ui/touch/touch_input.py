"""When the keyboard on the screen is there: a finger in a field shows it, a key of a keyboard hides it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPointingDevice, QWindow
from PySide6.QtWidgets import QApplication, QWidget

from pos.application.catalogue.chinese_input import SuggestWords
from pos.application.text.translator import Translator
from pos.ui.input.field_memory import text_field
from pos.ui.look.event_loop import call_soon
from pos.ui.session.session import Session
from pos.ui.touch.finger_scroll import FingerScroll
from pos.ui.touch.touch_panel import Face, TouchPanel
from pos.ui.widgets.drawing.place_watch import PlaceWatch
from pos.ui.widgets.fields.input_hints import DIGITS, IN_SIGHT, LATIN, NUMBERS, OWN_PAD
from pos.ui.widgets.fields.search_box import SearchBox
from pos.ui.widgets.fields.sent_keys import send_key, send_text

_KEYS = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
"""A key that is a command comes as the first of them alone."""


class TouchInput(QObject):
    """One of the listeners of the window; it never filters an event.

    A tap in a field shows the keys for it, and so does a tap that leads to a form whose field then has the focus, also
    where the store is asked first. A search field shows them only where it is tapped itself: a page puts the cursor
    there for the scanner.
    `press` starts the step that a page has for a key; it returns whether there is one.
    """

    def __init__(
        self,
        app: QApplication,
        session: Session,
        press: Callable[[QKeyEvent], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._press = press
        self._panel: TouchPanel | None = None
        self._field: QWidget | None = None
        self._is_learning = False
        self._before: tuple[object, ...] = ()
        """What had the focus when the finger came down, and where: one field may serve for several figures."""
        self._is_left = False
        """Whether the finger has taken the focus out of the fields: a page that puts it back asks for what is typed."""
        self._awaits_form = False
        """Whether a tap was the last input: the keys come with the next field that gets the focus."""
        self.scroll = FingerScroll(app, self._is_finger, session.finishing.time_of, self)
        """What a finger that is dragged does; it listens by itself."""
        self.scroll.dragged.connect(self._make_way)
        self._place = PlaceWatch(self)
        self._place.changed.connect(self._stay_beside)
        app.focusChanged.connect(self._follow)
        session.language_changed.connect(self._retranslate)
        session.person_changed.connect(lambda _person: self.hide())

    def _retranslate(self, tr: Translator) -> None:
        if self._panel is not None:
            self._panel.retranslate(tr)

    @property
    def panel(self) -> TouchPanel:
        """The keyboard, made when a finger first needs it."""
        if self._panel is None:
            self._panel = panel = TouchPanel(self._session.theme)
            panel.typed.connect(self._type)
            panel.erased.connect(lambda: self._send(Qt.Key.Key_Backspace))
            panel.cleared.connect(self._clear)
            panel.entered.connect(self._enter)
            panel.hidden.connect(self.hide)
            panel.letters.composing.connect(self._learn)
            self._session.theme.dress(panel)
            panel.retranslate(self._session.translator)
        return self._panel

    @property
    def is_shown(self) -> bool:
        """Whether the keys are on the screen."""
        return self._panel is not None and shiboken6.isValid(self._panel) and not self._panel.isHidden()

    def hide(self) -> None:
        """Take the keys away."""
        self._field = None
        self._place.watch(None)
        if self._panel is not None and shiboken6.isValid(self._panel):
            self._panel.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if not isinstance(watched, QWindow):
            return False
        if kind in _KEYS and isinstance(event, QKeyEvent):
            self._awaits_form = self._session.by_finger = False
            self.hide()
        elif kind == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            self._session.by_finger = self._is_finger(event)
            self._awaits_form = self._is_left = False
            self._before = _trace_of(QApplication.focusWidget())
        elif kind == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent) and self._is_finger(event):
            position = event.globalPosition().toPoint()
            if not self._is_on_panel(position) and not self.scroll.is_dragging:
                call_soon(self, lambda: self._tapped(position))
        return False

    def _tapped(self, position: QPoint) -> None:
        if self._when != "never":
            self._offer(position)
        self._session.touched.emit()

    @property
    def _when(self) -> str:
        return self._session.settings.touch_keys_of(self._session.shop.till)

    def _is_finger(self, event: QMouseEvent) -> bool:
        """Whether it is of a finger, which the system may report as a mouse."""
        is_touch = event.pointerType() in (QPointingDevice.PointerType.Finger, QPointingDevice.PointerType.Pen)
        return is_touch or self._when == "tap"

    def _make_way(self, scrolled: QWidget) -> None:
        """The field moves, and may come to lie under the keys."""
        if self._field is not None and shiboken6.isValid(self._field) and scrolled.isAncestorOf(self._field):
            self.hide()

    def _stay_beside(self) -> None:
        """The field has moved, or what stands around it has grown: a finger makes room, an answer comes later."""
        if self.is_shown and self._field is not None and shiboken6.isValid(self._field) and self._field.isVisible():
            self._show_for(self._field)

    def _is_on_panel(self, position: QPoint) -> bool:
        return self.is_shown and _place_of(self.panel).contains(position)

    def _offer(self, position: QPoint) -> None:
        """After a tap at `position`: show the keys if it was on the field, or has led to it; a tap elsewhere hides
        them.
        """
        field = QApplication.focusWidget()
        self._awaits_form = True
        if field is None or face_of(field) is None:
            self.hide()
            return
        is_on_it = _place_of(_shown_part(field)).contains(position)
        leads_to_it = self._is_left or _trace_of(field) != self._before
        if is_on_it or (leads_to_it and not _is_of_search(field)):
            if field is not self._field or not self.is_shown:
                self._show_for(field)
        else:
            self.hide()

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        """While the keys are shown they go with the focus from field to field, and away with the last one. They come
        with the field that a tap leads to.
        """
        self._is_left = self._is_left or (now is not None and face_of(now) is None)
        if now is None or (now is self._field and self.is_shown) or not (self.is_shown or self._awaits_form):
            return
        if face_of(now) is None or _is_of_search(now):
            self.hide()
        else:
            call_soon(self, lambda: self._go_on(now))

    def _go_on(self, field: QWidget) -> None:
        if (self.is_shown or self._awaits_form) and shiboken6.isValid(field) and field.hasFocus():
            self._show_for(field)

    def _show_for(self, field: QWidget) -> None:
        face = face_of(field)
        if face is None:
            return
        self._field = field
        window, shown, kept = field.window(), _shown_part(field), _kept_around(field)
        self._place.watch(field)
        self.panel.show_for(window, _place_in(window, shown, shown.rect()), face, kept)

    def _learn(self) -> None:
        """Ask for the Chinese words of this shop: once, and not while the user waits."""
        if self._is_learning:
            return
        self._is_learning = True
        session, shop = self._session, self._session.shop
        chinese = shop.chinese_input

        def read(names: Sequence[str]) -> SuggestWords:
            shop.read_dictionary()  # in the way that does not slow the garbage collector of the window
            return chinese.make(names)

        def make(names: Sequence[str]) -> None:
            session.think(lambda: read(names), self.panel.letters.learn, self._forget_learning)

        session.run(chinese.names, make, self._forget_learning)

    def _forget_learning(self, _error: Exception) -> None:
        """The letters themselves can be typed meanwhile; the next layout asks again."""
        self._is_learning = False

    # ── what its keys do ─────────────────────────────────────────────────────────────────────────────────────

    def _target(self) -> QWidget | None:
        focus = QApplication.focusWidget()
        return focus if focus is not None and face_of(focus) is not None else None

    def _type(self, text: str) -> None:
        if (field := self._target()) is not None:
            send_text(field, text)

    def _send(self, key: Qt.Key) -> None:
        if (field := self._target()) is not None:
            send_key(field, key)

    def _clear(self) -> None:
        field = self._target()
        line = text_field(field)
        if line is not None:
            line.selectAll()  # an edit, as a person does it: the field hears of it
        self._send(Qt.Key.Key_Delete)

    def _enter(self) -> None:
        self._awaits_form = True
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r")
        if not self._press(event):
            self._send(Qt.Key.Key_Return)


def face_of(field: QWidget) -> Face | None:
    """Which keys a field takes; None for what is no field, or has a keypad of its own."""
    if field.property(OWN_PAD):
        return None
    line = text_field(field)
    hints = field.inputMethodHints() if line is None else line.inputMethodHints() | field.inputMethodHints()
    if hints & DIGITS:
        return Face.DIGITS
    if hints & NUMBERS:
        return Face.NUMBERS
    if line is None:
        return None
    return Face.LATIN if hints & LATIN else Face.LETTERS


def _is_of_search(field: QWidget) -> bool:
    """Whether it is the field in which a page puts the cursor for the scanner."""
    return isinstance(field.parentWidget(), SearchBox)


def _trace_of(field: QWidget | None) -> tuple[object, ...]:
    return () if field is None else (field, field.mapToGlobal(QPoint()), field.inputMethodHints())


def _shown_part(field: QWidget) -> QWidget:
    """The field with its frame."""
    parent = field.parentWidget()
    return parent if parent is not None and field.property("focus_ring") == "parent" else field


def _kept_around(field: QWidget) -> QRect | None:
    """What has to stay in sight around the field, in its window, as far as it is seen."""
    part: QWidget | None = field
    while part is not None and not part.isWindow():
        if part.property(IN_SIGHT):
            return _place_in(part.window(), part, part.visibleRegion().boundingRect())
        part = part.parentWidget()
    return None


def _place_in(window: QWidget, part: QWidget, box: QRect) -> QRect:
    return QRect(part.mapTo(window, box.topLeft()), box.size())


def _place_of(part: QWidget) -> QRect:
    return QRect(part.mapToGlobal(QPoint()), part.size())
