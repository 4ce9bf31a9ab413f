"""A computer without Python: Debian's essential packages and what a screen needs, in a folder to change root to."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from tools.bundle.debian import essential_packages, files_of, with_dependencies

_SCREEN = (
    "libgl1", "libegl1", "libx11-6", "libx11-xcb1", "libxcb1", "libfontconfig1", "libfreetype6", "libwayland-client0",
    "libwayland-cursor0", "xkb-data",
)  # fmt: skip
"""What every desktop has, because its X server or compositor needs it."""

_NOT_NEEDED = ("/usr/share/doc", "/usr/share/man", "/usr/share/locale", "/usr/share/info", "/usr/share/gdb")
_PERSON = 1000
HOME = "/home/till"

_ENTER = """
root=$1 user=$2; shift 2
mount --rbind /dev "$root/dev"
mount --rbind /proc "$root/proc"
[ -d /tmp/.X11-unix ] && mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"
exec chroot $user "$root" /usr/bin/env -i "$@"
"""


class HasPython(Exception):
    """The root is not what it is for."""


class DidNotRun(Exception):
    """A program inside ended badly; says which, and what it wrote."""


class BareRoot:
    """The folder, and programs that run in it as a person without rights on a machine with nothing else on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / HOME[1:]

    def furnish(self) -> int:
        """Copy the packages into the empty folder; how many there are. Raises HasPython."""
        for name in ("bin", "sbin", "lib", "lib64"):
            (self.folder / name).symlink_to(f"usr/{name}")
        for name in ("dev", "proc", "tmp/.X11-unix", "usr/bin", "usr/sbin", "usr/lib", "usr/lib64", HOME[1:]):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        packages = with_dependencies([*essential_packages(), *_SCREEN])
        for package in packages:
            for file in files_of(package):
                if not str(file).startswith(_NOT_NEEDED):
                    self._copy(file)
        files = [file for folder in ("usr/bin", "usr/lib") for file in (self.folder / folder).rglob("*python3*")]
        if files:
            raise HasPython(str(files[0]))
        if _is_root():
            os.chown(self.home, _PERSON, _PERSON)
        return len(packages)

    def _copy(self, file: Path) -> None:
        target = self.folder / str(file)[1:]
        if file.is_dir() and not file.is_symlink():
            target.mkdir(parents=True, exist_ok=True)
        elif file.exists() and not target.exists() and os.access(file, os.R_OK):
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, target, follow_symlinks=False)

    def command(self, *words: str, **environment: str) -> list[str]:
        """The command that runs `words` inside, with this environment and a home, and nothing else."""
        namespace = ["unshare", "--mount"] if _is_root() else ["unshare", "--mount", "--map-root-user"]
        person = f"--userspec={_PERSON}:{_PERSON}" if _is_root() else ""
        known = {"HOME": HOME, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", **environment}
        options = [f"{name}={value}" for name, value in known.items()]
        return [*namespace, "sh", "-ec", _ENTER, "sh", str(self.folder), person, *options, *words]

    def run(self, *words: str) -> str:
        """Run `words` inside to their end; what they wrote. Raises DidNotRun."""
        done = subprocess.run(
            self.command(*words), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, cwd="/"
        )
        if done.returncode:
            raise DidNotRun(f"{' '.join(words)}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def give(self, file: Path, name: str) -> None:
        """Put a copy of a file or folder into the person's home."""
        target = self.home / name
        if file.is_dir():
            shutil.copytree(file, target)
        else:
            shutil.copy(file, target)
        if _is_root():
            for one in [target, *target.rglob("*")]:
                os.chown(one, _PERSON, _PERSON)


def _is_root() -> bool:
    return os.geteuid() == 0
