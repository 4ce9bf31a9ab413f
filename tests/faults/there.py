"""A shop on a PostgreSQL server, for experiments: made once on each server and cloned for each trial."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import psycopg

from db.engine.engine import database_url
from db.seed.demo_shop import make_demo
from db.store.store import open_store
from db.store.unit_of_work import SqlStore
from tests.faults.customers import PRICES, share_what_is_compiled
from tests.postgres_server import Server
from tests.shops import CARTON, DemoShop

_GOODS = 60
_ENOUGH = 100_000
_TEMPLATE = "template_of_a_shop"


@dataclass
class ShopThere(DemoShop):
    """The steps over a store on a server."""

    address: str = ""

    @cached_property
    def store(self) -> SqlStore:
        return open_store(database_url(self.address, self.folder), self.secrets.chain)

    @contextmanager
    def raw(self, *, writing: bool = False, guarded: bool = False) -> Iterator[Any]:  # an override
        """The database as someone with a shell has it, with its guards: nothing that is recorded is changed here."""
        with psycopg.connect(plain(self.address), autocommit=not writing) as connection:
            yield connection

    def rows(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        with self.raw() as connection:
            return list(connection.execute(question, values or None).fetchall())

    def other_till(self, till: str = "T2") -> ShopThere:
        other = ShopThere(self.folder, till, self.now, self.address)
        if other.open_shift.current() is None:
            other.open_shift(other.person("amina"), {})
        return other

    def through(self, address: str, till: str | None = None) -> ShopThere:
        """The same shop by another way."""
        return ShopThere(self.folder, till or self.till, self.now, address)


def plain(address: str) -> str:
    """An address as psycopg takes it."""
    return address.replace("postgresql+psycopg:", "postgresql:")


def a_shop_there(server: Server, folder: Path, *, tills: int = 1, name: str = "") -> ShopThere:
    """A small demo shop, in a database `name`, with more goods than anyone sells and a shift at T1 to T`tills`."""
    keys = _template(server)
    folder.mkdir(parents=True)
    shutil.copy(keys, folder)
    name = name or f"trial_{folder.parent.name}"[:60].replace("-", "_")
    shop = ShopThere(folder, address=server.create(name, _TEMPLATE))
    for number in range(2, tills + 1):
        shop.other_till(f"T{number}").close()
    return shop


_known: dict[Path, Path] = {}


def _template(server: Server) -> Path:
    """The key file of the shop that each trial on this server clones."""
    if server.folder not in _known:
        share_what_is_compiled()
        folder = Path(tempfile.mkdtemp(prefix="border-pos-shop-there-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        shop = ShopThere(folder, address=server.create(_TEMPLATE))
        make_demo(shop.store, shop.secrets, shop.now(), shop.till, _GOODS)
        with shop.store.begin() as work:
            for code in (*PRICES, CARTON):
                product = work.products.by_code(code, shop.now())
                assert product is not None, code
                work.stock.move(product.id, _ENOUGH, "opening", shop.now(), "demo")
            work.commit()
        shop.close()
        _known[server.folder] = folder / "keys.json"
    return _known[server.folder]


@cache
def durable_server() -> Server:
    """A server that keeps what it confirmed through its own death, for experiments in which it dies."""
    return Server.made(is_durable=True)
