"""The center's keys in one 0600 file beside its service, made by its first start and never in its database."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pos.application.center.requests import Person
from pos.domain.errors import StoreError
from pos.keys.keyfile import KeyFileError

NAMES = ("identity", "person", "journal", "members")
_BYTES = 32
_NONCE = 12


@dataclass(frozen=True, slots=True, repr=False)
class CenterKeyFile:
    """32 bytes for each purpose; never printed. `members` is the key that every till of a member has, too."""

    identity: bytes
    person: bytes
    journal: bytes
    members: bytes

    def hidden(self, identity: str) -> bytes:
        return hmac.new(self.identity, identity.encode(), hashlib.sha256).digest()

    def sealed(self, person: Person, secret: bytes) -> bytes:
        content = {
            "birth_date": _text(person.birth_date),
            "born_from": _text(person.born_from),
            "residence": person.residence,
        }
        nonce = secrets.token_bytes(_NONCE)
        return nonce + AESGCM(self._of(secret)).encrypt(nonce, json.dumps(content).encode(), None)

    def opened(self, sealed: bytes, secret: bytes) -> Person:
        """Raises StoreError where the database and the key file are not of one center."""
        try:
            content = json.loads(AESGCM(self._of(secret)).decrypt(sealed[:_NONCE], sealed[_NONCE:], None))
        except InvalidTag as error:
            raise StoreError("center_keys_differ") from error
        return Person(_day(content["birth_date"]), _day(content["born_from"]), content["residence"])

    def pseudonym(self, reference: str, secret: bytes) -> str:
        return hmac.new(self._of(secret), b"journal" + reference.encode(), hashlib.sha256).hexdigest()[:32]

    def chained(self, content: str, previous: bytes) -> bytes:
        return hmac.new(self.journal, previous + content.encode(), hashlib.sha256).digest()

    def _of(self, secret: bytes) -> bytes:
        """A visitor's own key: without their secret, which is destroyed with them, it cannot be made again."""
        return hmac.new(self.person, secret, hashlib.sha256).digest()


def read_or_make_center_keys(path: Path, *, make: bool = False) -> CenterKeyFile:
    """The keys in `path`; with `make` new ones where there are none. Raises KeyFileError."""
    try:
        return _read(path)
    except FileNotFoundError as missing:
        if not make:
            raise KeyFileError("center_keys_missing", str(path)) from missing
    keys = CenterKeyFile(*(secrets.token_bytes(_BYTES) for _ in NAMES))
    content = json.dumps({name: getattr(keys, name).hex() for name in NAMES}, indent=1)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        return _read(path)
    except OSError as error:
        raise KeyFileError("keys_unwritable", str(path), error.strerror or "") from error
    return keys


def _read(path: Path) -> CenterKeyFile:
    try:
        stored = json.loads(path.read_text(encoding="ascii"))
        keys = [bytes.fromhex(stored[name]) for name in NAMES]
    except FileNotFoundError:
        raise
    except OSError as error:
        raise KeyFileError("keys_unreadable", str(path), error.strerror or "") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise KeyFileError("keys_damaged", str(path)) from error
    if any(len(key) != _BYTES for key in keys):
        raise KeyFileError("keys_damaged", str(path))
    return CenterKeyFile(*keys)


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
