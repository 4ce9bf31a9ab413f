"""Whatever is changed in orders and deposits past the till is refused by the store or named by `verify`."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from db.store.unit_of_work import SqlUnitOfWork
from db.verify.pickup.verify_deposits import deposit_mismatches
from db.verify.pickup.verify_orders import order_mismatches
from db.verify.verify_file import as_far_as_readable
from pos.application.pickup.take_order import ClaimLine
from tests.application.pickup.orders import claim, deposits, opened, pay_ahead, pick_up, settle_up, steps, upkeep
from tests.application.returns.test_void_sale import void
from tests.builders import card, money
from tests.horgos import KZT
from tests.shops import CHOCOLATE, COGNAC, SWEETS, DemoShop

ORDERS = (
    "state", "hold_until", "buyer", "phone", "phone_tail", "phone_back", "sale_id", "code",
)  # fmt: skip
ENTRIES = (
    "order_id", "kind", "method", "currency", "amount_minor", "value_minor", "rate", "reference", "no_show", "till",
    "person", "shift_id", "sale_id",
)  # fmt: skip
OTHER = {
    "state": "CASE state WHEN 'confirmed' THEN 'ready' WHEN 'picked_up' THEN 'cancelled' ELSE 'waiting' END",
    "kind": "CASE kind WHEN 'taken' THEN 'returned' WHEN 'used' THEN 'restored' ELSE 'taken' END",
    "method": "CASE method WHEN 'cash' THEN 'card' ELSE 'cash' END",
    "currency": "CASE currency WHEN 'CNY' THEN 'KZT' ELSE 'CNY' END",
    "no_show": "CASE no_show WHEN 'keep' THEN 'credit' ELSE 'keep' END",
    "rate": "'9'", "phone": "coalesce(phone, '') || '77'",
}  # fmt: skip
_TRIED = {
    "customer_order": "SELECT min(id) FROM customer_order GROUP BY state",
    "deposit_entry": "SELECT min(id) FROM deposit_entry GROUP BY kind, method",
}
"""One of each kind."""
_WHOLE = frozenset({"hold_until", "sale_id", "order_id", "amount_minor", "value_minor", "shift_id"})
DEAD = {
    ("customer_order", "hold_until"), ("deposit_entry", "method"), ("deposit_entry", "no_show"),
    ("deposit_entry", "reference"),
}  # fmt: skip
"""Until when an order was held that holds nothing, and terms of a deposit of which nothing has gone yet."""


@pytest.fixture(scope="module")
def shop(template_of_some_goods: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoShop]:
    """Orders in several states, with deposits that were used, restored, given back, moved and kept."""
    shop = DemoShop(Path(shutil.copytree(template_of_some_goods, tmp_path_factory.mktemp("tampered") / "shop")))
    shop.set("sell_without_visitor", "yes")
    used, voided, back, moved = (claim(shop, COGNAC, buyer=f"Anna 138001380{n}0") for n in range(4))
    for order in (used, voided, back, moved):
        pay_ahead(shop, order, money("7280", KZT))
    pick_up(shop, used)
    void(shop, settle_up(shop, opened(shop, voided), card("350")).receipt)
    steps(shop).cancel(back.code, "", shop.person("amina"))
    deposits(shop).give_back(back.code, shop.person("amina"))
    steps(shop).cancel(moved.code, "", shop.person("amina"))
    deposits(shop).move(moved.code, claim(shop, COGNAC).code, shop.person("amina"))
    shop.set("deposit_no_show", "keep")
    kept = claim(shop, lines=(ClaimLine(CHOCOLATE, 2),))
    pay_ahead(shop, kept, money("10"), "card")
    shop.now.at = kept.hold_until
    upkeep(shop)
    claim(shop, SWEETS)
    assert shop.verify() == []
    drop_guards(shop)
    yield shop
    shop.close()


def lines(work: SqlUnitOfWork) -> list[str]:
    for check in (order_mismatches, deposit_mismatches):
        if found := list(as_far_as_readable("o", partial(check, work.connection))):
            return found
    return []


def drop_guards(shop: DemoShop) -> None:
    """Someone with a shell drops the guards first."""
    asked = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('deposit_entry', 'customer_order')"
    with shop.store.begin() as work:
        for name in work.connection.execute(text(asked)).scalars().all():
            work.connection.execute(text(f"DROP TRIGGER {name}"))
        work.commit()


@pytest.mark.parametrize(("table", "columns"), [("customer_order", ORDERS), ("deposit_entry", ENTRIES)])
def test_a_changed_column_is_refused_or_named(shop: DemoShop, table: str, columns: tuple[str, ...]) -> None:
    silent = set()
    with shop.store.reading() as reading:
        ids = reading.connection.execute(text(_TRIED[table])).scalars().all()
    for column in columns:
        changed = OTHER.get(column, f"coalesce({column}, 0) + 1" if column in _WHOLE else f"{column} || 'x'")
        for row in ids:
            with shop.store.begin() as work:
                try:
                    work.connection.execute(text(f"UPDATE {table} SET {column} = {changed} WHERE id = {row}"))
                except DBAPIError:
                    continue
                if not lines(work):
                    silent.add((table, column))
    assert silent <= DEAD


def test_a_row_that_is_gone_is_named(shop: DemoShop) -> None:
    for statement in (
        "DELETE FROM deposit_entry WHERE kind = 'used'",
        "DELETE FROM deposit_entry WHERE kind = 'restored'",
        "DELETE FROM deposit_entry WHERE kind = 'kept'",
        "DELETE FROM hold WHERE kind = 'pickup'",
        "DELETE FROM customer_order_word",
        "UPDATE customer_order_line SET picked = picked + 1 WHERE picked < quantity",
        "UPDATE cash_move SET amount_minor = amount_minor + 1 WHERE kind = 'deposit'",
        "UPDATE sale_payment SET amount_minor = amount_minor + 1 WHERE method = 'deposit'",
        "UPDATE refund SET amount_minor = amount_minor + 1 WHERE method = 'deposit'",
    ):
        with shop.store.begin() as work:
            try:
                changed = work.connection.execute(text(statement)).rowcount
            except DBAPIError:
                continue
            assert changed, statement
            assert lines(work), statement
