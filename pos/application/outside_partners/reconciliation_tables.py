"""A provider's day beside ours as a file: what differs, and the sums of both sides."""

from __future__ import annotations

from collections.abc import Sequence

from pos.application.outside_partners.reconcile_provider import ProviderReconciliation
from pos.application.outside_partners.reconciliation_words import ReconciliationRow, rows_of, verdict_text
from pos.application.tables.listing import ColumnOf, Listing, ListReader
from pos.application.tables.table import CellKind, Table
from pos.application.text.formatting import dates_text
from pos.application.text.names import name_of
from pos.application.text.partner_words import PROVIDERS
from pos.application.text.translator import N_
from pos.application.text.typography import paragraph
from pos.domain.money import Money

_RIGHT = "reports"


def reconciled(found: ProviderReconciliation, file: str) -> Listing:
    """The differences and what is not settled, then the sums; `file` is the name of the provider's file."""

    def make(reader: ListReader) -> Sequence[Table]:
        tr = reader.translator
        provider, verdict = name_of(PROVIDERS, found.provider, tr), verdict_text(found, tr)
        columns: list[ColumnOf[ReconciliationRow]] = [
            ColumnOf(tr("Differences"), lambda one: one.title),
            ColumnOf(tr("Type"), lambda one: one.what),
            ColumnOf(tr("What to do"), lambda one: one.advice),
            ColumnOf(tr("When"), lambda one: one.at, CellKind.INSTANT),
            ColumnOf(tr("Receipt"), lambda one: one.receipt),
            ColumnOf(tr("Till"), lambda one: one.till),
            ColumnOf(tr("Our number"), lambda one: one.number),
            ColumnOf(tr("Reference"), lambda one: one.reference),
            ColumnOf(provider, lambda one: one.there, CellKind.AMOUNT),
            ColumnOf(tr("Shop"), lambda one: one.here, CellKind.AMOUNT),
        ]
        properties = [
            (tr("Provider"), provider),
            (tr("File"), file),
            (tr("Days"), dates_text(found.first, found.last, tr.language)),
            (tr("Result"), paragraph(tr, (verdict.headline, *verdict.notes))),
        ]
        sums: list[ColumnOf[tuple[str, Money, Money]]] = [
            ColumnOf(tr("Sum"), lambda one: one[0]),
            ColumnOf(provider, lambda one: one[1], CellKind.AMOUNT),
            ColumnOf(tr("Shop"), lambda one: one[2], CellKind.AMOUNT),
            ColumnOf(tr("Difference"), lambda one: one[1] - one[2], CellKind.AMOUNT),
        ]
        both = [
            *((tr("Paid"), there, here) for there, here in found.sums(refunds=False)),
            *((tr("Refunded"), there, here) for there, here in found.sums(refunds=True)),
        ]
        title = tr("Reconciliation")
        return [
            reader.table_of("reconciliation", title, columns, rows_of(found, tr), properties),
            reader.table_of("sums", tr("Sums"), sums, both, properties),
        ]

    days = {"since": found.first.isoformat(), "until": found.last.isoformat()}
    return Listing("reconciliation", N_("Reconciliation"), _RIGHT, make, {"provider": found.provider, **days})
