"""Use cases of the office: options, devices, retention of visitors, price changes, backups."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pos.application.access.steady_clock import AcceptClock
from pos.application.maintenance.back_up import BackUp
from pos.application.maintenance.backup_ports import BackupStore, CopyFile
from pos.application.maintenance.erase_visitors import EraseVisitors, ForgettingStore
from pos.application.maintenance.keep_backups import FOLDER, KeepBackups
from pos.application.maintenance.log_key_export import LogKeyExport
from pos.application.maintenance.migrate_store import MigrateStore
from pos.application.maintenance.migration_ports import MigratingStore
from pos.application.maintenance.seal_files import ExportSeals
from pos.application.maintenance.startup_checks import HostEnvironment, StartupChecks
from pos.application.ports.erasure_ports import ForgetPapers
from pos.application.pricing.change_prices import ChangePrices
from pos.application.settings.context import Context
from pos.application.settings.first_steps import ShowFirstSteps
from pos.application.settings.set_setting import SetSetting
from pos.application.settings.use_devices import UseDevices


class OfficeStore(ForgettingStore, BackupStore, MigratingStore, Protocol):
    """A store that can erase visitors, be backed up and be migrated."""


@dataclass(frozen=True, slots=True)
class Office:
    """The office use cases, over one store."""

    set_setting: SetSetting
    forget_visitors: EraseVisitors
    change_prices: ChangePrices
    devices: UseDevices
    back_up: BackUp
    keep_backups: KeepBackups
    tell_keys: LogKeyExport
    export_seals: ExportSeals
    accept_clock: AcceptClock
    look_around: StartupChecks
    move_shop: MigrateStore
    first_steps: ShowFirstSteps

    @classmethod
    def over(
        cls,
        context: Context,
        store: OfficeStore,
        forget_papers: ForgetPapers,
        devices: UseDevices,
        folder: Path,
        copy_file: CopyFile,
        surroundings: HostEnvironment,
    ) -> Office:
        """The use cases of a till."""
        return cls(
            SetSetting(context, folder / FOLDER),
            EraseVisitors(context, store, forget_papers),
            ChangePrices(context),
            devices,
            BackUp(context, store),
            KeepBackups(context, store, folder / FOLDER, copy_file),
            LogKeyExport(context),
            ExportSeals(context),
            AcceptClock(context.store, context.now, context.till),
            StartupChecks(context, surroundings),
            MigrateStore(context, store),
            ShowFirstSteps(context),
        )
