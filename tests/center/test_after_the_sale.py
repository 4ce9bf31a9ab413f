"""What tills tell of goods after their sale: returns, moves, departures, declarations, entries and links."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pos.application.center.link_visitors import LinkVisitors
from pos.application.center.list_flags import ListFlags
from pos.application.center.record_changes import (
    RecordDeclared,
    RecordDeparture,
    RecordEntries,
    RecordMove,
    RecordReturn,
)
from pos.application.center.refusals import LineNotKnown, PersonsDiffer, StricterVerdict
from pos.application.center.requests import (
    Booked,
    DeclaredGoods,
    Departure,
    DocumentLink,
    EntryDays,
    MovedLines,
    Person,
    ReturnedUnits,
    UnitsBack,
)
from pos.domain.center.ledger import LineId
from tests.center.shops import ADULT, Center, TillAtCenter, digest, perfume, spirit


def give_back(till: TillAtCenter, sale: str, units: int = 1, key: str = "return-1") -> Booked:
    """Units of the first line of a sale come back."""
    returned = ReturnedUnits(key, till.context.now(), (UnitsBack(LineId(sale, 1), units),))
    return RecordReturn(till.context)(till.caller, returned, digest(returned))


def prices(till: TillAtCenter, document: str = "passport") -> list[int]:
    """What stands on a visitor's ledger."""
    return [int(line.goods.unit_price) for line in till.look_up(document).lines]


def test_what_comes_back_before_leaving_gives_the_allowance_back_in_every_shop(center: Center) -> None:
    shop, next_door = center.till("A1"), center.till("B1")
    shop.sell("passport", perfume("3000", 2))
    assert give_back(shop, "A-1-1").flags == ()
    (line,) = next_door.look_up("passport").lines
    assert line.goods.quantity == 1
    next_door.reserve(next_door.request(next_door.look_up("passport"), perfume("5000")))


def test_of_units_that_come_back_the_dutiable_ones_are_the_first(center: Center) -> None:
    shop = center.till("A1")
    asked = shop.request(shop.look_up("passport"), spirit(4, taxed=1), approved=True)
    shop.confirm_as_duty(asked)
    give_back(shop, asked.key)
    (line,) = shop.look_up("passport").lines
    assert (line.goods.quantity, line.goods.taxed_units) == (3, 0)


def test_what_comes_back_after_leaving_gives_nothing_back_and_is_flagged(center: Center) -> None:
    shop = center.till("A1")
    shop.sell("passport", perfume("3000"))
    center.clock.pass_by(days=1)
    assert give_back(shop, "A-1-1").flags == ("return_after_departure",)
    assert prices(shop) == [3000]
    (flag,) = ListFlags(center.context)()
    assert (flag.kind, flag.shop, flag.till) == ("return_after_departure", "A", "1")


def test_a_return_that_is_told_twice_counts_once(center: Center) -> None:
    shop = center.till("A1")
    shop.sell("passport", perfume("1000", 3))
    assert give_back(shop, "A-1-1") == give_back(shop, "A-1-1")
    (line,) = shop.look_up("passport").lines
    assert line.goods.quantity == 2


def test_no_shop_gives_back_what_another_sold(center: Center) -> None:
    center.till("A1").sell("passport", perfume("1000"))
    with pytest.raises(LineNotKnown):
        give_back(center.till("B1"), "A-1-1")


def test_goods_that_are_moved_use_the_other_visitors_allowance(center: Center) -> None:
    shop = center.till("A1")
    shop.sell("passport", perfume("5000"))
    one, other = shop.look_up("passport"), shop.look_up("other")
    moved = MovedLines("move-1", one.reference, other.reference, (LineId("A-1-1", 1),))
    RecordMove(center.context)(shop.caller, moved, digest(moved))
    assert (prices(shop), prices(shop, "other")) == ([], [5000])
    give_back(shop, "A-1-1")
    assert prices(shop, "other") == [], "the line is found where it is now"


def test_too_much_that_is_moved_is_booked_and_flagged(center: Center) -> None:
    shop = center.till("A1")
    shop.sell("passport", perfume("5000"))
    shop.sell("other", perfume("5000"))
    one, other = shop.look_up("passport"), shop.look_up("other")
    moved = MovedLines("move-1", one.reference, other.reference, (LineId("A-1-1", 1),))
    assert RecordMove(center.context)(shop.caller, moved, digest(moved)).flags == ("over",)


def test_who_leaves_takes_what_every_shop_has_sold_them(center: Center) -> None:
    for name in ("A1", "B1"):
        center.till(name).sell("passport", spirit(1))
    till, now = center.till("A1"), center.clock()
    left_at, reference = now + timedelta(hours=1), till.look_up("passport").reference
    left = Departure("left-1", reference, "cn-horgos", now - timedelta(days=1), now, left_at)
    RecordDeparture(center.context)(till.caller, left, digest(left))
    assert {line.carried_out_at for line in till.look_up("passport").lines} == {left_at}
    center.clock.pass_by(hours=2)
    with pytest.raises(StricterVerdict):  # the one use of the day is spent
        till.reserve(till.request(till.look_up("passport"), perfume("100")))


def test_declared_goods_belong_to_no_shop_and_count_in_each(center: Center) -> None:
    shop, next_door = center.till("A1"), center.till("B1")
    seen = shop.look_up("passport")
    declared = DeclaredGoods("said-1", seen.reference, "cn-horgos", center.clock(), None, (perfume("5000"),))
    RecordDeclared(center.context)(shop.caller, declared, digest(declared))
    assert [line.is_declared for line in next_door.look_up("passport").lines] == [True]
    with pytest.raises(StricterVerdict):
        next_door.reserve(next_door.request(next_door.look_up("passport"), perfume("5000")))


def test_days_of_entry_that_one_shop_learns_bind_in_every_shop(center: Center) -> None:
    shop, next_door = center.till("A1"), center.till("B1")
    told = EntryDays("days-1", shop.look_up("passport").reference, (date(2026, 11, 12), date(2026, 11, 18)))
    RecordEntries(center.context)(shop.caller, told, digest(told))
    assert next_door.look_up("passport").entries == (date(2026, 11, 18), date(2026, 11, 12))
    with pytest.raises(StricterVerdict):
        next_door.reserve(next_door.request(next_door.look_up("passport"), spirit(1)))


def test_linked_documents_are_one_person_with_one_ledger(center: Center) -> None:
    shop, next_door = center.till("A1"), center.till("B1")
    shop.sell("passport", perfume("5000"))
    before = shop.look_up("identity card")
    link = DocumentLink("link-1", ("passport",), ("identity card",))
    LinkVisitors(center.context)(shop.caller, link, digest(link))
    seen = next_door.look_up("identity card")
    assert (len(seen.lines), seen.version > before.version) == (1, True)
    assert seen.reference == next_door.look_up("passport").reference
    next_door.reserve(next_door.request(seen, perfume("3000")))


def test_documents_of_two_persons_are_not_linked(center: Center) -> None:
    shop = center.till("A1")
    shop.look_up("passport", person=ADULT)
    shop.look_up("identity card", person=Person(date(2001, 1, 1), None, "CN"))
    link = DocumentLink("link-1", ("passport",), ("identity card",))
    with pytest.raises(PersonsDiffer) as refused:
        LinkVisitors(center.context)(shop.caller, link, digest(link))
    assert refused.value.field == "birth_date"


def test_a_document_with_both_numbers_joins_who_were_two(center: Center) -> None:
    shop, next_door = center.till("A1"), center.till("B1")
    shop.sell("number", perfume("3000"))
    next_door.sell("personal number", perfume("4000"))
    assert sorted(int(line.goods.unit_price) for line in shop.look_up("number", "personal number").lines) == [
        3000,
        4000,
    ]
    assert len(next_door.look_up("personal number").lines) == 2


def test_a_reservation_of_either_document_counts_after_they_are_linked(center: Center) -> None:
    shop, next_door = center.till("A1"), center.till("B1")
    asked = shop.request(shop.look_up("identity card"), perfume("5000"))
    shop.reserve(asked)
    next_door.look_up("passport")
    seen = next_door.look_up("passport", "identity card")
    assert len(seen.reservations) == 1
    assert shop.confirm(asked).flags == ()
    assert prices(next_door) == [5000]
