"""How goods are sent, on the receipt: by whom, and what the parcel weighs. To whom it goes is on no receipt."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from pos.application.text.formatting import kg_text
from pos.domain.sales.parcel import Parcel
from pos.printing.drawing.joined_translator import JoinedTranslator
from pos.printing.drawing.printable import printable
from pos.printing.drawing.rows import Pair, Row, Ruler


def parcel_rows(parcel: Parcel | None, both_words: JoinedTranslator) -> Iterator[Row]:
    """Nothing for goods that are carried."""
    if parcel is None:
        return
    yield Ruler()
    yield Pair(both_words("To be sent"), printable(parcel.delivery_service), bold=True)
    yield Pair(
        both_words("Weight of the parcel"), kg_text(Fraction(parcel.grams, 1000), both_words.language), small=True
    )
