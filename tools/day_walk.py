"""The work of a day in the real window: of the cashiers, of the clerk and of the manager."""

from __future__ import annotations

from collections.abc import Iterator

from tools.clerk_walk import the_clerk
from tools.counter_hand import CounterHand
from tools.counter_walk import at_the_counter
from tools.manager_walk import a_new_person, the_end_of_the_shift, the_manager, the_past
from tools.pickup_walk import orders_of_the_morning, workshop_of_the_morning


def walk(hand: CounterHand) -> Iterator[str]:
    """Yield the name of each screen when it stands there."""
    yield "sign-in"
    yield from at_the_counter(hand)
    yield from the_clerk(hand)
    yield from the_manager(hand)
    yield from the_end_of_the_shift(hand)
    yield from a_new_person(hand)


def training(hand: CounterHand) -> Iterator[str]:
    """The window to practise in."""
    hand.sign_in("amina")
    yield "training"


def morning(hand: CounterHand) -> Iterator[str]:
    """The morning of a shop with a past: its figures, the orders of a stream, its workshop."""
    yield from the_past(hand)
    yield from orders_of_the_morning(hand)
    yield from workshop_of_the_morning(hand)
