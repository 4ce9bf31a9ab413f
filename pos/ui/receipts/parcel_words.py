"""A parcel in words: who brings it, what it weighs, and to whom it goes."""

from __future__ import annotations

from fractions import Fraction

from pos.application.text.border_words import destination_text
from pos.application.text.formatting import kg_text
from pos.application.text.translator import Translator
from pos.domain.sales.parcel import Parcel, Recipient

BETWEEN = " · "


def parcel_text(parcel: Parcel, tr: Translator) -> str:
    """Who brings it, and what it weighs: Kazpost · 2.350 kg."""
    return BETWEEN.join((parcel.delivery_service, kg_text(Fraction(parcel.grams, 1000), tr.language)))


def to_whom(recipient: Recipient | None, destination: str | None, tr: Translator) -> str:
    """The recipient, the address and the side to which it goes; for the eyes of the shop alone."""
    side = destination_text(destination, tr) if destination else ""
    named = () if recipient is None else (recipient.name, recipient.address)
    return BETWEEN.join(part for part in (*named, side) if part)
