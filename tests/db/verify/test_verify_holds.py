"""Every change of a hold, or of a tender to be given back, is detected."""

from __future__ import annotations

import pytest

from tests.application.sales.test_hold_sale import an_order
from tests.application.sales.test_owe_tenders import another_cashiers, refused_at_the_end
from tests.application.sales.test_park_sale import park
from tests.builders import card
from tests.db.verify.test_verify import tamper
from tests.shops import CARTON, CHOCOLATE, DemoShop


@pytest.fixture
def books(shop: DemoShop) -> DemoShop:
    """A payment is open, a basket parked, another one has lapsed; one of two cards was given back."""
    another_cashiers(shop)
    shop.now.move(hours=-3)
    park(shop, CHOCOLATE, note="lapsed")
    shop.now.move(hours=3)
    shop.hold_sale(an_order(shop, CARTON))
    park(shop, CHOCOLATE, CHOCOLATE)
    refused_at_the_end(shop, card("100"), card("127"))
    shop.owed_money.settle(shop.owed_money.all()[0], shop.person("manager"))
    return shop


def test_untouched_holds_are_clean(books: DemoShop) -> None:
    assert books.rows("SELECT kind, lapsed FROM hold ORDER BY kind, lapsed") == [
        ("parked", 0),
        ("parked", 1),
        ("payment", 0),
    ]
    assert books.verify() == []


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        ("UPDATE stock SET held = held + 1 WHERE product_id = 1", "stock 4870204320060: 1 held, the holds come to 0"),
        ("UPDATE stock SET held = 0", "held, the holds come to"),
        ("UPDATE hold_line SET quantity = quantity + 1", "its lines are not its basket"),
        ("DELETE FROM hold_line", "its lines are not its basket"),
        ("DELETE FROM hold", "lines without a hold"),
        ("UPDATE hold SET basket = '{}' WHERE lapsed = 0", "its lines are not its basket"),
        ("UPDATE owed_tender SET amount_minor = amount_minor + 1 WHERE no = 1", "owed tender 1 of"),
        ("UPDATE owed_tender SET person = 'li' WHERE no = 1", "owed tender 1 of"),
        ("UPDATE owed_tender SET till = 'T2' WHERE no = 1", "owed tender 1 of"),
        ("UPDATE owed_tender SET why = 'underpaid' WHERE no = 1", "owed tender 1 of"),
        ("UPDATE owed_tender SET at = at - 1 WHERE no = 1", "owed tender 1 of"),
        ("UPDATE owed_tender SET reference = 'another' WHERE no = 1", "owed tender 1 of"),
        ("UPDATE owed_tender SET shift_id = NULL WHERE no = 1", "owed tender 1 of"),
        ("UPDATE owed_tender SET shift_id = shift_id + 1 WHERE no = 1", "owed tender 1 of"),
        ("UPDATE owed_tender SET settled_by = 'li' WHERE no = 0", "the journal says otherwise"),
        ("UPDATE owed_tender SET settled_at = settled_at + 1 WHERE no = 0", "the journal says otherwise"),
        ("UPDATE owed_tender SET settled_at = 1, settled_by = 'li' WHERE no = 1", "the journal says otherwise"),
        ("UPDATE owed_tender SET settled_at = NULL, settled_by = NULL", "the journal says otherwise"),
        ("DELETE FROM owed_tender WHERE no = 0", "owed tender 0 of"),
    ],
)
def test_what_drifted_from_the_facts_is_named(books: DemoShop, statement: str, finding: str) -> None:
    tamper(books, statement)

    assert any(finding in line for line in books.verify()), books.verify()


def test_money_is_owed_by_the_shift_that_was_open_also_where_the_clock_was_set_back(shop: DemoShop) -> None:
    shop.now.move(hours=-5)

    refused_at_the_end(shop, card("227"))

    assert shop.rows("SELECT count(*) FROM owed_tender JOIN shift ON shift.id = shift_id WHERE at < opened_at") == [
        (1,)
    ]
    assert shop.verify() == []


def test_no_hold_goes_beyond_what_is_on_hand(books: DemoShop) -> None:
    with books.raw(writing=True) as store, pytest.raises(Exception, match="held_is_there"):
        store.execute("UPDATE stock SET held = on_hand + 1 WHERE product_id = 1")
