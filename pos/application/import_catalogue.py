"""Bring a catalogue in: add what is new, update what differs, account for every row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from pos.application.at_work import at_work
from pos.application.catalogue_columns import Columns, RawRow, RawTable, Reject
from pos.application.catalogue_row import RowReader
from pos.application.catalogue_text import RowRejected
from pos.application.codes_seen import CodesSeen
from pos.application.ports import Clock, GoodsRow, Products, Store
from pos.application.settings import Settings
from pos.domain.staff import Person

BATCH = 500
"""Rows a transaction: tills sell during an import, so it holds the store for some hundredths of a second at a time."""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What became of the rows. `shortened` names were cut to 200 characters; `ignored` are the columns not read."""

    rows: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    shortened: int
    ignored: tuple[str, ...]

    def counts(self) -> dict[str, int]:
        """The figures by name; `rows` is the sum of the next four."""
        names = ("rows", "created", "updated", "unchanged", "rejected", "shortened")
        return {name: getattr(self, name) for name in names}


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
    ) -> ImportResult:
        """Import `table`; each row that is not taken goes to `rejects`. Needs the right `catalogue`.

        `progress` is told the rows done after each batch; what it raises ends the import there. Raises BadField for
        a header without a column of codes. `dry_run` counts and rejects alike and writes nothing.
        """
        person.check("catalogue")
        price = self.settings().price
        columns = Columns.of(table.header, price.code)
        run = _Run(self, table.name, RowReader.under(columns, price), person, rejects, dry_run)
        is_complete = False
        try:
            for batch in _batches(table.rows):
                run.take(batch)
                if progress is not None:
                    progress(run.rows)
            is_complete = True
        finally:
            # Also when it ends early: what was committed has to stand in the journal.
            result = run.result(columns.ignored)
            if not dry_run:
                run.sign_off(result, is_complete)
        return result


@dataclass(slots=True)
class _Run:
    """One import under way: the rows counted so far are committed or rejected."""

    step: ImportCatalogue
    file: str
    reader: RowReader
    person: Person
    rejects: Callable[[Reject], None]
    dry_run: bool
    seen: CodesSeen = field(default_factory=CodesSeen)
    products: CodesSeen = field(default_factory=CodesSeen)  # those that were there before, by id
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    shortened: int = 0
    refused: list[Reject] = field(default_factory=list)  # of the batch under way
    has_begun: bool = False

    @property
    def rows(self) -> int:
        """How many rows are accounted for."""
        return self.created + self.updated + self.unchanged + self.rejected

    def result(self, ignored: tuple[str, ...]) -> ImportResult:
        """The figures so far."""
        figures = (self.rows, self.created, self.updated, self.unchanged, self.rejected, self.shortened)
        return ImportResult(*figures, ignored)

    def sign_off(self, result: ImportResult, is_complete: bool) -> None:
        """Write down in the journal what was done."""
        details = {"file": self.file, "complete": is_complete, **result.counts()}
        with self.step.store.begin() as work:
            work.journal.write(self.step.now(), self.step.till, self.person.name, "import_catalogue", details)
            work.commit()

    def take(self, batch: Iterable[RawRow]) -> None:
        """Read a batch, compare it with the store on a snapshot, write what is new or differs."""
        read = [(row, goods) for row in batch if (goods := self._read(row)) is not None]
        with self.step.store.reading() as work:
            new, known = self._sorted_out(read, work.products)
            differs = work.products.would_change(known, self.step.now())
        changed = [row for row, is_other in zip(known, differs) if is_other]
        created, updated = len(new), len(changed)
        if not self.dry_run and (new or changed):
            created, updated = self._write(new, changed)
        self.created += created
        self.updated += updated
        self.unchanged += len(new) + len(known) - created - updated
        for reject in sorted(self.refused, key=lambda reject: reject.line):
            self.rejects(reject)
        self.rejected += len(self.refused)
        self.refused.clear()

    def _read(self, row: RawRow) -> GoodsRow | None:
        try:
            goods, was_cut = self.reader.read(row)
            if any(code in self.seen for code in _all_codes(goods)):
                raise RowRejected("duplicate", goods.code)
        except RowRejected as no:
            self._reject(row, no.reason, no.detail)
            return None
        self.seen.add(_all_codes(goods))
        self.shortened += was_cut
        return goods

    def _reject(self, row: RawRow, reason: str, detail: str = "") -> None:
        self.refused.append(self.reader.rejected(row, reason, detail))

    def _sorted_out(
        self, read: list[tuple[RawRow, GoodsRow]], products: Products
    ) -> tuple[list[GoodsRow], list[tuple[int, GoodsRow]]]:
        """New goods and known ones; rejects those that are neither."""
        ids = products.codes_known(code for _, goods in read for code in _all_codes(goods))
        new: list[GoodsRow] = []
        known: dict[int, GoodsRow] = {}
        for row, goods in read:
            owners = {ids[code] for code in _all_codes(goods) if code in ids}
            if len(owners) > 1:
                self._reject(row, "codes_of_several", " ".join(_all_codes(goods))[:100])
            elif owners:
                owner = owners.pop()
                if str(owner) in self.products:  # by another of its codes
                    self._reject(row, "duplicate", goods.code)
                else:
                    self.products.add([str(owner)])
                    known[owner] = goods
            elif goods.name or goods.names:
                new.append(goods)
            else:
                self._reject(row, "name_missing")
        return new, list(known.items())

    def _write(self, new: list[GoodsRow], changed: list[tuple[int, GoodsRow]]) -> tuple[int, int]:
        """Write one batch in one transaction; how many it made and changed."""
        at = self.step.now()
        with self.step.store.begin() as work:
            at_work(work, self.person, "catalogue")
            # Between snapshot and transaction somebody else may have made one of them.
            made = work.products.codes_known(code for goods in new for code in _all_codes(goods))
            known = dict(changed)
            for goods in new:
                known.update((made[code], goods) for code in _all_codes(goods) if code in made)
            new = [_named(goods) for goods in new if made.keys().isdisjoint(_all_codes(goods))]
            if not self.has_begun:
                work.journal.write(at, self.step.till, self.person.name, "begin_import_catalogue", {"file": self.file})
            ids = work.products.add_many(new, at)
            opening = [(product_id, goods.on_hand, None) for product_id, goods in zip(ids, new) if goods.on_hand]
            work.stock.move_many(opening, "opening", at, self.person.name)
            updated = sum(work.products.change_many(list(known.items()), at, self.person.name))
            work.commit()
        self.has_begun = True
        return len(new), updated


def _named(goods: GoodsRow) -> GoodsRow:
    """A new product has a name in its own language; where a file gives translations only, the first of them."""
    return goods if goods.name else replace(goods, name=next(iter(goods.names.values())))


def _all_codes(goods: GoodsRow) -> tuple[str, ...]:
    return (goods.code, *goods.codes)


def _batches(rows: Iterator[RawRow]) -> Iterator[list[RawRow]]:
    while batch := list(islice(rows, BATCH)):
        yield batch
