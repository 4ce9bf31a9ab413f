"""Log an export of the shop's keys in the journal."""

from __future__ import annotations

from pos.application.access.authorize import authorized_write
from pos.application.settings.context import UseCase
from pos.application.settings.set_setting import SETTINGS
from pos.domain.staff.staff import Person

EXPORT_KEYS = "export_keys"
"""The act in the journal."""
KEYS_MARK = "_keys"
"""The name under which a store keeps the fingerprint of its keys."""


class LogKeyExport(UseCase):
    """Log first: an unlogged key export could not be traced."""

    def __call__(self, person: Person, file: str, keys: str) -> None:
        """Log that `person` exports the keys of this fingerprint. Raises NotAllowed."""
        with authorized_write(self.store, person, SETTINGS) as (work, person):
            work.journal.write(self.now(), self.till, person.name, EXPORT_KEYS, {"file": file, "keys": keys})
            work.commit()
