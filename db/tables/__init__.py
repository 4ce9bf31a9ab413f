"""Tables, one file per subject; importing this package knows them all."""

from db.tables import catalogue, holds, promotions, sales, shop, visitors
from db.tables.metadata import metadata

__all__ = ["catalogue", "holds", "metadata", "promotions", "sales", "shop", "visitors"]
