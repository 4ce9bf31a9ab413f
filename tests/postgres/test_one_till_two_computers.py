"""Two computers of one server, on both of which no one named the till: one drawer is never the cash of two."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import pytest

from db.store.store import open_store
from db.store.unit_of_work import SqlStore
from pos.application.access.till_seat import Seat, TillElsewhere
from pos.application.text.translator import Translator
from pos.devices.this_computer import seat_at
from pos.languages.refusals import refusal_text
from tests.on_postgres import Databases
from tests.shops import SWEETS, DemoShop


class Till(DemoShop):
    """A till whose computer is known."""

    seat: Seat
    databases: Databases

    @cached_property
    def store(self) -> SqlStore:
        return open_store(self.databases.url_of(None, self.folder), self.secrets.chain, seat=self.seat)


def till(shop: DemoShop, databases: Databases, seat: Seat) -> Till:
    one = Till(shop.folder, seat.till, shop.now)
    one.seat, one.databases = seat, databases
    return one


@pytest.fixture
def first(shop: DemoShop, databases: Databases) -> Iterator[Till]:
    shop.close()
    first = till(shop, databases, Seat("T1", "one", "COUNTER-1"))
    first.sell(SWEETS)
    yield first
    first.close()


def test_another_computer_is_refused_with_the_till_and_since_when_and_may_read(
    first: Till, databases: Databases
) -> None:
    second = till(first, databases, Seat("T1", "two", "COUNTER-2"))
    with pytest.raises(TillElsewhere) as refused:
        second.sell(SWEETS)
    assert refused.value.till == "T1"
    assert refused.value.since is not None
    assert "COUNTER-1" in refused.value.where
    text = refusal_text(refused.value, Translator.english())
    assert "T1" in text
    assert "COUNTER-1" in text

    assert second.settings().shop_name == first.settings().shop_name
    assert first.sell(SWEETS).number == 2
    first.close()
    assert second.sell(SWEETS).number == 3
    with pytest.raises(TillElsewhere):
        first.sell(SWEETS)
    second.close()


def test_another_till_and_another_program_of_the_same_computer_sell_on(first: Till, databases: Databases) -> None:
    again, t2 = till(first, databases, first.seat), till(first, databases, Seat("T2", "two", "COUNTER-2"))
    assert again.sell(SWEETS).number == 2
    t2.open_shift(t2.person("amina"), {})
    assert t2.sell(SWEETS).number == 1
    assert first.sell(SWEETS).number == 3
    for one in (again, t2):
        one.close()


def test_a_connection_that_was_lost_is_no_way_past_it(first: Till, databases: Databases) -> None:
    second = till(first, databases, Seat("T1", "two", "COUNTER-2"))
    databases.server.sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", databases.name_of(first.folder)
    )
    assert second.sell(SWEETS).number == 2
    with pytest.raises(TillElsewhere):
        first.sell(SWEETS)
    second.close()


def test_a_folder_of_this_computer_is_one_place(tmp_path: Path) -> None:
    one = seat_at("T1", tmp_path)
    assert one == seat_at("T1", tmp_path)
    assert one.computer != seat_at("T1", tmp_path / "other").computer
