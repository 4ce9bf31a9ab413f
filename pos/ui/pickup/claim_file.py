"""Claims that are not recorded yet, in a small file of the till: a stop of the machine loses none of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pos.application.files.atomic_write import remove_file, write_atomically
from pos.application.files.held_file import HeldFile


@dataclass(frozen=True, slots=True)
class KeptClaim:
    """A claim as it was typed, by the person with this sign-in name, and the key of its request."""

    goods: str
    buyer: str
    channel: str
    language: str
    person: str
    key: str
    is_wanted_back: bool = False
    was_refused: bool = False


class ClaimFile:
    """A damaged file is passed over, and a folder that cannot be written is no reason to stop. Each write is whole.

    Who has begun has the file until `end`: claims in another window's hand were not left by a stop.
    """

    def __init__(self, folder: Path, till: str) -> None:
        self._held = HeldFile(folder / f"claims-{till}.lock")
        self._is_ours = False
        self._file = folder / f"claims-{till}.json"

    def begin(self) -> Sequence[KeptClaim]:
        """Once, at the start of the till: the claims that were open when it stopped, oldest first."""
        self._is_ours = self._held.take()
        return _read(self._file) if self._is_ours else ()

    def keep(self, claims: Sequence[KeptClaim]) -> None:
        """Write down what is open now; without claims there is no file."""
        if not self._is_ours:
            return
        with suppress(OSError):
            if claims:
                rows = [asdict(claim) for claim in claims]
                write_atomically(self._file, json.dumps(rows, ensure_ascii=False).encode())
            else:
                remove_file(self._file)

    def end(self) -> None:
        """The till is closed."""
        self._held.let_go()


def _read(file: Path) -> Sequence[KeptClaim]:
    try:
        return tuple(_claim(row) for row in json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ()


def _claim(row: Mapping[str, Any]) -> KeptClaim:
    words = {name: row[name] for name in ("goods", "buyer", "channel", "language", "person", "key")}
    if not all(isinstance(word, str) for word in words.values()):
        raise TypeError("a claim is of words")
    return KeptClaim(**words, is_wanted_back=row["is_wanted_back"] is True, was_refused=row.get("was_refused") is True)
