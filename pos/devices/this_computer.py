"""What stands for this computer, and for the folder of a till on it, where a server has to tell several apart."""

from __future__ import annotations

import socket
import uuid
from hashlib import sha256
from pathlib import Path

from pos.application.access.till_seat import Seat

_RANDOM = 1 << 40
"""The bit of an address that no network card has: it was made up, and is another one in each program."""


def seat_at(till: str, folder: Path) -> Seat:
    """The till as it is recorded at from this folder of this computer."""
    name, card = socket.gethostname(), uuid.getnode()
    told = f"{name} {0 if card & _RANDOM else card} {folder.absolute()}"
    return Seat(till, sha256(told.encode()).hexdigest(), name)
