"""The window of the till from start to end: painted first, the shop opened behind it, a notice if that fails."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pos.application.access.till_seat import at_the_window
from pos.domain.errors import InfrastructureError, RuleBroken
from pos.ui.shell.cannot_open import check_screen, say

if TYPE_CHECKING:
    from pos.application.shop.shop import Shop
    from pos.application.text.translator import Translator


def open_window(
    shop: Shop,
    make_folder: Callable[[], Path],
    translator_of_reader: Callable[[], Translator],
    resources: Path,
    log: Path,
    language: str | None = None,
) -> int:
    """Open the window on a shop that is not open yet, until it is closed; return the exit code of the program.

    `make_folder` makes the shop's folder, or refuses to. `language` is the one asked for at the start. Only one window
    at a time uses a till in a folder: of two, each would take the other's basket for a left one. Errors of opening are
    shown in a window of their own in the reader's language, and raised.
    """
    check_screen()
    gc.disable()  # objects read and built at the start are no garbage, and collecting them takes long
    from pos.ui.shell.application import run

    try:
        folder = make_folder()
        with at_the_window(folder, shop.till, shop.now()):
            state = folder / f"till-{shop.till}.json"
            return run(shop, resources, state=state, log=log, language=language)
    except (RuleBroken, InfrastructureError) as error:
        tr = translator_of_reader()
        say(shop.sentence(error, tr, None), tr, resources)
        raise
    finally:
        gc.enable()
        shop.close()
