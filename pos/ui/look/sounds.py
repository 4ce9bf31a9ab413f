"""The sounds of the till: played by any player of the system, without waiting and without errors."""

from __future__ import annotations

import shutil
import sys
import wave
from array import array
from collections.abc import Callable
from contextlib import suppress
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
    players of the three systems have no common option for the volume, so `prepare` makes quieter copies of the files.
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

    def prepare(self, percent: int) -> None:
        """Write the quieter copies for a volume between silence and full: a step for a worker thread.

        What cannot be written is played at full volume: a sound that is too loud is better than none.
        """
        with suppress(OSError):
            if self._quieter is None:
                folder = Path(mkdtemp(prefix="border-pos-sounds-"))
                finalize(self, shutil.rmtree, folder, ignore_errors=True)
                self._quieter = folder
            for sound in Sound:
                copy = _copy_of(sound, self._quieter, percent)
                if not copy.exists():
                    with suppress(OSError, wave.Error):
                        write_quieter(_file_of(sound, self._folder), copy, percent)

    def _file_of(self, sound: Sound) -> Path:
        file = _file_of(sound, self._folder)
        if self.volume >= FULL or self._quieter is None:
            return file
        copy = _copy_of(sound, self._quieter, self.volume)
        return copy if copy.exists() else file


def _file_of(sound: Sound, folder: Path) -> Path:
    return folder / f"{sound.value}.wav"


def _copy_of(sound: Sound, folder: Path, percent: int) -> Path:
    return folder / f"{sound.value}-{percent}.wav"


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
    part = copy.with_suffix(".part")
    with wave.open(str(part), "wb") as target:
        target.setparams(parameters)
        target.writeframes(quieter.tobytes())
    part.replace(copy)  # a sound may be played meanwhile


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
