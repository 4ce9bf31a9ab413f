"""The quick keys of the checkout: pages, folders, room beside the basket, by finger and by key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.domain.catalogue.product import Product
from pos.domain.catalogue.quick_keys import QuickKey, QuickKeys, QuickPage
from pos.ui.catalogue.products.picture_file import read_picture
from pos.ui.look.theme import Size
from pos.ui.sales.basket.basket_columns import BasketColumns
from pos.ui.sales.basket.quick_keys import QuickKeys as KeysBelow
from pos.ui.widgets.buttons.tile_button import TileButton
from tests.builders import CONSOLE
from tests.ui.at_the_counter import NOT_COMPLETE, Hand, close_till, open_till
from tests.ui.input.test_finishing_keys import double_tap

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    opened = open_till(qapp, qtbot, tmp_path)
    yield opened
    close_till(opened)


def ids(hand: Hand, count: int, category: str = "food.sweets") -> list[int]:
    return [hand.goods(category, index).id for index in range(count)]


def set_up(hand: Hand, *pages: QuickPage) -> KeysBelow:
    """Save these pages, and come to the checkout again."""
    edit = hand.shop.edit_quick_keys
    edit.save(QuickKeys(pages), edit.all(CONSOLE).keys, CONSOLE)
    hand.till.window.show_screen("parked")
    hand.wait()
    hand.till.window.show_screen("checkout")
    hand.wait()
    return hand.checkout.page.quick


def a_page(products: list[int], title: str = "Front", number: int = -1, **more: object) -> QuickPage:
    return QuickPage(number, title, keys=tuple(QuickKey(one) for one in products), **more)  # type: ignore[arg-type]  # fields by name


def tap(hand: Hand, part: object) -> None:
    assert isinstance(part, TileButton)
    hand.wait(500)
    hand.typing.tap(part)
    hand.wait()


def texts(quick: KeysBelow) -> list[str]:
    return [tile.text() for tile in quick.tiles]


def test_pages_are_tabs_and_a_tap_adds_a_piece_with_the_field_still_in_hand(hand: Hand) -> None:
    sweets, honey = hand.goods("food.sweets"), hand.goods("food.honey")
    quick = set_up(hand, a_page([sweets.id]), a_page([honey.id], "Honey", -2))
    assert texts(quick) == [sweets.name_in("en")]

    quick.tabs.chosen.emit("1")
    tap(hand, quick.tiles[0])
    tap(hand, quick.tiles[0])

    assert [row.split(" | ")[:2] for row in hand.rows()] == [["2", honey.name_in("en")]]
    assert hand.checkout.page.scan.box.field.hasFocus()


def test_a_quantity_typed_before_a_tap_is_meant_for_it_with_enter_and_without(hand: Hand) -> None:
    bag, honey = hand.goods("food.sweets"), hand.goods("food.honey")
    quick = set_up(hand, a_page([bag.id]))

    hand.type("3 *")
    tap(hand, quick.tiles[0])
    left = hand.checkout.page.scan.box.text()
    hand.scan(honey.code)
    hand.type("2 *")
    hand.press(Key.Key_Return)
    tap(hand, quick.tiles[0])

    assert left == ""
    assert [row.split(" | ")[:2] for row in hand.rows()] == [["5", bag.name_in("en")], ["1", honey.name_in("en")]]


def test_a_quantity_that_cannot_be_adds_nothing_by_a_tap_and_a_code_that_is_typed_stays(hand: Hand) -> None:
    quick = set_up(hand, a_page(ids(hand, 1)))

    hand.type("100000 *")
    tap(hand, quick.tiles[0])
    refused = hand.rows()
    hand.type("4870204321111")
    tap(hand, quick.tiles[0])

    assert refused == []
    assert [row.split(" | ")[0] for row in hand.rows()] == ["1"]
    assert hand.checkout.page.scan.box.text() == "4870204321111"


def test_a_folder_opens_in_place_and_back_or_esc_leaves_it(hand: Hand) -> None:
    inside, outside = hand.goods("food.honey"), hand.goods("food.sweets")
    folder = QuickKey(None, "Honeys", "yellow", (QuickKey(inside.id, "The honey"),))
    quick = set_up(hand, QuickPage(-1, "Front", (), (folder, QuickKey(outside.id))))
    height = quick.height()
    assert not quick.back.isVisible()

    tap(hand, quick.tiles[0])
    assert (texts(quick), quick.back.isVisible(), quick.height()) == (["The honey"], True, height)
    tap(hand, quick.tiles[0])
    quick.back.click()
    assert texts(quick) == ["Honeys", outside.name_in("en")]

    tap(hand, quick.tiles[0])
    hand.press(Key.Key_Escape)
    assert texts(quick) == ["Honeys", outside.name_in("en")]
    assert len(hand.rows()) == 1
    assert quick.tiles[0].ground == "key_yellow"


def test_who_sells_sees_the_pages_of_their_role(hand: Hand) -> None:
    sweets = ids(hand, 1)
    quick = set_up(hand, a_page(sweets, "All"), a_page(sweets, "For managers", -2, roles=("manager",)))
    assert quick.page is not None
    assert not quick.tabs.isVisible()

    hand.sign_in("manager")
    hand.till.window.show_screen("parked")
    hand.wait()
    hand.till.window.show_screen("checkout")
    hand.wait()

    assert quick.tabs.isVisible()


def test_what_does_not_fit_is_a_press_on_more_away(hand: Hand) -> None:
    products = ids(hand, 24, "clothing")
    quick = set_up(hand, a_page(products))
    seen = set(texts(quick)[:-1])
    assert texts(quick)[-1].startswith("More 1/")

    for _ in range(5):
        if quick.tiles[-1].text().startswith("More"):
            tap(hand, quick.tiles[-1])
            seen |= {text for text in texts(quick) if not text.startswith("More")}

    assert len(seen) == len({hand.goods("clothing", index).name_in("en") for index in range(24)})


def test_the_keys_give_way_as_the_basket_grows_and_come_back_when_asked_for(hand: Hand) -> None:
    quick, page = set_up(hand, a_page(ids(hand, 18, "clothing"))), hand.checkout.page
    rows = []
    for index in range(8):
        hand.scan(hand.goods("food.sweets" if index % 2 else "toy", index).code)
        rows.append(0 if quick.isHidden() else len(quick.tiles))

    assert rows == sorted(rows, reverse=True)
    assert rows[-1] == 0
    view = page.rows.viewport().height()
    assert view >= 7 * 56
    assert page.scan.keys.isVisible()

    page.scan.keys.click()
    assert quick.isVisible()
    tap(hand, quick.tiles[0])
    assert quick.isVisible()
    page.scan.keys.click()
    assert not quick.isVisible()


@pytest.mark.parametrize("size", [(1024, 768), (1366, 768), (1280, 800)])
def test_no_key_moves_under_the_finger_while_goods_and_notices_come_and_go(hand: Hand, size: tuple[int, int]) -> None:
    quick = set_up(hand, a_page(ids(hand, 18, "clothing")))
    hand.till.window.resize(*size)
    hand.wait(20)

    def places() -> list[tuple[str, QPoint]]:
        shown = [] if quick.isHidden() else quick.tiles
        return [(tile.text(), tile.mapToGlobal(QPoint())) for tile in shown]

    before, seen = places(), []
    for index in range(3):
        tap(hand, quick.tiles[0 if index < 2 else 1])
        seen.append(places())
    hand.press(Key.Key_F5)
    hand.type("50")
    hand.press(Key.Key_Return)
    hand.wait(20)
    assert hand.checkout.page.news.isVisible()
    seen.append(places())
    for index in range(5):
        hand.scan(hand.goods("food.sweets", index).code)
        seen.append(places())

    assert before
    assert all(shown in (before, []) for shown in seen)
    assert [shown == [] for shown in seen] == sorted(shown == [] for shown in seen)
    assert seen[2] == before
    assert seen[-1] == []


@pytest.mark.parametrize("language", ["en", "zh", "ru", "kk"])
def test_the_keys_give_way_to_a_question_about_the_goods_above_them(hand: Hand, language: str) -> None:
    """A question with its buttons below its words took the room of the row that it is about."""
    set_up(hand, a_page(ids(hand, 18, "clothing")))
    window, page = hand.till.window, hand.checkout.page
    window.resize(1024, 768)
    hand.till.session.speak(language)
    hand.scan(hand.goods("toy").code)
    hand.wait(20)
    hand.press(Key.Key_F5)
    hand.type("50")
    hand.press(Key.Key_Return)
    hand.wait(20)

    assert page.news.isVisible()
    assert page.rows.viewport().height() >= Size.ROW


def test_a_shop_without_quick_keys_has_no_room_for_them_and_no_button(hand: Hand) -> None:
    quick, page = set_up(hand), hand.checkout.page

    assert not quick.isVisible()
    assert not page.scan.keys.isVisible()
    hand.press(Key.Key_K, ALT)
    assert page.scan.box.field.hasFocus()


def test_by_keys_alone_a_tile_is_reached_pressed_and_left(hand: Hand) -> None:
    one, two = hand.goods("food.sweets"), hand.goods("food.honey")
    quick = set_up(
        hand, QuickPage(-1, "Front", (), (QuickKey(one.id), QuickKey(None, "More", "", (QuickKey(two.id),))))
    )

    hand.press(Key.Key_K, ALT)
    assert quick.tiles[0].hasFocus()
    hand.press(Key.Key_Right)
    hand.press(Key.Key_Space)
    assert texts(quick) == [two.name_in("en")]
    assert quick.tiles[0].hasFocus()
    hand.wait(500)
    hand.press(Key.Key_Space)
    assert len(hand.rows()) == 1

    hand.press(Key.Key_K, ALT)
    hand.press(Key.Key_Escape)
    hand.press(Key.Key_Escape)
    assert hand.checkout.page.scan.box.field.hasFocus()


def test_a_key_of_goods_without_a_price_says_so_as_a_scan_does(hand: Hand) -> None:
    (product,) = hand.shop.find.with_codes([NOT_COMPLETE])
    quick = set_up(hand, a_page([product.id]))

    tap(hand, quick.tiles[0])
    said = hand.news
    hand.press(Key.Key_Escape)
    hand.scan(NOT_COMPLETE)

    assert said
    assert said == hand.news
    assert hand.rows() == []


def give_picture(hand: Hand, product: Product, folder: Path) -> None:
    """Red all over."""
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    assert picture.save(str(folder / "red.png"))
    hand.shop.edit_product.set_picture(product.id, read_picture(folder / "red.png"), CONSOLE)


def reds(hand: Hand) -> list[bool]:
    """Which rows of the basket have the red picture."""
    found = []
    for row in hand.view.lines:
        box = hand.checkout.page.rows.row_box(row.line.id)
        assert box is not None
        tile = QPoint(box.x() + BasketColumns.of(box.width()).thumbnail + 20, box.center().y())
        painted = hand.checkout.page.rows.viewport().grab(box).toImage()
        found.append(painted.pixelColor(tile - box.topLeft()) == Qt.GlobalColor.red)
    return found


def test_a_key_has_the_picture_of_its_product(hand: Hand, tmp_path: Path) -> None:
    product: Product = hand.goods("food.sweets")
    give_picture(hand, product, tmp_path)

    quick = set_up(hand, a_page([product.id]))

    assert quick.tiles[0].shows_picture


def test_a_row_of_the_basket_has_the_picture_of_its_goods(hand: Hand, tmp_path: Path) -> None:
    seen, unseen = hand.goods("food.sweets"), hand.goods("food.honey")
    give_picture(hand, seen, tmp_path)

    hand.scan(seen.code)
    hand.scan(unseen.code)
    hand.wait(150)

    assert reds(hand) == [True, False]


def test_a_picture_that_was_taken_away_or_given_is_that_of_now_when_the_checkout_opens_next(
    hand: Hand, tmp_path: Path
) -> None:
    sold, other = hand.goods("food.sweets"), hand.goods("food.honey")
    give_picture(hand, sold, tmp_path)
    quick = set_up(hand, a_page([sold.id, other.id]))
    hand.scan(sold.code)
    hand.scan(other.code)
    hand.wait(150)
    assert reds(hand) == [True, False]

    hand.shop.edit_product.set_picture(sold.id, None, CONSOLE)  # it was of other goods
    give_picture(hand, other, tmp_path)
    hand.till.window.show_screen("parked")
    hand.wait()
    hand.till.window.show_screen("checkout")
    hand.wait(150)

    assert reds(hand) == [False, True]
    assert [tile.shows_picture for tile in quick.tiles[:2]] == [False, True]


def test_a_double_tap_that_opens_a_folder_presses_nothing_in_it(hand: Hand) -> None:
    inside = hand.goods("food.honey")
    quick = set_up(hand, QuickPage(-1, "Front", (), (QuickKey(None, "Honeys", "", (QuickKey(inside.id),)),)))

    hand.wait(500)
    double_tap(hand, quick.tiles[0])

    assert texts(quick) == [inside.name_in("en")]
    assert hand.rows() == []
