"""All keys of the page from which help was opened, and a few sentences about it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSlider, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from pos.ui.help.sentences import SENTENCES, TITLES
from pos.ui.input.actions import HELP, RAIL_KEYS, WELCOME, Action
from pos.ui.look.theme import Size, Space
from pos.ui.page.screen import Screen
from pos.ui.widgets.buttons.icon_button import IconButton
from pos.ui.widgets.buttons.key_cap import KeyCap
from pos.ui.widgets.drawing.layouts import Stretch, Stretched, hbox, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel

if TYPE_CHECKING:
    from pos.application.text.translator import Translator
    from pos.ui.session.session import Session

_COLUMNS = 2
_WIDTH = 880
_SCROLLS = {
    Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
}
_ENGRAVED = {"Return": "Enter", "Up": "↑", "Down": "↓", "Left": "←", "Right": "→"}


class HelpScreen(Screen):
    """Explains one page at a time; Esc and F1 lead back."""

    screen_id = HELP

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._screen_id = ""
        self._actions: tuple[Action, ...] = ()
        self._title = TextLabel(role=Role.SECTION)
        self._sentences = TextLabel(wrap=True)
        self._keys_title = TextLabel(role=Role.TITLE)
        self._version = TextLabel(f"Border POS {session.shop.version}", role=Role.LABEL)
        self._back = IconButton(session.theme, icon="arrow-left", key="Esc")
        self._back.clicked.connect(self._go_back)
        self._back.installEventFilter(self)
        actions = session.actions
        self.tour = IconButton(session.theme, icon="scan-line", key=actions.key_text("start_tour"), name="start_tour")
        self.guide = IconButton(session.theme, icon="store", key=actions.key_text("first_steps"), name="first_steps")
        self.tour.clicked.connect(self._start_tour)
        self.guide.clicked.connect(self._first_steps)
        self._card = Surface(Ground.CARD)
        self._grid = QGridLayout(self._card)
        self._grid.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        self._grid.setHorizontalSpacing(Space.M)
        self._grid.setVerticalSpacing(Space.S)
        self._lay_out()

    def explain(self, screen_id: str, bound: Iterable[str]) -> None:
        """Explain the screen `screen_id`, whose keys `bound` (action ids) work."""
        works = set(bound)
        self._screen_id = screen_id
        self._actions = tuple(
            action
            for action in self.session.actions.at(screen_id)
            if (action.id in works or action.handled_by_field) and action.id not in RAIL_KEYS[1:]
        )
        person = self.session.person
        self.tour.setVisible(self.session.shop.demo_tour is not None)
        self.guide.setVisible(person is not None and person.may("settings"))
        leads = (("start_tour", self.tour, self._start_tour), ("first_steps", self.guide, self._first_steps))
        self.key_handlers = {"back": self.key_handlers["back"]} | {
            name: go for name, shown, go in leads if not shown.isHidden()
        }
        self.retranslate(self.translator)

    def retranslate(self, tr: Translator) -> None:
        self._title.setText(tr(TITLES.get(self._screen_id, "Help")))
        self._sentences.setText("\n".join(tr(sentence) for sentence in SENTENCES.get(self._screen_id, ())))
        self._sentences.setVisible(bool(self._sentences.text()))
        self._keys_title.setText(tr("Keyboard shortcuts"))
        self.tour.present(tr("Tour: first sale"))
        self.guide.present(tr("Getting started"))
        self._back.present(tr("Back"), key=self.session.actions.key_text("back"))
        self._fill(tr)

    def entered(self) -> None:
        self._back.setFocus()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Arrows scroll what does not fit the screen."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        step = _SCROLLS.get(Qt.Key(event.key()))
        if step is not None:
            self._scroll.verticalScrollBar().triggerAction(step)
        return step is not None

    def _go_back(self) -> None:
        self.key_handlers["back"]()

    def _start_tour(self) -> None:
        self._go_back()
        self.session.tour_requested.emit()

    def _first_steps(self) -> None:
        self.session.go(WELCOME)

    def _fill(self, tr: Translator) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        rows = -(-len(self._actions) // _COLUMNS)
        for number, action in enumerate(self._actions):
            column, row = divmod(number, max(rows, 1))
            caps = QWidget()
            hbox(
                Stretch(),
                *self._caps(action),
                spacing=Space.XS,
                margins=0,
                parent=caps,
            )
            self._grid.addWidget(caps, row, column * 2)
            self._grid.addWidget(TextLabel(self.session.actions.text(action.id, tr), wrap=True), row, column * 2 + 1)
            self._grid.setRowMinimumHeight(row, Size.KEY_CAP + 2)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column * 2 + 1, 1)

    def _caps(self, action: Action) -> list[QWidget]:
        """The keys of an action; of the rail the first and the last."""
        keys = (action.key, *action.also)
        if action.id != RAIL_KEYS[0]:
            return [KeyCap(self.theme, key) for key in dict.fromkeys(_cap(key) for key in keys)]
        last = self.session.actions.key_text(RAIL_KEYS[-1])
        return [KeyCap(self.theme, action.key), TextLabel("–"), KeyCap(self.theme, last)]

    def _lay_out(self) -> None:
        page = QWidget()
        page.setMaximumWidth(_WIDTH)
        column = QVBoxLayout(page)
        column.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        column.setSpacing(Space.M)
        head = hbox(Stretched(self._title), self._back)
        column.addLayout(head)
        column.addWidget(self._sentences)
        leads = hbox(self.tour, self.guide, Stretch())
        column.addLayout(leads)
        column.addSpacing(Space.S)
        column.addWidget(self._keys_title)
        column.addWidget(self._card)
        column.addWidget(self._version)
        column.addStretch(1)
        holder = QWidget()
        hbox(Stretch(), Stretched(page, 100), Stretch(), margins=0, parent=holder)
        scroll = self._scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(holder)
        vbox(scroll, margins=0, parent=self)


def _cap(key: str) -> str:
    key = "+" if key == "Num++" else key
    for name, symbol in _ENGRAVED.items():
        key = key.removesuffix(name) + symbol if key == name or key.endswith(f"+{name}") else key
    return key
