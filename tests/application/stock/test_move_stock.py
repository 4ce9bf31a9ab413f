"""Goods that are corrected, taken elsewhere in the shop, written off or given as samples, several in one document."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pos.application.ports.stock_ports import MovementFilter
from pos.application.stock.move_stock import StockDocument, StockDocumentDraft, StockDocumentLine
from pos.domain.errors import BadField
from pos.domain.staff.staff import NotAllowed
from pos.domain.stock.stock import NotThere
from pos.domain.stock.stock_document import AdjustmentTooLarge, SameLocation
from tests.shops import CARTON, CHOCOLATE, SWEETS, DemoShop
from tests.stocks import EARLY, LATE, Clerk


@pytest.fixture
def clerk(shop: DemoShop) -> Clerk:
    """The stock clerk."""
    return Clerk(shop)


def moves(clerk: Clerk, kind: str, *lines: StockDocumentLine, name: str = "clerk", **fields: str) -> StockDocument:
    return clerk.shop.move_stock(clerk.shop.person(name), StockDocumentDraft(kind, lines, **fields))


def test_several_lines_are_one_document_with_its_number_in_the_journal(clerk: Clerk) -> None:
    chocolate, sweets = clerk.on_floor(CHOCOLATE), clerk.on_floor(SWEETS)
    document = moves(
        clerk,
        "adjustment",
        StockDocumentLine(-2, CHOCOLATE),
        StockDocumentLine(3, SWEETS),
        reason="miscounted",
        note="Monday",
    )

    assert (document.document, document.pieces) == ("M-000001", 5)
    assert (clerk.on_floor(CHOCOLATE), clerk.on_floor(SWEETS)) == (chocolate - 2, sweets + 3)
    movements = clerk.shop.read_stock.movements(clerk.person, MovementFilter(document="M-000001"))
    assert [(row.code, row.quantity, row.why, row.note) for row in movements] == [
        (CHOCOLATE, -2, "miscounted", "Monday"),
        (SWEETS, 3, "miscounted", "Monday"),
    ]
    assert clerk.journal()[-1] == "move_stock"
    assert clerk.shop.verify() == []


def test_goods_go_from_the_floor_to_the_store_room_and_keep_their_worth(clerk: Clerk) -> None:
    here = clerk.on_floor(CHOCOLATE)
    clerk.brings(CHOCOLATE, 3, cost=100)
    before = clerk.shop.read_stock.show(clerk.person, CHOCOLATE)
    moves(clerk, "transfer", StockDocumentLine(here + 3, CHOCOLATE), to="store")
    after = clerk.shop.read_stock.show(clerk.person, CHOCOLATE)
    assert clerk.lies(CHOCOLATE) == [f"store | - | {here + 3}"]
    assert (after.owned, after.value) == (before.owned, before.value)
    moves(clerk, "transfer", StockDocumentLine(1, CHOCOLATE), location="store", to="quarantine")
    assert clerk.lies(CHOCOLATE) == [f"store | - | {here + 2}", "quarantine | - | 1"]
    assert clerk.shop.read_stock.show(clerk.person, CHOCOLATE).value == before.value
    assert clerk.shop.verify() == []


def test_a_lot_is_moved_by_its_name_and_without_one_what_expires_first(clerk: Clerk) -> None:
    here = clerk.on_floor(CHOCOLATE)
    clerk.brings(CHOCOLATE, 4, lot="A1", expiry=EARLY)
    clerk.brings(CHOCOLATE, 4, lot="B2", expiry=LATE)
    moves(clerk, "transfer", StockDocumentLine(1, CHOCOLATE, lot="B2"), to="quarantine")
    document = moves(clerk, "waste", StockDocumentLine(6, CHOCOLATE), reason="damaged")
    assert [(line.lot.code if line.lot else "", line.quantity) for line in document.lines] == [("A1", 4), ("B2", 2)]
    assert clerk.lies(CHOCOLATE) == [f"floor | - | {here}", "floor | B2 | 1", "quarantine | B2 | 1"]
    with pytest.raises(BadField):
        moves(clerk, "waste", StockDocumentLine(1, CHOCOLATE, lot="ZZ"), reason="damaged")


def test_more_than_is_there_is_refused_and_nothing_of_the_document_happens(clerk: Clerk) -> None:
    here = clerk.on_floor(CHOCOLATE)
    before = clerk.shop.tables()
    with pytest.raises(NotThere) as refused:
        moves(
            clerk,
            "waste",
            StockDocumentLine(1, SWEETS),
            StockDocumentLine(here, CHOCOLATE),
            StockDocumentLine(1, CHOCOLATE),
            reason="damaged",
        )
    assert (refused.value.code, refused.value.place) == (CHOCOLATE, "floor")
    assert clerk.shop.tables() == before


def test_of_several_documents_all_are_recorded_or_none(clerk: Clerk) -> None:
    here = clerk.on_floor(CHOCOLATE)
    good, bad = (StockDocumentDraft("transfer", [StockDocumentLine(1, CHOCOLATE)], location, "quarantine")
                 for location in ("floor", "store"))  # fmt: skip
    with pytest.raises(NotThere):
        clerk.shop.move_stock.all(clerk.person, (good, bad))
    assert clerk.on_floor(CHOCOLATE) == here
    assert [one.document for one in clerk.shop.move_stock.all(clerk.person, (good, good))] == ["M-000001", "M-000002"]
    assert clerk.on_floor(CHOCOLATE) == here - 2


def test_a_carton_is_moved_with_its_pieces(clerk: Clerk) -> None:
    here = clerk.on_floor(CHOCOLATE)
    clerk.packs(CHOCOLATE, "CARTON12", 12)
    moves(clerk, "adjustment", StockDocumentLine(2, "CARTON12"), reason="found")
    assert clerk.on_floor(CHOCOLATE) == here + 24


def test_over_the_limit_a_manager_records_it(clerk: Clerk) -> None:
    clerk.shop.set("adjustment_limit", "100")
    clerk.brings(CARTON, 10, cost=2_600_00)
    clerk.counted(CARTON, 0)
    wanted = StockDocumentLine(5, CARTON)
    with pytest.raises(AdjustmentTooLarge):
        moves(clerk, "waste", wanted, reason="damaged")
    moves(clerk, "transfer", wanted, to="store")
    moves(clerk, "waste", wanted, reason="damaged", name="manager", location="store")
    assert clerk.shop.verify() == []


def test_bad_documents_are_refused_with_what_and_where(clerk: Clerk) -> None:
    line = StockDocumentLine(1, CHOCOLATE)
    for kind, lines, fields in (
        ("theft", [line], {}),
        ("waste", [line], {}),
        ("waste", [line], {"reason": "boredom"}),
        ("waste", [], {"reason": "damaged"}),
        ("waste", [StockDocumentLine(0, CHOCOLATE)], {"reason": "damaged"}),
        ("waste", [StockDocumentLine(-1, CHOCOLATE)], {"reason": "damaged"}),
        ("waste", [line], {"reason": "damaged", "to": "store"}),
        ("waste", [line], {"reason": "damaged", "location": "roof"}),
        ("waste", [line], {"reason": "damaged", "note": "x" * 121}),
        ("transfer", [line], {"to": "roof"}),
    ):
        with pytest.raises(BadField):
            moves(clerk, kind, *lines, **fields)
    with pytest.raises(SameLocation):
        moves(clerk, "transfer", line, to="floor")
    with pytest.raises(NotAllowed):
        moves(clerk, "sample", line, reason="tasting", name="amina")


def test_the_account_of_a_lot_says_what_became_of_it(clerk: Clerk) -> None:
    clerk.brings(CHOCOLATE, 20, lot="A1", expiry=EARLY, entry="KZ-1/26")
    clerk.shop.sell(CHOCOLATE, CHOCOLATE, CHOCOLATE)
    moves(clerk, "waste", StockDocumentLine(2, CHOCOLATE, lot="A1"), reason="damaged")
    moves(clerk, "sample", StockDocumentLine(1, CHOCOLATE, lot="A1"), reason="tasting")
    moves(clerk, "adjustment", StockDocumentLine(-1, CHOCOLATE, lot="A1"), reason="unknown")
    moves(clerk, "transfer", StockDocumentLine(4, CHOCOLATE, lot="A1"), to="store")
    [lot] = clerk.shop.read_stock.lots(clerk.person, entry="KZ-1/26")
    assert (lot.received, lot.sold, lot.returned, lot.destroyed, lot.other, lot.on_hand) == (20, 3, 0, 3, -1, 13)
    assert lot.locations == {"floor": 9, "store": 4}
    assert clerk.shop.read_stock.lots(clerk.person, entry="KZ-2/26") == []
    assert len(clerk.shop.read_stock.movements(clerk.person, MovementFilter(lot=lot.lot.id))) == 7


def test_what_expires_is_listed_by_how_soon(clerk: Clerk) -> None:
    today = date(2026, 3, 2)
    for lot, days in (("GONE", -1), ("TODAY", 0), ("WEEK", 6), ("SOON", 7), ("MONTH", 30), ("FAR", 31)):
        clerk.brings(SWEETS, 1, lot=lot, expiry=today + timedelta(days=days))

    def listed(days: int | None = None) -> list[tuple[str, str]]:
        expiring = clerk.shop.read_stock.expiring(clerk.person, days)
        return [(one.balance.lot.code, one.urgency) for one in expiring if one.balance.code == SWEETS]

    assert listed() == [
        ("GONE", "expired"),
        ("TODAY", "this_week"),
        ("WEEK", "this_week"),
        ("SOON", "soon"),
        ("MONTH", "soon"),
    ]
    assert len(listed(0)) == 2
    moves(clerk, "waste", StockDocumentLine(1, SWEETS, lot="GONE"), reason="expired")
    assert listed()[0] == ("TODAY", "this_week")
