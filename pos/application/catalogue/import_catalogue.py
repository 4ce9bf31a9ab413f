"""Import a catalogue: add new goods, update changed ones, account for every row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain, islice
from typing import NamedTuple

from pos.application.access.authorize import authorize, authorized_read
from pos.application.catalogue.catalogue_columns import (
    COLUMNS,
    FIGURES,
    CatalogueColumns,
    Reject,
    header_key,
    recognised,
)
from pos.application.catalogue.catalogue_row import RowReader, fields_of
from pos.application.catalogue.catalogue_text import RowRejected
from pos.application.catalogue.codes_seen import CodesSeen
from pos.application.catalogue.column_names import column_key
from pos.application.catalogue.incomplete_rows import IncompleteRow, incomplete_rows, lacks_alone
from pos.application.catalogue.list_incomplete_products import ListIncompleteProducts
from pos.application.ports.catalogue_ports import (
    CANCELLED,
    DONE,
    RUNNING,
    UNDONE,
    FieldChange,
    GoodsRow,
    RememberedColumns,
)
from pos.application.ports.store import Products, UnitOfWork
from pos.application.settings.context import UseCase
from pos.application.tables.raw_table import RawRow, RawTable
from pos.application.text.countries import CountryNames
from pos.application.text.number_parsing import SEPARATORS, separator_shown
from pos.domain.catalogue.product_fields import BELOW_NET, is_gross_below_net, weights_text
from pos.domain.errors import BadField, Refused
from pos.domain.quota.required_attributes import Needs
from pos.domain.staff.staff import Person

BATCH = 500
"""Rows per transaction: tills sell during an import, so it locks the store for some hundredths of a second at a time.
"""

_WEIGHTS = frozenset({"net_g", "gross_kg"})
_SAMPLE = 1_000
"""Rows examined before the first is read: the figures of a column show its decimal separator."""


@dataclass(eq=False)
class ImportIsUndone(Refused):
    """The import was undone by another person while it ran; it stops."""

    fact = "import_is_undone"


@dataclass(frozen=True, slots=True)
class ImportResult:
    """Result of an import. `shortened` names were cut to 200 characters; `ignored` are the columns not read.

    `run` is the number for undoing it; None for a dry run and when nothing was written. `incomplete` counts the new and
    changed goods that lack something afterwards, where that was asked for.
    """

    rows: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    shortened: int
    ignored: tuple[str, ...]
    repriced: int = 0
    run: int | None = field(default=None, compare=False)
    incomplete: int = 0

    def counts(self) -> dict[str, int]:
        """The counts by name; `rows` is the sum of the next four, `repriced` is a part of the updated."""
        names = ("rows", "created", "updated", "unchanged", "rejected", "shortened", "repriced")
        return {name: getattr(self, name) for name in names}


class RowChange(NamedTuple):
    """What an import does to one product: `fields` with old and new value; a new one (`is_new`) has no old values."""

    line: int
    code: str
    name: str
    is_new: bool
    fields: Sequence[FieldChange]

    @property
    def is_repriced(self) -> bool:
        """Whether an existing price changes."""
        return any(change.field == "price" and change.before is not None for change in self.fields)


class ReviewedChanges:
    """What a dry run has shown. An import after it writes nothing else: file and goods may be others by then."""

    def __init__(self) -> None:
        self._seen: set[int] = set()  # hashes: a file may have a million rows

    def note(self, goods: GoodsRow, fields: Sequence[FieldChange] | None) -> None:
        """A row that changes `fields`; of a new product it has none."""
        self._seen.add(self._of(goods, fields))

    def has(self, goods: GoodsRow, fields: Sequence[FieldChange] | None) -> bool:
        """Whether this very change was shown."""
        return self._of(goods, fields) in self._seen

    @staticmethod
    def _of(goods: GoodsRow, fields: Sequence[FieldChange] | None) -> int:
        shown = [*fields_of(goods), goods.on_hand] if fields is None else [*fields]
        return hash((goods.code, goods.name, repr(shown)))


class ImportCatalogue(UseCase):
    """Imports a catalogue in whole batches: an interrupted import reports the batches it has done.

    Empty cells leave stored values. `on_hand` counts only for products that the import creates. The first good row with
    a code wins. Importing the same file again changes nothing.
    """

    def __call__(
        self,
        table: RawTable,
        person: Person,
        rejects: Callable[[Reject], None],
        *,
        dry_run: bool = False,
        progress: Callable[[int], None] | None = None,
        changes: Callable[[RowChange], None] | None = None,
        said: RememberedColumns | None = None,
        incomplete: Callable[[IncompleteRow], None] | None = None,
    ) -> ImportResult:
        """Import `table`; each rejected row goes to `rejects`. Needs the permission `catalogue`, and `price` for rows
        that change an existing price.

        `progress` receives the number of rows done after each batch; an exception in it ends the import there. Raises
        BadField for a header without a code column. `dry_run` counts and rejects alike and writes nothing; `changes`
        receives what each row changes, `incomplete` what new and changed goods lack afterwards. `said` is the user's
        mapping of columns, which overrides the one remembered for the header.
        """
        run = self.begin(table, person, rejects, dry_run=dry_run, changes=changes, said=said, incomplete=incomplete)
        try:
            while run.step(BATCH):
                if progress is not None:
                    progress(run.rows)
        finally:
            # Also when it ends early: committed rows must be in the journal.
            run.end()
        return run.result()

    def begin(
        self,
        table: RawTable,
        person: Person,
        rejects: Callable[[Reject], None],
        *,
        dry_run: bool = False,
        changes: Callable[[RowChange], None] | None = None,
        said: RememberedColumns | None = None,
        incomplete: Callable[[IncompleteRow], None] | None = None,
        reviewed: ReviewedChanges | None = None,
    ) -> ImportUnderWay:
        """Start an import that the caller advances batch by batch and must end.

        A dry run notes in `reviewed` what it shows; an import rejects rows that would do something else.
        """
        person.check("catalogue")
        with authorized_read(self.store, person, "catalogue"):
            pass  # before the first rows are examined
        price = self.settings().price
        meant = self.columns_of(table.header) if said is None else said
        columns = CatalogueColumns.of(table.header, price.code, None if meant is None else meant.columns)
        first = list(islice(table.rows, _SAMPLE))
        separators = separators_of(columns, first, "" if meant is None else meant.decimal)
        table = replace(table, rows=chain(first, table.rows))
        reader = RowReader.under(columns, price, separators, CountryNames(self.translators.values()).code)
        needs = {} if incomplete is None else ListIncompleteProducts(self.context).needs()
        return ImportUnderWay(self, table, reader, person, rejects, dry_run, changes, said, incomplete, needs, reviewed)

    def said_of(self, header: Sequence[str], options: Iterable[str], decimal: str) -> RememberedColumns | None:
        """The column mapping from `COLUMN=NAME` options and a decimal separator; None without any. Raises BadField.

        An unmapped column keeps the meaning of its name, unless another column has taken that meaning.
        """
        if decimal and decimal not in SEPARATORS:
            raise BadField("decimal", "not_one_of", decimal[:10])
        pairs = [text.partition("=")[::2] for text in options]
        meant = self.columns_of(header)
        if not pairs and not decimal:
            return None
        names = list(meant.columns) if meant is not None else recognised(header, self.settings().price.code)
        keys = [column_key(text) for text in header]
        for column, name in pairs:
            if column not in COLUMNS:
                raise BadField("map", "unknown_column", column[:40])
            if column_key(name) not in keys:
                raise BadField("map", "no_such_column", name[:40])
            names = ["" if known == column else known for known in names]
            names[keys.index(column_key(name))] = column
        return RememberedColumns(tuple(names), decimal or ("" if meant is None else meant.decimal))

    def columns_of(self, header: Sequence[str]) -> RememberedColumns | None:
        """The remembered column mapping of this header."""
        with self.store.reading() as work:
            return work.imports.columns_of(header_key(header))


@dataclass(slots=True)
class ImportUnderWay:
    """An import in progress: the rows counted so far are committed or rejected."""

    import_: ImportCatalogue
    table: RawTable
    reader: RowReader
    person: Person
    rejects: Callable[[Reject], None]
    dry_run: bool
    changes: Callable[[RowChange], None] | None
    said: RememberedColumns | None
    incomplete: Callable[[IncompleteRow], None] | None = None
    needs: Needs = field(default_factory=dict)
    reviewed: ReviewedChanges | None = None
    seen: CodesSeen = field(default_factory=CodesSeen)
    products: CodesSeen = field(default_factory=CodesSeen)  # products that existed before, by id
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    shortened: int = 0
    repriced: int = 0
    lacking: int = 0
    opening: int = 0  # pieces of new goods
    refused: list[Reject] = field(default_factory=list)  # of the current batch
    run: int | None = None
    is_complete: bool = False

    @property
    def rows(self) -> int:
        """Rows accounted for."""
        return self.created + self.updated + self.unchanged + self.rejected

    def result(self) -> ImportResult:
        figures = (self.rows, self.created, self.updated, self.unchanged, self.rejected, self.shortened)
        return ImportResult(*figures, self.reader.columns.ignored, self.repriced, self.run, self.lacking)

    def step(self, most: int) -> bool:
        """Import up to so many rows in one transaction; False, without effect, after the last."""
        batch = list(islice(self.table.rows, most))
        if batch:
            self._take(batch)
        self.is_complete = not batch
        return bool(batch)

    def end(self) -> None:
        """Log the import in the journal: all of it, or the part before it was cancelled."""
        if self.dry_run:
            return
        result, at = self.result(), self.import_.now()
        details = {"file": self.table.name, "complete": self.is_complete, **result.counts(), "opening": self.opening}
        with self.import_.store.begin() as work:
            run = self._begun(work, at)
            if work.imports.state(run) == RUNNING:
                work.imports.end(run, DONE if self.is_complete else CANCELLED, result.counts())
            details["import"] = run
            if self.said is not None:
                work.imports.remember_columns(header_key(self.table.header), self.said, at)
            work.journal.write(at, self.import_.till, self.person.name, "import_catalogue", details)
            work.commit()
        self.run = run

    def _begun(self, work: UnitOfWork, at: datetime) -> int:
        return work.imports.begin(self.table.name, at, self.person.name) if self.run is None else self.run

    def _take(self, batch: Iterable[RawRow]) -> None:
        """Read a batch, compare it with the store on a snapshot, write new and changed goods."""
        read = [(row, goods) for row in batch if (goods := self._read(row)) is not None]
        with self.import_.store.reading() as work:
            self.person = authorize(work, self.person, "catalogue")
            new, known = self._sorted_out(read, work.products)
            differs = work.products.would_change([(owner, goods) for owner, _, goods in known], self.import_.now())
            known, differs = self._priced_by_right(known, differs)
            new, known, differs = self._weighed(work.products, new, known, differs)
            new, known, differs = self._as_reviewed(new, known, differs)
            lacking = self._lacking(work.products, new, known, differs)
        changed = [(owner, goods) for (owner, _, goods), fields in zip(known, differs) if fields]
        made = [goods for _, goods in new]
        created, updated = len(new), len(changed)
        if not self.dry_run and (made or changed):
            created, updated = self._write(made, changed)
        self.created += created
        self.updated += updated
        self.unchanged += len(new) + len(known) - created - updated
        self.repriced += sum(RowChange(0, "", "", False, fields).is_repriced for fields in differs)
        if self.changes is not None:
            self._report_changes(
                new, [(row, goods, fields) for (_, row, goods), fields in zip(known, differs) if fields]
            )
        if self.incomplete is not None:
            for one in lacking:
                self.incomplete(one)
        self.lacking += len(lacking)
        for reject in sorted(self.refused, key=lambda reject: reject.line):
            self.rejects(reject)
        self.rejected += len(self.refused)
        self.refused.clear()

    def _lacking(
        self,
        products: Products,
        new: Sequence[tuple[RawRow, GoodsRow]],
        known: Sequence[tuple[int, RawRow, GoodsRow]],
        differs: Sequence[Sequence[FieldChange]],
    ) -> list[IncompleteRow]:
        """New and changed goods that lack something after the import, in the order of the file."""
        if self.incomplete is None:
            return []
        rows: list[tuple[int, GoodsRow, int | None]] = [(row.line, goods, None) for row, goods in new]
        rows += [
            (row.line, goods, owner)
            for (owner, row, goods), fields in zip(known, differs)
            if fields and lacks_alone(goods, self.needs)
        ]
        owners = [owner for _, _, owner in rows if owner is not None]
        stored = products.by_ids(owners, self.import_.now()) if owners else {}
        return incomplete_rows(sorted(rows, key=lambda one: one[0]), stored, self.needs)

    def _priced_by_right(
        self, known: list[tuple[int, RawRow, GoodsRow]], differs: Sequence[Sequence[FieldChange]]
    ) -> tuple[list[tuple[int, RawRow, GoodsRow]], list[Sequence[FieldChange]]]:
        """Drops and rejects rows that change an existing price where the person lacks the permission `price`."""
        kept, formatted_entry = [], []
        for one, fields in zip(known, differs):
            if RowChange(0, "", "", False, fields).is_repriced and not self.person.may("price"):
                price = next(change for change in fields if change.field == "price")
                self._reject(one[1], "price_not_allowed", f"{price.before} → {price.after}")
            else:
                kept.append(one)
                formatted_entry.append(fields)
        return kept, formatted_entry

    def _weighed(
        self,
        products: Products,
        new: list[tuple[RawRow, GoodsRow]],
        known: list[tuple[int, RawRow, GoodsRow]],
        differs: Sequence[Sequence[FieldChange]],
    ) -> tuple[list[tuple[RawRow, GoodsRow]], list[tuple[int, RawRow, GoodsRow]], list[Sequence[FieldChange]]]:
        """Drops and rejects rows that leave a gross weight below the net weight, one of them on file perhaps."""
        pairs = list(zip(known, differs))
        owners = [owner for (owner, _, _), fields in pairs if any(one.field in _WEIGHTS for one in fields)]
        stored = products.by_ids(owners, self.import_.now()) if owners else {}
        rows = [(row, goods.attributes) for row, goods in new]
        rows += [
            (row, stored[owner].attributes.updated(goods.attributes))
            for (owner, row, goods), _ in pairs
            if owner in stored
        ]
        wrong = {row.line: (row, after) for row, after in rows if is_gross_below_net(after)}
        for row, after in wrong.values():
            self._reject(row, BELOW_NET, weights_text(after))
        kept = [(one, fields) for one, fields in pairs if one[1].line not in wrong]
        new = [one for one in new if one[0].line not in wrong]
        return new, [one for one, _ in kept], [fields for _, fields in kept]

    def _as_reviewed(
        self,
        new: list[tuple[RawRow, GoodsRow]],
        known: list[tuple[int, RawRow, GoodsRow]],
        differs: Sequence[Sequence[FieldChange]],
    ) -> tuple[list[tuple[RawRow, GoodsRow]], list[tuple[int, RawRow, GoodsRow]], list[Sequence[FieldChange]]]:
        """Notes in a dry run what is shown; afterwards rejects rows that would do something that was not."""
        reviewed, pairs = self.reviewed, list(zip(known, differs))
        if reviewed is None:
            return new, known, list(differs)
        if self.dry_run:
            for _, goods in new:
                reviewed.note(goods, None)
            for (_, _, goods), fields in pairs:
                if fields:
                    reviewed.note(goods, fields)
            return new, known, list(differs)
        kept_new = [one for one in new if reviewed.has(one[1], None)]
        kept = [(one, fields) for one, fields in pairs if not fields or reviewed.has(one[2], fields)]
        for row in (row for row, goods in new if not reviewed.has(goods, None)):
            self._reject(row, "changed_meanwhile")
        for _, row, _ in (one for one, fields in pairs if fields and not reviewed.has(one[2], fields)):
            self._reject(row, "changed_meanwhile")
        return kept_new, [one for one, _ in kept], [fields for _, fields in kept]

    def _report_changes(
        self, new: Sequence[tuple[RawRow, GoodsRow]], changed: Sequence[tuple[RawRow, GoodsRow, Sequence[FieldChange]]]
    ) -> None:
        """Report the changes of the rows in the order of the file."""
        assert self.changes is not None
        row_changes = [
            RowChange(row.line, goods.code, _named(goods).name, True, fields_of(goods)) for row, goods in new
        ]
        row_changes += [RowChange(row.line, goods.code, goods.name, False, fields) for row, goods, fields in changed]
        for change in sorted(row_changes):
            self.changes(change)

    def _read(self, row: RawRow) -> GoodsRow | None:
        try:
            goods, was_cut = self.reader.read(row)
            codes = _all_codes(goods)
            if len(codes) == 1:  # nearly always
                if not self.seen.take(goods.code):
                    raise RowRejected("duplicate", goods.code)
            elif any(code in self.seen for code in codes):
                raise RowRejected("duplicate", goods.code)
            else:
                self.seen.add(codes)
        except RowRejected as no:
            self._reject(row, no.reason, no.detail)
            return None
        self.shortened += was_cut
        return goods

    def _reject(self, row: RawRow, reason: str, detail: str = "") -> None:
        self.refused.append(self.reader.rejected(row, reason, detail))

    def _sorted_out(
        self, read: list[tuple[RawRow, GoodsRow]], products: Products
    ) -> tuple[list[tuple[RawRow, GoodsRow]], list[tuple[int, RawRow, GoodsRow]]]:
        """New and known goods with their rows; rejects the other rows."""
        ids = products.codes_known(code for _, goods in read for code in _all_codes(goods))
        new: list[tuple[RawRow, GoodsRow]] = []
        known: list[tuple[int, RawRow, GoodsRow]] = []
        for row, goods in read:
            owners = {ids[code] for code in _all_codes(goods) if code in ids} if ids else set()
            if len(owners) > 1:
                self._reject(row, "codes_of_several", " ".join(_all_codes(goods))[:100])
            elif owners:
                owner = owners.pop()
                if str(owner) in self.products:  # found by another of its codes
                    self._reject(row, "duplicate", goods.code)
                else:
                    self.products.add([str(owner)])
                    known.append((owner, row, goods))
            elif goods.name or goods.names:
                new.append((row, goods))
            else:
                self._reject(row, "name_missing")
        return new, known

    def _write(self, new: list[GoodsRow], changed: list[tuple[int, GoodsRow]]) -> tuple[int, int]:
        """Write one batch in one transaction; returns how many were created and updated."""
        at, name = self.import_.now(), self.person.name
        with self.import_.store.begin() as work:
            authorize(work, self.person, "catalogue")
            # Another till may have created one of them between snapshot and transaction.
            made = work.products.codes_known(code for goods in new for code in _all_codes(goods))
            known = dict(changed)
            if made:
                for goods in new:
                    known.update((made[code], goods) for code in _all_codes(goods) if code in made)
                new = [goods for goods in new if made.keys().isdisjoint(_all_codes(goods))]
            new = [_named(goods) for goods in new]
            run = self._begun(work, at)
            if self.run is None:
                details = {"file": self.table.name, "import": run}
                work.journal.write(at, self.import_.till, name, "begin_import_catalogue", details)
            elif work.imports.state(run) == UNDONE:
                raise ImportIsUndone
            ids = work.products.add_many(new, at, run)
            opening = [(product_id, goods.on_hand, None) for product_id, goods in zip(ids, new) if goods.on_hand]
            work.stock.move_many(opening, "opening", at, name)
            updated = sum(work.products.change_many(list(known.items()), at, name, run))
            work.commit()
        self.run = run
        self.opening += sum(pieces for _, pieces, _ in opening)
        return len(new), updated


def separators_of(columns: CatalogueColumns, first: Sequence[RawRow], chosen: str = "") -> Mapping[str, str]:
    """The decimal separator of each numeric column: the chosen one, else that of its first figures."""
    indexes = columns.among(FIGURES)
    if chosen:
        return dict.fromkeys((column for column, _ in indexes), chosen)
    return {
        column: separator_shown(row.cells[index] for row in first if not row.fault and index < len(row.cells))
        for column, index in indexes
    }


def _named(goods: GoodsRow) -> GoodsRow:
    """A new product has a name in its own language; where the file has translations only, the first of them."""
    return goods if goods.name else replace(goods, name=next(iter(goods.names.values())))


def _all_codes(goods: GoodsRow) -> tuple[str, ...]:
    if not goods.codes and not goods.cartons:  # nearly always
        return (goods.code,)
    return (goods.code, *goods.codes, *(code for code, _ in goods.cartons))
