"""Whatever is changed in the workshop's tables past the till is refused by the store or named by `verify`."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Boolean, Integer, Table, text
from sqlalchemy.exc import DBAPIError

from db.store.unit_of_work import SqlUnitOfWork
from db.tables.stock import stock_move
from db.tables.workshop import batch, batch_input, batch_loss, batch_part, recipe, recipe_input, recipe_version
from db.tables.workshop import workshop_key as keys
from db.verify.verify_file import as_far_as_readable
from db.verify.verify_moves import move_mismatches
from db.verify.verify_stock import stock_mismatches
from db.verify.workshop.verify_workshop import workshop_mismatches
from pos.application.workshop.goods_lines import GoodsLine
from tests.made_once import made_once
from tests.shops import DemoShop
from tests.workshops import BAR, AtTheWorkshop, made_with_workshop

TABLES = (recipe, recipe_version, recipe_input, batch, batch_input, batch_part, batch_loss)
OF_NO_MATTER = {("recipe", "at"), ("recipe", "person"), ("recipe_version", "at"), ("recipe_version", "person")}
"""Who wrote a version, and when, is in the journal; nothing goes by these columns."""
_MOST = {"batch": 4}
"""Rows of a table that are tried, of others two: of batches one in each state."""
DEAD = {("batch_loss", "at")}
"""In which report a loss counts: within the transaction of the step that the journal dates."""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoShop]:
    """A finished batch with a loss, one that was given up, one that runs and a planned one."""
    folder = tmp_path_factory.mktemp("tampered") / "shop"
    shutil.copytree(made_once("template-workshop", made_with_workshop), folder)
    shop = DemoShop(Path(folder))
    clerk = AtTheWorkshop(shop)
    clerk.recipe(loss=20, shelf_days=9, key="r")
    clerk.finished(2, 2, lost=[GoodsLine(1, BAR, reason="spoiled")])
    clerk.started(1)
    clerk.gives_up(2, GoodsLine(1, BAR, reason="theft"))
    clerk.started(2)
    clerk.planned(3, key="p")
    assert clerk.mismatches() == []
    yield shop
    shop.close()


def lines(work: SqlUnitOfWork) -> list[str]:
    """What `verify` says."""
    for check in (workshop_mismatches, stock_mismatches, move_mismatches):
        if found := list(as_far_as_readable("w", partial(check, work.connection))):
            return found
    return []


def other(value: Any, kind: Any) -> str:
    """Another value of a column, in SQL."""
    if isinstance(kind, Boolean):
        return "1 - {c}"
    if isinstance(value, int) or isinstance(kind, Integer):
        return "coalesce({c}, 0) + 1"
    return "'2031-01-01'" if isinstance(value, str) and value.count("-") == 2 else "coalesce({c}, '') || 'x'"


def changes() -> Iterator[tuple[Table, str]]:
    for table in TABLES:
        for column in table.columns:
            if (table.name, column.name) not in OF_NO_MATTER | DEAD:
                yield table, column.name


def test_a_changed_column_is_refused_or_named(shop: DemoShop) -> None:
    silent = []
    for table, column in changes():
        keys_of = ", ".join(one.name for one in table.primary_key.columns)
        with shop.store.begin() as work:
            rows = work.connection.execute(text(f"SELECT {keys_of} FROM {table.name}")).all()[
                : _MOST.get(table.name, 2)
            ]
        for row in rows:
            key = " AND ".join(
                f"{one.name} = {value}" for one, value in zip(table.primary_key.columns, row, strict=True)
            )
            with shop.store.begin() as work:
                value = work.connection.execute(text(f"SELECT {column} FROM {table.name} WHERE {key}")).scalar_one()
                changed = other(value, table.c[column].type).format(c=column)
                try:
                    work.connection.execute(text(f"UPDATE {table.name} SET {column} = {changed} WHERE {key}"))
                except DBAPIError:
                    continue
                if not lines(work):
                    silent.append((table.name, column, row))
    assert silent == []


@pytest.mark.parametrize("table", [batch_loss, batch_part, batch_input, recipe_input, batch], ids=str)
def test_a_row_that_is_gone_is_refused_or_named(shop: DemoShop, table: Table) -> None:
    with shop.store.begin() as work:
        try:
            work.connection.execute(text(f"DELETE FROM {table.name}"))
        except DBAPIError:
            return
        assert lines(work)


def test_a_movement_of_no_batch_and_a_key_of_nothing_are_named(shop: DemoShop) -> None:
    with shop.store.begin() as work:
        work.connection.execute(
            stock_move.insert(),
            {"product_id": 1, "quantity": 1, "reason": "processed", "at": 0, "person": "clerk", "document": "B-000999"},
        )
        assert any("B-000999" in line for line in lines(work))
    with shop.store.begin() as work:
        work.connection.execute(keys.update().values(document="B-000999"))
        assert any("request key" in line for line in lines(work))
