"""Folders of regime files → all usable regimes, and the faults of the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from pos.application.quota.show_regimes import FileFault, RegimeFiles, RegimeOrigin
from pos.domain.border import Border, border_in_force
from pos.domain.errors import BadField
from pos.domain.quota.rule import Regime
from pos.regimes.fields import RegimeFault
from pos.regimes.reading import read_regime
from pos.regimes.uncovered_goods import check_begun

_LONGEST = 256 * 1024
"""Bytes: ten times the longest shipped regime; deep keys in a longer file would take the parser minutes."""


class Usable(dict[str, Regime]):
    """Usable regimes by id. Looking up a faulty one raises BadField with its fault."""

    def __init__(self, regimes: Mapping[str, Regime], faults: Sequence[RegimeFault]) -> None:
        super().__init__(regimes)
        self._faults = {Path(fault.file).stem: fault for fault in reversed(faults)}

    def under(self, regimes: Mapping[str, Regime]) -> Usable:
        """The same with further regimes over them."""
        merged = Usable({**self, **regimes}, ())
        merged._faults = self._faults
        return merged

    def __missing__(self, name: str) -> Regime:
        fault = self._faults.get(name)
        if fault is None:
            raise KeyError(name)
        position = " ".join(part for part in (fault.rule, fault.field) if part)
        raise BadField("regime", fault.what, f"{name}: {position}" if position else name)


def load_regimes(folders: Sequence[Path], now: datetime | None = None) -> tuple[dict[str, Regime], list[RegimeFault]]:
    """Read `*.toml` of `folders`; a later folder overrides an earlier one by id.

    Decimals and symbol of a regime's currency are those of the border, where it knows the currency.

    A bad file affects only itself, and an earlier good file of the same name stays in force. The file's name must be
    its id, so that a copied file cannot silently replace another one. A file with a hole in its rules of `now` is not
    used yet.
    """
    regimes: dict[str, Regime] = {}
    faults: list[RegimeFault] = []
    for folder in folders:
        for path in _files_of(folder):
            try:
                regime = _regime_in(path)
                if now is not None:
                    check_begun(regime, str(path), now.astimezone(regime.zone).date())
            except OSError:
                faults.append(RegimeFault(str(path), "", "", "not_readable"))
            except RegimeFault as fault:
                faults.append(fault)
            else:
                regimes[regime.id] = _at(border_in_force(), regime)
    return regimes, faults


def load_regime(path: Path, day: date) -> Regime:
    """The regime in one file, whole on a local day. Raises BadField with the fault, as `Usable` does."""
    try:
        regime = _regime_in(path)
        check_begun(regime, str(path), day)
    except OSError:
        raise BadField("regime", "not_readable", path.stem) from None
    except RegimeFault as fault:
        return Usable({}, [fault])[path.stem]
    return _at(border_in_force(), regime)


def load_content(name: str, content: bytes, day: date) -> Regime:
    """The regime in the content of a file of this name, as `load_regime` of the file itself. Raises BadField."""
    return _whole(name, content, lambda _regime: day)


def load_content_now(name: str, content: bytes, now: datetime) -> Regime:
    """The same, whole on the regime's own day of an instant. Raises BadField."""
    return _whole(name, content, lambda regime: now.astimezone(regime.zone).date())


def _whole(name: str, content: bytes, day: Callable[[Regime], date]) -> Regime:
    path = Path(name)
    try:
        if len(content) > _LONGEST:
            raise RegimeFault(name, "", "", "too_large")
        regime = _named(read_regime(content, name), path)
        check_begun(regime, name, day(regime))
    except RegimeFault as fault:
        return Usable({}, [fault])[path.stem]
    return _at(border_in_force(), regime)


def regime_of_content(content: bytes, name: str) -> Regime:
    """The regime of a file that was whole when it was kept. Raises RegimeFault."""
    return _at(border_in_force(), read_regime(content, f"{name}.toml"))


def _regime_in(path: Path) -> Regime:
    return _named(read_regime(_content(path), str(path)), path)


def _named(regime: Regime, path: Path) -> Regime:
    if regime.id != path.stem:
        raise RegimeFault(str(path), "", "id", "not_the_name_of_the_file")
    return regime


@lru_cache(maxsize=64)
def _at(border: Border, regime: Regime) -> Regime:
    """The regime with the currency as the border has it: the same regime each time, as of one file.

    By border and not by currency: those of two borders are equal though their symbols are not.
    """
    return replace(regime, currency=border.currencies.get(regime.currency.code, regime.currency))


def _files_of(folder: Path) -> list[Path]:
    """Every file with the suffix, in capitals too: silently ignored rules would be no rules."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.suffix.lower() == ".toml")


def _content(path: Path) -> bytes:
    """The bytes of a file of acceptable size; a pipe or a device would block the till forever."""
    if not path.is_file():
        raise RegimeFault(str(path), "", "", "not_readable")
    if path.stat().st_size > _LONGEST:
        raise RegimeFault(str(path), "", "", "too_large")
    return path.read_bytes()


def load_regime_files(shipped: Path, own: Path, now: datetime | None = None) -> RegimeFiles:
    """The shipped regimes overridden by the shop's own that are whole `now`, and the origin of each."""
    theirs, their_faults = load_regimes([shipped])
    ours, our_faults = load_regimes([own], now)
    regimes = Usable({**theirs, **ours}, [*our_faults, *their_faults])
    origins = {name: _origin(name in ours, name in theirs) for name in regimes}
    faults = [
        FileFault(Path(fault.file), fault.rule, fault.field, fault.what, fault.line, is_ours, _stem(fault) in regimes)
        for is_ours, file_faults in ((True, our_faults), (False, their_faults))
        for fault in file_faults
    ]
    return RegimeFiles(own, regimes, origins, tuple(faults))


def load_regimes_to_try(shipped: Path, own: Path, now: datetime | None = None) -> Mapping[str, Regime]:
    """As the shop has them, but a shipped regime does not stand in for a faulty file of the shop.

    Someone who tries a file must not take an answer by other rules for one by theirs.
    """
    theirs, their_faults = load_regimes([shipped])
    ours, our_faults = load_regimes([own], now)
    faulty = {Path(fault.file).stem for fault in our_faults}
    standing = {name: regime for name, regime in theirs.items() if name not in faulty}
    return Usable({**standing, **ours}, [*our_faults, *their_faults])


def _origin(ours: bool, theirs: bool) -> RegimeOrigin:
    if not ours:
        return RegimeOrigin.SHIPPED
    return RegimeOrigin.OVERRIDING if theirs else RegimeOrigin.OWN


def _stem(fault: RegimeFault) -> str:
    return Path(fault.file).stem
