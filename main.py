"""Border POS starts here: the parts meet in this file, and in the adapters of a till beside it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from pos import __version__
from pos.application.settings.options import Options, till_of, training_command
from pos.devices.folders import (
    CENTER_RULES,
    CREDENTIALS,
    KEYS,
    STORE,
    folder_of,
    keep_private,
    made,
    settled,
    shop_folder_of,
)
from pos.devices.program_location import RESOURCES as RESOURCES  # tests and tools ask the wiring for it
from pos.devices.program_location import start_command
from pos.devices.streams import speak_utf8
from pos.devices.this_computer import seat_at

if TYPE_CHECKING:
    from db.store.unit_of_work import SqlStore
    from pos.application.catalogue.catalogue_files import CatalogueFiles
    from pos.application.center.till_pass import TillPass
    from pos.application.center_console.steps import CommandsOfCenter
    from pos.application.maintenance.key_ports import KeyFile, Signatures
    from pos.application.maintenance.restore_ports import Restore
    from pos.application.ports.maintenance_ports import ExternalAnchor, IsSigned
    from pos.application.shop.opening import OpenedShop
    from pos.application.shop.shop import Shop
    from pos.application.text.translator import Translator
    from pos.domain.border import Border
    from pos.domain.quota.rule import Regime
    from pos.keys.credentials import CredentialFile, DemoCredentials
    from pos.keys.shop_secrets import ShopSecrets
    from pos.regimes.center_files import RegimesOfTill

_DEMO_PAST = 28
"""Days that the demo shop has traded for when it is opened first."""
_DEMO_OF_A_CENTER = 1_000
"""Goods of each shop in the demo of a center: there are three of them to make."""


def rules_of(options: Options) -> RegimesOfTill:
    """The regimes that ship with the program, those of the shop's folder over them, over these those of its center."""
    from pos.regimes.center_files import RegimesOfTill
    from pos.regimes.folders import load_regime_files

    now, folder = _clock(options.at)(), shop_folder_of(options)
    files = load_regime_files(RESOURCES / "regimes", folder / "regimes", now)
    return RegimesOfTill(files, folder / CENTER_RULES / till_of(options), now)


def border_named(options: Options, name: str) -> Border:
    """A border by its id: of the shop's folder, or one that ships with the program. Raises BadField, RegimeFault."""
    from pos.regimes.border_files import load_border

    return load_border(name, border_folders(options))


def border_folders(options: Options) -> tuple[Path, ...]:
    """Where borders and their demos stand: those of the shop's folder before those of the program."""
    return shop_folder_of(options) / "borders", RESOURCES / "borders"


def stand_at_the_usual_border() -> None:
    """Let the program work at the border of most shops, as it ships with the program, until more is known."""
    from pos.domain.border import USUAL_BORDER, use_border
    from pos.regimes.border_files import load_border

    use_border(load_border(USUAL_BORDER, (RESOURCES / "borders",)))


def stand_at_the_border(options: Options) -> None:
    """Let the program work at the border asked for until the store says where its shop stands. Raises as border_named.

    Without one the usual border stays in force.
    """
    from pos.domain.border import use_border

    if options.border is not None:
        use_border(border_named(options, options.border))


def regimes_of(options: Options) -> Mapping[str, Regime]:
    """The regimes that can be used."""
    return rules_of(options)()


def regimes_to_try(options: Options) -> Mapping[str, Regime]:
    """The regimes by which a scenario is judged: a faulty file of the shop is refused there."""
    from pos.regimes.folders import load_regimes_to_try

    return load_regimes_to_try(RESOURCES / "regimes", shop_folder_of(options) / "regimes", _clock(options.at)())


@cache
def _translations() -> Mapping[str, Translator]:
    from pos.languages.catalogue import load_translators

    return load_translators(RESOURCES / "translations")


def translator_of(options: Options) -> Translator:
    """The language asked for, or that of the person's machine, or English."""
    known = _translations()
    asked = options.language or os.environ.get("LC_ALL") or os.environ.get("LANG") or "en"
    return known.get(asked[:2].lower(), known["en"])


def shop_of(options: Options, open_shop: Callable[[], OpenedShop]) -> Shop:
    """The shop, which is opened when it is first needed."""
    from pos.application.shop.opening import Opening
    from pos.application.shop.shop import Shop

    folder = folder_of(options)
    return Shop(
        till=till_of(options),
        version=__version__,
        folder=folder,
        translators=_translations(),
        clock=_clock(options.at),
        sentence=_sentence,
        reason_text=_reason,
        opening=Opening(open_shop),
        read_dictionary=_read_dictionary,
        training=options.training,
        training_command=training_command(start_command(), replace(options, data=folder)),
    )


def build(options: Options, *, quick_pins: bool = False, demo_size: int = 10_000, demo_past: int = 0) -> Shop:
    """An open shop. Raises Trouble and Refused.

    `quick_pins` makes PIN hashing cheap and `demo_size` a demo small, for tests. A new demo has traded for `demo_past`
    days.
    """
    opened = opened_till(options, quick_pins=quick_pins, demo_size=demo_size, demo_past=demo_past)
    shop = shop_of(options, lambda: opened)
    shop.open()
    return shop


def opened_till(
    options: Options, *, quick_pins: bool = False, demo_size: int = 10_000, demo_past: int = 0
) -> OpenedShop:
    """Open the store of a till, made new if there is none, and wire its use cases. See `build`."""
    from db.seed.border_demo import demo_in_force, tour_in_force
    from db.seed.store_kind import check_kind, demo_goods, demo_pins, is_demo
    from pos.application.access.steady_clock import steady
    from pos.application.settings.context import Context
    from pos.application.settings.options import ClockNotYours
    from pos.application.settings.settings_in_force import SettingsInForce
    from pos.application.shop.opening import OpenedShop
    from pos.devices.folder_state import FolderSurroundings, PrintoutNumbers
    from pos.devices.running_time import running_time
    from pos.keys.credentials import CredentialFile
    from pos.keys.training_keys import is_training_of
    from till_adapters import TillAdapters

    if options.training and not is_training_of(shop_folder_of(options), folder_of(options)):
        begin_training(options, quick_pins=quick_pins, demo_size=demo_size, demo_past=demo_past)
    folder = made(folder_of(options))
    now, till = _clock(options.at), till_of(options)
    store, secrets = _opened(folder, options, at_till=True, quick_pins=quick_pins)
    try:
        check_kind(store, training=options.training)
        if options.demo and not options.training and not is_demo(store):
            from db.seed.demo_shop import make_demo
            from db.seed.past_trade import past_of

            past = past_of(lambda: regimes_of(options), demo_past)
            make_demo(store, secrets, now(), till, demo_size, past, demo_in_force(border_folders(options)))
        demo = is_demo(store)
        if options.at is not None and not (demo or options.training):
            raise ClockNotYours
        if not (demo or options.training):  # there the clock is set at will
            now = steady(now, store, till, running_time)
    except BaseException:
        store.close()
        raise

    file = CredentialFile(folder / CREDENTIALS, till)
    credentials = _credentials(store, file, is_demo=demo, options=options)
    at_providers = None if demo or options.training else file
    if credentials is not None:
        secrets.members, secrets.clock = credentials.readable, now
    rules, settings = rules_of(options), SettingsInForce(store)
    open_shop = partial(_opened_shop, options, quick_pins)
    given = PrintoutNumbers(FolderSurroundings(folder))
    context = Context(
        store=store,
        now=now,
        settings=settings,
        till=till,
        regimes=rules,
        secrets=secrets,
        translators=_translations(),
        given=given,
    )
    adapters = TillAdapters(
        options, folder, context, store, secrets, rules, open_shop, _clock(None), credentials, at_providers
    )

    def close() -> None:
        if "membership" in vars(adapters) and adapters.membership is not None:
            adapters.membership.close()
        store.close()

    return OpenedShop(
        context=context,
        adapters=adapters,
        zone=lambda: settings.zone,
        close=close,
        demo_pins=demo_pins() if demo else {},
        demo_goods=demo_goods() if demo else (),
        demo_tour=tour_in_force(border_folders(options)) if demo else None,
    )


def _credentials(
    store: SqlStore, file: CredentialFile, *, is_demo: bool, options: Options
) -> CredentialFile | DemoCredentials | None:
    """The pass of a till. A training has none, and a demo only in the demo of a whole center."""
    from db.seed.store_kind import demo_passes
    from pos.keys.credentials import DemoCredentials

    if options.training:
        return None
    if not is_demo:
        return file
    own = demo_passes(store)
    return DemoCredentials(file, own) if own else None


def make_demo_member(options: Options, folder: Path, name: str, passes: Mapping[str, TillPass]) -> None:
    """Make a demo shop whose tills take part in the center of the same demo, by these passes and no others."""
    from db.seed.store_kind import let_demo_take_part
    from pos.keys.credentials import CredentialFile

    here = Options(data=folder, demo=True, border=options.border)
    build(here, demo_size=_DEMO_OF_A_CENTER).close()
    with closing(_opened(folder, here, quick_pins=False)[0]) as store:
        let_demo_take_part(store, name, [given.digest for given in passes.values()])
    for till, given in passes.items():
        CredentialFile(folder / CREDENTIALS, till).keep(given)


def _opened(folder: Path, options: Options, *, quick_pins: bool, at_till: bool = False) -> tuple[SqlStore, ShopSecrets]:
    """The store of a folder with the secrets that belong to it, at the till to record there.

    The program stands at its border from then on. Raises Trouble, Refused, BadInput.
    """
    from db.engine.engine import database_url
    from db.store.store import open_store
    from pos.application.settings.settle_border import settle_border
    from pos.keys.keyfile import KeyFileError, read_or_make
    from pos.keys.known_keys import know_keys
    from pos.keys.shop_secrets import ShopSecrets

    key_file = folder / KEYS
    had_keys, keys = key_file.exists(), read_or_make(key_file)
    secrets = ShopSecrets(keys, memory_kib=8, rounds=1) if quick_pins else ShopSecrets(keys)
    database, till = None if options.training else options.database, till_of(options)
    seat = seat_at(till, folder) if at_till and database is not None else None
    store = open_store(database_url(database, folder), secrets.chain, seat=seat)
    try:
        know_keys(store, secrets, KEYS, _clock(options.at), till)
        settle_border(store, partial(border_named, options), options.border)
    except BaseException as error:
        store.close()
        if isinstance(error, KeyFileError) and not had_keys:
            key_file.unlink()  # keys made for a store that knows others would only hide that its own are lost
        raise
    return store, secrets


def _opened_shop(options: Options, quick_pins: bool) -> tuple[SqlStore, ShopSecrets]:
    """The shop to which a training belongs, by the computer's clock. Raises Trouble."""
    return _opened(made(shop_folder_of(options)), replace(options, training=False, at=None), quick_pins=quick_pins)


def begin_training(
    options: Options, *, quick_pins: bool = False, demo_size: int = 10_000, demo_past: int = 0
) -> Mapping[str, object]:
    """Make the training store again from the shop's own, in place of the one there was. Raises Trouble and Refused."""
    from db.seed.border_demo import demo_in_force
    from db.seed.demo_shop import make_demo
    from db.seed.past_trade import past_of
    from db.seed.store_kind import check_kind, is_demo
    from db.seed.training_shop import in_place_of, make_training
    from pos.domain.border import border_in_force
    from pos.keys.keyfile import read_or_make, write_keys

    options, now = settled(replace(options, training=True)), _clock(options.at)
    of_border = partial(demo_in_force, border_folders(options))
    shop, secrets = _opened_shop(options, quick_pins)

    def fill(beside: Path) -> int:
        write_keys(read_or_make(shop_folder_of(options) / KEYS).for_training(), beside / KEYS)
        here = replace(options, border=border_in_force().id)
        with closing(_opened(beside, here, quick_pins=quick_pins)[0]) as training:
            return make_training(shop, training, now(), till_of(options), of_border)

    with closing(shop):
        check_kind(shop, training=False)
        if options.demo and not is_demo(shop):
            past = past_of(lambda: regimes_of(options), demo_past)
            make_demo(shop, secrets, now(), options.till, demo_size, past, of_border())
        goods = in_place_of(folder_of(options), fill)
    return {"folder": str(folder_of(options)), "goods": goods}


def _clock(at: datetime | None) -> Callable[[], datetime]:
    """The time of day, or in a demo shop a clock that was set by hand and runs on from there."""
    ahead = timedelta(0) if at is None else at.astimezone(UTC) - datetime.now(UTC)
    return lambda: datetime.now(UTC) + ahead


def restore_of(options: Options) -> Restore:
    """What puts a backup in the place of the shop's store, a file. Raises BadField for a server, Trouble."""
    from db.store.restore import restoring
    from pos.application.maintenance.erase_visitors import erase_again
    from pos.devices.folder_state import FolderSurroundings
    from pos.keys.shop_secrets import secrets_in
    from pos.printing.erased_receipt_files import EraseDrawnReceipts

    folder, now = made(folder_of(options)), _clock(options.at)
    secrets, known = secrets_in(folder / KEYS)
    forget = partial(
        erase_again, now, partial(regimes_of, options), options.till, secrets, partial(EraseDrawnReceipts, folder)
    )
    printed = FolderSurroundings(folder).newest_printout
    return restoring(options.database, folder, secrets.chain, known, now, forget, printed)


def stored_keys(options: Options) -> KeyFile:
    """The keys of the shop's folder. Raises Trouble, BadField."""
    from db.store.store import keys_of
    from pos.keys.stored_key_file import StoredKeyFile

    folder = made(folder_of(options))
    return StoredKeyFile(folder / KEYS, lambda: keys_of(options.database, folder))


def log_of(options: Options) -> Path:
    """The log of unforeseen errors."""
    return folder_of(options) / "border-pos.log"


def open_window(options: Options) -> int:
    """Open the till's window and stay until it is closed. A shop that cannot open says so in a window of its own."""
    from pos.ui.shell.plain_imports import keep_imports_plain

    keep_imports_plain()  # before anything that is long
    from pos.ui.shell.open_window import open_window

    def make_folder() -> Path:
        stand_at_the_border(options)  # what is wrong with its file is said as of a shop that cannot open
        return made(folder_of(options))

    def open_shop(here: Options) -> OpenedShop:
        from pos.application.shop.opening import claim_till

        if here.training:
            begin_a_new_day(here)
        opened = opened_till(here, demo_past=_DEMO_PAST)
        if here.database is not None and not here.training:
            claim_till(opened)
        return opened

    def shop_at(border: str) -> Shop:
        here = replace(options, border=border or options.border)
        return shop_of(here, partial(open_shop, here))

    return open_window(
        shop_at,
        make_folder,
        lambda: translator_of(options),
        RESOURCES,
        log_of(options),
        options.language,
    )


def _sentence(error: Exception, tr: Translator, zone: tzinfo | None = None) -> str:
    from pos.languages.refusals import sentence_for  # which knows every refusal there is: not before the window

    return sentence_for(error, tr, zone)


def _reason(name: str, tr: Translator) -> str:
    from pos.languages.refusals import reason_text

    return reason_text(name, tr)


def _read_dictionary() -> None:
    from db.catalogue.search import read_dictionary

    read_dictionary()


def _catalogue_files() -> CatalogueFiles:
    from pos.exports import catalogue_files

    return catalogue_files


def _signatures() -> Signatures:
    from pos.keys import public_key

    return public_key


def _audit(options: Options, is_signed: IsSigned, outside: Sequence[ExternalAnchor]) -> Sequence[str]:
    from db.store.store import audit

    return audit(options.database, shop_folder_of(options), is_signed, outside)


def center_of(options: Options) -> CommandsOfCenter:
    """How the command line reaches a center of several shops."""
    from center_adapters import center_commands

    stand_at_the_border(options)
    return center_commands(_clock(options.at), partial(make_demo_member, options))


def _settle_move(options: Options, to: str) -> None:
    from db.store.migrate_store import settle_move

    settle_move(options.database, folder_of(options), to)


def cut(options: Options) -> bool:
    """End one connection of the shop's server."""
    from db.engine.cut_connection import cut_one
    from db.engine.engine import database_url

    return cut_one(database_url(options.database, folder_of(options)))


def begin_a_new_day(options: Options) -> None:
    """Begin a training day when the window opens on another day: with today's goods, rates and people."""
    from db.seed.training_shop import is_of_another_day

    folder = folder_of(options)
    if not (folder / STORE).exists():
        return
    with closing(_opened(folder, options, quick_pins=False)[0]) as store:
        is_stale = is_of_another_day(store, _clock(options.at)())
    if is_stale:
        begin_training(options, demo_past=_DEMO_PAST)


def console(arguments: list[str] | None = None) -> int:
    """The program as a command: the window without a command, one step with one."""
    speak_utf8()
    try:
        return _console(sys.argv[1:] if arguments is None else arguments)
    except KeyboardInterrupt:  # while the program is still being read: nothing was begun
        return 130


def _console(arguments: list[str]) -> int:
    from pos.cli.console_user import login, pin_of
    from pos.cli.runtime import Wiring
    from pos.cli.start import run

    keep_private()
    stand_at_the_usual_border()
    wiring = Wiring(
        build=build, regimes=regimes_to_try, translator=translator_of, refusal_text=_sentence,
        open_window=open_window, login=login, pin=pin_of, catalogues=_catalogue_files, log=log_of,
        begin_training=begin_training, program=start_command(), cut=cut, restore=restore_of, keys=stored_keys,
        signatures=_signatures, audit=_audit, center=center_of, settle_move=_settle_move,
    )  # fmt: skip
    return run(arguments, wiring, dict(os.environ))


if __name__ == "__main__":
    sys.exit(console())
