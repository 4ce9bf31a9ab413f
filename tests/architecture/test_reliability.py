"""docs/reliability.md names every experiment with the promise that it tries, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from tests.faults.experiments import experiments

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reliability.md"
ROW = re.compile(r"^\| ([A-Z][0-9]) \| (.+?) \| .+ \| (.+?) \|$", re.MULTILINE)


def test_the_page_has_the_promise_and_the_breakages_of_every_experiment() -> None:
    written = {number: (promise, mutants) for number, promise, mutants in ROW.findall(PAGE.read_text("utf-8"))}
    tried = {one.number: (one.promise, " · ".join(one.mutants)) for one in experiments()}

    assert written == tried
