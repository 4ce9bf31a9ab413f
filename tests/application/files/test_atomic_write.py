"""Files are written whole, also where another program has them open for a moment."""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pos.application.files import atomic_write
from pos.application.files.atomic_write import read_file, remove_file, replace_file, sync_file, write_atomically


class Scanner:
    """A program that has a file open, as Windows lets others feel it; it is done after some tries."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, tries: int) -> None:
        self.left = tries
        self.slept = 0.0
        monkeypatch.setattr(atomic_write, "_LOCKS_OPEN_FILES", True)
        for name in ("replace", "unlink", "read_bytes"):
            monkeypatch.setattr(Path, name, self._in_the_way_of(getattr(Path, name)))
        monkeypatch.setattr("pos.application.files.atomic_write.time.sleep", self._sleep)

    def _in_the_way_of(self, step: Callable[..., object]) -> Callable[..., object]:
        def tried(path: Path, *arguments: object, **named: object) -> object:
            if self.left:
                self.left -= 1
                raise PermissionError(13, "The process cannot access the file")
            return step(path, *arguments, **named)

        return tried

    def _sleep(self, seconds: float) -> None:
        self.slept += seconds


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_a_file_is_written_whole_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "购物篮 T1.json"
    file.write_bytes(b"before")
    write_atomically(file, b"a\r\nb\n")

    assert file.read_bytes() == b"a\r\nb\n"
    assert names(tmp_path) == [file.name]
    if sys.platform != "win32":  # where the folder says who reads what is in it
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_file_that_a_scanner_has_open_for_a_moment_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "receipt.pdf"
    file.write_bytes(b"before")
    scanner = Scanner(monkeypatch, tries=3)
    write_atomically(file, b"after")

    assert file.read_bytes() == b"after"
    assert 0 < scanner.slept < 1


def test_a_file_that_stays_open_elsewhere_is_refused_after_a_second_and_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "receipt.pdf"
    file.write_bytes(b"before")
    scanner = Scanner(monkeypatch, tries=8)
    with pytest.raises(PermissionError):
        write_atomically(file, b"after")

    assert file.read_bytes() == b"before"
    assert names(tmp_path) == ["receipt.pdf"]
    assert scanner.slept == pytest.approx(1.0)


def test_a_file_that_a_scanner_has_open_for_a_moment_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "keys.json"
    file.write_bytes(b"{}")
    Scanner(monkeypatch, tries=3)

    assert read_file(file) == b"{}"


def test_what_may_not_be_written_is_refused_at_once(tmp_path: Path) -> None:
    file = tmp_path / "folder"
    (file / "inside").mkdir(parents=True)
    with pytest.raises(OSError, match=r"."):
        write_atomically(file, b"after")
    assert names(tmp_path) == ["folder"]


def test_a_file_that_is_open_elsewhere_is_removed_when_it_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "old.pdf"
    file.write_bytes(b"old")
    Scanner(monkeypatch, tries=2)
    remove_file(file)
    remove_file(file)

    assert not file.exists()


def test_a_finished_file_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    part, file = tmp_path / "part", tmp_path / "shop.db"
    part.write_bytes(b"after")
    sync_file(part)
    replace_file(part, file)

    assert (file.read_bytes(), names(tmp_path)) == (b"after", ["shop.db"])
