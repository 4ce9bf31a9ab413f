"""The customer's pages of the payment: amounts due, given and left, then the thanks with the change."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent

from pos.application.receipts.phone_receipt import Modules
from pos.ui.sales.customer.basket_page import OtherCurrencies
from pos.ui.sales.customer.display_element import DisplayPart, LineOfText, Measure, stacked
from pos.ui.sales.customer.practice import PracticeButtons
from pos.ui.sales.customer.view_models import DisplayedAmount, Paying, Thanks
from pos.ui.widgets.drawing.drawing import CENTRE, RIGHT, draw_box, draw_text, text_width
from pos.ui.widgets.drawing.tone import Tone

_GIVEN = 54
_CODE, _CAPTION = 560, 56
_PRACTICE = 440
_QUIET = 4
"""Modules of light around a QR code (ISO/IEC 18004)."""
_NOTHING = Paying(DisplayedAmount("", ""), (), (), DisplayedAmount("", ""), "", Tone.INFO)


class ResultBox(DisplayPart):
    """An amount in the largest figures, under its heading, in the colours of a tone."""

    def __init__(self, measure: Measure) -> None:
        super().__init__(measure)
        self._shown: tuple[DisplayedAmount, str, Tone] | None = None

    def present(self, said: DisplayedAmount, second: str, tone: Tone) -> None:
        """Show an amount; `second` is a further amount."""
        if (said, second, tone) != self._shown:
            self._shown = (said, second, tone)
            self.describe(" ".join(part for part in (said.heading, said.amount, second) if part))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._shown is None:
            return
        said, second, tone = self._shown
        painter, px, colour = QPainter(self), self.px, self.theme.colour
        ink = colour(tone.ink)
        draw_box(painter, self.rect(), fill=colour(tone.ground), line=ink, width=2)
        inner = self.rect().adjusted(px(32), px(14), -px(32), -px(14))
        rest = px(64) if second else 0
        head, figure = stacked(inner, px(52), inner.height() - px(52) - rest)
        draw_text(painter, head, said.heading, self.measure.fitting(said.heading, 38, head.width(), bold=True), ink)
        size = min(170, (figure.height()) / self.measure.scale * 0.9)
        font = self.measure.fitting(said.amount, size, figure.width(), bold=True)
        draw_text(painter, figure, said.amount, font, colour("text"), CENTRE)
        if second:
            below = QRect(inner.x(), inner.bottom() - rest, inner.width(), rest)
            font = self.measure.fitting(second, 52, below.width(), bold=True)
            draw_text(painter, below, second, font, colour("text"), CENTRE)


class GivenList(DisplayPart):
    """What the customer has given, one line each."""

    def __init__(self, measure: Measure) -> None:
        super().__init__(measure)
        self._given: tuple[DisplayedAmount, ...] = ()

    def present(self, given: tuple[DisplayedAmount, ...]) -> None:
        """Show these lines."""
        if given != self._given:
            self._given = given
            self.describe("; ".join(f"{one.heading} {one.amount}" for one in given))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, high = QPainter(self), min(self.px(_GIVEN), self.height() // max(1, len(self._given)))
        for index, one in enumerate(self._given):
            box = QRect(0, index * high, self.width(), high)
            font = self.font_of(34, bold=True)
            wide = text_width(font, one.amount)
            draw_text(painter, box, one.amount, font, self.theme.colour("text"), RIGHT)
            rest = box.adjusted(0, 0, -wide - self.px(16), 0)
            draw_text(painter, rest, one.heading, self.font_of(32), self.theme.colour("muted"))
            painter.fillRect(QRect(0, box.bottom(), box.width(), 1), self.theme.colour("line"))


class ReceiptCode(DisplayPart):
    """A QR code, dark on white in every theme, over its caption."""

    def __init__(self, measure: Measure) -> None:
        super().__init__(measure)
        self._image = QImage()
        self._caption = ""

    def present(self, modules: Modules, caption: str) -> None:
        """Show a code; without modules nothing."""
        self._image, self._caption = _picture(modules), caption
        self.describe(caption)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._image.isNull():
            return
        painter, foot = QPainter(self), self.px(_CAPTION)
        side = self._image.width()
        room = min(self.width(), self.height() - foot)
        wide = max(1, room // side) * side  # whole pixels: a camera reads no blurred edges
        box = QRect((self.width() - wide) // 2, (self.height() - foot - wide) // 2, wide, wide)
        painter.drawImage(box, self._image)
        below = QRect(0, box.bottom() + 1, self.width(), foot)
        font = self.measure.fitting(self._caption, 30, below.width())
        draw_text(painter, below, self._caption, font, self.theme.colour("muted"), CENTRE)


def _picture(modules: Modules) -> QImage:
    """A pixel for each module, with the quiet zone that the standard asks for."""
    if not modules:
        return QImage()
    side = len(modules) + 2 * _QUIET
    image = QImage(side, side, QImage.Format.Format_Mono)
    image.fill(1)
    for y, row in enumerate(modules, start=_QUIET):
        for x, dark in enumerate(row, start=_QUIET):
            if dark:
                image.setPixel(x, y, 0)
    return image


class PayingPage(DisplayPart):
    """Shows a Paying."""

    def __init__(self, measure: Measure) -> None:
        super().__init__(measure)
        self.heading = LineOfText(measure, 32, token="muted")
        self.due = LineOfText(measure, 84, bold=True)
        self.others = OtherCurrencies(measure)
        self.given = GivenList(measure)
        self.result = ResultBox(measure)
        self.code, self.answers = ReceiptCode(measure), PracticeButtons(measure)
        for part in (self.heading, self.due, self.others, self.given, self.result, self.code, self.answers):
            part.setParent(self)

    def present(self, view: Paying) -> None:
        """Show a payment."""
        practice = view.practice
        moved = (practice is None) is not self.answers.isHidden()
        self.code.setVisible(practice is not None)
        self.answers.setVisible(practice is not None)
        if practice is not None:
            self.code.present(practice.code, practice.caption)
            self.answers.present(practice)
        if moved:
            self._arrange()
        self.heading.present(view.due.heading)
        self.due.present(view.due.amount)
        self.others.present(view.others)
        self.given.present(view.given)
        self.result.present(view.result, view.second, view.tone)

    def forget(self) -> None:
        self.present(_NOTHING)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._arrange()

    def _arrange(self) -> None:
        px, margin = self.px, self.px(32)
        inner = self.rect().adjusted(margin, px(4), -margin, -px(28))
        if not self.answers.isHidden():
            side = min(px(_PRACTICE), inner.width() // 2)
            right = QRect(inner.right() + 1 - side, inner.y(), side, inner.height())
            below = self.answers.high
            self.answers.setGeometry(QRect(right.x(), right.bottom() + 1 - below, side, below))
            self.code.setGeometry(right.adjusted(0, 0, 0, -below - px(12)))
            inner.setRight(right.x() - px(32))
        top, result = px(196), min(px(300), inner.height() // 2)
        head, due, others = stacked(inner, px(44), px(92), px(52))
        self.heading.setGeometry(head)
        self.due.setGeometry(due)
        self.others.setGeometry(others)
        self.result.setGeometry(QRect(inner.x(), inner.bottom() + 1 - result, inner.width(), result))
        given = QRect(inner.x(), inner.y() + top, inner.width(), inner.height() - top - result - px(12))
        self.given.setGeometry(given)


class ThanksPage(DisplayPart):
    """Shows a Thanks; the receipt for the phone at the right of the rest."""

    def __init__(self, measure: Measure) -> None:
        super().__init__(measure)
        self.code = ReceiptCode(measure)
        self.thanks = LineOfText(measure, 88, bold=True, align=CENTRE)
        self.change = ResultBox(measure)
        self.wish = LineOfText(measure, 44, token="muted", align=CENTRE)
        for part in (self.thanks, self.change, self.wish, self.code):
            part.setParent(self)

    def present(self, view: Thanks) -> None:
        """Show that the sale is recorded."""
        self.change.setVisible(view.change is not None)
        self.code.setVisible(bool(view.code))
        self.code.present(view.code, view.caption)
        self.thanks.present(view.thanks)
        self.wish.present(view.wish)
        if view.change is not None:
            self.change.present(view.change, view.second, Tone.WITHIN)
        self._arrange()

    def forget(self) -> None:
        self.present(Thanks("", DisplayedAmount("", ""), "", ""))

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._arrange()

    def _arrange(self) -> None:
        px, inner = self.px, self.rect().adjusted(self.px(64), 0, -self.px(64), 0)
        if not self.code.isHidden():
            side = min(px(_CODE), inner.height() - px(_CAPTION), inner.width() // 2)
            right, high = QRect(inner), side + px(_CAPTION)
            right.setLeft(inner.right() + 1 - side)
            self.code.setGeometry(QRect(right.x(), inner.y() + (inner.height() - high) // 2, side, high))
            inner.setRight(right.x() - px(40))
        box = 0 if self.change.isHidden() else px(340)
        high = px(120) + (px(28) + box if box else 0) + px(28) + px(64)
        top = inner.y() + max(0, (inner.height() - high) // 2 - px(20))
        self.thanks.setGeometry(QRect(inner.x(), top, inner.width(), px(120)))
        top += px(120) + px(28)
        if box:
            self.change.setGeometry(QRect(inner.x(), top, inner.width(), box))
            top += box + px(28)
        self.wish.setGeometry(QRect(inner.x(), top, inner.width(), px(64)))
