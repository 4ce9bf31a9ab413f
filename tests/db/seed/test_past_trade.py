"""A demo shop with a past: weeks of trade that hold, and a counter as on the first day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from db.seed.demo_pickups import PICKED_UP
from db.seed.demo_shop import make_demo
from db.seed.goods import FEATURED
from db.seed.past_days import baskets_a_day
from db.seed.past_trade import PastPlan
from db.verify.verify import mismatches
from pos.application.stock.low_stock import LowStock
from pos.domain.money import Money
from pos.domain.receipt_number import receipt_number
from tests.horgos import CNY
from tests.shops import COGNAC, SWEETS, DemoShop
from tools import history

DAYS, BASKETS = 10, 300


def traded(folder: object, days: int = DAYS, baskets: int = BASKETS, goods: int = 400) -> DemoShop:
    shop = DemoShop(folder)  # type: ignore[arg-type] # a path of pytest's
    past = PastPlan(shop.regimes, days, baskets, has_stream=True)
    make_demo(shop.store, shop.secrets, shop.now(), shop.till, goods, past)
    return shop


@pytest.fixture(scope="module")
def old_shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoShop]:
    """A shop of three tills that has traded for ten days."""
    shop = traded(tmp_path_factory.mktemp("past"))
    yield shop
    shop.close()


def test_a_made_up_past_holds_against_every_ledger_and_chain(old_shop: DemoShop) -> None:
    with old_shop.store.reading() as work:
        assert list(mismatches(work.connection, old_shop.secrets.chain)) == []
    assert old_shop.rows("SELECT count(*) FROM sale WHERE kind = 'sale'") == [(BASKETS + len(PICKED_UP),)]


def test_its_days_report_what_the_books_come_to(old_shop: DemoShop) -> None:
    days = old_shop.rows("SELECT DISTINCT business_date FROM sale ORDER BY 1")
    assert len(days) == DAYS
    for (day,) in days[2:5]:
        report = old_shop.report_day(date.fromisoformat(day))
        (count, minor, pieces, off) = old_shop.rows(
            "SELECT count(*), sum(total_minor), sum(pieces), sum(discount_minor) FROM sale"
            " WHERE business_date = ? AND kind = 'sale'",
            day,
        )[0]
        assert (report["sales"]["count"], report["sales"]["pieces"]) == (count, pieces)
        assert report["sales"]["amount"] == str(Money(minor, CNY))
        assert report["discounts"] == str(Money(off, CNY))
        paid = old_shop.rows(
            "SELECT method, p.currency, sum(amount_minor), sum(value_minor) FROM sale_payment p"
            " JOIN sale s ON s.id = p.sale_id WHERE business_date = ? GROUP BY 1, 2",
            day,
        )
        assert sorted((x["method"], x["currency"], x["amount"], x["value"]) for x in report["payments"]) == sorted(
            (method, code, str(Money(amount, CNY)), str(Money(value, CNY))) for method, code, amount, value in paid
        )  # all five currencies have two decimals


def test_the_people_of_a_shop_that_has_traded_signed_in_lately(old_shop: DemoShop) -> None:
    with old_shop.store.reading() as work:
        last = {one.person.name: one.signed_in_at for one in work.people.records()}
    now = old_shop.now()
    assert {name for name, at in last.items() if at is None} == set()
    assert all(at is not None and timedelta() <= now - at <= timedelta(days=8) for at in last.values())
    assert last["amina"] == now, "Amina's shift is open"


def test_there_is_something_of_everything_in_it(old_shop: DemoShop) -> None:
    def many(question: str) -> int:
        return int(old_shop.rows(f"SELECT count(*) FROM {question}")[0][0])

    assert many("sale WHERE kind = 'return'") > 0
    assert many("z_report") == many("(SELECT DISTINCT business_date, till FROM sale)") > 2 * DAYS
    assert many("goods_receipt WHERE state = 'posted'") > 0
    assert many("journal WHERE act = 'void'") > 0
    assert many("sale WHERE approved_by IS NOT NULL") > 0, "sold as dutiable"
    assert many("sale_line WHERE grams IS NOT NULL") > 0, "goods by weight"
    assert many("sale_change") > 0
    assert many("sale WHERE discount_minor > 0") > 0
    assert many("outbox WHERE state <> 'done' AND sale_id IN (SELECT id FROM sale WHERE kind = 'sale')") == 0
    assert {code for (code,) in old_shop.rows("SELECT DISTINCT currency FROM sale_payment")} >= {
        "CNY",
        "KZT",
        "USD",
        "RUB",
    }
    assert {to for (to,) in old_shop.rows("SELECT DISTINCT destination FROM sale WHERE kind = 'sale'")} == {"CN", "KZ"}


def test_the_counter_is_as_on_the_first_day(old_shop: DemoShop) -> None:
    shift = old_shop.open_shift.current()
    assert shift is not None
    assert (shift.holder, shift.opened_at) == ("amina", old_shop.now())
    assert old_shop.rows("SELECT count(*) FROM shift WHERE closed_at IS NULL") == [(1,)]
    assert old_shop.rows("SELECT count(*) FROM sale WHERE shift_id = ?", shift.id) == [(0,)]
    rate = old_shop.show_rates().rates["USD"]
    assert (str(rate.buy), str(rate.sell)) == ("501.00", "505.00")
    last = old_shop.rows("SELECT next_no - 1 FROM register WHERE till = 'T1'")[0][0]

    sale = old_shop.sell(COGNAC, SWEETS)

    assert sale.receipt == receipt_number("T1", last + 1)


def test_nothing_is_below_zero_and_the_well_known_goods_are_there(old_shop: DemoShop) -> None:
    assert old_shop.rows("SELECT count(*) FROM stock WHERE on_hand < 0 OR owned < 0 OR below") == [(0,)]
    there = dict(old_shop.rows("SELECT code, on_hand FROM product JOIN stock ON product_id = id"))
    assert {code: there[code] for code in FEATURED if there[code] < 3} == {}


def test_what_runs_out_is_reported_by_what_was_sold(old_shop: DemoShop) -> None:
    low = LowStock(old_shop.context)(old_shop.person("clerk"))
    covered = [one.cover for one in low if one.cover.sold > 0 and one.cover.days_left is not None]
    assert len(covered) > 5
    assert len(covered) > len(low) / 2, "hardly anything that nobody asks for"


def test_rates_move_a_little_every_day(old_shop: DemoShop) -> None:
    bought = [
        float(buy) for (buy,) in old_shop.rows("SELECT buy FROM rate WHERE currency = 'CNY' ORDER BY since, entry")
    ]
    assert len(bought) == DAYS + 2, "the first day's twice: the shop was founded with it"
    assert all(abs(after / before - 1) < 0.03 for before, after in pairwise(bought))


def test_what_was_bought_counts_for_who_comes_back(old_shop: DemoShop) -> None:
    again = old_shop.rows("SELECT count(*) FROM visitor WHERE last_seen > first_seen")[0][0]
    assert again > 0


def test_what_came_back_before_it_left_counts_for_no_one(old_shop: DemoShop) -> None:
    returned = [text for (text,) in old_shop.rows("SELECT details FROM journal WHERE act = 'return'")]
    assert returned
    assert [text for text in returned if "rules_gone" in text] == []
    assert [text for text in returned if '"freed":[{' in text.replace(" ", "")]


def test_the_same_past_comes_out_twice(tmp_path_factory: pytest.TempPathFactory) -> None:
    pasts = []
    for _ in range(2):
        shop = traded(tmp_path_factory.mktemp("twice"), 3, 30, 200)
        pasts.append(
            shop.rows(
                "SELECT s.at, s.till, code, quantity, amount_minor FROM sale s JOIN sale_line ON sale_id = s.id"
                " JOIN sold_goods g ON g.id = goods_id"
            )
        )
        shop.close()
    assert pasts[0] == pasts[1]


def test_just_as_many_baskets_as_asked_are_spread_over_the_days() -> None:
    past = PastPlan(dict, 14, 1_001, seed=5)
    spread = baskets_a_day(date(2026, 11, 22), 14, 1_001, ["T1", "T2", "T3"], 1, past.random("days"))

    assert [day for day, _ in spread] == [date(2026, 11, 9) + timedelta(days=n) for n in range(14)]
    of_tills: Counter[str] = Counter()
    for _, counts in spread:
        of_tills.update(counts)
    assert of_tills.total() == 1_001
    assert of_tills["T1"] > of_tills["T2"] > of_tills["T3"]
    assert {day.weekday() for day, counts in spread if counts["T3"]} == {4, 5, 6}


def test_a_store_of_any_size_is_made_for_those_who_build_the_till(tmp_path: Path) -> None:
    made = ["--data", str(tmp_path / "store"), "--years", "0.03", "--sales", "120", "--goods", "120"]
    assert history.main(made) == 0
    shop = DemoShop(tmp_path / "store")
    assert shop.rows("SELECT count(*) FROM sale WHERE kind = 'sale'") == [(120,)]
    assert shop.verify() == []
    shop.close()

    assert history.main(made) == 2, "never over something else"
