"""The look of the window: named colours, type sizes, measures, fonts, and the switch between its three themes."""

from __future__ import annotations

import re
import tomllib
from enum import IntEnum, StrEnum
from functools import cache
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget
from shiboken6 import isValid

from pos.domain.errors import InfrastructureError
from pos.ui.look.event_loop import call_soon
from pos.ui.look.icons import Icons
from pos.ui.look.memory_files import memory_file

FAMILY = "Border Sans"
_HAS_FONTS = "has Border Sans"
_FONT_FILES = ("BorderSans-Regular.ttf", "BorderSans-Bold.ttf")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ICON_NAME = re.compile(r"@icon\(([a-z0-9-]+), *([a-z0-9_]+)\)")
_TOKEN_NAME = re.compile(r"@([a-z][a-z0-9_]*)")


class Mode(StrEnum):
    """The three themes."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"

    @property
    def following(self) -> Mode:
        """The theme to which the button of the window leads from this one."""
        modes = list(Mode)
        return modes[(modes.index(self) + 1) % len(modes)]


class Space(IntEnum):
    """Distances on the 4/8 px grid: between words, between buttons, between cards, inside panels."""

    XS = 4
    S = 8
    M = 16
    L = 24


class Type(IntEnum):
    """Type sizes in pixels."""

    KEY = 12
    LABEL = 13
    BODY = 15
    TITLE = 18
    SECTION = 24
    TOTAL = 44
    CHANGE = 80


class Size(IntEnum):
    """Fixed measures in pixels."""

    RADIUS = 6
    KEY_RADIUS = 4
    RAIL = 88
    STATUS_LINE = 48
    BOTTOM_BAR = 104
    VISITOR_PANEL = 400
    ROW = 56
    TABLE_ROW = 44
    HEADER = 32
    BUTTON = 48
    SMALL_BUTTON = 44
    FIELD = 56
    PRIMARY = 64
    THUMBNAIL = 40
    KEY_CAP = 22


class Theme(QObject):
    """Gives the application its colours in one of its modes, styles its windows, and changes all at once.

    Widgets that draw themselves ask `colour`, `font` and `icons` while painting, so they need no signal: the new
    palette repaints them. `changed` is for those that cache pictures or colours (charts, QIcons). A till in training
    has another accent.
    """

    changed = Signal()

    def __init__(self, app: QApplication, resources: Path, mode: Mode = Mode.LIGHT, *, training: bool = False) -> None:
        super().__init__()
        self._app = app
        self._colours = _read_tokens(resources / "theme" / "tokens.toml", training=training)
        self._rules = _COMMENT.sub("", _read(resources / "theme" / "border.qss"))
        self._rules_of = {Mode.CONTRAST: _COMMENT.sub("", _read(resources / "theme" / "contrast.qss"))}
        self._sheets: dict[Mode, str] = {}
        self._mode = mode
        self.icons = Icons(resources / "icons", self.colour)
        _load_fonts(resources / "fonts")
        app.setStyle(QStyleFactory.create("Fusion"))
        app.setFont(self.font())
        self._parts: list[QWidget] = []
        self._old: list[QObject] = []
        """Hidden parts that still have the previous colours."""
        self._app.setPalette(self._palette())

    @property
    def mode(self) -> Mode:
        """The current mode."""
        return self._mode

    def switch(self, mode: Mode) -> None:
        """Change to `mode`: visible parts at once, hidden ones one a turn, at the latest when they are shown."""
        if mode is self._mode:
            return
        self._mode = mode
        # The platform's own dark mode is not used: it does nothing on bare X11 or without a desktop.
        self._app.setPalette(self._palette())
        self._parts = [part for part in self._parts if isValid(part)]
        sheet, is_under_way = self.style_sheet(), bool(self._old)
        for part in self._parts:
            if part.isVisible():
                self._put(part, sheet)
            elif part not in self._old:
                self._old.append(part)
                part.installEventFilter(self)
        self.changed.emit()
        if not is_under_way:
            call_soon(self, self._dress_next)

    def dress(self, part: QWidget) -> None:
        """Apply the style sheet to a window, or to a part of one such as a page, with all present and future children,
        now and whenever the mode changes.

        The application itself has no style sheet: with one, Qt styles every part of a page again each time it is put
        into another, and a page is put together from the inside out. It took two thirds of the time of building it. A
        window with many pages has none either: Qt would style all of them in one turn.
        """
        self._parts.append(part)
        part.setStyleSheet(self.style_sheet())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A part in the previous colours is styled before it is visible."""
        if event.type() == QEvent.Type.Show and watched in self._old:
            self._put(watched, self.style_sheet())
        return False

    def _dress_next(self) -> None:
        """Style one hidden part."""
        self._old = [part for part in self._old if isValid(part)]
        if self._old:
            self._put(self._old[0], self.style_sheet())
            call_soon(self, self._dress_next)

    def _put(self, part: QObject, sheet: str) -> None:
        if part in self._old:
            self._old.remove(part)
            part.removeEventFilter(self)
        if isinstance(part, QWidget):
            part.setStyleSheet(sheet)

    def toggle(self) -> None:
        """Change to the mode that follows."""
        self.switch(self._mode.following)

    @property
    def is_high_contrast(self) -> bool:
        """Whether every button has a border, and the focus is seen from afar."""
        return self._mode is Mode.CONTRAST

    @property
    def focus_width(self) -> int:
        """Width of the line round what has the focus, in pixels."""
        return 3 if self.is_high_contrast else 2

    def colour(self, token: str) -> QColor:
        """The colour named `token` in the current mode; KeyError for an unknown name."""
        return self._colours[self._mode][token]

    def font(self, size: int = Type.BODY, *, bold: bool = False) -> QFont:
        """The program's font in `size` pixels; without hinting, so that it is the same on every system."""
        return QFont(_font(int(size), bold))  # a copy: the caller may change it

    def style_sheet(self) -> str:
        """The rules with the colours of the mode in place of the names."""
        if self._mode not in self._sheets:
            rules = self._rules + self._rules_of.get(self._mode, "")
            rules = _ICON_NAME.sub(lambda match: self._tinted_file(match[1], match[2]), rules)
            self._sheets[self._mode] = _TOKEN_NAME.sub(lambda match: self.colour(match[1]).name(), rules)
        return self._sheets[self._mode]

    def _palette(self) -> QPalette:
        role, group = QPalette.ColorRole, QPalette.ColorGroup
        palette = QPalette()
        for which, token in {
            role.Window: "ground", role.WindowText: "text", role.Base: "surface", role.AlternateBase: "sunken",
            role.Text: "text", role.Button: "surface", role.ButtonText: "text", role.BrightText: "over",
            role.Highlight: "accent", role.HighlightedText: "accent_text", role.Accent: "accent",
            role.PlaceholderText: "muted", role.ToolTipBase: "text", role.ToolTipText: "surface",
            role.Link: "accent", role.LinkVisited: "accent", role.Light: "surface", role.Midlight: "sunken",
            role.Mid: "line", role.Dark: "line_strong", role.Shadow: "line_strong",
        }.items():  # fmt: skip
            palette.setColor(which, self.colour(token))
        for which in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(group.Disabled, which, self.colour("muted"))
        palette.setColor(group.Disabled, role.Highlight, self.colour("line_strong"))
        return palette

    def _tinted_file(self, name: str, token: str) -> str:
        """A picture for style sheets, which take files only: one for each colour, because Qt caches what it has
        read.
        """
        return f'url("{memory_file(self.icons.svg(name, token).encode(), "svg")}")'


def preferred_mode(app: QApplication) -> Mode:
    """The mode of the whole desktop; light if there is no desktop to ask."""
    return Mode.DARK if app.styleHints().colorScheme() is Qt.ColorScheme.Dark else Mode.LIGHT


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise InfrastructureError("resource_missing", str(path), str(error)) from error


@cache
def _read_tokens(path: Path, *, training: bool) -> dict[Mode, dict[str, QColor]]:
    tables = tomllib.loads(_read(path))
    instead = tables["training"] if training else {}
    return {
        mode: {name: QColor(value) for name, value in {**tables[mode], **instead.get(mode, {})}.items()}
        for mode in Mode
    }


def _load_fonts(folder: Path) -> None:
    app = QApplication.instance()
    assert app is not None, "fonts belong to the application"
    if app.property(_HAS_FONTS):  # asking Qt for its families would make it read every font of the machine
        return
    app.setProperty(_HAS_FONTS, True)  # also if one is missing: that is reported, in the machine's own font
    for name in _FONT_FILES:
        if QFontDatabase.addApplicationFont(str(folder / name)) < 0:
            raise InfrastructureError("resource_missing", str(folder / name))


@cache
def _font(size: int, bold: bool) -> QFont:
    font = QFont(FAMILY)
    font.setPixelSize(size)
    font.setBold(bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
