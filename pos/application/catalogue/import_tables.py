"""Changes and rejected rows of an import as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pos.application.catalogue.catalogue_columns import Reject
from pos.application.catalogue.field_values import value_words
from pos.application.catalogue.import_catalogue import ImportResult, RowChange
from pos.application.catalogue.import_words import reject_facts
from pos.application.catalogue.incomplete_rows import IncompleteRow
from pos.application.tables.listing import Listing, ListReader
from pos.application.tables.table import Cell, CellKind, Column, Table
from pos.application.text.formatting import number_text
from pos.application.text.names import ATTRIBUTES, PRODUCT_FIELDS, name_of
from pos.application.text.translator import N_, Translator


def imported(
    file: str,
    changes: Sequence[RowChange],
    rejects: Sequence[Reject],
    incomplete: Sequence[IncompleteRow],
    result: ImportResult | None,
    reason: Callable[[str, Translator], str],
) -> Listing:
    """One row for each changed field, each rejected row and each product that lacks something, as on display; the facts
    hold the counts.
    """

    def make(reader: ListReader) -> Sequence[Table]:
        tr = reader.translator
        changed = [
            Column(tr("Row"), CellKind.COUNT),
            Column(tr("Code")),
            Column(tr("Product")),
            Column(tr("What")),
            Column(tr("Before")),
            Column(tr("After")),
        ]
        rejected = [
            Column(tr("Row"), CellKind.COUNT),
            Column(tr("Code")),
            Column(tr("Product")),
            Column(tr("Reason")),
            Column(tr("Facts")),
        ]
        lacking = [Column(tr("Row"), CellKind.COUNT), Column(tr("Code")), Column(tr("Product")), Column(tr("Missing"))]
        properties = [(tr("File"), file)]
        if result is not None:
            counted = (
                (tr("New"), result.created),
                (tr("Changed"), result.updated),
                (tr("Rejected"), result.rejected),
            )
            properties += [(name, str(count)) for name, count in counted]
            if result.created + result.updated > len(changes) or result.rejected > len(rejects):
                shown = number_text(max(len(changes), len(rejects)), tr.language)
                properties.append((tr("Only"), tr("the first {n}", n=shown)))
        rows = ((one.line, one.code, one.name, reason(f"row_{one.reason}", tr), reject_facts(one, reason, tr))
                for one in rejects)  # fmt: skip
        return [
            reader.table("changes", tr("What changes"), changed, _changes(changes, reader), properties),
            reader.table("rejects", tr("Rejected rows"), rejected, rows, properties),
            reader.table("incomplete", tr("Missing data"), lacking, _incomplete(incomplete, tr), properties),
        ]

    return Listing("import", N_("Import"), "catalogue", make, {"file": file})


def _incomplete(rows: Sequence[IncompleteRow], tr: Translator) -> Iterator[Sequence[Cell]]:
    for one in rows:
        fields = (name_of(ATTRIBUTES, name, tr) for name in one.lacks)
        yield one.line, one.code, one.name, tr(", ").join(fields)


def _changes(changes: Sequence[RowChange], reader: ListReader) -> Iterator[Sequence[Cell]]:
    for one in changes:
        for field in one.fields:
            tr = reader.translator
            name = name_of(PRODUCT_FIELDS, field.field, tr)
            before, after = (value_words(field.field, text or "", tr) for text in (field.before, field.after))
            yield one.line, one.code, one.name, name, before, after
