"""The supplier's delivery note, and the charges beside the goods."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.errors import BadField
from pos.domain.purchasing.goods_receipt import CHARGES, LONGEST_NOTE, Charge
from pos.domain.purchasing.supplier import check_line
from pos.domain.stock.stock import check_entry, check_location


@dataclass(frozen=True, slots=True)
class DeliveryNote:
    """The data of the supplier's delivery note, and the charges beside the goods."""

    supplier: str = ""
    location: str = ""
    delivery_note: str = ""
    entry: str = ""
    charges: tuple[Charge, ...] = ()


def check_delivery_note(note: DeliveryNote) -> None:
    """Refuse invalid delivery note fields. Raises BadField."""
    if note.location:
        check_location(note.location)
    check_line(note.delivery_note, LONGEST_NOTE, "delivery_note")
    check_entry(note.entry)
    for number, charge in enumerate(note.charges):
        check_charge(charge, f"charges[{number}].")


def check_charge(charge: Charge, where: str = "") -> None:
    """Refuse a charge of unknown kind or of no amount. Raises BadField."""
    if charge.kind not in CHARGES:
        raise BadField(f"{where}kind", "unknown", charge.kind[:20])
    if charge.amount.minor <= 0:
        raise BadField(f"{where}amount", "not_positive", str(charge.amount))
