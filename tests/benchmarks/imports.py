"""Imports: ours beside bare statements with the same validation, and the window while goods come in.

The goods are made up, or those of the CSV or CSV.XZ that GOODS names.
"""

from __future__ import annotations

import io
import lzma
import os
import resource
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pysqlite3.dbapi2 as sqlite

from db.catalogue.search import lookup_texts, part_text, word_text
from pos.application.catalogue.catalogue_columns import CatalogueColumns
from pos.application.catalogue.catalogue_row import RowReader
from pos.application.catalogue.catalogue_text import RowRejected
from pos.application.catalogue.import_catalogue import ImportCatalogue
from pos.application.settings.options import Options
from pos.application.tables.raw_table import RawTable
from pos.domain.catalogue.barcode import with_check_digit
from pos.domain.staff.staff import Person
from pos.exports.catalogue_files import read_catalogue
from tests.benchmarks.table import Effort, Row, timed
from tests.horgos import CNY

BATCH = 500
_CONSOLE = Person.at_the_console("benchmark")
_WORDS = (
    "chocolate",
    "сыр",
    "айран",
    "绿茶",
    "қымыз",
    "café",
    "dark",
    "молоко",
    "茅台酒",
    "soap",
    "сок",
    "rouge",
    "halva",
)
_PRODUCT = (
    "INSERT INTO product (code, name, price_minor, price_currency, abv, net_g, created_at, by_weight, asks_lot)"
    " VALUES (?, ?, ?, ?, ?, ?, 0, 0, 0)"
)
_LIMIT = 50
"""Milliseconds: the longest gap of the event loop, and the longest that a scan may wait for a slice."""


def measure(effort: Effort) -> Iterator[Row]:
    """Every row of performance.md, T8."""
    batches = 4 if effort.quick else max(40, effort.repeats // 5)
    with TemporaryDirectory() as folder:
        yield from _beside_bare_statements(Path(folder), batches)
    with TemporaryDirectory() as folder:
        yield from _in_the_window(Path(folder), batches * BATCH)


def a_table(rows: int) -> RawTable:
    """So many goods as a file gives them."""
    return read_catalogue(io.BytesIO(a_file(rows)), "goods.csv")


def a_file(rows: int) -> bytes:
    """So many goods as CSV."""
    if name := os.environ.get("GOODS"):
        with lzma.open(name) if name.endswith(".xz") else Path(name).open("rb") as file:
            return b"".join(islice(file, rows + 1))
    random = Random(rows)
    lines = ["code,name,price,net_g"]
    for number in range(rows):
        code = with_check_digit(f"{460_000_000_000 + number}")
        name = " ".join(random.choices(_WORDS, k=5))
        lines.append(f"{code},{name},{random.randint(1, 900)}.50,{random.randint(1, 2000)}")
    return "\n".join(lines).encode()


def _beside_bare_statements(folder: Path, batches: int) -> Iterator[Row]:
    """A batch by ours and a batch by bare statements in turn, from the same file into like stores."""
    import main

    shop = main.build(Options(data=folder / "ours"), quick_pins=True)
    main.build(Options(data=folder / "bare"), quick_pins=True).close()
    table, again = a_table(batches * BATCH), a_table(batches * BATCH)
    catalogue = shop.import_catalogue
    assert isinstance(catalogue, ImportCatalogue)
    run = catalogue.begin(table, _CONSOLE, lambda _reject: None)
    bare = _Bare(folder / "bare" / "shop.db", again)
    word_text(["茅台"], [])  # the dictionary of pinyin is read once
    ours, theirs, memory = [], [], _memory()
    for _ in range(batches):
        ours.append(timed(lambda: run.step(BATCH)))
        theirs.append(timed(lambda: bare.step(BATCH)))
    run.end()
    shop.close()
    bare.close()
    yield Row(f"import {BATCH} new goods, bare: executemany with validation and index", ours, theirs)
    yield Row(f"memory after {batches * BATCH} goods, MB as ms", [_memory() - memory], (), 50)


class _Bare:
    """The least an import with validation and search must do: the same rows by executemany on the driver."""

    def __init__(self, path: Path, table: RawTable) -> None:
        self._connection: Any = sqlite.connect(path)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            self._connection.execute(f"PRAGMA {pragma}")
        self._rows = table.rows
        self._reader = RowReader.under(CatalogueColumns.of(table.header, "CNY"), CNY, {})
        self._next = 1

    def step(self, most: int) -> None:
        """One batch in one transaction."""
        goods = []
        for row in islice(self._rows, most):
            try:
                goods.append(self._reader.read(row)[0])
            except RowRejected:
                continue
        known = {row[0] for row in self._connection.execute(
            f"SELECT code FROM product_code WHERE code IN ({','.join('?' * len(goods))})", [one.code for one in goods]
        )}  # fmt: skip
        goods = list({one.code: one for one in goods if one.code not in known}.values())
        ids = range(self._next, self._next + len(goods))
        self._next += len(goods)
        run = self._connection.executemany
        run(_PRODUCT, [
            (one.code, one.name, one.price and one.price.minor, one.price and "CNY",
             _text(one.attributes.abv), _text(one.attributes.net_g)) for one in goods
        ])  # fmt: skip
        run(
            "INSERT INTO product_code (code, product_id, position) VALUES (?, ?, 0)",
            [(o.code, i) for i, o in zip(ids, goods)],
        )
        run("INSERT INTO stock (product_id, on_hand) VALUES (?, 0)", [(i,) for i in ids])
        for table, text in (("product_word", word_text), ("product_part", part_text)):
            run(f"INSERT INTO {table}(rowid, text) VALUES (?, ?)",
                [(i, text([o.name], [o.code])) for i, o in zip(ids, goods)])  # fmt: skip
        lookups = [(text, i) for i, one in zip(ids, goods) for text in lookup_texts([one.name], [one.code])]
        run("INSERT INTO product_lookup (text, product_id) VALUES (?, ?)", lookups)
        self._connection.commit()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _in_the_window(folder: Path, rows: int) -> Iterator[Row]:
    """The page imports while a watchdog looks for gaps of the event loop and someone scans."""
    from PySide6.QtCore import QElapsedTimer, QTimer
    from PySide6.QtWidgets import QApplication

    import main
    from pos.application.catalogue.catalogue_files import ReadAs
    from pos.ui.catalogue.imports.import_driver import ImportPlan
    from pos.ui.catalogue.imports.screen import ImportScreen
    from pos.ui.shell.application import TillWindow

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    shop = main.build(Options(data=folder / "shop", demo=True), quick_pins=True, demo_size=300)
    file, habits = folder / "goods.csv", folder / "till.json"
    file.write_bytes(a_file(rows))
    habits.write_text('{"language": "en", "theme": "light"}', encoding="utf-8")
    till = TillWindow(app, shop, main.RESOURCES, habits, folder / "till.log", lambda session: [ImportScreen(session)])
    till.session.sounds.volume = 0
    till.show()
    _until(app, lambda: till.window.screen_at("import_goods") is not None and till.is_idle)
    page = till.window.screen_at("import_goods")
    assert isinstance(page, ImportScreen)
    clerk = next(person for person in shop.sign_in.people() if person.name == "clerk")
    till.session.take_person(clerk)
    _until(app, lambda: till.is_idle)
    till.window.show_screen("import_goods")
    _until(app, lambda: till.is_idle)
    gaps: list[float] = []
    scans: list[float] = []
    beat, watch = QTimer(), QElapsedTimer()

    def tick() -> None:
        gaps.append(watch.nsecsElapsed() / 1e6)
        watch.restart()

    def scan() -> None:
        began = time.perf_counter_ns()
        code = "4870204321111"
        till.session.run(
            lambda: shop.find.show(code), lambda _product: scans.append((time.perf_counter_ns() - began) / 1e6)
        )

    often = QTimer()
    beat.timeout.connect(tick)
    often.timeout.connect(scan)
    page.driver.start(ImportPlan(file, ReadAs(), None), clerk, is_trial=False)
    page.pages.show_result(is_trial=False)
    watch.start()
    beat.start(0)
    often.start(150)
    began = time.perf_counter()
    _until(app, lambda: page.driver.progress.result is not None)
    seconds = time.perf_counter() - began
    beat.stop()
    often.stop()
    _until(app, lambda: till.is_idle)
    till.close()
    shop.close()
    yield Row(f"gap of the event loop, {rows} goods at {rows / seconds:.0f} a second", gaps, (), _LIMIT, by_worst=True)
    if scans:
        yield Row("a scan answered meanwhile", scans, (), _LIMIT, by_worst=True)


def _until(app: Any, is_so: Any) -> None:
    while not is_so():
        app.processEvents()
        time.sleep(0.0005)
