"""The page that lays a provider's file beside the books, at the real window: files that are right, and others."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from pos.application.outside_partners.charge_customer import ChargeRequest
from pos.domain.money import Money
from pos.domain.outside_partners.attempt import PartnerAttempt
from pos.domain.outside_partners.payment_code import payment_code
from pos.ui.input.actions import PARKED, RECONCILIATION
from pos.ui.reports.reconciliation.screen import ReconciliationScreen
from tests.exports.test_provider_statements import SAMPLES
from tests.horgos import CNY
from tests.ui.at_the_counter import Hand
from tests.ui.conftest import stand_in
from tests.ui.sales.provider_counter import CODE, Customers, counter
from tests.ui.slow_store import SlowStore

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
_HEAD = "交易时间,微信订单号,商户订单号,交易状态,货币种类,订单金额,微信退款单号,商户退款单号,申请退款金额"
At = tuple[Hand, Customers]


@pytest.fixture
def at_page(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[At]:
    """The manager at the page of a shop whose customers pay by WeChat and Alipay."""
    with counter(qapp, qtbot, tmp_path, card="", who="manager", screens=stand_in) as (hand, customers):
        hand.till.window.plug(ReconciliationScreen(hand.till.session))
        hand.till.window.show_screen(RECONCILIATION)
        hand.wait()
        yield hand, customers


def page(hand: Hand) -> ReconciliationScreen:
    screen = hand.till.window.screen_at(RECONCILIATION)
    assert isinstance(screen, ReconciliationScreen)
    return screen


def charged(hand: Hand, key: str, receipt: str = "") -> PartnerAttempt:
    """48.00 that WeChat took for a sale, counted by a receipt."""
    request = ChargeRequest(key, "wechat", "qr", Money(4_800, CNY), "amina", payment_code(CODE))
    known = hand.shop.partner_worker.send(hand.shop.charge_at_provider.begin(request).number)
    if receipt:
        known = known.counted_by(receipt)
        with hand.shop.context.store.begin() as work:
            work.attempts.put(known)
            work.commit()
    return known


def a_bill(hand: Hand, folder: Path, charges: Sequence[PartnerAttempt]) -> Path:
    """WeChat's file of these payments."""
    zone = hand.shop.settings().zone
    lines = [_HEAD]
    for one in charges:
        at = one.begun_at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
        lines.append(f"`{at},`{one.reference},`{one.number},`SUCCESS,`CNY,`{one.amount},`0,`0,`0.00")
    file = folder / "bill.csv"
    file.write_text("\n".join([*lines, "总交易单数", f"`{len(charges)}"]), encoding="utf-8-sig")
    return file


def choose(hand: Hand, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """F7, and the file in the dialog of the system."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    hand.press(Key.Key_F7)


def said(hand: Hand) -> str:
    """The verdict; without one what stands in the place of the rows."""
    shown = page(hand)
    if shown.summary.isVisible():
        return shown.summary.verdict.text
    return f"{shown.list.empty.accessibleName()}: {shown.list.empty.accessibleDescription()}"


def test_a_day_agrees_only_while_no_payment_of_it_is_open(
    at_page: At, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand, customers = at_page
    bill = a_bill(hand, tmp_path, [charged(hand, "one"), charged(hand, "two")])
    assert said(hand).startswith("No file chosen")

    choose(hand, bill, monkeypatch)
    assert said(hand) == "No difference: 2 payments and refunds compared."
    assert page(hand).summary.sums.texts == (
        ("Paid", "¥\xa096.00", "¥\xa096.00", "¥\xa00.00"), ("Refunded", *["¥\xa00.00"] * 3),
    )  # fmt: skip
    assert page(hand).list.empty.accessibleName() == "Nothing to look at"

    customers.line.faults.extend(["before"] * 9)
    lost = charged(hand, "three")
    hand.till.session.partners.take(lost, hand.shop.now())  # as the till says what it has heard
    hand.wait()
    assert said(hand) == "No difference so far, but this is not certain."
    assert page(hand).list.rows.texts() == ["Not settled yet | – | – | ¥\xa048.00"]
    with SlowStore(hand):
        for screen_id in ("checkout", RECONCILIATION):
            hand.till.window.show_screen(screen_id)
        assert said(hand) == "Comparing again…", "more may be known by now"
    assert said(hand) == "No difference so far, but this is not certain."

    asked_for: list[str] = []
    hand.till.session.screen_requested.connect(asked_for.append)
    hand.press(Key.Key_Return)
    assert asked_for == [PARKED]

    hand.press(Key.Key_Escape)
    assert said(hand).startswith("No file chosen")


def test_a_difference_says_what_to_do_opens_its_receipt_and_is_saved(
    at_page: At, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand, _ = at_page
    ours, both = charged(hand, "one", "T1-000007"), charged(hand, "two")
    strange = replace(both, number="Z" * 26, reference="77")
    choose(hand, a_bill(hand, tmp_path, [strange, replace(both, amount=Money(4_900, CNY))]), monkeypatch)
    opened: list[str] = []
    page(hand).receipt_requested.connect(opened.append)

    assert said(hand) == "3 differences found."
    assert page(hand).list.rows.texts() == [
        "Only at the provider | – | ¥\xa048.00 | –",
        "Different amounts | – | ¥\xa049.00 | ¥\xa048.00",
        "Only in the shop | T1-000007 | – | ¥\xa048.00",
    ]
    assert "refund it there" in page(hand).list.panel.texts[2]
    hand.press(Key.Key_Down)
    hand.press(Key.Key_Down)
    assert page(hand).list.panel.texts[2].endswith("ask the provider and give our number.")
    assert f"Our number: {ours.number}" in page(hand).list.panel.texts[-1]
    hand.press(Key.Key_Return)
    assert opened == ["T1-000007"]

    page(hand).saver.ask = lambda _name: tmp_path / "differences.csv"
    hand.press(Key.Key_S, CONTROL)
    hand.until((tmp_path / "differences.csv").exists)
    hand.wait()
    rows = list(csv.reader((tmp_path / "differences.csv").read_text("utf-8-sig").splitlines()))
    assert [row[0] for row in rows if len(row) > 4][-3:] == [
        "Only at the provider", "Different amounts", "Only in the shop",
    ]  # fmt: skip
    hand.till.session.speak("zh")
    hand.wait()
    assert said(hand) == "发现 3 项差异。"


def test_a_file_that_is_not_the_providers_is_refused_in_one_sentence(
    at_page: At, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand, _ = at_page
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    refused = "The file was not compared: "
    choose(hand, empty, monkeypatch)
    assert said(hand) == refused + "File: “empty.csv” is not valid: it is empty."
    choose(hand, a_bill(hand, tmp_path, []), monkeypatch)
    assert said(hand) == refused + "File: “bill.csv” is not valid: it has no payments and no refunds."
    choose(hand, Path(__file__), monkeypatch)
    assert said(hand).startswith(refused + "This is not a file of WeChat Pay.")

    choose(hand, SAMPLES / "alipay-sample.csv", monkeypatch)
    assert said(hand) == refused + "This is a file of Alipay, not of WeChat Pay."
    hand.press(Key.Key_F4)
    assert said(hand) == "The shop has nothing of what stands in this file.", "it is read for the provider whose it is"
    assert page(hand).providers.choice() == "alipay"

    later = replace(charged(hand, "one"), begun_at=hand.shop.now() - timedelta(days=40), number="Y" * 26, reference="9")
    hand.press(Key.Key_F4)
    choose(hand, a_bill(hand, tmp_path, [later]), monkeypatch)
    assert said(hand) == "The shop has nothing of what stands in this file."


def test_the_page_is_there_where_the_shop_has_a_provider_with_a_file(at_page: At) -> None:
    hand, customers = at_page
    session, window = hand.till.session, hand.till.window
    assert RECONCILIATION in window.known
    for setting in ("", "terminal"):
        session.take_settings(replace(session.settings, provider_qr=(), provider_card=(setting,) if setting else ()))
        assert RECONCILIATION not in window.known
    session.take_settings(replace(session.settings, provider_card=("kaspi",)))
    assert RECONCILIATION in window.known
    customers.is_practice = True
    assert RECONCILIATION not in window.known, "a practice moves no money"
    hand.till.window.show_screen(RECONCILIATION)
    assert said(hand).startswith("No provider with a file")
