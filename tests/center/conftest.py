"""A center for each test: a copy of one that was made once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest

from tests.center.shops import Center, copy_of, make_center, regimes_in_force
from tests.postgres_server import Server

_NUMBERS = count()
_TEMPLATE = "center_template"


@pytest.fixture(scope="session")
def center_template(server: Server) -> Center:
    """A closed center: copy it, never open it."""
    made = make_center(server, _TEMPLATE, regimes_in_force())
    made.store.close()
    return made


@pytest.fixture
def center(server: Server, center_template: Center) -> Iterator[Center]:
    """An empty center with the shops A and B, and tills 1 and 2 in each."""
    made = copy_of(center_template, server, f"center_{next(_NUMBERS)}", _TEMPLATE)
    yield made
    made.store.close()
