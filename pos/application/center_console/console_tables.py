"""The tables of the console: a page shows what its file has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from pos.application.center.ports import MemberTill
from pos.application.center_console.journal_words import ACTIONS, FLAG_KINDS, facts_text
from pos.application.center_console.ports import FlagRow, HourOfRegime, JournalRow
from pos.application.center_console.today import center_zone
from pos.application.tables.table import Cell, CellKind, Column, Table
from pos.application.text.names import name_of
from pos.application.text.translator import Translator

Row = Sequence[Cell]


def hours_table(hours: Iterable[HourOfRegime], titles: Mapping[str, str], tr: Translator) -> Table:
    """How full allowances are by regime and hour; `titles` are those of the regimes."""
    columns = [
        Column(tr("Rules")),
        Column(tr("Hour"), CellKind.INSTANT),
        Column(tr("Sales"), CellKind.COUNT, is_summed=True),
        Column(tr("Visitors"), CellKind.COUNT),
        Column(tr("below 50 %"), CellKind.COUNT),
        Column(tr("50 % or more"), CellKind.COUNT),
        Column(tr.context("allowance", "full"), CellKind.COUNT),
        Column(tr("over the allowance"), CellKind.COUNT),
        Column(tr("no single limit"), CellKind.COUNT),
    ]
    rows: list[Row] = [
        (
            titles.get(hour.regime, hour.regime),
            hour.begins_at,
            hour.sales,
            hour.visitors,
            hour.below_half,
            hour.from_half,
            hour.full,
            hour.above,
            hour.unknown,
        )
        for hour in hours
    ]
    return Table("today", tr("Allowances by hour"), columns, rows, zone=center_zone())


def journal_table(rows: Iterable[JournalRow], tr: Translator) -> Table:
    """Entries of the journal; what a person did has their name among the facts."""
    columns = [
        Column(tr("When"), CellKind.INSTANT),
        Column(tr("Shop")),
        Column(tr("Till")),
        Column(tr("Entry"), CellKind.COUNT),
        Column(tr("What")),
        Column(tr("Details")),
    ]
    entries: list[Row] = [
        (
            row.place.at,
            tr("Center") if row.shop is None else row.shop,
            row.till or "",
            row.place.entry,
            name_of(ACTIONS, row.action, tr),
            facts_text(row.facts, tr),
        )
        for row in rows
    ]
    return Table("journal", tr("Journal"), columns, entries, zone=center_zone())


def flags_table(rows: Iterable[FlagRow], name: Callable[[FlagRow], str], tr: Translator) -> Table:
    """Flags; `name` gives the visitor's as the journal has it."""
    columns = [
        Column(tr("When"), CellKind.INSTANT),
        Column(tr("Flag")),
        Column(tr("Shop")),
        Column(tr("Till")),
        Column(tr("Visitor")),
        Column(tr("Key")),
        Column(tr("Details")),
    ]
    flags: list[Row] = [
        (
            row.at,
            name_of(FLAG_KINDS, row.kind, tr),
            row.shop or "",
            row.till or "",
            name(row),
            row.key or "",
            facts_text(row.facts, tr),
        )
        for row in rows
    ]
    return Table("flags", tr("Flags"), columns, flags, zone=center_zone())


def members_table(tills: Iterable[MemberTill], tr: Translator) -> Table:
    """Every till with its last contact."""
    columns = [
        Column(tr("Member")),
        Column(tr("Till")),
        Column(tr("State")),
        Column(tr("Last contact"), CellKind.INSTANT),
        Column(tr("Members' key"), CellKind.COUNT),
    ]
    rows: list[Row] = [
        (each.member_name, each.name, _state(each, tr), each.last_contact, each.members_key) for each in tills
    ]
    return Table("members", tr("Members and tills"), columns, rows, zone=center_zone())


def _state(till: MemberTill, tr: Translator) -> str:
    if till.revoked_at is not None:
        return tr("Pass revoked")
    if not till.is_enabled:
        return tr("Member disabled")
    if till.awaits_new_pass:
        return tr("New pass not used yet")
    return tr("never connected") if till.last_contact is None else tr.context("till", "in use")
