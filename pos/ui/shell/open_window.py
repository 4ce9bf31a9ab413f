"""The window of the till from start to end: painted first, the shop opened behind it, a notice if that fails."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pos.application.access.till_seat import at_the_window
from pos.application.settings.settle_border import BorderFixed
from pos.domain.errors import InfrastructureError, RuleBroken
from pos.ui.shell.cannot_open import check_screen, say

if TYPE_CHECKING:
    from pos.application.shop.shop import Shop
    from pos.application.text.translator import Translator
    from pos.ui.settings.first_start.founding import Founding


def open_window(
    shop_at: Callable[[str], Shop],
    make_folder: Callable[[], Path],
    translator_of_reader: Callable[[], Translator],
    resources: Path,
    log: Path,
    language: str | None = None,
) -> int:
    """Open the window on a shop that is not open yet, until it is closed; return the exit code of the program.

    `shop_at` gives the shop at a border; an empty id is that of the store, or the one asked for at the start. Where a
    new shop is created at another border, the whole window is built again for a shop that is opened there.
    `make_folder` makes the shop's folder, or refuses to. `language` is the one asked for at the start. Only one window
    at a time uses a till in a folder: of two, each would take the other's basket for a left one. Errors of opening are
    shown in a window of their own in the reader's language, and raised.
    """
    check_screen()
    gc.disable()  # objects read and built at the start are no garbage, and collecting them takes long
    from pos.ui.shell.application import run

    shop = shop_at("")
    founding: Founding | None = None
    try:
        folder = make_folder()
        with at_the_window(folder, shop.till, shop.now()):
            state = folder / f"till-{shop.till}.json"
            while True:
                try:
                    done: int | Founding | None = run(shop, resources, state, log, language, founding)
                except BorderFixed:
                    if founding is None:
                        raise
                    done = None  # another till has just created the shop, somewhere else
                if isinstance(done, int):
                    return done
                shop.close()
                shop, founding = shop_at(done.border if done else ""), done
    except (RuleBroken, InfrastructureError) as error:
        tr = translator_of_reader()
        say(shop.sentence(error, tr, None), tr, resources)
        raise
    finally:
        gc.enable()
        shop.close()
