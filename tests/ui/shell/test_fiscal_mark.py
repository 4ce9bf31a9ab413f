"""The status line counts what waits for the fiscal register, and the till tells it beside all work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.application.fiscal.send_to_register import SendToRegister, SentToRegister
from pos.domain.shifts.report_details import FiscalCounts
from tests.ui.at_the_counter import Hand, close_till, open_bare_till


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """The manager at the till."""
    opened = open_bare_till(qapp, qtbot, tmp_path, "manager")
    yield opened
    close_till(opened)


def test_the_status_line_counts_what_waits_and_the_till_sends_it(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    session, mark = hand.till.session, hand.till.window.work.status.devices.fiscal
    assert (mark.isHidden(), mark.troubled) == (True, False)
    session.fiscal.take(SentToRegister(FiscalCounts(registered=7, waiting=3)))
    assert mark.accessibleName() == "Fiscal register: 3 fiscal receipts wait"
    assert (mark.isHidden(), mark.troubled) == (False, False)
    session.fiscal.take(SentToRegister(FiscalCounts(waiting=3, refused=1), "cashbox", "6 Касса не найдена"))
    assert (mark.isHidden(), mark.troubled) == (False, True)
    assert mark.accessibleName() == "3 fiscal receipts wait, 1 fiscal receipt refused"
    assert "the register does not accept the cashbox" in mark.toolTip()
    session.speak("ru")
    assert mark.accessibleName() == "3 фискальных чека ждут, 1 фискальный чек с отказом"

    sent: list[bool] = []
    outcome = SentToRegister(FiscalCounts(registered=8))

    def send(_self: SendToRegister, *, at_once: bool = False) -> SentToRegister:
        sent.append(at_once)
        return outcome

    monkeypatch.setattr(SendToRegister, "__call__", send)
    session.take_settings(replace(session.settings, fiscal_register="webkassa"))
    for _ in range(2):
        session.minute_began.emit(hand.shop.now())
        hand.wait(400)
        hand.until(lambda: hand.till.register.is_idle)
    assert sent == [True, False], "what was under way when the till stopped is asked about at once"
    assert session.fiscal.state == outcome
    session.take_settings(replace(session.settings, fiscal_register="none"))
    session.minute_began.emit(hand.shop.now())
    hand.wait(400)
    assert mark.isHidden()
