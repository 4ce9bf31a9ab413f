"""Unsaved work of one person on a page that another opens: it stays, and the page says whose it is."""

from __future__ import annotations

from PySide6.QtCore import Qt

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


def test_a_page_on_which_nothing_waits_says_nothing_of_the_last_person(clerk: Clerk) -> None:
    sign_in(clerk, "clerk")

    assert clerk.news == ""
