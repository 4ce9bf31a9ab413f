"""Many sales in one process, T12 and the size of T2: what the memory, the log of changes and the file grow by.

SALES is how many sales of ten lines a full run makes; 20,000 without it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tests.benchmarks.a_till import a_shop, count_of, goods_to_sell, opened
from tests.benchmarks.sale import Seller
from tests.benchmarks.table import Effort, Row, timed

_QUICK, _FULL = 200, 20_000
_SETTLED = 1_000
"""Sales after which nothing that is kept once should be new."""
_GOODS = 400


def measure(effort: Effort) -> Iterator[Row]:
    """How long a sale takes at the end beside the beginning, then sizes: MB, and bytes of each line on the disk."""
    sales = _QUICK if effort.quick else int(os.environ.get("SALES", _FULL))
    settled = min(_SETTLED, sales // 2)
    with a_shop() as shop:
        seller = Seller(shop, goods_to_sell(shop.folder, _GOODS))
        file, log = shop.folder / "shop.db", shop.folder / "shop.db-wal"
        times, logs, memory = [], [], []
        size, lines = 0, 0
        for done in range(sales):
            if done == settled:
                memory.append(_resident())
                size, lines = _emptied(shop.folder, file), count_of(shop.folder, "sale_line")
            times.append(timed(partial(_sell, seller)))
            logs.append(log.stat().st_size / 2**20 if log.exists() else 0.0)
            if done >= settled and done % 100 == 0:
                memory.append(_resident())
        memory.append(_resident())
        more = count_of(shop.folder, "sale_line") - lines
        whole = (_emptied(shop.folder, file) - size) / more
        alone = _bytes_of(shop.folder, "sale_line")
    late = times[settled:]
    yield Row(f"a sale, the last of {sales} beside the first", late[-len(late) // 2 :], late[: len(late) // 2])
    yield Row(f"memory after the first {settled}, growth", [memory[-1] - memory[0]], (), 10, unit="MB")
    yield Row(f"memory after the first {settled}, widest span", [max(memory) - min(memory)], (), unit="MB")
    yield Row("the log of changes (WAL)", logs, (), 16, by_worst=True, unit="MB")
    yield Row("a line alone", [alone], (), 70, unit="B")
    yield Row("a line with its share of all a sale writes", [whole], unit="B")


def _sell(seller: Seller) -> None:
    order = seller.order()
    seller.shop.hold_sale(order)
    seller.shop.complete_sale.from_counter(order, seller.payment(order))


def _resident() -> float:
    """MB of memory that the process has in hand."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _emptied(folder: Path, file: Path) -> int:
    """Bytes of the store once its log of changes is in it."""
    store = opened(folder)
    store.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    store.close()
    return file.stat().st_size


def _bytes_of(folder: Path, table: str) -> float:
    """Bytes on the disk for each row of a table, without its indexes."""
    store = sqlite3.connect(folder / "shop.db")  # the till's own driver is built without dbstat
    held = store.execute("SELECT sum(pgsize) FROM dbstat WHERE name = ?", (table,)).fetchone()[0]
    rows = store.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    store.close()
    return float(held) / int(rows)
