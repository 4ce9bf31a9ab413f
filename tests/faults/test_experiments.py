"""The short form of every experiment, and of every breakage that it must notice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.experiment import Experiment, Trial
from tests.faults.experiments import experiments

ALL = experiments()
TRIES = 3
"""Some breakages show by chance alone: two tills must meet at the one instant. A sound program gets no second try."""
BROKEN = [(experiment, mutant) for experiment in ALL for mutant in experiment.mutants]


@pytest.mark.parametrize("experiment", ALL, ids=[one.number for one in ALL])
def test_the_promise_is_kept(experiment: Experiment, tmp_path: Path) -> None:
    figures = experiment.run(Trial(tmp_path))
    assert figures.violations == ()
    assert figures.tried
    assert all(figures.tried.values()), figures.tried


@pytest.mark.parametrize(("experiment", "mutant"), BROKEN, ids=[f"{one.number}-{mutant}" for one, mutant in BROKEN])
def test_a_breakage_on_purpose_is_noticed(experiment: Experiment, mutant: str, tmp_path: Path) -> None:
    for number in range(TRIES):
        folder = tmp_path / str(number)
        folder.mkdir()
        if experiment.run(Trial(folder, mutant=mutant)).violations:
            return
    pytest.fail(f"{experiment.number}: {mutant!r} went unnoticed {TRIES} times")
