"""Drives of another computer, as Windows knows them: there SQLite loses sales (sqlite.org/useovernet.html)."""

from __future__ import annotations

import ntpath
import sys
from collections.abc import Callable
from pathlib import Path

from db.engine.real_path import real_path

_REMOTE = 4
"""DRIVE_REMOTE of GetDriveTypeW: a letter that stands for a folder of another computer."""
_NAMES_OF_DEVICES = ("\\\\?\\", "\\\\.\\")
_LONG_NAME_OF_A_SHARE = "\\\\?\\UNC\\"


def drive_type(root: str) -> int:
    """What Windows says of a drive, given as its root folder; 0 on other systems."""
    if sys.platform == "win32":
        import ctypes

        return int(ctypes.WinDLL("kernel32").GetDriveTypeW(root))
    return 0


def far_drive(folder: Path) -> str:
    """The drive of a folder where that is another computer's, also behind a link; "" elsewhere than on Windows."""
    if sys.platform == "win32":
        return drive_if_far(str(folder), drive_type) or drive_if_far(str(real_path(folder)), drive_type)
    return ""


def drive_if_far(folder: str, type_of: Callable[[str], int]) -> str:
    r"""The drive of an absolute path of Windows, such as `Z:` or `\\server\share`, where it is another computer's."""
    drive = ntpath.splitdrive(folder.replace("/", "\\"))[0]
    if drive.upper().startswith(_LONG_NAME_OF_A_SHARE):
        return f"\\\\{drive[len(_LONG_NAME_OF_A_SHARE) :]}"
    for name in _NAMES_OF_DEVICES:
        drive = drive.removeprefix(name)
    return drive if drive.startswith("\\\\") or type_of(f"{drive}\\") == _REMOTE else ""
