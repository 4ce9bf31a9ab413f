"""What a key would write on a US keyboard, by its place: right under every layout."""

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
_SIGNS = {
    start + place: (low, high) for start, lows, highs in _ROWS for place, (low, high) in enumerate(zip(lows, highs))
}
_KEYPAD = dict(zip((0x37, *range(0x47, 0x54)), "*789-456+1230.", strict=True))
_KEYPAD_SLASH = (98, 0x135)
ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
"""Enter, and the one of the keypad."""
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_MODIFIERS = frozenset(
    {
        Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta, Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock, Qt.Key.Key_Super_L, Qt.Key.Key_Super_R,
    }
)  # fmt: skip

# Letters of the Russian layout, and the digit row of the Kazakh one, where a key comes without its place (remote
# desktops, key injectors).
_BY_LETTER = dict(zip("йцукенгшщзхъфывапролджэячсмитьбюё", "qwertyuiop[]asdfghjkl;'zxcvbnm,.`", strict=True)) | dict(
    zip("әіңғүұқөһ", "2345890-=", strict=True)
)

# Punctuation that Chinese input methods write for a US key.
_CHINESE = {"《": "<", "》": ">", "〈": "<", "〉": ">", "。": ".", "、": "/", "·": "`", "—": "_", "￥": "$", "“": '"',
            "”": '"', "‘": "'", "’": "'", "【": "[", "】": "]", "「": "{", "」": "}"}  # fmt: skip


def is_modifier(event: QKeyEvent) -> bool:
    """Whether the key writes nothing by itself and only changes others."""
    return Qt.Key(event.key()) in _MODIFIERS


def sign_of(event: QKeyEvent, platform: str = sys.platform) -> str:
    """The US sign at the key's place, Shift regarded; Enter is CR, Tab is TAB, Ctrl+] is GS; empty for other keys.

    Caps Lock is not regarded: a scanner presses Shift itself. Without a place the layout's own text must do.
    """
    if event.key() in ENTERS:
        return "\r"
    if event.key() == Qt.Key.Key_Tab:
        return "\t"
    modifiers = event.modifiers()
    place = _place(event, platform)
    sign = _sign_at(place, event) if place is not None else None
    if modifiers & _COMMANDS:
        # AltGr arrives as Ctrl+Alt on Windows; what it writes is no US sign.
        only_control = modifiers & _COMMANDS == Qt.KeyboardModifier.ControlModifier
        return GS if only_control and (sign == "]" or event.text() == GS) else ""
    if event.text() == GS:
        return GS
    return sign if sign is not None else us_sign(event.text())


def digit_of(event: QKeyEvent, platform: str = sys.platform) -> str | None:
    """The digit of a key of the digit row or of the keypad under any layout; None for other keys.

    Shift makes a sign of the digit row (5 * is no 58), except where the layout writes its digits with Shift.
    """
    if event.modifiers() & _COMMANDS:
        return None
    text = event.text()
    if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
        return text if text.isascii() and text.isdigit() else None
    sign = sign_of(event, platform)
    return sign if len(sign) == 1 and sign.isascii() and sign.isdigit() else None


def us_sign(text: str) -> str:
    """The US sign for what a layout or an input method has written: Latin as it is, wide forms narrowed."""
    if len(text) != 1:
        return ""
    sign = _CHINESE.get(text) or unicodedata.normalize("NFKC", text)
    if len(sign) == 1 and sign.isascii() and sign.isprintable():
        return sign
    letter = _BY_LETTER.get(text.lower(), "")
    return letter.upper() if text != text.lower() else letter


def _place(event: QKeyEvent, platform: str) -> int | None:
    code = event.nativeScanCode()
    if code == 0 or platform == "darwin":  # macOS tells no scan codes
        return None
    return code if platform == "win32" else code - 8


def _sign_at(place: int, event: QKeyEvent) -> str | None:
    if place in _SIGNS:
        low, high = _SIGNS[place]
        return high if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else low
    if place in _KEYPAD:
        # Without Num Lock the same places are arrows, which write nothing.
        return _KEYPAD[place] if event.text() else ""
    return "/" if place in _KEYPAD_SLASH and event.text() else None
