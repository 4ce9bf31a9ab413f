"""The keys of a shop in the hands of who keeps them: shown by a fingerprint, carried to another till, never seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from pos.application.ports.store import Secrets
from pos.domain.errors import Refused

SHORTEST_PASSPHRASE = 10


@dataclass(eq=False)
class WrongPassphrase(Refused):
    """The passphrase does not open the file, or the file is not what was written."""

    fact = "wrong_passphrase"


@dataclass(eq=False)
class KeysInUse(Refused):
    """What was sold here verifies under these keys alone: no others take their place."""

    fact = "keys_in_use"

    keys: str


@dataclass(eq=False)
class NotTheKeys(Refused):
    """The store knows other keys (`needs`) than those that were given."""

    fact = "not_the_keys"

    needs: str
    given: str


@dataclass(eq=False)
class NoKeysHere(Refused):
    """The shop's folder has no keys yet."""

    fact = "no_keys_here"


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """What may be seen of keys: their fingerprint, the short name of the public one, and the public one (32 bytes)."""

    keys: str
    public_name: str
    public: bytes


class KeyFile(Protocol):
    """The keys in one shop's folder."""

    def show(self) -> KeyFacts:
        """Which keys are here. Raises NoKeysHere, Trouble."""
        ...

    def export(self, passphrase: str) -> bytes:
        """The keys in a file that the passphrase opens. Raises NoKeysHere, Trouble."""
        ...

    def take(self, content: bytes, passphrase: str) -> KeyFacts:
        """Put the keys of such a file here, unless others are in use; the same again change nothing.

        Raises BadField, WrongPassphrase, KeysInUse, NotTheKeys, Trouble.
        """
        ...


class Signatures(Protocol):
    """The shop's public key as a file, and what is checked with it."""

    def pem(self, public: bytes) -> bytes:
        """The 32 bytes as the content of a file."""
        ...

    def read(self, content: bytes) -> bytes:
        """The 32 bytes of such a file. Raises BadField."""
        ...

    def is_signed(self, public: bytes, signature: bytes, content: bytes) -> bool:
        """Whether the key made the signature over the content."""
        ...


class CheckingSecrets(Secrets, Protocol):
    """Secrets that know what was signed with them."""

    def is_signed(self, signature: bytes, content: bytes) -> bool:
        """Whether these keys made the signature over the content."""
        ...
