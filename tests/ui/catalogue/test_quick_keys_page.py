"""The clerk arranges the quick keys: by scan, by search, by dragging and by keys, and nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.domain.catalogue.quick_keys import QuickKey, QuickKeys, QuickPage
from pos.ui.catalogue.quick_keys.screen import QuickKeysScreen
from pos.ui.input.finishing_keys import STOOD
from pos.ui.look.sounds import Sound
from tests.builders import CONSOLE
from tests.ui.at_the_stock import StockHand, at_the_stock
from tests.ui.input.test_finishing_keys import double_tap

Key = Qt.Key
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SWEETS, BAG, COGNAC, CHOCOLATE = "4870204320060", "6901204300016", "4870204321111", "4870204320145"


@pytest.fixture
def clerk(qapp: QApplication, qtbot: QtBot, state: Path, tmp_path: Path) -> Iterator[StockHand]:
    screens = lambda session: [QuickKeysScreen(session)]  # noqa: E731 # as the window takes it
    yield from at_the_stock(qapp, qtbot, state, tmp_path, screens, "quick_keys")


def page_of(clerk: StockHand) -> QuickKeysScreen:
    page = clerk.till.window.page
    assert isinstance(page, QuickKeysScreen)
    return page


def texts(clerk: StockHand) -> list[str]:
    return [tile.text() for tile in page_of(clerk).grid.tiles]


def scan(clerk: StockHand, code: str) -> None:
    page_of(clerk).scanned(code)
    clerk.wait()


def save(clerk: StockHand) -> QuickKeys:
    clerk.typing.wait(STOOD)
    clerk.press(Key.Key_F12)
    clerk.wait()
    return stored(clerk)


def stored(clerk: StockHand) -> QuickKeys:
    return clerk.shop.edit_quick_keys.all(CONSOLE).keys


def id_of(clerk: StockHand, code: str) -> int:
    return clerk.shop.find.show(code).product.id


def drag(clerk: StockHand, index: int, to: QPoint) -> None:
    tile = page_of(clerk).grid.tiles[index]
    start = tile.rect().center()
    target = tile.mapFrom(page_of(clerk).grid, to)
    QTest.mousePress(tile, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 6):
        QTest.mouseMove(tile, start + (target - start) * step / 5)
        target = tile.mapFrom(page_of(clerk).grid, to)  # the tile has moved with the hand
        start = tile.rect().center()
    QTest.mouseRelease(tile, Qt.MouseButton.LeftButton, pos=tile.mapFrom(page_of(clerk).grid, to))
    clerk.wait()


def middle(clerk: StockHand, index: int) -> QPoint:
    return page_of(clerk).grid.tiles[index].geometry().center()


def test_a_scan_adds_a_key_which_is_saved_by_f12(clerk: StockHand) -> None:
    scan(clerk, COGNAC)
    assert len(texts(clerk)) == 6
    assert page_of(clerk).waiting()
    assert clerk.heard.sounds[-1] is Sound.ACCEPT

    assert save(clerk).pages[0].keys[-1] == QuickKey(id_of(clerk, COGNAC))
    assert not page_of(clerk).waiting()


def test_goods_that_have_a_key_there_are_chosen_and_not_added_twice(clerk: StockHand) -> None:
    scan(clerk, BAG)

    assert len(texts(clerk)) == 5
    assert page_of(clerk).draft.index == 4
    assert "already" in clerk.news


def test_an_unknown_code_is_said_and_adds_nothing(clerk: StockHand) -> None:
    scan(clerk, "4006381333931")

    assert len(texts(clerk)) == 5
    assert clerk.heard.sounds[-1] is Sound.UNKNOWN


def test_a_search_adds_what_enter_chooses(clerk: StockHand) -> None:
    clerk.press(Key.Key_F2)
    page = page_of(clerk)
    page.search.box.set_text("cognac")
    page.search.box.typed.emit("cognac")
    clerk.typing.time.pass_by(100, clerk.wait)
    page.search.box.submitted.emit("cognac")
    clerk.wait()

    assert len(texts(clerk)) == 6
    assert page.search.box.text() == ""


def test_a_key_is_dragged_to_its_place(clerk: StockHand) -> None:
    before = texts(clerk)
    box = page_of(clerk).grid.tiles[2].geometry()

    drag(clerk, 0, QPoint(box.right() - 4, box.center().y()))

    assert texts(clerk) == [before[1], before[2], before[0], *before[3:]]
    assert page_of(clerk).draft.index == 2


def test_a_key_is_dragged_onto_a_folder_and_taken_out_by_the_list(clerk: StockHand) -> None:
    clerk.press(Key.Key_F5)
    folder = len(texts(clerk)) - 1
    before = texts(clerk)

    drag(clerk, 0, middle(clerk, folder))

    assert texts(clerk) == before[1:]
    page = page_of(clerk)
    page.grid.opened.emit(folder - 1)
    assert texts(clerk) == before[:1]
    page.grid.chosen.emit(0)
    page.form.placed.emit(-1)
    assert texts(clerk) == []
    page.back.click()
    assert texts(clerk) == [*before[1:], before[0]]


def test_by_keys_alone_a_key_is_chosen_moved_and_removed(clerk: StockHand) -> None:
    before = texts(clerk)
    page_of(clerk).grid.focus(0)
    clerk.press(Key.Key_Right)
    clerk.press(Key.Key_Down, ALT)
    assert texts(clerk) == [before[0], before[2], before[1], *before[3:]]
    clerk.press(Key.Key_Up, ALT)
    assert texts(clerk) == before

    clerk.press(Key.Key_F6)
    assert texts(clerk) == [before[0], *before[2:]]
    clerk.press(Key.Key_Z, CONTROL)
    assert texts(clerk) == before


def test_what_was_removed_comes_back_by_the_button_of_the_notice(clerk: StockHand) -> None:
    before = texts(clerk)
    page_of(clerk).grid.chosen.emit(1)
    page_of(clerk).form.remove.click()
    assert len(texts(clerk)) == 4

    clerk.till.window.work.notices.action_pressed.emit()
    clerk.wait()

    assert texts(clerk) == before
    assert not page_of(clerk).waiting()


def test_a_key_is_named_and_coloured_and_the_letters_of_a_name_are_one_step(clerk: StockHand) -> None:
    page = page_of(clerk)
    page.grid.chosen.emit(4)
    page.form.begin()
    clerk.type("Big bag")
    page.form.swatches[2].click()
    assert page.grid.tiles[4].text() == "Big bag"
    assert page.grid.tiles[4].ground == "key_orange"

    assert save(clerk).pages[0].keys[4] == QuickKey(id_of(clerk, BAG), "Big bag", "orange")
    page.form.named.emit("Bag 2")
    page.form.named.emit("Bag 23")
    page_of(clerk)._undo()
    assert page.grid.tiles[4].text() == "Big bag"


def test_a_page_is_made_named_given_to_a_role_copied_moved_and_removed(clerk: StockHand) -> None:
    page = page_of(clerk)
    clerk.press(Key.Key_F4)
    clerk.type("Bags")
    scan(clerk, BAG)
    page.form.roles["manager"].click()
    clerk.press(Key.Key_F9)
    page.form.page_left.click()

    saved = save(clerk)
    assert [(one.title, one.roles) for one in saved.pages] == [
        ("Favourites", ()), ("Bags, copy", ("manager",)), ("Bags", ("manager",)),
    ]  # fmt: skip
    assert saved.pages[1].keys == saved.pages[2].keys == (QuickKey(id_of(clerk, BAG)),)

    page.form.page_remove.click()
    assert [one.title for one in save(clerk).pages] == ["Favourites", "Bags"]


def test_a_page_is_offered_to_the_roles_that_sell_in_this_shop_and_stays_that_of_one_that_sells_no_more(
    clerk: StockHand,
) -> None:
    page, office = page_of(clerk), clerk.shop.office

    def offered() -> list[str]:
        return [role for role, check in page.form.roles.items() if not check.isHidden()]

    assert offered() == ["cashier", "manager"]
    clerk.till.session.take_settings(office.set_setting(CONSOLE, "clerk_permissions", "catalogue,stock,sell"))
    page.grid.tiles[0].click()
    assert offered() == ["cashier", "manager", "clerk"]
    page.form.roles["clerk"].click()
    clerk.till.session.take_settings(office.set_setting(CONSOLE, "clerk_permissions", "catalogue,stock"))
    page.form.roles["cashier"].click()
    assert offered() == ["cashier", "manager", "clerk"]
    assert save(clerk).pages[0].roles == ("cashier", "clerk")


def test_a_page_without_a_name_is_not_saved_and_is_shown(clerk: StockHand) -> None:
    page = page_of(clerk)
    page.form.page_named.emit(" ")
    clerk.press(Key.Key_F4)

    save(clerk)

    assert "Name of the page" in clerk.news
    assert page.draft.page is not None
    assert page.draft.page.id == 1
    assert page.waiting()


def test_goods_are_not_twice_in_a_folder(clerk: StockHand) -> None:
    clerk.press(Key.Key_F5)
    drag(clerk, 0, middle(clerk, 5))
    scan(clerk, SWEETS)
    before = texts(clerk)

    drag(clerk, len(before) - 1, middle(clerk, before.index("New folder")))

    assert texts(clerk) == before
    assert "Assorted sweets" in clerk.news


def test_most_sold_is_one_press(clerk: StockHand) -> None:
    clerk.press(Key.Key_F7)
    assert "Nothing was sold" in clerk.news


def test_two_editors_of_one_page_keep_both_and_see_them(clerk: StockHand) -> None:
    scan(clerk, COGNAC)
    seen = stored(clerk)
    clerk.shop.edit_quick_keys.save(seen.changing(1, lambda page: page.without((0,))), seen, CONSOLE)

    clerk.typing.wait(STOOD)
    clerk.press(Key.Key_F12)
    clerk.wait()

    assert "“Favourites 2”" in clerk.news
    clerk.till.session.speak("ru")
    assert "«Favourites 2»" in clerk.news
    clerk.till.session.speak("en")
    assert len(stored(clerk).pages) == 1
    both = save(clerk)
    assert [(page.title, len(page.keys)) for page in both.pages] == [("Favourites", 4), ("Favourites 2", 6)]


def test_what_another_one_saved_on_another_page_is_kept(clerk: StockHand) -> None:
    scan(clerk, COGNAC)
    seen = stored(clerk)
    other = QuickPage(-1, "Other", (), (QuickKey(id_of(clerk, BAG)),))
    clerk.shop.edit_quick_keys.save(QuickKeys((*seen.pages, other)), seen, CONSOLE)

    assert [(page.title, len(page.keys)) for page in save(clerk).pages] == [("Favourites", 6), ("Other", 1)]
    assert len(page_of(clerk).draft.keys.pages) == 2
    assert not page_of(clerk).waiting()


def test_esc_drops_changes_when_pressed_twice(clerk: StockHand) -> None:
    scan(clerk, COGNAC)
    clerk.press(Key.Key_Escape)
    assert page_of(clerk).waiting()
    clerk.press(Key.Key_Escape)
    assert len(texts(clerk)) == 5
    assert not page_of(clerk).waiting()


def test_a_key_pressed_twice_removes_one_quick_key_and_makes_one_page_and_one_folder(clerk: StockHand) -> None:
    page = page_of(clerk)
    page.draft.choose(1)
    second, third = texts(clerk)[1:3]
    clerk.press(Key.Key_F6)
    clerk.typing.press_again(Key.Key_F6)
    clerk.wait()
    after_f6 = second in texts(clerk), third in texts(clerk)
    clerk.press(Key.Key_F5)
    clerk.typing.press_again(Key.Key_F5)
    clerk.wait()
    folders = [key for key in page.draft.shown if key.is_folder]
    clerk.press(Key.Key_F9)
    clerk.typing.press_again(Key.Key_F9)
    clerk.wait()
    copied = len(page.draft.keys.pages)
    clerk.press(Key.Key_F4)
    clerk.typing.press_again(Key.Key_F4)
    clerk.wait()

    assert after_f6 == (False, True)
    assert (len(folders), copied, len(page.draft.keys.pages)) == (1, 2, 3)


@pytest.mark.parametrize("what", ["key", "page"])
def test_two_quick_taps_remove_one_quick_key_or_one_page(clerk: StockHand, what: str) -> None:
    page = page_of(clerk)
    for _ in range(2):
        page._new_page()
    page.draft.turn_to(page.draft.keys.pages[0 if what == "key" else 1].id)
    page.draft.choose(1 if what == "key" else None)
    page._present()
    clerk.wait()
    before = len(page.draft.keys.pages), len(page.draft.keys.pages[0].keys)
    double_tap(clerk, page.form.remove if what == "key" else page.form.page_remove)
    after = len(page.draft.keys.pages), len(page.draft.keys.pages[0].keys)

    assert after == ((before[0], before[1] - 1) if what == "key" else (before[0] - 1, before[1]))


def test_esc_twice_in_a_moment_asks_about_unsaved_quick_keys_and_drops_none(clerk: StockHand) -> None:
    scan(clerk, COGNAC)
    clerk.press(Key.Key_Escape)
    clerk.typing.press_again(Key.Key_Escape)
    clerk.wait()
    assert page_of(clerk).waiting()
    assert "Discard unsaved changes?" in clerk.news
    clerk.press(Key.Key_Escape)
    assert not page_of(clerk).waiting()


def test_the_question_before_changes_are_dropped_is_answered_by_its_button(clerk: StockHand) -> None:
    scan(clerk, COGNAC)
    clerk.press(Key.Key_Escape)
    notices = clerk.till.window.work.notices
    assert notices.notice is not None
    assert notices.notice.action == "Discard changes"
    notices.action_pressed.emit()
    clerk.wait()
    assert len(texts(clerk)) == 5
    assert not page_of(clerk).waiting()


def test_a_file_is_written_and_read_and_a_bad_one_names_its_place(clerk: StockHand, tmp_path: Path) -> None:
    page, file = page_of(clerk), tmp_path / "keys.json"
    page.ask_save = page.ask_open = lambda: file
    clerk.press(Key.Key_E, CONTROL)
    clerk.wait()
    content = json.loads(file.read_text(encoding="utf-8"))
    assert content["pages"][0]["keys"][0] == {"code": SWEETS}

    content["pages"] = [{"title": "Read", "keys": [{"code": BAG}]}]
    file.write_text(json.dumps(content), encoding="utf-8")
    clerk.press(Key.Key_I, CONTROL)
    clerk.wait()
    assert [one.title for one in page.draft.keys.pages] == ["Read"]
    assert [one.title for one in save(clerk).pages] == ["Read"]

    content["pages"][0]["keys"].append({"code": "4006381333931"})
    file.write_text(json.dumps(content), encoding="utf-8")
    clerk.press(Key.Key_I, CONTROL)
    clerk.wait()
    assert "pages[0].keys[1].code" in clerk.news
    assert not page.waiting()


def test_without_any_keys_the_page_says_how_to_begin(clerk: StockHand) -> None:
    clerk.shop.edit_quick_keys.save(QuickKeys(), stored(clerk), CONSOLE)
    page = page_of(clerk)
    page.entered()
    clerk.wait()
    assert page.empty.isVisible()

    scan(clerk, CHOCOLATE)

    assert [one.title for one in save(clerk).pages] == ["Favourites"]
