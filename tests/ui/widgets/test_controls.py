"""What is pressed and what is reported: by mouse, by key, in words that are never markup."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pos.ui.look.theme import Mode, Size, Theme, Type
from pos.ui.widgets.buttons.badge import Badge
from pos.ui.widgets.buttons.banknote_button import BanknoteButton, CashPiece
from pos.ui.widgets.buttons.choice_card import ChoiceCard
from pos.ui.widgets.buttons.drawn_button import DrawnButton
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.buttons.key_hint import KeyHint
from pos.ui.widgets.buttons.rail import Rail, RailItem
from pos.ui.widgets.buttons.segmented import Segment, SegmentButton, Segmented
from pos.ui.widgets.cards.amount_label import AmountLabel
from pos.ui.widgets.cards.empty_state import EmptyState
from pos.ui.widgets.cards.notice_bar import Notice, NoticeBar
from pos.ui.widgets.cards.verdict_card import VerdictCard, VerdictView
from pos.ui.widgets.drawing.layouts import Stretched, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from tests.ui.widgets.gallery import page

TO = [Segment("CN", "To China"), Segment("KZ", "To Kazakhstan")]
ITEMS = [RailItem("checkout", "shopping-cart", "Checkout"), RailItem("parked", "pause", "Parked", badge=Badge(2))]


@pytest.mark.parametrize("kind", ButtonKind)
@pytest.mark.parametrize("mode", Mode)
def test_a_button_looks_different_when_off_or_focused(theme: Theme, qtbot: QtBot, kind: ButtonKind, mode: Mode) -> None:
    theme.switch(mode)
    button = IconButton(theme, "Pay", icon="credit-card", key="F12", kind=kind)
    qtbot.addWidget(button)
    button.show()
    qtbot.waitExposed(button)
    button.clearFocus()
    calm = button.grab().toImage()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    focused = button.grab().toImage()
    button.setEnabled(False)
    off = button.grab().toImage()
    theme.switch(Mode.LIGHT)
    assert calm != focused
    assert off not in (calm, focused)


def test_space_presses_a_button_and_enter_stays_with_the_screen(theme: Theme, qtbot: QtBot) -> None:
    button = IconButton(theme, "Void")
    qtbot.addWidget(button)
    with qtbot.assertNotEmitted(button.clicked, wait=20):
        QTest.keyClick(button, Qt.Key.Key_Return)
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, Qt.Key.Key_Space)


def test_a_button_without_words_says_what_it_does(theme: Theme, qtbot: QtBot) -> None:
    button = IconButton(theme, icon="moon", key="F11", kind=ButtonKind.QUIET, name="Dark theme")
    qtbot.addWidget(button)
    assert button.accessibleName() == "Dark theme"
    assert button.toolTip() == "Dark theme (F11)"
    assert button.sizeHint().width() >= Size.SMALL_BUTTON


def test_arrows_choose_among_segments(theme: Theme, qtbot: QtBot) -> None:
    switch = Segmented(theme, "Destination")
    qtbot.addWidget(switch)
    switch.present(TO, "CN")
    switch.show()
    first = switch.findChildren(QAbstractButton)[0]
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    with qtbot.waitSignal(switch.chosen) as chosen:
        QTest.keyClick(first, Qt.Key.Key_Right)
    assert chosen.args == ["KZ"]
    assert switch.choice() == "KZ"


def test_segments_as_wide_as_their_words_change_with_the_words(theme: Theme, qtbot: QtBot) -> None:
    tabs = Segmented(theme, "Which list", even=False)
    tabs.present([Segment("coming", "To receive"), Segment("posted", "Posted")], "coming")
    qtbot.addWidget(tabs)
    tabs.show()
    tabs.present([Segment("coming", "К приёмке"), Segment("posted", "Проведённые")], "posted")
    tabs.resize(tabs.sizeHint())
    QApplication.processEvents()

    coming, posted = tabs.findChildren(SegmentButton)
    assert posted.width() > coming.width()
    assert posted.width() >= posted.sizeHint().width()


@pytest.mark.parametrize("chosen", ["names", "papers"])
def test_all_segments_of_a_row_have_letters_of_one_size(theme: Theme, qtbot: QtBot, chosen: str) -> None:
    row = Segmented(theme, "Part", even=False)
    row.present([Segment("names", "Наименования"), Segment("papers", "Бумаги"), Segment("stock", "Склад")], chosen)
    qtbot.addWidget(row)
    row.show()
    sizes = []
    for width in range(row.sizeHint().width(), 200, -10):
        row.resize(width, Size.SMALL_BUTTON)
        QApplication.processEvents()
        sizes.append(row.letters)
        buttons = row.findChildren(SegmentButton)
        assert row.letters == Type.KEY or all(one.holds(row.letters) for one in buttons)

    assert sizes[0] == Type.BODY
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] == Type.KEY


def test_a_choice_that_the_program_makes_is_not_reported_back(theme: Theme, qtbot: QtBot) -> None:
    switch = Segmented(theme, "Destination")
    qtbot.addWidget(switch)
    with qtbot.assertNotEmitted(switch.chosen):
        switch.present(TO, "KZ")
    assert switch.choice() == "KZ"
    switch.present(TO, "")
    assert switch.choice() == ""


def test_another_language_keeps_the_choice_and_the_focus(theme: Theme, qtbot: QtBot) -> None:
    switch = Segmented(theme, "Destination")
    qtbot.addWidget(switch)
    switch.present(TO, "KZ")
    switch.show()
    switch.findChildren(QAbstractButton)[1].setFocus()
    qtbot.waitUntil(switch.findChildren(QAbstractButton)[1].hasFocus)
    switch.present([Segment("CN", "前往中国"), Segment("KZ", "前往哈萨克斯坦")], "KZ")
    assert switch.choice() == "KZ"
    focused = switch.focusWidget()
    assert isinstance(focused, DrawnButton)
    assert focused.text() == "前往哈萨克斯坦"


def test_the_rail_tells_the_page_and_marks_the_one_that_opened(theme: Theme, qtbot: QtBot) -> None:
    rail = Rail(theme, "Places")
    qtbot.addWidget(rail)
    rail.present(ITEMS, [RailItem("lock", "lock", "Lock")], "checkout")
    rail.resize(Size.RAIL, 768)
    rail.show()
    parked, lock = rail.item("parked"), rail.item("lock")
    assert parked is not None
    assert lock is not None
    before = rail.grab().toImage()
    with qtbot.waitSignal(rail.chosen) as chosen:
        QTest.mouseClick(parked, Qt.MouseButton.LeftButton)
    assert chosen.args == ["parked"]
    rail.present(ITEMS, [RailItem("lock", "lock", "Lock")], "parked")
    assert rail.grab().toImage() != before
    assert (parked.y(), parked.size().toTuple()) == (128, (72, 64)), "72 by 64 in a pitch of 72"
    assert lock.y() > 600, "at the bottom"
    assert rail.item("staff") is None


def test_many_pages_make_lower_items_and_never_a_higher_window(theme: Theme, qtbot: QtBot) -> None:
    rail = Rail(theme, "Places")
    qtbot.addWidget(rail)
    many = [RailItem(f"place {n}", "package", "Place") for n in range(12)]
    rail.present(many, [RailItem("help", "circle-question-mark", "Help"), RailItem("lock", "lock", "Lock")], "")
    rail.resize(Size.RAIL, 764)
    rail.show()
    items = [rail.item(key) for key in (*(one.key for one in many), "help", "lock")]
    boxes = [item.geometry() for item in items if item is not None]
    assert rail.minimumSizeHint().height() <= 764
    assert all(before.bottom() < after.top() for before, after in pairwise(boxes))
    assert all(box.height() >= 44 for box in boxes), "what a finger still meets"
    assert boxes[-1].bottom() < 764


def test_arrows_move_along_the_rail(theme: Theme, qtbot: QtBot) -> None:
    rail = Rail(theme, "Places")
    qtbot.addWidget(rail)
    rail.present(ITEMS, [], "checkout")
    rail.show()
    first, second = rail.item("checkout"), rail.item("parked")
    assert first is not None
    assert second is not None
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()


def test_a_verdict_shows_only_what_it_has(theme: Theme, qtbot: QtBot) -> None:
    card = VerdictCard(theme)
    qtbot.addWidget(card)
    card.present(VerdictView(Tone.WITHIN, "Within the allowance", lines=("Nothing to declare.",)))
    card.show()
    small = card.sizeHint().height()
    assert not any(button.isVisible() for button in card.findChildren(IconButton))
    card.present(
        VerdictView(
            Tone.OVER,
            "Over: to declare",
            figure=("Estimated duty", "¥ 229.80"),
            notes=("Cognac 50 %",),
            advice="Remove: 1 cognac",
            action="Leave these",
            action_key="Ctrl+L",
        )
    )
    assert card.sizeHint().height() > small
    assert card.accessibleDescription() == "Estimated duty ¥ 229.80 Cognac 50 % Remove: 1 cognac"
    button = card.findChild(IconButton)
    assert isinstance(button, IconButton)
    with qtbot.waitSignal(card.action_pressed):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_notice_goes_by_itself_and_an_error_stays(theme: Theme, qtbot: QtBot) -> None:
    window = QWidget()
    box = QVBoxLayout(window)
    bar = NoticeBar(theme, dismiss="Dismiss")
    box.addWidget(bar)
    qtbot.addWidget(window)
    window.show()
    assert not bar.isVisible()
    bar.present(Notice(Tone.OVER, "Wrong check digit"))
    bar.present(Notice(Tone.WITHIN, "Basket parked", seconds=1))
    assert bar.isVisible()
    qtbot.waitUntil(lambda: not bar.isVisible(), timeout=3000)
    bar.present(Notice(Tone.OVER, "Wrong check digit"))
    assert bar.notice is not None
    qtbot.wait(20)
    assert bar.isVisible()


def test_news_that_came_before_the_bar_had_its_place_is_seen(theme: Theme, qtbot: QtBot) -> None:
    bar = NoticeBar(theme, dismiss="Dismiss")
    bar.present(Notice(Tone.INFO, "Demo shop"))
    assert not bar.isVisible(), "no window of its own"
    window = QWidget()
    QVBoxLayout(window).addWidget(bar)
    qtbot.addWidget(window)
    window.show()
    assert bar.isVisible()


def place_in(bar: NoticeBar, part: QWidget) -> QRect:
    return QRect(part.mapTo(bar, QPoint(0, 0)), part.size())


def test_the_buttons_of_a_notice_stand_below_its_words_where_those_had_little_room(qtbot: QtBot, theme: Theme) -> None:
    """What is offered after the till was killed, at a narrow checkout."""
    frame = QWidget()
    bar = NoticeBar(theme, dismiss="Dismiss")
    below = QWidget()
    vbox(bar, Stretched(below), parent=frame)
    qtbot.addWidget(frame)
    said = (
        "Когда касса остановилась, корзина была открыта: 2 штуки · 710,00. Она остаётся среди отложенных продаж (F7)."
    )
    bar.present(Notice(Tone.INFO, said, "shopping-cart", "Продолжить продажу", "Enter", other="Удалить"))
    heights = []
    for width in (1100, 551, 1100, 551):
        frame.resize(width, 600)
        frame.show()
        for _ in range(3):
            QApplication.processEvents()
        text, action, dismiss = bar._text, place_in(bar, bar._action), place_in(bar, bar._dismiss)
        assert text.height() >= text.heightForWidth(text.width()), width
        assert action.right() < dismiss.left()
        assert (action.top() > place_in(bar, text).bottom()) is (width == 551)
        heights.append(bar.height())
    assert heights[0] == heights[2] < 70
    assert heights[1] == heights[3] < 130


def test_a_notice_can_be_acted_on_or_dismissed(theme: Theme, qtbot: QtBot) -> None:
    window = QWidget()
    bar = NoticeBar(theme, dismiss="Dismiss", flat=True)
    QVBoxLayout(window).addWidget(bar)
    qtbot.addWidget(window)
    window.show()
    bar.present(Notice(Tone.INFO, "Printing", action="Print again", action_key="Ctrl+P", progress=40))
    action, dismiss = (button for button in bar.findChildren(IconButton) if button.isVisible())
    with qtbot.waitSignal(bar.action_pressed):
        QTest.mouseClick(action, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(bar.dismissed):
        QTest.mouseClick(dismiss, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()
    assert bar.notice is None


def test_choosing_a_person_unchooses_the_others(theme: Theme, qtbot: QtBot) -> None:
    window = QWidget()
    row = QHBoxLayout(window)
    cards = [ChoiceCard(theme, name[0], name, "Cashier") for name in ("Amina S.", "Li Wei", "Yerlan T.")]
    for card in cards:
        row.addWidget(card)
    qtbot.addWidget(window)
    window.show()
    cards[0].setChecked(True)
    QTest.mouseClick(cards[2], Qt.MouseButton.LeftButton)
    assert [card.isChecked() for card in cards] == [False, False, True]
    cards[2].setFocus()
    qtbot.waitUntil(cards[2].hasFocus)
    QTest.keyClick(cards[2], Qt.Key.Key_Left)
    assert cards[1].isChecked()
    assert cards[1].accessibleName() == "Li Wei, Cashier"


def test_change_to_hand_out_is_a_picture_and_not_a_button(theme: Theme, qtbot: QtBot) -> None:
    note = BanknoteButton(theme, "1 × 5,000", change=True)
    coin = BanknoteButton(theme, "1 × 5,000", CashPiece.COIN, change=True)
    for piece in (note, coin):
        qtbot.addWidget(piece)
    assert note.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert note.grab().toImage() != coin.grab().toImage()


def test_a_key_hint_does_what_its_key_does(theme: Theme, qtbot: QtBot) -> None:
    hint = KeyHint(theme, "F9", "Split", checkable=True)
    qtbot.addWidget(hint)
    with qtbot.waitSignal(hint.clicked):
        QTest.mouseClick(hint, Qt.MouseButton.LeftButton)
    assert hint.isChecked()


def test_an_empty_state_says_what_to_do_next(theme: Theme, qtbot: QtBot) -> None:
    state = EmptyState(theme)
    qtbot.addWidget(state)
    state.present("shopping-cart", "The basket is empty", "Scan a product.", "Search", "F2")
    state.show()
    button = state.findChild(IconButton)
    assert isinstance(button, IconButton)
    with qtbot.waitSignal(state.action_pressed):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    state.present("shopping-cart", "The basket is empty", "Scan a product.")
    assert not button.isVisible()


def test_a_name_with_markup_is_shown_as_it_is_written(theme: Theme, qtbot: QtBot) -> None:
    label = TextLabel("<h1>Cognac</h1>", Role.STRONG)
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_roles_tones_and_grounds_can_change_while_shown(theme: Theme, qtbot: QtBot) -> None:
    card = Surface(Ground.CARD)
    label = TextLabel("Cognac")
    QVBoxLayout(card).addWidget(label)
    qtbot.addWidget(card)
    card.show()
    label.set_role(Role.TITLE)
    label.set_tone(Tone.OVER)
    card.set_look(Tone.OVER)
    assert label.font().pixelSize() == Type.TITLE
    assert label.palette().color(label.foregroundRole()) == theme.colour("over")
    assert card.grab().toImage().pixelColor(20, 4) == theme.colour("over_soft")


@pytest.mark.parametrize("text", ["¥ 1,283.00", "₸ 12 345 678 901,00"])
def test_an_amount_gets_smaller_rather_than_cut(theme: Theme, qtbot: QtBot, text: str) -> None:
    label = AmountLabel(theme, Type.CHANGE, align=Qt.AlignmentFlag.AlignLeft)
    qtbot.addWidget(label)
    label.present(text)
    label.resize(260, 96)
    image = label.grab().toImage()
    edge = [image.pixelColor(x, y) for x in (257, 258, 259) for y in range(96)]
    assert len({colour.name() for colour in edge}) == 1, "nothing touches the edge"
    assert label.accessibleName() == text


@pytest.mark.parametrize("mode", Mode)
def test_everything_that_takes_the_focus_has_a_name_and_every_label_is_plain(
    theme: Theme, qtbot: QtBot, mode: Mode, tmp_path: Path
) -> None:
    theme.switch(mode)
    window = page(theme)
    qtbot.addWidget(window)
    window.show()
    ours = [
        widget
        for widget in window.findChildren(QWidget)
        if type(widget).__module__.startswith("pos.") and widget.isVisible()
    ]
    nameless = [
        widget
        for widget in ours
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.focusProxy() and not widget.accessibleName()
    ]
    assert len(ours) > 100
    assert nameless == []
    assert all(
        label.textFormat() is Qt.TextFormat.PlainText
        for label in window.findChildren(QLabel)
        if isinstance(label, TextLabel)
    )
    assert window.grab().save(str(tmp_path / "page.png"))
    theme.switch(Mode.LIGHT)


def test_what_is_pressed_is_large_enough_for_a_finger(theme: Theme, qtbot: QtBot) -> None:
    window = page(theme)
    qtbot.addWidget(window)
    window.show()
    small = {
        (type(button).__name__, button.text(), button.height())
        for button in window.findChildren(DrawnButton)
        if button.focusPolicy() & Qt.FocusPolicy.TabFocus and button.height() < 44
    }
    # Segments lie in a 44 px bar; key hints are the strip's second way beside the keys themselves.
    assert {name for name, _, _ in small} <= {"SegmentButton", "KeyHint"}
