"""A program one version on: today's with a made-up step behind its last one, which updates a store in place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
import pytest
from alembic.config import Config
from sqlalchemy import Connection, MetaData, create_engine

import db.migrations
import db.migrations.alembic_config
import db.store.prepare
import db.store.restore
import db.store.store
import db.store.verified_copy
from db.migrations import HEAD
from db.migrations.rewritten import rewrite
from db.migrations.versions import v0010_customer_orders
from db.verify import verify_schema

TODAY = HEAD
NEXT = "v9999"
"""The version of the next program; that of today's is TODAY."""
_OF_PAPERS = ("brand", "model", "origin", "hs_code", "unit")
_OF_SALES = ("annuls", "delivery_service", "parcel_g")
OF_WORKSHOP = (
    "workshop_key", "batch_loss", "batch_part", "batch_input", "batch", "recipe_input", "recipe_version", "recipe",
)  # fmt: skip
_STEPS = Path(__file__).parent / "steps"
_KNOW_THE_NEWEST = (db.migrations, db.store.prepare, db.store.restore, db.store.store, db.store.verified_copy)
_TODAYS_CONFIG = db.migrations.alembic_config.config_for


@contextmanager
def next_version() -> Iterator[None]:
    """Be the next program until the end of the block."""
    with pytest.MonkeyPatch.context() as patch:
        for module in _KNOW_THE_NEWEST:
            assert vars(module)["HEAD"] == TODAY
            patch.setattr(module, "HEAD", NEXT)
        for module in (db.migrations.alembic_config, db.store.prepare):
            patch.setattr(module, "config_for", _config_for)
        verify_schema._made.cache_clear()
        try:
            yield
        finally:
            verify_schema._made.cache_clear()


def set_back(folder: Path) -> None:
    """Make the closed shop in a folder one of the first version, v0002, with all that it has but what came later.

    What it has sold has to be goods of that version: see `forget_papers`.
    """
    _without_customer_orders(folder / "shop.db")
    with sqlite.connect(folder / "shop.db") as store:
        _without_papers(store)
        _without_later_columns_of_sales(store)
        for table in ("quick_key", "quick_page"):
            store.execute(f"DROP TABLE {table}")
            store.execute(f"DELETE FROM sqlite_sequence WHERE name = '{table}'")
        store.execute("UPDATE alembic_version SET version_num = 'v0002'")
    store.close()


def forget_papers(folder: Path) -> None:
    """Take from the goods of a shop what versions before did not know, so that its sales are as theirs."""
    with sqlite.connect(folder / "shop.db") as store:
        store.execute(f"UPDATE product SET {', '.join(f'{name} = NULL' for name in _OF_PAPERS)}")
    store.close()


def _without_papers(store: sqlite.Connection) -> None:
    """Without what papers for the border have of goods; no sale may have it, because its hash covers it."""
    assert store.execute("SELECT count(*) FROM sold_goods WHERE details IS NOT NULL").fetchone() == (0,)
    store.execute("DROP INDEX ix_product_hs_code")
    for name in _OF_PAPERS:
        store.execute(f"ALTER TABLE product DROP COLUMN {name}")
    store.execute("ALTER TABLE sold_goods DROP COLUMN details")


def _without_later_columns_of_sales(store: sqlite.Connection) -> None:
    """Without the columns of a void and of a parcel, the index of the first, and what guards them."""
    guards = {
        name: sql
        for name, sql in store.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        if name.startswith("sale_no_")
    }
    for statement in (
        *(f"DROP TRIGGER {name}" for name in guards),
        "DROP INDEX ix_sale_annuls",
        "DROP TABLE parcel_address",
        *(
            f"DROP TABLE {name}"
            for name in (
                *OF_WORKSHOP,
                "visitor_identity",
                "center_attempt",
                "center_call",
                "fiscal_document",
                "fiscal_cashbox",
                "partner_attempt",
            )
        ),
        "ALTER TABLE sale_payment DROP COLUMN provider",
        "DELETE FROM sqlite_sequence WHERE name IN ('center_call', 'fiscal_document')",
        *(f"ALTER TABLE sale DROP COLUMN {name}" for name in _OF_SALES),
        *(_guarding_less(sql) for sql in guards.values()),
    ):
        store.execute(statement)


def _without_customer_orders(file: Path) -> None:
    """Without customer orders and deposits, and with the checks of before them; there may be none of either."""
    engine = create_engine(f"sqlite:///{file}", module=sqlite)
    with engine.begin() as connection:
        for name in ("stream_item", "deposit_entry", "customer_order_word", "customer_order_line"):
            connection.exec_driver_sql(f"DROP TABLE {name}")
        connection.exec_driver_sql("DROP INDEX ix_fiscal_document_order_id")
        for name, changes in v0010_customer_orders.REWRITTEN.items():
            rewrite(connection, name, [(new, old) for old, new in reversed(changes)])
        connection.exec_driver_sql("DROP TABLE customer_order")
        connection.exec_driver_sql("DELETE FROM sqlite_sequence WHERE name = 'customer_order'")
    engine.dispose()


def _guarding_less(sql: str) -> str:
    for name in _OF_SALES:
        sql = sql.replace(f', "{name}"', "")
    return sql


def _config_for(connection: Connection, tables: MetaData | None = None) -> Config:
    config = _TODAYS_CONFIG(connection, tables)
    todays = Path(db.migrations.__file__).parent / "versions"
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", f"{todays}\n{_STEPS}")
    return config
