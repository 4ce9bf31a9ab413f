"""The figures of docs/reliability.md: `python -m tests.faults [--short] [--mutants] [NUMBER…]`.

Runs the long form of every experiment (or of those named), prints what was tried and what was broken, and ends with 1
if a promise was broken or, with `--mutants`, if a breakage on purpose went unnoticed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.experiment import SOUND, Experiment, Figures, Trial
from tests.faults.experiments import experiments


def main(arguments: list[str]) -> int:
    """Run what was asked for; the exit code says whether every promise was kept."""
    asked = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    asked.add_argument("--short", action="store_true", help="the size of the test run")
    asked.add_argument("--mutants", action="store_true", help="break each property on purpose, too")
    asked.add_argument("numbers", nargs="*", metavar="NUMBER")
    options = asked.parse_args(arguments)
    known = {one.number: one for one in experiments()}
    if unknown := [number for number in options.numbers if number not in known]:
        asked.error(f"no such experiment: {', '.join(unknown)} (there are {', '.join(known)})")
    is_well = True
    for number in options.numbers or known:
        experiment = known[number]
        is_well &= not _tried(experiment, SOUND, is_long=not options.short).violations
        for mutant in experiment.mutants if options.mutants else ():
            is_well &= bool(_tried(experiment, mutant, is_long=False).violations)
    return 0 if is_well else 1


def _tried(experiment: Experiment, mutant: str, *, is_long: bool) -> Figures:
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix=f"border-pos-{experiment.number}-", ignore_cleanup_errors=True) as folder:
        figures = experiment.run(Trial(Path(folder), is_long, mutant))
    counts = ", ".join(f"{count:,} {what}" for what, count in figures.tried.items())
    title = experiment.promise if mutant == SOUND else f"broken on purpose: {mutant}"
    sys.stdout.write(f"{experiment.number:4}{title}\n    {counts}; {len(figures.violations)} violations")
    sys.stdout.write(f" ({time.monotonic() - began:.0f} s)\n")
    sys.stdout.writelines(f"    - {line}\n" for line in figures.violations[:5])
    sys.stdout.flush()
    return figures


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
