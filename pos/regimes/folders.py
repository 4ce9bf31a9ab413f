"""Folders of regime files → every regime that can be used, and the faults of those that cannot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from pos.application.quota.show_regimes import FileFault, RegimeFiles, RegimeOrigin
from pos.domain.errors import BadField
from pos.domain.quota.rule import Regime
from pos.regimes.fields import RegimeFault
from pos.regimes.reading import read_regime

_LONGEST = 256 * 1024
"""Bytes: ten times the longest regime that ships; deep keys in a longer one would take the parser minutes."""


class Usable(dict[str, Regime]):
    """The regimes that can be used, by id. To ask for one whose file cannot be used tells why: BadField."""

    def __init__(self, regimes: Mapping[str, Regime], faults: Sequence[RegimeFault]) -> None:
        super().__init__(regimes)
        self._faults = {Path(fault.file).stem: fault for fault in reversed(faults)}

    def __missing__(self, name: str) -> Regime:
        fault = self._faults.get(name)
        if fault is None:
            raise KeyError(name)
        place = " ".join(part for part in (fault.rule, fault.field) if part)
        raise BadField("regime", fault.what, f"{name}: {place}" if place else name)


def load_regimes(folders: Sequence[Path]) -> tuple[dict[str, Regime], list[RegimeFault]]:
    """Read `*.toml` of `folders`; a later folder overrides an earlier one by id.

    A bad file stops nothing but itself, and an earlier good file of the same name stays in force. The file's
    name must be its id, so that a copied file cannot quietly replace another one.
    """
    regimes: dict[str, Regime] = {}
    faults: list[RegimeFault] = []
    for folder in folders:
        for path in _files_of(folder):
            try:
                regime = read_regime(_content(path), str(path))
                if regime.id != path.stem:
                    raise RegimeFault(str(path), "", "id", "not_the_name_of_the_file")
            except OSError:
                faults.append(RegimeFault(str(path), "", "", "not_readable"))
            except RegimeFault as fault:
                faults.append(fault)
            else:
                regimes[regime.id] = regime
    return regimes, faults


def _files_of(folder: Path) -> list[Path]:
    """Whatever calls itself TOML, in capitals too: a file that is passed over in silence would be no rule at all."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.suffix.lower() == ".toml")


def _content(path: Path) -> bytes:
    """The bytes of a file of sensible size; a pipe or a device of that name would make the till wait for ever."""
    if not path.is_file():
        raise RegimeFault(str(path), "", "", "not_readable")
    if path.stat().st_size > _LONGEST:
        raise RegimeFault(str(path), "", "", "too_large")
    return path.read_bytes()


def load_regime_files(shipped: Path, own: Path) -> RegimeFiles:
    """The regimes that ship with the program with the shop's own over them, and whose each of them is."""
    theirs, their_faults = load_regimes([shipped])
    ours, our_faults = load_regimes([own])
    regimes = Usable({**theirs, **ours}, [*our_faults, *their_faults])
    origins = {name: _origin(name in ours, name in theirs) for name in regimes}
    faults = [
        FileFault(Path(fault.file), fault.rule, fault.field, fault.what, fault.line, is_ours, _stem(fault) in regimes)
        for is_ours, found in ((True, our_faults), (False, their_faults))
        for fault in found
    ]
    return RegimeFiles(own, regimes, origins, tuple(faults))


def _origin(ours: bool, theirs: bool) -> RegimeOrigin:
    if not ours:
        return RegimeOrigin.SHIPPED
    return RegimeOrigin.OVERRIDING if theirs else RegimeOrigin.OWN


def _stem(fault: RegimeFault) -> str:
    return Path(fault.file).stem
