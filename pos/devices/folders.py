"""The data folders on this computer: of the shop, its training and the demo."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from pos.application.settings.options import Options
from pos.domain.errors import StoreError

STORE, KEYS, CREDENTIALS = "shop.db", "keys.json", "credentials.json"
CENTER_RULES = "center-rules"
"""A folder with the regime files that each till has from its center."""
_OTHERS = 0o077
"""Permission bits of the group and of others."""
_FOLDERS = frozenset({"backups", CENTER_RULES, "labels", "orders", "receipts", "stock", "training", "zreports"})
_FILES = (STORE, KEYS, CREDENTIALS, "shop_", "basket-", "baskets-left-", "claims-", "border-pos.log", "till-")
"""The program's own content of the folder: folders by name, files by prefix."""
_INSTALLED = r"Software\Border POS"
"""The key of the registry that only an administrator can write, where the installer names a shared shop's folder."""
_LONGEST_PATH = 259
"""Characters in a path of Windows, unless the computer allows longer ones."""
_ROOM_INSIDE = 100
"""Characters of the longest path inside a shop's folder, such as a receipt of the training while it is written."""


def folder_of(options: Options) -> Path:
    """The data folder: that of the shop, or the training folder inside it."""
    folder = shop_folder_of(options)
    return folder / "training" if options.training else folder


def shop_folder_of(options: Options) -> Path:
    """The shop's own folder: the given one, or the user's default; a demo has a folder beside it."""
    if options.data is not None:
        return options.data.absolute()
    return _users() / "demo" if settled(options).demo else _usual()


def settled(options: Options) -> Options:
    """The options with defaults filled in: training on a computer without a shop uses the demo."""
    nowhere = options.data is None and options.database is None
    if options.training and nowhere and not (_usual() / STORE).exists():
        return replace(options, demo=True)
    return options


def _usual() -> Path:
    return shared_folder() or _users()


def _users() -> Path:
    from platformdirs import user_data_path

    return user_data_path("border-pos", appauthor=False)


def shared_folder() -> Path | None:
    """The folder of the one shop that the users of this computer share; made by the installer for Windows alone."""
    if sys.platform == "win32":
        import winreg

        with suppress(OSError), winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, _INSTALLED) as key:
            return Path(winreg.QueryValueEx(key, "ShopFolder")[0])
    return None


def longest_path() -> int | None:
    """Characters that a path can have on this computer; None where there is no limit that a shop could meet."""
    if sys.platform == "win32":
        import ctypes

        allows = getattr(ctypes.WinDLL("ntdll"), "RtlAreLongPathsEnabled", None)  # not before Windows 10 1607
        if allows is None or not allows() & 1:
            return _LONGEST_PATH
    return None


def refuse_too_long(folder: Path, longest: int | None) -> None:
    """Refuse a shop's folder inside which a path could become too long. Raises StoreError."""
    if longest is not None and len(str(folder)) > longest - _ROOM_INSIDE:
        raise StoreError("folder_path_too_long", str(folder), str(longest - _ROOM_INSIDE))


def made(folder: Path) -> Path:
    """Create the folder if missing, private to its owner, with its content. Raises StoreError."""
    keep_private()
    refuse_too_long(folder, longest_path())
    if folder == shared_folder() and not folder.is_dir():  # who may open it is set by the installer
        raise StoreError("shared_folder_missing", str(folder))
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError("folder_not_writable", str(folder), error.strerror or "") from error
    if os.name != "nt":
        _close_to_others(folder)
    return folder


def keep_private() -> None:
    """Make new files private to the user, whatever the umask allows."""
    os.umask(_OTHERS)


def _close_to_others(folder: Path) -> None:
    """Remove other users' permissions from an existing shop folder; a folder with other content stays as it is."""
    try:
        names = [entry.name for entry in folder.iterdir()]
    except OSError:  # opening the store reports it
        return
    ours = [folder / name for name in names if name in _FOLDERS or name.startswith(_FILES)]
    if len(ours) < len(names) and STORE not in names and KEYS not in names:
        return
    for path in (folder, *ours):
        with suppress(OSError):
            status = path.lstat()
            is_plain = stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)
            is_shared = status.st_mode & stat.S_ISVTX  # world-writable with a sticky bit, such as /tmp
            if is_plain and not is_shared and status.st_uid == os.geteuid() and status.st_mode & _OTHERS:
                path.chmod(stat.S_IMODE(status.st_mode) & ~_OTHERS)
