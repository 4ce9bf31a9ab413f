"""A center with two shops that are its members."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.application.membership.member_shops import Members, MemberShop, members
from tests.center.conftest import center, center_template
from tests.center.shops import Center

__all__ = ["center", "center_template"]


@pytest.fixture
def both(center: Center, template_shop: Path, tmp_path: Path) -> Iterator[Members]:
    with members(center, template_shop, tmp_path) as made:
        yield made


@pytest.fixture
def here(both: Members) -> MemberShop:
    return both.first


@pytest.fixture
def next_door(both: Members) -> MemberShop:
    return both.second
