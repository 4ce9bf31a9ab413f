"""Ports of the shop's keys: identified by a fingerprint, exported to another till, never displayed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from pos.domain.errors import Refused

SHORTEST_PASSPHRASE = 10


@dataclass(eq=False)
class WrongPassphrase(Refused):
    """The passphrase does not open the file, or the file was changed."""

    fact = "wrong_passphrase"


@dataclass(eq=False)
class KeysInUse(Refused):
    """Sales here verify only under the current keys: they cannot be replaced."""

    fact = "keys_in_use"

    keys: str


@dataclass(eq=False)
class NotTheKeys(Refused):
    """The store needs other keys (`needs`) than those given."""

    fact = "not_the_keys"

    needs: str
    given: str


@dataclass(eq=False)
class NoKeysHere(Refused):
    """The shop's folder has no keys yet."""

    fact = "no_keys_here"


@dataclass(frozen=True, slots=True)
class KeyDetails:
    """Public facts of the keys: their fingerprint, the short name of the public key, and that key (32 bytes)."""

    keys: str
    public_name: str
    public: bytes


class KeyFile(Protocol):
    """The keys in one shop's folder."""

    def show(self) -> KeyDetails:
        """The facts of these keys. Raises NoKeysHere, Trouble."""

    def export(self, passphrase: str) -> bytes:
        """The keys in a file that the passphrase opens. Raises NoKeysHere, Trouble."""

    def take(self, content: bytes, passphrase: str) -> KeyDetails:
        """Import the keys of such a file, unless others are in use; the same keys again change nothing.

        Raises BadField, WrongPassphrase, KeysInUse, NotTheKeys, Trouble.
        """


class Signatures(Protocol):
    """The shop's public key as a file, and the check of signatures with it."""

    def pem(self, public: bytes) -> bytes:
        """The file content for the 32 bytes."""

    def read(self, content: bytes) -> bytes:
        """The 32 bytes of such a file. Raises BadField."""

    def is_signed(self, public: bytes, signature: bytes, content: bytes) -> bool:
        """Whether the key made the signature of the content."""
