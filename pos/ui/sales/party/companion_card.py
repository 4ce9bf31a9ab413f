"""One visitor of a party: a card with the tightest limits while there is room, otherwise two lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.application.text.translator import Translator
from pos.application.text.typography import labelled
from pos.ui.look.theme import Size, Space, Theme, Type
from pos.ui.quota.party_words import CompanionView
from pos.ui.widgets.buttons.avatar import draw_avatar
from pos.ui.widgets.buttons.drawn_button import DrawnButton, Look
from pos.ui.widgets.buttons.tool_button import HEIGHT, ToolButton
from pos.ui.widgets.cards.quota_gauge import Density, GaugeView, QuotaGauge
from pos.ui.widgets.drawing.drawing import LEFT, RIGHT, draw_text, text_width

_PADDING = 12
_AVATAR = 32
_HEAD = 48
_REMARK = 18
_PITCH = 48
_COMPACT = 50
_TOOLS = ("elsewhere", "left", "history", "dismiss")
_ICONS = {"elsewhere": "shopping-bag", "left": "log-out", "history": "history", "dismiss": "x"}
_ROOMY = 340
"""Pixels from which a third button leaves room for the name."""


class CompanionCard(DrawnButton):
    """Shows a CompanionView; a press chooses the visitor.

    `requested` carries `elsewhere`, `left`, `history` or `dismiss` and the label. All but the last are of the chosen
    visitor only; `history` gives way to `left`, and where there is little room.
    """

    requested = Signal(str, str)

    def __init__(self, theme: Theme, key_of: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(theme, "", "", parent)
        self._key_of = key_of
        self._view: CompanionView | None = None
        self._translator = Translator.english()
        self._gauges: list[QuotaGauge] = []
        self._shown = 0
        self._offers_history = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # after a click the focus stays in the scan field
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._tools = {name: ToolButton(theme, _ICONS[name], worded=False, parent=self) for name in _TOOLS}
        for name, tool in self._tools.items():
            tool.clicked.connect(lambda _on=False, name=name: self._emit_requested(name))

    @property
    def view(self) -> CompanionView | None:
        """The visitor shown."""
        return self._view

    def tool(self, name: str) -> ToolButton:
        """The small button `elsewhere`, `left` or `dismiss`."""
        return self._tools[name]

    def tools(self) -> tuple[ToolButton, ...]:
        """The small buttons from left to right."""
        return tuple(self._tools.values())

    def gauges(self) -> list[QuotaGauge]:
        """The gauges shown."""
        return self._gauges[: self._shown]

    def present(self, view: CompanionView, tr: Translator) -> None:
        """Show a visitor."""
        if view == self._view:
            return
        self._view, self._translator = view, tr
        names = {
            "elsewhere": tr("Bought elsewhere"),
            "left": tr("Has left"),
            "history": tr("Visitor's history"),
            "dismiss": tr("Remove {visitor}", visitor=f"{view.label} {view.name}"),
        }
        self._tools["elsewhere"].setVisible(view.chosen)
        self._tools["left"].setVisible(view.chosen and view.pending)
        for name, tool in self._tools.items():
            tool.present(names[name], self._key_of(name))
        self.setAccessibleName(f"{view.label}, {view.name}, {view.state_text}")
        self.setAccessibleDescription(", ".join(part for part in (view.second, view.remark) if part))
        self._place_tools()
        self.update()

    def offer_history(self, offered: bool) -> None:
        """Whether the person at the till may see what is on file of a visitor."""
        self._offers_history = offered
        self._place_tools()

    def show_gauges(self, count: int, tr: Translator) -> None:
        """Show this many of the gauges, and how many more there are; zero makes the card two lines."""
        view = self._view
        if view is None:
            return
        self._shown = min(count, len(view.gauges))
        while len(self._gauges) < self._shown:
            gauge = QuotaGauge(self.theme, Density.PARTY, self)
            gauge.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._gauges.append(gauge)
        hidden = len(view.gauges) - self._shown
        more = tr.plural("+{n} more", "+{n} more", hidden) if hidden else ""
        for index, gauge in enumerate(self._gauges):
            gauge.setVisible(index < self._shown)
            if index < self._shown:
                gauge.present(_with_aside(view.gauges[index], more if index == self._shown - 1 else ""))
        self.setFixedHeight(self.height_with(self._shown))
        self._place_gauges()
        self.update()

    def height_with(self, count: int) -> int:
        """The height of the card with this many gauges."""
        view = self._view
        count = min(count, len(view.gauges)) if view is not None else count
        if not count:
            return _COMPACT
        return _HEAD + (_REMARK if view is not None and view.remark else 0) + count * _PITCH + Space.XS

    def sizeHint(self) -> QSize:
        return QSize(352, self.height_with(self._shown))

    def minimumSizeHint(self) -> QSize:
        """Names are elided where a scroll bar takes room."""
        return QSize(0, self.height_with(self._shown))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_tools()
        self._place_gauges()

    def paintEvent(self, _event: QPaintEvent) -> None:
        view = self._view
        if view is None:
            return
        painter = QPainter(self)
        ground = "sunken" if self.hovered and not view.chosen else "surface"
        self.draw_ground(
            painter,
            Look(ground, "accent", "text", width=2) if view.chosen else Look(ground, "line_strong", "text"),
        )
        top = (self.height() - _AVATAR) // 2 if not self._shown else Space.S + 1
        draw_avatar(
            painter, self.theme, QRect(_PADDING, top, _AVATAR, _AVATAR), view.label, chosen=view.chosen, ground="sunken"
        )
        x = _PADDING + _AVATAR + _PADDING - 2
        room = self._tools_from() - Space.XS - x
        strong, label = self.theme.font(Type.BODY, bold=True), self.theme.font(Type.LABEL)
        text, muted = self.colour("text"), self.colour("muted")
        draw_text(painter, QRect(x, 5, room, 20), view.name, strong, text, LEFT)
        second = QRect(x, 25, room, 18)
        if not self._shown:
            self._draw_tightest(painter, view, second)
            return
        draw_text(painter, second, view.second, label, muted, LEFT)
        if view.remark:
            ink = self.colour("nearly" if view.remark_warns else "muted")
            remark = QRect(_PADDING, _HEAD - 3, self.width() - 2 * _PADDING, _REMARK)
            draw_text(painter, remark, view.remark, label, ink, LEFT)

    def _draw_tightest(self, painter: QPainter, view: CompanionView, box: QRect) -> None:
        """The second line without room for a gauge: state, word, and the rest of the tightest limit."""
        label, bold = self.theme.font(Type.LABEL), self.theme.font(Type.LABEL, bold=True)
        if not view.gauges:
            draw_text(painter, box, view.remark or view.second, label, self.colour("muted"), LEFT)
            return
        tightest = view.gauges[0]
        token = tightest.state.tone.ink
        self.theme.icons.paint(painter, tightest.state.icon, token, box.x(), box.y() + 1, Size.KEY_CAP - 6)
        x = box.x() + Size.KEY_CAP - 6 + 6
        said, figure = (
            labelled(self._translator, tightest.title, tightest.word),
            f"{tightest.lead} {tightest.figure}".strip(),
        )
        right = box.right() + 1
        if text_width(bold, said) + Space.S + text_width(bold, figure) > right - x:
            figure = tightest.figure  # the word of the state says it too
        width = text_width(bold, figure)
        draw_text(painter, QRect(right - width, box.y(), width + 1, box.height()), figure, bold,
                  self.colour("text" if tightest.state.tone.ink == "within" else token), RIGHT)  # fmt: skip
        draw_text(painter, QRect(x, box.y(), right - width - Space.S - x, box.height()), said, bold,
                  self.colour(token), LEFT)  # fmt: skip

    def _visible_tools(self) -> list[ToolButton]:
        return [tool for tool in self._tools.values() if not tool.isHidden()]

    def _tools_from(self) -> int:
        return self.width() - 6 - HEIGHT * len(self._visible_tools())

    def _place_tools(self) -> None:
        view, has_room = self._view, self.width() >= _ROOMY
        offered = self._offers_history and view is not None and view.chosen and not view.pending
        self._tools["history"].setVisible(offered and has_room)
        x = self._tools_from()
        for tool in self._visible_tools():
            tool.setGeometry(x, (_COMPACT - HEIGHT) // 2, HEIGHT, HEIGHT)
            x += HEIGHT

    def _place_gauges(self) -> None:
        remark = self._view is not None and bool(self._view.remark)
        y = _HEAD + (_REMARK if remark else 0)
        for gauge in self._gauges[: self._shown]:
            gauge.setGeometry(_PADDING, y, self.width() - 2 * _PADDING, _PITCH)
            y += _PITCH

    def _emit_requested(self, what: str) -> None:
        if self._view is not None:
            self.requested.emit(what, self._view.label)


def _with_aside(gauge: GaugeView, aside: str) -> GaugeView:
    return replace(gauge, aside=aside) if aside else gauge
