"""The rules of a regime on a day, as an exported table with the texts of the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from pos.application.quota.show_regimes import RegimeView
from pos.application.tables.listing import Listing, ListReader
from pos.application.tables.table import Cell, CellKind, Column, Table
from pos.application.text.translator import N_
from pos.domain.quota.rule import Rule
from pos.ui.quota.regimes.rule_words import OUTCOMES, SEPARATOR, SURE, limit_lines, who_text, window_text


def rules_listing(view: RegimeView, day: date) -> Listing:
    """The rules in force on the day, then later and earlier versions."""

    def make(reader: ListReader) -> Sequence[Table]:
        tr = reader.translator
        columns = [
            Column(tr("State")),
            Column(tr("Rule")),
            Column(tr("Applies to")),
            Column(tr("Allowance")),
            Column(tr("Period")),
            Column(tr("Over the limit")),
            Column(tr("From"), CellKind.DAY),
            Column(tr("To"), CellKind.DAY),
            Column(tr("Confidence")),
            Column(tr("Source")),
        ]

        def rows() -> Iterator[Sequence[Cell]]:
            rules = view.on(day)
            for state, part in (
                (tr("in force"), rules.in_force),
                (tr("scheduled"), rules.later),
                (tr("before"), rules.ended),
                (tr("planned, not confirmed"), view.regime.planned),
            ):
                for rule in part:
                    yield state, *_rule(rule, view, day, reader)

        properties = [
            (tr("Rules"), view.regime.title_in(tr.language)),
            (tr("Day"), day.isoformat()),
            (tr("Version"), view.regime.version),
        ]
        return [reader.table("rules", tr("Rules"), columns, rows(), properties)]

    return Listing("regimes", N_("Rules"), "settings", make, {"regime": view.regime.id, "day": day.isoformat()})


def _rule(rule: Rule, view: RegimeView, day: date, reader: ListReader) -> Sequence[Cell]:
    tr = reader.translator
    sure = SURE.get(rule.confidence, (0, rule.confidence, ""))[1]
    return (
        rule.title_in(tr.language),
        who_text(rule.who, tr),
        SEPARATOR.join(limit_lines(rule, view.regime, day, tr, full=True)),
        window_text(rule, view.regime, tr),
        tr(OUTCOMES[rule.over]),
        rule.since,
        rule.until,
        tr(sure),
        rule.source,
    )
