"""Check that a training folder has none of the shop's PINs."""

from __future__ import annotations

from pathlib import Path

from pos.keys.keyfile import read_keys

_STORE, _KEYS = "shop.db", "keys.json"


def is_training_of(shop: Path, training: Path) -> bool:
    """False for the training folder of an older program: it had all PINs, and the key to try them."""
    if not (training / _STORE).exists():
        return False
    keys, of_the_shop = read_keys(training / _KEYS), read_keys(shop / _KEYS)
    return keys is None or of_the_shop is None or keys.pepper != of_the_shop.pepper
