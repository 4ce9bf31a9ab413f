"""Practice at the customer's display: a payment code to scan, and buttons that say what the customer does with it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent

from pos.application.ports.partner_ports import PracticeOutcome
from pos.application.receipts.phone_receipt import Modules
from pos.application.text.translator import N_
from pos.domain.outside_partners.payment_code import PaymentCode
from pos.ui.sales.customer.display_element import DisplayPart, Measure
from pos.ui.sales.customer.speech import Speech
from pos.ui.sales.customer.view_models import Practice
from pos.ui.widgets.drawing.drawing import CENTRE, draw_box, draw_text

_OUTCOMES: Mapping[PracticeOutcome, str] = {
    PracticeOutcome.PAYS: N_("Pays"),
    PracticeOutcome.WAITS: N_("Waits"),
    PracticeOutcome.REFUSES: N_("Refuses"),
    PracticeOutcome.LINE_LOST: N_("Line lost"),
}
_SCHEME, _PREFIX, _MORE = "wechat", "13", 16
_HIGH, _GAP = 56, 10


def practice_code() -> PaymentCode:
    """A code of the shape of a phone's, which no provider knows and which is no identity number."""
    while True:
        code = PaymentCode(_SCHEME, _PREFIX + "".join(str(secrets.randbelow(10)) for _ in range(_MORE)))
        if not code.may_be_identity_number:
            return code


def practice_view(code: Modules, chosen: PracticeOutcome, both: Speech) -> Practice:
    """The code with its buttons, of which one is chosen."""
    answers = tuple((outcome.value, both(text)) for outcome, text in _OUTCOMES.items())
    return Practice(code, both("Practice: scan this code to pay"), answers, chosen.value)


class PracticeButtons(DisplayPart):
    """What the customer does from now on; `chosen` carries the name of a PracticeOutcome."""

    chosen = Signal(str)

    def __init__(self, measure: Measure) -> None:
        super().__init__(measure)
        self._shown = Practice((), "", (), "")

    @property
    def high(self) -> int:
        """The height that they need."""
        return (self.px(_HIGH) + self.px(_GAP)) * ((len(self._shown.answers) + 1) // 2)

    def present(self, shown: Practice) -> None:
        """Show the buttons."""
        if shown != self._shown:
            self._shown = shown
            self.describe(", ".join(text for _name, text in shown.answers))

    def box_of(self, name: str) -> QRect:
        """Where a button stands."""
        index = [one for one, _text in self._shown.answers].index(name)
        wide = (self.width() - self.px(_GAP)) // 2
        high = self.px(_HIGH)
        return QRect((index % 2) * (wide + self.px(_GAP)), (index // 2) * (high + self.px(_GAP)), wide, high)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A finger or the mouse."""
        if event.button() is Qt.MouseButton.LeftButton:
            for name, _text in self._shown.answers:
                if self.box_of(name).contains(event.position().toPoint()):
                    self.chosen.emit(name)
                    return

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colour = QPainter(self), self.theme.colour
        for name, text in self._shown.answers:
            box, is_chosen = self.box_of(name), name == self._shown.chosen
            fill, line = ("accent_soft", "accent") if is_chosen else ("surface", "line_strong")
            draw_box(painter, box, fill=colour(fill), line=colour(line), width=2 if is_chosen else 1)
            font = self.measure.fitting(text, 28, box.width() - self.px(16), bold=is_chosen, least=16)
            draw_text(painter, box, text, font, colour("text"), CENTRE)
