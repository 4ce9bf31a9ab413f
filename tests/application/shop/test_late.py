"""What is made when it is first used: once, and never what nobody asks for."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from pos.application.shop.lazy import all_made, is_made, late, made


@dataclass
class Scales:
    """Something that takes long to make."""

    name: str = "scales"

    def __call__(self, grams: int) -> int:
        return grams + 1


def test_a_thing_is_made_once_when_it_is_first_used() -> None:
    made_so_far: list[Scales] = []

    def make() -> Scales:
        made_so_far.append(Scales())
        return made_so_far[-1]

    scales = late(make)
    assert not is_made(scales)
    assert (scales(4), scales.name, made(scales)) == (5, "scales", made_so_far[0])
    assert is_made(scales)
    assert len(made_so_far) == 1


def test_what_is_known_beforehand_is_told_without_making_the_thing() -> None:
    scales = late(Scales, name="T1")
    assert scales.name == "T1"
    assert not is_made(scales)
    assert made(scales).name == "scales"


def test_what_could_not_be_made_is_not_tried_again_and_says_the_same() -> None:
    tries: list[int] = []

    def make() -> Scales:
        tries.append(1)
        raise OSError("no scales")

    scales = late(make)
    for _ in range(2):
        with pytest.raises(OSError, match="no scales"):
            scales(1)
    assert len(tries) == 1


def test_a_thing_that_was_there_already_is_itself() -> None:
    scales = Scales()
    assert made(scales) is scales
    assert is_made(scales)


def test_all_that_is_held_is_made_at_a_quiet_moment() -> None:
    @dataclass
    class Counter:
        scales: Scales

    counter = Counter(late(Scales))
    all_made(counter)
    assert is_made(counter.scales)
