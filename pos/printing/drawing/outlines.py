"""Font outlines for documents, rounded to the resolution of print, which compresses a quarter smaller."""

from __future__ import annotations

import struct
from collections.abc import Sequence

STEP = 8
"""Step of coordinates in thousandths of the size: 0.02 mm in a product name, a fifth of a thermal dot."""

_REPEATED, _X_SHORT, _Y_SHORT, _X_SAME, _Y_SAME = 8, 2, 4, 16, 32
"""Flags of a point; see `glyf` in the OpenType specification."""
_LONGEST_SHORT = 255


class Outlines:
    """The table `glyf` of a font, read glyph by glyph, each converted once.

    A view on `data`: the library would copy all 10 MB of it for each document (2 ms).
    """

    def __init__(self, data: bytes, start: int, length: int) -> None:
        self._data = data
        self._start = start
        self._length = length
        self._drawn: dict[tuple[int, int], bytes] = {}

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, part: slice) -> bytes:
        start, stop, _ = part.indices(self._length)
        drawn = self._drawn.get((start, stop))
        if drawn is None:
            glyph = self._data[self._start + start : self._start + stop]
            drawn = self._drawn[start, stop] = coarser(glyph)
        return drawn


def coarser(glyph: bytes) -> bytes:
    """A glyph with its coordinates rounded to multiples of STEP, in the same encoding and length."""
    contours = struct.unpack_from(">h", glyph)[0] if glyph else 0
    if contours <= 0:
        return glyph  # a space, or a composite glyph
    points = struct.unpack_from(">H", glyph, 8 + 2 * contours)[0] + 1
    at = 10 + 2 * contours
    at += 2 + struct.unpack_from(">H", glyph, at)[0]  # skips its instructions
    flags, at = _flags(glyph, at, points)
    out = bytearray(glyph)
    at = _round(out, at, flags, _X_SHORT, _X_SAME)
    _round(out, at, flags, _Y_SHORT, _Y_SAME)
    return bytes(out)


def _flags(glyph: bytes, at: int, points: int) -> tuple[list[int], int]:
    """The flags of all points, and the offset of their coordinates."""
    flags: list[int] = []
    while len(flags) < points:
        flag, at = glyph[at], at + 1
        if flag & _REPEATED:
            flags += [flag] * glyph[at]
            at += 1
        flags.append(flag)
    return flags, at


def _round(out: bytearray, at: int, flags: Sequence[int], short: int, same: int) -> int:
    """Round the deltas of one axis in place; returns the offset of the next axis.

    A rounding error is carried to the next delta, so no point is off by more than its own rounding.
    """
    exact = drawn = 0
    for flag in flags:
        if flag & short:
            sign = 1 if flag & same else -1
            exact += sign * out[at]
            step = min(max(sign * (_rounded(exact) - drawn), 0), _LONGEST_SHORT)
            out[at] = step
            drawn += sign * step
            at += 1
        elif not flag & same:
            exact += struct.unpack_from(">h", out, at)[0]
            struct.pack_into(">h", out, at, _rounded(exact) - drawn)
            drawn = _rounded(exact)
            at += 2
    return at


def _rounded(value: int) -> int:
    return (2 * value + STEP) // (2 * STEP) * STEP
