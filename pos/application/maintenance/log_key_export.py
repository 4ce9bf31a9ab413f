"""Say in the journal that the keys of the shop were given out."""

from __future__ import annotations

from dataclasses import dataclass

from pos.application.access.authorize import authorize
from pos.application.ports.store import Clock, Store
from pos.application.settings.set_setting import SETTINGS
from pos.domain.staff.staff import Person

EXPORT_KEYS = "export_keys"
"""The act in the journal."""
KEYS_MARK = "_keys"
"""The name under which a store remembers the fingerprint of its keys."""


@dataclass(frozen=True, slots=True)
class LogKeyExport:
    """Written before the file is: keys that are out without an entry would be a secret nobody knows to be shared."""

    store: Store
    now: Clock
    till: str

    def __call__(self, person: Person, file: str, keys: str) -> None:
        """Note that `person` takes the keys of this fingerprint out. Raises NotAllowed."""
        with self.store.begin() as work:
            person = authorize(work, person, SETTINGS)
            work.journal.write(self.now(), self.till, person.name, EXPORT_KEYS, {"file": file, "keys": keys})
            work.commit()
