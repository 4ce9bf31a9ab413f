"""The basket in hand survives a stop of the till: it is offered at the next sign-in with the money that was given."""

from __future__ import annotations

import csv
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.domain.errors import OutcomeUnknown
from pos.domain.money import Money
from pos.ui.page.save_table import TableSaver
from pos.ui.sales.parked.basket_file import AutosavedBasket, BasketFile
from pos.ui.sales.payment.change_column import State
from tests.horgos import CNY
from tests.ui.at_the_counter import NOON, Hand, close_till, open_till
from tests.ui.sales.test_parked import (
    ALT,
    Key,
    a_basket,
    in_the_store,
    on_the_list,
    parked,
    resume_left,
    started_again,
    stopped,
)


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    opened = open_till(qapp, qtbot, tmp_path)
    yield opened
    close_till(opened)


def basket_file(hand: Hand) -> Path:
    return hand.shop.folder / f"basket-{hand.shop.till}.json"


def test_the_basket_in_hand_is_autosaved_within_a_second_without_its_document(hand: Hand) -> None:
    a_basket(hand, "food.sweets", "food.honey")
    hand.wait(700)

    text = basket_file(hand).read_text(encoding="utf-8")
    assert "E00000001" not in text
    assert not any(born in text for born in ("1985-05-05", "850505"))  # a hash may have any digits
    if sys.platform != "win32":  # there a file is as private as its folder
        assert basket_file(hand).stat().st_mode & 0o077 == 0
    [row] = json.loads(text)
    assert (row["person"], len(json.loads(row["basket"])["lines"])) == ("amina", 2)
    hand.press(Key.Key_F12)
    hand.press(Key.Key_F12)
    hand.wait(700)
    assert not basket_file(hand).exists()


@pytest.fixture
def after_a_stop(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """A basket of two rows was in hand; now the cashier signs in again."""
    before = open_till(qapp, qtbot, tmp_path)
    a_basket(before, "food.sweets", "food.honey")
    stopped(before)
    hand = started_again(qapp, qtbot, tmp_path)
    yield hand
    close_till(hand)


def test_it_is_offered_at_the_next_sign_in_and_resumed_by_its_button(after_a_stop: Hand) -> None:
    hand = after_a_stop
    offered = hand.news
    resume_left(hand)

    assert offered.startswith("The till stopped with an open basket: 2 pieces")
    assert len(hand.rows()) == 2
    assert [visitor.visitor.masked for visitor in hand.view.visitors] == ["E••••••01"]
    assert not (hand.shop.folder / "baskets-left-T1.json").exists()


def test_enter_in_the_empty_field_for_scans_does_not_decide_about_it_and_f7_leads_to_it(after_a_stop: Hand) -> None:
    """An Enter that comes late, of the PIN or of a scan that was not read, was for something else."""
    hand = after_a_stop
    offered = hand.news
    notice = hand.checkout.page.news.notice
    assert notice is not None
    assert (notice.action, notice.action_key) == ("Resume the basket", "")
    hand.press(Key.Key_Return)
    assert (hand.rows(), hand.news) == ([], offered)

    hand.press(Key.Key_F7)
    hand.press(Key.Key_Return)
    assert len(hand.rows()) == 2


def test_it_stands_in_the_file_of_the_parked_sales_as_on_the_screen(after_a_stop: Hand, tmp_path: Path) -> None:
    hand = after_a_stop
    hand.till.window.show_screen("parked")
    hand.wait()
    [saver] = [one for one in parked(hand).children() if isinstance(one, TableSaver)]
    saver.ask = lambda _name: tmp_path / "parked.csv"
    hand.press(Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    hand.until((tmp_path / "parked.csv").exists)
    hand.wait()

    [row] = list(csv.DictReader((tmp_path / "parked.csv").read_text("utf-8-sig").splitlines()))
    assert (row["Till"], row["Who"], row["Pieces"]) == ("T1", "Amina S.", "2")
    assert row["State"] == "open when the till stopped"


def test_it_is_discarded_with_a_line_in_the_journal(after_a_stop: Hand) -> None:
    hand = after_a_stop
    hand.checkout.page.news.other_action_pressed.emit()
    hand.wait()
    asked, kept = hand.news, len(hand.checkout.parking.autosave.baskets)
    hand.checkout.page.news.action_pressed.emit()
    hand.wait()

    assert asked.startswith("Discard this basket of ¥")
    assert (kept, hand.news) == (1, "")
    assert hand.checkout.parking.autosave.baskets == ()
    assert in_the_store(hand, "SELECT person FROM journal WHERE act = 'discard'") == [("amina",)]


@pytest.mark.parametrize("no", ["button", "Esc"])
def test_it_is_offered_still_where_it_is_not_discarded(after_a_stop: Hand, no: str) -> None:
    hand = after_a_stop
    offered, bar = hand.news, hand.checkout.page.news
    bar.other_action_pressed.emit()
    if no == "button":
        bar.other_action_pressed.emit()
    else:
        hand.press(Key.Key_Escape)
    hand.wait()

    assert "It stays among the parked sales (F7)." in offered
    assert hand.news == offered
    assert len(hand.checkout.parking.autosave.baskets) == 1


def test_its_offer_stands_again_after_another_notice(after_a_stop: Hand) -> None:
    """F12 on the empty basket took it away, and nothing said where the basket was."""
    hand = after_a_stop
    offered = hand.news
    hand.press(Key.Key_F12)
    instead = hand.news
    hand.press(Key.Key_Escape)
    again = hand.news
    resume_left(hand)

    assert instead not in ("", offered)
    assert again == offered
    assert len(hand.rows()) == 2


def test_who_goes_on_scanning_finds_it_among_the_parked_ones(after_a_stop: Hand) -> None:
    hand = after_a_stop
    hand.scan(hand.goods("food.honey").code)
    hand.press(Key.Key_F6)
    hand.press(Key.Key_F7)

    assert on_the_list(hand) == [("ZHANG W••", "open when the till stopped")]
    hand.press(Key.Key_Return)
    assert len(hand.rows()) == 2


@pytest.mark.parametrize("emptied", [False, True])
def test_money_that_was_received_before_the_stop_is_known_after_it(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, *, emptied: bool
) -> None:
    before = open_till(qapp, qtbot, tmp_path)
    a_basket(before, "food.sweets", "food.honey")
    before.press(Key.Key_F12)
    before.payment.entry.given.emit(Money(1_000, CNY))
    before.press(Key.Key_D, ALT)
    before.type("1")
    before.press(Key.Key_Return)
    if emptied:
        before.press(Key.Key_Escape)
        before.press(Key.Key_F6)
        before.wait(500)
        before.press(Key.Key_F6)
    given = before.payment.given()
    stopped(before)

    hand = started_again(qapp, qtbot, tmp_path)
    offered, kept = hand.news, hand.till.session.kept_cash()
    resume_left(hand)
    resumed = hand.news
    assert hand.payment.given() == given
    assert (list(kept), list(hand.till.session.kept_cash())) == ([Money(1_000, CNY)], [Money(1_000, CNY)])
    assert "Already received for this sale: Cash ¥\u00a010.00. Not approved yet: Card ¥\u00a01.00." in offered
    if emptied:
        assert resumed.startswith("¥\u00a010.00 was already received for this sale. Refund it first.")
    else:
        assert resumed == "Already received for this sale: Cash ¥\u00a010.00. Not approved yet: Card ¥\u00a01.00."
        hand.open_payment()
        assert hand.payment.payment is not None
        assert hand.payment.payment.tenders == (given.tenders if given else ())
    close_till(hand)


def left_by_a_kill(hand: Hand, folder: Path) -> Path:
    """The folder as it lies on the disk now: all that a till that is killed has left."""
    return Path(shutil.copytree(folder, folder.with_name("killed")))


def test_money_of_a_recording_that_was_not_confirmed_is_known_after_a_kill(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "till").mkdir()
    before = open_till(qapp, qtbot, tmp_path / "till")
    a_basket(before, "food.sweets", "food.honey")
    before.wait(700)
    complete = type(before.shop.complete_sale)
    with monkeypatch.context() as patch:
        patch.setattr(complete, "from_counter", lambda *_asked: lost())
        before.press(Key.Key_F12)
        before.press(Key.Key_F12)
        assert before.payment.state is State.UNCERTAIN
        given = before.payment.given()
        assert before.till.session.is_away
    killed = left_by_a_kill(before, tmp_path / "till")
    close_till(before)

    hand = started_again(qapp, qtbot, killed)
    offered = hand.news
    resume_left(hand)
    assert "Already received for this sale: Cash" in offered
    assert hand.payment.given() == given is not None
    close_till(hand)


def lost() -> None:
    raise OutcomeUnknown("store")


def test_money_of_a_recording_that_takes_long_is_known_after_a_kill(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "till").mkdir()
    before = open_till(qapp, qtbot, tmp_path / "till")
    a_basket(before, "food.sweets", "food.honey")
    before.wait(700)
    before.press(Key.Key_F12)
    answers = Event()
    before.till.session.background.run(answers.wait, lambda _came: None, lambda _error: None)
    before.typing.press(Key.Key_F12)
    before.until(lambda: "given" in json.loads(basket_file(before).read_text("utf-8"))[0])
    killed = left_by_a_kill(before, tmp_path / "till")
    answers.set()
    before.wait()
    assert before.screen_id == "paid"
    before.wait(700)
    assert not basket_file(before).exists()
    close_till(before)

    hand = started_again(qapp, qtbot, killed)
    assert "Already received for this sale: Cash" in hand.news
    close_till(hand)


def money_in_the_file(hand: Hand) -> list[int]:
    [row] = json.loads(basket_file(hand).read_text("utf-8"))
    return [tender["amount"] for tender in row.get("given", ())]


def test_money_is_autosaved_as_soon_as_it_is_received_and_as_soon_as_it_is_taken_back(hand: Hand) -> None:
    a_basket(hand, "food.sweets", "food.honey")
    hand.checkout.parking.autosave._timer.setInterval(600_000)  # money waits for no burst of scans
    hand.press(Key.Key_F12)

    received = []
    hand.payment.entry.confirmed.connect(lambda: received.append(money_in_the_file(hand)))
    hand.type("10")
    hand.press(Key.Key_Return)
    hand.payment.due.removed.emit(0)
    taken_back = money_in_the_file(hand)
    hand.payment.entry.given.emit(Money(2_000, CNY))

    assert (received, taken_back, money_in_the_file(hand)) == ([[1_000]], [], [2_000])


def test_a_basket_that_waits_to_be_autosaved_takes_no_money_off_that_was_received_meanwhile(hand: Hand) -> None:
    a_basket(hand, "food.sweets", "food.honey")
    hand.wait(700)
    hand.press(Key.Key_F12)
    answers = Event()
    hand.till.session.background.run(answers.wait, lambda _came: None, lambda _error: None)  # the store is slow
    hand.checkout.parking.autosave._write()
    hand.checkout.parking.autosave._timer.setInterval(600_000)
    hand.payment.entry.given.emit(Money(2_000, CNY))
    answers.set()
    hand.wait()

    assert money_in_the_file(hand) == [2_000]


def test_a_sale_leaves_no_money_autosaved(hand: Hand) -> None:
    a_basket(hand, "food.sweets", "food.honey")
    hand.wait(700)
    hand.open_payment()
    hand.press(Key.Key_F12)

    assert hand.screen_id == "paid"
    assert not basket_file(hand).exists()


def test_money_of_a_basket_that_is_discarded_goes_back(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    before = open_till(qapp, qtbot, tmp_path)
    a_basket(before, "food.sweets")
    before.press(Key.Key_F12)
    before.payment.entry.given.emit(Money(1_000, CNY))
    stopped(before)

    hand = started_again(qapp, qtbot, tmp_path)
    hand.checkout.page.news.other_action_pressed.emit()
    hand.wait()
    assert hand.news.startswith("Already received for this sale: Cash ¥\u00a010.00. Discard this basket")
    hand.checkout.page.news.action_pressed.emit()
    hand.wait()
    assert hand.news == "Refund to the customer: Cash ¥\u00a010.00."
    assert hand.payment.given() is None
    close_till(hand)


def test_what_was_sold_before_the_till_could_note_it_is_not_offered(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    before = open_till(qapp, qtbot, tmp_path)
    a_basket(before, "food.sweets")
    before.wait(700)
    kept = basket_file(before).read_text(encoding="utf-8")
    before.sell()
    before.wait(700)
    basket_file(before).write_text(kept, encoding="utf-8")
    close_till(before)

    hand = started_again(qapp, qtbot, tmp_path)
    assert hand.news == ""
    assert hand.checkout.parking.autosave.baskets == ()
    close_till(hand)


def asked_above(hand: Hand) -> str:
    """The notice above the pages."""
    notice = hand.till.window.work.notices.notice
    return "" if notice is None else notice.text


def test_the_question_before_the_till_closes_names_no_basket_of_before(hand: Hand) -> None:
    sweets, honey = hand.goods("food.sweets"), hand.goods("food.honey")
    hand.scan(sweets.code)
    hand.till.window.close()
    assert "1 line" in asked_above(hand)

    hand.scan(honey.code)
    assert asked_above(hand) == ""

    hand.till.window.close()
    hand.till.session.speak("ru")
    hand.wait()
    assert "2" in asked_above(hand)
    hand.till.session.speak("en")
    hand.show_passport()
    hand.press(Key.Key_F12)
    hand.till.window.close()
    hand.type("10")
    hand.press(Key.Key_Return)
    assert hand.screen_id == "payment"
    assert asked_above(hand) == ""
    hand.till.window.close()
    assert "10.00" in asked_above(hand)


def test_closing_the_till_on_purpose_leaves_nothing_to_offer(hand: Hand) -> None:
    a_basket(hand, "food.sweets")
    hand.wait(700)
    hand.till.window._close_and_empty()
    hand.wait()

    assert not basket_file(hand).exists()


def test_a_damaged_file_and_a_stranger_in_it_are_passed_over(tmp_path: Path) -> None:
    for text in ("{", "[]", '[{"basket": "{}", "person": "a", "at": "2026-11-24T04:00:00+00:00"}]', '{"a": 1}'):
        (tmp_path / "basket-T1.json").write_text(text, encoding="utf-8")
        assert BasketFile(tmp_path, "T1").begin() == []
    BasketFile(tmp_path / "not there", "T1").keep(AutosavedBasket("{}", "a", NOON))
