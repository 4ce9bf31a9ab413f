"""The list on the left: files that could not be used, then the regimes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from pos.application.quota.show_regimes import FileFault, MissingRegime, RegimeOrigin, RegimesView, RegimeView
from pos.application.text.border_words import country_text
from pos.application.text.translator import N_, Translator
from pos.ui.look.theme import Space, Theme, Type
from pos.ui.quota.regimes.rule_words import SEPARATOR
from pos.ui.widgets.drawing.drawing import draw_box
from pos.ui.widgets.tables.paragraphs import PageParagraph, height_of, paint_column
from pos.ui.widgets.tables.row_list import Row

Reason = Callable[[str, Translator], str]
"""Translates the stable name of a fault."""

ORIGINS = {
    RegimeOrigin.SHIPPED: N_("built in"),
    RegimeOrigin.OWN: N_("custom file"),
    RegimeOrigin.OVERRIDING: N_("custom file replaces the built-in one"),
    RegimeOrigin.CENTER: N_("from the center"),
}
_CARD = Space.S
"""The inset of a card in its row."""

_NEXT = 2

_R = TypeVar("_R", bound=Row)


@dataclass(frozen=True, slots=True)
class RegimeRow(Row):
    """One regime: title, destination, origin of the file, and whether the shop applies it."""

    lines: tuple[PageParagraph, ...] = ()

    def height(self, theme: Theme, width: int) -> int:
        return height_of(self.lines, theme, width - 2 * Space.L) + 2 * (Space.S + _NEXT) + 1

    def paint(self, painter: QPainter, theme: Theme, box: QRect) -> None:
        width = box.width() - 2 * Space.L
        paint_column(painter, theme, self.lines, box.x() + Space.L, box.y() + Space.S + _NEXT, width)


@dataclass(frozen=True, slots=True)
class TroubleRow(Row):
    """A warning card: a file that could not be used, or rules that the settings name and that are missing."""

    lines: tuple[PageParagraph, ...] = ()

    def height(self, theme: Theme, width: int) -> int:
        return height_of(self.lines, theme, _inner(width)) + 2 * (_CARD + Space.S)

    def paint(self, painter: QPainter, theme: Theme, box: QRect) -> None:
        card = box.adjusted(Space.M, _CARD, -Space.M, -_CARD)
        draw_box(painter, card, fill=theme.colour("over_soft"), line=theme.colour("over"))
        x, y = card.x() + Space.S + _NEXT, card.y() + Space.S
        paint_column(painter, theme, self.lines, x, y, _inner(box.width()))


def _inner(width: int) -> int:
    return width - 2 * (Space.M + Space.S + _NEXT)


def rows_of(view: RegimesView, reason: Reason, tr: Translator) -> list[Row]:
    """Warnings first, then the regimes."""
    trouble = [_missing(one, tr) for one in view.missing]
    trouble += [_fault(number, fault, reason, tr) for number, fault in enumerate(view.faults)]
    regimes = [_regime(one, tr) for one in view.regimes]
    return [*_headed(trouble, tr("Errors to correct")), *_headed(regimes, tr("Allowance rules"))]


def _headed(rows: list[_R], heading: str) -> list[_R]:
    return [replace(row, heading=heading) if not number else row for number, row in enumerate(rows)]


def fault_key(number: int) -> str:
    """The key of a file's row, by its index among the faults."""
    return f"fault {number}"


def missing_key(one: MissingRegime) -> str:
    """The key of the row about missing rules."""
    return f"missing {one.side}"


def where_text(fault: FileFault, tr: Translator) -> str:
    """Location of the error in the file: rule alcohol · field limit; or its line; empty for the whole file."""
    parts = []
    if fault.rule:
        parts.append(tr("rule {rule}", rule=fault.rule))
    if fault.field:
        parts.append(tr("field {field}", field=fault.field))
    if fault.line:
        parts.append(tr("line {line}", line=fault.line))
    return SEPARATOR.join(parts)


def side_text(one: MissingRegime, tr: Translator) -> str:
    """The visitors whose rules, named in the settings, are missing."""
    country = country_text(one.side, tr)
    return tr("The settings use these rules for visitors to {country}.", country=country)


def _fault(number: int, fault: FileFault, reason: Reason, tr: Translator) -> TroubleRow:
    where, why = where_text(fault, tr), reason(fault.what, tr)
    lines = (
        PageParagraph(fault.file.name, Type.BODY, bold=True, token="over", icon="triangle-alert"),
        PageParagraph(where, bold=True, token="text", gap=_NEXT),
        PageParagraph(why, token="text", gap=_NEXT),
    )
    return TroubleRow(fault_key(number), SEPARATOR.join(filter(None, (fault.file.name, where, why))), lines=lines)


def _missing(one: MissingRegime, tr: Translator) -> TroubleRow:
    title, text = tr("“{regime}” is missing", regime=one.regime), side_text(one, tr)
    lines = (
        PageParagraph(title, Type.BODY, bold=True, token="over", icon="triangle-alert"),
        PageParagraph(text, token="text", gap=_NEXT),
    )
    return TroubleRow(missing_key(one), f"{title}. {text}", lines=lines)


def used_text(view: RegimeView, tr: Translator) -> str:
    """The visitors to whom the shop applies this regime; empty for none."""
    return SEPARATOR.join(tr("in use for {country}", country=country_text(side, tr)) for side in view.sides)


def _regime(view: RegimeView, tr: Translator) -> RegimeRow:
    regime, used = view.regime, used_text(view, tr)
    title, origin = regime.title_in(tr.language), tr(ORIGINS[view.origin])
    own = view.origin is not RegimeOrigin.SHIPPED
    state = PageParagraph(used, bold=True, token="accent", icon="circle-check", gap=_NEXT)
    if not used:
        state = PageParagraph(tr("not in use"), icon="circle-dashed", gap=_NEXT)
    lines = (
        PageParagraph(title, Type.BODY, bold=True, token="text"),
        PageParagraph(f"{regime.id}{SEPARATOR}{origin}", token="text" if own else "muted"),
        state,
    )
    return RegimeRow(regime.id, SEPARATOR.join((title, regime.id, origin, used or tr("not in use"))), lines=lines)
