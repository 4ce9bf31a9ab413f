"""Changes and rejected rows of an import as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pos.application.catalogue.catalogue_columns import Reject
from pos.application.catalogue.import_catalogue import ImportResult, RowChange
from pos.application.tables.listing import Listing, ListReader
from pos.application.tables.table import Cell, CellKind, Column, Table
from pos.application.text.formatting import number_text
from pos.application.text.names import PRODUCT_FIELDS, name_of
from pos.application.text.words import N_, Words


def imported(
    file: str,
    changes: Sequence[RowChange],
    rejects: Sequence[Reject],
    result: ImportResult | None,
    reason: Callable[[str, Words], str],
) -> Listing:
    """One row for each changed field and each rejected row on display; the facts hold the counts."""

    def make(reader: ListReader) -> Sequence[Table]:
        words = reader.words
        changed = [
            Column(words("Row"), CellKind.COUNT),
            Column(words("Code")),
            Column(words("Product")),
            Column(words("What")),
            Column(words("Before")),
            Column(words("After")),
        ]
        rejected = [
            Column(words("Row"), CellKind.COUNT),
            Column(words("Code")),
            Column(words("Product")),
            Column(words("Reason")),
            Column(words("Facts")),
        ]
        facts = [(words("File"), file)]
        if result is not None:
            counted = (
                (words("New"), result.created),
                (words("Changed"), result.updated),
                (words("Rejected"), result.rejected),
            )
            facts += [(name, str(count)) for name, count in counted]
            if result.created + result.updated > len(changes) or result.rejected > len(rejects):
                shown = number_text(max(len(changes), len(rejects)), words.language)
                facts.append((words("Only"), words("the first {n}", n=shown)))
        rows = ((one.line, one.code, one.name, reason(one.reason, words), one.detail) for one in rejects)
        return [
            reader.table("changes", words("What changes"), changed, _changes(changes, reader), facts),
            reader.table("rejects", words("Rejected rows"), rejected, rows, facts),
        ]

    return Listing("import", N_("Import"), "catalogue", make, {"file": file})


def _changes(changes: Sequence[RowChange], reader: ListReader) -> Iterator[Sequence[Cell]]:
    for one in changes:
        for field in one.fields:
            name = name_of(PRODUCT_FIELDS, field.field, reader.words)
            yield one.line, one.code, one.name, name, field.before or "", field.after or ""
