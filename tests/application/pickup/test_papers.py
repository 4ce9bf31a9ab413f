"""Papers of customer orders are drawn, kept and printed: list by shelf, slip, cards, streamer's sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pypdfium2
import pytest

import main
from pos.application.pickup import papers
from pos.application.pickup.papers import Carry, NothingToPrint
from pos.application.pickup.stream import StreamGoods, StreamLine
from pos.application.pickup.take_order import ClaimLine, OrderDraft
from pos.application.settings.options import Options
from pos.application.shop.shop import Shop
from pos.domain.pickup.buyer import read_called
from pos.domain.pickup.customer_order import CustomerOrder
from pos.domain.pickup.deposit import Deposit, DepositEntry, EntryKind
from pos.domain.pickup.pickup_code import PickupCode
from pos.domain.staff.staff import Person
from tests.builders import money

CHOCOLATE, SWEETS, CREAM = "4870204320145", "4870204320060", "8801204309072"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    opened = main.build(Options(data=tmp_path_factory.mktemp("papers"), demo=True), quick_pins=True, demo_size=60)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def amina(shop: Shop) -> Person:
    return next(one for one in shop.sign_in.people() if one.name == "amina")


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def ordered(shop: Shop, amina: Person, *goods: str, key: str, hold_until: datetime | None = None) -> CustomerOrder:
    lines = tuple(ClaimLine(one) for one in goods)
    draft = OrderDraft("douyin", lines, read_called("小雨 4567", "zh"), hold_until=hold_until)
    return shop.pickup.take(draft, amina, key)


def test_the_pick_up_list_goes_by_shelf_and_ends_with_what_is_packed(shop: Shop, amina: Person) -> None:
    with pytest.raises(NothingToPrint):
        shop.print_pickups.stream_sheet(amina)
    fetched = ordered(shop, amina, CHOCOLATE, SWEETS, key="one")
    packed = shop.pickup.steps.pack(ordered(shop, amina, SWEETS, key="two").code, "A-7", amina)
    lines = shop.print_pickups.pick_lines(amina)
    assert [line.is_packed for line in lines] == sorted(line.is_packed for line in lines)
    assert [line.place for line in lines if line.is_packed] == ["A-7"]
    said = text_of(shop.print_pickups.pick_list(amina))
    assert PickupCode(fetched.code).spaced in said
    assert PickupCode(packed.code).spaced in said


def test_of_too_many_orders_the_list_has_those_whose_time_ends_first(
    shop: Shop, amina: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers, "_MOST", 1)
    soon = ordered(shop, amina, CHOCOLATE, key="soon", hold_until=datetime.now(UTC) + timedelta(hours=1))
    later = ordered(shop, amina, CHOCOLATE, key="later")
    assert soon.hold_until < later.hold_until

    fetched = [line.order.code for line in shop.print_pickups.pick_lines(amina) if not line.is_packed]

    assert fetched == [soon.code]


def test_the_packing_slip_has_code_buyer_and_sum(shop: Shop, amina: Person) -> None:
    draft = OrderDraft("douyin", (ClaimLine(CHOCOLATE),), read_called("Лена 4567", "ru"))
    order = shop.pickup.take(draft, amina, "three")
    path = shop.print_pickups.packing_slip(order.code, amina)
    assert path.parent.name == "pick-up"
    said = text_of(path)
    assert PickupCode(order.code).spaced in said
    assert "4567" in said
    assert said.count("12,50") == 2, "of the line and of the sum, once for both languages"


@pytest.mark.parametrize(("terms", "is_said"), [("give_back", False), ("keep", True), ("credit", True)])
def test_the_packing_slip_says_by_which_terms_a_deposit_is_not_given_back(
    shop: Shop, amina: Person, tmp_path: Path, terms: str, is_said: bool
) -> None:
    lines = tuple(ClaimLine(CHOCOLATE if at % 2 else SWEETS) for at in range(15))
    order = shop.pickup.take(OrderDraft("douyin", lines, read_called("Лена 4567", "ru")), amina, terms)
    paid = money("5")
    entry = DepositEntry(EntryKind.TAKEN, paid, paid, order.claimed_at, "T1", "amina")
    order = replace(order, deposit=Deposit("cash", paid, paid, Fraction(1), terms, entries=(entry,)))
    slip = tmp_path / "slip.pdf"
    slip.write_bytes(shop.print_pickups.paper.draw.packing_slip(order))

    *_, foot = (page.get_textpage() for page in pypdfium2.PdfDocument(slip))

    said = " ".join(foot.get_text_range().split())
    assert ("Если заказ не забрать в срок, задаток" in said) == is_said
    tops = sorted(foot.get_rect(at)[3] for at in range(foot.count_rects()))
    lowest, next_one = tops[:2]
    assert next_one - lowest > 8, "the name of the shop stands below all of it"


def test_price_cards_and_the_streamers_sheet_have_prices_in_the_currencies_of_the_shop(
    shop: Shop, amina: Person
) -> None:
    shop.pickup.stream.put([StreamLine(1, CHOCOLATE), StreamLine(2, SWEETS)], amina)
    for paper in ("a6", "a5"):
        cards = shop.print_pickups.price_cards(paper, ("zh", "ru", "kk", "en"), amina)
        document = pypdfium2.PdfDocument(cards)
        assert len(document) == 2
        assert CHOCOLATE in text_of(cards)
    said = text_of(shop.print_pickups.stream_sheet(amina))
    assert "$" in said
    assert "€" in said
    assert CHOCOLATE in said


@pytest.mark.parametrize(("price", "side"), [("600", (13, 6)), ("20000", (0, 0))])
def test_the_sheet_counts_the_allowance_at_the_price_of_the_stream(
    shop: Shop, amina: Person, price: str, side: tuple[int, int]
) -> None:
    """The cream costs ¥ 680 in the shop."""
    shop.pickup.stream.put([StreamLine(1, CREAM, money(price))], amina)
    (row,) = shop.pickup.stream.goods(amina)
    assert tuple(one.pieces for one in shop.print_pickups.carry(row)) == side


def test_price_cards_ask_nothing_about_the_allowance_which_they_do_not_print(shop: Shop, amina: Person) -> None:
    shop.pickup.stream.put([StreamLine(1, CHOCOLATE), StreamLine(2, SWEETS)], amina)
    asked: list[str] = []

    def carry(row: StreamGoods) -> list[Carry]:
        asked.append(row.product.code)
        return []

    papers = replace(shop.print_pickups, carry=carry)
    papers.price_cards("a6", ("zh",), amina)
    assert asked == []
    papers.stream_sheet(amina)
    assert asked == [CHOCOLATE, SWEETS]
