"""What a hand does to close a shift, by keys alone."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt

from pos.domain.money import Money
from tests.ui.at_the_counter import Hand

Key = Qt.Key


def count_the_drawer(hand: Hand, expected: Mapping[str, Money], short: Mapping[str, int] | None = None) -> None:
    """On the page of the count: count each currency, and once more where it differs.

    `short` is how many minor units of a currency are missing.
    """
    board = hand.till.window.screen_at("close_shift").board  # type: ignore[union-attr] # the page of the count
    for _ in range(2):
        for _currency in board.left_to_count or tuple(short or ()):
            hand.wait()
            here = board.here
            if here is None:
                break
            code = here.currency.code
            rest = expected[code].minor - (short or {}).get(code, 0)
            for cell in here.shown:
                value = next(v for v, known in here.cells.items() if known is cell)
                pieces, rest = divmod(rest, value)
                hand.type(str(pieces))
                hand.press(Key.Key_Return)
        hand.press(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        hand.wait(300)
