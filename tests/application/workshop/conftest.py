"""The clerk of a shop with a workshop."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.made_once import made_once
from tests.shops import DemoShop
from tests.workshops import AtTheWorkshop, made_with_workshop


@pytest.fixture(scope="session")
def template_workshop() -> Path:
    """A closed shop with bars, bags and no boxes, made once for all workers: copy it, never open it."""
    return made_once("template-workshop", made_with_workshop)


@pytest.fixture
def clerk(template_workshop: Path, tmp_path: Path) -> Iterator[AtTheWorkshop]:
    """The stock clerk, with bars, bags and no boxes."""
    yield from at_a_copy(template_workshop, tmp_path / "shop")


def at_a_copy(template: Path, folder: Path) -> Iterator[AtTheWorkshop]:
    """The stock clerk of a shop that is a copy of another, which is closed."""
    shop = DemoShop(Path(shutil.copytree(template, folder)))
    yield AtTheWorkshop(shop)
    shop.close()
