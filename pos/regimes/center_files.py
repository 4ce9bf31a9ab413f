"""The regimes by which a till judges: over those of the program and of the shop the files that its center gave it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from pos.application.files.atomic_write import remove_file, write_atomically
from pos.application.quota.show_regimes import RegimeFiles, RegimeOrigin
from pos.domain.errors import InfrastructureError
from pos.domain.quota.rule import Regime
from pos.regimes.folders import Usable, load_content_now, load_regimes

_UNWRITABLE = "center_rules_unwritable"


class RegimesOfTill:
    """Implements `RulesOfTill`. Files of the center lie in a folder of this till, where the next start finds them.

    One that was damaged there is not used: the till asks for it again. `files` is replaced as a whole, so that who
    reads it has one state.
    """

    def __init__(self, files: RegimeFiles, folder: Path, now: datetime) -> None:
        self._base, self._folder = files, folder
        self._of_center = load_regimes([folder], now)[0]
        self.files = self._merged()

    def __call__(self) -> Mapping[str, Regime]:
        return self.files.regimes

    def of_center(self) -> Iterable[str]:
        return tuple(self._of_center)

    def read(self, name: str, content: bytes, now: datetime) -> Regime:
        return load_content_now(f"{name}.toml", content, now)

    def keep(self, regime: Regime, content: bytes) -> None:
        file = self._file_of(regime.id)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_atomically(file, content)
        except OSError as error:
            raise InfrastructureError(_UNWRITABLE, str(file), error.strerror or "") from error
        self._of_center = {**self._of_center, regime.id: regime}
        self.files = self._merged()

    def drop(self, name: str) -> None:
        try:
            remove_file(self._file_of(name))
        except OSError as error:
            raise InfrastructureError(_UNWRITABLE, str(self._file_of(name)), error.strerror or "") from error
        self._of_center = {id_: regime for id_, regime in self._of_center.items() if id_ != name}
        self.files = self._merged()

    def _file_of(self, name: str) -> Path:
        return self._folder / f"{name}.toml"

    def _merged(self) -> RegimeFiles:
        if not self._of_center:
            return self._base
        base = self._base.regimes
        regimes = base.under(self._of_center) if isinstance(base, Usable) else {**base, **self._of_center}
        origins = {**self._base.origins, **dict.fromkeys(self._of_center, RegimeOrigin.CENTER)}
        faults = tuple(replace(each, replaced=each.replaced or each.file.stem in regimes) for each in self._base.faults)
        return RegimeFiles(self._base.folder, regimes, origins, faults)
