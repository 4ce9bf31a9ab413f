"""Shows, exports and imports the keys in a shop's folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pos.application.maintenance.key_ports import KeyDetails, KeysInUse, NoKeysHere, NotTheKeys
from pos.keys.key_export import opened, sealed
from pos.keys.keyfile import ShopKeys, read_keys, replace_keys
from pos.keys.shop_secrets import ShopSecrets


@dataclass(frozen=True, slots=True)
class StoredKeyFile:
    """Implements `KeyFile` over the key file. `known` returns the fingerprint of the store's keys, "" for none."""

    file: Path
    known: Callable[[], str]

    def show(self) -> KeyDetails:
        return _details(self._here())

    def export(self, passphrase: str) -> bytes:
        return sealed(self._here(), passphrase)

    def take(self, content: bytes, passphrase: str) -> KeyDetails:
        given, known = opened(content, passphrase), self.known()
        here = read_keys(self.file)
        if here == given:
            return _details(given)
        if known and not given.is_known_as(known):
            if here is not None and here.is_known_as(known):
                raise KeysInUse(known)
            raise NotTheKeys(known, given.fingerprint())
        replace_keys(given, self.file)
        return _details(given)

    def _here(self) -> ShopKeys:
        keys = read_keys(self.file)
        if keys is None:
            raise NoKeysHere
        return keys


def _details(keys: ShopKeys) -> KeyDetails:
    secrets = ShopSecrets(keys)
    return KeyDetails(keys.fingerprint(), secrets.public_name, secrets.public_key())
