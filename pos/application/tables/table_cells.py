"""Exact values as cells of a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from pos.application.text.translator import N_, Translator
from pos.domain.money import Money, half_up
from pos.domain.reports.rounded_parts import parts_of_whole

_DIGITS = 4


def share_of(part: Fraction) -> Decimal:
    """A share of 1, to the hundredth of a per cent, rounded half-up."""
    return Decimal(half_up(part * 10**_DIGITS)).scaleb(-_DIGITS)


def shares_of(amounts: Sequence[Money]) -> list[Decimal | None]:
    """What each amount is of their sum, to the tenth of a per cent that a table shows: together 1. None of nothing."""
    parts = parts_of_whole(amounts, 1_000)
    return [Decimal(part).scaleb(-3) for part in parts] if any(parts) else [None] * len(parts)


RECEIPT_KIND = {"sale": N_("Sale"), "return": N_("Return")}


def receipt_kind(kind: str, tr: Translator, *, voided_by: str = "", is_void: bool = False) -> str:
    """Sale, return, void; of a sale that was voided that it is."""
    if is_void:
        return tr("Void of a sale")
    return tr("Voided sale") if voided_by else tr(RECEIPT_KIND.get(kind, kind))


def signed(kind: str, total: Money, pieces: int) -> tuple[Money, int]:
    """The amount that a receipt adds to a sum; returns are negative."""
    return (-total, -pieces) if kind == "return" and total.minor >= 0 else (total, pieces)


def goods_text(goods: Sequence[Mapping[str, str]], lines: int, tr: Translator) -> str:
    """The names of the first goods of a receipt, and the number of further lines."""
    named = tr(", ").join(names.get(tr.language) or names[""] for names in goods)
    return f"{named} +{lines - len(goods)}" if lines > len(goods) else named


def rounded(figure: Fraction, digits: int) -> Decimal:
    """A number with so many decimals, halves rounded away from zero."""
    step = 10**digits
    sign = -1 if figure < 0 else 1
    scaled = (2 * abs(figure.numerator) * step + figure.denominator) // (2 * figure.denominator)
    return Decimal(sign * scaled).scaleb(-digits)
