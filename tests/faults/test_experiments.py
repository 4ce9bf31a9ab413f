"""The short form of every experiment, and of every breakage that it must notice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.experiment import Experiment, Trial
from tests.faults.experiments import experiments

ALL = experiments()
BROKEN = [(experiment, mutant) for experiment in ALL for mutant in experiment.mutants]


@pytest.mark.parametrize("experiment", ALL, ids=[one.number for one in ALL])
def test_the_promise_is_kept(experiment: Experiment, tmp_path: Path) -> None:
    figures = experiment.run(Trial(tmp_path))
    assert figures.violations == ()
    assert figures.tried
    assert all(figures.tried.values()), figures.tried


@pytest.mark.parametrize(("experiment", "mutant"), BROKEN, ids=[f"{one.number}-{mutant}" for one, mutant in BROKEN])
def test_a_breakage_on_purpose_is_noticed(experiment: Experiment, mutant: str, tmp_path: Path) -> None:
    assert experiment.run(Trial(tmp_path, mutant=mutant)).violations
