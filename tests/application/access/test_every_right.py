"""Every step that a window or a command can call: which right it asks for, and that no one does it without.

The steps are found in the Shop itself: one that is new and stands in no table here fails the first test.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import pysqlite3.dbapi2 as sqlite
import pytest

import main
from pos.application.catalogue.change_several import SeveralChanged, SeveralRequest
from pos.application.catalogue.tables import products
from pos.application.pickup.deposits import DepositDraft
from pos.application.ports.catalogue_ports import EVERYTHING
from pos.application.ports.journal_ports import JournalFilter
from pos.application.ports.pricing_ports import Among
from pos.application.pricing.change_prices import RepriceRequest
from pos.application.pricing.promotions import PromotionDraft
from pos.application.purchasing.book_delivery import DeliveredLine, Delivery
from pos.application.purchasing.delivery_note import DeliveryNote
from pos.application.purchasing.purchase_orders import OrderDraft, OrderDraftLine
from pos.application.settings.options import Options
from pos.application.shop.shop import Shop
from pos.application.stock.count_stock import CountDraft
from pos.application.stock.move_stock import StockDocumentDraft, StockDocumentLine
from pos.application.tables.raw_table import RawTable
from pos.application.text.translator import Translator
from pos.domain.catalogue.product_card import PackCode, ProductCard
from pos.domain.money import Money
from pos.domain.pickup.pickup_code import with_check_sign
from pos.domain.pricing.price_change import PriceChange
from pos.domain.purchasing.goods_receipt import Charge
from pos.domain.shifts.shift import ShiftOfAnother
from pos.domain.staff.rights import FIXED_PERMISSION, GRANTED_PERMISSIONS, PERMISSIONS, USUAL_RIGHTS
from pos.domain.staff.staff import NotAllowed, Person, PersonDisabled
from pos.domain.visitors.document import read_mrz
from tests.application.pickup.orders import a_draft
from tests.builders import MONDAY
from tests.horgos import CNY, USD
from tests.shops import BAG, ZHANG_WEI

RIGHTS: Mapping[str, tuple[str, ...]] = {
    "catalogue": (
        "browse", "browse.one", "browse.stock", "browse.suppliers", "change_several", "change_several.coded",
        "change_several.found", "change_several.preview", "change_several.undo", "edit_product", "edit_product.add",
        "edit_product.card", "edit_product.card_of", "edit_product.history", "edit_product.set_picture",
        "edit_quick_keys.all", "edit_quick_keys.export", "edit_quick_keys.most_sold", "edit_quick_keys.read",
        "edit_quick_keys.replace", "edit_quick_keys.save",
        "export_catalogue", "fill_in", "import_catalogue", "import_catalogue.begin", "missing_data",
        "missing_data.count", "missing_data.show", "save_template", "save_tables", "save_tables.begin",
        "set_price.board", "set_price.earlier", "undo_import", "undo_import.begin", "undo_import.recent",
    ),
    "pickup": (
        "print_pickups.packing_slip", "print_pickups.pick_lines", "print_pickups.pick_list",
        "print_pickups.price_cards", "print_pickups.stream_sheet",
        "pickup.allowance", "pickup.allowance.read",
        "pickup.deposits.owed", "pickup.find.board", "pickup.find.counts", "pickup.find.listed",
        "pickup.find.search", "pickup.find.show", "pickup.find.with_codes", "pickup.import_orders", "pickup.message",
        "pickup.steps.cancel",
        "pickup.steps.confirm", "pickup.steps.hold_until", "pickup.steps.pack", "pickup.steps.informed",
        "pickup.stream.goods", "pickup.stream.put",
        "pickup.stream.put_line", "pickup.stream.take_off", "pickup.take", "pickup.take.called", "pickup.upkeep.now_by",
    ),
    "close_shift": (
        "close_shift", "close_shift.differs", "issue_shift.again", "issue_shift.find", "parked_sales.hand_over",
        "read_shift", "fiscal.close_shift",
    ),
    "move_cash": ("move_cash",),
    "no_sale": ("open_drawer",),
    "open_shift": ("open_shift", "open_shift.last_count"),
    "price": (
        "office.change_prices", "office.change_prices.page", "office.change_prices.pending",
        "office.change_prices.tally", "office.change_prices.withdraw", "promotions.add", "promotions.all",
        "promotions.change", "promotions.one", "promotions.end", "promotions.reach", "set_price", "set_price.withdraw",
    ),
    "rates": (
        "fetch_rates", "fetch_rates.plan", "import_rates", "import_rates.plan", "offer_rates", "set_rate",
        "set_rate.all", "set_rate.plan", "show_rate_board", "show_rate_board.history",
    ),
    "reports": (
        "pickup.report",
        "accounting_files.of_days", "accounting_files.of_z", "single_window.of_days", "single_window.of_receipt",
        "export_center_books", "export_customs", "export_customs.of_day", "find_receipts.history",
        "find_receipts.people", "read_journal",
        "read_journal.export", "read_journal.is_whole", "read_journal.newest", "read_journal.formatter",
        "read_journal.tills", "read_journal.walk", "drill_down_receipts", "report_day", "report_files.day",
        "report_files.day_document", "report_files.month", "report_files.month_document", "report_files.report_month",
        "reconcile_provider", "reconcile_provider.attempts", "slow_products", "fiscal.again", "fiscal.give_up",
        "fiscal.listed",
    ),
    "return": ("find_receipts", "find_receipts.of_visitor", "pickup.deposits.give_back", "owed_money.settle",
        "give_back_charge.again", "give_back_charge.by_hand"),
    "sell": (
        "pickup.deposits.check", "pickup.deposits.move", "pickup.deposits.take", "pickup.deposits.taken_with",
        "decide_attempt", "undo_charge",
        "declare.blank", "declare.drawn", "declare.print", "declare.read", "declare.save", "declare.shown",
        "issue_receipt.on_file", "issue_receipt.slip", "park_sale", "parked_sales.discard",
        "parked_sales.discard_left", "parked_sales.resume", "parked_sales.resume_left", "show_sale.moved",
        "show_sale.recipient", "show_sale.recorded",
        "visits.link", "visits.move_quota", "visits.part", "visits.record_departure", "visits.record_gate",
        "visits.show", "visits.record_entry_dates",
    ),
    "settings": (
        "office.accept_clock", "office.back_up", "office.forget_visitors.all", "office.forget_visitors.keeping",
        "office.first_steps", "office.keep_backups.last", "office.move_shop",
        "office.keep_backups.now_by", "office.set_setting", "office.set_setting.change", "office.export_seals",
        "office.set_setting.show", "office.set_setting.tills", "office.devices.try_drawer",
        "office.devices.try_printer", "office.devices.try_scale", "office.devices.try_scanner",
        "office.log_key_export", "set_up_provider.certificate", "set_up_provider.change", "set_up_provider.check",
        "set_up_provider.forget", "set_up_provider.pair", "set_up_provider.show", "fiscal.check",
        "fiscal_login", "fiscal_login.lacking",
    ),
    "staff": (
        "change_rights", "change_rights.show",
        "staff.add", "staff.change", "staff.disable", "staff.enable", "staff.give_role", "staff.records",
        "staff.rename", "staff.reset",
    ),
    "stock": (
        "count_stock.add", "count_stock.all", "count_stock.begin", "count_stock.drop", "count_stock.finish_sheet",
        "count_stock.scan", "count_stock.set", "count_stock.sheet", "count_stock.sheets", "count_stock.strike",
        "count_stock.take_back",
        "count_stock.take_sheet", "deliveries.book", "deliveries.issue", "deliveries.late_charge",
        "deliveries.order_from_file", "deliveries.orders.change", "deliveries.orders.close",
        "deliveries.orders.currencies", "deliveries.orders.drop", "deliveries.orders.listed", "deliveries.orders.make",
        "deliveries.orders.make_all",
        "deliveries.orders.set_cost", "deliveries.orders.show",
        "deliveries.post", "deliveries.posted", "deliveries.posted.listed", "deliveries.receive.another_lot",
        "deliveries.receive.begin", "deliveries.receive.close_rest", "deliveries.receive.close_short",
        "deliveries.receive.correct", "deliveries.receive.count_product", "deliveries.receive.drop",
        "deliveries.receive.keep", "deliveries.receive.leave", "deliveries.receive.open", "deliveries.receive.scan",
        "deliveries.receive.set_cost", "deliveries.receive.set_lot", "deliveries.receive.set_delivery_note",
        "deliveries.receive.start", "deliveries.receive.undo", "deliveries.suppliers.add",
        "deliveries.suppliers.all", "deliveries.suppliers.rename", "issue_stock.count", "issue_stock.lots",
        "issue_stock.lots_as", "list_labels.changed", "list_labels.new", "list_labels.of_code",
        "list_labels.of_product", "list_labels.of_receipt", "list_labels.renewed", "low_stock",
        "low_stock.of_code", "move_stock", "move_stock.all",
        "post_count", "post_count.explain", "post_count.explain_rest", "post_count.none_left",
        "post_count.not_counted", "post_count.posted", "post_count.recount", "post_count.review", "print_labels",
        "read_stock.every_lot", "read_stock.expiring", "read_stock.lots", "read_stock.movements", "read_stock.of",
        "read_stock.show",
        "workshop.batches", "workshop.batches.labels", "workshop.batches.show", "workshop.batches.started",
        "workshop.check", "workshop.finish", "workshop.give_up", "workshop.ledger", "workshop.ledger.every",
        "workshop.plan", "workshop.recipes", "workshop.recipes.all", "workshop.recipes.history",
        "workshop.recipes.withdraw", "workshop.report", "workshop.start",
    ),
}  # fmt: skip
"""The permission that each step checks, for steps that take the acting person."""

BY_ORDER = frozenset({
    "blind_return", "blind_return.from_counter", "blind_return.proposal", "complete_sale",
    "complete_sale.from_counter", "hand_over_shift", "hand_over_shift.differs", "hold_sale", "hold_sale.stopped",
    "charge_at_provider", "charge_at_provider.begin", "charge_at_provider.begin.provider",
    "propose_exchange", "return_by_ticket", "return_by_ticket.from_counter", "return_goods",
    "return_goods.proposal", "ring_sale", "void_by_ticket", "void_sale", "void_sale.from_counter",
})  # fmt: skip
"""Steps whose order names the cashier and which check their permission: test_complete_sale, test_return_goods …"""

OPEN: Mapping[str, str] = {
    "is how somebody becomes known": "sign_in sign_in.allowed sign_in.approve sign_in.check sign_in.choose_pin "
    "sign_in.people sign_in.names sign_in.with_new_pin sign_in.prove sign_in.booked_for sign_in.still found_shop "
    "found_shop.is_founded found_shop.check offer_borders",
    "shows no more than the shelf and the till do": "find find.by_id find.knows find.show find.with_codes find_piece "
    "quick_keys find_piece.goods blind_return.goods chinese_input.names "
    "edit_product.next_code edit_product.pictures edit_product.changed_pictures would_fit "
    "show_rates show_regimes browse.lacking open_shift.current "
    "read_shift.drawer pickup.deposits.most parked_sales.all parked_sales.left "
    "parked_sales.sold_as owed_money.all owed_money.refunded "
    "open_attempts open_attempts.of_receipt open_attempts.of_sale open_attempts.with_number "
    "return_goods.look void_sale.propose show_sale show_sale.last missing_data.in_use "
    "missing_data.needs "
    "missing_data.needs_by_list missing_data.of",
    "is what the program does by itself": "carry_on carry_on.due carry_on.next_at carry_on.send partner_worker.turn "
    "partner_worker.send partner_worker.line_is_back hold_sale.extend hold_sale.release issue_receipt phone_receipt "
    "issue_receipt.original issue_shift sum_up pickup.upkeep.step pickup.deposits.keep_due "
    "z_files.everything z_files.step z_files.write office.forget_visitors.step office.keep_backups.is_due "
    "office.keep_backups.step office.accept_clock.behind office.accept_clock.off office.look_around "
    "office.look_around.low "
    "issue_receipt.unfinished office.devices.look_at_printer office.devices.millimetres office.devices.scan "
    "seal_books.step seal_books.with_z verify_books "
    "fiscal.close_line fiscal.of fiscal.send fiscal.send.state fiscal.wait",
    "is a part of another step": "offered_providers offered_providers.everywhere "
    "complete_sale.admit import_catalogue.columns_of import_catalogue.said_of pickup.import_orders.read "
    "accounting_files.journal_export single_window.journal_export "
    "import_rates.of_bank import_rates.read deliveries.order_from_file.read issue_stock.journal_export "
    "reconcile_provider.statement "
    "report_files.journal_export "
    "visits.record_departure.check_instant visits.record_departure.regimes_for visits.part.key visits.move_quota.key "
    "visits.move_quota.need visits.move_quota.pieces staff.lapses_at export_customs.titles",
    "is the machine at the till, and no book of the shop": "office.devices.known office.devices.open_drawer "
    "offered_providers.check office.devices.weigh",
    "draws or writes what was asked for with a right": "print_order print_order.as_csv print_order.as_pdf "
    "accounting_files.made accounting_files.save single_window.save "
    "print_labels.preview report_files.made report_files.reader report_files.save "
    "save_tables.files.content save_tables.files.save save_tables.write",
}
"""Steps that ask no one for a right, and why."""

OF_ALL_ROLES = "pickup"
"""The right that cashiers and clerks have both."""
LACKING = {"sell": "clerk", "return": "clerk", "open_shift": "clerk", "close_shift": "clerk", "move_cash": "clerk"}
"""Who has not got a right; a cashier has none of the others."""

TABLE = RawTable("goods.csv", ["code", "name"], iter(()))
NOTHING_TO_DO = frozenset({"office.accept_clock"})
"""Steps that ask whether someone still works here only where they would change anything: the clock runs well here."""

CARD = ProductCard((PackCode("20000011"),), "Tea")
ARGUMENTS: Mapping[str, Callable[[Path], object]] = {
    "code": lambda _: BAG, "number": lambda _: 1, "product_id": lambda _: 1, "kind": lambda _: "in",
    "form": lambda _: "json", "day": lambda _: date(2026, 3, 2), "reason": lambda _: "found",
    "path": lambda folder: folder / "table.csv", "file": lambda folder: folder / "table.csv",
    "png": lambda _: None, "began": lambda _: CARD, "amount": lambda _: Money(100, CNY),
    "shown": lambda _: read_mrz(ZHANG_WEI, date(2026, 3, 2)), "paper": lambda _: read_mrz(ZHANG_WEI, date(2026, 3, 2)),
    "right": lambda _: read_mrz(ZHANG_WEI, date(2026, 3, 2)), "to": lambda _: read_mrz(ZHANG_WEI, date(2026, 3, 2)),
    "cost": lambda _: None, "expiry": lambda _: None, "delivery_note": lambda _: DeliveryNote(), "limit": lambda _: 5,
    "first": lambda _: date(2026, 3, 1), "last": lambda _: date(2026, 3, 2), "listing": lambda _: products(MagicMock(),
    ""),
    "charge": lambda _: Charge("freight", Money(100, CNY)), "count": lambda _: {}, "key": lambda _: "k-1",
    "receipt": lambda _: "T1-000001", "why": lambda _: "Told", "fields": lambda _: {},
    "order": lambda _: MagicMock(exchange=None), "pieces": lambda _: 1,
}  # fmt: skip
"""What stands in the way of the question for the right: arguments that are good as far as that."""

OWN: Mapping[str, Mapping[str, Callable[[Path], object]]] = {
    "print_pickups.price_cards": {"paper": lambda _: "a6", "languages": lambda _: ["en"]},
    "accounting_files.of_days": {"form": lambda _: "csv"},
    "accounting_files.of_z": {"form": lambda _: "csv"},
    "change_several": {"request": lambda _: SeveralRequest((1,), {"shelf": "A-1"})},
    "change_several.coded": {"codes": lambda _: [BAG]},
    "change_several.found": {"shown": lambda _: EVERYTHING},
    "change_several.preview": {"request": lambda _: SeveralRequest((1,), {"shelf": "A-1"})},
    "change_several.undo": {"done": lambda _: SeveralChanged(MONDAY, ())},
    "edit_product": {"draft": lambda _: CARD},
    "edit_product.add": {"draft": lambda _: CARD},
    "count_stock.begin": {"draft": lambda _: CountDraft("floor", "all", "", (), blind=True)},
    "move_stock": {
        "draft": lambda _: StockDocumentDraft("adjustment", [StockDocumentLine(1, BAG)], "floor", "", "found", "")
    },
    "move_stock.all": {
        "drafts": lambda _: [StockDocumentDraft("adjustment", [StockDocumentLine(1, BAG)], "floor", "", "found", "")]
    },
    "pickup.take": {"draft": lambda _: a_draft(BAG)},
    "pickup.deposits.check": {"draft": lambda _: DepositDraft("cash", Money(100, CNY))},
    "pickup.deposits.take": {"draft": lambda _: DepositDraft("cash", Money(100, CNY))},
    "pickup.deposits.taken_with": {"draft": lambda _: DepositDraft("cash", Money(100, CNY))},
    "pickup.message": {"code": lambda _: with_check_sign("2222222").signs},
    "pickup.find.show": {"code": lambda _: with_check_sign("2222222").signs},
    "pickup.find.with_codes": {"codes": lambda _: ("2222222",)},
    "promotions.add": {"draft": lambda _: PromotionDraft("Spring", amount=Money(100, CNY))},
    "promotions.change": {"draft": lambda _: PromotionDraft("Spring", amount=Money(100, CNY))},
    "promotions.reach": {"draft": lambda _: PromotionDraft("Spring", amount=Money(100, CNY))},
    "office.change_prices": {"request": lambda _: _prices()},
    "office.change_prices.page": {"request": lambda _: _prices()},
    "office.change_prices.tally": {"request": lambda _: _prices()},
    "show_rate_board.history": {"currency": lambda _: USD, "first": lambda _: None, "last": lambda _: None},
    "read_journal": {"query": lambda _: JournalFilter()},
    "read_journal.newest": {"query": lambda _: JournalFilter()},
    "read_journal.export": {"query": lambda _: JournalFilter()},
    "list_labels.of_receipt": {"number": lambda _: "R-000001"},
    "print_labels": {"paper": lambda _: "a4"},
    "count_stock.scan": {"text": lambda _: BAG},
    "deliveries.receive.scan": {"text": lambda _: BAG},
    "deliveries.book": {"came": lambda _: Delivery([DeliveredLine(BAG, 1)])},
    "deliveries.orders.make": {"draft": lambda _: OrderDraft([OrderDraftLine(BAG, 1)])},
    "deliveries.orders.make_all": {"drafts": lambda _: [OrderDraft([OrderDraftLine(BAG, 1)])]},
    "deliveries.orders.change": {"draft": lambda _: OrderDraft([OrderDraftLine(BAG, 1)])},
    "post_count.explain": {"reason": lambda _: "unknown"},
    "post_count.explain_rest": {"reason": lambda _: "unknown"},
    "import_catalogue": {"table": lambda _: TABLE},
    "import_catalogue.begin": {"table": lambda _: TABLE},
    "save_template": {"path": lambda folder: folder / "goods.xlsx", "tr": lambda _: Translator.english()},
    "staff.add": {"role": lambda _: "cashier"},
    "staff.change": {"role": lambda _: "cashier"},
    "staff.give_role": {"role": lambda _: "cashier"},
    "export_customs": {"out": lambda folder: folder / "customs.csv", "file": lambda folder: folder / "customs.csv"},
    "import_rates": {"path": lambda folder: folder / "rates.csv"},
    "import_rates.plan": {"path": lambda folder: folder / "rates.csv"},
    "deliveries.order_from_file": {"path": lambda folder: folder / "order.csv"},
    "office.devices.try_drawer": {"printer": lambda _: "folder"},
    "office.devices.try_printer": {"printer": lambda _: "folder"},
    "office.devices.try_scale": {"scale": lambda _: "ascii:COM3"},
    "office.devices.try_scanner": {"port": lambda _: "COM3"},
    "visits.record_gate": {"path": lambda folder: folder / "gate.csv"},
}


def _prices() -> RepriceRequest:
    return RepriceRequest(Among("*", "", "", None, None), PriceChange(None, Money(100, CNY), ""), None)


def attributes_of(held: object) -> list[str]:
    """The fields of a dataclass and its lazy properties."""
    lazy = [
        name for one in type(held).__mro__ for name, member in vars(one).items() if isinstance(member, cached_property)
    ]
    return [*(one.name for one in fields(held)), *lazy]  # type: ignore[arg-type] # it is a dataclass


def steps_of(shop: Shop) -> Iterator[tuple[str, Callable[..., Any], Any]]:
    """Every public method of every step in a Shop, by its name there; a step that stands twice under its first."""
    seen: set[int] = set()

    def walk(held: Any, prefix: str, depth: int) -> Iterator[tuple[str, Callable[..., Any], Any]]:
        inner = []
        for attribute in attributes_of(held):
            step = getattr(held, attribute)
            is_step = type(step).__module__.startswith(("pos.application.", "pos.exports.")) and is_dataclass(step)
            if not is_step or id(step) in seen:
                continue
            seen.add(id(step))
            name = f"{prefix}{attribute}"
            for method, function in inspect.getmembers(type(step), inspect.isfunction):
                if method == "__call__" or not method.startswith("_"):
                    yield name if method == "__call__" else f"{name}.{method}", getattr(step, method), function
            if depth < 2:
                inner.append((step, f"{name}."))
        for step, name in inner:
            yield from walk(step, name, depth + 1)

    yield from walk(shop, "", 0)


@pytest.fixture(scope="module")
def open_shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    shop = main.build(Options(data=tmp_path_factory.mktemp("rights"), demo=True), quick_pins=True, demo_size=60)
    yield shop
    shop.close()


def person(shop: Shop, name: str) -> Person:
    return next(one for one in shop.sign_in.people() if one.name == name)


def test_every_step_is_known_to_ask_for_a_right_or_to_need_none(open_shop: Shop) -> None:
    steps = {name for name, _, _ in steps_of(open_shop)}
    known = [name for names in RIGHTS.values() for name in names]
    known += [*BY_ORDER, *(name for names in OPEN.values() for name in names.split())]
    assert sorted(steps - set(known)) == []
    assert sorted(set(known) - steps) == []
    assert len(known) == len(set(known))


def called(name: str, method: Callable[..., Any], function: Any, who: Person, folder: Path) -> object:
    """Call a step in the name of someone; what is read a piece at a time is begun."""
    arguments: dict[str, object] = {}
    for parameter in list(inspect.signature(function).parameters.values())[1:]:
        if parameter.annotation == "Person":
            arguments[parameter.name] = who
        elif parameter.default is inspect.Parameter.empty and parameter.kind.name not in (
            "VAR_POSITIONAL",
            "VAR_KEYWORD",
        ):
            made = OWN.get(name, {}).get(parameter.name) or ARGUMENTS.get(parameter.name)
            arguments[parameter.name] = made(folder) if made else "x" if parameter.annotation == "str" else MagicMock()
    result = method(**arguments)
    return next(result, None) if isinstance(result, Iterator) else result


@pytest.mark.parametrize("right", [one for one in RIGHTS if one != OF_ALL_ROLES])
def test_no_one_does_a_step_whose_right_they_do_not_have(open_shop: Shop, tmp_path: Path, right: str) -> None:
    who = person(open_shop, LACKING.get(right, "amina"))
    assert not who.may(right)
    assert refusals(open_shop, right, who, tmp_path) == []


def refusals(shop: Shop, right: str, who: Person, folder: Path) -> list[str]:
    """What is wrong with the refusals of the steps that ask for a right; they must write nothing."""
    fill(folder)
    watching = sqlite.connect(shop.folder / "shop.db")
    before = watching.execute("PRAGMA data_version").fetchone()
    wrong = []
    for name, method, function in steps_of(shop):
        if name in RIGHTS[right]:
            try:
                called(name, method, function, who, folder)
                wrong.append(f"{name} was done")
            except ShiftOfAnother:  # whose drawer it is comes first
                pass
            except NotAllowed as refused:
                if refused.act != right:
                    wrong.append(f"{name} asks for {refused.act}")
            except Exception as other:  # noqa: BLE001 # it never came to the question
                wrong.append(f"{name} ended in {other!r}")
    if watching.execute("PRAGMA data_version").fetchone() != before:
        wrong.append("something was written")
    watching.close()
    return wrong


@pytest.fixture
def all_granted(open_shop: Shop) -> Iterator[tuple[Shop, Person]]:
    """A cashier who signed in while cashiers had every right that can be granted.

    For one test at a time: workers take tests from each other, and the next one here may be of the usual rights.
    """
    grant(open_shop, GRANTED_PERMISSIONS)
    yield open_shop, person(open_shop, "amina")
    grant(open_shop, USUAL_RIGHTS.cashier.permissions)


def grant(shop: Shop, permissions: Collection[str]) -> None:
    shop.office.set_setting(Person.at_the_console("root"), "cashier_permissions", ",".join(permissions))


@pytest.mark.parametrize("right", [one for one in RIGHTS if one != FIXED_PERMISSION])
def test_a_right_that_was_taken_from_a_role_is_gone_at_the_next_step_of_a_person_who_is_signed_in(
    all_granted: tuple[Shop, Person], tmp_path: Path, right: str
) -> None:
    shop, who = all_granted
    grant(shop, set(GRANTED_PERMISSIONS) - {right})
    assert who.may(right)  # as they signed in
    assert [one for one in refusals(shop, right, who, tmp_path) if not one.startswith(tuple(NOTHING_TO_DO))] == []


@pytest.mark.parametrize("right", [one for one in RIGHTS if one != FIXED_PERMISSION])
def test_a_right_that_was_granted_to_a_role_is_theirs_at_the_next_step_and_no_other(
    all_granted: tuple[Shop, Person], right: str
) -> None:
    shop, who = all_granted
    grant(shop, [right])
    now = shop.sign_in.still(who)
    assert [one for one in PERMISSIONS if now.may(one)] == [right]


def test_who_was_disabled_since_does_no_step_at_all(open_shop: Shop, tmp_path: Path) -> None:
    shop, console = open_shop, Person.at_the_console("root")
    shop.staff.add(console, "gone", "Gone", "manager")
    gone = person(shop, "gone")
    shop.staff.disable(console, "gone")
    fill(tmp_path)
    wrong = []
    for name, method, function in steps_of(shop):
        if any(name in names for names in RIGHTS.values()) and name not in NOTHING_TO_DO:
            try:
                called(name, method, function, gone, tmp_path)
                wrong.append(f"{name} was done")
            except PersonDisabled:
                pass
            except Exception as other:  # noqa: BLE001 # it never came to the question
                wrong.append(f"{name} ended in {other!r}")
    assert wrong == []


def fill(folder: Path) -> None:
    """Files that are good as far as the question for the right."""
    for name, text in {"rates": "currency,buy,sell\nUSD,501,505\n", "order": f"code,pieces\n{BAG},1\n",
                       "gate": "time,mrz1,mrz2\n", "table": ""}.items():  # fmt: skip
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
