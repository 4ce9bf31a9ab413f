"""The basket in hand, autosaved in a small file of the till: a stop of the machine loses no scan."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from pos.application.files.atomic_write import remove_file, write_atomically
from pos.application.files.held_file import HeldFile
from pos.application.sales.basket_json import BasketSummary, summary_of, without_recipient
from pos.domain.errors import RuleBroken
from pos.ui.sales.current_sale.received_money import Given, given_from, rows_of


@dataclass(frozen=True, slots=True)
class AutosavedBasket:
    """A basket as it was autosaved: by whom and when, and as `basket_json` writes it, without any document.

    `given` is the money that was taken for it.
    """

    text: str
    person: str
    at: datetime
    given: Given | None = None

    @property
    def summary(self) -> BasketSummary:
        """What a list shows of it."""
        return summary_of(self.text)

    def addressed_since(self, before: datetime) -> AutosavedBasket:
        """The same; if it was saved before that, without the recipient and the address of its parcel."""
        return self if self.at >= before else replace(self, text=without_recipient(self.text))

    def without(self, refunded: Collection[str]) -> AutosavedBasket:
        """The same basket without the tenders with these ids."""
        return replace(self, given=self.given and self.given.without(refunded))


class BasketFile:
    """Two files: the basket in hand, and those that were in hand when the till stopped, until a person decides.

    A damaged file is passed over and a folder that cannot be written is no reason to stop. Each write is whole,
    whatever thread it comes from. Who has begun has them until `end`: a basket in another window's hand is not an
    abandoned one.
    """

    def __init__(self, folder: Path, till: str) -> None:
        self._held = HeldFile(folder / f"basket-{till}.lock")
        self._is_ours = True
        self._in_hand = folder / f"basket-{till}.json"
        self._left = folder / f"baskets-left-{till}.json"

    def begin(self) -> Sequence[AutosavedBasket]:
        """Once, at the start of the till: what was in hand is left now. Those that are left, oldest first.

        None where another window of the till has begun and not ended: its basket stays its own.
        """
        self._is_ours = self._held.take()
        if not self._is_ours:
            return []
        left, of_file = _read(self._left), _read(self._in_hand)
        if of_file:  # one that was resumed, and perhaps paid in part since, before it was forgotten as left
            resumed = {basket.summary.key for basket in of_file}
            left = [*(basket for basket in left if basket.summary.key not in resumed), *of_file]
            _write(self._left, left)
        self._in_hand.unlink(missing_ok=True)
        return left

    def keep(self, basket: AutosavedBasket | None) -> bool:
        """Write down what is in hand now; None where the basket is empty. False where the folder does not take it."""
        return not self._is_ours or _write(self._in_hand, [] if basket is None else [basket])

    def forget(self, key: str) -> None:
        """A basket that was left is decided about."""
        if self._is_ours:
            _write(self._left, [basket for basket in _read(self._left) if basket.summary.key != key])

    def forget_addresses(self, before: datetime) -> None:
        """Of those that are left and were saved before an instant it is kept no longer to whom their parcels go."""
        left = _read(self._left) if self._is_ours else []
        kept = [one.addressed_since(before) for one in left]
        if kept != left:
            _write(self._left, kept)

    def end(self) -> None:
        """The till is closed: what is in hand is left from now on."""
        self._held.let_go()


def _read(file: Path) -> list[AutosavedBasket]:
    try:
        rows = json.loads(file.read_text(encoding="utf-8"))
        return [_basket(row) for row in rows]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, RuleBroken):
        return []


def _basket(row: Mapping[str, Any]) -> AutosavedBasket:
    given = given_from(summary_of(row["basket"]).key, row.get("given", ()))
    return AutosavedBasket(row["basket"], row["person"], datetime.fromisoformat(row["at"]), given)


def _row(basket: AutosavedBasket) -> dict[str, Any]:
    row: dict[str, Any] = {"basket": basket.text, "person": basket.person, "at": basket.at.isoformat()}
    return row if basket.given is None else {**row, "given": rows_of(basket.given)}


def _write(file: Path, baskets: Sequence[AutosavedBasket]) -> bool:
    """The whole file or, with False, the one of before; without baskets there is none."""
    if not baskets:
        remove_file(file)
        return True
    rows = [_row(basket) for basket in baskets]
    try:
        write_atomically(file, json.dumps(rows, ensure_ascii=False).encode())
    except OSError:
        return False
    return True
