"""The shop's keys in one 0600 file outside the store: created once, shared by all tills of the shop."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pos.application.files.atomic_write import read_file, remove_file, replace_file
from pos.domain.errors import InfrastructureError

NAMES = ("visitor", "chain", "request", "pepper", "signature")
_BYTES = 32


class KeyFileError(InfrastructureError):
    """The key file cannot be read, written, or is not this shop's."""


@dataclass(frozen=True, slots=True, repr=False)
class ShopKeys:
    """32 bytes for each purpose; never printed."""

    visitor: bytes
    chain: bytes
    request: bytes
    pepper: bytes
    signature: bytes

    @classmethod
    def fresh(cls) -> ShopKeys:
        """New random keys."""
        return cls(*(secrets.token_bytes(_BYTES) for _ in NAMES))

    def for_training(self) -> ShopKeys:
        """New keys for training: they sign and hash nothing of the shop, and cannot be used to try its PINs."""
        return self.fresh()

    def fingerprint(self) -> str:
        """The fingerprint by which a store recognises all five keys; it reveals none of them."""
        covered = b"\x1f".join([b"fingerprint of all", *(getattr(self, name) for name in NAMES)])
        return hmac.new(self.chain, covered, hashlib.sha256).hexdigest()[:32]

    def older_fingerprint(self) -> str:
        """The fingerprint of older programs, of the chain's key alone."""
        return hmac.new(self.chain, b"fingerprint", hashlib.sha256).hexdigest()[:32]

    def is_known_as(self, fingerprint: str) -> bool:
        """Whether a store or backup with this fingerprint was written under these keys, as far as it shows."""
        return fingerprint in (self.fingerprint(), self.older_fingerprint())


def read_or_make(path: Path) -> ShopKeys:
    """The keys in `path`, created at the shop's first start. Raises KeyFileError."""
    try:
        return _read(path)
    except FileNotFoundError:
        return write_keys(ShopKeys.fresh(), path)


def read_keys(path: Path) -> ShopKeys | None:
    """The keys in `path`; None if missing. Raises KeyFileError."""
    try:
        return _read(path)
    except FileNotFoundError:
        return None


def _read(path: Path) -> ShopKeys:
    try:
        stored = json.loads(read_file(path).decode("ascii"))
        keys = [bytes.fromhex(stored[name]) for name in NAMES]
    except FileNotFoundError as error:
        if path.is_symlink():  # the target is unavailable: new keys would be another shop's
            raise KeyFileError("keys_link_broken", str(path), str(path.readlink())) from error
        raise
    except OSError as error:
        raise KeyFileError("keys_unreadable", str(path), error.strerror or "") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise KeyFileError("keys_damaged", str(path)) from error
    if any(len(key) != _BYTES for key in keys):
        raise KeyFileError("keys_damaged", str(path))
    return ShopKeys(*keys)


def write_keys(keys: ShopKeys, path: Path) -> ShopKeys:
    """Write `keys` if there are none; returns the stored keys, which may be another till's. Raises KeyFileError."""
    text = json.dumps({name: getattr(keys, name).hex() for name in NAMES}, indent=1)
    # A unique name: no other thread and no file of a killed program collides with it.
    beside = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        # A link refuses to replace: of two tills that start at once, the second takes the keys of the first.
        os.link(beside, path)
    except FileExistsError:
        return _read(path)
    except OSError as error:
        raise KeyFileError("keys_unwritable", str(path), error.strerror or "") from error
    finally:
        with suppress(OSError):
            remove_file(beside)
    return keys


def replace_keys(keys: ShopKeys, path: Path) -> None:
    """Replace unused keys by `keys`; the old ones stay beside them as keys.json.before. Raises KeyFileError."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.exists():
            replace_file(path, path.with_name(f"{path.name}.before"))
    except OSError as error:
        raise KeyFileError("keys_unwritable", str(path), error.strerror or "") from error
    write_keys(keys, path)
