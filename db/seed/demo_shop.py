"""Make an empty store a demo shop for ever: goods, people, rates, an open shift."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import select

from db.engine.dialect import is_sqlite
from db.seed.demo_assortment import add_goods_by_weight, chosen_goods, filled_up, wares_of
from db.seed.demo_stock import add_suppliers, name_cartons, stock_the_store_room, supplied, with_suppliers
from db.seed.goods import QUICK_KEYS, DemoGoods, demo_goods
from db.seed.past_days import rates_before
from db.seed.past_trade import PastPlan, PastTrade, Staff
from db.seed.store_kind import DEMO_MARK, PEOPLE, is_demo
from db.store.unit_of_work import SqlStore, SqlUnitOfWork
from db.tables.stock import stock
from db.verify.verify_rates import rates_content
from db.verify.verify_staff import staff_content
from pos.application.ports.store import Secrets
from pos.application.settings.settings import Settings
from pos.application.settings.settle_border import BORDER
from pos.application.shifts.open_shift import start_shift
from pos.domain.border import border_in_force
from pos.domain.catalogue.quick_keys import QuickKey, QuickKeys, QuickPage
from pos.domain.errors import Refused
from pos.domain.money import CURRENCIES
from pos.domain.payment.tender import notes_total
from pos.domain.pricing.rates import Rate
from pos.domain.staff.staff import Person


@dataclass(eq=False)
class NotADemo(Refused):
    """The store holds a shop that is not a demo: it is never turned into one."""

    fact = "not_a_demo"


_SETTINGS = {
    "shop_name": "Silk Gate",
    "address_1": "霍尔果斯国际边境合作中心 3 区 14 号",
    "address_2": "МЦПС «Хоргос», сектор 3, павильон 14",
    "receipt_languages": "zh,ru",
    "time_zone": "Asia/Shanghai",
}

_RATES = (
    ("CNY", "72.40", "72.80", "72.80"),
    ("USD", "501.00", "505.00", "503.00"),
    ("EUR", "590.00", "596.00", "593.00"),
    ("RUB", "6.36", "6.44", "6.40"),
)
"""Tenge per unit in late 2025: buy, sell, customs."""

_COST_PERCENT = 62
"""The cost of the goods on hand as a share of their price; for those without a price it is unknown."""

_FLOAT = {
    "CNY": {10_000: 8, 5_000: 8, 2_000: 15, 1_000: 25, 500: 25, 100: 100, 50: 40, 10: 50},
    "KZT": {
        2_000_000: 1, 1_000_000: 3, 500_000: 6, 200_000: 15, 100_000: 20, 50_000: 20,
        20_000: 25, 10_000: 30, 5_000: 20, 2_000: 30, 1_000: 30, 500: 20,
    },
    "USD": {5_000: 1, 2_000: 3, 1_000: 4, 500: 6, 100: 20},
    "EUR": {5_000: 1, 2_000: 3, 1_000: 5, 500: 8},
    "RUB": {100_000: 3, 50_000: 6, 10_000: 25, 5_000: 20, 1_000: 50},
}  # fmt: skip
"""The float: notes and coins by value in minor units, with plenty of small ones."""


def make_demo(
    store: SqlStore, secrets: Secrets, at: datetime, till: str, count: int = 10_000, past: PastPlan | None = None
) -> None:
    """Fill an empty store in one transaction; a demo stays as it is. Raises NotADemo.

    With a `past` the shop was founded that many days ago and has traded since, up to yesterday; else it opens now.
    """
    if is_demo(store):
        return
    with store.begin() as work:
        if work.settings.all().get(DEMO_MARK) == "yes":
            return  # another till was quicker
        if work.people.all() or work.products.count():
            raise NotADemo
        set_ = {name: Settings().with_text(name, text).text(name) for name, text in _SETTINGS.items()}
        set_ |= {DEMO_MARK: "yes", BORDER: border_in_force().id}
        for name, text in set_.items():
            work.settings.set(name, text)
        people = {p.name: work.people.add(p.name, p.title, p.role, secrets.hash_pin(p.pin)) for p in PEOPLE}
        details: dict[str, object] = {
            "goods": count,
            "staff": staff_content(work.connection),
            "settings": set_,
        }
        goods = demo_goods(count)
        if past is None or not is_sqlite(work.connection):
            for rate in _rates(at):
                work.rates.set(rate, "manager")
            details["rates"] = rates_content(work.connection)
            _add_goods(work, goods, at, at)
        else:
            _trade(work, secrets, goods, people, details, at, till, past)
        open_demo_shift(work, people["amina"], at, till)
        if past is None or not is_sqlite(work.connection):
            work.journal.write(at, till, "demo", "make_demo", details)
        work.commit()


def _rates(at: datetime) -> list[Rate]:
    return [
        Rate(CURRENCIES[code], Decimal(buy), Decimal(sell), Decimal(customs), at) for code, buy, sell, customs in _RATES
    ]


def _trade(
    work: SqlUnitOfWork,
    secrets: Secrets,
    goods: tuple[DemoGoods, ...],
    people: Mapping[str, Person],
    details: Mapping[str, object],
    at: datetime,
    till: str,
    past: PastPlan,
) -> None:
    """Found the shop in the past and let it trade until yesterday."""
    settings = Settings.read(work.settings.all())
    yesterday = at.astimezone(settings.zone).date() - timedelta(days=1)
    founded = datetime.combine(yesterday - timedelta(days=past.days - 1), time(7), settings.zone)
    of_days = rates_before(_rates(at), past.days, past.rates_hold, past.random("rates"))
    for rate in of_days[0]:
        work.rates.set(replace(rate, since=founded), "manager")
    content = {**details, "rates": rates_content(work.connection)}
    goods = filled_up(goods, past.random("shelves"))
    ids = _add_goods(work, goods, founded, at)
    work.journal.write(founded, till, "demo", "make_demo", content)
    chosen = [*chosen_goods(list(zip(ids, goods)), past.random("goods")), *add_goods_by_weight(work, founded)]
    in_lots = set(work.connection.execute(select(stock.c.product_id).where(stock.c.lotted > 0)).scalars())
    sold = work.products.by_ids([made for made in chosen if made not in in_lots], founded)
    wares = wares_of(list(sold.values()), past.random("wares"))
    cashiers = [people[name] for name in ("amina", "li", "yerlan")]
    staff = Staff(cashiers, people["manager"], people["clerk"], people["zhao"])
    tills = [till, *(other for number in range(1, past.tills + 1) if (other := f"T{number}") != till)][: past.tills]
    trade = PastTrade(work.connection, secrets, settings, past, staff)
    trade.make(wares, tills, _FLOAT, of_days, yesterday)
    today = max(
        datetime.combine(yesterday, time(20, 45), settings.zone),
        min(at, datetime.combine(at.astimezone(settings.zone).date(), time(8, 30), settings.zone)),
    )
    trade.set_rates(today, till, _rates(at))
    work.people.signed_in(people["amina"], at)


def _add_goods(work: SqlUnitOfWork, goods: tuple[DemoGoods, ...], at: datetime, now: datetime) -> Sequence[int]:
    """Write the goods as of `at`; their ids. What lies in the store room runs out of date as seen from `now`."""
    rows = with_suppliers(supplied(goods), add_suppliers(work))
    ids = work.products.add_many(rows, at)
    name_cartons(work, rows)
    moves = [
        (product_id, g.on_hand, None if g.price is None else g.price.minor * g.on_hand * _COST_PERCENT // 100)
        for product_id, g in zip(ids, goods)
        if g.on_hand
    ]
    work.stock.move_many(moves, "opening", at, "demo")
    today = now.astimezone(ZoneInfo(_SETTINGS["time_zone"])).date()
    stock_the_store_room(work, list(zip(ids, goods)), at, today)
    known = work.products.codes_known(QUICK_KEYS)
    keys = tuple(QuickKey(known[code]) for code in QUICK_KEYS if code in known)
    work.quick_keys.put(QuickKeys((QuickPage(-1, "Favourites", (), keys),)))
    return ids


def open_demo_shift(work: SqlUnitOfWork, person: Person, at: datetime, till: str) -> None:
    """Open a shift with the demo's float."""
    amounts = {code: notes_total(notes, CURRENCIES[code]) for code, notes in _FLOAT.items()}
    start_shift(work, till, person, at, amounts, _FLOAT)
