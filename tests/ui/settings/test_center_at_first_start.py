"""The first start of a shop that takes part in a center: a pass may be given, tried, and left out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

import main
from pos.application.membership.membership import Membership
from pos.application.membership.refusals import CenterAway
from pos.application.settings.options import Options
from pos.application.shop.shop import Shop
from pos.ui.settings.first_start.screen import FirstStartScreen
from tests.ui import at_the_counter
from tests.ui.at_the_counter import Hand, close_till, open_bare_till
from tests.ui.fakes_shop import PIN
from tests.ui.settings.test_center_among_the_settings import PASS, Kept, Line

Made = tuple[Hand, FirstStartScreen, Line, Kept]


@pytest.fixture
def new_shop(qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Made]:
    line, kept = Line(), Kept()

    def an_empty_shop(folder: Path, *_how: object) -> Shop:
        shop = main.build(Options(data=folder), quick_pins=True)
        membership = Membership(kept, lambda _given: line, timedelta)  # type: ignore[arg-type, return-value]  # a part
        vars(shop.adapters)["membership"] = membership
        return shop

    monkeypatch.setattr(at_the_counter, "a_demo_shop", an_empty_shop)
    monkeypatch.setattr(Hand, "sign_in", lambda hand, _name: hand.wait())
    hand = open_bare_till(qapp, qtbot, tmp_path)
    yield hand, hand.till.way_in.first_start, line, kept
    close_till(hand)


def fill_in(page: FirstStartScreen) -> None:
    page.shop.setText("Silk Gate")
    page.manager.setText("Dana")
    for field in (page.pin, page.again):
        field.clear()
        field.push(PIN)


def test_a_new_shop_takes_part_in_its_center_from_the_first_day(new_shop: Made) -> None:
    hand, page, line, kept = new_shop
    assert (page.center.pass_field.isVisible(), page.center.open.isVisible()) == (False, True)
    page.center.open.click()
    assert page.center.pass_field.hasFocus()
    assert page.center.pass_field.echoMode() is QLineEdit.EchoMode.Password
    hand.type("nonsense")
    page.center.test.click()
    hand.wait()
    assert page.complaint("pass") == "This is not the pass of a till."
    fill_in(page)
    page.form.button.click()
    hand.wait()
    assert (hand.screen_id, page.complaint("pass")) == ("first_start", "This is not the pass of a till.")
    page.center.pass_field.setText(PASS.to_text())
    line.trouble = CenterAway("certificate")
    page.center.test.click()
    hand.wait()
    assert page.center.answer.text() == "The center does not answer: its certificate is not trusted or has expired."
    line.trouble = None
    page.center.test.click()
    hand.wait()
    assert (page.center.answer.text(), kept.given) == ("The center answers.", None)
    page.center.pass_field.setFocus()
    hand.press(Qt.Key.Key_Return)
    hand.wait()
    assert (kept.given, hand.screen_id) == (PASS, "open_shift")
    assert page.center.pass_field.text() == ""


def test_a_center_that_does_not_answer_keeps_no_shop_from_being_created(new_shop: Made) -> None:
    hand, page, line, kept = new_shop
    page.center.fill(PASS.to_text())
    fill_in(page)
    line.trouble = CenterAway("no_connection")
    page.form.button.click()
    hand.wait()
    assert (kept.given, hand.screen_id) == (None, "open_shift")
    shown = hand.till.window.front.notices.notice or hand.till.window.work.notices.notice
    assert shown is not None
    said = "The center does not answer: there is no connection. The shop is created. Join the center in the settings."
    assert shown.text.replace("\n", " ") == said
