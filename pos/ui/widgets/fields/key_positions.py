"""The US character of a key by its position: independent of the keyboard layout."""

from __future__ import annotations

import sys
import unicodedata

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

GS = "\x1d"

# Scan code set 1, as Windows reports it; evdev numbers the main block alike, and X11 and Wayland add 8.
_ROWS = (
    (0x02, "1234567890-=", "!@#$%^&*()_+"),
    (0x10, "qwertyuiop[]", "QWERTYUIOP{}"),
    (0x1E, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    (0x2B, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    (0x39, " ", " "),
    (0x56, "<", ">"),
)
_CHARS = {
    start + scan_code: (low, high)
    for start, lows, highs in _ROWS
    for scan_code, (low, high) in enumerate(zip(lows, highs))
}
_KEYPAD = dict(zip((0x37, *range(0x47, 0x54)), "*789-456+1230.", strict=True))
_KEYPAD_SLASH = (98, 0x135)
ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
"""Enter of the main block and of the keypad."""
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_MODIFIERS = frozenset(
    {
        Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta, Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock, Qt.Key.Key_Super_L, Qt.Key.Key_Super_R,
    }
)  # fmt: skip

# Letters of the Russian layout, and the digit row of the Kazakh one, for keys that arrive without a position (remote
# desktops, key injectors).
_BY_LETTER = dict(zip("йцукенгшщзхъфывапролджэячсмитьбюё", "qwertyuiop[]asdfghjkl;'zxcvbnm,.`", strict=True)) | dict(
    zip("әіңғүұқөһ", "2345890-=", strict=True)
)

# Punctuation that Chinese input methods produce for a US key.
_CHINESE = {"《": "<", "》": ">", "〈": "<", "〉": ">", "。": ".", "、": "/", "·": "`", "—": "_", "￥": "$", "“": '"',
            "”": '"', "‘": "'", "’": "'", "【": "[", "】": "]", "「": "{", "」": "}"}  # fmt: skip


def is_modifier(event: QKeyEvent) -> bool:
    """Whether the key types nothing by itself and only modifies others."""
    return Qt.Key(event.key()) in _MODIFIERS


def char_of(event: QKeyEvent, platform: str = sys.platform) -> str:
    """The US character at the key's position, with Shift; Enter is CR, Tab is TAB, Ctrl+] is GS; empty for other keys.

    Caps Lock is ignored: a scanner presses Shift itself. Without a position the text of the layout is used.
    """
    if event.key() in ENTERS:
        return "\r"
    if event.key() == Qt.Key.Key_Tab:
        return "\t"
    modifiers = event.modifiers()
    scan_code = _scan_code(event, platform)
    char = _char_at(scan_code, event) if scan_code is not None else None
    if modifiers & _COMMANDS:
        # AltGr arrives as Ctrl+Alt on Windows; it types no US character.
        only_control = modifiers & _COMMANDS == Qt.KeyboardModifier.ControlModifier
        return GS if only_control and (char == "]" or event.text() == GS) else ""
    if event.text() == GS:
        return GS
    return char if char is not None else us_char(event.text())


def digit_of(event: QKeyEvent, platform: str = sys.platform) -> str | None:
    """The digit of a key of the digit row or of the keypad under any layout; None for other keys.

    Shift makes a symbol of the digit row (5 * is not 58), except where the layout types its digits with Shift.
    """
    if event.modifiers() & _COMMANDS:
        return None
    text = event.text()
    if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
        return text if text.isascii() and text.isdigit() else None
    char = char_of(event, platform)
    return char if len(char) == 1 and char.isascii() and char.isdigit() else None


def us_char(text: str) -> str:
    """The US character for what a layout or an input method has typed: Latin as it is, wide forms narrowed."""
    if len(text) != 1:
        return ""
    char = _CHINESE.get(text) or unicodedata.normalize("NFKC", text)
    if len(char) == 1 and char.isascii() and char.isprintable():
        return char
    letter = _BY_LETTER.get(text.lower(), "")
    return letter.upper() if text != text.lower() else letter


def _scan_code(event: QKeyEvent, platform: str) -> int | None:
    code = event.nativeScanCode()
    if code == 0 or platform == "darwin":  # macOS reports no scan codes
        return None
    return code if platform == "win32" else code - 8


def _char_at(scan_code: int, event: QKeyEvent) -> str | None:
    if scan_code in _CHARS:
        low, high = _CHARS[scan_code]
        return high if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else low
    if scan_code in _KEYPAD:
        # Without Num Lock these keys are arrows, which type nothing.
        return _KEYPAD[scan_code] if event.text() else ""
    return "/" if scan_code in _KEYPAD_SLASH and event.text() else None
