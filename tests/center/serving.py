"""The service of a center, over HTTP on this machine."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from pos.application.center.ports import CenterContext
from pos.center.console.parts import ConsoleParts
from pos.center.serve import listen, server_of
from pos.center.steps import CenterSteps


@contextmanager
def serving(context: CenterContext, console: ConsoleParts | None = None) -> Iterator[str]:
    """The address at which the center answers meanwhile."""
    listening = listen("127.0.0.1", 0)
    server = server_of(CenterSteps(context), console=console)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    end = time.monotonic() + 10
    while not server.started and time.monotonic() < end:
        time.sleep(0.005)
    assert server.started
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
    assert not thread.is_alive()
