"""Movements of goods against the documents behind them, as forged from a SQLite shell."""

from __future__ import annotations

import pytest

from pos.application.stock.move_stock import StockDocumentDraft, StockDocumentLine
from pos.domain.catalogue.product_card import PackCode, ProductCard
from tests.faults.customers import a_return
from tests.shops import CHOCOLATE, COGNAC, SWEETS, DemoShop

_MOVED = "INSERT INTO stock_move(product_id, quantity, reason, at, person, place, document) "


@pytest.fixture
def traded(shop: DemoShop) -> DemoShop:
    """A shop that has sold, taken back, written off, moved and corrected."""
    receipt = shop.sell(CHOCOLATE, SWEETS).receipt
    shop.return_by_ticket(a_return("back", receipt))
    clerk = shop.person("clerk")
    lines = (StockDocumentLine(2, CHOCOLATE), StockDocumentLine(1, COGNAC))
    shop.move_stock(clerk, StockDocumentDraft("waste", lines, reason="damaged"))
    shop.move_stock(clerk, StockDocumentDraft("transfer", lines, to="store"))
    shop.move_stock(clerk, StockDocumentDraft("adjustment", (StockDocumentLine(-3, SWEETS),), reason="theft"))
    assert shop.verify() == []
    return shop


def forged(
    shop: DemoShop, quantity: int, reason: str, document: str | None = None, *, person: str = "clerk"
) -> list[str]:
    """The lines of `verify` once pieces of cognac have gone or come with the balance changed as well."""
    with shop.raw(writing=True) as store:
        (product,) = store.execute("SELECT id FROM product WHERE code = ?", (COGNAC,)).fetchone()
        at = "(SELECT at FROM journal WHERE act = 'make_demo')" if reason == "opening" else "1772424000000000"
        store.execute(f"{_MOVED} VALUES (?, ?, ?, {at}, ?, 'floor', ?)", (product, quantity, reason, person, document))
        changed = "UPDATE stock SET on_hand = on_hand + ?, owned = owned + ? WHERE product_id = ?"
        store.execute(changed, (quantity, quantity, product))
    return shop.verify()


@pytest.mark.parametrize(
    ("quantity", "reason"),
    [(-5, "waste"), (-5, "adjustment"), (5, "adjustment"), (-5, "sample"), (-5, "sale"), (5, "return"), (-5, "count"),
     (5, "receipt"), (-5, "transfer"), (-5, "opening"), (5, "opening"), (-5, "theft")],
)  # fmt: skip
def test_goods_that_went_by_two_statements_are_named(traded: DemoShop, quantity: int, reason: str) -> None:
    (line,) = forged(traded, quantity, reason)

    assert line.startswith("stock movement ")
    assert line.endswith(f": {quantity} of {COGNAC}, {reason}: nothing is behind it")


@pytest.mark.parametrize("document", ["M-000001", "M-000002", "M-000003"])
def test_goods_that_went_under_a_document_that_does_not_name_them_are_named(traded: DemoShop, document: str) -> None:
    assert forged(traded, -1, "waste", document) == [f"stock document {document}: its movements are not what it says"]


def test_a_document_that_no_one_has_written_is_named(traded: DemoShop) -> None:
    with traded.raw(writing=True) as store:
        store.execute("UPDATE stock_document SET next_no = next_no + 1 WHERE kind = 'M'")

    assert forged(traded, -1, "waste", "M-000004") == ["stock document M-000004: no journal entry records it"]


def test_two_movements_of_a_receipt_that_cancel_each_other_out_are_named(traded: DemoShop) -> None:
    with traded.raw(writing=True) as store:
        (sale, at, person) = store.execute("SELECT id, at, cashier FROM sale WHERE number = 1").fetchone()
        for code, pieces in ((COGNAC, -1), (CHOCOLATE, 1)):
            (product,) = store.execute("SELECT id FROM product WHERE code = ?", (code,)).fetchone()
            values = (product, pieces, at, person, sale)
            store.execute(
                "INSERT INTO stock_move(product_id, quantity, reason, at, person, place, sale_id, line_no)"
                " VALUES (?, ?, 'sale', ?, ?, 'floor', ?, 0)",
                values,
            )
            store.execute(
                "UPDATE stock SET on_hand = on_hand + ?, owned = owned + ? WHERE product_id = ?",
                (pieces, pieces, product),
            )

    faults = [line for line in traded.verify() if line.startswith("stock ")]
    assert faults == [f"stock {code}: moved otherwise than T1-000001 says" for code in (CHOCOLATE, COGNAC)]


def test_first_pieces_of_a_product_added_by_hand_are_those_of_its_entry(traded: DemoShop) -> None:
    card = ProductCard((PackCode("4006381333931"),), "Marker")
    product, _ = traded.edit_product.add(card, traded.person("manager"), 5)
    assert traded.verify() == []

    with traded.raw(writing=True) as store:
        store.execute("UPDATE product SET import_id = NULL, created_at = created_at - 1 WHERE id = ?", (product,))
    named = traded.verify()
    assert any(line.endswith("5 of 4006381333931, opening: nothing is behind it") for line in named)
    assert f"product {product}: no 5 pieces came in with it, as the journal says" in named
