"""Migrate the shop from its file to a server, or from a server to a file."""

from __future__ import annotations

from dataclasses import dataclass

from pos.application.access.authorize import authorized_read
from pos.application.maintenance.migration_ports import MigratedStore, MigratingStore, Mover, TableProgress, no_progress
from pos.application.settings.context import UseCase
from pos.application.settings.set_setting import SETTINGS
from pos.domain.staff.staff import Person


@dataclass(frozen=True, slots=True)
class MigrateStore(UseCase):
    """Runs while no till is open; the keys stay in the folder, and every till needs them."""

    migrating_store: MigratingStore

    def __call__(self, person: Person, address: str, progress: TableProgress = no_progress) -> MigratedStore:
        """Migrate. Raises NotAllowed, BadField, StoreInUse, StoreError; then nothing has changed."""
        with authorized_read(self.store, person, SETTINGS):
            pass
        return self.migrating_store.move_to(address, Mover(self.till, person.name, self.now().isoformat()), progress)
