"""Back up the shop's books on request, to a chosen file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pos.application.access.authorize import authorized_read, authorized_write
from pos.application.maintenance.backup_ports import BackupStore, BackupSummary, Progress, no_progress
from pos.application.maintenance.protected_files import check_free
from pos.application.settings.context import UseCase
from pos.application.settings.set_setting import SETTINGS
from pos.application.text.file_names import file_name_of
from pos.domain.errors import BadField
from pos.domain.staff.staff import Person

BACKUP = "backup"
"""The act in the journal."""


@dataclass(frozen=True, slots=True)
class BackUp(UseCase):
    """An online, verified copy: tills go on selling, and the result can be restored."""

    backup_store: BackupStore

    def __call__(
        self, person: Person, file: Path, progress: Progress = no_progress, *, is_thorough: bool = False
    ) -> BackupSummary:
        """Write `file`, replacing an older backup of this shop. Raises NotAllowed, BadField, StoreError."""
        if file.is_dir() or not file.name:
            raise BadField("FILE", "is_a_folder", str(file))
        live = self.backup_store.file
        if live is not None and file.resolve() == live.resolve():
            raise BadField("FILE", "is_the_store", str(file))
        check_free(file, is_backup=True, is_replaced=True, own=None if live is None else live.parent)
        with authorized_read(self.store, person, SETTINGS):
            pass
        if _holds_something(file):
            if not self.backup_store.is_earlier(file):
                raise BadField("FILE", "is_no_older_backup", str(file)[:200])
            if self.backup_store.is_held(file):
                raise BadField("FILE", "is_in_use", str(file)[:200])
        summary = self.backup_store.back_up(file, progress, is_thorough=is_thorough)
        with authorized_write(self.store, person, SETTINGS) as (work, person):
            work.journal.write(self.now(), self.till, person.name, BACKUP, backup_details(file, summary))
            work.commit()
        return summary


def _holds_something(file: Path) -> bool:
    try:
        return file.stat().st_size > 0
    except OSError:  # absent or inaccessible: writing it will report the error
        return False


def backup_details(file: Path, summary: BackupSummary) -> dict[str, object]:
    """The journal details of a backup."""
    return {
        "file": file_name_of(file),
        "bytes": summary.bytes,
        "sales": summary.sales,
        "entries": summary.entries,
        "last": dict(summary.last),
    }
