"""What the till does for itself while no one touches it: visitors whom nothing needs any more are forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.domain.errors import StoreError
from pos.ui.shell.services.upkeep import Upkeep
from tests.ui.at_the_counter import Hand, close_till, open_till


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """A till with its cashier."""
    opened = open_till(qapp, qtbot, tmp_path)
    yield opened
    close_till(opened)


def test_a_quiet_till_forgets_by_itself_and_goes_on_until_there_is_no_more(hand: Hand, qtbot: QtBot) -> None:
    done: list[bool] = []

    def step() -> bool:
        done.append(hand.shop.office.forget_visitors.step())
        return len(done) < 3

    upkeep = Upkeep(hand.till.session, step)
    upkeep.watch.set_minutes(0.0005)
    qtbot.waitUntil(lambda: len(done) == 3, timeout=3_000)
    hand.wait()
    assert len(done) == 3
    with hand.shop.issue_receipt.store.reading() as work:
        assert "_forgetting" in work.settings.all()
    upkeep.stop()


def test_a_touch_of_the_till_holds_it_up(hand: Hand) -> None:
    upkeep = hand.till.upkeep
    upkeep.watch.set_minutes(5)
    hand.press(Qt.Key.Key_Shift)
    upkeep.begin()
    assert not upkeep.watch.is_quiet
    assert hand.till.background.is_idle


def test_what_goes_wrong_in_a_quiet_hour_is_reported(hand: Hand) -> None:
    def step() -> bool:
        raise StoreError("disk_full")

    upkeep = Upkeep(hand.till.session, step)
    upkeep.watch.set_minutes(0.0005)
    hand.until(lambda: hand.till.window.work.notices.notice is not None)
    upkeep.stop()
    notice = hand.till.window.work.notices.notice
    assert notice is not None
    assert notice.text.startswith("The disk is full.")
