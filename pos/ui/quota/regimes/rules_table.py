"""The rules of a regime on a day, as an exported table with the texts of the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from pos.application.quota.show_regimes import RegimeView
from pos.application.tables.listing import Listing, ListReader
from pos.application.tables.table import Cell, CellKind, Column, Table
from pos.application.text.words import N_
from pos.domain.quota.rule import Rule
from pos.ui.quota.regimes.rule_words import OUTCOMES, SEPARATOR, SURE, limit_lines, who_text, window_text


def rules_listing(view: RegimeView, day: date) -> Listing:
    """The rules in force on the day, then later and earlier versions."""

    def make(reader: ListReader) -> Sequence[Table]:
        words = reader.words
        columns = [
            Column(words("State")),
            Column(words("Rule")),
            Column(words("Applies to")),
            Column(words("Allowance")),
            Column(words("Period")),
            Column(words("Over the limit")),
            Column(words("From"), CellKind.DAY),
            Column(words("To"), CellKind.DAY),
            Column(words("Confidence")),
            Column(words("Source")),
        ]

        def rows() -> Iterator[Sequence[Cell]]:
            rules = view.on(day)
            for state, part in (
                (words("in force"), rules.in_force),
                (words("scheduled"), rules.later),
                (words("before"), rules.ended),
            ):
                for rule in part:
                    yield state, *_rule(rule, view, day, reader)

        facts = [
            (words("Rules"), view.regime.title_in(words.language)),
            (words("Day"), day.isoformat()),
            (words("Version"), view.regime.version),
        ]
        return [reader.table("rules", words("Rules"), columns, rows(), facts)]

    return Listing("regimes", N_("Rules"), "settings", make, {"regime": view.regime.id, "day": day.isoformat()})


def _rule(rule: Rule, view: RegimeView, day: date, reader: ListReader) -> Sequence[Cell]:
    words = reader.words
    sure = SURE.get(rule.confidence, (0, rule.confidence, ""))[1]
    return (
        rule.title_in(words.language),
        who_text(rule.who, words),
        SEPARATOR.join(limit_lines(rule, view.regime, day, words, full=True)),
        window_text(rule, view.regime, words),
        words(OUTCOMES[rule.over]),
        rule.since,
        rule.until,
        words(sure),
        rule.source,
    )
