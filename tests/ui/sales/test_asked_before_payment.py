"""Nothing false on the checkout: open questions are amber and asked once; nothing goes over to the next visitor."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.application.text.formatting import NO_BREAK
from pos.domain.quota.rule import Verdict
from pos.ui.look.sounds import Sound
from pos.ui.quota.verdict_words import tone_of
from pos.ui.sales.customer.basket_words import BasketWriter
from pos.ui.sales.customer.speech import Speech
from pos.ui.widgets.buttons.segmented import SegmentButton
from pos.ui.widgets.drawing.text_label import TextLabel
from pos.ui.widgets.drawing.tone import Tone
from tests.ui.at_the_counter import CARTON, PASSPORT, Hand, a_passport, close_till, open_till
from tests.ui.night import Night, at_night
from tests.ui.returns.test_returns_page import open_receipt, sell, with_returns

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    opened = with_returns(open_till(qapp, qtbot, tmp_path))
    yield opened
    close_till(opened)


def verdict(hand: Hand) -> str:
    return hand.checkout.panel.verdict.accessibleName()


def asked(hand: Hand) -> str:
    panel = hand.checkout.page.question
    return panel.text if panel.isVisible() else ""


def spirits(hand: Hand) -> list[str]:
    said = (f"{gauge.accessibleName()}: {gauge.accessibleDescription()}" for gauge in hand.checkout.panel.gauges())
    return [text for text in said if text.startswith("Alcohol")]


def visitors(hand: Hand) -> list[str]:
    return [one.visitor.name for one in hand.view.visitors]


# ── the side ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_side_that_is_refused_is_not_shown_as_chosen(hand: Hand, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "shop" / "shop.db")) as store, store:
        store.execute("DROP TRIGGER rate_is_never_deleted")
        store.execute("DELETE FROM rate WHERE currency = 'EUR'")
    hand.scan(CARTON)
    hand.show_passport()
    sides = hand.checkout.panel.card.sides
    there = next(button for button in sides.findChildren(SegmentButton) if button.segment.key == "KZ")
    hand.typing.finger(there)
    hand.wait()
    assert "EUR" in hand.news
    assert (hand.view.destination, sides.choice()) == ("CN", "CN")


def test_a_side_is_chosen_by_finger(hand: Hand) -> None:
    hand.scan(CARTON)
    hand.show_passport()
    sides = hand.checkout.panel.card.sides
    there = next(button for button in sides.findChildren(SegmentButton) if button.segment.key == "KZ")
    hand.typing.finger(there)
    hand.wait()
    assert (hand.view.destination, sides.choice()) == ("KZ", "KZ")


def test_the_side_of_the_last_visitor_does_not_judge_the_next(hand: Hand) -> None:
    hand.scan(a_passport(1, country="KAZ"))
    first = hand.view.destination
    hand.checkout.panel.card.away.click()
    hand.wait()
    gone = (hand.view.destination, hand.news)
    hand.scan(PASSPORT)

    assert (first, gone[0], hand.view.destination) == ("KZ", None, "CN")
    assert "removed from this sale" in gone[1]
    assert asked(hand) == ""


def test_a_pressed_side_asks_about_a_document_of_the_other_one(hand: Hand) -> None:
    hand.press(Key.Key_F8)
    hand.press(Key.Key_F8)
    pressed = hand.view.destination
    hand.scan(PASSPORT)
    question, amber = asked(hand), hand.view.shown_verdict
    hand.scan(hand.goods("toy").code)
    said = verdict(hand)
    hand.checkout.page.question.buttons()[0].click()
    hand.wait()

    assert pressed == "KZ"
    assert question == "A · ZHANG W•• has a document of China. Destination?"
    assert amber.word == "unknown"
    assert said == "Depends on the destination"
    assert (hand.view.destination, asked(hand), verdict(hand)) == ("CN", "", "Within the allowance")


def test_without_a_side_payment_asks_for_it_and_goes_on_with_the_answer(hand: Hand) -> None:
    hand.scan(a_passport(1, country="RUS"))
    hand.scan(hand.goods("toy").code)
    hand.press(Key.Key_F12)
    question = asked(hand)
    hand.press(Key.Key_F2, SHIFT)

    assert question == "A · AKHMETOVA S••: destination?"
    assert (hand.view.destination, hand.screen_id) == ("KZ", "payment")


def test_f8_at_the_question_of_the_side_goes_from_side_to_side_and_opens_no_payment(hand: Hand) -> None:
    """The first F8 answered *To China* and opened the payment, before the second could say *To Kazakhstan*."""
    hand.scan(a_passport(1, country="RUS"))
    hand.scan(hand.goods("toy").code)
    hand.press(Key.Key_F12)
    hand.press(Key.Key_F8)
    first = (hand.view.destination, hand.screen_id, asked(hand))
    hand.press(Key.Key_F8)

    assert first == ("CN", "checkout", "")
    assert (hand.view.destination, hand.screen_id) == ("KZ", "checkout")
    hand.press(Key.Key_F12)
    assert hand.screen_id == "payment"


def test_f8_at_another_question_before_payment_opens_no_payment_either(hand: Hand) -> None:
    hand.show_passport()
    hand.scan(CARTON)
    hand.press(Key.Key_F12)
    question = asked(hand)
    hand.press(Key.Key_F8)

    assert "other entries" in question
    assert (hand.view.destination, hand.screen_id) == ("KZ", "checkout")


def test_goods_that_are_taken_out_at_a_question_before_payment_open_no_payment(hand: Hand) -> None:
    """F6 opened the payment, where the F12 that was to open it took the exact amount and recorded the sale."""
    hand.show_passport()
    hand.scan(hand.goods("food.sweets").code)
    hand.scan(CARTON)
    hand.press(Key.Key_F12)
    question = asked(hand)
    hand.press(Key.Key_F6)
    after = (len(hand.view.lines), hand.screen_id, asked(hand))
    hand.press(Key.Key_F12)

    assert "other entries" in question
    assert after == (1, "checkout", "")
    assert hand.screen_id == "payment"


def test_goods_that_are_scanned_at_a_question_before_payment_leave_its_answer_to_open_the_payment(hand: Hand) -> None:
    hand.show_passport()
    hand.scan(CARTON)
    hand.press(Key.Key_F12)
    hand.scan(hand.goods("food.sweets").code)
    stands = asked(hand)
    hand.press(Key.Key_F1, SHIFT)

    assert "other entries" in stands
    assert hand.screen_id == "payment"


def test_the_side_of_an_idle_visitor_does_not_judge_another_of_a_third_country(hand: Hand) -> None:
    hand.scan(a_passport(1, country="KAZ"))
    hand.scan(a_passport(2, "IVANOV<<PETR", country="RUS"))
    at_once = asked(hand)
    hand.scan(hand.goods("toy").code)
    said = verdict(hand)
    hand.press(Key.Key_F12)
    before = (hand.screen_id, asked(hand))
    hand.press(Key.Key_F1, SHIFT)

    assert "shop together?" in at_once
    assert said == "Depends on the destination"
    assert before == ("checkout", "B · IVANOV P••: destination?")
    assert (hand.view.destination, hand.screen_id) == ("CN", "payment")


def test_an_answer_about_a_companion_turns_nobody_else_to_the_other_side_in_silence(hand: Hand) -> None:
    hand.scan(a_passport(1))
    for _ in range(3):
        hand.scan(CARTON)
    hand.scan(a_passport(2, "OMAROV<<ASKAR", country="KAZ"))
    hand.scan(hand.goods("food.sweets").code)
    hand.press(Key.Key_F12)
    question, before = asked(hand), hand.view.shown["A"].verdict
    hand.press(Key.Key_F2, SHIFT)
    turned, said, stands = (hand.view.destination, hand.screen_id), hand.news, asked(hand)
    hand.wait(450)
    hand.press(Key.Key_F1, SHIFT)  # A goes to China: so does the sale, and B is asked about again

    assert question == "B · OMAROV A•• has a document of Kazakhstan. All visitors leave to one side. Which?"
    assert before is Verdict.DUTY
    assert turned == ("KZ", "checkout")
    assert said.startswith("A · AKHMETOVA S••, B · OMAROV A•• leave to one side: To Kazakhstan.")
    assert stands == "A · AKHMETOVA S•• has a document of China. All visitors leave to one side. Which?"
    assert (hand.view.destination, hand.view.shown["A"].verdict, hand.screen_id) == ("CN", Verdict.DUTY, "checkout")


def bought_today(hand: Hand) -> str:
    """What the card says of the purchases of the visitor."""
    texts = (label.text() for label in hand.checkout.panel.findChildren(TextLabel) if label.isVisible())
    return next((text.split(" · ")[-1] for text in texts if "years old" in text), "")


def test_before_a_side_is_chosen_nothing_is_said_of_purchases_that_were_not_looked_for(hand: Hand) -> None:
    """*no purchases here today* was said of a visitor of a third country who had bought cigarettes an hour ago."""
    ivanov = a_passport(1, "IVANOV<<PETR", country="RUS")
    hand.scan(ivanov)
    hand.scan(hand.goods("toy").code)
    hand.sell()
    hand.scan(ivanov)
    before = bought_today(hand)
    hand.press(Key.Key_F8)

    assert "purchase" not in before
    assert bought_today(hand) == "1 purchase here today"


def test_a_visitor_without_goods_does_not_wait_for_the_next_shift(hand: Hand) -> None:
    hand.scan(a_passport(1, country="KAZ"))
    hand.press(Key.Key_F8)
    session = hand.till.session
    session.take_shift(None)
    hand.wait()
    session.take_shift(hand.shop.open_shift.current())
    hand.wait()

    assert (visitors(hand), hand.view.destination) == ([], None)


def test_a_sale_that_was_discarded_is_brought_back_by_no_one_of_the_next_shift(hand: Hand) -> None:
    hand.show_passport()
    hand.scan(hand.goods("food.honey").code)
    hand.press(Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    could_undo = hand.view.can_undo
    session = hand.till.session
    session.take_shift(None)
    hand.wait()
    session.take_shift(hand.shop.open_shift.current())
    hand.wait()
    hand.press(Key.Key_Z, CONTROL)

    assert (could_undo, hand.view.can_undo) == (True, False)
    assert (visitors(hand), hand.rows()) == ([], [])


def test_a_payment_that_is_stopped_shows_the_verdict_that_stops_it(hand: Hand) -> None:
    """The visitor has bought at another till since the basket was judged."""
    hand.show_passport()
    cognac = hand.goods("alcohol.spirit")
    for _ in range(2):
        hand.scan(cognac.code)
    hand.open_payment()
    hand.press(Key.Key_Escape)
    before = verdict(hand)
    sell(hand, (cognac, 2))
    hand.press(Key.Key_F12)

    assert before == "Within the allowance"
    assert hand.screen_id == "checkout"
    assert hand.news.startswith("This basket is over the allowance.")
    assert verdict(hand) == "Over: to declare"


def test_enter_asks_for_the_approval_though_the_cursor_was_on_the_question_that_is_answered(hand: Hand) -> None:
    hand.show_passport()
    for _ in range(4):
        hand.scan(hand.goods("alcohol.spirit").code)
    hand.press(Key.Key_E, CONTROL)
    assert hand.checkout.panel.question.no.hasFocus()
    hand.press(Key.Key_F12)
    hand.press(Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    hand.until(lambda: hand.news.startswith("This basket is over the allowance."))
    hand.wait(600)
    hand.press(Key.Key_Return)

    assert not hand.checkout.page.approval.isHidden()


def test_an_incomplete_scan_is_not_asked_for_again_once_it_was_read(hand: Hand) -> None:
    hand.checkout.unreadable("P<CHN")
    before = hand.news
    hand.scan(PASSPORT)

    assert before == "The scan was incomplete. Scan again."
    assert (hand.news, len(hand.view.visitors)) == ("", 1)


@pytest.mark.parametrize("code", ["6901028075763", "6901028075762"])
def test_a_code_that_is_unknown_or_misread_is_not_reported_over_the_next_good_scan(hand: Hand, code: str) -> None:
    """*No product has the code …* stood over three good scans after it."""
    hand.scan(code)
    before = hand.news
    hand.scan("6901028075771" if code.endswith("3") else code)
    both = hand.news
    hand.scan(hand.goods("toy").code)

    assert before
    assert both
    assert hand.news == ""


def test_a_quantity_that_is_too_large_is_not_reported_over_the_next_good_scan(hand: Hand) -> None:
    toy = hand.goods("toy").code
    hand.scan(f"99999*{toy}")
    before = hand.news
    hand.press(Key.Key_Escape)
    hand.scan(toy)

    assert "99999" in before
    assert hand.news == ""


def test_what_was_not_found_by_its_name_is_not_reported_over_the_next_good_scan(hand: Hand) -> None:
    hand.type("zzzzqq")
    hand.press(Key.Key_Return)
    before = hand.news
    hand.press(Key.Key_Escape)
    hand.scan(hand.goods("toy").code)

    assert "zzzzqq" in before
    assert hand.news == ""


def test_an_obstacle_to_the_payment_stands_over_goods_that_are_scanned(hand: Hand) -> None:
    """It ends with the obstacle, and not with the next step."""
    hand.scan(hand.goods("toy").code)
    hand.press(Key.Key_F12)
    before = hand.news
    hand.scan(hand.goods("toy", 1).code)
    after = hand.news
    hand.scan(PASSPORT)

    assert before == after != ""
    assert hand.news == ""


# ── what a verdict hangs on ──────────────────────────────────────────────────────────────────────────────────


def test_a_verdict_that_hangs_on_the_days_of_entry_is_amber_everywhere(hand: Hand) -> None:
    hand.show_passport()
    hand.heard.sounds.clear()
    hand.scan(CARTON)
    rows = hand.checkout.page.rows.rows

    assert verdict(hand) == "Depends on the entry days"
    assert tone_of(hand.view.shown_verdict) is Tone.NEARLY
    assert [gauge.accessibleDescription().split(",")[0] for gauge in hand.checkout.panel.gauges()] == [
        "within", "still open",
    ]  # fmt: skip
    assert rows.row(0).quota_token == "nearly"
    assert hand.heard.sounds == [Sound.UNKNOWN]


def tobacco(hand: Hand) -> list[str]:
    gauges = hand.checkout.panel.gauges()
    return [gauge.accessibleDescription() for gauge in gauges if gauge.accessibleName() == "Tobacco"]


def on_display(hand: Hand) -> str:
    (holder,) = BasketWriter().displayed(hand.view, Speech((hand.till.session.translator,))).holders
    return " ".join(bar.figure for bar in holder.bars).replace(NO_BREAK, " ")


def test_what_is_left_is_the_most_that_can_be_until_the_days_of_entry_are_known(hand: Hand) -> None:
    hand.show_passport()
    assert "at most 400 sticks" in tobacco(hand)[0]
    assert "at most 400 sticks" in on_display(hand)

    hand.scan(CARTON)
    hand.checkout.visitors.record_entry_dates("A", ())
    hand.wait()
    hand.press(Key.Key_F6)
    assert "left 400 sticks" in tobacco(hand)[0]
    assert "left 400 sticks" in on_display(hand)


def test_a_split_hangs_on_the_days_of_entry_as_well(hand: Hand) -> None:
    hand.show_passport()
    hand.show_companions(1)
    for _ in range(3):
        hand.scan(CARTON)
    offered = hand.checkout.panel.verdict.accessibleDescription()
    hand.heard.sounds.clear()
    hand.press(Key.Key_F9)
    notice, heard = hand.checkout.page.news.notice, hand.heard.sounds[:1]
    for label in ("A", "B"):
        hand.checkout.visitors.record_entry_dates(label, ())
        hand.wait()

    assert "With a split, the verdict depends on the entry days." in offered
    assert "within the allowance" not in offered
    assert notice is not None
    assert (notice.text, notice.tone) == ("Goods split. Depends on the entry days.", Tone.NEARLY)
    assert heard == [Sound.UNKNOWN]
    assert hand.news in ("", "Goods split: all visitors are within the allowance.")


def test_a_removal_promises_nothing_while_the_days_of_entry_are_open(hand: Hand) -> None:
    card = hand.checkout.panel.verdict
    hand.show_passport()
    for _ in range(3):
        hand.scan(CARTON)
    hand.wait(20)
    asked = card._action.text()
    hand.checkout.panel.question.no.click()
    hand.wait(20)

    assert asked == "Remove these"
    assert card._action.text() == "Remove these to stay within"


def test_what_is_removed_is_said_in_amber_while_the_rest_depends_on_an_answer(hand: Hand) -> None:
    hand.show_passport()
    for _ in range(3):
        hand.scan(CARTON)
    hand.wait(20)
    hand.heard.sounds.clear()
    hand.press(Key.Key_L, CONTROL)
    hand.wait(20)
    notice = hand.checkout.page.news.notice

    assert notice is not None
    assert notice.text.startswith("Removed from the basket")
    assert (notice.tone, hand.heard.sounds) == (Tone.NEARLY, [Sound.UNKNOWN])


def test_a_duty_that_more_days_of_entry_would_raise_is_reported_with_what_it_depends_on(hand: Hand) -> None:
    hand.show_passport()
    for _ in range(3):
        hand.scan(CARTON)
    amber = hand.checkout.panel.verdict.accessibleDescription()
    hand.checkout.panel.question.which.click()
    hand.wait()
    choosing = hand.checkout.panel.verdict.accessibleDescription()
    hand.press(Key.Key_Escape)
    hand.checkout.panel.question.no.click()
    hand.wait()

    assert "Depends on the entry days · Estimate — customs decides." in amber
    assert "Depends on the entry days · Estimate — customs decides." in choosing
    assert "Depends on" not in hand.checkout.panel.verdict.accessibleDescription()


def test_a_duty_depends_on_no_days_of_entry_that_only_a_split_would_ask_for(hand: Hand) -> None:
    hand.show_passport()
    for _ in range(3):
        hand.scan(CARTON)
    hand.scan(a_passport(1, "IVANOVA<<ANNA", country="RUS"))
    hand.scan(hand.goods("food.sweets").code)
    hand.press(Key.Key_F12)
    hand.press(Key.Key_F1, SHIFT)
    hand.wait(20)
    said = hand.checkout.panel.verdict.accessibleDescription()

    assert hand.view.open_questions == ()
    assert "Estimated duty" in said
    assert "Depends on" not in said
    assert "With a split, the verdict depends on the entry days." in said


def test_a_frequent_visitor_sees_no_litres_that_the_stricter_limit_does_not_leave(hand: Hand) -> None:
    hand.show_passport()
    hand.scan(hand.goods("alcohol.spirit").code)
    hand.checkout.visitors.record_entry_dates("A", (date(2026, 11, 22), date(2026, 11, 23)))
    hand.wait()
    with_goods = spirits(hand)
    hand.press(Key.Key_F6)

    assert with_goods == ["Alcohol, frequent: over, over 0.70\u00a0L, earlier 0 · now 0.70 · of 0.00\u00a0L"]
    assert spirits(hand) == ["Alcohol, frequent: within, left 0\u00a0ml, earlier 0 · now 0 · of 0\u00a0ml"]


def test_payment_asks_once_and_neither_enter_nor_a_scan_answers(hand: Hand) -> None:
    hand.show_passport()
    hand.scan(CARTON)
    hand.press(Key.Key_F12)
    question = asked(hand)
    for key in (Key.Key_Return, Key.Key_Enter, Key.Key_Space, Key.Key_F12):
        hand.press(key)
    hand.press(Key.Key_Backspace)
    hand.scan(hand.goods("toy").code)
    still, screen_id = asked(hand), hand.screen_id
    hand.press(Key.Key_F1, SHIFT)

    assert question == still == "A · ZHANG W••: other entries in the last 15 days?"
    assert (screen_id, hand.screen_id) == ("checkout", "payment")
    assert [row.split(" | ")[0] for row in hand.rows()] == ["1", "1"]


def test_an_amount_typed_before_the_question_is_seen_sells_no_goods(hand: Hand) -> None:
    """F12, 100, Enter is what a hand does blindly; many codes have 100 in them."""
    hand.show_passport()
    hand.scan(CARTON)
    before = hand.rows()
    hand.press(Key.Key_F12)
    hand.type("100")
    hand.wait(30)
    hand.press(Key.Key_Return)
    hand.press(Key.Key_Return)
    after = hand.rows(), hand.screen_id, asked(hand)
    hand.press(Key.Key_F1, SHIFT)

    assert after == (before, "checkout", "A · ZHANG W••: other entries in the last 15 days?")
    assert hand.screen_id == "payment"


def test_of_a_party_all_can_answer_at_once(hand: Hand) -> None:
    hand.show_passport()
    hand.scan(CARTON)
    hand.show_companions(1)
    hand.scan(CARTON)
    hand.press(Key.Key_F12)
    answers = [button.text() for button in hand.checkout.page.question.buttons()]
    hand.press(Key.Key_F3, SHIFT)
    hand.wait(30)

    assert answers == ["No", "Days …", "No for all"]
    assert (hand.view.open_questions, hand.screen_id) == ((), "payment")


def test_a_key_pressed_twice_answers_for_one_visitor_only(hand: Hand) -> None:
    hand.show_passport()
    hand.scan(CARTON)
    hand.show_companions(1)
    hand.scan(CARTON)
    hand.press(Key.Key_F12)
    first = asked(hand)
    hand.press(Key.Key_F1, SHIFT)
    hand.typing.press_again(Key.Key_F1, modifier=SHIFT)
    hand.wait()
    second = asked(hand)
    hand.press(Key.Key_F1, SHIFT)

    assert (first[0], second[0], hand.screen_id) == ("A", "B", "payment")


def test_the_days_of_a_visitor_who_was_not_chosen_are_asked_for_at_once(hand: Hand) -> None:
    hand.show_passport()
    hand.scan(CARTON)
    hand.show_companions(1)
    hand.scan(CARTON)
    assert hand.view.chosen == "B"
    hand.press(Key.Key_F12)
    hand.press(Key.Key_F2, SHIFT)

    panel = hand.checkout.panel.question
    assert (hand.view.chosen, panel.is_open, panel.chips()[0].hasFocus()) == ("A", True, True)


def test_days_reported_to_payment_make_it_red_and_nothing_is_paid(hand: Hand) -> None:
    hand.show_passport()
    hand.scan(CARTON)
    hand.press(Key.Key_F12)
    hand.press(Key.Key_F2, SHIFT)
    panel = hand.checkout.panel.question
    opened = panel.is_open
    panel.chips()[2].click()
    hand.wait()
    hand.press(Key.Key_Return)

    assert opened
    assert (hand.screen_id, hand.view.shown_verdict.word, asked(hand)) == ("checkout", "duty", "")
    assert "is over the allowance" in hand.news


def test_undo_brings_the_question_back(hand: Hand) -> None:
    hand.show_passport()
    hand.scan(CARTON)
    panel = hand.checkout.panel.question
    panel.no.click()
    hand.wait()
    answered = (panel.isVisible(), verdict(hand))
    hand.press(Key.Key_Z, CONTROL)

    assert answered == (False, "Within the allowance")
    assert (panel.isVisible(), verdict(hand)) == (True, "Depends on the entry days")
    hand.press(Key.Key_E, CONTROL)  # from the field for scans
    assert panel.no.hasFocus()


def test_esc_leaves_the_question_and_it_is_asked_again_at_the_next_payment(hand: Hand) -> None:
    hand.show_passport()
    hand.scan(CARTON)
    hand.press(Key.Key_F12)
    hand.press(Key.Key_Escape)
    left = asked(hand)
    hand.press(Key.Key_F1, SHIFT)
    nothing = hand.screen_id
    hand.press(Key.Key_F12)

    assert (left, nothing) == ("", "checkout")
    assert asked(hand) != ""


def test_a_question_goes_with_its_visitor_and_its_basket(hand: Hand) -> None:
    hand.show_passport()
    hand.scan(CARTON)
    hand.press(Key.Key_F12)
    hand.checkout.panel.card.away.click()
    hand.wait()
    removed = (asked(hand), hand.screen_id)
    hand.press(Key.Key_Z, CONTROL)
    hand.press(Key.Key_F12)
    hand.press(Key.Key_F6)

    assert removed == ("", "checkout")
    assert (asked(hand), hand.screen_id) == ("", "checkout")


def test_the_question_is_asked_in_the_language_of_the_moment(hand: Hand) -> None:
    hand.show_passport()
    hand.scan(CARTON)
    hand.press(Key.Key_F12)
    english = asked(hand)
    hand.till.session.speak("zh")
    hand.wait()

    assert asked(hand) != english
    assert asked(hand).startswith("A · ZHANG")


def test_without_a_date_of_birth_payment_asks_for_the_document(hand: Hand) -> None:
    hand.checkout.counter.identify_typed("passport", "E00000001", "CHN", "")
    hand.wait()
    hand.scan(CARTON)
    hand.checkout.panel.question.no.click()
    hand.wait()
    said = verdict(hand)
    hand.press(Key.Key_F12)
    question = asked(hand)
    hand.press(Key.Key_F1, SHIFT)
    form = hand.checkout.form.isVisible()
    hand.checkout.counter.identify_typed("passport", "E00000001", "CHN", "1985-05-05")
    hand.wait()

    assert said == "Depends on the date of birth"
    assert "date of birth" in question
    assert form
    assert hand.screen_id == "payment"


def test_a_missing_date_of_birth_is_not_reported_as_a_gap_of_the_goods(hand: Hand) -> None:
    hand.checkout.counter.identify_typed("passport", "E00000001", "CHN", "")
    hand.wait()
    hand.scan(CARTON)
    card, row = hand.checkout.panel.verdict.accessibleDescription(), hand.checkout.page.rows.rows.row(0)

    assert "clerk" not in hand.news
    assert "on file" not in hand.news + card
    assert (row.quota_token, "missing" in row.quota) == ("nearly", False)


def test_in_a_narrow_window_the_answers_stand_below_the_question(hand: Hand) -> None:
    hand.till.session.speak("ru")
    hand.show_passport()
    hand.scan(CARTON)
    hand.show_companions(1)
    hand.scan(CARTON)
    hand.press(Key.Key_F12)
    panel = hand.checkout.page.question
    label = next(one for one in panel.findChildren(TextLabel) if one.text())
    stands = []
    for width in (1366, 1100):
        hand.till.window.resize(width, 768)
        hand.wait(30)
        first = panel.buttons()[0]
        assert label.height() >= label.heightForWidth(label.width())
        assert all(button.width() >= button.sizeHint().width() for button in panel.buttons())
        stands.append("below" if first.geometry().top() > label.geometry().bottom() else "beside")

    assert stands == ["beside", "below"]


# ── who stands there ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_second_document_beside_a_visitor_without_goods_asks_who_shops_together(hand: Hand) -> None:
    hand.scan(a_passport(1, "SERIKOV<<ARMAN", "KAZ"))
    hand.scan(a_passport(2, "AKHMETOV<<DIAS", "KAZ"))
    question = asked(hand)
    hand.checkout.page.question.buttons()[1].click()
    hand.wait()
    alone = visitors(hand)
    hand.press(Key.Key_Z, CONTROL)
    hand.checkout.page.question.buttons()[0].click()
    hand.wait()

    assert question == "Do A · SERIKOV A•• and B · AKHMETOV D•• shop together? A · SERIKOV A•• has no goods."
    assert alone == ["AKHMETOV D••"]
    assert (len(visitors(hand)), asked(hand)) == (2, "")


def test_a_new_sale_is_one_key_and_undo_brings_it_back(hand: Hand) -> None:
    hand.show_passport()
    hand.scan(hand.goods("toy").code)
    hand.press(Key.Key_F6, SHIFT)
    empty = (hand.rows(), visitors(hand), hand.news)
    hand.checkout.page.news.action_pressed.emit()
    hand.wait()

    assert empty == ([], [], "New sale. Removed: 1 piece, 1 visitor.")
    assert (len(hand.rows()), len(visitors(hand)), hand.news) == (1, 1, "")


def test_a_code_that_no_one_knows_leaves_undo_the_basket_before_a_new_sale(hand: Hand) -> None:
    hand.show_passport()
    hand.scan(hand.goods("toy").code)
    hand.press(Key.Key_F6, SHIFT)
    hand.scan("9999999999994")
    hand.press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert (len(hand.rows()), len(visitors(hand))) == (1, 1)


def test_an_exchange_brings_its_own_visitor(hand: Hand) -> None:
    first = sell(hand, (hand.goods("toy"), 1))
    brought = [one.name for one in first.visitors]
    hand.scan(a_passport(1, "SERIKOV<<ARMAN", "KAZ"))
    open_receipt(hand, first.receipt)
    hand.press(Key.Key_F5)
    hand.press(Key.Key_F6)
    hand.scan(hand.goods("food.honey").code)

    assert "SERIKOV A••" not in visitors(hand)
    assert visitors(hand) == brought


def test_the_customer_sees_amber_and_no_figure_that_may_not_hold(hand: Hand) -> None:
    hand.show_passport()
    hand.scan(CARTON)
    speech = Speech((hand.till.session.translator,))
    (open_,) = BasketWriter().displayed(hand.view, speech).holders
    hand.checkout.panel.question.no.click()
    hand.wait()
    (settled,) = BasketWriter().displayed(hand.view, speech).holders

    assert (open_.word, open_.tone) == ("We have one more question for you", Tone.NEARLY)
    assert [bar.figure for bar in open_.bars if bar.title == "Tobacco"] == [""]
    assert (settled.word, settled.tone) == ("Within your allowance", Tone.WITHIN)


# ── midnight ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def night(monkeypatch: pytest.MonkeyPatch) -> Night:
    return at_night(monkeypatch)


@pytest.fixture
def late(night: Night, qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """A visitor has answered today, and has another carton in the basket ten minutes before midnight."""
    hand = open_till(qapp, qtbot, tmp_path)
    for _ in range(2):
        hand.show_passport()
        hand.scan(CARTON)
        if hand.view.open_questions:
            hand.sell()
    yield hand
    close_till(hand)


def test_a_question_that_a_new_day_opens_is_asked_before_the_payment_opens(late: Hand, night: Night) -> None:
    before = late.view.open_questions
    night.pass_midnight()
    late.press(Key.Key_F12)
    question, screen_id = asked(late), late.screen_id
    late.press(Key.Key_F1, SHIFT)

    assert before == ()
    assert (screen_id, "other entries in the last 15 days?" in question) == ("checkout", True)
    assert late.screen_id == "payment"


def test_a_basket_that_stays_over_midnight_is_judged_by_the_new_day(late: Hand, night: Night) -> None:
    before = (verdict(late), late.view.visitors[0].visits_today)
    night.pass_midnight()
    late.till.clock.start()
    late.wait()

    assert before == ("Within the allowance", 1)
    assert (verdict(late), late.view.visitors[0].visits_today) == ("Depends on the entry days", 0)


def test_a_basket_is_judged_by_the_new_day_when_the_payment_is_left(late: Hand, night: Night) -> None:
    late.press(Key.Key_F12)
    night.pass_midnight()
    late.till.clock.start()
    late.wait()
    at_payment = late.screen_id
    late.press(Key.Key_Escape)

    assert at_payment == "payment"
    assert verdict(late) == "Depends on the entry days"
