"""Connections that go from one unit of work to the next."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, event, text

from pos.domain.errors import StoreError
from tests.shops import SWEETS, DemoShop


class Slip(Exception):
    """A failure inside a unit of work."""


def slips_in(shop: DemoShop, seen: list[Connection]) -> None:
    with shop.store.begin() as work:
        work.settings.set("shop_name", "Half done")
        seen.append(work.connection)
        raise Slip


def test_one_unit_of_work_after_another_has_the_same_connection_and_two_at_once_have_two(shop: DemoShop) -> None:
    with shop.store.reading() as one, shop.store.reading() as other:
        assert one.connection is not other.connection
        both = {one.connection, other.connection}
    with shop.store.reading() as again:
        assert again.connection in both


def test_a_connection_in_which_something_went_wrong_is_given_up_and_nothing_of_it_stays(shop: DemoShop) -> None:
    seen: list[Connection] = []
    with pytest.raises(Slip):
        slips_in(shop, seen)
    assert seen[0].closed
    with shop.store.begin() as work:
        assert "Half done" not in work.settings.all().values()
        work.settings.set("shop_name", "Not committed")
    with shop.store.reading() as work:
        assert "Not committed" not in work.settings.all().values()


def test_what_the_database_says_is_reported_as_a_trouble_of_the_store(shop: DemoShop) -> None:
    with pytest.raises(StoreError), shop.store.reading() as work:
        work.connection.execute(text("SELECT * FROM no_such_table"))


def test_who_listens_to_a_store_hears_each_unit_of_work_begin(shop: DemoShop) -> None:
    heard: list[str] = []
    for engine in (shop.store._engines.reading, shop.store._engines.writing):
        event.listen(engine, "before_cursor_execute", lambda *args: heard.append(args[2]))
    with shop.store.reading() as work:
        assert work.products.count() > 0
    assert shop.sell(SWEETS).number == 1
    begun = [text for text in heard if text.startswith("BEGIN")]
    assert begun[0] == "BEGIN"
    assert "BEGIN IMMEDIATE" in begun


def test_a_store_that_was_closed_opens_again_when_it_is_asked(shop: DemoShop) -> None:
    shop.sell(SWEETS)
    shop.store.close()
    assert shop.sell(SWEETS).number == 2
