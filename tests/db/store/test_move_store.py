"""A shop moves to a server by one command, or stays where it was: its books are never in two places at once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from time import sleep
from typing import Any

import pytest

import db.store.migrate_store as move_store
from db.engine.engine import database_url
from db.store.copy_tables import tables_in_order
from db.store.migrate_store import settle_move
from db.store.store import open_store
from pos.application.maintenance.migrate_store import MigrateStore
from pos.application.maintenance.restore_ports import StoreInUse
from pos.domain.errors import BadField, StoreError
from pos.domain.staff.staff import NotAllowed
from tests.builders import CONSOLE
from tests.faults.there import ShopThere
from tests.postgres_server import Server
from tests.shops import CARTON, COGNAC, SWEETS, DemoShop


@pytest.fixture
def address(server: Server) -> Iterator[str]:
    """An empty database."""
    yield server.create("moved")
    server.sql("DROP DATABASE IF EXISTS moved WITH (FORCE)")


def content(folder: Path) -> str:
    return sha256((folder / "shop.db").read_bytes()).hexdigest()


def test_every_row_moves_and_the_next_number_comes_there(shop: DemoShop, address: str) -> None:
    shop.sell(CARTON, COGNAC)
    shop.sell(SWEETS)
    before = shop.tables()
    shop.close()
    lies_there = content(shop.folder)

    moved = MigrateStore(shop.context, shop.store)(CONSOLE, address)

    there = ShopThere(shop.folder, now=shop.now, address=address)
    for table in tables_in_order():
        rows = there.rows(f"SELECT * FROM {table.name}")
        own = sorted(map(repr, (tuple(map(_plain, row)) for row in before[table.name])))
        moved_rows = sorted(map(repr, (tuple(map(_plain, row)) for row in rows)))
        if table.name in ("journal", "journal_head"):  # there the move itself is written down
            assert len(set(own) - set(moved_rows)) <= 1
        else:
            assert moved_rows == own, table.name
    assert (moved.rows["sale"], moved.mismatches) == (2, ())
    assert moved.to == address
    assert there.verify() == []
    assert there.sell(SWEETS).number == 3
    assert [event for (event,) in there.rows("SELECT act FROM journal ORDER BY id DESC LIMIT 2")] == [
        "sale",
        "move_shop",
    ]
    assert there.find("cogn") != []
    there.close()
    assert content(shop.folder) == lies_there


def _plain(value: object) -> object:
    return int(value) if isinstance(value, bool) else value


def test_no_till_sells_on_in_the_file_that_was_left(shop: DemoShop, address: str) -> None:
    shop.close()
    MigrateStore(shop.context, shop.store)(CONSOLE, address.replace("//shop@", "//shop:secret@"))

    with pytest.raises(StoreError, match="moved") as refused:
        open_store(database_url(None, shop.folder), shop.secrets.chain)
    assert refused.value.where == address.replace("//shop@", "//shop:***@")
    assert "secret" not in (shop.folder / "shop.db.moved").read_text()


def test_while_a_till_is_open_nothing_moves(shop: DemoShop, address: str) -> None:
    other = shop.other_till()
    other.sell(SWEETS)
    with pytest.raises(StoreInUse):
        MigrateStore(shop.context, shop.store)(CONSOLE, address)

    assert shop.sell(SWEETS).number == 1
    other.close()
    shop.close()
    assert MigrateStore(shop.context, shop.store)(CONSOLE, address).rows["sale"] == 2


def test_a_place_that_is_taken_is_left_as_it_is(shop: DemoShop, address: str, server: Server) -> None:
    shop.close()
    there = ShopThere(shop.folder, address=address)
    there.set("shop_name", "Somebody else")
    there.close()
    with pytest.raises(StoreError, match="target_not_empty"):
        MigrateStore(shop.context, shop.store)(CONSOLE, address)
    assert server.sql("SELECT text FROM setting WHERE name = 'shop_name'", database="moved") == [("Somebody else",)]

    with pytest.raises(BadField, match="is_the_store"):
        MigrateStore(shop.context, shop.store)(CONSOLE, f"sqlite:///{shop.folder}/shop.db")
    with pytest.raises(NotAllowed):
        MigrateStore(shop.context, shop.store)(shop.person("amina"), address)
    assert shop.sell(SWEETS).number == 1


def test_a_shop_moves_back_into_a_file(shop: DemoShop, address: str, tmp_path: Path) -> None:
    shop.sell(SWEETS)
    shop.close()
    MigrateStore(shop.context, shop.store)(CONSOLE, address)
    there = ShopThere(shop.folder, now=shop.now, address=address)
    there.sell(COGNAC)
    till = ShopThere(shop.folder, address=address)
    till.settings()

    with pytest.raises(StoreInUse):
        MigrateStore(there.context, there.store)(CONSOLE, f"sqlite:///{tmp_path}/back.db")
    till.close()
    MigrateStore(there.context, there.store)(CONSOLE, f"sqlite:///{tmp_path}/back.db")

    there.close()
    (shop.folder / "shop.db.moved").unlink()
    (tmp_path / "back.db").replace(shop.folder / "shop.db")
    again = DemoShop(shop.folder, now=shop.now)
    assert again.verify() == []
    assert again.sell(SWEETS).number == 3
    again.close()


class Killed(BaseException):
    """The program is ended from outside: none of it goes on, and its locks are released."""


def killed(*_: object) -> None:
    raise Killed


def opened(shop: DemoShop) -> DemoShop:
    return DemoShop(shop.folder, now=shop.now)


def test_a_till_that_starts_amid_the_move_and_waits_for_it_does_not_sell_into_the_old_file(
    shop: DemoShop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.close()
    late, waiting = opened(shop), list[Future[Any]]()
    alone_with = move_store._alone_with

    @contextmanager
    def watched(*given: Any) -> Iterator[None]:
        with alone_with(*given):
            waiting.append(pool.submit(late.sell, SWEETS))
            sleep(0.3)  # it has looked for the note, and waits for the lock
            yield

    monkeypatch.setattr(move_store, "_alone_with", watched)
    with ThreadPoolExecutor(1) as pool:
        MigrateStore(shop.context, shop.store)(CONSOLE, f"sqlite:///{tmp_path}/new.db")
        with pytest.raises(StoreError, match="moved"):
            waiting[0].result()
    (shop.folder / "shop.db.moved").unlink()
    assert shop.rows("SELECT count(*) FROM sale") == [(0,)]


def test_a_move_that_is_killed_after_everything_arrived_leaves_one_shop(
    shop: DemoShop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"sqlite:///{tmp_path}/new.db"
    shop.sell(SWEETS)
    shop.close()
    with monkeypatch.context() as patch:
        patch.setattr(move_store, "_mark", killed)
        with pytest.raises(Killed):
            MigrateStore(shop.context, shop.store)(CONSOLE, address)
    with pytest.raises(StoreError, match="move_unfinished"):
        opened(shop).sell(SWEETS)
    with pytest.raises(StoreError, match="move_unfinished"):
        settle_move(None, shop.folder, f"sqlite:///{tmp_path}/elsewhere.db")

    settle_move(None, shop.folder, address)
    with pytest.raises(StoreError, match="moved") as refused:
        opened(shop).sell(SWEETS)
    assert refused.value.what == "moved"
    (tmp_path / "new.db").rename(shop.folder / "new.db")
    there = ShopThere(shop.folder, now=shop.now, address=f"sqlite:///{shop.folder}/new.db")
    assert (there.sell(SWEETS).number, there.verify()) == (2, [])
    there.close()


@pytest.mark.parametrize("is_server", [False, True])
def test_a_move_that_is_killed_before_anything_arrived_is_begun_again(
    shop: DemoShop, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_server: bool
) -> None:
    to = address if is_server else f"sqlite:///{tmp_path}/new.db"
    shop.close()
    with monkeypatch.context() as patch:
        patch.setattr(move_store, "_commit", killed)
        with pytest.raises(Killed):
            MigrateStore(shop.context, shop.store)(CONSOLE, to)
    with pytest.raises(StoreError, match="move_unfinished"):
        opened(shop).sell(SWEETS)
    settle_move(None, shop.folder, to)
    again = opened(shop)
    assert again.sell(SWEETS).number == 1
    again.close()
    assert MigrateStore(again.context, again.store)(CONSOLE, to).rows["sale"] == 1
    settle_move(None, shop.folder, to)
    with pytest.raises(StoreError, match="moved"):
        opened(shop).sell(SWEETS)


def test_no_till_sells_on_at_the_server_that_was_left(
    shop: DemoShop, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.close()
    MigrateStore(shop.context, shop.store)(CONSOLE, address)
    there = ShopThere(shop.folder, now=shop.now, address=address)
    asleep = there.other_till()
    asleep.sell(SWEETS)
    asleep.close()  # its window is open, and has no connection for the moment
    with monkeypatch.context() as patch:
        patch.setattr(move_store, "_commit", killed)
        with pytest.raises(Killed):
            MigrateStore(there.context, there.store)(CONSOLE, f"sqlite:///{tmp_path}/back.db")
    with pytest.raises(StoreError, match="move_unfinished"):
        asleep.sell(SWEETS)
    settle_move(address, shop.folder, f"sqlite:///{tmp_path}/back.db")
    assert asleep.sell(SWEETS).number == 2
    asleep.close()

    MigrateStore(there.context, there.store)(CONSOLE, f"sqlite:///{tmp_path}/back.db")
    with pytest.raises(StoreError, match="moved") as refused:
        asleep.sell(SWEETS)
    assert refused.value.where == f"sqlite:///{tmp_path}/back.db"
    with pytest.raises(StoreError, match="moved"):
        ShopThere(shop.folder, "T3", address=address).settings()
    asleep.close()
    there.close()
