"""The data folders on this computer: of the shop, its training and the demo."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from pos.application.settings.options import Options
from pos.domain.errors import StoreError

STORE, KEYS = "shop.db", "keys.json"
_OTHERS = 0o077
"""Permission bits of the group and of others."""
_FOLDERS = frozenset({"backups", "labels", "orders", "receipts", "stock", "training", "zreports"})
_FILES = (STORE, KEYS, "shop_", "basket-", "baskets-left-", "border-pos.log", "till-")
"""The program's own content of the folder: folders by name, files by prefix."""


def folder_of(options: Options) -> Path:
    """The data folder: that of the shop, or the training folder inside it."""
    folder = shop_folder_of(options)
    return folder / "training" if options.training else folder


def shop_folder_of(options: Options) -> Path:
    """The shop's own folder: the given one, or the user's default; a demo has a folder beside it."""
    if options.data is not None:
        return options.data.absolute()
    return _users() / "demo" if settled(options).demo else _users()


def settled(options: Options) -> Options:
    """The options with defaults filled in: training on a computer without a shop uses the demo."""
    nowhere = options.data is None and options.database is None
    if options.training and nowhere and not (_users() / STORE).exists():
        return replace(options, demo=True)
    return options


def _users() -> Path:
    from platformdirs import user_data_path

    return user_data_path("border-pos", appauthor=False)


def made(folder: Path) -> Path:
    """Create the folder if missing, private to its owner, with its content. Raises StoreError."""
    keep_private()
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
