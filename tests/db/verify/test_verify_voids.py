"""Voids are recounted and chained: one that is written, changed or removed past the program is named."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.application.returns.test_void_sale import void
from tests.db.verify.test_verify import tamper
from tests.shops import CARTON, CHOCOLATE, FEW_GOODS, SWEETS, DemoShop, made_in


@pytest.fixture(scope="module")
def voided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed shop with a sale, and a sale (T1-000002) that T1-000003 voids."""
    folder = tmp_path_factory.mktemp("voided") / "shop"
    made_in(folder, FEW_GOODS)
    shop = DemoShop(folder)
    shop.sell(CHOCOLATE)
    void(shop, shop.sell(SWEETS, CARTON).receipt)
    assert shop.verify() == []
    shop.close()
    return folder


@pytest.fixture
def books(voided: Path, tmp_path: Path) -> Iterator[DemoShop]:
    """A copy of that shop, to be tampered with."""
    shutil.copytree(voided, tmp_path / "books")
    shop = DemoShop(tmp_path / "books")
    yield shop
    shop.close()


_OF_VOID = "(SELECT id FROM sale WHERE annuls IS NOT NULL)"


@pytest.mark.parametrize(
    ("statement", "findings"),
    [
        (
            "UPDATE sale SET annuls = NULL WHERE annuls IS NOT NULL",
            {"chain of sales T1-000003: its content was changed", "void T1-000003: T1-000002 is not voided by it"},
        ),
        (
            "UPDATE sale SET annuls = 'T1-000001' WHERE annuls IS NOT NULL",
            {
                "chain of sales T1-000003: its content was changed",
                "void T1-000003: the journal does not say that amina voided T1-000001",
                "void T1-000003: what came back of T1-000001 is not the whole of it",
            },
        ),
        ("UPDATE sale SET annuls = 'T1-000009' WHERE annuls IS NOT NULL", {"void T1-000003: its sale T1-000009 is"}),
        ("UPDATE sale SET annuls = 'T1-000001' WHERE number = 2", {"void T1-000002: it is a sale, and names"}),
        (
            "UPDATE sale SET cashier = 'li' WHERE annuls IS NOT NULL",
            {"void T1-000003: the journal does not say that li"},
        ),
        (
            f"UPDATE return_line SET quantity = 2 WHERE no = 0 AND sale_id = {_OF_VOID}",
            {"void T1-000003: what came back"},
        ),
        (f"DELETE FROM return_line WHERE no = 0 AND sale_id = {_OF_VOID}", {"void T1-000003: what came back of"}),
        (f"UPDATE sale SET shift_id = 99 WHERE id = {_OF_VOID}", {"void T1-000003: T1-000002 is not of its shift"}),
        (f"UPDATE sale SET total_minor = 1 WHERE id = {_OF_VOID}", {"void T1-000003: 1 of T1-000002, which came to"}),
        ("UPDATE quota_entry SET returned = NULL", {"quota of line 1 T1-000002: came back None, the journal says 1"}),
        ("DELETE FROM sale WHERE number = 3", {"void T1-000003: T1-000002 is not voided by it, the journal says so"}),
    ],
)
def test_a_void_that_was_changed_is_named(books: DemoShop, statement: str, findings: set[str]) -> None:
    tamper(books, statement)

    said = books.verify()

    assert {finding for finding in findings if not any(line.startswith(finding) for line in said)} == set(), said


def test_a_receipt_is_voided_once_by_whatever_way(books: DemoShop) -> None:
    with pytest.raises(Exception, match=r"UNIQUE constraint failed: sale\.annuls"):
        tamper(books, "UPDATE sale SET annuls = 'T1-000002'")
