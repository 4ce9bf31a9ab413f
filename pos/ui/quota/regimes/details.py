"""All facts about the selected rule, or about the duty calculation; arrow keys scroll."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.application.quota.show_regimes import RegimeView, RulesOfDay
from pos.application.text.translator import Translator
from pos.domain.quota.rule import Charge, PartAbove, Pool, Rule
from pos.ui.look.theme import Size, Space
from pos.ui.quota.regimes.rule_words import (
    OUTCOMES,
    SEPARATOR,
    SURE,
    charge_lines,
    force_text,
    goods_text,
    limit_lines,
    planned_text,
    together,
    who_text,
    window_text,
)
from pos.ui.widgets.drawing.see_through import SeeThrough
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone

Detail = tuple[str, str]
"""Name and text of a fact."""


class DetailList(SeeThrough):
    """A title and facts, each with its name above it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        inside = QWidget()
        self._title = TextLabel(role=Role.TITLE, wrap=True)
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(Space.L, Space.M, Space.M, Space.L)
        self._column.setSpacing(Space.XS // 2)
        self._column.addWidget(self._title)
        self._column.addStretch(1)
        self._rows: list[tuple[TextLabel, TextLabel]] = []
        self.hold(inside)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focus_ring", "self")
        self.verticalScrollBar().setSingleStep(Size.HEADER)

    def present(self, title: str, details: Sequence[Detail]) -> None:
        """Show these facts; empty ones are left out."""
        filled = [detail for detail in details if detail[1]]
        self._title.setText(title)
        while len(self._rows) < len(filled):
            pair = TextLabel(role=Role.LABEL, wrap=True), TextLabel(wrap=True)
            pair[0].setContentsMargins(0, Space.S + Space.XS, 0, 0)
            for label in pair:
                self._column.insertWidget(self._column.count() - 1, label)
            self._rows.append(pair)
        for index, (name, value) in enumerate(self._rows):
            name.setVisible(index < len(filled))
            value.setVisible(index < len(filled))
            if index < len(filled):
                name.setText(filled[index][0])
                value.setText(filled[index][1])
        self.setAccessibleName(title)
        self.setAccessibleDescription(". ".join(f"{name}: {value}".rstrip(".") for name, value in filled))
        self.verticalScrollBar().setValue(0)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The title shows that the arrow keys scroll here."""
        self._title.set_tone(Tone.INFO)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._title.set_tone(None)
        super().focusOutEvent(event)


def rule_details(rule: Rule, view: RegimeView, rules: RulesOfDay, tr: Translator) -> list[Detail]:
    """The facts of one rule, from its file."""
    regime, language = view.regime, tr.language
    titles = {one.id: one.title_in(language) for one in regime.rules}
    younger = "" if rule.under_age is None else tr(OUTCOMES[rule.under_age])
    bars = SURE.get(rule.confidence)
    sure = rule.confidence if bars is None else f"{begun(tr(bars[1]))}\n{tr(bars[2])}"
    unless = "" if rule.unless is None else titles[rule.unless]
    return [
        (tr("Allowance"), "\n".join(limit_lines(rule, regime, rules.day, tr, full=True))),
        (tr("Period"), begun(window_text(rule, regime, tr))),
        (tr("Goods"), "" if isinstance(rule.form, Pool) else goods_text(rule.scope, tr)),
        (tr("Applies to"), begun(who_text(rule.who, tr))),
        (tr("Except where this rule applies"), unless),
        (tr("Over the limit"), begun(tr(OUTCOMES[rule.over]))),
        (tr("Visitors under the age limit"), begun(younger)),
        (tr("Shares its allowance with"), together(rule, regime.rules, tr)),
        (tr("In force"), begun(planned_text(rule.since, tr) if rule in regime.planned else force_text(rule, tr))),
        (tr("Confidence"), sure),
        (tr("Source"), rule.source),
        (tr("In the file"), f"{regime.id}.toml{SEPARATOR}{rule.id}"),
    ]


def duty_details(charge: Charge | None, view: RegimeView, tr: Translator) -> list[Detail]:
    """How duty is charged in a regime."""
    lines = charge_lines(charge, view.regime, tr)
    if isinstance(charge, PartAbove):
        how = tr("Only the part over the allowance is charged, by value or by weight, whichever is higher.")
    else:
        how = tr("A piece is either free or charged in full. The first matching line applies.")
    rates = [SEPARATOR.join(filter(None, (rate, floor))) for _goods, rate, floor in lines]
    return [
        (tr("Duty calculation"), how),
        *((goods, text) for (goods, _rate, _floor), text in zip(lines, rates, strict=True)),
        (tr("In the file"), f"{view.regime.id}.toml{SEPARATOR}duty"),
    ]


def begun(text: str) -> str:
    """The same words with an initial capital, to start a line."""
    return text[:1].upper() + text[1:]
