"""What the checkout says at the real window: only what is still so, and always with a key to act on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from pos import __version__
from pos.ui.look.sounds import Sound
from tests.ui.at_the_counter import CARTON, NOT_COMPLETE, Hand, a_passport, close_till, open_till
from tests.ui.slow_store import SlowStore

Key = Qt.Key
SWEETS = "4870204320060"
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    opened = open_till(qapp, qtbot, tmp_path)
    yield opened
    close_till(opened)


@pytest.fixture
def boss(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """The manager, who may fill in what a product lacks."""
    opened = open_till(qapp, qtbot, tmp_path, "manager")
    yield opened
    close_till(opened)


def over_alone(hand: Hand, count: int = 3) -> None:
    """ZHANG WEI, who stated no other days of entry, with a carton too many."""
    hand.show_passport()
    hand.type(f"{count} *")
    hand.press(Key.Key_Return)
    hand.scan(CARTON)
    hand.checkout.panel.question.no.click()
    hand.wait(20)


# ── news that is no longer so ────────────────────────────────────────────────────────────────────────────────


def test_who_takes_the_next_scan_is_not_reported_once_another_does(hand: Hand) -> None:
    hand.show_passport()
    hand.show_companions(1)
    news = hand.news
    hand.press(Key.Key_Up, CONTROL)
    assert "The next scan goes to B" in news
    assert hand.news == ""


def test_the_duty_of_a_split_is_not_shown_of_another_basket(hand: Hand) -> None:
    hand.show_passport()
    hand.show_companions(1)
    hand.type("5 *")
    hand.press(Key.Key_Return)
    hand.scan(CARTON)
    hand.press(Key.Key_F9)
    news = hand.news
    hand.scan(hand.goods("toy").code)
    assert "Goods split" in news
    assert hand.news == ""


def test_undo_beside_a_visitor_left_out_goes_with_the_next_scan(hand: Hand) -> None:
    hand.show_passport()
    hand.show_companions(1)
    hand.checkout.visitors.on_requested("dismiss", "B")
    hand.wait()
    news = hand.news
    hand.scan(hand.goods("toy").code)
    assert "removed from this sale" in news
    assert hand.news == "", "its button would take the scan back"


def test_an_approval_asked_for_is_not_offered_for_a_basket_within(hand: Hand) -> None:
    over_alone(hand)
    hand.press(Key.Key_F12)
    refused = hand.news
    hand.press(Key.Key_L, CONTROL)
    assert "This basket is over the allowance" in refused
    assert "over the allowance" not in hand.news


def test_what_earlier_purchases_are_over_is_not_said_of_the_basket(hand: Hand) -> None:
    hand.show_passport()
    hand.press(Key.Key_B, CONTROL)
    form = hand.checkout.declared
    form.category.setCurrentIndex(form.category.findData("alcohol.spirit"))
    for figure in ("4", "300", "", "700", "40"):
        hand.press(Key.Key_Tab)
        if figure:
            hand.type(figure)
    hand.press(Key.Key_Return)
    hand.press(Key.Key_Escape)
    hand.checkout.panel.question.no.click()
    said = []
    for goods in ("toy", "alcohol.spirit"):
        hand.scan(hand.goods(goods).code)
        hand.press(Key.Key_F12)
        said.append(hand.news.splitlines()[0])

    assert said == [
        "Earlier purchases are over the allowance. This basket adds nothing to that.",
        "Earlier purchases are over the allowance, and this basket adds to that.",
    ]


@pytest.mark.parametrize("step", ["undo", "fewer"])
def test_a_warning_of_goods_ends_with_the_pieces_that_it_was_about(boss: Hand, step: str) -> None:
    honey, person = boss.goods("food.honey"), boss.till.session.person
    assert person is not None
    boss.shop.office.set_setting(person, "sell_below_zero", "food")
    on_hand = boss.shop.find.show(honey.code).on_hand
    boss.type(f"{on_hand + 1} *")
    boss.press(Key.Key_Return)
    boss.scan(honey.code)
    warned = boss.news
    if step == "undo":
        boss.press(Key.Key_Z, CONTROL)
    else:
        boss.press(Key.Key_F4)
        boss.type("1")
        boss.press(Key.Key_Return)

    assert f"recorded stock {on_hand}, in the basket {on_hand + 1}" in warned
    assert boss.news == ""


def test_a_warning_of_goods_stays_while_other_goods_come(boss: Hand) -> None:
    honey, person = boss.goods("food.honey"), boss.till.session.person
    assert person is not None
    boss.shop.office.set_setting(person, "sell_below_zero", "food")
    boss.type(f"{boss.shop.find.show(honey.code).on_hand + 1} *")
    boss.press(Key.Key_Return)
    boss.scan(honey.code)
    warned = boss.news
    boss.scan(boss.goods("toy").code)

    assert boss.news == warned != ""


# ── what the advice has done ─────────────────────────────────────────────────────────────────────────────────


def test_what_the_advice_takes_out_is_reported_sounded_and_given_back(hand: Hand) -> None:
    over_alone(hand)
    hand.heard.sounds.clear()
    hand.press(Key.Key_L, CONTROL)
    news, pieces = hand.news, hand.view.pieces
    sounds = list(hand.heard.sounds)
    hand.checkout.page.news.action_pressed.emit()
    hand.wait()
    assert news.startswith("Removed from the basket: ")
    assert news.endswith("×\u00a01.")
    assert sounds == [Sound.ACCEPT]
    assert (pieces, hand.view.pieces, hand.news) == (2, 3, "")


# ── the keyboard alone ───────────────────────────────────────────────────────────────────────────────────────


def test_enter_after_a_refused_payment_asks_for_the_approval(hand: Hand) -> None:
    over_alone(hand)
    hand.press(Key.Key_F12)
    hand.press(Key.Key_Return)
    asked = hand.checkout.page.approval.isVisible()
    hand.type(hand.shop.demo_pins["manager"])
    hand.press(Key.Key_Return)
    hand.wait(50)
    assert asked
    assert hand.screen_id == "payment"


def test_an_approval_shows_the_figures_of_goods_that_are_scanned_while_it_is_asked_for(hand: Hand) -> None:
    over_alone(hand)
    hand.press(Key.Key_F12)
    hand.press(Key.Key_Return)
    approval = hand.checkout.page.approval
    before = approval.figures
    hand.type("31")
    hand.scan(CARTON)
    hand.wait(50)
    assert approval.isVisible()
    assert (approval.figures != before, approval.pin.pin()) == (True, "")

    hand.type(hand.shop.demo_pins["manager"])
    hand.press(Key.Key_Return)
    hand.wait(50)
    assert hand.screen_id == "payment"


def test_an_approval_is_over_when_the_basket_is_within(hand: Hand) -> None:
    over_alone(hand)
    hand.press(Key.Key_F12)
    hand.press(Key.Key_Return)
    hand.press(Key.Key_F4)
    hand.type("1")
    hand.press(Key.Key_Return)
    hand.wait(50)

    assert not hand.checkout.page.approval.isVisible()
    assert hand.checkout.page.scan.box.field.hasFocus()


def test_a_pin_typed_beside_its_field_is_never_readable(hand: Hand) -> None:
    over_alone(hand)
    hand.press(Key.Key_F12)
    hand.press(Key.Key_Return)
    hand.checkout.page.rows.setFocus()
    hand.type("31")
    approval, typed = hand.checkout.page.approval, hand.checkout.page.scan.box.text()
    assert (approval.pin.pin(), typed) == ("31", "")
    assert approval.pin.hasFocus()

    hand.till.window.lock()
    assert (approval.pin.pin(), approval.isVisible()) == ("", False)


def test_enter_with_nothing_to_confirm_does_nothing(hand: Hand) -> None:
    hand.show_passport()
    hand.show_companions(1)
    hand.checkout.visitors.on_requested("dismiss", "B")
    hand.wait()
    hand.press(Key.Key_Return)
    assert len(hand.view.visitors) == 1, "Undo has its own key"


def test_the_days_of_entry_are_asked_and_reported_by_keys(hand: Hand) -> None:
    hand.show_passport()
    hand.scan(CARTON)
    question = hand.checkout.panel.question
    hand.press(Key.Key_E, CONTROL)
    on_no = question.no.hasFocus()
    hand.press(Key.Key_Tab)
    hand.press(Key.Key_Space)
    on_yesterday = question.chips()[0].hasFocus()
    hand.press(Key.Key_Escape)
    back = hand.checkout.page.scan.box.field.hasFocus()
    hand.press(Key.Key_E, CONTROL)
    hand.press(Key.Key_Tab)
    hand.press(Key.Key_Space)
    hand.press(Key.Key_Space)
    hand.press(Key.Key_Return)
    assert (on_no, on_yesterday, back) == (True, True, True)
    assert [day.isoformat() for day in sorted(hand.view.visitors[0].visitor.entries)] == ["2026-11-23", "2026-11-24"]
    assert not question.isVisible()
    assert hand.checkout.page.scan.box.field.hasFocus()


def test_enter_chooses_the_day_of_entry_under_the_cursor_and_ends_the_choice_on_a_chosen_one(hand: Hand) -> None:
    hand.show_passport()
    hand.scan(CARTON)
    question = hand.checkout.panel.question
    hand.press(Key.Key_E, CONTROL)
    hand.press(Key.Key_Tab)
    hand.press(Key.Key_Space)
    days = question.chips()

    hand.press(Key.Key_Return)
    hand.typing.press_again(Key.Key_Return)
    assert ([day.isChecked() for day in days[:3]], question.is_open) == ([True, False, False], True)
    for key in (Key.Key_Tab, Key.Key_Tab, Key.Key_Return):
        hand.press(key)
    assert ([day.isChecked() for day in days[:3]], question.is_open) == ([True, False, True], True)
    hand.wait(450)
    hand.press(Key.Key_Return)
    entries = sorted(hand.view.visitors[0].visitor.entries)
    assert [day.isoformat() for day in entries] == ["2026-11-21", "2026-11-23", "2026-11-24"]
    assert not question.isVisible()


def test_enter_after_a_tap_on_a_day_of_entry_ends_the_choice_with_that_day(hand: Hand) -> None:
    hand.show_passport()
    hand.scan(CARTON)
    question = hand.checkout.panel.question
    question.which.click()
    hand.wait(450)
    hand.typing.finger(question.chips()[2])
    hand.press(Key.Key_Return)
    entries = sorted(hand.view.visitors[0].visitor.entries)
    assert [day.isoformat() for day in entries] == ["2026-11-21", "2026-11-24"]


def test_the_key_for_days_of_entry_says_when_no_one_asks(hand: Hand) -> None:
    hand.show_passport()
    hand.scan(SWEETS)
    hand.press(Key.Key_E, CONTROL)
    assert hand.news == "These goods have no limit that depends on entry days."


def test_the_key_for_days_of_entry_denies_no_limit_before_the_visitor_and_their_way_are_known(hand: Hand) -> None:
    hand.scan(CARTON)
    hand.press(Key.Key_E, CONTROL)
    without_visitor = hand.news
    hand.checkout.document_scanned(a_passport(1, country="RUS"))
    hand.wait()
    hand.press(Key.Key_E, CONTROL)
    assert without_visitor == "Scan the visitor's document first. It is needed for the allowance."
    assert hand.view.destination is None
    assert hand.news == "Choose the visitor's destination."


def test_the_key_for_days_of_entry_denies_no_limit_of_goods_that_another_visitor_has_or_that_are_to_come(
    hand: Hand,
) -> None:
    hand.show_passport()
    hand.press(Key.Key_E, CONTROL)
    before_the_goods = hand.news
    hand.scan(CARTON)
    hand.checkout.panel.question.no.click()
    hand.wait()
    hand.show_companions(1)
    hand.press(Key.Key_E, CONTROL)

    assert (hand.view.chosen, [row.line.carrier for row in hand.view.lines]) == ("B", ["A"])
    assert before_the_goods == "The basket is empty. Scan something first."
    assert hand.news == "B · AKHMETOVA S•• has no goods in this sale."


def test_the_key_for_days_of_entry_does_not_deny_a_limit_once_it_was_answered(hand: Hand) -> None:
    hand.show_passport()
    hand.scan(CARTON)
    hand.checkout.panel.question.no.click()
    hand.wait()
    hand.press(Key.Key_E, CONTROL)
    assert hand.news == "The question about entry days is already answered."


# ── what is missing ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("companions", [0, 1])
def test_rules_that_are_not_there_are_named_and_nothing_is_sold_by_them(hand: Hand, companions: int) -> None:
    with hand.shop.issue_receipt.store.begin() as work:
        work.settings.set("regime_cn", "cn-lake")
        work.commit()
    hand.till.session.take_settings(hand.shop.settings())
    hand.show_passport()
    hand.show_companions(companions)
    hand.scan(hand.goods("toy").code)
    said = [label.text() for label in hand.checkout.panel.findChildren(QLabel) if label.isVisible()]
    hand.press(Key.Key_F12)
    assert "No rules for this destination" in said
    assert any("“cn-lake”" in text for text in said)
    assert (hand.screen_id, hand.news) == ("checkout", "There are no allowance rules “cn-lake” (regime).")


def test_a_companion_is_reported_by_the_limit_that_forbids_most(hand: Hand) -> None:
    hand.scan(a_passport(1, country="KAZ"))
    hand.scan(a_passport(2, country="KAZ"))
    hand.checkout.document_scanned(_of_a_child())
    hand.wait()
    hand.type("9 *")
    hand.press(Key.Key_Return)
    hand.scan(hand.goods("alcohol.spirit").code)
    view = hand.checkout.panel.party.cards()[-1].view
    assert view is not None
    assert view.gauges[0].title == "Alcohol"


def test_a_search_that_finds_nothing_says_so_in_one_line(hand: Hand) -> None:
    hand.type("zzzz")
    hand.wait(120)
    popup = hand.checkout.page.scan.popup
    said = [label for label in popup.findChildren(QLabel) if label.isVisible()]
    assert [label.text() for label in said] == ["Nothing found. Try part of the name or code."]
    assert said[0].height() >= said[0].sizeHint().height()


def test_that_nothing_was_found_is_not_said_of_what_is_typed_on(hand: Hand) -> None:
    hand.type("honx")
    hand.wait(120)
    popup = hand.checkout.page.scan.popup
    before = popup.foot
    with SlowStore(hand) as slow:
        slow.press(Key.Key_Backspace)
        typed = popup.foot
    hand.wait(120)

    assert (before, typed) == ("Nothing found. Try part of the name or code.", "…")
    assert popup.rows.rowCount() > 0
    assert popup.foot != typed


def test_what_cannot_be_filled_in_is_heard(boss: Hand) -> None:
    boss.scan(NOT_COMPLETE)
    boss.wait(100)  # a scanner's own line feed may follow its Enter
    boss.press(Key.Key_Return)
    opened = boss.checkout.page.fill_in.isVisible()
    boss.heard.sounds.clear()
    boss.press(Key.Key_Return)
    assert opened
    assert boss.heard.sounds == [Sound.REFUSE]


def test_help_is_read_with_the_arrows(hand: Hand) -> None:
    hand.till.window.resize(1100, 700)
    hand.press(Key.Key_F1)
    page = hand.till.window.page
    assert page is not None
    bar = page.findChildren(QScrollArea)[0].verticalScrollBar()
    top = bar.value()
    hand.press(Key.Key_PageDown)
    down = bar.value()
    hand.press(Key.Key_PageUp)
    assert (top, bar.value()) == (0, 0)
    assert down == bar.maximum() > 0
    assert f"Border POS {__version__}" in [label.text() for label in page.findChildren(QLabel)]
    hand.press(Key.Key_Escape)
    assert hand.screen_id == "checkout"


def _of_a_child() -> str:
    first = "P<KAZAKHMETOV<<ALI".ljust(44, "<")

    def digit(text: str) -> str:
        worth = [int(char, 36) if char != "<" else 0 for char in text]
        return str(sum(one * (7, 3, 1)[index % 3] for index, one in enumerate(worth)) % 10)

    documents, born, expiry = "N00000003", "130203", "340504"
    documents, born, expiry = (field + digit(field) for field in (documents, born, expiry))
    second = f"{documents}KAZ{born}M{expiry}{'<' * 15}"
    return f"{first}\n{second}{digit(documents + born + expiry + '<' * 15)}"


# ── a search ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("key", [Key.Key_F4, Key.Key_F6, Key.Key_F12])
def test_a_search_ends_when_a_key_does_something_else_and_its_enter_sells_nothing(hand: Hand, key: Qt.Key) -> None:
    hand.show_passport()
    hand.scan(CARTON)
    hand.scan(hand.goods("food.sweets").code)
    hand.type("honey")
    popup = hand.checkout.page.scan.popup
    hand.until(popup.isVisible)
    hand.press(key)
    over = popup.isVisible(), hand.checkout.page.scan.box.text()
    before = hand.view.pieces
    hand.press(Key.Key_Return)
    hand.press(Key.Key_Return)

    assert over == (False, "")
    assert hand.view.pieces == before


def test_a_quantity_stays_while_a_key_does_something_else(hand: Hand) -> None:
    hand.show_passport()
    hand.type("3 *")
    hand.press(Key.Key_F8)
    hand.scan(hand.goods("food.sweets").code)

    assert hand.view.pieces == 3


def test_a_minor_is_refused_by_their_age_and_not_by_an_allowance(hand: Hand) -> None:
    hand.press(Key.Key_F3)
    hand.type("N12345678")
    hand.press(Key.Key_Return)
    hand.type("kaz")
    hand.press(Key.Key_Return)
    hand.type("2012-05-01")
    hand.press(Key.Key_Return)
    hand.scan(hand.goods("tobacco.cigarette").code)
    hand.press(Key.Key_F12)
    hand.wait(100)

    assert "minimum age 18 years" in hand.news
    assert "over the allowance" not in hand.news
