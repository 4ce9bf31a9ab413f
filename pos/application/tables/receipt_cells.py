"""What the lists of receipts have in common: the kind, the sign and the goods of a receipt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pos.application.text.words import N_, Words
from pos.domain.money import Money

RECEIPT_KIND = {"sale": N_("Sale"), "return": N_("Return")}


def signed(kind: str, total: Money, pieces: int) -> tuple[Money, int]:
    """What a receipt adds to the sums: what came back counts below zero."""
    return (-total, -pieces) if kind == "return" and total.minor >= 0 else (total, pieces)


def goods_text(goods: Sequence[Mapping[str, str]], lines: int, words: Words) -> str:
    """The names of the first goods of a receipt, and how many lines more there are."""
    named = words(", ").join(names.get(words.language) or names[""] for names in goods)
    return f"{named} +{lines - len(goods)}" if lines > len(goods) else named
