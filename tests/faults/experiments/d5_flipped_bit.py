"""D5: one bit of the closed file is another one than the till wrote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

import pysqlite3.dbapi2 as sqlite

from db.sales import sale_rows
from pos.domain.errors import InfrastructureError
from tests.application.shifts.test_close_shift import right_count
from tests.faults.contents import SEARCH, Contents, contents
from tests.faults.customers import a_return, a_small_shop, serve, tickets
from tests.faults.experiment import Experiment, Figures, Trial
from tests.shops import DemoShop

_LEFT_OUT = "a column left out of the MAC"
_PAGE = 4096
_EVERYTHING = frozenset({"*"})
WORKING: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(
        (
            "product", "product_code", "product_price", "product_picture", "product_change", "supplier", "lot",
            "import_run", "import_mapping", "label_print", "pin_try", "stock_count", "count_line", "count_sheet",
            "count_entry", "purchase_order", "order_line", "receipt_charge", "receipt_scan", "hold", "hold_line",
        ),
        _EVERYTHING,
    ),
    "setting": frozenset({"text"}),
    "visitor": frozenset({"first_seen", "last_seen", "asked_on"}),
    "visitor_document": frozenset({"kind", "country", "masked"}),
    "visitor_entry": _EVERYTHING,
    "request_key": frozenset({"fingerprint"}),
    "outbox": frozenset({"copies", "state"}),
    "stock_move": frozenset({"at", "person", "document", "note", "why", "reason"}),
}  # fmt: skip
"""What is worked with and changed at will, so that a changed letter or figure in it may be what someone wrote: that it
can be read, is of its kind and leads where it should is all that is checked. All else is a fact: it is sealed by a MAC,
or the journal or another table says the same. The search index is made again from the catalogue at any time.
"""


def _run(trial: Trial) -> Figures:
    folder = a_small_shop(trial.folder / "shop")
    with _broken(trial.mutant):
        _trade(folder)
    file = folder / "shop.db"
    whole = file.read_bytes()
    first, columns = _read(file), _columns(file)
    assert isinstance(first, Mapping)
    tried = {"bits flipped": 0, "facts changed": 0, "working data changed": 0, "unreadable": 0}
    violations: list[str] = []
    with _broken(trial.mutant):
        for index, bit in _bits(whole, trial.size(60, 1_500), only_sales=bool(trial.mutant)):
            flipped = bytearray(whole)
            flipped[index] ^= 1 << bit
            file.write_bytes(flipped)
            tried["bits flipped"] += 1
            after = _read(file)
            if after == first:
                continue
            where = (
                sorted(_changed_tables(first, after, columns))
                if isinstance(after, Mapping)
                else ["what cannot be read"]
            )
            kind = (
                "unreadable" if not isinstance(after, Mapping) else "facts changed" if where else "working data changed"
            )
            tried[kind] += 1
            reported = _reported(folder)
            if not reported and where:
                violations.append(f"bit {bit} of byte {index}: no check notices another {', '.join(where)}")
            violations += [line for line in reported if line.startswith("UNCAUGHT")]
            if trial.mutant and violations:
                break
    return Figures({what: count for what, count in tried.items() if count}, tuple(violations))


def _trade(folder: Path) -> None:
    """Sales and returns, on a shift that is closed and on the next one."""
    shop = DemoShop(folder)
    customers = tickets(5)
    sold = [receipt for _ in range(40) if (receipt := serve(shop, next(customers)))]
    for number, receipt in enumerate(sold[:8]):
        serve(shop, a_return(f"back-{number}", receipt))
    shop.close_shift(shop.person("amina"), right_count(shop))
    shop.open_shift(shop.person("amina"), {})
    for _ in range(20):
        serve(shop, next(customers))
    assert shop.verify() == []
    shop.close()


def _bits(whole: bytes, count: int, *, only_sales: bool) -> Iterator[tuple[int, int]]:
    """Half of the bits anywhere, half where the sales and the journal lie, which are a small part of a young file."""
    chance = Random(7)
    all_pages = [whole[start : start + _PAGE] for start in range(0, len(whole), _PAGE)]
    marks = (b'"masked"',) if only_sales else (b'"masked"', b'"receipt"', b"k-")
    pages = [number for number, page in enumerate(all_pages) if any(mark in page for mark in marks)]
    for number in range(count):
        if only_sales or number % 2:
            yield chance.choice(pages) * _PAGE + chance.randrange(_PAGE), chance.randrange(8)
        else:
            yield chance.randrange(len(whole)), chance.randrange(8)


def _read(file: Path) -> Contents | str:
    """Everything that stands in the file, or why it cannot be read."""
    for log in file.parent.glob("shop.db-*"):
        log.unlink()
    store = sqlite.connect(file)
    try:
        tables = contents(store, without=SEARCH)
        tables["integrity_check"] = store.execute("PRAGMA integrity_check").fetchall()
        return tables
    except (sqlite.Error, UnicodeDecodeError) as error:
        return str(error)
    finally:
        store.close()


def _changed_tables(first: Contents, second: Contents, columns: Mapping[str, list[str]]) -> set[str]:
    """The columns of facts that are not what they were."""
    changed: set[str] = set()
    for table in first.keys() | second.keys():
        before, after = first.get(table, []), second.get(table, [])
        working = WORKING.get(table, frozenset())
        if before == after or working is _EVERYTHING:
            continue
        if len(before) != len(after) or table in ("the tables", "integrity_check"):
            changed.add(table)
            continue
        for old, new in zip(before, after):
            pairs = zip(columns[table], old, new)
            changed |= {f"{table}.{name}" for name, x, y in pairs if x != y and name not in working}
    return changed


def _columns(file: Path) -> Mapping[str, list[str]]:
    """The names of each table's columns, in the order in which they are read."""
    with sqlite.connect(file) as store:
        tables = store.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        columns = {name: [row[1] for row in store.execute(f'PRAGMA table_info("{name}")')] for (name,) in tables}
    store.close()
    return columns


def _reported(folder: Path) -> list[str]:
    """The first that the opening or verify says."""
    shop = DemoShop(folder)
    try:
        with shop.store.reading() as work:
            books = islice(work.reports.mismatches(), 1)
            return list(books) or [*work.seals.mismatches(shop.secrets.is_signed, ())]
    except InfrastructureError as trouble:
        return [str(trouble)]
    except Exception as error:  # noqa: BLE001 # that there is none is part of the promise
        return [f"UNCAUGHT {type(error).__name__}: {error}"]
    finally:
        shop.close()


def _broken(mutant: str) -> AbstractContextManager[object]:
    if mutant != _LEFT_OUT:
        return nullcontext()
    left_out: Any = sale_rows._NOT_IN_THE_CHAIN | {"visitors"}
    return patch.object(sale_rows, "_NOT_IN_THE_CHAIN", left_out)


EXPERIMENT = Experiment(
    "D5",
    "A single changed bit in what the shop's books say is found, and so is every one that makes the file unreadable.",
    _run,
    (_LEFT_OUT,),
)
