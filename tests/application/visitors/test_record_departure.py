"""Has left: what goes out with a visitor, and what does not."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest

from pos.application.sales.check_order import QuotaExceeded
from pos.application.visitors.identify_visitor import UnknownVisitor
from pos.application.visitors.record_departure import Departure
from pos.application.visitors.visits import VisitorUseCases
from pos.domain.errors import BadField
from pos.domain.quota.rule import UnknownRegime
from pos.domain.staff.staff import NotAllowed
from pos.domain.visitors.document import Document, read_typed
from pos.exports import gate_csv
from tests.builders import MONDAY
from tests.shops import BAG, CARTON, CHOCOLATE, COGNAC, SWEETS, DemoShop


def steps(shop: DemoShop) -> VisitorUseCases:
    """The steps about a visitor, over the store of this shop."""
    return VisitorUseCases.over(shop.context, gate_csv.reading)


def leaves(shop: DemoShop, at: datetime | None = None, **fields: str) -> Departure:
    """Amina says that Zhang Wei has left."""
    return steps(shop).record_departure(shop.document(), shop.person("amina"), at, **fields)


def a_passport(shop: DemoShop, number: str = "E87654321", born: str = "1990-01-01") -> Document:
    """The passport of another person."""
    return read_typed("passport", number, "CHN", born, shop.now().date())


def sell_to_kazakhstan(shop: DemoShop, *codes: str) -> None:
    """Sell these codes to Zhang Wei on the way to the other side."""
    basket = shop.basket(*codes)
    basket.leave_to("KZ")
    shop.pay(basket)


def departures(shop: DemoShop) -> list[tuple[int, int, int | None]]:
    """Sale, line and minutes after Monday noon at which it left."""
    rows = shop.rows("SELECT sale_id, line_no, carried_out_at FROM quota_entry ORDER BY sale_id, line_no")
    noon = int(MONDAY.timestamp()) * 1_000_000
    return [(sale, line, None if at is None else (at - noon) // 60_000_000) for sale, line, at in rows]


def left_in_the_journal(shop: DemoShop) -> list[tuple[object, ...]]:
    return shop.rows("SELECT person, details FROM journal WHERE act = 'left' ORDER BY id")


def test_what_was_bought_and_is_still_there_leaves_with_them_once(shop: DemoShop) -> None:
    shop.sell(CARTON, COGNAC)
    shop.now.move(minutes=10)
    shop.sell(CHOCOLATE, CHOCOLATE)
    shop.now.move(minutes=10)

    gone = leaves(shop)
    shop.now.move(minutes=10)
    sell_to_kazakhstan(shop, BAG)
    shop.now.move(minutes=10)
    again = leaves(shop)

    assert (gone.units, [under.regime.id for under in gone.left]) == (4, ["cn-horgos"])
    assert (gone.visitor.masked, gone.at) == ("E••••••01", MONDAY + timedelta(minutes=20))
    assert again.units == 1
    assert departures(shop) == [(1, 0, 20), (1, 1, 20), (2, 0, 20), (3, 0, 40)]
    assert shop.verify() == []


def test_a_departure_spends_the_allowance_of_the_day(shop: DemoShop) -> None:
    shop.sell(SWEETS)
    before = steps(shop).show(shop.document(), shop.person("amina"))
    leaves(shop)
    after = steps(shop).show(shop.document(), shop.person("amina"))

    [value] = [r for r in before.judged["cn-horgos"].assessment.rules if r.rule.id == "value"]
    [spent] = [r for r in after.judged["cn-horgos"].assessment.rules if r.rule.id == "value"]
    assert (value.available, value.pending) == (8000, 48)
    assert (spent.available, spent.pending, spent.used) == (0, 0, 48)


def test_who_left_before_they_bought_took_nothing_of_it_out(shop: DemoShop) -> None:
    shop.sell(SWEETS)
    shop.now.move(minutes=30)
    shop.sell(CHOCOLATE)
    shop.now.move(minutes=30)

    assert leaves(shop, MONDAY - timedelta(minutes=1)).left == ()
    assert leaves(shop, MONDAY + timedelta(minutes=29)).units == 1
    assert departures(shop) == [(1, 0, 29), (2, 0, None)]


def test_goods_of_the_day_before_have_left_at_its_end_and_are_not_moved_by_a_later_departure(shop: DemoShop) -> None:
    # Midnight in Shanghai is 16:00 in UTC.
    shop.now.at = datetime(2026, 3, 2, 15, 59, tzinfo=UTC)
    shop.sell(SWEETS)
    shop.now.at = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
    shop.sell(CHOCOLATE)
    shop.now.move(minutes=5)

    assert leaves(shop).units == 1
    assert [gone is None for _, _, gone in departures(shop)] == [True, False]
    assert leaves(shop, datetime(2026, 3, 2, 15, 59, tzinfo=UTC)).units == 1


def test_where_nothing_is_taken_to_have_left_goods_of_any_day_leave(shop: DemoShop) -> None:
    regime = replace(shop.regimes()["cn-horgos"], assume_left=False)
    shop.__dict__["known_regimes"] = {**shop.regimes(), "cn-horgos": regime}
    shop.sell(SWEETS)
    shop.now.move(days=3)
    shop.sell(CHOCOLATE)

    assert leaves(shop).units == 2
    assert shop.verify() == []


def test_who_leaves_to_one_side_still_has_what_they_bought_for_the_other(shop: DemoShop) -> None:
    shop.sell(SWEETS)
    sell_to_kazakhstan(shop, CHOCOLATE)

    assert [under.regime.id for under in leaves(shop, destination="KZ").left] == ["kz-horgos"]
    assert departures(shop) == [(1, 0, None), (2, 0, 0)]
    assert [under.regime.id for under in leaves(shop, regime="cn-horgos").left] == ["cn-horgos"]


def test_without_a_side_goods_under_every_regime_leave(shop: DemoShop) -> None:
    shop.sell(SWEETS)
    sell_to_kazakhstan(shop, CHOCOLATE)

    assert [under.regime.id for under in leaves(shop).left] == ["cn-horgos", "kz-horgos"]
    assert len(left_in_the_journal(shop)) == 2
    assert shop.verify() == []


def test_the_journal_says_who_said_it_what_left_and_when(shop: DemoShop) -> None:
    shop.sell(SWEETS)
    leaves(shop)

    [(person, details)] = left_in_the_journal(shop)
    assert person == "amina"
    assert details == (
        '{"at":"2026-03-02T04:00:00+00:00","lines":[{"declared":false,"line":0,"receipt":"T1-000001"}],'
        '"regime":"cn-horgos","source":"cashier"}'
    )


def test_where_nothing_is_pending_nothing_is_written(shop: DemoShop) -> None:
    shop.sell(SWEETS)
    leaves(shop)
    before = shop.tables()
    shop.now.move(minutes=5)

    assert leaves(shop).left == ()
    assert shop.tables() == before


@pytest.mark.parametrize(
    ("at", "what"),
    [(MONDAY + timedelta(seconds=1), "in_the_future"), (MONDAY.replace(tzinfo=None), "without_a_zone")],
)
def test_an_instant_that_cannot_be_is_bad_input(shop: DemoShop, at: datetime, what: str) -> None:
    shop.sell(SWEETS)
    before = shop.tables()

    with pytest.raises(BadField) as refused:
        leaves(shop, at)

    assert (refused.value.field, refused.value.what) == ("at", what)
    assert shop.tables() == before


def test_a_stranger_cannot_have_left_and_gets_no_row(shop: DemoShop) -> None:
    before = shop.tables()

    with pytest.raises(UnknownVisitor) as refused:
        leaves(shop)

    assert refused.value.facts() == {"document": "E••••••01"}
    assert shop.tables() == before


def test_an_unknown_side_regime_or_person_without_the_right_is_refused(shop: DemoShop) -> None:
    shop.sell(SWEETS)
    with pytest.raises(BadField):
        leaves(shop, destination="RU")
    with pytest.raises(UnknownRegime):
        leaves(shop, regime="mars")
    with pytest.raises(NotAllowed):
        steps(shop).record_departure(shop.document(), shop.person("clerk"))
    assert departures(shop) == [(1, 0, None)]


def test_with_one_document_the_goods_bought_with_a_linked_one_leave(shop: DemoShop) -> None:
    amina = shop.person("amina")
    shop.sell(SWEETS)
    other = shop.checkout()
    other.identify(a_passport(shop))
    other.scan(CHOCOLATE)
    shop.pay(other)
    steps(shop).link(a_passport(shop), shop.document(), amina)

    assert steps(shop).record_departure(a_passport(shop), amina).units == 2
    assert shop.verify() == []


def test_a_departure_reported_later_does_not_make_a_visitor_seen_earlier(shop: DemoShop) -> None:
    shop.sell(SWEETS)
    shop.now.move(minutes=30)
    shop.sell(CHOCOLATE)
    leaves(shop, MONDAY + timedelta(minutes=10))

    known = steps(shop).show(shop.document(), shop.person("amina")).known
    assert known is not None
    assert (known.first_seen, known.last_seen) == (MONDAY, MONDAY + timedelta(minutes=30))


def test_a_sale_and_a_departure_at_two_tills_never_cross(shop: DemoShop) -> None:
    shop.sell(SWEETS)
    other = shop.other_till()
    basket = other.basket(CHOCOLATE)
    ready = Barrier(2)

    def sells() -> bool:
        ready.wait()
        try:
            other.pay(basket)
        except QuotaExceeded:  # the visitor has left: the allowance of the day is spent
            return False
        return True

    def goes() -> Departure:
        ready.wait()
        return leaves(shop)

    with ThreadPoolExecutor(2) as pool:
        selling, going = pool.submit(sells), pool.submit(goes)
        sold, gone = selling.result(), going.result()

    assert gone.units == (2 if sold else 1)
    assert all(at is not None for _, _, at in departures(shop))
    assert shop.verify() == []
    other.close()
