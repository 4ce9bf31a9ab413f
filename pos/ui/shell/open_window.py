"""The window of the till from start to end: painted first, the shop opened behind it, a notice if that fails."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pos.application.access.till_seat import at_the_window
from pos.application.shop.lazy import is_made, late, made
from pos.domain.errors import InfrastructureError, RuleBroken
from pos.ui.shell.cannot_open import check_screen, say

if TYPE_CHECKING:
    from pos.application.shop.shop import Shop
    from pos.application.text.words import Words

    Sentence = Callable[[Exception, Words], str]


def open_window(
    open_shop: Callable[[], Shop],
    sentence: Sentence,
    words_of_reader: Callable[[], Words],
    resources: Path,
    log: Path,
    language: str | None = None,
    **known: object,
) -> int:
    """Open the window on the shop that `open_shop` opens, until it is closed; return the exit code of the program.

    `language` is the one asked for at the start. `known` is what is known of the shop before it is open: till, folder,
    now, words, training, training_command. Only one window at a time uses a till in a folder: of two, each would take
    the other's basket for a left one. Errors of opening are shown in a window of their own in the reader's language,
    and raised.
    """
    check_screen()
    gc.disable()  # objects read and built at the start are no garbage, and collecting them takes long
    from pos.ui.shell.application import run

    facts = {"version": "", "refusal_text": sentence, "demo_pins": {}, **known}
    shop = late(open_shop, **facts)
    try:
        with at_the_window(shop.folder, shop.till, shop.now()):
            state = shop.folder / f"till-{shop.till}.json"
            return run(shop, resources, state=state, log=log, language=language)
    except (RuleBroken, InfrastructureError) as error:
        words = words_of_reader()
        say(sentence(error, words), words, resources)
        raise
    finally:
        gc.enable()
        if is_made(shop):
            made(shop).close()
