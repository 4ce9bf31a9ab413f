"""Ask the package index for known weaknesses of every locked package: `./run audit`.

It needs a network, so it is no part of `./run test`. What asks (pip-audit, Apache-2.0) lives in an environment of its
own, `.audit`: it is no part of the program. Exit codes: 0 none known, 1 some, 4 the index could not be asked.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = ROOT / ".audit"
BIN = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
NONE_KNOWN, SOME, NOT_ASKED = 0, 1, 4
_ASK = ("-r", "requirements.lock", "--no-deps", "--disable-pip", "--progress-spinner", "off", "--format", "json")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the index said: lines on weak packages, how many were looked up, and the names of those it does not know."""

    weak: Sequence[str]
    asked: int
    unknown: Sequence[str]

    @property
    def code(self) -> int:
        """The exit code; a failed query is not a good result."""
        return SOME if self.weak else NONE_KNOWN if self.asked else NOT_ASKED


def read(answer: str) -> Answer:
    """Read what pip-audit prints as JSON; raises ValueError for anything else."""
    weak, asked, unknown = [], 0, []
    for one in json.loads(answer)["dependencies"]:
        if "skip_reason" in one:
            unknown.append(one["name"])
            continue
        asked += 1
        for known in one["vulns"]:
            mended = ", ".join(known["fix_versions"]) or "no version yet"
            weak.append(f"{one['name']} {one['version']}: {known['id']}, mended in {mended}")
    return Answer(weak, asked, unknown)


def main() -> int:
    """Make the environment once, ask, and say what was answered."""
    try:
        _make_environment()
        done = subprocess.run([BIN / "pip-audit", *_ASK], cwd=ROOT, capture_output=True, text=True, check=False)
        answer = read(done.stdout)
    except (OSError, ValueError, KeyError, subprocess.CalledProcessError) as error:
        sys.stderr.write(f"The package index could not be asked ({type(error).__name__}): is there a network?\n")
        return NOT_ASKED
    sys.stdout.writelines(f"{line}\n" for line in answer.weak)
    sys.stderr.write(f"{answer.asked} packages looked up, {len(answer.weak)} weaknesses known.\n")
    if answer.unknown:
        sys.stderr.write(f"Not known to the index: {', '.join(answer.unknown)}.\n")
    return answer.code


def _make_environment() -> None:
    if (BIN / "pip-audit").exists():
        return
    sys.stderr.write("Setting up in .audit (once).\n")
    subprocess.run([sys.executable, "-m", "venv", "--clear", ENVIRONMENT], check=True, capture_output=True)
    subprocess.run([BIN / "python", "-m", "pip", "install", "-q", "pip-audit>=2.9,<3"], check=True, capture_output=True)


if __name__ == "__main__":
    sys.exit(main())
