"""Runs a part of an experiment in a process of its own: what it opens, patches, forks or breaks stays there."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import ParamSpec, TypeVar

from tests.other_programs import other_programs

P = ParamSpec("P")
R = TypeVar("R")


def apart(step: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """What `step` returns or raises, out of a fresh process with one thread; `step` is a function of a module."""
    with ProcessPoolExecutor(1, mp_context=other_programs()) as there:
        return there.submit(step, *args, **kwargs).result()
