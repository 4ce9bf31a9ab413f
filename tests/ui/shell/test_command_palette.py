"""Ctrl+K finds pages, actions, settings, products and receipts: what the person may open, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.ui.catalogue.products.screen import ProductsScreen
from pos.ui.shell.reach.command_palette import CommandPalette
from tests.ui.at_the_counter import Hand, a_demo_shop, close_till, open_till, whole_window

Key, CONTROL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    opened = open_till(qapp, qtbot, tmp_path)
    yield opened
    close_till(opened)


def palette(hand: Hand) -> CommandPalette:
    found = hand.till.window.command_palette
    assert found is not None
    return found


def seek(hand: Hand, text: str) -> list[str]:
    hand.press(Key.Key_K, CONTROL)
    hand.type(text)
    hand.wait(10)
    return palette(hand).rows.texts()


def test_a_page_is_opened_by_a_part_of_its_name(hand: Hand) -> None:
    assert seek(hand, "park")[0].startswith("Parked")
    hand.press(Key.Key_Return)
    assert hand.screen_id == "parked"
    assert not palette(hand).is_shown


@pytest.mark.parametrize("name", ["挂单", "отложен", "күтуде", "parked"])
def test_a_page_is_found_by_its_name_in_every_language_and_shown_in_that_of_the_window(hand: Hand, name: str) -> None:
    for language, shown in (("en", "Parked | Page"), ("ru", "Отложено | Страница")):
        hand.till.session.speak(language)
        found = seek_in_letters(hand, name)
        assert found[0].startswith(shown)
        hand.press(Key.Key_Escape)


def test_an_action_and_a_setting_are_found_by_their_names_in_other_languages(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    with whole_window(qapp, qtbot, tmp_path, a_demo_shop(tmp_path / "shop"), Hand) as hand:
        hand.sign_in("manager")
        assert any(row.startswith("Text size | Setting") for row in seek_in_letters(hand, "размер текста"))
        hand.press(Key.Key_Escape)
        hand.scan(hand.goods("food.sweets").code)
        assert any(row == "Void line | Action · F6" for row in seek_in_letters(hand, "删行"))
        hand.press(Key.Key_Return)
        assert hand.rows() == []


def test_what_is_called_so_in_the_language_of_the_window_is_found_first(hand: Hand) -> None:
    found = seek_in_letters(hand, "pay")
    others = [row for row in found if "pay" not in row.casefold().split(" | ")[0]]
    assert found[: len(found) - len(others)] == [row for row in found if row not in others]


def seek_in_letters(hand: Hand, text: str) -> list[str]:
    """As typed by an input method."""
    hand.press(Key.Key_K, CONTROL)
    hand.wait()
    QApplication.sendEvent(palette(hand).box.field, committed(text))
    hand.wait(10)
    return palette(hand).rows.texts()


def committed(text: str) -> QInputMethodEvent:
    event = QInputMethodEvent()
    event.setCommitString(text)
    return event


def test_enter_pressed_twice_opens_a_page_and_nothing_on_it(hand: Hand) -> None:
    hand.scan(hand.goods("food.sweets").code)
    hand.press(Key.Key_F7)
    hand.press(Key.Key_Return)
    seek(hand, "park")
    hand.press(Key.Key_Return)
    hand.typing.press_again(Key.Key_Return)
    hand.wait()
    twice = hand.screen_id
    hand.wait(500)
    hand.press(Key.Key_Return)

    assert twice == "parked"
    assert (hand.screen_id, len(hand.rows())) == ("checkout", 1)


def test_an_action_of_the_page_is_done_and_its_key_is_said(hand: Hand) -> None:
    hand.scan(hand.goods("food.sweets").code)
    assert "Void line | Action · F6" in seek(hand, "void")
    hand.press(Key.Key_Return)
    assert hand.rows() == []


def test_a_cashier_finds_no_page_and_no_setting_that_is_not_theirs(hand: Hand) -> None:
    found = seek(hand, "")
    assert not [row for row in found if row.startswith(("Staff", "Settings", "Rates", "Journal"))]
    assert not [row for row in seek_more(hand, "text size") if "Setting" in row]


def seek_more(hand: Hand, text: str) -> list[str]:
    hand.type(text)
    hand.wait(10)
    return palette(hand).rows.texts()


def test_goods_are_found_by_name_with_their_price(hand: Hand) -> None:
    goods = hand.goods("food.honey")
    found = seek(hand, goods.name_in("en")[:12].lower())
    assert any(row.startswith(goods.name_in("en")) and "¥" in row for row in found)


def test_esc_gives_the_cursor_and_the_keys_of_the_page_back(hand: Hand) -> None:
    hand.scan(hand.goods("food.sweets").code)
    seek(hand, "x")
    hand.press(Key.Key_F6)
    assert len(hand.rows()) == 1, "the keys of the page rest"
    hand.press(Key.Key_Escape)
    assert not palette(hand).is_shown
    hand.press(Key.Key_F6)
    assert hand.rows() == []


def test_tab_chooses_among_the_results_and_never_leaves_them(hand: Hand) -> None:
    seek(hand, "")
    hand.press(Key.Key_Tab)
    hand.press(Key.Key_Tab)
    hand.press(Key.Key_Backtab, SHIFT)
    assert palette(hand).table.current_row == 1
    hand.press(Key.Key_Escape)
    assert not palette(hand).is_shown


def test_nothing_that_is_found_is_said_and_opens_nothing(hand: Hand) -> None:
    assert seek(hand, "zzzz") == ["Nothing found | "]
    hand.press(Key.Key_Return)
    assert (palette(hand).is_shown, hand.screen_id) == (True, "checkout")


def test_it_goes_with_the_person(hand: Hand) -> None:
    seek(hand, "x")
    hand.till.window.lock()
    assert not palette(hand).is_shown


def test_a_manager_is_led_to_a_setting(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    with whole_window(qapp, qtbot, tmp_path, a_demo_shop(tmp_path / "shop"), Hand) as hand:
        hand.sign_in("manager")
        assert any(row.startswith("Text size | Setting") for row in seek(hand, "text size"))
        hand.press(Key.Key_Return)
        assert hand.screen_id == "settings"


def test_the_goods_that_were_chosen_are_shown_also_where_another_person_had_searched(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    with whole_window(qapp, qtbot, tmp_path, a_demo_shop(tmp_path / "shop"), Hand) as hand:
        sweets, honey = hand.goods("food.sweets"), hand.goods("food.honey")
        hand.sign_in("clerk")
        hand.till.window.show_screen("products")
        hand.type(sweets.code)
        hand.press(Key.Key_Return)
        hand.wait(300)
        hand.till.window.lock()
        hand.sign_in("manager")

        seek(hand, honey.name_in("en").lower())
        hand.press(Key.Key_Return)
        hand.wait(600)

        products = hand.till.window.screen_at("products")
        assert isinstance(products, ProductsScreen)
        shown = products.form.shown
        assert shown is not None
        assert shown.listed is not None
        assert shown.listed.product.code == honey.code
        assert products.side.product == honey.id


def test_a_finger_beside_it_takes_it_away_and_does_nothing_else(hand: Hand) -> None:
    hand.scan(hand.goods("food.sweets").code)
    seek(hand, "x")
    hand.typing.finger(hand.checkout.page.strip.hint("void"))
    hand.wait(10)
    assert not palette(hand).is_shown
    assert len(hand.rows()) == 1
    hand.press(Key.Key_F6)
    assert hand.rows() == [], "the keys of the page are back"


def test_a_finger_on_a_result_opens_it(hand: Hand) -> None:
    seek(hand, "park")
    table = palette(hand).table
    spot = table.visualRect(table.model().index(0, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    hand.wait(10)
    assert hand.screen_id == "parked"
