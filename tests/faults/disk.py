"""The disk as SQLite sees it: every write, sync, cut and removal of a file is heard before it is done, and may fail.

It stands between the program's own SQLite and the system, written with ctypes, so it needs no compiler, no rights and
no other library: `sqlite3_vfs_find` gives the table of the system's functions, whose `xOpen` is replaced by one that
gives each file a table of methods with ours in it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

OK, FULL, IOERR_WRITE, IOERR_FSYNC, IOERR_TRUNCATE = 0, 13, 778, 1034, 1546
"""What a function of the disk may answer (sqlite.org/rescode.html)."""


@dataclass(frozen=True, slots=True)
class DiskOperation:
    """What SQLite is about to do: `write` bytes at `offset`, `cut` to `offset` bytes, `sync`, or `remove` a file."""

    kind: str
    file: str
    """The file's name without its folder; "" for a temporary one."""
    offset: int = 0
    content: bytes = b""


Hear = Callable[[DiskOperation], int]
"""Answers OK to let it happen; another code is what SQLite gets instead."""

_File, _Vfs = ctypes.c_void_p, ctypes.c_void_p
# A name goes on as the pointer that it came as: SQLite keeps it, and looks behind its end for the address's options.
_Open = ctypes.CFUNCTYPE(ctypes.c_int, _Vfs, ctypes.c_void_p, _File, ctypes.c_int, ctypes.c_void_p)
_Delete = ctypes.CFUNCTYPE(ctypes.c_int, _Vfs, ctypes.c_char_p, ctypes.c_int)
_Write = ctypes.CFUNCTYPE(ctypes.c_int, _File, ctypes.c_void_p, ctypes.c_int, ctypes.c_int64)
_Truncate = ctypes.CFUNCTYPE(ctypes.c_int, _File, ctypes.c_int64)
_Sync = ctypes.CFUNCTYPE(ctypes.c_int, _File, ctypes.c_int)
_POINTER = ctypes.sizeof(ctypes.c_void_p)


class _Table(ctypes.Structure):
    """sqlite3_vfs, as far as it is needed."""

    _fields_ = [
        ("version", ctypes.c_int),
        ("size_of_file", ctypes.c_int),
        ("longest_name", ctypes.c_int),
        ("next", ctypes.c_void_p),
        ("name", ctypes.c_char_p),
        ("data", ctypes.c_void_p),
        ("open", ctypes.c_void_p),
        ("delete", ctypes.c_void_p),
    ]


class _Methods(ctypes.Structure):
    """sqlite3_io_methods: a version and nineteen functions, of which three are ours."""

    _fields_ = [
        ("version", ctypes.c_int),
        ("close", ctypes.c_void_p),
        ("read", ctypes.c_void_p),
        ("write", ctypes.c_void_p),
        ("truncate", ctypes.c_void_p),
        ("sync", ctypes.c_void_p),
        ("others", ctypes.c_void_p * 14),
    ]


class _Between:
    """The functions between SQLite and the system, made once; what they hear goes to `hear` while there is one."""

    def __init__(self) -> None:
        import pysqlite3._sqlite3 as driver

        find = ctypes.CDLL(driver.__file__).sqlite3_vfs_find
        find.restype = ctypes.POINTER(_Table)
        find.argtypes = [ctypes.c_char_p]
        self.table = find(None).contents
        self.hear: Hear | None = None
        self._names: dict[int, str] = {}
        self._paths: set[bytes] = set()
        self._methods: dict[int, _Methods] = {}
        self._kept: list[Any] = []
        self._open_before, self._delete_before = self.table.open, self.table.delete
        self._real_open, self._real_delete = _Open(self._open_before), _Delete(self._delete_before)
        self._open, self._delete = _Open(self._opens), _Delete(self._removes)

    def stand(self) -> None:
        """Let everything that is opened from now on go through here."""
        self._paths.clear()
        self.table.open = ctypes.cast(self._open, ctypes.c_void_p).value
        self.table.delete = ctypes.cast(self._delete, ctypes.c_void_p).value

    def step_aside(self) -> None:
        """Leave SQLite alone with the system; what is still open is heard no more."""
        self.hear = None
        self.table.open, self.table.delete = self._open_before, self._delete_before

    def _recorded(self, operation: DiskOperation) -> int:
        return OK if self.hear is None else self.hear(operation)

    def _opens(self, table: int, path: int | None, file: int, flags: int, out: int) -> int:
        code: int = self._real_open(table, path, file, flags, out)
        pointer = ctypes.c_void_p.from_address(file)
        if code == OK and pointer.value:
            name = b"" if path is None else ctypes.string_at(path)
            self._names[file] = Path(name.decode()).name
            self._paths.add(name)
            pointer.value = ctypes.addressof(self._ours(pointer.value))
        return code

    def _ours(self, real: int) -> _Methods:
        """The methods of a file with ours among them; one table for each of the system's."""
        if real not in self._methods:
            methods = _Methods.from_buffer_copy(_Methods.from_address(real))
            write, truncate, sync = _Write(methods.write), _Truncate(methods.truncate), _Sync(methods.sync)

            def writes(file: int, content: int, size: int, offset: int) -> int:
                operation = DiskOperation("write", self._names[file], offset, ctypes.string_at(content, size))
                return self._recorded(operation) or write(file, content, size, offset)

            def cuts(file: int, size: int) -> int:
                return self._recorded(DiskOperation("cut", self._names[file], size)) or truncate(file, size)

            def syncs(file: int, flags: int) -> int:
                return self._recorded(DiskOperation("sync", self._names[file])) or sync(file, flags)

            ours = (_Write(writes), _Truncate(cuts), _Sync(syncs))
            methods.write, methods.truncate, methods.sync = (ctypes.cast(one, ctypes.c_void_p).value for one in ours)
            self._kept.append((write, truncate, sync, ours))
            self._methods[real] = methods
        return self._methods[real]

    def _removes(self, table: int, path: bytes, sync_folder: int) -> int:
        if path not in self._paths:  # of a shop that was open before, and is let go of in the midst
            return int(self._real_delete(table, path, sync_folder))
        operation = DiskOperation("remove", Path(path.decode()).name)
        return self._recorded(operation) or self._real_delete(table, path, sync_folder)


@cache
def _between() -> _Between:
    return _Between()


@contextmanager
def heard_by(hear: Hear) -> Iterator[None]:
    """Let `hear` hear, and decide on, what is done to files that are opened inside; close them inside, too."""
    between = _between()
    assert between.hear is None, "one at a time"
    between.hear = hear
    between.stand()
    try:
        yield
    finally:
        between.step_aside()
