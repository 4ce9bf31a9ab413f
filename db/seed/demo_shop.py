"""Make an empty store a demo shop for ever: goods, people, rates, an open shift."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from db.engine.dialect import is_sqlite
from db.seed.border_demo import BorderDemo, demo_in_force
from db.seed.demo_assortment import add_goods_by_weight, chosen_goods, filled_up, wares_of
from db.seed.demo_stock import add_suppliers, name_cartons, stock_the_store_room, supplied, with_suppliers
from db.seed.demo_workshop import found_workshop
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
from pos.domain.outside_partners.providers import QR_PROVIDERS
from pos.domain.payment.tender import notes_total
from pos.domain.staff.staff import Person


@dataclass(eq=False)
class NotADemo(Refused):
    """The store holds a shop that is not a demo: it is never turned into one."""

    fact = "not_a_demo"


_COST_PERCENT = 62
"""The cost of the goods on hand as a share of their price; for those without a price it is unknown."""


def make_demo(
    store: SqlStore,
    secrets: Secrets,
    at: datetime,
    till: str,
    count: int = 10_000,
    past: PastPlan | None = None,
    demo: BorderDemo | None = None,
) -> None:
    """Fill an empty store in one transaction; a demo stays as it is. Raises NotADemo, NoDemo, DemoFault.

    With a `past` the shop was founded that many days ago and has traded since, up to yesterday; else it opens now.
    `demo` is what a shop at its border is like, the one that ships with the program where none is given.
    """
    if is_demo(store):
        return
    demo = demo or demo_in_force()
    with store.begin() as work:
        if work.settings.all().get(DEMO_MARK) == "yes":
            return  # another till was quicker
        if work.people.all() or work.products.count():
            raise NotADemo
        set_ = {name: Settings().with_text(name, text).text(name) for name, text in _settings(demo).items()}
        set_ |= {DEMO_MARK: "yes", BORDER: border_in_force().id}
        for name, text in set_.items():
            work.settings.set(name, text)
        people = {p.name: work.people.add(p.name, p.title, p.role, secrets.hash_pin(p.pin)) for p in PEOPLE}
        details: dict[str, object] = {
            "goods": count,
            "staff": staff_content(work.connection),
            "settings": set_,
        }
        goods = demo_goods(count, prices=demo.prices)
        if past is None or not is_sqlite(work.connection):
            for rate in demo.rates_at(at):
                work.rates.set(rate, "manager")
            details["rates"] = rates_content(work.connection)
            _add_goods(work, demo, goods, at, at)
        else:
            _trade(work, secrets, demo, goods, people, details, at, till, past)
        open_demo_shift(work, people["amina"], at, till, demo)
        if past is None or not is_sqlite(work.connection):
            work.journal.write(at, till, "demo", "make_demo", details)
        work.commit()


def _settings(demo: BorderDemo) -> Mapping[str, str]:
    border = border_in_force()
    return {
        "shop_name": demo.shop_name,
        "provider_qr": ", ".join(QR_PROVIDERS),
        "address_1": demo.address[0],
        "address_2": demo.address[1],
        "receipt_languages": ",".join(border.receipt_languages),
        "time_zone": border.time_zone,
    }


def _trade(
    work: SqlUnitOfWork,
    secrets: Secrets,
    demo: BorderDemo,
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
    of_days = rates_before(demo.rates_at(at), past.days, past.rates_hold, past.random("rates"))
    for rate in of_days[0]:
        work.rates.set(replace(rate, since=founded), "manager")
    content = {**details, "rates": rates_content(work.connection)}
    goods = filled_up(goods, demo.prices, past.random("shelves"))
    ids = _add_goods(work, demo, goods, founded, at)
    work.journal.write(founded, till, "demo", "make_demo", content)
    chosen = [
        *chosen_goods(list(zip(ids, goods)), past.random("goods")),
        *add_goods_by_weight(work, demo.prices, founded),
    ]
    in_lots = set(work.connection.execute(select(stock.c.product_id).where(stock.c.lotted > 0)).scalars())
    sold = work.products.by_ids([made for made in chosen if made not in in_lots], founded)
    wares = wares_of(list(sold.values()), demo.prices, past.random("wares"))
    cashiers = [people[name] for name in ("amina", "li", "yerlan")]
    staff = Staff(cashiers, people["manager"], people["clerk"], people["zhao"])
    tills = [till, *(other for number in range(1, past.tills + 1) if (other := f"T{number}") != till)][: past.tills]
    workshop = found_workshop(work, demo.prices, staff.clerk, founded, at.astimezone(settings.zone).date())
    trade = PastTrade(work.connection, secrets, settings, past, staff, demo, workshop)
    trade.make(wares, tills, of_days, yesterday)
    today = max(
        datetime.combine(yesterday, time(20, 45), settings.zone),
        min(at, datetime.combine(at.astimezone(settings.zone).date(), time(8, 30), settings.zone)),
    )
    trade.set_rates(today, till, demo.rates_at(at))
    work.people.signed_in(people["amina"], at)


def _add_goods(
    work: SqlUnitOfWork, demo: BorderDemo, goods: tuple[DemoGoods, ...], at: datetime, now: datetime
) -> Sequence[int]:
    """Write the goods as of `at`; their ids. What lies in the store room runs out of date as seen from `now`."""
    rows = with_suppliers(supplied(goods, demo.prices), add_suppliers(work))
    ids = work.products.add_many(rows, at)
    name_cartons(work, rows)
    moves = [
        (product_id, g.on_hand, None if g.price is None else g.price.minor * g.on_hand * _COST_PERCENT // 100)
        for product_id, g in zip(ids, goods)
        if g.on_hand
    ]
    work.stock.move_many(moves, "opening", at, "demo")
    today = now.astimezone(ZoneInfo(border_in_force().time_zone)).date()
    stock_the_store_room(work, list(zip(ids, goods)), demo.customs_entry, at, today)
    known = work.products.codes_known(QUICK_KEYS)
    keys = tuple(QuickKey(known[code]) for code in QUICK_KEYS if code in known)
    work.quick_keys.put(QuickKeys((QuickPage(-1, "Favourites", (), keys),)))
    return ids


def open_demo_shift(work: SqlUnitOfWork, person: Person, at: datetime, till: str, demo: BorderDemo) -> None:
    """Open a shift with the demo's float."""
    amounts = {code: notes_total(notes, CURRENCIES[code]) for code, notes in demo.float_.items()}
    start_shift(work, till, person, at, amounts, demo.float_)
