"""Looks the whole window over: `python -m tools.look_over [LANGUAGE…] [THEME…] [SIZE…] [cut] [pictures=FOLDER]`, or
`all`.

It goes the ways of the screenshots and says, at every stop and in every language, what is not translated, what is left
of the language before, what is cut off, has no name, no room for a finger, or too little contrast. A SIZE is
1024x600, or 3840x2160@2 for a screen of 200 %, or `here` for the screen of this computer; without one it is 1366x768.
A THEME is light, dark or contrast; without one it is light, and at each stop the contrast of all three is measured.
Each size and theme is looked at in a process of its own. `all` is the sizes of a shop in four languages, and all themes
in 中文 and Русский at 1366x768. With `cut` it says what is cut off and nothing else, which is quick. In FOLDER each
stop is kept as a picture in each language. Exit code 1 if anything was found.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

_AT = datetime(2026, 11, 24, 7, 42, tzinfo=UTC)
_LANGUAGES = ("zh", "ru", "kk", "en")
_USUAL = "1366x768"
_SIZES = (
    "1024x600", "1024x768", "1280x800", "1366x768", "1920x1080", "3840x2160@2", "1080x1920", "600x1024",
)  # fmt: skip
"""The seven sizes of a shop, and the smallest upright one."""
_THEMES = ("light", "dark", "contrast")
_SIZE = re.compile(r"(\d{3,4})x(\d{3,4})(?:@(\d(?:\.\d+)?))?|here")
_CUT, _PICTURES = "cut", "pictures="


@dataclass(frozen=True, slots=True)
class _Walk:
    """One walk through the window: Qt reads screen and scaling once, so each has a process of its own."""

    languages: tuple[str, ...]
    theme: str
    size: str
    pictures: str = ""
    only_cut: bool = False

    @property
    def command(self) -> list[str]:
        more = [*([_CUT] if self.only_cut else []), *([f"{_PICTURES}{self.pictures}"] if self.pictures else [])]
        return [sys.executable, "-m", "tools.look_over", *self.languages, self.theme, self.size, *more]


_ALL = (
    *(_Walk(_LANGUAGES, "light", size) for size in _SIZES),
    *(_Walk(("zh", "ru"), theme, _USUAL) for theme in ("dark", "contrast")),
)


def main(arguments: list[str]) -> int:
    """Look over; what was found goes to standard output, each fault once with the first stop where it was seen."""
    unknown = [one for one in arguments if not _is_known(one)]
    if unknown:
        sys.stderr.write(f"Neither a language nor a theme nor a size: {' '.join(unknown)}\n")
        return 2
    languages = tuple(one for one in arguments if one in _LANGUAGES) or _LANGUAGES
    themes = [one for one in arguments if one in _THEMES] or ["light"]
    sizes = [one for one in arguments if _SIZE.fullmatch(one)] or [_USUAL]
    pictures = next((one.removeprefix(_PICTURES) for one in arguments if one.startswith(_PICTURES)), "")
    chosen = (_Walk(languages, theme, size, pictures, _CUT in arguments) for size in sizes for theme in themes)
    walks = _ALL if "all" in arguments else tuple(chosen)
    if len(walks) == 1:
        return _look(walks[0])
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as at_once:
        codes = []
        for walk, done in zip(walks, at_once.map(_look_in_a_process, walks), strict=True):
            sys.stdout.write(f"== {walk.size} {walk.theme} {' '.join(walk.languages)}\n{done.stdout}")
            sys.stdout.flush()
            codes.append(done.returncode)
    return max(codes)


def _is_known(argument: str) -> bool:
    is_named = argument in ("all", _CUT, *_LANGUAGES, *_THEMES)
    return is_named or argument.startswith(_PICTURES) or _SIZE.fullmatch(argument) is not None


def _look_in_a_process(walk: _Walk) -> subprocess.CompletedProcess[str]:
    return subprocess.run(walk.command, check=False, stdout=subprocess.PIPE, encoding="utf-8")


def _look(walk: _Walk) -> int:
    with tempfile.TemporaryDirectory() as temporary:
        size = None if walk.size == "here" else _make_screen(walk.size, Path(temporary) / "screen.json")
        reported: set[str] = set()
        for stop, fault in _looked_over(Path(temporary), walk, size):
            if fault not in reported:
                sys.stdout.write(f"{fault}   [{stop}]\n")
                sys.stdout.flush()
            reported.add(fault)
    return 1 if reported else 0


def _make_screen(size: str, file: Path) -> tuple[int, int]:
    """Have Qt make a screen of that size, described in `file`; the width and height of its window in points."""
    shape = _SIZE.fullmatch(size)
    assert shape is not None
    scale = float(shape[3] or 1)
    width, height = (round(int(side) / scale) for side in shape.group(1, 2))
    room = {"name": "till", "x": 0, "y": 0, "width": width + 4, "height": height + 4, "logicalDpi": 96, "dpr": 1}
    if scale != 1:
        os.environ["QT_SCALE_FACTOR"] = f"{scale:g}"
        room |= {"width": round((width + 4) * scale), "height": round((height + 4) * scale)}
    file.write_text(json.dumps({"screens": [room]}), encoding="utf-8")
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={file}"
    os.environ["QT_LOGGING_RULES"] = "qt.qpa.*=false"
    return width, height


def _looked_over(base: Path, looked: _Walk, size: tuple[int, int] | None) -> Iterator[tuple[str, str]]:
    from PySide6.QtWidgets import QApplication

    import main as program
    from pos.application.settings.options import Options
    from tools.day_walk import morning, walk
    from tools.marked_words import MarkedLanguages
    from tools.quick_hand import QuickHand
    from tools.shop_data import ShopData
    from tools.window_look import Painters
    from tools.window_ring import Ring

    app = QApplication(["border-pos"])
    if size is None:
        room = app.primaryScreen().size()
        size = room.width(), room.height()
    painters = Painters()
    for way, past in ((walk, 0), (morning, 28)):
        folder = base / way.__name__
        options = Options(data=folder, demo=True, at=_AT)
        shop = program.build(options, quick_pins=True, demo_past=past)
        shop = replace(shop, translators=MarkedLanguages(shop.translators))
        hand = QuickHand(app, shop, program.RESOURCES, base / f"{way.__name__}.json", "en", looked.theme)
        hand.till.window.resize(*size)
        hand.keep_hidden_pages_waiting()
        is_data = ShopData(folder / "shop.db", program.RESOURCES, _TYPED)
        try:
            ring = Ring(
                hand,
                looked.languages,
                is_data,
                painters,
                all_themes=looked.theme == "light",
                pictures=Path(looked.pictures) if looked.pictures else None,
            )
            with painters.listening():
                for stop in way(hand):
                    for fault in ring.cut([size], stop) if looked.only_cut else ring.faults(stop):
                        if not _is_meant(stop, fault):
                            yield stop, fault
                    sys.stderr.write(f"{stop}\n")
        finally:
            hand.till.close()
            shop.close()


def _is_meant(stop: str, fault: str) -> bool:
    known = (*_IN_ONE_LANGUAGE, *(_IN_ORDER_OF_WORK if any(one in stop for one in _PAYING) else ()))
    return any(one in fault for one in known)


_TYPED = (
    "gift", "call at", "bread", "dana", "Dana M", "Honey", "honey", "Cognac", "Товар", "прайс-лист",
    "ZHANG", "AKHMETOV", "AKHMETOVA", "KIM", "LI", "Штрихкод", "Наименование", "Остаток", "двенадцать", "Цена",
    "Kazpost EMS", "A. Seitova", "050000 Almaty, Abay 7-12",
)  # fmt: skip
_IN_ONE_LANGUAGE = ("'Most sold'",)
"""The title of a page of quick keys is the shop's own, also where it was proposed: it stays in one language."""
_IN_ORDER_OF_WORK = ("→ ChangeColumn/", "Keypad/PadKey '7' → Segmented/SegmentButton")
_PAYING = ("payment", "exchange")
"""At a payment the change comes behind the amount, also where it stands above or beside it in a small window."""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
