"""The language in which a visitor is addressed: that of the state that issued the document."""

from __future__ import annotations

from collections.abc import Sequence

_CHINESE = frozenset({"CHN", "HKG", "MAC", "TWN"})
_RUSSIAN = frozenset({"RUS", "BLR", "KGZ", "UZB", "TJK", "TKM", "ARM", "AZE", "MDA"})


def visitor_language(country: str, pair: Sequence[str]) -> str:
    """The language for a document of `country` (three letters); `pair` is the shop's, which separates Kazakh from
    Russian.

    A shop whose receipts are in Russian and not in Kazakh addresses visitors from Kazakhstan in Russian. Visitors from
    states without one of our languages are addressed in English.
    """
    if country in _CHINESE:
        return "zh"
    if country == "KAZ":
        return "ru" if "ru" in pair and "kk" not in pair else "kk"
    return "ru" if country in _RUSSIAN else "en"
