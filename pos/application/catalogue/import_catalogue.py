"""Bring a catalogue in: add what is new, update what differs, account for every row."""

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
from pos.application.catalogue.catalogue_row import RowReader
from pos.application.catalogue.catalogue_text import RowRejected
from pos.application.catalogue.codes_seen import CodesSeen
from pos.application.catalogue.column_names import column_key
from pos.application.catalogue.goods_fields import fields_of
from pos.application.ports.import_ports import CANCELLED, DONE, RUNNING, UNDONE, FieldChange, RememberedColumns
from pos.application.ports.store import Clock, GoodsRow, Products, Store, UnitOfWork
from pos.application.settings.settings import Settings
from pos.application.tables.raw_table import RawRow, RawTable
from pos.application.text.number_parsing import SIGNS, sign_shown
from pos.domain.errors import BadField, Refused
from pos.domain.staff.staff import Person

BATCH = 500
"""Rows a transaction: tills sell during an import, so it holds the store for some hundredths of a second at a time."""


_SAMPLE = 1_000
"""Rows that are looked at before the first is read: the figures of a column show their decimal sign."""


@dataclass(eq=False)
class ImportIsUndone(Refused):
    """Somebody has undone this import while it was going on: it goes no further."""

    fact = "import_is_undone"


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What became of the rows. `shortened` names were cut to 200 characters; `ignored` are the columns not read.

    `run` is the number under which it can be undone; None for a dry run and where nothing was written.
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

    def counts(self) -> dict[str, int]:
        """The figures by name; `rows` is the sum of the next four, `repriced` are those of the updated."""
        names = ("rows", "created", "updated", "unchanged", "rejected", "shortened", "repriced")
        return {name: getattr(self, name) for name in names}


class RowChange(NamedTuple):
    """What an import does to one product: `fields` from what to what; those of a new one (`is_new`) from nothing."""

    line: int
    code: str
    name: str
    is_new: bool
    fields: Sequence[FieldChange]

    @property
    def is_repriced(self) -> bool:
        """Whether goods that had a price get another one."""
        return any(change.field == "price" and change.before is not None for change in self.fields)


@dataclass(frozen=True, slots=True)
class ImportCatalogue:
    """Read a catalogue into the store, in whole batches: an import that ends early has done so many, and says so.

    What a file leaves empty stays as it is stored. `on_hand` counts only for a product that the import makes.
    The first good row with a code counts. The same file again changes nothing.
    """

    store: Store
    now: Clock
    settings: Callable[[], Settings]
    till: str

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
    ) -> ImportResult:
        """Import `table`; each row that is not taken goes to `rejects`. Needs the right `catalogue`, and `price`
        for rows that give goods another price.

        `progress` is told the rows done after each batch; what it raises ends the import there. Raises BadField for
        a header without a column of codes. `dry_run` counts and rejects alike and writes nothing; `changes` is given
        what each row changes. `said` is what somebody said of the columns, in place of what is known of the header.
        """
        run = self.begin(table, person, rejects, dry_run=dry_run, changes=changes, said=said)
        try:
            while run.step(BATCH):
                if progress is not None:
                    progress(run.rows)
        finally:
            # Also when it ends early: what was committed has to stand in the journal.
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
    ) -> ImportUnderWay:
        """An import whose batches the caller asks for, one at a time; who begins it ends it."""
        person.check("catalogue")
        with authorized_read(self.store, person, "catalogue"):
            pass  # before anybody looks at the file
        price = self.settings().price
        meant = self.columns_of(table.header) if said is None else said
        columns = CatalogueColumns.of(table.header, price.code, None if meant is None else meant.columns)
        first = list(islice(table.rows, _SAMPLE))
        signs = signs_of(columns, first, "" if meant is None else meant.decimal)
        table = replace(table, rows=chain(first, table.rows))
        reader = RowReader.under(columns, price, signs)
        return ImportUnderWay(self, table, reader, person, rejects, dry_run, changes, said)

    def said_of(self, header: Sequence[str], told: Iterable[str], decimal: str) -> RememberedColumns | None:
        """What `COLUMN=NAME` and a decimal sign say of a header; None where nothing is said. Raises BadField.

        A column that nothing is said of is what its name tells, unless another has taken its place.
        """
        if decimal and decimal not in SIGNS:
            raise BadField("decimal", "not_one_of", decimal[:10])
        pairs = [text.partition("=")[::2] for text in told]
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
        """What somebody has said of the columns of this header before."""
        with self.store.reading() as work:
            return work.imports.columns_of(header_key(header))


@dataclass(slots=True)
class ImportUnderWay:
    """One import under way: the rows counted so far are committed or rejected."""

    import_: ImportCatalogue
    table: RawTable
    reader: RowReader
    person: Person
    rejects: Callable[[Reject], None]
    dry_run: bool
    changes: Callable[[RowChange], None] | None
    said: RememberedColumns | None
    seen: CodesSeen = field(default_factory=CodesSeen)
    products: CodesSeen = field(default_factory=CodesSeen)  # those that were there before, by id
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    shortened: int = 0
    repriced: int = 0
    opening: int = 0  # pieces that came in with new goods
    refused: list[Reject] = field(default_factory=list)  # of the batch under way
    run: int | None = None
    is_complete: bool = False

    @property
    def rows(self) -> int:
        """How many rows are accounted for."""
        return self.created + self.updated + self.unchanged + self.rejected

    def result(self) -> ImportResult:
        """The figures so far."""
        figures = (self.rows, self.created, self.updated, self.unchanged, self.rejected, self.shortened)
        return ImportResult(*figures, self.reader.columns.ignored, self.repriced, self.run)

    def step(self, most: int) -> bool:
        """Take so many rows, in one transaction; False, and nothing is done, after the last."""
        batch = list(islice(self.table.rows, most))
        if batch:
            self._take(batch)
        self.is_complete = not batch
        return bool(batch)

    def end(self) -> None:
        """Write down in the journal what was done: all of it, or what was before it was cancelled."""
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
        """Read a batch, compare it with the store on a snapshot, write what is new or differs."""
        read = [(row, goods) for row in batch if (goods := self._read(row)) is not None]
        with self.import_.store.reading() as work:
            self.person = authorize(work, self.person, "catalogue")
            new, known = self._sorted_out(read, work.products)
            differs = work.products.would_change([(owner, goods) for owner, _, goods in known], self.import_.now())
        known, differs = self._priced_by_right(known, differs)
        changed = [(owner, goods) for (owner, _, goods), told in zip(known, differs) if told]
        made = [goods for _, goods in new]
        created, updated = len(new), len(changed)
        if not self.dry_run and (made or changed):
            created, updated = self._write(made, changed)
        self.created += created
        self.updated += updated
        self.unchanged += len(new) + len(known) - created - updated
        self.repriced += sum(RowChange(0, "", "", False, told).is_repriced for told in differs)
        if self.changes is not None:
            self._tell(new, [(row, goods, told) for (_, row, goods), told in zip(known, differs) if told])
        for reject in sorted(self.refused, key=lambda reject: reject.line):
            self.rejects(reject)
        self.rejected += len(self.refused)
        self.refused.clear()

    def _priced_by_right(
        self, known: list[tuple[int, RawRow, GoodsRow]], differs: Sequence[Sequence[FieldChange]]
    ) -> tuple[list[tuple[int, RawRow, GoodsRow]], list[Sequence[FieldChange]]]:
        """Without the rows that give goods another price, where that is not for the person: these are rejected."""
        kept, formatted_entry = [], []
        for one, told in zip(known, differs):
            if RowChange(0, "", "", False, told).is_repriced and not self.person.may("price"):
                price = next(change for change in told if change.field == "price")
                self._reject(one[1], "price_not_allowed", f"{price.before} → {price.after}")
            else:
                kept.append(one)
                formatted_entry.append(told)
        return kept, formatted_entry

    def _tell(
        self, new: Sequence[tuple[RawRow, GoodsRow]], changed: Sequence[tuple[RawRow, GoodsRow, Sequence[FieldChange]]]
    ) -> None:
        """Hand on what the rows change, in the order of the file."""
        assert self.changes is not None
        told = [RowChange(row.line, goods.code, _named(goods).name, True, fields_of(goods)) for row, goods in new]
        told += [RowChange(row.line, goods.code, goods.name, False, fields) for row, goods, fields in changed]
        for change in sorted(told):
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
        """New goods and known ones, with their rows; rejects those that are neither."""
        ids = products.codes_known(code for _, goods in read for code in _all_codes(goods))
        new: list[tuple[RawRow, GoodsRow]] = []
        known: list[tuple[int, RawRow, GoodsRow]] = []
        for row, goods in read:
            owners = {ids[code] for code in _all_codes(goods) if code in ids} if ids else set()
            if len(owners) > 1:
                self._reject(row, "codes_of_several", " ".join(_all_codes(goods))[:100])
            elif owners:
                owner = owners.pop()
                if str(owner) in self.products:  # by another of its codes
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
        """Write one batch in one transaction; how many it made and changed."""
        at, name = self.import_.now(), self.person.name
        with self.import_.store.begin() as work:
            authorize(work, self.person, "catalogue")
            # Between snapshot and transaction somebody else may have made one of them.
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


def signs_of(columns: CatalogueColumns, first: Sequence[RawRow], chosen: str = "") -> Mapping[str, str]:
    """The decimal sign of each column of figures: the chosen one, else what its first figures show."""
    places = columns.among(FIGURES)
    if chosen:
        return dict.fromkeys((column for column, _ in places), chosen)
    return {
        column: sign_shown(row.cells[place] for row in first if not row.fault and place < len(row.cells))
        for column, place in places
    }


def _named(goods: GoodsRow) -> GoodsRow:
    """A new product has a name in its own language; where a file gives translations only, the first of them."""
    return goods if goods.name else replace(goods, name=next(iter(goods.names.values())))


def _all_codes(goods: GoodsRow) -> tuple[str, ...]:
    if not goods.codes and not goods.cartons:  # nearly always
        return (goods.code,)
    return (goods.code, *goods.codes, *(code for code, _ in goods.cartons))
