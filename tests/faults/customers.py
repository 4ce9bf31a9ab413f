"""A small shop, and customers without end: visitors who buy, pay with notes and take change, and bring goods back."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Engine
from sqlalchemy.util import LRUCache

from db.engine.types import to_microseconds
from db.seed.demo_shop import make_demo
from pos.domain.errors import Refused
from tests.shops import BAG, CHOCOLATE, COGNAC, SWEETS, DemoShop

PRICES = {BAG: Decimal("1.00"), SWEETS: Decimal("48.00"), CHOCOLATE: Decimal("12.50"), COGNAC: Decimal("450.00")}
_GOODS = 60
_ENOUGH = 100_000


@cache
def _template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="border-pos-small-shop-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    shop = DemoShop(folder)
    make_demo(shop.store, shop.secrets, shop.now(), shop.till, _GOODS)
    _bring(shop)
    shop.close()
    return folder


def _bring(shop: DemoShop) -> None:
    """More of the goods that are sold here than any experiment sells."""
    with shop.raw(writing=True) as store:
        for code in PRICES:
            (number,) = store.execute("SELECT id FROM product WHERE code = ?", (code,)).fetchone()
            came = "INSERT INTO stock_move (product_id, quantity, reason, at, person) VALUES (?, ?, 'opening', ?, ?)"
            store.execute(came, (number, _ENOUGH, to_microseconds(shop.now()), "demo"))
            more = "UPDATE stock SET on_hand = on_hand + ?1, owned = owned + ?1 WHERE product_id = ?2"
            store.execute(more, (_ENOUGH, number))


def a_small_shop(folder: Path) -> Path:
    """A closed demo shop of some sixty goods in `folder`, which is made; with an open shift at T1."""
    return Path(shutil.copytree(_template(), folder))


def share_what_is_compiled() -> None:
    """Let every engine of this process use the statements that another has compiled, as the test run does."""
    compiled: LRUCache[object, object] = LRUCache(4_000)
    setattr(Engine, "_compiled_cache", property(lambda _engine: compiled, lambda _engine, _cache: None))  # noqa: B010
    for dialect in (SQLiteDialect_pysqlite, PGDialect_psycopg):
        setattr(dialect, "__hash__", lambda dialect: hash(type(dialect)))  # noqa: B010
        setattr(dialect, "__eq__", lambda one, other: type(one) is type(other))  # noqa: B010


def tickets(seed: int, name: str = "k") -> Iterator[dict[str, Any]]:
    """Sales as a file states them, each with a key of its own; some will be refused, for the allowance is used up."""
    chance = Random(seed)
    number = 0
    while True:
        number += 1
        lines = [
            {"code": code, "quantity": chance.randint(1, 3)}
            for code in chance.sample(list(PRICES), chance.choice((1, 1, 2)))
        ]
        total = sum(PRICES[str(line["code"])] * int(str(line["quantity"])) for line in lines)
        document = {"kind": "passport", "country": "CHN", "birth_date": "1985-05-05"}
        document["number"] = f"E{chance.randint(10_000_000, 10_000_400)}"
        yield {
            "key": f"{name}-{number}",
            "cashier": "amina",
            "destination": "CN",
            "visitors": [{"id": "A", "document": document, "residence": "CN"}],
            "lines": lines,
            "payments": [{"method": "cash", "currency": "CNY", "amount": str((int(total) // 100 + 1) * 100)}],
        }


def a_return(key: str, receipt: str) -> dict[str, Any]:
    """One piece of the first line of a receipt comes back for cash."""
    return {
        "key": key,
        "receipt": receipt,
        "lines": [{"line": 0, "quantity": 1, "to": "shelf"}],
        "refund": {"currency": "CNY", "method": "cash"},
        "reason": "changed their mind",
        "cashier": "amina",
    }


def serve(shop: DemoShop, ticket: dict[str, Any]) -> str | None:
    """Sell or take back what a ticket says: the receipt, None where the shop refuses it. Raises StoreError."""
    shop.now.move(seconds=40)
    try:
        if "receipt" in ticket:
            return shop.return_by_ticket(ticket).receipt
        return shop.ring_sale(ticket).receipt
    except Refused:
        return None
