"""Whether a folder holds a training of a shop that has none of the shop's PINs."""

from __future__ import annotations

from pathlib import Path

from pos.keys.keyfile import read_keys

_STORE, _KEYS = "shop.db", "keys.json"


def is_training_of(shop: Path, training: Path) -> bool:
    """One that an older program made had all PINs, and the key with which they can be tried: it is none any more."""
    if not (training / _STORE).exists():
        return False
    keys, of_the_shop = read_keys(training / _KEYS), read_keys(shop / _KEYS)
    return keys is None or of_the_shop is None or keys.pepper != of_the_shop.pepper
