"""What Debian knows of its own files: whose a library is, and what a package consists of."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path


def packages_of(libraries: dict[str, Path]) -> dict[str, list[str]]:
    """The names of the libraries by the package that each of these files belongs to; "" for those of no package."""
    owners: dict[str, list[str]] = {}
    for name, file in sorted(libraries.items()):
        owners.setdefault(_owner(file), []).append(name)
    return owners


def _owner(file: Path) -> str:
    for known in (file, Path("/") / file.relative_to("/usr") if file.is_relative_to("/usr") else file):
        output = subprocess.run(["dpkg-query", "-S", str(known)], capture_output=True, text=True, check=False).stdout
        if output:
            return output.split(":")[0]
    return ""


def essential_packages() -> list[str]:
    """The packages that no Debian is without."""
    output = _query("-W", "-f", "${Essential} ${Package}\n")
    return [line.split(" ")[1] for line in output.splitlines() if line.startswith("yes ")]


def with_dependencies(packages: Iterable[str]) -> set[str]:
    """The packages and what they depend on, as it is installed on this machine."""
    needs: dict[str, list[str]] = {}
    provided: dict[str, str] = {}
    output = _query("-W", "-f", "${Package}\t${Pre-Depends}, ${Depends}\t${Provides}\n")
    for line in output.splitlines():
        name, depends, provides = line.split("\t")
        needs[name] = [choice for choice in depends.split(",") if choice.strip()]
        provided |= {one.split("(")[0].strip(): name for one in provides.split(",") if one.strip()}
    needed: set[str] = set()
    waiting = list(packages)
    while waiting:
        name = waiting.pop()
        if name in needed:
            continue
        needed.add(name)
        for choices in needs.get(name, []):
            named = [choice.split("(")[0].strip().split(":")[0] for choice in choices.split("|")]
            here = next((one for one in named if one in needs), None) or provided.get(named[0])
            if here:
                waiting.append(here)
    return needed


def files_of(package: str) -> list[Path]:
    """Every file, link and folder of an installed package."""
    output = subprocess.run(["dpkg-query", "-L", package], capture_output=True, text=True, check=False).stdout
    return [Path(line) for line in output.splitlines() if line.startswith("/") and line != "/."]


def _query(*words: str) -> str:
    return subprocess.run(["dpkg-query", *words], check=True, capture_output=True, text=True).stdout
