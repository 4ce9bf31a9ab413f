"""Looks the whole window over: `python -m tools.look_over [LANGUAGE…] [light|dark…]`.

It goes the ways of the screenshots and says, at every stop and in every language, what is not translated, what is left
of the language before, what is cut off, has no name, no room for a finger, or too little contrast. QT_SCALE_FACTOR=2
looks at a screen of 200 %. Exit code 1 if anything was found.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

_AT = datetime(2026, 11, 24, 7, 42, tzinfo=UTC)
_LANGUAGES = ("zh", "ru", "kk", "en")
_SCREEN = {"name": "till", "x": 0, "y": 0, "width": 1370, "height": 772, "logicalDpi": 96, "dpr": 1}


def main(arguments: list[str]) -> int:
    """Look over; what was found goes to standard output, each fault once with the first stop where it was seen."""
    with tempfile.TemporaryDirectory() as temporary:
        screen = Path(temporary) / "screen.json"
        screen.write_text(json.dumps({"screens": [_SCREEN]}), encoding="utf-8")
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={screen}"
        os.environ["QT_LOGGING_RULES"] = "qt.qpa.*=false"
        languages = [one for one in arguments if one in _LANGUAGES] or list(_LANGUAGES)
        reported: set[str] = set()
        for stop, fault in _looked_over(Path(temporary), languages):
            if fault not in reported:
                sys.stdout.write(f"{fault}   [{stop}]\n")
                sys.stdout.flush()
            reported.add(fault)
    return 1 if reported else 0


def _looked_over(base: Path, languages: list[str]) -> Iterator[tuple[str, str]]:
    from PySide6.QtWidgets import QApplication

    import main as program
    from pos.application.settings.options import Options
    from tools.day_walk import walk
    from tools.manager_walk import morning
    from tools.marked_words import MarkedLanguages
    from tools.quick_hand import QuickHand
    from tools.shop_data import ShopData
    from tools.window_look import Painters
    from tools.window_ring import Ring

    app = QApplication(["border-pos"])
    painters = Painters()
    for way, past in ((walk, 0), (morning, 28)):
        folder = base / way.__name__
        options = Options(data=folder, demo=True, at=_AT)
        shop = program.build(options, quick_pins=True, demo_past=past)
        shop = replace(shop, translators=MarkedLanguages(shop.translators))
        hand = QuickHand(app, shop, program.RESOURCES, base / f"{way.__name__}.json", "en", "light")
        hand.keep_hidden_pages_waiting()
        is_data = ShopData(folder / "shop.db", program.RESOURCES / "regimes", _TYPED)
        try:
            ring = Ring(hand, languages, is_data, painters)
            with painters.listening():
                for name in way(hand):
                    for fault in ring.faults():
                        yield name, fault
                    sys.stderr.write(f"{name}\n")
        finally:
            hand.till.close()
            shop.close()


_TYPED = (
    "gift", "call at", "bread", "dana", "Dana M", "Honey", "honey", "Cognac", "Товар", "прайс-лист",
    "ZHANG", "AKHMETOV", "AKHMETOVA", "KIM", "LI", "Штрихкод", "Наименование", "Остаток", "двенадцать",
)  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
