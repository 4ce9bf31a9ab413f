"""A closed shop with an older backup of it and what is kept outside of its hands, copied as often as wanted."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import URL

from db.engine.engine import database_url
from pos.application.maintenance.seal_files import ExportSeals, read_external_anchors
from pos.application.ports.maintenance_ports import ExternalAnchor
from tests.application.shifts.test_close_shift import right_count
from tests.faults.customers import a_small_shop, serve, tickets
from tests.faults.there import ShopThere, a_shop_there
from tests.postgres_server import Server
from tests.shops import DemoShop, FakeClock

_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Books:
    """Of a shop whose store is a file in `folder`, or a database of `server`."""

    folder: Path
    older: Path
    """The backup: a file or, by its name, a database."""
    outside: tuple[ExternalAnchor, ...] = ()
    server: Server | None = None
    database: str = ""

    @property
    def url(self) -> URL:
        """Where the store is."""
        return database_url(self._address, self.folder)

    @property
    def _address(self) -> str | None:
        return None if self.server is None else self.server.url(self.database)

    def shop(self, now: FakeClock | None = None) -> DemoShop:
        """The steps over them."""
        address, clock = self._address, now or FakeClock()
        return (
            DemoShop(self.folder, now=clock) if address is None else ShopThere(self.folder, now=clock, address=address)
        )

    @contextmanager
    def copied(self) -> Iterator[Books]:
        """Others like them, to do with as one pleases."""
        folder = self.folder.with_name(f"tampered-{next(_numbers)}")
        shutil.copytree(self.folder, folder)
        copy = replace(self, folder=folder)
        if self.server is not None:
            copy = replace(copy, database=f"tampered_{folder.parent.name}"[:60])
            self.server.create(copy.database, self.database)
        yield copy
        shutil.rmtree(folder)

    def put_older_in_place(self) -> None:
        """The books are those of the backup again."""
        if self.server is None:
            shutil.copy(self.older, self.folder / "shop.db")
        else:
            self.server.create(self.database, self.older.name)

    def keep_older(self) -> None:
        """Back them up as they are now. No one else has them open."""
        if self.server is None:
            shop = self.shop()
            shop.store.back_up(self.older)
            shop.close()
        else:
            self.server.create(self.older.name, self.database)


def books_at_rest(folder: Path, server: Server | None) -> Books:
    """Some sales with their Z, a backup, then more with a second Z, and the seals given out."""
    if server is None:
        books = Books(a_small_shop(folder / "books"), folder / "older.db")
    else:
        database = f"books_{folder.name}"
        there = a_shop_there(server, folder / "books", name=database)
        there.close()
        books = Books(there.folder, Path(f"older_{folder.name}"), server=server, database=database)
    customers = tickets(3)
    now = FakeClock()
    shop = books.shop(now)
    _one_shift(shop, customers)
    shop.close()
    books.keep_older()
    shop = books.shop(now)
    _one_shift(shop, customers)
    while serve(shop, next(customers)) is None:
        pass
    lines = ExportSeals(shop.context)(shop.person("manager"), "seals.txt")
    shop.now.move(hours=24)
    shop.seal_books.step()
    shop.close()
    return replace(books, outside=tuple(read_external_anchors("\n".join(lines))))


def _one_shift(shop: DemoShop, customers: Iterator[dict[str, Any]]) -> None:
    sold = 0
    while sold < 4:
        sold += serve(shop, next(customers)) is not None
    shop.now.move(hours=1)
    shop.close_shift(shop.person("amina"), right_count(shop))
    shop.open_shift(shop.person("amina"), {})
