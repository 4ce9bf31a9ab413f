"""Cells common to the lists of receipts: the kind, the signed total and the goods of a receipt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pos.application.text.words import N_, Words
from pos.domain.money import Money

RECEIPT_KIND = {"sale": N_("Sale"), "return": N_("Return")}


def signed(kind: str, total: Money, pieces: int) -> tuple[Money, int]:
    """The amount that a receipt adds to a sum; returns are negative."""
    return (-total, -pieces) if kind == "return" and total.minor >= 0 else (total, pieces)


def goods_text(goods: Sequence[Mapping[str, str]], lines: int, words: Words) -> str:
    """The names of the first goods of a receipt, and the number of further lines."""
    named = words(", ").join(names.get(words.language) or names[""] for names in goods)
    return f"{named} +{lines - len(goods)}" if lines > len(goods) else named
