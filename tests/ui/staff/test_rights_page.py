"""The table of rights at the real window: changed by keys and by finger, saved at once, given up after a question."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.domain.staff.rights import EDITED_ROLES, GRANTED_PERMISSIONS
from pos.domain.staff.staff import Person
from pos.ui.look.sounds import Sound
from pos.ui.staff.rights_table import RightCell
from pos.ui.staff.screen import StaffScreen
from tests.ui.at_the_counter import Hand, close_till, open_bare_till
from tests.ui.reader import listening

Key = Qt.Key


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """The manager at the table of rights."""
    opened = open_bare_till(qapp, qtbot, tmp_path, "manager")
    opened.till.window.plug(StaffScreen(opened.till.session))
    opened.till.window.show_screen("staff")
    opened.wait()
    opened.press(Key.Key_F5)
    yield opened
    close_till(opened)


def page(hand: Hand) -> StaffScreen:
    screen = hand.till.window.screen_at("staff")
    assert isinstance(screen, StaffScreen)
    return screen


def cell(hand: Hand, role: str, permission: str) -> RightCell:
    return page(hand).editor.table.cells[role, permission]


def changes(hand: Hand) -> str:
    return page(hand).editor.panel.changes


def person(hand: Hand, name: str) -> Person:
    return next(one for one in hand.shop.sign_in.people() if one.name == name)


def news(hand: Hand) -> str:
    notice = page(hand).news.notice
    return "" if notice is None else notice.text


def test_the_table_is_that_of_the_shop(hand: Hand) -> None:
    table = page(hand).editor.table
    assert set(table.cells) == {(role, one) for role in EDITED_ROLES for one in GRANTED_PERMISSIONS}
    shown = {where for where, one in table.cells.items() if one.isChecked()}
    assert {permission for role, permission in shown if role == "clerk"} == {"catalogue", "stock", "pickup"}
    assert ("cashier", "sell") in shown
    assert ("cashier", "rates") not in shown
    assert (table.limits["cashier"].typed(), table.limits["clerk"].isEnabled()) == ("10", False)
    assert cell(hand, "cashier", "sell").accessibleName() == "selling: Cashier"
    assert not page(hand).editor.panel.save.isEnabled()
    hand.press(Key.Key_F5)
    assert page(hand).list.isVisible()


def test_by_keys_alone_a_right_is_granted_another_taken_away_and_both_are_saved_with_f12(hand: Hand) -> None:
    assert cell(hand, "cashier", "sell").hasFocus()
    hand.press(Key.Key_Space)
    hand.press(Key.Key_Right)
    hand.press(Key.Key_Space)
    assert changes(hand) == "Cashier loses: selling.\nStock clerk gains: selling."
    assert person(hand, "amina").may("sell")  # nothing is saved yet

    hand.press(Key.Key_F12)

    assert (person(hand, "amina").may("sell"), person(hand, "clerk").may("sell")) == (False, True)
    assert changes(hand) == "Rights saved. In force now."
    assert hand.shop.verify_books() == []


def test_arrows_stop_at_the_edges_and_tab_leaves_the_table(hand: Hand) -> None:
    hand.press(Key.Key_Up)
    hand.press(Key.Key_Left)
    assert cell(hand, "cashier", GRANTED_PERMISSIONS[0]).hasFocus()
    for _ in GRANTED_PERMISSIONS:
        hand.press(Key.Key_Down)
    last = cell(hand, "cashier", GRANTED_PERMISSIONS[-1])
    assert last.hasFocus()
    assert not last.visibleRegion().isEmpty()
    hand.press(Key.Key_Tab)
    assert not isinstance(hand.till.window.focusWidget(), RightCell)


def test_by_finger_alone_a_right_is_granted_and_saved(hand: Hand) -> None:
    granted = cell(hand, "cashier", "no_sale")
    page(hand).editor.table.area.ensureWidgetVisible(granted)
    hand.typing.finger(granted)
    hand.wait()
    assert min(granted.width(), granted.height()) >= 44
    assert changes(hand) == "Cashier gains: opening the drawer without a sale."

    hand.typing.finger(page(hand).editor.panel.save)
    hand.wait()

    assert person(hand, "amina").may("no_sale")


def test_the_limit_of_a_role_is_a_number_that_waits_to_be_saved(hand: Hand) -> None:
    limit = page(hand).editor.table.limits["cashier"]
    page(hand).editor.table.begin_limit("cashier")
    hand.type("15")
    assert (limit.typed(), changes(hand)) == ("15", "Cashier: discount up to 15 %, previously 10 %.")

    hand.press(Key.Key_F12)

    assert person(hand, "amina").discount_limit == 15
    assert hand.till.session.settings.cashier_discount_percent == 15


def test_the_limit_of_a_role_changed_by_an_arrow_waits_to_be_saved_too(hand: Hand) -> None:
    """*No unsaved changes* stood beside it, F12 saved nothing, and Esc dropped it."""
    page(hand).editor.table.begin_limit("cashier")
    hand.press(Key.Key_Up)
    assert changes(hand) == "Cashier: discount up to 11 %, previously 10 %."

    hand.press(Key.Key_F12)

    assert person(hand, "amina").discount_limit == 11


@pytest.mark.parametrize("typed", ["150", "7,5"])
def test_a_limit_that_is_no_per_cent_is_refused_in_words_and_nothing_is_saved(
    hand: Hand, typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    cell(hand, "cashier", "rates").click()
    page(hand).editor.table.begin_limit("cashier")
    hand.type(typed)
    with listening(monkeypatch, hand.wait) as reader:
        hand.press(Key.Key_F12)
        assert reader.heard()[-1] == f"“{typed}” is not valid. A whole number from 0 to 100."

    panel, limit = page(hand).editor.panel, page(hand).editor.table.limits["cashier"]
    assert panel.complaint == f"“{typed}” is not valid. A whole number from 0 to 100."
    assert limit.hasFocus()
    assert not person(hand, "amina").may("rates")
    limit.selectAll()
    hand.type("20")
    assert panel.complaint == ""
    hand.press(Key.Key_F12)
    assert person(hand, "amina").may("rates")
    assert person(hand, "amina").discount_limit == 20


def test_esc_asks_before_it_gives_changes_up_and_leads_back_after_that(hand: Hand) -> None:
    cell(hand, "clerk", "price").click()
    hand.press(Key.Key_Escape)
    notice = hand.till.window.work.notices.notice
    assert notice is not None
    assert notice.text == "Discard unsaved changes? Press Esc again to confirm."
    assert cell(hand, "clerk", "price").isChecked()
    hand.press(Key.Key_Escape)
    assert (cell(hand, "clerk", "price").isChecked(), changes(hand)) == (False, "No unsaved changes.")
    assert not page(hand).list.isVisible()
    hand.press(Key.Key_Escape)
    assert page(hand).list.isVisible()


def test_what_is_changed_outlives_another_language_the_list_and_another_page(hand: Hand) -> None:
    cell(hand, "clerk", "price").click()
    hand.press(Key.Key_F5)
    assert page(hand).list.isVisible()
    assert hand.till.window.unfinished.all() == "unsaved rights"
    hand.till.session.speak("ru")
    hand.till.window.show_screen("checkout")
    hand.till.window.show_screen("staff")
    hand.wait()
    hand.press(Key.Key_F5)

    assert cell(hand, "clerk", "price").isChecked()
    assert changes(hand) == "Кладовщик, добавятся права: изменение цены."
    hand.till.window.unfinished.empty()
    assert (hand.till.window.unfinished.all(), cell(hand, "clerk", "price").isChecked()) == ("", False)


def test_unsaved_rights_are_on_show_again_after_a_lock(hand: Hand) -> None:
    cell(hand, "clerk", "price").click()
    hand.till.window.lock()
    hand.sign_in("manager")
    hand.till.window.show_screen("staff")
    hand.wait()

    assert cell(hand, "clerk", "price").isVisible()
    assert changes(hand) == "Stock clerk gains: a price change."
    hand.press(Key.Key_F12)
    assert changes(hand) == "Rights saved. In force now."


def test_f12_on_a_person_without_a_change_shows_the_rights_that_wait_and_says_nothing_is_saved(hand: Hand) -> None:
    cell(hand, "clerk", "price").click()
    hand.press(Key.Key_F5)
    hand.press(Key.Key_Return)
    hand.press(Key.Key_F12)

    assert cell(hand, "clerk", "price").isVisible()
    assert news(hand) == ""
    hand.press(Key.Key_F12)
    hand.press(Key.Key_F5)
    hand.press(Key.Key_Return)
    hand.press(Key.Key_F12)
    assert news(hand) == "No unsaved changes."


def test_default_is_the_way_back_and_is_saved_like_any_change(hand: Hand) -> None:
    boss = Person.at_the_console("root")
    hand.shop.office.set_setting(boss, "cashier_permissions", "sell,rates")
    hand.shop.office.set_setting(boss, "clerk_discount_percent", "5")
    hand.press(Key.Key_F5)
    hand.press(Key.Key_F5)
    assert cell(hand, "cashier", "rates").isChecked()

    hand.press(Key.Key_F8)

    assert changes(hand).splitlines() == [
        "Cashier gains: giving a discount, a return, opening the shift, closing the shift, "
        "moving cash in or out of the drawer, taking customer orders.",
        "Cashier loses: setting exchange rates.",
        "Stock clerk: discount up to 0 %, previously 5 %.",
    ]
    assert not person(hand, "amina").may("return")
    hand.press(Key.Key_F12)
    assert person(hand, "amina").may("return")
    assert not page(hand).editor.panel.default.isEnabled()


def test_a_change_of_another_manager_is_shown_before_it_is_overruled_and_beside_it_ones_own_is_saved(
    hand: Hand,
) -> None:
    cell(hand, "cashier", "rates").click()
    hand.shop.office.set_setting(Person.at_the_console("root"), "cashier_permissions", "sell")
    hand.press(Key.Key_F12)

    assert (
        page(hand).editor.panel.complaint == "Another person has changed this in the meantime. Check it and save again."
    )
    assert not person(hand, "amina").may("rates")
    assert not cell(hand, "cashier", "return").isChecked()  # what the other one has done
    assert changes(hand) == "Cashier gains: setting exchange rates."
    hand.wait(450)
    hand.press(Key.Key_F12)
    assert [one for one in GRANTED_PERMISSIONS if person(hand, "amina").may(one)] == ["sell", "rates"]


def test_a_person_who_lost_the_right_while_the_table_was_open_changes_nothing(hand: Hand) -> None:
    boss = Person.at_the_console("root")
    cell(hand, "cashier", "rates").click()
    hand.shop.staff.give_role(boss, "li", "manager")
    hand.shop.staff.give_role(boss, "manager", "clerk")
    hand.press(Key.Key_F12)

    assert not person(hand, "amina").may("rates")
    assert Sound.REFUSE in hand.heard.sounds
    assert not page(hand).isVisible()


def test_the_acts_on_a_person_who_is_not_on_show_do_nothing(hand: Hand) -> None:
    for key in (Key.Key_F6, Key.Key_F7):
        hand.press(key)
        assert news(hand) == ""


def test_the_keys_of_a_person_leave_the_table(hand: Hand) -> None:
    hand.press(Key.Key_F3)
    assert page(hand).list.isVisible()
    assert page(hand).form.record is None
