"""The use cases about a visitor outside a sale: departure, documents, entries, lookup, moving quota."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from pos.application.settings.context import Context
from pos.application.tables.raw_table import RawTable
from pos.application.visitors.link_documents import LinkDocuments, UnlinkDocuments
from pos.application.visitors.move_quota import MoveQuota
from pos.application.visitors.record_departure import RecordDeparture
from pos.application.visitors.record_entry_dates import RecordEntryDates
from pos.application.visitors.record_gate import RecordGate
from pos.application.visitors.show_visitor import ShowVisitor


@dataclass(frozen=True, slots=True)
class VisitorUseCases:
    """The use cases about a visitor, except for selling."""

    record_departure: RecordDeparture
    record_gate: RecordGate
    show: ShowVisitor
    link: LinkDocuments
    part: UnlinkDocuments
    move_quota: MoveQuota
    record_entry_dates: RecordEntryDates

    @classmethod
    def over(
        cls,
        context: Context,
        gate_file: Callable[[Path], AbstractContextManager[RawTable]],
    ) -> VisitorUseCases:
        """The use cases of one till over its store; `gate_file` opens a gate's file."""
        departure = RecordDeparture(context)
        return cls(
            record_departure=departure,
            record_gate=RecordGate(context, departure, gate_file),
            show=ShowVisitor(context),
            link=LinkDocuments(context),
            part=UnlinkDocuments(context),
            move_quota=MoveQuota(context),
            record_entry_dates=RecordEntryDates(context),
        )
