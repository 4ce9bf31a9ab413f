"""The sounds of the till: played by any player of the system, without waiting and without errors."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QApplication

_PLAYERS: dict[str, tuple[tuple[str, ...], ...]] = {
    "linux": (("pw-play",), ("paplay",), ("aplay", "-q")),
    "darwin": (("afplay",),),
}


class Sound(StrEnum):
    """The sounds: a verdict, a meaningless scan, money taken, a piece of a delivery counted, its line complete, one
    too many, one that was not ordered, an unknown code.
    """

    ACCEPT = "accept"
    NOTE = "note"
    UNKNOWN = "unknown"
    OVER = "over"
    REVIEW = "review"
    REFUSE = "refuse"
    UNREAD = "unread"
    PAID = "paid"
    COMPLETE = "complete"
    COUNTED = "counted"
    TOO_MANY = "too_many"
    WRONG = "wrong"
    NO_SUCH = "no_such"


Play = Callable[[Path], bool]
"""Starts playing a file and returns at once; False if nothing can play it."""


class Sounds:
    """Plays the files of one folder; without a player, Qt's beep; without a beep, silence.

    The player is searched for once, at the first sound. `on` is the shop's setting.
    """

    def __init__(self, folder: Path, *, on: bool = True, play: Play | None = None) -> None:
        self._folder = folder
        self._play = play
        self.on = on

    def play(self, sound: Sound) -> None:
        """Play `sound`."""
        if not self.on:
            return
        if self._play is None:
            self._play = system_player()
        if not self._play(self._folder / f"{sound.value}.wav"):
            QApplication.beep()


def system_player(platform: str = sys.platform, find: Callable[[str], str | None] = shutil.which) -> Play:
    """The system's player of WAV files."""
    if platform == "win32":
        return _play_on_windows
    for program, *options in _PLAYERS.get(platform, _PLAYERS["linux"]):
        path = find(program)
        if path is not None:
            return lambda file: _start(path, [*options, str(file)])
    return lambda _file: False


def _start(program: str, arguments: list[str]) -> bool:
    process = QProcess()
    process.setProgram(program)
    process.setArguments(arguments)
    for silence in (process.setStandardOutputFile, process.setStandardErrorFile):
        silence(QProcess.nullDevice())  # a machine without a sound card prints a warning at every sound
    started: object = process.startDetached()  # a bool, though PySide's stubs promise a pair
    return bool(started[0]) if isinstance(started, tuple) else bool(started)


if sys.platform == "win32":
    import winsound

    def _play_on_windows(file: Path) -> bool:
        try:
            winsound.PlaySound(str(file), winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT)
        except RuntimeError:
            return False
        return True

else:

    def _play_on_windows(_file: Path) -> bool:
        return False
