"""What a shop keeps is its owner's alone: names, documents, purchases and PINs are in it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
import pytest

import main
from pos.application.settings.options import Options
from pos.devices.folders import made
from tests.cli.console import Console, a_ticket


@pytest.fixture(autouse=True)
def nothing_is_masked() -> Iterator[None]:
    """As some shells and services have it: what is made is everybody's."""
    before = os.umask(0)
    yield
    os.umask(before)


def open_to_others(folder: Path) -> list[str]:
    return sorted(
        str(path.relative_to(folder.parent))
        for path in (folder, *folder.rglob("*"))
        if not path.is_symlink() and path.lstat().st_mode & 0o077
    )


def test_no_one_else_reads_a_shop_that_was_made_in_a_folder_that_was_there(
    empty_console: Console, tmp_path: Path
) -> None:
    empty_console.folder.mkdir(mode=0o755)
    (empty_console.folder / "till-T1.lock").touch(0o600)  # a window holds its till before the shop is made
    lists = tmp_path / "lists"
    lists.mkdir()
    assert empty_console("sale", "ring", "-", stdin=a_ticket(), options=["--demo"]).code == 0
    assert empty_console("receipt", "T1-000001", "--out", str(lists / "receipt.pdf")).code == 0
    assert empty_console("report", "day", "--out", str(lists / "day.csv")).code == 0
    assert empty_console("backup", str(lists / "books.db")).code == 0
    assert open_to_others(empty_console.folder) == []
    assert [file.stat().st_mode & 0o777 for file in lists.iterdir()] == [0o600] * 3


def test_a_shop_that_others_could_read_is_closed_to_them_at_the_next_start(console: Console) -> None:
    (console.folder / "receipts").mkdir()
    (console.folder / "notes.txt").touch()
    for path in (console.folder, *console.folder.iterdir()):
        path.chmod(0o777 if path.is_dir() else 0o666)
    assert console("verify").code == 0
    assert open_to_others(console.folder) == [f"{console.folder.name}/notes.txt"]


def test_a_store_somewhere_else_is_private_too(console: Console, tmp_path: Path) -> None:
    store = tmp_path / "elsewhere" / "books.db"
    store.parent.mkdir()
    shop = main.build(Options(data=tmp_path / "other", database=f"sqlite:///{store}"), quick_pins=True)
    assert {path.stat().st_mode & 0o777 for path in store.parent.iterdir()} == {0o600}
    shop.close()


def test_a_folder_of_everybodys_and_one_with_other_things_in_it_stay_as_they_are(tmp_path: Path) -> None:
    shared, home = tmp_path / "shared", tmp_path / "home"
    for folder, mode in ((shared, 0o1777), (home, 0o755)):
        folder.mkdir()
        folder.chmod(mode)
    (home / "letter.txt").touch(0o644)
    for folder, mode in ((shared, 0o1777), (home, 0o755)):
        assert stat.S_IMODE(made(folder).stat().st_mode) == mode
    assert stat.S_IMODE((home / "letter.txt").stat().st_mode) == 0o644


def test_a_file_that_is_no_store_stays_open_to_the_person_who_reads_it(console: Console, tmp_path: Path) -> None:
    foreign = sqlite.connect(tmp_path / "foreign.db")
    foreign.execute("CREATE TABLE letter (text)")
    foreign.close()
    (tmp_path / "users.txt").write_text("root:x:0:0:root:/root:/bin/sh\n" * 9)
    for name in ("foreign.db", "users.txt"):
        file = tmp_path / name
        file.chmod(0o644)
        assert console("verify", options=["--database", f"sqlite:///{file}"]).code == 4
        assert file.stat().st_mode & 0o777 == 0o644
