"""Tables, one file per subject; importing this package knows them all."""

from db.tables import catalogue, sales, shop, visitors
from db.tables.metadata import metadata

__all__ = ["catalogue", "metadata", "sales", "shop", "visitors"]
