"""Makes a store to train on: goods, rates, promotions, people and settings of the shop, without its history."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Table, insert, select, update

from db.catalogue import search
from db.seed.border_demo import BorderDemo
from db.seed.demo_shop import open_demo_shift
from db.seed.store_kind import DEMO_MARK, TRAINING_MARK, training_since
from db.store.unit_of_work import SqlStore, SqlUnitOfWork
from db.tables.catalogue import (
    import_run,
    product,
    product_code,
    product_picture,
    product_price,
    quick_key,
    quick_page,
    supplier,
)
from db.tables.promotions import promotion
from db.tables.shop import person, rate, setting
from db.tables.stock import stock, stock_document
from db.tables.workshop import recipe, recipe_input, recipe_version
from db.verify.verify_staff import staff_content
from pos.application.files.atomic_write import part_of
from pos.application.files.make_folder import make_folder
from pos.application.maintenance.log_key_export import KEYS_MARK
from pos.application.settings.set_setting import as_journaled
from pos.application.settings.settings import Settings
from pos.application.settings.settle_border import CURRENCIES_KEPT
from pos.application.workshop.recipes import journal_version
from pos.domain.errors import Refused, StoreError
from pos.domain.fiscal.registers import NO_REGISTER
from pos.domain.stock.stock import Worth

T = TypeVar("T")

COPIED: tuple[Table, ...] = (
    person,
    rate,
    supplier,
    import_run,
    product,
    product_code,
    product_price,
    product_picture,
    promotion,
    quick_page,
    quick_key,
    recipe,
    recipe_version,
    recipe_input,
)
"""The tables that a training store copies row by row, in this order. Settings and stock are copied in their own way."""

_PAGE = 500


@dataclass(eq=False)
class NoShopToTrainOn(Refused):
    """No shop has been founded here yet."""

    fact = "no_shop_to_train_on"


def is_of_another_day(store: SqlStore, now: datetime) -> bool:
    """True if the training was begun on another day of its shop than that of `now`."""
    since = training_since(store)
    with store.reading() as work:
        zone = Settings.read(work.settings.all()).zone
    return since is not None and since.astimezone(zone).date() != now.astimezone(zone).date()


def make_training(shop: SqlStore, training: SqlStore, at: datetime, till: str, demo: Callable[[], BorderDemo]) -> int:
    """Fill the new store `training` from `shop` in one transaction; how many goods it has. Raises NoShopToTrainOn.

    `demo` says what a demo shop at its border is like: it is asked for one only.
    """
    with shop.reading() as source, training.begin() as work:
        people = source.people.all()
        if not people:
            raise NoShopToTrainOn
        for table in COPIED:
            _copy(source.connection, work.connection, table)
        # PINs are checked at the shop: a copied folder of a training holds none to search for.
        work.connection.execute(update(person).values(pin_hash=""))
        _copy_settings(source.connection, work.connection)
        goods = search.rebuild_index(work.connection)
        on_hand = source.connection.execute(select(stock)).all()
        for start in range(0, len(on_hand), _PAGE):
            empty = [{"product_id": row.product_id, "on_hand": 0} for row in on_hand[start : start + _PAGE]]
            work.connection.execute(insert(stock), empty)
        opening = [
            (row.product_id, row.on_hand, Worth(row.owned, row.value_minor).issuing(row.on_hand)[1])
            for row in on_hand
            if row.on_hand > 0
        ]
        work.stock.move_many(opening, "opening", at, "training")
        work.settings.set(TRAINING_MARK, at.isoformat())
        work.settings.set("printer", Settings().printer)  # a printout of the shop is for its customers
        work.settings.set("label_printer", Settings().label_printer)  # and a label for its shelves
        work.settings.set("fiscal_register", NO_REGISTER)  # what is sold here is no sale
        work.settings.set("customer_display", "off")  # the second screen is the till's beside it
        work.settings.set("export_folder", "")  # and its files for its accountant
        work.settings.set("backup_days", "0")  # nothing of it is needed later
        work.settings.set("backup_folder", "")
        work.journal.write(
            at,
            till,
            "training",
            "make_training",
            {
                "goods": goods,
                "people": len(people),
                "staff": staff_content(work.connection),
                "settings": {
                    name: as_journaled(name, text)
                    for name, text in work.settings.all().items()
                    if name not in (KEYS_MARK, CURRENCIES_KEPT)
                },
            },
        )
        _enter_recipes(work, at, till)
        if source.settings.all().get(DEMO_MARK) == "yes":
            open_demo_shift(work, people[0], at, till, demo())
        work.commit()
    return goods


def _enter_recipes(work: SqlUnitOfWork, at: datetime, till: str) -> None:
    """Write the recipes that came along into the journal of the training, and number further ones after them."""
    versions = work.recipes.all()
    for one in versions:
        journal_version(work, one.recipe, at, till, "training")
    if versions:
        row = {"kind": "W", "next_no": versions[-1].recipe.number + 1}
        work.connection.execute(insert(stock_document), row)


def _copy(source: Connection, target: Connection, table: Table) -> None:
    question = select(table).order_by(*table.primary_key.columns)
    rows = source.execute(question, execution_options={"yield_per": _PAGE})
    for page in rows.mappings().partitions():
        target.execute(insert(table), [dict(row) for row in page])


def _copy_settings(source: Connection, target: Connection) -> None:
    """The shop's options and whether it is a demo; never the mark of its keys."""
    rows = source.execute(select(setting)).mappings()
    copied = [dict(row) for row in rows if not row["name"].startswith("_") or row["name"] == DEMO_MARK]
    if copied:
        target.execute(insert(setting), copied)


def in_place_of(folder: Path, fill: Callable[[Path], T]) -> T:
    """Makes a store with `fill` in a new folder, then puts it in place of `folder`: there completely, or as it was.

    Raises StoreError where another till has the old one open, or the disk does not take it.
    """
    try:
        beside = part_of(folder)
        make_folder(beside)
    except OSError as error:
        raise StoreError("folder_not_writable", str(folder.parent), error.strerror or "") from error
    old = beside.with_name(f"{beside.name}-old")
    try:
        made = fill(beside)
        if folder.exists():
            folder.rename(old)
        beside.rename(folder)
    except OSError as error:
        raise StoreError("training_in_use", str(folder), error.strerror or "") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
    return made
