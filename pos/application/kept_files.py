"""Files of a shop that nothing else may be written over: its books, its keys, and whatever is no plain file."""

from __future__ import annotations

from pathlib import Path

from pos.domain.errors import BadField

_BOOKS = b"SQLite format 3\x00"
_BESIDE = ("-wal", "-shm", "-journal")
_KEYS, _STORE = "keys.json", "shop.db"


def check_free(path: Path, *, is_backup: bool = False, is_replaced: bool = False) -> None:
    """Refuse a file that holds books or keys, of this shop or another, also where a link only points there.

    A backup may take the place of an older one. Where the file `is_replaced` as a whole, no device or pipe is: it would
    be gone from the machine. Raises BadField.
    """
    try:
        target = path.resolve()
        if is_replaced and target.exists() and not (target.is_file() or target.is_dir()):
            raise BadField("FILE", "is_no_file", str(path)[:200])
        if _is_keys(target) or _is_beside_books(target) or (_is_books(target) and not is_backup):
            raise BadField("FILE", "is_of_a_shop", str(path)[:200])
    except (OSError, ValueError, RuntimeError):  # a name too long, a loop of links: writing it says so
        return


def _is_keys(target: Path) -> bool:
    return target.name.startswith(_KEYS) and (target.parent / _STORE).exists()


def _is_beside_books(target: Path) -> bool:
    return any(
        target.name.endswith(end) and _is_books(target.with_name(target.name.removesuffix(end))) for end in _BESIDE
    )


def _is_books(target: Path) -> bool:
    if not target.is_file():
        return False
    with target.open("rb") as file:
        return file.read(len(_BOOKS)) == _BOOKS
