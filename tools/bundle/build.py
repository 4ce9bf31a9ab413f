"""Builds the folder that a shop installs, and the archive of it."""

from __future__ import annotations

import shutil
import sys
import tarfile
from pathlib import Path

from tools.bundle.freeze import freeze
from tools.bundle.plan import NAME, ROOT, Plan
from tools.bundle.system_libraries import bring_libraries
from tools.bundle.third_party import third_party
from tools.bundle.trim import trim

_ON_LINUX = Path(__file__).parent / "linux"


def build(plan: Plan, parent: Path) -> Path:
    """Make the bundle in `parent`, in a folder named for version and machine; return that folder."""
    folder = parent / plan.folder
    freeze(plan, folder)
    trim(folder, plan)
    brought = bring_libraries(folder) if sys.platform == "linux" else {}
    (folder / "THIRD-PARTY.txt").write_text(third_party(plan, brought), encoding="utf-8")
    (folder / "VERSION").write_text(f"{plan.version}\n", encoding="ascii")
    shutil.copy(ROOT / "LICENSE", folder)
    (folder / "frozen_application_license.txt").replace(folder / "LICENSE-starter.txt")
    shutil.rmtree(folder / "share", ignore_errors=True)  # of tools: what is not the program's
    if sys.platform == "linux":
        dress_for_a_desktop(folder, plan.version)
    return folder


def dress_for_a_desktop(folder: Path, version: str) -> None:
    """The desktop entry, the emblem in its sizes, and what installs them for a user."""
    applications = folder / "share" / "applications"
    applications.mkdir(parents=True)
    shutil.copy(_ON_LINUX / f"{NAME}.desktop", applications)
    emblem = ROOT / "resources" / "emblem"
    for picture in [*emblem.glob(f"{NAME}-*.png"), emblem / f"{NAME}.svg"]:
        size = picture.stem.rpartition("-")[2]
        home = folder / "share" / "icons" / "hicolor" / (f"{size}x{size}" if size.isdigit() else "scalable") / "apps"
        home.mkdir(parents=True, exist_ok=True)
        shutil.copy(picture, home / f"{NAME}{picture.suffix}")
    for script in ("install.sh", "uninstall.sh"):
        shutil.copy(_ON_LINUX / script, folder)
    readme = (_ON_LINUX / "README.txt").read_text(encoding="utf-8")
    (folder / "README.txt").write_text(readme.replace("VERSION", version), encoding="utf-8")


def pack(folder: Path) -> Path:
    """The archive of a bundle beside it, without an owner's name."""
    file = folder.with_name(f"{folder.name}.tar.gz")
    with tarfile.open(file, "w:gz", compresslevel=6) as archive:
        archive.add(folder, folder.name, filter=_without_owner)
    return file


def _without_owner(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    return entry


def size_of(folder: Path) -> int:
    """The bytes of all files in a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
