"""Passwords of the center's console, hashed by Argon2id."""

from __future__ import annotations

from functools import cached_property
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_MEMORY_KIB = 65536
_ROUNDS = 3
_AT_ONCE = 2
"""Hashes at the same time in one process: each takes 64 MB."""


class ConsolePasswords:
    """Implements `Passwords`. `memory_kib` and `rounds` are smaller in tests only."""

    def __init__(self, memory_kib: int = _MEMORY_KIB, rounds: int = _ROUNDS) -> None:
        self._argon = PasswordHasher(time_cost=rounds, memory_cost=memory_kib, parallelism=1)
        self._turns = BoundedSemaphore(_AT_ONCE)

    def hashed(self, password: str) -> str:
        with self._turns:
            return self._argon.hash(_bytes(password))

    def is_right(self, stored: str | None, password: str) -> bool:
        of_nobody = self._of_nobody  # made before the turn, or the first stranger would take longer
        with self._turns:
            try:
                self._argon.verify(stored if stored is not None else of_nobody, _bytes(password))
            except (VerificationError, InvalidHashError):
                return False
        return stored is not None

    @cached_property
    def _of_nobody(self) -> str:
        return self._argon.hash("nobody")


def _bytes(password: str) -> bytes:
    return password.encode(errors="surrogatepass")
