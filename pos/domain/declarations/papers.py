"""Which paper customs of a destination wants: the one place that tells destinations apart."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.catalogue.paper_needs import Paper
from pos.domain.errors import Refused
from pos.domain.sales.sale import Sale

_EAEU = frozenset({"AM", "BY", "KG", "KZ", "RU"})
"""The states of the Eurasian Economic Union, which share one passenger customs declaration."""

_PAPERS = {**dict.fromkeys(_EAEU, Paper.EAEU_DECLARATION), "CN": Paper.CHINA_DATA_SHEET}


@dataclass(eq=False)
class NoPaper(Refused):
    """The till knows no paper of customs there."""

    fact = "no_declaration_paper"

    destination: str


def paper_for(destination: str) -> Paper | None:
    """The paper for those who leave to a destination (a country of two letters); None where the till knows none."""
    return _PAPERS.get(destination)


def is_to_declare(sale: Sale) -> bool:
    """Whether a sale, as it was recorded, has something to declare for which there is a paper.

    The papers are those of travellers: what is sent has none.
    """
    if sale.parcel is not None or sale.voided_by is not None or paper_for(sale.destination) is None:
        return False
    return any(answer.get("duty") is not None for answer in sale.quota.values())
