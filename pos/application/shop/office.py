"""Use cases of the office: options, devices, retention of visitors, price changes, backups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos.application.access.steady_clock import AcceptClock
from pos.application.maintenance.back_up import BackUp
from pos.application.maintenance.erase_visitors import EraseVisitors
from pos.application.maintenance.keep_backups import KeepBackups
from pos.application.maintenance.log_key_export import LogKeyExport
from pos.application.maintenance.migrate_store import MigrateStore
from pos.application.maintenance.seal_files import ExportSeals
from pos.application.maintenance.startup_checks import StartupChecks
from pos.application.pricing.change_prices import ChangePrices
from pos.application.settings.first_steps import ShowFirstSteps
from pos.application.settings.set_setting import SetSetting
from pos.application.settings.use_devices import UseDevices

if TYPE_CHECKING:
    from pos.application.settings.context import Context
    from pos.application.shop.adapters import Adapters


@dataclass(frozen=True, slots=True)
class Office:
    """The office use cases, over one store."""

    set_setting: SetSetting
    forget_visitors: EraseVisitors
    change_prices: ChangePrices
    devices: UseDevices
    back_up: BackUp
    keep_backups: KeepBackups
    log_key_export: LogKeyExport
    export_seals: ExportSeals
    accept_clock: AcceptClock
    look_around: StartupChecks
    move_shop: MigrateStore
    first_steps: ShowFirstSteps

    @classmethod
    def over(cls, context: Context, adapters: Adapters) -> Office:
        """The use cases of a till."""
        store, backups = adapters.office_store, adapters.backup_folder
        return cls(
            SetSetting(context, backups, store.file),
            EraseVisitors(context, store, adapters.erase_receipt_files),
            ChangePrices(context),
            adapters.devices,
            BackUp(context, store),
            KeepBackups(context, store, backups, adapters.copy_file),
            LogKeyExport(context),
            ExportSeals(context),
            AcceptClock(context.store, context.now, context.till),
            StartupChecks(context, adapters.surroundings),
            MigrateStore(context, store),
            ShowFirstSteps(context),
        )
