"""A document typed at the checkout: each Enter is one step, from field to field and then to the visitor."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.at_the_counter import Hand, close_till, open_till

Key = Qt.Key


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """The cashier at the checkout."""
    opened = open_till(qapp, qtbot, tmp_path)
    yield opened
    close_till(opened)


@pytest.mark.parametrize("born", ["2015-05", "05.2015", "2015/5"])
def test_enter_goes_from_field_to_field_and_then_takes_the_visitor_with_the_date_of_birth(
    hand: Hand, born: str
) -> None:
    form = hand.checkout.form
    hand.press(Key.Key_F3)
    for text, said in (("N12345678", ""), ("chn", "")):
        hand.type(text)
        hand.press(Key.Key_Return)
        assert (form.sentence, len(hand.view.visitors)) == (said, 0)
    hand.type(born)
    hand.press(Key.Key_Return)

    (visitor,) = hand.view.visitors
    assert visitor.oldest == 11
    assert hand.news == ""  # nothing says that they were here already


def test_enter_with_the_fields_filled_takes_the_visitor_once(hand: Hand) -> None:
    typed: list[tuple[str, ...]] = []
    hand.press(Key.Key_F3)
    hand.checkout.form.typed.connect(lambda *of: typed.append(of))
    for text in ("N12345678", "chn", "1980-05-02"):
        hand.type(text)
        hand.press(Key.Key_Tab)
    hand.press(Key.Key_Backtab)
    hand.press(Key.Key_Return)

    assert typed == [("passport", "N12345678", "chn", "1980-05-02")]
    assert hand.news == ""


@pytest.mark.parametrize(("born", "oldest"), [("2015-05", 11), ("", None)])
def test_enter_pressed_twice_behind_the_country_adds_no_visitor_without_their_date_of_birth(
    hand: Hand, born: str, oldest: int | None
) -> None:
    hand.press(Key.Key_F3)
    hand.type("N12345678")
    hand.press(Key.Key_Return)
    hand.type("chn")
    hand.press(Key.Key_Return)
    hand.typing.press_again(Key.Key_Return)
    hand.wait()
    before = len(hand.view.visitors)
    hand.typing.wait(0.5)
    hand.type(born)
    hand.press(Key.Key_Return)

    (visitor,) = hand.view.visitors
    assert (before, visitor.oldest) == (0, oldest)


def test_a_document_half_typed_is_not_left_to_the_next_person(hand: Hand) -> None:
    hand.press(Key.Key_F3)
    hand.type("N12345678")
    hand.till.window.lock()
    hand.sign_in("manager")

    assert not hand.checkout.form.isVisible()
    assert hand.checkout.panel.isVisible()


@pytest.mark.parametrize("person", ["amina", "manager"])
def test_a_receipt_scanned_at_the_checkout_is_sent_to_the_returns_and_offered_as_no_new_goods(
    hand: Hand, person: str
) -> None:
    hand.sign_in(person)
    hand.scan("T1-000012")

    assert hand.news == "T1-000012 is the number of a receipt. Scan it on the page Returns."
    notice = hand.checkout.page.news.notice
    assert notice is not None
    assert notice.action == ""


@pytest.mark.parametrize("iin", ["900101300304", "850505400107"])
def test_an_iin_at_the_scan_field_is_not_called_a_misread_code_and_is_not_repeated(hand: Hand, iin: str) -> None:
    hand.scan(iin)

    assert hand.news == (
        f"••••••••••{iin[-2:]}: this may be the IIN of a person. For a visitor's document press F3, then type it."
    )
    assert iin not in hand.news
