"""`python -m tests.benchmarks [--quick] [name…]`: measure the named groups, or all of them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module

from tests.benchmarks.table import FULL, QUICK, Effort, Row, table

GROUPS = (
    "start",
    "soak",
    "quota",
    "sale",
    "scan",
    "search",
    "receipt",
    "imports",
    "clerk",
    "desk",
    "reports",
    "center",
)
"""Each is a module beside this one with `measure(effort) -> Iterator[Row]`."""


def main(words: Sequence[str]) -> int:
    """Print a table for each group; 2 where a name is unknown."""
    names = [word for word in words if word != "--quick"] or list(GROUPS)
    unknown = [name for name in names if name not in GROUPS]
    if unknown:
        sys.stderr.write(f"no benchmark {', '.join(unknown)}; there is: {', '.join(GROUPS)}\n")
        return 2
    effort = QUICK if "--quick" in words else FULL
    for name in names:
        measure: Callable[[Effort], Iterator[Row]] = import_module(f"tests.benchmarks.{name}").measure
        sys.stdout.write(f"{name}\n{table(measure(effort))}\n\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
