"""What stands on the papers of a delivery, and what it cost beside its goods."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.errors import BadField
from pos.domain.purchasing.goods_receipt import CHARGES, LONGEST_NOTE, Charge
from pos.domain.purchasing.supplier import check_line
from pos.domain.stock.stock import check_entry, check_place


@dataclass(frozen=True, slots=True)
class DeliveryNote:
    """What stands on the papers of a delivery, and what it cost beside its goods."""

    supplier: str = ""
    place: str = ""
    delivery_note: str = ""
    entry: str = ""
    charges: tuple[Charge, ...] = ()


def check_delivery_note(papers: DeliveryNote) -> None:
    """Refuse what cannot stand on the papers of a delivery. Raises BadField."""
    if papers.place:
        check_place(papers.place)
    check_line(papers.delivery_note, LONGEST_NOTE, "delivery_note")
    check_entry(papers.entry)
    for number, charge in enumerate(papers.charges):
        check_charge(charge, f"charges[{number}].")


def check_charge(charge: Charge, where: str = "") -> None:
    """Refuse a charge of no known kind, or of nothing. Raises BadField."""
    if charge.kind not in CHARGES:
        raise BadField(f"{where}kind", "unknown", charge.kind[:20])
    if charge.amount.minor <= 0:
        raise BadField(f"{where}amount", "not_positive", str(charge.amount))
