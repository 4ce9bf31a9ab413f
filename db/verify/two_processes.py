"""`verify` by two processes, which take one check after another until none is left.

Each reads the store in a connection of its own. What they find is put together in the order of one process.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy import Connection, func, select

from db.engine.canonical import Chain
from db.engine.engine import open_engines
from db.tables.sales import sale
from db.verify.pages import Page, sale_pages
from db.verify.verify import CHAIN_OF_SALES, FILE, checks_in_order
from db.verify.verify_file import as_far_as_readable
from db.verify.verify_sale_chains import changed_sales, sale_chain_lines

_FROM = 5_000
"""Sales from which a second process is worth its start."""
_ALLOCATIONS = 200_000
"""Objects between two looks for those that only each other still know."""
_PARTS = 8
"""The parts of the chain of sales."""
_LONGEST = ("sums", FILE, "documents", "shifts", "stock")
"""The checks that are begun first, so that no process waits for the other at the end."""

_Task = Callable[[Connection], Any]


def mismatches_in_two(connection: Connection, chain: Chain) -> list[str]:
    """What `mismatches` finds, in the same order. By one process where there is no second processor, or no fork."""
    with _rare_collections():
        return _all_mismatches(connection, chain)


@contextlib.contextmanager
def _rare_collections() -> Iterator[None]:
    """Millions of rows are read and none is part of a circle: looking for circles takes a tenth of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(_ALLOCATIONS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _all_mismatches(connection: Connection, chain: Chain) -> list[str]:
    checks = {what: partial(_lines, what, check) for what, check in checks_in_order(chain)}
    if not _may_fork() or connection.execute(select(func.count()).select_from(sale)).scalar_one() < _FROM:
        return [line for task in checks.values() for line in task(connection)]
    parts: list[_Task] = [partial(_changed, chain, part) for part in _ranges(connection)]
    whole = checks.pop(CHAIN_OF_SALES)
    names = [*checks]
    order = sorted(names, key=lambda name: _LONGEST.index(name) if name in _LONGEST else len(_LONGEST))
    longest, others = order[: len(_LONGEST)], order[len(_LONGEST) :]
    tasks: list[_Task] = [*(checks[name] for name in longest), *parts, *(checks[name] for name in others)]
    indexes = [*longest, *range(_PARTS), *others]
    results = dict(zip(indexes, _in_two(connection, tasks), strict=True))
    changed = [results[part] for part in range(_PARTS)]
    if None in changed:
        results[CHAIN_OF_SALES] = whole(connection)
    else:
        every = set().union(*changed)
        results[CHAIN_OF_SALES] = _lines(CHAIN_OF_SALES, partial(sale_chain_lines, changed=every), connection)
    return [line for what, _ in checks_in_order(chain) for line in results[what]]


def _may_fork() -> bool:
    """Only where no other thread could hold a lock that nothing in the child would ever open."""
    if sys.platform != "linux":
        return False
    return threading.active_count() == 1 and len(os.sched_getaffinity(0)) > 1


def _lines(what: str, check: Callable[[Connection], Any], connection: Connection) -> list[str]:
    if what == FILE:
        return list(check(connection))
    return list(as_far_as_readable(what, partial(check, connection)))


def _ranges(connection: Connection) -> list[Page]:
    """The numbers of all sales in so many parts, the first and the last without an end."""
    first, last = connection.execute(select(func.min(sale.c.id), func.max(sale.c.id))).one()
    bounds = [first + (last - first) * part // _PARTS for part in range(1, _PARTS)]
    return [Page(after, to) for after, to in zip([None, *bounds], [*bounds, None], strict=True)]


def _changed(chain: Chain, part: Page, connection: Connection) -> set[int] | None:
    """See changed_sales; None where a row cannot be read: then the check says so for all of them."""
    try:
        return changed_sales(connection, chain, sale_pages(connection, part))
    except Exception:  # noqa: BLE001 # a damaged row may break any reading of it
        return None


def _in_two(connection: Connection, tasks: Sequence[_Task]) -> list[Any]:
    """What each task returns."""
    queue, put = os.pipe()
    answer, say = os.pipe()
    os.write(put, bytes(range(len(tasks))))
    os.close(put)
    child = os.fork()
    if child == 0:
        _be_the_other(connection, tasks, queue, say)
    os.close(say)
    try:
        done = dict(_taken(connection, tasks, queue))
        done |= _heard(answer)
    except BaseException:
        os.kill(child, signal.SIGKILL)
        raise
    finally:
        for end in (queue, answer):
            os.close(end)
        os.waitpid(child, 0)
    # What the other took and did not bring back is done here.
    return [done[number] if number in done else task(connection) for number, task in enumerate(tasks)]


def _taken(connection: Connection, tasks: Sequence[_Task], queue: int) -> list[tuple[int, Any]]:
    """The tasks that this process took from the queue, of which each read takes one."""
    done = []
    while number := os.read(queue, 1):
        done.append((number[0], tasks[number[0]](connection)))
    return done


def _be_the_other(connection: Connection, tasks: Sequence[_Task], queue: int, say: int) -> None:
    """Never returns: what the parent has open is not touched, and not closed either."""
    try:
        with open_engines(connection.engine.url, even_if_moved=True).reading.connect() as own:
            done = _taken(own, tasks, queue)
        with os.fdopen(say, "wb", closefd=False) as pipe:
            pickle.dump(done, pipe)
    finally:
        os._exit(0)


def _heard(answer: int) -> Mapping[int, Any]:
    with os.fdopen(answer, "rb", closefd=False) as pipe, contextlib.suppress(EOFError, pickle.UnpicklingError):
        return dict(pickle.load(pipe))
    return {}
