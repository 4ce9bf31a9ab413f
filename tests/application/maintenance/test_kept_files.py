"""A report saved under the name of the books would be the end of them: nothing is written over what a shop keeps."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.application.maintenance.protected_files import check_free
from pos.domain.errors import BadField
from pos.exports.copied_file import copy_whole
from pos.exports.whole_file import writing_bytes
from tests.shops import DemoShop


@pytest.mark.parametrize("name", ["shop.db", "keys.json", "keys.json.before", "shop.db-wal", "shop.db-shm"])
def test_nothing_is_written_over_the_books_and_the_keys(shop: DemoShop, tmp_path: Path, name: str) -> None:
    shop.tables()
    link = tmp_path / "report.csv"
    link.symlink_to(shop.folder / name)
    for path in (shop.folder / name, shop.folder / ".." / shop.folder.name / name, link):
        with pytest.raises(BadField) as refused:
            check_free(path)
        assert refused.value.what == "is_of_a_shop"


def test_the_books_of_another_shop_and_a_backup_are_kept_too(shop: DemoShop, tmp_path: Path) -> None:
    backup = tmp_path / "monday.db"
    backup.write_bytes((shop.folder / "shop.db").read_bytes())
    with pytest.raises(BadField):
        check_free(backup)
    check_free(backup, is_backup=True, is_replaced=True)


def test_no_device_is_replaced_by_a_file(tmp_path: Path) -> None:
    for device in ("/dev/null", "/dev/full"):
        check_free(Path(device))
        with pytest.raises(BadField) as refused:
            check_free(Path(device), is_replaced=True)
        assert refused.value.what == "is_no_file"


def test_every_other_file_is_written(tmp_path: Path) -> None:
    (tmp_path / "report.csv").write_text("old")
    (tmp_path / "keys.json").write_text("somebody else's")
    (tmp_path / "round").symlink_to(tmp_path / "round")
    for name in ("report.csv", "new.csv", "no/such/folder.csv", "keys.json", "x" * 300, "round"):
        check_free(tmp_path / name)


def test_a_backup_is_copied_over_the_copy_of_before(shop: DemoShop, tmp_path: Path) -> None:
    backup, second = tmp_path / "monday.db", tmp_path / "second"
    second.mkdir()
    backup.write_bytes((shop.folder / "shop.db").read_bytes())
    for _ in range(2):
        copy_whole(backup, second / backup.name)
    assert (second / backup.name).read_bytes() == backup.read_bytes()
    with pytest.raises(BadField), writing_bytes(backup):
        pass
