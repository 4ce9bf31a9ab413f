"""The menu of everything that the page can do and shows no button for: what has only a key is found here by finger."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from pos.ui.input.actions import RAIL_KEYS
from pos.ui.widgets.buttons.icon_button import IconButton
from pos.ui.widgets.buttons.key_hint import KeyHint
from pos.ui.widgets.buttons.option_button import OptionButton

if TYPE_CHECKING:
    from pos.ui.input.key_bindings import KeyBindings
    from pos.ui.session.session import Session

_ON_THE_FRAME = frozenset({"help", "lock", "back", "save_table", *RAIL_KEYS})
"""Actions with a button in the frame around the page."""


class ActionMenu(QObject):
    """Opens at a button. `page` is the page on show, whose keys `keys` has bound."""

    def __init__(self, session: Session, keys: KeyBindings, button: QWidget) -> None:
        super().__init__(button)
        self._session, self._keys, self._button = session, keys, button
        self.menu: QMenu | None = None
        """The open menu."""

    def offered(self, page: QWidget) -> list[str]:
        """The ids of the actions that the page has no button for, in the order of the table."""
        shown = {
            button.key
            for button in page.findChildren(QWidget)
            if isinstance(button, IconButton | KeyHint | OptionButton) and button.isVisible()
        }
        return [
            action.id
            for action in self._keys.offered()
            if action.id not in _ON_THE_FRAME and self._session.actions.key_text(action.id) not in shown
        ]

    def open(self, page: QWidget) -> None:
        """Show the menu under its button."""
        session, actions, tr = self._session, self._session.actions, self._session.translator
        menu = QMenu(self._button)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(tr("More actions"))
        for action_id in self.offered(page):
            entry = menu.addAction(f"{actions.text(action_id, tr)}\t{actions.key_text(action_id)}")
            entry.triggered.connect(partial(self._start, action_id))
        if menu.isEmpty():
            menu.addAction(tr("Every action of this page has a button.")).setEnabled(False)
        self.menu = menu
        session.finishing.turned()  # the second half of the tap that opens it starts nothing
        menu.aboutToHide.connect(self._closed)
        menu.popup(self._button.mapToGlobal(QPoint(0, self._button.height())))

    def _closed(self) -> None:
        self.menu = None

    def _start(self, action_id: str, _on: bool = False) -> None:
        if not self._session.finishing.left:
            self._keys.start(action_id)
