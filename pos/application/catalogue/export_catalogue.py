"""Export the whole catalogue, one product at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pos.application.access.authorize import authorized_read
from pos.application.access.journal_export import JournalExport
from pos.application.ports.catalogue_ports import ExportedGoods
from pos.application.settings.context import UseCase
from pos.domain.staff.staff import Person


class ExportCatalogue(UseCase):
    """Exports every product with its stock at one instant; importing the file changes nothing. Needs `catalogue`."""

    def __call__(self, write: Callable[[Iterable[ExportedGoods]], int], person: Person) -> int:
        """Pass the products, by code, to `write` one at a time; returns how many were written."""
        JournalExport(self.store, self.now, self.till)(person, "catalogue", "catalogue")
        with authorized_read(self.store, person, "catalogue") as work:
            return write(work.products.exported(self.now()))
