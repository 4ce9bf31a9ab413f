"""A console for each test, or one for a file of tests."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest

from tests.center.console.morning import let_a_morning_pass
from tests.center.console.site import Site, opened_site, ruled
from tests.center.shops import Center, copy_of
from tests.postgres_server import Server

_NUMBERS = count()


@pytest.fixture
def site(center: Center) -> Iterator[Site]:
    """The console of an empty center."""
    with opened_site(ruled(center)) as opened:
        yield opened


@pytest.fixture(scope="module")
def shared(server: Server, center_template: Center) -> Iterator[Site]:
    """One console for the tests of a file, each with people, tills and visitors of its own."""
    center = copy_of(center_template, server, f"center_shared_{next(_NUMBERS)}", "center_template")
    with opened_site(ruled(center)) as opened:
        yield opened
    center.store.close()


@pytest.fixture(scope="module")
def morning(server: Server, center_template: Center) -> Iterator[Site]:
    """The console of a center after a morning: change nothing there."""
    center = copy_of(center_template, server, f"center_morning_{next(_NUMBERS)}", "center_template")
    with opened_site(ruled(center)) as opened:
        let_a_morning_pass(opened, hours=2)
        yield opened
    center.store.close()
