"""The rules of a day as rows: allowance, persons, consequence above it, certainty and source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.application.quota.show_regimes import RegimeView, RulesOfDay
from pos.application.text.formatting import long_date_text
from pos.application.text.translator import Translator
from pos.domain.quota.rule import Charge, ChargeVersion, Regime, Rule, Unchecked
from pos.ui.look.theme import Size, Space, Theme, Type
from pos.ui.quota.regimes.rule_words import (
    OUTCOME_ICONS,
    OUTCOMES,
    SEPARATOR,
    SURE,
    charge_lines,
    force_text,
    limit_lines,
    planned_text,
    who_text,
    window_text,
)
from pos.ui.widgets.drawing.drawing import LEFT, draw_caption
from pos.ui.widgets.tables.paragraphs import PageParagraph, height_of, paint_column
from pos.ui.widgets.tables.row_list import Row

DUTY = "duty "
"""Prefix of the keys of duty rows."""

PLANNED_DUTY, UNCHECKED = "planned-duty ", "unchecked "
"""Prefixes of the keys of what is planned, and of what the rules leave out."""

_BAR = (3, 2)  # width of a bar and the gap after it, in pixels
_BARS = 3
_MARK = _BARS * sum(_BAR) + 6
_NEXT = 2
_NOTHING = PageParagraph("")


@dataclass(frozen=True, slots=True)
class RuleColumns:
    """Start and width of the three columns, in pixels from the left edge of a row."""

    title: int
    title_width: int
    limit: int
    limit_width: int
    over: int
    over_width: int

    @classmethod
    def of(cls, width: int) -> RuleColumns:
        """The columns of a row `width` px wide."""
        room = width - 2 * Space.L - 2 * Space.M
        title, limit = room * 28 // 100, room * 42 // 100
        over = room - title - limit
        second = Space.L + title + Space.M
        return cls(Space.L, title, second, limit, second + limit + Space.M, over)


@dataclass(frozen=True, slots=True)
class RuleRow(Row):
    """One rule, or one rate of duty. `bars` of three show its certainty; 0 draws no mark."""

    name: tuple[PageParagraph, ...] = ()
    limit: tuple[PageParagraph, ...] = ()
    over: tuple[PageParagraph, ...] = ()
    sure: PageParagraph = _NOTHING
    bars: int = 0
    source: PageParagraph = _NOTHING

    def height(self, theme: Theme, width: int) -> int:
        columns = RuleColumns.of(width)
        return 2 * Space.S + 1 + max(
            height_of(self.name, theme, columns.title_width),
            max(height_of(self.limit, theme, columns.limit_width), self._right(theme, columns))
            + self.source.height(theme, columns.limit_width + Space.M + columns.over_width),
        )  # fmt: skip

    def paint(self, painter: QPainter, theme: Theme, box: QRect) -> None:
        columns = RuleColumns.of(box.width())
        top = box.y() + Space.S
        paint_column(painter, theme, self.name, box.x() + columns.title, top, columns.title_width)
        paint_column(painter, theme, self.limit, box.x() + columns.limit, top, columns.limit_width)
        y = paint_column(painter, theme, self.over, box.x() + columns.over, top, columns.over_width)
        if self.bars:
            self._mark(painter, theme, box.x() + columns.over, y + _NEXT)
            width = columns.over_width - _MARK
            self.sure.paint(painter, theme, box.x() + columns.over + _MARK, y, width)
        wide = columns.limit_width + Space.M + columns.over_width
        above = max(height_of(self.limit, theme, columns.limit_width), self._right(theme, columns))
        self.source.paint(painter, theme, box.x() + columns.limit, top + above, wide)

    def _right(self, theme: Theme, columns: RuleColumns) -> int:
        return height_of(self.over, theme, columns.over_width) + self.sure.height(theme, columns.over_width - _MARK)

    def _mark(self, painter: QPainter, theme: Theme, x: int, y: int) -> None:
        thick, gap = _BAR
        for number in range(_BARS):
            height = 5 + 3 * number
            bar = QRect(x + number * (thick + gap), y + 15 - height, thick, height)
            painter.fillRect(bar, theme.colour("accent" if number < self.bars else "line_strong"))


class RuleHeader(QWidget):
    """The header."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._names = ("", "", "")
        self.setFixedHeight(Size.HEADER)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def present(self, tr: Translator) -> None:
        """Set the names of the columns."""
        self._names = (tr("Rule and visitors"), tr("Allowance and period"), tr("Over the limit, confidence"))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, Size.HEADER)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        columns = RuleColumns.of(self.width())
        fonts = self._theme.font(Type.LABEL), self._theme.font(Type.KEY)
        ink = self._theme.colour("muted")
        for text, x, width in zip(
            self._names,
            (columns.title, columns.limit, columns.over),
            (columns.title_width, columns.limit_width, columns.over_width + Space.S),
            strict=True,
        ):
            draw_caption(painter, QRect(x, 0, width, self.height()), text, fonts, ink, LEFT)


def rule_rows(view: RegimeView, rules: RulesOfDay, tr: Translator) -> list[RuleRow]:
    """The rules in force, then the duty calculation, then earlier and later versions."""
    day = long_date_text(rules.day, tr.language)
    count = tr.plural("{n} rule", "{n} rules", len(rules.in_force))
    rows = [_rule(rule, view, rules, tr) for rule in rules.in_force]
    sections = [(tr("In force on {day}: {rules}", day=day, rules=count), rows)]
    regime = view.regime
    charge = regime.charge_on(rules.day)
    if charge is not None and rules.in_force:
        sections.append((tr("Duty over the allowance"), _duty(charge, regime, tr)))
    planned = [_rule(rule, view, rules, tr) for rule in regime.planned]
    planned += [row for one in regime.planned_charges for row in _planned_duty(one, regime, tr)]
    sections.append((tr("Planned, not confirmed, and not in force"), planned))
    sections.append((tr("Not checked"), [_unchecked(one, tr) for one in regime.unchecked]))
    sections.append((tr("Later versions"), [_rule(rule, view, rules, tr) for rule in rules.later]))
    sections.append((tr("Earlier versions"), [_rule(rule, view, rules, tr) for rule in rules.ended]))
    return [
        replace(row, heading=heading, spoken=f"{heading}. {row.spoken}") if not number else row
        for heading, part in sections
        for number, row in enumerate(part)
    ]


def key_of(rule: Rule) -> str:
    """The key of a rule's row: versions of one rule differ by date or age."""
    return f"rule {rule.id} {rule.since} {rule.who.age_from} {rule.who.age_to}"


def _rule(rule: Rule, view: RegimeView, rules: RulesOfDay, tr: Translator) -> RuleRow:
    now = rule in rules.in_force
    ink = "text" if now else "muted"
    regime, language = view.regime, tr.language
    title, who = rule.title_in(language), who_text(rule.who, tr)
    lines = limit_lines(rule, regime, rules.day, tr)
    window, outcome = window_text(rule, regime, tr), tr(OUTCOMES[rule.over])
    bars, sure, _meaning = SURE.get(rule.confidence, (0, rule.confidence, ""))
    is_planned = rule in regime.planned
    force = planned_text(rule.since, tr) if is_planned else "" if now else force_text(rule, tr)
    many = len(lines) > 1
    limit = [PageParagraph(line, Type.LABEL if many else Type.BODY, bold=not many, token=ink) for line in lines]
    spoken = (title, force, who, *lines, window, outcome, tr(sure), rule.source)
    return RuleRow(
        key_of(rule),
        SEPARATOR.join(text for text in spoken if text),
        name=(
            PageParagraph(title, Type.BODY, bold=True, token=ink),
            PageParagraph(who),
            PageParagraph(force, bold=True, gap=_NEXT),
        ),
        limit=(*limit, PageParagraph(window, gap=_NEXT if many else 0)),
        over=(PageParagraph(outcome, bold=True, token=ink, icon=OUTCOME_ICONS[rule.over]),),
        sure=PageParagraph(tr(sure), gap=_NEXT),
        bars=bars,
        source=PageParagraph(rule.source, gap=_NEXT),
    )


def _unchecked(one: Unchecked, tr: Translator) -> RuleRow:
    title = one.title_in(tr.language)
    return RuleRow(
        f"{UNCHECKED}{one.id}",
        SEPARATOR.join((title, one.source)),
        name=(PageParagraph(title, Type.BODY, bold=True, token="text"),),
        source=PageParagraph(one.source, gap=_NEXT),
    )


def _planned_duty(one: ChargeVersion, regime: Regime, tr: Translator) -> list[RuleRow]:
    since = planned_text(one.since, tr)
    bars, sure, _meaning = SURE.get(one.confidence, (0, one.confidence, ""))
    return [
        replace(
            row,
            key=f"{PLANNED_DUTY}{one.since} {number}",
            spoken=SEPARATOR.join((row.spoken, since, tr(sure), one.source)),
            name=(*row.name, PageParagraph(since, bold=True, gap=_NEXT)),
            sure=PageParagraph(tr(sure), gap=_NEXT),
            bars=bars,
            source=PageParagraph(one.source, gap=_NEXT),
        )
        for number, row in enumerate(_duty(one.charge, regime, tr))
    ]


def _duty(charge: Charge, regime: Regime, tr: Translator) -> list[RuleRow]:
    rows = []
    for number, (goods, rate, floor) in enumerate(charge_lines(charge, regime, tr)):
        rows.append(
            RuleRow(
                f"{DUTY}{number}",
                SEPARATOR.join(text for text in (goods, rate, floor) if text),
                name=(PageParagraph(goods, Type.LABEL, token="text"),),
                limit=(PageParagraph(rate, Type.BODY, bold=True, token="text"), PageParagraph(floor)),
            )
        )
    return rows


def same_rule(rows: Sequence[RuleRow], key: str) -> str:
    """The key of the row about the rule of `key` on another day: the first version in force; "" for none.

    Versions by age are side by side, so that the same version is preferred to another one of the same section.
    """
    section, best = 0, ("", 0)
    for row in rows:
        section += bool(row.heading)
        if _rule_of(row.key) == _rule_of(key) and (not best[0] or (row.key == key and section == best[1])):
            best = row.key, section
    return best[0]


def _rule_of(key: str) -> str:
    return " ".join(key.split(" ")[:2])
