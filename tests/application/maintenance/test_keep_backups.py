"""Backups that the till makes by itself: when one is due, where it goes, which are kept, what a full disk does."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.application.maintenance.keep_backups import KeepBackups, LastBackup
from pos.domain.errors import InfrastructureError, StoreError
from pos.domain.staff.staff import NotAllowed
from pos.exports.copied_file import copy_whole
from tests.application.reports.test_reports_of_days import close
from tests.shops import SWEETS, DemoShop


def keeping(shop: DemoShop) -> KeepBackups:
    return KeepBackups(shop.context, shop.store, shop.folder / "backups", copy_whole)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def named(shop: DemoShop, at: str) -> str:
    """What the backup of an instant is called: it says whose it is."""
    return f"shop_{at}Z_{shop.store.identity()}.db"


def test_the_first_quiet_moment_of_each_day_makes_one_and_then_there_is_peace(shop: DemoShop) -> None:
    keep = keeping(shop)
    made = keep.step()
    assert made is not None
    assert (made.at, made.file) == (shop.now(), str(shop.folder / "backups" / named(shop, "2026-03-02_040000")))
    assert made.bytes == Path(made.file).stat().st_size
    assert keep.step() is None
    assert keep.last(shop.person("manager")) == made

    shop.now.move(hours=24)
    assert keep.step() is not None
    assert names(shop.folder / "backups") == [named(shop, "2026-03-02_040000"), named(shop, "2026-03-03_040000")]
    rows = shop.rows("SELECT person, details FROM journal WHERE act = 'backup' ORDER BY id")
    assert [person for person, _ in rows] == ["program", "program"]
    assert named(shop, "2026-03-03_040000") in rows[1][1]


def test_a_closed_shift_makes_another_one(shop: DemoShop) -> None:
    keep = keeping(shop)
    keep.step()
    shop.sell(SWEETS)
    shop.now.move(hours=2)
    close(shop)
    shop.now.move(minutes=1)
    assert keep.step() is not None
    assert keep.step() is None


def test_what_no_day_no_week_and_no_month_needs_is_taken_away_and_a_strangers_file_stays(shop: DemoShop) -> None:
    shop.set("backup_days", "2")
    shop.set("backup_weeks", "0")
    shop.set("backup_months", "0")
    keep = keeping(shop)
    for _ in range(4):
        keep.step()
        shop.now.move(hours=24)
        (shop.folder / "backups" / "letter.txt").touch()
    assert names(shop.folder / "backups") == [
        "letter.txt",
        named(shop, "2026-03-04_040000"),
        named(shop, "2026-03-05_040000"),
    ]


def test_it_goes_to_a_second_folder_too_and_later_where_that_was_away(shop: DemoShop, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    shop.set("backup_folder", str(stick))
    keep = keeping(shop)
    with pytest.raises(StoreError, match="backup_folder"):
        keep.step()
    assert keep.last(shop.person("manager")).second == ""
    with pytest.raises(InfrastructureError, match="backup_folder"):
        keep.step()

    stick.mkdir()
    carried = keep.step()
    assert carried is not None
    assert carried.second == str(stick / named(shop, "2026-03-02_040000"))
    assert Path(carried.second).read_bytes() == Path(carried.file).read_bytes()
    assert keep.step() is None
    assert names(shop.folder / "backups") == names(stick)


def test_one_that_fails_leaves_no_half_file_and_is_due_again(shop: DemoShop, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise StoreError("disk_full")

    keep = keeping(shop)
    with monkeypatch.context() as patch:
        patch.setattr(type(shop.store), "back_up", full)
        with pytest.raises(StoreError):
            keep.step()
    assert keep.last(shop.person("manager")) == LastBackup()
    assert keep.is_due()


def test_a_shop_that_wants_none_makes_none_and_neither_does_one_that_no_one_founded(shop: DemoShop) -> None:
    shop.set("backup_days", "0")
    assert keeping(shop).step() is None


def test_who_may_set_options_makes_one_now_and_no_one_else(shop: DemoShop) -> None:
    keep = keeping(shop)
    assert keep.now_by(shop.person("manager")).at == shop.now()
    for step in (keep.now_by, keep.last):
        with pytest.raises(NotAllowed):
            step(shop.person("amina"))
