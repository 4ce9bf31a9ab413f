"""What `install.sh` and `uninstall.sh` of the bundle do to the home of a person, and what they never touch."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos import __version__
from tools.bundle.build import dress_for_a_desktop

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the scripts are for a desktop on Linux")
BOOKS = "every sale there ever was"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home in which a shop lies already, with a blank in its path."""
    home = tmp_path / "a person"
    shop = home / ".local" / "share" / "border-pos"
    shop.mkdir(parents=True)
    (shop / "shop.db").write_text(BOOKS)
    return home


def unpacked(parent: Path, version: str) -> Path:
    """A bundle as it comes out of its archive; its program only waits."""
    folder = parent / f"border-pos-{version}"
    folder.mkdir()
    shutil.copy(shutil.which("sleep") or "", folder / "border-pos")
    (folder / "VERSION").write_text(f"{version}\n")
    dress_for_a_desktop(folder, version)
    return folder


def run(script: Path, home: Path) -> subprocess.CompletedProcess[str]:
    """Run a script as the person whose home it is."""
    known = {"HOME": str(home), "PATH": os.environ["PATH"]}
    return subprocess.run(["sh", script], env=known, capture_output=True, text=True, check=False)


@pytest.fixture
def open_window(home: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A window of version 1, which was installed before."""
    run(unpacked(home, "1") / "install.sh", home)
    window = subprocess.Popen([home / ".local/bin/border-pos", "60"])
    yield window
    window.kill()
    window.wait()


def installed(home: Path) -> list[str]:
    """The versions that lie in the home."""
    return sorted(one.name for one in (home / ".local/lib/border-pos").glob("*") if not one.is_symlink())


def test_a_person_without_rights_gets_the_program_its_entry_and_its_emblem(home: Path) -> None:
    done = run(unpacked(home, __version__) / "install.sh", home)

    assert done.returncode == 0
    assert done.stderr == ""
    entry = (home / ".local/share/applications/border-pos.desktop").read_text(encoding="utf-8")
    assert f'Exec="{home}/.local/bin/border-pos"\n' in entry
    assert "@PROGRAM@" not in entry
    for picture in ("16x16/apps/border-pos.png", "256x256/apps/border-pos.png", "scalable/apps/border-pos.svg"):
        assert (home / ".local/share/icons/hicolor" / picture).exists()
    assert subprocess.run([home / ".local/bin/border-pos", "0"], check=False).returncode == 0


def test_an_update_leaves_an_open_window_its_program_and_the_next_one_takes_it_away(
    home: Path, open_window: subprocess.Popen[bytes]
) -> None:
    run(unpacked(home, "2") / "install.sh", home)
    assert installed(home) == ["1", "2"]
    assert (home / ".local/bin/border-pos").resolve().parent.name == "2"

    open_window.kill()
    open_window.wait()
    run(home / "border-pos-2" / "install.sh", home)
    assert installed(home) == ["2-2"]


def test_what_is_taken_away_is_the_program_and_never_the_shop(home: Path) -> None:
    run(unpacked(home, "1") / "install.sh", home)
    done = run(home / "border-pos-1" / "uninstall.sh", home)

    assert done.returncode == 0
    local = home / ".local"
    assert [one for one in local.rglob("*") if one.is_symlink() or one.is_file()] == [
        local / "share/border-pos/shop.db"
    ]
    assert (local / "share/border-pos/shop.db").read_text() == BOOKS


def test_nothing_is_taken_away_from_under_an_open_window(home: Path, open_window: subprocess.Popen[bytes]) -> None:
    done = run(home / ".local/lib/border-pos/current/uninstall.sh", home)

    assert done.returncode == 1
    assert "Close it first" in done.stderr
    assert installed(home) == ["1"]
