"""The codes that a file has contained so far: exact, and small enough for a million."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

_FIRST_SIZE = 1 << 12
_LONGEST_NUMBER = 18


class CodesSeen:
    """A set of codes. Codes of at most 18 digits, nearly all, take about 16 bytes each instead of a hundred."""

    def __init__(self) -> None:
        self._slots = array("Q", bytes(8 * _FIRST_SIZE))
        self._used = 0
        self._others: set[str] = set()

    def __contains__(self, code: str) -> bool:
        number = _number(code)
        return code in self._others if number is None else self._slots[_slot(self._slots, number)] == number

    def add(self, codes: Iterable[str]) -> None:
        for code in codes:
            number = _number(code)
            if number is None:
                self._others.add(code)
                continue
            slot = _slot(self._slots, number)
            if self._slots[slot] == 0:
                self._slots[slot] = number
                self._used += 1
                if self._used * 3 > len(self._slots) * 2:
                    self._grow()

    def take(self, code: str) -> bool:
        """Add a code; False if it was present. One look-up for both."""
        number = _number(code)
        if number is None:
            is_new = code not in self._others
            self._others.add(code)
            return is_new
        slots = self._slots
        slot = _slot(slots, number)
        if slots[slot]:
            return False
        slots[slot] = number
        self._used += 1
        if self._used * 3 > len(slots) * 2:
            self._grow()
        return True

    def _grow(self) -> None:
        larger = array("Q", bytes(16 * len(self._slots)))
        for number in self._slots:
            if number:
                larger[_slot(larger, number)] = number
        self._slots = larger


def _number(code: str) -> int | None:
    """A distinct number for each code of digits, never 0: a leading 1 keeps leading zeros apart."""
    if len(code) <= _LONGEST_NUMBER and code.isascii() and code.isdigit():
        return int("1" + code)
    return None


def _slot(slots: array[int], number: int) -> int:
    """The slot of `number`, or the free slot where it belongs (open addressing)."""
    last = len(slots) - 1
    # Consecutive numbers of one manufacturer would cluster: the multiplier (2**64 / golden ratio) spreads them.
    slot = (number * 0x9E3779B97F4A7C15 >> 20) & last
    while slots[slot] and slots[slot] != number:
        slot = (slot + 1) & last
    return slot
