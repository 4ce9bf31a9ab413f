"""Runs a part of an experiment in a process of its own: what it opens, patches, forks or breaks stays there."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from multiprocessing.context import BaseContext
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def apart(step: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """What `step` returns or raises, out of a fresh process with one thread; `step` is a function of a module."""
    # This process may have threads, which a fork would leave in the midst of it; and Windows has no fork.
    context: BaseContext = get_context("spawn" if sys.platform == "win32" else "forkserver")
    context.set_forkserver_preload(["tests.faults.customers"])
    with ProcessPoolExecutor(1, mp_context=context) as there:
        return there.submit(step, *args, **kwargs).result()
