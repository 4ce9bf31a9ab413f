"""Pictures of the window, made by one command.

`python -m tools.screenshots FOLDER [LANGUAGE…] [light|dark…]` takes all of them into a folder,
`python -m tools.screenshots --docs` takes again those that README.md and docs/ show.

They are taken offscreen at 1366 × 768 from a demo shop with a clock of its own, so that the same program makes the
same pictures. Those of a shop of a center need PostgreSQL's server programs; where there are none they are left out.
The pictures of the center's own console are taken by `tests.center.console.pictures`.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from pos.application.shop.shop import Shop
    from tools.quick_hand import PaintingHand

_SCREEN = {"name": "till", "x": 0, "y": 0, "width": 1370, "height": 772, "logicalDpi": 96, "dpr": 1}
"""Round a window the offscreen platform keeps two pixels for a frame."""

_USUAL_FOLDER = Path("/home/till/border-pos")
_AT = datetime(2026, 11, 24, 7, 42, tzinfo=UTC)
_PAST = 28
_LANGUAGES = ("en", "zh", "ru", "kk")
_MODES, _FURTHER = ("light", "dark"), "contrast"
"""The themes of the pictures, and the one that is taken only where it is named."""
_ROOT = Path(__file__).resolve().parents[1]
_SHOWN = re.compile(r"screens/(?!console-)([\w-]+)\.png")
Choice = tuple[str, str]


def main(arguments: list[str]) -> int:
    """Take the pictures into the folder named first; languages and themes narrow the choice."""
    if arguments == ["--docs"]:
        chosen = pictures_of_the_docs(_ROOT)
        choices = sorted({choice_of(name) for name in chosen})
        missing = _take(_ROOT / "docs" / "screens", choices, chosen)
        for name in missing:
            sys.stderr.write(f"{name}: no such screen\n")
        return 1 if missing else 0
    if not arguments or arguments[0].startswith("-"):
        sys.stderr.write(f"{__doc__}\n")
        return 2
    languages = [word for word in arguments[1:] if word in _LANGUAGES] or _LANGUAGES
    modes = [word for word in arguments[1:] if word in (*_MODES, _FURTHER)] or _MODES
    _take(Path(arguments[0]), list(product(languages, modes)))
    return 0


def pictures_of_the_docs(root: Path) -> set[str]:
    """The names of the pictures that README.md and the pages under docs/ show."""
    pages = [root / "README.md", *(root / "docs").glob("*.md")]
    return {name for page in pages for name in _SHOWN.findall(page.read_text(encoding="utf-8"))}


def choice_of(name: str) -> Choice:
    """The language and the theme of a picture of that name."""
    _, language, mode = name.rsplit("-", 2)
    return language, mode


def _take(folder: Path, choices: list[Choice], chosen: set[str] | None = None) -> list[str]:
    """Take every picture in `choices`, or the wanted ones only; the names of those that there is no screen for."""
    folder.mkdir(parents=True, exist_ok=True)
    missing = set(chosen or ())
    with tempfile.TemporaryDirectory() as temporary:
        screen = Path(temporary) / "screen.json"
        screen.write_text(json.dumps({"screens": [_SCREEN]}), encoding="utf-8")
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={screen}"
        os.environ["QT_LOGGING_RULES"] = "qt.qpa.*=false"
        for name, hand in _pictures(Path(temporary), choices, missing):
            if chosen is None or name in chosen:
                hand.looked_at.grab().save(str(folder / f"{name}.png"))
                missing.discard(name)
                sys.stdout.write(f"{name}\n")
                sys.stdout.flush()
    return sorted(missing)


def _pictures(base: Path, choices: list[Choice], missing: set[str]) -> Iterator[tuple[str, PaintingHand]]:
    """Every screen in every choice, as (name, the hand that stands there); none behind the last that is `missing`."""
    from PySide6.QtWidgets import QApplication

    import main as program
    from pos.application.settings.options import Options
    from tools.day_walk import morning, training, walk
    from tools.pickup_walk import DrawnCodes
    from tools.quick_hand import PaintingHand

    app = QApplication(["border-pos"])
    app.setCursorFlashTime(0)  # a caret that blinks is in one picture and not in the next
    DrawnCodes.draw_from_here(0)
    fresh, past = base / "fresh", base / "past"  # made once, and copied for each choice
    program.build(Options(data=fresh, demo=True, at=_AT), quick_pins=True).close()
    program.build(Options(data=past, demo=True, at=_AT), quick_pins=True, demo_past=_PAST).close()
    is_all = not missing
    for language, mode in choices:
        ending = f"-{language}-{mode}"
        shutil.copytree(fresh, base / f"walk{ending}")
        shutil.copytree(past, base / f"morning{ending}")
        for way, folder in ((walk, "walk"), (training, "walk"), (morning, "morning")):
            if not is_all and not any(name.endswith(ending) for name in missing):
                break
            DrawnCodes.draw_from_here(1)  # the shop has those of the first seed
            options = Options(data=base / f"{folder}{ending}", demo=True, at=_AT, training=way is training)
            shop = _in_its_usual_folder(program.build(options, quick_pins=True))
            hand = PaintingHand(app, shop, program.RESOURCES, base / f"till{ending}.json", language, mode)
            try:
                for name in way(hand):
                    yield f"{name}{ending}", hand
                    if not is_all and not any(one.endswith(ending) for one in missing):
                        break
            finally:
                hand.till.close()
                shop.close()
        if is_all or any(name.endswith(ending) for name in missing):
            yield from _of_a_center(app, base / f"center{ending}", language, mode, missing)


def _of_a_center(
    app: QApplication, base: Path, language: str, mode: str, missing: set[str]
) -> Iterator[tuple[str, PaintingHand]]:
    """The pictures of a till whose shop is a member of a center; none where this computer can have no center."""
    import main as program
    from db.center.own_server import programs
    from tools.center_beside import SHOPS, center_beside
    from tools.center_walk import at_a_member, buy_next_door
    from tools.quick_hand import PaintingHand

    if programs() is None:
        sys.stderr.write("no PostgreSQL here: the pictures of a center are left out\n")
        return
    is_all, ending = not missing, f"-{language}-{mode}"
    base.mkdir()
    here, next_door = SHOPS
    with center_beside(base, _AT) as center:
        with center.open(next_door) as shop:
            hand = PaintingHand(app, shop, program.RESOURCES, base / "next-door.json", language, mode)
            try:
                buy_next_door(hand)
            finally:
                hand.till.close()
        with center.open(here) as shop:
            hand = PaintingHand(app, shop, program.RESOURCES, base / "till.json", language, mode)
            try:
                for name in at_a_member(hand, center):
                    yield f"{name}{ending}", hand
                    if not is_all and not any(one.endswith(ending) for one in missing):
                        break
            finally:
                hand.till.close()


def _in_its_usual_folder(shop: Shop) -> Shop:
    """The shop that names a fixed folder, so that no picture names a temporary one."""
    from pos.application.shop.opening import Opening
    from pos.regimes.center_files import RegimesOfTill
    from till_adapters import TillAdapters

    opened = shop.opening()
    adapters = opened.adapters
    assert isinstance(adapters, TillAdapters)
    files = replace(adapters.regime_files, folder=_USUAL_FOLDER / "regimes")
    rules = RegimesOfTill(files, _USUAL_FOLDER / "center-rules", opened.context.now())
    shown = replace(opened, adapters=replace(adapters, rules=rules))
    usual = replace(shop, opening=Opening(lambda: shown))
    usual.open()
    return usual


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
