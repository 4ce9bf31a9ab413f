"""The parts of a center meet here, as those of a till meet in the file beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from db.center.prepare import center_url, check_center, prepare_center
from db.center.store import SqlCenterStore, open_engine
from pos import __version__
from pos.application.center.office import CenterOffice, CenterPlace, ServicePlace
from pos.application.center.ports import CenterContext, Clock, ProposedRegime, RegimeInForce
from pos.application.center.regimes_in_force import RegimesInForce
from pos.application.center_console.ports import ConsoleContext
from pos.application.center_console.steps import CommandsOfCenter, ConsoleAccounts, ConsoleSteps
from pos.devices.program_location import RESOURCES
from pos.domain.border import border_in_force
from pos.domain.errors import InfrastructureError
from pos.exports.table_csv import write_csv
from pos.keys.center_keys import MembersKeysOfFile, read_or_make_center_keys
from pos.keys.console_passwords import ConsolePasswords
from pos.languages.catalogue import load_translators
from pos.languages.refusals import refusal_text
from pos.regimes.comparison import changes_between
from pos.regimes.folders import load_content, load_regime, load_regimes, regime_of_content

if TYPE_CHECKING:
    from pos.center.console.parts import ConsoleParts


def center_commands(now: Clock) -> CommandsOfCenter:
    """How the command line reaches a center; `now` is the time of day."""
    return CommandsOfCenter(prepare, partial(office_of, now), partial(serve, now), partial(accounts_of, now))


def prepare(place: CenterPlace, role: str | None) -> None:
    """Make or migrate the tables, and the keys where there are none."""
    url = center_url(place.database)
    read_or_make_center_keys(place.keys, make=True)
    prepare_center(url, role)


@contextmanager
def office_of(now: Clock, place: CenterPlace) -> Iterator[CenterOffice]:
    """What the center's people do."""
    with context_of(now, place, None) as (context, _):
        yield CenterOffice(context, MembersKeysOfFile(place.keys), regime_file, changes_between)


@contextmanager
def accounts_of(now: Clock, place: CenterPlace) -> Iterator[ConsoleAccounts]:
    """The accounts of the console."""
    with context_of(now, place, None) as (context, store):
        yield ConsoleAccounts(ConsoleContext(center=context, books=store, passwords=ConsolePasswords()))


@contextmanager
def context_of(now: Clock, place: CenterPlace, regimes: Path | None) -> Iterator[tuple[CenterContext, SqlCenterStore]]:
    """A center over its database; regimes of its own folder stand before those of the program."""
    url = center_url(place.database)
    check_center(url)
    keys = read_or_make_center_keys(place.keys)
    folders = (RESOURCES / "regimes", *(() if regimes is None else (regimes,)))
    store = SqlCenterStore(open_engine(url), keys.chained, now)
    rules = SqlCenterStore(open_engine(url, 1), keys.chained, now)  # of its own: a step that reads them holds another

    def approved() -> Sequence[ProposedRegime]:
        with rules.reading() as work:
            return work.regimes.all()

    try:
        in_force = RegimesInForce(cache(lambda: _regimes(folders, now())), approved, regime_of_content, now)
        yield CenterContext(store=store, now=now, regimes=in_force, keys=keys, evaluator=__version__), store
    finally:
        store.close()
        rules.close()


def serve(now: Clock, place: CenterPlace, service: ServicePlace, ready: Callable[[str], None]) -> None:
    """Serve until the process is told to stop. Raises InfrastructureError without the libraries of the service."""
    try:
        from pos.center.serve import Certificate, listen, server_of
        from pos.center.steps import CenterSteps
    except ModuleNotFoundError as missing:
        raise InfrastructureError("service_not_installed", "border-pos[center]", missing.name or "") from missing

    certificate = None
    if service.certificate is not None and service.key is not None:
        certificate = Certificate(service.certificate, service.key)
    with context_of(now, place, service.regimes) as (context, store):
        context.regimes()
        console = console_parts(ConsoleContext(center=context, books=store, passwords=ConsolePasswords()))
        listening = listen(service.host, service.port, certificate)
        server = server_of(CenterSteps(context), certificate, console)
        scheme = "http" if certificate is None else "https"
        ready(f"{scheme}://{service.host}:{listening.getsockname()[1]}")
        server.run(sockets=[listening])


def console_parts(context: ConsoleContext) -> ConsoleParts:
    """The console over a center."""
    from pos.center.console.parts import ConsoleParts

    return ConsoleParts(
        steps=ConsoleSteps(context, sent_regime, changes_between),
        translators=load_translators(RESOURCES / "translations"),
        sentence=lambda error, tr: refusal_text(error, tr, ZoneInfo(border_in_force().time_zone)),
        write_csv=lambda table, stream, tr: write_csv([table], stream, tr),
        pages=RESOURCES / "console",
        theme=RESOURCES / "theme",
        icon=RESOURCES / "emblem" / "border-pos-small.svg",
    )


def sent_regime(name: str, content: bytes, day: date) -> RegimeInForce:
    """A file that was sent to the console; raises BadField."""
    return RegimeInForce(load_content(name, content, day), hashlib.sha256(content).hexdigest(), content)


def regime_file(path: Path, day: date) -> RegimeInForce:
    """A file that is proposed; raises BadField."""
    regime = load_regime(path, day)
    content = path.read_bytes()
    return RegimeInForce(regime, hashlib.sha256(content).hexdigest(), content)


def _regimes(folders: tuple[Path, ...], at: datetime) -> Mapping[str, RegimeInForce]:
    loaded, faults = load_regimes(folders, at)
    if faults:
        raise faults[0]
    content = {path.stem: path.read_bytes() for folder in folders for path in sorted(folder.glob("*.toml"))}
    return {
        name: RegimeInForce(regime, hashlib.sha256(content[name]).hexdigest(), content[name])
        for name, regime in loaded.items()
    }
