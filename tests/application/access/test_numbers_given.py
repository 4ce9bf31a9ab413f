"""Books that are older than the papers beside them: no number on paper is given out once more."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from pos.application.access.numbers_given import OLDER_BOOKS, TOO_MANY, last_on_paper
from pos.devices.folder_state import FolderSurroundings, PrintoutNumbers
from tests.application.reports.test_reports_of_days import close
from tests.application.sales.test_exchange import coming, exchange
from tests.shops import SWEETS, DemoShop


@dataclass
class Printouts:
    """The newest numbers on paper of every till."""

    newest: int = 0
    newest_z: int = 0

    def receipt(self, _till: str) -> int:
        return self.newest

    def z(self, _till: str) -> int:
        return self.newest_z


def test_a_sale_a_return_and_its_exchange_get_numbers_behind_every_receipt_on_paper(shop: DemoShop) -> None:
    shop.given = printouts = Printouts()
    first = shop.sell(SWEETS)
    printouts.newest = 7

    sold = exchange(shop, "x", [coming(first.receipt)], SWEETS)

    [back] = sold.returns
    assert (first.number, back.number, sold.number, back.exchanged_in) == (1, 8, 9, sold.receipt)
    assert shop.sell(SWEETS).number == 10
    [(skipped,)] = shop.rows(f"SELECT details FROM journal WHERE act = '{OLDER_BOOKS}'")
    assert json.loads(skipped) == {"skipped": ["T1-000002 – T1-000007"]}
    assert shop.verify() == []


def test_books_that_end_before_a_printout_beside_them_do_not_verify(shop: DemoShop) -> None:
    shop.given = printouts = Printouts()
    shop.sell(SWEETS)
    printouts.newest = 1
    assert shop.verify() == []

    printouts.newest, printouts.newest_z = 4, 1

    assert shop.verify() == [
        "printouts T1: receipt T1-000004 is there, and the books end before it",
        "printouts T1: Z T1-Z000001 is there, and the books end before it",
    ]


def test_a_z_gets_a_number_behind_every_z_on_paper_once(shop: DemoShop) -> None:
    shop.given = Printouts(newest_z=4)

    close(shop)
    shop.open_shift(shop.person("amina"), {})
    close(shop)

    with shop.store.reading() as work:
        last = work.shifts.last_z("T1")
    assert last is not None
    assert last.report.z_number == 6
    assert shop.verify() == []


@pytest.mark.parametrize(("on_paper", "following"), [(0, 2), (1, 2), (2, 3), (TOO_MANY + 3, 2)])
def test_a_file_that_is_far_ahead_is_no_receipt_of_this_shop(shop: DemoShop, on_paper: int, following: int) -> None:
    shop.given = printouts = Printouts()
    shop.sell(SWEETS)
    printouts.newest = on_paper

    assert shop.sell(SWEETS).number == following
    assert shop.verify() == []
    assert last_on_paper(TOO_MANY + 2, 2) is None


def test_the_newest_printouts_of_a_till_are_found_though_another_till_went_on_selling(tmp_path: Path) -> None:
    for day, name in ((1, "T1-000041.pdf"), *((day, f"T2-{day:06d}-copy-1.pdf") for day in range(2, 20))):
        folder = tmp_path / "receipts" / "2026" / "11" / f"{day:02d}"
        folder.mkdir(parents=True)
        (folder / name).touch()
    folder = tmp_path / "zreports" / "2026" / "11"
    folder.mkdir(parents=True)
    for name in ("T1-Z000003-a4.pdf", "T1-Z000002.pdf", "T1-X000009.pdf", "T10-Z000007.pdf"):
        (folder / name).touch()

    given = PrintoutNumbers(FolderSurroundings(tmp_path))

    assert [given.receipt(till) for till in ("T1", "T2", "T3")] == [41, 19, 0]
    assert [given.z(till) for till in ("T1", "T2")] == [3, 0]
