"""Tasks of a manager: figures, prices, rates, promotions, staff, receipts, a backup. Each begins on its page."""

from __future__ import annotations

from datetime import date
from typing import TypeVar, cast

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QComboBox

from pos.application.ports.return_ports import ReceiptFilter
from pos.ui.input.actions import CHECKOUT, HISTORY, PRICES, PRODUCTS, RATES, REPORTS, SETTINGS, STAFF
from pos.ui.pricing.promotions.screen import PromotionsScreen
from pos.ui.receipts.screen import HistoryScreen
from pos.ui.reports.bar_field import BarField
from pos.ui.reports.screen import ReportsScreen
from tools.counter_walk import CHOCOLATE, PARTY
from tools.task_hand import FingerHand, KeysHand, NotDone, TaskHand
from tools.task_table import Task
from tools.window_faults import FINGER

T = TypeVar("T")
_SATURDAY = date(2026, 11, 28)


def yesterday(hand: TaskHand) -> None:
    """From today's figures to a receipt of an hour of yesterday."""
    hand.begin_at("amina", CHECKOUT)
    hand.scan(PARTY[0], CHOCOLATE)
    hand.pay()
    hand.begin_at("manager", REPORTS)
    page = _page(hand, ReportsScreen)

    def by_keys(hand: KeysHand) -> None:
        hand.act("day_before")
        hand.act("choose_mark")
        hand.key("Return", 2)

    def by_finger(hand: FingerHand) -> None:
        hand.press_button("Previous period")
        bars = page.day.glance.hours.bars
        hand.tap(bars, _column(bars))
        hand.choose(page.behind.table, 0)

    with hand.counted():
        hand.each_way(by_keys, by_finger)
    hand.expect("a receipt is on show", hand.screen_id, HISTORY)
    shown = _page(hand, HistoryScreen).recorded
    hand.expect("of yesterday", shown is not None and shown.at.date(), date(2026, 11, 23))


def price_from_saturday(hand: TaskHand) -> None:
    """13.5 for the chocolate from Saturday on."""
    hand.begin_at("manager", PRODUCTS)

    def by_keys(hand: KeysHand) -> None:
        hand.act("next_section", 2)
        hand.key("Tab")
        hand.entry("13.5", enter=False)
        hand.key("Tab")
        hand.entry("--28", enter=False)
        hand.act("save_product")

    def by_finger(hand: FingerHand) -> None:
        hand.press_button("Price")
        hand.tap_field("New price, ¥")
        hand.entry("13.5", enter=False)
        hand.tap_field("Valid from", QRect(0, 0, FINGER, FINGER))
        hand.entry("--28", enter=False)
        hand.press_button("Schedule")

    with hand.counted():
        hand.scan(CHOCOLATE)
        hand.each_way(by_keys, by_finger)
    product = hand.shop.find.show(CHOCOLATE).product
    coming = hand.shop.set_price.board(product.id, hand.person("manager")).coming
    zone = hand.shop.settings().zone
    planned = [(one.since.astimezone(zone).date(), str(one.price)) for one in coming]
    hand.expect("13.50 from Saturday", planned, [(_SATURDAY, "13.50")])


def rates(hand: TaskHand) -> None:
    """Buy, sell and customs of the yuan, from now on."""
    hand.begin_at("manager", RATES)
    with hand.counted():
        hand.entry("72.5")
        hand.entry("72.9")
        hand.entry("72.7", enter=False)
        hand.act("record_rates")
    with hand.shop.issue_receipt.store.reading() as work:
        rate = work.rates.at(hand.shop.now())["CNY"]
    hand.expect(
        "the rate in force", [str(one) for one in (rate.buy, rate.sell, rate.customs)], ["72.5", "72.9", "72.7"]
    )


def promotion(hand: TaskHand) -> None:
    """10 % off all tobacco, for the week that is proposed."""
    hand.begin_at("manager", PRICES)

    def by_keys(hand: KeysHand) -> None:
        hand.words("Smoke week")
        hand.entry("10")
        hand.entry("T", enter=False)

    def by_finger(hand: FingerHand) -> None:
        hand.words("Smoke week")
        hand.entry("10")
        category = _page(hand, PromotionsScreen).form.category.field
        hand.pick(cast("QComboBox", category), "Tobacco")

    with hand.counted():
        hand.act("new_promotion")
        hand.each_way(by_keys, by_finger)
        hand.act("add_promotion")
        hand.act("add_promotion")
    made = [(one.name, str(one.percent), one.scope) for one in hand.shop.promotions.all(hand.person("manager"))]
    hand.expect("the promotion runs", made, [("Smoke week", "10", "tobacco")])


def new_person(hand: TaskHand) -> None:
    """A cashier, with a one-time PIN."""
    hand.begin_at("manager", STAFF)
    with hand.counted():
        hand.act("add_person")
        hand.words("dana")
        hand.words("Dana M", enter=False)
        hand.act("save_person")
    made = [(one.name, one.title, one.role) for one in hand.shop.sign_in.people() if one.name == "dana"]
    hand.expect("the new person may sign in", made, [("dana", "Dana M", "cashier")])


def find_receipt(hand: TaskHand) -> None:
    """By goods and a day."""
    hand.begin_at("manager", HISTORY)
    found = hand.shop.find_receipts.history("cognac 2026-11-23", ReceiptFilter(""), hand.person("manager")).receipts
    with hand.counted():
        hand.words("cognac 2026-11-23")
    shown = _page(hand, HistoryScreen).recorded
    hand.expect("the newest of them is on show", None if shown is None else shown.receipt, found[0].receipt)
    goods = () if shown is None else [line.name for line in shown.lines]
    hand.expect("with cognac in it", any("cognac" in name.casefold() for name in goods))
    hand.expect("of that day", shown is not None and shown.at.date(), date(2026, 11, 23))


def backup(hand: TaskHand) -> None:
    """A backup is made at once."""
    hand.begin_at("manager", SETTINGS)
    last = hand.shop.office.keep_backups.last
    before = last(hand.person("manager"))

    def by_keys(hand: KeysHand) -> None:
        hand.key("Tab", 2)
        hand.key("Space")

    with hand.counted():
        hand.words("backup")
        hand.each_way(by_keys, lambda hand: hand.press_button("Back up now"))
    hand.settle()
    now = last(hand.person("manager"))
    hand.expect("there is a new one", now != before)


def _column(bars: BarField) -> QRect:
    """The first bar that opens: the whole column belongs to it."""
    opens = next(at for at, one in enumerate(bars.slices) if one.behind is not None)
    middle = bars.height() // 2
    there = [x for x in range(bars.width()) if bars.index_at(QPoint(x, middle)) == opens]
    return QRect(there[0], middle - FINGER // 2, len(there), FINGER)


def _page(hand: TaskHand, kind: type[T]) -> T:
    page = hand.screen()
    if not isinstance(page, kind):
        raise NotDone(f"{hand.screen_id} is on show")
    return page


OFFICE_TASKS = (
    Task("yesterday", "manager: yesterday, hour, receipt", "Shopify 5", yesterday, 5),
    Task("price", "price from Saturday", "LS 15, Shopify no", price_from_saturday, 15),
    Task("rates", "rates, one currency", "Odoo pulls them", rates),
    Task("promotion", "promotion", "Shopify 12 + preview", promotion, 12),
    Task("person", "staff: new person", "the same everywhere", new_person),
    Task("receipt", "find a receipt by goods and day", "Shopify: text + Enter", find_receipt),
    Task("backup", "backup now", "cloud", backup),
)
