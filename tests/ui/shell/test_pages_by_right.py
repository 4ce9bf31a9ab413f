"""A shop may grant any right alone: each page that it opens is shown, and asks for no right of another page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.domain.staff.rights import GRANTED_PERMISSIONS
from pos.domain.staff.staff import Person
from pos.ui.session.rail_entries import RAIL_ENTRIES
from tests.ui.at_the_counter import Hand, a_demo_shop, whole_window

OPENING = [one for one in GRANTED_PERMISSIONS if any(entry.permission == one for entry in RAIL_ENTRIES)]


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """The whole window of a till on which a cashier has their shift, before the sign-in."""
    with whole_window(qapp, qtbot, tmp_path, a_demo_shop(tmp_path / "shop"), Hand) as opened:
        yield opened


def be_the_clerk(hand: Hand, *permissions: str) -> None:
    """A stock clerk signs in who has only this right."""
    window, session, office = hand.till.window, hand.till.session, hand.shop.office
    window.lock()
    settings = office.set_setting(Person.at_the_console("root"), "clerk_permissions", ",".join(permissions))
    session.take_settings(settings)
    session.take_shift(hand.shop.open_shift.current())
    session.take_person(next(one for one in hand.shop.sign_in.people() if one.name == "clerk"))
    hand.wait()
    window.show_screen(window.home())
    hand.wait()


def said(hand: Hand) -> str:
    notice = hand.till.window.work.notices.notice
    return "" if notice is None else notice.text


def test_each_right_alone_opens_its_pages_and_none_asks_for_another(hand: Hand) -> None:
    wrong = []
    for permission in OPENING:
        be_the_clerk(hand, permission)
        if hand.screen_id == "sign_in":
            wrong.append(f"{permission}: signed in, and left at the sign-in")
        for entry in RAIL_ENTRIES:
            if entry.permission == permission:
                hand.till.window.show_screen(entry.key)
                hand.wait()
                if hand.screen_id not in (entry.key, "foreign_shift") or "not allowed" in said(hand):
                    wrong.append(f"{entry.key}: {hand.screen_id} {said(hand)}")
    assert wrong == []


def test_a_role_that_may_do_nothing_has_the_search_of_goods(hand: Hand) -> None:
    be_the_clerk(hand)

    assert hand.screen_id == "search"
    assert [entry.key for entry in hand.till.window.work._entries] == ["search"]


def test_a_person_who_takes_returns_and_sells_nothing_reads_whose_shift_it_is(hand: Hand) -> None:
    be_the_clerk(hand, "return")

    assert hand.screen_id == "foreign_shift"
