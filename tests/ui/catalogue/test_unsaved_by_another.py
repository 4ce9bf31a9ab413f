"""Unsaved work of one person on a page that another opens: it stays, and the page says whose it is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.ui.input.actions import GAPS, ORDERS, PRICES, PRODUCTS, QUICK_KEYS, RATES, SETTINGS, STAFF, STOCK
from pos.ui.page.unsaved_by_another import UnsavedByAnother
from tests.ui.at_the_counter import Hand, a_demo_shop, whole_window
from tests.ui.catalogue.catalogue_clerk import Clerk

SAID = "Dana K. typed this and did not save it. What you save is recorded under your name."


def sign_in(hand: Clerk, name: str) -> None:
    hand.till.session.names = hand.shop.sign_in.names()
    hand.till.window.lock()
    hand.wait()
    hand.look(name)


def test_what_a_manager_typed_stays_and_the_clerk_reads_whose_it_is(clerk: Clerk) -> None:
    clerk.field("name").setFocus()
    clerk.type("QQ")
    typed = clerk.field("name").text()

    sign_in(clerk, "manager")
    own = clerk.news
    sign_in(clerk, "clerk")
    of_another = clerk.news
    clerk.press(Qt.Key.Key_Escape)
    clerk.press(Qt.Key.Key_Escape)
    clerk.wait()

    assert typed.startswith("QQ")
    assert own != SAID
    assert of_another == SAID
    assert not clerk.page.waiting()
    assert clerk.news != SAID


def test_each_page_that_keeps_unsaved_work_while_the_till_is_locked_says_whose_it_is(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    with whole_window(qapp, qtbot, tmp_path, a_demo_shop(tmp_path / "shop"), Hand) as office:
        office.sign_in("manager")
        for screen_id in (PRODUCTS, PRICES, RATES, QUICK_KEYS, STAFF, SETTINGS, STOCK, ORDERS, GAPS):
            office.till.window.show_screen(screen_id)
            office.wait()
            page = office.till.window.page
            assert page is not None
            assert (page.screen_id, len(page.findChildren(UnsavedByAnother))) == (screen_id, 1)


def test_a_page_on_which_nothing_waits_says_nothing_of_the_last_person(clerk: Clerk) -> None:
    sign_in(clerk, "clerk")

    assert clerk.news == ""
