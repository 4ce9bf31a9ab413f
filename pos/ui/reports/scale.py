"""The axis of a chart: a few round values, the last above the highest bar."""

from __future__ import annotations

from pos.application.text.formatting import number_text
from pos.domain.money import Money

_LINES = 3
_NICE = (10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100)
"""Round steps between two marks, in tenths of a power of ten."""


def scale_of(best: Money, language: str) -> tuple[tuple[int, str], ...]:
    """The axis values in minor units with their texts, from zero up to one that exceeds `best`."""
    step = _step(best)
    return tuple((step.minor * n, number_text((step * n).units, language)) for n in range(_LINES + 1))


def _step(best: Money) -> Money:
    unit = power = best.currency.minor_per_unit
    while power * 10 * _LINES < best.minor:
        power *= 10
    steps = (power * nice // 10 for nice in _NICE)
    return Money(next(step for step in steps if step % unit == 0 and step * _LINES >= best.minor), best.currency)
