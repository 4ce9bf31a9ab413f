"""What is typed: amounts, PINs, searches; with keys of any layout and with fingers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from pos.domain.errors import BadField
from pos.domain.money import Currency, Money
from pos.ui.look.theme import Theme
from pos.ui.widgets.buttons.keypad import KeyOrder, Keypad
from pos.ui.widgets.drawing.focus_ring import FocusRing
from pos.ui.widgets.fields.combo_box import ComboBox
from pos.ui.widgets.fields.money_edit import MoneyEdit
from pos.ui.widgets.fields.pin_field import PinField
from pos.ui.widgets.fields.search_box import SearchBox
from tests.horgos import CNY, KZT
from tools.window_faults import FINGER

YEN = Currency("JPY", 0)


def type_any(widget: QWidget, text: str) -> None:
    """Type characters of any script: QTest knows the keys of Latin ones only."""
    for character in text:
        none = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_unknown, none, character))


@pytest.fixture
def edit(theme: Theme, qtbot: QtBot) -> MoneyEdit:
    widget = MoneyEdit(theme, "Amount", CNY, symbol="¥", hint="next amount")
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def pin(theme: Theme, qtbot: QtBot) -> PinField:
    widget = PinField(theme, "PIN of Amina")
    qtbot.addWidget(widget)
    return widget


@pytest.mark.parametrize(
    ("keys", "minor"),
    [("1283", 128300), ("12.5", 1250), ("12,50", 1250), (".5", 50), ("7.", 700), ("007", 700), ("", 0), ("0.05", 5)],
)
def test_comma_and_point_are_both_the_decimal_mark(edit: MoneyEdit, qtbot: QtBot, keys: str, minor: int) -> None:
    QTest.keyClicks(edit, keys)
    assert edit.amount() == Money(minor, CNY)


@given(minor=st.integers(min_value=0, max_value=10**12))
def test_every_amount_can_be_typed(edit_of_any: MoneyEdit, minor: int) -> None:
    edit_of_any.clear()
    for character in str(Money(minor, CNY)):
        if character == ".":
            edit_of_any.mark()
        else:
            edit_of_any.push(character)
    assert edit_of_any.amount() == Money(minor, CNY)


@pytest.fixture(scope="module")
def edit_of_any(theme: Theme) -> MoneyEdit:
    return MoneyEdit(theme, "Amount", CNY)


def test_a_letter_is_refused_and_reported(edit: MoneyEdit, qtbot: QtBot) -> None:
    QTest.keyClicks(edit, "12")
    with qtbot.waitSignal(edit.refused) as refused:
        QTest.keyClicks(edit, "x")
    assert refused.args == ["letter"]
    assert edit.amount() == Money(1200, CNY)


@pytest.mark.parametrize(("keys", "why"), [("1.234", "decimals"), ("1..", "decimals"), ("1234567890123", "long")])
def test_more_than_the_currency_has_is_refused(edit: MoneyEdit, qtbot: QtBot, keys: str, why: str) -> None:
    with qtbot.waitSignal(edit.refused) as refused:
        QTest.keyClicks(edit, keys)
    assert refused.args == [why]
    assert not edit.is_empty()


@pytest.mark.parametrize("keys", ["1,000", "1.000", "50,000", "1,234.50", "1,000,000"])
def test_a_mark_that_may_have_been_meant_for_thousands_is_never_guessed(
    edit: MoneyEdit, qtbot: QtBot, keys: str
) -> None:
    submitted: list[Money] = []
    edit.submitted.connect(submitted.append)
    QTest.keyClicks(edit, keys)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert submitted == []
    with pytest.raises(BadField) as refused:
        edit.amount()
    assert (refused.value.what, refused.value.value) == ("ambiguous", keys)
    assert edit.accessibleDescription() == keys


def test_what_was_typed_beyond_the_decimals_is_taken_back_key_by_key(edit: MoneyEdit, qtbot: QtBot) -> None:
    QTest.keyClicks(edit, "1,000")
    with qtbot.waitSignal(edit.changed) as changed:
        QTest.keyClick(edit, Qt.Key.Key_Backspace)
    assert changed.args == [Money(100, CNY)]
    assert edit.amount() == Money(100, CNY)
    QTest.keyClicks(edit, "5")
    QTest.keyClick(edit, Qt.Key.Key_Delete)
    assert edit.doubt is None
    assert edit.is_empty()


def test_a_currency_without_small_units_takes_no_mark(theme: Theme, qtbot: QtBot) -> None:
    edit = MoneyEdit(theme, "Amount", YEN)
    qtbot.addWidget(edit)
    with qtbot.waitSignal(edit.refused):
        QTest.keyClicks(edit, "5.")
    assert edit.amount() == Money(5, YEN)


def test_a_proposed_amount_is_replaced_by_the_next_digit(edit: MoneyEdit, qtbot: QtBot) -> None:
    edit.set_amount(Money(128300, CNY))
    QTest.keyClicks(edit, "4")
    assert edit.amount() == Money(400, CNY)


def test_an_amount_that_is_selected_is_replaced_or_deleted_as_a_whole(edit: MoneyEdit, qtbot: QtBot) -> None:
    QTest.keyClicks(edit, "123")
    QTest.keyClick(edit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(edit, "45")
    assert edit.amount() == Money(4500, CNY)
    QTest.keyClick(edit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(edit, Qt.Key.Key_Backspace)
    assert edit.is_empty()


def test_a_figure_that_cannot_be_read_is_selected_like_any_other(edit: MoneyEdit, qtbot: QtBot) -> None:
    QTest.keyClicks(edit, "300.005")
    QTest.keyClick(edit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(edit, "300")
    assert (edit.doubt, edit.amount()) == (None, Money(30000, CNY))
    QTest.keyClicks(edit, ".005")
    QTest.keyClick(edit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(edit, Qt.Key.Key_Backspace)
    assert (edit.doubt, edit.is_empty()) == (None, True)


def test_a_pin_is_replaced_as_a_whole_once_it_is_selected(pin: PinField, qtbot: QtBot) -> None:
    QTest.keyClicks(pin, "1357")
    QTest.keyClick(pin, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(pin, "24")
    assert pin.pin() == "24"
    QTest.keyClick(pin, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(pin, Qt.Key.Key_Backspace)
    assert pin.pin() == ""


def test_backspace_takes_a_proposed_amount_at_once_and_a_typed_one_by_digits(edit: MoneyEdit, qtbot: QtBot) -> None:
    edit.set_amount(Money(128300, CNY))
    QTest.keyClick(edit, Qt.Key.Key_Backspace)
    assert edit.is_empty()
    QTest.keyClicks(edit, "45")
    QTest.keyClick(edit, Qt.Key.Key_Backspace)
    assert edit.amount() == Money(400, CNY)


def test_enter_hands_the_amount_over(edit: MoneyEdit, qtbot: QtBot) -> None:
    QTest.keyClicks(edit, "20,5")
    with qtbot.waitSignal(edit.submitted) as submitted:
        QTest.keyClick(edit, Qt.Key.Key_Return)
    assert submitted.args == [Money(2050, CNY)]


def test_another_currency_empties_the_field(edit: MoneyEdit, qtbot: QtBot) -> None:
    QTest.keyClicks(edit, "20")
    edit.present("Amount", KZT, symbol="₸")
    assert edit.amount() == Money.zero(KZT)


@pytest.mark.parametrize(("clip", "minor"), [("1 283,40", 128340), ("1283.40\n", 128340)])
def test_an_amount_can_be_pasted(edit: MoneyEdit, qtbot: QtBot, clip: str, minor: int) -> None:
    QGuiApplication.clipboard().setText(clip)
    QTest.keyClick(edit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert edit.amount() == Money(minor, CNY)


@pytest.mark.parametrize("clip", ["-5", "1,283.40", "abc", "1.234", ""])
def test_what_is_no_amount_is_not_pasted(edit: MoneyEdit, qtbot: QtBot, clip: str) -> None:
    QGuiApplication.clipboard().setText(clip)
    with qtbot.waitSignal(edit.refused) as refused:
        QTest.keyClick(edit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert refused.args == ["paste"]
    assert edit.is_empty()


def test_digits_come_from_the_key_not_from_the_layout(theme: Theme, qtbot: QtBot) -> None:
    def shifted(event: QKeyEvent) -> str | None:
        return {"&": "1", "é": "2"}.get(event.text())

    edit = MoneyEdit(theme, "Amount", CNY, digit_of=shifted)
    qtbot.addWidget(edit)
    type_any(edit, "&é")
    assert edit.amount() == Money(1200, CNY)


def test_what_is_shown_is_worded_by_the_shop(theme: Theme, qtbot: QtBot) -> None:
    edit = MoneyEdit(theme, "Amount", CNY, display=lambda typed: f"<{typed}>")
    qtbot.addWidget(edit)
    QTest.keyClicks(edit, "1283,5")
    assert edit.accessibleDescription() == "<1283.5>"


def test_a_pin_takes_digits_and_nothing_else(pin: PinField, qtbot: QtBot) -> None:
    type_any(pin, "1a2 б3中")
    assert pin.pin() == "123"


def test_a_pin_is_neither_shown_nor_spoken(pin: PinField, qtbot: QtBot) -> None:
    QTest.keyClicks(pin, "135790")
    exposed = pin.accessibleName() + pin.accessibleDescription() + pin.toolTip() + repr(pin)
    assert "135790" not in exposed


def test_enter_hands_the_pin_over(pin: PinField, qtbot: QtBot) -> None:
    QTest.keyClicks(pin, "135790")
    with qtbot.waitSignal(pin.submitted) as submitted:
        QTest.keyClick(pin, Qt.Key.Key_Enter)
    assert submitted.args == ["135790"]


def test_a_pin_has_an_end(pin: PinField) -> None:
    pin.push("1" * 40)
    assert len(pin.pin()) == 12
    assert not pin.grab().isNull()


def test_a_wrong_pin_empties_the_field_and_shows_on_its_border(pin: PinField, theme: Theme) -> None:
    pin.push("111111")
    pin.reject()
    assert pin.pin() == ""
    wrong = pin.grab().toImage()
    assert wrong.pixelColor(100, 0).name() == theme.colour("over").name()
    pin.push("1")
    assert pin.grab().toImage().pixelColor(100, 0).name() != theme.colour("over").name()


def test_erase_and_clear_take_digits_back(pin: PinField, qtbot: QtBot) -> None:
    pin.push("1234")
    QTest.keyClick(pin, Qt.Key.Key_Backspace)
    assert pin.pin() == "123"
    QTest.keyClick(pin, Qt.Key.Key_Delete)
    assert pin.pin() == ""


def test_fingers_type_into_the_field_without_taking_its_focus(theme: Theme, qtbot: QtBot) -> None:
    window = QWidget()
    row = QHBoxLayout(window)
    edit, pad = MoneyEdit(theme, "Amount", CNY), Keypad(theme, KeyOrder.NUMBER)
    pad.pressed.connect(edit.push)
    pad.erased.connect(edit.pop)
    row.addWidget(edit)
    row.addWidget(pad)
    qtbot.addWidget(window)
    window.show()
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    for label in ("4", "00", "5", "erase"):
        QTest.mouseClick(pad.key(label), Qt.MouseButton.LeftButton)
    assert edit.amount() == Money(40000, CNY)
    assert edit.hasFocus()


def test_the_keypad_is_one_stop_for_tab_and_arrows_move_inside(theme: Theme, qtbot: QtBot) -> None:
    pad = Keypad(theme, KeyOrder.PIN)
    qtbot.addWidget(pad)
    pad.show()
    pad.key("1").setFocus()
    qtbot.waitUntil(pad.key("1").hasFocus)
    QTest.keyClick(pad.key("1"), Qt.Key.Key_Up)
    assert pad.key("erase").hasFocus()
    QTest.keyClick(pad.key("erase"), Qt.Key.Key_Right)
    with qtbot.waitSignal(pad.pressed) as pressed:
        QTest.keyClick(pad.key("0"), Qt.Key.Key_Space)
    assert pressed.args == ["0"]
    stops = [label for label in "0123456789" if pad.key(label).focusPolicy() is Qt.FocusPolicy.TabFocus]
    assert stops == ["0"]


def test_the_search_box_tells_what_is_typed_and_what_is_entered(theme: Theme, qtbot: QtBot) -> None:
    box = SearchBox(theme, "Scan or search", "Scan, search, or type 5 * and scan", key="F2")
    qtbot.addWidget(box)
    typed: list[str] = []
    box.typed.connect(typed.append)
    type_any(box.field, "茅台")
    with qtbot.waitSignal(box.submitted) as submitted:
        QTest.keyClick(box.field, Qt.Key.Key_Return)
    assert typed[-1] == "茅台"
    assert submitted.args == ["茅台"]
    box.clear()
    assert typed[-1] == "茅台", "by hand only"
    assert box.field.accessibleName() == "Scan or search"


def test_the_ring_follows_the_focus_and_goes_with_its_window(theme: Theme, qtbot: QtBot, qapp_ring: FocusRing) -> None:
    window = QWidget()
    row = QHBoxLayout(window)
    box, line = SearchBox(theme, "Scan", "Scan"), QLineEdit()
    row.addWidget(box)
    row.addWidget(line)
    qtbot.addWidget(window)
    window.resize(600, 100)
    window.show()
    for field, framed in ((box.field, box), (line, line)):
        field.setFocus()
        qtbot.waitUntil(field.hasFocus)
        assert ring_of(qapp_ring) == framed.geometry().adjusted(-3, -3, 3, 3)
    window.resize(700, 120)
    qtbot.waitUntil(lambda: ring_of(qapp_ring) == line.geometry().adjusted(-3, -3, 3, 3))
    window.close()
    window.deleteLater()
    QTest.qWait(1)
    other = QLineEdit()
    qtbot.addWidget(other)
    other.show()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    assert qapp_ring._ring is not None


def test_the_ring_of_a_field_that_is_scrolled_away_is_not_drawn_over_what_stands_below(
    theme: Theme, qtbot: QtBot, qapp_ring: FocusRing
) -> None:
    form, area = QWidget(), QScrollArea()
    field = QLineEdit(form)
    form.setFixedSize(200, 600)
    field.move(0, 100)
    area.setWidget(form)
    area.resize(220, 200)
    qtbot.addWidget(area)
    area.show()
    qtbot.waitExposed(area)
    area.activateWindow()
    field.setFocus()
    qtbot.waitUntil(lambda: qapp_ring._ring is not None and qapp_ring._ring.isVisible())

    area.verticalScrollBar().setValue(400)
    qtbot.waitUntil(lambda: qapp_ring._ring is not None and not qapp_ring._ring.isVisible())
    area.verticalScrollBar().setValue(0)
    qtbot.waitUntil(lambda: qapp_ring._ring is not None and qapp_ring._ring.isVisible())


def ring_of(ring: FocusRing) -> QRect:
    """Where the ring lies."""
    assert ring._ring is not None
    return ring._ring.geometry()


@pytest.fixture
def qapp_ring(theme: Theme, qapp: QApplication) -> FocusRing:
    return FocusRing(theme, qapp)


def test_each_entry_of_a_list_that_opens_has_room_for_a_finger(theme: Theme, qtbot: QtBot) -> None:
    box = ComboBox()
    qtbot.addWidget(box)
    box.addItems(["Sweets", "Dairy", "Meat"])
    box.show()
    box.view().ensurePolished()
    assert min(box.view().sizeHintForRow(row) for row in range(box.count())) >= FINGER
