"""The parts of a center meet here, as those of a till meet in the file beside it."""

from __future__ import annotations

import hashlib
import secrets
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from db.center.own_server import own_server
from db.center.prepare import center_url, check_center, prepare_center
from db.center.store import SqlCenterStore, open_engine
from pos import __version__
from pos.application.center.manage_members import AddMember, AddTill
from pos.application.center.office import CenterOffice, CenterPlace, ServicePlace
from pos.application.center.ports import CenterContext, Clock, ProposedRegime, RegimeInForce
from pos.application.center.regimes_in_force import RegimesInForce
from pos.application.center.till_pass import TillPass
from pos.application.center_console.account import ConsoleRole
from pos.application.center_console.ports import ConsoleContext
from pos.application.center_console.steps import (
    CenterDemo,
    CommandsOfCenter,
    ConsoleAccounts,
    ConsoleSteps,
    DemoMember,
)
from pos.application.membership.refusals import NotForPractice
from pos.application.membership.simulate_center import CenterSimulated, CenterSimulation, SimulateCenter, SteppedClock
from pos.center_client.http_center import HttpCenter
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

_PRACTICE = "practice"
"""The names of databases in which shops may be simulated begin so."""
_DEMO, _DEMO_ACCOUNT = "demo", "demo"
_DEMO_SHOPS, _DEMO_TILLS = ("Silk Gate", "Altyn Bazar", "Golden Bridge"), ("T1", "T2")
_DEMO_HOURS, _DEMO_VISITORS, _DEMO_CUSTOMERS = timedelta(hours=10), 60, 20
"""How long the demo's shops have traded for, with how many visitors, and customers of each till."""

if TYPE_CHECKING:
    from pos.center.console.parts import ConsoleParts
    from pos.center.steps import CenterSteps


MakeDemoShop = Callable[[Path, str, Mapping[str, TillPass]], None]
"""Makes a demo shop in a folder, with its name and the passes of its tills."""


def center_commands(now: Clock, make_demo_shop: MakeDemoShop) -> CommandsOfCenter:
    """How the command line reaches a center; `now` is the time of day."""
    return CommandsOfCenter(
        prepare,
        partial(office_of, now),
        partial(serve, now),
        partial(accounts_of, now),
        partial(simulate, now),
        partial(demo, now, make_demo_shop),
    )


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
    """Serve until the process is stopped. Raises InfrastructureError without the libraries of the service."""
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
        with listen(service.host, service.port, certificate) as listening:
            server = server_of(CenterSteps(context), certificate, console)
            scheme = "http" if certificate is None else "https"
            ready(f"{scheme}://{service.host}:{listening.getsockname()[1]}")
            server.run(sockets=[listening])


def simulate(now: Clock, place: CenterPlace | None, simulation: CenterSimulation) -> CenterSimulated:
    """Let shops for practice trade at a database for practice, over HTTP. Raises NotForPractice."""
    serving_beside, steps_of = _service()
    clock = SteppedClock(now())
    with ExitStack() as made:
        here = place or made.enter_context(_new_place())
        if not (center_url(here.database).database or "").startswith(_PRACTICE):
            raise NotForPractice
        if place is None or not here.keys.exists():
            prepare(here, None)
        context, _ = made.enter_context(context_of(clock, here, None))
        address = made.enter_context(serving_beside(steps_of(context)))
        return SimulateCenter(context, MembersKeysOfFile(here.keys), HttpCenter, address, clock)(simulation)


def demo(now: Clock, make_demo_shop: MakeDemoShop, port: int, ready: Callable[[CenterDemo], None]) -> None:
    """Serve a center with three demo shops until the process is stopped; then nothing of it is left."""
    _service()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what is open is closed, as with Ctrl+C
    with _new_place() as place:
        prepare(place, None)
        folder, service = place.keys.parent, ServicePlace("127.0.0.1", port, None, None, None)
        members = [DemoMember(name, folder / name.lower().replace(" ", "-"), _DEMO_TILLS) for name in _DEMO_SHOPS]
        password = secrets.token_urlsafe(12)

        def begun(address: str) -> None:
            passes = _a_day_of_trade(now, place, address)
            for shop, member in enumerate(members):
                make_demo_shop(member.folder, member.name, {till: passes[shop, till] for till in member.tills})
            _let_sign_in(now, place, password)
            ready(CenterDemo(address, _DEMO_ACCOUNT, password, members))

        serve(now, place, service, begun)


def _a_day_of_trade(now: Clock, place: CenterPlace, address: str) -> Mapping[tuple[int, str], TillPass]:
    """The demo's shops take part, and have traded since this morning; the passes of their tills, by shop and name."""
    serving_beside, steps_of = _service()
    end, zone = now(), ZoneInfo(border_in_force().time_zone)
    morning = datetime.combine(end.astimezone(zone).date(), time(0), zone).astimezone(end.tzinfo)
    clock = SteppedClock(max(morning, end - _DEMO_HOURS), end)
    with context_of(clock, place, None) as (context, _), serving_beside(steps_of(context)) as here:
        keys = MembersKeysOfFile(place.keys)
        add_member, add_till, passes = AddMember(context), AddTill(context, keys), {}
        for shop, name in enumerate(_DEMO_SHOPS):
            add_member(name, _DEMO)
            for till in _DEMO_TILLS:
                passes[shop, till] = add_till(name, till, address, _DEMO)

        def connect(given: TillPass) -> HttpCenter:
            return HttpCenter(replace(given, address=here))

        trading = SimulateCenter(context, keys, connect, here, clock)
        plan = CenterSimulation(
            len(_DEMO_SHOPS), len(_DEMO_TILLS), visitors=_DEMO_VISITORS, sales=_DEMO_CUSTOMERS, seed=1
        )
        trading.trade(plan, _DEMO_SHOPS, passes, run=_DEMO, step=(10, 40, 90, 200))
        return passes


def _let_sign_in(now: Clock, place: CenterPlace, password: str) -> None:
    """An administrator with a password of their own: it is shown to the person who started the demo."""
    with context_of(now, place, None) as (context, store):
        accounts = ConsoleAccounts(ConsoleContext(center=context, books=store, passwords=ConsolePasswords()))
        accounts.add(_DEMO_ACCOUNT, ConsoleRole.ADMINISTRATOR, password, "en", _DEMO)
        with store.begin() as work:
            kept = work.accounts.of_name(_DEMO_ACCOUNT)
            assert kept is not None, "it was added"
            work.accounts.set_password(kept.account.id, ConsolePasswords().hashed(password), is_own=True)
            work.commit()


@contextmanager
def _new_place() -> Iterator[CenterPlace]:
    """A database and a key file of one's own, which are deleted afterwards."""
    with own_server() as database, TemporaryDirectory(prefix="border-pos-center-") as folder:
        yield CenterPlace(database, Path(folder) / "keys.json")


def _service() -> tuple[Callable[[CenterSteps], AbstractContextManager[str]], Callable[[CenterContext], CenterSteps]]:
    """The service on a thread, and its steps. Raises InfrastructureError without its libraries."""
    try:
        from pos.center.serve import serving_beside
        from pos.center.steps import CenterSteps
    except ModuleNotFoundError as missing:
        raise InfrastructureError("service_not_installed", "border-pos[center]", missing.name or "") from missing
    return serving_beside, CenterSteps


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
