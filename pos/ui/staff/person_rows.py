"""The rows of the staff: name, role, state, last sign-in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from pos.application.ports.staff_ports import StaffRecord
from pos.application.text.names import ROLES, name_of
from pos.application.text.translator import Translator
from pos.ui.look.theme import Size, Space, Theme, Type
from pos.ui.staff.staff_words import StaffState
from pos.ui.widgets.buttons.avatar import draw_avatar
from pos.ui.widgets.drawing.drawing import LEFT, draw_text
from pos.ui.widgets.tables.columns import Span
from pos.ui.widgets.tables.row_list import Row
from pos.ui.widgets.tables.row_table import ColumnHeader

_AVATAR, _ICON = 32, 16
_ROLE, _SEEN = 128, 152
_UPPER, _LOWER = (6, 22), (29, 20)
"""Top and height of the two lines of a row."""


_NOTHING = StaffState("", "", "muted")
_ROOMY = 680
"""The least width of a row with all columns."""


@dataclass(frozen=True, slots=True)
class PersonColumns:
    """Left edges and widths of the columns of a row, in pixels."""

    who: Span
    role: Span
    state: Span
    seen: Span

    @classmethod
    def of(cls, width: int) -> PersonColumns:
        """The columns of a row `width` px wide: name and state share the rest.

        In a narrow one the last sign-in is left out: it stands beside the list.
        """
        last = _SEEN if width >= _ROOMY else -Space.M
        rest = max(0, width - _ROLE - last - 2 * Space.L - 3 * Space.M)
        who = rest * 48 // 100
        role = Space.L + who + Space.M
        state = role + _ROLE + Space.M
        seen = state + rest - who + Space.M
        return cls((Space.L, who), (role, _ROLE), (state, rest - who), (seen, max(0, last)))


@dataclass(frozen=True, slots=True)
class PersonRow(Row):
    """One person of the staff; a disabled one is grey, `unsaved` says that another name or role is not saved yet."""

    title: str = ""
    role: str = ""
    state: StaffState = _NOTHING
    seen: str = ""
    active: bool = True
    unsaved: str = ""

    def height(self, _theme: Theme, _width: int) -> int:
        return Size.ROW

    def paint(self, painter: QPainter, theme: Theme, box: QRect) -> None:
        colour, font, at = theme.colour, theme.font, PersonColumns.of(box.width())
        ink = colour("text" if self.active else "muted")

        def line(span: Span, part: tuple[int, int] = (0, box.height()), lead: int = 0) -> QRect:
            return QRect(box.x() + span[0] + lead, box.y() + part[0], span[1] - lead, part[1])

        middle = box.y() + box.height() // 2
        circle = QRect(box.x() + at.who[0], middle - _AVATAR // 2, _AVATAR, _AVATAR)
        draw_avatar(painter, theme, circle, self.title[:1])
        lead = _AVATAR + 12
        draw_text(painter, line(at.who, _UPPER, lead), self.title, font(Type.BODY, bold=self.active), ink)
        draw_text(painter, line(at.who, _LOWER, lead), self.key, font(Type.LABEL), colour("muted"))
        where = line(at.role, _UPPER if self.unsaved else (0, box.height()))
        draw_text(painter, where, self.role, font(Type.BODY), ink)
        draw_text(painter, line(at.role, _LOWER), self.unsaved, font(Type.LABEL, bold=True), colour("nearly"))
        token = self.state.token
        theme.icons.paint(painter, self.state.icon, token, box.x() + at.state[0], middle - _ICON // 2, _ICON)
        lead, until = _ICON + Space.S, self.state.until
        where = line(at.state, _UPPER if until else (0, box.height()), lead)
        draw_text(painter, where, self.state.text, font(Type.LABEL, bold=True), colour(token))
        draw_text(painter, line(at.state, _LOWER, lead), until, font(Type.LABEL), colour("muted"))
        if at.seen[1]:
            draw_text(painter, line(at.seen), self.seen, font(Type.LABEL), colour("muted"))


class PersonHeader(ColumnHeader):
    """The names of the columns."""

    def retranslate(self, tr: Translator) -> None:
        """Name the columns."""
        self.name(tr("Person"), tr("Role"), tr("State"), tr("Last sign-in"))

    def spans(self, width: int) -> list[tuple[Span, Qt.AlignmentFlag]]:
        at = PersonColumns.of(width)
        return [(at.who, LEFT), (at.role, LEFT), (at.state, LEFT), (at.seen, LEFT)]


def rows_of(
    records: Sequence[StaffRecord],
    state: Callable[[StaffRecord], StaffState],
    seen: Callable[[StaffRecord], str],
    unsaved: Collection[str],
    tr: Translator,
) -> list[Row]:
    """Active people first, then disabled ones; of the `unsaved` more is typed or chosen than saved."""
    rows = [
        _row(record, state(record), seen(record), tr("not saved") if record.person.name in unsaved else "", tr)
        for record in records
    ]
    gone = next((index for index, row in enumerate(rows) if not row.active), None)
    if gone is not None:
        rows[gone] = replace(rows[gone], heading=tr("Disabled staff"))
    return list(rows)


def _row(record: StaffRecord, state: StaffState, seen: str, unsaved: str, tr: Translator) -> PersonRow:
    person = record.person
    role = name_of(ROLES, person.role, tr)
    spoken = ", ".join(filter(None, (person.title, role, unsaved, state.spoken, seen)))
    return PersonRow(
        person.name, spoken, "", person.title, role, state, seen, person.active, unsaved
    )  # fmt: skip
