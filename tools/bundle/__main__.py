"""Builds what a shop installs: `./run bundle`, or `python -m tools.bundle`.

python -m tools.bundle         dist/border-pos-VERSION-SYSTEM-MACHINE/ and its .tar.gz
python -m tools.bundle --try   the same, then unpacks it where there is no Python, installs it, and sells
python -m tools.bundle --unpacked PLACE   the folder alone, in another place
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from tools.bundle.build import build, pack, size_of
from tools.bundle.plan import ROOT, plan_of


def main(arguments: list[str]) -> int:
    """Build the bundle; with --try, sell from it."""
    if arguments[:1] == ["--unpacked"] and len(arguments) == 2:
        build(plan_of(), Path(arguments[1]))
        return 0
    if arguments not in ([], ["--try"]):
        sys.stderr.write(f"{__doc__}\n")
        return 2
    began = time.monotonic()
    folder = build(plan_of(), ROOT / "dist")
    archive = pack(folder)
    _report(f"{_from_root(folder)}: {_megabytes(size_of(folder))}")
    _report(f"{_from_root(archive)}: {_megabytes(archive.stat().st_size)}, built in {time.monotonic() - began:.0f} s")
    if not arguments:
        return 0
    from tools.bundle.trial import try_bundle

    return try_bundle(archive, _report)


def _from_root(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.0f} MB"


def _report(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
