"""What is heard of the disk is of the files that were opened meanwhile, and of no other shop's."""

from __future__ import annotations

from pathlib import Path

import pysqlite3.dbapi2 as sqlite

from tests.faults.disk import OK, DiskOperation, heard_by


def a_store(folder: Path) -> sqlite.Connection:
    """Open, with one row in its log."""
    folder.mkdir()
    store = sqlite.connect(folder / "shop.db")
    store.execute("PRAGMA journal_mode=WAL")
    store.execute("CREATE TABLE sale (number)")
    store.commit()
    return store


def test_a_shop_that_was_open_before_and_is_let_go_of_meanwhile_is_not_heard(tmp_path: Path) -> None:
    heard: list[DiskOperation] = []

    def hear(operation: DiskOperation) -> int:
        heard.append(operation)
        return OK

    before = a_store(tmp_path / "before")
    with heard_by(hear):
        before.close()  # its log is written back and removed
        of_another = list(heard)
        a_store(tmp_path / "meanwhile").close()

    assert of_another == []
    assert "shop.db-wal" in {one.file for one in heard if one.kind == "remove"}
