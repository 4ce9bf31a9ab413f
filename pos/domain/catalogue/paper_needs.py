"""Which paper of the border wants which fields of a product: one table, for the papers and for the lists of gaps.

Such a gap never stops a sale and never makes an allowance unknown. Sources: the EAEU passenger declaration (Decision
124 of the EEC Collegium of 23.07.2019, section 4) wants name and description, and weight; the data sheet for the
declaration in China wants brand or model, unit and origin; message 303 of the single window, in its unified version,
wants itemName (Chinese, at most 250), unit (3) and barCode (at most 50).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from pos.domain.catalogue.product_fields import Described, value_of


class Paper(StrEnum):
    """A paper, by the name under which lists and files know it."""

    EAEU_DECLARATION = "eaeu_declaration"
    CHINA_DATA_SHEET = "china_data_sheet"
    SINGLE_WINDOW = "single_window"


Alternatives = tuple[str, ...]
"""Fields of which one is enough, the usual one first."""

WANTED: Mapping[Paper, tuple[Alternatives, ...]] = {
    Paper.EAEU_DECLARATION: (("brand", "model"), ("gross_kg", "net_g")),
    Paper.CHINA_DATA_SHEET: (("brand", "model"), ("unit",), ("origin",)),
    Paper.SINGLE_WINDOW: (("name_zh",), ("unit",)),
}
"""A code and a Chinese name are never too long for message 303: the store holds shorter ones."""

WANTED_FIELDS = tuple(dict.fromkeys(one for wanted in WANTED.values() for fields in wanted for one in fields))


def lacking_for(paper: Paper, goods: Described) -> tuple[Alternatives, ...]:
    """What a paper wants and the goods do not have, in the order of the paper."""
    return tuple(fields for fields in WANTED[paper] if not any(value_of(goods, name) for name in fields))


def lacking_fields(paper: Paper, goods: Described) -> tuple[str, ...]:
    """The same as single fields: the first of those of which one is enough."""
    return tuple(fields[0] for fields in lacking_for(paper, goods))
