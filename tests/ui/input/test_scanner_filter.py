"""A scanner beside the real window: bursts never reach a field, a button or a shortcut, and typing always does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QDate, QEvent, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QKeySequence, QShortcut, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QCompleter,
    QDialog,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pos.application.catalogue.scan_assembler import ScanTiming
from pos.ui.input.event_filters import Listening
from pos.ui.input.scanner_filter import ScannerFilter
from pos.ui.widgets.fields.day_box import DateBox
from pos.ui.widgets.fields.key_positions import char_of, digit_of
from tests.ui.keyboard import ABOVE_PLACE, NO_MODIFIER

Widget = TypeVar("Widget", bound=QWidget)
EAN = "4006381333931"
LINES = ("P<CHNZHANG<<WEI<<<<<<<<<<<<<<<<<<<<<<<<<<<<<", "E000000019CHN8505051F3405042<<<<<<<<<<<<<<04")

_ROWS = {2: "1234567890-=", 16: "qwertyuiop[]", 30: "asdfghjkl;'`", 43: "\\zxcvbnm,./", 57: " "}
_SCAN_CODES = {char: start + n for start, row in _ROWS.items() for n, char in enumerate(row)}
_SHIFTED = dict(zip('!@#$%^&*()_+{}:"~|<>?', "1234567890-=[];'`\\,./", strict=True))
RUSSIAN = dict(zip("qwertyuiop[]asdfghjkl;'zxcvbnm,./", "йцукенгшщзхъфывапролджэячсмитьбю.", strict=True))
KAZAKH = RUSSIAN | dict(zip("1234567890-=", '"әіңғ,.үұқөһ', strict=True))


@dataclass
class Counter:
    """A window with its scanner filter, a clock of its own, and everything that was heard."""

    filter: ScannerFilter
    now: list[float]
    window: QWidget
    scanned: list[str] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)

    def handle(self) -> QWindow:
        focus = QApplication.focusWidget()
        handle = (focus.window() if focus is not None else self.window).windowHandle()
        assert handle is not None
        return handle

    def key(self, char: str, after: float = 0.005, layout: dict[str, str] | None = None) -> None:
        """One key of a US scanner, at its place, as `layout` garbles its text; both copies that Qt makes."""
        self.now[0] += after
        shift = Qt.KeyboardModifier.ShiftModifier
        plain = _SHIFTED.get(char, char.lower())
        if char in "\r\t":
            scan_code, code, text = (28, Qt.Key.Key_Return, char) if char == "\r" else (15, Qt.Key.Key_Tab, char)
            modifiers = Qt.KeyboardModifier.NoModifier
        else:
            scan_code, text = _SCAN_CODES[plain], char
            if layout is not None and plain in layout:
                text = layout[plain] if plain == char else layout[plain].upper()
            modifiers = shift if plain != char else Qt.KeyboardModifier.NoModifier
            code = Qt.Key(ord(text.upper()))
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, code, modifiers, scan_code + ABOVE_PLACE, 0, 0, text)
            QCoreApplication.sendEvent(self.handle(), event)

    def scan(self, text: str, gap: float = 0.005, pause: float = 0.2, layout: dict[str, str] | None = None) -> None:
        for index, char in enumerate(text + "\r"):
            self.key(char, pause if index == 0 else gap, layout)

    def compose(self, composition: str, committed: str = "", after: float = 0.005) -> None:
        """What an input method sends to the field."""
        self.now[0] += after
        event = QInputMethodEvent(composition, [])
        event.setCommitString(committed)
        focus = QGuiApplication.focusObject()
        assert focus is not None
        QCoreApplication.sendEvent(focus, event)

    def wait(self, qtbot: QtBot, seconds: float) -> None:
        """Let the till's clock run on and its timer find out."""
        self.now[0] += seconds
        qtbot.wait(80)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    QVBoxLayout(window)
    qtbot.addWidget(window)
    return window


@pytest.fixture
def counter(qapp: QApplication, window: QWidget) -> Iterator[Counter]:
    now = [1000.0]
    scanner = ScannerFilter(lambda: now[0])
    made = Counter(scanner, now, window)
    scanner.scanned.connect(made.scanned.append)
    scanner.document_scanned.connect(made.documents.append)
    scanner.unreadable.connect(made.unreadable.append)
    listening = Listening(qapp, (scanner,))
    yield made
    listening.stop()


def shown(qtbot: QtBot, window: QWidget, widget: Widget) -> Widget:
    layout = window.layout()
    assert layout is not None
    layout.addWidget(widget)
    window.show()
    window.activateWindow()
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)
    return widget


# ── whatever has the focus ───────────────────────────────────────────────────────────────────────────────────


def test_a_scan_leaves_text_cursor_and_selection_as_they_were(qtbot: QtBot, window: QWidget, counter: Counter) -> None:
    edit = shown(qtbot, window, QLineEdit("5* cognac"))
    for start, length in ((3, 6), (9, -6), (2, 0)):
        edit.setSelection(start, length) if length else edit.setCursorPosition(start)
        before = (edit.text(), edit.cursorPosition(), edit.selectedText(), edit.selectionStart(), edit.isModified())
        counter.scan(EAN)
        after = (edit.text(), edit.cursorPosition(), edit.selectedText(), edit.selectionStart(), edit.isModified())
        assert after == before
    assert counter.scanned == [EAN] * 3


def test_listeners_of_the_field_hear_that_the_text_is_back(qtbot: QtBot, window: QWidget, counter: Counter) -> None:
    edit = shown(qtbot, window, QLineEdit("tea"))
    heard: list[str] = []
    edit.textEdited.connect(heard.append)
    counter.scan(EAN)
    assert heard[-1] == "tea"
    edit.undo()
    edit.redo()
    assert edit.text() in ("tea", "tea4", "tea40", "tea400")


@pytest.mark.parametrize("layout", [None, RUSSIAN, KAZAKH], ids=["english", "russian", "kazakh"])
def test_every_layout_gives_the_scanners_own_characters(
    qtbot: QtBot, window: QWidget, counter: Counter, layout: dict[str, str] | None
) -> None:
    edit = shown(qtbot, window, QLineEdit())
    for text in (EAN, "HONEY-1kg/A_2"):
        counter.scan(text, layout=layout)
    for line in LINES:
        counter.scan(line, layout=layout)
    assert counter.scanned == [EAN, "HONEY-1kg/A_2"]
    assert counter.documents == ["\n".join(LINES)]
    assert edit.text() == ""


def test_ten_scans_in_one_second_are_ten_scans(qtbot: QtBot, window: QWidget, counter: Counter) -> None:
    edit = shown(qtbot, window, QLineEdit("abc"))
    start = counter.now[0]
    for _ in range(10):
        counter.scan(EAN, gap=0.006, pause=0.01)
    assert counter.now[0] - start < 1.0
    assert counter.scanned == [EAN] * 10
    assert edit.text() == "abc"


def test_a_scan_never_clicks_a_dialogs_default_button(qtbot: QtBot, window: QWidget, counter: Counter) -> None:
    shown(qtbot, window, QLineEdit())
    dialog = QDialog(window)
    clicks: list[int] = []
    ok = QPushButton("Pay")
    ok.setDefault(True)
    ok.clicked.connect(lambda: clicks.append(1))
    edit = QLineEdit("120.00")
    layout = QVBoxLayout(dialog)
    layout.addWidget(edit)
    layout.addWidget(ok)
    dialog.setModal(True)
    dialog.show()
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    counter.scan(EAN)
    ok.setFocus()
    counter.scan(EAN)
    for line in LINES:
        counter.scan(line)
    assert counter.scanned == [EAN, EAN]
    assert counter.documents == ["\n".join(LINES)]
    assert clicks == []
    assert edit.text() == "120.00"
    assert dialog.isVisible()
    counter.key("\r", 0.3)
    assert len(clicks) == 1
    dialog.close()


def test_a_scan_beside_a_field_leaves_what_was_typed_in_it(qtbot: QtBot, window: QWidget, counter: Counter) -> None:
    edit = shown(qtbot, window, QLineEdit())
    for char in "E1234":
        counter.key(char, 0.2)
    button = shown(qtbot, window, QPushButton("Exact"))
    edit.deselect()
    counter.scan(EAN)

    assert (edit.text(), counter.scanned, button.hasFocus()) == ("E1234", [EAN], True)


def test_a_letter_of_a_scan_answers_no_message_box(qtbot: QtBot, window: QWidget, counter: Counter) -> None:
    shown(qtbot, window, QLineEdit())
    box = QMessageBox(QMessageBox.Icon.Question, "", "Void the sale?", parent=window)
    answers: list[int] = []
    box.addButton("&No", QMessageBox.ButtonRole.NoRole)
    box.addButton("&Yes", QMessageBox.ButtonRole.YesRole)
    box.buttonClicked.connect(lambda _: answers.append(1))
    box.show()
    qtbot.waitUntil(box.isActiveWindow)
    counter.scan("NY-100200")
    qtbot.wait(150)
    assert counter.scanned == ["NY-100200"]
    assert answers == []
    counter.key("n", 0.3)
    counter.wait(qtbot, 0.1)
    qtbot.waitUntil(lambda: len(answers) == 1)


def test_a_spin_box_keeps_its_value(qtbot: QtBot, window: QWidget, counter: Counter) -> None:
    spin = QSpinBox()
    spin.setRange(0, 9999)
    spin.setSuffix(" pcs")
    spin.setValue(7)
    shown(qtbot, window, spin)
    counter.scan(EAN)
    assert counter.scanned == [EAN]
    assert (spin.value(), spin.text()) == (7, "7 pcs")


@pytest.mark.parametrize("code", [EAN, "05122026", "31"])
def test_a_day_keeps_its_value_and_takes_nothing_of_a_scan_for_typed(
    qtbot: QtBot, window: QWidget, counter: Counter, code: str
) -> None:
    day = DateBox("Last day", QDate(2026, 11, 29))
    day.present("Last day", "kk")
    shown(qtbot, window, day)
    day.setSelectedSection(DateBox.Section.DaySection)
    counter.scan(code.rjust(8, "0"))
    day.settle("to")
    assert (day.date(), day.text()) == (QDate(2026, 11, 29), "29.11.2026")


@pytest.mark.parametrize("editable", [True, False])
def test_a_choice_stays_chosen(qtbot: QtBot, window: QWidget, counter: Counter, editable: bool) -> None:
    combo = QComboBox()
    combo.addItems(["CNY", "KZT", "400 USD"])
    combo.setEditable(editable)
    combo.setCurrentIndex(1)
    shown(qtbot, window, combo)
    counter.scan(EAN)
    assert counter.scanned == [EAN]
    assert (combo.currentIndex(), combo.currentText()) == (1, "KZT")


def test_a_note_of_several_lines_is_put_back(qtbot: QtBot, window: QWidget, counter: Counter) -> None:
    note = shown(qtbot, window, QPlainTextEdit("fragile\nkeep dry"))
    cursor = note.textCursor()
    cursor.setPosition(7)
    cursor.setPosition(2, cursor.MoveMode.KeepAnchor)
    note.setTextCursor(cursor)
    counter.scan(EAN)
    assert note.toPlainText() == "fragile\nkeep dry"
    assert (note.textCursor().anchor(), note.textCursor().position()) == (7, 2)


def test_a_mask_or_validator_does_not_keep_a_scanners_digits(qtbot: QtBot, window: QWidget, counter: Counter) -> None:
    edit = QLineEdit()
    edit.setInputMask("99.99.9999")
    edit.setText("05.05.1985")
    shown(qtbot, window, edit)
    edit.setCursorPosition(3)
    counter.scan(EAN)
    assert (edit.text(), edit.cursorPosition()) == ("05.05.1985", 3)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # a popup's raise and grab, offscreen
def test_proposals_for_a_scanners_first_letters_go_away(qtbot: QtBot, window: QWidget, counter: Counter) -> None:
    edit = QLineEdit()
    completer = QCompleter(["400 g honey", "4 cups"])
    edit.setCompleter(completer)
    shown(qtbot, window, edit)
    edit.setText("4")
    counter.scan(EAN)
    assert QApplication.activePopupWidget() is None
    assert (edit.text(), counter.scanned) == ("4", [EAN])


def test_a_shortcut_hears_nothing_of_a_scan(qtbot: QtBot, window: QWidget, counter: Counter) -> None:
    edit = shown(qtbot, window, QLineEdit())
    fired: list[int] = []
    shortcut = QShortcut(QKeySequence(Qt.Key.Key_Return), window)
    shortcut.activated.connect(lambda: fired.append(1))
    handle = counter.handle()
    for char in EAN:
        counter.now[0] += 0.005
        QTest.keyClick(handle, Qt.Key(ord(char)))
    counter.now[0] += 0.005
    QTest.keyClick(handle, Qt.Key.Key_Return)
    assert fired == []
    assert counter.scanned == [EAN]
    counter.now[0] += 0.5
    QTest.keyClick(handle, Qt.Key.Key_Return)
    assert fired == [1]
    assert edit.text() == ""


# ── typing ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_typing_reaches_the_field_at_once(qtbot: QtBot, window: QWidget, counter: Counter) -> None:
    edit = shown(qtbot, window, QLineEdit())
    pressed: list[int] = []
    edit.returnPressed.connect(lambda: pressed.append(1))
    for char in EAN:
        counter.now[0] += 0.12
        QTest.keyClick(counter.handle(), Qt.Key(ord(char)))
    assert edit.text() == EAN
    counter.key("\r", 0.12)
    assert pressed == [1]
    assert counter.scanned == []


def test_typing_under_a_cyrillic_layout_stays_cyrillic(qtbot: QtBot, window: QWidget, counter: Counter) -> None:
    edit = shown(qtbot, window, QLineEdit())
    for char in "rjymzr":
        counter.key(char, 0.1, RUSSIAN)
    assert edit.text() == "коньяк"


def test_rolled_keys_are_late_by_a_moment_and_never_lost(qtbot: QtBot, window: QWidget, counter: Counter) -> None:
    edit = shown(qtbot, window, QLineEdit())
    for char in "honey":
        counter.key(char, 0.02)
    assert edit.text() == "hon"
    counter.wait(qtbot, 0.06)
    assert edit.text() == "honey"


def test_a_short_burst_and_its_enter_are_typing(qtbot: QtBot, window: QWidget, counter: Counter) -> None:
    edit = shown(qtbot, window, QLineEdit())
    texts: list[str] = []
    edit.returnPressed.connect(lambda: texts.append(edit.text()))
    counter.scan("12345")
    assert texts == ["12345"]
    assert counter.scanned == []


def test_a_key_held_down_is_no_scanner(qtbot: QtBot, window: QWidget, counter: Counter) -> None:
    edit = shown(qtbot, window, QLineEdit())
    counter.key("7")
    for _ in range(8):
        counter.now[0] += 0.03
        event = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_7, Qt.KeyboardModifier.NoModifier, 16, 0, 0, "7", autorep=True
        )
        QCoreApplication.sendEvent(counter.handle(), event)
    counter.key("\r", 0.03)
    assert edit.text() == "7" * 9
    assert counter.scanned == []


def test_a_button_still_hears_the_space_bar(qtbot: QtBot, window: QWidget, counter: Counter) -> None:
    button = shown(qtbot, window, QPushButton("Next"))
    clicks: list[int] = []
    button.clicked.connect(lambda: clicks.append(1))
    counter.key(" ", 0.3)
    assert len(clicks) == 1


def test_an_arrow_among_fast_keys_keeps_their_order(qtbot: QtBot, window: QWidget, counter: Counter) -> None:
    edit = shown(qtbot, window, QLineEdit())
    for char in "abcdef":
        counter.key(char)
    QTest.keyClick(counter.handle(), Qt.Key.Key_Home)
    assert (edit.text(), edit.cursorPosition()) == ("abcdef", 0)


# ── documents, serial lines, busy windows, input methods ────────────────────────────────────────────────────────


def test_half_a_passport_is_reported_and_not_lost(qtbot: QtBot, window: QWidget, counter: Counter) -> None:
    shown(qtbot, window, QLineEdit())
    counter.scan(LINES[0])
    assert counter.unreadable == []
    with qtbot.waitSignal(counter.filter.unreadable, timeout=3000):
        counter.now[0] += 0.71
    assert counter.unreadable == [LINES[0]]


def test_a_serial_scanner_gives_the_same_signals(qtbot: QtBot, counter: Counter) -> None:
    counter.filter.take_line("123")
    for line in LINES:
        counter.filter.take_line(line)
    assert counter.scanned == ["123"]
    assert counter.documents == ["\n".join(LINES)]


def test_settings_change_what_a_scan_is(qtbot: QtBot, window: QWidget, counter: Counter) -> None:
    edit = shown(qtbot, window, QLineEdit())
    counter.filter.set_timing(ScanTiming(gap=0.09, shortest=4))
    counter.scan("4870", gap=0.08)
    assert counter.scanned == ["4870"]
    assert edit.text() == ""


def test_a_busy_window_gets_late_keys_and_still_knows_the_scan(qtbot: QtBot, window: QWidget, counter: Counter) -> None:
    edit = shown(qtbot, window, QLineEdit())
    for index, char in enumerate(EAN + "\r"):
        if index == 7:
            counter.now[0] += 0.4  # the window was busy; the system's stamp shows 5 ms
        code = Qt.Key.Key_Return if char == "\r" else Qt.Key(ord(char))
        scan_code = (28 if char == "\r" else _SCAN_CODES[char]) + ABOVE_PLACE
        event = QKeyEvent(QEvent.Type.KeyPress, code, Qt.KeyboardModifier.NoModifier, scan_code, 0, 0, char)
        event.setTimestamp(50_000 + 5 * index)
        QCoreApplication.sendEvent(counter.handle(), event)
    assert counter.scanned == [EAN]
    assert edit.text() == ""


@pytest.mark.parametrize("busy", [(0.06,), (0.09,), (0.4,), (0.09, 0.06, 0.09)])
def test_a_window_that_is_busy_for_a_moment_breaks_no_scan_off(
    qtbot: QtBot, window: QWidget, counter: Counter, busy: tuple[float, ...]
) -> None:
    """Its timer comes before the keys that wait already; their stamps show 5 ms."""
    edit = shown(qtbot, window, QLineEdit())
    lines = "\r".join(LINES) + "\r"
    for index, char in enumerate(lines):
        if index in (7, 60):
            for seconds in busy:
                counter.now[0] += seconds
                counter.filter.poll()
        counter.now[0] += 0.005
        plain = _SHIFTED.get(char, char.lower())
        code = Qt.Key.Key_Return if char == "\r" else Qt.Key(ord(char))
        modifier = NO_MODIFIER if plain == char else Qt.KeyboardModifier.ShiftModifier
        scan_code = (28 if char == "\r" else _SCAN_CODES[plain]) + ABOVE_PLACE
        event = QKeyEvent(QEvent.Type.KeyPress, code, modifier, scan_code, 0, 0, char)
        event.setTimestamp(50_000 + 5 * index)
        QCoreApplication.sendEvent(counter.handle(), event)
    assert counter.documents == ["\n".join(LINES)]
    assert (counter.unreadable, counter.scanned, edit.text()) == ([], [], "")


def test_figures_that_a_person_typed_while_the_window_was_busy_are_no_scan(
    qtbot: QtBot, window: QWidget, counter: Counter
) -> None:
    """The window hears them all at once, 90 ms apart by their stamps."""
    edit = shown(qtbot, window, QLineEdit())
    entered: list[str] = []
    edit.returnPressed.connect(lambda: entered.append(edit.text()))
    counter.now[0] += 0.7
    for index, char in enumerate("500000\r"):
        code = Qt.Key.Key_Return if char == "\r" else Qt.Key(ord(char))
        scan_code = (28 if char == "\r" else _SCAN_CODES[char]) + ABOVE_PLACE
        event = QKeyEvent(QEvent.Type.KeyPress, code, NO_MODIFIER, scan_code, 0, 0, char)
        event.setTimestamp(50_000 + 90 * index)
        QCoreApplication.sendEvent(counter.handle(), event)
    assert (entered, counter.scanned) == (["500000"], [])


class Composer:
    """A pinyin input method between the keys and the field: letters compose, a digit chooses, < becomes 《."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter
        self.letters = ""

    def reset(self) -> None:
        self.letters = ""

    def press(self, char: str, after: float) -> None:
        letters = self.letters
        if char.isalpha():
            self.letters += char.lower()
            self._counter.compose(self.letters, after=after)
        elif char == "<" or letters:
            self.letters = ""
            converted = letters if char == "\r" else "字" if letters else ""
            self._counter.compose("", converted + ("《" if char == "<" else ""), after)
        else:
            self._counter.key(char, after)


def test_an_input_method_cannot_convert_a_passport(
    qtbot: QtBot, window: QWidget, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit = shown(qtbot, window, QLineEdit("茶"))
    composer = Composer(counter)
    monkeypatch.setattr("pos.ui.input.scanner_filter._reset_composer", composer.reset)
    for line in LINES:
        for index, char in enumerate(line + "\r"):
            composer.press(char, 0.2 if index == 0 else 0.005)
    assert counter.documents == ["\n".join(LINES).lower()]
    assert edit.text() == "茶"
    assert composer.letters == ""


def test_a_short_word_of_a_scanner_leaves_no_composition(
    qtbot: QtBot, window: QWidget, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit = shown(qtbot, window, QLineEdit())
    composer = Composer(counter)
    monkeypatch.setattr("pos.ui.input.scanner_filter._reset_composer", composer.reset)
    for index, char in enumerate("1honey\r"):
        composer.press(char, 0.2 if index == 0 else 0.005)
    assert counter.scanned == ["1honey"]
    counter.compose("", "", after=0.3)
    assert (edit.text(), composer.letters) == ("", "")


def test_a_character_eaten_by_an_input_method_is_reported(qtbot: QtBot, window: QWidget, counter: Counter) -> None:
    edit = shown(qtbot, window, QLineEdit())
    counter.compose("h", after=0.2)
    counter.compose("", "喝")  # the digit has chosen a candidate
    for char in "234567\r":
        counter.key(char)
    assert counter.scanned == []
    assert len(counter.unreadable) == 1
    assert edit.text() == ""


def test_people_compose_chinese_as_ever(qtbot: QtBot, window: QWidget, counter: Counter) -> None:
    edit = shown(qtbot, window, QLineEdit())
    for composition in ("c", "ch", "cha"):
        counter.compose(composition, after=0.12)
    counter.compose("", "茶", after=0.3)
    counter.compose("", "贵州茅台酒", after=0.3)
    assert edit.text() == "茶贵州茅台酒"
    assert counter.scanned == counter.unreadable == []


# ── places of keys ───────────────────────────────────────────────────────────────────────────────────────────


def a_key(code: Qt.Key, text: str, scan_code: int, modifiers: Qt.KeyboardModifier | None = None) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, code, modifiers or Qt.KeyboardModifier.NoModifier, scan_code, 0, 0, text)


@pytest.mark.parametrize(("platform", "offset"), [("linux", 8), ("win32", 0)])
def test_the_digit_row_is_digits_in_any_layout(platform: str, offset: int) -> None:
    for index, digit in enumerate("1234567890"):
        for layout in (RUSSIAN, KAZAKH):
            event = a_key(Qt.Key(0x0451), layout.get(digit, digit), 2 + index + offset)
            assert digit_of(event, platform) == digit
            assert char_of(event, platform) == digit


def test_the_keypad_is_digits_while_num_lock_is_on() -> None:
    keypad = Qt.KeyboardModifier.KeypadModifier
    for scan_code, digit in {0x47: "7", 0x4C: "5", 0x51: "3", 0x52: "0"}.items():
        assert digit_of(a_key(Qt.Key(ord(digit)), digit, scan_code + 8, keypad), "linux") == digit
    assert digit_of(a_key(Qt.Key.Key_Home, "", 0x47 + 8, keypad), "linux") is None
    assert char_of(a_key(Qt.Key.Key_Slash, "/", 0x135, keypad), "win32") == "/"


def test_a_star_is_no_eight_and_a_command_is_no_digit() -> None:
    shift, control = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
    assert digit_of(a_key(Qt.Key.Key_Asterisk, "*", 17, shift), "linux") is None
    assert char_of(a_key(Qt.Key.Key_Asterisk, "*", 17, shift), "linux") == "*"
    assert digit_of(a_key(Qt.Key.Key_8, "8", 17, shift), "linux") == "8"  # a layout that writes digits with Shift
    assert digit_of(a_key(Qt.Key.Key_8, "8", 17, control), "linux") is None
    assert char_of(a_key(Qt.Key.Key_C, "\x03", 54, control), "linux") == ""


def test_the_group_separator_arrives_as_control_and_bracket() -> None:
    control = Qt.KeyboardModifier.ControlModifier
    assert char_of(a_key(Qt.Key.Key_BracketRight, "\x1d", 27 + 8, control), "linux") == "\x1d"
    assert char_of(a_key(Qt.Key(0x042A), "", 27 + 8, control), "linux") == "\x1d"


def test_without_a_place_the_text_must_do() -> None:
    assert char_of(a_key(Qt.Key.Key_A, "a", 0)) == "a"
    assert char_of(a_key(Qt.Key(0x0419), "Й", 0)) == "Q"
    assert char_of(a_key(Qt.Key(0x04A2), "ң", 0)) == "4"
    assert digit_of(a_key(Qt.Key.Key_unknown, "７", 0)) == "7"
    assert char_of(a_key(Qt.Key.Key_F5, "", 0)) == ""
    assert char_of(a_key(Qt.Key.Key_A, "a", 38), "darwin") == "a"


@pytest.mark.parametrize("sent", [LINES[0] + "\r" + LINES[1][:11], LINES[0][:12]])
def test_half_a_passport_that_breaks_off_is_on_show_nowhere(
    qtbot: QtBot, window: QWidget, counter: Counter, sent: str
) -> None:
    edit = shown(qtbot, window, QLineEdit("cog"))
    edit.setCursorPosition(3)
    for index, char in enumerate(sent):
        counter.key(char, 0.2 if index == 0 else 0.005)
    counter.now[0] += 0.09
    for _ in range(2):
        counter.filter.poll()
    assert edit.text() == "cog"
    assert counter.unreadable != []
    counter.scan(EAN)
    assert counter.scanned == [EAN]
    assert edit.text() == "cog"


def test_a_key_after_half_a_passport_comes_after_the_half_was_taken_out(
    qtbot: QtBot, window: QWidget, counter: Counter
) -> None:
    edit = shown(qtbot, window, QLineEdit("cog"))
    edit.setCursorPosition(3)
    for index, char in enumerate(LINES[0][:12]):
        counter.key(char, 0.2 if index == 0 else 0.005)
    counter.key("n", 0.8)
    counter.now[0] += 1
    for _ in range(2):
        counter.filter.poll()
    assert edit.text() == "cogn"
