"""The current basket in a small file of the till: a stop of the machine loses no scan."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pos.application.access.held_file import HeldFile
from pos.application.sales.basket_json import BasketSummary, summary_of


@dataclass(frozen=True, slots=True)
class LeftBasket:
    """A saved basket: the cashier, the time, and the JSON of `basket_json`, without any document."""

    text: str
    person: str
    at: datetime

    @property
    def summary(self) -> BasketSummary:
        """The summary for a list."""
        return summary_of(self.text)


class BasketFile:
    """Holds the current basket and those that were left when the till stopped, until a cashier decides about them.

    A damaged file is passed over, and an unwritable folder does not stop the till. Called on one thread. The window
    that has begun keeps its basket until `end`: the basket of another window of the till is not a left one.
    """

    def __init__(self, folder: Path, till: str) -> None:
        self._held = HeldFile(folder / f"basket-{till}.lock")
        self._is_ours = True
        self._in_hand = folder / f"basket-{till}.json"
        self._left = folder / f"baskets-left-{till}.json"

    def begin(self) -> Sequence[LeftBasket]:
        """Turn the basket of the last run into a left one and return all left baskets, oldest first; called once at
        start.

        None if another window of the till has begun and not ended: its basket stays its own.
        """
        self._is_ours = self._held.take()
        if not self._is_ours:
            return []
        left = _read(self._left)
        known = {basket.summary.key for basket in left}
        left_now = [basket for basket in _read(self._in_hand) if basket.summary.key not in known]
        if left_now:
            left = [*left, *left_now]
            _write(self._left, left)
        self._in_hand.unlink(missing_ok=True)
        return left

    def keep(self, basket: LeftBasket | None) -> None:
        """Save the current basket; None means that it is empty."""
        if not self._is_ours:
            return
        if basket is None:
            self._in_hand.unlink(missing_ok=True)
        else:
            _write(self._in_hand, [basket])

    def forget(self, key: str) -> None:
        """Remove a left basket that was resumed or discarded."""
        if self._is_ours:
            _write(self._left, [basket for basket in _read(self._left) if basket.summary.key != key])

    def end(self) -> None:
        """The till closes: the current basket becomes a left one."""
        self._held.let_go()


def _read(file: Path) -> list[LeftBasket]:
    try:
        rows = json.loads(file.read_text(encoding="utf-8"))
        baskets = [LeftBasket(row["basket"], row["person"], datetime.fromisoformat(row["at"])) for row in rows]
        for basket in baskets:
            summary_of(basket.text)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return []
    return baskets


def _write(file: Path, baskets: Sequence[LeftBasket]) -> None:
    """Write the file in one step, or keep the previous one; without baskets there is no file."""
    if not baskets:
        file.unlink(missing_ok=True)
        return
    rows = [{"basket": basket.text, "person": basket.person, "at": basket.at.isoformat()} for basket in baskets]
    beside = ""
    try:
        handle, beside = tempfile.mkstemp(prefix=file.name, dir=file.parent)  # readable by the owner only
        with os.fdopen(handle, "w", encoding="utf-8") as written:
            json.dump(rows, written, ensure_ascii=False)
            written.flush()
            os.fsync(written.fileno())
        Path(beside).replace(file)
    except OSError:
        if beside:
            Path(beside).unlink(missing_ok=True)
