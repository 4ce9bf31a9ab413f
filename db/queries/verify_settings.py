"""Options of the shop against the journal: the last that was set is what is in force."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import Connection, select

from db.tables.shop import journal, setting

_BY_ITS_MARK = "logo"
"""The journal has only the mark of a picture."""


def setting_mismatches(connection: Connection) -> Iterator[str]:
    """One line for each option that nobody has set to what it says."""
    told: dict[str, str] = {}
    acts = select(journal.c.details).where(journal.c.act == "set_setting").order_by(journal.c.at, journal.c.id)
    for details in connection.execute(acts).scalars():
        set_ = json.loads(details)
        told[set_["name"]] = set_["after"]
    for row in connection.execute(select(setting).order_by(setting.c.name)):
        if row.name != _BY_ITS_MARK and told.pop(row.name, row.text) != row.text:
            yield f"setting {row.name}: nobody has set it to what it says"
    told.pop(_BY_ITS_MARK, None)
    yield from (f"setting {name}: it was set, and is gone" for name in sorted(told))
