"""One module for each experiment; each has an `EXPERIMENT`."""

from __future__ import annotations

import importlib
import pkgutil

from tests.faults.experiment import Experiment


def experiments() -> tuple[Experiment, ...]:
    """All of them, in the order of their numbers."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    all_experiments = (importlib.import_module(f"{__name__}.{name}").EXPERIMENT for name in names)
    return tuple(sorted(all_experiments, key=lambda one: (one.number[0], int(one.number[1:] or 0))))
