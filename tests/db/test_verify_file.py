"""`verify` reads the file itself: pages and texts, tables as they were made, options, and what sales left."""

from __future__ import annotations

import pytest

from pos.application.set_setting import SetSetting
from tests.shops import CHOCOLATE, COGNAC, DemoShop


@pytest.fixture
def sold(shop: DemoShop) -> DemoShop:
    """A shop with sales."""
    shop.sell(CHOCOLATE)
    shop.sell(COGNAC)
    assert shop.verify() == []
    return shop


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE cash_move SET at = at + 1 WHERE sale_id IS NOT NULL", "cash of T1-000001: not what the sale says"),
        ("UPDATE stock_move SET person = 'li' WHERE sale_id IS NOT NULL", "stock movement of T1-000001: not what the"),
        ("UPDATE request_key SET at = at + 1", "request key of T1-000001: not what the sale says"),
        ("UPDATE visitor_document SET country = 'KAZ'", "visitor A of T1-000001: the document shown is another one"),
        ("DROP INDEX ix_sale_cashier", "index ix_sale_cashier: it is gone from the store"),
        ("CREATE TABLE notes (text TEXT)", "table notes: this program makes none"),
        ("UPDATE product SET name_ru = CAST(x'c328' AS TEXT) WHERE id = 1", "table product: a row cannot be read"),
    ],
)
def test_what_somebody_changed_past_the_program_is_named(sold: DemoShop, statement: str, said: str) -> None:
    with sold.raw(writing=True) as store:
        store.execute(statement)
    assert any(line.startswith(said) for line in sold.verify()), sold.verify()


def test_a_trigger_or_a_check_that_was_taken_out_is_named(sold: DemoShop) -> None:
    with sold.raw(writing=True) as store:
        (trigger,) = store.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' LIMIT 1").fetchone()
        store.execute(f"DROP TRIGGER {trigger}")
        store.execute("PRAGMA writable_schema=ON")
        weaker = (
            "UPDATE sqlite_master SET sql = replace(sql, 'total_minor >= 0', 'total_minor >= -9') WHERE name = 'sale'"
        )
        store.execute(weaker)
    told = sold.verify()
    assert f"trigger {trigger}: it is gone from the store" in told
    assert "table sale: it is not as this program makes it" in told


def test_an_option_that_nobody_has_set_is_named(sold: DemoShop) -> None:
    manager = sold.person("manager")
    SetSetting(sold.store, sold.now, sold.regimes, sold.till)(manager, "shop_name", "Silk Gate 2")
    assert sold.verify() == []
    with sold.raw(writing=True) as store:
        store.execute("UPDATE setting SET text = 'Silk Gate 3' WHERE name = 'shop_name'")
    assert sold.verify() == ["setting shop_name: nobody has set it to what it says"]


def test_a_torn_index_is_named_and_the_other_checks_go_on(sold: DemoShop) -> None:
    sold.close()
    file = sold.folder / "shop.db"
    with sold.raw() as store:
        (root,) = store.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ix_sale_cashier'").fetchone()
    content = bytearray(file.read_bytes())
    content[(root - 1) * 4096 + 4090] ^= 0xFF
    file.write_bytes(content)
    with sold.raw(writing=True) as store:
        store.execute("UPDATE stock SET owned = owned + 1 WHERE product_id = 1")
    told = DemoShop(sold.folder).verify()
    assert any(line.startswith("file: ") for line in told), told
    assert any(line.startswith("stock ") and "owned" in line for line in told), told
