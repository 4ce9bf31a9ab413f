"""A plugin: every test of the run whose shop has no address of its own has it on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.on_postgres import Databases, use
from tests.postgres_server import shared_server


@pytest.fixture(scope="session", autouse=True)
def databases() -> Iterator[Databases]:
    """The databases of this run."""
    made = Databases(shared_server())
    with pytest.MonkeyPatch.context() as patch:
        use(made, patch)
        yield made


@pytest.fixture(autouse=True)
def no_database_left(databases: Databases) -> Iterator[None]:
    """Delete what a test made; what its module or the run made stays."""
    before = set(databases.made)
    yield
    databases.drop_all(but=before)
