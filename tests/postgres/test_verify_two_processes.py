"""Two processes verify the books on a server as one does, each over a connection of its own."""

from __future__ import annotations

import os

import pytest
from sqlalchemy import text

from db.verify import two_processes
from tests.shops import BAG, CARTON, SWEETS, DemoShop


def test_two_processes_find_on_a_server_what_one_finds(shop: DemoShop, monkeypatch: pytest.MonkeyPatch) -> None:
    for goods in (CARTON, BAG, SWEETS, BAG):
        shop.sell(goods)
    with shop.store._engines.writing.begin() as connection:
        connection.execute(text("UPDATE stock SET on_hand = on_hand + 1, owned = owned + 2 WHERE product_id = 1"))
        connection.execute(text("UPDATE register SET grand_total_minor = 1"))
        connection.execute(text("UPDATE quota_entry SET taxed = 1"))
    started: list[int] = []
    fork = os.fork

    def forked() -> int:
        started.append(fork())
        return started[-1]

    monkeypatch.setattr(os, "fork", forked)
    monkeypatch.setattr(two_processes, "_FROM", 0)
    monkeypatch.setattr(two_processes, "_may_fork", lambda: True)

    with shop.store.reading() as work:
        one, two = work.reports.mismatches(), work.reports.mismatches_in_two()

    assert two == one
    assert len(one) > 4
    assert len(started) == 1
    assert shop.verify() == two
