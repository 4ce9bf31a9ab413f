"""What a cashier does leaves a trace and what they typed does not stay: searches, voids, splits, money given, names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from pos.application.text.formatting import plain_text
from pos.domain.visitors.document import Document
from pos.ui.widgets.cards.amount_label import AmountLabel
from tests.ui.at_the_counter import CARTON, Hand, a_passport, close_till, open_till

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    opened = open_till(qapp, qtbot, tmp_path)
    yield opened
    close_till(opened)


def searching(hand: Hand) -> tuple[str, bool]:
    scan = hand.checkout.page.scan
    return scan.box.text(), scan.popup.isVisible()


# ── what was typed ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_search_that_led_nowhere_is_gone_with_the_next_scan(hand: Hand) -> None:
    hand.type("pipe")
    hand.wait(300)
    before = searching(hand)
    hand.scan(hand.goods("toy").code)

    assert before == ("pipe", True)
    assert searching(hand) == ("", False)
    assert [row.split(" | ")[0] for row in hand.rows()] == ["1"]


def test_a_scan_behind_a_dialog_goes_nowhere_and_leaves_the_page(hand: Hand) -> None:
    hand.till.window.show_screen("parked")
    hand.wait()
    dialog = QDialog(hand.till.window)
    dialog.setModal(True)
    dialog.show()
    hand.wait()
    hand.till.window.scanned(hand.goods("toy").code)
    hand.wait()
    notice = hand.till.window.work.notices.notice
    screen_id, text = hand.screen_id, "" if notice is None else notice.text
    dialog.reject()
    hand.till.window.show_screen("checkout")
    hand.wait()

    assert (screen_id, text) == ("parked", "Close the dialog first, then scan again.")
    assert hand.rows() == []


def test_a_search_is_gone_after_another_page_and_with_a_document(hand: Hand) -> None:
    hand.scan(hand.goods("toy").code)
    hand.type("pipe")
    hand.till.window.show_screen("parked")
    hand.wait()
    hand.till.window.show_screen("checkout")
    hand.wait(300)
    back = searching(hand)
    hand.type("pipe")
    hand.show_passport()

    assert back == searching(hand) == ("", False)


def test_a_quantity_typed_before_a_scan_counts_for_it_without_enter(hand: Hand) -> None:
    hand.type("3 *")
    hand.scan(hand.goods("toy").code)
    hand.scan(hand.goods("food.honey").code)

    assert [row.split(" | ")[0] for row in hand.rows()] == ["3", "1"]
    assert searching(hand) == ("", False)


def test_who_signs_in_finds_no_search_of_the_last_person(hand: Hand) -> None:
    hand.type("pipe")
    hand.till.window.lock()
    hand.wait()
    hand.sign_in("manager")

    assert searching(hand) == ("", False)


# ── rows ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_voided_row_is_reported_and_given_back(hand: Hand) -> None:
    toy = hand.goods("toy")
    hand.scan(toy.code)
    hand.scan(hand.goods("food.honey").code)
    hand.press(Key.Key_Up)
    hand.press(Key.Key_F6)
    text, left = plain_text(hand.news), len(hand.rows())
    hand.checkout.page.news.action_pressed.emit()
    hand.wait()

    assert text.startswith("Removed from the basket: ")
    assert text.endswith(" × 1.")
    assert (left, len(hand.rows()), hand.news) == (1, 2, "")


def two_with_cartons(hand: Hand, count: int) -> None:
    hand.show_passport()
    hand.show_companions(1)
    hand.type(f"{count} *")
    hand.press(Key.Key_Return)
    hand.scan(CARTON)
    for one in hand.view.visitors:
        hand.checkout.visitors.record_entry_dates(one.visitor.label, ())
    hand.wait(20)


def test_leaving_goods_behind_moves_no_row_where_the_rest_is_within(hand: Hand) -> None:
    two_with_cartons(hand, 5)
    hand.press(Key.Key_F9)
    hand.wait(20)
    shared = sorted(hand.carriers())
    hand.press(Key.Key_L, CONTROL)
    hand.wait(20)

    assert sorted(pieces for pieces, _ in shared) == ["2", "3"]
    assert sorted(hand.carriers()) == [("2", "A"), ("2", "B")]
    assert "split again" not in hand.news


def test_where_the_rest_must_be_split_again_a_message_says_so(hand: Hand) -> None:
    two_with_cartons(hand, 5)
    before = hand.carriers()
    hand.press(Key.Key_L, CONTROL)
    hand.wait(20)

    assert before == [("5", "B")]
    assert sorted(hand.carriers()) == [("2", "A"), ("2", "B")]
    assert hand.news.endswith("Remaining goods split again.")


# ── names, duty, money ───────────────────────────────────────────────────────────────────────────────────────


def test_a_family_of_one_surname_is_distinguished_by_letters_and_year(hand: Hand) -> None:
    for number, name in enumerate(("AKHMETOV<<AZAMAT", "AKHMETOV<<ADIL", "SERIKOVA<<DANA"), start=1):
        hand.checkout.document_scanned(a_passport(number, name, "KAZ"))
    hand.wait()
    named = [card.view.name for card in hand.checkout.panel.party.cards() if card.view is not None]

    assert named == ["AKHMETOV AZA•• 1984", "AKHMETOV A•• 1984", "SERIKOVA D••"]


@pytest.mark.parametrize(
    ("given", "shown"),
    [("WEI", "W••"), ("SAULE", "S••"), ("AZAMAT", "AZA••"), ("ANNA MARIA", "ANN••"), ("", "")],
)
def test_of_a_name_never_more_than_half_is_shown(given: str, shown: str) -> None:
    document = Document("other", "12345", "IDN", surname="LI", given_names=given)

    assert document.masked_name == f"LI {shown}".strip()


def test_the_duty_stands_in_the_currency_of_the_prices_too(hand: Hand) -> None:
    hand.checkout.document_scanned(a_passport(1, country="KAZ"))
    hand.wait()
    hand.type("7 *")
    hand.press(Key.Key_Return)
    hand.scan(hand.goods("alcohol.spirit").code)
    hand.wait(60)
    said = plain_text(hand.checkout.panel.verdict.accessibleDescription())

    assert "Estimated duty, about ¥ " in said
    assert "€ " in said


def test_the_page_after_payment_shows_what_was_taken_where_there_is_no_change(hand: Hand) -> None:
    hand.show_passport()
    toy = hand.goods("toy")
    hand.scan(toy.code)
    hand.press(Key.Key_F12)
    hand.press(Key.Key_F12)
    hand.wait(30)

    assert toy.price is not None
    assert hand.screen_id == "paid"
    shown = [plain_text(label.text()) for label in hand.paid.findChildren(AmountLabel) if label.isVisible()]
    assert shown[0] == f"¥ {float(toy.price.units):.2f}"
