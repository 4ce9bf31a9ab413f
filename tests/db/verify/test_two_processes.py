"""Two processes find what one finds, in the same order."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence

import pytest

from db.verify import two_processes, verify, verify_documents
from tests.db.verify.test_verify import books, sold, tamper
from tests.shops import DemoShop

__all__ = ["books", "sold"]


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The processes that were started: in the smallest shop, and beside threads of other tests."""
    started: list[int] = []
    fork = os.fork

    def forked() -> int:
        child = fork()
        if child:
            started.append(child)
        return child

    monkeypatch.setattr(os, "fork", forked)
    monkeypatch.setattr(two_processes, "_FROM", 0)
    monkeypatch.setattr(two_processes, "_may_fork", lambda: True)
    monkeypatch.setattr("db.verify.pages._SALES", 2)
    return started


def both(shop: DemoShop) -> tuple[Sequence[str], Sequence[str]]:
    with shop.store.reading() as work:
        return work.reports.mismatches(), work.reports.mismatches_in_two()


DAMAGES = {
    "none": [],
    "two sales, and ledgers of others": [
        "UPDATE sale SET total_minor = total_minor + 1 WHERE number = 2",
        "UPDATE sale SET before = 'x' WHERE number = 3",
        "UPDATE stock SET on_hand = on_hand + 1 WHERE product_id = 1",
        "UPDATE journal SET person = 'li' WHERE number = 2",
    ],
    "a sale and its shared texts": [
        "UPDATE sealed_text SET text = text || ' '",
        "DELETE FROM sale WHERE id = 1",
        "UPDATE refundable SET sold = sold + 1",
    ],
    "what no till writes": [
        "UPDATE sale SET visitors = '[1]' WHERE id = 2",
        "UPDATE sale SET id = 4000000 WHERE id = 3",
        "UPDATE summary_share SET name = 'x'",
    ],
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_two_processes_find_what_one_finds_in_the_same_order(books: DemoShop, children: list[int], damage: str) -> None:
    for statement in DAMAGES[damage]:
        with books.raw(writing=True) as store:
            store.execute("PRAGMA ignore_check_constraints=ON")
            store.execute(statement)

    one, two = both(books)

    assert two == one
    assert (one == []) is (damage == "none")
    assert len(children) == 1


def test_what_the_other_process_did_not_bring_back_is_done_by_the_first(
    books: DemoShop, children: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    here, checked = os.getpid(), verify_documents.document_mismatches

    def dying(connection: object) -> object:
        if os.getpid() != here:
            os._exit(9)
        return checked(connection)  # type: ignore[arg-type] # it is one

    checks = tuple((what, dying if what == "documents" else check) for what, check in verify._CHECKS)
    monkeypatch.setattr("db.verify.verify._CHECKS", checks)
    tamper(books, "UPDATE sale SET total_minor = total_minor + 1 WHERE number = 2")

    one, two = both(books)

    assert two == one != []
    assert len(children) == 1


def test_a_check_that_fails_here_leaves_no_process_behind(
    books: DemoShop, children: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(_connection: object) -> object:
        raise MemoryError

    monkeypatch.setattr("db.verify.verify.file_mismatches", failing)

    with pytest.raises(MemoryError):
        both_in_two(books)

    [child] = children
    with pytest.raises(ChildProcessError):
        os.waitpid(child, 0)


def both_in_two(shop: DemoShop) -> Sequence[str]:
    with shop.store.reading() as work:
        return work.reports.mismatches_in_two()


def test_the_books_are_verified_by_two_processes_and_beside_another_thread_by_one(
    books: DemoShop, children: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert books.verify() == []
    assert len(children) == 1

    monkeypatch.undo()
    monkeypatch.setattr(two_processes, "_FROM", 0)
    over = threading.Event()
    other = threading.Thread(target=over.wait)
    other.start()
    monkeypatch.setattr(os, "fork", None)
    assert books.verify() == []
    over.set()
    other.join()
