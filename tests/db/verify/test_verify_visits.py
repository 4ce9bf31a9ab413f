"""Facts learnt after a sale are replayed from the journal: a change past the program is named."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.application.visitors.visits import VisitorUseCases
from pos.domain.visitors.document import Document, read_typed
from tests.application.visitors.test_record_departure import steps
from tests.builders import MONDAY
from tests.db.verify.test_verify import a_declaring_ticket, tamper
from tests.shops import BAG, CARTON, CHOCOLATE, SWEETS, DemoShop, made_in

OTHER = ("E87654321", "E80000002", "E80000003")


def passport(index: int) -> Document:
    """One of three passports of other people; the first has declared something."""
    return read_typed("passport", OTHER[index], "CHN", "1990-01-01", MONDAY.date())


def sell_to(shop: DemoShop, document: Document, *codes: str) -> None:
    basket = shop.checkout()
    basket.identify(document)
    for code in codes:
        basket.scan(code)
    shop.pay(basket)


@pytest.fixture(scope="module")
def visited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed shop with every fact that can be learnt after a sale: of one line each, of others none."""
    folder = tmp_path_factory.mktemp("visited") / "shop"
    made_in(folder)
    shop = DemoShop(folder)
    visits, manager = steps(shop), shop.person("manager")
    shop.sell(CARTON, SWEETS)  # 1: leaves
    shop.now.move(minutes=1)
    visits.record_departure(shop.document(), manager)
    shop.ring_sale(a_declaring_ticket())  # 2, with a declared line that leaves
    shop.now.move(minutes=1)
    visits.record_departure(passport(0), manager)
    sell_to(shop, passport(1), CARTON, CARTON)  # 3
    sell_to(shop, passport(2), CARTON)  # 4: moved to passport(1), so that one carton is dutiable
    visits.move_quota("T1-000004", "A", passport(1), manager)
    sell_to(shop, passport(2), CHOCOLATE, BAG)  # 5: no later facts
    visits.link(passport(0), shop.document(), manager)
    visits.link(passport(2), passport(1), manager)
    visits.part(passport(2), manager)
    assert shop.verify() == []
    shop.close()
    return folder


@pytest.fixture
def books(visited: Path, tmp_path: Path) -> Iterator[DemoShop]:
    """A copy of that shop, to be tampered with."""
    shutil.copytree(visited, tmp_path / "books")
    shop = DemoShop(tmp_path / "books")
    yield shop
    shop.close()


def test_everything_that_became_known_is_as_the_journal_says(books: DemoShop) -> None:
    assert books.verify() == []


CHANGES = [
    ("UPDATE quota_entry SET carried_out_at = NULL WHERE sale_id = 1 AND line_no = 0", "quota of line 0 T1-000001"),
    ("UPDATE quota_entry SET carried_out_at = carried_out_at + 1 WHERE sale_id = 1", "quota of line 1 T1-000001"),
    ("UPDATE quota_entry SET carried_out_at = 1 WHERE sale_id = 5 AND line_no = 1", "quota of line 1 T1-000005"),
    ("UPDATE quota_entry SET moved_to = NULL WHERE sale_id = 4", "quota of line 0 T1-000004: moved to visitor"),
    ("UPDATE quota_entry SET moved_to = 1 WHERE sale_id = 4", "quota of line 0 T1-000004: moved to visitor 1"),
    ("UPDATE quota_entry SET moved_to = 1 WHERE sale_id = 5 AND line_no = 0", "quota of line 0 T1-000005"),
    ("UPDATE quota_entry SET taxed_now = 0 WHERE taxed_now = 1", "dutiable units 0, the journal says 1"),
    ("UPDATE quota_entry SET taxed_now = NULL WHERE taxed_now = 1", "dutiable units None, the journal says 1"),
    ("UPDATE quota_entry SET taxed_now = 1 WHERE sale_id = 5 AND line_no = 0", "quota of line 0 T1-000005: dutiable"),
    ("UPDATE declared_line SET carried_out_at = NULL", "declared 0 T1-000002: carried out None"),
    ("UPDATE declared_line SET carried_out_at = 0", "declared 0 T1-000002: carried out 0"),
    ("UPDATE declared_line SET taxed_now = 1", "declared 0 T1-000002: dutiable units 1"),
    ("DELETE FROM declared_line", "declared 0 T1-000002: the journal knows more of it"),
    ("UPDATE visitor SET same_as = NULL WHERE same_as IS NOT NULL", "the same as None, the journal says 1"),
    ("UPDATE visitor SET same_as = 3 WHERE id = 4", "visitor 4: the same as 3, the journal says None"),
    ("UPDATE visitor SET same_as = 3 WHERE same_as = 1", "the same as 3, the journal says 1"),
    ("DELETE FROM visitor WHERE id = 3", "visitor 3: gone"),
    ("UPDATE journal SET act = 'sold' WHERE act = 'left'", "the journal says None"),
    ("DELETE FROM journal WHERE act = 'link'", "the journal says None"),
    ("UPDATE journal SET details = '{}' WHERE act = 'move_quota'", "move_quota cannot be replayed"),
    ("UPDATE journal SET details = '[1]' WHERE act = 'part'", "part cannot be replayed"),
    ("UPDATE journal SET details = 'x' WHERE act = 'left'", "left cannot be replayed"),
    ("UPDATE journal SET id = 1000 - id WHERE act IN ('link', 'part')", "it stands after a later entry"),
]


@pytest.mark.parametrize(("statement", "finding"), CHANGES)
def test_a_later_fact_changed_behind_our_back_is_named(books: DemoShop, statement: str, finding: str) -> None:
    tamper(books, statement)

    assert any(finding in line for line in books.verify()), books.verify()


def test_an_untouched_line_is_not_named_with_a_changed_one(books: DemoShop) -> None:
    tamper(books, "UPDATE quota_entry SET moved_to = NULL WHERE sale_id = 4")

    assert len(books.verify()) == 1


def test_moved_lines_and_linked_documents_are_no_mismatch_whatever_is_done_next(books: DemoShop) -> None:
    visits: VisitorUseCases = steps(books)
    manager = books.person("manager")
    visits.move_quota("T1-000004", "A", passport(2), manager)
    visits.part(passport(0), manager)
    visits.link(passport(1), passport(2), manager)
    visits.link(books.document(), passport(1), manager)
    visits.part(passport(2), manager)
    visits.record_departure(passport(1), manager)
    books.now.move(days=1)
    sell_to(books, passport(1), BAG)

    assert books.verify() == []


def test_what_two_tills_reported_is_replayed_in_the_order_in_which_it_was_written(books: DemoShop) -> None:
    other = books.other_till()
    manager = books.person("manager")
    steps(other).move_quota("T1-000005", "A", passport(0), manager)
    books.now.move(hours=-1)  # the clock of a till that is behind
    steps(books).move_quota("T1-000005", "A", passport(1), manager)
    other.close()

    assert books.verify() == []
