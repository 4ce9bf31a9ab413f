"""What every printout and table of a training says, so that none of them looks real."""

from __future__ import annotations

from pos.application.text.translator import N_

TRAINING_STAMP = N_("TRAINING — not a real document")
