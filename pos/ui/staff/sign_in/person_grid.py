"""The people of the shop as cards, one chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from pos.application.text.names import ROLES, name_of
from pos.ui.look.theme import Space, Theme
from pos.ui.widgets.buttons.choice_card import ChoiceCard

if TYPE_CHECKING:
    from pos.application.text.translator import Translator
    from pos.domain.staff.staff import Person

COLUMNS = 3
RING = 4
"""Margin inside the edges for the ring around the focused card."""

_NARROWEST = 150


class PersonGrid(QScrollArea):
    """Three cards a row. `chosen` carries the person, chosen by hand or by `step`; `picked` means that a card was
    pressed.
    """

    chosen = Signal(object)
    picked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._people: list[Person] = []
        self._cards: list[ChoiceCard] = []
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(RING, RING, RING, RING)
        self._grid = QGridLayout()
        self._grid.setSpacing(Space.M)
        for index in range(COLUMNS):
            self._grid.setColumnStretch(index, 1)
        column.addLayout(self._grid)
        column.addStretch(1)
        self.setWidget(holder)

    def present(self, people: Sequence[Person], chosen: str, tr: Translator) -> None:
        """Show `people`; choose the one with the sign-in name `chosen`, or the first."""
        self.setAccessibleName(tr("Staff list"))
        if list(people) != self._people:
            self._rebuild(list(people))
        for person, card in zip(self._people, self._cards, strict=True):
            card.present(person.title[:1].upper(), person.title, name_of(ROLES, person.role, tr))
        names = [person.name for person in self._people]
        if names:
            self._choose(names.index(chosen) if chosen in names else 0)

    @property
    def person(self) -> Person | None:
        """The chosen person."""
        return next((p for p, card in zip(self._people, self._cards, strict=True) if card.isChecked()), None)

    def card(self, name: str) -> ChoiceCard:
        """The card of the person with this sign-in name."""
        return next(card for person, card in zip(self._people, self._cards, strict=True) if person.name == name)

    def step(self, by: int) -> None:
        """Choose the person `step` cards further; it stops at both ends."""
        person = self.person
        if person is not None:
            index = self._people.index(person) + by
            if 0 <= index < len(self._people):
                self._choose(index)

    def _choose(self, index: int) -> None:
        self._cards[index].setChecked(True)
        card = self._cards[index]
        QTimer.singleShot(0, card, lambda: self.ensureWidgetVisible(card, RING, RING))

    def _rebuild(self, people: list[Person]) -> None:
        for card in self._cards:
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._people = people
        self._cards = []
        for index, person in enumerate(people):
            card = ChoiceCard(self._theme, "", person.title, "")
            card.setMinimumWidth(_NARROWEST)
            card.toggled.connect(self._toggled)
            card.clicked.connect(self.picked)
            self._grid.addWidget(card, *divmod(index, COLUMNS))
            self._cards.append(card)

    def _toggled(self, on: bool) -> None:
        if on and self.person is not None:
            self.chosen.emit(self.person)
