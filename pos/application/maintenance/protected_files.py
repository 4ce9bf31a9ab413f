"""Files that must not be overwritten: a shop's books, its keys, and anything that is not a plain file."""

from __future__ import annotations

from pathlib import Path

from pos.domain.errors import BadField

_BOOKS = b"SQLite format 3\x00"
_BESIDE = ("-wal", "-shm", "-journal")
_KEYS, _STORE = "keys.json", "shop.db"


def check_free(path: Path, *, is_backup: bool = False, is_replaced: bool = False, own: Path | None = None) -> None:
    """Refuse a file that holds books or keys, of this shop or another, even through a link.

    A backup may replace an older backup, but never books in use: those have keys or a log beside them (in `own`, the
    folder of the shop's own store, its keys say nothing about the other files). Where the file `is_replaced` as a
    whole, a device or pipe is refused: it would disappear from the machine. Raises BadField.
    """
    try:
        target = path.resolve()
        if is_replaced and target.exists() and not (target.is_file() or target.is_dir()):
            raise BadField("FILE", "is_no_file", str(path)[:200])
        if _is_keys(target) or _is_beside_books(target) or (_is_live(target, own) if is_backup else _is_books(target)):
            raise BadField("FILE", "is_of_a_shop", str(path)[:200])
    except (OSError, ValueError, RuntimeError):  # a name too long, a loop of links: writing it will report the error
        return


def _is_keys(target: Path) -> bool:
    return target.name.startswith(_KEYS) and (target.parent / _STORE).exists()


def _is_beside_books(target: Path) -> bool:
    return any(
        target.name.endswith(end) and _is_books(target.with_name(target.name.removesuffix(end))) for end in _BESIDE
    )


def _is_live(target: Path, own: Path | None) -> bool:
    """Whether an existing file is, or may become at any time, a till's current books."""
    if not target.is_file():
        return False
    is_at_home = own is not None and target.parent == own.resolve() and target.name != _STORE
    return _has_log(target) or (not is_at_home and target.with_name(_KEYS).exists())


def _has_log(target: Path) -> bool:
    return any(target.with_name(target.name + end).exists() for end in _BESIDE)


def _is_books(target: Path) -> bool:
    if not target.is_file():
        return False
    if _has_log(target):  # not opened: if this program has it open, closing it would drop its locks
        return True
    with target.open("rb") as file:
        return file.read(len(_BOOKS)) == _BOOKS
