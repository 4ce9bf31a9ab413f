"""Chinese characters by their syllables, as the catalogue of this shop uses them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pos.application.settings.context import UseCase

SuggestWords = Callable[[str], Sequence[tuple[str, str]]]
"""Words for the letters of syllables, each with the letters that it leaves over; the best first."""
MakeChineseInput = Callable[[Iterable[str]], SuggestWords]
"""Makes it from the names of goods."""


@dataclass(frozen=True, slots=True)
class ChineseInput(UseCase):
    """Reads the names of today, of which `make` makes the suggestions; that takes about a second, and no store."""

    make: MakeChineseInput

    def names(self) -> Sequence[str]:
        """The names of all goods that have Chinese characters."""
        with self.store.begin() as work:
            return work.products.chinese_names()
