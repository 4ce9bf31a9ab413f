"""Customer orders in a shop of fewer goods: most tests check its whole books."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def template_shop(template_of_some_goods: Path) -> Path:
    """A closed demo shop, made once for all workers: copy it, never open it."""
    return template_of_some_goods
