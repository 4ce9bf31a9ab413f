"""Centers for experiments: made once on each server, and copied for each trial."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path

from tests.center.shops import Center, copy_of, make_center, regimes_in_force
from tests.postgres_server import Server, shared_server

_TEMPLATE = "template_of_a_center"
_numbers = count()


@contextmanager
def a_center() -> Iterator[Center]:
    """An empty center with the shops A and B, and tills 1 and 2 in each."""
    server = shared_server()
    made = copy_of(_template(server.folder), server, f"tried_center_{next(_numbers)}", _TEMPLATE)
    try:
        yield made
    finally:
        made.store.close()


@cache
def _template(folder: Path) -> Center:
    server: Server = shared_server()
    assert server.folder == folder
    made = make_center(server, _TEMPLATE, regimes_in_force())
    made.store.close()
    return made
