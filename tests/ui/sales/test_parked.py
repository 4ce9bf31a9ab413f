"""Parking, taking up, what is to be given back, and the basket left when the till stopped, in the real window."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from threading import Event
from typing import Any

import pysqlite3.dbapi2 as sqlite
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import main
from pos.application.ports.stock_ports import StockDeduction
from pos.application.pricing.promotions import PromotionDraft
from pos.application.text.formatting import money_text
from pos.domain.errors import OutcomeUnknown, RuleBroken
from pos.domain.money import CNY, Money
from pos.domain.payment.pending_refund import PendingRefund
from pos.ui.look.sounds import Sound
from pos.ui.page.save_table import TableSaver
from pos.ui.sales.parked.basket_file import AutosavedBasket, BasketFile
from pos.ui.sales.parked.screen import ParkedScreen
from pos.ui.sales.payment.change_column import State
from pos.ui.shell.application import TillWindow
from pos.ui.shifts.close_screen import CloseShiftScreen
from tests.ui.at_the_counter import CARTON, NOON, Hand, a_passport, close_till, open_till, sale_pages
from tests.ui.slow_store import SlowStore

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    opened = open_till(qapp, qtbot, tmp_path)
    yield opened
    close_till(opened)


def parked(hand: Hand) -> ParkedScreen:
    page = hand.till.window.screen_at("parked")
    assert isinstance(page, ParkedScreen)
    return page


def on_the_list(hand: Hand) -> list[tuple[str, str]]:
    """Title and state of each parked basket."""
    model = parked(hand).baskets.model()
    return [(model.text(index).title, model.text(index).state) for index in range(model.rowCount())]  # type: ignore[attr-defined] # ours


def owed_on_the_list(hand: Hand) -> list[tuple[str, str]]:
    model = parked(hand).tenders.model()
    return [(model.text(index).title, model.text(index).amount) for index in range(model.rowCount())]  # type: ignore[attr-defined] # ours


def in_the_store(hand: Hand, statement: str, *values: object) -> list[tuple[Any, ...]]:
    """What someone with a SQLite shell finds or does."""
    connection = sqlite.connect(hand.shop.folder / "shop.db")
    try:
        rows: list[tuple[Any, ...]] = connection.execute(statement, values).fetchall()
        connection.commit()
    finally:
        connection.close()
    return rows


def a_basket(hand: Hand, *categories: str) -> None:
    hand.show_passport()
    for category in categories:
        hand.checkout.scanned(hand.goods(category).code)
    hand.wait()


def held(hand: Hand) -> int:
    with hand.shop.issue_receipt.store.reading() as work:
        return sum(len(hold.basket) > 0 for hold in work.holds.parked())


def test_f7_parks_with_a_note_and_f7_again_shows_it(hand: Hand) -> None:
    a_basket(hand, "food.sweets", "food.honey")
    hand.press(Key.Key_F7)
    hand.type("wife")
    hand.press(Key.Key_Return)

    assert hand.rows() == []
    assert "Parked until 14:00" in hand.news
    assert hand.heard.sounds[-1] is Sound.ACCEPT
    assert hand.checkout.page.scan.box.field.hasFocus()
    hand.press(Key.Key_F7)
    assert hand.screen_id == "parked"
    assert on_the_list(hand) == [("wife", "held, 120 min left")]


def test_esc_leaves_the_basket_in_hand(hand: Hand) -> None:
    a_basket(hand, "food.sweets")
    hand.press(Key.Key_F7)
    hand.type("wife")
    hand.press(Key.Key_Escape)

    assert len(hand.rows()) == 1
    assert hand.checkout.page.note.isHidden()
    assert held(hand) == 0


def test_enter_takes_it_up_as_it_was_and_it_is_paid(hand: Hand) -> None:
    a_basket(hand, "food.sweets", "food.honey")
    before, key = hand.rows(), hand.view.key
    hand.press(Key.Key_F7)
    hand.press(Key.Key_Return)
    hand.press(Key.Key_F7)
    hand.press(Key.Key_Return)

    assert (hand.screen_id, hand.rows(), hand.view.key) == ("checkout", before, key)
    assert hand.news == "Sale resumed."
    assert [visitor.visitor.masked for visitor in hand.view.visitors] == ["E••••••01"]
    hand.press(Key.Key_F12)
    hand.press(Key.Key_F12)
    assert hand.screen_id == "paid"
    assert held(hand) == 0


def test_a_second_enter_at_park_and_at_resume_is_the_same_act(hand: Hand) -> None:
    a_basket(hand, "food.sweets")
    rows = hand.rows()
    hand.press(Key.Key_F7)
    hand.heard.sounds.clear()
    hand.typing.press(Key.Key_Return)
    hand.typing.press_again(Key.Key_Return)
    hand.wait()
    parked_once, news, sounds = held(hand), hand.news, list(hand.heard.sounds)
    hand.press(Key.Key_F7)
    hand.heard.sounds.clear()
    hand.typing.press(Key.Key_Return)
    hand.typing.press_again(Key.Key_Return)
    hand.wait()

    assert (parked_once, news.split(" until ")[0], sounds) == (1, "Parked", [Sound.ACCEPT])
    assert (hand.screen_id, hand.news, hand.rows()) == ("checkout", "Sale resumed.", rows)
    assert hand.heard.sounds == [Sound.ACCEPT]
    assert held(hand) == 0


def test_enter_resumes_again_after_a_refusal(hand: Hand) -> None:
    a_basket(hand, "food.sweets")
    rows = hand.rows()
    hand.press(Key.Key_F7)
    hand.press(Key.Key_Return)
    a_basket(hand, "food.honey")
    hand.till.window.show_screen("parked")
    hand.wait()
    hand.press(Key.Key_Return)
    refused = parked(hand).news.notice
    hand.checkout.counter.change(lambda checkout: checkout.start_new())
    hand.wait()
    hand.press(Key.Key_Return)

    assert refused is not None
    assert (hand.screen_id, hand.rows()) == ("checkout", rows)


def test_what_has_changed_since_is_reported(hand: Hand) -> None:
    a_basket(hand, "food.sweets")
    product = hand.view.lines[0].line.product
    hand.press(Key.Key_F7)
    hand.press(Key.Key_Return)
    in_the_store(hand, "UPDATE product SET price_minor = 9900 WHERE id = ?", product.id)
    hand.press(Key.Key_F7)
    hand.press(Key.Key_Return)

    assert hand.news.startswith(f"Prices have changed: {product.name_in('en')}")
    assert "99.00" in hand.news
    assert hand.heard.sounds[-1] is Sound.NOTE


def test_a_total_that_a_promotion_has_changed_since_is_reported(hand: Hand) -> None:
    """Of a promotion that begins or ends no price changes, but the customer was told another total."""
    boss = next(one for one in hand.shop.sign_in.people() if one.name == "manager")
    promotions = hand.shop.promotions
    made = promotions.add(PromotionDraft("Spring", percent=Decimal(10)), boss)
    hand.checkout.counter.change(lambda checkout: checkout.start_new())
    hand.wait()
    a_basket(hand, "food.sweets")
    cheaper = hand.view.total
    hand.press(Key.Key_F7)
    hand.press(Key.Key_Return)
    promotions.end(made.id, boss)
    hand.press(Key.Key_F7)
    hand.press(Key.Key_Return)

    dearer = hand.view.total
    assert dearer > cheaper
    assert hand.news == f"The total has changed: {money_text(cheaper, 'en')} → {money_text(dearer, 'en')}."
    assert hand.heard.sounds[-1] is Sound.NOTE


def test_a_basket_in_hand_is_not_thrown_away_for_a_parked_one(hand: Hand) -> None:
    a_basket(hand, "food.sweets")
    hand.press(Key.Key_F7)
    hand.press(Key.Key_Return)
    a_basket(hand, "food.honey")
    hand.till.window.show_screen("parked")
    hand.wait()
    hand.press(Key.Key_Return)

    assert hand.screen_id == "parked"
    notice = parked(hand).news.notice
    assert notice is not None
    assert notice.text.startswith("The basket is not empty.")
    assert held(hand) == 1


def test_del_asks_and_a_second_del_discards(hand: Hand) -> None:
    a_basket(hand, "food.sweets")
    hand.press(Key.Key_F7)
    hand.press(Key.Key_Return)
    hand.press(Key.Key_F7)
    hand.press(Key.Key_Delete)
    asked = (held(hand), len(on_the_list(hand)))
    hand.press(Key.Key_Delete)

    assert asked == (1, 1)
    assert (held(hand), on_the_list(hand)) == (0, [])
    assert hand.shop.verify_books() == []


def test_what_the_allowance_does_not_cover_is_parked_and_said(hand: Hand) -> None:
    hand.show_passport()
    for _ in range(3):
        hand.checkout.scanned(CARTON)
    hand.wait()
    hand.press(Key.Key_F7)
    hand.press(Key.Key_Return)

    assert "Allowance not held for ZHANG W••" in hand.news
    hand.press(Key.Key_F7)
    assert [state for _, state in on_the_list(hand)] == ["goods held, 120 min left"]


# ── the payment ──────────────────────────────────────────────────────────────────────────────────────────────────


def payment_holds(hand: Hand) -> int:
    [(pieces,)] = in_the_store(hand, "SELECT sum(held) FROM stock")
    return int(pieces)


def test_f12_holds_and_esc_gives_it_back_and_the_sale_takes_it(hand: Hand) -> None:
    a_basket(hand, "food.sweets", "food.honey")
    hand.press(Key.Key_F12)
    opened = payment_holds(hand)
    hand.press(Key.Key_Escape)
    left = payment_holds(hand)
    hand.press(Key.Key_F12)
    hand.press(Key.Key_F12)

    assert (opened, left, payment_holds(hand)) == (2, 0, 0)
    assert hand.screen_id == "paid"


def test_a_payment_does_not_open_on_what_another_till_holds(hand: Hand) -> None:
    a_basket(hand, "food.sweets")
    product = hand.view.lines[0].line.product
    with hand.shop.issue_receipt.store.begin() as work:
        assert work.stock.hold(product.id, work.stock.on_hand(product.id))
        work.commit()
    hand.press(Key.Key_F12)

    assert hand.screen_id == "checkout"
    assert "are held for other customers" in hand.news or "on the floor" in hand.news


def test_a_card_that_was_taken_for_a_refused_sale_is_to_be_given_back_until_someone_has(hand: Hand) -> None:
    a_basket(hand, "food.sweets")
    hand.press(Key.Key_F12)
    hand.press(Key.Key_D, ALT)
    with hand.shop.issue_receipt.store.begin() as work:
        work.holds.drop(hand.view.key, "payment")  # as its lapse does
        for row in hand.view.lines:
            work.stock.take(StockDeduction(row.line.product.id, work.stock.on_hand(row.line.product.id)))
        work.commit()
    hand.press(Key.Key_F12)
    hand.press(Key.Key_F12)  # approved on the terminal

    assert hand.payment.state is State.REFUSED
    assert "Marked for refund" in hand.payment.change.card.accessibleDescription()
    hand.press(Key.Key_Escape)
    hand.press(Key.Key_F7)
    assert "Refund it first" in hand.news
    hand.till.window.show_screen("parked")
    hand.wait()
    assert [title for title, _ in owed_on_the_list(hand)] == ["Card"]
    hand.press(Key.Key_F9)
    assert owed_on_the_list(hand) == []
    assert hand.shop.owed_money.all() == []


def test_a_card_that_was_given_back_pays_for_nothing_any_more(hand: Hand) -> None:
    a_basket(hand, "food.sweets")
    short = hand.view.lines[0].line.product.id
    hand.press(Key.Key_F12)
    hand.press(Key.Key_D, ALT)
    with hand.shop.issue_receipt.store.begin() as work:
        work.holds.drop(hand.view.key, "payment")  # as its lapse does
        work.stock.take(StockDeduction(short, work.stock.on_hand(short)))
        work.commit()
    hand.press(Key.Key_F12)
    hand.press(Key.Key_F12)  # approved on the terminal
    refused = hand.payment.state
    hand.till.window.show_screen("parked")
    hand.wait()
    hand.press(Key.Key_F9)
    hand.till.window.show_screen("checkout")
    hand.wait()
    kept = hand.payment.given(), hand.news
    with hand.shop.issue_receipt.store.begin() as work:
        work.stock.move(short, 5, "found", hand.shop.now(), "amina")
        work.commit()
    hand.press(Key.Key_F12)

    assert refused is State.REFUSED
    assert kept == (None, "")
    assert hand.screen_id == "payment"
    assert hand.payment.payment is not None
    assert hand.payment.payment.tenders == ()


@pytest.mark.parametrize("is_on_show", [True, False])
def test_a_card_that_was_given_back_at_another_till_pays_for_nothing_either(hand: Hand, *, is_on_show: bool) -> None:
    a_basket(hand, "food.sweets")
    short = hand.view.lines[0].line.product.id
    hand.press(Key.Key_F12)
    hand.press(Key.Key_D, ALT)
    with hand.shop.issue_receipt.store.begin() as work:
        work.holds.drop(hand.view.key, "payment")  # as its lapse does
        work.stock.take(StockDeduction(short, work.stock.on_hand(short)))
        work.commit()
    hand.press(Key.Key_F12)
    hand.press(Key.Key_F12)  # approved on the terminal
    refused, person = hand.payment.state, hand.till.session.person
    assert person is not None
    with hand.shop.issue_receipt.store.begin() as work:
        work.stock.move(short, 5, "found", hand.shop.now(), "amina")
        work.commit()
    [owed] = hand.shop.owed_money.all()
    hand.shop.owed_money.settle(owed, person)
    if not is_on_show:
        hand.press(Key.Key_Escape)
    hand.press(Key.Key_F12)
    said = hand.payment.change.card.accessibleDescription()
    taken_off = hand.payment.given()
    hand.wait(450)
    hand.press(Key.Key_F12)  # another card, of the same amount
    hand.press(Key.Key_F12)

    assert refused is State.REFUSED
    assert ("A card or QR payment of this sale has been refunded." in said) is is_on_show
    assert taken_off is None
    assert hand.screen_id == "paid"
    assert hand.shop.owed_money.all() == []


@pytest.mark.parametrize("is_quick", [False, True])
def test_a_card_that_is_given_back_pays_for_no_basket_that_a_stop_has_left(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, *, is_quick: bool
) -> None:
    before = open_till(qapp, qtbot, tmp_path)
    a_basket(before, "food.sweets")
    before.press(Key.Key_F12)
    before.press(Key.Key_D, ALT)
    with before.shop.issue_receipt.store.begin() as work:
        work.holds.drop(before.view.key, "payment")  # as its lapse does
        short = before.view.lines[0].line.product.id
        work.stock.take(StockDeduction(short, work.stock.on_hand(short)))
        work.commit()
    before.press(Key.Key_F12)
    before.press(Key.Key_F12)  # approved on the terminal
    refused = before.payment.state
    stopped(before)
    hand = started_again(qapp, qtbot, tmp_path)
    offered = hand.news
    hand.till.window.show_screen("parked")
    hand.wait()
    if is_quick:  # the basket is resumed before the store has answered
        with SlowStore(hand) as slow:
            slow.press(Key.Key_F9)
            slow.press(Key.Key_Return)
    else:
        hand.press(Key.Key_F9)
        assert '"given"' not in (hand.shop.folder / "baskets-left-T1.json").read_text(encoding="utf-8")
        hand.till.window.show_screen("checkout")
        hand.wait()
        assert "received" not in hand.news
        hand.press(Key.Key_Return)

    assert refused is State.REFUSED
    assert "Already received for this sale: Card" in offered
    assert not (hand.shop.folder / "baskets-left-T1.json").exists()
    assert (len(hand.rows()), hand.payment.given()) == (1, None)
    close_till(hand)


def test_enter_twice_on_a_refund_marks_one_as_refunded(hand: Hand) -> None:
    with hand.shop.issue_receipt.store.begin() as work:
        for no in (1, 2, 3):
            owed = PendingRefund(
                "0" * 32, no, "T1", "amina", "card", Money(no * 10_000, CNY), "", "out_of_stock", hand.shop.now()
            )
            work.owed.add(owed, None)
        work.commit()
    hand.till.window.show_screen("parked")
    hand.wait()
    parked(hand).tenders.setFocus()
    hand.typing.press(Key.Key_Return)
    hand.typing.press_again(Key.Key_Return)  # twice by mistake, before or after the store has answered
    hand.wait()
    hand.typing.press_again(Key.Key_Return)
    hand.wait()

    assert len(hand.shop.owed_money.all()) == 2


def test_the_refund_that_is_chosen_stays_chosen_when_another_till_has_marked_one(hand: Hand) -> None:
    with hand.shop.issue_receipt.store.begin() as work:
        for no in (1, 2, 3):
            owed = PendingRefund(
                "0" * 32, no, "T1", "amina", "card", Money(no * 10_000, CNY), "", "out_of_stock", hand.shop.now()
            )
            work.owed.add(owed, None)
        work.commit()
    hand.till.window.show_screen("parked")
    hand.wait()
    page, person = parked(hand), hand.till.session.person
    assert person is not None
    page.tenders.setFocus()
    page.tenders.choose(1)
    first, chosen, last = hand.shop.owed_money.all()
    hand.shop.owed_money.settle(first, person)
    page.read()  # as it does every 20 seconds
    hand.wait()
    hand.press(Key.Key_F9)

    assert chosen not in hand.shop.owed_money.all()
    assert last in hand.shop.owed_money.all()


# ── the close of the shift ───────────────────────────────────────────────────────────────────────────────────────


def test_the_close_of_a_shift_offers_to_hand_parked_sales_over(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    hand = open_till(qapp, qtbot, tmp_path)
    close = CloseShiftScreen(hand.till.session)
    hand.till.window.plug(close)
    a_basket(hand, "food.sweets")
    hand.press(Key.Key_F7)
    hand.press(Key.Key_Return)
    hand.till.window.show_screen("close_shift")
    hand.wait()
    offered = close.news.notice
    hand.press(Key.Key_F7)

    assert offered is not None
    assert (offered.text, offered.action) == (
        "1 parked sale is open. Settle it or hand it over.",
        "Hand over to the next shift",
    )
    assert close.news.notice is not None
    assert close.news.notice.text == "1 parked sale handed over to the next shift."
    assert hand.shop.parked_sales.left() == 0
    assert close.parked.offer_hand_over(RuleBroken()) is False
    close_till(hand)


# ── a till that stopped ──────────────────────────────────────────────────────────────────────────────────────────


def basket_file(hand: Hand) -> Path:
    return hand.shop.folder / f"basket-{hand.shop.till}.json"


def test_the_basket_in_hand_is_autosaved_within_a_second_without_its_document(hand: Hand) -> None:
    a_basket(hand, "food.sweets", "food.honey")
    hand.wait(700)

    text = basket_file(hand).read_text(encoding="utf-8")
    assert "E00000001" not in text
    assert "1985" not in text
    assert basket_file(hand).stat().st_mode & 0o077 == 0
    [row] = json.loads(text)
    assert (row["person"], len(json.loads(row["basket"])["lines"])) == ("amina", 2)
    hand.press(Key.Key_F12)
    hand.press(Key.Key_F12)
    hand.wait(700)
    assert not basket_file(hand).exists()


def started_again(qapp: QApplication, qtbot: QtBot, folder: Path) -> Hand:
    """The same till after the machine stopped."""
    from pos.application.settings.options import Options

    shop = main.build(Options(data=folder / "shop", demo=True, at=NOON), quick_pins=True, demo_size=400)
    till = TillWindow(qapp, shop, main.RESOURCES, folder / "till.json", folder / "border-pos.log", screens=sale_pages)
    hand = Hand(till, shop, qtbot)
    till.show()
    qtbot.waitUntil(lambda: till.window.screen_at("checkout") is not None, timeout=30_000)
    till.window.activateWindow()
    hand.wait()
    hand.sign_in()
    return hand


def stopped(hand: Hand) -> None:
    hand.wait(700)
    close_till(hand)


@pytest.fixture
def after_a_stop(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """A basket of two rows was in hand; now the cashier signs in again."""
    before = open_till(qapp, qtbot, tmp_path)
    a_basket(before, "food.sweets", "food.honey")
    stopped(before)
    hand = started_again(qapp, qtbot, tmp_path)
    yield hand
    close_till(hand)


def test_it_is_offered_at_the_next_sign_in_and_taken_up_by_enter(after_a_stop: Hand) -> None:
    hand = after_a_stop
    offered = hand.news
    hand.press(Key.Key_Return)

    assert offered.startswith("The till stopped with an open basket: 2 pieces")
    assert len(hand.rows()) == 2
    assert [visitor.visitor.masked for visitor in hand.view.visitors] == ["E••••••01"]
    assert not (hand.shop.folder / "baskets-left-T1.json").exists()


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

    assert hand.news == ""
    assert hand.checkout.parking.autosave.baskets == ()
    assert in_the_store(hand, "SELECT person FROM journal WHERE act = 'discard'") == [("amina",)]


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
        before.press(Key.Key_F6)
    given = before.payment.given()
    stopped(before)

    hand = started_again(qapp, qtbot, tmp_path)
    offered, kept = hand.news, hand.till.session.kept_cash()
    hand.press(Key.Key_Return)
    taken_up = hand.news
    assert hand.payment.given() == given
    assert (list(kept), list(hand.till.session.kept_cash())) == ([Money(1_000, CNY)], [Money(1_000, CNY)])
    assert "Already received for this sale: Cash ¥\u00a010.00. Not approved yet: Card ¥\u00a01.00." in offered
    if emptied:
        assert taken_up.startswith("¥\u00a010.00 was already received for this sale. Refund it first.")
    else:
        assert taken_up == "Already received for this sale: Cash ¥\u00a010.00. Not approved yet: Card ¥\u00a01.00."
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
    hand.press(Key.Key_Return)
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


def test_money_is_autosaved_as_soon_as_it_is_received_and_as_soon_as_it_is_taken_back(hand: Hand) -> None:
    a_basket(hand, "food.sweets", "food.honey")
    hand.wait(700)
    hand.checkout.parking.autosave._timer.setInterval(600_000)
    hand.press(Key.Key_F12)

    def written() -> list[int]:
        [row] = json.loads(basket_file(hand).read_text("utf-8"))
        return [tender["amount"] for tender in row.get("given", ())]

    hand.type("10")
    hand.press(Key.Key_Return)
    received = written()
    hand.payment.due.removed.emit(0)
    hand.wait()
    taken_back = written()
    hand.payment.entry.given.emit(Money(2_000, CNY))
    hand.wait()

    assert (received, taken_back, written()) == ([1_000], [], [2_000])


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


def test_two_visitors_come_back_with_their_letters(hand: Hand) -> None:
    hand.show_passport()
    hand.checkout.document_scanned(a_passport(7))
    hand.wait()
    hand.scan(hand.goods("food.sweets").code)
    hand.press(Key.Key_F7)
    hand.press(Key.Key_Return)
    hand.press(Key.Key_F7)
    hand.press(Key.Key_Return)

    assert [visitor.visitor.label for visitor in hand.view.visitors] == ["A", "B"]
    assert [line.line.carrier for line in hand.view.lines] == ["B"]


@pytest.mark.parametrize("keys", [(Key.Key_F9, Key.Key_F9, Key.Key_F9), (Key.Key_Return, Key.Key_F9, Key.Key_Return)])
def test_one_refund_is_marked_however_often_its_keys_are_pressed_while_the_store_is_busy(
    hand: Hand, keys: tuple[Key, ...]
) -> None:
    with hand.shop.issue_receipt.store.begin() as work:
        for no in (1, 2):
            owed = PendingRefund(
                "0" * 32, no, "T1", "amina", "card", Money(no * 10_000, CNY), "", "out_of_stock", hand.shop.now()
            )
            work.owed.add(owed, None)
        work.commit()
    hand.till.window.show_screen("parked")
    hand.wait()
    parked(hand).tenders.setFocus()
    with SlowStore(hand) as slow:
        for key in keys:
            slow.press(key)

    assert len(hand.shop.owed_money.all()) == 1


def test_a_parked_basket_is_resumed_once_and_shown_however_often_enter_is_pressed(hand: Hand) -> None:
    a_basket(hand, "food.sweets")
    hand.press(Key.Key_F7)
    hand.press(Key.Key_Return)
    hand.press(Key.Key_F7)
    with SlowStore(hand) as slow:
        for _ in range(3):
            slow.press(Key.Key_Return)

    assert (hand.screen_id, len(hand.rows()), len(hand.shop.parked_sales.all())) == ("checkout", 1, 0)
