"""Border POS starts here: the only place where the parts meet."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from pos import __version__
from pos.application.settings.options import Options, till_of, training_command
from pos.devices.folders import KEYS, STORE, folder_of, keep_private, made, settled, shop_folder_of
from pos.devices.program import RESOURCES as RESOURCES  # tests and tools ask the wiring for it
from pos.devices.program import start_command
from pos.devices.streams import speak_utf8
from pos.devices.this_computer import seat_at

if TYPE_CHECKING:
    from db.store.unit_of_work import SqlStore
    from pos.application.catalogue.catalogue_files import CatalogueFiles
    from pos.application.maintenance.key_ports import KeyFile, Signatures
    from pos.application.maintenance.restore_ports import Restore
    from pos.application.quota.show_regimes import RegimeFiles
    from pos.application.shop.office import Office
    from pos.application.shop.shop import Shop
    from pos.application.text.words import Words
    from pos.domain.quota.rule import Regime
    from pos.keys.shop_secrets import ShopSecrets

_DEMO_PAST = 28
"""Days that the demo shop has traded for when somebody opens it first."""


def regime_files_of(options: Options) -> RegimeFiles:
    """The regimes that ship with the program, with those of the shop's folder over them, and the files' faults."""
    from pos.regimes.folders import load_regime_files

    return load_regime_files(RESOURCES / "regimes", shop_folder_of(options) / "regimes")


def regimes_of(options: Options) -> Mapping[str, Regime]:
    """The regimes that can be used."""
    return regime_files_of(options).regimes


@cache
def _translations() -> Mapping[str, Words]:
    from pos.languages.catalogue import load_words

    return load_words(RESOURCES / "translations")


def words_of(options: Options) -> Words:
    """The language asked for, or that of the person's machine, or English."""
    known = _translations()
    asked = options.language or os.environ.get("LC_ALL") or os.environ.get("LANG") or "en"
    return known.get(asked[:2].lower(), known["en"])


def build(options: Options, *, quick_pins: bool = False, demo_size: int = 10_000, demo_past: int = 0) -> Shop:
    """Wire a shop. Raises Trouble and Refused.

    `quick_pins` makes PIN hashing cheap and `demo_size` a demo small, for tests. A new demo has traded for `demo_past`
    days.
    """
    from db.catalogue.search import read_dictionary
    from db.seed.store_kind import check_kind, demo_pins, is_demo, quick_keys
    from pos.application.access.steady_clock import steady
    from pos.application.receipts.issue_receipt import IssueReceipt
    from pos.application.settings.found_shop import FoundShop
    from pos.application.settings.options import ClockNotYours
    from pos.application.settings.settings import Settings
    from pos.application.settings.use_devices import UseDevices
    from pos.application.shifts.issue_shift import IssueShift
    from pos.application.shop.cashier_use_cases import CashierUseCases
    from pos.application.shop.clerk_use_cases import ClerkUseCases
    from pos.application.shop.lazy import late
    from pos.application.shop.manager_use_cases import ManagerUseCases
    from pos.application.shop.office_use_cases import OfficeUseCases
    from pos.application.shop.shop import Shop, lazy_use_cases
    from pos.application.staff.sign_in import SignIn
    from pos.application.staff.sign_in_at_the_shop import AtTheShop
    from pos.application.visitors.visits import VisitorUseCases
    from pos.devices.at_the_till import DevicesAtTill
    from pos.devices.gs1 import read_scan
    from pos.devices.running_time import running_time
    from pos.devices.surroundings import FolderSurroundings
    from pos.exports.table_writers import table_files
    from pos.keys.training_keys import is_training_of
    from pos.printing.drawing.raster import head_dots, page_dots
    from pos.printing.drawing.trial_page import TrialPage
    from pos.printing.drawings import Drawings
    from pos.printing.forgotten_papers import ForgetDrawn
    from pos.printing.late_printer import late_printers

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

            make_demo(store, secrets, now(), till, demo_size, past_of(lambda: regimes_of(options), demo_past))
        demo = is_demo(store)
        if options.at is not None and not (demo or options.training):
            raise ClockNotYours
        if not (demo or options.training):  # there the clock is set at will
            now = steady(now, store, till, running_time)
    except BaseException:
        store.close()
        raise

    zone = Settings().zone

    def settings() -> Settings:
        nonlocal zone
        with store.reading() as work:
            read = Settings.read(work.settings.all())
        zone = read.zone
        return read

    def sentence(error: Exception, words_of_reader: Words) -> str:
        return _sentence(error, words_of_reader, zone)  # as last read: a store that is away is worded, too

    regime_files, words = regime_files_of(options), _translations()

    def regimes() -> Mapping[str, Regime]:
        return regime_files.regimes

    fonts, around, at_hand = RESOURCES / "fonts", FolderSurroundings(folder), DevicesAtTill(page_dots, head_dots)
    receipts = at_hand.spool(lambda: settings().printer_of(till))
    trial_page = TrialPage(folder, fonts, settings, words, till, now)
    devices = UseDevices(store, now, settings, till, at_hand, trial_page)

    draw = Drawings(fonts, settings, words, options.training)
    printer, goods_printer, labels = late_printers(
        folder, fonts, settings, words, regimes, secrets, receipts,
        at_hand.spool(lambda: settings().label_printer), devices.millimetres, training=options.training,
    )  # fmt: skip
    tables = table_files(draw.tables, training=options.training)

    def books() -> ManagerUseCases:
        from pos.application.reports.report_files import ReportFiles
        from pos.exports import customs_files, journal_csv
        from pos.exports.report_files import report_makers

        reports = ReportFiles.over(store, now, settings, till, report_makers(tables, draw.day))
        return ManagerUseCases.kept(
            store, now, settings, regimes, secrets, till, words, printer, reports, tables,
            customs_files.WRITERS, journal_csv.write_journal,
        )  # fmt: skip

    def clerk() -> ClerkUseCases:
        from pos.application.purchasing.print_order import PrintOrder
        from pos.application.stock.issue_stock import StockDrawings
        from pos.exports import lots_csv, order_csv

        papers = StockDrawings(folder / "stock", draw.count, draw.lots, lots_csv.lots_csv, printer.print_file)
        print_order = PrintOrder(draw.order, order_csv.order_csv, folder / "orders", draw.keep, printer.print_file)
        return ClerkUseCases.over(store, now, settings, till, read_scan, labels, papers, print_order)

    def office() -> Office:
        from pos.application.shop.office import Office
        from pos.exports.copied_file import copy_whole

        forget = ForgetDrawn(folder, settings)
        return Office.over(store, now, settings, regimes, till, forget, devices, folder, copy_whole, around)

    common = store, now, settings, regimes, secrets, till
    at_the_shop = AtTheShop(partial(_opened_shop, options, quick_pins), _clock(None), options.till)
    sign_in = SignIn(store, now, secrets, till, settings, at_the_shop if options.training else None)
    catalogue_files = _catalogue_files()
    gate = late(lambda: import_module("pos.exports.gate_csv"))
    at_desk = lambda: regime_files, late(lambda: gate.reading), late(lambda: catalogue_files.reading), read_scan
    return Shop(
        **lazy_use_cases(ManagerUseCases, books),
        **lazy_use_cases(ClerkUseCases, clerk),
        **lazy_use_cases(
            CashierUseCases, partial(CashierUseCases.at_till, *common, read_scan, sign_in), sign_in=sign_in
        ),
        **lazy_use_cases(OfficeUseCases, partial(OfficeUseCases.at_desk, *common, *at_desk, goods_printer)),
        till=till,
        version=__version__,
        folder=folder,
        now=now,
        settings=settings,
        regimes=regimes,
        words=words,
        refusal_text=sentence,
        reason_text=late(lambda: import_module("pos.languages.refusals").reason_text),
        found_shop=FoundShop(store, now, secrets, till),
        issue_shift=IssueShift(store, now, settings, printer, till),
        read_scan=read_scan,
        issue_receipt=IssueReceipt(store, now, printer, settings, devices.open_drawer),
        office=late(office),
        catalogue_files=catalogue_files,
        table_files=tables,
        read_dictionary=read_dictionary,
        visits=late(lambda: VisitorUseCases.over(store, now, settings, regimes, secrets, till, gate.reading)),
        close=store.close,
        demo_pins=demo_pins() if demo else {},
        quick_keys=quick_keys() if demo else (),
        training=options.training,
        training_command=training_command(start_command(), replace(options, data=folder)),
    )


def _opened(folder: Path, options: Options, *, quick_pins: bool, at_till: bool = False) -> tuple[SqlStore, ShopSecrets]:
    """The store of a folder with the secrets that belong to it, at the till to record there. Raises Trouble."""
    from db.engine.engine import database_url
    from db.store.store import open_store
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
    """Make the training store anew from the shop's own, in place of the one there was. Raises Trouble and Refused."""
    from db.seed.demo_shop import make_demo
    from db.seed.past_trade import past_of
    from db.seed.store_kind import check_kind
    from db.seed.training_shop import in_place_of, make_training
    from pos.keys.keyfile import read_or_make, write_keys

    options, now = settled(replace(options, training=True)), _clock(options.at)
    shop, secrets = _opened_shop(options, quick_pins)

    def fill(beside: Path) -> int:
        write_keys(read_or_make(shop_folder_of(options) / KEYS).for_training(), beside / KEYS)
        with closing(_opened(beside, options, quick_pins=quick_pins)[0]) as training:
            return make_training(shop, training, now(), till_of(options))

    with closing(shop):
        check_kind(shop, training=False)
        if options.demo:
            make_demo(shop, secrets, now(), options.till, demo_size, past_of(lambda: regimes_of(options), demo_past))
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
    from pos.devices.surroundings import FolderSurroundings
    from pos.keys.shop_secrets import secrets_in
    from pos.printing.forgotten_papers import ForgetDrawn

    folder, now = made(folder_of(options)), _clock(options.at)
    secrets, known = secrets_in(folder / KEYS)
    forget = partial(erase_again, now, partial(regimes_of, options), options.till, partial(ForgetDrawn, folder))
    printed = FolderSurroundings(folder).newest_paper
    return restoring(options.database, folder, secrets.chain, known, now, forget, printed)


def key_desk(options: Options) -> KeyFile:
    """The keys of the shop's folder. Raises Trouble, BadField."""
    from db.store.store import keys_of
    from pos.keys.key_desk import FileKeyDesk

    folder = made(folder_of(options))
    return FileKeyDesk(folder / KEYS, lambda: keys_of(options.database, folder))


def log_of(options: Options) -> Path:
    """Where what nobody foresaw is written down."""
    return folder_of(options) / "border-pos.log"


def open_window(options: Options) -> int:
    """Open the till's window and stay until it is closed. A shop that cannot open says so in a window of its own."""
    from pos.application.shop.claim_till import seated
    from pos.ui.shell.plain_imports import keep_imports_plain

    keep_imports_plain()  # before anything that is long
    from pos.ui.shell.open_window import open_window

    def open_shop() -> Shop:
        if options.training:
            begin_a_new_day(options)
        at_server = options.database is not None and not options.training
        return seated(build(options, demo_past=_DEMO_PAST), is_server=at_server)

    return open_window(
        open_shop, _sentence, lambda: words_of(options), RESOURCES, log_of(options),
        language=options.language, folder=folder_of(options), till=till_of(options), now=_clock(options.at),
        words=_translations(), training=options.training,
        training_command=training_command(start_command(), replace(options, data=folder_of(options))),
    )  # fmt: skip


def _sentence(error: Exception, words: Words, *zone: tzinfo) -> str:
    from pos.languages.refusals import sentence_for  # which knows every refusal there is: not before the window

    return sentence_for(error, words, *zone)


def _catalogue_files() -> CatalogueFiles:
    from pos.application.shop.lazy import late

    return cast("CatalogueFiles", late(lambda: import_module("pos.exports.catalogue_files")))


def cut(options: Options) -> bool:
    """End one connection of the shop's server."""
    from db.engine.cut_connection import cut_one
    from db.engine.engine import database_url

    return cut_one(database_url(options.database, folder_of(options)))


def begin_a_new_day(options: Options) -> None:
    """Who opens the window on another day than that of the training begins one: with today's goods, rates, people."""
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
    from pos.application.shop.lazy import late
    from pos.cli.console_user import login, pin_of
    from pos.cli.runtime import Wiring
    from pos.cli.start import run

    keep_private()
    # What one command needs and others do not is imported when that one asks for it.
    store, moves = late(lambda: import_module("db.store.store")), late(lambda: import_module("db.store.migrate_store"))
    signatures = cast("Signatures", late(lambda: import_module("pos.keys.public_key")))
    wiring = Wiring(
        build=build,
        regimes=regimes_of,
        words=words_of,
        refusal_text=_sentence,
        open_window=open_window,
        login=login,
        pin=pin_of,
        catalogues=_catalogue_files(),
        log=log_of,
        begin_training=begin_training,
        program=start_command(),
        cut=cut,
        restore=restore_of,
        keys=key_desk,
        signatures=signatures,
        audit=lambda options, *asked: store.audit(options.database, shop_folder_of(options), *asked),
        settle_move=lambda options, to: moves.settle_move(options.database, folder_of(options), to),
    )
    return run(arguments, wiring, dict(os.environ))


if __name__ == "__main__":
    sys.exit(console())
