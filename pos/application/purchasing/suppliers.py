"""Suppliers: list, add, rename."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pos.application.access.authorize import authorized_read, authorized_write
from pos.application.ports.store import UnitOfWork
from pos.application.settings.context import UseCase
from pos.domain.errors import MovedMeanwhile
from pos.domain.purchasing.supplier import (
    NoSuchSupplier,
    Supplier,
    SupplierKnown,
    check_contact,
    check_supplier,
)
from pos.domain.staff.staff import Person

PERMISSION = "stock"
"""The permission for suppliers, orders and deliveries."""


class ManageSuppliers(UseCase):
    """Manages the list of suppliers."""

    def all(self, person: Person) -> Sequence[Supplier]:
        """Every supplier, by name."""
        with authorized_read(self.store, person, PERMISSION) as work:
            return work.suppliers.all()

    def add(self, name: str, person: Person, contact: str = "") -> Supplier:
        """Add a supplier. Raises SupplierKnown, BadField, NotAllowed."""
        with authorized_write(self.store, person, PERMISSION) as (work, person):
            if work.suppliers.by_name(check_supplier(name)) is not None:
                raise SupplierKnown(check_supplier(name))
            added = _add(work, name, contact)
            details = {"supplier": added.name, "contact": added.contact}
            work.journal.write(self.now(), self.till, person.name, "add_supplier", details)
            work.commit()
        return added

    def rename(
        self, supplier_id: int, name: str, person: Person, contact: str | None = None, seen: Supplier | None = None
    ) -> Supplier:
        """Change the name, and the contact where one is given.

        Raises NoSuchSupplier, SupplierKnown, BadField, and MovedMeanwhile where it is not as it was `seen`.
        """
        name = check_supplier(name)
        with authorized_write(self.store, person, PERMISSION) as (work, person):
            before = work.suppliers.by_id(supplier_id)
            if before is None:
                raise NoSuchSupplier(str(supplier_id))
            other = work.suppliers.by_name(name)
            if other is not None and other.id != supplier_id:
                raise SupplierKnown(name)
            kept = before.contact if contact is None else check_contact(contact)
            after = replace(before, name=name, contact=kept)
            if after != before and seen not in (None, before):
                raise MovedMeanwhile
            if after != before:
                work.suppliers.change(after)
                details = {"supplier": after.name, "before": before.name, "contact": after.contact}
                work.journal.write(self.now(), self.till, person.name, "rename_supplier", details)
            work.commit()
        return after


def supplier_named(work: UnitOfWork, name: str, field: str = "supplier") -> Supplier | None:
    """The supplier of a name, created if unknown; None for an empty name. Raises BadField."""
    if not name.strip():
        return None
    name = check_supplier(name, field)
    return work.suppliers.by_name(name) or _add(work, name, "")


def _add(work: UnitOfWork, name: str, contact: str) -> Supplier:
    return work.suppliers.add(check_supplier(name), check_contact(contact))
