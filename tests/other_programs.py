"""Programs beside this one, at the same store: each is a process of its own."""

from __future__ import annotations

import sys
from multiprocessing import get_context
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext, SpawnContext


def other_programs() -> ForkServerContext | SpawnContext:
    """The way to start them: out of a process with one thread that has read the program once for all of them.

    This process may have threads, which a fork would leave in the midst of it. Windows has no fork: there each of them
    reads the program itself.
    """
    if sys.platform == "win32":
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload(["tests.shops", "tests.faults.customers"])
    return context
