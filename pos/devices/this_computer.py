"""Identify this computer and a till's folder on it, so that a server can distinguish seats."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from pos.application.access.till_seat import Seat

_RANDOM = 1 << 40
"""The bit of a generated network address, which differs in each process; no network card has it."""


def seat_at(till: str, folder: Path) -> Seat:
    """The till's seat: this folder on this computer, as recorded."""
    import socket  # asked only when the store is opened, after the first picture
    import uuid

    name, card = socket.gethostname(), uuid.getnode()
    identity = f"{name} {0 if card & _RANDOM else card} {folder.absolute()}"
    return Seat(till, sha256(identity.encode()).hexdigest(), name)
