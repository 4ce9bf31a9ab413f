"""N4: all shops of a center sell to the same visitors at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from pos.domain.center.ledger import StandingLine
from tests.faults.center_bad_luck import OF_SHOPS, tried
from tests.faults.center_crowd import Size, sold_at_once, sold_in_turn
from tests.faults.center_line import Faults
from tests.faults.experiment import Experiment, Figures, Trial
from tests.faults.new_centers import a_center
from tests.postgres_server import Server

_REWRITTEN = "another shop's dutiable units are rewritten"
_SHOWN = "a sale of another shop is shown"
SHORT, LONG = Size(3, 2, 6, 7), Size(300, 2, 20_000, 160)
"""In the long form some 60,000 of the 96,000 customers buy."""
_PROCESSES = 8


def _run(trial: Trial) -> Figures:
    with _broken(trial.mutant), a_center() as center:
        violations = tried(center, OF_SHOPS)
    if violations:
        return Figures({"sequences": len(OF_SHOPS)}, tuple(violations))
    if not trial.is_long:
        with a_center() as center:
            return sold_in_turn(center, SHORT, Faults(), seed=4)
    server = Server.made()
    try:
        return sold_at_once(server, LONG, Faults(), _PROCESSES, seed=4)
    finally:
        server.remove()


@contextmanager
def _broken(mutant: str) -> Iterator[None]:
    if mutant == _REWRITTEN:
        with patch.object(StandingLine, "is_of", lambda line, _shop: not line.is_declared):
            yield
    elif mutant == _SHOWN:
        with patch("pos.application.center.ledgers._anonymous", lambda line: line):
            yield
    else:
        yield


EXPERIMENT = Experiment(
    "N4",
    "The shops of a center together sell no visitor more than is allowed without a flag, and none sees another's sale.",
    _run,
    (_REWRITTEN, _SHOWN),
    needs_server=True,
)
