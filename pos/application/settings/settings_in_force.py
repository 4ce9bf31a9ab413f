"""The settings in force, read from the store each time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos.application.settings.settings import Settings

if TYPE_CHECKING:
    from pos.application.ports.store import Store


class SettingsInForce:
    """Reads the settings. `zone` is that of the last reading: a store that is away is worded in it, too."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.zone = Settings().zone

    def __call__(self) -> Settings:
        with self._store.reading() as work:
            read = Settings.read(work.settings.all())
        self.zone = read.zone
        return read
