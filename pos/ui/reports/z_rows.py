"""The shifts of a day in a list: each Z with person, time and count differences, then the open shifts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from pos.application.text.formatting import instant_text, money_text, time_text
from pos.application.text.translator import Translator
from pos.domain.reports.day_report import ClosedShift, DayReport, OpenedShift
from pos.ui.look.theme import Space, Theme, Type
from pos.ui.widgets.drawing.drawing import LEFT, RIGHT, draw_text
from pos.ui.widgets.tables.row_list import Row

_ICON = 16
_NUMBER, _AMOUNT = 152, 120
_OPEN = "open:"


@dataclass(frozen=True, slots=True)
class ShiftRow(Row):
    """One shift: the number of its Z, person and time, sales, and the outcome of its count (`token` its colour)."""

    number: str = ""
    who: str = ""
    amount: str = ""
    state: str = ""
    token: str = "muted"
    icon: str = ""

    def paint(self, painter: QPainter, theme: Theme, box: QRect) -> None:
        room = box.width() - 2 * Space.M - _NUMBER - _AMOUNT - 3 * Space.M
        who = room * 2 // 5
        x = box.x() + Space.M

        def cell(width: int) -> QRect:
            nonlocal x
            span = QRect(x, box.y(), width, box.height() - 1)
            x += width + Space.M
            return span

        muted, text = theme.colour("muted"), theme.colour("text")
        draw_text(painter, cell(_NUMBER), self.number, theme.font(Type.BODY, bold=True), text, LEFT)
        draw_text(painter, cell(who), self.who, theme.font(Type.LABEL), muted, LEFT)
        draw_text(painter, cell(_AMOUNT), self.amount, theme.font(Type.BODY), text, RIGHT)
        last = cell(room - who)
        theme.icons.paint(painter, self.icon, self.token, last.x(), last.center().y() - _ICON // 2, _ICON)
        last.setLeft(last.x() + _ICON + Space.S)
        draw_text(painter, last, self.state, theme.font(Type.LABEL, bold=True), theme.colour(self.token), LEFT)


def shift_rows(report: DayReport, names: Mapping[str, str], zone: tzinfo, tr: Translator) -> list[Row]:
    """The Zs in the order of their closing, then the open shifts."""
    return [
        *(_closed(one, names, zone, tr) for one in report.closed),
        *(_open(one, names, zone, tr) for one in report.open),
    ]


def z_of(key: str) -> tuple[str, int] | None:
    """Till and number of the Z in the row with this key; None if the shift is open."""
    if key.startswith(_OPEN) or ":" not in key:
        return None
    till, number = key.split(":")
    return till, int(number)


def open_till_of(key: str) -> str | None:
    """The till of the open shift in the row with this key; None if the shift has its Z."""
    return key.removeprefix(_OPEN) if key.startswith(_OPEN) else None


def _closed(one: ClosedShift, names: Mapping[str, str], zone: tzinfo, tr: Translator) -> Row:
    cashier, by = (names.get(name, name) for name in (one.cashier, one.closed_by))
    who = " · ".join(dict.fromkeys((cashier, by, time_text(one.at.astimezone(zone)))))
    amount = money_text(one.amount, tr.language)
    if not one.differences:
        state, token, icon = tr("matches"), "within", "circle-check"
    else:
        parts = (money_text(money, tr.language, cash=True, plus=True) for money in one.differences)
        short = any(money.minor < 0 for money in one.differences)
        state, token, icon = " · ".join(parts), "over" if short else "nearly", "triangle-alert"
    spoken = ", ".join((one.name, who, amount, state))
    return ShiftRow(f"{one.till}:{one.number}", spoken, "", one.name, who, amount, state, token, icon)


def _open(one: OpenedShift, names: Mapping[str, str], zone: tzinfo, tr: Translator) -> Row:
    number = f"{one.till} · {tr('Shift {number}', number=one.number)}"
    since = instant_text(one.opened_at, zone, tr.language)
    who = " · ".join((*(names.get(name, name) for name in one.people), since))
    state = tr("still open")
    spoken = ", ".join((number, who, state))
    return ShiftRow(f"{_OPEN}{one.till}", spoken, "", number, who, "", state, "muted", "lock-open")
