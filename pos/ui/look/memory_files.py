"""Files in memory, for content that Qt reads from files only: nothing is written to disk, nothing is left behind."""

from __future__ import annotations

from hashlib import sha256
from struct import pack

from PySide6.QtCore import qRegisterResourceData

_FORM = 1
"""The version of Qt's compiled resources without file times, which every Qt reads."""
_FOLDER, _FILE = 2, 0
_ANY_COUNTRY, _C_LANGUAGE = 0, 1
_kept: dict[str, tuple[bytes, bytes, bytes]] = {}
"""Qt reads them in place, as long as the program runs."""


def memory_file(content: bytes, ending: str) -> str:
    """A path at which Qt finds `content`, the same for equal content; Qt recognizes the type by the `ending` (svg)."""
    name = f"{sha256(content).hexdigest()[:24]}.{ending}"
    if name not in _kept:
        _kept[name] = _compiled(name, content)
        qRegisterResourceData(_FORM, *_kept[name])
    return f":/{name}"


def _compiled(name: str, content: bytes) -> tuple[bytes, bytes, bytes]:
    """The tree, the names and the contents of a root with one file, in the format of Qt's own compiler (rcc)."""
    root = pack(">IHII", 0, _FOLDER, 1, 1)
    file = pack(">IHHHI", 0, _FILE, _ANY_COUNTRY, _C_LANGUAGE, 0)
    names = pack(">HI", len(name), _hash(name)) + name.encode("utf-16-be")
    return root + file, names, pack(">I", len(content)) + content


def _hash(name: str) -> int:
    """The hash by which Qt looks a name up."""
    digest = 0
    for byte in name.encode("ascii"):
        digest = (digest << 4) + byte
        digest = (digest ^ (digest & 0xF000_0000) >> 23) & 0x0FFF_FFFF
    return digest
