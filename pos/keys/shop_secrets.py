"""Keyed hashes, PIN hashes and signatures made with the shop's keys."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from pathlib import Path
from secrets import randbelow

from pos.application.center.till_pass import TillPass
from pos.domain.staff.staff import is_too_simple
from pos.keys.keyfile import ShopKeys, read_keys
from pos.keys.public_key import is_signed

_MEMORY_KIB = 65536
_ROUNDS = 3


class ShopSecrets:
    """Implements `Secrets` over one set of keys.

    A PIN is hashed by Argon2id over its HMAC with a pepper that is kept outside the store: a stolen store alone cannot
    be searched for PINs of six digits.
    """

    def __init__(self, keys: ShopKeys, *, memory_kib: int = _MEMORY_KIB, rounds: int = _ROUNDS) -> None:
        self._keys = keys
        self._memory = memory_kib
        self._rounds = rounds
        self.members: Callable[[], TillPass | None] = lambda: None
        """The till's pass of a center, where the shop is a member: `main` gives it to a shop that is real."""
        self.clock: Callable[[], datetime] | None = None
        """Until when documents are named under former members' keys, too."""

    def member_identities(self, identity: tuple[str, str, str]) -> tuple[str, ...]:
        given, person = self.members(), _canonical(identity)
        if given is None:
            return ()
        return (given.identity(person),) if self.clock is None else given.identities(person, self.clock())

    def identity(self, identity: tuple[str, str, str]) -> str:
        return _mac(self._keys.visitor, _canonical(identity).encode())

    def request(self, content: bytes) -> str:
        return _mac(self._keys.request, content)

    def chain(self, before: str, content: bytes) -> str:
        return _mac(self._keys.chain, before.encode() + b"\x1f" + content)

    @cached_property
    def _hasher(self) -> _Hasher:
        return _Hasher(self._memory, self._rounds)

    def _peppered(self, pin: str) -> str:
        # A terminal's input may contain lone surrogates: a wrong PIN, not a failure.
        return _mac(self._keys.pepper, pin.encode(errors="surrogatepass"))

    def hash_pin(self, pin: str) -> str:
        return self._hasher.hash(self._peppered(pin))

    def draw_pin(self) -> str:
        while is_too_simple(pin := f"{randbelow(10**8):08d}"):
            pass
        return pin

    def is_pin(self, stored: str | None, pin: str) -> bool:
        """Verify a PIN; an unknown person takes the same time as a known one."""
        known = stored is not None
        return (
            self._hasher.verify(stored if stored is not None else self._hasher.dummy_hash, self._peppered(pin))
            and known
        )

    def sign(self, content: bytes) -> bytes:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self._keys.signature).sign(content)

    def public_key(self) -> bytes:
        """The raw public key (32 bytes) with which anyone checks a receipt offline."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self._keys.signature).public_key().public_bytes_raw()

    def is_signed(self, signature: bytes, content: bytes) -> bool:
        """Whether these keys made the signature of the content."""
        return is_signed(self.public_key(), signature, content)

    @cached_property
    def public_name(self) -> str:
        return hashlib.sha256(self.public_key()).hexdigest()[:8].upper()

    def fingerprint(self) -> str:
        """The fingerprint by which the store recognises its keys."""
        return self._keys.fingerprint()

    def older_fingerprint(self) -> str:
        """The fingerprint in a store that no newer program has opened yet."""
        return self._keys.older_fingerprint()


def secrets_in(path: Path) -> tuple[ShopSecrets, tuple[str, ...]]:
    """The secrets of the keys in `path` with their fingerprints, the present one and the older one.

    Temporary secrets without a fingerprint if there are no keys. Raises KeyFileError.
    """
    keys = read_keys(path)
    if keys is None:
        return ShopSecrets(ShopKeys.fresh()), ()
    return ShopSecrets(keys), (keys.fingerprint(), keys.older_fingerprint())


class _Hasher:
    """Argon2id, imported when the first PIN is typed."""

    def __init__(self, memory_kib: int, rounds: int) -> None:
        from argon2 import PasswordHasher

        self._argon = PasswordHasher(time_cost=rounds, memory_cost=memory_kib, parallelism=1)

    @cached_property
    def dummy_hash(self) -> str:
        return self._argon.hash("nobody")

    def hash(self, text: str) -> str:
        return self._argon.hash(text)

    def verify(self, stored: str, text: str) -> bool:
        from argon2.exceptions import InvalidHashError, VerificationError

        try:
            return self._argon.verify(stored, text)
        except (VerificationError, InvalidHashError):
            return False


def _canonical(identity: tuple[str, str, str]) -> str:
    """What a person is known by, as one text."""
    return "\x1f".join(identity)


def _mac(key: bytes, content: bytes) -> str:
    return hmac.digest(key, content, "sha256").hex()
