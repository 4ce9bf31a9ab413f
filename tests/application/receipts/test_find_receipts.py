"""A receipt whose number no one has is found by what is remembered of it."""

from __future__ import annotations

import pytest

from pos.application.ports.return_ports import FoundReceipt
from pos.domain.staff.staff import NotAllowed
from pos.domain.visitors.document import read_typed
from tests.application.returns.test_return_goods import record_return
from tests.builders import cash
from tests.horgos import KZT
from tests.shops import CARTON, CHOCOLATE, COGNAC, SWEETS, DemoShop


@pytest.fixture
def week(shop: DemoShop) -> DemoShop:
    """Monday: chocolate; Tuesday: cognac and sweets for tenge; Wednesday: a carton, and chocolate for a stranger."""
    shop.sell(CHOCOLATE, CHOCOLATE)  # T1-000001, 25.00
    shop.now.move(days=1)
    shop.sell(COGNAC, SWEETS, tenders=(cash("50000", KZT),))  # T1-000002, 498.00
    shop.now.move(days=1)
    shop.sell(CARTON)  # T1-000003, 260.00
    stranger = shop.checkout()
    stranger.identify(read_typed("passport", "E87654321", "CHN", "1990-01-01", shop.now().date()))
    stranger.scan(CHOCOLATE)
    shop.pay(stranger)  # T1-000004, 12.50
    return shop


def receipts_of(shop: DemoShop, text: str) -> list[str]:
    return [one.receipt for one in shop.find_receipts(text, shop.person("amina")).receipts]


@pytest.mark.parametrize(
    ("text", "receipts"),
    [
        ("", ["T1-000004", "T1-000003", "T1-000002", "T1-000001"]),
        ("t1-000002", ["T1-000002"]),
        ("T1-2", ["T1-000002"]),
        ("3", ["T1-000003"]),
        ("498", ["T1-000002"]),
        ("498,00", ["T1-000002"]),
        ("50000", ["T1-000002"]),
        ("2026-03-03", ["T1-000002"]),
        ("03.03", ["T1-000002"]),
        ("2.3.26", ["T1-000001"]),
        ("04.03.2026", ["T1-000004", "T1-000003"]),
        ("04.03 12.50", ["T1-000004"]),
        ("12.50", ["T1-000004"]),
        (CHOCOLATE, ["T1-000004", "T1-000001"]),
        ("cognac", ["T1-000002"]),
        ("04.03 260", ["T1-000003"]),
        ("05.03", []),
        ("31.02", []),
        ("T9-000001", []),
        ("nothing of the kind", []),
        ("% _ '; DROP TABLE sale", []),
    ],
)
def test_by_number_day_amount_and_goods(week: DemoShop, text: str, receipts: list[str]) -> None:
    assert receipts_of(week, text) == receipts


def test_by_the_visitors_document(week: DemoShop) -> None:
    person = week.person("amina")
    his = week.find_receipts.of_visitor(week.document(), person).receipts
    assert [one.receipt for one in his] == ["T1-000003", "T1-000002", "T1-000001"]
    stranger = read_typed("passport", "E80000009", "CHN", "1990-01-01", week.now().date())
    assert week.find_receipts.of_visitor(stranger, person).receipts == ()


def test_each_tells_what_it_was_and_what_came_back(week: DemoShop) -> None:
    record_return(week, "T1-000002", (0, 1))
    [one] = week.find_receipts("T1-000002", week.person("amina")).receipts
    assert isinstance(one, FoundReceipt)
    assert (one.pieces, one.came_back, one.lines, str(one.total)) == (2, 1, 2, "498.00")
    assert [names["en"] for names in one.goods] == [
        line.names["en"] for line in week.return_goods.look("T1-000002").sale.lines
    ]


def test_a_page_after_another_misses_and_doubles_nothing(week: DemoShop) -> None:
    person, before, seen = week.person("amina"), None, list[str]()
    for _ in range(4):
        page = week.find_receipts("", person, before, limit=1)
        seen += [one.receipt for one in page.receipts]
        before = page.next
    assert seen == ["T1-000004", "T1-000003", "T1-000002", "T1-000001"]
    assert before is None


def test_returns_are_not_receipts_to_be_returned_and_a_clerk_finds_none(week: DemoShop) -> None:
    record_return(week, "T1-000002", (0, 1))
    assert len(receipts_of(week, "")) == 4
    with pytest.raises(NotAllowed):
        week.find_receipts("", week.person("clerk"))
