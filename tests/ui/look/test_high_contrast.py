"""The theme of high contrast: 7 : 1 for every pair of text and ground in use, borders on buttons, a focus of 3 px."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from pos.ui.look.theme import Mode, Theme
from pos.ui.session.till_state import THEMES
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.buttons.rail import RailButton, RailItem
from pos.ui.widgets.drawing.tone import Tone
from tests.ui.at_the_counter import Hand, close_till, open_till
from tools.window_faults import READABLE_IN_HIGH_CONTRAST, contrast, hard_to_read
from tools.window_look import Painters, look_at

ROOT = Path(__file__).parents[3]
RESOURCES = ROOT / "resources"
GROUNDS = ("surface", "ground", "sunken", "accent_soft")
"""On one of these stands what has no fill of its own."""
OFF = {"off"}
"""Ink of what cannot be pressed now."""


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp, RESOURCES, Mode.CONTRAST)


def pairs_of_the_code() -> set[tuple[str, str]]:
    """Ink and fill of every Look that a drawn button may have, and of every tone."""
    pairs = {(tone.ink, tone.ground) for tone in Tone}
    for path in (ROOT / "pos" / "ui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_look = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Look"
            if is_look and len(node.args) >= 3:  # type: ignore[attr-defined] # a Call
                fill, _, ink = (_texts(arg) for arg in node.args[:3])  # type: ignore[attr-defined] # a Call
                pairs |= set(product(ink, fill))
    return {(ink, each) for ink, fill in pairs for each in ((fill,) if fill else GROUNDS)}


def _texts(node: ast.expr) -> set[str]:
    """The texts that an argument may be; none where it is computed."""
    return {one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)}


def pairs_of_the_sheet() -> set[tuple[str, str]]:
    """Words and ground of every rule of the style sheets that names either."""
    pairs = set()
    for name in ("border.qss", "contrast.qss"):
        rules = re.sub(r"/\*.*?\*/", "", (RESOURCES / "theme" / name).read_text(encoding="utf-8"), flags=re.DOTALL)
        for block in re.findall(r"\{([^}]*)\}", rules):
            for ink_name, ground_name in (
                ("color", "background"), ("selection-color", "selection-background-color"),
                ("placeholder-text-color", "background"),
            ):  # fmt: skip
                ink = re.search(rf"(?<![\w-]){ink_name}: *@(\w+)", block)
                ground = re.search(rf"(?<![\w-]){ground_name}: *@(\w+)", block)
                if ink is not None:
                    grounds = (
                        (ground[1],) if ground is not None else ("accent",) if ink[1] == "accent_text" else GROUNDS
                    )
                    pairs |= {(ink[1], each) for each in grounds}
    return pairs


def test_every_pair_of_words_and_ground_in_use_is_seven_to_one(theme: Theme, qapp: QApplication) -> None:
    pairs = pairs_of_the_code() | pairs_of_the_sheet()
    assert len(pairs) > 30
    for one in (theme, Theme(qapp, RESOURCES, Mode.CONTRAST, training=True)):
        ratios = {
            pair: round(contrast(one.colour(pair[0]), one.colour(pair[1])), 2) for pair in pairs if pair[0] not in OFF
        }
        assert {pair: ratio for pair, ratio in ratios.items() if ratio < READABLE_IN_HIGH_CONTRAST} == {}
    assert contrast(theme.colour("muted"), theme.colour("nearly_soft")) > 12  # the label of a field in a warning


def test_what_is_off_is_paler_and_can_still_be_read(theme: Theme, qtbot: QtBot) -> None:
    ratios = [contrast(theme.colour("off"), theme.colour(ground)) for ground in ("surface", "ground", "sunken")]
    assert min(ratios) >= 4.5
    off, on = IconButton(theme, "Pay"), IconButton(theme, "Pay")
    off.setEnabled(False)
    top = [shown(button, qtbot) for button in (off, on)]
    edges = [{image.pixelColor(x, 0).name() for x in range(12, 148)} for image in top]
    assert len(edges[0]) > len(edges[1]) == 1  # dashed


def test_borders_and_focus_are_seen_on_every_ground(theme: Theme, qapp: QApplication) -> None:
    grounds = (*GROUNDS, *(name for name in theme._colours[Mode.CONTRAST] if name.startswith("key_")))
    for one in (theme, Theme(qapp, RESOURCES, Mode.CONTRAST, training=True)):
        lines = {
            (line, ground): round(contrast(one.colour(line), one.colour(ground)), 2)
            for line in ("line", "line_strong", "focus")
            for ground in grounds
        }
        assert {pair: ratio for pair, ratio in lines.items() if ratio < 4.5} == {}
        charts = [contrast(one.colour(f"chart_{shade}"), one.colour("surface")) for shade in range(1, 6)]
        assert min(charts) >= 3
        assert charts == sorted(charts, reverse=True)


def shown(button: QWidget, qtbot: QtBot) -> QImage:
    qtbot.addWidget(button)
    button.resize(160, 48)
    button.show()
    return button.grab().toImage()


def edge(image: QImage) -> list[str]:
    """The colours from the middle of the left edge inwards, each once."""
    row = [image.pixelColor(x, image.height() // 2).name() for x in range(8)]
    return [name for index, name in enumerate(row) if index == 0 or row[index - 1] != name]


@pytest.mark.parametrize("kind", ButtonKind)
def test_every_kind_of_button_has_a_border(theme: Theme, qtbot: QtBot, kind: ButtonKind) -> None:
    image = shown(IconButton(theme, "Pay", kind=kind), qtbot)
    border = QColor(edge(image)[0])
    inside = image.pixelColor(6, image.height() // 2)
    if kind is ButtonKind.PRIMARY:  # its fill is as dark as a border
        assert contrast(border, theme.colour("surface")) >= READABLE_IN_HIGH_CONTRAST
    elif kind is not ButtonKind.DASHED:  # the middle of its edge may be a gap
        assert contrast(border, inside) >= 3


@pytest.mark.parametrize(("mode", "has_line"), [(Mode.LIGHT, False), (Mode.DARK, False), (Mode.CONTRAST, True)])
def test_an_item_of_the_rail_has_a_line_round_it_in_high_contrast_alone(
    theme: Theme, qtbot: QtBot, mode: Mode, has_line: bool
) -> None:
    theme.switch(mode)
    holder = QWidget()
    theme.dress(holder)
    item = RailButton(theme, RailItem("parked", "pause", "Parked"), holder)
    qtbot.addWidget(holder)
    holder.resize(160, 160)
    holder.show()
    assert (len(edge(item.grab().toImage())) > 1) is has_line


@pytest.mark.parametrize(("mode", "wide"), [(Mode.LIGHT, 2), (Mode.DARK, 2), (Mode.CONTRAST, 3)])
def test_the_focus_is_three_pixels_wide(theme: Theme, qtbot: QtBot, mode: Mode, wide: int) -> None:
    theme.switch(mode)
    holder = QWidget()
    theme.dress(holder)
    button, field = IconButton(theme, "Pay", parent=holder), QLineEdit(holder)
    button.setGeometry(10, 10, 160, 48)
    field.setGeometry(10, 80, 160, 44)
    qtbot.addWidget(holder)
    holder.resize(200, 140)
    holder.show()
    holder.activateWindow()
    for widget in (button, field):
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.waitUntil(widget.hasFocus)
        image = widget.grab().toImage()
        row = [image.pixelColor(x, image.height() // 2).name() for x in range(8)]
        assert row.count(theme.colour("focus").name()) == wide, row


def test_the_button_of_the_window_leads_through_all_three(theme: Theme) -> None:
    theme.switch(Mode.LIGHT)
    seen = []
    for _ in Mode:
        theme.toggle()
        seen.append(theme.mode)
    assert seen == [Mode.DARK, Mode.CONTRAST, Mode.LIGHT]


def test_a_till_remembers_each_of_them() -> None:
    assert tuple(THEMES) == tuple(mode.value for mode in Mode)


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    opened = open_till(qapp, qtbot, tmp_path)
    yield opened
    close_till(opened)


def test_all_that_a_sale_shows_can_be_read_at_seven_to_one(hand: Hand) -> None:
    painters = Painters()
    faults: list[str] = []

    def look(stop: str) -> None:
        hand.wait()
        found = hard_to_read(look_at(hand.till.window, painters), READABLE_IN_HIGH_CONTRAST)
        faults.extend(f"{stop}: {fault}" for fault in found)

    with painters.listening():
        hand.till.theme.switch(Mode.CONTRAST)
        look("empty")
        hand.show_passport()
        for code in (hand.goods("food.sweets").code, *(hand.goods("tobacco.cigarette", at).code for at in range(4))):
            hand.scan(code)
        look("over")
        hand.press(Qt.Key.Key_F5)
        hand.type("50")
        hand.press(Qt.Key.Key_Return)
        look("refused")
        hand.checkout.page.news.action_pressed.emit()
        hand.wait(50)
        look("approval")
        hand.press(Qt.Key.Key_Escape)
        hand.press(Qt.Key.Key_F3)
        look("document")
        hand.press(Qt.Key.Key_Escape)
        while len(hand.view.lines) > 1:
            hand.press(Qt.Key.Key_F6)
        hand.open_payment()
        look("payment")

    assert hand.screen_id == "payment"
    assert faults == []
