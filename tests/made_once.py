"""Templates that the workers of one run share: the one that asks first makes them, and all of them only copy."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import SHARED


def made_once(name: str, make: Callable[[Path], None]) -> Path:
    """The folder `name`, which `make` makes and leaves closed. Only one worker makes it, and the others wait."""
    folder, whole = SHARED / name, SHARED / f"{name}.made"
    with _alone(SHARED / f"{name}.lock"):
        if not whole.exists():
            shutil.rmtree(folder, ignore_errors=True)
            make(folder)
            whole.touch()
    return folder


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Only one process at a time. On Windows each worker has a folder of its own."""
    with folder.open("w", encoding="utf-8") as file:
        if sys.platform != "win32":
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield
