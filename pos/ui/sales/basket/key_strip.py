"""The strip of keys under the basket: each key shows what it does and does it when pressed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.application.text.translator import Translator
from pos.ui.input.actions import Actions
from pos.ui.look.theme import Size, Space, Theme
from pos.ui.widgets.buttons.key_hint import GAPS, STACKED_HEIGHT, KeyHint
from pos.ui.widgets.drawing.layouts import Stretch, hbox, vbox
from pos.ui.widgets.drawing.surface import Ground, Line, Surface

_GIVES_WAY = frozenset({"void", "undo"})
"""What acts on the next row or step when it is done again."""


class KeyStrip(Surface):
    """The actions of one screen that have a hint and a handler; other keys are not shown.

    The keys move closer together when there is not enough room.
    """

    def __init__(self, theme: Theme, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(Ground.GROUND, parent)
        self._theme = theme
        self._actions = actions
        self._hints: dict[str, KeyHint] = {}
        self._said: dict[str, tuple[bool, str]] = {}
        self._put_in: tuple[list[KeyHint], ...] = ()
        """The hints in the order in which they are placed, by row."""
        self._lines: list[QWidget] = []
        self._translator = Translator.english()
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(Space.M, 0, Space.S, 0)
        self._rows.setSpacing(0)
        vbox(Line(), self._rows, spacing=0, margins=0, parent=self)
        self.setFixedHeight(Size.SMALL_BUTTON + 1)

    def take(self, screen_id: str, handlers: Mapping[str, Callable[[], None]]) -> None:
        """Show the keys of the page `screen_id` that have a handler."""
        for action in self._actions.hints(screen_id):
            step = handlers.get(action.id)
            if step is not None:
                hint = KeyHint(self._theme, action.key, "")
                hint.setFocusPolicy(Qt.FocusPolicy.TabFocus)
                hint.gives_way = action.id in _GIVES_WAY
                hint.clicked.connect(step)
                self._hints[action.id] = hint
        self._put((list(self._hints.values()),))

    def shown(self) -> tuple[str, ...]:
        """The ids of the actions shown, from left to right."""
        return tuple(self._hints)

    def hint(self, action_id: str) -> KeyHint:
        """The hint of a shown action."""
        return self._hints[action_id]

    def retranslate(self, tr: Translator) -> None:
        """Show the keys in another language."""
        self._translator = tr
        changed = [self._say(action_id, "") for action_id in self._hints]
        if any(changed):
            self._arrange()

    def show_done(self, action_id: str, done: str) -> None:
        """Fill an action's key and show `text` on it; an empty text shows what the key does."""
        if self._say(action_id, done):
            self._arrange()

    def _say(self, action_id: str, done: str) -> bool:
        """Whether the hint has changed, and may need another width."""
        hint = self._hints.get(action_id)
        says = (bool(done), done or self._actions.text(action_id, self._translator))
        if hint is None or self._said.get(action_id) == says:
            return False
        self._said[action_id] = says
        hint.setCheckable(bool(done))
        hint.setChecked(bool(done))
        hint.present(self._actions.key_text(action_id), says[1])
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """The widest gaps with which all hints fit; else each cap above its text, in as many rows as it takes."""
        room, hints = self.width() - Space.M - Space.S, list(self._hints.values())
        gaps = range(Space.S, Space.XS // 2 - 1, -1)
        words = sum(hint.width_with(0) for hint in hints)
        gap = next((gap for gap in gaps if words + len(hints) * GAPS * gap <= room), None)
        for hint in hints:
            hint.set_stacked(gap is None)
            hint.set_gap(gaps[-1] if gap is None else gap)
        rows = (hints,) if gap is not None else _in_rows(hints, room)
        if rows != self._put_in:
            self._put(rows)
        height = Size.SMALL_BUTTON if gap is not None else len(rows) * STACKED_HEIGHT
        self.setFixedHeight(height + 1)

    def _put(self, rows: tuple[list[KeyHint], ...]) -> None:
        before = self._lines
        self._lines = [QWidget() for _ in rows]
        for line, hints in zip(self._lines, rows, strict=True):
            hbox(*hints, Stretch(), spacing=0, margins=0, parent=line)
            self._rows.addWidget(line)
        for line in before:  # empty by now
            self._rows.removeWidget(line)
            line.deleteLater()
        self._put_in = rows

    def enable(self, action_id: str, on: bool) -> None:
        """Enable or disable a key."""
        hint = self._hints.get(action_id)
        if hint is not None:
            hint.setEnabled(on)


def _in_rows(hints: list[KeyHint], room: int) -> tuple[list[KeyHint], ...]:
    """Rows that fit, about as long as each other."""
    total = sum(hint.stacked_width for hint in hints)
    for count in range(max(1, -(-total // max(room, 1))), len(hints) + 1):
        size = -(-len(hints) // count)
        rows = tuple(hints[at : at + size] for at in range(0, len(hints), size))
        if all(sum(hint.stacked_width for hint in row) <= room for row in rows):
            return rows
    return tuple([hint] for hint in hints)
