"""What tills tell of goods after their sale: returns, moves, departures, declarations, entries and links."""

from __future__ import annotations

from dataclasses import replace
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
from pos.application.center.verify_center import VerifyCenter
from pos.domain.center.ledger import LineId
from pos.domain.quota.rule import Verdict
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


def test_what_is_moved_counts_on_the_day_on_which_it_was_bought(center: Center) -> None:
    shop = center.till("A1")
    shop.sell("passport", perfume("5000"))
    shop.sell("other", perfume("5000"))
    center.clock.pass_by(days=1)  # on which either of them has nothing yet
    one, other = shop.look_up("passport"), shop.look_up("other")
    moved = MovedLines("move-1", one.reference, other.reference, (LineId("A-1-1", 1),))
    assert RecordMove(center.context)(shop.caller, moved, digest(moved)).flags == ("over",)


def test_what_changes_between_a_reservation_and_its_sale_is_flagged_with_the_sale(center: Center) -> None:
    shop, next_door = center.till("A1"), center.till("B1")
    shop.sell("passport", perfume("5000"))
    asked = next_door.request(next_door.look_up("other"), perfume("5000"))
    next_door.reserve(asked)
    one, other = shop.look_up("passport"), shop.look_up("other")
    moved = MovedLines("move-1", one.reference, other.reference, (LineId("A-1-1", 1),))
    RecordMove(center.context)(shop.caller, moved, digest(moved))
    assert next_door.confirm(asked).flags == ("over",)
    assert VerifyCenter(center.context)().findings == []


def test_what_two_documents_of_one_person_bought_together_is_flagged(center: Center) -> None:
    shop = center.till("A1")
    for document in ("passport", "identity card", "number", "personal number"):
        shop.sell(document, perfume("5000"))
    center.clock.pass_by(days=1)
    link = DocumentLink("link-1", ("passport",), ("identity card",))
    assert LinkVisitors(center.context)(shop.caller, link, digest(link)).flags == ("over",)
    shop.look_up("number", "personal number")  # one document bears both
    assert [flag.kind for flag in ListFlags(center.context)()] == ["over", "over"]
    assert VerifyCenter(center.context)().findings == []


def test_a_departure_that_is_told_late_makes_two_carry_outs_of_one(center: Center) -> None:
    shop = center.till("A1")
    shop.sell("passport", perfume("3000"))
    left_at = center.clock() + timedelta(hours=1)
    center.clock.pass_by(hours=2)
    center.till("B1").sell("passport", perfume("3000"))
    reference = shop.look_up("passport").reference
    left = Departure("left-1", reference, "cn-horgos", left_at - timedelta(days=1), left_at, left_at)
    assert RecordDeparture(center.context)(shop.caller, left, digest(left)).flags == ("over",)


def test_what_is_learned_of_a_visitor_after_they_bought_is_flagged(center: Center) -> None:
    """Goods that were declared late, entries that make them a frequent traveller, and an age below that of the rule."""
    shop = center.till("A1")
    shop.sell("declared", perfume("5000"))
    seen = shop.look_up("declared")
    said = DeclaredGoods("said-1", seen.reference, "cn-horgos", center.clock(), None, (perfume("5000"),))
    assert RecordDeclared(center.context)(shop.caller, said, digest(said)).flags == ("over",)
    shop.sell("frequent", spirit(1))
    told = EntryDays("days-1", shop.look_up("frequent").reference, (date(2026, 11, 12), date(2026, 11, 18)))
    assert RecordEntries(center.context)(shop.caller, told, digest(told)).flags == ("over",)
    unknown = replace(ADULT, birth_date=None)
    asked = shop.request(shop.look_up("young", person=unknown), spirit(1), verdict=Verdict.UNKNOWN)
    asked = replace(asked, visitors=(replace(asked.visitors[0], person=unknown),))
    shop.reserve(asked)
    shop.confirm(asked)
    shop.look_up("young", person=Person(date(2012, 1, 1), None, "CN"))
    assert [flag.kind for flag in ListFlags(center.context)()] == ["over"] * 3
    assert VerifyCenter(center.context)().findings == []


def test_days_of_entry_after_a_sale_make_nothing_of_it_too_much(center: Center) -> None:
    shop = center.till("A1")
    shop.sell("passport", spirit(1))
    center.clock.pass_by(days=6)
    told = EntryDays("days-1", shop.look_up("passport").reference, (date(2026, 11, 24), date(2026, 11, 25)))
    assert RecordEntries(center.context)(shop.caller, told, digest(told)).flags == ()


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
