"""History: every receipt is found by what is remembered of it, by the person who may read reports."""

from __future__ import annotations

import pytest

from pos.application.ports.return_ports import ANY, DISCOUNT, EXCHANGE, RETURN, SALE, ReceiptFilter
from pos.domain.staff.staff import NotAllowed
from pos.domain.visitors.document import read_typed
from tests.application.returns.test_return_goods import record_return
from tests.builders import cash
from tests.horgos import KZT
from tests.shops import CARTON, CHOCOLATE, COGNAC, SWEETS, DemoShop

EVERYTHING = ReceiptFilter(ANY)


@pytest.fixture
def week(shop: DemoShop) -> DemoShop:
    """Monday noon: chocolate; Tuesday: cognac and sweets, of which the cognac comes back; Wednesday: a carton."""
    shop.sell(CHOCOLATE, CHOCOLATE)  # T1-000001, 25.00
    shop.now.move(days=1)
    shop.sell(COGNAC, SWEETS, tenders=(cash("50000", KZT),))  # T1-000002, 498.00
    record_return(shop, "T1-000002", (0, 1))  # T1-000003
    shop.now.move(days=1)
    shop.sell(CARTON)  # T1-000004, 260.00
    return shop


def receipts_of(shop: DemoShop, text: str, wanted: ReceiptFilter = EVERYTHING) -> list[str]:
    page = shop.find_receipts.history(text, wanted, shop.person("manager"))
    return [one.receipt for one in page.receipts]


@pytest.mark.parametrize(
    ("text", "receipts"),
    [
        ("", ["T1-000004", "T1-000003", "T1-000002", "T1-000001"]),
        ("T1-000002", ["T1-000002"]),
        ("t1-00000", ["T1-000004", "T1-000003", "T1-000002", "T1-000001"]),
        ("T1-1", ["T1-000001"]),
        ("000004", ["T1-000004"]),
        ("004", ["T1-000004"]),
        ("498", ["T1-000002"]),
        ("cognac", ["T1-000003", "T1-000002"]),
        ("03.03 cognac", ["T1-000003", "T1-000002"]),
        ("2.3.26-3.3.26", ["T1-000003", "T1-000002", "T1-000001"]),
        ("2026-03-03..2026-03-04", ["T1-000004", "T1-000003", "T1-000002"]),
        ("02.03 12:00", ["T1-000001"]),
        ("02.03 11:50-12:10", ["T1-000001"]),
        ("02.03 13:00", []),
        ("12:00", ["T1-000004"]),
        ("2026-03-02..2026-03-04 12:00 chocolate", ["T1-000001"]),
        ("25:99", []),
        ("13:00-12:00", []),
        ("04.03-02.03", []),
        ("31.02", []),
        ("=zzqq()", []),
        ("% _ '; DROP TABLE sale", []),
        ("9" * 100, []),
        ("T9-000001", []),
    ],
)
def test_by_part_of_a_number_days_times_goods_and_amounts(week: DemoShop, text: str, receipts: list[str]) -> None:
    assert receipts_of(week, text) == receipts


def test_by_kind_cashier_and_till(week: DemoShop) -> None:
    assert receipts_of(week, "", ReceiptFilter(SALE)) == ["T1-000004", "T1-000002", "T1-000001"]
    assert receipts_of(week, "", ReceiptFilter(RETURN)) == ["T1-000003"]
    assert receipts_of(week, "", ReceiptFilter(EXCHANGE)) == []
    assert receipts_of(week, "", ReceiptFilter(DISCOUNT)) == []
    assert len(receipts_of(week, "", ReceiptFilter(ANY, cashier="amina"))) == 4
    assert receipts_of(week, "", ReceiptFilter(ANY, cashier="li")) == []
    assert len(receipts_of(week, "", ReceiptFilter(ANY, till="T1"))) == 4
    assert receipts_of(week, "", ReceiptFilter(ANY, till="T2")) == []
    assert receipts_of(week, "cognac", ReceiptFilter(RETURN)) == ["T1-000003"]


def test_a_return_names_its_goods_and_the_receipt_that_it_reverses(week: DemoShop) -> None:
    [back] = week.find_receipts.history("", ReceiptFilter(RETURN), week.person("manager")).receipts
    assert (back.kind, back.reverses, back.pieces, back.lines) == ("return", "T1-000002", 1, 1)


def test_pages_miss_and_double_nothing_whatever_is_asked(week: DemoShop) -> None:
    manager = week.person("manager")
    for text, wanted, count in (("", EVERYTHING, 4), ("", ReceiptFilter(ANY, till="T1"), 4), (SWEETS, EVERYTHING, 1)):
        seen, before = list[str](), None
        for _ in range(count + 1):
            page = week.find_receipts.history(text, wanted, manager, before, limit=1)
            seen, before = seen + [one.receipt for one in page.receipts], page.next
            if before is None:
                break
        assert len(seen) == len(set(seen)) == count


def test_a_visitors_receipts_are_shown_and_that_they_were_looked_up_is_written_down(week: DemoShop) -> None:
    manager, today = week.person("manager"), week.now().date()
    page = week.find_receipts.history("", EVERYTHING, manager, document=week.document())
    assert [one.receipt for one in page.receipts] == ["T1-000004", "T1-000002", "T1-000001"]
    stranger = read_typed("passport", "E80000009", "CHN", "1990-01-01", today)
    assert week.find_receipts.history("", EVERYTHING, manager, document=stranger).receipts == ()
    assert week.rows("SELECT person, details FROM journal WHERE act = 'look_up' ORDER BY id") == [
        ("manager", '{"about":"receipts","visitor":1}'),
        ("manager", '{"about":"receipts","visitor":null}'),
    ]


@pytest.mark.parametrize("name", ["amina", "clerk"])
def test_it_is_the_managers(week: DemoShop, name: str) -> None:
    with pytest.raises(NotAllowed):
        week.find_receipts.history("", EVERYTHING, week.person(name))
    with pytest.raises(NotAllowed):
        week.find_receipts.history("", EVERYTHING, week.person(name), document=week.document())


def test_goods_sold_often_and_seldom_are_found_alike(week: DemoShop, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = receipts_of(week, "cognac"), receipts_of(week, "03.03 cognac"), receipts_of(week, "chocolate")
    monkeypatch.setattr("db.receipts.receipt_search._SELDOM", 0)
    monkeypatch.setattr("db.receipts.receipt_search._FEW_GOODS", 0)
    assert (receipts_of(week, "cognac"), receipts_of(week, "03.03 cognac"), receipts_of(week, "chocolate")) == usual
