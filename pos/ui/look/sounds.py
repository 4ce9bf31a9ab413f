"""The sounds of the till: played by any player of the system, without waiting and without errors."""

from __future__ import annotations

import shutil
import sys
import wave
from array import array
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from tempfile import mkdtemp
from weakref import finalize

from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QApplication

FULL = 100
"""The volume of the files as they are, in per cent."""
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

    The player is searched for once, at the first sound. `volume` is the till's setting in per cent; 0 is silence. The
    players of the three systems have no common option for the volume, so a quieter copy of the file is made once.
    """

    def __init__(self, folder: Path, *, volume: int = 100, play: Play | None = None) -> None:
        self._folder = folder
        self._play = play
        self.volume = volume
        self._quieter: Path | None = None

    def play(self, sound: Sound) -> None:
        """Play `sound`."""
        if not self.volume:
            return
        if self._play is None:
            self._play = system_player()
        if not self._play(self._file_of(sound)):
            QApplication.beep()

    def _file_of(self, sound: Sound) -> Path:
        file = self._folder / f"{sound.value}.wav"
        if self.volume >= FULL:
            return file
        if self._quieter is None:
            self._quieter = Path(mkdtemp(prefix="border-pos-sounds-"))
            finalize(self, shutil.rmtree, self._quieter, ignore_errors=True)
        copy = self._quieter / f"{sound.value}-{self.volume}.wav"
        try:
            if not copy.exists():
                write_quieter(file, copy, self.volume)
        except (OSError, wave.Error):
            return file  # a sound that is too loud is better than none
        return copy


def write_quieter(file: Path, copy: Path, percent: int) -> None:
    """Copy a WAV file of 16 bits with `percent` of its amplitude. Raises OSError and wave.Error."""
    with wave.open(str(file), "rb") as source:
        parameters, frames = source.getparams(), source.readframes(source.getnframes())
    samples = array("h", frames)
    if sys.byteorder == "big":
        samples.byteswap()  # a WAV file is little-endian
    quieter = array("h", (sample * percent // FULL for sample in samples))
    if sys.byteorder == "big":
        quieter.byteswap()
    with wave.open(str(copy), "wb") as target:
        target.setparams(parameters)
        target.writeframes(quieter.tobytes())


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
