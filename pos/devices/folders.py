"""Where the data of a shop lies on this computer, and that of its training and of the demo."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pos.application.options import Options
from pos.domain.errors import StoreTrouble

STORE, KEYS = "shop.db", "keys.json"


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
    """The folder, made where it is not there yet, for its owner alone. Raises StoreTrouble."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreTrouble("folder_not_writable", str(folder), error.strerror or "") from error
    return folder
