"""Who brings the goods."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pos.domain.errors import BadField, BadInput, Refused, readable

LONGEST_NAME, LONGEST_CONTACT = 80, 120


@dataclass(eq=False)
class NoSuchSupplier(BadInput):
    """The shop knows no supplier of this name (or number)."""

    fact = "no_such_supplier"

    supplier: str
    field: str = "supplier"


@dataclass(eq=False)
class SupplierKnown(Refused):
    """A supplier of this name is on file already."""

    fact = "supplier_known"

    supplier: str


@dataclass(frozen=True, slots=True)
class Supplier:
    """A supplier by the name under which the shop knows it. `contact` is a telephone, an address, a person."""

    id: int
    name: str
    contact: str = ""
    active: bool = True


def suppliers_by_name(names: Iterable[str], known: Sequence[Supplier]) -> dict[str, Supplier]:
    """Which of the known suppliers each name means: in this case or else in another; without names that mean none."""
    exactly = {one.name: one for one in known}
    in_any_case = {one.name.casefold(): one for one in reversed(known)}
    meant = {name: exactly.get(name) or in_any_case.get(name.casefold()) for name in names}
    return {name: one for name, one in meant.items() if one is not None}


def check_supplier(name: str, field: str = "supplier") -> str:
    """Return the name of a supplier trimmed and its blanks folded, or refuse it: to be read, at most 80 characters."""
    name = " ".join(name.split())
    if not name:
        raise BadField(field, "missing")
    return check_line(name, LONGEST_NAME, field)


def check_contact(text: str, field: str = "contact") -> str:
    """Return how a supplier is reached, trimmed, or refuse it: to be read, at most 120 characters."""
    return check_line(text, LONGEST_CONTACT, field)


def check_line(text: str, longest: int, field: str) -> str:
    """Return one line of text trimmed, or refuse what is longer than it may be or cannot be read."""
    text = text.strip()
    if len(text) > longest:
        raise BadField(field, "too_long", text[:40])
    if not text.isprintable():
        raise BadField(field, "not_a_text", readable(text)[:40])
    return text
