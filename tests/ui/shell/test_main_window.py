"""The frame: pages, keys, scans, news, lock, language, light, and the end of the day."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout
from pytestqt.qtbot import QtBot

from pos.application.text.translator import LANGUAGE_NAMES
from pos.domain.errors import PrinterError, StoreError
from pos.ui.input.actions import RAIL_KEYS, TABLE, Actions, DuplicateKey, sequence
from pos.ui.look.theme import Mode
from pos.ui.page.screen import Screen
from pos.ui.session.rail_entries import GOODS, RAIL_ENTRIES, beside, entries_for, folded
from pos.ui.session.session import Session
from pos.ui.session.till_state import StateFile, TillState
from pos.ui.session.typed_amount import typed_amount_text
from pos.ui.shell.application import TillWindow
from pos.ui.widgets.buttons.language_choice import language_of_system
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone
from tests.ui.conftest import Hand, Opener, StandInCheckout, stand_in
from tests.ui.fakes_shop import AMINA, DANA, RESOURCES, RUSLAN, STAFF, a_shop, a_store, an_open_shift, with_fakes

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier
CODE = "6901028075763"
CUSTOMERS = {"customer_display", "customer_language"}
"""Keys for what the customer sees, on every page."""


@pytest.fixture
def hand(open_till: Opener) -> Hand:
    """Amina at an open till."""
    hand = open_till(a_store(*STAFF, shift=an_open_shift()))
    hand.sign_in()
    return hand


# ── the table of actions ─────────────────────────────────────────────────────────────────────────────────────────


def test_no_key_does_two_things_on_one_page() -> None:
    Actions()


def test_a_changed_key_that_is_taken_is_refused_with_both_its_actions() -> None:
    with pytest.raises(DuplicateKey) as refused:
        Actions({"park": "F5"})
    assert {refused.value.action, refused.value.other} == {"park", "discount"}
    assert Actions({"park": "F5", "discount": "F7"}).key_text("park") == "F5"


def test_every_key_is_one_that_qt_knows_and_every_icon_is_there() -> None:
    for action in TABLE:
        assert all(not sequence(key).isEmpty() for key in (action.key, *action.also)), action
        assert (RESOURCES / "icons" / f"{action.icon}.svg").exists(), action.icon
    assert all((RESOURCES / "icons" / f"{screen_id.icon}.svg").exists() for screen_id in RAIL_ENTRIES)


def test_the_keys_of_the_specification_are_the_defaults() -> None:
    keys = Actions()
    wanted = {
        "help": "F1", "search": "F2", "visitor": "F3", "quantity": "F4", "discount": "F5", "void": "F6", "park": "F7",
        "destination": "F8", "split": "F9", "drawer": "F10", "returns": "F11", "pay": "F12", "advice": "Ctrl+L",
        "undo": "Ctrl+Z", "reprint": "Ctrl+P", "back": "Esc", "lock": "Ctrl+Shift+L",
    }  # fmt: skip
    assert {action: keys.key_text(action) for action in wanted} == wanted


def test_two_actions_on_one_key_in_the_tills_file_leave_the_usual_keys(open_till: Opener, state: Path) -> None:
    state.write_text('{"language": "en", "keys": {"park": "F5"}}', encoding="utf-8")
    hand = open_till(a_store(*STAFF))
    assert hand.till.session.actions.key_text("park") == "F7"
    assert hand.news == "Two actions had the same key (F5). The default keys are in use."


# ── keys ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_plus_of_the_keypad_pays_although_the_cursor_is_in_the_search_field(hand: Hand) -> None:
    assert hand.checkout.field.hasFocus()
    hand.press(Qt.Key.Key_Plus, KEYPAD)
    assert hand.checkout.heard == ["pay"]
    assert hand.checkout.field.text() == ""


def test_a_plus_of_the_letter_keys_is_typed(hand: Hand) -> None:
    hand.type("+")
    assert hand.checkout.heard == []
    assert hand.checkout.field.text() == "+"


def test_undo_takes_the_last_step_back_unless_the_field_has_something_to_undo(hand: Hand) -> None:
    hand.press(Qt.Key.Key_Z, CTRL)
    assert hand.checkout.heard == ["undo"]
    hand.type("ab")
    hand.press(Qt.Key.Key_Z, CTRL)
    assert hand.checkout.heard == ["undo"]
    assert hand.checkout.field.text() != "ab"


def test_a_page_is_given_its_height_however_its_sentences_wrap(hand: Hand) -> None:
    page, sentence = Screen(hand.till.session), QLabel("Scan a passport or an identity card.")
    sentence.setWordWrap(True)
    column = QVBoxLayout(page)
    column.addWidget(sentence)

    assert column.hasHeightForWidth()
    assert not page.hasHeightForWidth()  # or each frame up to the window would ask twice, at every list that opens


def test_a_key_without_a_step_is_neither_bound_nor_explained(hand: Hand) -> None:
    assert hand.till.window.keys.bound == {
        "pay",
        "undo",
        "quantity",
        "back",
        "help",
        "lock",
        "palette",
        *RAIL_KEYS,
        *CUSTOMERS,
    }
    hand.press(Qt.Key.Key_F1)
    assert hand.screen_id == "help"
    page = hand.till.window.page
    assert page is not None
    shown = {label.text() for label in page.findChildren(QLabel) if not label.isHidden()}
    assert {"Pay", "Undo", "Quantity", "Lock"} <= shown
    assert shown.isdisjoint({"Park", "Split", "Drawer"})


def test_help_leads_back_to_the_page_it_explains(hand: Hand) -> None:
    hand.press(Qt.Key.Key_F1)
    hand.press(Qt.Key.Key_Escape)
    assert hand.screen_id == "checkout"
    hand.press(Qt.Key.Key_F1)
    hand.press(Qt.Key.Key_F1)
    assert hand.screen_id == "checkout"


def test_help_is_there_before_anyone_has_signed_in(open_till: Opener) -> None:
    hand = open_till(a_store(*STAFF))
    hand.press(Qt.Key.Key_F1)
    assert hand.screen_id == "help"
    assert hand.till.window.front.isVisible()
    hand.press(Qt.Key.Key_Escape)
    assert hand.screen_id == "sign_in"


# ── places ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_rail_has_only_pages_with_a_screen_that_the_role_may_enter(hand: Hand) -> None:
    rail = hand.till.window.work.rail
    assert [screen_id.key for screen_id in RAIL_ENTRIES if rail.item(screen_id.key)] == ["checkout"]
    every = [screen_id.key for screen_id in RAIL_ENTRIES]
    assert [screen_id.key for screen_id in entries_for(RUSLAN, every)] == [
        "search",
        "pickup",
        "products",
        "quick_keys",
        "gaps",
        "receive",
        "orders",
        "count",
        "stock",
        "workshop",
        "labels",
        "import_goods",
    ]
    assert "settings" not in {screen_id.key for screen_id in entries_for(AMINA, every)}
    assert [screen_id.key for screen_id in entries_for(DANA, every)] == every


def test_a_rail_that_would_be_too_full_has_one_item_for_all_pages_of_the_goods() -> None:
    every = [screen_id.key for screen_id in RAIL_ENTRIES]
    clerks, managers = entries_for(RUSLAN, every), entries_for(DANA, every)

    assert folded(clerks) == clerks
    assert beside("receive", clerks) == []
    shown = [screen_id.key for screen_id in folded(managers)]
    assert shown.count(GOODS) == 1
    assert shown.index(GOODS) == 7
    assert not {"receive", "labels"} & set(shown)
    stands = [screen_id.key for screen_id in beside("receive", managers)]
    assert [key for key in stands if key != "reprice"] == [p.key for p in clerks if p.key not in ("search", "pickup")]


def test_the_status_line_says_where_who_and_since_when_and_both_times(hand: Hand) -> None:
    status = hand.till.window.work.status
    assert status._where.accessibleName() == "Silk Gate · Till T1 · Amina S. · Shift 14"
    assert [city.accessibleName() for city in status._clocks.values()] == ["Beijing 10:02", "Almaty 07:02"]


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (400, ("Silk Gate", "  ·  Till T1  ·  Amina S.  ·  Shift 14")),
        (240, ("Silk Gate", "  ·  Till T1  ·  Amina S.")),
        (170, ("Silk Gate", "  ·  Amina S.")),
        (130, ("", "Till T1  ·  Amina S.")),
        (80, ("", "Amina S.")),
    ],
)
def test_who_is_signed_in_is_read_to_the_end_in_the_narrowest_window(
    hand: Hand, width: int, shown: tuple[str, str]
) -> None:
    where = hand.till.window.work.status._where
    where.resize(width, 30)
    assert where.shown == shown


# ── scans ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_scan_reaches_the_checkout_whatever_has_the_focus(hand: Hand) -> None:
    hand.till.window.work.status.theme_button.setFocus()
    hand.scan(CODE)
    assert hand.checkout.heard == [CODE]


def test_a_scan_while_help_is_open_goes_to_the_checkout_and_shows_it(hand: Hand) -> None:
    hand.press(Qt.Key.Key_F1)
    hand.scan(CODE)
    assert hand.screen_id == "checkout"
    assert hand.checkout.heard == [CODE]


def test_a_scan_at_a_locked_till_is_not_lost_without_a_word(open_till: Opener) -> None:
    hand = open_till(a_store(*STAFF, shift=an_open_shift()))
    hand.scan(CODE)
    assert hand.screen_id == "sign_in"
    assert hand.news == "Sign in first, then scan again."
    assert hand.checkout.heard == []


def test_a_scan_before_the_shift_is_open_says_what_to_do(open_till: Opener) -> None:
    hand = open_till(a_store(*STAFF))
    hand.sign_in()
    hand.scan(CODE)
    assert hand.screen_id == "open_shift"
    assert hand.news == "Open the shift first, then scan again."
    assert hand.till.way_in.open_shift.amounts["CNY"].is_empty()


# ── lock ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_locked_till_keeps_its_basket_for_the_person_who_signs_in_next(hand: Hand) -> None:
    hand.checkout.basket = "3 lines · ¥ 412.50"
    checkout = hand.checkout
    hand.press(Qt.Key.Key_L, CTRL | SHIFT)
    assert hand.screen_id == "sign_in"
    assert hand.till.session.person is None
    assert (
        hand.till.way_in.sign_in._waiting.accessibleName() == "There is an open basket at this till 3 lines · ¥ 412.50"
    )
    hand.sign_in("dana")
    assert hand.screen_id == "checkout"
    assert hand.checkout is checkout
    assert hand.till.session.person == DANA


def test_an_option_that_another_till_has_changed_is_on_show_from_the_next_sign_in(open_till: Opener) -> None:
    store = a_store(*STAFF, shift=an_open_shift())
    hand = open_till(store)
    hand.sign_in()
    store.stored["shop_name"] = "Golden Gate"
    hand.press(Qt.Key.Key_L, CTRL | SHIFT)
    hand.wait()
    hand.sign_in("dana")

    assert hand.till.window.windowTitle() == "Golden Gate — Border POS"


def test_a_till_left_alone_locks_itself(hand: Hand, qtbot: QtBot) -> None:
    hand.till.idle.set_minutes(0.3 / 60)
    for _ in range(4):
        qtbot.wait(150)
        hand.press(Qt.Key.Key_Shift)
    assert hand.till.session.person == AMINA
    qtbot.waitUntil(lambda: hand.till.session.person is None, timeout=30_000)
    assert hand.screen_id == "sign_in"


def test_a_till_that_is_closed_locks_itself_no_more(
    qapp: QApplication, qtbot: QtBot, state: Path, tmp_path: Path
) -> None:
    shop = with_fakes(a_shop(a_store(*STAFF, shift=an_open_shift())))
    till = TillWindow(qapp, shop, RESOURCES, state, tmp_path / "border-pos.log", stand_in)
    till.show()
    hand = Hand(till, qtbot)
    hand.wait()
    hand.sign_in()
    till.idle.set_minutes(0.1 / 60)
    till.close()
    qtbot.wait(200)
    assert till.session.person == AMINA


def test_the_time_until_the_lock_is_the_shops_setting(open_till: Opener) -> None:
    store = a_store(*STAFF)
    store.stored |= {"lock_minutes": "3", "scanner_gap_ms": "20", "scanner_shortest": "5"}
    hand = open_till(store)
    assert hand.till.idle._timer.interval() == 3 * 60_000
    timing = hand.till.scanner._assembler.timing
    assert (timing.gap, timing.shortest) == (0.02, 5)


# ── language and light ───────────────────────────────────────────────────────────────────────────────────────────


def test_each_language_keeps_the_width_of_a_finger_in_the_smallest_window(hand: Hand) -> None:
    status = hand.till.window.work.status
    status.offer(lambda: None)  # the button that saves a table is on show
    hand.till.window.resize(600, 1024)
    hand.wait()

    assert [status.languages.button(language).width() for language in LANGUAGE_NAMES] == [44, 44, 44, 44]


@pytest.mark.parametrize("language", LANGUAGE_NAMES)
def test_every_word_changes_at_once_and_what_was_typed_stays(hand: Hand, qtbot: QtBot, language: str) -> None:
    hand.checkout.field.setText("коньяк")
    hand.till.window.work.status.languages.button(language).click()
    tr = hand.till.session.shop.translators[language]
    assert hand.checkout.said == tr("Checkout")
    rail = hand.till.window.work.rail.item("checkout")
    assert rail is not None
    assert rail.text() == tr("Checkout")
    pin = hand.till.way_in.sign_in.pin  # a page that no one sees: soon
    qtbot.waitUntil(lambda: pin.button.text() == tr("Sign in"))
    assert hand.checkout.field.text() == "коньяк"


def test_news_is_said_again_in_the_language_just_chosen(hand: Hand) -> None:
    hand.till.session.report(StoreError("locked", "shop.db"))
    english = hand.news
    hand.till.session.speak("kk")
    assert hand.news not in ("", english)


def test_a_page_that_is_opened_right_after_the_theme_changed_is_in_its_colours_when_it_is_painted(hand: Hand) -> None:
    window, theme = hand.till.window, hand.till.theme
    window.toggle_help()  # which makes the page
    window.toggle_help()
    help_page, before = window._helps[window.work], theme.style_sheet()
    theme.toggle()
    assert window.work.rail.styleSheet() == hand.checkout.styleSheet() == theme.style_sheet()
    assert help_page.styleSheet() == before
    window.toggle_help()
    assert help_page.styleSheet() == theme.style_sheet()
    assert help_page.grab().toImage().pixelColor(4, 4).lightness() < 90


def test_light_becomes_dark_at_once_and_both_are_remembered(hand: Hand, state: Path) -> None:
    hand.till.window.work.status.theme_button.click()
    hand.till.session.speak("ru")
    assert hand.till.session.mode is Mode.DARK
    kept = json.loads(state.read_text(encoding="utf-8"))
    assert (kept["theme"], kept["language"], kept["cashier"]) == ("dark", "ru", "amina")
    button = hand.till.window.work.status.theme_button
    assert button.accessibleName() == "Высокая контрастность"
    button.click()
    assert (hand.till.session.mode, button.accessibleName()) == (Mode.CONTRAST, "Светлая тема")
    assert json.loads(state.read_text(encoding="utf-8"))["theme"] == "contrast"


@pytest.mark.parametrize(
    "damage", ["", "{", "[1]", "[" * 100_000, '{"language": 5, "theme": "pink", "keys": ["F5"], "cashier": {}}']
)
def test_a_damaged_file_of_habits_is_passed_over(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "till.json"
    path.write_text(damage, encoding="utf-8")
    assert StateFile(path).read() == TillState()


def test_habits_are_written_whole_or_not_at_all(tmp_path: Path) -> None:
    file = StateFile(tmp_path / "new" / "till.json")
    state = TillState("kk", "dark", "amina", {"park": "F9"})
    assert file.write(state)
    assert file.read() == state
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["till.json"]
    (tmp_path / "blocked").write_text("", encoding="utf-8")
    assert not StateFile(tmp_path / "blocked" / "till.json").write(state)


@pytest.mark.parametrize(
    ("tags", "language"),
    [(["zh-Hans-CN"], "zh"), (["de_DE", "ru_RU"], "ru"), (["kk"], "kk"), (["C"], "en"), ([], "en")],
)
def test_a_new_till_speaks_the_language_of_its_machine(tags: list[str], language: str) -> None:
    assert language_of_system(tags) == language


@pytest.mark.parametrize(
    ("typed", "language", "shown"),
    [("1283.5", "en", "1,283.5"), ("1283.", "ru", "1\u202f283,"), ("0", "zh", "0"), ("1500000", "zh", "1,500,000")],
)
def test_an_amount_is_grouped_while_it_is_typed(typed: str, language: str, shown: str) -> None:
    assert typed_amount_text(typed, language) == shown


# ── what goes wrong ──────────────────────────────────────────────────────────────────────────────────────────────


def fail(error: Exception) -> None:
    """A step that ends badly."""
    raise error


def test_a_printers_trouble_stays_on_show_until_a_receipt_comes_out(hand: Hand) -> None:
    marks = hand.till.window.work.status.devices
    hand.till.session.run(lambda: fail(PrinterError("no_paper", "POS80")), lambda _none: None)
    hand.wait()
    assert marks.printer.troubled
    assert marks.printer.accessibleName() == "Printer problem"
    assert "POS80" in hand.news
    hand.till.session.run(lambda: None, lambda _none: None)
    hand.wait()
    assert marks.printer.troubled
    hand.till.session.receipt_printed()
    assert not marks.printer.troubled


def test_the_stores_trouble_goes_with_the_next_step_that_works(hand: Hand) -> None:
    marks = hand.till.window.work.status.devices
    hand.till.session.run(lambda: fail(StoreError("locked", "shop.db")), lambda _none: None)
    hand.wait()
    assert marks.store.troubled
    hand.till.session.run(lambda: None, lambda _none: None)
    hand.wait()
    assert not marks.store.troubled


def test_what_no_one_foresaw_is_reported_and_logged_without_another_persons_document(hand: Hand) -> None:
    heard: list[Exception] = []
    hand.till.session.run(lambda: fail(ValueError("P<CHNLI E12345678 246810")), lambda _none: None, heard.append)
    hand.wait()
    assert len(heard) == 1
    assert hand.news.startswith("Something went wrong. No data is lost.")
    log = hand.till.log.path.read_text(encoding="utf-8")
    assert "ValueError" in log
    assert "test_main_window.py" in log
    assert "246810" not in log
    assert "12345678" not in log
    assert "CHNLI" not in log


def test_what_went_well_is_not_reported_to_the_person_who_comes_next_and_what_is_wrong_is(hand: Hand) -> None:
    window = hand.till.window
    left = []
    for kind, tone in (("report.saved", Tone.WITHIN), ("receipt.not_printed", Tone.OVER)):
        window.notify(kind, lambda: Notice(tone, "T1-000001"))  # noqa: B023 # told at once
        window.lock()
        hand.sign_in()
        left.append(hand.news)

    assert left == ["", "T1-000001"]


def test_an_exception_that_no_code_caught_reaches_the_notice_bar(hand: Hand) -> None:
    sys.excepthook(TypeError, TypeError("unsupported operand for code 6901028075763"), None)
    assert "border-pos.log" in hand.news
    log = hand.till.log.path.read_text(encoding="utf-8")
    assert "TypeError: unsupported operand for code …" in log


def test_a_store_that_cannot_be_read_at_the_start_is_reported_and_can_be_tried_again(open_till: Opener) -> None:
    store = a_store(*STAFF)
    store.trouble = StoreError("locked", "shop.db")
    hand = open_till(store)
    assert hand.news
    store.trouble = None
    hand.till.window.front.notices.action_pressed.emit()
    hand.wait()
    assert hand.till.way_in.sign_in.people.person == AMINA


# ── the end ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_closing_the_window_asks_while_a_basket_is_open(hand: Hand) -> None:
    hand.checkout.basket = "3 lines · ¥ 412.50"
    assert not hand.till.window.close()
    assert hand.till.window.isVisible()
    assert hand.news == "A basket is open: 3 lines · ¥ 412.50. Closing the program clears it."
    hand.till.window.work.notices.action_pressed.emit()
    assert not hand.till.window.isVisible()


def test_an_empty_till_closes_at_once(hand: Hand) -> None:
    assert hand.till.window.close()


def test_every_stop_of_the_tab_key_has_a_name_and_each_group_of_controls_has_a_stop(open_till: Opener) -> None:
    hand = open_till(a_store(*STAFF), demo=True)
    reached = set()
    for _ in range(60):
        hand.till.window.focusNextChild()
        focus = QApplication.focusWidget()
        assert focus is not None
        assert focus.accessibleName(), focus
        reached.add(focus.accessibleName())
    assert {"PIN of Amina S.", "Sign in", "Amina S., Cashier", "English", "Dark theme"} <= reached


def test_no_one_gets_to_a_page_without_its_right_and_loses_it_with_the_right(open_till: Opener) -> None:
    def pages(session: Session) -> list[Screen]:
        class Staff(StandInCheckout):
            screen_id = "staff"

        class Reports(StandInCheckout):
            screen_id = "deep in the reports"
            rail = "reports"

        return [*stand_in(session), Staff(session), Reports(session)]

    store = a_store(*STAFF, shift=an_open_shift())
    hand = open_till(store, screens=pages)
    hand.sign_in()
    for screen_id in ("staff", "deep in the reports"):
        hand.till.session.go(screen_id)
        assert hand.screen_id == "checkout"

    hand.till.session.take_person(replace(AMINA, role="manager"))
    hand.till.session.go("deep in the reports")
    assert hand.screen_id == "deep in the reports"
    hand.till.session.take_person(AMINA)  # what the next step of the shop finds out
    assert hand.screen_id == "checkout"
