"""The price of goods without a sale: for the clerk, who does not sell, and for everybody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Never

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from main import RESOURCES
from pos.application.catalogue.find_product import FoundProduct
from pos.application.sales.remaining_allowance import FittingPieces
from pos.application.text.formatting import plain_text
from pos.domain.catalogue.product import Attributes, Product
from pos.domain.errors import Collided
from pos.domain.money import Money
from pos.domain.pricing.promotion import NO_OFFERS, Offers, Promotion
from pos.domain.quota.rule import Verdict
from pos.domain.sales.goods_for_sale import UnknownCode
from pos.domain.staff.staff import Person
from pos.regimes.folders import load_regimes
from pos.ui.sales.search.screen import SearchScreen
from pos.ui.widgets.cards.empty_state import EmptyState
from pos.ui.widgets.cards.notice_bar import NoticeBar
from tests.horgos import CNY
from tests.ui.conftest import Hand, Opener, StandInCheckout
from tests.ui.fakes_shop import STAFF, a_store
from tests.ui.slow_store import SlowStore

COGNAC = Product(
    1, "4860010250118", ("4860010250118",), "Коньяк", {"en": "Cognac 0.7 L", "zh": "白兰地 0.7 L"},
    "alcohol.spirits", Money(42000, CNY),
)  # fmt: skip
HONEY = Product(2, "4870204320206", ("4870204320206",), "Мёд", {"en": "Honey 1 kg"}, "food.honey", Money(8800, CNY))


@dataclass
class Catalogue:
    """Two products, found by a part of any name."""

    asked: list[str] = field(default_factory=list)
    offers: Offers = NO_OFFERS

    def __call__(self, text: str, limit: int = 20, offset: int = 0) -> Sequence[FoundProduct]:
        self.asked.append(text)
        goods = (COGNAC, HONEY)
        hits = [one for one in goods if any(text.lower() in name.lower() for name in (one.code, *one.names.values()))]
        return [FoundProduct(product, 4, self.offers) for product in hits]

    def show(self, code: str) -> FoundProduct:
        for product in (COGNAC, HONEY):
            if product.code == code:
                return FoundProduct(product, 0, self.offers)
        raise UnknownCode(code)

    def with_codes(self, codes: Sequence[str]) -> Sequence[Product]:
        return [product for product in (COGNAC, HONEY) if product.code in codes]


@pytest.fixture
def hand(open_till: Opener) -> Hand:
    """The clerk on the page."""
    hand = open_till(a_store(*STAFF), screens=lambda session: [SearchScreen(session)], find=Catalogue())
    hand.sign_in("ruslan")
    return hand


def page(hand: Hand) -> SearchScreen:
    """The page on show, which must be the search."""
    on_show = hand.till.window.page
    assert isinstance(on_show, SearchScreen)
    return on_show


def shown(hand: Hand) -> list[str]:
    """The rows on show: name, price, stock."""
    rows = page(hand).rows
    return [plain_text(str(rows.index(index, 0).data())) for index in range(rows.rowCount())]


def test_the_clerk_begins_at_the_search_and_sees_what_goods_cost(hand: Hand) -> None:
    hand.type("hon")
    hand.press(Qt.Key.Key_Return)
    assert shown(hand) == ["Honey 1 kg, ¥ 88.00, 4 on the floor"]


def test_a_scan_shows_the_one_product_and_sells_nothing(hand: Hand) -> None:
    hand.scan(COGNAC.code)
    assert shown(hand) == ["Cognac 0.7 L, ¥ 420.00, none on the floor"]
    assert hand.till.window.unfinished.all() == ""


def test_a_promotion_is_in_the_price_that_is_checked(open_till: Opener) -> None:
    winter = Promotion(1, "Winter", datetime(2026, 11, 1, tzinfo=UTC), scope="alcohol", amount=Money(5250, CNY))
    catalogue = Catalogue(offers=Offers([winter]))
    hand = open_till(a_store(*STAFF), screens=lambda session: [SearchScreen(session)], find=catalogue)
    hand.sign_in("ruslan")
    hand.scan(COGNAC.code)
    assert shown(hand) == ["Cognac 0.7 L, ¥ 367.50, none on the floor"]
    assert plain_text(page(hand).rows.text(0).code) == f"{COGNAC.code} · Winter · -¥ 52.50"


def test_of_other_words_the_best_match_is_chosen_again(open_till: Opener) -> None:
    hand = open_till(
        a_store(*STAFF), screens=lambda session: [SearchScreen(session), StandInCheckout(session)], find=Catalogue()
    )
    hand.sign_in("dana")
    hand.till.window.show_screen("search")
    hand.type("o")
    hand.press(Qt.Key.Key_Return)
    hand.press(Qt.Key.Key_Down)
    hand.till.window.show_screen("checkout")
    hand.till.window.show_screen("search")
    hand.wait()
    kept = page(hand)._list.currentIndex().row()
    hand.type("n")
    hand.press(Qt.Key.Key_Return)
    hand.wait()

    assert kept == 1
    assert (page(hand).box.text(), page(hand)._list.currentIndex().row()) == ("on", 0)  # of other words the best match


def test_an_unknown_code_is_reported_and_leaves_the_page_as_it_was(hand: Hand) -> None:
    hand.scan(COGNAC.code)
    hand.scan("6901028075763")
    assert hand.news == "No product has the code 6901028075763."
    assert len(shown(hand)) == 1


def test_a_search_stays_for_its_person_and_is_gone_for_the_next(hand: Hand) -> None:
    hand.type("hon")
    hand.press(Qt.Key.Key_Return)
    hand.till.window.lock()
    hand.sign_in("ruslan")
    mine = (page(hand).box.text(), len(shown(hand)))
    hand.till.window.lock()
    hand.sign_in("zhaomin")
    hand.wait()

    assert mine == ("hon", 1)
    assert page(hand).box.text() == ""


def test_a_document_is_sent_to_the_checkout_in_words(hand: Hand) -> None:
    hand.till.window.document_scanned("P<CHN")
    assert hand.news == "Documents are scanned at the checkout."


def test_what_was_found_is_said_in_the_language_just_chosen(hand: Hand) -> None:
    hand.scan(COGNAC.code)
    hand.till.session.speak("zh")
    assert shown(hand)[0].startswith("白兰地 0.7 L, ¥ 420.00")


def test_escape_begins_again(hand: Hand) -> None:
    hand.scan(COGNAC.code)
    hand.press(Qt.Key.Key_Escape)
    assert shown(hand) == []
    assert page(hand).box.text() == ""


@dataclass
class Filled:
    """Remembers what someone filled in."""

    seen: list[tuple[int, str, str | None]] = field(default_factory=list)

    def __call__(
        self,
        product_id: int,
        person: Person,
        category: str | None,
        price: Money | None,
        attributes: Attributes,
        seen: Product,
    ) -> Product:
        assert seen is HONEY
        self.seen.append((product_id, person.name, str(attributes.gross_kg)))
        return HONEY


def test_the_clerk_fills_in_what_a_product_lacks(open_till: Opener) -> None:
    filled = Filled()
    hand = open_till(a_store(*STAFF), screens=lambda session: [SearchScreen(session)], find=Catalogue(), fill_in=filled)
    hand.sign_in("ruslan")
    page(hand).scanned(HONEY.code)
    hand.wait()
    assert "weight" in hand.news
    bar = next(bar for bar in hand.till.window.findChildren(NoticeBar) if bar.isVisible())
    bar.action_pressed.emit()
    weight = page(hand).fill_in.fields["gross_kg"]
    assert isinstance(weight, QLineEdit)
    weight.setText("1.150")
    hand.press(Qt.Key.Key_Return)
    hand.wait()
    assert filled.seen == [(HONEY.id, "ruslan", "1.150")]
    assert page(hand).fill_in.isHidden()


def test_what_is_typed_for_one_product_waits_while_another_is_filled_in_and_is_given_up_by_esc(
    open_till: Opener,
) -> None:
    hand = open_till(a_store(*STAFF), screens=lambda session: [SearchScreen(session)], find=Catalogue())
    hand.sign_in("ruslan")
    panel = page(hand).fill_in

    def fill_in(code: str) -> None:
        page(hand).scanned(code)
        hand.wait()
        next(bar for bar in hand.till.window.findChildren(NoticeBar) if bar.isVisible()).action_pressed.emit()

    fill_in(HONEY.code)
    weight = panel.fields["gross_kg"]
    assert isinstance(weight, QLineEdit)
    weight.setText("1.150")
    fill_in(COGNAC.code)
    other = dict(panel.content)
    fill_in(HONEY.code)
    again = dict(panel.content)
    hand.press(Qt.Key.Key_Escape)
    fill_in(HONEY.code)

    assert (other, again, dict(panel.content)) == ({}, {"gross_kg": "1.150"}, {})


def test_fields_that_a_clerk_has_begun_are_none_of_a_cashier_and_not_lost_with_the_window(open_till: Opener) -> None:
    hand = open_till(a_store(*STAFF), screens=lambda session: [SearchScreen(session)], find=Catalogue())
    hand.sign_in("ruslan")
    panel = page(hand).fill_in
    page(hand).scanned(HONEY.code)
    hand.wait()
    next(bar for bar in hand.till.window.findChildren(NoticeBar) if bar.isVisible()).action_pressed.emit()
    weight = panel.fields["gross_kg"]
    assert isinstance(weight, QLineEdit)
    weight.setText("1.150")
    hand.till.window.lock()
    hand.sign_in("amina")
    hand.till.window.show_screen("search")
    hand.wait()
    is_open_to_a_cashier = panel.isVisible()
    hand.till.window.lock()
    hand.sign_in("ruslan")
    hand.till.window.close()

    assert not is_open_to_a_cashier
    assert hand.till.window.isVisible()
    assert "an unsaved product" in hand.news
    page(hand).scanned(HONEY.code)
    hand.wait()
    next(bar for bar in hand.till.window.findChildren(NoticeBar) if bar.isVisible()).action_pressed.emit()
    assert panel.content == {"gross_kg": "1.150"}


def test_beside_the_price_stands_whether_it_would_fit_and_for_whom(open_till: Opener) -> None:
    regimes = load_regimes([RESOURCES / "regimes"])[0]
    asked = []

    def would_fit(found: FoundProduct, question: object) -> Sequence[FittingPieces]:
        asked.append((found.product.code, found.on_hand, question))
        return [
            FittingPieces("", regimes["cn-horgos"], 2, 4, Verdict.OK, ()),
            FittingPieces("", regimes["kz-horgos"], 0, 4, Verdict.UNKNOWN, ("gross_kg",)),
        ]

    hand = open_till(
        a_store(*STAFF), screens=lambda session: [SearchScreen(session)], find=Catalogue(), would_fit=would_fit
    )
    hand.sign_in("ruslan")
    hand.scan(COGNAC.code)
    hand.wait()

    assert asked == [(COGNAC.code, 0, None)]
    assert page(hand).fit.sentences == [
        "To China, adult without purchases or other entries: yes, up to 2 pieces",
        "To Kazakhstan, adult without purchases or other entries: unknown: gross weight, kg",
    ]
    hand.press(Qt.Key.Key_Escape)
    assert page(hand).fit.isHidden()


def test_goods_of_which_none_are_on_the_floor_are_not_said_to_fit_all(open_till: Opener) -> None:
    """*Yes, all stock on hand* stood beside goods of which there are none, or all of them in the back room."""
    regimes = load_regimes([RESOURCES / "regimes"])[0]

    def would_fit(_found: FoundProduct, _question: object) -> Sequence[FittingPieces]:
        return [FittingPieces("", regimes["cn-horgos"], 0, 0, Verdict.OK, ())]

    hand = open_till(
        a_store(*STAFF), screens=lambda session: [SearchScreen(session)], find=Catalogue(), would_fit=would_fit
    )
    hand.sign_in("ruslan")
    hand.scan(COGNAC.code)
    hand.wait()

    assert page(hand).fit.sentences == ["To China, adult without purchases or other entries: none on the floor"]


def test_a_text_typed_while_a_scan_is_looked_up_stays(hand: Hand) -> None:
    with SlowStore(hand) as slow:
        page(hand).scanned(HONEY.code)
        slow.fill(page(hand).box.field, "cognac")
    hand.wait()

    assert page(hand).box.text() == "cognac"


def test_no_price_of_before_stands_under_a_text_that_cannot_be_sought(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand.type("hon")
    hand.press(Qt.Key.Key_Return)
    with monkeypatch.context() as patch:
        patch.setattr(Catalogue, "__call__", _busy)
        page(hand).box.field.selectAll()
        hand.type("cognac")
        hand.press(Qt.Key.Key_Return)

    assert (page(hand).box.text(), shown(hand)) == ("cognac", [])


def test_no_price_of_fewer_words_stands_under_a_text_that_cannot_be_sought(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    with SlowStore(hand) as slow:
        slow.type("hon")
        slow.press(Qt.Key.Key_Return)
        slow.type("x")
    with monkeypatch.context() as patch:
        patch.setattr(Catalogue, "__call__", _busy)
        hand.press(Qt.Key.Key_Return)

    assert (page(hand).box.text(), shown(hand)) == ("honx", [])


def test_that_nothing_was_found_is_not_said_of_another_text_that_is_still_sought(hand: Hand) -> None:
    hand.type("honx")
    hand.press(Qt.Key.Key_Return)
    before = nothing(hand)
    with SlowStore(hand) as slow:
        slow.press(Qt.Key.Key_Backspace)
        slow.press(Qt.Key.Key_Return)
        reading = nothing(hand)

    assert (before, reading) == ("Nothing found", "")
    assert (page(hand).box.text(), shown(hand)) == ("hon", ["Honey 1 kg, ¥ 88.00, 4 on the floor"])


def nothing(hand: Hand) -> str:
    """What the page says in place of the list."""
    shown_now = (one.accessibleName() for one in page(hand).findChildren(EmptyState) if one.isVisible())
    return next(shown_now, "")


def test_what_is_typed_before_a_scan_that_no_one_knows_is_sought(hand: Hand) -> None:
    with SlowStore(hand) as slow:
        slow.type("hon")
        slow.scan("4006381333931")
    hand.wait()

    assert (page(hand).box.text(), shown(hand)) == ("hon", ["Honey 1 kg, ¥ 88.00, 4 on the floor"])


def _busy(*_asked: object, **_how: object) -> Never:
    raise Collided("10.0.0.5")


def test_goods_by_weight_have_the_price_of_a_kilogram_and_fit_by_the_kilogram(open_till: Opener) -> None:
    """¥ 52.00 stood there of loose halva, and *up to 24 pieces*, of which each weighs what the scale shows."""
    regimes = load_regimes([RESOURCES / "regimes"])[0]
    halva = replace(HONEY, by_weight=True, price=Money(5200, CNY))

    class Loose(Catalogue):
        def show(self, code: str) -> FoundProduct:
            return FoundProduct(halva, 7)

    def would_fit(_found: FoundProduct, _question: object) -> Sequence[FittingPieces]:
        return [FittingPieces("", regimes["kz-horgos"], 24, 1000, Verdict.OK, (), by_weight=True)]

    hand = open_till(
        a_store(*STAFF), screens=lambda session: [SearchScreen(session)], find=Loose(), would_fit=would_fit
    )
    hand.sign_in("ruslan")
    hand.scan(HONEY.code)
    hand.wait()

    assert shown(hand) == ["Honey 1 kg, ¥ 52.00 / kg, 7 on the floor"]
    assert [plain_text(said) for said in page(hand).fit.sentences] == [
        "To Kazakhstan, adult without purchases or other entries: yes, up to 24 kg"
    ]
