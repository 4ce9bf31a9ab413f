"""Outcome of the rows as figures side by side: new, changed, unchanged, rejected."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from pos.application.text.formatting import number_text
from pos.application.text.translator import N_, Translator
from pos.application.text.typography import labelled
from pos.ui.look.theme import Space, Theme
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel

_CARDS = (
    ("created", N_("New goods"), "circle-plus", "within"),
    ("updated", N_("Changes"), "pencil", "accent"),
    ("repriced", N_("Prices that change"), "tag", "nearly"),
    ("unchanged", N_("Unchanged"), "circle-check", "muted"),
    ("rejected", N_("Rejected"), "circle-x", "over"),
)
_ICON = 20


class FiguresRow(QWidget):
    """Five figures; the accessible text of each has its name."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._names: dict[str, TextLabel] = {}
        self._figures: dict[str, TextLabel] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.S)
        for column, (key, _text, icon, token) in enumerate(_CARDS):
            card = Surface(Ground.CARD)
            inside = QGridLayout(card)
            inside.setContentsMargins(Space.M, Space.S, Space.S, Space.S)
            inside.setHorizontalSpacing(Space.S)
            inside.setVerticalSpacing(0)
            self._names[key] = TextLabel(role=Role.LABEL, wrap=True)
            self._figures[key] = TextLabel(role=Role.SECTION)
            inside.addWidget(self._names[key], 0, 0, 1, 2)
            inside.addWidget(_Icon(theme, icon, token), 1, 0)
            inside.addWidget(self._figures[key], 1, 1)
            inside.setColumnStretch(1, 1)
            grid.addWidget(card, 0, column)
            grid.setColumnStretch(column, 1)

    def present(self, counts: Mapping[str, int], tr: Translator) -> None:
        """Show these figures."""
        for key, text, _icon, _token in _CARDS:
            name = tr(text)
            figure = number_text(counts.get(key, 0), tr.language)
            self._names[key].setText(name)
            self._figures[key].setText(figure)
            self._figures[key].setAccessibleName(labelled(tr, name, figure))

    def figure(self, key: str) -> str:
        """One figure, as shown."""
        return self._figures[key].text()


class _Icon(QWidget):
    def __init__(self, theme: Theme, icon: str, token: str) -> None:
        super().__init__()
        self._theme, self._icon, self._token = theme, icon, token
        self.setFixedSize(_ICON, _ICON)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:
        self._theme.icons.paint(QPainter(self), self._icon, self._token, 0, 0, _ICON)
