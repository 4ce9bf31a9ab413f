"""Where the data of a shop lies on this computer, and that of its training and of the demo."""

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
"""What the group and everybody else may do."""
_FOLDERS = frozenset({"backups", "labels", "orders", "receipts", "stock", "training", "zreports"})
_FILES = (STORE, KEYS, "shop_", "basket-", "baskets-left-", "border-pos.log", "till-")
"""What the program keeps in the folder: folders by their names, files by how those begin."""


def folder_of(options: Options) -> Path:
    """The data folder: that of the shop, or the one for training inside it."""
    folder = shop_folder_of(options)
    return folder / "training" if options.training else folder


def shop_folder_of(options: Options) -> Path:
    """The shop's own folder: the one asked for, or the user's own; a demo lives in a folder beside."""
    if options.data is not None:
        return options.data.absolute()
    return _users() / "demo" if settled(options).demo else _users()


def settled(options: Options) -> Options:
    """The options with what they leave open: who trains on a computer without a shop trains on the demo."""
    nowhere = options.data is None and options.database is None
    if options.training and nowhere and not (_users() / STORE).exists():
        return replace(options, demo=True)
    return options


def _users() -> Path:
    from platformdirs import user_data_path

    return user_data_path("border-pos", appauthor=False)


def made(folder: Path) -> Path:
    """The folder, made where it is not there yet, for its owner alone; so is what it holds. Raises StoreError."""
    keep_private()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError("folder_not_writable", str(folder), error.strerror or "") from error
    if os.name != "nt":
        _close_to_others(folder)
    return folder


def keep_private() -> None:
    """From now on nobody else on this computer reads what the program writes, whatever the shell lets through."""
    os.umask(_OTHERS)


def _close_to_others(folder: Path) -> None:
    """Take away what others may do in a shop's folder that was there before; one that holds other things stays open."""
    try:
        names = [entry.name for entry in folder.iterdir()]
    except OSError:  # opening the store says so
        return
    ours = [folder / name for name in names if name in _FOLDERS or name.startswith(_FILES)]
    if len(ours) < len(names) and STORE not in names and KEYS not in names:
        return
    for path in (folder, *ours):
        with suppress(OSError):
            found = path.lstat()
            is_plain = stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)
            is_shared = found.st_mode & stat.S_ISVTX  # as /tmp is: everybody's
            if is_plain and not is_shared and found.st_uid == os.geteuid() and found.st_mode & _OTHERS:
                path.chmod(stat.S_IMODE(found.st_mode) & ~_OTHERS)
