"""`verify` reads the file itself: pages and texts, tables as they were made, options, and what sales left."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from pos.application.settings.found_shop import FoundShop
from pos.application.settings.set_setting import SetSetting
from tests.shops import CHOCOLATE, COGNAC, DemoShop, FakeClock


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
def test_what_someone_changed_past_the_program_is_named(sold: DemoShop, statement: str, said: str) -> None:
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
    faults = sold.verify()
    assert f"trigger {trigger}: it is gone from the store" in faults
    assert "table sale: it is not as this program makes it" in faults


def test_an_option_that_no_one_has_set_is_named(sold: DemoShop) -> None:
    manager = sold.person("manager")
    SetSetting(sold.context)(manager, "shop_name", "Silk Gate 2")
    assert sold.verify() == []
    with sold.raw(writing=True) as store:
        store.execute("UPDATE setting SET text = 'Silk Gate 3' WHERE name = 'shop_name'")
    assert sold.verify() == ["setting shop_name: its value has no journal entry"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("regime_cn", "cn-hainan"), ("sell_without_visitor", "yes"), ("sell_below_zero", "*"),
        ("blind_return_limit", "1000000"), ("printer", "escpos:tcp:10.0.0.9:9100"), ("export_folder", "/tmp/other"),
        ("logo", "iVBORw0KGgo="), ("_training", "2026-03-02T04:00:00+00:00"), ("_whatever", "yes"),
        ("_regimes_T1", '{"cn-horgos":"0"}'),
    ],
)  # fmt: skip
def test_an_option_that_was_written_past_the_program_is_named(sold: DemoShop, name: str, text: str) -> None:
    with sold.raw(writing=True) as store:
        store.execute("INSERT INTO setting(name, text) VALUES (?, ?)", (name, text))

    assert sold.verify() == [f"setting {name}: its value has no journal entry"]


def test_a_shop_that_was_made_a_demo_past_the_program_is_named(tmp_path: Path) -> None:
    shop = DemoShop(tmp_path)
    FoundShop(shop.context)("Silk Gate", "Asia/Almaty", "Dana", "314159", "314159")
    assert shop.verify() == []
    shop.set("lock_minutes", "20")
    with shop.raw(writing=True) as store:
        store.execute("INSERT INTO setting(name, text) VALUES ('_demo', 'yes')")
        store.execute("UPDATE setting SET text = 'Silk Gate 2' WHERE name = 'shop_name'")
        store.execute("DELETE FROM setting WHERE name = 'time_zone'")

    assert shop.verify() == [
        "setting _demo: its value has no journal entry",
        "setting shop_name: its value has no journal entry",
        "setting time_zone: it was set, and is gone",
    ]


def test_an_option_set_at_two_tills_whose_clocks_are_minutes_apart_is_no_alarm(sold: DemoShop) -> None:
    slow = DemoShop(sold.folder, "T3", FakeClock(sold.now() - timedelta(minutes=5)))
    manager = sold.person("manager")
    for till, minutes in ((sold, "20"), (slow, "30")):
        SetSetting(till.context)(manager, "lock_minutes", minutes)

    assert sold.verify() == []


def test_the_options_of_a_shop_that_an_older_program_founded_are_its_own(tmp_path: Path) -> None:
    shop = DemoShop(tmp_path)
    FoundShop(shop.context)("Silk Gate", "Asia/Almaty", "Dana", "314159", "314159")
    with shop.store.begin() as work:
        work.journal.write(shop.now(), "T1", "dana", "found_shop", {"name": "Silk Gate"})
        work.commit()
    with shop.raw(writing=True) as store:
        store.execute("UPDATE journal SET details = replace(details, 'settings', 'were not named') WHERE number = 1")

    assert not [line for line in shop.verify() if line.startswith("setting")]


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
    faults = DemoShop(sold.folder).verify()
    assert any(line.startswith("file: ") for line in faults), faults
    assert any(line.startswith("stock ") and "owned" in line for line in faults), faults
