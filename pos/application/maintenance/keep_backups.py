"""Automatic backups: once a day and after each Z, to one folder or two, with rotation of old ones."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from pos.application.access.authorize import SYSTEM_USER, authorize, authorized_read
from pos.application.files.make_folder import make_folder
from pos.application.maintenance.back_up import BACKUP, backup_details
from pos.application.maintenance.backup_ports import BackupStore, BackupSummary, CopyFile
from pos.application.ports.store import UnitOfWork
from pos.application.settings.context import UseCase
from pos.application.settings.one_folder import is_of_the_shop
from pos.application.settings.set_setting import SETTINGS
from pos.application.settings.settings import Settings
from pos.domain.errors import InfrastructureError, StoreError
from pos.domain.maintenance.rotation import Rotation
from pos.domain.staff.staff import Person

FOLDER = "backups"
"""The folder inside the shop's own."""

_STATE = "_backups"
_LONGEST_SECONDS = 24 * 3600
"""The upper limit for the duration of a backup."""
_NAME = re.compile(r"shop_([0-9]{4}-[0-9]{2}-[0-9]{2}_[0-9]{6})Z(?:_([0-9a-f]{8}))?(?:_[0-9]{1,3})?\.db")
"""Time and shop; the names of an older version do not contain the shop."""
_ASIDE = re.compile(
    r"_(?:before-restore_([0-9]{4}-[0-9]{2}-[0-9]{2}_[0-9]{6})Z|of-version-[0-9A-Za-z]+(?:_[0-9]+)?)"
    r"(?:\.[0-9A-Za-z]+)?(?:-wal|-shm|-journal)?"
)
"""The suffix of the store's name where a restore or an update has put its file aside."""
_STAMP = "%Y-%m-%d_%H%M%S"


@dataclass(frozen=True, slots=True)
class LastBackup:
    """The newest good backup: time, size, file, folders; empty if there was none."""

    at: datetime | None = None
    bytes: int = 0
    file: str = ""
    second: str = ""

    @classmethod
    def read(cls, text: str | None) -> LastBackup:
        """The last backup as stored; empty for any unreadable text."""
        try:
            fields = json.loads(text or "{}")
            at = datetime.fromisoformat(fields["at"])
            return cls(at, int(fields["bytes"]), str(fields["file"]), str(fields["second"]))
        except (ValueError, KeyError, TypeError):
            return cls()

    def text(self) -> str:
        at = None if self.at is None else self.at.isoformat()
        return json.dumps({"at": at, "bytes": self.bytes, "file": self.file, "second": self.second})


@dataclass(frozen=True, slots=True)
class KeepBackups(UseCase):
    """One file for each, named by its instant and the shop: shop_2026-11-24_193000Z_5f0c91aa.db (UTC).

    Several shops may share one second folder: each ignores files that are not an earlier state of its own books.
    """

    backup_store: BackupStore
    folder: Path
    copy_file: CopyFile

    def last(self, person: Person) -> LastBackup:
        """The newest good backup. Raises NotAllowed."""
        with authorized_read(self.store, person, SETTINGS) as work:
            return _last(work)

    def step(self) -> LastBackup | None:
        """Make a backup if one is due, or copy the last one to a second folder that was unavailable; None for neither.

        Raises Trouble: that of the second folder if the first has its copy.
        """
        if self.is_due():
            return self._make(SYSTEM_USER)
        settings = self.settings()
        with self.store.reading() as work:
            last = _last(work)
        is_owed = bool(settings.backup_folder and settings.backup_days and last.file and not last.second)
        return self._carry(SYSTEM_USER, last, settings) if is_owed and Path(last.file).exists() else None

    def now_by(self, person: Person) -> LastBackup:
        """Make a backup now. Raises NotAllowed, Trouble."""
        with authorized_read(self.store, person, SETTINGS):
            pass
        return self._make(person)

    def is_due(self) -> bool:
        """Whether the shop's day has none yet, or a shift was closed at this till since the last one."""
        settings = self.settings()
        if not settings.backup_days:
            return False
        with self.store.reading() as work:
            if not work.people.all():
                return False  # the shop is not set up yet
            last, z = _last(work).at, work.shifts.last_z(self.till)
        if last is None:
            return True
        today, day = (at.astimezone(settings.zone).date() for at in (self.now(), last))
        closed = None if z is None else z.report.closed_at
        return day != today or (closed is not None and closed > last)

    def _make(self, person: Person) -> LastBackup:
        settings, at = self.settings(), self.now().astimezone(UTC)
        whose = self.backup_store.identity()
        _made(self.folder)
        self._sweep()
        file = self._free(self.folder, f"shop_{at.strftime(_STAMP)}Z{whose and f'_{whose}'}")
        summary = self.backup_store.back_up(file)
        backup = LastBackup(at, summary.bytes, str(file))
        self._write(person, backup, summary)
        self._rotate(self.folder, settings.backup_rotation)
        self._rotate_aside(settings.backup_rotation)
        return self._carry(person, backup, settings) if settings.backup_folder else backup

    def _sweep(self) -> None:
        """Delete the leftovers of a program that was ended during a backup; those of another till at work stay."""
        old = self.now().timestamp() - _LONGEST_SECONDS
        with suppress(OSError):
            for left in self.folder.glob(".shop_*"):
                if left.stat().st_mtime < old:
                    left.unlink(missing_ok=True)

    def _carry(self, person: Person, backup: LastBackup, settings: Settings) -> LastBackup:
        """Copy it to the second folder too."""
        file, second = Path(backup.file), Path(settings.backup_folder)
        if is_of_the_shop(second, self.folder, self.backup_store.file):
            raise StoreError("backup_folder_is_first", str(second))
        try:
            target = self._free(second, file.stem)
            self.copy_file(file, target)
        except OSError as error:
            raise StoreError("backup_folder", str(second), error.strerror or "") from error
        except InfrastructureError as error:
            raise StoreError("backup_folder", str(second), error.detail) from error
        self._rotate(second, settings.backup_rotation)
        carried = replace(backup, second=str(target))
        self._write(person, carried, None)
        return carried

    def _free(self, folder: Path, stem: str) -> Path:
        """A name in `folder` that is free, or taken by an earlier state of these books, which may be replaced."""
        names = (folder / f"{stem}{'' if n == 1 else f'_{n}'}.db" for n in count(1))
        return next(file for file in names if not file.exists() or self.backup_store.is_earlier(file))

    def _rotate(self, folder: Path, rotation: Rotation) -> None:
        """Delete our backups that are no longer kept; all other files stay. Raises Trouble."""
        whose = self.backup_store.identity()
        try:
            named = [(made_at(file.name, whose), file) for file in folder.iterdir()]
            ours = [(at, file) for at, file in named if at is not None and self.backup_store.is_earlier(file)]
            kept = rotation.kept(at for at, _ in ours)
            for at, file in ours:
                if at not in kept:
                    file.unlink(missing_ok=True)
        except OSError as error:
            raise StoreError("backup_folder", str(folder), error.strerror or "") from error

    def _rotate_aside(self, rotation: Rotation) -> None:
        """Delete the books from before a restore or an update once no backup of that age is kept.

        Also delete backups in the first folder whose books a restore has replaced: they are no earlier states of the
        current ones.
        """
        live, oldest, whose = self.backup_store.file, self.now() - rotation.longest, self.backup_store.identity()
        with suppress(OSError):
            for file in self.folder.glob(f"shop_*Z_{whose}*.db"):
                at = made_at(file.name, whose)
                if at is not None and at < oldest and not self.backup_store.is_earlier(file):
                    file.unlink(missing_ok=True)
        if live is None:
            return
        for folder in (live.parent, live.parent / FOLDER):
            with suppress(OSError):
                for file in folder.iterdir():
                    at = set_aside_at(file, live)
                    if at is not None and at < oldest:
                        file.unlink(missing_ok=True)

    def _write(self, person: Person, backup: LastBackup, summary: BackupSummary | None) -> None:
        with self.store.begin() as work:
            if person is not SYSTEM_USER:
                person = authorize(work, person, SETTINGS)
            work.settings.set(_STATE, backup.text())
            if summary is not None:
                work.journal.write(
                    self.now(), self.till, person.name, BACKUP, backup_details(Path(backup.file), summary)
                )
            work.commit()


def set_aside_at(file: Path, live: Path) -> datetime | None:
    """When a restore or an update put `file`, or a log beside it, aside for the store `live`; None for any other file.

    A restore puts the time into its name; an update names the version and leaves the time to the file.
    """
    if not file.name.startswith(f"{live.stem}_"):
        return None
    match = _ASIDE.fullmatch(file.name.removeprefix(live.stem))
    if match is None:
        return None
    try:
        if match[1] is None:
            return datetime.fromtimestamp(file.stat().st_mtime, UTC)
        return datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC)
    except (OSError, ValueError):
        return None


def made_at(name: str, whose: str) -> datetime | None:
    """When a backup of this name was made; None for another file, and for one that names another shop than `whose`."""
    match = _NAME.fullmatch(name)
    if match is None or match[2] not in (None, whose):
        return None
    try:
        return datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def _last(work: UnitOfWork) -> LastBackup:
    return LastBackup.read(work.settings.all().get(_STATE))


def _made(folder: Path) -> None:
    try:
        make_folder(folder)
    except OSError as error:
        raise StoreError("folder_not_writable", str(folder), error.strerror or "") from error
