"""The customer's pages while there is no customer: the welcome with the rates, and the page of a closed till."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap

from pos.application.settings.setting_kinds import logo_png
from pos.ui.look.picture_reader import of_the_store
from pos.ui.sales.customer.display_element import DisplayPart, Measure
from pos.ui.sales.customer.view_models import ClosedView, Welcome
from pos.ui.widgets.drawing.drawing import CENTRE, RIGHT, draw_box, draw_text

_LOGO = 130
_PAPER = 0xFFFFFFFF
"""A logo is made for paper, which is white in either theme."""


class WelcomePage(DisplayPart):
    """Shows a Welcome."""

    def __init__(self, measure: Measure) -> None:
        super().__init__(measure)
        self._view: Welcome | None = None
        self._logo = QPixmap()

    def present(self, view: Welcome) -> None:
        """Show the shop."""
        if view == self._view:
            return
        if self._view is None or view.logo != self._view.logo:
            self._logo = QPixmap.fromImage(of_the_store(logo_png(view.logo))) if view.logo else QPixmap()
        self._view = view
        rates = (f"{row.code} {row.takes} {row.gives}" for row in view.rates)
        self.describe("; ".join(part for part in (view.shop, *view.greetings, view.rates_title, *rates) if part))

    def paintEvent(self, _event: QPaintEvent) -> None:
        view = self._view
        if view is None:
            return
        painter, px = QPainter(self), self.px
        inner = self.rect().adjusted(px(48), px(40), -px(48), -px(40))
        board = px(640) if view.rates else 0
        left = inner.adjusted(0, 0, -(board + px(48)) if board else 0, 0)
        self._draw_shop(painter, left, view, CENTRE if not board else Qt.AlignmentFlag.AlignVCenter)
        if board:
            self._draw_rates(painter, QRect(inner.right() + 1 - board, inner.y(), board, inner.height()), view)

    def _draw_shop(self, painter: QPainter, box: QRect, view: Welcome, align: Qt.AlignmentFlag) -> None:
        px, colour = self.px, self.theme.colour
        logo = 0 if self._logo.isNull() else px(_LOGO) + px(32)
        line = px(74)
        high = logo + px(96) + px(24) + line * len(view.greetings)
        top = box.y() + max(0, (box.height() - high) // 2)
        if logo:
            ground = QRect(box.x(), top, box.width(), px(_LOGO))
            picture = self._logo.size().scaled(
                box.width() - px(32), ground.height() - px(24), Qt.AspectRatioMode.KeepAspectRatio
            )
            left = box.x() if align != CENTRE else box.center().x() - picture.width() // 2
            ground_box = QRect(left, top, picture.width() + px(32), ground.height())
            draw_box(painter, ground_box, fill=QColor(_PAPER), line=colour("line"))
            painter.drawPixmap(QRect(left + px(16), top + px(12), picture.width(), picture.height()), self._logo)
            top += logo
        name = QRect(box.x(), top, box.width(), px(96))
        font = self.measure.fitting(view.shop, 72, box.width(), bold=True)
        draw_text(painter, name, view.shop, font, colour("text"), align)
        top += px(96) + px(24)
        for index, greeting in enumerate(view.greetings):
            at = QRect(box.x(), top + index * line, box.width(), line)
            ink = colour("accent" if index < 2 else "muted")
            draw_text(painter, at, greeting, self.measure.fitting(greeting, 50, box.width()), ink, align)

    def _draw_rates(self, painter: QPainter, box: QRect, view: Welcome) -> None:
        px, colour = self.px, self.theme.colour
        row, head = px(96), px(150)
        high = head + row * len(view.rates) + px(8)
        card = QRect(box.x(), box.y() + max(0, (box.height() - high) // 2), box.width(), high)
        draw_box(painter, card, fill=colour("surface"), line=colour("line"))
        inner = card.adjusted(px(28), 0, -px(28), 0)
        title = self.measure.fitting(view.rates_title, 36, inner.width(), bold=True)
        above = QRect(inner.x(), card.y() + px(20), inner.width(), px(56))
        draw_text(painter, above, view.rates_title, title, colour("text"))
        column = px(186)
        takes = QRect(inner.right() - 2 * column, card.y() + px(84), column, px(56))
        gives = takes.translated(column, 0)
        for at, said in ((takes, view.takes), (gives, view.gives)):
            self._draw_heading(painter, at.adjusted(px(10), 0, 0, 0), said)
        for index, one in enumerate(view.rates):
            top = card.y() + head + index * row
            painter.fillRect(QRect(inner.x(), top, inner.width(), 1), colour("line"))
            code = QRect(inner.x(), top + px(8), inner.width() - 2 * column, px(48))
            draw_text(painter, code, one.code, self.font_of(40, bold=True), colour("text"))
            name = QRect(code.x(), code.bottom() - px(2), code.width(), px(32))
            draw_text(painter, name, one.name, self.measure.fitting(one.name, 25, name.width()), colour("muted"))
            for at, figure in ((takes, one.takes), (gives, one.gives)):
                spot = QRect(at.x(), top, at.width(), row)
                font = self.measure.fitting(figure, 44, at.width() - px(8), bold=True)
                draw_text(painter, spot, figure, font, colour("text"), RIGHT)

    def _draw_heading(self, painter: QPainter, box: QRect, said: str) -> None:
        """Draw the heading of a column, each language on its own line."""
        parts = said.split(" · ")
        high = box.height() // len(parts)
        for index, part in enumerate(parts):
            at = QRect(box.x(), box.y() + index * high, box.width(), high)
            draw_text(painter, at, part, self.measure.fitting(part, 25, box.width()), self.theme.colour("muted"), RIGHT)


class ClosedPage(DisplayPart):
    """Shows a ClosedView."""

    def __init__(self, measure: Measure) -> None:
        super().__init__(measure)
        self._view: ClosedView | None = None

    def present(self, view: ClosedView) -> None:
        """Show that the till does not serve now."""
        if view != self._view:
            self._view = view
            self.describe("; ".join(view.sentences))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._view is None:
            return
        painter, px, colour = QPainter(self), self.px, self.theme.colour
        line, side = px(88), px(104)
        high = side + px(40) + line * len(self._view.sentences)
        top = max(0, (self.height() - high) // 2)
        self.theme.icons.paint(painter, self._view.icon, "muted", (self.width() - side) // 2, top, side)
        top += side + px(40)
        for index, sentence in enumerate(self._view.sentences):
            at = QRect(px(32), top + index * line, self.width() - px(64), line)
            font = self.measure.fitting(sentence, 54, at.width(), bold=index < 2)
            draw_text(painter, at, sentence, font, colour("text" if index < 2 else "muted"), CENTRE)
