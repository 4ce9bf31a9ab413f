"""Make the sounds of the till: short, soft, and distinct with the eyes shut.

    python tools/build_sounds.py resources/sounds

Each is a few notes. Rising means yes, falling means no, a repeated note asks; the lower, the more serious. Standard
library only; the same bytes every time.
"""

from __future__ import annotations

import math
import sys
import wave
from array import array
from dataclasses import dataclass
from pathlib import Path

RATE = 22_050
ATTACK = 0.004
"""Seconds in which a note swells: below that a loudspeaker clicks."""


@dataclass(frozen=True, slots=True)
class Note:
    """A tone of `pitch` hertz from `start` for `length` milliseconds; `bright` adds overtones (0 to 1)."""

    pitch: float
    start: int
    length: int
    loud: float = 0.5
    bright: float = 0.2


C4, E4, G4, A4, C5, E5, G5, C6, E6, G6 = (
    261.63, 329.63, 392.00, 440.00, 523.25, 659.26, 783.99, 1046.50, 1318.51, 1567.98,
)  # fmt: skip

SOUNDS = {
    # sold, within: one clear drop, heard a thousand times a day
    "accept": [Note(C6, 0, 90)],
    # within, but see the note
    "note": [Note(C6, 0, 80), Note(E6, 75, 110)],
    # a figure is missing: the same note asks twice
    "unknown": [Note(A4, 0, 90, bright=0.4), Note(A4, 120, 120, bright=0.4)],
    # over the allowance: falling
    "over": [Note(G5, 0, 100, bright=0.4), Note(C5, 100, 145, bright=0.4)],
    # the manager is asked: up and back
    "review": [Note(E5, 0, 75, bright=0.3), Note(G5, 75, 75, bright=0.3), Note(E5, 150, 95, bright=0.3)],
    # not sold: low and rough
    "refuse": [Note(C4, 0, 110, 0.6, 0.9), Note(C4, 130, 115, 0.6, 0.9)],
    # the scanner read something that is nothing here
    "unread": [Note(E4, 0, 60, 0.6, 0.7), Note(C4, 65, 130, 0.6, 0.7)],
    # paid: three notes upwards
    "paid": [Note(C5, 0, 90), Note(E5, 65, 90), Note(G5, 130, 118)],
    # a line of a delivery is complete
    "complete": [Note(G5, 0, 80), Note(G6, 80, 140)],
    # a piece of a delivery is counted: a lower, shorter drop than that of a sale
    "counted": [Note(G5, 0, 70)],
    # more came than was ordered: up, and up again
    "too_many": [Note(C5, 0, 70, bright=0.4), Note(E5, 80, 70, bright=0.4), Note(E5, 160, 88, bright=0.4)],
    # it is not on this order: three falling
    "wrong": [Note(E5, 0, 65, 0.6, 0.6), Note(A4, 70, 65, 0.6, 0.6), Note(E4, 140, 108, 0.6, 0.6)],
    # an unknown code: low, then a question upwards
    "no_such": [Note(C4, 0, 90, 0.6, 0.7), Note(G4, 110, 130, 0.5, 0.5)],
}


def samples(notes: list[Note]) -> array[int]:
    """The notes as 16-bit samples."""
    count = max(note.start + note.length for note in notes) * RATE // 1000
    mixed = [0.0] * count
    for note in notes:
        first, length = note.start * RATE // 1000, note.length * RATE // 1000
        for n in range(min(length, count - first)):
            t, left = n / RATE, (length - n) / RATE
            shape = min(1.0, t / ATTACK) * min(1.0, left / ATTACK / 3) * math.exp(-3.0 * n / length)
            turn = 2 * math.pi * note.pitch * t
            tone = math.sin(turn) + note.bright * (math.sin(2 * turn) / 2 + math.sin(3 * turn) / 3)
            mixed[first + n] += note.loud * shape * tone / (1 + note.bright * 0.6)
    return array("h", (round(32_767 * max(-1.0, min(1.0, value))) for value in mixed))


def main(into: Path) -> int:
    """Write every sound into the folder."""
    into.mkdir(parents=True, exist_ok=True)
    for name, notes in SOUNDS.items():
        data = samples(notes)
        if sys.byteorder == "big":
            data.byteswap()
        with wave.open(str(into / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(data.tobytes())
    print(f"{len(SOUNDS)} sounds in {into}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
