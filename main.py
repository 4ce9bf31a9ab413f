"""Border POS starts here: the only place where the parts meet."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pos import __version__
from pos.devices.folders import KEYS, STORE, folder_of, made, settled, shop_folder_of
from pos.devices.program import RESOURCES as RESOURCES  # tests and tools ask the wiring for it
from pos.devices.program import start_command

if TYPE_CHECKING:
    from db.seed.past_trade import Past
    from db.unit_of_work import SqlStore
    from pos.application.key_ports import KeyDesk
    from pos.application.label_ports import LabelPrinter
    from pos.application.options import Options
    from pos.application.printer_ports import ReceiptPrinter
    from pos.application.restore_ports import Restore
    from pos.application.shop import Shop
    from pos.application.show_regimes import RegimeFiles
    from pos.application.words import Words
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


def words_of(options: Options) -> Words:
    """The language asked for, or that of the person's machine, or English."""
    from pos.languages.catalogue import load_words

    known = load_words(RESOURCES / "translations")
    asked = options.language or os.environ.get("LC_ALL") or os.environ.get("LANG") or "en"
    return known.get(asked[:2].lower(), known["en"])


def build(options: Options, *, quick_pins: bool = False, demo_size: int = 10_000, demo_past: int = 0) -> Shop:
    """Wire a shop. Raises Trouble and Refused.

    `quick_pins` makes PIN hashing cheap and `demo_size` a demo small, for tests. A new demo has traded for `demo_past`
    days.
    """
    from db.search import read_dictionary
    from db.seed.demo_shop import demo_pins, is_demo, make_demo
    from db.seed.goods import QUICK_KEYS
    from db.seed.training_shop import check_kind
    from pos.application.book_steps import BookSteps
    from pos.application.browse_catalogue import BrowseCatalogue
    from pos.application.clerk_steps import ClerkSteps
    from pos.application.counter_steps import CounterSteps
    from pos.application.deliveries import Deliveries
    from pos.application.found_shop import FoundShop
    from pos.application.import_rates import ImportRates
    from pos.application.issue_receipt import IssueReceipt
    from pos.application.issue_shift import IssueShift
    from pos.application.issue_stock import StockDrawings
    from pos.application.list_gaps import ListGaps
    from pos.application.manage_staff import ManageStaff
    from pos.application.office import Office
    from pos.application.options import ClockNotYours, training_command, training_till
    from pos.application.print_order import PrintOrder
    from pos.application.promotions import Promotions
    from pos.application.report_files import ReportFiles
    from pos.application.set_rates import SetRate, ShowRates
    from pos.application.settings import Settings
    from pos.application.shop import Shop, steps_of
    from pos.application.show_rate_board import ShowRateBoard
    from pos.application.show_regimes import ShowRegimes
    from pos.application.steady_clock import steady
    from pos.application.use_devices import UseDevices
    from pos.application.visits import Visits
    from pos.devices.at_the_till import DevicesAtTill
    from pos.devices.gs1 import read_scan
    from pos.devices.surroundings import FolderSurroundings
    from pos.exports import catalogue_files, customs_files, gate_csv, journal_csv, lots_csv, order_csv
    from pos.exports.copied_file import copy_whole
    from pos.exports.report_files import report_makers
    from pos.exports.table_writers import table_files
    from pos.languages.catalogue import load_words
    from pos.languages.refusals import reason_text, sentence_for
    from pos.printing.drawings import Drawings
    from pos.printing.forgotten_papers import ForgetDrawn
    from pos.printing.late_printer import LateGoodsReceiptPrinter, LateLabelPrinter, LatePrinter
    from pos.printing.raster import head_dots, page_dots
    from pos.printing.trial_page import TrialPage

    if options.training and not (folder_of(options) / STORE).exists():
        begin_training(options, quick_pins=quick_pins, demo_size=demo_size, demo_past=demo_past)
    folder = made(folder_of(options))
    store, secrets = _opened(folder, None if options.training else options.database, quick_pins=quick_pins)
    now = _clock(options.at)
    till = training_till(options.till) if options.training else options.till
    try:
        check_kind(store, training=options.training)
        if options.demo and not options.training:
            make_demo(store, secrets, now(), till, demo_size, _past(options, demo_past))
        demo = is_demo(store)
        if options.at is not None and not (demo or options.training):
            raise ClockNotYours
        if not (demo or options.training):  # there the clock is set at will
            now = steady(now, store, till)
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
        return sentence_for(error, words_of_reader, zone)  # as last read: a store that is away is worded, too

    regime_files = regime_files_of(options)
    words = load_words(RESOURCES / "translations")

    def regimes() -> Mapping[str, Regime]:
        return regime_files.regimes

    fonts, around, at_hand = RESOURCES / "fonts", FolderSurroundings(folder), DevicesAtTill(page_dots, head_dots)
    receipts = at_hand.spool(lambda: settings().printer_of(till))
    trial_page = TrialPage(folder, fonts, settings, words, till, now)
    devices = UseDevices(store, now, settings, till, at_hand, trial_page)

    def make_printer() -> ReceiptPrinter:
        from pos.printing.printer import ReceiptPdfPrinter as Pdf

        return Pdf(folder, fonts, settings, words, regimes, secrets, receipts, options.training, devices.millimetres)

    def make_label_printer() -> LabelPrinter:
        from pos.printing.labels import LabelPdfPrinter

        return LabelPdfPrinter(folder, fonts, settings, words, at_hand.spool(lambda: settings().label_printer))

    draw = Drawings(fonts, settings, words, options.training)
    printer = LatePrinter(make_printer)
    goods_printer = LateGoodsReceiptPrinter(folder, fonts, settings, words, receipts)
    list_gaps = ListGaps(store, now, settings, regimes)
    tables = table_files(draw.tables, training=options.training)
    reports = ReportFiles.over(store, now, settings, till, report_makers(tables, draw.day))
    set_rate = SetRate(store, now, settings, till)
    print_order = PrintOrder(draw.order, order_csv.order_csv, folder / "orders", draw.keep, printer.print_file)
    forget = ForgetDrawn(folder, settings)
    papers = StockDrawings(folder / "stock", draw.count, draw.lots, lots_csv.lots_csv, printer.print_file)
    labels = LateLabelPrinter(make_label_printer)
    counter = CounterSteps.at_till(store, now, settings, regimes, secrets, till, read_scan)
    clerk = ClerkSteps.over(store, now, settings, till, read_scan, labels, papers, print_order)
    books = BookSteps.kept(
        store, now, settings, regimes, secrets, till, words, printer, reports, tables,
        customs_files.WRITERS, journal_csv.write_journal,
    )  # fmt: skip
    return Shop(
        **steps_of(books, counter, clerk),
        till=till,
        version=__version__,
        folder=folder,
        now=now,
        settings=settings,
        regimes=regimes,
        words=words,
        refusal_text=sentence,
        reason_text=reason_text,
        staff=ManageStaff(store, now, secrets, settings, till),
        found_shop=FoundShop(store, now, secrets, till),
        issue_shift=IssueShift(store, now, settings, printer, till),
        read_scan=read_scan,
        browse=BrowseCatalogue(store, now, list_gaps),
        list_gaps=list_gaps,
        issue_receipt=IssueReceipt(store, now, printer, settings, devices.open_drawer),
        show_rates=ShowRates(store, now, settings),
        show_rate_board=ShowRateBoard(store, now, settings),
        show_regimes=ShowRegimes(lambda: regime_files, now, settings),
        set_rate=set_rate,
        office=Office.over(store, now, settings, regimes, till, forget, devices, folder, copy_whole, around),
        import_rates=ImportRates(set_rate, gate_csv.reading),
        promotions=Promotions(store, now, settings, till),
        deliveries=Deliveries.over(store, now, settings, till, catalogue_files.reading, read_scan, goods_printer),
        catalogue_files=catalogue_files,
        table_files=tables,
        read_dictionary=read_dictionary,
        visits=Visits.over(store, now, settings, regimes, secrets, till, gate_csv.reading),
        close=store.close,
        demo_pins=demo_pins() if demo else {},
        quick_keys=QUICK_KEYS if demo else (),
        training=options.training,
        training_command=() if options.training else training_command(start_command(), replace(options, data=folder)),
    )


def _opened(folder: Path, database: str | None, *, quick_pins: bool) -> tuple[SqlStore, ShopSecrets]:
    """The store of a folder with the secrets that belong to it. Raises Trouble."""
    from db.engine import database_url
    from db.store import open_store
    from pos.keys.keyfile import KeyTrouble, read_or_make
    from pos.keys.known_keys import know_keys
    from pos.keys.shop_secrets import ShopSecrets

    key_file = folder / KEYS
    had_keys = key_file.exists()
    keys = read_or_make(key_file)
    secrets = ShopSecrets(keys, memory_kib=8, rounds=1) if quick_pins else ShopSecrets(keys)
    store = open_store(database_url(database, folder), secrets.chain)
    try:
        know_keys(store, secrets, KEYS)
    except BaseException as error:
        store.close()
        if isinstance(error, KeyTrouble) and not had_keys:
            key_file.unlink()  # keys made for a store that knows others would only hide that its own are lost
        raise
    return store, secrets


def begin_training(
    options: Options, *, quick_pins: bool = False, demo_size: int = 10_000, demo_past: int = 0
) -> Mapping[str, object]:
    """Make the training store anew from the shop's own, in place of the one there was. Raises Trouble and Refused."""
    from db.seed.demo_shop import make_demo
    from db.seed.training_shop import check_kind, in_place_of, make_training
    from pos.application.options import training_till
    from pos.keys.keyfile import read_or_make, write_keys

    options, now = settled(replace(options, training=True)), _clock(options.at)
    home, folder = made(shop_folder_of(options)), folder_of(options)
    shop, secrets = _opened(home, options.database, quick_pins=quick_pins)

    def fill(beside: Path) -> int:
        write_keys(read_or_make(home / KEYS).for_training(), beside / KEYS)
        training, _ = _opened(beside, None, quick_pins=quick_pins)
        try:
            return make_training(shop, training, now(), training_till(options.till))
        finally:
            training.close()

    try:
        check_kind(shop, training=False)
        if options.demo:
            make_demo(shop, secrets, now(), options.till, demo_size, _past(options, demo_past))
        goods = in_place_of(folder, fill)
    finally:
        shop.close()
    return {"folder": str(folder), "goods": goods}


def _past(options: Options, days: int) -> Past | None:
    """What a new demo shop has behind it."""
    from db.seed.past_trade import BASKETS_A_DAY, Past

    return Past(lambda: regimes_of(options), days, days * BASKETS_A_DAY) if days else None


def _clock(at: datetime | None) -> Callable[[], datetime]:
    """The time of day, or in a demo shop a clock that was set by hand and runs on from there."""
    if at is None:
        return lambda: datetime.now(UTC)
    ahead = at.astimezone(UTC) - datetime.now(UTC)
    return lambda: datetime.now(UTC) + ahead


def restore_of(options: Options) -> Restore:
    """What puts a backup in the place of the shop's store, a file. Raises BadField for a server, Trouble."""
    from db.restore import restoring
    from pos.keys.shop_secrets import secrets_in

    folder = made(folder_of(options))
    secrets, known = secrets_in(folder / KEYS)
    return restoring(options.database, folder, secrets.chain, known, _clock(options.at))


def key_desk(options: Options) -> KeyDesk:
    """The keys of the shop's folder. Raises Trouble, BadField."""
    from db.store import keys_of
    from pos.keys.key_desk import FileKeyDesk

    folder = made(folder_of(options))
    return FileKeyDesk(folder / KEYS, lambda: keys_of(options.database, folder))


def log_of(options: Options) -> Path:
    """Where what nobody foresaw is written down."""
    return folder_of(options) / "border-pos.log"


def open_window(options: Options) -> int:
    """Open the till's window and stay until it is closed. A shop that cannot open says so in a window of its own."""
    from pos.domain.errors import RuleBroken, Trouble
    from pos.languages.refusals import sentence_for
    from pos.ui.cannot_open import check_screen, say

    check_screen()
    try:
        if options.training:
            begin_a_new_day(options)
        shop = build(options, demo_past=_DEMO_PAST)
    except (RuleBroken, Trouble) as error:
        words = words_of(options)
        say(sentence_for(error, words), words, RESOURCES)
        raise
    try:
        from pos.ui.application import run

        return run(shop, RESOURCES, state=shop.folder / f"till-{shop.till}.json", log=log_of(options))
    finally:
        shop.close()


def cut(options: Options) -> bool:
    """End one connection of the shop's server."""
    from db.cut_connection import cut_one
    from db.engine import database_url

    return cut_one(database_url(options.database, folder_of(options)))


def begin_a_new_day(options: Options) -> None:
    """Who opens the window on another day than that of the training begins one: with today's goods, rates, people."""
    from db.seed.training_shop import is_of_another_day

    folder = folder_of(options)
    if not (folder / STORE).exists():
        return
    store, _ = _opened(folder, None, quick_pins=False)
    try:
        is_stale = is_of_another_day(store, _clock(options.at)())
    finally:
        store.close()
    if is_stale:
        begin_training(options, demo_past=_DEMO_PAST)


def console(arguments: list[str] | None = None) -> int:
    """The program as a command: the window without a command, one step with one."""
    try:
        return _console(sys.argv[1:] if arguments is None else arguments)
    except KeyboardInterrupt:  # while the program is still being read: nothing was begun
        return 130


def _console(arguments: list[str]) -> int:
    from db.store import audit
    from pos.cli.app import run
    from pos.cli.frame import Wiring
    from pos.cli.who import login, pin_of
    from pos.exports import catalogue_files
    from pos.keys import public_key
    from pos.languages.refusals import sentence_for

    wiring = Wiring(
        build=build,
        regimes=regimes_of,
        words=words_of,
        refusal_text=sentence_for,
        open_window=open_window,
        login=login,
        pin=pin_of,
        catalogues=catalogue_files,
        log=log_of,
        begin_training=begin_training,
        program=start_command(),
        cut=cut,
        restore=restore_of,
        keys=key_desk,
        signatures=public_key,
        audit=lambda options, *asked: audit(options.database, shop_folder_of(options), *asked),
    )
    return run(arguments, wiring)


if __name__ == "__main__":
    sys.exit(console())
