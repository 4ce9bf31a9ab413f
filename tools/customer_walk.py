"""What the customer sees meanwhile, on a screen of its own."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRect

from tools.counter_hand import CounterHand

_SCREEN = QRect(0, 0, 1366, 768)
_LANGUAGES = 4


def seen_by_the_customer(hand: CounterHand, *names: str) -> Iterator[str]:
    """Look at the customer's display, in the language of the pictures; the name of the picture is yielded."""
    display = hand.till.looking_on.display
    assert display is not None
    display.toggle()
    hand.settle()
    assert display.window is not None
    display.window.fill(_SCREEN, framed=False)
    for _ in range(_LANGUAGES):
        if display.language != hand.till.session.language:
            display.next_language()
    hand.settle()
    hand.looked_at = display.window
    yield from names
    hand.looked_at = hand.till.window
    display.toggle()
