"""A parcel in words: who brings it, what it weighs, and to whom it goes."""

from __future__ import annotations

from fractions import Fraction

from pos.application.text.formatting import kg_text
from pos.application.text.translator import Translator
from pos.domain.sales.parcel import Parcel, Recipient

BETWEEN = " · "


def parcel_text(parcel: Parcel, tr: Translator) -> str:
    """Who brings it, and what it weighs: Kazpost · 2.350 kg."""
    return BETWEEN.join((parcel.delivery_service, kg_text(Fraction(parcel.grams, 1000), tr.language)))


def to_whom(recipient: Recipient | None) -> str:
    """The recipient and the address; for the eyes of the shop alone. Empty once they are erased."""
    return "" if recipient is None else BETWEEN.join((recipient.name, recipient.address))
