"""Everything in this folder is done on PostgreSQL: shops whose folder has no address of its own have it there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.on_postgres import Databases, use
from tests.postgres_server import Server
from tests.shops import made_in


@pytest.fixture(scope="session")
def databases(server: Server) -> Databases:
    """Which shop has which database there."""
    return Databases(server)


@pytest.fixture(scope="session")
def template_shop(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed demo shop, made once for each worker: copy it, never open it."""
    folder = tmp_path_factory.mktemp("template") / "there"
    with pytest.MonkeyPatch.context() as patch:
        use(databases, patch)
        made_in(folder)
    return folder


@pytest.fixture(autouse=True)
def on_postgres(databases: Databases, template_shop: Path) -> Iterator[None]:
    """Shops of this test are on the server, and are gone after it."""
    before = set(databases.made)
    with pytest.MonkeyPatch.context() as patch:
        use(databases, patch)
        yield
    databases.drop_all(but=before)
