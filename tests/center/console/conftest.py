"""A console for each test, over a center with a morning behind it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.center.console.site import Site, opened_site, ruled
from tests.center.shops import Center


@pytest.fixture
def site(center: Center) -> Iterator[Site]:
    """The console of an empty center."""
    with opened_site(ruled(center)) as opened:
        yield opened
