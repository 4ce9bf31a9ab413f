"""Alembic driven from Python: where its scripts are, and over which connection they run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, MetaData

if TYPE_CHECKING:
    from alembic.config import Config


def config_for(connection: Connection, tables: MetaData | None = None) -> Config:
    """Alembic driven from Python: no ini file, no address in it.

    `tables` are compared with those of the store; the steps themselves know no table of the program.
    """
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    config.attributes["tables"] = tables
    return config
