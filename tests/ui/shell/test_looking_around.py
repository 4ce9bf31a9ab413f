"""What the window says of its disk, its clock and what a stop of the machine has left behind."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Never

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.application.maintenance.startup_checks import StartupChecks, StartupFindings
from pos.application.receipts.issue_receipt import IssuedReceipt
from pos.domain.errors import Collided, PrinterError
from pos.domain.money import CURRENCIES
from pos.domain.receipt_number import read_receipt_number
from pos.domain.staff.staff import Person
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone
from tests.shops import a_ticket
from tests.ui.at_the_counter import NOON, Hand, a_demo_shop, a_past, close_till, open_till
from tests.ui.slow_store import SlowStore

MB = 1_000_000


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """A till with no one at it yet."""
    opened = open_till(qapp, qtbot, tmp_path)
    opened.till.session.take_person(None)
    yield opened
    close_till(opened)


def notice(hand: Hand) -> Notice | None:
    return hand.till.window.work.notices.notice


def leave_only(monkeypatch: pytest.MonkeyPatch, free: int) -> None:
    room = shutil.disk_usage("/")
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: room._replace(free=free))


def test_a_disk_that_is_nearly_full_is_reported_at_the_sign_in_and_stays_in_the_status_line(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_only(monkeypatch, 300 * MB)
    hand.sign_in()
    shown = notice(hand)
    mark = hand.till.window.work.status.devices.store
    assert shown is not None
    assert shown.text.startswith("Only 300 MB of disk space left")
    assert (mark.troubled, mark.accessibleName()) == (True, "Disk nearly full")
    assert mark.toolTip().startswith("Only 300 MB of disk space left")


def test_a_disk_that_fills_up_during_the_day_is_reported_once_and_a_clean_one_is_well_again(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand.sign_in()
    assert notice(hand) is None
    looking = hand.till.looking
    leave_only(monkeypatch, 499 * MB)
    looking.look_at_the_disk()
    hand.until(lambda: notice(hand) is not None)
    hand.till.window.work.notices.clear()
    looking.look_at_the_disk()
    hand.wait()
    assert notice(hand) is None
    leave_only(monkeypatch, 501 * MB)
    looking.look_at_the_disk()
    hand.until(lambda: not hand.till.session.disk_trouble)
    assert not hand.till.window.work.status.devices.store.troubled


def _stopped(folder: Path) -> tuple[Path, tuple[str, str]]:
    """A shop whose machine stopped before one receipt went to the printer, and while the next one did."""
    shop = a_demo_shop(folder)
    first, second = (shop.ring_sale(a_ticket(key=key)).receipt for key in ("k-1", "k-2"))
    with shop.issue_receipt.store.begin() as work:
        work.outbox.sending(*read_receipt_number(second))
        work.commit()
    shop.close()
    return folder, (first, second)


def test_receipts_that_a_stop_left_unprinted_are_offered_once_and_printed(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    folder, (first, second) = _stopped(tmp_path / "stopped")
    hand = open_till(qapp, qtbot, tmp_path, made=lambda: folder)
    try:
        offered = notice(hand)
        assert offered is not None
        assert offered.text.startswith(f"Not printed before the till stopped: {first}, {second}.")
        assert offered.action == "Print now"

        hand.till.window.work.notices.action_pressed.emit()
        hand.until(lambda: (notice(hand) or offered).text == f"Printed: {first}, {second}.")

        printouts = sorted(
            one.name for one in (tmp_path / "shop" / "receipts").rglob("T1-*.pdf") if one.stem[-2] != "-"
        )
        assert f"{first}.pdf" in printouts
        assert f"{second}-copy-1.pdf" in [one.name for one in (tmp_path / "shop" / "receipts").rglob("*.pdf")]
        assert hand.shop.issue_receipt.unfinished("T1") == ()
        hand.till.window.work.notices.clear()
        hand.till.session.take_person(None)
        hand.sign_in()
        assert notice(hand) is None
    finally:
        close_till(hand)


def test_a_shift_of_another_computer_may_have_a_basket_and_money_there(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = StartupFindings(elsewhere=NOON)
    monkeypatch.setattr(StartupChecks, "__call__", lambda _checks: found)
    hand.sign_in()
    hand.wait()
    offered = notice(hand)

    assert offered is not None
    assert offered.text == (
        "The shift of T1 has been open since 24 Nov 2026 12:00, but this computer has printed none of its receipts. If "
        "it was opened on another computer, a basket left there is not offered here, and money received for it is in "
        "no list."
    )


def test_what_is_found_after_the_first_person_has_left_is_offered_to_the_next_one(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, (first, second) = _stopped(tmp_path / "stopped")
    with monkeypatch.context() as busy:
        busy.setattr(StartupChecks, "__call__", _busy)
        hand = open_till(qapp, qtbot, tmp_path, made=lambda: folder)
    try:
        people = {person.name: person for person in hand.shop.sign_in.people()}
        hand.till.window.lock()
        hand.till.window.work.notices.clear()
        with SlowStore(hand):
            hand.till.session.take_person(people["amina"])
            hand.till.window.lock()
        hand.sign_in("manager")
        offered = notice(hand)
        assert offered is not None
        assert offered.text.startswith(f"Not printed before the till stopped: {first}, {second}.")
    finally:
        close_till(hand)


def test_what_is_found_before_the_first_page_is_built_stands_above_that_page(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, (first, second) = _stopped(tmp_path / "stopped")
    with monkeypatch.context() as busy:
        busy.setattr(StartupChecks, "__call__", _busy)
        hand = open_till(qapp, qtbot, tmp_path, made=lambda: folder)
    try:
        people = {person.name: person for person in hand.shop.sign_in.people()}
        hand.till.window.lock()
        hand.till.window.work.notices.clear()
        hand.till.session.take_person(people["amina"])
        hand.until(lambda: hand.till.window.front.notices.notice is not None)
        hand.till.window.show_screen("checkout")

        offered = notice(hand)
        assert offered is not None
        assert offered.text.startswith(f"Not printed before the till stopped: {first}, {second}.")
        assert hand.till.window.front.notices.notice is None

        hand.till.window.work.notices.action_pressed.emit()
        hand.until(lambda: (notice(hand) or offered).text == f"Printed: {first}, {second}.")
    finally:
        close_till(hand)


def test_a_printer_that_misses_the_first_of_them_is_not_said_to_have_printed_it(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    """Switched on together with the till, it answers a moment later."""
    folder, (first, second) = _stopped(tmp_path / "stopped")
    hand = open_till(qapp, qtbot, tmp_path, made=lambda: folder)
    try:
        shop = hand.till.session.shop
        issue, missed = shop.issue_receipt, [first]

        def print_it(receipt: str, person: Person | None = None) -> IssuedReceipt:
            if receipt in missed:
                missed.remove(receipt)
                raise PrinterError("not_answering", "counter")
            return issue(receipt, person)

        shop.__dict__["issue_receipt"] = print_it
        hand.till.window.work.notices.action_pressed.emit()
        hand.until(lambda: (notice(hand) or Notice(Tone.INFO, "")).text.startswith(f"Printed: {second}."))
        said = notice(hand)
        assert said is not None
        assert f"Not printed: {first}. " in said.text
        assert said.action == "Print again"

        hand.till.window.work.notices.action_pressed.emit()
        hand.until(lambda: (notice(hand) or said).text == f"Printed: {first}.")
        assert issue.unfinished("T1") == ()
    finally:
        close_till(hand)


def _stopped_at_the_z(folder: Path) -> Path:
    """A shop whose machine stopped after the Z was recorded and before it was printed."""
    shop = a_demo_shop(folder)
    shop.close_shift(
        next(one for one in shop.sign_in.people() if one.name == "amina"), {code: {} for code in CURRENCIES}
    )
    shop.close()
    return folder


def test_a_z_that_a_stop_left_unprinted_is_offered_to_the_first_who_may_print_it(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = _stopped_at_the_z(tmp_path / "stopped")
    hand = open_till(qapp, qtbot, tmp_path, name="clerk", made=lambda: folder)
    try:
        assert notice(hand) is None
        hand.till.session.take_person(None)
        hand.sign_in("manager")
        offered = notice(hand)
        assert offered is not None
        assert offered.text == "The till stopped before T1-Z000001 was printed. It will be printed as a copy."
        assert offered.action == "Print now"

        with monkeypatch.context() as jam:
            jam.setattr(type(hand.shop.issue_shift.printer), "print_file", jammed)
            hand.till.window.work.notices.action_pressed.emit()
            hand.until(lambda: (notice(hand) or offered).text.startswith("Not printed"))
        hand.till.window.work.notices.clear()
        hand.till.session.take_person(None)
        hand.sign_in("amina")
        assert notice(hand) == offered

        hand.till.window.work.notices.action_pressed.emit()
        hand.until(lambda: (notice(hand) or offered).text == "Printed: T1-Z000001.")
        assert hand.shop.office.look_around().z is None
    finally:
        close_till(hand)


def test_the_past_of_a_demo_shop_has_nothing_left_to_print(tmp_path: Path) -> None:
    shop = a_demo_shop(tmp_path / "shop", a_past)
    found = shop.office.look_around()
    shop.close()

    assert (found.receipts, found.z) == ((), None)


def _busy(*_asked: object) -> Never:
    raise Collided("10.0.0.5")


def jammed(_printer: object, path: Path) -> None:
    raise PrinterError("printer_not_ready", str(path), "")


def test_a_store_that_is_older_than_its_printouts_is_reported(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    folder, (_, last) = _stopped(tmp_path / "stopped")
    day_folder = folder / "receipts" / "2026" / "11" / "24"
    day_folder.mkdir(parents=True)
    (day_folder / "T1-000099-copy-2.pdf").write_bytes(b"%PDF")
    (day_folder / "T2-000100.pdf").write_bytes(b"%PDF")
    hand = open_till(qapp, qtbot, tmp_path, made=lambda: folder)
    try:
        shown = notice(hand)
        assert shown is not None
        assert shown.tone is Tone.OVER
        assert shown.text.startswith(f"Receipt T1-000099 was printed, but the last recorded one is {last}.")
    finally:
        close_till(hand)
