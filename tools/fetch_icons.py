"""Refresh the icons in `resources/icons` from Lucide, and add new ones by name.

    python tools/fetch_icons.py resources/icons [NAME ...]

The folder itself is the list of what the program uses: every file there is fetched again, and NAMEs are added. Lucide
is ISC, a part of it MIT (from Feather); its licence file comes along.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PACKAGE = "lucide-static@1.62.0"


def main() -> int:
    """Copy the icons; a name that Lucide does not know ends with exit code 1 and changes nothing."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("into", type=Path, help="folder of the icons")
    parser.add_argument("names", nargs="*", help="icons to add, by their Lucide names")
    asked = parser.parse_args()
    into: Path = asked.into
    into.mkdir(parents=True, exist_ok=True)
    names = sorted({path.stem for path in into.glob("*.svg")} | set(asked.names))
    with tempfile.TemporaryDirectory() as name:
        package = fetch(Path(name))
        unknown = [name for name in names if not (package / "icons" / f"{name}.svg").is_file()]
        if unknown:
            print("Lucide has no", ", ".join(unknown), file=sys.stderr)  # noqa: T201
            return 1
        for name in names:
            shutil.copyfile(package / "icons" / f"{name}.svg", into / f"{name}.svg")
        shutil.copyfile(package / "LICENSE", into / "LICENSE")
    print(f"{len(names)} icons in {into}")  # noqa: T201
    return 0


def fetch(into: Path) -> Path:
    """Unpack the package of the npm registry; returns the folder of its files."""
    packed = subprocess.run(
        [shutil.which("npm") or "npm", "pack", "--silent", PACKAGE],
        cwd=into,
        check=True,
        capture_output=True,
        text=True,
    )
    with tarfile.open(into / packed.stdout.split()[-1]) as archive:
        archive.extractall(into, filter="data")
    return into / "package"


if __name__ == "__main__":
    sys.exit(main())
