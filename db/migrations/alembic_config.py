"""Alembic driven from Python: where its scripts are, and over which connection they run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

if TYPE_CHECKING:
    from alembic.config import Config


def config_for(connection: Connection) -> Config:
    """Alembic driven from Python: no ini file, no address in it."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config
