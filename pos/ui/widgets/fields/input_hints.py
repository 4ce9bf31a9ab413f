"""What a field takes, as Qt's own hint for keyboards on the screen: ours and the system's."""

from __future__ import annotations

from PySide6.QtCore import Qt

from pos.domain.catalogue.product_fields import BY_NAME, Kind

DIGITS = Qt.InputMethodHint.ImhDigitsOnly
"""Whole numbers, codes and PINs."""
NUMBERS = Qt.InputMethodHint.ImhFormattedNumbersOnly
"""Amounts, weights and shares: digits with a decimal mark."""
LATIN = Qt.InputMethodHint.ImhLatinOnly
"""Numbers and countries of documents: Latin letters, whatever the language of the window."""
OWN_PAD = "own_pad"
"""The property of a field that has its own keypad beside it."""
IN_SIGHT = "in_sight"
"""Property of a panel that stays in sight beside the keys on the screen while one types in it."""


def hints_of(name: str) -> Qt.InputMethodHint:
    """What the field of a product with this name takes."""
    field = BY_NAME[name]
    if field.kind in (Kind.COUNT, Kind.CUSTOMS_CODE):
        return DIGITS
    return NUMBERS if field.is_figure else Qt.InputMethodHint.ImhNone
