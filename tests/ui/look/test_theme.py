"""The look: every text can be read on its ground, every name exists, and light becomes dark at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QFile
from PySide6.QtGui import QColor, QFontMetrics, QIcon, QPalette, QRawFont
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from pos.domain.catalogue.category import LEAVES
from pos.domain.catalogue.quick_keys import COLOURS
from pos.domain.errors import InfrastructureError
from pos.ui.look.icons import category_icon
from pos.ui.look.theme import FAMILY, Mode, Theme, Type

RESOURCES = Path(__file__).parents[3] / "resources"
TEXT_ON_GROUND = [
    *((text, ground) for text in ("text", "muted", "accent") for ground in ("surface", "ground", "sunken")),
    *((text, "accent_soft") for text in ("text", "muted", "accent")),
    ("accent_text", "accent"),
    ("accent_text", "accent_hover"),
    *((text, f"{state}_soft") for state in ("within", "nearly", "over") for text in ("text", "muted", state)),
    *((state, ground) for state in ("within", "nearly", "over") for ground in ("surface", "ground", "accent_soft")),
    ("surface", "text"),
    *(("text", f"key_{colour}") for colour in COLOURS),
]  # fmt: skip
LEAST = {Mode.LIGHT: 4.5, Mode.DARK: 4.5, Mode.CONTRAST: 7.0}


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp, RESOURCES)


def luminance(colour: QColor) -> float:
    """Relative luminance of WCAG 2."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio of WCAG 2: from 1 to 21."""
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_every_text_can_be_read_on_each_ground_it_stands_on(theme: Theme, mode: Mode, text: str, ground: str) -> None:
    theme.switch(mode)
    assert contrast(theme.colour(text), theme.colour(ground)) >= LEAST[mode]


@pytest.mark.parametrize("mode", Mode)
def test_a_till_in_training_can_be_read_as_well_and_has_another_accent(
    qapp: QApplication, theme: Theme, mode: Mode
) -> None:
    theme.switch(mode)
    training = Theme(qapp, RESOURCES, mode, training=True)

    pairs = [(training.colour(text), training.colour(ground)) for text, ground in TEXT_ON_GROUND]
    assert [round(contrast(*pair), 2) for pair in pairs if contrast(*pair) < LEAST[mode]] == []
    assert training.colour("accent") != theme.colour("accent")
    assert training._colours[mode].keys() == theme._colours[mode].keys()


@pytest.mark.parametrize("mode", Mode)
def test_what_is_off_can_still_be_read_and_is_not_taken_for_what_is_on(theme: Theme, mode: Mode) -> None:
    theme.switch(mode)
    off = theme.colour("off")
    assert all(contrast(off, theme.colour(ground)) >= 3 for ground in ("surface", "ground", "sunken"))
    assert contrast(off, theme.colour("surface")) < contrast(theme.colour("muted"), theme.colour("surface"))


@pytest.mark.parametrize("mode", Mode)
def test_the_focus_can_be_seen_on_every_ground(theme: Theme, mode: Mode) -> None:
    theme.switch(mode)
    grounds = ("surface", "ground", "sunken", *(f"key_{colour}" for colour in COLOURS))
    assert all(contrast(theme.colour("focus"), theme.colour(ground)) >= 3 for ground in grounds)


def test_all_themes_have_the_same_names(theme: Theme) -> None:
    assert len({frozenset(theme._colours[mode]) for mode in Mode}) == 1
    assert all(colour.isValid() for colours in theme._colours.values() for colour in colours.values())


def test_the_style_sheet_names_tokens_and_never_a_colour() -> None:
    rules = (RESOURCES / "theme" / "border.qss").read_text(encoding="utf-8")
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|\b(?:white|black|red|gray|grey)\b", rules)


def test_no_widget_names_a_colour_of_its_own() -> None:
    code = list((RESOURCES.parent / "pos" / "ui").rglob("*.py"))
    named = re.compile(r"""["']#[0-9a-fA-F]{3,8}["']|GlobalColor\.(?!transparent)""")
    assert [path.name for path in code if named.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("mode", Mode)
def test_every_name_in_the_style_sheet_becomes_a_colour_or_a_picture(theme: Theme, mode: Mode) -> None:
    theme.switch(mode)
    sheet = theme.style_sheet()
    pictures = re.findall(r'url\("([^"]+)"\)', sheet)
    assert "@" not in sheet
    assert pictures
    assert all("currentColor" not in drawn(picture) for picture in pictures)


def drawn(picture: str) -> str:
    """What a style sheet finds at the path of a picture."""
    file = QFile(picture)
    assert file.open(QFile.OpenModeFlag.ReadOnly)
    return file.readAll().toStdString()


def test_a_picture_of_the_style_sheet_has_the_colour_of_the_mode(theme: Theme) -> None:
    for mode in Mode:
        theme.switch(mode)
        picture = re.findall(r'url\("([^"]+)"\)', theme.style_sheet())[0]
        pixmap = QIcon(picture).pixmap(48, 48)
        image = pixmap.toImage()
        colours = {
            image.pixelColor(x, y).name() for x in range(48) for y in range(48) if image.pixelColor(x, y).alpha() == 255
        }
        assert theme.colour("muted").name() in colours


def test_nothing_is_written_for_the_look_so_nothing_is_left_behind(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("TMPDIR", "XDG_CACHE_HOME", "HOME"):
        monkeypatch.setenv(variable, str(tmp_path))
    theme = Theme(qapp, RESOURCES)
    for mode in Mode:
        theme.switch(mode)
        theme.style_sheet()
    assert list(tmp_path.rglob("*")) == []


def test_dark_comes_at_once_and_says_so(theme: Theme, qapp: QApplication, qtbot: QtBot) -> None:
    window = QWidget()
    label = QLabel("¥ 1,283.00", window)
    qtbot.addWidget(window)
    theme.dress(window)
    window.show()
    with qtbot.waitSignal(theme.changed):
        theme.toggle()
    assert theme.mode is Mode.DARK
    assert label.palette().color(QPalette.ColorRole.WindowText) == theme.colour("text")
    assert qapp.palette().color(QPalette.ColorRole.Window) == theme.colour("ground")
    theme.switch(Mode.LIGHT)
    assert label.palette().color(QPalette.ColorRole.WindowText) == theme.colour("text")


def test_what_no_one_sees_is_dressed_a_part_a_turn_or_when_it_is_shown(theme: Theme, qtbot: QtBot) -> None:
    seen, opened, later = parts = QWidget(), QWidget(), QWidget()
    for part in parts:
        qtbot.addWidget(part)
        theme.dress(part)
    seen.show()
    before = theme.style_sheet()

    theme.toggle()

    assert [part.styleSheet() == theme.style_sheet() for part in parts] == [True, False, False]
    opened.show()
    assert (opened.styleSheet(), later.styleSheet()) == (theme.style_sheet(), before)
    qtbot.waitUntil(lambda: later.styleSheet() == theme.style_sheet())


def test_there_and_back_before_anyone_looks_leaves_every_part_in_the_colours_of_the_moment(
    theme: Theme, qtbot: QtBot
) -> None:
    parts, gone = [QWidget(), QWidget()], QWidget()
    for part in parts:
        qtbot.addWidget(part)
    for part in (gone, *parts):
        theme.dress(part)
    theme.toggle()
    delete(gone)
    theme.toggle()
    theme.toggle()
    qtbot.waitUntil(lambda: all(part.styleSheet() == theme.style_sheet() for part in parts) and not theme._old)


def test_switching_to_the_mode_that_is_on_changes_nothing(theme: Theme, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(theme.changed):
        theme.switch(theme.mode)


def test_a_missing_resource_is_named(qapp: QApplication, tmp_path: Path) -> None:
    with pytest.raises(InfrastructureError) as trouble:
        Theme(qapp, tmp_path)
    assert trouble.value.what == "resource_missing"
    assert str(tmp_path) in trouble.value.where


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_the_font_has_the_letters_of_four_languages_and_the_symbols_of_five_currencies(weight: str) -> None:
    face = QRawFont(str(RESOURCES / "fonts" / f"BorderSans-{weight}.ttf"), 15)
    assert face.familyName() == FAMILY
    needed = "Aa Яя ӘҒҚҢӨҰҮҺІәғқңөұүһі 合计霍尔果斯 镕喆犇 ¥₸$€₽ ★•·–—−×…\u00a0\u202f"
    assert [letter for letter in needed if not face.supportsCharacter(ord(letter))] == []


@pytest.mark.parametrize("bold", [False, True])
def test_figures_stand_under_each_other(theme: Theme, bold: bool) -> None:
    metrics = QFontMetrics(theme.font(Type.TOTAL, bold=bold))
    assert len({metrics.horizontalAdvance(digit * 10) for digit in "0123456789"}) == 1


@pytest.mark.parametrize("leaf", LEAVES)
def test_every_category_of_goods_has_a_picture(theme: Theme, leaf: str) -> None:
    assert not theme.icons.pixmap(category_icon(leaf), "muted", 20).isNull()


def test_goods_of_a_new_branch_get_the_parcel() -> None:
    assert category_icon("fireworks.rocket") == "package"
    assert category_icon("food.insects") == category_icon("food")


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_an_icon_is_drawn_for_the_screen_and_kept(theme: Theme, ratio: float) -> None:
    picture = theme.icons.pixmap("wine", "accent", 24, ratio)
    assert picture.width() == round(24 * ratio)
    assert picture.devicePixelRatio() == ratio
    assert theme.icons.pixmap("wine", "accent", 24, ratio).cacheKey() == picture.cacheKey()


def test_an_icon_takes_the_colour_of_its_theme(theme: Theme) -> None:
    def darkest() -> set[str]:
        image = theme.icons.pixmap("minus", "accent", 96).toImage()
        return {
            image.pixelColor(x, y).name() for x in range(96) for y in range(96) if image.pixelColor(x, y).alpha() > 250
        }

    light = theme.colour("accent").name()
    assert darkest() == {light}
    theme.toggle()
    assert darkest() == {theme.colour("accent").name()} != {light}


def test_an_unknown_icon_is_trouble_with_its_name(theme: Theme) -> None:
    with pytest.raises(InfrastructureError, match="no-such-icon"):
        theme.icons.pixmap("no-such-icon", "text")


def test_every_icon_can_be_drawn(theme: Theme) -> None:
    names = [path.stem for path in (RESOURCES / "icons").glob("*.svg")]
    blank = [name for name in names if theme.icons.pixmap(name, "text", 16).toImage().pixelColor(8, 8) is None]
    assert len(names) > 100
    assert blank == []
