"""A backup takes the place of an older one of its own shop and of nothing else; whose it is, its journal says."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
import pytest

from pos.application.maintenance.back_up import BackUp
from pos.application.maintenance.keep_backups import KeepBackups
from pos.application.settings.set_setting import SetSetting
from pos.domain.errors import BadField, StoreError
from pos.domain.maintenance.rotation import Rotation
from pos.exports.copied_file import copy_whole
from tests.builders import CONSOLE
from tests.shops import SWEETS, DemoShop, made_in


@pytest.fixture
def other(template_shop: Path, tmp_path: Path) -> Iterator[DemoShop]:
    """A shop that began as a copy of the first one and has traded by itself since: the hardest to distinguish."""
    shop = DemoShop(Path(shutil.copytree(template_shop, tmp_path / "other")))
    SetSetting(shop.context)(CONSOLE, "shop_name", "The other shop")
    yield shop
    shop.close()


def back_up(shop: DemoShop, file: Path) -> None:
    BackUp(shop.context, shop.store)(CONSOLE, file)


def keeping(shop: DemoShop) -> KeepBackups:
    return KeepBackups(shop.context, shop.store, shop.folder / "backups", copy_whole)


def owner(file: Path) -> str:
    """What a backup says the name of its shop is."""
    store = sqlite.connect(f"{file.as_uri()}?mode=ro", uri=True)
    named = dict(store.execute("SELECT name, text FROM setting").fetchall()).get("shop_name", "")
    store.close()
    return str(named)


def refused(shop: DemoShop, file: Path) -> str:
    before = file.read_bytes()
    with pytest.raises(BadField) as raised:
        back_up(shop, file)
    assert file.read_bytes() == before
    return raised.value.what


def test_no_backup_goes_over_the_books_of_another_shop_whether_a_till_has_them_open_or_not(
    shop: DemoShop, other: DemoShop
) -> None:
    other.sell(SWEETS)
    assert refused(shop, other.folder / "shop.db") == "is_of_a_shop"
    assert other.sell(SWEETS).number == 2
    other.close()
    assert refused(shop, other.folder / "shop.db") == "is_of_a_shop"
    (other.folder / "keys.json").rename(other.folder / "keys.elsewhere")
    assert refused(shop, other.folder / "shop.db") == "is_no_older_backup"


def test_a_copy_of_this_shop_that_someone_may_open_is_no_backup(shop: DemoShop, tmp_path: Path) -> None:
    shop.close()
    drill = Path(shutil.copytree(shop.folder, tmp_path / "drill"))
    shop = DemoShop(shop.folder)
    assert refused(shop, drill / "shop.db") == "is_of_a_shop"
    shop.close()


def test_an_older_backup_of_this_shop_is_replaced_also_one_that_lies_in_its_folder(
    shop: DemoShop, tmp_path: Path
) -> None:
    for file in (tmp_path / "monday.db", shop.folder / "monday.db"):
        file.touch()
        for number in (1, 2):
            shop.sell(SWEETS)
            back_up(shop, file)
            assert sqlite.connect(file).execute("SELECT count(*) FROM sale").fetchone()[0] >= number
    assert shop.verify() == []


def test_a_backup_of_another_shop_a_letter_and_a_later_state_are_not_replaced(
    shop: DemoShop, other: DemoShop, tmp_path: Path
) -> None:
    letter, theirs, later = tmp_path / "letter.txt", tmp_path / "theirs.db", tmp_path / "later.db"
    letter.write_text("Dear Dana")
    back_up(other, theirs)
    back_up(shop, tmp_path / "now.db")
    shop.sell(SWEETS)
    back_up(shop, later)
    shop.close()
    shutil.copy(tmp_path / "now.db", shop.folder / "shop.db")
    restored = DemoShop(shop.folder)
    for file in (letter, theirs, later):
        assert refused(restored, file) == "is_no_older_backup"
    restored.close()


def test_a_backup_that_someone_reads_at_the_moment_stays(shop: DemoShop, tmp_path: Path) -> None:
    file = tmp_path / "monday.db"
    back_up(shop, file)
    reader = sqlite.connect(file, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM sale").fetchone()
    assert refused(shop, file) == "is_in_use"
    keeping(shop)._rotate(tmp_path, Rotation())
    reader.close()
    back_up(shop, file)


def _two_shops(shop: DemoShop, other: DemoShop, tmp_path: Path) -> DemoShop:
    return other


def _a_demo(shop: DemoShop, other: DemoShop, tmp_path: Path) -> DemoShop:
    made_in(tmp_path / "demo" / "shop")
    return DemoShop(tmp_path / "demo" / "shop")


@pytest.mark.parametrize("second", [_two_shops, _a_demo])
def test_two_shops_with_one_second_folder_leave_each_others_backups_alone(
    shop: DemoShop, other: DemoShop, tmp_path: Path, second: Callable[..., DemoShop]
) -> None:
    share = tmp_path / "share"
    share.mkdir()
    b = second(shop, other, tmp_path)
    for one, name in ((shop, "Shop A"), (b, "Shop B")):
        setting = SetSetting(one.context)
        for option, text in (("shop_name", name), ("backup_folder", str(share)), ("backup_days", "2")):
            setting(CONSOLE, option, text)
    for _day in range(3):
        keeping(shop).now_by(CONSOLE)
        b.now.at = shop.now()
        b.now.move(minutes=5)
        keeping(b).now_by(CONSOLE)
        shop.now.move(days=1)
    b.now.at = shop.now()
    made = [keeping(one).now_by(CONSOLE) for one in (shop, b)]

    assert made[0].second != made[1].second
    assert [owner(Path(one.second)) for one in made] == ["Shop A", "Shop B"]
    assert sorted(owner(file) for file in share.glob("*.db")) == ["Shop A"] * 2 + ["Shop B"] * 2
    b.close()


def test_backups_under_the_names_of_an_older_program_are_rotated_by_what_is_in_them(
    shop: DemoShop, other: DemoShop
) -> None:
    for option in ("backup_days", "backup_weeks", "backup_months"):
        shop.set(option, "1")
    backups = shop.folder / "backups"
    backups.mkdir()
    back_up(shop, backups / "shop_2026-01-05_040000Z.db")
    back_up(other, backups / "shop_2026-01-06_040000Z.db")
    (backups / "shop_2026-01-07_040000Z.db").write_text("no store")
    made = keeping(shop).now_by(CONSOLE)
    assert {file.name for file in backups.iterdir()} == {
        "shop_2026-01-06_040000Z.db", "shop_2026-01-07_040000Z.db", Path(made.file).name,
    }  # fmt: skip


def test_the_books_of_before_a_restore_or_an_update_go_with_the_oldest_backup(shop: DemoShop) -> None:
    shop.set("backup_months", "1")
    shop.set("backup_weeks", "1")
    backups = shop.folder / "backups"
    backups.mkdir()
    old, young = shop.now.at.replace(month=1, day=2), shop.now.at.replace(month=2, day=20)
    files = [
        shop.folder / "shop_before-restore_2026-01-02_040000Z.db",
        shop.folder / "shop_before-restore_2026-01-02_040000Z.db-wal",
        backups / "shop_of-version-0019.db",
        shop.folder / "shop_before-restore_2026-02-20_040000Z.db",
        backups / "shop_of-version-0020_2.db",
        shop.folder / "shop_before-restore_of-myself.db",
    ]
    for file, at in zip(files, (old, old, old, young, young, old)):
        file.touch()
        os.utime(file, (at.timestamp(), at.timestamp()))
    keeping(shop).now_by(CONSOLE)
    assert [file.exists() for file in files] == [False, False, False, True, True, True]


def test_backups_of_books_that_a_restore_has_replaced_go_from_the_first_folder_in_the_end(shop: DemoShop) -> None:
    for option in ("backup_weeks", "backup_months"):
        shop.set(option, "1")
    back_up(shop, shop.folder / "before.db")
    shop.sell(SWEETS)
    replaced = Path(keeping(shop).now_by(CONSOLE).file)
    shop.close()
    (shop.folder / "before.db").replace(shop.folder / "shop.db")
    restored = DemoShop(shop.folder, now=shop.now)
    for days, is_there in ((30, True), (10, False)):
        restored.now.move(days=days)
        keeping(restored).now_by(CONSOLE)
        assert replaced.exists() == is_there
    restored.close()


def test_the_first_folder_is_no_second_one_under_whatever_name(shop: DemoShop, tmp_path: Path) -> None:
    backups = shop.folder / "backups"
    setting = SetSetting(shop.context, backups)
    keeping(shop).now_by(CONSOLE)
    link = tmp_path / "stick"
    link.symlink_to(backups)
    for same in (backups, backups / ".." / "backups", link):
        with pytest.raises(BadField, match="is_first_backup_folder"):
            setting(CONSOLE, "backup_folder", str(same))
        shop.set("backup_folder", str(same))  # a link that was made afterwards
        with pytest.raises(StoreError, match="backup_folder_is_first"):
            keeping(shop).now_by(CONSOLE)
        assert keeping(shop).last(CONSOLE).second == ""
        shop.set("backup_folder", "")


def test_what_is_lost_with_the_shop_is_no_second_folder_either(shop: DemoShop, tmp_path: Path) -> None:
    """A disk that dies takes the books and the copies beside them at once."""
    backups, disk = shop.folder / "backups", tmp_path / "books"
    for folder in (disk, shop.folder / "receipts"):
        folder.mkdir(exist_ok=True)
    (tmp_path / "into").symlink_to(shop.folder)
    setting = SetSetting(shop.context, backups, disk / "shop.db")
    for own in (shop.folder, shop.folder / "receipts", shop.folder / "copies", tmp_path / "into" / "copies", disk):
        with pytest.raises(BadField, match="is_first_backup_folder"):
            setting(CONSOLE, "backup_folder", str(own))
    shop.set("backup_folder", str(shop.folder))  # as an older program took it
    with pytest.raises(StoreError, match="backup_folder_is_first"):
        keeping(shop).now_by(CONSOLE)
    (shop.folder / "stick").symlink_to(tmp_path)  # leads out of it
    for away in (tmp_path, tmp_path / "stick", shop.folder / "stick"):
        assert setting(CONSOLE, "backup_folder", str(away)).backup_folder == str(away)


def test_a_backup_says_in_its_name_whose_it_is(shop: DemoShop) -> None:
    whose = shop.rows("SELECT mac FROM journal ORDER BY id LIMIT 1")[0][0][:8]
    assert shop.store.identity() == whose
    shop.now.at = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
    assert Path(keeping(shop).now_by(CONSOLE).file).name == f"shop_2026-03-02_040000Z_{whose}.db"
