"""A shop moves to a server by one command, or stays where it was: its books are never in two places at once."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from db.copy_tables import tables_in_order
from db.engine import database_url
from db.store import open_store
from pos.application.move_shop import MoveShop
from pos.application.restore_ports import StoreInUse
from pos.domain.errors import BadField, StoreTrouble
from pos.domain.staff import NotAllowed
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

    moved = MoveShop(shop.store, shop.now, shop.till)(CONSOLE, address)

    there = ShopThere(shop.folder, now=shop.now, address=address)
    for table in tables_in_order():
        rows = there.rows(f"SELECT * FROM {table.name}")
        own = sorted(map(repr, (tuple(map(_plain, row)) for row in before[table.name])))
        found = sorted(map(repr, (tuple(map(_plain, row)) for row in rows)))
        if table.name in ("journal", "journal_head"):  # there the move itself is written down
            assert len(set(own) - set(found)) <= 1
        else:
            assert found == own, table.name
    assert (moved.rows["sale"], moved.mismatches) == (2, ())
    assert moved.to == address
    assert there.verify() == []
    assert there.sell(SWEETS).number == 3
    assert [act for (act,) in there.rows("SELECT act FROM journal ORDER BY id DESC LIMIT 2")] == ["sale", "move_shop"]
    assert there.find("cogn") != []
    there.close()
    assert content(shop.folder) == lies_there


def _plain(value: object) -> object:
    return int(value) if isinstance(value, bool) else value


def test_no_till_sells_on_in_the_file_that_was_left(shop: DemoShop, address: str) -> None:
    shop.close()
    MoveShop(shop.store, shop.now, shop.till)(CONSOLE, address.replace("//shop@", "//shop:secret@"))

    with pytest.raises(StoreTrouble, match="moved") as refused:
        open_store(database_url(None, shop.folder), shop.secrets.chain)
    assert refused.value.where == address.replace("//shop@", "//shop:***@")
    assert "secret" not in (shop.folder / "shop.db.moved").read_text()


def test_while_a_till_is_open_nothing_moves(shop: DemoShop, address: str) -> None:
    other = shop.other_till()
    other.sell(SWEETS)
    with pytest.raises(StoreInUse):
        MoveShop(shop.store, shop.now, shop.till)(CONSOLE, address)

    assert shop.sell(SWEETS).number == 1
    other.close()
    shop.close()
    assert MoveShop(shop.store, shop.now, shop.till)(CONSOLE, address).rows["sale"] == 2


def test_a_place_that_is_taken_is_left_as_it_is(shop: DemoShop, address: str, server: Server) -> None:
    shop.close()
    there = ShopThere(shop.folder, address=address)
    there.set("shop_name", "Somebody else")
    there.close()
    with pytest.raises(StoreTrouble, match="target_not_empty"):
        MoveShop(shop.store, shop.now, shop.till)(CONSOLE, address)
    assert server.sql("SELECT text FROM setting WHERE name = 'shop_name'", database="moved") == [("Somebody else",)]

    with pytest.raises(BadField, match="is_the_store"):
        MoveShop(shop.store, shop.now, shop.till)(CONSOLE, f"sqlite:///{shop.folder}/shop.db")
    with pytest.raises(NotAllowed):
        MoveShop(shop.store, shop.now, shop.till)(shop.person("amina"), address)
    assert shop.sell(SWEETS).number == 1


def test_a_shop_moves_back_into_a_file(shop: DemoShop, address: str, tmp_path: Path) -> None:
    shop.sell(SWEETS)
    shop.close()
    MoveShop(shop.store, shop.now, shop.till)(CONSOLE, address)
    there = ShopThere(shop.folder, now=shop.now, address=address)
    there.sell(COGNAC)
    till = ShopThere(shop.folder, address=address)
    till.settings()

    with pytest.raises(StoreInUse):
        MoveShop(there.store, shop.now, shop.till)(CONSOLE, f"sqlite:///{tmp_path}/back.db")
    till.close()
    MoveShop(there.store, shop.now, shop.till)(CONSOLE, f"sqlite:///{tmp_path}/back.db")

    there.close()
    (shop.folder / "shop.db.moved").unlink()
    (tmp_path / "back.db").replace(shop.folder / "shop.db")
    again = DemoShop(shop.folder, now=shop.now)
    assert again.verify() == []
    assert again.sell(SWEETS).number == 3
    again.close()
