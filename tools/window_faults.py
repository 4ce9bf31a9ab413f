"""What is wrong with what a window shows: words in another language, words of none, names that lack, text cut off."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
    QWidget,
)

from pos.ui.reports.share_rows import ShareRows
from tools.marked_words import languages_of, plain, unsaid
from tools.window_look import Look, cut_by, ground_of, in_window, seen

FINGER = 44
"""Pixels that a finger needs."""
READABLE, OFF = 4.5, 3.0
READABLE_IN_HIGH_CONTRAST = 7.0
"""Contrast of a text, and of one that is off."""

_LETTERS = re.compile(r"[^\W\d_]{2,}")
_HOLDS_DATA = re.compile(r"\w")
"""A line that names goods or a sum may be shortened: their length is not ours, and the whole stands beside it."""
_CODE = re.compile(r"\S*[\d/\\•_…]\S*|\w+[.:@]\w\S*")
"""A number, a path, a file or a masked document: no language has words for it."""
_FIELDS = (QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit)
IsData = Callable[[str, str], bool]


def wrong_words(look: Look, language: str, is_data: IsData) -> Iterator[str]:
    """Texts of another language than the one on show, and words that are neither the program's nor data.

    A painter may draw a text in several lines, broken within a word: what it draws is held against the texts of the
    widgets, each of which is looked at whole.
    """
    whole = " ".join(plain(text.text) for text in look.texts).casefold()
    for who, what, text in _all_texts(look):
        others = languages_of(text) - {language}
        if others:
            yield f"still in {'/'.join(sorted(others))}: {who} {what}: {plain(text)!r}"
        strange = [word for word in _LETTERS.findall(_CODE.sub(" ", unsaid(text))) if not is_data(word, language)]
        if what == "drawn":
            strange = [word for word in strange if word.casefold() not in whole]
        if strange:
            yield f"from no words: {who} {what}: {plain(text)!r} ({', '.join(strange)})"


def cut_off(look: Look) -> Iterator[str]:
    """Words of the program that do not fit into their room."""
    for text in look.texts:
        if text.lacks > 1 and languages_of(text.text):
            yield f"lacks {text.lacks} px: {_who(text.widget)} {text.what}: {plain(text.text)!r}"
    for drawn in look.drawn:
        if drawn.lacks > 0 and languages_of(drawn.text) and not _HOLDS_DATA.search(unsaid(drawn.text)):
            yield f"lacks {drawn.lacks} px: drawn: {plain(drawn.text)!r}"


def sticking_out(window: QWidget) -> Iterator[str]:
    """Words and controls that their holder cuts."""
    for widget in seen(window):
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit | QComboBox):
            holder = cut_by(widget)
            if holder is not None and not isinstance(holder, QAbstractSpinBox | QComboBox):
                yield f"cut by {_who(holder)}: {_who(widget)} {in_window(widget).getRect()}"


def nameless(window: QWidget, language: str, is_data: IsData) -> Iterator[str]:
    """Controls of which a screen reader could say nothing, or nothing in the language on show."""
    for widget in controls(window):
        interface = QAccessible.queryAccessibleInterface(widget)
        name = interface.text(QAccessible.Text.Name)
        if not plain(name).strip():
            yield f"no name: {_who(widget)}"
        elif any(not is_data(word, language) for word in _LETTERS.findall(_CODE.sub(" ", unsaid(name)))):
            yield f"a name that is no word: {_who(widget)} {plain(name)!r}"


def too_small(window: QWidget) -> Iterator[str]:
    """What can be pressed and has no room for a finger: controls, fields that draw themselves, rows of lists."""
    for widget in controls(window):
        if not _is_pressed(widget):
            continue
        for part, room in _pressed_in(widget):
            if min(room.width(), room.height()) < FINGER:
                yield f"{room.width()} × {room.height()} px: {_who(widget)}{part} {plain(widget.accessibleName())!r}"


def _pressed_in(widget: QWidget) -> Iterator[tuple[str, QRect]]:
    """What is pressed of a widget, and how large it is."""
    if isinstance(widget, QAbstractItemView):
        yield from _rows_in(widget)
    elif isinstance(widget, ShareRows):
        yield " row", QRect(0, 0, widget.width(), widget.row_height)
    elif not isinstance(widget, QAbstractScrollArea):
        yield "", _touched(widget)


def _rows_in(view: QAbstractItemView) -> Iterator[tuple[str, QRect]]:
    rows = view.model()
    for index in range(rows.rowCount()):
        row = view.visualRect(rows.index(index, 0))
        if row.top() > view.viewport().height():
            return
        if row.bottom() >= 0:
            yield " row", QRect(0, 0, view.viewport().width(), row.height())


def hard_to_read(look: Look, least: float = READABLE) -> Iterator[str]:
    """Texts whose colour is too near to that of what they stand on: below `least`, or OFF for what is off."""
    picture = look.picture
    if picture is None:
        return
    for text in look.texts:
        widget = text.widget
        if isinstance(widget, QLabel) and text.what == "text":
            where = in_window(widget)
            if cut_by(widget) is None and widget.visibleRegion().boundingRect() == widget.rect():
                ink = widget.palette().windowText().color()
                yield from _judged(picture, where, ink, text.text, least if widget.isEnabled() else OFF)
    for drawn in look.drawn:
        yield from _judged(picture, drawn.where, drawn.ink, drawn.text, OFF if drawn.off else least)


def _judged(picture: object, where: QRect, ink: QColor, text: str, least: float) -> Iterator[str]:
    ground = ground_of(picture, where) if where.isValid() else None  # type: ignore[arg-type] # a QImage
    if ground is None or ground == ink or ink.alpha() < 255:
        return
    has = contrast(ink, ground)
    if has < least:
        yield f"{has:.1f} : 1 {ink.name()} on {ground.name()}: {plain(text)!r}"


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio of WCAG 2: from 1 to 21."""
    dark, bright = sorted((_luminance(one), _luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def controls(window: QWidget) -> list[QWidget]:
    """What takes the focus or a press."""
    return [
        widget
        for widget in seen(window)
        if not isinstance(widget, QScrollBar)
        and not widget.objectName().startswith("qt_")
        and not isinstance(widget.parentWidget(), QComboBox | QAbstractSpinBox)
        and (isinstance(widget, QAbstractButton | QTabBar) or widget.focusPolicy() != Qt.FocusPolicy.NoFocus)
    ]


def tab_ring(window: QWidget) -> list[QWidget]:
    """Where Tab goes, one after another, from the first one on."""
    ring: list[QWidget] = []
    here = window.nextInFocusChain()
    while here is not None and here is not window:
        if _takes_tab(here) and here.window() is window:
            ring.append(here)
        here = here.nextInFocusChain()
    return ring


def out_of_order(ring: Iterable[QWidget]) -> Iterator[str]:
    """Steps of Tab that lead up within a column, or back within a row."""
    for one, other in pairwise(ring):
        if one.visibleRegion().isEmpty() or other.visibleRegion().isEmpty():
            continue  # it is scrolled into view when Tab comes there
        here, there = in_window(one), in_window(other)
        up = there.bottom() <= here.top() and there.left() <= here.right() and there.right() >= here.left()
        middle = there.center().y()
        back = here.top() <= middle <= here.bottom() and there.right() <= here.left()
        if up or back:
            yield f"{'up' if up else 'back'}: {_who(one)} {_named(one)} → {_who(other)} {_named(other)}"


def _takes_tab(widget: QWidget) -> bool:
    return (
        widget.isVisible()
        and widget.isEnabled()
        and widget.focusProxy() is None
        and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and not widget.isWindow()
    )


def _is_pressed(widget: QWidget) -> bool:
    """Whether a press does something: pictures of what to hand out let it through."""
    return widget.isEnabled() and not widget.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def _touched(widget: QWidget) -> QRect:
    """The room that a press of a widget has: a bare field has that of its frame."""
    holder = widget.parentWidget()
    is_framed = isinstance(widget, QLineEdit) and widget.property("bare") and holder is not None
    return holder.rect() if is_framed and holder is not None else widget.rect()


def _all_texts(look: Look) -> Iterator[tuple[str, str, str]]:
    for text in look.texts:
        yield _who(text.widget), text.what, text.text
    for drawn in look.drawn:
        yield "painter", "drawn", drawn.text


def _who(widget: QWidget | None) -> str:
    if widget is None:
        return "?"
    holder = widget.parentWidget()
    return f"{type(holder).__name__}/{type(widget).__name__}"


def _named(widget: QWidget) -> str:
    return repr(plain(widget.accessibleName())[:40])
