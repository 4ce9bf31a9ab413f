"""How many small slips in the rules of the shop do their tests notice? `python -m tests.mutants --help`.

Draws random changes of `pos/domain` (bounds, signs, numbers, conditions), makes one at a time and runs the tests that
come to it, those of its own file and room first. It ends with 1 if fewer than nine of ten were noticed. What no test
can notice stands in `equivalents.toml`, with the reason, and is not drawn.

By hand, because neither library does this (cosmic-ray 8.7, mutmut 3.8): both try every change there is, 5,800 here,
with no draw of a few by a seed. cosmic-ray has one command of tests for all and writes each change into the work tree;
mutmut copies the tree and leaves the constants of modules and classes as they are. Both know their exceptions by the
number of a line or by a comment inside the product. POSIX only: children are forked, with limits of time and memory.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.mutants.changes import Change, changes
from tests.mutants.trial import PYTEST, Bench, Known

ROOT = Path(__file__).resolve().parents[2]
EQUIVALENTS = Path(__file__).with_name("equivalents.toml")
RULES = "pos/domain"
WANTED = 0.9
EVERY = "*"
Key = tuple[str, str, str, str]
TESTS = "tests/domain"


def main(arguments: list[str]) -> int:
    """Try what was asked for; the exit code says whether the tests noticed enough of it."""
    asked = argparse.ArgumentParser(
        prog="python -m tests.mutants", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("--seed", type=int, default=1, help="draws the same changes again (1)")
    asked.add_argument("--number", type=int, default=300, help="how many changes (300)")
    asked.add_argument(
        "--tests", nargs="+", default=[TESTS], metavar="FOLDER", help=f"what should notice them ({TESTS})"
    )
    asked.add_argument("--all", action="store_true", help="every change of the paths; no draw")
    asked.add_argument("--examples", type=int, help="so many examples a property: quicker, and fewer slips are noticed")
    asked.add_argument("--jobs", type=int, default=1, help="how many at the same time (1)")
    asked.add_argument(
        "--known",
        type=Path,
        metavar="FILE",
        help="keeps what the tests do when all is well; later runs need not learn it",
    )
    asked.add_argument("--list", action="store_true", help="only show what would be tried")
    asked.add_argument("paths", nargs="*", metavar="PATH", default=[RULES], help=f"files or folders ({RULES})")
    options = asked.parse_args(arguments)
    files = [file.relative_to(ROOT).as_posix() for path in options.paths for file in _files(ROOT / path)]
    every = [change for file in files for change in changes(ROOT, file)]
    equivalents = read_equivalents()
    for key in sorted(equivalents.keys() - {key for change in every for key in keys_of(change)}):
        if key[0] in files:
            asked.error(f"{EQUIVALENTS.name} names a change that there is no more: {' | '.join(key)}")
    open_ = [change for change in every if equivalents.keys().isdisjoint(keys_of(change))]
    drawn = open_ if options.all else draw(open_, options.seed, options.number)
    if options.list:
        sys.stdout.writelines(f"{change_text(change)}\n" for change in drawn)
        return 0
    return _tried(drawn, options)


def _files(path: Path) -> Sequence[Path]:
    return sorted(path.rglob("*.py")) if path.is_dir() else [path]


def draw(every: Sequence[Change], seed: int, number: int) -> list[Change]:
    """Draw so many changes; the same seed draws the same of the same code."""
    shuffled = list(every)
    random.Random(seed).shuffle(shuffled)
    return shuffled[:number]


def read_equivalents() -> Mapping[Key, str]:
    """Give the changes that no test can notice, each with its reason."""
    listed = tomllib.loads(EQUIVALENTS.read_text(encoding="utf-8"))
    return {
        (path, one["in"], one["before"], one["after"]): one["because"] for path, ones in listed.items() for one in ones
    }


def keys_of(change: Change) -> tuple[Key, Key]:
    """Give the keys under which a change may be listed: for itself, or with all changes of its statement."""
    return change.key, (*change.key[:3], EVERY)


def change_text(change: Change) -> str:
    """Say where a change is and what it makes of what."""
    return f"{change.path}:{change.line} {change.scope}\n    - {change.before}\n    + {change.after}"


def _tried(drawn: Sequence[Change], options: argparse.Namespace) -> int:
    began, survivors, tried = time.monotonic(), 0, 0

    def report(change: Change, noticed: str | None) -> None:
        nonlocal survivors, tried
        tried += 1
        if noticed is None:
            survivors += 1
            sys.stdout.write(f"{tried}: survived {change_text(change)}\n")
        else:
            sys.stdout.write(f"{tried}: {change.path}:{change.line} noticed by {noticed}\n")
        sys.stdout.flush()

    bench = Bench(ROOT, RULES, drawn, options.jobs, report, Known(options.known), options.examples)
    pytest.main([*PYTEST, f"--rootdir={ROOT}", *options.tests], plugins=[bench])
    tests = " ".join(options.tests)
    noticed, minutes = tried - survivors, (time.monotonic() - began) / 60
    sys.stdout.write(f"seed {options.seed}: {tests} noticed {noticed} of {tried}; {minutes:.0f} min\n")
    return 0 if tried == len(drawn) and noticed >= WANTED * tried else 1


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main(sys.argv[1:]))
