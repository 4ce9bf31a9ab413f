"""The machine dies while a delivery or a stock-take is posted: all of it stands or nothing, and it is posted again.

The dying is real: another process over the file of the shop, ended by the system at the very statement, in the midst
of COMMIT or right after it, with no chance to tidy up.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from pos.application.purchasing.book_delivery import BookDelivery, DeliveredLine, Delivery
from pos.application.purchasing.delivery_note import DeliveryNote
from pos.domain.money import Money
from pos.domain.purchasing.goods_receipt import Charge
from pos.domain.stock.stock_count import CountOver
from tests.horgos import USD
from tests.receiving import CLERK, an_order, posting, receiving
from tests.shops import COGNAC, SWEETS, DemoShop
from tests.stocks import Clerk

FREIGHT = Charge("freight", Money(10_000, USD))
Tables = dict[str, list[tuple[Any, ...]]]


def _begin_delivery(shop: DemoShop) -> None:
    """A part of an order is counted, one of its lots with a day, and it cost freight in dollars."""
    an_order(shop)
    receive = receiving(shop)
    receive.begin(CLERK, 1)
    receive.set_delivery_note(1, DeliveryNote("Almaty Sweets", entry="5510/1", charges=(FREIGHT,)), CLERK)
    line = receive.scan(1, SWEETS, CLERK, 20).rows[0].line
    assert line is not None
    receive.set_lot(1, line.no, "A1", date(2027, 5, 31), CLERK)
    receive.scan(1, COGNAC, CLERK, 6)


def _post_delivery(shop: DemoShop) -> None:
    posting(shop)(1, CLERK)


def _nothing_to_begin(_shop: DemoShop) -> None:
    """A file brings the delivery as a whole."""


def _book_delivery(shop: DemoShop) -> None:
    lines = [DeliveredLine(SWEETS, 24, "A1", date(2027, 5, 31)), DeliveredLine(COGNAC, 6)]
    book = BookDelivery(shop.context)
    book(Delivery(lines, delivery_note=DeliveryNote("Almaty Sweets"), key="truck-7", request="f" * 64), CLERK)


def _begin_count(shop: DemoShop) -> None:
    """One product of which too few lie there, by lot, and one with too many."""
    clerk = Clerk(shop)
    clerk.brings(SWEETS, 10, lot="A1", expiry=date(2027, 5, 31))
    count = clerk.begins(SWEETS, COGNAC)
    sheet = clerk.sheet(count)
    clerk.counts(count, sheet, SWEETS, 7, "A1")
    clerk.counts(count, sheet, COGNAC, clerk.on_floor(COGNAC) + 2)
    clerk.finishes(count, sheet)
    clerk.explains_all(count)


def _post_count(shop: DemoShop) -> None:
    with suppress(CountOver):  # it was posted before: that is said, and nothing moves again
        shop.post_count(shop.person("clerk"), 1)


Step = Callable[[DemoShop], None]
DOCUMENTS = {
    "a delivery that was counted": (_begin_delivery, _post_delivery),
    "a delivery of a file": (_nothing_to_begin, _book_delivery),
    "a stock-take": (_begin_count, _post_count),
}


@dataclass(frozen=True)
class Death:
    """Where the process ends: before a statement, when so many bytes of COMMIT are on the disk, or after it."""

    statement: int | None = None
    written: int | None = None

    def __str__(self) -> str:
        return f"at statement {self.statement}, at byte {self.written}"

    @property
    def signal(self) -> int:
        """What ends it: a file that may grow no further kills the process that writes to it."""
        return signal.SIGKILL if self.written is None else signal.SIGXFSZ


@contextmanager
def a_shop(folder: Path) -> Iterator[DemoShop]:
    shop = DemoShop(folder)
    try:
        yield shop
    finally:
        shop.close()


def die_while(step: Step, folder: Path, death: Death) -> None:
    """Do the step in this process, and never come back."""
    shop = DemoShop(folder)
    writing = shop.store._engines.writing
    done = 0

    def before_statement(*_: object) -> None:
        nonlocal done
        done += 1
        if done == death.statement:
            os.kill(os.getpid(), signal.SIGKILL)

    def before_commit(_connection: object) -> None:
        if death.written is not None:
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
            resource.setrlimit(resource.RLIMIT_FSIZE, (death.written, death.written))

    event.listen(writing, "before_cursor_execute", before_statement)
    event.listen(writing, "commit", before_commit)
    step(shop)
    os.kill(os.getpid(), signal.SIGKILL)


def statements_of(step: Step, folder: Path) -> int:
    """How many statements the step sends to the store that writes."""
    sent: list[str] = []
    with a_shop(folder) as shop:
        event.listen(shop.store._engines.writing, "before_cursor_execute", lambda *args: sent.append(args[2]))
        step(shop)
    return len(sent)


def found_in(folder: Path) -> tuple[Tables, list[str]]:
    """What stands in the file, and what verify says of it."""
    with a_shop(folder) as shop, shop.store.reading() as work:
        return shop.tables(), list(work.reports.mismatches())


@pytest.mark.parametrize("document", list(DOCUMENTS))
def test_who_posts_and_is_killed_has_posted_all_or_nothing_and_posts_once(
    shop_folder: Path, tmp_path: Path, document: str
) -> None:
    begin, post = DOCUMENTS[document]
    with a_shop(shop_folder) as shop:
        begin(shop)
    before, faults = found_in(shop_folder)
    assert faults == []
    whole = shutil.copytree(shop_folder, tmp_path / "whole")
    statements = statements_of(post, whole)
    after, faults = found_in(whole)
    assert faults == []
    assert before != after
    processes = get_context("forkserver")
    processes.set_forkserver_preload([__name__])

    def killed(name: str, death: Death) -> Path:
        folder = shutil.copytree(shop_folder, tmp_path / name)
        process = processes.Process(target=die_while, args=(post, folder, death))
        process.start()
        process.join(60)
        assert process.exitcode == -death.signal, death
        return folder

    late = killed("late", Death())
    committed = (late / "shop.db-wal").stat().st_size
    deaths = [Death(statement=number) for number in (statements // 3, 2 * statements // 3, statements)]
    deaths += [Death(written=written) for written in (committed // 3, 2 * committed // 3, committed - 1)]
    for index, death in enumerate(deaths):
        folder = killed(str(index), death)
        assert found_in(folder) == (before, []), death
        with a_shop(folder) as shop:
            post(shop)
            post(shop)
        assert found_in(folder) == (after, []), death
    assert found_in(late) == (after, [])
    with a_shop(late) as shop:  # COMMIT was done, and no one heard of it
        post(shop)
    assert found_in(late) == (after, [])
