"""Words of the workshop: states of a batch and reasons of losses."""

from __future__ import annotations

from collections.abc import Mapping

from pos.application.text.names import STOCK_WHYS
from pos.application.text.translator import N_
from pos.domain.workshop.batch import LOSS_REASONS

BATCH_STATES: Mapping[str, str] = {
    "planned": N_("planned"),
    "started": N_("started"),
    "finished": N_("finished"),
    "given_up": N_("cancelled"),
}
LOSSES: Mapping[str, str] = {reason: STOCK_WHYS[reason] for reason in LOSS_REASONS}
"""Why pieces that a batch took are lost."""
