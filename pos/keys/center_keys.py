"""The center's keys in one 0600 file beside its service, made by its first start and never in its database."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pos.application.center.requests import Person
from pos.application.files.atomic_write import sync_folder
from pos.domain.errors import StoreError
from pos.keys.keyfile import KeyFileError

NAMES = ("identity", "person", "journal", "members")
_BYTES = 32
_NONCE = 12
_MOST_FORMER = 8


@dataclass(frozen=True, slots=True, repr=False)
class CenterKeyFile:
    """32 bytes for each purpose; never printed. `members` is the key that every till of a member has, too.

    `former` are the members' keys before it, the newest first.
    """

    identity: bytes
    person: bytes
    journal: bytes
    members: bytes
    former: tuple[bytes, ...] = ()

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
    identity, person, journal, members = (secrets.token_bytes(_BYTES) for _ in NAMES)
    keys = CenterKeyFile(identity, person, journal, members)
    try:
        _write(keys, path)
    except FileExistsError:
        return _read(path)
    except OSError as error:
        raise KeyFileError("keys_unwritable", str(path), error.strerror or "") from error
    return keys


@dataclass(frozen=True, slots=True)
class MembersKeysOfFile:
    """The members' keys in the center's key file, read whenever they are asked for."""

    path: Path

    def in_use(self) -> Sequence[bytes]:
        """The key in use first, then those before it. Raises KeyFileError."""
        keys = read_or_make_center_keys(self.path)
        return keys.members, *keys.former

    def change(self) -> None:
        """The file is replaced whole: at no instant it lacks a key. Raises KeyFileError."""
        keys = read_or_make_center_keys(self.path)
        former = (keys.members, *keys.former)[:_MOST_FORMER]
        changed = replace(keys, members=secrets.token_bytes(_BYTES), former=former)
        beside = self.path.with_name(f"{self.path.name}.new")
        try:
            beside.unlink(missing_ok=True)
            _write(changed, beside)
            beside.replace(self.path)
            sync_folder(self.path.parent)
        except OSError as error:
            raise KeyFileError("keys_unwritable", str(self.path), error.strerror or "") from error


def _write(keys: CenterKeyFile, path: Path) -> None:
    """Raises FileExistsError and OSError."""
    content: dict[str, object] = {name: getattr(keys, name).hex() for name in NAMES}
    if keys.former:
        content["former"] = [key.hex() for key in keys.former]
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(json.dumps(content, indent=1))
        file.flush()
        os.fsync(file.fileno())


def _read(path: Path) -> CenterKeyFile:
    try:
        stored = json.loads(path.read_text(encoding="ascii"))
        keys = [bytes.fromhex(stored[name]) for name in NAMES]
        former = tuple(bytes.fromhex(key) for key in stored.get("former", ()))
    except FileNotFoundError:
        raise
    except OSError as error:
        raise KeyFileError("keys_unreadable", str(path), error.strerror or "") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise KeyFileError("keys_damaged", str(path)) from error
    if any(len(key) != _BYTES for key in (*keys, *former)):
        raise KeyFileError("keys_damaged", str(path))
    identity, person, journal, members = keys
    return CenterKeyFile(identity, person, journal, members, former)


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
